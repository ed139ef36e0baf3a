"""What can be wrong with a data set, said so that its author can mend it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MAX_PRINTED = 50
"""Lines of an error message, one for problems alike; the rest are counted."""

MANY_FILES = 3
"""Files that are told of in one line when the same is wrong with all of each."""

MAX_OF_A_KIND = 5
"""Lines for one column with one thing allowed in it: more would hide what else is wrong."""


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
        Column, or several joined by commas; in a descriptor the path to a value; None: the whole
        row or file.
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
        for name, limit in (("file", 200), ("column", 200), ("found", 80), ("allowed", 500)):
            if (text := getattr(self, name)) is not None:
                object.__setattr__(self, name, printable(text, limit))

    def __str__(self) -> str:
        return self.told()

    def told(self, more: int = 0) -> str:
        """Return the problem in a line, which may stand for `more` rows with the same."""
        row = "" if self.row is None else f", row {self.row}"
        others = f" and {more:,} more" if more else ""
        column = "" if self.column is None else f", {_kind(self.file)} {self.column}"
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
        lines = [line for kind in self._kinds() for line in _tell(kind)]
        lines = [*_of_files(self.problems), *lines]
        shown = lines[:MAX_PRINTED]
        said = [f"{count:,} problem{'s' * (count != 1)} in the data:"]
        said += [f"  {line}" for line, _ in shown]
        if left := count - sum(number for _, number in shown):
            said.append(f"  … and {left:,} more")
        return "\n".join(said)

    def _kinds(self) -> list[list[list[Problem]]]:
        """Return the problems by column and what is allowed there, and those by what is found."""
        kinds: dict[tuple[str | None, ...], dict[str, list[Problem]]] = {}
        together = {p for _, group in _alike(self.problems) for p in group}
        for problem in self.problems:
            if problem in together:
                continue
            kind = kinds.setdefault((problem.file, problem.column, problem.allowed), {})
            kind.setdefault(problem.found, []).append(problem)
        return [list(kind.values()) for kind in kinds.values()]


def _kind(file: str) -> str:
    """Return what a place within a file is called: a descriptor has no columns."""
    return "at" if file.endswith(".json") else "column"


def _alike(problems: Iterable[Problem]) -> list[tuple[tuple[str, str], list[Problem]]]:
    """Return what is wrong with several files as a whole in the same way: their one cause."""
    groups: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        if problem.column is None and problem.row in (None, 1):
            groups.setdefault((problem.found, problem.allowed), []).append(problem)
    return [
        (said, group)
        for said, group in groups.items()
        if len({p.file for p in group}) >= MANY_FILES
    ]


def _of_files(problems: Iterable[Problem]) -> Iterator[tuple[str, int]]:
    """Yield a line for each thing that is wrong with several files, and how many these are."""
    for (found, allowed), group in _alike(problems):
        files = list(dict.fromkeys(problem.file for problem in group))
        others = ", …" if len(files) > MANY_FILES else ""
        named = f"{len(files)} files ({', '.join(files[:MANY_FILES])}{others})"
        yield f"{named}: found {found}; allowed: {allowed}", len(group)


def _tell(kind: list[list[Problem]]) -> Iterator[tuple[str, int]]:
    """Yield lines for problems of one kind, each with the number of problems it stands for."""
    for first, *others in kind[:MAX_OF_A_KIND]:
        yield first.told(more=len(others)), 1 + len(others)
    if left := sum(map(len, kind[MAX_OF_A_KIND:])):
        first = kind[0][0]
        column = "" if first.column is None else f", {_kind(first.file)} {first.column}"
        yield f"{first.file}{column}: {left:,} more such rows", left
