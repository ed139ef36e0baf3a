"""What a benchmark recorded: how it is kept and read, and medians, ratios and growth of it."""

import json
import math
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from typing import Any

import jsonschema

PARTS = ("build", "test", "page", "shift", "panel", "analysis")
NUMBER = {"type": "number", "minimum": 0}
RECORD = {
    "type": "object",
    "properties": {
        "part": {"enum": list(PARTS)},
        "what": {"type": "string", "minLength": 1},
        "side": {"enum": ["book", "plain", "probe"]},
        "round": {"type": "integer", "minimum": 0},
        "steps": {"type": "object", "additionalProperties": NUMBER},
        "moved": {"type": "array"},
        "stale": {"type": "boolean"},
    },
    "required": ["part", "what"],
    "additionalProperties": NUMBER,
}

Record = dict[str, Any]


def read(file: Path) -> list[Record]:
    """Return the records in `file`, of all parts or from the benchmark of the analysis alone.

    Raises
    ------
    ValueError
        When there are none, or one is broken; the message has file, record, and what is wrong.
    """
    try:
        found = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ValueError(f"{file}: no records can be read ({error})") from error
    records = found.get("records") if isinstance(found, dict) else found
    if not isinstance(records, list):
        raise ValueError(f"{file}: found no list of records")
    for place, record in enumerate(records, start=1):
        try:
            jsonschema.validate(record, RECORD)
        except jsonschema.ValidationError as error:
            key = f", {error.path[0]}" if error.path else ""
            raise ValueError(f"{file}, record {place}{key}: {error.message[:200]}") from error
    return records


def pick(records: Iterable[Record], **wanted: Any) -> list[Record]:
    """Return the records that have all of `wanted`."""
    return [r for r in records if all(r.get(key) == value for key, value in wanted.items())]


def values(records: Iterable[Record], measure: str, **wanted: Any) -> list[float]:
    """Return one measure of those records of `wanted` that have it."""
    return [record[measure] for record in pick(records, **wanted) if measure in record]


def ratio(ours: list[float], theirs: list[float]) -> dict[str, float] | None:
    """Return how many times theirs ours are: of the medians, and of the rounds one by one."""
    if not ours or not theirs:
        return None
    each = [a / b for a, b in zip(ours, theirs, strict=False)]
    return {"value": median(ours) / median(theirs), "low": min(each), "high": max(each)}


def spread(found: list[float]) -> dict[str, float] | None:
    """Return median, lowest and highest."""
    return {"value": median(found), "low": min(found), "high": max(found)} if found else None


def growth(records: Iterable[Record], measure: str, what: str) -> float | None:
    """Return the power of the size with which a measure grows, between the two largest sizes."""
    at: dict[int, list[float]] = defaultdict(list)
    for record in pick(records, part="analysis", what=what):
        if record.get(measure, 0) > 0:
            at[record["size"]].append(record[measure])
    if len(at) < 2:
        return None
    small, large = sorted(at)[-2:]
    return math.log(median(at[large]) / median(at[small])) / math.log(large / small)
