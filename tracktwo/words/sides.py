"""Words that follow from numbers, so that a sentence stays true when the data change."""

from tracktwo.analysis.estimates import Estimate


def by_side(estimate: Estimate, border: float, *, above: str, below: str, unsure: str) -> str:
    """Return the words for the side of `border` on which the whole interval lies.

    `unsure` is for an interval that holds the border, and for no cases at all.
    """
    return {"above": above, "below": below, "open": unsure}[estimate.side_of(border)]


def majority(estimate: Estimate) -> str:
    """Return whether a share with its interval is a majority."""
    most = estimate.value > 0.5
    return by_side(
        estimate,
        0.5,
        above="a majority",
        below="a minority",
        unsure="more than half, though the interval does not rule out less"
        if most
        else "not more than half, though the interval does not rule out more",
    )
