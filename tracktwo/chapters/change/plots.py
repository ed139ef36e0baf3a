"""Chapter `change`: its charts."""

from dataclasses import replace

import altair as alt
import pandas as pd

from tracktwo.analysis.estimates import Trend
from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import GRASSROOTS, GROUPS, PROFESSIONAL, STRICT
from tracktwo.chapters.change.results import share_table, spans, test_claims, tipping
from tracktwo.data.study import Study
from tracktwo.drawing.charts import break_mark, group_words, label_places, year_axis
from tracktwo.drawing.figures import named
from tracktwo.drawing.live import Live, Slider, parameter
from tracktwo.drawing.theme import (
    GROUP_COLOURS,
    GROUP_SHAPES,
    GROUP_TEXT_COLOURS,
    INK,
    LEVEL_COLOURS,
    PAPER,
    RULE,
    WIDTH,
    colour_scale,
)
from tracktwo.telling.passage import write

LINES = [STRICT, PROFESSIONAL, GRASSROOTS]
PANEL = (WIDTH - 100) / 2  # width of one of two charts side by side
MARGIN = 3  # years that each side of a break needs to be worth comparing


# Starts


def plot_starts(counts: pd.DataFrame, break_year: int) -> alt.VConcatChart:
    """Draw initiatives per year, a panel per group, all to one scale, with the break marked.

    Parameters
    ----------
    counts
        Columns ``year``, ``group``, ``initiatives``.
    """
    top = max(int(counts["initiatives"].max()), 1)
    panels = []
    for name in GROUPS:
        x = year_axis(counts["year"])
        if name != GROUPS[-1]:
            x.axis = alt.Axis(labels=False, ticks=False)
        bars = (
            alt.Chart(named(f"{name}-starts-by-year", counts[counts["group"] == name]))
            .mark_bar(width=alt.RelativeBandSize(0.78), color=GROUP_COLOURS[name])
            .encode(
                x=x,
                y=alt.Y(
                    "initiatives:Q",
                    title=None,
                    scale=alt.Scale(domain=[0, top], nice=False),
                    axis=alt.Axis(tickCount=3, tickMinStep=1, gridColor=RULE),
                ),
            )
        )
        rule, words = break_mark(break_year, top)
        marks = [rule, words] if name == GROUPS[0] else [rule]
        title = alt.TitleParams(name.capitalize(), color=GROUP_TEXT_COLOURS[name])
        panels.append(alt.layer(bars, *marks).properties(width=WIDTH - 50, height=62, title=title))
    return alt.vconcat(*panels, spacing=10)


# Shares, one span of years after the other


