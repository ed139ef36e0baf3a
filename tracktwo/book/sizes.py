"""How far one thing of a book has moved in another: for sorting and for a glance, no results.

- An **estimate** of a claim: how far it moved, in half-widths of the first book's interval (of
  ratios, in logarithms). At one it lies where the interval's end was.
- A **value** of the text: the part of its scale that it moved. Of a share or a difference of
  shares that is the difference; of any other number, the difference relative to the larger.
- A **figure**: how far its rows moved on average. A row moved as far as that of its numbers that
  moved most, as a share of the range that this number has in both figures; a row that only one
  of them has moved by one. Rows are matched by their words; where as many of each are left, such
  as those of a period that is called otherwise, by their order.
- A **table**: the share of its rows that the other does not have.
"""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable
from math import isfinite, isnan, log, nan
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracktwo.book.books import Figure, Table, Value


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


def value_size(before: "Value", after: "Value") -> float:
    """Return the part of its scale that a value moved."""
    one, two = before.value, after.value
    if not isinstance(one, int | float) or not isinstance(two, int | float):
        return nan
    if any(sign in before.text for sign in ("%", "points")):
        return abs(two - one)
    return abs(two - one) / (max(abs(one), abs(two)) or 1)


def figure_size(before: "Figure", after: "Figure") -> float:
    """Return how far the rows of a figure's numbers moved on average."""
    ranges = _ranges(row for text in (before.numbers, after.numbers) for row in _rows(text))
    pairs, *left = paired_rows(before.numbers, after.numbers)
    alone = max(map(len, left))
    moved = [_row_moved(a, b, ranges) for a, b in pairs] + [1.0] * alone
    return sum(moved) / len(moved) if moved else 0.0


def paired_rows(before: str, after: str) -> tuple[list[tuple[dict, dict]], list[dict], list[dict]]:
    """Return the rows of two figures' numbers (CSV) that match, and those only one of them has."""
    books = [_rows(text) for text in (before, after)]
    ranges = _ranges(row for rows in books for row in rows)
    one, two = (_by_words(rows, ranges) for rows in books)
    pairs: list[tuple[dict, dict]] = []
    left: tuple[list[dict], list[dict]] = ([], [])
    for words in {**one, **two}:
        both = list(zip(one[words], two[words], strict=False))
        pairs += both
        left[0].extend(one[words][len(both) :])
        left[1].extend(two[words][len(both) :])
    if len(left[0]) == len(left[1]):
        return [*pairs, *zip(*left, strict=True)], [], []
    return pairs, *left


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def table_size(before: "Table", after: "Table") -> float:
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
