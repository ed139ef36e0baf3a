"""Text from the data as MyST that prints just that text."""

import re

ISOLATE, END = "\u2068", "\u2069"
"""Between them text keeps its own direction; nothing before or after is turned with it."""
SPECIAL = re.compile(r"([\\*_{}\[\]<>$#|~^:&!@\"'])")
SET_APART = re.compile(r"[{`\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]|^:[a-z]+:|np\.float64")
"""What is written from right to left, or looks like markup that was left over."""


class Myst(str):
    """Text that is MyST already: a passage takes it as it is, and any other text by `plain`."""

    __slots__ = ()


def plain(text: object) -> Myst:
    """Return text from the data as MyST that prints just that text, inside a line.

    Markup, directives, roles, links and HTML in it lose their meaning; line ends become spaces.
    Text that could be read in the wrong direction, or taken for markup, stands between the signs
    of an isolate, of which the site and the PDF make a ``<bdi>``.
    """
    words = " ".join(str(text).split())
    escaped = SPECIAL.sub(r"\\\1", words)
    escaped = escaped.replace("`", "&#96;")  # a directive's first line may hold no backtick at all
    return Myst(f"{ISOLATE}{escaped}{END}" if SET_APART.search(words) else escaped)
