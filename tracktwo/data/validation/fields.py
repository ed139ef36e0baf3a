"""Read a cell as the schema of its column says: the types and constraints that data sets may use.

The schema is a Frictionless table schema; a test holds what is read here against that library,
which takes longer to import than the whole data set takes to open.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from operator import ge, le
from typing import Any

Read = tuple[Any, str | None]
"""The value of a cell, and the first thing that it breaks: its type or a constraint."""


def reader_of(field: Mapping[str, Any]) -> Callable[[str], Read]:
    """Return what reads a cell of a column.

    Parameters
    ----------
    field
        The column as the schema says it: ``type``, ``constraints``, and for yes/no and lists how
        their values are written.
    """
    value_of = _VALUES[field["type"]](field)
    checks = list(_checks(field.get("constraints", {}), value_of))

    def read(cell: str) -> Read:
        value = None if cell == "" else value_of(cell)
        if cell and value is None:
            return value, "type"
        return value, next((name for name, holds in checks if not holds(value)), None)

    return read


def _checks(
    constraints: Mapping[str, Any], value_of: Callable[[str], Any]
) -> list[tuple[str, Callable[[Any], bool]]]:
    """Return the checks of a column in the order in which they are told."""
    checks: list[tuple[str, Callable[[Any], bool]]] = []
    if constraints.get("required"):
        checks.append(("required", lambda value: value is not None))
    if form := constraints.get("pattern"):
        matches = re.compile(f"^{form}$").match
        checks.append(("pattern", lambda value: value is None or bool(matches(value))))
    for name, compare in (("minimum", ge), ("maximum", le)):
        if (bound := constraints.get(name)) is not None:
            bound = value_of(bound) if isinstance(bound, str) else bound
            checks.append((name, _bounded(compare, bound)))
    if (listed := constraints.get("enum")) is not None:
        allowed = {None, *listed}
        checks.append(("enum", lambda value: value in allowed))
    return checks


def _bounded(compare: Callable[[Any, Any], bool], bound: Any) -> Callable[[Any], bool]:
    return lambda value: value is None or compare(value, bound)


def _whole(cell: str) -> int | None:
    try:
        return int(cell)
    except ValueError:  # Python reads no number of thousands of digits
        return None


def _year(cell: str) -> int | None:
    return int(cell) if len(cell) == 4 and cell.isdecimal() else None


def _date(cell: str) -> date | None:
    try:
        return datetime.strptime(cell, "%Y-%m-%d").date()
    except ValueError:
        return None


def _yes_no(field: Mapping[str, Any]) -> Callable[[str], bool | None]:
    written = dict.fromkeys(field["trueValues"], True) | dict.fromkeys(field["falseValues"], False)
    return written.get


_VALUES: dict[str, Callable[[Mapping[str, Any]], Callable[[str], Any]]] = {
    "string": lambda field: str,
    "integer": lambda field: _whole,
    "number": lambda field: float,
    "year": lambda field: _year,
    "date": lambda field: _date,
    "boolean": _yes_no,
    "list": lambda field: lambda cell: tuple(cell.split(field["delimiter"])),
}
