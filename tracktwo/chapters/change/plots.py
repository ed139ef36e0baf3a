"""Chapter `change`: its charts."""

import altair as alt
import pandas as pd

from tracktwo.analysis.estimates import Trend
from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import GRASSROOTS, LEVELS
from tracktwo.drawing.charts import break_mark, label_places, level_words, year_axis
from tracktwo.drawing.figures import named
from tracktwo.drawing.theme import INK, LEVEL_COLOURS, RULE, SOFT, WIDTH, colour_scale

PANEL = (WIDTH - 100) / 2  # width of one of two charts side by side


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
        base = alt.Chart(named("fitted", trend.curve)).encode(x=year_axis(trend.curve["year"]))
        layers = [
            base.mark_area(color=colour, opacity=0.18).encode(
                y=alt.Y("low:Q", title=None), y2="high:Q"
            ),
            base.mark_line(color=colour, strokeWidth=2.5).encode(y=y),
        ]
    points = alt.Chart(named("per-year", yearly)).encode(x=year_axis(yearly["year"]), y=y)
    dots = points.mark_point(filled=True, opacity=1, color=INK).encode(
        size=alt.Size("n:Q", scale=alt.Scale(domain=[0, 25], range=[0, 330]), legend=None)
    )
    words = points.mark_text(dy=-15, fontSize=11, color=SOFT).encode(text="n:Q")
    chart = alt.layer(*layers, *break_mark(frame.break_year, 1.0), dots, words)
    return chart.properties(width=WIDTH - 50, height=280)


def plot_period_shares(
    table: pd.DataFrame, top: float | None = None, chosen: str = "true"
) -> alt.LayerChart:
    """Draw each level's share before and after the break, joined by a line.

    Parameters
    ----------
    table
        As `change.period_shares`; of several breaks, all periods before come first.
    top
        Where the axis ends; without it, where the longest interval does.
    chosen
        The expression that is true of the rows to draw.
    """
    order = list(dict.fromkeys(table["period"]))
    base = alt.Chart(named("shares", table)).transform_filter(chosen)
    base = base.encode(
        x=alt.X(
            "period:N",
            sort=order,
            title=None,
            scale=alt.Scale(paddingInner=0.75, paddingOuter=0.4),
            axis=alt.Axis(labelAngle=0, ticks=False, labelFontSize=13),
        ),
        color=alt.Color("level:N", scale=colour_scale(LEVEL_COLOURS), legend=None),
        xOffset=alt.XOffset("level:N", sort=LEVELS),
    )
    top = float(table["high"].max()) if top is None else top
    y = alt.Y(
        "share:Q",
        title=None,
        scale=alt.Scale(domain=[0, min(1, top + 0.05)]),
        axis=alt.Axis(format="%", tickCount=6, gridColor=RULE),
    )
    whiskers = base.mark_rule(strokeWidth=2).encode(y=alt.Y("low:Q", title=None), y2="high:Q")
    lines = base.mark_line(opacity=0.6).encode(y=y)
    dots = base.mark_point(filled=True, size=100, opacity=1).encode(y=y)
    last = table[table["period"].isin(order[len(order) // 2 :])]
    places = last.groupby("break_year", group_keys=False)["share"].apply(label_places, top * 0.06)
    words = level_words(last.assign(y=places), "period:N", dx=36, keep=["break_year"])
    words = words.transform_filter(chosen)
    return alt.layer(whiskers, lines, dots, words).properties(width=WIDTH - 130, height=300)


def plot_active(bounds: pd.DataFrame, frame: Frame) -> alt.LayerChart:
    """Draw the initiatives active in each year, by level, as a band between the two readings."""
    base = alt.Chart(named("active", bounds)).encode(
        x=year_axis(bounds["year"]),
        color=alt.Color("level:N", scale=colour_scale(LEVEL_COLOURS), legend=None),
    )
    y = alt.Y("high:Q", title=None, axis=alt.Axis(tickCount=6))
    band = base.mark_area(opacity=0.3).encode(
        y=alt.Y("low:Q", title=None),
        y2="high:Q",
        fill=alt.Fill("level:N", legend=None, scale=colour_scale(LEVEL_COLOURS)),
    )
    edges = [
        base.mark_line(strokeWidth=1.6).encode(y=y),
        base.mark_line(strokeWidth=1.6).encode(y=alt.Y("low:Q", title=None)),
    ]
    top = float(bounds["high"].max())
    last = bounds[bounds["year"] == frame.last_year]
    words = level_words(last.assign(y=label_places(last["high"], top * 0.06)), "year:O", dx=14)
    return alt.layer(band, *edges, *break_mark(frame.break_year, top), words).properties(
        width=WIDTH - 150, height=280
    )


def plot_undocumented(table: pd.DataFrame) -> alt.FacetChart:
    """Draw how C1 and C2 shrink as undocumented grassroots initiatives are added."""
    names = {"C1": "C1: lead of elite/professional", "C2": "C2: rise of grassroots"}
    table = table.assign(claim=table["claim"].map(names))
    axis = alt.Axis(grid=False, tickCount=4, labelFlush=False)
    base = alt.Chart(named("added", table)).encode(
        x=alt.X("added:Q", title="grassroots starts added", axis=axis)
    )
    points = "datum.value == 0 ? '0' : format(datum.value * 100, '+d')"
    y = alt.Y("share:Q", title=None, axis=alt.Axis(labelExpr=points, tickCount=6))
    zero = (
        base.transform_filter(alt.datum.added == 0)
        .mark_rule(color=INK)
        .encode(y=alt.datum(0), x=alt.value(0), x2=alt.value(PANEL))
    )
    layers = alt.layer(
        base.mark_area(color=INK, opacity=0.15).encode(y=alt.Y("low:Q", title=None), y2="high:Q"),
        base.mark_line(color=INK).encode(y=y),
        zero,
    )
    return layers.properties(width=PANEL, height=230).facet(
        column=alt.Column("claim:N", title=None), spacing=30
    )
