"""Chapter `focus`: claims C3 and C4, relationship or outcome, by level and period."""

from dataclasses import dataclass, replace
from math import isfinite

import pandas as pd

from tracktwo.analysis.estimates import (
    Estimate,
    difference_of_shares,
    logistic_trend,
    odds_ratio,
    share,
    with_interval,
)
from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import ELITE, GRASSROOTS, LEVELS, PERIODS
from tracktwo.claims.claims import test_claim
from tracktwo.data.study import Study
from tracktwo.drawing.shares import code_shares

RELATIONSHIP, BOTH, OUTCOME = "relationship", "both", "outcome"
FOCI = [RELATIONSHIP, BOTH, OUTCOME]  # in the order they are drawn
TESTED = "for neither (as tested)"
READINGS = {
    TESTED: (None, None),
    "left out": ("left out", "left out"),
    "as relationship": (RELATIONSHIP, RELATIONSHIP),
    "as outcome": (OUTCOME, OUTCOME),
}
"""How rows with two aims may be counted: among elite/professional, among grassroots ones."""

BOUNDS = {
    "most against contrast": (RELATIONSHIP, OUTCOME),
    "most for contrast": (OUTCOME, RELATIONSHIP),
}
"""Readings that differ by level: the odds ratio lies between them, whatever the truth."""


@dataclass(frozen=True)
class Result:
    """C3 (``relationship``) and the two parts of C4 (``outcome``, ``odds``)."""

    relationship: Estimate
    outcome: Estimate
    odds: Estimate


def test_claims(study: Study, frame: Frame) -> Result:
    """Return the tests of C3 and C4 as ``claims.csv`` words them."""
    parts = [*test_claim("C3", study, frame).parts, *test_claim("C4", study, frame).parts]
    return Result(*(part.estimate for part in parts))


def labels(study: Study) -> dict[str, str]:
    """Return how each focus is written, in the order it is drawn."""
    given = study.labels("focus")
    return {key: given.get(key, key).lower() for key in FOCI}


def period_shares(
    rows: pd.DataFrame, frame: Frame, names: dict[str, str]
) -> dict[str, pd.DataFrame]:
    """Return `code_shares` by period for each level that has dated starts."""
    dated = rows[rows["period"].notna()]
    spelled = dated.assign(period=dated["period"].cat.rename_categories(frame.periods))
    tables = {
        x: code_shares(spelled[spelled["level"] == x], "period", "focus", names) for x in LEVELS
    }
    return {level: table for level, table in tables.items() if len(table)}


def change(rows: pd.DataFrame, level: str, focus: str) -> Estimate:
    """Return the share of a focus among a level's starts after the break minus before."""
    of_level = rows[rows["level"] == level]
    before, after = (of_level.loc[of_level["period"] == p, "focus"] for p in PERIODS)
    counts = (int((after == focus).sum()), len(after), int((before == focus).sum()), len(before))
    return difference_of_shares(*counts)


def trend(rows: pd.DataFrame, level: str, focus: str, years: range) -> Estimate | None:
    """Return how the odds of a focus move with each later starting year.

    None where there is no trend to fit: too few starts, all alike, or parted by a year.
    """
    starts = rows[rows["period"].notna() & (rows["level"] == level)]
    fitted = logistic_trend(starts["start_year"], starts["focus"] == focus, years)
    return fitted.odds_ratio if fitted and isfinite(fitted.odds_ratio.high) else None


def recount(rows: pd.DataFrame, elite: str | None, grassroots: str | None) -> Result:
    """Return the tests with the rows of two aims counted otherwise.

    Parameters
    ----------
    elite, grassroots
        What two aims count as at that level: a focus, ``left out``, or None for neither focus.
    """
    found = {}
    for level, reading in {ELITE: elite, GRASSROOTS: grassroots}.items():
        focus = rows.loc[rows["level"] == level, "focus"].astype(str)
        focus = focus[focus != BOTH] if reading == "left out" else focus
        found[level] = focus.replace(BOTH, reading) if reading in (RELATIONSHIP, OUTCOME) else focus
    high, low = found[ELITE], found[GRASSROOTS]
    outcome = (int((high == OUTCOME).sum()), len(high))
    return Result(
        relationship=share(int((low == RELATIONSHIP).sum()), len(low)),
        outcome=share(*outcome),
        odds=odds_ratio(*outcome, int((low == OUTCOME).sum()), len(low)),
    )


def readings(rows: pd.DataFrame) -> dict[str, Result]:
    """Return the tests under every reading of the rows with two aims, bounds included."""
    return {name: recount(rows, *how) for name, how in (READINGS | BOUNDS).items()}


def stand_out(rows: pd.DataFrame, study: Study, variable: str) -> list[str]:
    """Return the labels of codes that rows with two aims have clearly more often than the rest."""
    both, rest = rows[rows["focus"] == BOTH], rows[rows["focus"] != BOTH]
    found = {}
    for code, label in study.labels(variable).items():
        column = f"{variable}_{code}"
        counts = (int(both[column].sum()), len(both), int(rest[column].sum()), len(rest))
        estimate = difference_of_shares(*counts)
        if estimate.side_of(0) == "above":
            found[label.lower()] = estimate.value
    return sorted(found, key=found.get, reverse=True)


def coder_results(study: Study, frame: Frame) -> dict[str, Result]:
    """Return the tests on the codes of each coder: their focus codes and their levels."""
    return {name: test_claims(study, replace(frame, coder=name)) for name in study.coders()}


def profile(
    rows: pd.DataFrame, study: Study, variable: str, names: dict[str, str], most: int
) -> pd.DataFrame:
    """Return how often each focus comes with the commonest codes of another variable.

    Parameters
    ----------
    most
        How many codes: those that most initiatives carry, the commonest first.

    Returns
    -------
    pd.DataFrame
        Columns ``label`` (the code), ``focus``, ``share``, ``low``, ``high``, ``n``.
    """
    written = study.labels(variable)
    totals = pd.Series({code: int(rows[f"{variable}_{code}"].sum()) for code in written})
    ranked = totals[totals > 0].sort_values(ascending=False, kind="stable").index[:most]
    table = []
    for code in ranked:
        for key, name in names.items():
            having = rows.loc[rows["focus"] == key, f"{variable}_{code}"]
            given = {"label": written[code], "focus": name}
            table.append(with_interval(given, share(int(having.sum()), len(having))))
    return pd.DataFrame(table, columns=["label", "focus", "share", "low", "high", "n"])
