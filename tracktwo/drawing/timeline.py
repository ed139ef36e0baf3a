"""The timeline: every initiative as a line through the years, with the official events."""

import re
from dataclasses import dataclass

import altair as alt
import pandas as pd

from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import LEVELS
from tracktwo.data.validation.status import known_years
from tracktwo.drawing.charts import labelled
from tracktwo.drawing.figures import named
from tracktwo.drawing.theme import (
    ACCENT,
    INK,
    LEVEL_COLOURS,
    LEVEL_TEXT_COLOURS,
    PAPER,
    WIDTH,
    colour_scale,
)

PANEL, ROW = WIDTH - 20, 3.4


@dataclass(frozen=True)
class Marks:
    """How a live timeline's marks differ: encodings of all lines, and a layer to point at."""

    encodings: dict[str, object]
    handle: dict[str, object]


def timeline_rows(rows: pd.DataFrame, frame: Frame) -> pd.DataFrame:
    """Return one line per initiative: where it is drawn on the timeline and how it ends.

    Columns ``id``, ``name``, ``level``, ``start``, ``end`` (clipped to the frame's
    years; the end of a year is its first day plus one), ``began`` (``known``, ``before`` the
    first year, ``unknown``) and ``ended`` (``known``, ``later``, ``unknown``).
    """
    first, last = frame.first_year, frame.last_year + 1
    start, end = rows["start_year"].astype("Float64"), rows["end_year"].astype("Float64")
    table = pd.DataFrame(
        {
            "name": [short_name(name) for name in rows["name"]],
            "level": rows["level"],
            "start": start.fillna(end).clip(first),
            "end": (end + 1).clip(upper=last),
            "began": "known",
            "ended": "known",
        }
    )
    table.loc[start < first, "began"] = "before"
    table.loc[start.isna(), "began"] = "unknown"
    known = known_years(rows["end_status"]).astype("Float64")
    later = (known >= frame.last_year) | (end > frame.last_year)
    table.loc[end.isna(), "ended"] = "unknown"
    table["end"] = table["end"].fillna((known + 1).where(known >= table["start"]))
    table.loc[later.fillna(False), "ended"] = "later"
    table.loc[table["ended"] == "later", "end"] = last
    table["order_start"] = start.fillna(last + 1)
    return table.sort_values(["level", "order_start", "end", "name"], na_position="last")


def short_name(name: str) -> str:
    """Return an initiative's name without what stands in brackets."""
    return re.sub(r"\s*\([^)]*\)", "", name).strip() or name


def plot_timeline(
    table: pd.DataFrame, events: pd.DataFrame, frame: Frame, marks: Marks | None = None
) -> alt.VConcatChart:
    """Draw every initiative as a line through time, below the events of the official track."""
    events = _dated(events, frame)
    panels = [_level_panel(table, level, events, frame, marks) for level in LEVELS]
    return alt.vconcat(_event_panel(events, frame), *panels, spacing=8)


def _x(frame: Frame, field: str = "start", *, width: float = 0) -> alt.X:
    """Return the shared time axis, with labels in the middle of their year if `width` is given."""
    first, end, step = frame.first_year, frame.last_year + 1, labelled(len(frame.years))
    axis = alt.Axis(
        values=list(range(first, end + 1)),
        labels=bool(width),
        format="d",
        grid=True,
        labelExpr=f"datum.value < {end} && datum.value % {step} == 0 ? datum.label : ''",
        labelFlush=False,
        labelOffset=width / (end - first) / 2,
    )
    scale = alt.Scale(domain=[first, end], nice=False, zero=False)
    return alt.X(f"{field}:Q", title=None, scale=scale, axis=axis)


