"""Chapter `propositions`: its charts."""

import altair as alt
import pandas as pd

from tracktwo.chapters.propositions.inventory import BOUNDS, OUTCOMES
from tracktwo.drawing.figures import annotation, named
from tracktwo.drawing.theme import INK, PAPER, RULE, SOFT, WIDTH

ROOM = WIDTH - 170  # width of a plot beside the names of the propositions


def plot_support(table: pd.DataFrame) -> alt.LayerChart:
    """Draw the share of statements with each kind of support, with its interval."""
    order = table["support"].tolist()
    table = table.assign(words=[f"{r.statements} of {r.n}" for r in table.itertuples()])
    base = alt.Chart(named("support", table))
    y = alt.Y("support:N", sort=order, title=None, axis=alt.Axis(domain=False, ticks=False))
    x = alt.X(
        "share:Q",
        title="share of the statements that voice a proposition",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%", tickCount=5),
    )
    rules = base.mark_rule(color=INK, strokeWidth=2).encode(x="low:Q", x2="high:Q", y=y)
    dots = base.mark_point(filled=True, size=110, opacity=1, color=INK).encode(x=x, y=y)
    words = base.mark_text(dy=-13, fontSize=11.5, color=SOFT).encode(x=x, y=y, text="words:N")
    half = alt.Chart(annotation(pd.DataFrame({"share": [0.5]})))
    border = half.mark_rule(strokeDash=[4, 3], color=SOFT).encode(x=x)
    return alt.layer(border, rules, dots, words).properties(width=WIDTH - 130, height=alt.Step(46))


def plot_tests(found: pd.DataFrame) -> alt.LayerChart:
    """Draw the difference that each testable condition goes with, as both bounds have it."""
    table = found[found["outcome"].isin(BOUNDS)]
    table = table.assign(outcome=table["outcome"].map(OUTCOMES))
    order, names = list(dict.fromkeys(table["label"])), [OUTCOMES[bound] for bound in BOUNDS]
    base = alt.Chart(named("differences", table.drop(columns="proposition")))
    y = alt.Y(
        "label:N",
        sort=order,
        title=None,
        axis=alt.Axis(domain=False, ticks=False, grid=True, gridColor=RULE),
    )
    place = alt.YOffset("outcome:N", sort=names)
    x = alt.X(
        "share:Q",
        title="difference in the share, in percentage points",
        axis=alt.Axis(tickCount=6, labelExpr="format(datum.value * 100, datum.value ? '+d' : 'd')"),
    )
    key = alt.Legend(orient="top", symbolStrokeWidth=1.6, symbolSize=90, labelLimit=300)
    shape = alt.Shape(
        "outcome:N", scale=alt.Scale(domain=names, range=["circle", "diamond"]), legend=key
    )
    fill = alt.Fill("outcome:N", scale=alt.Scale(domain=names, range=[INK, PAPER]), legend=key)
    line = alt.Stroke("outcome:N", scale=alt.Scale(domain=names, range=[INK, INK]), legend=key)
    rules = base.mark_rule(color=INK, strokeWidth=1.6).encode(
        x=alt.X("low:Q"), x2="high:Q", y=y, yOffset=place
    )
    dots = base.mark_point(size=80, opacity=1, strokeWidth=1.6).encode(
        x=x, y=y, yOffset=place, shape=shape, fill=fill, stroke=line
    )
    zero = alt.Chart(annotation(pd.DataFrame({"share": [0]})))
    border = zero.mark_rule(strokeDash=[4, 3], color=SOFT).encode(x=x)
    return alt.layer(border, rules, dots).properties(width=ROOM, height=alt.Step(17))
