"""Read every file of a data set into typed tables, by the schema that is the data set's own."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from tracktwo.data.validation.cells import read_cells
from tracktwo.data.validation.csvfile import Expected, RawTable, read_csv
from tracktwo.data.validation.keys import check_foreign_keys, check_primary_key
from tracktwo.data.validation.own_schema import (
    GIVEN,
    NOT_STATED,
    Column,
    as_column,
    own_columns,
    own_fields,
    with_own_lists,
    with_years_of_status,
    without_column,
)
from tracktwo.data.validation.problems import Problem

TOGETHER = ("documents", "speakers", "statements", "statement_codes")
"""Tables that are all there or none: what practitioners say."""

JOINED = {
    "initiatives": ("initiatives",),
    **dict.fromkeys(("documents", "speakers", "statements"), TOGETHER[:3]),
}
"""Tables whose columns come to stand beside each other, and beside the codes."""

PARTS = {"inventory": ("initiatives",), "practitioners": TOGETHER[:3]}


@dataclass(frozen=True)
class Tables:
    """The tables of a data set.

    Attributes
    ----------
    raw, typed
        By name, as text and as typed columns; both indexed by spreadsheet row.
    resources
        The schema of this data set, with the columns that it has and has not.
    columns
        By table the columns of the data set's own.
    digest
        SHA-256 of the files' paths and texts.
    """

    raw: dict[str, RawTable]
    typed: dict[str, pd.DataFrame]
    resources: dict[str, dict[str, Any]]
    columns: dict[str, tuple[Column, ...]]
    digest: "hashlib._Hash"


def read_tables(
    folder: Path, usual: Mapping[str, dict[str, Any]], own: dict[str, Any]
) -> tuple[Tables, list[Problem]]:
    """Return the tables below `folder`, and what is wrong with what `own` says of them.

    What is wrong with a file is noted with its `RawTable`.

    Parameters
    ----------
    usual
        The repository's schema, by table.
    own
        The data set's descriptor, its form already checked; may be empty.
    """
    resources, problems = with_own_lists(usual, own)
    raw, digest = {}, hashlib.sha256()
    for name in resources:
        raw[name] = table = read_csv(folder, _expected(name, usual, own))
        digest.update(b"\0" * (len(raw) > 1) + f"{table.path}\0".encode() + table.content)
        table.content = b""  # a large file is not held longer than it takes to read it
    if "end_status" in (cells := raw["initiatives"].cells):
        with_years_of_status(resources["initiatives"], cells["end_status"].unique())
    columns: dict[str, tuple[Column, ...]] = {}
    taken = _names_of_codes(raw["codebook"].cells)
    for name, resource in resources.items():
        ours = {f["name"] for t in JOINED.get(name, (name,)) for f in usual[t]["schema"]["fields"]}
        fields, wrong = own_columns(own, name, raw[name].own, ours | taken.get(name, set()))
        problems += wrong
        for joined in JOINED.get(name, ()):
            taken[joined] |= set(fields)
        raw[name].cells = raw[name].cells.drop(columns=[*set(raw[name].own) - set(fields)])
        columns[name] = tuple(map(as_column, fields.values()))
        _stand_in(resource, raw[name])
        resource["schema"]["fields"] += fields.values()
    _demand_together(raw)
    typed = {
        name: read_cells(raw[name], r["schema"]["fields"], coded="coding" in r)
        for name, r in resources.items()
    }
    for name, resource in resources.items():
        check_primary_key(raw[name], resource["schema"])
        check_foreign_keys(name, raw, resource["schema"])
    return Tables(raw, typed, resources, columns, digest), problems


def as_they_are(tables: Tables) -> dict[str, dict[str, Any]]:
    """Return the schema of the files that are there, with the columns that they have."""
    return {
        name: resource
        | {
            "schema": resource["schema"]
            | {
                "fields": [
                    field
                    for field in resource["schema"]["fields"]
                    if field["name"] not in tables.raw[name].missing
                ]
            }
        }
        for name, resource in tables.resources.items()
        if tables.raw[name].is_there
    }


def _expected(name: str, usual: Mapping[str, dict[str, Any]], own: dict[str, Any]) -> Expected:
    columns = {r["path"]: tuple(f["name"] for f in r["schema"]["fields"]) for r in usual.values()}
    path = usual[name]["path"]
    return Expected(
        path=path,
        columns=columns.pop(path),
        needed=tuple(usual[name]["needed"]),
        optional=usual[name].get("optional", False),
        declared=tuple(field["name"] for field in own_fields(own, name)),
        others=columns,
    )


def _names_of_codes(book: pd.DataFrame) -> dict[str, set[str]]:
    """Return by table the names that codes will have as columns beside it."""
    taken: dict[str, set[str]] = {}
    for part, tables in PARTS.items():
        names: set[str] = set()
        if {"part", "variable", "value"} <= set(book):
            own = book[book["part"] == part].astype(object)
            names = {*own["variable"], *(own["variable"] + "_" + own["value"])}
        taken |= {table: set(names) for table in tables}
    return taken


def _stand_in(resource: dict[str, Any], table: RawTable) -> None:
    """Fill columns that a file does not have, as far as it may lack them.

    A closed list gets the one value ``not_stated``, yes/no gets no, all else stays empty.
    """
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    lacking = [name for name in table.missing if name not in resource["needed"]]
    for name in lacking:
        field = without_column(resource, name)
        listed = field.get("constraints", {}).get("enum")
        empty = NOT_STATED if listed else "no" if field["type"] == "boolean" else ""
        alike = np.zeros(len(table.cells), np.int8)
        table.cells[name] = pd.Categorical.from_codes(alike, pd.Index([empty], dtype=object))
        fields[name] = field
    resource["schema"]["fields"] = list(fields.values())
    order = [name for name in fields if name in table.cells]
    table.cells = table.cells[[*order, *(n for n in table.cells if n not in fields)]]


def _demand_together(raw: Mapping[str, RawTable]) -> None:
    """Refuse some of the practitioners' files without the others."""
    absent = [name for name in TOGETHER if not raw[name].is_there and not raw[name].problems]
    present = [raw[name].path for name in TOGETHER if name not in absent]
    for name in absent if present else ():
        raw[name].report(
            None, None, "no such file", f"a CSV file, as {', '.join(present)} is there"
        )


def variables_have_names_of_their_own(
    book: pd.DataFrame, resources: Mapping[str, dict[str, Any]]
) -> Iterator[tuple[str, int, str, str, str]]:
    """Refuse variables and values that would be called as a column that is there already.

    The codes of a variable stand in columns of its name and of ``variable_value``.
    """
    for part, tables in PARTS.items():
        names = {f["name"] for t in tables for f in resources[t]["schema"]["fields"]} | GIVEN
        rows = book[book["part"] == part].dropna(subset=["variable", "value"])
        for row, variable in rows["variable"].drop_duplicates().items():
            if variable in names:
                yield "codebook", row, "variable", variable, "a name that no column of its part has"
        pairs = rows["variable"] + "_" + rows["value"]
        names |= set(rows["variable"])
        twice = pairs.duplicated() & ~rows.duplicated(["variable", "value"])
        for row, pair in pairs[pairs.isin(names) | twice].items():
            allowed = f"a value that makes no other column's name ({pair}) with its variable"
            yield "codebook", row, "value", rows.loc[row, "value"], allowed
