"""Read one CSV file of a data set as text, trusting nothing about it."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from tracktwo.validation.problems import Problem

MAX_BYTES = 20_000_000
MAX_ROWS = 100_000
MAX_COLUMNS = 200


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
        Whether all expected columns and any rows are there, so that others may be held against it.
    """

    path: str
    problems: list[Problem] = field(default_factory=list)
    cells: pd.DataFrame = field(default_factory=pd.DataFrame)
    ragged: set[int] = field(default_factory=set)
    text: str = ""
    complete: bool = False

    def report(self, row: int | None, column: str | None, found: object, allowed: str) -> None:
        """Note a problem of this file."""
        self.problems.append(Problem(self.path, row, column, str(found), allowed))


def read_csv(folder: Path, path: str, columns: Sequence[str]) -> RawTable:
    """Read the file at `path` below `folder`, expecting `columns` in any order."""
    table = RawTable(path)
    content = _read_bytes(folder, table)
    text = None if content is None else _decode(content, table)
    rows = [] if text is None else _parse(text, table)
    if rows and len(rows[0]) > MAX_COLUMNS:
        table.report(1, None, f"{len(rows[0]):,} columns", f"at most {MAX_COLUMNS}")
    elif rows:
        _arrange(rows, columns, table)
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
        with file.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        return table.report(None, None, error.strerror, "a file that can be read")
    if len(content) > MAX_BYTES:
        return table.report(None, None, "a larger file", f"at most {MAX_BYTES:,} bytes")
    return content


def _decode(content: bytes, table: RawTable) -> str | None:
    """Return the text; a byte order mark and any line ends are accepted, then forgotten."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        return table.report(row, None, f"byte 0x{content[error.start]:02x}", "UTF-8 text")
    if not text.strip():
        return table.report(None, None, "an empty file", "a header and at least one row")
    table.text = text.replace("\r\n", "\n").replace("\r", "\n")
    return table.text


def _parse(text: str, table: RawTable) -> list[list[str]]:
    """Split the text into rows, or none when its quoting or length defeats that."""
    csv.field_size_limit(MAX_BYTES)  # a huge cell is reported with its row and column later
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), strict=True):
            rows.append(row)
            if len(rows) > MAX_ROWS:
                table.report(None, None, "more rows", f"at most {MAX_ROWS:,}")
                return []
    except csv.Error as error:
        found = f"broken quoting ({error})"
        table.report(len(rows) + 1, None, found, "quoted cells closed, quotes in them doubled")
        return []
    return rows


def _arrange(rows: list[list[str]], columns: Sequence[str], table: RawTable) -> None:
    """Fill in the table's cells by the header's names and report what does not fit."""
    header, body = rows[0], rows[1:]
    for name in dict.fromkeys(header):
        if name not in columns:
            table.report(1, name, "an extra column", ", ".join(columns))
        elif header.count(name) > 1:
            table.report(1, name, f"the column {header.count(name)} times", "once")
    for name in columns:
        if name not in header:
            table.report(1, name, "no such column", "a column of this name")
    if not body:
        table.report(None, None, "a header only", "at least one row")
    width = len(header)
    for number, row in enumerate(body, start=2):
        if len(row) != width:
            table.report(number, None, f"{len(row):,} cells", f"{width}, as in the header")
            table.ragged.add(number)
            body[number - 2] = (row + [""] * width)[:width]
    known = [name for name in columns if header.count(name) == 1]
    table.complete = bool(body) and len(known) == len(columns)
    cells = {name: [row[header.index(name)] for row in body] for name in known}
    table.cells = pd.DataFrame(cells, index=range(2, len(body) + 2), dtype=object)
