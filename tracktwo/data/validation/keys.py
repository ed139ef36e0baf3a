"""Check the primary and foreign keys that the schema declares."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tracktwo.data.validation.csvfile import RawTable

if TYPE_CHECKING:
    from frictionless import Schema

Key = tuple[str, ...]


def check_primary_key(table: RawTable, schema: "Schema") -> None:
    """Report every row whose key an earlier row has."""
    first: dict[Key, int] = {}
    for row, key in _keys(table, schema.primary_key):
        if first.setdefault(key, row) != row:
            found = f"the key of row {first[key]} again: {', '.join(key)}"
            table.report(row, ", ".join(schema.primary_key), found, "each key once")


def check_foreign_keys(name: str, tables: dict[str, RawTable], schema: "Schema") -> None:
    """Report every row that refers to a row that is not there.

    Links into a table that could not be read whole say nothing and are passed over; those
    into the codebook are left to the rules, which also know its part.
    """
    for link in schema.foreign_keys:
        there = link["reference"]
        target = tables[there["resource"] or name]
        if not target.complete or there["resource"] == "codebook":
            continue
        known = {key for _, key in _keys(target, there["fields"])}
        for row, key in _keys(tables[name], link["fields"]):
            if key not in known and row not in tables[name].ragged:
                allowed = f"the {', '.join(there['fields'])} of a row of {target.path}"
                tables[name].report(row, ", ".join(link["fields"]), ", ".join(key), allowed)


def _keys(table: RawTable, columns: list[str]) -> Iterator[tuple[int, Key]]:
    """Yield row and key of the rows whose key has no empty part."""
    if not set(columns) <= set(table.cells):
        return
    keys = zip(*(table.cells[column] for column in columns), strict=True)
    for row, key in zip(table.cells.index, keys, strict=True):
        if all(key):
            yield row, key
