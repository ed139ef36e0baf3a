"""Chapter `evidence`: its charts."""

import altair as alt
import numpy as np
import pandas as pd

from tracktwo.analysis.frame import Frame
from tracktwo.drawing.charts import long_year_axis, year_axis
from tracktwo.drawing.figures import named
from tracktwo.drawing.theme import ACCENT, GREY, INK, WIDTH, colour_scale, in_order

GRADE_COLOURS = (ACCENT, GREY, INK)


def plot_grades(counts: pd.DataFrame) -> alt.Chart:
    """Draw starts per year, stacked by evidence grade."""
    colours = in_order(counts["grade"].unique(), GRADE_COLOURS)
    found = set(counts.loc[counts["initiatives"] > 0, "grade"])
    key = alt.Legend(
        orient="top",
        symbolType="square",
        values=[grade for grade in colours if grade in found],
        labelExpr="'grade ' + datum.label",
    )
    return (
        alt.Chart(named("per-year", counts))
        .mark_bar(width=alt.RelativeBandSize(0.78))
        .encode(
            x=year_axis(counts["year"]),
            y=alt.Y("sum(initiatives):Q", title=None, axis=alt.Axis(tickCount=5)),
            color=alt.Color("grade:N", scale=colour_scale(colours), legend=key),
            order=alt.Order("grade:N"),
        )
        .properties(width=WIDTH - 40, height=210)
    )


def plot_source_years(counts: pd.DataFrame, frame: Frame) -> alt.LayerChart:
    """Draw sources per year of publication; those from the frame's years stand out."""
    names = [f"published in {frame.first_year}–{frame.last_year}", "before or after"]
    inside = counts["year"].between(frame.first_year, frame.last_year)
    table = counts.assign(published=np.where(inside, *names))
    scale = alt.Scale(domain=names, range=[ACCENT, GREY])
    key = alt.Legend(orient="top", symbolType="square")
    return (
        alt.Chart(named("sources", table))
        .mark_bar(width=alt.RelativeBandSize(0.78))
        .encode(
            x=long_year_axis(),
            y=alt.Y("sources:Q", title=None, axis=alt.Axis(tickCount=4)),
            color=alt.Color("published:N", title=None, scale=scale, legend=key),
        )
        .properties(width=WIDTH - 40, height=180)
    )
