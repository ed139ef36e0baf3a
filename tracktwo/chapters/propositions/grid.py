"""Chapter `propositions`: its main figure, a dot for each speaker with a proposition."""

import altair as alt
import pandas as pd

from tracktwo.chapters.propositions.border import GROUPS, standings
from tracktwo.chapters.propositions.plots import ROOM
from tracktwo.chapters.propositions.results import SIDES, UNCODED, Heard
from tracktwo.drawing.figures import annotation, named
from tracktwo.drawing.theme import PAPER, SIDE_COLOURS, SOFT, colour_scale
from tracktwo.ground.wording import first_up

SHAPES = ["circle", "square", "diamond", "triangle-up"]
NOBODY = "nobody"


def grouped_order(heard: Heard) -> list[str]:
    """Return the labels of the propositions under the name of their group, the firmest first."""
    order = []
    for group, rows in standings(heard).groupby("group", sort=False):
        order += [group, *(heard.labels[key] for key in rows.index)]
    return order


def place_voicings(heard: Heard) -> tuple[pd.DataFrame, dict[str, int], int]:
    """Return where each dot of the grid stands.

    Returns
    -------
    voicings : pd.DataFrame
        Columns ``proposition``, ``side``, ``support`` (labels), ``slot`` (place in the row).
    starts : dict
        The first slot of each side.
    slots : int
        How many slots a row has.
    """
    starts, end = {}, 0
    for side in SIDES:
        starts[side] = end
        end += max(int(heard.counts[side].max()), 4) + 1
    rank = {name: i for i, name in enumerate([*reversed(heard.supports), UNCODED])}
    rows = heard.voicings.assign(rank=heard.voicings["support"].map(rank))
    rows = rows.sort_values(["proposition", "side", "rank", "voice"])
    within = rows.groupby(["proposition", "side"]).cumcount()
    table = pd.DataFrame(
        {
            "proposition": rows["proposition"].map(heard.labels),
            "side": rows["side"].map(SIDES),
            "support": rows["support"].map(heard.supports).fillna(UNCODED),
            "slot": rows["side"].map(starts).astype(int) + within,
        }
    )
    return table, starts, end


def plot_grid(heard: Heard) -> alt.LayerChart:
    """Draw a dot for each speaker with a proposition, by side, marked by support."""
    table, starts, slots = place_voicings(heard)
    order = grouped_order(heard)
    x = alt.X("slot:Q", scale=alt.Scale(domain=[-0.6, slots], nice=False), axis=None)
    y = alt.Y(
        "proposition:N",
        sort=order,
        scale=alt.Scale(domain=order),
        title=None,
        axis=_rows_axis(),
    )
    colours = {SIDES[side]: colour for side, colour in SIDE_COLOURS.items()}
    shape, opacity, kinds = _support_marks(heard, table)
    dots = (
        alt.Chart(named("voicings", table))
        .mark_point(strokeWidth=1.8, size=min(120, (0.75 * ROOM / slots) ** 2), opacity=1)
        .encode(
            x=x,
            y=y,
            stroke=alt.Stroke("side:N", scale=colour_scale(colours), legend=None),
            fill=alt.Fill("side:N", scale=colour_scale(colours), legend=None),
            shape=shape,
            fillOpacity=opacity,
        )
    )
    key = pd.DataFrame({"support": kinds, "slot": [i * slots / 3.6 for i in range(len(kinds))]})
    keys = alt.Chart(annotation(key)).encode(x=x, y=alt.value(-36))
    marks = keys.mark_point(strokeWidth=1.8, size=110, opacity=1, stroke=SOFT, fill=SOFT).encode(
        shape=shape, fillOpacity=opacity
    )
    words = keys.mark_text(align="left", dx=12).encode(text="support:N")
    heads = _side_heads(starts, colours, x)
    layers = [dots, marks, words, heads, *_nobody(table, order, x, y)]
    return alt.layer(*layers).properties(width=ROOM, height=alt.Step(25))


def _rows_axis() -> alt.Axis:
    """Return the axis of the rows: names of groups stand out, and have no line."""
    group = f"indexof({GROUPS}, datum.value) >= 0"
    return alt.Axis(
        grid=True,
        domain=False,
        ticks=False,
        labelFontWeight=alt.condition(group, alt.value("bold"), alt.value("normal")),
        gridOpacity=alt.condition(group, alt.value(0), alt.value(1)),
    )


def _support_marks(
    heard: Heard, table: pd.DataFrame
) -> tuple[alt.Shape, alt.FillOpacity, list[str]]:
    """Return how kinds of support are drawn: each with a shape, the stronger the fuller."""
    kinds = [*([UNCODED] if UNCODED in set(table["support"]) else []), *heard.supports.values()]
    shapes = alt.Scale(domain=kinds, range=[SHAPES[i % len(SHAPES)] for i in range(len(kinds))])
    filled = alt.Scale(domain=kinds, range=[0, 1])
    return (
        alt.Shape("support:N", scale=shapes, legend=None),
        alt.FillOpacity("support:N", scale=filled, legend=None),
        kinds,
    )


def _side_heads(starts: dict[str, int], colours: dict[str, str], x: alt.X) -> alt.Chart:
    """Return the names of the sides above their columns."""
    heads = pd.DataFrame({"slot": starts, "side": SIDES})
    heads["name"] = heads["side"].map(first_up)
    in_words = colour_scale(colours | {SIDES["third_party"]: SOFT})
    return (
        alt.Chart(annotation(heads))
        .mark_text(align="left", dx=-6, fontWeight=600)
        .encode(
            x=x,
            y=alt.value(-8),
            text="name:N",
            color=alt.Color("side:N", scale=in_words, legend=None),
        )
    )


def _nobody(table: pd.DataFrame, order: list[str], x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Return the word for the propositions that nobody voices, on a plain ground."""
    silent = [x for x in order if x not in {*table["proposition"], *GROUPS}]
    if not silent:
        return []
    base = alt.Chart(annotation(pd.DataFrame({"proposition": silent, "slot": 0})))
    place = {"x": x, "y": y, "text": alt.value(NOBODY)}
    ground = base.mark_text(align="left", dx=-6, stroke=PAPER, strokeWidth=6).encode(**place)
    return [ground, base.mark_text(align="left", dx=-6, color=SOFT).encode(**place)]
