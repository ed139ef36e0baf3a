"""A figure once more, for narrow screens: the same spec on a smaller sheet.

Marks, colours and numbers stay; plots become narrower, what stood side by side stands one above
the other, and words that would not fit are set in lines.
"""

import json
import re
from collections.abc import Iterator

from tracktwo.drawing.labels import text_width
from tracktwo.drawing.svg import chart_to_svg

ROOM = 340
"""Width of a whole narrow figure in CSS pixels: about the column of a small phone."""
SMALLEST, LINE = 12, 14  # of text, and from line to line
GUTTERS = (80, 95, 110, 125, 140)  # for the names of rows; the first that holds them is taken
SIDES = 30  # what axes of numbers and the edge of the sheet need
LEAST_PLOT = 60
CELL = 130  # panels of a wider facet stand one above the other, others two in a row
SYMBOL = 32  # what an entry of a legend needs beside its word

Spec = dict


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
    gutter = _wrap_names(made)
    plot = plot or max(ROOM - SIDES - gutter, CELL)
    _shrink(made, plot / widest_plot(made))
    for node in _nodes(made):
        _enlarge(node)
        _wrap_titles(node, plot)
        _narrow_legend(node, ROOM - max(gutter, SIDES))
        if _is_plot(node):
            _thin_out(made, node)
    return made


def draw_narrow(spec: Spec) -> str:
    """Return the narrow version of `spec` as SVG text, as wide as `ROOM` where its words allow."""
    return fit_narrow(spec)[1]


def fit_narrow(spec: Spec) -> tuple[Spec, str]:
    """Return the narrow version of `spec` that fills `ROOM` best, and its drawing.

    The width of what stands beside the plots shows in a drawing, so that a first one tells how
    wide the plots may be; a third is made where that is still too much or too little.
    """
    drawn: list[tuple[float, float, tuple[Spec, str]]] = []
    plot = None
    while len(drawn) < (1 if _own(spec) else 3):
        made = narrow(spec, plot)
        svg = chart_to_svg(made)
        drawn.append((widest_plot(made), svg_width(svg), (made, svg)))
        if ROOM - 5 <= drawn[-1][1] <= ROOM:
            break
        plot = max(round(_better(drawn)), LEAST_PLOT)
    fitting = [found for found in drawn if found[1] <= ROOM]
    whole = max if fitting else min
    return whole(fitting or drawn, key=lambda found: found[1])[2]


def _better(drawn: list[tuple[float, float, tuple[Spec, str]]]) -> float:
    """Return the width of plots with which the whole fits, judging from the last two drawings."""
    (plot, whole, _), slope = drawn[-1], 1.0
    if len(drawn) > 1 and plot != drawn[-2][0]:
        slope = (whole - drawn[-2][1]) / (plot - drawn[-2][0])
    return plot + (ROOM - whole) / max(slope, 0.5)


def svg_width(svg: str) -> float:
    """Return the width of an SVG in CSS pixels."""
    return float(re.search(r'<svg[^>]* width="([\d.]+)"', svg)[1])


def _own(spec: Spec) -> Spec | None:
    return spec.get("usermeta", {}).get("narrow")


def widest_plot(spec: Spec) -> float:
    """Return the width of the widest plot in `spec`."""
    widths = [node["width"] for node in _nodes(spec) if _is_plot(node)]
    return max(widths, default=ROOM)


def _nodes(spec: object) -> Iterator[dict]:
    """Return every object of a spec but its data."""
    if isinstance(spec, dict):
        yield spec
        for key, value in spec.items():
            if key not in ("data", "datasets", "usermeta"):
                yield from _nodes(value)
    elif isinstance(spec, list):
        for value in spec:
            yield from _nodes(value)


def _is_plot(node: dict) -> bool:
    return isinstance(node.get("width"), int | float) and ("layer" in node or "mark" in node)


