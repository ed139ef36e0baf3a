"""Read one CSV file of a data set as text, trusting nothing about it."""

import codecs
import csv
import io
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import count, islice
from pathlib import Path

import numpy as np
import pandas as pd

from tracktwo.data.validation.filekind import (
    AS_UTF8,
    as_name,
    misread,
    other_kind,
    other_layout,
    undecodable,
)
from tracktwo.data.validation.nontext import MISREAD_FROM
from tracktwo.data.validation.problems import Problem

MAX_BYTES = 1_000_000_000
"""Bytes of a file. There is no ceiling on rows: 20,000 initiatives with half a million codes open
in some ten seconds and half a gigabyte of memory, ten times as many in ten times that. But a file
is read whole, so that all its problems can be told at once, and takes twenty times its size in
memory. One larger than this is a mistake, and would take the machine down before a word is said."""

MAX_COLUMNS = 200
MAX_HEADER = 20_000  # characters of the first line that tell how cells are separated
PLAIN = bytes([*range(0x20, 0x7F), 0x0A])  # what is fit for every cell, and ends a line
PIECE, ROWS = 1 << 20, 20_000  # bytes, and rows, that are looked at together


@dataclass
class RawTable:
    """A file's cells as text, and what was wrong in reading it.

    Attributes
    ----------
    cells : pandas.DataFrame
        The expected columns that are there, in the expected order, categorical; the index is the
        row as a spreadsheet numbers it. Ragged rows are padded or cut, so that their keys stay
        known.
    ragged : set of int
        Rows of the wrong length: what their cells hold is not worth a further complaint.
    content : bytes
        The file's text in UTF-8 without byte order mark, with LF line ends.
    signs : set of str
        Its characters beyond those of plain English; a line break where a cell has one.
    is_there : bool
        Whether there is a file with a text in it.
    complete : bool
        Whether all needed columns and any rows are there, so that others may be held against it.
    missing, own : list of str
        Expected columns that the file does not have, and columns that it has beyond them.
    """

    path: str
    problems: list[Problem] = field(default_factory=list)
    cells: pd.DataFrame = field(default_factory=pd.DataFrame)
    ragged: set[int] = field(default_factory=set)
    content: bytes = b""
    signs: set[str] = field(default_factory=set)
    is_there: bool = False
    complete: bool = False
    missing: list[str] = field(default_factory=list)
    own: list[str] = field(default_factory=list)

    def report(self, row: int | None, column: str | None, found: object, allowed: str) -> None:
        """Note a problem of this file."""
        self.problems.append(Problem(self.path, row, column, str(found), allowed))


@dataclass(frozen=True)
class Cells:
    """What a text is split into.

    Attributes
    ----------
    columns : list of tuple
        For each column of the header which of its different cells each row has, and these cells.
    rows : int
        Without the header.
    ragged : list of tuple
        Number and width of each row of another width than the header's; width 0 of an empty one.
    """

    header: list[str]
    columns: list[tuple[np.ndarray, list[str]]]
    rows: int
    ragged: list[tuple[int, int]] = field(default_factory=list)


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
    if content is None or not _decode(content, table):
        return table
    # The header is read by itself first: with other signs between cells, quoting means nothing.
    first = table.content[: 4 * MAX_HEADER].partition(b"\n")[0]
    first = first.decode("utf-8", "ignore")[:MAX_HEADER]
    header = next(csv.reader([first]), [])
    if layout := other_layout(header, first, expected.columns):
        table.report(1, None, *layout)
    elif parsed := _split_plain(header, table) or _split(table):
        _arrange(parsed, expected, table)
    return table


def _empty(table: RawTable, expected: Expected) -> RawTable:
    """Return a table of no rows, as of a file that is not there and need not be."""
    none = pd.Categorical.from_codes([], pd.Index([], dtype=object))
    table.cells = pd.DataFrame(dict.fromkeys(expected.columns, none), index=range(2, 2))
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


def _decode(content: bytes, table: RawTable) -> bool:
    """Note the text; a byte order mark and any line ends are accepted, then forgotten."""
    if refusal := other_kind(content):
        table.report(None, None, *refusal)
        return False
    try:
        _demand_utf8(content)
    except UnicodeDecodeError as error:
        row = len((content[: error.start] + b".").splitlines())
        table.report(row, None, undecodable(content, error.start), AS_UTF8)
        return False
    content = content.removeprefix(codecs.BOM_UTF8)
    if not content[:PIECE].strip() and not content.decode().strip():
        table.report(None, None, "an empty file", "a header and at least one row")
        return False
    signs = set(content.translate(None, PLAIN).decode("utf-8", "ignore"))
    if signs & set(MISREAD_FROM) and (refusal := misread(content.decode())):
        table.report(None, None, *refusal)
        return False
    if "\r" in signs:
        content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    table.content, table.signs = content, signs - {"\r"}
    table.is_there = True
    return True


