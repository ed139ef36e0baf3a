"""Coders of a sample, who may leave out what others must code, as a data set declares them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tracktwo.data.validation.coding import CONSENSUS
from tracktwo.data.validation.descriptor import DESCRIPTOR, read_own, resource_of
from tracktwo.data.validation.problems import Problem


def partial_of(folder: Path, table: str) -> tuple[str, ...]:
    """Return the coders of a sample of a table of codes.

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
    own, _ = read_own(folder)
    coding = resource_of(own, table).get("coding")
    return coding.get("partial") if isinstance(coding, dict) else None


def _is_list(found: Any) -> bool:
    return isinstance(found, list) and all(isinstance(name, str) for name in found)
