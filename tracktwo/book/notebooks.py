"""Notebooks as data: read, compare, clean. Pure functions from notebook to notebook."""

import ast
import copy
import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from tracktwo.telling.told import TOLD

INJECTED = "injected-parameters"
"""The tag papermill gives to the cell it adds, used here as that cell's id as well."""

SECTION = re.compile(r"\s*(?:\([\w-]+\)=\n)?## [^\n]+")
"""How a Markdown cell begins that opens a section; most are nothing else."""


def read(path: str | Path) -> NotebookNode:
    """Return the notebook at `path`, whatever editor saved it: each cell gets an id of its own.

    Raises
    ------
    ValueError
        When the file is not a notebook; the message names it.
    """
    content = _content(path)
    taken: set[str] = set()
    for number, cell in enumerate(content["cells"], start=1):
        # Formats before 4.5 have no ids; nbformat would draw them at random.
        name = str(cell.get("id") or f"cell-{number}")
        while name in taken:
            name = f"{name}-{number}"
        cell["id"] = name
        taken.add(name)
    content["nbformat_minor"] = 5
    try:
        notebook = nbformat.v4.reads(json.dumps(content))
        nbformat.validate(notebook)
    except Exception as error:  # whatever nbformat meets in a file that only looks like one
        raise ValueError(f"{path}: not a notebook ({str(error).splitlines()[0]})") from error
    return notebook


def _content(path: str | Path) -> dict[str, Any]:
    """Return the file's JSON, which has the outline of a notebook of format 4."""
    try:
        content = json.loads(Path(path).read_text("utf-8-sig"))
        if content["nbformat"] != 4:
            raise ValueError(f"format {content['nbformat']}, where 4 is allowed")
        for cell in content["cells"]:
            cell["source"] = "".join(cell["source"])
            cell["metadata"] = dict(cell["metadata"])
        return content
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        said = f"no {error}" if isinstance(error, KeyError) else str(error).splitlines()[0]
        raise ValueError(f"{path}: not a notebook ({said})") from error


def parameter_names(notebook: NotebookNode) -> list[str]:
    """Return the names that the cell tagged ``parameters`` gives values to, in order.

    Python itself reads the cell: papermill passes over a line with a second ``=`` in it.

    Raises
    ------
    ValueError
        When the cell is not Python; the message has the line.
    """
    cells = [c.source for c in notebook.cells if "parameters" in c.metadata.get("tags", [])]
    try:
        lines = ast.parse("\n".join(cells)).body
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        raise ValueError(f"cell of parameters, line {line}: not Python ({error})") from error
    targets = [
        target
        for line in lines
        for target in getattr(line, "targets", [getattr(line, "target", None)])
    ]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def write(notebook: NotebookNode, path: Path) -> None:
    """Write `notebook` to `path`, making its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)


def source_digest(path: str | Path) -> str:
    """Return a digest of what a notebook's author writes: its cells, without their outputs.

    Refreshed outputs and an editor's own notes leave it as it was: they are no reason to execute
    again.

    Raises
    ------
    ValueError
        When the file is not a notebook; the message names it.
    """
    cells = [
        [
            cell.get("cell_type"),
            cell["source"],
            cell["metadata"].get("tags"),
            cell.get("attachments"),
        ]
        for cell in _content(path)["cells"]
    ]
    return hashlib.sha256(json.dumps(cells, sort_keys=True).encode()).hexdigest()


def without_injected(notebook: NotebookNode) -> NotebookNode:
    """Return `notebook` without the parameters cell that papermill injected."""
    result = copy.deepcopy(notebook)
    result.cells = [c for c in result.cells if INJECTED not in c.metadata.get("tags", [])]
    return number_cells(result)


def rewrite(
    output: NotebookNode, pattern: re.Pattern[str], say: Callable[[re.Match[str]], str]
) -> None:
    """Replace what `pattern` finds in the MyST of `output`, in place, by what `say` makes of it.

    Where numbers told stand in the text (`telling.told`) is kept right.
    """
    text = output.get("data", {}).get("text/markdown", "")
    grown = [(found.end(), len(say(found)) - len(found[0])) for found in pattern.finditer(text)]
    if grown:
        output["data"]["text/markdown"] = pattern.sub(say, text)
        for place in output.get("metadata", {}).get(TOLD, {}).get("places", []):
            by = sum(length for end, length in grown if end <= place[0])
            place[:2] = [place[0] + by, place[1] + by]


def number_cells(notebook: NotebookNode) -> NotebookNode:
    """Return `notebook` with its code cells counted from 1, as a fresh kernel counts them."""
    result = copy.deepcopy(notebook)
    code = [cell for cell in result.cells if cell.cell_type == "code"]
    for count, cell in enumerate((c for c in code if c.source.strip()), start=1):
        cell.execution_count = count
        for output in cell.outputs:
            if "execution_count" in output:
                output.execution_count = count
    return result


def for_python(notebook: NotebookNode) -> NotebookNode:
    """Return `notebook` set to run in, and be highlighted as, plain Python 3 of any version.

    Nothing stays of what editors note in it for themselves: their kernels, views and times.
    """
    result = copy.deepcopy(notebook)
    result.metadata = NotebookNode(
        kernelspec=NotebookNode(
            display_name="Python 3 (ipykernel)", language="python", name="python3"
        ),
        language_info=NotebookNode(name="python", pygments_lexer="ipython3"),
    )
    for cell in result.cells:
        tags = cell.metadata.get("tags")
        cell.metadata = NotebookNode(tags=tags) if tags else NotebookNode()
        if "words" in (tags or ()):  # JupyterLab shows what it says, not also its source
            cell.metadata["jupyter"] = NotebookNode(source_hidden=True)
    return result


def cleaned(executed: NotebookNode, source: NotebookNode) -> NotebookNode:
    """Return `executed` without what differs from run to run: times, ids, the Python's version.

    Parameters
    ----------
    executed
        A notebook as papermill returns it.
    source
        The notebook it was made from; its metadata are kept.
    """
    result = copy.deepcopy(executed)
    result.metadata = copy.deepcopy(source.metadata)
    written = {cell.id: cell.metadata for cell in source.cells}
    for cell in result.cells:
        if INJECTED in cell.metadata.get("tags", []):
            cell.id = INJECTED
            cell.metadata = NotebookNode(tags=[INJECTED, "remove-cell"])
        else:
            cell.metadata = copy.deepcopy(written[cell.id])
    return number_cells(result)


def without_empty_sections(notebook: NotebookNode) -> NotebookNode:
    """Return `notebook` without the headings of sections in which nothing stands.

    An edition may leave out all that a section says. Its heading goes then, and the code that
    said nothing stays.
    """
    result = copy.deepcopy(notebook)
    empty, kept = True, []
    for cell in reversed(result.cells):
        written = cell.source if cell.cell_type == "markdown" else ""
        if not (empty and SECTION.fullmatch(written.rstrip())):
            kept.append(cell)
        silent = cell.cell_type == "code" and not cell.get("outputs")
        empty = bool(SECTION.match(written)) or (empty and silent)
    result.cells = kept[::-1]
    return result


def provenance(parameters: dict[str, Any], version: str, name: str) -> dict[str, Any]:
    """Return the lasting part of papermill's own metadata."""
    return {"name": name, "parameters": parameters, "version": version}