def _demand_utf8(content: bytes) -> None:
    """Decode a file piece by piece: as a whole its letters take up to four times its bytes.

    Raises
    ------
    UnicodeDecodeError
        With the place in the whole.
    """
    if content.isascii():
        return
    decode = codecs.getincrementaldecoder("utf-8")().decode
    try:
        for place in range(0, len(content), PIECE):
            decode(content[place : place + PIECE])
        decode(b"", True)
    except UnicodeDecodeError:
        content.decode("utf-8-sig")


def _split_plain(header: list[str], table: RawTable) -> Cells | None:
    """Split a text of plain characters without quotes, quickly; None where it is anything else.

    Of such a text pandas' parser makes the same cells as Python's, as long as every line has as
    many commas as the header. Where it has not, Python's is asked and tells what is wrong.
    """
    content, width = table.content, len(header)
    if table.signs or b'"' in content or width > MAX_COLUMNS:
        return None
    if not all(header) or len(set(header)) < width:
        return None
    lines = content.count(b"\n") + (not content.endswith(b"\n"))
    if lines < 2 or content.count(b",") != lines * (width - 1):
        return None
    plain = {"na_filter": False, "quoting": csv.QUOTE_NONE, "skip_blank_lines": False}
    try:
        cells = pd.read_csv(io.BytesIO(content), dtype="category", **plain)
    except (pd.errors.ParserError, TypeError):  # lines of other lengths; here words, there numbers
        return None
    shape = (lines - 1, width)
    if cells.shape != shape or not isinstance(cells.index, pd.RangeIndex):
        return None
    columns = [(x.cat.codes.to_numpy(), x.cat.categories.tolist()) for _, x in cells.items()]
    if not all(isinstance(each[0], str) for _, each in columns):  # taken for numbers
        return None
    if all("" in each for _, each in columns):  # there may be an empty row
        return None
    return Cells(header, columns, lines - 1)


def _split(table: RawTable) -> Cells | None:
    """Split the text into cells, or none when its quoting or width defeats that."""
    csv.field_size_limit(MAX_BYTES)  # a huge cell is reported with its row and column later
    lines = io.TextIOWrapper(io.BytesIO(table.content), "utf-8", newline="\n")
    reader, read = csv.reader(lines, strict=True), count(1)
    counted = (row for row, _ in zip(reader, read))  # noqa: B905 - rows end before numbers do
    try:
        header = next(counted, [])
        if len(header) > MAX_COLUMNS:
            table.report(1, None, f"{len(header):,} columns", f"at most {MAX_COLUMNS}")
            return None
        cells = _encode(header, counted)
    except csv.Error as error:
        found = f"broken quoting ({error})"
        table.report(next(read), None, found, "quoted cells closed, quotes in them doubled")
        return None
    if reader.line_num > cells.rows + 1:
        table.signs.add("\n")
    return cells


def _encode(header: list[str], rows: Iterator[list[str]]) -> Cells:
    """Note each different cell of a column once, and which of them each row has."""
    width, wrong = len(header), []

    def even() -> Iterator[list[str]]:
        for number, row in enumerate(rows, start=2):
            if len(row) == width and any(row):
                yield row
            else:
                wrong.append((number, len(row) if any(row) else 0))
                yield (row + [""] * width)[:width]

    # A cell is numbered when it is first asked for.
    places = [defaultdict(count().__next__) for _ in header]
    pieces: list[list[np.ndarray]] = [[] for _ in header]
    evened = even()
    while some := list(islice(evened, ROWS)):
        for place, piece, cells in zip(places, pieces, zip(*some, strict=True), strict=True):
            piece.append(np.fromiter(map(place.__getitem__, cells), np.int32, len(some)))
    at = [np.concatenate([*piece, np.empty(0, np.int32)]) for piece in pieces]
    columns = [(codes, [*place]) for codes, place in zip(at, places, strict=True)]
    return Cells(header, columns, len(at[0]) if at else 0, wrong)


def _arrange(given: Cells, expected: Expected, table: RawTable) -> None:
    """Fill in the table's cells by the header's names and report what does not fit."""
    header = given.header
    known = [name for name in expected.columns if header.count(name) == 1]
    if not _check_header(header, expected, table):
        return
    table.missing = [name for name in expected.columns if name not in header]
    if not given.rows and expected.optional:
        _empty(table, expected)
        return
    if not given.rows:
        table.report(None, None, "a header only", "at least one row")
    for number, width in given.ragged:
        if width:
            table.report(number, None, f"{width:,} cells", f"{len(header)}, as in the header")
        else:
            table.report(number, None, "an empty row", "a row with cells, or none")
    table.ragged = {number for number, _ in given.ragged}
    table.complete = bool(given.rows) and set(expected.needed) <= set(known)
    cells = {}
    for name in known + table.own:
        at, each = given.columns[header.index(name)]
        cells[name] = pd.Categorical.from_codes(at, pd.Index(each, dtype=object))
    table.cells = pd.DataFrame(cells, index=range(2, given.rows + 2))


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