def _stack(spec: Spec) -> None:
    """Set side by side plots one above the other, each with the names of its rows."""
    for node in list(_nodes(spec)):
        if "hconcat" in node:
            node["vconcat"] = node.pop("hconcat")
            for axis in [n["axis"] for n in _nodes(node["vconcat"]) if n.get("axis")]:
                if axis.get("labels") is False:
                    axis["labels"] = True
        if "column" in node.get("facet", {}) and "spec" in node:
            wide = node["spec"].get("width", 0) > CELL
            node["facet"] = node["facet"]["column"]
            node["columns"] = 1 if wide else 2


def _wrap_names(spec: Spec) -> float:
    """Set the names of rows in lines; return the room they take."""
    places = [n for n in _nodes(spec) if _names_rows(n)]
    names = sorted({name for node in places for name in _values(spec, node["y"])})
    size = max([SMALLEST, *(_axis(n["y"]).get("labelFontSize", 0) for n in places)])
    for gutter in GUTTERS:
        lines = {name: _lines(name, gutter, size) for name in names}
        most = max(map(len, lines.values()), default=1)
        if most <= 2 and all(_width(text, size) <= gutter for text in lines.values()):
            break
    for axis in [_axis(node["y"]) for node in places]:
        axis["labelLimit"] = gutter + 20
        if "minExtent" in axis:
            axis["minExtent"] = gutter
        if _set_lines(axis, lines):
            axis["labelOffset"] = _middle(lines)
    for node in [n for n in _nodes(spec) if _is_plot(n)]:
        _heighten(spec, node, lines)
    return gutter if names else 0


def _set_lines(axis: dict, lines: dict[str, list[str]]) -> bool:
    """Let an axis write each name in its lines; return whether any has several."""
    several = {name: text for name, text in lines.items() if len(text) > 1}
    if not several or "labelExpr" in axis:
        return False
    axis["labelExpr"] = f"{json.dumps(several, ensure_ascii=False)}[datum.label] || datum.label"
    axis["labelLineHeight"] = LINE
    return True


def _middle(lines: dict[str, list[str]]) -> dict:
    """Return by how much to raise each name, so that its lines stand around its row."""
    counts = sorted({len(text) for text in lines.values()} - {1})
    return {
        "condition": [
            {
                "test": f"indexof({_named(lines, count)}, datum.label) >= 0",
                "value": -(count - 1) * LINE / 2,
            }
            for count in counts
        ],
        "value": 0,
    }


def _named(lines: dict[str, list[str]], count: int) -> str:
    names = [name for name, text in lines.items() if len(text) == count]
    return json.dumps(names, ensure_ascii=False)


def _names_rows(node: dict) -> bool:
    y = node.get("y")
    return (
        isinstance(y, dict)
        and y.get("type") in ("nominal", "ordinal")
        and "field" in y
        and y.get("axis", {}) is not None
        and y.get("axis", {}).get("labels") is not False
    )


def _axis(channel: dict) -> dict:
    return channel.setdefault("axis", {})


def _values(spec: Spec, channel: dict) -> list[str]:
    """Return the names a row can have: its scale's, or those in the data."""
    scale = channel.get("scale") or {}
    if isinstance(scale.get("domain"), list):
        return [str(value) for value in scale["domain"]]
    return [str(row[channel["field"]]) for row in _rows(spec) if channel["field"] in row]


def _rows(spec: object) -> Iterator[dict]:
    if isinstance(spec, dict):
        if isinstance(spec.get("values"), list):
            yield from (row for row in spec["values"] if isinstance(row, dict))
        for value in spec.get("datasets", {}).values():
            yield from value
        for key, value in spec.items():
            if key not in ("values", "datasets", "usermeta"):
                yield from _rows(value)
    elif isinstance(spec, list):
        for value in spec:
            yield from _rows(value)


def _lines(text: str, room: float, size: float, weight: str = "Regular") -> list[str]:
    """Return `text` in lines no wider than `room`: broken between words, a long word at a dash."""

    def wide(words: str) -> bool:
        return text_width(words.rstrip(), size, weight) > room

    lines = [""]
    for word in re.findall(r"\S+\s*", text):
        for piece in re.findall(r"[^–/]+[–/]?\s*", word) if wide(word) else [word]:
            if lines[-1] and wide(lines[-1] + piece):
                lines.append("")
            lines[-1] += piece
    return [line.rstrip() for line in lines]


