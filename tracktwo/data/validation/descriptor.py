"""Read what a data set says of itself, its own ``datapackage.json``, trusting nothing about it."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from tracktwo.data.validation.problems import Problem

DESCRIPTOR = "datapackage.json"
MAX_BYTES = 1_000_000
ALLOWED = "a Frictionless data package in JSON"


def read_own(folder: Path) -> tuple[dict[str, Any], list[Problem]]:
    """Return the data set's own descriptor, empty where it has none, and what is wrong with it.

    A link could lead out of the data set, so none is followed.
    """
    file = folder / DESCRIPTOR
    if file.is_symlink():
        return {}, [Problem(DESCRIPTOR, None, None, "a symbolic link", ALLOWED)]
    if not file.is_file():
        return {}, []
    try:
        if (size := file.stat().st_size) > MAX_BYTES:
            return {}, [_problem(f"{size:,} bytes", f"at most {MAX_BYTES:,} bytes")]
        own = json.loads(file.read_text(encoding="utf-8-sig"), object_pairs_hook=_once)
        [resource["name"] + "" for resource in own["resources"]]  # what everything else looks up
        return own, []
    except json.JSONDecodeError as error:
        return {}, [_problem(f"line {error.lineno}, character {error.colno}: {error.msg}")]
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        return {}, [_problem(f"{type(error).__name__}: {error}"[:120])]


def resource_of(own: dict[str, Any], table: str) -> dict[str, Any]:
    """Return what a descriptor says of a table; nothing where it does not name it."""
    return next((r for r in own.get("resources", []) if r["name"] == table), {})


def _problem(found: str, allowed: str = ALLOWED) -> Problem:
    return Problem(DESCRIPTOR, None, None, found, allowed)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a JSON object; of a key given twice JSON would keep the last without a word."""
    for name, times in Counter(name for name, _ in pairs).items():
        if times > 1:
            raise ValueError(f"{name} is given {times} times in one object")
    return dict(pairs)
