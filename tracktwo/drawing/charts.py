"""Kinds of chart that more than one chapter draws."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from tracktwo.analysis.measures import LEVELS
from tracktwo.drawing.figures import annotation, named
from tracktwo.drawing.theme import (
    GROUP_TEXT_COLOURS,
    INK,
    LEVEL_COLOURS,
    LEVEL_TEXT_COLOURS,
    PAPER,
    SOFT,
    WIDTH,
    colour_scale,
)


def level_key() -> alt.Legend:
    """Return the legend of levels, above the chart and in the book's order."""
    return alt.Legend(orient="top", symbolType="square", values=LEVELS, columns=3)


def plot_codes_by_level(counts: pd.DataFrame, total: pd.DataFrame) -> alt.LayerChart:
    """Draw how many initiatives carry each code, stacked by level, the commonest first.

    Parameters
    ----------
    counts
        Columns ``label``, ``level``, ``initiatives``.
    total
        Columns ``label``, ``initiatives``: the number at the end of each bar.
    """
    order = total.sort_values(["initiatives", "label"], ascending=[False, True])["label"].tolist()
    rank = counts["level"].map({level: i for i, level in enumerate(LEVELS)}).astype(int)
    y = alt.Y("label:N", sort=order, title=None, axis=alt.Axis(domain=False, ticks=False))
    bars = (
        alt.Chart(named("by-level", counts.assign(rank=rank)))
        .mark_bar(height=alt.RelativeBandSize(0.72), stroke=PAPER, strokeWidth=0.8)
        .encode(
            x=alt.X("initiatives:Q", title="initiatives", axis=alt.Axis(tickCount=5)),
            y=y,
            color=alt.Color("level:N", scale=colour_scale(LEVEL_COLOURS), legend=level_key()),
            order=alt.Order("rank:Q"),
        )
    )
    ends = (
        alt.Chart(named("all-levels", total))
        .mark_text(align="left", dx=5, color=INK)
        .encode(x=alt.X("initiatives:Q"), y=y, text=alt.Text("initiatives:Q"))
    )
    return alt.layer(bars, ends).properties(width=WIDTH - 170, height=alt.Step(23))


def group_words(table: pd.DataFrame, x: str, dx: int, keep: Sequence[str] = ()) -> alt.Chart:
    """Return the names in the column ``group`` (or ``level``), at the height ``y`` of `table`.

    The columns `keep` stay in the chart's data, to filter by.
    """
    by = "group" if "group" in table else "level"
    colours = {"group": GROUP_TEXT_COLOURS, "level": LEVEL_TEXT_COLOURS}[by]
    table = table.assign(ink=table[by].astype(str).map(colours))
    return (
        alt.Chart(annotation(table[[x.split(":")[0], by, "y", "ink", *keep]]))
        .mark_text(align="left", dx=dx, fontWeight=600)
        .encode(x=x, y=alt.Y("y:Q"), text=alt.Text(f"{by}:N"), color=alt.Color("ink:N", scale=None))
    )


def label_places(values: pd.Series, gap: float) -> pd.Series:
    """Return where to write labels for `values` so that none comes nearer than `gap` to another."""
    places, last = {}, None
    for key, value in values.sort_values(kind="stable").items():
        last = value if last is None else max(value, last + gap)
        places[key] = last
    return pd.Series(places).reindex(values.index)


def labelled(years: int) -> int:
    """Return of how many years one is labelled on an axis of so many."""
    return 2 if years <= 20 else 5 if years <= 60 else 10


def year_axis(years: pd.Series) -> alt.X:
    """Return a band axis of years, as many of them labelled as there is room for."""
    every = list(range(int(years.min()), int(years.max()) + 1))
    words = f"datum.value % {labelled(len(every))} == 0 ? datum.label : ''"
    return alt.X(
        "year:O",
        title=None,
        scale=alt.Scale(domain=every, paddingOuter=0),
        axis=alt.Axis(labelAngle=0, ticks=False, labelExpr=words),
    )


def long_year_axis() -> alt.X:
    """Return a band axis for many years, every fifth one labelled."""
    axis = alt.Axis(
        labelAngle=0,
        ticks=False,
        labelExpr="datum.value % 5 == 0 ? datum.label : ''",
        labelOverlap=False,
    )
    return alt.X("year:O", title=None, axis=axis)


def break_mark(break_year: int, top: float) -> list[alt.Chart]:
    """Return the rule after the break year and its words, for a chart over `year_axis`."""
    base = alt.Chart(annotation(pd.DataFrame({"year": [break_year], "top": [top]})))
    rule = base.mark_rule(strokeDash=[4, 3], color=SOFT).encode(x=alt.X("year:O", bandPosition=1))
    words = base.mark_text(align="right", dx=-5, dy=-7, fontSize=11.5, color=SOFT).encode(
        x=alt.X("year:O", bandPosition=1),
        y=alt.Y("top:Q"),
        text=alt.TextValue(f"up to {break_year}"),
    )
    return [rule, words]
