"""Typst sets a volume: first each chapter by itself, to see which figures float, then the whole.

Nothing but the book's own fonts is used, so that every machine sets the same bytes.
"""

from __future__ import annotations

import json
import re
import shutil
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import typst

from tracktwo.book.pdf.pages import BookError

HERE = Path(__file__).parent
HEAD = '#import "pdf.typ": *\n#show: book\n\n'
LABEL = re.compile(r'label\("([^"]+)"\)|id: "([^"]+)"')
NAMED = re.compile(r'#page-of\("([^"]+)"\)')
AT_ONCE = 2
"""How many chapters are tried at a time; each takes a core and little memory."""
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
        (work / "pages.json").write_text(json.dumps(pages), encoding="utf-8")
        with ProcessPoolExecutor(AT_ONCE) as pool:
            new = dict(zip(again, pool.map(try_chapter, [folders[n] for n in again]), strict=True))
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


def set_whole(
    work: Path, chapters: list[str], tried: list[tuple[list[str], dict[str, bool]]]
) -> tuple[bytes, dict[str, int]]:
    """Return the PDF of all chapters, and on which page what is, by what their drafts found."""
    floats, tall = [], {}
    for floating, tables in tried:
        floats += floating
        tall |= tables
    (work / "tall.json").write_text(json.dumps(tall), encoding="utf-8")
    _written(work, "".join(chapters) + "\n#places\n")
    try:
        compiler = _compiler(work)
        without_holes(work, compiler, floats)
        pdf, warnings = compiler.compile_with_warnings(pdf_standards=["ua-1"])
        [places] = json.loads(compiler.query("<places>", field="value"))
    except typst.TypstError as error:
        raise _failed(error) from error
    if warnings:
        raise BookError(f"Typst warns: {'; '.join(str(warning) for warning in warnings)}")
    return pdf, places


def try_chapter(folder: Path) -> tuple[list[str], dict[str, bool]]:
    """Return which blocks of a chapter float, and which of its tables are tall."""
    try:
        compiler = _compiler(folder, draft="yes")
        floats = without_holes(folder, compiler, [])
        tables = json.loads(compiler.query("<tall>", field="value"))
    except typst.TypstError as error:
        raise _failed(error) from None  # what Typst raises cannot leave its process
    return floats, {table["key"]: table["tall"] for table in tables}


def _written(folder: Path, text: str) -> Path:
    """Write what Typst reads of a chapter, or of the volume, into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(HERE / "pdf.typ", folder / "pdf.typ")
    (folder / "main.typ").write_text(HEAD + text, encoding="utf-8")
    return folder


def _compiler(folder: Path, **inputs: str) -> typst.Compiler:
    (folder / "floats.json").write_text("[]", encoding="utf-8")
    root = folder.parents[1] if inputs else folder
    options = {"root": root, "font_paths": [root / "fonts"], "ignore_system_fonts": True}
    return typst.Compiler(folder / "main.typ", sys_inputs=inputs, **options)


def _failed(error: typst.TypstError) -> BookError:
    return BookError(f"Typst could not set the book: {error}")


def without_holes(folder: Path, compiler: typst.Compiler, floats: list[str]) -> list[str]:
    """Let figures that do not fit on their page float, one a chapter at a time, until none does.

    Done from outside, as each move shifts what follows: inside one run Typst gives up after
    five rounds. One compiler for all rounds sets anew only what a move has changed.
    """
    new = [""]
    while new:
        (folder / "floats.json").write_text(json.dumps(floats), encoding="utf-8")
        new = holes(json.loads(compiler.query("<spot>", field="value")), floats)
        floats = floats + new
    return floats


def holes(spots: list[dict], floats: list[str]) -> list[str]:
    """Return each chapter's first block that must float, by its label.

    That is one that comes to stand on a later page, so that a hole opens where it is called, or
    before an earlier one.

    Parameters
    ----------
    spots : list of dict
        Where blocks are called, in order (``id``, ``chapter``, ``called``: the page), and where
        they came to stand (``id``, ``page``, ``y``).
    floats : list of str
        The blocks that float already.
    """
    stands = {spot["id"]: (spot["page"], spot["y"]) for spot in spots if "page" in spot}
    first: dict[int, str] = {}
    latest = (0, 0.0)
    for spot in (spot for spot in spots if "called" in spot):
        place = stands[spot["id"]]
        hole = place[0] > spot["called"]
        if spot["id"] not in floats and (hole or place < latest):
            first.setdefault(spot["chapter"], spot["id"])
        latest = max(latest, place)
    return list(first.values())
