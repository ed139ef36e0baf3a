"""Bars of parts, and dots with intervals: the charts of chapters that compare groups."""

import altair as alt
import numpy as np
import pandas as pd

from tracktwo.drawing.figures import annotation, named
from tracktwo.drawing.theme import ACCENT, GREY, INK, PAPER, RULE, SOFT, WIDTH, colour_scale
from tracktwo.words.numbers import percent

GUTTER = 150  # for the names of the rows
ENDS = 80  # for what is written at the end of a row
LEAST_WRITTEN = 0.06  # a part smaller than this has no room for its percentage
FAINT = 0.45  # so that dark words can be read on grey, on a light page and a dark one
TICKS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500]  # of ratios
SHAPES = ["circle", "diamond", "square", "triangle-up"]


def plot_stack(
    name: str, table: pd.DataFrame, part: str, colours: dict[str, str], title: str = ""
) -> alt.LayerChart:
    """Draw one bar a row that its parts fill, with their percentages in it and n at its end.

    Parameters
    ----------
    name
        What the table is called in the figure's data.
    table
        Columns ``label`` (the row), `part`, ``share``, ``n``; rows in the order they are drawn.
    colours
        The colour of each part, in the order they are drawn.
    """
    order = list(dict.fromkeys(table["label"]))
    ranks = {key: i for i, key in enumerate(colours)}
    table = table.sort_values(part, key=lambda x: x.astype(str).map(ranks), kind="stable")
    table = table.sort_values("label", kind="stable")
    y = alt.Y("label:N", sort=order, title=None, scale=alt.Scale(domain=order), axis=_names())
    legend = alt.Legend(orient="top", symbolType="square", columns=len(colours))
    bars = (
        alt.Chart(named(name, table))
        .transform_calculate(rank=f"indexof({list(colours)}, datum['{part}'])")
        .mark_bar(height=alt.RelativeBandSize(0.78), strokeWidth=0.8)
        .encode(
            x=alt.X("share:Q", stack="zero", title=None, axis=_shares(grid=False), scale=_whole()),
            y=y,
            color=alt.Color(f"{part}:N", scale=colour_scale(colours), legend=legend),
            opacity=alt.Opacity(f"{part}:N", scale=_faint(colours), legend=legend),
            stroke=alt.Stroke(f"{part}:N", scale=_edges(colours), legend=legend),
            order=alt.Order("rank:Q"),
        )
    )
    ends = table.drop_duplicates("label").assign(words=lambda t: "n = " + t["n"].astype(str))
    words = alt.Chart(annotation(ends[["label", "words"]])).mark_text(align="left", dx=6)
    n = words.encode(
        x=alt.XValue(WIDTH - GUTTER - ENDS),
        y=y,
        text=alt.Text("words:N"),
        color=alt.ColorValue(SOFT),
    )
    layers = alt.layer(bars, _percentages(table, part, colours, y), n)
    return layers.properties(width=WIDTH - GUTTER - ENDS, height=alt.Step(34), title=title)


def _percentages(table: pd.DataFrame, part: str, colours: dict[str, str], y: alt.Y) -> alt.Chart:
    """Return the percentages inside the bars: dark on light parts, light on the others."""
    middle = table.groupby("label")["share"].cumsum() - table["share"] / 2
    light = table[part].astype(str).map(colours).isin([GREY, PAPER])
    table = table.assign(middle=middle, ink=np.where(light, INK, PAPER))
    table = table[table["share"] >= LEAST_WRITTEN]
    table = table.assign(words=[percent(value).text for value in table["share"]])
    table = table.assign(room=table["share"])
    base = alt.Chart(annotation(table[["label", "middle", "words", "ink", "room"]]))
    ink = alt.Color("ink:N", scale=None, legend=None)
    return base.mark_text(fontWeight=600).encode(
        x=alt.X("middle:Q"), y=y, text=alt.Text("words:N"), color=ink
    )


