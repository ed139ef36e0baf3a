"""Data-volume page `approaches_record`: the chart of the map."""

import altair as alt
import pandas as pd

from tracktwo.chapters.approaches_record.map import Space
from tracktwo.drawing.figures import annotation, named
from tracktwo.drawing.labels import place_labels, text_width
from tracktwo.drawing.narrow import with_narrow
from tracktwo.drawing.theme import APPROACH_COLOURS, INK, SOFT, WIDTH, colour_scale, in_order

ACROSS = WIDTH - 30  # pixels
NARROW, TALL = 328, 510  # of the map for narrow screens
SHAPES = {"approach": "diamond", "level": "square", "focus": "triangle-up", "format": "circle"}
SIZES = {"approach": 13.5, "level": 12.5, "focus": 12.5, "format": 11.0}  # of names, in pixels
AXIS = alt.Axis(values=[0], labels=False, ticks=False, domain=False, grid=True)
TOO_THIN = "Too few initiatives, or too few codes that differ, for a map"


def plot_map(space: Space | None, labels: dict[str, str]) -> alt.LayerChart:
    """Draw the plane of practice: every code a point with its name, approaches with bounds."""
    return with_narrow(_map(space, labels, ACROSS), _map(space, labels, NARROW))


def _map(space: Space | None, labels: dict[str, str], across: float) -> alt.LayerChart:
    if space is None:
        words = alt.Chart(annotation(pd.DataFrame({"text": [TOO_THIN]})))
        chart = alt.layer(words.mark_text(color=SOFT).encode(text=alt.Text("text:N")))
        return chart.properties(width=across, height=60)
    (left, right), (low, high) = (_ends(space.points, axis) for axis in "xy")
    height = round(max(across, TALL) * (high - low) / (right - left))
    place = {
        "x": alt.X(
            "x:Q",
            scale=alt.Scale(domain=[left, right], nice=False, zero=False),
            axis=AXIS,
            title=None,
        ),
        "y": alt.Y(
            "y:Q",
            scale=alt.Scale(domain=[low, high], nice=False, zero=False),
            axis=AXIS,
            title=None,
        ),
    }
    words = _words(space.points, (left, right, low, high), (across, height))
    base = alt.Chart(named("map", space.points)).encode(**place)
    approaches = base.transform_filter("datum.kind == 'approach'")
    colours = in_order(labels.values(), APPROACH_COLOURS)
    colour = alt.Color("label:N", scale=colour_scale(colours), legend=None)
    cross = approaches.mark_rule(strokeWidth=2, opacity=0.5)
    layers = [
        cross.encode(x=alt.X("x_low:Q"), x2=alt.X2("x_high:Q"), color=colour),
        cross.encode(y=alt.Y("y_low:Q"), y2=alt.Y2("y_high:Q"), color=colour),
        base.transform_filter("datum.kind != 'approach'")
        .mark_point(filled=True, size=60, opacity=1, color=SOFT)
        .encode(shape=_shape()),
        approaches.mark_point(filled=True, size=170, opacity=1).encode(
            color=colour, shape=_shape()
        ),
        *_names(words, place, colour),
    ]
    return alt.layer(*layers).properties(width=across, height=height)


def _shape() -> alt.Shape:
    legend = alt.Legend(orient="top", symbolFillColor=SOFT, symbolStrokeColor=SOFT)
    scale = alt.Scale(domain=list(SHAPES), range=list(SHAPES.values()))
    return alt.Shape("kind:N", scale=scale, legend=legend)


def _ends(points: pd.DataFrame, axis: str) -> tuple[float, float]:
    """Return the ends of an axis: all points, bounds and the middle, with room for names."""
    values = points[[axis, f"{axis}_low", f"{axis}_high"]].astype(float)
    low, high = min(0.0, values.min().min()), max(0.0, values.max().max())
    room = 0.07 * max(high - low, 1.0)
    return low - room, high + room


def _words(
    points: pd.DataFrame, ends: tuple[float, ...], sheet: tuple[float, float]
) -> pd.DataFrame:
    """Return the names of the points and where they begin (``left``, ``middle``)."""
    left, right, low, high = ends
    order = list(SHAPES)
    table = points.sort_values("kind", key=lambda kinds: kinds.map(order.index), kind="stable")
    across, down = sheet[0] / (right - left), sheet[1] / (high - low)
    at = [((p.x - left) * across, (high - p.y) * down) for p in table.itertuples()]
    sizes = [_size(p.label, p.kind) for p in table.itertuples()]
    bars = [_pixels(bar, ends, (across, down)) for bar in _bars(table)]
    places = place_labels(at, sizes, sheet, bars)
    table = table[["kind", "label", "x", "y"]].reset_index(drop=True)
    table["left"] = [left + x / across for x, _ in places]
    table["middle"] = [high - y / down for _, y in places]
    return table


def _size(word: str, kind: str) -> tuple[float, float]:
    weight = "Regular" if kind == "format" else "SemiBold"
    return text_width(word, SIZES[kind], weight), SIZES[kind] * 1.1


def _names(words: pd.DataFrame, place: dict, colour: alt.Color) -> list[alt.Chart]:
    """Return the names, each kind in its size."""
    layers = []
    for kind in SHAPES:
        base = alt.Chart(annotation(words[words["kind"] == kind]))
        at = {"x": place["x"].copy(), "y": place["y"].copy()}
        at["x"].shorthand, at["y"].shorthand = "left:Q", "middle:Q"
        weight = "normal" if kind == "format" else 600
        text = base.mark_text(align="left", fontSize=SIZES[kind], fontWeight=weight, color=INK)
        text = text.encode(**at, text=alt.Text("label:N"))
        layers.append(text.encode(color=colour) if kind == "approach" else text)
    return layers


def _bars(points: pd.DataFrame) -> list[tuple[float, float, float, float]]:
    """Return the arms of the crosses as boxes in the map's own units."""
    own = points[points["kind"] == "approach"]
    flat = zip(own["x_low"], own["y"], own["x_high"], own["y"], strict=True)
    upright = zip(own["x"], own["y_high"], own["x"], own["y_low"], strict=True)
    return [*flat, *upright]


def _pixels(box: tuple, ends: tuple[float, ...], scale: tuple[float, float]) -> tuple:
    left, _, _, high = ends
    across, down = scale
    x, y, x_2, y_2 = box
    return (
        (x - left) * across,
        (high - y) * down - 1,
        (x_2 - left) * across,
        (high - y_2) * down + 1,
    )
