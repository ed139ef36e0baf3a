"""The figures of the chapter on history."""

import altair as alt
import pandas as pd

from tracktwo.analysis.measures import PERIODS
from tracktwo.drawing.figures import annotation, named
from tracktwo.drawing.theme import ACCENT, PAPER, RULE, SOFT, WIDTH

DOT = {"size": 110, "opacity": 1}
LETTER = 6  # CSS pixels, of a row's name
PERIOD = 76  # of the words for a period, in pixels


def plot_paces(table: pd.DataFrame, periods: dict[str, str]) -> alt.LayerChart:
    """Draw starts a year before and after the break, one row for each way to count.

    Parameters
    ----------
    table
        Columns ``cut``, ``before``, ``after``.
    periods
        How the two periods are written (`Frame.periods`).
    """
    ways = table.rename(columns={"cut": "starts_counted"})
    title = "starts a year"
    return _dumbbells(ways, "starts_counted", title, [*periods.values()], alt.Axis(tickCount=6))


def plot_abroad(table: pd.DataFrame, periods: dict[str, str]) -> alt.LayerChart:
    """Draw the share of starts that met abroad only, before and after the break, by group.

    Parameters
    ----------
    table
        Columns ``group``, ``period``, ``share`` (an Estimate).
    """
    flat = table.assign(share=[estimate.value for estimate in table["share"]])
    wide = flat.pivot(index="group", columns="period", values="share").reindex(
        flat["group"].unique()
    )
    wide = wide.reindex(columns=PERIODS).set_axis(["before", "after"], axis=1).reset_index()
    title = "share of starts that met abroad only"
    axis = alt.Axis(format="%", tickCount=5)
    return _dumbbells(wide, "group", title, [*periods.values()], axis)


def _dumbbells(
    table: pd.DataFrame, name: str, title: str, labels: list[str], axis: alt.Axis
) -> alt.LayerChart:
    """Draw a line from a hollow dot (before) to a full one (after) for each row.

    The periods are written above the dots of the first row, apart where those are close.
    """
    names = max(table[name].str.len()) * LETTER
    y = alt.Y(
        f"{name}:N",
        sort=table[name].tolist(),
        title=None,
        axis=alt.Axis(domain=False, ticks=False),
    )
    top = float(table[["before", "after"]].fillna(0).to_numpy().max()) or 1.0
    scale = alt.Scale(domain=[0, top * 1.08], nice=False)
    x = alt.X("before:Q", title=title, scale=scale, axis=axis)
    base = alt.Chart(named(title.replace(" ", "-"), table[[name, "before", "after"]]))
    lines = base.mark_rule(color=RULE, strokeWidth=4).encode(y=y, x=x, x2=alt.X2("after:Q"))
    before = base.mark_point(filled=True, fill=PAPER, stroke=SOFT, strokeWidth=2, **DOT).encode(
        y=y, x=x
    )
    after = base.mark_point(filled=True, fill=ACCENT, stroke=ACCENT, **DOT).encode(
        y=y, x=alt.X("after:Q", scale=scale)
    )
    first = table.iloc[[0]].assign(old=labels[0], new=labels[1])
    width = WIDTH - names - 20
    grown = float((first["after"] - first["before"]).iloc[0])
    apart = ("right", "left") if grown >= 0 else ("left", "right")
    sides = apart if abs(grown) / top * width < PERIOD else ("center", "center")
    head = alt.Chart(annotation(first))
    words = [
        head.mark_text(align=align, dy=-16, color=colour, fontWeight=600).encode(
            y=y, x=alt.X(f"{column}:Q", scale=scale), text=alt.Text(f"{text}:N")
        )
        for column, text, colour, align in [
            ("before", "old", SOFT, sides[0]),
            ("after", "new", ACCENT, sides[1]),
        ]
    ]
    return alt.layer(lines, before, after, *words).properties(width=width, height=alt.Step(26))
