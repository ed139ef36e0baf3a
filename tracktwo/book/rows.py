"""The rows behind a number: which filter of the explorer shows them, held against the number.

``chapters/rows.csv`` has a line for each number that is a count of rows, or an estimate on them:
its key in ``results.json``; ``rows``, those it was computed from; and ``part``, what narrows them
to those that were counted. A figure's key is its chapter's name, a dot and its label. Both filters
are written as in the explorer's address. Where not the rows themselves are counted but those who
stand behind them, ``unit`` says what: ``speaker``, say.
"""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from tracktwo.data.study import open_study
from tracktwo.ground import paths
from tracktwo.ground.digits import rounded
from tracktwo.telling.explorer import explorer_data, frame_of

COLUMNS = ["key", "rows", "part", "unit"]
FILE = paths.ROOT / "chapters" / "rows.csv"
INITIATIVES = "initiatives"
"""What a filter is of unless it says ``show=statements``."""


def read_rows(file: Path = FILE) -> dict[str, tuple[str, str, str]]:
    """Return of each key the rows, the part (empty where all rows count) and the unit.

    Raises
    ------
    ValueError
        When the file has other columns, an empty cell where none may be, or a key twice.
    """
    with file.open(encoding="utf-8-sig", newline="") as text:
        reader = csv.DictReader(text)
        if reader.fieldnames != COLUMNS:
            raise ValueError(f"{file.name}: found columns {reader.fieldnames}; allowed: {COLUMNS}")
        found: dict[str, tuple[str, str, str]] = {}
        for row in reader:
            key, rows, part, unit = (row[name] for name in COLUMNS)
            if not key or not rows or key in found or unit is None:
                what = f"{key!r} a second time" if key in found else "an empty cell"
                raise ValueError(f"{file.name}, line {reader.line_num}: found {what}")
            found[key] = rows, part, unit
    return found


def count(views: Mapping[str, Any], address: str, unit: str = "") -> int:
    """Return how many records the explorer shows at `address`, or units that stand behind them.

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
    shown = [
        record["has"]
        for record in views[show]["records"]
        if all(values.intersection(record["has"][name]) for name, values in wanted.items())
    ]
    return len({value for has in shown for value in has[unit]}) if unit else len(shown)


def behind(
    record: Mapping[str, Any] | None, filters: tuple[str, str, str], views: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the rows behind a number: address and count of all, and of the part that counts.

    Parameters
    ----------
    record
        The number's record in ``results.json``; None for a figure, of which nothing is checked
        but that there are such rows.
    filters
        Rows, part and unit, as in ``chapters/rows.csv``.

    Raises
    ------
    ValueError
        When there are no such rows, or the number says that there are more or fewer.
    """
    rows, part, unit = filters
    found = {"rows": _address(rows), "of": count(views, rows)}
    facets = views[_view(rows)]["facets"]
    found["which"] = _in_words(rows, facets)
    if part:
        found["which"] += f"; of these {_in_words(part, facets)}"
        counted = _narrowed(rows, part)
        found |= {"part": _address(counted), "count": count(views, counted)}
    units = (found.get("count"), found["of"])
    if unit:
        units = (count(views, counted, unit) if part else None, count(views, rows, unit))
        found |= {"unit": unit, "units": list(units)}
    if not found["of"] or (record is not None and not _fits(record, *units)):
        some = "all" if units[0] is None else units[0]
        raise ValueError(f"the explorer shows {some} of {units[1]} {unit or 'row'}s")
    return found


def _fits(record: Mapping[str, Any], part: int | None, whole: int) -> bool:
    """Tell whether a number is what its rows make: their count, or the share that counts."""
    if "n" in record and record["n"] != whole:
        return False
    if part is not None:
        return record["value"] in (part, rounded(part / whole))
    return "n" in record or record["value"] == whole


def _in_words(address: str, facets: list[dict[str, Any]]) -> str:
    """Return a filter as the explorer words it: ``Level: Elite or Mixed; Focus: Both``."""
    asked = parse_qsl(address)
    said = []
    for facet in facets:
        labels = [label for value, label in facet["values"] if (facet["name"], value) in asked]
        said += [f"{facet['label']}: {' or '.join(labels)}"] if labels else []
    return "; ".join(said) or "All"


def _view(address: str) -> str:
    return dict(parse_qsl(address)).get("show", INITIATIVES)


def _narrowed(rows: str, part: str) -> str:
    """Return the filter of the part: of a facet that both have, its values are the part's."""
    chosen = {name for name, _ in parse_qsl(part)}
    kept = [pair for pair in parse_qsl(rows) if pair[0] not in chosen]
    return urlencode([*kept, *parse_qsl(part)])


def _address(text: str) -> str:
    """Return a filter as the explorer itself writes its address."""
    pairs = parse_qsl(text)
    return urlencode([("show", _view(text)), *(pair for pair in pairs if pair[0] != "show")])


def add_rows(
    results: dict[str, dict[str, Any]],
    figures: dict[str, dict[str, Any]],
    parameters: Mapping[str, Any],
) -> None:
    """Add to the records of an edition's numbers and figures the rows behind them.

    In the published edition, which has no `parameters`, every line of the file must be right.
    Another edition may tell less, and a filter may mean something else there: what does not fit
    is left out.

    Raises
    ------
    ValueError
        In the published edition, when a line names what is not told, or shows other rows than
        the number says.
    """
    study = open_study(parameters.get("data", "data"))
    views = explorer_data(study, frame_of(study, parameters))
    wrong = []
    for key, filters in read_rows().items():
        record = results.get(key) or figures.get(key)
        try:
            if record is None:
                raise ValueError("no chapter tells it")
            record |= behind(record if key in results else None, filters, views)
        except ValueError as error:
            wrong.append(f"{key}: {error}")
    if wrong and not parameters:
        raise ValueError(
            f"chapters/{FILE.name} is not what the chapters tell\n    " + "\n    ".join(wrong)
        )
