"""The test of each claim, computed as the measure in ``claims.csv`` words it.

A test takes the study and the frame and returns one `Finding` for each statistic.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tracktwo.analysis.agreement import smallest_alpha
from tracktwo.analysis.estimates import (
    RESAMPLES,
    Estimate,
    Trend,
    clustered_share,
    difference_of_shares,
    draws_of,
    kinds_of,
    lead,
    logistic_trend,
    odds_ratio,
    share,
)
from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import (
    ELITE,
    GRASSROOTS,
    PERIODS,
    comparable_transfer,
    level_counts,
    starts_of,
)
from tracktwo.analysis.vectors import overlaps, pairwise
from tracktwo.analysis.voices import select_statements, with_known_side
from tracktwo.data.package import Conflict, Package
from tracktwo.data.study import Study

GIVEN = np.array([frozenset({False}), frozenset({True})])
"""A code that is not given, and one that is, as what two coders may agree on."""

VOICES = 2  # speakers a side needs for a proposition to be shared (claims.csv, C5)


@dataclass(frozen=True)
class Finding:
    """One statistic of a claim, without what is predicted.

    ``kind`` says how it is written (`numbers.WRITTEN`); ``cases`` is given where the cases are
    not the estimate's n.
    """

    kind: str
    name: str
    estimate: Estimate
    cases: int | None = None


STATISTICS = {
    "C1": (("points", "lead of elite/professional starts"),),
    "C2": (
        ("ratio", "odds ratio of a grassroots start per later year"),
        ("points", "change in the share of grassroots starts"),
    ),
    "C3": (("share", "share with a relationship focus"),),
    "C4": (
        ("share", "share with an outcome focus"),
        ("ratio", "odds ratio of an outcome focus"),
    ),
    "C5": (("share", "share of propositions voiced on both sides"),),
    "C6": (("share", "share of statements resting on systematic evidence"),),
    "C7": (("share", "share with a documented plan"),),
    "C8": (("decimal", "smallest alpha of an approach"), ("count", "approaches found")),
    "C9": (
        ("share", "share with two or more approaches"),
        ("decimal", "largest overlap of two approaches"),
    ),
}
"""The statistics of each claim: how they are written, and what they are called."""


def nothing_found(claim: str) -> list[Finding]:
    """Return the findings of a claim that cannot be computed: no estimate of anything."""
    return _found(claim, *(Estimate(np.nan, np.nan, np.nan, 0) for _ in STATISTICS[claim]))


def _found(claim: str, *estimates: Estimate, cases: int | None = None) -> list[Finding]:
    return [
        Finding(kind, name, estimate, cases)
        for (kind, name), estimate in zip(STATISTICS[claim], estimates, strict=True)
    ]


# The inventory


def elite_lead(rows: pd.DataFrame) -> Estimate:
    """Return the share of elite/professional minus that of grassroots starts up to the break."""
    before = level_counts(rows, PERIODS[0])
    return lead(int(before[ELITE]), int(before[GRASSROOTS]), int(before.sum()))


def grassroots_trend(rows: pd.DataFrame, years: range) -> Trend | None:
    """Return how the odds of a grassroots against an elite/professional start move by year."""
    two = starts_of(rows)
    two = two[two["level"].isin([ELITE, GRASSROOTS])]
    return logistic_trend(two["start_year"], two["level"] == GRASSROOTS, years)


def grassroots_change(rows: pd.DataFrame) -> Estimate:
    """Return the share of grassroots among the starts after the break minus before."""
    before, after = (level_counts(rows, period) for period in PERIODS)
    return difference_of_shares(
        int(after[GRASSROOTS]), int(after.sum()), int(before[GRASSROOTS]), int(before.sum())
    )


def _c1(study: Study, frame: Frame) -> list[Finding]:
    return _found("C1", elite_lead(frame.select(study)))


def _c2(study: Study, frame: Frame) -> list[Finding]:
    rows = frame.select(study)
    trend = grassroots_trend(rows, frame.years)
    two = starts_of(rows)["level"].isin([ELITE, GRASSROOTS]).sum()
    ratio = trend.odds_ratio if trend else Estimate(np.nan, np.nan, np.nan, int(two))
    return _found("C2", ratio, grassroots_change(rows))


def _c3(study: Study, frame: Frame) -> list[Finding]:
    return _found("C3", _focus(study, frame, GRASSROOTS, "relationship"))


def _c4(study: Study, frame: Frame) -> list[Finding]:
    elite, grassroots = (_focus(study, frame, x, "outcome") for x in (ELITE, GRASSROOTS))
    counts = [(round(e.value * e.n) if e.n else 0, e.n) for e in (elite, grassroots)]
    return _found("C4", elite, odds_ratio(*counts[0], *counts[1]))


def _focus(study: Study, frame: Frame, level: str, focus: str) -> Estimate:
    rows = frame.select(study)
    chosen = rows.loc[rows["level"] == level, "focus"]
    return share(int(chosen.isin(study.package.values("focus", focus)).sum()), len(chosen))


def _c7(study: Study, frame: Frame) -> list[Finding]:
    planned = comparable_transfer(frame.select(study))["has_plan"]
    return _found("C7", share(int(planned.sum()), len(planned)))


# What practitioners say


def voicings(statements: pd.DataFrame, conflict: Conflict) -> pd.DataFrame:
    """Return who voices which proposition: ``transfer_proposition``, ``side``, ``voice``.

    One row per speaker, side and proposition, however often it is said. Those who speak jointly
    are one voice of each side (claims.csv, C5).
    """
    told = statements[statements["transfer_proposition"].notna()]
    columns = ["transfer_proposition", "side", "voice"]
    each = {
        (proposition, of, voice): None
        for proposition, side, voice in zip(*(told[x] for x in columns), strict=True)
        for of in (conflict.sides if side == conflict.joint else (side,))
    }
    return pd.DataFrame(list(each), columns=columns)


def shared_propositions(
    told: pd.DataFrame, propositions: list[str], conflict: Conflict
) -> list[str]:
    """Return the propositions voiced by at least two speakers of every side."""
    counts = Counter(zip(told["transfer_proposition"], told["side"], strict=True))
    return [p for p in propositions if all(counts[p, side] >= VOICES for side in conflict.sides)]


def fewest_voicings(told: pd.DataFrame, conflict: Conflict) -> int:
    """Return how many propositions the voices of the quietest side voice: what C5 rests on."""
    return min(int((told["side"] == side).sum()) for side in conflict.sides)


def _c5(study: Study, frame: Frame) -> list[Finding]:
    propositions = list(study.labels("transfer_proposition", "practitioners"))
    conflict = study.package.conflict
    told = voicings(with_known_side(select_statements(study, frame)), conflict)
    shared = shared_propositions(told, propositions, conflict)
    cases = fewest_voicings(told, conflict)
    return _found("C5", share(len(shared), len(propositions)), cases=cases)


def _c6(study: Study, frame: Frame) -> list[Finding]:
    rows = select_statements(study, frame)
    told = rows[rows["transfer_proposition"].notna()]
    systematic = is_systematic(study.package, told)
    return _found("C6", clustered_share(systematic, told["document_id"]))


def is_systematic(package: Package, told: pd.DataFrame) -> pd.Series:
    """Return whether each statement's proposition rests on systematic evidence."""
    return told["proposition_support"].isin(package.values("proposition_support", "systematic"))


