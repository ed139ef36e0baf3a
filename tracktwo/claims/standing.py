"""What is said of a claim before all else: whether it held, and whether it could have failed.

The rule of verdicts counts alike what risked much and what risked nothing. Which test could
hardly have gone against its claim is a judgement of the authors'; the front page gives the
reasons, each with the results that it rests on.
"""

import numpy as np
import pandas as pd

from tracktwo.analysis.estimates import lead
from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import ELITE, GRASSROOTS, PERIODS, level_counts
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

HELD, JUST, UNDECIDED = "held", "held only just", "undecided"
UNTESTED, FAILED = "not really tested", "did not hold"
STANDINGS = [HELD, JUST, UNDECIDED, UNTESTED, FAILED]
NO_SIGN = "no sign of it"
"""What is said of the replacement in C2 where the starts bear no trace of it."""

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

    Whatever went against its claim could fail, as it did. A claim is undecided where the rule
    says unclear, and where it says leaning though an interval includes its border. A supported
    claim held only just when an interval's end or the share of agreeing specifications lies near
    its border, or when an interval includes its border without the rows that are in doubt.

    Parameters
    ----------
    certain
        `influence.without_doubt` of the claim.
    """
    if found.verdict == NOT_SUPPORTED:
        return FAILED
    if found.verdict == UNTESTABLE or not COULD_FAIL[found.result.id]:
        return UNTESTED
    is_open = any(part.side == "open" for part in found.result.parts)
    if found.verdict == UNCLEAR or (found.verdict == LEANING and is_open):
        return UNDECIDED
    near = is_near(found) or rests_on_doubt(found, certain)
    return JUST if found.verdict == LEANING or near else HELD


def replacement(rows: pd.DataFrame, frame: Frame) -> str:
    """Return what is said of the replacement in C2, which no rule judges.

    There is no sign of it where elites and professionals began more initiatives a year after the
    break than before, and the lead of neither side is clear of zero.
    """
    before, after = (level_counts(rows, period) for period in PERIODS)
    spans = (frame.break_year - frame.first_year + 1, frame.last_year - frame.break_year)
    went_on = after[ELITE] / spans[1] > before[ELITE] / spans[0]
    ahead = lead(int(after[ELITE]), int(after[GRASSROOTS]), int(after.sum()))
    return NO_SIGN if went_on and ahead.side_of(0) == "open" else UNDECIDED


def is_near(found: Verdict) -> bool:
    """Return whether a claim lies close to where a supported one's verdict would change."""
    margins = [margin(part) for part in found.result.parts]
    return found.agree_share < MOST + CLOSE or bool(np.nanmin([*margins, np.inf]) < NEAR)


def rests_on_doubt(found: Verdict, certain: pd.DataFrame) -> bool:
    """Return whether an interval of any part includes its border without the rows in doubt."""
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
