"""An executed chapter as a page of an edition: its values, its links, its title."""

import ast
import copy
import json
import re
from typing import Any

from nbformat import NotebookNode

from tracktwo.book.naming import shown as published_values
from tracktwo.book.notebooks import rewrite
from tracktwo.book.toc import FINDINGS

NOTE = re.compile("^:class: left-out$", re.MULTILINE)
"""What only the note has that stands for a passage left out (`telling.say`)."""


def as_edition(notebook: NotebookNode, page: str, name: str) -> NotebookNode:
    """Return an executed notebook as a page of an edition.

    It shows the parameters it was executed with. What points at the first page points at the
    findings, as an edition opens with another.
    """
    used = published_values(notebook.metadata["papermill"]["parameters"])
    shown = with_parameters(notebook, used)
    shown.metadata["papermill"]["parameters"] = used
    shown = with_root_at(shown, "index", FINDINGS)
    shown = with_labelled_notes(shown, name)
    # The title on the cover is the edition's.
    return titled(shown, FINDINGS.capitalize()) if page == FINDINGS else shown


def with_parameters(notebook: NotebookNode, values: dict[str, Any]) -> NotebookNode:
    """Return `notebook` with `values` in its cell of parameters, in place of its own."""
    result = copy.deepcopy(notebook)
    for cell in result.cells:
        if "parameters" in cell.metadata.get("tags", []):
            lines = cell.source.splitlines()
            for node in reversed(ast.parse(cell.source).body):
                name = getattr(getattr(node, "targets", [None])[0], "id", "")
                if name in values:
                    lines[node.lineno - 1 : node.end_lineno] = [f"{name} = {_code(values[name])}"]
            cell.source = "\n".join(lines)
    return result


def _code(value: Any) -> str:
    """Return a parameter's value as Python, with the quotes that the notebooks have."""
    return repr(value) if isinstance(value, bool) else json.dumps(value, ensure_ascii=False)


def titled(notebook: NotebookNode, title: str) -> NotebookNode:
    """Return `notebook` with another title."""
    result = copy.deepcopy(notebook)
    cell = next(cell for cell in result.cells if cell.source.startswith("# "))
    cell.source = "\n".join([f"# {title}", *cell.source.splitlines()[1:]])
    return result


def note_label(chapter: str, cell: str, number: int) -> str:
    """Return the label of the note that stands for a passage left out, in a cell's output."""
    name = chapter.rpartition("/")[2]
    return re.sub(r"[^a-z0-9]+", "-", f"left-out-{name}-{cell}-{number}".lower())


def with_labelled_notes(notebook: NotebookNode, chapter: str) -> NotebookNode:
    """Return `notebook` with a label on each note that stands for a passage left out."""
    result = copy.deepcopy(notebook)
    for cell in result.cells:
        for number, output in enumerate(cell.get("outputs", [])):
            name = f"\n:name: {note_label(chapter, cell.id, number)}"
            rewrite(output, NOTE, lambda found, name=name: found[0] + name)
    return result


def with_root_at(notebook: NotebookNode, root: str, page: str) -> NotebookNode:
    """Return `notebook` with what points at the page `root` pointing at `page`."""
    result = copy.deepcopy(notebook)
    role = re.compile(rf"(\{{doc\}}`(?:[^`<]*<)?(?:\.\./|/)*){root}(>?`)")
    for output in (output for cell in result.cells for output in cell.get("outputs", [])):
        rewrite(output, role, lambda found: f"{found[1]}{page}{found[2]}")
    return result