# The approaches


def _c8(study: Study, frame: Frame) -> list[Finding]:
    rows = frame.select(study)
    approaches = list(study.labels("approach"))
    found = sum(int(rows[f"approach_{a}"].any()) for a in approaches)
    agreed = Estimate(np.nan, np.nan, np.nan, 0)
    if coders := latest_round(study):
        marks = [study.wide(coder).loc[rows.index] for coder in coders]
        agreed = smallest_alpha(
            [[GIVEN[given[f"approach_{a}"].astype(int)] for given in marks] for a in approaches]
        )
    return _found("C8", agreed, Estimate(found, found, found, len(rows)))


def latest_round(study: Study) -> tuple[str, str] | None:
    """Return the two coders of the inventory's latest round, None if there is no round."""
    return next(reversed(study.rounds["inventory"].values()), None)


def _c9(study: Study, frame: Frame) -> list[Finding]:
    rows = frame.select(study)
    given = rows[[f"approach_{a}" for a in study.labels("approach")]].to_numpy(dtype=float)
    several = int((given.sum(axis=1) > 1).sum())
    return _found("C9", share(several, len(rows)), largest_overlap(given))


def largest_overlap(given: np.ndarray) -> Estimate:
    """Return the largest Jaccard overlap of two codes, with a bootstrap interval over units.

    Parameters
    ----------
    given
        Shape (units, codes): 1 where a unit has a code.
    """
    each, kind = kinds_of(given)
    both, either = pairwise(each)
    weights = draws_of(len(given), RESAMPLES)(kind)
    drawn = overlaps(weights @ both, weights @ either)
    if np.isnan(drawn).all():
        return Estimate(np.nan, np.nan, np.nan, len(given))
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    value = overlaps(*(np.bincount(kind) @ x for x in (both, either)))
    return Estimate(float(value), float(low), float(high), len(given))


TESTS: dict[str, Callable[[Study, Frame], list[Finding]]] = {
    "C1": _c1,
    "C2": _c2,
    "C3": _c3,
    "C4": _c4,
    "C5": _c5,
    "C6": _c6,
    "C7": _c7,
    "C8": _c8,
    "C9": _c9,
}
