"""Chapter `focus_groups`: its charts of who is heard, of pairs of themes and of saturation."""

import altair as alt
import numpy as np
import pandas as pd

from tracktwo.chapters.focus_groups.chapter import PRACTICE, SIDES
from tracktwo.chapters.focus_groups.plots import STAND_IN_LOOK, plot_nothing
from tracktwo.chapters.focus_groups.saturation import Saturation
from tracktwo.chapters.focus_groups.together import CHANCE, LESS, MAYBE_LESS, MAYBE_MORE, MORE
from tracktwo.drawing.charts import long_year_axis
from tracktwo.drawing.figures import annotation, named
from tracktwo.drawing.theme import ACCENT, GREY, LEVEL_COLOURS, PAPER, RULE, SOFT, WIDTH
from tracktwo.ground.digits import rounded

CELL = 19  # side of a pair's square
ORANGE = LEVEL_COLOURS["grassroots"]
PAIR_STROKE = {MORE: ACCENT, MAYBE_MORE: ACCENT, CHANCE: GREY, MAYBE_LESS: ORANGE, LESS: ORANGE}
PAIR_FILL = {MORE: ACCENT, MAYBE_MORE: PAPER, CHANCE: GREY, MAYBE_LESS: PAPER, LESS: ORANGE}
PAIR_SHAPE = dict(zip(PAIR_FILL, ["circle", "circle", "circle", "square", "square"], strict=True))
CODE_LOOK = {"Themes": ACCENT, "Propositions": ORANGE}
HALF = (WIDTH - 90) / 2  # width of one of two charts side by side


def plot_pairs(pairs: pd.DataFrame, order: list[str], labels: dict[str, str]) -> alt.LayerChart:
    """Draw how often each two themes meet: a mark a pair, below the themes' names.

    Parameters
    ----------
    order
        The themes in the order in which they stand.
    """
    if pairs.empty:
        return plot_nothing("Fewer than two themes are raised")
    places = alt.Scale(domain=[-0.6, len(order) - 0.4], nice=False)
    y = alt.Y("row:Q", axis=None, scale=alt.Scale(domain=[-0.6, len(order) - 0.4], reverse=True))
    lines, names = _slope([labels[theme] for theme in order], places, y)
    marks = (
        alt.Chart(named("pairs", _placed(pairs, order, labels)))
        .mark_point(opacity=1, fillOpacity=1, strokeWidth=2)
        .encode(
            x=alt.X("column:Q", axis=None, scale=places),
            y=y,
            size=alt.Size(
                "together:Q",
                scale=alt.Scale(domain=[0, int(pairs["together"].max()) or 1], range=[28, 230]),
                legend=None,
            ),
            fill=_found("fill", PAIR_FILL),
            stroke=_found("stroke", PAIR_STROKE),
            shape=_found("shape", PAIR_SHAPE),
        )
    )
    side = CELL * len(order)
    return alt.layer(*lines, marks, names).properties(width=side, height=side)


def _placed(pairs: pd.DataFrame, order: list[str], labels: dict[str, str]) -> pd.DataFrame:
    """Return the pairs that have a mark, with their row and column."""
    place = {theme: i for i, theme in enumerate(order)}
    table = pairs.assign(
        row=pairs["one"].map(place),
        column=pairs["other"].map(place),
        one=pairs["one"].map(labels),
        other=pairs["other"].map(labels),
    )
    return table[(table["together"] > 0) | (table["found"] != CHANCE)]


def _slope(names: list[str], places: alt.Scale, y: alt.Y) -> tuple[list[alt.Chart], alt.Chart]:
    """Return the lines that lead from each theme to its marks, and the themes' names."""
    last = len(names) - 1
    grid = pd.DataFrame({"row": range(len(names)), "name": names})
    base = alt.Chart(annotation(grid.assign(start=0)))
    x = alt.X("row:Q", scale=places, axis=None)
    rules = base.mark_rule(color=RULE, strokeWidth=0.6)
    lines = [
        rules.encode(x=alt.X("start:Q", scale=places, axis=None), x2="row:Q", y=y),
        rules.encode(x=x, y=y, y2=alt.datum(last)),
    ]
    words = base.mark_text(align="left", dx=7, fontSize=12).encode(x=x, y=y, text="name:N")
    return lines, words


def _found(channel: str, look: dict[str, str]) -> alt.Fill | alt.Stroke | alt.Shape:
    kind = {"fill": alt.Fill, "stroke": alt.Stroke, "shape": alt.Shape}[channel]
    return kind(
        "found:N",
        scale=alt.Scale(domain=list(look), range=list(look.values())),
        legend=alt.Legend(orient="top-right", symbolSize=90, offset=0),
    )


def plot_voices(counts: pd.DataFrame) -> alt.LayerChart:
    """Draw how many voices each side has at each level, as discs with their number."""
    base = alt.Chart(named("voices", counts)).encode(
        x=alt.X(
            "level:N",
            sort=list(PRACTICE.values()),
            title=None,
            axis=alt.Axis(orient="top", labelAngle=0, domain=False, ticks=False, labelFontSize=13),
        ),
        y=alt.Y(
            "side:N",
            sort=list(SIDES.values()),
            title=None,
            axis=alt.Axis(domain=False, ticks=False, labelFontSize=13),
        ),
    )
    size = alt.Size("voices:Q", scale=alt.Scale(range=[0, 1500], zero=True), legend=None)
    discs = base.mark_circle(color=ACCENT, opacity=0.28).encode(size=size)
    words = base.mark_text(fontWeight=600).encode(text="voices:Q")
    return alt.layer(discs, words).properties(width=WIDTH - 110, height=alt.Step(52))


