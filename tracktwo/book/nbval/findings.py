"""What came of a test run's notebooks: the committed ones beside what their cells did."""

import re
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from tracktwo.book import notebooks
from tracktwo.book.nbval.failed import Failed, kept
from tracktwo.book.nbval.moved import Moved, moved
from tracktwo.book.nbval.plain import plain, without_escapes
from tracktwo.book.patterns import HEADING

PLACE = re.compile(
    r"^(?:File (?P<file>\S+?\.py):|Cell In\[.*?\], line )(?P<line>\d+)", re.MULTILINE
)

OTHERS = re.compile(r"^[/~]|site-packages")
"""Files that are not the book's own."""


@dataclass(frozen=True)
class Told:
    """A cell that tells what no cell of its notebook before it told, and what that is."""

    heading: str
    cell: str
    moved: list[Moved]


@dataclass(frozen=True)
class Stopped:
    """What stopped a notebook, where, and the trace of it in full."""

    heading: str
    cell: str
    what: str
    where: str
    trace: str


@dataclass(frozen=True)
class Chapter:
    """A notebook in which cells failed.

    Attributes
    ----------
    file, title
        Which one.
    failed, cells
        How many of its code cells are not as committed, of how many.
    told
        Cells that tell something new, in order.
    stopped
        What stopped it, if anything did.
    follow
        The names of the other cells: after what stopped it, or with nothing in them that an
        earlier cell had not told.
    """

    file: str
    title: str
    failed: int
    cells: int
    told: list[Told]
    stopped: Stopped | None
    follow: list[str] = field(default_factory=list)


def findings(folder: Path, root: Path) -> list[Chapter]:
    """Return what the cells kept below `folder` tell beside the notebooks below `root`.

    Each notebook is written to `folder`, too, with the outputs found.
    """
    chapters = []
    for file, cells in kept(folder).items():
        committed = notebooks.read(root / file)
        notebooks.write(_found(committed, cells), folder / file)
        chapters.append(_chapter(file, committed, cells, (root / "figures", folder / "figures")))
    return chapters


def _found(committed: NotebookNode, cells: list[Failed]) -> NotebookNode:
    """Return a notebook as the run found it."""
    found = deepcopy(committed)
    code = [cell for cell in found.cells if cell.cell_type == "code"]
    for cell in cells:
        code[cell.number].outputs = nbformat.from_dict(cell.outputs)
    return found


def _chapter(
    file: str, committed: NotebookNode, cells: list[Failed], figures: tuple[Path, Path]
) -> Chapter:
    places = _places(committed)
    name = Path(file).stem
    known: set[tuple[str, str]] = set()
    told, follow, stopped = [], [], None
    for failed in cells:
        heading, cell = places[failed.number]
        if stopped:
            follow.append(cell.id)
        elif failed.why or failed.error:
            stopped = _stopped(heading, cell.id, failed, figures[0].parent)
        else:
            after = nbformat.from_dict(failed.outputs)
            new = moved(name, cell.outputs, after, figures, failed.figures)
            new = [m for m in new if (m.kind, m.name) not in known]
            known |= {(m.kind, m.name) for m in new if m.name}
            if new:
                told.append(Told(heading, cell.id, new))
            else:
                follow.append(cell.id)
    title = next((match[2] for c in committed.cells if (match := HEADING.match(c.source))), "")
    return Chapter(file, plain(title), len(cells), len(places), told, stopped, follow)


def _places(notebook: NotebookNode) -> list[tuple[str, NotebookNode]]:
    """Return every code cell with the heading it stands below."""
    heading, places = "", []
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and (match := HEADING.match(cell.source)):
            heading = plain(match[2])
        elif cell.cell_type == "code":
            places.append((heading, cell))
    return places


def _stopped(heading: str, cell: str, failed: Failed, root: Path) -> Stopped:
    if failed.error is None:
        return Stopped(heading, cell, failed.why, "", "")
    error = failed.error
    trace = without_escapes("\n".join(error.get("traceback", []))).replace(f"{root}/", "")
    found = list(PLACE.finditer(trace))
    ours = [place for place in found if not OTHERS.search(place["file"] or "")]
    last = (ours or found or [None])[-1]
    where = ""
    if last:
        where = f"{last['file'] or 'its own code'}, line {last['line']}"
    said = f"{error.get('ename', '')}: {error.get('evalue', '')}"
    return Stopped(heading, cell, plain(said.replace(f"{root}/", "")), where, trace)
