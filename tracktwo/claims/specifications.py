"""Specifications: every choice a sensible reader might make differently, in full combination.

A specification is one way to make all choices (Simonsohn, Simmons and Nelson 2020). Choices on
rows become a matrix of masks, codes become arrays, and one matrix product counts the initiatives
of every combination of choices at once.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd

from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import LEVELS, active, comparable_transfer, in_doubt, level
from tracktwo.data.study import Study

DRAWS = 400

ROWS = {
    "scope": {"binational and regional": ("binational", "regional"), "binational": ("binational",)},
    "grades": {"A, B and C": ("A", "B", "C"), "A and B": ("A", "B"), "A": ("A",)},
    "nested": {"in": True, "out": False},
    "borderline": {"in": True, "out": False},
    "umbrellas": {"out": False, "in": True},
    "waves": {
        "all": ("first", "extension", "gap"),
        "without gap": ("first", "extension"),
        "first alone": ("first",),
    },
}
"""Choices of rows: for each the options, the first being the frame's default."""

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
    masks, options
        Which initiatives each combination of `ROWS` keeps, shape (M, N), and the options
        themselves, a table of M rows.
    coders
        For each coder the codes: ``level`` (N,) as the place in `LEVELS`, ``focus`` (N,) words,
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
    """

    ids: pd.Index
    masks: np.ndarray
    options: pd.DataFrame
    coders: dict[str, dict[str, np.ndarray]]
    rounds: dict[str, tuple[str, str]]
    years: range
    comparable: np.ndarray
    dated: np.ndarray
    presence: dict[str, np.ndarray]
    draws: int = DRAWS


def take_inventory(study: Study, frame: Frame) -> Inventory:
    """Return the initiatives active in the frame's years as arrays, whatever else the frame cuts.

    The years are the frame's; every other choice of the frame is varied by specifications.
    """
    rows = _all_rows(study, frame)
    masks = [np.logical_and.reduce(kept) for kept in product(*_kept(rows))]
    return Inventory(
        ids=rows.index,
        masks=np.array(masks, dtype=float).reshape(len(masks), len(rows)),
        options=pd.DataFrame(product(*ROWS.values()), columns=list(ROWS)),
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
    return Frame("consensus", scopes, units, grades, True, True, waves, *years).select(study)


def _kept(rows: pd.DataFrame) -> list[list[np.ndarray]]:
    """Return for each choice of `ROWS` which rows each of its options keeps."""
    keeps = {
        "scope": rows["scope"].isin,
        "grades": rows["evidence_grade"].isin,
        "nested": lambda are_in: rows["part_of"].isna() | are_in,
        "borderline": lambda are_in: ~rows["borderline"] | are_in,
        "umbrellas": lambda are_in: (rows["unit"] == "initiative") | are_in,
        "waves": rows["wave"].isin,
    }
    return [
        [keeps[choice](option).to_numpy(dtype=bool) for option in options.values()]
        for choice, options in ROWS.items()
    ]


def _codes(study: Study, ids: pd.Index, coder: str) -> dict[str, np.ndarray]:
    rows = study.wide(coder).loc[ids]
    return {
        "level": pd.Categorical(level(rows), LEVELS).codes,
        "focus": rows["focus"].astype(str).to_numpy(),
        "approach": rows[[f"approach_{a}" for a in study.labels("approach")]].to_numpy(dtype=bool),
        "planned": rows["transfer_planned_yes"].to_numpy(dtype=bool),
    }


def _presence(rows: pd.DataFrame, frame: Frame) -> dict[str, np.ndarray]:
    starts = np.array([(rows["start_year"] == y).fillna(False) for y in frame.years], dtype=float)
    tables = {COUNTED[0]: starts.T}
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


def count_years(inventory: Inventory, masks: np.ndarray, coder: str, counted: str) -> np.ndarray:
    """Return initiatives per mask, year and level, shape (M, years, levels)."""
    presence = inventory.presence[counted]
    levels = np.eye(len(LEVELS))[inventory.coders[coder]["level"]]
    each = presence[:, :, None] * levels[:, None, :]
    return np.tensordot(masks, each, axes=(1, 0))


def count_ever(
    inventory: Inventory, masks: np.ndarray, counted: str, years: slice = slice(None)
) -> np.ndarray:
    """Return how many different initiatives count in any of `years`, shape (M,)."""
    return masks @ inventory.presence[counted][:, years].any(axis=1)
