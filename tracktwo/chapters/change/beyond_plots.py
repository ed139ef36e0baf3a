"""Chapter `change`: the charts of the starts beyond the article's window."""

import altair as alt
import pandas as pd

from tracktwo.analysis.measures import ELITE, GRASSROOTS, MIXED
from tracktwo.chapters.change.beyond import ALONE, GROUPS, STRICT
from tracktwo.drawing.charts import label_places
from tracktwo.drawing.dots import FAINT
from tracktwo.drawing.figures import annotation, named
from tracktwo.drawing.theme import (
    INK,
    LEVEL_COLOURS,
    LEVEL_TEXT_COLOURS,
    PAPER,
    SOFT,
    WIDTH,
    colour_scale,
)
from tracktwo.words.numbers import percent

COLOURS = {
    STRICT: LEVEL_COLOURS[ELITE],
    ALONE: LEVEL_COLOURS[ELITE],
    MIXED: LEVEL_COLOURS[MIXED],
    GRASSROOTS: LEVEL_COLOURS[GRASSROOTS],
}
TEXT_COLOURS = COLOURS | {MIXED: LEVEL_TEXT_COLOURS[MIXED]}
LIGHT = [ALONE, MIXED]  # drawn faint, with dark words on them
LEAST_WRITTEN = 0.05  # a part smaller than this has no room for its percentage


def plot_windows(table: pd.DataFrame) -> alt.LayerChart:
    """Draw who took part in the starts of each window, as parts of a bar with their percentages.

    Parameters
    ----------
    table
        As `change_beyond.count_windows`.
    """
    order = list(dict.fromkeys(table["period"]))
    table = table[table["n"] > 0]
    middle = table.groupby("period")["share"].cumsum() - table["share"] / 2
    table = table.assign(rank=table["group"].map(GROUPS.index).astype(int), middle=middle)
    x = alt.X(
        "period:N",
        sort=order,
        title=None,
        scale=alt.Scale(domain=order, paddingInner=0.3, paddingOuter=0.1),
        axis=alt.Axis(labelAngle=0, ticks=False, domain=False, labelFontSize=13),
    )
    faint = [FAINT if group in LIGHT else 1 for group in GROUPS]
    bars = (
        alt.Chart(named("windows", table))
        .mark_bar(stroke=PAPER, strokeWidth=1)
        .encode(
            x=x,
            y=alt.Y("share:Q", stack="zero", axis=None, scale=alt.Scale(domain=[0, 1])),
            color=alt.Color("group:N", scale=colour_scale(COLOURS), legend=None),
            opacity=alt.Opacity(
                "group:N", scale=alt.Scale(type="ordinal", domain=GROUPS, range=faint), legend=None
            ),
            order="rank:Q",
        )
    )
    written = table[table["share"] >= LEAST_WRITTEN]
    written = written.assign(
        words=[percent(share).text for share in written["share"]],
        ink=written["group"].isin(LIGHT).map({True: INK, False: PAPER}),
    )
    inside = (
        alt.Chart(annotation(written[["period", "middle", "words", "ink"]]))
        .mark_text(fontWeight=600)
        .encode(x=x, y="middle:Q", text="words:N", color=alt.Color("ink:N", scale=None))
    )
    whole = table.drop_duplicates("period").assign(words=lambda t: t["n"].astype(str) + " starts")
    above = (
        alt.Chart(annotation(whole[["period", "words"]]))
        .mark_text(dy=-9, color=SOFT, fontSize=12)
        .encode(x=x, y=alt.datum(1), text="words:N")
    )
    last = table[table["period"] == order[-1]]
    names = last.assign(y=label_places(last["middle"], 0.07), ink=last["group"].map(TEXT_COLOURS))
    beside = (
        alt.Chart(annotation(names[["period", "group", "y", "ink"]]))
        .mark_text(align="left", dx=8, fontWeight=600)
        .encode(
            x=alt.X("period:N", sort=order, bandPosition=1),
            y="y:Q",
            text="group:N",
            color=alt.Color("ink:N", scale=None),
        )
    )
    return alt.layer(bars, inside, above, beside).properties(width=WIDTH - 110, height=280)
