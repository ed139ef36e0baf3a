"""The nine claims under test, each as one function: what ``claims.csv`` says, computed.

A test takes the study and the frame and returns one `Part` for each statistic of the claim. The
side that the claim predicts is read from ``claims.csv``, nothing is repeated here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from tracktwo.agreement import ROUNDS, code_sets, smallest_alpha
from tracktwo.estimates import (
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
from tracktwo.frame import Frame
from tracktwo.measures import ELITE, GRASSROOTS, PERIODS, level_counts, starts_of
from tracktwo.study import Study
from tracktwo.validation.rules import PREDICTION
from tracktwo.voices import select_statements

SIDES = ("israeli", "palestinian")
VOICES = 2  # speakers a side needs for a proposition to be shared (claims.csv, C5)

Finding = tuple[str, Estimate] | tuple[str, Estimate, int]
"""The name of a statistic, its estimate and, where it is not the estimate's n, the cases."""


@dataclass(frozen=True)
class Part:
    """One statistic of a claim, and the side of a border on which the claim predicts it.

    ``cases`` is the number that the rule of verdicts looks at; it differs from ``estimate.n``
    where what is counted (propositions) is not what gives the evidence (speakers).
    """

    name: str
    estimate: Estimate
    relation: str
    border: float
    cases: int

    @property
    def predicted(self) -> str:
        """The prediction as it is written, e.g. ``> 0.5``."""
        return f"{self.relation} {self.border:g}"

    def holds(self, values: float | np.ndarray) -> bool | np.ndarray:
        """Return whether each of `values` lies on the predicted side."""
        compare = {">": np.greater, ">=": np.greater_equal, "<": np.less, "<=": np.less_equal}
        return compare[self.relation](values, self.border)

    @property
    def side(self) -> str:
        """Where the whole interval lies: ``predicted`` or ``other`` side, or ``open``."""
        ends = np.array([self.estimate.low, self.estimate.high])
        if np.isnan(ends).any():
            return "open"
        sides = self.holds(ends)
        return "predicted" if sides.all() else "open" if sides.any() else "other"


@dataclass(frozen=True)
class ClaimResult:
    """What the open evidence says to one claim: its parts, and n, the fewest cases of any."""

    id: str
    parts: tuple[Part, ...]

    @property
    def n(self) -> int:
        """The number of cases the claim rests on: the smallest of its parts'."""
        return min(part.cases for part in self.parts)


def test_claim(claim: str, study: Study, frame: Frame) -> ClaimResult:
    """Return the test of one claim on the initiatives or statements inside the frame.

    Raises
    ------
    ValueError
        When the book has no test for that claim, the data do not have it, or
        ``article/claims.csv`` predicts another number of statistics than the test has.
    """
    if claim not in TESTS:
        raise ValueError(f"no test of claim {claim!r}; there are: {', '.join(TESTS)}")
    found = TESTS[claim](study, frame)
    sides = predictions(study, claim)
    if claim == "C8":  # that each approach is found is a count, and the codebook says how many
        sides.append((">=", float(len(study.labels("approach")))))
    if len(sides) != len(found):
        raise ValueError(
            f"article/claims.csv, {claim}, predicted: found {len(sides)} sides; allowed: one for "
            f"each statistic ({', '.join(name for name, *_ in found)})"
        )
    parts = [
        Part(name, estimate, relation, border, cases[0] if cases else estimate.n)
        for (name, estimate, *cases), (relation, border) in zip(found, sides, strict=True)
    ]
    return ClaimResult(claim, tuple(parts))


def tested(study: Study) -> list[str]:
    """Return the claims of the data set that the book has a test for, in their order."""
    return [claim for claim in study.claims["id"] if claim in TESTS]


def predictions(study: Study, claim: str) -> list[tuple[str, float]]:
    """Return the relation and border that ``claims.csv`` predicts for each statistic.

    Raises
    ------
    ValueError
        When the data have no such claim.
    """
    rows = study.claims.loc[study.claims["id"] == claim, "predicted"]
    if rows.empty:
        raise ValueError(f"article/claims.csv has no claim {claim!r}")
    sides = [PREDICTION.fullmatch(side) for side in rows.iloc[0].split("; ")]
    return [(side[1], float(side[2])) for side in sides]


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
    return [("lead of elite/professional starts", elite_lead(frame.select(study)))]


def _c2(study: Study, frame: Frame) -> list[Finding]:
    rows = frame.select(study)
    trend = grassroots_trend(rows, frame.years)
    two = starts_of(rows)["level"].isin([ELITE, GRASSROOTS]).sum()
    ratio = trend.odds_ratio if trend else Estimate(np.nan, np.nan, np.nan, int(two))
    return [
        ("odds ratio of a grassroots start per later year", ratio),
        ("change in the share of grassroots starts", grassroots_change(rows)),
    ]


