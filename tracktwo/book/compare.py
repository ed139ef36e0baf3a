"""What differs between two books, and by how much; each kind with the largest first.

Sizes are for sorting and for a glance, not results.

- An **estimate** of a claim: how far it moved, in half-widths of the first book's interval (of
  ratios, in logarithms). At one it lies where the interval's end was.
- A **value** of the text: the part of its scale that it moved. Of a share or a difference of
  shares that is the difference; of any other number, the difference relative to the larger.
- A **figure**: how far its rows moved on average. A row moved as far as that of its numbers that
  moved most, as a share of the range that this number has in both figures; a row that only one
  of them has moved by one. Rows are matched by their words.
- A **table**: the share of its rows that the other does not have.

What has no size, such as words, or what only one book has, stands after what has one.
"""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf, isfinite, isnan, log, nan
from typing import Any

from tracktwo.book.books import Book, Figure, LeftOut, Table, Value


@dataclass(frozen=True)
class Difference:
    """One thing that two books tell differently; ``before`` or ``after`` is None where missing.

    Both are as the book prints them: a value's text, a figure's or table's title.
    """

    key: str
    chapter: str
    before: str | None
    after: str | None
    size: float


@dataclass(frozen=True)
class PartMoved:
    """One statistic of a claim in both books, each as in ``verdicts.json``, or None."""

    name: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    size: float

    @property
    def moved(self) -> bool:
        """Whether anything about it differs."""
        return self.before != self.after


@dataclass(frozen=True)
class ClaimMoved:
    """A claim in both books: verdict and standing, before and after, and each statistic.

    A verdict is None in a book that does not test the claim; a standing too where none is told.
    """

    claim: str
    verdicts: tuple[str | None, str | None]
    standings: tuple[str | None, str | None]
    parts: list[PartMoved]

    @property
    def changed(self) -> bool:
        """Whether the verdict or the standing differs."""
        return len({*self.verdicts}) > 1 or len({*self.standings}) > 1

    @property
    def moved(self) -> bool:
        """Whether anything about the claim differs."""
        return self.changed or any(part.moved for part in self.parts)

    @property
    def size(self) -> float:
        """The largest size of any of its statistics; 0 when none has one."""
        return max((part.size for part in self.parts if not isnan(part.size)), default=0.0)


@dataclass(frozen=True)
class Comparison:
    """Two books side by side.

    Attributes
    ----------
    claims
        Every claim that either tests: first those with another verdict, then with another
        standing, each with the largest first.
    values, figures, tables
        What differs, the largest first.
    fallen
        What is left out in the second book and not in the first, in the order of the pages.
    counts
        By ``claims``, ``values``, ``figures`` and ``tables``, how many there are in either book.
    """

    claims: list[ClaimMoved]
    values: list[Difference]
    figures: list[Difference]
    tables: list[Difference]
    fallen: list[LeftOut]
    counts: dict[str, int]

    @property
    def same(self) -> bool:
        """Whether the two books tell the same throughout."""
        moved = self.values or self.figures or self.tables or self.fallen
        return not moved and not any(claim.moved for claim in self.claims)


def compare(before: Book, after: Book) -> Comparison:
    """Return what `after` tells differently from `before`."""
    claims = [
        _claim(name, before.verdicts.get(name), after.verdicts.get(name))
        for name in {**before.verdicts, **after.verdicts}
    ]
    known = set(before.left_out)
    return Comparison(
        claims=sorted(claims, key=_by_weight),
        values=_largest_first(before.values, after.values, _value_text, value_size),
        figures=_largest_first(before.figures, after.figures, _title, figure_size),
        tables=_largest_first(before.tables, after.tables, _title, table_size),
        fallen=[passage for passage in after.left_out if passage not in known],
        counts={
            kind: len({**getattr(before, name), **getattr(after, name)})
            for kind, name in [("claims", "verdicts"), *((k, k) for k in KINDS)]
        },
    )


KINDS = ("values", "figures", "tables")


def _largest_first(before: Mapping, after: Mapping, say: Any, size: Any) -> list[Difference]:
    """Return what differs between two mappings of the same kind of thing."""
    found = []
    for key in {**before, **after}:
        one, two = before.get(key), after.get(key)
        if one is None or two is None or _content(one) != _content(two):
            both = one is not None and two is not None
            texts = [None if thing is None else say(thing) for thing in (one, two)]
            far = size(one, two) if both else nan
            found.append(Difference(key, (two or one).chapter, *texts, far))
    return sorted(found, key=lambda d: (_rank(d.size), None in (d.before, d.after), d.key))


