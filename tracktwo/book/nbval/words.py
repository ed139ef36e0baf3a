"""A test run's findings as text: a screenful, however much moved."""

from collections.abc import Iterator

from tracktwo.book.nbval.findings import Chapter, Stopped, Told

SCREENFUL = 45
"""Lines that the text has at most."""

WIDTH = 140
"""Signs that a line has at most."""

FEWER = ((40, 8), (12, 4), (8, 2), (6, 1), (4, 1), (3, 1), (2, 1), (1, 1), (1, 0))
"""How many things of a cell, and how many rows of each, are tried until the text fits."""

AFTER = "cells after it, which failed too"
FOLLOWS = "cells that follow from these"


def words(chapters: list[Chapter], report: str) -> list[str]:
    """Return the lines that tell what moved; `report` is where all of it stands."""
    for things, rows in FEWER:
        lines = list(_lines(chapters, things, rows))
        if len(lines) < SCREENFUL:
            break
    cut = lines if len(lines) < SCREENFUL else lines[: SCREENFUL - 2]
    more = [f"… and {len(lines) - len(cut)} more lines"] if len(lines) > len(cut) else []
    short = [line if len(line) <= WIDTH else f"{line[: WIDTH - 1]}…" for line in cut]
    return [*short, *more, f"All of it, with pictures: {report}"]


def _lines(chapters: list[Chapter], things: int, rows: int) -> Iterator[str]:
    told: dict[str, str] = {}
    for chapter in chapters:
        same = told.get(chapter.stopped.what) if chapter.stopped and not chapter.told else None
        if same:
            yield f"{chapter.file}, cell {chapter.stopped.cell}: the same as in {same}."
            continue
        yield (
            f"{chapter.file} ({chapter.title}): {chapter.failed} of {chapter.cells} cells "
            "are not as committed."
        )
        heading = ""
        for cell in chapter.told:
            if cell.heading != heading:
                heading = cell.heading
                yield f"  {heading}"
            yield from _told(cell, things, rows)
        if chapter.stopped:
            told.setdefault(chapter.stopped.what, chapter.file)
            yield from _stopped(chapter.stopped)
        if chapter.follow:
            after = AFTER if chapter.stopped else FOLLOWS
            yield f"  {after}: {_named(chapter.follow, WIDTH - len(after) - 20)}"


def _named(cells: list[str], room: int) -> str:
    """Return as many names as there is room for, and how many more there are."""
    shown = [c for n, c in enumerate(cells, start=1) if len(", ".join(cells[:n])) <= room]
    more = len(cells) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _told(cell: Told, things: int, rows: int) -> Iterator[str]:
    """Yield what a cell tells, its name before the first thing."""
    shown = cell.moved[:things]
    for moved in shown:
        head = f"{cell.cell}:" if moved is shown[0] else " " * (len(cell.cell) + 1)
        named = [moved.name] if moved.kind == "number" else [moved.kind, moved.name]
        last = moved is shown[-1] and len(cell.moved) > len(shown)
        more = f" … and {len(cell.moved) - len(shown)} more" if last else ""
        yield f"    {head} {' '.join(filter(None, named))}: {moved.note}{more}"
        for line in moved.lines[:rows]:
            last = line is moved.lines[:rows][-1] and len(moved.lines) > rows
            yield f"        {line}{f' … and {len(moved.lines) - rows} more' if last else ''}"


def _stopped(stopped: Stopped) -> Iterator[str]:
    yield f"  {stopped.heading}"
    yield f"    {stopped.cell}: {stopped.what}"
    if stopped.where:
        yield f"        in {stopped.where}"


def markdown(lines: list[str]) -> str:
    """Return the text for a host's summary of a run; nothing in it counts as markup."""
    longest = max((len(part) for line in lines for part in _ticks(line)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join(["### Cells that are not as committed", "", fence, *lines, fence, ""])


def _ticks(line: str) -> list[str]:
    return "".join(sign if sign == "`" else " " for sign in line).split()
