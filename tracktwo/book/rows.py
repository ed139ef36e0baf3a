"""The rows behind a number: which filter of the explorer shows them, held against the number.

``chapters/rows.csv`` has a line for each number that is a count of rows, or an estimate on them:
its key in ``results.json``; ``rows``, those it was computed from; and ``part``, what narrows them
to those that were counted. A figure's key is its chapter's name, a dot and its label. Both filters
are written as in the explorer's address.
"""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from tracktwo.ground import paths
from tracktwo.ground.digits import rounded

COLUMNS = ["key", "rows", "part"]
FILE = paths.ROOT / "chapters" / "rows.csv"
INITIATIVES = "initiatives"
"""What a filter is of unless it says ``show=statements``."""


def read_rows(file: Path = FILE) -> dict[str, tuple[str, str]]:
    """Return the filters of each key: rows and part, the latter empty where all rows count.

    Raises
    ------
    ValueError
        When the file has other columns, an empty cell where none may be, or a key twice.
    """
    with file.open(encoding="utf-8-sig", newline="") as text:
        reader = csv.DictReader(text)
        if reader.fieldnames != COLUMNS:
            raise ValueError(f"{file.name}: found columns {reader.fieldnames}; allowed: {COLUMNS}")
        found: dict[str, tuple[str, str]] = {}
        for row in reader:
            key, rows, part = (row[name] for name in COLUMNS)
            if not key or not rows or key in found or part is None:
                what = f"{key!r} a second time" if key in found else "an empty cell"
                raise ValueError(f"{file.name}, line {reader.line_num}: found {what}")
            found[key] = rows, part
    return found


def count(views: Mapping[str, Any], address: str) -> int:
    """Return how many records the explorer shows at `address`.

    Values of one facet are alternatives, facets narrow each other, as in ``records.js``.

    Raises
    ------
    ValueError
        When the data have no such view, facet or value.
    """
    wanted: dict[str, set[str]] = {}
    for name, value in parse_qsl(address, strict_parsing=True):
        wanted.setdefault(name, set()).add(value)
    [show] = wanted.pop("show", {INITIATIVES})
    if show not in views:
        raise ValueError(f"no {show}; there are: {', '.join(views)}")
    known = {
        facet["name"]: {value for value, _ in facet["values"]} for facet in views[show]["facets"]
    }
    for name, values in wanted.items():
        if odd := values - known.get(name, set()):
            raise ValueError(f"no {name} {', '.join(sorted(odd))} among the {show}")
    return sum(
        all(values.intersection(record["has"][name]) for name, values in wanted.items())
        for record in views[show]["records"]
    )


def behind(
    record: Mapping[str, Any] | None, rows: str, part: str, views: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the rows behind a number: address and count of all, and of the part that counts.

    Parameters
    ----------
    record
        The number's record in ``results.json``; None for a figure, of which nothing is checked
        but that there are such rows.

    Raises
    ------
    ValueError
        When there are no such rows, or the number says that there are more or fewer.
    """
    found = {"rows": _address(rows), "of": count(views, rows)}
    if part:
        counted = _narrowed(rows, part)
        found |= {"part": _address(counted), "count": count(views, counted)}
    if not found["of"] or (record is not None and not _fits(record, found)):
        raise ValueError(f"the explorer shows {found.get('count', 'all')} of {found['of']} rows")
    return found


def _fits(record: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    """Tell whether a number is what its rows make: their count, or the share that counts."""
    if "n" in record and record["n"] != found["of"]:
        return False
    if "count" in found:
        return record["value"] in (found["count"], rounded(found["count"] / found["of"]))
    return "n" in record or record["value"] == found["of"]


def _narrowed(rows: str, part: str) -> str:
    """Return the filter of the part: of a facet that both have, its values are the part's."""
    chosen = {name for name, _ in parse_qsl(part)}
    kept = [pair for pair in parse_qsl(rows) if pair[0] not in chosen]
    return urlencode([*kept, *parse_qsl(part)])


def _address(text: str) -> str:
    """Return a filter as the explorer itself writes its address."""
    pairs = parse_qsl(text)
    shown = dict(pairs).get("show", INITIATIVES)
    return urlencode([("show", shown), *(pair for pair in pairs if pair[0] != "show")])


def add_rows(
    results: dict[str, dict[str, Any]],
    figures: dict[str, dict[str, Any]],
    filters: Mapping[str, tuple[str, str]],
    views: Mapping[str, Any],
    *,
    published: bool,
) -> None:
    """Add to the records of numbers and figures the rows behind them.

    In the published edition every line of `filters` must be right. Another edition may tell less,
    and its filters may mean something else there: what does not fit is left out.

    Raises
    ------
    ValueError
        In the published edition, when a filter names what is not told, or shows other rows than
        the number says.
    """
    for key, (rows, part) in filters.items():
        record = results.get(key) or figures.get(key)
        try:
            if record is None:
                raise ValueError("no chapter tells it")
            record |= behind(record if key in results else None, rows, part, views)
        except ValueError as error:
            if published:
                raise ValueError(f"chapters/{FILE.name}, {key}: {error}") from error
