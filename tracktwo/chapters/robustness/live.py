"""Chapter `robustness`: point at a place of a specification curve, read what was chosen there."""

import altair as alt
import pandas as pd

from tracktwo.chapters.robustness.plots import LABELS, plot_curve
from tracktwo.chapters.robustness.results import columns, drawn_choices, drawn_curve
from tracktwo.claims.claims import Part
from tracktwo.drawing.figures import named
from tracktwo.drawing.live import PICKED, Item, Live, parameter
from tracktwo.drawing.theme import INK, WIDTH
from tracktwo.words.numbers import percent, value_text


def live_curve(ordered: pd.DataFrame, part: Part, usual: dict[str, str]) -> Live:
    """Return the live version of `robustness_plots.plot_curve`: each column can be picked."""
    shown = drawn_curve(ordered)
    chart = plot_curve(ordered, part, usual)
    chart.vconcat = [_pickable(panel, len(shown)) for panel in chart.vconcat]
    return Live(
        chart.add_params(parameter(PICKED)),
        items=tuple(_items(ordered, shown, part)),
        noun="places on the curve",
        pick="Specification",
    )


def _pickable(panel: alt.LayerChart, n: int) -> alt.LayerChart:
    """Lay a band as high as the panel over each column."""
    width = (WIDTH - LABELS) / n
    keys = pd.DataFrame({"column": range(n), "key": [str(i) for i in range(n)]})
    picked = alt.condition(f"datum.key === {PICKED}", alt.value(0.25), alt.value(0))
    scale = alt.Scale(domain=[-0.5, n - 0.5], nice=False, zero=False)
    band = alt.Chart(named("columns", keys)).mark_rule(
        color=INK, strokeWidth=width, cursor="pointer"
    )
    return panel + band.encode(
        x=alt.X("column:Q", title=None, axis=None, scale=scale),
        y=alt.YValue(0),
        y2=alt.Y2Value("height"),
        tooltip=alt.Tooltip("key:N"),
        opacity=picked,
    )


def _items(ordered: pd.DataFrame, shown: pd.DataFrame, part: Part) -> list[Item]:
    column = columns(ordered)
    first, last = (column.groupby(column).apply(lambda s, e=e: s.index[e] + 1) for e in (0, -1))
    taken = drawn_choices(ordered) if len(ordered) else pd.DataFrame()
    items = []
    for row in shown.itertuples():
        here = taken[(taken["column"] == row.column) & (taken["share"] > 0)]
        a, b = first[row.column], last[row.column]
        place = f"{a:,}" if a == b else f"{a:,}–{b:,}"
        title = f"{place} of {len(ordered):,}, from the lowest: {value_text(part.kind, row.value)}"
        items.append(Item(str(row.column), title, _text(row, part), parts=_chosen(here)))
    return items


def _text(row: tuple, part: Part) -> str:
    """Return what the specifications of one column find."""
    side = "As predicted" if row.agrees else "Not as predicted"
    if pd.isna(row.low):
        return f"{side}. What they choose:"
    low, high = (value_text(part.kind, v) for v in (row.low, row.high))
    return f"{side}; interval {low} to {high}. What they choose:"


def _chosen(here: pd.DataFrame) -> tuple[tuple[str, str, str], ...]:
    """Return each choice with the options that specifications of one column take."""
    lines = []
    for choice, group in here.groupby("choice", sort=False):
        options = [
            option if share == 1 else f"{option} ({percent(share).text})"
            for option, share in zip(group["option"], group["share"], strict=True)
        ]
        lines.append((choice, "", ", ".join(options)))
    return tuple(lines)
