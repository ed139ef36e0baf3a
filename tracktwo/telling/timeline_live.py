"""The live timeline: filter by level, approach and issue; point at a line; go to its entry."""

import altair as alt
import pandas as pd

from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import LEVELS
from tracktwo.data.study import Study
from tracktwo.data.validation.status import known_until
from tracktwo.drawing.live import PICKED, Choice, Item, Live, Slider, fits, parameter
from tracktwo.drawing.names import plot_names
from tracktwo.drawing.theme import INK
from tracktwo.drawing.timeline import Marks, plot_timeline
from tracktwo.telling.links import initiative_href

FILTERS = ("approach", "issue")  # variables with several values
SHOWN = "shown_group"
FAINT = 0.12  # opacity of a line that the filters leave out


def live_timeline(study: Study, rows: pd.DataFrame, lines: pd.DataFrame, frame: Frame) -> Live:
    """Return the live version of the timeline of `lines`, made from the initiatives `rows`."""
    labels = {name: study.labels(name) for name in FILTERS if study.has_variable(name)}
    choices = (
        Choice("level", "Level", {level: level for level in LEVELS}),
        *(Choice(name, name.capitalize(), values) for name, values in labels.items()),
    )
    codes = {name: codes_of(rows, name, values) for name, values in labels.items()}
    table = lines.assign(id=lines.index, **codes)
    marks = Marks(
        {"opacity": alt.condition(fits(choices), alt.value(1), alt.value(FAINT))},
        {
            "tooltip": "id:N",
            "color": alt.value(INK),
            "opacity": alt.condition(f"datum.id === {PICKED}", alt.value(0.35), alt.value(0)),
        },
    )
    chart = plot_timeline(table, study.timeline, frame, marks)
    chart = chart.add_params(*(parameter(name) for name in ("level", *labels, PICKED)))
    items = tuple(
        initiative_item(row, {name: tuple(own[key]) for name, own in codes.items()})
        for key, row in rows.loc[lines.sort_values("name", kind="stable").index].iterrows()
    )
    return Live(chart, choices, items, noun="initiatives", pick="Initiative")


def live_names(study: Study, rows: pd.DataFrame, table: pd.DataFrame, frame: Frame) -> Live:
    """Return the live version of `plot_names`: slide through the years, point at a name.

    A picked initiative brings its group of years into view.

    Parameters
    ----------
    rows
        The initiatives.
    table
        What `year_groups` makes of their lines.
    """
    sizes = table.groupby("group").agg(years=("years", "first"), n=("row", "size"))
    says = {int(g): f"{years}: {n} initiatives" for g, years, n in sizes.itertuples()}
    controls = (
        Choice("level", "Level", {level: level for level in LEVELS}),
        Slider("group", "Years of start", says, 0),
    )
    marks = Marks(
        {"opacity": alt.condition(fits(controls[:1]), alt.value(1), alt.value(FAINT))},
        {
            "tooltip": "id:N",
            "color": alt.value(INK),
            "opacity": alt.condition(f"datum.id === {PICKED}", alt.value(0.25), alt.value(0)),
        },
    )
    chart = plot_names(table.assign(id=table.index), frame, f"datum.group === {SHOWN}", marks)
    group_of = {key: int(group) for key, group in table["group"].items()}
    chart = chart.add_params(
        *(parameter(name) for name in ("level", PICKED)),
        parameter("group", 0),
        parameter("group_of", group_of),
        alt.param(name=SHOWN, expr=f"{PICKED} === '' ? group : group_of[{PICKED}]"),
    )
    names = table.sort_values("name", kind="stable").index
    items = tuple(initiative_item(row, {}) for _, row in rows.loc[names].iterrows())
    return Live(chart, controls, items, noun="initiatives", pick="Initiative")


def codes_of(rows: pd.DataFrame, variable: str, labels: dict[str, str]) -> pd.Series:
    """Return, for each row, the list of its codes of a variable with several values."""
    having = [[v for v in labels if row[f"{variable}_{v}"]] for _, row in rows.iterrows()]
    return pd.Series(having, index=rows.index, dtype=object)


def initiative_item(row: pd.Series, has: dict[str, tuple[str, ...]]) -> Item:
    """Return an initiative as something to point at: its years, level and summary."""
    text = f"{years_text(row)} · {row['level']}. {row['summary']}"
    href = initiative_href(row.name)
    return Item(row.name, row["name"], text, href, has={"level": (row["level"],), **has})


def years_text(row: pd.Series) -> str:
    """Return an initiative's years as a reader would say them."""
    start = "start unknown" if pd.isna(row["start_year"]) else f"{row['start_year']}"
    if known := known_until(row["end_status"]):
        return f"{start}, went on after {known}"
    if pd.isna(row["end_year"]):
        return f"{start}, end unknown"
    if pd.isna(row["start_year"]):
        return f"{start}, ended {row['end_year']}"
    return start if row["end_year"] == row["start_year"] else f"{start}–{row['end_year']}"
