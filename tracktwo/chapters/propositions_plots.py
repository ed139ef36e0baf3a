"""Chapter `propositions`: its charts."""

import altair as alt
import pandas as pd

from tracktwo.chapters.propositions import SIDES, SPREADS, UNCODED, Heard
from tracktwo.chapters.propositions_tests import BOUNDS, OUTCOMES
from tracktwo.figures import annotation, named
from tracktwo.theme import ACCENT, INK, PAPER, RULE, SIDE_COLOURS, SOFT, WIDTH, colour_scale

ROOM = WIDTH - 170  # width of a plot beside the names of the propositions
SHAPES = ["circle", "square", "diamond", "triangle-up"]
NOBODY = "nobody"


def voiced_order(heard: Heard) -> list[str]:
    """Return the labels of the propositions, the most voiced first."""
    total = heard.counts.sum(axis=1).sort_values(ascending=False, kind="stable")
    return [heard.labels[key] for key in total.index]


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
        end += max(int(heard.counts[side].max()), 3) + 1
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
    order = voiced_order(heard)
    kinds = [*heard.supports.values(), UNCODED]
    kinds = [kind for kind in kinds if kind != UNCODED or kind in set(table["support"])]
    x = alt.X("slot:Q", scale=alt.Scale(domain=[-0.6, slots], nice=False), axis=None)
    y = alt.Y(
        "proposition:N",
        sort=order,
        scale=alt.Scale(domain=order),
        title=None,
        axis=alt.Axis(grid=True, domain=False, ticks=False),
    )
    colours = {SIDES[side]: colour for side, colour in SIDE_COLOURS.items()}
    key = alt.Legend(
        orient="top", symbolFillColor=SOFT, symbolStrokeColor=SOFT, symbolSize=110, offset=26
    )
    filled = [0.0, *[1.0] * (len(kinds) - 1)]
    dots = (
        alt.Chart(named("voicings", table))
        .mark_point(strokeWidth=1.8, size=min(120, (0.75 * ROOM / slots) ** 2), opacity=1)
        .encode(
            x=x,
            y=y,
            stroke=alt.Stroke("side:N", scale=colour_scale(colours), legend=None),
            fill=alt.Fill("side:N", scale=colour_scale(colours), legend=None),
            shape=alt.Shape(
                "support:N", scale=alt.Scale(domain=kinds, range=SHAPES[: len(kinds)]), legend=key
            ),
            fillOpacity=alt.FillOpacity(
                "support:N", scale=alt.Scale(domain=kinds, range=filled), legend=key
            ),
        )
    )
    heads = pd.DataFrame({"slot": starts, "side": SIDES}).assign(proposition=order[0])
    words = (
        alt.Chart(annotation(heads))
        .mark_text(align="left", dx=-6, fontWeight=600)
        .encode(
            x=x,
            y=alt.value(-8),
            text="side:N",
            color=alt.Color(
                "side:N",
                scale=colour_scale(colours | {SIDES["third_party"]: SOFT}),
                legend=None,
            ),
        )
    )
    layers = [dots, words]
    silent = [label for label in order if label not in set(table["proposition"])]
    if silent:
        base = alt.Chart(annotation(pd.DataFrame({"proposition": silent, "slot": 0})))
        layers.append(
            base.mark_text(align="left", dx=-6, color=SOFT).encode(
                x=x, y=y, text=alt.value(NOBODY)
            )
        )
    chart = alt.layer(*layers).resolve_scale(color="independent")
    return chart.properties(width=ROOM, height=alt.Step(25))