def _c3(study: Study, frame: Frame) -> list[Finding]:
    return [("share with a relationship focus", _focus(study, frame, GRASSROOTS, "relationship"))]


def _c4(study: Study, frame: Frame) -> list[Finding]:
    elite, grassroots = (_focus(study, frame, x, "outcome") for x in (ELITE, GRASSROOTS))
    counts = [(round(e.value * e.n) if e.n else 0, e.n) for e in (elite, grassroots)]
    return [
        ("share with an outcome focus", elite),
        ("odds ratio of an outcome focus", odds_ratio(*counts[0], *counts[1])),
    ]


def _focus(study: Study, frame: Frame, level: str, focus: str) -> Estimate:
    rows = frame.select(study)
    chosen = rows.loc[rows["level"] == level, "focus"]
    return share(int((chosen == focus).sum()), len(chosen))


def _c7(study: Study, frame: Frame) -> list[Finding]:
    planned = frame.select(study)["transfer_planned_yes"]
    return [("share with a documented plan", share(int(planned.sum()), len(planned)))]


# What practitioners say


def voicings(statements: pd.DataFrame) -> pd.DataFrame:
    """Return who voices which proposition: ``transfer_proposition``, ``side``, ``voice``.

    One row a speaker and proposition, however often it is said.
    """
    told = statements[statements["transfer_proposition"].notna()]
    return told[["transfer_proposition", "side", "voice"]].drop_duplicates()


def shared_propositions(told: pd.DataFrame, propositions: list[str]) -> list[str]:
    """Return the propositions voiced by at least two speakers of either side."""
    counts = pd.crosstab(told["transfer_proposition"].astype(str), told["side"].astype(str))
    counts = counts.reindex(index=propositions, columns=list(SIDES), fill_value=0)
    return counts.index[(counts >= VOICES).all(axis=1)].tolist()


def _c5(study: Study, frame: Frame) -> list[Finding]:
    propositions = list(study.labels("transfer_proposition", "practitioners"))
    told = voicings(select_statements(study, frame))
    shared = shared_propositions(told, propositions)
    fewest = min(int((told["side"] == side).sum()) for side in SIDES)
    estimate = share(len(shared), len(propositions))
    return [("share of propositions voiced on both sides", estimate, fewest)]


def _c6(study: Study, frame: Frame) -> list[Finding]:
    rows = select_statements(study, frame)
    told = rows[rows["transfer_proposition"].notna()]
    systematic = told["proposition_support"] == "evidence"
    name = "share of propositions resting on systematic evidence"
    return [(name, clustered_share(systematic, told["document_id"]))]


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
        ("smallest alpha of an approach", agreed),
        ("approaches found", Estimate(found, found, found, len(rows))),
    ]


def latest_round(study: Study) -> tuple[str, str] | None:
    """Return the two coders of the latest round that the inventory holds, None if no round."""
    have = set(study.coders())
    return next((pair for pair in reversed(ROUNDS.values()) if set(pair) <= have), None)


def _c9(study: Study, frame: Frame) -> list[Finding]:
    rows = frame.select(study)
    given = rows[[f"approach_{a}" for a in study.labels("approach")]].to_numpy(dtype=float)
    several = int((given.sum(axis=1) > 1).sum())
    return [
        ("share with two or more approaches", share(several, len(rows))),
        ("largest overlap of two approaches", largest_overlap(given)),
    ]


def largest_overlap(given: np.ndarray) -> Estimate:
    """Return the largest Jaccard overlap of two codes, with a bootstrap interval over units.

    Parameters
    ----------
    given
        Shape (units, codes): 1 where a unit has a code.
    """
    pairs = list(combinations(range(given.shape[1]), 2))
    both = np.stack([given[:, a] * given[:, b] for a, b in pairs], axis=1)
    either = np.stack([np.maximum(given[:, a], given[:, b]) for a, b in pairs], axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        overlap = both.sum(axis=0) / either.sum(axis=0)
        if np.isnan(overlap).all():
            return Estimate(np.nan, np.nan, np.nan, len(given))
        weights = resample(pd.Series(range(len(given))))
        drawn = (weights @ both) / (weights @ either)
    low, high = np.nanpercentile(np.fmax.reduce(drawn, axis=1), [2.5, 97.5])
    return Estimate(float(np.nanmax(overlap)), float(low), float(high), len(given))


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
