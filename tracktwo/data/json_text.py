"""Change one value of a JSON text and leave every other character as its author wrote it."""

import json
from collections.abc import Sequence
from json.decoder import WHITESPACE
from typing import Any

READ = json.JSONDecoder().raw_decode


def put(text: str, path: Sequence[str | int], written: str) -> str:
    """Return `text` with the value at `path` written as `written`.

    Parameters
    ----------
    text
        Valid JSON.
    path
        Keys and places, from the outermost. The last key may be new: it becomes the first of its
        object. All before it must be there.
    """
    *outer, last = path
    start, end = _span(text, outer)
    if isinstance(last, int) or last in READ(text, start)[0]:
        start, end = _span(text, path)
        return text[:start] + written + text[end:]
    first = _skip(text, start + 1)  # a new key stands as the first one did
    more = f",{text[start + 1 : first]}" if READ(text, start)[0] else ""
    return f"{text[:first]}{json.dumps(last)}: {written}{more}{text[first:]}"


def _span(text: str, path: Sequence[str | int]) -> tuple[int, int]:
    """Return where the value at `path` begins and ends."""
    at = _skip(text, 0)
    for step in path:
        at = _inside(text, at, step)
    return at, READ(text, at)[1]


def _inside(text: str, at: int, step: str | int) -> int:
    """Return where the value of a key or place begins in the object or list at `at`."""
    count: Any = 0
    while True:
        at = _skip(text, at + 1)  # past the bracket or comma
        if isinstance(step, str):
            count, at = READ(text, at)
            at = _skip(text, _skip(text, at) + 1)  # past the colon
        if count == step:
            return at
        at = _skip(text, READ(text, at)[1])
        count = count + 1 if isinstance(step, int) else count


def _skip(text: str, at: int) -> int:
    return WHITESPACE.match(text, at).end()
