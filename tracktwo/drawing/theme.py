"""The one look of every chart: typeface, colours, axes.

A category keeps its colour through the whole book. The hues are a blue, an orange and a grey
that stay apart for all common kinds of colour blindness (Wong 2011) and differ in lightness,
so that they also survive black-and-white print.
"""

from collections.abc import Iterable
from itertools import chain, repeat

import altair as alt
from altair.utils import schemapi

# Altair would hold every part of a chart against the whole schema each time it is put into
# another, which takes longer than drawing. The tests do so once, with the finished specs.
schemapi.disable_debug_mode()

FONT = "IBM Plex Sans"
WIDTH = 540  # of a whole figure in CSS pixels: legible on a phone, not lost on a desktop
NARROW = 340  # of the same figure on a narrow screen: about the column of a small phone

INK = "#1d2329"
SOFT = "#5b6570"
RULE = "#d5dade"
PAPER = "#ffffff"
ACCENT = "#0f5c6e"
ACCENT_SOFT = "#a3c6cd"  # the same, further from certain
GREY = "#8b939c"

LEVEL_COLOURS = {
    "elite/professional": "#1f63a6",
    "mixed": GREY,
    "grassroots": "#c2570c",
}

# Who took part, elites and professionals told apart: dark against light, not hue against hue.
GROUP_COLOURS = {
    "elite": "#12325c",
    "professional": "#4a8fcb",
    "mixed": GREY,
    "grassroots": LEVEL_COLOURS["grassroots"],
}

# The same people keep their shape as well.
GROUP_SHAPES = {
    "elite": "square",
    "professional": "circle",
    "mixed": "diamond",
    "grassroots": "triangle-up",
}

FOCUS_COLOURS = {"relationship": "#8e4ec6", "both": GREY, "outcome": "#2e7d32"}

# Approaches, and sides of the conflict, by their place in the data's own list.
APPROACH_COLOURS = ("#c2477f", "#4b3fa0", "#15807a", "#96700a", "#2b6ba3", "#a8480a", "#5c7a1f")
SIDE_COLOURS = ("#00788c", "#a3334b", "#7a5195", "#8a6d00")
JOINT_COLOUR = "#6b5b4d"

VERDICT_COLOURS = {
    "supported": ACCENT,
    "leaning": ACCENT,
    "unclear": SOFT,
    "cannot be tested": SOFT,
    "not supported": "#a8480a",
}

# Levels as words, which need more contrast than marks do.
LEVEL_TEXT_COLOURS = LEVEL_COLOURS | {"mixed": SOFT}
GROUP_TEXT_COLOURS = GROUP_COLOURS | {"professional": "#2b6ba3", "mixed": SOFT}

# Light colour -> colour on a dark page. Every colour a chart uses stands here.
DARK = {
    INK: "#e8eaed",
    SOFT: "#a9b1ba",
    RULE: "#3c444d",
    PAPER: "#14181d",
    ACCENT: "#5fc3d9",
    ACCENT_SOFT: "#2c5561",
    LEVEL_COLOURS["elite/professional"]: "#6cabea",
    GREY: "#9aa3ad",
    LEVEL_COLOURS["grassroots"]: "#f0894a",
    GROUP_COLOURS["elite"]: "#c3dbf7",
    GROUP_COLOURS["professional"]: "#4f90d2",
    GROUP_TEXT_COLOURS["professional"]: "#74aee6",
    FOCUS_COLOURS["relationship"]: "#b98be6",
    FOCUS_COLOURS["outcome"]: "#6fbf73",
    **dict(
        zip(
            APPROACH_COLOURS,
            ("#ea86b2", "#9d93ea", "#4fc0b8", "#d9ad3c", "#74aee6", "#f0894a", "#a9c765"),
            strict=True,
        )
    ),
    **dict(zip(SIDE_COLOURS, ("#45b5cb", "#e57d92", "#c79be0", "#d6b84a"), strict=True)),
    JOINT_COLOUR: "#b6a595",
    VERDICT_COLOURS["not supported"]: "#f0894a",
}


@alt.theme.register("tracktwo", enable=True)
def tracktwo_theme() -> alt.theme.ThemeConfig:
    """Return the book's Vega-Lite configuration; importing this module turns it on."""
    text = {"font": FONT, "fontSize": 13, "fill": INK}
    axis = {"labelFont": FONT, "labelFontSize": 12, "labelColor": INK, "labelLimit": 260}
    axis["labelPadding"] = 6
    title = {"titleFont": FONT, "titleFontSize": 12, "titleFontWeight": "normal"}
    return {
        "config": {
            "background": PAPER,
            "font": FONT,
            "view": {"stroke": None},
            "text": text,
            "axis": {
                **axis,
                **title,
                "titleColor": SOFT,
                "domainColor": SOFT,
                "tickColor": SOFT,
                "gridColor": RULE,
                "titlePadding": 8,
            },
            "axisQuantitative": {"domain": False, "ticks": False, "labelFlush": False},
            "axisY": {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "start"},
            "header": {
                "labelFont": FONT,
                "labelFontSize": 13,
                "labelFontWeight": 600,
                "labelColor": INK,
                "labelAnchor": "start",
                "title": None,
            },
            "title": {
                "font": FONT,
                "fontSize": 13,
                "fontWeight": 600,
                "color": INK,
                "anchor": "start",
                "frame": "group",
                "offset": 4,
            },
            "legend": {"labelFont": FONT, "labelColor": INK, "labelFontSize": 12, "title": None},
            "rule": {"color": SOFT},
            "line": {"strokeWidth": 2},
        }
    }


def in_order(names: Iterable[str], colours: tuple[str, ...]) -> dict[str, str]:
    """Return the colour of each name, by its place; those beyond the last colour are grey."""
    return dict(zip(names, chain(colours, repeat(GREY)), strict=False))


def colour_scale(colours: dict[str, str]) -> alt.Scale:
    """Return a scale that gives each category of `colours` its colour, in that order."""
    return alt.Scale(domain=list(colours), range=list(colours.values()))
