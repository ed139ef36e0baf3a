"""Read one CSV file of a data set as text, trusting nothing about it."""

import csv
import io
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from tracktwo.data.validation.filekind import (
    AS_UTF8,
    as_name,
    misread,
    other_kind,
    other_layout,
    undecodable,
)
from tracktwo.data.validation.problems import Problem

MAX_BYTES = 1_000_000_000
"""Bytes of a file. There is no ceiling on rows: 20,000 initiatives with half a million codes open
in some ten seconds and half a gigabyte of memory, ten times as many in ten times that. But a file
is read whole, so that all its problems can be told at once, and takes twenty times its size in
memory. One larger than this is a mistake, and would take the machine down before a word is said."""

MAX_COLUMNS = 200
MAX_HEADER = 20_000  # characters of the first line that tell how cells are separated


@dataclass
class RawTable:
    """A file's cells as text, and what was wrong in reading it.

    Attributes
    ----------
    cells : pandas.DataFrame
        The expected columns that are there, in the expected order; the index is the row
        as a spreadsheet numbers it. Ragged rows are padded or cut, so that their keys stay known.
    ragged : set of int
        Rows of the wrong length: what their cells hold is not worth a further complaint.
    text : str
        The file's text without byte order mark, with LF line ends.
    complete : bool
        Whether all needed columns and any rows are there, so that others may be held against it.
    missing, own : list of str
        Expected columns that the file does not have, and columns that it has beyond them.
    """

    path: str
    problems: list[Problem] = field(default_factory=list)
    cells: pd.DataFrame = field(default_factory=pd.DataFrame)
    ragged: set[int] = field(default_factory=set)
    text: str = ""
    complete: bool = False
    missing: list[str] = field(default_factory=list)
    own: list[str] = field(default_factory=list)

    def report(self, row: int | None, column: str | None, found: object, allowed: str) -> None:
        """Note a problem of this file."""
        self.problems.append(Problem(self.path, row, column, str(found), allowed))


@dataclass(frozen=True)
class Expected:
    """What a file should hold: all its columns, and those without which it cannot be used.

    Attributes
    ----------
    optional : bool
        Whether the file may be absent, or have no rows.
    declared : tuple of str
        Columns that the data set's descriptor names beyond ours.
    others : mapping
        The columns of the other files, by path.
    """

    path: str
    columns: tuple[str, ...]
    needed: tuple[str, ...]
    optional: bool = False
    declared: tuple[str, ...] = ()
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_csv(folder: Path, expected: Expected) -> RawTable:
    """Read a file below `folder`, with its columns in any order."""
    table = RawTable(expected.path)
    if expected.optional and not os.path.lexists(folder / expected.path):
        return _empty(table, expected)
    content = _read_bytes(folder, table)
    text = None if content is None else _decode(content, table)
    if text is None:
        return table
    # The header is read by itself first: with other signs between cells, quoting means nothing.
    first = text[: text.find("\n")] if "\n" in text else text
    header = next(csv.reader([first[:MAX_HEADER]]), [])
    if layout := other_layout(header, first[:MAX_HEADER], expected.columns):
        table.report(1, None, *layout)
    elif rows := _parse(text, table):
        _arrange(rows, expected, table)
    return table


def _empty(table: RawTable, expected: Expected) -> RawTable:
    """Return a table of no rows, as of a file that is not there and need not be."""
    table.cells = pd.DataFrame(columns=list(expected.columns), index=range(2, 2), dtype=object)
    return table


def _read_bytes(folder: Path, table: RawTable) -> bytes | None:
    """Return the file's bytes; a link could lead out of the data set, so none is followed."""
    file = folder / table.path
    below = [file, *file.parents]
    try:
        if any(part.is_symlink() for part in below[: below.index(folder)]):
            return table.report(None, None, "a symbolic link", "a file inside the data set")
        if not file.is_file():
            found = "something that is not a file" if file.exists() else "no such file"
            return table.report(None, None, found, "a CSV file")
        if (size := file.stat().st_size) > MAX_BYTES:
            return table.report(None, None, f"{size:,} bytes", f"at most {MAX_BYTES:,} bytes")
        return file.read_bytes()
    except OSError as error:
        return table.report(None, None, error.strerror, "a file that can be read")


def _decode(content: bytes, table: RawTable) -> str | None:
    """Return the text; a byte order mark and any line ends are accepted, then forgotten."""
    if refusal := other_kind(content):
        return table.report(None, None, *refusal)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = len((content[: error.start] + b".").splitlines())
        return table.report(row, None, undecodable(content, error.start), AS_UTF8)
    if not text.strip():
        return table.report(None, None, "an empty file", "a header and at least one row")
    if refusal := misread(text):
        return table.report(None, None, *refusal)
    table.text = text.replace("\r\n", "\n").replace("\r", "\n")
    return table.text