def _content(thing: Value | Figure | Table) -> tuple:
    """Return what counts as the thing's content, wherever it stands."""
    if isinstance(thing, Value):
        return thing.text, thing.value
    if isinstance(thing, Figure):
        return thing.title, thing.alt, thing.numbers, thing.image.read_bytes()
    return (thing.text,)


def _value_text(value: Value) -> str:
    return value.text


def _title(thing: Figure | Table) -> str:
    return thing.title


def _rank(size: float) -> float:
    """Return what puts the largest first, and what has no size last."""
    return inf if isnan(size) else -size


def _by_weight(claim: ClaimMoved) -> tuple:
    one, two = claim.verdicts
    return one == two, not claim.changed, not claim.moved, -claim.size, claim.claim


def _claim(name: str, before: dict | None, after: dict | None) -> ClaimMoved:
    both = (before or {}, after or {})
    one, two = ({part["name"]: part for part in book.get("parts", [])} for book in both)
    parts = [PartMoved(n, one.get(n), two.get(n), part_size(one.get(n), two.get(n)))
             for n in {**one, **two}]  # fmt: skip
    verdicts, standings = (tuple(b.get(k) for b in both) for k in ("verdict", "standing"))
    return ClaimMoved(name, verdicts, standings, parts)


def part_size(before: dict[str, Any] | None, after: dict[str, Any] | None) -> float:
    """Return how far an estimate moved, in half-widths of the first one's interval."""
    if before is None or after is None:
        return nan
    numbers = [before["estimate"], after["estimate"], before["low"], before["high"]]
    if None in numbers[:2]:
        return nan
    if numbers[0] == numbers[1]:
        return 0.0
    if before.get("kind") == "ratio" and all(number and number > 0 for number in numbers):
        numbers = [log(number) for number in numbers]
    one, two, low, high = numbers
    return abs(two - one) * 2 / (high - low) if None not in (low, high) and high > low else nan


def value_size(before: Value, after: Value) -> float:
    """Return the part of its scale that a value moved."""
    one, two = before.value, after.value
    if not isinstance(one, int | float) or not isinstance(two, int | float):
        return nan
    if any(sign in before.text for sign in ("%", "points")):
        return abs(two - one)
    return abs(two - one) / (max(abs(one), abs(two)) or 1)


def figure_size(before: Figure, after: Figure) -> float:
    """Return how far the rows of a figure's numbers moved on average."""
    books = [list(csv.DictReader(io.StringIO(f.numbers))) for f in (before, after)]
    ranges = _ranges(row for rows in books for row in rows)
    one, two = (_by_words(rows, ranges) for rows in books)
    moved = []
    for words in {**one, **two}:
        pairs = max(len(one[words]), len(two[words]))
        both = list(zip(one[words], two[words], strict=False))
        moved += [_row_moved(a, b, ranges) for a, b in both] + [1.0] * (pairs - len(both))
    return sum(moved) / len(moved) if moved else 0.0


def table_size(before: Table, after: Table) -> float:
    """Return the share of a table's rows that the other does not have."""
    lines = ([line for line in t.text.splitlines() if line[:1] == "|"] for t in (before, after))
    one, two = (Counter(rows[2:]) for rows in lines)  # without the header and the line below it
    return 1 - (one & two).total() / max(one.total(), two.total(), 1)


def _number(cell: str | None) -> float:
    try:
        found = float(cell or "nan")
    except ValueError:
        return nan
    return found if isfinite(found) else nan


def _ranges(rows: Iterable[dict[str, str]]) -> dict[str, float]:
    """Return the columns that hold numbers alone, each with the range of them."""
    cells: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        for column, cell in row.items():
            if cell:
                cells[column].append(cell)
    numbers = {column: [_number(cell) for cell in found] for column, found in cells.items()}
    return {
        column: max(found) - min(found)
        for column, found in numbers.items()
        if not any(isnan(number) for number in found)
    }


def _by_words(rows: list[dict], ranges: dict[str, float]) -> dict[tuple, list[dict]]:
    grouped: dict[tuple, list[dict]] = defaultdict(list)
    for row in rows:
        grouped[tuple(cell for column, cell in row.items() if column not in ranges)].append(row)
    return grouped


def _row_moved(one: dict[str, str], two: dict[str, str], ranges: dict[str, float]) -> float:
    """Return how far that number moved which moved most; one that appears moved by one."""
    moved = [0.0]
    for column, span in ranges.items():
        a, b = _number(one.get(column)), _number(two.get(column))
        if isnan(a) != isnan(b):
            moved.append(1.0)
        elif not isnan(a) and a != b:
            moved.append(abs(a - b) / span)
    return max(moved)
