"""What executing the book again came to, thing by thing, beside what is committed.

Strict: a cell is identical when every output of it is, in every form and to the last sign.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from tracktwo.book import notebooks
from tracktwo.book.results import collect, verdicts
from tracktwo.book.site.figure_files import SUFFIXES

BEFORE, LONGEST = 60, 400
"""Signs shown before the first that differs, and in all."""

READABLE = ("text/markdown", "text/plain")

Compared = dict[str, Any]
"""``digests`` of what was found, how many are ``identical``, and what is ``changed``."""


def read_chapters(folder: Path, files: list[str]) -> dict[str, NotebookNode]:
    """Return the notebooks that are in `folder`, by chapter, as they would be committed."""
    return {
        file.removesuffix(".ipynb"): notebooks.without_injected(notebooks.read(folder / file))
        for file in files
        if (folder / file).is_file()
    }


def compare_all(
    committed: dict[str, NotebookNode],
    found: dict[str, NotebookNode],
    figures: tuple[Path, Path],
) -> dict[str, Compared]:
    """Compare two executions of the book: cells, figures, numbers and verdicts.

    Parameters
    ----------
    figures
        The folders of the committed figures and of those found, at any depth.

    Raises
    ------
    ValueError
        When one key stands for two numbers.
    """
    files = tuple(figure_files(folder) for folder in figures)
    told = tuple(collect(book.items()) for book in (committed, found))
    reached = tuple({r["id"]: r for r in verdicts(book.items())} for book in (committed, found))
    return {
        "cells": _compared(cells_of(committed), cells_of(found), outputs_as_text),
        "figures": _compared(
            *files, lambda file: file.read_bytes().decode("utf-8", "backslashreplace")
        ),
        "numbers": _compared(*told, number_as_text),
        "verdicts": _compared(*reached, verdict_as_text),
    }


def _compared(before: Mapping, after: Mapping, as_text: Callable[[Any], str]) -> Compared:
    """Return what is the same in both, and what is not with the text of both (None: not there)."""
    texts = [{key: as_text(thing) for key, thing in each.items()} for each in (before, after)]
    one, two = texts
    keys = list({**one, **two})
    changed = [
        {"name": key, **_both(one.get(key), two.get(key))}
        for key in keys
        if one.get(key) != two.get(key)
    ]
    digests = {key: hashlib.sha256(text.encode()).hexdigest() for key, text in two.items()}
    return {"identical": len(keys) - len(changed), "changed": changed, "digests": digests}


def _both(one: str | None, two: str | None) -> dict[str, str | None]:
    """Return two texts from shortly before the first sign in which they differ."""
    pairs = enumerate(zip(one or "", two or "", strict=False))
    at = next((i for i, (a, b) in pairs if a != b), min(len(one or ""), len(two or "")))
    return {"committed": excerpt(one, at), "found": excerpt(two, at)}


def excerpt(text: str | None, at: int) -> str | None:
    """Return `LONGEST` signs of a text around the place `at`."""
    if text is None:
        return None
    start = 0 if at <= BEFORE or len(text) <= LONGEST else at - BEFORE
    part = text[start : start + LONGEST]
    return f"{'…' * (start > 0)}{part}{'…' * (start + LONGEST < len(text))}"


# The things compared


def cells_of(book: dict[str, NotebookNode]) -> dict[str, list[NotebookNode]]:
    """Return the outputs of every code cell, by chapter and the cell's own name."""
    return {
        f"{chapter}#{cell.id}": cell.get("outputs", [])
        for chapter, notebook in book.items()
        for cell in notebook.cells
        if cell.cell_type == "code"
    }


def outputs_as_text(outputs: list[NotebookNode]) -> str:
    """Return a cell's outputs as one text: every form of each, what is easiest to read first."""
    return "\n\n".join(
        f"{form}:\n{value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"
        for output in outputs
        for form, value in _forms(json.loads(json.dumps(output, sort_keys=True)))
    )


def _forms(output: dict[str, Any]) -> list[tuple[str, Any]]:
    data = sorted(output.pop("data", {}).items(), key=lambda form: form[0] not in READABLE)
    return [*data, *output.items()]


def figure_files(folder: Path) -> dict[str, Path]:
    """Return the files of the figures below `folder` by their names."""
    found = sorted(f for f in folder.rglob("*") if f.is_file() and f.suffix in SUFFIXES)
    return {file.name: file for file in found}


def file_as_text(file: Path) -> str:
    """Return a file's text; bytes that are none stay apart."""
    return file.read_bytes().decode("utf-8", "backslashreplace")


def number_as_text(record: dict[str, Any]) -> str:
    """Return a number as it is printed, and unrounded where it is more than its text."""
    value = "" if record["value"] is None else f" ({json.dumps(record['value'])})"
    return f"{record['text']}{value}"


def verdict_as_text(record: dict[str, Any]) -> str:
    """Return a verdict, then all that it rests on."""
    rest = {key: value for key, value in record.items() if key not in ("id", "verdict")}
    return f"{record['verdict']}: {json.dumps(rest, ensure_ascii=False, sort_keys=True)}"
