"""Chapter `voices`: its charts."""

from collections.abc import Iterable

import altair as alt
import pandas as pd

from tracktwo.analysis.saturation import Saturation
from tracktwo.analysis.themes import CLEAR, LEANING, OPEN
from tracktwo.analysis.together import CHANCE, LESS, MAYBE_LESS, MAYBE_MORE, MORE
from tracktwo.analysis.voices import STAND_INS
from tracktwo.drawing.charts import long_year_axis
from tracktwo.drawing.figures import annotation, named
from tracktwo.drawing.groups import NAMES, Groups, plot_nothing, theme_names, top_of
from tracktwo.drawing.theme import (
    ACCENT,
    GREY,
    INK,
    LEVEL_COLOURS,
    PAPER,
    WIDTH,
    colour_scale,
)

ROW = 21  # height of a theme
PANEL = (WIDTH - NAMES - 24) / 2  # width of one of two panels beside the names
EDGE = 0.04  # of an axis of shares, free after its last number
ORANGE = LEVEL_COLOURS["grassroots"]
FOUND = {CLEAR: (ACCENT, ACCENT), LEANING: (PAPER, ACCENT), OPEN: (PAPER, GREY)}
"""Fill and stroke of a difference, by what it shows."""
PAIRS = {
    MORE: (ACCENT, ACCENT),
    MAYBE_MORE: (PAPER, ACCENT),
    CHANCE: (GREY, GREY),
    MAYBE_LESS: (PAPER, ORANGE),
    LESS: (ORANGE, ORANGE),
}
CODE_LOOK = {"Themes": ACCENT, "Propositions": ORANGE}


def plot_differences(
    compared: dict[tuple[str, str], pd.DataFrame], order: list[str]
) -> alt.HConcatChart | alt.LayerChart:
    """Draw differences between two groups on every theme, a panel per comparison.

    Parameters
    ----------
    compared
        The comparisons (`themes.compare_groups`), by who raises a theme oftener to the left of
        zero and who to the right; those without rows are left out.
    order
        The labels of the themes, from above.
    """
    shown = {ends: result for ends, result in compared.items() if len(result)}
    if not shown:
        return plot_nothing("Too few voices on either side of each comparison")
    limits = pd.concat([result[["wide_low", "wide_high"]] for result in shown.values()])
    reach = min(1.0, max(0.3, int(float(limits.astype(float).abs().max().max()) * 10 + 1) / 10))
    return _beside(
        _differences(result, order, ends, names=i == 0, reach=reach)
        for i, (ends, result) in enumerate(shown.items())
    )


def _differences(
    result: pd.DataFrame, order: list[str], ends: tuple[str, str], *, names: bool, reach: float
) -> alt.LayerChart:
    y = alt.Y("label:N", title=None, scale=alt.Scale(domain=order), axis=theme_names(names))
    base = alt.Chart(named(f"difference-{ends[1].lower()}", result)).encode(y=y)
    far = 0.4 if reach > 0.4 else 0.2
    signed = "datum.value == 0 ? '0' : format(100 * datum.value, '+.0f')"
    axis = alt.Axis(values=[-far, 0, far], labelExpr=signed, labelFlush=False)
    scale = alt.Scale(domain=[-reach, reach], clamp=True)
    fill, stroke = _looks(FOUND)
    strokes = [stroke for _, stroke in FOUND.values()]
    colours = alt.Color("found:N", scale=alt.Scale(domain=list(FOUND), range=strokes), legend=None)
    layers = [
        alt.Chart(annotation(pd.DataFrame({"zero": [0]})))
        .mark_rule(color=INK)
        .encode(x=alt.X("zero:Q", scale=scale, axis=axis))
    ]
    for low, high, width in (("wide_low", "wide_high", 1), ("low", "high", 3.2)):
        x = alt.X(f"{low}:Q", title=None, scale=scale, axis=axis)
        layers.append(
            base.mark_rule(strokeWidth=width).encode(x=x, x2=alt.X2(f"{high}:Q"), color=colours)
        )
    dots = base.mark_point(size=62, opacity=1, fillOpacity=1, strokeWidth=1.6)
    x = alt.X("difference:Q", title=None, scale=scale, axis=axis)
    layers.append(dots.encode(x=x, fill=fill, stroke=stroke))
    for text, align, x in ((f"← {ends[0]}", "left", 0), (f"{ends[1]} →", "right", PANEL)):
        word = alt.Chart(annotation(pd.DataFrame({"text": [text]})))
        word = word.mark_text(align=align, fontSize=12, fontWeight=600, dy=-10)
        layers.append(word.encode(x=alt.XValue(x), y=alt.YValue(0), text=alt.Text("text:N")))
    return alt.layer(*layers).properties(width=PANEL, height=ROW * len(order))


def _looks(look: dict[str, tuple[str, str]], legend: alt.Legend | None = None) -> tuple:
    fills, strokes = zip(*look.values(), strict=True)
    return tuple(
        kind("found:N", scale=alt.Scale(domain=list(look), range=list(colours)), legend=legend)
        for kind, colours in ((alt.Fill, fills), (alt.Stroke, strokes))
    )


