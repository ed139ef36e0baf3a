"""Chapter `evidence`: its charts."""

import altair as alt
import numpy as np
import pandas as pd

from tracktwo.analysis.frame import Frame
from tracktwo.chapters.evidence.results import FIRM, TENTATIVE
from tracktwo.drawing.charts import long_year_axis, year_axis
from tracktwo.drawing.figures import annotation, named
from tracktwo.drawing.theme import ACCENT, ACCENT_SOFT, GREY, INK, RULE, SOFT, WIDTH

LATEST = (ACCENT, "circle")
EARLIER = [(GREY, "diamond"), (INK, "square"), (ACCENT_SOFT, "triangle-up"), (SOFT, "cross")]
GRADE_COLOURS = {"A": ACCENT, "B": GREY, "C": INK}


def round_looks(rounds: list[str]) -> list[tuple[str, str]]:
    """Return the colour and shape of each round: the latest stands out, whatever its name."""
    earlier = [EARLIER[i % len(EARLIER)] for i in range(len(rounds) - 1)]
    return [*earlier, LATEST] if rounds else []


def plot_agreement(table: pd.DataFrame) -> alt.LayerChart:
    """Draw alpha as dots with intervals: a line a variable, a colour and shape a round."""
    order = list(dict.fromkeys(table["variable"]))
    low = min(0.0, float(np.floor(table["low"].min() * 5) / 5))
    rounds = list(dict.fromkeys(table["round"]))
    looks = round_looks(rounds)
    scale = alt.Scale(domain=rounds, range=[colour for colour, _ in looks])
    shapes = alt.Scale(domain=rounds, range=[shape for _, shape in looks])
    key = alt.Legend(orient="top")
    base = alt.Chart(named("agreement", table)).encode(
        y=alt.Y("variable:N", sort=order, title=None, axis=alt.Axis(ticks=False, domain=False)),
        yOffset=alt.YOffset("round:N", sort=rounds),
        color=alt.Color("round:N", scale=scale, legend=key),
    )
    x = alt.X(
        "alpha:Q",
        title="Krippendorff’s alpha (1 = perfect agreement, 0 = chance)",
        scale=alt.Scale(domain=[low, 1]),
        axis=alt.Axis(tickCount=5, gridColor=RULE),
    )
    whiskers = base.mark_rule(strokeWidth=2).encode(x=alt.X("low:Q"), x2="high:Q")
    dots = base.mark_point(filled=True, size=75, opacity=1).encode(
        x=x,
        shape=alt.Shape("round:N", scale=shapes, legend=key),
    )
    limits = pd.DataFrame({"limit": [TENTATIVE, FIRM]})
    rules = alt.Chart(annotation(limits)).mark_rule(strokeDash=[4, 3], color=SOFT)
    return alt.layer(rules.encode(x="limit:Q"), whiskers, dots).properties(
        width=WIDTH - 160, height=16 * max(len(rounds), 2) * max(len(order), 1)
    )


def plot_grades(counts: pd.DataFrame) -> alt.Chart:
    """Draw starts per year, stacked by evidence grade."""
    scale = alt.Scale(domain=list(GRADE_COLOURS), range=list(GRADE_COLOURS.values()))
    found = set(counts.loc[counts["initiatives"] > 0, "grade"])
    key = alt.Legend(
        orient="top",
        symbolType="square",
        values=[grade for grade in GRADE_COLOURS if grade in found],
        labelExpr="'grade ' + datum.label",
    )
    return (
        alt.Chart(named("per-year", counts))
        .mark_bar(width=alt.RelativeBandSize(0.78))
        .encode(
            x=year_axis(counts["year"]),
            y=alt.Y("sum(initiatives):Q", title=None, axis=alt.Axis(tickCount=5)),
            color=alt.Color("grade:N", scale=scale, legend=key),
            order="grade:N",
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
