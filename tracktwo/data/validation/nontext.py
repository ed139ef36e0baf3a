"""Characters that are never text: no cell of a data set may hold one.

Controls and noncharacters can kill what reads them (a browser, a font engine, a kernel); marks
that turn the direction of writing make a cell read otherwise than it is; a replacement character
says that text was lost before it came here. Letters of any script are text, whatever fonts know
of them, and so are the marks that Hebrew, Arabic and Persian need between words.
"""

import re
import unicodedata

NEVER_TEXT = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # controls, tabs and line breaks among them
    "\u2028\u2029"  # line and paragraph separators
    "\u202a-\u202e\u2066-\u2069"  # embeddings, overrides and isolates of direction
    "\u206a-\u206f\ufff9-\ufffb"  # marks that Unicode advises against; annotations
    "\ufeff\ufffd"  # a byte order mark inside the text; what could not be decoded
    "\ud800-\udfff"  # halves of pairs
    "\ufdd0-\ufdef"  # noncharacters, as are the last two of each plane
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
    )
    + "]"
)
NAMES = {
    "\t": "a tab",
    "\n": "a line break",
    "\r": "a line break",
    "\0": "a zero byte",
    "\ufeff": "a byte order mark inside the text",
    "\ufffd": "a sign that text was lost in a conversion",
}
KINDS = {"Cc": "a control character", "Cn": "a noncharacter", "Cs": "a lone surrogate"}

MISREAD_FROM = "\u00c2\u00c3\u00e2"
"""The letters with which it begins what `MISREAD` finds."""

MISREAD = re.compile(
    "[\u00c2\u00c3][\u0080-\u00bf]|\u00e2\u20ac[\u0080-\uffff]|\u00e2[\u0080-\u00bf]{2}"
)
"""What becomes of accents, dashes and quotes when UTF-8 is read as Windows-1252 or Latin-1."""


def never_text(text: str) -> str | None:
    """Name the first character of `text` that is never text, and where it stands; or None."""
    if found := MISREAD.search(text):
        return f"{found[0]} as character {found.start() + 1} (UTF-8 once read as Windows-1252)"
    if not (found := NEVER_TEXT.search(text)):
        return None
    sign = found[0]
    kind = KINDS.get(unicodedata.category(sign)) or unicodedata.name(sign).lower()
    return f"U+{ord(sign):04X} ({NAMES.get(sign, kind)}) as character {found.start() + 1}"
