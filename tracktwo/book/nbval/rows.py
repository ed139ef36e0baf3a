"""Which rows of a figure and which cells of a table are other ones, each in a line."""

import re

from tracktwo.book.nbval.plain import plain
from tracktwo.book.sizes import paired_rows

COLUMN = re.compile(r"(?<!\\)\|")
COLUMNS = 2  # of a row that changed, shown
COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b")


def figure_rows(before: str, after: str) -> list[str]:
    """Return a line for every row of a figure's numbers (CSV) that changed, was lost or is new."""
    pairs, lost, new = paired_rows(before, after)
    lines = []
    for one, two in pairs:
        changed = [column for column in {**one, **two} if one.get(column) != two.get(column)]
        if changed:
            columns = list(one)
            ahead = columns[: columns.index(changed[0])] if changed[0] in one else columns
            named = ", ".join(one[column] for column in ahead if one[column]) or "row"
            moves = [f"{c} {_move(one.get(c), two.get(c))}" for c in changed[:COLUMNS]]
            more = [f"{len(changed) - COLUMNS} more"] if len(changed) > COLUMNS else []
            lines.append(plain(f"{named}: {', '.join([*moves, *more])}"))
    lines += [plain(f"no longer there: {', '.join(filter(None, row.values()))}") for row in lost]
    return lines + [plain(f"new: {', '.join(filter(None, row.values()))}") for row in new]


def _move(one: str | None, two: str | None) -> str:
    """Return a number before and after, and by how much it moved.

    Both are shortened where that still tells them apart.
    """
    try:
        here, there = float(one or ""), float(two or "")
    except ValueError:
        return f"{one or 'nothing'} → {two or 'nothing'}"
    short = [f"{number:.4g}" for number in (here, there)]
    said = short if short[0] != short[1] else [one, two]
    return f"{' → '.join(map(str, said))} ({there - here:+.2g})"


def colours(before: str, after: str) -> str:
    """Return the colours that only one of two drawings has."""
    one, two = (dict.fromkeys(COLOUR.findall(text)) for text in (before, after))
    lost, new = ([c for c in a if c not in b] for a, b in ((one, two), (two, one)))
    return f"{', '.join(lost) or 'none'} → {', '.join(new) or 'none'}" if lost or new else ""


def table_cells(before: str, after: str) -> list[str]:
    """Return a line for every cell of a MyST table that changed, and every row lost or new."""
    (head, one), (_, two) = _table(before), _table(after)
    lines = []
    if len(one) == len(two):  # row by row, so that a renamed row is one cell that changed
        pairs = list(zip(one, two, strict=True))
    else:
        named = {row[0]: row for row in two}
        pairs = [(row, named[row[0]]) for row in one if row[0] in named]
        known = {row[0] for row in one}
        lines += [f"row no longer there: {' | '.join(row)}" for row in one if row[0] not in named]
        lines += [f"new row: {' | '.join(row)}" for row in two if row[0] not in known]
    for row, other in pairs:
        for column, (a, b) in enumerate(zip(row, other, strict=False)):
            if a != b:
                title = head[column] if column < len(head) else f"column {column + 1}"
                lines.append(f"{row[0]}, {title}: {a} → {b}")
    return lines


def _table(text: str) -> tuple[list[str], list[list[str]]]:
    """Return the header and the rows of a MyST table."""
    lines = [line.strip() for line in text.splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in COLUMN.split(line)[1:-1]] for line in lines]
    return (rows[0], rows[2:]) if len(rows) > 1 else ([], rows)
