"""Chapter `robustness`: its charts."""

from itertools import pairwise

import altair as alt
import pandas as pd

from tracktwo.chapters.robustness.results import drawn_choices, drawn_curve
from tracktwo.claims.claims import Part
from tracktwo.claims.undocumented import MOST
from tracktwo.drawing.figures import annotation, named
from tracktwo.drawing.theme import ACCENT, ACCENT_SOFT, INK, PAPER, RULE, SOFT, WIDTH, colour_scale
from tracktwo.words.claim_words import say_side

REGIONS = {
    "stands, its interval clear of the border": ACCENT,
    "as predicted, but the interval holds the border": ACCENT_SOFT,
    "undone": PAPER,
}
LABELS, ROW, GAP = 142, 14, 22
"""Pixels: width of the options' names, height of an option, and of the name of a choice."""
FORMATS = {"share": "%", "ratio": "~g", "decimal": "~g", "count": "d"}
POINTS = "datum.value == 0 ? '0' : format(100 * datum.value, '+.0f')"


def plot_curve(ordered: pd.DataFrame, part: Part, usual: dict[str, str]) -> alt.VConcatChart:
    """Draw one specification curve, the choices behind it beneath.

    Parameters
    ----------
    ordered
        `influence.part_curve`.
    usual
        The options that the edition itself takes, by choice; their names are set in bold.
    """
    shown = drawn_curve(ordered)
    return alt.vconcat(
        _estimates(shown, part), _strips(drawn_choices(ordered), len(shown), usual), spacing=6
    )


def _columns(n: int) -> alt.X:
    scale = alt.Scale(domain=[-0.5, n - 0.5], nice=False, zero=False)
    return alt.X("column:Q", title=None, axis=None, scale=scale)


def _estimates(shown: pd.DataFrame, part: Part) -> alt.LayerChart:
    ends = pd.concat([shown[["value", "low", "high"]].stack(), pd.Series([part.border])])
    scale = alt.Scale(
        type="log" if part.kind == "ratio" else "linear",
        domain=[float(ends.min()), float(ends.max())],
        nice=part.kind != "ratio",
        zero=False,
    )
    if part.kind == "points":
        axis = alt.Axis(labelExpr=POINTS, tickCount=5)
    else:
        axis = alt.Axis(format=FORMATS[part.kind], tickCount=5)
    y = alt.Y("value:Q", title=None, scale=scale, axis=axis)
    base = alt.Chart(named("curve", shown)).encode(x=_columns(len(shown)))
    band = base.transform_filter("isValid(datum.low)").transform_calculate(
        left="datum.column - 0.4", right="datum.column + 0.4"
    )
    across = _columns(len(shown))
    across.shorthand = "left:Q"
    band = band.mark_rect(color=ACCENT, opacity=0.25).encode(
        x=across, x2=alt.X2("right:Q"), y=alt.Y("low:Q", title=None), y2=alt.Y2("high:Q")
    )
    dots = base.mark_point(size=26, opacity=1, strokeWidth=1.4, stroke=ACCENT).encode(
        y=y, fill=alt.condition("datum.agrees", alt.value(ACCENT), alt.value(PAPER))
    )
    above = part.relation.startswith(">")
    border = alt.Chart(annotation(pd.DataFrame({"value": [part.border]})))
    rule = border.mark_rule(color=INK, strokeWidth=1.2).encode(y=alt.Y("value:Q"))
    names = [
        border.mark_text(align="right", dy=10 if above else -10, fontSize=11.5, **look).encode(
            x=alt.XValue(WIDTH - LABELS),
            y=alt.Y("value:Q"),
            text=alt.TextValue(f"predicted: {say_side(part)}"),
        )
        for look in ({"color": PAPER, "stroke": PAPER, "strokeWidth": 5}, {"color": INK})
    ]
    return alt.layer(rule, band, dots, *names).properties(width=WIDTH - LABELS, height=150)


