"""Turn the cells of a table into typed columns, as its schema says."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pandas as pd

from tracktwo.data.validation import characters
from tracktwo.data.validation.csvfile import RawTable
from tracktwo.data.validation.nontext import never_text

if TYPE_CHECKING:
    from frictionless import Schema
    from frictionless.schema import Field

MAX_CELL = 20_000
WHOLE_NUMBER = re.compile(r"-?[0-9]+")  # int() also takes 1_000 and the digits of other scripts
NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")  # a float holds no more digits
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


def read_cells(table: RawTable, schema: "Schema") -> pd.DataFrame:
    """Return typed columns and report every cell that the schema refuses.

    Frictionless reads and judges the cells. Columns repeat few values, so each distinct
    one is judged once, which is what makes validation quick.
    """
    columns = {}
    for name, cells in table.cells.items():
        field = schema.get_field(name)
        reader = field.create_cell_reader()
        judged = {cell: _judge(cell, field, reader) for cell in cells.unique()}
        refused = {cell: refusal for cell, (_, refusal) in judged.items() if refusal}
        for row, cell in cells[cells.isin(list(refused))].items():
            if row not in table.ragged:
                table.report(row, name, *refused[cell])
        columns[name] = _typed([judged[cell][0] for cell in cells], field)
    return pd.DataFrame(columns).set_axis(table.cells.index)


def _judge(cell: str, field: "Field", reader: Callable[[Any], Any]) -> tuple[Any, Refusal | None]:
    """Return the cell's value and, when it is refused, why.

    Of refused cells only free text is kept, so that rules can go on comparing names.
    """
    if refusal := _unfit_text(cell, field):
        return None, refusal
    value, notes = reader(cell)
    if field.type == "list":
        value = tuple(value or ())
        if any(item != item.strip() or not item for item in value):
            return (), (repr(cell), f"values joined by {field.delimiter!r}, none of them empty")
    if not notes:
        return value, None
    free = field.type == "string" and "enum" not in field.constraints
    refusal = (cell or "an empty cell", _allowed(field, next(iter(notes))))
    return value if free else None, refusal


def _unfit_text(cell: str, field: "Field") -> Refusal | None:
    """Say what no cell of a data set may hold, whatever its column."""
    if len(cell) > MAX_CELL:
        return f"{len(cell):,} characters", f"at most {MAX_CELL:,} characters"
    if sign := never_text(cell):
        return sign, "text without line breaks, tabs, control characters and hidden marks"
    if cell != cell.strip():
        return repr(cell), "no blanks at either end"
    if stray := characters.cannot_be_printed(cell):
        return stray, characters.ALLOWED
    digits = {"integer": WHOLE_NUMBER, "year": WHOLE_NUMBER, "number": NUMBER}.get(field.type)
    if cell and digits and not digits.fullmatch(cell):
        return cell, TYPES[field.type]
    return None


def _allowed(field: "Field", broken: str) -> str:
    """Say in words what the broken type or constraint asks for."""
    if broken == "type":
        return TYPES[field.type]
    wanted = field.constraints[broken]
    words = {
        "required": "a value; the cell may not be empty",
        "pattern": f"text of the form {wanted}",
        "minimum": f"at least {wanted}",
        "maximum": f"at most {wanted}",
    }
    return words[broken] if broken in words else ", ".join(wanted)


def _typed(values: list[Any], field: "Field") -> pd.Series:
    """Return the values as a column of the type that fits the field."""
    if "enum" in field.constraints:
        return pd.Series(pd.Categorical(values, categories=field.constraints["enum"]))
    if field.type == "boolean":
        return pd.Series(values, dtype="boolean" if None in values else "bool")
    if field.type == "number":
        values = [None if value is None else float(value) for value in values]
    return pd.Series(values, dtype=DTYPES.get(field.type, "object"))
