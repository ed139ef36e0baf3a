"""The words of a narrow figure: names, titles, legends and numbers that fit its sheet."""

import json
import re

from tracktwo.drawing.labels import text_width
from tracktwo.drawing.spec import Spec, axis_of, is_plot, names_rows, nodes, values_of
from tracktwo.drawing.theme import NARROW

SMALLEST, LINE = 12, 14  # of text, and from line to line
GUTTERS = (80, 95, 110, 125, 140)  # for the names of rows; the first that holds them is taken
SIDES = 30  # what axes of numbers and the edge of the sheet need
SYMBOL = 32  # what an entry of a legend needs beside its word
TICK = 60  # pixels for a number below an axis
GAP = 6  # between words in a row


def wrap_names(spec: Spec) -> float:
    """Set the names of rows in lines; return the room they take."""
    places = [n for n in nodes(spec) if names_rows(n)]
    names = sorted({name for node in places for name in values_of(spec, node["y"])})
    size = max([SMALLEST, *(axis_of(n["y"]).get("labelFontSize", 0) for n in places)])
    for gutter in GUTTERS:
        lines = {name: _lines(name, gutter, size) for name in names}
        most = max(map(len, lines.values()), default=1)
        if most <= 2 and all(_width(text, size) <= gutter for text in lines.values()):
            break
    for axis in [axis_of(node["y"]) for node in places]:
        axis["labelLimit"] = gutter + 20
        if "minExtent" in axis:
            axis["minExtent"] = gutter
        if axis.get("labelAlign") == "left":
            axis["labelPadding"] = gutter + GAP
        if _set_lines(axis, lines):
            axis["labelOffset"] = _middle(lines)
    for node in [n for n in nodes(spec) if is_plot(n)]:
        _heighten(spec, node, lines)
    return gutter if names else 0


def _set_lines(axis: dict, lines: dict[str, list[str]]) -> bool:
    """Let an axis write each name in its lines; return whether any has several."""
    several = {name: text for name, text in lines.items() if len(text) > 1}
    if not several or "labelExpr" in axis:
        return False
    place = f"indexof({json.dumps(list(several))}, datum.label)"
    lines = json.dumps(list(several.values()))
    axis["labelExpr"] = f"{place} >= 0 ? {lines}[{place}] : datum.label"
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
    return json.dumps(names)


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
    channels = [node["y"] for node in nodes(plot) if names_rows(node)]
    names = {name for channel in channels for name in values_of(spec, channel)}
    if not names:
        return
    row = max(len(lines[name]) for name in names) * LINE + 5
    height = plot.get("height")
    if isinstance(height, dict):
        height["step"] = max(height["step"], row / _offsets(spec, plot))
    elif height and row * len(names) > height:
        plot["height"] = row * len(names)
        for channel in [node["y"] for node in nodes(plot) if isinstance(node.get("y"), dict)]:
            if isinstance(channel.get("value"), int | float) and channel["value"] >= height:
                channel["value"] += plot["height"] - height


def _offsets(spec: Spec, plot: dict) -> int:
    """Return how many marks stand below one another in each row of a plot."""
    for node in nodes(plot):
        if isinstance(node.get("yOffset"), dict) and "field" in node["yOffset"]:
            return len(set(values_of(spec, node["yOffset"]))) or 1
    return 1


def wrap_titles(node: dict, plot: float) -> None:
    """Set the titles of plots and of axes in lines that fit."""
    if is_plot(node) or "vconcat" in node:
        title = node.get("title")
        if isinstance(title, str) and title:
            title = node["title"] = {"text": title}
        if isinstance(title, dict) and isinstance(title.get("text"), str):
            title["text"] = _lines(title["text"], NARROW - 10, 13, "SemiBold")
            title["frame"] = "bounds"
    if isinstance(node.get("x"), dict) and isinstance(node["x"].get("title"), str):
        node["x"]["title"] = _lines(node["x"]["title"], plot + SIDES, SMALLEST)


