"""Verdicts: the rule, fixed before any chapter was written, and what it says of each claim."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tracktwo.analysis.estimates import FEWEST
from tracktwo.analysis.frame import Frame
from tracktwo.claims.claims import ClaimResult, Part, test_claim, tested
from tracktwo.claims.curves import curve
from tracktwo.claims.specifications import Inventory, take_inventory
from tracktwo.data.study import Study
from tracktwo.ground.digits import rounded

SUPPORTED, LEANING, UNCLEAR = "supported", "leaning", "unclear"
NOT_SUPPORTED, UNTESTABLE = "not supported", "cannot be tested"
VERDICTS = [SUPPORTED, LEANING, UNCLEAR, UNTESTABLE, NOT_SUPPORTED]
"""From the strongest support to the weakest: a claim takes the weakest of its parts."""

MOST, MANY = 0.9, 0.6
"""Shares of specifications that must agree in direction for a claim to be supported, or to lean."""


@dataclass(frozen=True, eq=False)
class Verdict:
    """A claim's result, its specification curve, and the verdict on it and on each part.

    ``agree`` is the share of specifications on the predicted side, for each part.
    """

    result: ClaimResult
    curve: pd.DataFrame
    agree: tuple[float, ...]
    parts: tuple[str, ...]

    @property
    def verdict(self) -> str:
        """The weakest of the parts' verdicts."""
        return max(self.parts, key=VERDICTS.index)

    @property
    def reason(self) -> str:
        """Why it cannot be tested, where the data lack what the test needs."""
        return self.result.reason

    @property
    def agree_share(self) -> float:
        """The smallest share of agreeing specifications of any part."""
        return min(self.agree)

    @property
    def specifications(self) -> int:
        """How many specifications the curve has."""
        return int((self.curve["part"] == 0).sum())


def judge(part: Part, agree: float) -> str:
    """Return the verdict on one part of a claim.

    *cannot be tested*: fewer than ten cases, or no estimate at all. *not supported*: the whole
    interval on the other side. *supported*: the whole interval on the predicted side and at
    least 90 % of specifications agree. *leaning*: the estimate on the predicted side, but the
    interval crosses the border or only 60 to 90 % agree. *unclear*: anything else.

    Parameters
    ----------
    agree
        Share of specifications whose estimate is on the predicted side.
    """
    if part.cases < FEWEST or np.isnan(part.estimate.value):
        return UNTESTABLE
    if part.side == "other":
        return NOT_SUPPORTED
    if part.side == "predicted" and agree >= MOST:
        return SUPPORTED
    if part.holds(part.estimate.value) and (part.side == "open" or agree >= MANY):
        return LEANING
    return UNCLEAR


def reach(study: Study, frame: Frame) -> dict[str, Verdict]:
    """Return the verdict on every claim of the data set that the book tests, by its name."""
    inventory = take_inventory(study, frame)
    return {claim: reach_one(claim, study, frame, inventory) for claim in tested(study)}


def reach_one(
    claim: str,
    study: Study,
    frame: Frame,
    inventory: Inventory,
    known: dict[str, pd.DataFrame] | None = None,
) -> Verdict:
    """Return the verdict on one claim.

    Parameters
    ----------
    inventory
        `take_inventory` of the same study and frame. With no draws the verdict is the same; the
        curve lacks the intervals that come from them.
    known
        As `curves.curve` takes it.

    Raises
    ------
    ValueError
        When the book has no test of that claim (`claims.test_claim`).
    """
    result = test_claim(claim, study, frame)
    table = curve(study, frame, result, inventory, known)
    agree = tuple(_agree(table, place) for place in range(len(result.parts)))
    parts = tuple(judge(part, share) for part, share in zip(result.parts, agree, strict=True))
    return Verdict(result, table, agree, parts)


def agreeing(agrees: pd.Series) -> float:
    """Return the share of specifications that agree, of those that have an estimate."""
    agrees = agrees.dropna()
    return float(agrees.mean()) if len(agrees) else 0.0


def _agree(table: pd.DataFrame, place: int) -> float:
    return agreeing(table.loc[table["part"] == place, "agrees"])


def as_records(
    verdicts: dict[str, Verdict], standings: dict[str, str] | None = None
) -> list[dict[str, object]]:
    """Return the verdicts as plain records for ``verdicts.json``; what is not finite is None.

    With `standings`, each says also what is said of its claim before all else.
    """
    return [
        {
            "id": claim,
            "verdict": found.verdict,
            **({"standing": standings[claim]} if standings else {}),
            "n": found.result.n,
            "parts": [_as_record(part) for part in found.result.parts],
            "specifications": found.specifications,
            "agree_share": _plain(found.agree_share),
        }
        for claim, found in verdicts.items()
    ]


def _as_record(part: Part) -> dict[str, object]:
    numbers = {k: _plain(getattr(part.estimate, k)) for k in ("value", "low", "high")}
    numbers = {"estimate": numbers.pop("value"), **numbers}
    kept = {"name": part.name, "kind": part.kind, **numbers, "cases": part.cases}
    return kept | {"predicted": part.predicted}


def _plain(value: float) -> float | None:
    return rounded(float(value)) if np.isfinite(value) else None
