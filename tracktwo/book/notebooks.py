"""Notebooks as data: read, compare, clean. Pure functions from notebook to notebook."""

import copy
import hashlib
import json
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

INJECTED = "injected-parameters"
"""The tag papermill gives to the cell it adds, used here as that cell's id as well."""


def read(path: str | Path) -> NotebookNode:
    """Return the notebook at `path`.

    Raises
    ------
    ValueError
        When the file is not a notebook; the message names it.
    """
    try:
        return nbformat.read(path, as_version=4)
    except (nbformat.reader.NotJSONError, nbformat.ValidationError, AttributeError) as error:
        raise ValueError(f"{path}: not a notebook ({str(error).splitlines()[0]})") from error


def write(notebook: NotebookNode, path: Path) -> None:
    """Write `notebook` to `path`, making its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)


def source_digest(path: str | Path) -> str:
    """Return a digest of what a notebook's author writes: its cells, without their outputs.

    Refreshed outputs leave it as it was, so they are no reason to execute again.
    """
    cells = json.loads(Path(path).read_text("utf-8"))["cells"]
    for cell in cells:
        cell.pop("outputs", None)
        cell.pop("execution_count", None)
    return hashlib.sha256(json.dumps(cells, sort_keys=True).encode()).hexdigest()


def without_injected(notebook: NotebookNode) -> NotebookNode:
    """Return `notebook` without the parameters cell that papermill injected."""
    result = copy.deepcopy(notebook)
    result.cells = [c for c in result.cells if INJECTED not in c.metadata.get("tags", [])]
    return number_cells(result)


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
    """Return `notebook` set to run in, and be highlighted as, plain Python 3 of any version."""
    result = copy.deepcopy(notebook)
    result.metadata["kernelspec"] = {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    }
    result.metadata["language_info"] = {"name": "python", "pygments_lexer": "ipython3"}
    result.metadata.pop("papermill", None)
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


def provenance(parameters: dict[str, Any], version: str, name: str) -> dict[str, Any]:
    """Return the lasting part of papermill's own metadata."""
    return {"name": name, "parameters": parameters, "version": version}
