"""A figure once more, for narrow screens: the same spec on a smaller sheet.

Marks, colours and numbers stay; plots become narrower, what stood side by side stands one above
the other, and words that would not fit are set in lines (`narrow_words`).
"""

import json
import re

import altair as alt

from tracktwo.drawing.narrow_words import (
    SIDES,
    SMALLEST,
    leave_out,
    narrow_legend,
    raise_words,
    thin_out,
    wrap_names,
    wrap_titles,
)
from tracktwo.drawing.spec import Spec, is_plot, nodes
from tracktwo.drawing.svg import chart_to_svg
from tracktwo.drawing.theme import NARROW

LEAST_PLOT = 60
CELL = 130  # panels of a wider facet stand one above the other, others two in a row
SLACK = 8  # pixels that a figure may stay below its width, so that it is not drawn again


def narrow(spec: Spec, plot: float | None = None) -> Spec:
    """Return a Vega-Lite `spec` for a narrow screen; `spec` stays as it is.

    A spec may bring its own narrow version, complete, as ``usermeta.narrow``: for charts whose
    labels were placed for one width.

    Parameters
    ----------
    spec
        A whole spec, its data inside.
    plot
        Width of the widest plot. What a chart needs beside its plots is known for sure only
        when it is drawn, so that it may be narrowed again with another.
    """
    if own := _own(spec):
        return own
    made = json.loads(json.dumps(spec))
    _stack(made)
    gutter = wrap_names(made)
    plot = plot or max(NARROW - SIDES - gutter, CELL)
    _shrink(made, plot / widest_plot(made))
    for node in nodes(made):
        _enlarge(node)
        wrap_titles(node, plot)
        narrow_legend(made, node, NARROW - max(gutter, SIDES))
        if is_plot(node):
            thin_out(made, node)
            leave_out(node)
            raise_words(node)
    return made


def with_narrow(chart: alt.TopLevelMixin, own: alt.TopLevelMixin) -> alt.TopLevelMixin:
    """Return `chart` with `own` as its narrow version: for one whose words are set in pixels."""
    made = chart.copy()
    made.usermeta = {"narrow": own.to_dict(validate=False)}
    return made


def draw_narrow(spec: Spec) -> str:
    """Return the narrow version of `spec` as SVG text, as wide as `NARROW` if its words allow."""
    return fit_narrow(spec)[1]


def fit_narrow(spec: Spec) -> tuple[Spec, str]:
    """Return the narrow version of `spec` that fills `NARROW` best, and its drawing.

    The width of what stands beside the plots shows in a drawing, so that a first one tells how
    wide the plots may be; a third is made where that is still too much or too little.
    """
    drawn: list[tuple[float, float, tuple[Spec, str]]] = []
    plot = None
    while len(drawn) < (1 if _own(spec) else 3):
        made = narrow(spec, plot)
        svg = chart_to_svg(made)
        drawn.append((widest_plot(made), svg_width(svg), (made, svg)))
        if NARROW - SLACK <= drawn[-1][1] <= NARROW:
            break
        plot = max(round(_better(drawn)), LEAST_PLOT)
    fitting = [found for found in drawn if found[1] <= NARROW]
    whole = max if fitting else min
    return whole(fitting or drawn, key=lambda found: found[1])[2]


def _better(drawn: list[tuple[float, float, tuple[Spec, str]]]) -> float:
    """Return the width of plots with which the whole fits, judging from the last two drawings."""
    (plot, whole, _), slope = drawn[-1], 1.0
    if len(drawn) > 1 and plot != drawn[-2][0]:
        slope = (whole - drawn[-2][1]) / (plot - drawn[-2][0])
    return plot + (NARROW - whole) / max(slope, 0.5)


def svg_width(svg: str) -> float:
    """Return the width of an SVG in CSS pixels."""
    return float(re.search(r'<svg[^>]* width="([\d.]+)"', svg)[1])


def _own(spec: Spec) -> Spec | None:
    return spec.get("usermeta", {}).get("narrow")


def widest_plot(spec: Spec) -> float:
    """Return the width of the widest plot in `spec`."""
    widths = [node["width"] for node in nodes(spec) if is_plot(node)]
    return max(widths, default=NARROW)


def _stack(spec: Spec) -> None:
    """Set side by side plots one above the other, each with the names of its rows."""
    for node in list(nodes(spec)):
        if "hconcat" in node:
            node["vconcat"] = node.pop("hconcat")
            for axis in [n["axis"] for n in nodes(node["vconcat"]) if n.get("axis")]:
                if axis.get("labels") is False:
                    axis["labels"] = True
        if "column" in node.get("facet", {}) and "spec" in node:
            wide = node["spec"].get("width", 0) > CELL
            node["facet"] = node["facet"]["column"]
            node["columns"] = 1 if wide else 2


def _shrink(spec: Spec, factor: float) -> None:
    """Make every plot narrower by `factor`, and what is measured in its width."""
    for node in nodes(spec):
        if is_plot(node):
            node["width"] = round(node["width"] * factor, 2)
        for name in ("x", "x2"):
            channel = node.get(name)
            if isinstance(channel, dict) and isinstance(channel.get("value"), int | float):
                channel["value"] = round(channel["value"] * factor, 2)
        sizes = (node.get("size") or {}) if isinstance(node.get("size"), dict) else {}
        if isinstance(ends := (sizes.get("scale") or {}).get("range"), list):
            sizes["scale"]["range"] = [round(area * factor, 2) for area in ends]
        for name in ("limit", "labelOffset"):
            if isinstance(node.get(name), int | float):
                node[name] = round(node[name] * factor, 2)


def _enlarge(node: dict) -> None:
    """Make small words larger, and as much farther from their place as they grow."""
    for name in ("fontSize", "labelFontSize", "titleFontSize"):
        if isinstance(node.get(name), int | float) and node[name] < SMALLEST:
            if isinstance(node.get("dx"), int | float):
                node["dx"] = round(node["dx"] * SMALLEST / node[name], 2)
            node[name] = SMALLEST