def thin_out(spec: Spec, plot: dict) -> None:
    """Let the names below a plot have lines or stand aslant, and its numbers be fewer."""
    channels = [n["x"] for n in nodes(plot) if isinstance(n.get("x"), dict) and "field" in n["x"]]
    for channel in channels:
        axis = channel.get("axis", {})
        if axis is None:
            continue
        if channel.get("type") == "quantitative":
            if "tickCount" in axis:
                axis["tickCount"] = min(axis["tickCount"], max(2, int(plot["width"] // TICK)))
        elif "labelExpr" not in axis:
            names = dict.fromkeys(values_of(spec, channel))
            room = plot["width"] / max(len(names), 1) - 4
            lines = {name: _lines(name, room, SMALLEST) for name in names}
            _set_lines(axis_of(channel), lines)
            if any(_width(text, SMALLEST) > room + 4 for text in lines.values()):
                axis_of(channel)["labelAngle"] = -40
        elif not axis.get("labelAngle"):
            axis["labelOverlap"], axis["labelSeparation"] = "greedy", 3


def leave_out(plot: dict) -> None:
    """Leave out words for which their ``room``, a part of the plot's width, is too small.

    A percentage that its bar or its column is too narrow for loses its sign.
    """
    for layer in plot.get("layer", []):
        rows, encoding = (layer.get("data") or {}).get("values"), layer.get("encoding", {})
        word = encoding.get("text", {}).get("field")
        if not isinstance(rows, list) or not rows or word not in rows[0]:
            continue
        if "room" in rows[0]:
            rows = [_fitted(row, word, row["room"] * plot["width"] - 2) for row in rows]
            rows = [row for row in rows if row]
        columns = (encoding.get("x", {}).get("scale") or {}).get("domain")
        if encoding.get("x", {}).get("type") == "nominal" and columns:
            step = plot["width"] / len(columns)
            if any(text_width(str(row[word]), SMALLEST) > step for row in rows):
                rows = [row | {word: str(row[word]).removesuffix("%")} for row in rows]
        layer["data"]["values"] = rows


def _fitted(row: dict, word: str, room: float) -> dict:
    """Return `row` with its word, without its percent sign, or nothing: the first that fits."""
    whole = str(row[word])
    fitting = (t for t in (whole, whole.removesuffix("%")) if _width([t], 13, "SemiBold") <= room)
    text = next(fitting, "")
    return row | {word: text} if text else {}


def raise_words(plot: dict) -> None:
    """Raise every other word of a row of words in which two would meet."""
    for layer in list(plot.get("layer", [])):
        rows, encoding = (layer.get("data") or {}).get("values"), layer.get("encoding", {})
        x, word = encoding.get("x") or {}, encoding.get("text", {}).get("field")
        domain = (x.get("scale") or {}).get("domain")
        in_a_row = "value" in (encoding.get("y") or {}) and x.get("type") == "quantitative"
        if not (in_a_row and word and isinstance(rows, list) and isinstance(domain, list)):
            continue
        rows = sorted(rows, key=lambda row: row[x["field"]])
        step = plot["width"] / (domain[-1] - domain[0])
        starts = [row[x["field"]] * step for row in rows]
        widths = [text_width(str(row[word]), 13, "SemiBold") for row in rows]
        if any(a + w + GAP > b for a, w, b in zip(starts, widths, starts[1:], strict=False)):
            mark = layer["mark"] | {"dy": layer["mark"].get("dy", 0) - LINE}
            plot["layer"].append(layer | {"data": {"values": rows[1::2]}, "mark": mark})
            layer["data"] = {"values": rows[::2]}


def narrow_legend(spec: Spec, node: dict, room: float) -> None:
    """Give a legend above the chart as many columns as fit."""
    legend = node.get("legend")
    if not isinstance(legend, dict) or legend.get("orient") == "none":
        return
    legend["orient"] = "top"
    found = values_of(spec, node) if "field" in node else []
    names = [str(name) for name in legend.get("values") or dict.fromkeys(found)]
    for columns in range(len(names), 0, -1):
        across = [_width(names[i::columns], SMALLEST) + SYMBOL for i in range(columns)]
        if sum(across) <= room:
            break
    legend["columns"] = columns if names else 1
    legend["labelLimit"] = room - SYMBOL