def plot_groups(
    counted: dict[str, pd.DataFrame], order: list[str], groups: Groups
) -> alt.HConcatChart | alt.LayerChart:
    """Draw the share of each group that raises each theme, a panel per way of grouping.

    Parameters
    ----------
    counted
        Counts (`results.count_raised`) by the column that makes the groups.
    """
    shown = {by: counts for by, counts in counted.items() if len(counts)}
    if not shown:
        return plot_nothing("No group is large enough to show its themes")
    top = max(top_of(counts) for counts in shown.values())
    return _beside(
        _groups(counts, order, groups.looks[by], groups.shapes[by], names=i == 0, top=top)
        for i, (by, counts) in enumerate(shown.items())
    )


def _groups(
    counts: pd.DataFrame,
    order: list[str],
    look: dict[str, str],
    forms: dict[str, str],
    *,
    names: bool,
    top: float,
) -> alt.LayerChart:
    shown = [group for group in look if group in set(counts["group"])]
    shapes = [forms[group] for group in shown]
    key = alt.Legend(orient="top", columns=2, symbolOpacity=1, labelLimit=PANEL)
    ticks = [tick for tick in (0, 0.2, 0.4, 0.6, 0.8, 1) if tick <= top]
    axis = alt.Axis(format="%", values=ticks, labelFlush=False)
    columns = ["label", "group", "voices", "n", "share"]
    dots = alt.Chart(named(f"by-{shown[0]}".replace(" ", "-"), counts[columns]))
    dots = dots.mark_point(filled=True, size=62, opacity=0.9).encode(
        x=alt.X("share:Q", title=None, scale=alt.Scale(domain=[0, top + EDGE]), axis=axis),
        y=alt.Y("label:N", title=None, scale=alt.Scale(domain=order), axis=theme_names(names)),
        color=alt.Color(
            "group:N", scale=colour_scale({group: look[group] for group in shown}), legend=key
        ),
        shape=alt.Shape("group:N", scale=alt.Scale(domain=shown, range=shapes), legend=key),
    )
    return alt.layer(dots).properties(width=PANEL, height=ROW * len(order))


def _beside(panels: Iterable[alt.LayerChart]) -> alt.HConcatChart:
    return alt.hconcat(*panels, spacing=22).resolve_scale(
        color="independent", shape="independent", fill="independent", x="independent"
    )


# Pairs, years, saturation


def plot_pairs(pairs: pd.DataFrame) -> alt.LayerChart:
    """Draw how often each two themes meet in a document, against how often chance has it."""
    if pairs.empty:
        return plot_nothing("Fewer than two themes are raised")
    most = float(pairs[["expected", "together"]].max().max()) + 1
    scale = alt.Scale(domain=[0, most], nice=False)
    x = alt.X("expected:Q", title="documents that chance would bring", scale=scale)
    y = alt.Y("together:Q", title=None, scale=scale)
    ends = alt.Chart(annotation(pd.DataFrame({"expected": [0, most], "together": [0, most]})))
    fill, stroke = _looks(PAIRS, alt.Legend(orient="top", columns=3))
    marks = alt.Chart(named("pairs", pairs[["pair", "expected", "together", "found"]]))
    marks = marks.mark_point(size=50, strokeWidth=1.8, opacity=0.8)
    layers = [
        ends.mark_line(color=GREY).encode(x=x, y=y),
        marks.encode(x=x, y=y, fill=fill, stroke=stroke),
    ]
    return alt.layer(*layers).properties(width=WIDTH - 90, height=330)


def plot_years(counts: pd.DataFrame) -> alt.LayerChart:
    """Draw documents per year, meetings apart from other documents."""
    if counts.empty:
        return plot_nothing("No document has a known year")
    look = dict(zip(STAND_INS, (ACCENT, GREY), strict=True))
    bars = (
        alt.Chart(named("documents", counts))
        .mark_bar(width=alt.RelativeBandSize(0.78))
        .encode(
            x=long_year_axis(),
            y=alt.Y("documents:Q", title=None, axis=alt.Axis(tickCount=4)),
            color=alt.Color(
                "stands_for:N", scale=colour_scale(look), legend=alt.Legend(orient="top")
            ),
            order=alt.Order("stands_for:N", sort="descending"),
        )
    )
    return alt.layer(bars).properties(width=WIDTH - 40, height=170)


def plot_saturation(results: dict[str, Saturation]) -> alt.LayerChart:
    """Draw the different codes found as documents are read in random orders."""
    table = pd.concat([result.curve.assign(what=what) for what, result in results.items()])
    table = table[["what", "documents", "found", "low", "high"]]
    top = max(result.codes for result in results.values())
    y = alt.Y("found:Q", title=None, scale=alt.Scale(domain=[0, top]))
    key = alt.Legend(orient="top", symbolOpacity=1)
    base = alt.Chart(named("found", table)).encode(
        x=alt.X("documents:Q", title="documents read", axis=alt.Axis(grid=False, tickCount=4)),
        color=alt.Color("what:N", scale=colour_scale(CODE_LOOK), legend=key),
    )
    band = base.mark_area(opacity=0.2).encode(y=alt.Y("low:Q", title=None), y2=alt.Y2("high:Q"))
    return alt.layer(band, base.mark_line().encode(y=y)).properties(width=WIDTH - 60, height=250)