def plot_reach(curve: pd.DataFrame, now: int, side: str) -> alt.LayerChart:
    """Draw how many voicings the side heard less would need, under three ways they may fall."""
    table = curve.assign(spread=curve["spread"].map(SPREADS))
    most = int(table["voicings"].max())
    x = alt.X("voicings:Q", title=f"{side} voicings", scale=alt.Scale(domain=[0, most], nice=False))
    y = alt.Y(
        "share:Q",
        title=None,
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%", tickCount=5),
    )
    dash = alt.StrokeDash(
        "spread:N",
        scale=alt.Scale(domain=list(SPREADS.values()), range=[[1, 0], [6, 3], [2, 2]]),
        legend=None,
    )
    lines = (
        alt.Chart(named("reach", table)).mark_line(color=INK).encode(x=x, y=y, strokeDash=dash)
    )
    last = table[table["voicings"] == most * 2 // 5]
    words = (
        alt.Chart(annotation(last))
        .mark_text(align="left", dx=8, dy=12)
        .encode(x=x, y=y, text="spread:N")
    )
    half = alt.Chart(annotation(pd.DataFrame({"share": [0.5]})))
    border = half.mark_rule(strokeDash=[4, 3], color=SOFT).encode(y=y)
    today = alt.Chart(annotation(pd.DataFrame({"voicings": [now], "share": [1.0]})))
    mark = today.mark_rule(color=ACCENT, strokeWidth=2).encode(x=x)
    said = today.mark_text(align="left", dx=6, dy=6, color=ACCENT, fontWeight=600).encode(
        x=x, y=y, text=alt.value(f"now: {now}")
    )
    return alt.layer(border, lines, mark, words, said).properties(width=WIDTH - 60, height=260)


def plot_support(table: pd.DataFrame) -> alt.LayerChart:
    """Draw the share of statements with each kind of support, with its interval."""
    order = table["support"].tolist()
    table = table.assign(words=[f"{r.statements} of {r.n}" for r in table.itertuples()])
    base = alt.Chart(named("support", table))
    y = alt.Y("support:N", sort=order, title=None, axis=alt.Axis(domain=False, ticks=False))
    x = alt.X(
        "share:Q",
        title="share of the statements that voice a proposition",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%", tickCount=5),
    )
    rules = base.mark_rule(color=INK, strokeWidth=2).encode(x="low:Q", x2="high:Q", y=y)
    dots = base.mark_point(filled=True, size=110, opacity=1, color=INK).encode(x=x, y=y)
    words = base.mark_text(dy=-13, fontSize=11.5, color=SOFT).encode(x=x, y=y, text="words:N")
    half = alt.Chart(annotation(pd.DataFrame({"share": [0.5]})))
    border = half.mark_rule(strokeDash=[4, 3], color=SOFT).encode(x=x)
    return alt.layer(border, rules, dots, words).properties(width=WIDTH - 130, height=alt.Step(46))


def plot_tests(found: pd.DataFrame) -> alt.LayerChart:
    """Draw the difference that each testable condition goes with, as both bounds have it."""
    table = found[found["outcome"].isin(BOUNDS)]
    table = table.assign(outcome=table["outcome"].map(OUTCOMES))
    order, names = list(dict.fromkeys(table["label"])), [OUTCOMES[bound] for bound in BOUNDS]
    base = alt.Chart(named("differences", table.drop(columns="proposition")))
    y = alt.Y(
        "label:N",
        sort=order,
        title=None,
        axis=alt.Axis(domain=False, ticks=False, grid=True, gridColor=RULE),
    )
    place = alt.YOffset("outcome:N", sort=names)
    x = alt.X(
        "share:Q",
        title="difference in the share, in percentage points",
        axis=alt.Axis(tickCount=6, labelExpr="format(datum.value * 100, '+d')"),
    )
    key = alt.Legend(orient="top", symbolStrokeColor=INK, symbolSize=90, labelLimit=300)
    shape = alt.Shape(
        "outcome:N", scale=alt.Scale(domain=names, range=["circle", "diamond"]), legend=key
    )
    fill = alt.Fill("outcome:N", scale=alt.Scale(domain=names, range=[INK, PAPER]), legend=key)
    rules = base.mark_rule(color=INK, strokeWidth=1.6).encode(
        x=alt.X("low:Q"), x2="high:Q", y=y, yOffset=place
    )
    dots = base.mark_point(size=80, opacity=1, stroke=INK, strokeWidth=1.6).encode(
        x=x, y=y, yOffset=place, shape=shape, fill=fill
    )
    zero = alt.Chart(annotation(pd.DataFrame({"share": [0]})))
    border = zero.mark_rule(strokeDash=[4, 3], color=SOFT).encode(x=x)
    return alt.layer(border, rules, dots).properties(width=ROOM, height=alt.Step(17))