def plot_years(counts: pd.DataFrame) -> alt.LayerChart:
    """Draw documents per year, meetings apart from other documents."""
    if counts.empty:
        return plot_nothing("No document has a known year")
    look = alt.Scale(domain=list(STAND_IN_LOOK), range=list(STAND_IN_LOOK.values()))
    bars = (
        alt.Chart(named("documents", counts))
        .mark_bar(width=alt.RelativeBandSize(0.78))
        .encode(
            x=long_year_axis(),
            y=alt.Y("documents:Q", title=None, axis=alt.Axis(tickCount=4)),
            color=alt.Color("stands_for:N", scale=look, legend=alt.Legend(orient="top")),
            order=alt.Order("stands_for:N", sort="descending"),
        )
    )
    return alt.layer(bars).properties(width=WIDTH - 40, height=170)


def plot_concentration(table: pd.DataFrame) -> alt.LayerChart:
    """Draw the share of statements that the most heard part of documents and speakers holds."""
    part = table["rank"] / table.groupby("of")["rank"].transform("max")
    start = pd.DataFrame({"of": table["of"].unique()}).assign(part=0.0, share=0.0)
    lines = pd.concat([start, table.assign(part=part)], ignore_index=True)
    look = alt.Scale(domain=["documents", "speakers"], range=[GREY, ACCENT])
    dashes = alt.Scale(domain=["documents", "speakers"], range=[[5, 3], [1, 0]])
    percent = alt.Axis(format="%", tickCount=5)
    even = alt.Chart(annotation(pd.DataFrame({"part": [0, 1], "share": [0, 1]})))
    key = alt.Legend(orient="top", symbolStrokeWidth=2.5, symbolSize=250)
    curves = (
        alt.Chart(named("held", lines))
        .mark_line(strokeWidth=2.5)
        .encode(
            x=alt.X("part:Q", title="most heard part of documents or speakers", axis=percent),
            y=alt.Y("share:Q", title=None, axis=percent),
            color=alt.Color("of:N", scale=look, legend=key),
            strokeDash=alt.StrokeDash("of:N", scale=dashes, legend=key),
        )
    )
    diagonal = even.mark_line(color=SOFT, strokeWidth=1).encode(x="part:Q", y="share:Q")
    word = alt.Chart(annotation(pd.DataFrame({"part": [0.6], "share": [0.53]})))
    evenly = word.mark_text(align="left", color=SOFT, fontSize=12).encode(
        x="part:Q", y="share:Q", text=alt.value("if all spoke alike")
    )
    return alt.layer(diagonal, evenly, curves).properties(width=WIDTH - 60, height=280)


def plot_saturation(results: dict[str, Saturation]) -> alt.HConcatChart:
    """Draw the codes found, and the codes a further document adds, as documents are read."""
    table = pd.concat([result.curve.assign(what=what) for what, result in results.items()])
    top = max(result.codes for result in results.values())
    found = ("found", "low", "high", "different codes found", top)
    fresh = ("new", "new_low", "new_high", "new codes a further document", None)
    return alt.hconcat(_curves(table, *found), _curves(table, *fresh), spacing=34)


def _curves(
    table: pd.DataFrame, middle: str, low: str, high: str, title: str, top: float | None
) -> alt.LayerChart:
    look = alt.Scale(domain=list(CODE_LOOK), range=list(CODE_LOOK.values()))
    base = alt.Chart(named(middle, table[["what", "documents", middle, low, high]])).encode(
        x=alt.X("documents:Q", title="documents read", axis=alt.Axis(grid=False, tickCount=4)),
    )
    # Square roots let the long tail of small numbers be seen beside the first documents.
    scale = alt.Scale(domain=[0, top]) if top else alt.Scale(type="sqrt")
    y = alt.Y(f"{middle}:Q", title=None, scale=scale, axis=alt.Axis(tickCount=5))
    band = base.mark_area(opacity=0.2).encode(
        y=alt.Y(f"{low}:Q", title=None, scale=scale),
        y2=f"{high}:Q",
        fill=alt.Fill("what:N", scale=look, legend=None),
    )
    line = base.mark_line().encode(
        y=y,
        color=alt.Color("what:N", scale=look, legend=None),
    )
    ends = table.groupby("what", sort=False)["documents"].max()
    at = table[table["documents"] == np.ceil(rounded(table["what"].map(ends) * 0.55))]
    words = alt.Chart(annotation(at[["what", "documents", middle]])).mark_text(
        align="center", dy=19, fontWeight=600, fontSize=12
    )
    named_lines = words.encode(
        x="documents:Q",
        y=f"{middle}:Q",
        text="what:N",
        color=alt.Color("what:N", scale=look, legend=None),
    )
    layers = [band, line, *([named_lines] if top else [])]
    return alt.layer(*layers).properties(width=HALF, height=230, title=title)
