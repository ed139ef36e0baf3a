"""Groups of practitioners: how each is written, and its colour."""

import altair as alt
import pandas as pd

from tracktwo.analysis.voices import STAND_INS
from tracktwo.drawing.figures import annotation
from tracktwo.drawing.theme import (
    ACCENT,
    GREY,
    GROUP_COLOURS,
    GROUP_SHAPES,
    INK,
    SIDE_COLOURS,
    SOFT,
    WIDTH,
)

SIDES = {
    "israeli": "Israeli",
    "palestinian": "Palestinian",
    "joint": "joint",
    "third_party": "third party",
}
PRACTICE = {
    "elite": "elite",
    "professional": "professional",
    "grassroots": "grassroots",
    "researcher": "researcher",
    "donor": "donor",
}
QUESTIONS = {
    "what_worked": "what worked",
    "what_failed": "what failed",
    "how_to_improve": "how to improve",
}
GROUPS = {
    "side": SIDES,
    "practice_level": PRACTICE,
    "question": QUESTIONS,
    "stands_for": {name: name for name in STAND_INS},
}
"""The columns by which voices are grouped, and how each group is written."""

LEVELS = ["elite", "professional", "grassroots"]
SHAPES = ["circle", "square", "diamond", "triangle-up"]
LOOKS = {
    "side": {words: SIDE_COLOURS[side] for side, words in SIDES.items()},
    "practice_level": {
        **{PRACTICE[level]: GROUP_COLOURS[level] for level in LEVELS},
        PRACTICE["researcher"]: GREY,
        PRACTICE["donor"]: SOFT,
    },
    "question": dict(zip(QUESTIONS.values(), (ACCENT, INK, GREY), strict=True)),
    "stands_for": {"meetings": ACCENT, "documents": GREY},
}
"""The colour of each group, by the column that makes the groups."""

OWN_SHAPES = {
    **{PRACTICE[level]: GROUP_SHAPES[level] for level in LEVELS},
    PRACTICE["researcher"]: "cross",
    PRACTICE["donor"]: "triangle-down",
}

NAMES = 204  # room for the names of themes


def theme_names(labels: bool = True) -> alt.Axis:
    """Return the axis of themes, with or without their names."""
    return alt.Axis(
        domain=False, ticks=False, grid=True, labels=labels, labelLimit=NAMES, labelFontSize=12.5
    )


def shape_of(group: str, look: dict[str, str]) -> str:
    """Return the shape of a group: who took part keeps one, others go by their place in `look`."""
    return OWN_SHAPES.get(group) or SHAPES[list(look).index(group)]


def top_of(shares: pd.DataFrame) -> float:
    """Return the largest share, rounded up to a tenth: where an axis of shares ends."""
    return min(1.0, max(0.3, int(float(shares["share"].max()) * 10 + 0.999) / 10))


def plot_nothing(words: str) -> alt.LayerChart:
    """Return a chart that only says why there is nothing to draw."""
    text = alt.Chart(annotation(pd.DataFrame({"words": [words]}))).mark_text(color=SOFT)
    return alt.layer(text.encode(text="words:N")).properties(width=WIDTH - 40, height=60)
