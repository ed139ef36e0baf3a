"""Every value that the chapters tell, and the verdicts, each in one file.

python -m tracktwo.book.results EXECUTED RESULTS VERDICTS --edition FILE [--parameters JSON]
"""

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from tracktwo.book import notebooks
from tracktwo.book.errors import attempt
from tracktwo.book.made_by import locate, maker_of, makers
from tracktwo.book.patterns import PREFIX, VERDICTS
from tracktwo.book.rows import add_rows
from tracktwo.book.toc import MOVED, chapter_files
from tracktwo.telling.told import TOLD

LABEL = re.compile(r"^:name: ((?:fig|tab)-[a-z0-9-]+)$", re.MULTILINE)
"""Where a figure or a table says what it is called."""


def values_told(notebook: NotebookNode) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the name and the record (``text``, ``value``) of every value told in `notebook`."""
    for _, name, record in _told(notebook):
        yield name, record


def _told(notebook: NotebookNode) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield the cell, the name and the record of every value told."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            kept = output.get("metadata", {}).get(TOLD, {})
            for name, record in kept.get("values", {}).items():
                yield cell.id, name, dict(record)


def collect(executed: Iterable[tuple[str, NotebookNode]]) -> dict[str, dict[str, Any]]:
    """Return the record of every value told by ``chapter.name``, in order of keys.

    Parameters
    ----------
    executed
        Pairs of a chapter's name and its executed notebook.

    Raises
    ------
    ValueError
        When one key stands for two different numbers; the message names key and chapters.
    """
    found: dict[str, dict[str, Any]] = {}
    for chapter, notebook in executed:
        name = chapter.rpartition("/")[2]
        known_makers = makers(notebook)
        for cell, short, record in _told(notebook):
            key = f"{name}.{short}"
            told = {**record, "chapter": chapter, "cell": cell}
            made_by = locate(told.pop("made_by", "")) or maker_of(short, known_makers)
            known = found.setdefault(key, told | ({"made_by": made_by} if made_by else {}))
            # One value may be written in two ways; what is text alone must be the same text.
            kind = "text" if record["value"] is None else "value"
            if known[kind] != record[kind]:
                raise ValueError(
                    f"number {key!r} is {known['text']!r} in {known['chapter']} "
                    f"and {record['text']!r} in {chapter}: give one of them another key"
                )
    return dict(sorted(found.items()))


def figures(executed: Iterable[tuple[str, NotebookNode]]) -> dict[str, dict[str, Any]]:
    """Return of every figure and table, by ``chapter.label``, its chapter and who made it."""
    found = {}
    for chapter, notebook in executed:
        known = makers(notebook)
        for label in _labels(notebook):
            place = maker_of(label, known)
            record = {"chapter": chapter} | ({"made_by": place} if place else {})
            found[f"{chapter.rpartition('/')[2]}.{label}"] = record
    return found


def _labels(notebook: NotebookNode) -> list[str]:
    """Return the labels of a chapter's figures and tables, in order."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    texts = [output.get("data", {}).get("text/markdown", "") for output in outputs]
    return [label for text in texts for label in LABEL.findall(text)]


def verdicts(executed: Iterable[tuple[str, NotebookNode]]) -> list[dict[str, Any]]:
    """Return the verdicts that a chapter stored, an empty list if none did."""
    for _, notebook in executed:
        for cell in notebook.cells:
            for output in cell.get("outputs", []):
                if found := output.get("data", {}).get(PREFIX + VERDICTS):
                    return json.loads(found)
    return []


def named(facts: dict[str, Any]) -> dict[str, Any]:
    """Return what ``results.json`` says of the edition, from its facts (`edition_of`)."""
    edition = {"data_digest": facts["digest"], "parameters": facts["parameters"]}
    if not facts["name"]:
        return edition
    return {"name": facts["name"], "line": facts["line"], "data": facts["data"], **edition}


def _write(path: Path, content: object) -> None:
    text = json.dumps(content, indent=1, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Write both files from the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tracktwo.book.results", description=__doc__)
    parser.add_argument("executed", type=Path)
    parser.add_argument("results", type=Path)
    parser.add_argument("verdicts", type=Path)
    parser.add_argument("--edition", type=Path, required=True, metavar="FILE")
    parser.add_argument("--parameters", type=json.loads, default={}, metavar="JSON")
    options = parser.parse_args(arguments)
    files = chapter_files()
    files += [file for file in [f"{MOVED}.ipynb"] if (options.executed / file).is_file()]
    executed = [(f.removesuffix(".ipynb"), notebooks.read(options.executed / f)) for f in files]

    def write_both() -> None:
        numbers, drawn = collect(executed), figures(executed)
        add_rows(numbers, drawn, options.parameters)
        facts = json.loads(options.edition.read_text("utf-8"))
        found = {"edition": named(facts), "results": numbers, "figures": drawn}
        _write(options.results, found)
        known = {"edition": facts["name"]} if facts["name"] else {}
        _write(options.verdicts, [record | known for record in verdicts(executed)])
        print(f"collected {len(numbers)} numbers", flush=True)

    return attempt(write_both, ValueError)


if __name__ == "__main__":
    sys.exit(main())
