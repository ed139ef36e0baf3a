"""A chart small enough to stand in a row of a table: one estimate on its own scale."""

import re
from pathlib import Path

import altair as alt
import numpy as np
import pandas as pd

from tracktwo.analysis.estimates import Estimate
from tracktwo.drawing.figures import NAME, annotation
from tracktwo.drawing.svg import chart_to_svg, standalone
from tracktwo.drawing.theme import RULE, SOFT, VERDICT_COLOURS
from tracktwo.ground.digits import rounded
from tracktwo.ground.paths import under_root

ACROSS, DOWN = 152, 12  # of the strip in pixels; with its edge and words some 160 by 30
EDGE = 0.08  # of the scale, free on either side
NEAR = 0.2  # of the scale: a border nearer to its end has its word on the other side


def small_interval(
    estimate: Estimate,
    border: float,
    verdict: str,
    *,
    words: str = "",
    ratio: bool = False,
    domain: tuple[float, float] | None = None,
) -> alt.LayerChart:
    """Draw one estimate with its interval on its own true scale, and the border of no effect.

    The colour tells the verdict.

    Parameters
    ----------
    border
        Where the prediction ends: 0 of a difference, 1 of a ratio, 0.5 of a share.
    verdict
        A word of `tracktwo.claims.verdicts`.
    words
        What to write below the border: "0", "50%".
    ratio
        Whether the scale is logarithmic.
    domain
        The ends of the scale; by default it holds the interval and the border.
    """
    ends = domain or _ends(estimate, border, ratio=ratio)
    scale = alt.Scale(type="log" if ratio else "linear", domain=ends, nice=False, clamp=True)
    numbers = {"low": estimate.low, "value": estimate.value, "high": estimate.high}
    found = pd.DataFrame([numbers | {"border": border, "words": words}])
    base = alt.Chart(annotation(found))
    colour, middle = VERDICT_COLOURS[verdict], alt.value(DOWN / 2)

    def at(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title=None, scale=scale, axis=None)

    layers = [
        base.mark_rule(color=RULE).encode(x=alt.XValue(0), x2=alt.X2Value(ACROSS), y=middle),
        base.mark_rule(color=SOFT, strokeDash=[3, 2]).encode(x=at("border")),
    ]
    if np.isfinite([estimate.low, estimate.high]).all():
        line = base.mark_rule(color=colour, strokeWidth=3)
        layers.append(line.encode(x=at("low"), x2=alt.X2("high:Q"), y=middle))
    if np.isfinite(estimate.value):
        dot = base.mark_point(size=60, opacity=1, strokeWidth=2, stroke=colour, fill=colour)
        layers.append(dot.encode(x=at("value"), y=middle))
    if words:
        text = base.mark_text(align=_side(border, ends, ratio=ratio), color=SOFT, fontSize=11)
        layers.append(text.encode(x=at("border"), y=alt.YValue(DOWN + 8), text=alt.Text("words:N")))
    return alt.layer(*layers).properties(width=ACROSS, height=DOWN, padding=4)


def place_small(chart: alt.LayerChart, name: str, alt_text: str, folder: str | Path) -> str:
    """Write `name`.svg to `folder` and return it as MyST, to stand in a cell of a table.

    Parameters
    ----------
    name
        Name of the file: lower-case words joined by hyphens.
    alt_text
        What the drawing shows, in words and numbers.
    folder
        Where the chapter's figures go.
    """
    if not NAME.fullmatch(name) or not alt_text.strip():
        raise ValueError(f"small figure {name!r}: it needs a name in small letters and an alt text")
    target = Path(under_root(folder))
    target.mkdir(parents=True, exist_ok=True)
    svg = standalone(chart_to_svg(rounded(chart.to_dict(validate=False))))
    (target / f"{name}.svg").write_text(svg + "\n", encoding="utf-8")
    told = re.sub(r"([\\\[\]|*_`<>$#{}])", r"\\\1", " ".join(alt_text.split()))
    return f"![{told}](/figures/{name}.svg)"


def _ends(estimate: Estimate, border: float, *, ratio: bool) -> tuple[float, float]:
    """Return ends of a scale that hold the interval and the border, with an edge."""
    held = np.array([border, estimate.value, estimate.low, estimate.high])
    held = held[np.isfinite(held) & ((held > 0) | (not ratio))]
    held = np.log(held) if ratio else held
    edge = EDGE * (held.max() - held.min() or 1.0)
    ends = np.array([held.min() - edge, held.max() + edge])
    low, high = rounded(np.exp(ends) if ratio else ends)
    return float(low), float(high)


def _side(border: float, ends: tuple[float, float], *, ratio: bool) -> str:
    place, low, high = np.log([border, *ends]) if ratio else np.array([border, *ends])
    part = (place - low) / (high - low)
    return "left" if part < NEAR else "right" if part > 1 - NEAR else "center"
