"""Turn the cells of a table into typed columns, as its schema says."""

import re
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from tracktwo.data.validation import characters
from tracktwo.data.validation.csvfile import RawTable
from tracktwo.data.validation.fields import reader_of
from tracktwo.data.validation.nontext import never_text

MAX_CELL = 20_000
WHOLE_NUMBER = re.compile(r"-?[0-9]+")  # int() also takes 1_000 and the digits of other scripts
NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")  # a float holds no more digits
DIGITS = {"integer": WHOLE_NUMBER, "year": WHOLE_NUMBER, "number": NUMBER}
TYPES = {
    "number": "a number such as -1.5",
    "integer": "a whole number",
    "year": "a year of four digits",
    "date": "a date such as 1993-09-13",
    "boolean": "yes or no",
}
DTYPES = {
    "number": "Float64",
    "integer": "Int64",
    "year": "Int64",
    "date": "datetime64[s]",
    "string": "str",
}

Refusal = tuple[str, str]
"""What was found and what is allowed."""


def read_cells(
    table: RawTable, fields: Iterable[dict[str, Any]], *, coded: bool = False
) -> pd.DataFrame:
    """Return typed columns and report every cell that the schema refuses.

    Each different cell of a column is judged once.

    Parameters
    ----------
    fields
        What the schema says of each column.
    coded
        Whether columns of text are categorical, for a table in which few cells are different.
    """
    of_name = {field["name"]: field for field in fields}
    columns = {}
    for name, cells in table.cells.items():
        field, each = of_name[name], cells.cat.categories.tolist()
        values, refused = _judge(each, field, table.signs)
        if refused:
            for row, cell in cells[cells.isin([*refused])].items():
                if row not in table.ragged:
                    table.report(row, name, *refused[cell])
        columns[name] = _typed(values, cells.cat.codes.to_numpy(), field, coded)
    return pd.DataFrame(columns).set_axis(table.cells.index)


def _judge(
    each: list[str], field: dict[str, Any], signs: frozenset[str]
) -> tuple[list[Any], dict[str, Refusal]]:
    """Return the value of each cell and, of those that are refused, why.

    Of refused cells only free text is kept, so that rules can go on comparing names.
    """
    refused = {cell: why for cell in _doubtful(each, signs) if (why := _unfit_text(cell))}
    free = field["type"] == "string" and "enum" not in field.get("constraints", {})
    constraints = field.get("constraints", {})
    if free and not refused and "pattern" not in constraints:  # nothing to judge but emptiness
        if constraints.get("required") and "" in each:
            refused[""] = "an empty cell", _allowed(field, "required")
        return [cell or None for cell in each], refused
    read, digits = reader_of(field), DIGITS.get(field["type"])
    values = []
    for cell in each:
        if cell in refused:
            values.append(None)
            continue
        if cell and digits and not digits.fullmatch(cell):
            refused[cell] = cell, TYPES[field["type"]]
            values.append(None)
            continue
        value, broken = read(cell)
        if field["type"] == "list":
            value = value or ()
            if any(item != item.strip() or not item for item in value):
                refused[cell] = (
                    repr(cell),
                    f"values joined by {field['delimiter']!r}, none of them empty",
                )
                values.append(())
                continue
        if broken:
            refused[cell] = cell or "an empty cell", _allowed(field, broken)
            value = value if free else None
        values.append(value)
    return values, refused


def _doubtful(each: list[str], signs: frozenset[str]) -> list[str]:
    """Return the cells that `_unfit_text` might refuse, found quickly among many.

    Parameters
    ----------
    signs
        Characters of the whole file beyond those of plain English (`RawTable.signs`).
    """
    if characters.any_strange(signs):
        return each
    return [cell for cell in each if len(cell) > MAX_CELL or cell != cell.strip()]


def _unfit_text(cell: str) -> Refusal | None:
    """Say what no cell of a data set may hold, whatever its column."""
    if len(cell) > MAX_CELL:
        return f"{len(cell):,} characters", f"at most {MAX_CELL:,} characters"
    if sign := never_text(cell):
        return sign, "text without line breaks, tabs, control characters and hidden marks"
    if cell != cell.strip():
        return repr(cell), "no blanks at either end"
    if stray := characters.cannot_be_printed(cell):
        return stray, characters.ALLOWED
    return None


def _allowed(field: dict[str, Any], broken: str) -> str:
    """Say in words what the broken type or constraint asks for."""
    if broken == "type":
        return TYPES[field["type"]]
    wanted = field["constraints"][broken]
    words = {
        "required": "a value; the cell may not be empty",
        "pattern": f"text of the form {wanted}",
        "minimum": f"at least {wanted}",
        "maximum": f"at most {wanted}",
    }
    return words[broken] if broken in words else ", ".join(wanted)


def _typed(values: list[Any], at: np.ndarray, field: dict[str, Any], coded: bool) -> pd.Series:
    """Return a column of the type that fits the field.

    Parameters
    ----------
    values
        The value of each different cell.
    at
        The place in `values` of each row's.
    """
    if (listed := field.get("constraints", {}).get("enum")) is not None:
        places = pd.Categorical(values, categories=listed).codes
        return pd.Series(pd.Categorical.from_codes(places[at], categories=listed))
    if coded and field["type"] == "string":
        places, known = pd.factorize(_as_objects(values))
        return pd.Series(pd.Categorical.from_codes(places[at], known))
    if field["type"] == "boolean":
        some = None in values
        each = pd.array(values, dtype="boolean") if some else np.array(values, dtype=bool)
    elif (dtype := DTYPES.get(field["type"])) is not None:
        each = pd.array(values, dtype=dtype)
    else:
        each = _as_objects(values)
    return pd.Series(each[at])


def _as_objects(values: list[Any]) -> np.ndarray:
    each = np.empty(len(values), dtype=object)
    each[:] = values
    return each
