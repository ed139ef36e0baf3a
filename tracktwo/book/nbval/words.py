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
    """Return the lines that tell what moved; `report` is where all of it stands.

    Each chapter has its share of the screen, and what one does not need the others have.
    """
    room = SCREENFUL - 1
    short = sorted(chapters, key=lambda chapter: len(_chapter(chapter, chapters, *FEWER[0])))
    lines: dict[str, list[str]] = {}
    for number, chapter in enumerate(short):
        lines[chapter.file] = _fitting(chapter, chapters, room // (len(short) - number))
        room -= len(lines[chapter.file])
    told = [line for chapter in chapters for line in lines[chapter.file]]
    cut = [line if len(line) <= WIDTH else f"{line[: WIDTH - 1]}…" for line in told]
    return [*cut, f"All of it, with pictures: {report}"]


def _fitting(chapter: Chapter, chapters: list[Chapter], room: int) -> list[str]:
    """Return as much about a chapter as there is room for, in lines; one is always there."""
    for things, rows in FEWER:
        lines = _chapter(chapter, chapters, things, rows)
        if len(lines) <= room:
            return lines
    kept = lines[: max(room - 1, 1)]
    more = [f"  … and {len(lines) - len(kept)} more lines"] if room > 1 else []
    return [*kept, *more]


def _chapter(chapter: Chapter, chapters: list[Chapter], things: int, rows: int) -> list[str]:
    """Return the lines about a chapter; what stopped one before it, too, is not told again."""
    stopped = [c for c in chapters if c.stopped and chapter.stopped and not chapter.told]
    same = next((c for c in stopped if c.stopped.what == chapter.stopped.what), chapter)
    if same is not chapter:
        return [f"{chapter.file}, cell {chapter.stopped.cell}: the same as in {same.file}."]
    return list(_lines(chapter, things, rows))


def _lines(chapter: Chapter, things: int, rows: int) -> Iterator[str]:
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
