"""Check the primary and foreign keys that the schema declares."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from tracktwo.data.validation.csvfile import RawTable

Key = tuple[str, ...]


def check_primary_key(table: RawTable, schema: dict[str, Any]) -> None:
    """Report every row whose key an earlier row has."""
    columns = schema["primaryKey"]
    if not set(columns) <= set(table.cells) or not _any_twice(table.cells[columns]):
        return
    first: dict[Key, int] = {}
    for row, key in _keys(table.cells[columns]):
        if first.setdefault(key, row) != row:
            found = f"the key of row {first[key]} again: {', '.join(key)}"
            table.report(row, ", ".join(columns), found, "each key once")


def check_foreign_keys(name: str, tables: dict[str, RawTable], schema: dict[str, Any]) -> None:
    """Report every row that refers to a row that is not there.

    Links into a table that could not be read whole say nothing and are passed over; those
    into the codebook are left to the rules, which also know its part.
    """
    for link in schema.get("foreignKeys", ()):
        there, columns = link["reference"], link["fields"]
        target, table = tables[there["resource"] or name], tables[name]
        if not target.complete or there["resource"] == "codebook":
            continue
        if not set(columns) <= set(table.cells):
            continue
        known = {key for _, key in _keys(target.cells[there["fields"]])}
        each = {key for _, key in _keys(table.cells[columns].drop_duplicates())}
        for row, key in _keys(table.cells[columns]) if each - known else ():
            if key not in known and row not in table.ragged:
                allowed = f"the {', '.join(there['fields'])} of a row of {target.path}"
                table.report(row, ", ".join(columns), ", ".join(key), allowed)


def _any_twice(cells: pd.DataFrame) -> bool:
    """Return whether any row's key may be an earlier row's: the places of its cells as a number."""
    number, sizes = np.zeros(len(cells), np.int64), 1
    whole = np.ones(len(cells), bool)
    for _, column in cells.items():
        each, codes = column.cat.categories, column.cat.codes.to_numpy()
        sizes *= len(each)
        number = number * len(each) + codes
        if "" in each:
            whole &= codes != each.get_loc("")
    number = np.sort(number[whole])
    return sizes > np.iinfo(np.int64).max or bool((number[1:] == number[:-1]).any())


def _keys(cells: pd.DataFrame) -> Iterator[tuple[int, Key]]:
    """Yield row and key of the rows whose key has no empty part."""
    keys = zip(*(column.tolist() for _, column in cells.items()), strict=True)
    for row, key in zip(cells.index, keys, strict=True):
        if all(key):
            yield row, key