def plot_intervals(
    name: str,
    table: pd.DataFrame,
    *,
    title: str = "",
    axis: str = "",
    border: float = 0.5,
    ratio: bool = False,
    colour: str = ACCENT,
) -> alt.LayerChart:
    """Draw one dot with its interval a row, and words at its end; a dashed line marks `border`.

    Parameters
    ----------
    table
        Columns ``label``, ``share``, ``low``, ``high``, ``words``. A row whose numbers are not
        finite keeps its place and its words, but has no dot.
    ratio
        Whether the numbers are ratios (logarithmic axis) rather than shares.
    """
    order = list(dict.fromkeys(table["label"]))
    y = alt.Y("label:N", sort=order, title=None, scale=alt.Scale(domain=order), axis=_names())
    drawn = table[np.isfinite(table[["share", "low", "high"]].astype(float)).all(axis=1)]
    if ratio:
        drawn = drawn[drawn["low"] > 0]
    scale, ticks = _ratios(drawn) if ratio else (_whole(), _shares())
    x = alt.X("share:Q", title=axis or None, scale=scale, axis=ticks)
    base = alt.Chart(named(name, drawn.drop(columns="words"))).encode(y=y)
    whiskers = base.mark_rule(strokeWidth=2, color=colour).encode(
        x=alt.X("low:Q", scale=scale), x2=alt.X2("high:Q")
    )
    dots = base.mark_point(filled=True, size=80, opacity=1, color=colour).encode(x=x)
    line = alt.Chart(annotation(pd.DataFrame({"border": [border]})))
    line = line.mark_rule(strokeDash=[4, 3], color=SOFT).encode(x=alt.X("border:Q"))
    words = alt.Chart(annotation(table[["label", "words"]])).mark_text(align="left", dx=8)
    ends = words.encode(x=alt.XValue(WIDTH - GUTTER - ENDS), y=y, text=alt.Text("words:N"))
    return alt.layer(line, whiskers, dots, ends).properties(
        width=WIDTH - GUTTER - ENDS, height=alt.Step(26), title=title
    )


def plot_groups(
    name: str, table: pd.DataFrame, group: str, colours: dict[str, str], axis: str, title: str = ""
) -> alt.LayerChart:
    """Draw each row's share in several groups: a dot with its interval for each.

    Parameters
    ----------
    table
        Columns ``label``, `group`, ``share``, ``low``, ``high``.
    colours
        The colour of each group, in order; shapes follow the same order.
    """
    order = list(dict.fromkeys(table["label"]))
    groups = list(colours)
    key = alt.Legend(orient="top", columns=len(groups))
    shapes = alt.Scale(domain=groups, range=SHAPES[: len(groups)])
    base = alt.Chart(named(name, table.dropna(subset=["share"]))).encode(
        y=alt.Y("label:N", sort=order, title=None, scale=alt.Scale(domain=order), axis=_names()),
        yOffset=alt.YOffset(f"{group}:N", sort=groups, scale=alt.Scale(domain=groups)),
        color=alt.Color(f"{group}:N", scale=colour_scale(colours), legend=key),
    )
    whiskers = base.mark_rule(strokeWidth=1.6).encode(x=alt.X("low:Q"), x2=alt.X2("high:Q"))
    dots = base.mark_point(filled=True, size=70, opacity=1).encode(
        x=alt.X("share:Q", title=axis, axis=_shares(), scale=_whole()),
        shape=alt.Shape(f"{group}:N", scale=shapes, legend=key),
    )
    return alt.layer(whiskers, dots).properties(
        width=WIDTH - GUTTER - 30, height=13 * len(groups) * len(order), title=title
    )


def panels(charts: list[alt.LayerChart]) -> alt.VConcatChart:
    """Set charts one above the other, their rows beginning at the same place."""
    return alt.vconcat(*charts, spacing=18).configure_concat()


def _names() -> alt.Axis:
    return alt.Axis(domain=False, ticks=False, minExtent=GUTTER - 10, labelLimit=GUTTER)


def _shares(grid: bool = True) -> alt.Axis:
    return alt.Axis(format="%", tickCount=5, grid=grid, gridColor=RULE)


def _faint(colours: dict[str, str]) -> alt.Scale:
    opacity = [FAINT if colour == GREY else 1 for colour in colours.values()]
    return alt.Scale(type="ordinal", domain=list(colours), range=opacity)


def _edges(colours: dict[str, str]) -> alt.Scale:
    """Return a line of paper between parts, and a grey one round a part that is itself paper."""
    edge = [GREY if colour == PAPER else PAPER for colour in colours.values()]
    return alt.Scale(domain=list(colours), range=edge)


def _whole() -> alt.Scale:
    return alt.Scale(domain=[0, 1])


def _ratios(drawn: pd.DataFrame) -> tuple[alt.Scale, alt.Axis]:
    """Return a logarithmic scale that holds every interval and one, and its axis."""
    low, high = min([0.5, *drawn["low"]]) / 1.1, max([2.0, *drawn["high"]]) * 1.1
    ticks = [t for t in TICKS if low <= t <= high]
    scale = alt.Scale(type="log", domain=[low, high], nice=False)
    return scale, alt.Axis(format="~g", values=ticks, gridColor=RULE)
