"""Chapters `transfer` and `transfer_record`: their charts."""

from math import radians, sin

import altair as alt
import pandas as pd

from tracktwo.analysis.estimates import Estimate
from tracktwo.chapters.transfer.results import ACTIVITY, PLANNED, SILENT
from tracktwo.drawing.dots import panels, plot_intervals, plot_stack
from tracktwo.drawing.figures import annotation, named
from tracktwo.drawing.labels import text_width
from tracktwo.drawing.shares import interval_rows
from tracktwo.drawing.theme import ACCENT, GREY, INK, PAPER, RULE, SOFT, WIDTH
from tracktwo.words.numbers import percent

STATE_COLOURS = {PLANNED: ACCENT, ACTIVITY: GREY, SILENT: PAPER}
CELL, ROW = 46, 28  # width and height of a cell of the figure of routes
ANGLE, LIMIT = 50, 130  # of the names of groups: degrees aslant, most pixels
ASLANT = sin(radians(ANGLE))
STRONGEST = 0.6  # opacity of the darkest cell: its number can still be read


def plot_states(name: str, table: pd.DataFrame, names: dict[str, str]) -> alt.LayerChart:
    """Draw the states of the record in each group, one bar a group."""
    colours = {written: STATE_COLOURS[key] for key, written in names.items()}
    return plot_stack(name, table, "transfer_planned", colours)


def plot_planned(groups: dict[str, dict[str, Estimate]]) -> alt.VConcatChart:
    """Draw the share with a documented plan in each group, a panel a grouping."""
    charts = [
        plot_intervals(f"planned-by-{what}", interval_rows(found.items()), title=what.capitalize())
        for what, found in groups.items()
    ]
    return panels(charts)


def plot_shares(name: str, found: dict[str, Estimate]) -> alt.LayerChart:
    """Draw the share with a documented plan under each name."""
    return plot_intervals(name, interval_rows(found.items()))


def plot_routes(table: pd.DataFrame) -> alt.LayerChart:
    """Draw which share of each group takes each route: a darker cell is a larger share."""
    drawn = table.drop(columns="code").dropna(subset=["share"])
    table = table.assign(column=table["by"] + "|" + table["group"])
    columns = _with_gaps(table)
    routes = list(dict.fromkeys(table["label"]))
    name = "split(datum.label, '|')[1] || ''"
    look = {
        "orient": "top",
        "domain": False,
        "ticks": False,
        "labelAngle": -ANGLE,
        "labelOverlap": False,
    }
    axis = alt.Axis(**look, labelExpr=name, labelLimit=LIMIT)
    scale = alt.Scale(domain=columns, paddingInner=0, paddingOuter=0)
    x = alt.X("column:N", scale=scale, title=None, axis=axis)
    y = alt.Y("label:N", sort=routes, title=None, axis=alt.Axis(domain=False, ticks=False))
    most = float(table["share"].max())
    strength = alt.Scale(domain=[0, most if most > 0 else 1], range=[0, STRONGEST])
    fill = alt.FillOpacity("share:Q", scale=strength, legend=None)
    cells = alt.Chart(named("routes", drawn)).mark_rect(color=ACCENT, stroke=RULE, opacity=1)
    cells = cells.transform_calculate(column="datum.by + '|' + datum.group")
    words = table.assign(words=[percent(v).text if v == v else "–" for v in table["share"]])
    words = alt.Chart(annotation(words[["column", "label", "words"]]))
    heads = table.drop_duplicates("by").assign(head=lambda t: t["by"].str.capitalize())
    heads = alt.Chart(annotation(heads[["column", "head"]])).mark_text(
        align="left", fontWeight=600, color=INK
    )
    height = ROW * len(routes)
    longest = max((text_width(name, 12) for name in table["group"].astype(str)), default=0)
    above = ASLANT * min(longest, LIMIT) + 26  # of the names, which stand aslant
    return alt.layer(
        cells.encode(x=x, y=y, fillOpacity=fill),
        words.mark_text(fontSize=11.5, color=INK).encode(x=x, y=y, text=alt.Text("words:N")),
        heads.encode(
            x=alt.X("column:N", bandPosition=0), y=alt.YValue(-above), text=alt.Text("head:N")
        ),
    ).properties(width=CELL * len(columns), height=height)


def _with_gaps(table: pd.DataFrame) -> list[str]:
    """Return the columns in order, with an empty one between what the groups are made from."""
    columns = []
    for by, part in table.groupby("by", sort=False):
        columns += [f"{by}|", *dict.fromkeys(part["column"])]
    return columns[1:]


def plot_hidden(table: pd.DataFrame, marks: dict[int, str]) -> alt.LayerChart:
    """Draw how C7 fares as more and more of those without a record are taken to have had a plan.

    Parameters
    ----------
    table
        `results.add_plans`.
    marks
        At how many hidden plans to draw a line, and what stands beside it.
    """
    most = int(table["hidden"].max())
    base = alt.Chart(named("hidden", table)).encode(
        x=alt.X(
            "hidden:Q",
            title="initiatives without a record that are taken to have had a plan",
            scale=alt.Scale(domain=[0, most or 1], nice=False),
            axis=alt.Axis(grid=False, tickMinStep=1),
        )
    )
    axis = alt.Axis(format="%", tickCount=5)
    y = alt.Y("share:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=axis)
    half = alt.Chart(annotation(pd.DataFrame({"half": [0.5]})))
    line = half.mark_rule(strokeDash=[4, 3], color=SOFT).encode(y=alt.Y("half:Q"))
    drawn = [base.mark_area(color=ACCENT, opacity=0.18), base.mark_line(color=ACCENT)]
    layers = [
        drawn[0].encode(y=alt.Y("low:Q", title=None), y2=alt.Y2("high:Q")),
        drawn[1].encode(y=y),
        line,
    ]
    for place, (hidden, words) in zip((0.13, 0.92), marks.items(), strict=False):
        at = alt.Chart(annotation(pd.DataFrame({"hidden": [hidden], "place": [place]})))
        side = {"align": "left", "dx": 6} if hidden < most / 2 else {"align": "right", "dx": -6}
        text = at.mark_text(color=INK, lineBreak="\n", **side)
        layers.append(at.mark_rule(color=SOFT).encode(x=alt.X("hidden:Q")))
        layers.append(
            text.encode(x=alt.X("hidden:Q"), y=alt.Y("place:Q"), text=alt.TextValue(words))
        )
    return alt.layer(*layers).properties(width=WIDTH - 60, height=250)
