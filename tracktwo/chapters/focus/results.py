"""Chapter `focus`: claims C3 and C4, relationship or outcome, by level and period."""

from dataclasses import dataclass, replace
from math import isinf, isnan

import pandas as pd

from tracktwo.analysis.estimates import (
    Estimate,
    difference_of_shares,
    odds_ratio,
    share,
    with_interval,
)
from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import (
    ELITE,
    GRASSROOTS,
    LEVELS,
    PERIODS,
    PROFESSIONAL,
    STRICT,
    group,
    in_roles,
    role_labels,
)
from tracktwo.claims.claims import test_claim
from tracktwo.data.study import Study
from tracktwo.drawing.shares import code_shares
from tracktwo.words.numbers import Number, decimal, ratio_text

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


def select(study: Study, frame: Frame) -> pd.DataFrame:
    """Return the initiatives inside the frame, with ``group`` and the focus as its role."""
    rows = frame.select(study)
    return rows.assign(group=group(rows), focus=in_roles(study, rows, "focus"))


def test_claims(study: Study, frame: Frame) -> Result:
    """Return the tests of C3 and C4 as ``claims.csv`` words them."""
    parts = [*test_claim("C3", study, frame).parts, *test_claim("C4", study, frame).parts]
    return Result(*(part.estimate for part in parts))


def outcome_halves(rows: pd.DataFrame) -> dict[str, Estimate]:
    """Return the share with an outcome focus among elite and among professional initiatives."""
    halves = {name: rows.loc[group(rows) == name, "focus"] for name in (STRICT, PROFESSIONAL)}
    return {name: share(int((half == OUTCOME).sum()), len(half)) for name, half in halves.items()}


def odds_number(estimate: Estimate) -> Number:
    """Write an odds ratio with its interval; where it has no upper end, the least it may be."""
    if isnan(estimate.value):
        return Number("not defined, for want of cases")
    if isinf(estimate.high):
        return Number(f"at least {decimal(estimate.low).text}")
    return ratio_text(estimate)


def odds_short(estimate: Estimate) -> str:
    """Write an odds ratio for the end of a row in a chart."""
    if isnan(estimate.value):
        return "no cases"
    return f"{decimal(estimate.value, 1).text}" if not isinf(estimate.high) else "no upper end"


def labels(study: Study) -> dict[str, str]:
    """Return how each focus is written, in the order it is drawn."""
    return role_labels(study, "focus", *FOCI)


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


def coder_results(study: Study, frame: Frame) -> dict[str, Result]:
    """Return the tests on the codes of each coder, by the words for who it is."""
    words = coder_words(study)
    return {words[c]: test_claims(study, replace(frame, coder=c)) for c in study.coders()}


def coder_words(study: Study) -> dict[str, str]:
    """Return how each coder is written: the round of coding and the place in it."""
    words = {coder: coder.replace("_", " ") for coder in study.coders()}
    for name, pair in study.rounds["inventory"].items():
        words |= {c: f"{name} round, coder {i}" for i, c in enumerate(pair, 1)}
    return words | {"consensus": "codes as reconciled"}


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
