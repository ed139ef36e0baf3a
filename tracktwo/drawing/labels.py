"""Where to write the names of points on a chart so that none covers another."""

import functools
from collections.abc import Iterable, Iterator

import numpy as np
from fontTools.ttLib import TTFont

from tracktwo.ground.paths import FONTS

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in pixels."""

DIRECTIONS = [(1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1)]
DISTANCES = (9, 15, 22, 30, 40, 52, 66, 82)
MARK = 7  # half the side of the box that is kept free around a point, in pixels


@functools.cache
def _advances(weight: str) -> tuple[dict[int, str], dict[str, tuple[int, int]], int]:
    font = TTFont(FONTS / f"IBMPlexSans-{weight}.ttf")
    return font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm


def text_width(text: str, size: float, weight: str = "Regular") -> float:
    """Return how wide `text` is in the book's typeface, in pixels."""
    names, metrics, em = _advances(weight)
    return sum(metrics[names.get(ord(c), ".notdef")][0] for c in text) * size / em


def place_labels(
    points: list[tuple[float, float]],
    sizes: list[tuple[float, float]],
    room: tuple[float, float],
    obstacles: Iterable[Box] = (),
) -> list[tuple[float, float]]:
    """Return where the name of each point begins: its left end and its middle's height.

    Names are placed in the order given, each at the first free place around its point: near
    before far, beside it before above or below, then aslant. A name for which there is no free
    place stands right of its point.

    Parameters
    ----------
    points
        Where the points are, in pixels from the top left.
    sizes
        Width and height of each name in pixels.
    room
        Width and height that names must stay within.
    obstacles
        Boxes that names must not cover, besides the points.
    """
    taken = [(x - MARK, y - MARK, x + MARK, y + MARK) for x, y in points]
    taken += obstacles
    places = []
    for point, size in zip(points, sizes, strict=True):
        boxes = list(_candidates(point, size))
        box = next((b for b in boxes if _within(b, room) and not _meets(b, taken)), boxes[0])
        taken.append(box)
        places.append((box[0], (box[1] + box[3]) / 2))
    return places


def _candidates(point: tuple[float, float], size: tuple[float, float]) -> Iterator[Box]:
    width, half = size[0], size[1] / 2
    for far in DISTANCES:
        for across, down in DIRECTIONS:
            aslant = 0.7 if across and down else 1.0
            x = point[0] + across * far * aslant + (width / 2) * (across - 1)
            y = point[1] + down * (far * aslant + half * (not across))
            yield x, y - half, x + width, y + half


def _within(box: Box, room: tuple[float, float]) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= room[0] and box[3] <= room[1]


def _meets(box: Box, taken: list[Box]) -> bool:
    a, b = np.array(box), np.array(taken)
    across = (a[0] < b[:, 2]) & (b[:, 0] < a[2])
    return bool((across & (a[1] < b[:, 3]) & (b[:, 1] < a[3])).any())
