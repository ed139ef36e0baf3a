"""Numbers as they are printed."""

from dataclasses import dataclass

import numpy as np

from tracktwo.analysis.estimates import Estimate
from tracktwo.ground.digits import rounded
from tracktwo.ground.wording import NO_BREAK

MINUS = "−"


@dataclass(frozen=True)
class Number:
    """A result as it is printed, with the value behind it, rounded (`digits`)."""

    text: str
    value: float | int | str | None = None

    def __post_init__(self) -> None:
        """Round the value."""
        object.__setattr__(self, "value", rounded(self.value))


def count(n: int) -> Number:
    """Write a whole number; one that is not there as such."""
    return Number("not defined") if np.isnan(n) else Number(f"{int(n):,}", int(n))


def percent(value: float) -> Number:
    """Write a share as a whole percentage; one without cases as such."""
    if np.isnan(value):
        return Number("not defined")
    return Number(f"{_round(value * 100)}%", float(value))


def most_percent(value: float) -> str:
    """Write a share so that all but all is not written as all: ``over 99%``, ``under 1%``."""
    if 0.995 <= value < 1:
        return "over 99%"
    return "under 1%" if 0 < value < 0.005 else percent(value).text


def decimal(value: float, digits: int = 2) -> Number:
    """Write a number with a fixed number of decimals."""
    if np.isnan(value):
        return Number("not defined")
    text = f"{rounded(float(value)):.{digits}f}"
    return Number(text.replace("-", MINUS).replace("inf", "∞"), float(value))


def share_text(estimate: Estimate) -> Number:
    """Write a share with its interval: ``45% (38% to 52%)``."""
    if np.isnan(estimate.value):
        return Number("not defined, for want of cases")
    value, low, high = (percent(x).text for x in (estimate.value, estimate.low, estimate.high))
    return Number(f"{value} {_between(low, high)}", estimate.value)


def points_text(estimate: Estimate, unit: str = " percentage points") -> Number:
    """Write a difference of shares in percentage points: ``+12 percentage points (−1 to +25)``."""
    if np.isnan(estimate.value):
        return Number("not defined, for want of cases")
    value, low, high = (_signed(x * 100) for x in (estimate.value, estimate.low, estimate.high))
    return Number(f"{value}{unit} {_between(low, high)}", estimate.value)


def ratio_text(estimate: Estimate) -> Number:
    """Write a ratio or an alpha with its interval: ``1.12 (1.03 to 1.21)``."""
    if np.isnan(estimate.value):
        return Number("not defined")
    value, low, high = (decimal(x).text for x in (estimate.value, estimate.low, estimate.high))
    return Number(f"{value} {_between(low, high)}", estimate.value)


WRITTEN = {
    "share": share_text,
    "points": points_text,
    "ratio": ratio_text,
    "decimal": ratio_text,
    "count": lambda estimate: count(estimate.value),
}
"""How an estimate of each kind is written with its interval."""


def value_text(kind: str, value: float) -> str:
    """Write a value of one of the kinds in `WRITTEN` without an interval."""
    if np.isnan(value):
        return "not defined"
    if kind == "share":
        return percent(value).text
    if kind == "points":
        return f"{_signed(value * 100)} points"
    return count(value).text if kind == "count" else decimal(value).text


def _between(low: str, high: str) -> str:
    """Write the ends of an interval so that no line ends between them."""
    return f"({low}{NO_BREAK}to{NO_BREAK}{high})"


def _round(value: float) -> str:
    """Write a whole number; rounded first, so that a half is a half on every machine."""
    return f"{rounded(float(value)):.0f}".replace("-0", "0").replace("-", MINUS)


def _signed(value: float) -> str:
    """Write points with their sign; near zero with a decimal, so that the side stays visible."""
    value = rounded(float(value))
    near = 0.05 <= abs(value) < 0.95
    size = f"{abs(value):.1f}" if near else f"{abs(value):.0f}"
    return f"{'' if size == '0' else '+' if value > 0 else MINUS}{size}"
