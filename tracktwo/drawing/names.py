"""The initiatives by name on a timeline: one group of years at a time."""

from textwrap import shorten

import altair as alt
import pandas as pd

from tracktwo.analysis.frame import Frame
from tracktwo.drawing.theme import INK, WIDTH
from tracktwo.drawing.timeline import Marks, draw_lines

ACROSS, ROW = WIDTH - 60, 22
MOST = 36  # names in a group, unless a single year has more
LONGEST = 80  # characters of a name on the chart
UNKNOWN = "start not known"


def year_groups(lines: pd.DataFrame, frame: Frame) -> pd.DataFrame:
    """Return the lines of a timeline in groups of years that each fit on a page.

    Parameters
    ----------
    lines
        What `timeline_rows` returns.

    Returns
    -------
    pd.DataFrame
        The lines in order of their start, with ``group`` (a number from 0), ``years`` (the group's
        years in words), ``row`` (the place in the group) and ``label`` (the name to write).
    """
    table = lines.sort_values(["order_start", "level", "name"], kind="stable")
    years = table["order_start"].astype(int).where(table["began"] != "unknown", frame.last_year + 1)
    years = years.clip(lower=frame.first_year)
    groups, size = {}, 0
    for year, count in years.value_counts().sort_index().items():
        full = size + count > MOST or year > frame.last_year
        size = count if full else size + count
        groups[year] = max(groups.values(), default=-1) + (full or not groups)
    table = table.assign(group=years.map(groups).astype(int))
    words = {
        group: _words([year for year, own in groups.items() if own == group], frame)
        for group in set(groups.values())
    }
    return table.assign(
        years=table["group"].map(words).astype(str),
        row=table.groupby("group").cumcount(),
        label=[shorten(name, LONGEST, placeholder="…") for name in table["name"]],
    )


def plot_names(
    table: pd.DataFrame, frame: Frame, shown: str = "datum.group == 0", marks: Marks | None = None
) -> alt.LayerChart:
    """Draw one group of `year_groups`, each line under its initiative's name.

    Parameters
    ----------
    shown
        The Vega expression that is true of the lines to draw.
    """
    rows = int(table["row"].max()) + 1 if len(table) else 1
    heads = table["years"] + ": " + table.groupby("group")["row"].transform("size").astype(str)
    table = table.drop(columns=["name", "order_start", "years"]).assign(head=heads)
    lines = draw_lines(
        table, frame, "initiatives", thick=3, width=ACROSS, top=1.6, marks=marks, band=ROW
    )
    words = alt.Chart(lines[0].data).encode(x=alt.XValue(0), y=lines[0].encoding.y)
    write = {"align": "left", "baseline": "bottom", "limit": ACROSS, "color": INK}
    names = words.mark_text(**write, dy=-4, fontSize=12).encode(text=alt.Text("label:N"))
    title = words.transform_filter("datum.row == 0").encode(text=alt.Text("head:N"))
    title = title.mark_text(**write, dy=-ROW - 6, fontWeight=600)
    layers = [layer.transform_filter(shown) for layer in (*lines, names, title)]
    return alt.layer(*layers).properties(width=ACROSS, height=(rows + 1) * ROW)


def _words(years: list[int], frame: Frame) -> str:
    first, last = min(years), max(years)
    if first > frame.last_year:
        return UNKNOWN
    if first == frame.first_year:
        return f"up to {last}"
    return f"{first}–{last}" if last > first else str(first)
