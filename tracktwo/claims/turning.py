"""What it would take to turn a claim: how many cases would have to be other than they are."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tracktwo.analysis.estimates import Estimate, clustered_share, share
from tracktwo.analysis.frame import Frame
from tracktwo.analysis.voices import select_statements
from tracktwo.claims.claim_tests import is_systematic
from tracktwo.claims.claims import Part
from tracktwo.claims.undocumented import MOST, tipping
from tracktwo.claims.verdicts import Verdict
from tracktwo.data.study import Study

ADDED, RECODED, LOST = "added", "recoded", "lost"
"""What would have to be otherwise: further grassroots starts, codes, or what is counted."""


@dataclass(frozen=True)
class Turning:
    """The fewest cases with which an interval includes its border, and the direction reverses.

    None where no number in reach is enough; 0 where it is so already. ``of`` is the number of
    cases there are, ``kind`` what would have to be otherwise.
    """

    kind: str
    crosses: int | None
    reverses: int | None
    of: int


def turnings(
    study: Study, rows: pd.DataFrame, frame: Frame, verdicts: dict[str, Verdict]
) -> dict[str, Turning]:
    """Return what would turn each claim that cases could turn.

    C1 and C2 are turned by grassroots starts that nobody documented, the claims on shares by
    cases that were coded otherwise; of the two parts of C4 the share is looked at.
    """
    found: dict[str, Turning] = {}
    testable = {claim: found for claim, found in verdicts.items() if not found.result.reason}
    dated = {"C1", "C2"} & set(testable)
    foot = tipping(rows, frame, most_elite=0).set_index("claim") if dated else pd.DataFrame()
    starts = int(rows["period"].notna().sum())
    for claim, verdict in testable.items():
        part = verdict.result.parts[0]
        if claim in foot.index:
            crosses, reverses = (_reached(foot.loc[claim, c]) for c in ("blurred", "undone"))
            found[claim] = Turning(ADDED, crosses, reverses, starts)
        elif part.kind == "share" and part.border not in (0, 1) and part.estimate.n:
            kind = RECODED if part.cases == part.estimate.n else LOST
            estimate = _of_statements(study, frame) if claim == "C6" else share
            found[claim] = Turning(kind, *turn(part, estimate), part.estimate.n)
    return found


def turn(
    part: Part, estimate: Callable[[int, int], Estimate] = share
) -> tuple[int | None, int | None]:
    """Return how many cases of a share must be otherwise for it to cross, and to reverse.

    Parameters
    ----------
    estimate
        Returns the share, with its interval, of a number of cases among all.
    """
    n, count = part.estimate.n, round(part.estimate.value * part.estimate.n)
    step = -1 if part.relation.startswith(">") else 1
    crosses = reverses = None
    for moved in range(n + 1):
        if not 0 <= count + step * moved <= n:
            break
        now = estimate(count + step * moved, n)
        if crosses is None and not part.holds(np.array([now.low, now.high])).all():
            crosses = moved
        if not part.holds(now.value):
            reverses = moved
            break
    return crosses, reverses


def _reached(number: int) -> int | None:
    return None if number > MOST else int(number)


def _of_statements(study: Study, frame: Frame) -> Callable[[int, int], Estimate]:
    """Return how the share of C6 is estimated; further evidence is spread over the documents."""
    statements = select_statements(study, frame)
    told = statements[statements["transfer_proposition"].notna()]
    turn_of = told.groupby("document_id", observed=True).cumcount()
    order = told.assign(yes=is_systematic(study.package, told), turn=turn_of)
    order = order.sort_values(["yes", "turn"], ascending=[False, True], kind="stable")

    def estimate(count: int, n: int) -> Estimate:
        yes = pd.Series(np.arange(n) < count, index=order.index)
        return clustered_share(yes, order["document_id"])

    return estimate
