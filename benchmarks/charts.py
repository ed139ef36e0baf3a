"""The charts of the page on speed, in the book's own look."""

import base64
from collections import defaultdict
from statistics import median
from typing import Any

import altair as alt
import pandas as pd

from benchmarks.records import Record, pick, values
from tracktwo.drawing.svg import chart_to_svg, standalone
from tracktwo.drawing.theme import ACCENT, ACCENT_SOFT, GREY, INK, WIDTH, colour_scale

SIDES = {"this book": ACCENT, "plain Jupyter Book": GREY}
NAMES = {"book": "this book", "plain": "plain Jupyter Book"}
APART = 1.6
"""How many times the next one a value is at least, if both ends of lines are named."""
STEPS = {
    "validate": "checking the data",
    "execute": "kernels",
    "pictures": "figures as PNG",
    "edition": "facts of the edition",
    "results": "numbers collected",
    "site": "website",
    "pdf": "PDFs",
    "publish": "publishing",
}


def as_image(chart: alt.TopLevelMixin) -> str:
    """Return a chart as an image with its own letters and dark colours, to stand in a page."""
    svg = standalone(chart_to_svg(chart.to_dict()))
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def pairs(records: list[Record], part: str, measures: dict[str, str]) -> str | None:
    """Draw a measure of both sides as bars from zero, every round a dot on its bar.

    Parameters
    ----------
    measures
        What a row is called, each with ``WHAT|MEASURE`` or, of records alike, ``MEASURE``.
    """
    rows = []
    for words, where in measures.items():
        what, _, measure = where.rpartition("|")
        for side, name in NAMES.items():
            wanted = {"part": part, "side": side} | ({"what": what} if what else {})
            rows += [
                {"row": words, "side": name, "value": value}
                for value in values(records, measure, **wanted)
            ]
    if not rows:
        return None
    table = pd.DataFrame(rows)
    base = alt.Chart(table).encode(
        y=alt.Y("side:N", sort=list(SIDES), title=None, axis=None),
        color=alt.Color(
            "side:N",
            scale=colour_scale(SIDES),
            legend=alt.Legend(orient="top", symbolType="square"),
        ),
    )
    bars = base.mark_bar(height=11).encode(x=alt.X("median(value):Q", title="seconds"))
    dots = base.mark_circle(size=22, color=INK, opacity=0.75).encode(
        x="value:Q", color=alt.value(INK)
    )
    ends = base.mark_text(align="left", dx=6, fontSize=12).encode(
        x="max(value):Q", text=alt.Text("median(value):Q", format=",.1f"), color=alt.value(INK)
    )
    chart = (
        alt.layer(bars, dots, ends)
        .properties(width=WIDTH - 190, height=34)
        .facet(
            row=alt.Row(
                "row:N",
                sort=list(measures),
                header=alt.Header(
                    labelAngle=0, labelAlign="left", labelAnchor="middle", labelFontWeight="normal"
                ),
            ),
            spacing=8,
        )
    )
    return as_image(chart)


def times(records: list[Record]) -> str | None:
    """Draw where the time of a cold build goes, step by step."""
    found = defaultdict(list)
    for record in pick(records, part="build", what="cold", side="book"):
        for step, seconds in record.get("steps", {}).items():
            found[STEPS.get(step, step)].append(seconds)
    if not found:
        return None
    table = pd.DataFrame([{"step": k, "seconds": median(v)} for k, v in found.items()])
    y = alt.Y("step:N", sort="-x", title=None, axis=alt.Axis(domain=False, ticks=False))
    base = alt.Chart(table).encode(x=alt.X("seconds:Q", title="seconds, jobs summed"), y=y)
    bars = base.mark_bar(height=14, color=ACCENT)
    ends = base.mark_text(align="left", dx=6, fontSize=12, color=INK).encode(
        text=alt.Text("seconds:Q", format=",.1f")
    )
    return as_image(alt.layer(bars, ends).properties(width=WIDTH - 190, height=alt.Step(24)))


def scales(records: list[Record], measure: str, title: str) -> str | None:
    """Draw a measure of the analysis against the number of initiatives, both on log axes."""
    rows = [r for r in pick(records, part="analysis") if r.get(measure, 0) > 0]
    if not rows:
        return None
    table = pd.DataFrame(rows).groupby(["what", "size"], as_index=False)[measure].median()
    axis = alt.Axis(format=",~g", tickCount=5)
    x = alt.X("size:Q", scale=alt.Scale(type="log"), title="initiatives", axis=axis)
    y = alt.Y(f"{measure}:Q", scale=alt.Scale(type="log"), title=None, axis=axis)
    base = alt.Chart(table).encode(x=x, y=y)
    lines = base.mark_line(color=ACCENT_SOFT).encode(detail="what:N")
    points = base.mark_circle(size=30, color=ACCENT, opacity=1)
    words = (
        alt.Chart(_apart(table.loc[table.groupby("what")["size"].idxmax()], measure))
        .mark_text(align="right", dx=-9, dy=-7, fontSize=12)
        .encode(x=x, y=y, text="what:N")
    )
    chart = alt.layer(lines, points, words).properties(width=WIDTH - 60, height=300)
    return as_image(chart.properties(title=alt.Title(title, fontWeight="normal")))


def _apart(ends: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return the ends of lines that have room for a name: the largest, and those well below it."""
    kept: list[float] = []
    for value in ends[measure].sort_values(ascending=False):
        if not kept or kept[-1] / value > APART:
            kept.append(value)
    return ends[ends[measure].isin(kept)].drop_duplicates(measure)


def table_of(records: list[Record], part: str, measures: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the medians of `measures` for each thing measured and each side, in order."""
    keys = dict.fromkeys((r["what"], r["side"]) for r in pick(records, part=part) if "side" in r)
    rows = []
    for what, side in keys:
        found = {m: values(records, m, part=part, what=what, side=side) for m in measures}
        medians = {m: median(v) if v else None for m, v in found.items()}
        rows.append({"what": what, "side": NAMES.get(side, ""), **medians})
    return rows
