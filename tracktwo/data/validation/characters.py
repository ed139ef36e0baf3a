"""Which characters a data set may hold: those that the book's fonts can print."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from fontTools.ttLib import TTFont

from tracktwo.data.validation.nontext import MISREAD_FROM, NEVER_TEXT
from tracktwo.ground.paths import FONTS

INVISIBLE = "\u200c\u200d\u200e\u200f\u061c"
"""Signs without a glyph that Persian, Arabic and Hebrew texts need."""
ALLOWED = "letters of the book's fonts: Latin, Greek, Cyrillic, Hebrew, Arabic, Japanese; no emoji"
AROUND = 12


@cache
def _known() -> frozenset[int]:
    """Return the code points that the book's fonts have, and signs that need no glyph."""
    known = set(map(ord, INVISIBLE))
    for file in sorted(FONTS.glob("*.ttf")):
        with TTFont(file, lazy=True) as font:
            known |= set(font.getBestCmap())
    return frozenset(known)


@cache
def strange() -> re.Pattern[str]:
    """Return what finds a character that none of the book's fonts has."""
    return re.compile(f"[^{''.join(re.escape(chr(code)) for code in sorted(_known()))}\n]")


def any_strange(signs: Iterable[str]) -> bool:
    """Return whether a text of these characters might hold what no data set may.

    True also of characters that become suspect beside others: what UTF-8 looks like that was read
    as Windows-1252 (`nontext.MISREAD`) begins with one of three letters.
    """
    return any(
        sign in MISREAD_FROM or NEVER_TEXT.match(sign) or ord(sign) not in _known()
        for sign in signs
    )


def cannot_be_printed(text: str) -> str:
    """Say which character of a text the book cannot print, and where it stands; or nothing.

    On the site a reader's own fonts might show it, but the PDF could not, and both must say
    the same. A sign that turns the direction of what follows it is refused as well.
    """
    found = strange().search(text)
    if not found:
        return ""
    sign, place = found[0], found.start()
    name = unicodedata.name(sign, "no character").lower()
    shown = repr(sign) if sign.isprintable() else "a sign that cannot be seen"
    near = f"{text[max(0, place - AROUND) : place]}▯{text[place + 1 : place + 1 + AROUND]}"
    return f"{shown} (U+{ord(sign):04X}, {name}) at ▯ in {near!r}"
