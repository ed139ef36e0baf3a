"""Specifications: every choice a sensible reader might make differently, in full combination.

A specification is one way to make all choices (Simonsohn, Simmons and Nelson 2020). Choices on
rows become a matrix of masks, codes become arrays, and one matrix product counts the initiatives
of every combination of choices at once.
"""

from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from tracktwo.analysis.estimates import kinds_of
from tracktwo.analysis.frame import Frame, in_words
from tracktwo.analysis.measures import LEVELS, active, comparable_transfer, in_doubt, level
from tracktwo.claims.kept import Kept
from tracktwo.data.package import Package
from tracktwo.data.study import Study

DRAWS = 400

MIXED = {
    "apart": (False, False),
    "with elite": (True, False),
    "with grassroots": (False, True),
    "in both": (True, True),
}
"""Choices for mixed initiatives: whether they count as elite/professional and as grassroots."""

COUNTED = ("starts", "active, at least", "active, at most")
"""What is counted: starts, or initiatives active in each year (two readings of unknown ends)."""

UNCERTAIN = ("in", "out")
"""Choices for starting years that are in doubt, where a claim rests on them (C1, C2)."""

BOTH = ("apart", "with either")
"""Choices for the focus `both`: a value of its own, or counted with relationship and outcome."""


@dataclass(frozen=True, eq=False)
class Inventory:
    """The inventory as arrays, for one matrix product a question; N initiatives.

    Attributes
    ----------
    ids
        Index of the initiatives, in the order of every array.
    kept, options
        Which initiatives each of the M combinations of `row_choices` keeps, and the options
        themselves, a table of M rows.
    coders
        For each coder the codes: ``level`` (N,) as the place in `LEVELS` (−1: none), ``focus``
        (N,) as its role (relationship, outcome, both),
        ``approach`` (N, approaches) and ``planned`` (N,) yes/no.
    rounds
        The rounds of coding, each with its two coders.
    years
        Every year of the frame.
    comparable
        Whether the codes of transfer can be compared, shape (N,).
    dated
        Whether the starting year is not in doubt, shape (N,).
    presence
        For each of `COUNTED` whether an initiative counts in a year, shape (N, years).
    draws
        Resamples for the intervals that have no formula; with none they are not computed.
    exact
        Whether odds ratios have their exact intervals, which take longer.
    """

    ids: pd.Index
    kept: Kept
    options: pd.DataFrame
    coders: dict[str, dict[str, np.ndarray]]
    rounds: dict[str, tuple[str, str]]
    years: range
    comparable: np.ndarray
    dated: np.ndarray
    presence: dict[str, np.ndarray]
    draws: int = DRAWS
    exact: bool = False


def row_choices(package: Package) -> dict[str, dict[str, Any]]:
    """Return the choices of rows: for each the options, the first being the package's own.

    Scopes: all, or the first alone. Grades: from all to the best alone, the weakest going first.
    Waves: all, all but the last, or the first alone.
    """
    scope, grades, waves = (package.frame[name] for name in ("scope", "grades", "waves"))
    of_waves = {"all": waves}
    if len(waves) > 2:
        of_waves[f"without {in_words(waves[-1:])}"] = waves[:-1]
    if len(waves) > 1:
        of_waves[f"{in_words(waves[:1])} alone"] = waves[:1]
    return {
        "scope": {in_words(scope): scope, in_words(scope[:1]): scope[:1]},
        "grades": {in_words(grades[:n]): grades[:n] for n in range(len(grades), 0, -1)},
        "nested": {"in": True, "out": False},
        "borderline": {"in": True, "out": False},
        "umbrellas": {"out": False, "in": True},
        "waves": of_waves,
    }


def take_inventory(study: Study, frame: Frame) -> Inventory:
    """Return the initiatives active in the frame's years as arrays, whatever else the frame cuts.

    The years are the frame's; every other choice of the frame is varied by specifications.
    """
    rows = _all_rows(study, frame)
    choices = row_choices(study.package)
    keeps = _kept(rows, choices, study.package)
    each, group = kinds_of(np.stack([keep for options in keeps for keep in options], axis=1))
    ends = np.cumsum([len(options) for options in keeps])[:-1]
    of_option = (part.T for part in np.split(each, ends, axis=1))
    masks = np.array([np.logical_and.reduce(chosen) for chosen in product(*of_option)])
    return Inventory(
        ids=rows.index,
        kept=Kept(group, np.hstack([masks, np.zeros((len(masks), 1))])),
        options=pd.DataFrame(product(*choices.values()), columns=list(choices)),
        coders={c: _codes(study, rows.index, c) for c in study.coders()},
        rounds=study.rounds["inventory"],
        years=frame.years,
        comparable=rows.index.isin(comparable_transfer(rows).index),
        dated=~in_doubt(rows, "start_year").to_numpy(),
        presence=_presence(rows, frame),
    )


