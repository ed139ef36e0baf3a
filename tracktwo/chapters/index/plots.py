"""Chapter `index`: its charts."""

import altair as alt
import pandas as pd

from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import GRASSROOTS, PROFESSIONAL, STRICT, count_starts, group
from tracktwo.chapters.index.results import Planning
from tracktwo.drawing.charts import break_mark, year_axis
from tracktwo.drawing.dots import plot_intervals, plot_stack
from tracktwo.drawing.figures import named
from tracktwo.drawing.shares import code_shares, interval_rows
from tracktwo.drawing.theme import FOCUS_COLOURS, GROUP_COLOURS, GROUP_TEXT_COLOURS, WIDTH

KINDS = {STRICT: "with elites", PROFESSIONAL: "professionals", GRASSROOTS: "grassroots"}


def plot_starts(rows: pd.DataFrame, frame: Frame) -> alt.VConcatChart:
    """Draw starts per year, a panel per kind of participants; mixed initiatives are left out."""
    counts = count_starts(rows.assign(group=group(rows)), frame.years, "group")
    top = float(counts["initiatives"].max()) + 1
    return alt.vconcat(
        *(_panel(counts[counts["group"] == kind], kind, frame, top) for kind in KINDS), spacing=14
    )


def _panel(counts: pd.DataFrame, kind: str, frame: Frame, top: float) -> alt.LayerChart:
    y = alt.Y(
        "initiatives:Q",
        title=None,
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=alt.Axis(tickCount=3),
    )
    bars = (
        alt.Chart(named(f"starts-{kind}", counts))
        .mark_bar(width=alt.RelativeBandSize(0.8), color=GROUP_COLOURS[kind])
        .encode(x=year_axis(counts["year"]), y=y)
    )
    rule, words = break_mark(frame.break_year, top)
    layers = [bars, rule, *([words] if kind == STRICT else [])]
    title = alt.TitleParams(KINDS[kind], color=GROUP_TEXT_COLOURS[kind])
    return alt.layer(*layers).properties(width=WIDTH - 40, height=78, title=title)


def plot_focus(rows: pd.DataFrame) -> alt.LayerChart:
    """Draw the focus of initiatives, a bar per kind of participants."""
    kinds = group(rows)
    known = rows.assign(who=pd.Categorical(kinds.map(KINDS), list(KINDS.values())))
    shares = code_shares(known, "who", "focus", {name: name for name in FOCUS_COLOURS})
    return plot_stack("focus", shares, "focus", FOCUS_COLOURS)


def plot_planning(found: Planning) -> alt.LayerChart:
    """Draw how often a plan is documented, and how often it is described."""
    lines = [("plan documented", found.documented), ("plan described", found.spoken)]
    return plot_intervals("planning", interval_rows(lines))
