"""A book as it can be compared: what its notebooks tell, and the figures beside them.

A book is a folder of executed notebooks with their figures: the committed one (the repository
itself), or what a build has executed (``OUT/executed``).
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from tracktwo.book import notebooks
from tracktwo.book.edition_pages import NOTE, note_label
from tracktwo.book.patterns import FIGURE, HEADING, TABLE
from tracktwo.book.results import collect, verdicts
from tracktwo.book.toc import chapter_files
from tracktwo.ground import paths
from tracktwo.telling.told import TOLD

ANSWER = ":class: answer"
"""What marks the box in which a chapter answers its question."""

SENTENCE = re.compile(r"\n|(?<=[.!?]) |(?=:::)")
"""What follows a sentence; the end of its box may do so at once."""

AROUND = ("\ue010", "\ue011")
"""Characters that no text of the book has."""


@dataclass(frozen=True)
class Value:
    """A value told in the text, as it is printed and, where it is a number, as one.

    ``answer`` is the sentence that tells it in the box that answers the chapter's question, as
    MyST with the number between `AROUND`; empty where none does.
    """

    chapter: str
    text: str
    value: float | str | None
    answer: str


@dataclass(frozen=True)
class Figure:
    """A figure: its title, its alternative text, its numbers (CSV) and its image."""

    chapter: str
    title: str
    alt: str
    numbers: str
    image: Path


@dataclass(frozen=True)
class Table:
    """A table: its title, and all of it as MyST."""

    chapter: str
    title: str
    text: str


@dataclass(frozen=True)
class LeftOut:
    """A passage, title or table whose guard is false.

    ``heading`` is that of its section, empty before the first. ``place`` is its label on the
    page: ``fig-name``, ``tab-name`` or, of a passage, that of the note in its stead
    (`edition_pages.note_label`), if one stands there.
    """

    chapter: str
    heading: str
    place: str


@dataclass(frozen=True)
class Book:
    """What a book tells.

    Attributes
    ----------
    parameters
        Those in which it differs from the published edition.
    values
        By ``chapter.name``, as in ``results.json``.
    verdicts
        By claim, each as in ``verdicts.json``.
    figures, tables
        By name, in the order of the pages.
    left_out
        What the evidence does not bear out; empty in the published edition.
    files
        Every file of a figure, the small ones' too, by its name.
    """

    parameters: dict[str, Any]
    values: dict[str, Value]
    verdicts: dict[str, dict[str, Any]]
    figures: dict[str, Figure]
    tables: dict[str, Table]
    left_out: list[LeftOut]
    files: dict[str, Path]


def read_book(folder: Path = paths.ROOT, toc: Path = paths.TOC) -> Book:
    """Read the executed book in `folder`; by default the committed one.

    Raises
    ------
    ValueError
        When a chapter is missing or no notebook, or a figure lacks a file; the message names it.
    """
    chapters = [
        (file.removesuffix(".ipynb"), notebooks.read(folder / file)) for file in chapter_files(toc)
    ]
    files = {f.name: f for f in sorted((folder / "figures").rglob("*.*")) if f.is_file()}
    answers = {key: said for name, book in chapters for key, said in _answers(name, book)}
    values = {
        key: Value(record["chapter"], record["text"], record["value"], answers.get(key, ""))
        for key, record in collect(chapters).items()
    }
    made = chapters[0][1].metadata.get("papermill", {}).get("parameters", {})
    return Book(
        parameters=dict(made),
        values=values,
        verdicts={str(record["id"]): record for record in verdicts(chapters)},
        figures=dict(_figures(chapters, files)),
        tables={
            match[2]: Table(chapter, match[1], text)
            for chapter, text in _texts(chapters)
            if (match := TABLE.match(text))
        },
        left_out=[passage for name, notebook in chapters for passage in _left_out(name, notebook)],
        files=files,
    )


def _shown(notebook: NotebookNode) -> Iterator[tuple[NotebookNode, NotebookNode]]:
    """Yield every output with its cell."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            yield cell, output


def _texts(chapters: list[tuple[str, NotebookNode]]) -> Iterator[tuple[str, str]]:
    """Yield the MyST of every output, with its chapter."""
    for chapter, notebook in chapters:
        for _, output in _shown(notebook):
            yield chapter, output.get("data", {}).get("text/markdown", "")


def _answers(chapter: str, notebook: NotebookNode) -> Iterator[tuple[str, str]]:
    """Yield the key of every number in the answers of a chapter, and the sentence around it."""
    for _, output in _shown(notebook):
        text = _text(output)
        if ANSWER in text:
            for start, end, name in output.get("metadata", {}).get(TOLD, {}).get("places", []):
                ends = [0, *(found.end() for found in SENTENCE.finditer(text)), len(text)]
                first = max(place for place in ends if place <= start)
                last = min(place for place in ends if place >= end)
                said = text[first:start] + text[start:end].join(AROUND) + text[end:last]
                yield f"{chapter.rpartition('/')[2]}.{name}", " ".join(said.split())


def _text(output: NotebookNode) -> str:
    return output.get("data", {}).get("text/markdown", "")


def _figures(
    chapters: list[tuple[str, NotebookNode]], files: dict[str, Path]
) -> Iterator[tuple[str, Figure]]:
    for chapter, text in _texts(chapters):
        if match := FIGURE.match(text):
            name, alt, title = match.groups()
            if missing := [n for n in (f"{name}.svg", f"{name}.csv") if n not in files]:
                raise ValueError(f"{chapter}: figure {name} lacks {' and '.join(missing)}")
            numbers = files[f"{name}.csv"].read_text("utf-8")
            yield name, Figure(chapter, title, json.loads(alt), numbers, files[f"{name}.svg"])


def _left_out(chapter: str, notebook: NotebookNode) -> Iterator[LeftOut]:
    heading = ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and (match := HEADING.match(cell.source)):
            heading = match[2].strip() if len(match[1]) > 1 else ""
        for number, output in enumerate(cell.get("outputs", [])):
            if output.get("metadata", {}).get(TOLD, {}).get("left_out"):
                text = _text(output)
                figure, table = FIGURE.match(text), TABLE.match(text)
                shown = f"fig-{figure[1]}" if figure else f"tab-{table[2]}" if table else ""
                noted = NOTE.search(text)
                note = note_label(chapter, cell.id, number) if noted else ""
                yield LeftOut(chapter, heading, shown or note)
