"""The live timeline: filter by level, approach and issue; point at a line; go to its entry."""

import altair as alt
import pandas as pd

from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import LEVELS
from tracktwo.data.study import Study
from tracktwo.data.validation.status import known_until
from tracktwo.drawing.live import PICKED, Choice, Item, Live, fits, parameter
from tracktwo.drawing.theme import INK
from tracktwo.drawing.timeline import Marks, plot_timeline
from tracktwo.telling.links import initiative_href

FILTERS = ("approach", "issue")  # variables with several values
FAINT = 0.12  # opacity of a line that the filters leave out


def live_timeline(study: Study, rows: pd.DataFrame, lines: pd.DataFrame, frame: Frame) -> Live:
    """Return the live version of the timeline of `lines`, made from the initiatives `rows`."""
    labels = {name: study.labels(name) for name in FILTERS}
    choices = (
        Choice("level", "Level", {level: level for level in LEVELS}),
        *(Choice(name, name.capitalize(), labels[name]) for name in FILTERS),
    )
    codes = {name: codes_of(rows, name, labels[name]) for name in FILTERS}
    table = lines.assign(id=lines.index, **{name: codes[name] for name in FILTERS})
    marks = Marks(
        {"opacity": alt.condition(fits(choices), alt.value(1), alt.value(FAINT))},
        {
            "tooltip": "id:N",
            "color": alt.value(INK),
            "opacity": alt.condition(f"datum.id === {PICKED}", alt.value(0.35), alt.value(0)),
        },
    )
    chart = plot_timeline(table, study.timeline, frame, marks)
    chart = chart.add_params(*(parameter(name) for name in ("level", *FILTERS, PICKED)))
    items = tuple(
        initiative_item(row, {name: tuple(codes[name][key]) for name in FILTERS})
        for key, row in rows.loc[lines.sort_values("name", kind="stable").index].iterrows()
    )
    return Live(chart, choices, items, noun="initiatives", pick="Initiative")


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
