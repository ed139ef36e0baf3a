"""The claims under test: each test's findings beside what the claim predicts.

The side that a claim predicts is read from ``article/claims.csv``, nothing is repeated here.
"""

from dataclasses import dataclass

import numpy as np

from tracktwo.analysis.estimates import Estimate
from tracktwo.analysis.frame import Frame
from tracktwo.claims.claim_tests import TESTS, nothing_found
from tracktwo.claims.needs import missing
from tracktwo.data.study import Study
from tracktwo.data.validation.rules import PREDICTION


@dataclass(frozen=True)
class Part:
    """One statistic of a claim, and the side of a border on which the claim predicts it.

    ``cases`` is the number that the rule of verdicts looks at; it differs from ``estimate.n``
    where what is counted (propositions) is not what gives the evidence (speakers).
    """

    kind: str
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
    """What the open evidence says to one claim: its parts, and n, the fewest cases of any.

    ``reason`` says why it cannot be tested, where the data lack what the test needs.
    """

    id: str
    parts: tuple[Part, ...]
    reason: str = ""

    @property
    def n(self) -> int:
        """The number of cases the claim rests on: the smallest of its parts'."""
        return min(part.cases for part in self.parts)


def test_claim(claim: str, study: Study, frame: Frame) -> ClaimResult:
    """Return the test of one claim on the initiatives or statements inside the frame.

    Where the data lack what it needs, it has no estimate, and says why.

    Raises
    ------
    ValueError
        When the book has no test for that claim, the data do not have it, or
        ``article/claims.csv`` predicts another number of statistics than the test has.
    """
    if claim not in TESTS:
        raise ValueError(f"no test of claim {claim!r}; there are: {', '.join(TESTS)}")
    reason = missing(claim, study)
    found = nothing_found(claim) if reason else TESTS[claim](study, frame)
    sides = predictions(study, claim)
    if claim == "C8":  # that each approach is found is a count, and the codebook says how many
        approaches = study.labels("approach") if study.has_variable("approach") else ()
        sides.append((">=", float(len(approaches))))
    if len(sides) != len(found):
        raise ValueError(
            f"article/claims.csv, {claim}, predicted: found {len(sides)} sides; allowed: one for "
            f"each statistic ({', '.join(f.name for f in found)})"
        )
    parts = [
        Part(f.kind, f.name, f.estimate, *side, f.estimate.n if f.cases is None else f.cases)
        for f, side in zip(found, sides, strict=True)
    ]
    return ClaimResult(claim, tuple(parts), reason)


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
