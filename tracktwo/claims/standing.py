"""What is said of a claim before all else: whether it held, and whether it could have failed.

The rule of verdicts counts alike what risked much and what risked nothing. Which test could
hardly have gone against its claim is a judgement of the authors'; the front page gives the
reasons, each with the results that it rests on.
"""

import numpy as np
import pandas as pd

from tracktwo.analysis.frame import Frame
from tracktwo.claims.claims import Part
from tracktwo.claims.influence import usual, without_doubt
from tracktwo.claims.verdicts import (
    LEANING,
    MOST,
    NOT_SUPPORTED,
    UNCLEAR,
    UNTESTABLE,
    Verdict,
)
from tracktwo.data.study import Study

HELD, JUST, UNTESTED, FAILED = "held", "held only just", "not really tested", "did not hold"
STANDINGS = [HELD, JUST, UNTESTED, FAILED]

COULD_FAIL = {
    "C1": True,
    "C2": True,
    "C3": True,
    "C4": True,
    "C5": True,
    "C6": False,
    "C7": False,
    "C8": False,
    "C9": False,
}
"""Whether open evidence could well have gone against a claim, as it is tested here."""

NEAR, CLOSE = 0.2, 0.02
"""What is near a border: an end of an interval (in half-widths), a share of specifications."""


def standings(study: Study, frame: Frame, verdicts: dict[str, Verdict]) -> dict[str, str]:
    """Return the standing of each claim.

    Parameters
    ----------
    verdicts
        `verdicts.reach` of the same study and frame.
    """
    return {
        claim: standing(found, without_doubt(found, usual(study, frame, claim)))
        for claim, found in verdicts.items()
    }


def standing(found: Verdict, certain: pd.DataFrame) -> str:
    """Return the standing of a claim, from its verdict and whether it could have failed.

    Whatever went against its claim could fail, as it did. A supported claim held only just when
    an interval's end or the share of agreeing specifications lies near its border, or when an
    interval holds its border without the rows that are in doubt.

    Parameters
    ----------
    certain
        `influence.without_doubt` of the claim.
    """
    if found.verdict == NOT_SUPPORTED:
        return FAILED
    if found.verdict == UNTESTABLE or not COULD_FAIL[found.result.id]:
        return UNTESTED
    if found.verdict == UNCLEAR:
        return FAILED
    near = is_near(found) or rests_on_doubt(found, certain)
    return JUST if found.verdict == LEANING or near else HELD


def is_near(found: Verdict) -> bool:
    """Return whether a claim lies close to where a supported one's verdict would change."""
    margins = [margin(part) for part in found.result.parts]
    return found.agree_share < MOST + CLOSE or bool(np.nanmin([*margins, np.inf]) < NEAR)


def rests_on_doubt(found: Verdict, certain: pd.DataFrame) -> bool:
    """Return whether an interval of any part holds its border without the rows in doubt."""
    return any(
        not found.result.parts[row.part].holds(np.array([row.low, row.high])).all()
        for row in certain.itertuples()
    )


def margin(part: Part) -> float:
    """Return how far the nearer end of an interval lies on the predicted side of its border.

    In half-widths of the interval; ratios are taken as logarithms. Missing where an interval
    has no width.
    """
    ends = np.array([part.estimate.low, part.estimate.high, part.border])
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high, border = np.log(ends) if part.kind == "ratio" else ends
        half = (high - low) / 2
        near = low - border if part.relation.startswith(">") else border - high
        return float(near / half) if np.isfinite(half) and half > 0 else np.nan
