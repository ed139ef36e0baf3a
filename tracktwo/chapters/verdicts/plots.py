"""Chapter `verdicts`: its chart."""

import altair as alt
import pandas as pd

from tracktwo.chapters.verdicts.results import FARTHEST
from tracktwo.claims.verdicts import SUPPORTED
from tracktwo.drawing.figures import annotation, named
from tracktwo.drawing.theme import ACCENT, INK, PAPER, SOFT, WIDTH


def plot_forest(table: pd.DataFrame) -> alt.LayerChart:
    """Draw how far every statistic lies from its border, with its interval."""
    y = alt.Y(
        "part:N", sort=None, title=None, axis=alt.Axis(domain=False, ticks=False, labels=False)
    )
    base = alt.Chart(named("forest", table)).encode(y=y)
    left = min(-2.0, float(table["low"].min()) - 0.2) if len(table) else -2.0
    scale = alt.Scale(domain=[left, FARTHEST], nice=False, clamp=True)
    axis = alt.Axis(labels=False, tickCount=6, grid=True)
    x = alt.X("distance:Q", title=None, scale=scale, axis=axis)
    lines = base.mark_rule(color=ACCENT, strokeWidth=2, yOffset=9).encode(
        x=alt.X("low:Q", title=None, scale=scale, axis=axis), x2="high:Q"
    )
    dots = base.mark_point(size=70, opacity=1, strokeWidth=1.6, stroke=ACCENT, yOffset=9).encode(
        x=x,
        fill=alt.condition(f"datum.verdict == '{SUPPORTED}'", alt.value(ACCENT), alt.value(PAPER)),
    )
    name = {"align": "left", "dy": -6}
    names = base.encode(x=alt.value(0), text="part:N")
    # Paper behind the names, so that no line runs through a word.
    behind = names.mark_text(**name, stroke=PAPER, strokeWidth=5, strokeJoin="round", aria=False)
    words = base.mark_text(align="right", dy=-6, color=SOFT, fontSize=12).encode(
        x=alt.value(WIDTH - 40), text="verdict:N"
    )
    border = alt.Chart(annotation(pd.DataFrame({"distance": [0]})))
    rule = border.mark_rule(color=INK, strokeWidth=1.2).encode(x=x)
    layers = [rule, behind, lines, dots, names.mark_text(**name, color=INK), words]
    return alt.layer(*layers).properties(width=WIDTH - 40, height=alt.Step(38))
