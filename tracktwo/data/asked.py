"""Say in one line what is wrong with an argument, before anything is made of it."""

from pathlib import Path
from typing import Any

from tracktwo.data.validation.problems import printable

PLAIN = (str, bytes, int, float, complex, bool, type(None), Path)


def demand(name: str, value: Any, kinds: type | tuple[type, ...], allowed: str) -> None:
    """Refuse a `value` that is of none of `kinds`.

    Raises
    ------
    TypeError
        With the name of the argument, what was found and what is allowed.
    """
    if not isinstance(value, kinds):
        found = printable(repr(value)) if isinstance(value, PLAIN) else f"a {type(value).__name__}"
        raise TypeError(f"{name} is {found}: it must be {allowed}")
