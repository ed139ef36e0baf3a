"""What can be wrong with a data set, said so that its author can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass

MAX_PRINTED = 50
"""Lines of an error message, one for problems alike; the rest are counted."""


def printable(text: object, limit: int = 80) -> str:
    """Return `text` on one line, without invisible characters, cut at `limit`."""
    text = str(text)
    shown = text[: limit - 1] + "…" if len(text) > limit else text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in shown)


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a data set.

    Attributes
    ----------
    file : str
        Path of the file within the data set.
    row : int or None
        Row as a spreadsheet numbers it (the header is row 1); None: the whole file.
    column : str or None
        Column, or several joined by commas; None: the whole row or file.
    found, allowed : str
        What is there, and what may be there.
    """

    file: str
    row: int | None
    column: str | None
    found: str
    allowed: str

    def __post_init__(self) -> None:
        """Make every text fit to print: it comes from data nobody vouches for."""
        for name, limit in (("file", 200), ("column", 80), ("found", 80), ("allowed", 500)):
            if (text := getattr(self, name)) is not None:
                object.__setattr__(self, name, printable(text, limit))

    def __str__(self) -> str:
        return self.told()

    def told(self, more: int = 0) -> str:
        """Return the problem in a line, which may stand for `more` rows with the same."""
        row = "" if self.row is None else f", row {self.row}"
        others = f" and {more:,} more" if more else ""
        column = "" if self.column is None else f", column {self.column}"
        return f"{self.file}{row}{others}{column}: found {self.found}; allowed: {self.allowed}"


class DataError(Exception):
    """A data set that cannot be used, with everything that is wrong in it.

    Attributes
    ----------
    problems : tuple of Problem
        In the order of files, rows and columns; not cut.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        count = len(self.problems)
        alike: dict[tuple[str | None, ...], list[Problem]] = {}
        for problem in self.problems:
            what = (problem.file, problem.column, problem.found, problem.allowed)
            alike.setdefault(what, []).append(problem)
        shown = list(alike.values())[:MAX_PRINTED]
        lines = [f"{count:,} problem{'s' * (count != 1)} in the data:"]
        lines += [f"  {first.told(more=len(others))}" for first, *others in shown]
        if left := count - sum(map(len, shown)):
            lines.append(f"  … and {left:,} more")
        return "\n".join(lines)