def _parse(text: str, table: RawTable) -> list[list[str]]:
    """Split the text into rows, or none when its quoting or width defeats that."""
    csv.field_size_limit(MAX_BYTES)  # a huge cell is reported with its row and column later
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), strict=True):
            if not rows and len(row) > MAX_COLUMNS:
                table.report(1, None, f"{len(row):,} columns", f"at most {MAX_COLUMNS}")
                return []
            rows.append(row)
    except csv.Error as error:
        found = f"broken quoting ({error})"
        table.report(len(rows) + 1, None, found, "quoted cells closed, quotes in them doubled")
        return []
    return rows


def _arrange(rows: list[list[str]], expected: Expected, table: RawTable) -> None:
    """Fill in the table's cells by the header's names and report what does not fit."""
    header, body = rows[0], rows[1:]
    known = [name for name in expected.columns if header.count(name) == 1]
    if not _check_header(header, expected, table):
        return
    table.missing = [name for name in expected.columns if name not in header]
    if not body and expected.optional:
        _empty(table, expected)
        return
    if not body:
        table.report(None, None, "a header only", "at least one row")
    width = len(header)
    for number, row in enumerate(body, start=2):
        if not any(row):
            table.report(number, None, "an empty row", "a row with cells, or none")
        elif len(row) != width:
            table.report(number, None, f"{len(row):,} cells", f"{width}, as in the header")
        if len(row) != width or not any(row):
            table.ragged.add(number)
            body[number - 2] = (row + [""] * width)[:width]
    table.complete = bool(body) and set(expected.needed) <= set(known)
    cells = {name: [row[header.index(name)] for row in body] for name in known + table.own}
    table.cells = pd.DataFrame(cells, index=range(2, len(body) + 2), dtype=object)


def _check_header(header: list[str], expected: Expected, table: RawTable) -> bool:
    """Report names that are written otherwise, too many, or not there: each kind once.

    What the file has beyond the expected columns is the data set's own. Return whether the
    file is of this table at all.
    """
    columns = expected.columns
    missing = [name for name in columns if name not in header]
    absent = [name for name in expected.needed if name in missing]
    if absent and (other := _other_table(header, expected)):
        allowed = f"those of this file: {', '.join(columns)}"
        table.report(1, None, f"the columns of {other}", allowed)
        return False
    if len(missing) == len(columns) and not {as_name(name) for name in header} & set(columns):
        found = f"a first row of other words: {', '.join(header)}"
        table.report(1, None, found, f"the names of the columns: {', '.join(columns)}")
        return False
    otherwise = {as_name(name): name for name in header if as_name(name) in missing}
    extra = [name for name in header if name not in columns and name not in otherwise.values()]
    alike = {n: close for n in extra if (close := _alike(n, missing, expected.declared))}
    absent = [name for name in absent if name not in [*otherwise, *alike.values()]]
    twice = [name for name in dict.fromkeys(header) if name and header.count(name) > 1]
    if otherwise:
        table.report(1, ", ".join(otherwise.values()), "another spelling", ", ".join(otherwise))
    if nameless := extra.count(""):
        found = "an extra column" + (f", {nameless:,} times" if nameless > 1 else "")
        table.report(1, "(no name)", found, "a name above each column")
    for name, close in alike.items():
        allowed = f"{close}; or a column of your own that datapackage.json declares"
        table.report(1, name, f"a name much like {close}, which is not there", allowed)
    if twice:
        counts = {str(header.count(name)) for name in twice}
        table.report(1, ", ".join(twice), f"the column {' or '.join(counts)} times", "once")
    if absent:
        found = "no such column" + (f", {len(absent):,} times" if len(absent) > 1 else "")
        table.report(1, ", ".join(absent), found, "a column of this name")
    table.own = [name for name in extra if name and name not in alike and name not in twice]
    return True


def _other_table(header: list[str], expected: Expected) -> str | None:
    """Return the file to whose table a header belongs, when it fits that one better."""
    fits = {path: len(set(header) & set(names)) for path, names in expected.others.items()}
    best = max(fits, key=fits.get, default=None)
    own = len(set(header) & set(expected.columns))
    return best if best and fits[best] > max(own, len(header) / 2) else None


def _alike(name: str, missing: list[str], declared: tuple[str, ...]) -> str | None:
    """Return the missing column that an undeclared one looks like a misspelling of."""
    close = [] if name in declared else get_close_matches(name, missing, 1, 0.8)
    return close[0] if close else None
