"""Which characters a data set may hold: those that the book's fonts can print."""

import re
import unicodedata
from functools import cache

from fontTools.ttLib import TTFont

from tracktwo.ground.paths import FONTS

INVISIBLE = "\u200c\u200d\u200e\u200f\u061c"
"""Signs without a glyph that Persian, Arabic and Hebrew texts need."""
ALLOWED = "letters of the book's fonts: Latin, Greek, Cyrillic, Hebrew, Arabic, Japanese; no emoji"
AROUND = 12


@cache
def strange() -> re.Pattern[str]:
    """Return what finds a character that none of the book's fonts has."""
    known = set(map(ord, INVISIBLE))
    for file in sorted(FONTS.glob("*.ttf")):
        with TTFont(file, lazy=True) as font:
            known |= set(font.getBestCmap())
    return re.compile(f"[^{''.join(re.escape(chr(code)) for code in sorted(known))}\n]")


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
