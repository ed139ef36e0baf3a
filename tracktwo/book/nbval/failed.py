"""The cells that failed, as the processes of a test run hand them over: one file each.

Below a folder, ``cells/NOTEBOOK/NUMBER.json`` says what a cell did, and ``figures`` has the files
that it drew and that are not the committed ones.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Failed:
    """A cell that failed.

    Attributes
    ----------
    file
        The notebook, below the repository.
    number
        Of the cell among the notebook's code cells, from 0, as nbval counts them.
    outputs
        Those found, as in a notebook; empty where the kernel died.
    figures
        The names of the files it drew that are not the committed ones.
    why
        What stopped it, where its outputs do not say so; else empty.
    """

    file: str
    number: int
    outputs: list[dict[str, Any]]
    figures: list[str]
    why: str = ""

    @property
    def error(self) -> dict[str, Any] | None:
        """The exception that the cell raised, as in a notebook."""
        errors = [out for out in self.outputs if out.get("output_type") == "error"]
        return errors[-1] if errors else None


def keep(failed: Failed, folder: Path) -> None:
    """Write what a cell did below `folder`."""
    path = folder / "cells" / failed.file / f"{failed.number:04}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(failed), ensure_ascii=False), encoding="utf-8")


def kept(folder: Path) -> dict[str, list[Failed]]:
    """Return the cells kept below `folder`, by notebook, in the order of both."""
    found: dict[str, list[Failed]] = {}
    for path in sorted((folder / "cells").rglob("*.json")):
        cell = Failed(**json.loads(path.read_text("utf-8")))
        found.setdefault(cell.file, []).append(cell)
    return found
