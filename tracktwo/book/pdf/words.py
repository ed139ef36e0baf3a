"""Words as Typst takes them: as they are, or as strings that it leaves alone."""

import re

SPACE = "\ue000"
"""Stands for a space of HTML, several of which are one."""
BLANK = re.compile(r"([ \t\n\r\f]+)")
SIGNS = "[0-9A-Za-z\u0080-\ud7ff\uf900-\U0010ffff]"
PLAIN = re.compile(rf"\(?{SIGNS}+([./,:;&?!%()]{SIGNS}+|-(?=\D){SIGNS}+)*[,;:)!?%]*\.?")
"""A word that Typst reads as it is. It makes other signs of some: of straight quotes, of two
hyphens, of a hyphen before a digit; and markup of others, a number with a point among them."""
COUNTED = re.compile(r"\d+\.")


def quoted(text: str) -> str:
    """Return `text` as a string of Typst."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def words(text: str) -> str:
    """Return text of HTML as text of Typst, spaces as `SPACE`."""
    return "".join(
        SPACE
        if n % 2
        else word
        if not word or (PLAIN.fullmatch(word) and not COUNTED.fullmatch(word))
        else f"#{quoted(word)};"
        for n, word in enumerate(BLANK.split(text))
    )


def spaced(text: str) -> str:
    """Return a run of text with single spaces, none at its ends."""
    return re.sub(f"{SPACE}+", " ", text).strip(" ")