def draw_lines(
    rows: pd.DataFrame,
    frame: Frame,
    name: str,
    *,
    thick: float,
    width: float,
    top: float,
    marks: Marks | None = None,
    band: float = ROW,
) -> list[alt.Chart]:
    """Draw each of `rows` as a line with marks for how it begins and ends.

    A line stands at its ``row``, or where it comes in the table; what is pointed at is as high
    as `band`.
    """
    rows = rows if "row" in rows else rows.assign(row=range(len(rows)))
    last = rows["row"].max() if len(rows) else 0
    scale = alt.Scale(domain=[-top, last + 0.8], reverse=True)
    base = alt.Chart(named(name, rows)).encode(
        y=alt.Y("row:Q", axis=None, scale=scale),
        color=alt.Color("level:N", scale=colour_scale(LEVEL_COLOURS), legend=None),
        **(marks.encodings if marks else {}),
    )

    def mark(condition: str, shape: str, field: str) -> alt.Chart:
        point = base.transform_filter(condition).mark_point(
            shape=shape, filled=True, opacity=1, size=thick * 13
        )
        return point.encode(x=_x(frame, field, width=width))

    spans = base.transform_filter("isValid(datum.end)").mark_rule(strokeWidth=thick)
    lines = [
        spans.encode(x=_x(frame, width=width), x2=alt.X2("end:Q")),
        mark("datum.began == 'known'", "circle", "start"),
        mark("datum.began == 'before'", "triangle-left", "start"),
        mark("datum.ended == 'later'", "triangle-right", "end"),
    ]
    if marks:  # lines are too thin to point at: each has a band as high as its row
        raised = (ROW - band) / 2  # a name stands above its line
        handle = base.mark_rule(strokeWidth=band, yOffset=raised, cursor="pointer")
        handle = handle.encode(**marks.handle, x=alt.XValue(0), x2=alt.X2Value(width or PANEL))
        lines.append(handle)
    return lines


def _level_panel(
    table: pd.DataFrame,
    level: str,
    events: pd.DataFrame,
    frame: Frame,
    marks: Marks | None = None,
) -> alt.LayerChart:
    rows = table[table["level"] == level]
    width = PANEL if level == LEVELS[-1] else 0
    name = level.replace("/", "-")
    lines = draw_lines(rows, frame, name, thick=2, width=width, top=1, marks=marks)
    title = alt.TitleParams(f"{level.capitalize()}: {len(rows)}", color=LEVEL_TEXT_COLOURS[level])
    height = max(len(rows) * ROW, 24)
    return alt.layer(_event_rules(events, frame, width), *lines).properties(
        width=PANEL, height=height, title=title
    )


def _dated(events: pd.DataFrame, frame: Frame) -> pd.DataFrame:
    """Return the events inside the frame with their place in time and the side of their label."""
    year = events["date"].dt.year + (events["date"].dt.day_of_year - 1) / 366
    table = events[["event", "kind"]].assign(start=year)
    table = table[table["start"].between(frame.first_year, frame.last_year + 1)]
    early = table["start"] < frame.first_year + len(frame.years) / 2
    side = early.map({True: "right", False: "left"})
    return table.assign(side=side, row=range(len(table)))


def _event_rules(events: pd.DataFrame, frame: Frame, width: float) -> alt.Chart:
    rules = alt.Chart(named("events", events)).mark_rule(color=ACCENT, opacity=0.35)
    return rules.encode(x=_x(frame, width=width))


def _event_panel(events: pd.DataFrame, frame: Frame) -> alt.LayerChart:
    base = alt.Chart(named("events", events)).encode(
        x=_x(frame),
        y=alt.Y("row:Q", axis=None, scale=alt.Scale(reverse=True, nice=False, padding=8)),
    )
    texts = [
        base.transform_filter(alt.datum.side == side)
        .mark_text(align=align, dx=dx, fontSize=11.5, **look)
        .encode(text=alt.Text("event:N"))
        for side, align, dx in [("right", "left", 7), ("left", "right", -7)]
        for look in ({"color": PAPER, "stroke": PAPER, "strokeWidth": 4}, {"color": INK})
    ]
    dots = base.mark_point(shape="diamond", filled=True, color=ACCENT, opacity=1, size=40)
    return alt.layer(_event_rules(events, frame, 0), *texts, dots).properties(
        width=PANEL,
        height=15 * max(len(events), 1),
        title=alt.TitleParams("The official track", color=ACCENT),
    )
