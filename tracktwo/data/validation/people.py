"""Coders who are people, and coders of a sample, as a data set declares them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tracktwo.data.validation.coding import CONSENSUS
from tracktwo.data.validation.problems import Problem
from tracktwo.data.validation.rounds import DESCRIPTOR

PERSON = "person"
"""The kind of a coder who is no machine."""


def people_of(folder: Path) -> tuple[str, ...]:
    """Return the coders who are people: ``{"coders": {"rivera": {"kind": "person"}}}``."""
    said = _own(folder).get("coders")
    said = said if isinstance(said, dict) else {}
    return tuple(n for n, of in said.items() if isinstance(of, dict) and of.get("kind") == PERSON)


def partial_of(folder: Path, table: str) -> tuple[str, ...]:
    """Return the coders of a sample, who may leave out rows and variables of a table.

    A data set lists them as ``"partial": ["rivera"]`` under the table's ``coding``. One that lists
    none has only coders of everything.
    """
    found = _listed(folder, table)
    return tuple(found) if _is_list(found) else ()


def partial_problems(folder: Path, table: str, coders: list[str]) -> Iterator[Problem]:
    """Yield what is wrong with the list: each name is a coder of the table, not the consensus."""
    where = f"{table}: coding: partial"
    if (found := _listed(folder, table)) is None:
        return
    if not _is_list(found):
        yield Problem(DESCRIPTOR, None, where, str(found), 'a list of coders: ["rivera"]')
        return
    others = ", ".join(coder for coder in coders if coder != CONSENSUS)
    for name in found:
        if name not in coders or name == CONSENSUS:
            yield Problem(DESCRIPTOR, None, where, name, f"a coder of the table ({others})")


def _listed(folder: Path, table: str) -> Any:
    resources = _own(folder).get("resources")
    for resource in resources if isinstance(resources, list) else []:
        if isinstance(resource, dict) and resource.get("name") == table:
            coding = resource.get("coding")
            return coding.get("partial") if isinstance(coding, dict) else None
    return None


def _is_list(found: Any) -> bool:
    return isinstance(found, list) and all(isinstance(name, str) for name in found)


def _own(folder: Path) -> dict[str, Any]:
    """Return the data set's own descriptor; what cannot be read is told by `rounds`."""
    try:
        own = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return own if isinstance(own, dict) else {}