def plot_shares(
    table: pd.DataFrame, top: float | None = None, chosen: str = "true"
) -> alt.LayerChart:
    """Draw the share of elite, professional and grassroots starts in each span, joined by lines.

    Parameters
    ----------
    table
        As `results.share_table`; of several breaks, with the column ``break_year``, all periods
        before come first.
    top
        Where the axis ends; without it, where the longest interval does.
    chosen
        The expression that is true of the rows to draw.
    """
    table = table[table["group"].isin(LINES)]
    keep = ["break_year"] if "break_year" in table else []
    order = list(dict.fromkeys(table["period"]))
    count = table.groupby(keep)["period"].nunique().max() if keep else len(order)
    gap = 0.75 if count < 3 else 0.5
    base = alt.Chart(named("shares-of-starts", table)).transform_filter(chosen)
    base = base.encode(
        x=alt.X(
            "period:N",
            sort=order,
            title=None,
            scale=alt.Scale(paddingInner=gap, paddingOuter=gap / 2),
            axis=alt.Axis(labelAngle=0, ticks=False, labelFontSize=13),
        ),
        color=alt.Color("group:N", scale=colour_scale(GROUP_COLOURS), legend=None),
        xOffset=alt.XOffset("group:N", sort=LINES),
    )
    top = float(table["high"].max()) if top is None else top
    y = alt.Y(
        "share:Q",
        title=None,
        scale=alt.Scale(domain=[0, min(1, top + 0.05)]),
        axis=alt.Axis(format="%", tickCount=6, gridColor=RULE),
    )
    shape = alt.Shape(
        "group:N",
        scale=alt.Scale(domain=LINES, range=[GROUP_SHAPES[g] for g in LINES]),
        legend=None,
    )
    whiskers = base.mark_rule(strokeWidth=2).encode(
        y=alt.Y("low:Q", title=None), y2=alt.Y2("high:Q")
    )
    lines = base.mark_line(opacity=0.6).encode(y=y)
    dots = base.mark_point(filled=True, size=95, opacity=1).encode(y=y, shape=shape)
    last = table[table["period"].isin(order[len(order) // 2 :] if keep else order[-1:])]
    last = last.dropna(subset=["share"])
    by = last.groupby(keep, group_keys=False) if keep else last.groupby("period", group_keys=False)
    places = by["share"].apply(label_places, top * 0.06)
    words = group_words(last.assign(y=places), "period:N", dx=34, keep=keep)
    words = words.transform_filter(chosen)
    return alt.layer(whiskers, lines, dots, words).properties(width=WIDTH - 130, height=300)


def break_years(frame: Frame) -> list[int]:
    """Return the break years to choose from: the frame's own, and all with years on both sides."""
    inner = range(frame.first_year + MARGIN - 1, frame.last_year - MARGIN + 1)
    return sorted({*inner, frame.break_year})


def shares_by_break(rows: pd.DataFrame, frame: Frame) -> pd.DataFrame:
    """Return `results.share_table` for every break year, all periods before a break first."""
    tables = [
        share_table(list(spans(rows, moved))).assign(break_year=moved.break_year)
        for moved in _moved(frame)
    ]
    half = len(GROUPS)
    return pd.concat([t[:half] for t in tables] + [t[half:] for t in tables], ignore_index=True)


def live_shares(study: Study, frame: Frame, table: pd.DataFrame, told: str) -> Live:
    """Return the live version of the before-and-after figure, with the break year to slide.

    Parameters
    ----------
    table
        `shares_by_break`.
    told
        What to say at each break: a passage, with its ``result`` and ``last`` year before it.
    """
    says = {}
    for moved in _moved(frame):
        found = {"result": test_claims(moved.select(study), moved), "last": moved.break_year}
        says[moved.break_year] = " ".join(write(told, found).text.split())
    slider = Slider("chosen_break", "Last of the peace-process years", says, frame.break_year)
    chart = plot_shares(table, table["high"].max(), "datum.break_year === chosen_break")
    return Live(chart.add_params(parameter("chosen_break", frame.break_year)), (slider,))


def _moved(frame: Frame) -> list[Frame]:
    return [replace(frame, break_year=year) for year in break_years(frame)]


# What was never documented


def plot_undocumented(table: pd.DataFrame) -> alt.FacetChart:
    """Draw how C1 and C2 shrink as undocumented grassroots initiatives are added.

    A dot with its number stands where the interval, and where the estimate, comes down to zero.
    """
    names = {"C1": "C1: lead of elite and professional", "C2": "C2: rise of the grassroots share"}
    marks = [
        f"datum.claim == '{names[claim]}' && datum.starts_added == {at}"
        for claim in names
        for column in ("low", "share")
        if 0 < (at := tipping(table, claim, column)) <= table["added"].max()
    ]
    table = table.assign(claim=table["claim"].map(names))
    table = table.rename(columns={"added": "starts_added", "share": "difference"})
    axis = alt.Axis(grid=False, tickCount=4, labelFlush=False)
    base = alt.Chart(named("claims-by-starts-added", table)).encode(
        x=alt.X("starts_added:Q", title="grassroots starts added", axis=axis)
    )
    points = "datum.value == 0 ? '0' : format(datum.value * 100, '+d')"
    y = alt.Y("difference:Q", title=None, axis=alt.Axis(labelExpr=points, tickCount=6))
    zero = (
        base.transform_filter(alt.datum.starts_added == 0)
        .mark_rule(color=INK)
        .encode(y=alt.datum(0), x=alt.XValue(0), x2=alt.X2Value(PANEL))
    )
    tips = base.transform_filter(" || ".join(marks) or "false")
    tips = tips.transform_calculate(words="datum.starts_added + ' more'")
    layers = alt.layer(
        base.mark_area(color=INK, opacity=0.15).encode(
            y=alt.Y("low:Q", title=None), y2=alt.Y2("high:Q")
        ),
        base.mark_line(color=INK).encode(y=y),
        zero,
        tips.mark_point(size=55, opacity=1, fill=PAPER, stroke=INK).encode(y=alt.datum(0)),
        tips.mark_text(dy=-12, fontWeight=600, align="left", color=INK).encode(
            y=alt.datum(0), text=alt.Text("words:N")
        ),
    )
    return layers.properties(width=PANEL, height=230).facet(
        column=alt.Column("claim:N", title=None), spacing=30
    )


# Year by year


def plot_trend(yearly: pd.DataFrame, trend: Trend | None, frame: Frame) -> alt.LayerChart:
    """Draw the yearly share of grassroots starts and the fitted curve with its band."""
    y = alt.Y(
        "share:Q",
        title=None,
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%", tickCount=5),
    )
    colour = LEVEL_COLOURS[GRASSROOTS]
    layers = []
    if trend is not None:
        base = alt.Chart(named("fitted-curve", trend.curve)).encode(
            x=year_axis(trend.curve["year"])
        )
        layers = [
            base.mark_area(color=colour, opacity=0.18).encode(
                y=alt.Y("low:Q", title=None), y2=alt.Y2("high:Q")
            ),
            base.mark_line(color=colour, strokeWidth=2.5).encode(y=y),
        ]
    points = alt.Chart(named("grassroots-share-by-year", yearly)).encode(
        x=year_axis(yearly["year"]), y=y
    )
    dots = points.mark_point(filled=True, opacity=1, color=INK).encode(
        size=alt.Size("n:Q", scale=alt.Scale(domain=[0, 25], range=[0, 330]), legend=None)
    )
    chart = alt.layer(*layers, *break_mark(frame.break_year, 1.0), dots)
    return chart.properties(width=WIDTH - 50, height=280)


def plot_active(bounds: pd.DataFrame, frame: Frame) -> alt.LayerChart:
    """Draw the initiatives active in each year, by level, as a band between the two readings."""
    base = alt.Chart(named("at-work-by-year", bounds)).encode(
        x=year_axis(bounds["year"]),
        color=alt.Color("level:N", scale=colour_scale(LEVEL_COLOURS), legend=None),
    )
    y = alt.Y("high:Q", title=None, axis=alt.Axis(tickCount=6))
    band = base.mark_area(opacity=0.3).encode(
        y=alt.Y("low:Q", title=None),
        y2=alt.Y2("high:Q"),
        fill=alt.Fill("level:N", legend=None, scale=colour_scale(LEVEL_COLOURS)),
    )
    edges = [
        base.mark_line(strokeWidth=1.6).encode(y=y),
        base.mark_line(strokeWidth=1.6).encode(y=alt.Y("low:Q", title=None)),
    ]
    top = float(bounds["high"].max())
    last = bounds[bounds["year"] == frame.last_year]
    words = group_words(last.assign(y=label_places(last["high"], top * 0.06)), "year:O", dx=14)
    return alt.layer(band, *edges, *break_mark(frame.break_year, top), words).properties(
        width=WIDTH - 150, height=280
    )