def _width(lines: list[str], size: float, weight: str = "Regular") -> float:
    return max((text_width(line, size, weight) for line in lines), default=0)


def _heighten(spec: Spec, plot: dict, lines: dict[str, list[str]]) -> None:
    """Give each row of a plot the height that its name needs."""
    channels = [node["y"] for node in _nodes(plot) if _names_rows(node)]
    if not channels:
        return
    names = {name for channel in channels for name in _values(spec, channel)}
    row = max(len(lines[name]) for name in names) * LINE + 5
    height = plot.get("height")
    if isinstance(height, dict):
        height["step"] = max(height["step"], row)
    elif height and row * len(names) > height:
        plot["height"] = row * len(names)
        for channel in [node["y"] for node in _nodes(plot) if isinstance(node.get("y"), dict)]:
            if isinstance(channel.get("value"), int | float) and channel["value"] >= height:
                channel["value"] += plot["height"] - height


def _shrink(spec: Spec, factor: float) -> None:
    """Make every plot narrower by `factor`, and what is measured in its width."""
    for node in _nodes(spec):
        if _is_plot(node):
            node["width"] = round(node["width"] * factor, 2)
        for name in ("x", "x2"):
            channel = node.get(name)
            if isinstance(channel, dict) and isinstance(channel.get("value"), int | float):
                channel["value"] = round(channel["value"] * factor, 2)
        for name in ("limit", "labelOffset"):
            if isinstance(node.get(name), int | float):
                node[name] = round(node[name] * factor, 2)


def _enlarge(node: dict) -> None:
    for name in ("fontSize", "labelFontSize", "titleFontSize"):
        if isinstance(node.get(name), int | float):
            node[name] = max(node[name], SMALLEST)


def _wrap_titles(node: dict, plot: float) -> None:
    """Set the titles of plots and of axes in lines that fit."""
    if _is_plot(node) or "vconcat" in node:
        title = node.get("title")
        if isinstance(title, str) and title:
            title = node["title"] = {"text": title}
        if isinstance(title, dict) and isinstance(title.get("text"), str):
            title["text"] = _lines(title["text"], ROOM - 10, 13, "SemiBold")
            title["frame"] = "bounds"
    if isinstance(node.get("x"), dict) and isinstance(node["x"].get("title"), str):
        node["x"]["title"] = _lines(node["x"]["title"], plot + SIDES, SMALLEST)


def _thin_out(spec: Spec, plot: dict) -> None:
    """Let the names below a plot have lines or stand aslant, and its numbers be fewer."""
    channels = [n["x"] for n in _nodes(plot) if isinstance(n.get("x"), dict) and "field" in n["x"]]
    for channel in channels:
        if channel.get("axis", {}) is None:
            continue
        axis = _axis(channel)
        if channel.get("type") == "quantitative":
            if "values" not in axis:
                axis["tickCount"] = min(axis.get("tickCount", 9), max(2, int(plot["width"] // 60)))
        elif "labelExpr" not in axis:
            names = dict.fromkeys(_values(spec, channel))
            room = plot["width"] / max(len(names), 1) - 4
            lines = {name: _lines(name, room, SMALLEST) for name in names}
            _set_lines(axis, lines)
            if any(_width(text, SMALLEST) > room + 4 for text in lines.values()):
                axis["labelAngle"] = -40
        else:
            axis["labelOverlap"], axis["labelSeparation"] = "greedy", 3


def _narrow_legend(node: dict, room: float) -> None:
    """Give a legend above the chart as many columns as fit."""
    legend = node.get("legend")
    if not isinstance(legend, dict) or legend.get("orient") != "top":
        return
    domain = (node.get("scale") or {}).get("domain")
    names = [str(name) for name in legend.get("values") or domain or []]
    for columns in range(len(names), 0, -1):
        across = [_width(names[i::columns], SMALLEST) + SYMBOL for i in range(columns)]
        if sum(across) <= room:
            break
    legend["columns"] = columns if names else 1
    legend["labelLimit"] = room - SYMBOL
