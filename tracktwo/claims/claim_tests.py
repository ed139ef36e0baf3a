"""The test of each claim, computed as the measure in ``claims.csv`` words it.

A test takes the study and the frame and returns one `Finding` for each statistic.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tracktwo.analysis.agreement import code_sets, smallest_alpha
from tracktwo.analysis.estimates import (
    Estimate,
    Trend,
    clustered_share,
    difference_of_shares,
    lead,
    logistic_trend,
    odds_ratio,
    resample,
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
from tracktwo.data.study import Study

SIDES, JOINT = ("israeli", "palestinian"), "joint"
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
    return [Finding("points", "lead of elite/professional starts", elite_lead(frame.select(study)))]


def _c2(study: Study, frame: Frame) -> list[Finding]:
    rows = frame.select(study)
    trend = grassroots_trend(rows, frame.years)
    two = starts_of(rows)["level"].isin([ELITE, GRASSROOTS]).sum()
    ratio = trend.odds_ratio if trend else Estimate(np.nan, np.nan, np.nan, int(two))
    return [
        Finding("ratio", "odds ratio of a grassroots start per later year", ratio),
        Finding("points", "change in the share of grassroots starts", grassroots_change(rows)),
    ]


def _c3(study: Study, frame: Frame) -> list[Finding]:
    return [
        Finding(
            "share",
            "share with a relationship focus",
            _focus(study, frame, GRASSROOTS, "relationship"),
        )
    ]


def _c4(study: Study, frame: Frame) -> list[Finding]:
    elite, grassroots = (_focus(study, frame, x, "outcome") for x in (ELITE, GRASSROOTS))
    counts = [(round(e.value * e.n) if e.n else 0, e.n) for e in (elite, grassroots)]
    return [
        Finding("share", "share with an outcome focus", elite),
        Finding("ratio", "odds ratio of an outcome focus", odds_ratio(*counts[0], *counts[1])),
    ]


def _focus(study: Study, frame: Frame, level: str, focus: str) -> Estimate:
    rows = frame.select(study)
    chosen = rows.loc[rows["level"] == level, "focus"]
    return share(int((chosen == focus).sum()), len(chosen))


def _c7(study: Study, frame: Frame) -> list[Finding]:
    planned = comparable_transfer(frame.select(study))["transfer_planned_yes"]
    return [
        Finding("share", "share with a documented plan", share(int(planned.sum()), len(planned)))
    ]


# What practitioners say


def voicings(statements: pd.DataFrame) -> pd.DataFrame:
    """Return who voices which proposition: ``transfer_proposition``, ``side``, ``voice``.

    One row per speaker, side and proposition, however often it is said. Those who speak jointly
    are one voice of each side (claims.csv, C5).
    """
    told = statements[statements["transfer_proposition"].notna()]
    columns = ["transfer_proposition", "side", "voice"]
    each = {
        (proposition, of, voice): None
        for proposition, side, voice in zip(*(told[x] for x in columns), strict=True)
        for of in (SIDES if side == JOINT else (side,))
    }
    return pd.DataFrame(list(each), columns=columns)


def shared_propositions(told: pd.DataFrame, propositions: list[str]) -> list[str]:
    """Return the propositions voiced by at least two speakers of either side."""
    counts = Counter(zip(told["transfer_proposition"], told["side"], strict=True))
    return [p for p in propositions if all(counts[p, side] >= VOICES for side in SIDES)]


def _c5(study: Study, frame: Frame) -> list[Finding]:
    propositions = list(study.labels("transfer_proposition", "practitioners"))
    told = voicings(with_known_side(select_statements(study, frame)))
    shared = shared_propositions(told, propositions)
    fewest = min(int((told["side"] == side).sum()) for side in SIDES)
    estimate = share(len(shared), len(propositions))
    return [Finding("share", "share of propositions voiced on both sides", estimate, fewest)]


def _c6(study: Study, frame: Frame) -> list[Finding]:
    rows = select_statements(study, frame)
    told = rows[rows["transfer_proposition"].notna()]
    systematic = told["proposition_support"] == "evidence"
    name = "share of statements resting on systematic evidence"
    return [Finding("share", name, clustered_share(systematic, told["document_id"]))]


# The approaches


def _c8(study: Study, frame: Frame) -> list[Finding]:
    rows = frame.select(study)
    approaches = list(study.labels("approach"))
    found = sum(int(rows[f"approach_{a}"].any()) for a in approaches)
    agreed = Estimate(np.nan, np.nan, np.nan, 0)
    if coders := latest_round(study):
        sets = [code_sets(study.codes, rows.index, coder, "approach") for coder in coders]
        agreed = smallest_alpha(
            [[[frozenset({a in given}) for given in s] for s in sets] for a in approaches]
        )
    return [
        Finding("decimal", "smallest alpha of an approach", agreed),
        Finding("count", "approaches found", Estimate(found, found, found, len(rows))),
    ]


def latest_round(study: Study) -> tuple[str, str] | None:
    """Return the two coders of the inventory's latest round, None if there is no round."""
    return next(reversed(study.rounds["inventory"].values()), None)


def _c9(study: Study, frame: Frame) -> list[Finding]:
    rows = frame.select(study)
    given = rows[[f"approach_{a}" for a in study.labels("approach")]].to_numpy(dtype=float)
    several = int((given.sum(axis=1) > 1).sum())
    return [
        Finding("share", "share with two or more approaches", share(several, len(rows))),
        Finding("decimal", "largest overlap of two approaches", largest_overlap(given)),
    ]


def largest_overlap(given: np.ndarray) -> Estimate:
    """Return the largest Jaccard overlap of two codes, with a bootstrap interval over units.

    Parameters
    ----------
    given
        Shape (units, codes): 1 where a unit has a code.
    """
    both, either = pairwise(given)
    weights = resample(pd.Series(range(len(given))))
    drawn = overlaps(weights @ both, weights @ either)
    if np.isnan(drawn).all():
        return Estimate(np.nan, np.nan, np.nan, len(given))
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    value = overlaps(both.sum(axis=0), either.sum(axis=0))
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