def _all_rows(study: Study, frame: Frame) -> pd.DataFrame:
    scopes, units, grades, waves = (
        tuple(study.initiatives[column].cat.categories)
        for column in ("scope", "unit", "evidence_grade", "wave")
    )
    years = (frame.first_year, frame.last_year, frame.break_year)
    return Frame(study.usual_coder(), scopes, units, grades, True, True, waves, *years).select(
        study
    )


def _kept(
    rows: pd.DataFrame, choices: dict[str, dict[str, Any]], package: Package
) -> list[list[np.ndarray]]:
    """Return for each of the `choices` which rows each of its options keeps."""
    keeps = {
        "scope": rows["scope"].isin,
        "grades": rows["evidence_grade"].isin,
        "nested": lambda are_in: rows["part_of"].isna() | are_in,
        "borderline": lambda are_in: ~rows["borderline"] | are_in,
        "umbrellas": lambda are_in: rows["unit"].isin(package.frame["units"]) | are_in,
        "waves": rows["wave"].isin,
    }
    return [
        [keeps[choice](option).to_numpy(dtype=bool) for option in options.values()]
        for choice, options in choices.items()
    ]


def _codes(study: Study, ids: pd.Index, coder: str) -> dict[str, np.ndarray]:
    rows = study.wide(coder).loc[ids]
    approaches = study.labels("approach") if study.has_variable("approach") else {}
    return {
        "level": pd.Categorical(level(rows), LEVELS).codes,
        "focus": _foci(study.package, rows),
        "approach": rows[[f"approach_{a}" for a in approaches]].to_numpy(dtype=bool),
        "planned": rows["has_plan"].to_numpy(dtype=bool),
    }


def _foci(package: Package, rows: pd.DataFrame) -> np.ndarray:
    """Return the role of each initiative's focus, empty where it has none."""
    role_of = {v: role for role, values in package.roles["focus"].items() for v in values}
    if "focus" not in rows:
        return np.full(len(rows), "", dtype=object)
    return rows["focus"].astype(str).map(role_of).fillna("").to_numpy(dtype=object)


def levels_as_rows(codes: np.ndarray) -> np.ndarray:
    """Return places in `LEVELS` as rows of one 1 each, shape (N, levels); none has no level."""
    return np.vstack([np.eye(len(LEVELS)), np.zeros(len(LEVELS))])[codes]


def _presence(rows: pd.DataFrame, frame: Frame) -> dict[str, np.ndarray]:
    years = np.array(frame.years)
    starts = rows["start_year"].to_numpy(dtype=float, na_value=np.nan)
    tables = {COUNTED[0]: (starts[:, None] == years).astype(float)}
    for name, ends in zip(COUNTED[1:], ("short", "long"), strict=True):
        at_work = [
            active(rows, y, unknown_ends=ends, last_year=frame.last_year) for y in frame.years
        ]
        tables[name] = np.array(at_work, dtype=float).T
    return tables


def break_years(frame: Frame) -> list[int]:
    """Return the break years a reader might choose: two before the frame's to one after."""
    near = range(frame.break_year - 2, frame.break_year + 2)
    return [year for year in near if frame.first_year <= year < frame.last_year]


def count_years(inventory: Inventory, kept: Kept, coder: str, counted: str) -> np.ndarray:
    """Return initiatives per choice of rows, year and level, shape (M, years, levels)."""
    level = inventory.coders[coder]["level"].astype(int) + 1  # 0: of no level
    years = [
        kept.count_kinds(level, len(LEVELS) + 1, present)[:, 1:]
        for present in inventory.presence[counted].T
    ]
    return np.stack(years, axis=1)


def count_ever(
    inventory: Inventory, kept: Kept, counted: str, years: slice = slice(None)
) -> np.ndarray:
    """Return how many different initiatives count in any of `years`, shape (M,)."""
    return kept.count(inventory.presence[counted][:, years].any(axis=1))
