"""Chapter `index`: its charts."""

import altair as alt
import pandas as pd

from tracktwo.analysis.measures import group
from tracktwo.chapters.index.results import KINDS, Planning, Starts
from tracktwo.drawing.dots import plot_intervals, plot_stack
from tracktwo.drawing.figures import named
from tracktwo.drawing.shares import code_shares, interval_rows
from tracktwo.drawing.theme import ACCENT, FOCUS_COLOURS, GREY, PAPER, RULE, SOFT, WIDTH
from tracktwo.words.numbers import decimal

NAMES = 120  # pixels for the names of the rows


def plot_pace(starts: Starts) -> alt.LayerChart:
    """Draw how many initiatives began in a year, before and after the break, by who took part."""
    pace = starts.pace.assign(rounded=[decimal(value, 1).text for value in starts.pace["pace"]])
    spans = list(dict.fromkeys(pace["years"]))
    key = alt.Legend(orient="top")
    names = alt.Axis(domain=False, ticks=False, minExtent=NAMES - 10)
    y = alt.Y("who:N", sort=list(KINDS.values()), title=None, axis=names)
    scale = alt.Scale(domain=[0, max(1.0, float(pace["pace"].max())) * 1.08], nice=False)
    axis = alt.Axis(tickCount=5, gridColor=RULE)
    x = alt.X("pace:Q", title="starts a year", scale=scale, axis=axis)
    base = alt.Chart(named("pace", pace)).encode(y=y)
    colours = alt.Scale(domain=spans, range=[SOFT, ACCENT])
    fills = alt.Scale(domain=spans, range=[PAPER, ACCENT])  # hollow up to the break, full after
    colour = alt.Color("years:N", scale=colours, legend=None)
    lines = base.mark_line(color=GREY, strokeWidth=2).encode(x=x, detail=alt.Detail("who:N"))
    dots = base.mark_point(size=110, opacity=1, strokeWidth=2).encode(
        x=x,
        stroke=alt.Stroke("years:N", scale=colours, legend=key),
        fill=alt.Fill("years:N", scale=fills, legend=key),
    )
    words = base.mark_text(dy=-13, fontSize=12).encode(
        x=x, text=alt.Text("rounded:N"), color=colour
    )
    return alt.layer(lines, dots, words).properties(width=WIDTH - NAMES - 20, height=alt.Step(46))


def plot_focus(rows: pd.DataFrame) -> alt.LayerChart:
    """Draw the focus of initiatives, a bar per kind of participants."""
    who = pd.Categorical(group(rows).map(KINDS), list(KINDS.values()))
    shares = code_shares(rows.assign(who=who), "who", "focus", {f: f for f in FOCUS_COLOURS})
    return plot_stack("focus", shares, "focus", FOCUS_COLOURS)


def plot_planning(found: Planning) -> alt.LayerChart:
    """Draw how often a plan is documented, and how often it is described."""
    lines = [("plan documented", found.documented), ("plan described", found.spoken)]
    return plot_intervals("planning", interval_rows(lines))
