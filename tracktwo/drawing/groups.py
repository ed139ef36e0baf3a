"""Groups of practitioners: how each is written, its colour and its shape."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import cycle

import altair as alt
import pandas as pd

from tracktwo.analysis.voices import STAND_INS
from tracktwo.data.package import Conflict, Package
from tracktwo.data.study import Study
from tracktwo.drawing.figures import annotation
from tracktwo.drawing.theme import (
    ACCENT,
    GREY,
    GROUP_COLOURS,
    GROUP_SHAPES,
    INK,
    JOINT_COLOUR,
    SIDE_COLOURS,
    SOFT,
    WIDTH,
    in_order,
)

QUESTIONS = {
    "what_worked": "what worked",
    "what_failed": "what failed",
    "how_to_improve": "how to improve",
}
LEVELS = ("elite", "professional", "grassroots")
SHAPES = ("circle", "square", "diamond", "triangle-up", "cross", "triangle-down")
ASIDE = {"cross": GREY, "triangle-down": SOFT}
"""Shape and colour of those who study the work or pay for it, in turn."""


@dataclass(frozen=True)
class Groups:
    """The groups of practitioners in a data set, by the column that makes them.

    Attributes
    ----------
    names
        How each value is written.
    looks
        The colour of each group, by how it is written.
    shapes
        Its shape; who took part keeps that of the charts of initiatives.
    """

    names: dict[str, dict[str, str]]
    looks: dict[str, dict[str, str]]
    shapes: dict[str, dict[str, str]]


def groups_of(study: Study) -> Groups:
    """Return the groups in which a data set places who speaks."""
    package = study.package
    levels = [str(value) for value in study.speakers["practice_level"].cat.categories]
    names = {
        "side": side_names(package.conflict),
        "practice_level": {value: value.replace("_", " ") for value in levels},
        "question": QUESTIONS,
        "stands_for": {name: name for name in STAND_INS},
    }
    colours = {
        "side": side_colours(package.conflict),
        "practice_level": _by_level(package, levels, GROUP_COLOURS, ASIDE.values()),
        "question": dict(zip(QUESTIONS, (ACCENT, INK, GREY), strict=True)),
        "stands_for": dict(zip(STAND_INS, (ACCENT, GREY), strict=True)),
    }
    shapes = {by: dict(zip(written, cycle(SHAPES), strict=False)) for by, written in names.items()}
    shapes["practice_level"] = _by_level(package, levels, GROUP_SHAPES, ASIDE)
    looks, forms = (
        {by: {names[by][value]: look for value, look in given.items()} for by, given in of.items()}
        for of in (colours, shapes)
    )
    return Groups(names, looks, forms)


def side_names(
    conflict: Conflict, joint: str = "joint", third_party: str = "third party"
) -> dict[str, str]:
    """Return how each side is written, joint voices and third parties last."""
    names = {value: side.adjective for value, side in conflict.sides.items()}
    rest = {conflict.joint: joint, conflict.third_party: third_party}
    return names | {value: words for value, words in rest.items() if value}


def side_colours(conflict: Conflict) -> dict[str, str]:
    """Return the colour of each side, of joint voices and of third parties, by their values."""
    rest = {conflict.joint: JOINT_COLOUR, conflict.third_party: GREY}
    return in_order(conflict.sides, SIDE_COLOURS) | {k: v for k, v in rest.items() if k}


def _by_level(
    package: Package, levels: list[str], own: dict[str, str], aside: Iterable[str]
) -> dict[str, str]:
    """Return how each level of practice looks: who do the work as the levels of initiatives do."""
    doing = package.values("practice_level", "practitioner")
    looks = dict(zip(doing, (own[level] for level in LEVELS), strict=False))
    rest = [level for level in levels if level not in looks]
    every = looks | dict(zip(rest, cycle(aside), strict=False))
    return {level: every[level] for level in levels}


NAMES = 204  # room for the names of themes


def theme_names(labels: bool = True) -> alt.Axis:
    """Return the axis of themes, with or without their names."""
    return alt.Axis(
        domain=False, ticks=False, grid=True, labels=labels, labelLimit=NAMES, labelFontSize=12.5
    )


def top_of(shares: pd.DataFrame) -> float:
    """Return the largest share, rounded up to a tenth: where an axis of shares ends."""
    return min(1.0, max(0.3, int(float(shares["share"].max()) * 10 + 0.999) / 10))


def plot_nothing(words: str) -> alt.LayerChart:
    """Return a chart that only says why there is nothing to draw."""
    text = alt.Chart(annotation(pd.DataFrame({"words": [words]}))).mark_text(color=SOFT)
    return alt.layer(text.encode(text=alt.Text("words:N"))).properties(width=WIDTH - 40, height=60)