def _strips(table: pd.DataFrame, n: int, usual: dict[str, str]) -> alt.LayerChart:
    """Draw for each option a strip whose height is the share of the column that takes it."""
    options = table[["choice", "option"]].drop_duplicates()
    new = ~options["choice"].duplicated()
    options["foot"] = [i * ROW + g * GAP for i, g in enumerate(new.cumsum(), start=1)]
    options["usual"] = [usual.get(c) == o for c, o in options[["choice", "option"]].to_numpy()]
    options["heading"] = options["choice"].where(new, "")
    height = int(options["foot"].max()) + 1
    scale = alt.Scale(domain=[0, height], reverse=True, nice=False)
    y = alt.Y("foot:Q", axis=None, scale=scale)
    placed = table.merge(options[["choice", "option", "foot"]])
    placed["top"] = placed["foot"] - placed["share"] * (ROW - 3)
    strips = alt.Chart(named("choices", placed)).mark_area(color=ACCENT, interpolate="step")
    strips = strips.encode(x=_columns(n), y=y, y2=alt.Y2("top:Q"), detail=alt.Detail("foot:N"))
    lines = alt.Chart(annotation(options)).encode(y=y)
    rails = lines.mark_rule(color=RULE).encode(x=alt.XValue(0), x2=alt.X2Value(WIDTH - LABELS))
    texts = [
        lines.transform_filter(f"datum.usual == {flag}")
        .mark_text(align="right", dx=-8, dy=-5, fontSize=11, fontWeight=weight, color=INK)
        .encode(x=alt.XValue(0), text=alt.Text("option:N"))
        for flag, weight in (("true", 600), ("false", "normal"))
    ]
    heads = lines.mark_text(align="left", dx=8 - LABELS, dy=-5 - ROW, fontSize=11, color=SOFT)
    heads = heads.encode(x=alt.XValue(0), text=alt.Text("heading:N"))
    return alt.layer(rails, strips, *texts, heads).properties(width=WIDTH - LABELS, height=height)


def plot_tipping(table: pd.DataFrame, before: str, after: str) -> alt.HConcatChart:
    """Draw for C1 and C2 how many undocumented initiatives would undo them.

    Parameters
    ----------
    table
        `undocumented.tipping`.
    before, after
        The years of the two periods, as they are written.
    """
    return alt.hconcat(
        *(_region(table[table["claim"] == c], c, before, after) for c in ("C1", "C2")), spacing=24
    )


def _region(table: pd.DataFrame, claim: str, before: str, after: str) -> alt.Chart:
    size = (WIDTH - 110) / 2
    scale = alt.Scale(domain=[0, MOST], nice=False, clamp=True)
    y = alt.Y(
        "elite:Q",
        title=f"undocumented elite/professional, {after}" if claim == "C1" else None,
        scale=scale,
        axis=alt.Axis(grid=False, titleY=-14, tickCount=4, labels=claim == "C1"),
    )
    table = table.assign(none=0, most=MOST)
    ends = pairwise(("none", "blurred", "undone", "most"))
    regions = pd.concat(
        table[["elite"]].assign(region=name, start=table[start], end=table[end].clip(upper=MOST))
        for name, (start, end) in zip(REGIONS, ends, strict=True)
    )
    areas = (
        alt.Chart(named(f"{claim}-tipping", regions))
        .mark_area(orient="horizontal", stroke=INK, strokeWidth=0.6)
        .encode(
            x=alt.X(
                "start:Q",
                title=f"undocumented grassroots, {before}",
                scale=scale,
                axis=alt.Axis(grid=False, tickCount=4),
            ),
            x2=alt.X2("end:Q"),
            y=y,
            color=alt.Color(
                "region:N",
                scale=colour_scale(REGIONS),
                legend=alt.Legend(orient="top", columns=1, symbolType="square", labelLimit=400),
            ),
        )
    )
    return areas.properties(width=size, height=size, title=claim)
