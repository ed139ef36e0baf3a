"""Where a passage tells its values: marks while it is written, places once it stands."""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

OPEN, BETWEEN, CLOSE = "\ue000", "\ue001", "\ue002"
"""Characters that no text of the book has: a data set with one of them is refused."""

MARKED = re.compile(f"{OPEN}([^{BETWEEN}]*){BETWEEN}([^{CLOSE}]*){CLOSE}")


class Place(NamedTuple):
    """Where in a text a value stands, by the name it was given."""

    start: int
    end: int
    name: str


def mark(name: str, text: str) -> str:
    """Return `text` with marks that `unmark` takes away again."""
    return f"{OPEN}{name}{BETWEEN}{text}{CLOSE}"


def unmark(text: str) -> tuple[str, tuple[Place, ...]]:
    """Return `text` without its marks, and where what was marked stands in it."""
    pieces, places, length, last = [], [], 0, 0
    for found in MARKED.finditer(text):
        before, told = text[last : found.start()], found[2]
        start = length + len(before)
        length, last = start + len(told), found.end()
        places.append(Place(start, length, found[1]))
        pieces += [before, told]
    return "".join([*pieces, text[last:]]), tuple(places)


def moved(places: tuple[Place, ...], by: int, owner: str = "") -> tuple[Place, ...]:
    """Return places in a text that begins `by` characters earlier, named after their `owner`."""
    front = f"{owner}." if owner else ""
    return tuple(Place(p.start + by, p.end + by, front + p.name) for p in places)


def wrapped(text: str, places: Iterable[Place], wrap: Callable[[str, str], str]) -> str:
    """Return `text` with what stands at each place replaced by ``wrap(name, text)``."""
    for start, end, name in sorted(places, reverse=True):
        text = text[:start] + wrap(name, text[start:end]) + text[end:]
    return text
