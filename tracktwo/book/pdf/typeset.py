"""Typst sets a volume: first each chapter by itself, to see which figures float, then the whole."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tracktwo.book.pdf.pages import BookError
from tracktwo.ground import paths

HERE = Path(__file__).parent
HEAD = '#import "pdf.typ": *\n#show: book\n\n'
LABEL = re.compile(r'#label\("([^"]+)"\)|id: "([^"]+)"')
NAMED = re.compile(r'#page-of\("([^"]+)"\)')
AT_ONCE = 2
"""How many drafts are set at a time; each takes a core and little memory."""
LETTERS = 3600
"""About how many letters of Typst make a page of the book, for a first guess."""
ROUNDS = 3
"""How often a volume is set at most, until its drafts had the right room for numbers of pages."""


def typeset(
    work: Path, chapters: list[str], labels: dict[str, str]
) -> tuple[bytes, dict[str, int]]:
    """Return the PDF of a volume, and on which page what is.

    A chapter begins on a new page, so that what floats in it is no matter of the others, if only
    the numbers of pages that it names are as wide as they will be. So each chapter is set as a
    draft first, with guessed numbers; and again if the guess was wrong.

    Parameters
    ----------
    work : Path
        A folder with ``book.json``, the facts of the volume, with ``fonts`` and all images.
    chapters : list of str
        The text of each chapter, as Typst.
    labels : dict of str
        The label of each place whose page is asked for, by the place's key.
    """
    folders = [_written(work / "chapters" / str(n), text) for n, text in enumerate(chapters)]
    pages, tried, again = guessed_pages(chapters), {}, range(len(chapters))
    for _ in range(ROUNDS):
        _write(work / "pages.json", pages)
        ahead = [folders[n] for n in again]
        _run([ahead[n::AT_ONCE] for n in range(AT_ONCE)])
        new = {n: _read(folders[n] / "draft.json") for n in again}
        if all(tried.get(n) == found for n, found in new.items()):
            break
        tried |= new
        pdf, places = set_whole(work, chapters, list(tried.values()))
        found = {label: places[key] for key, label in labels.items() if key in places}
        again = [n for n, text in enumerate(chapters) if _misjudged(text, pages, found)]
        pages |= found
        if not again:
            break
    return pdf, places


def guessed_pages(chapters: list[str]) -> dict[str, int]:
    """Return on about which page each label is: only how many digits that has takes room."""
    text = "".join(chapters)
    return {found[1] or found[2]: 4 + found.start() // LETTERS for found in LABEL.finditer(text)}


def _misjudged(text: str, guessed: dict[str, int], found: dict[str, int]) -> bool:
    """Tell whether a chapter names pages by numbers that are wider or narrower than guessed."""
    named = [name for name in NAMED.findall(text) if name in found]
    return any(len(str(found[name])) != len(str(guessed[name])) for name in named)


def set_whole(work: Path, chapters: list[str], drafts: list[dict]) -> tuple[bytes, dict[str, int]]:
    """Return the PDF of all chapters, and on which page what is, by what their drafts found."""
    floats = [name for draft in drafts for name in draft["floats"]]
    tall = {key: tall for draft in drafts for key, tall in draft["tall"].items()}
    _write(work / "floats.json", floats)
    _write(work / "tall.json", tall)
    _written(work, "".join(chapters) + "\n#places\n")
    _run([[work]])
    return (work / "volume.pdf").read_bytes(), _read(work / "places.json")


def _run(shares: list[list[Path]]) -> None:
    """Let `set_pages` work on each share of folders in a process of its own, all at once."""
    command = [sys.executable, "-m", "tracktwo.book.pdf.set_pages"]
    started = [
        subprocess.Popen([*command, *share], cwd=paths.ROOT, stderr=subprocess.PIPE, text=True)
        for share in shares
        if share
    ]
    errors = [process.communicate()[1] for process in started]
    for process, error in zip(started, errors, strict=True):
        if process.returncode:
            raise BookError(f"Typst could not set the book: {error.strip() or process.returncode}")


def _write(file: Path, found: object) -> None:
    file.write_text(json.dumps(found), encoding="utf-8")


def _read(file: Path) -> dict:
    return json.loads(file.read_text(encoding="utf-8"))


def _written(folder: Path, text: str) -> Path:
    """Write what Typst reads of a chapter, or of the volume, into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(HERE / "pdf.typ", folder / "pdf.typ")
    (folder / "main.typ").write_text(HEAD + text, encoding="utf-8")
    return folder
