"""The receipt as a file: what it must look like, how it is read, and what it says in brief."""

import json
from pathlib import Path
from typing import Any

import jsonschema

from tracktwo.data.validation.problems import printable

FORM = 1
"""The number of the form in which receipts are written; it grows when the form changes."""

MAX_BYTES = 20_000_000
KINDS = ("cells", "figures", "numbers", "verdicts")
"""What is compared, one by one."""

Receipt = dict[str, Any]


def _record(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _table(inside: dict[str, Any], most: int = 20_000) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": inside, "maxProperties": most}


def _list(inside: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": inside, "maxItems": 20_000}


TEXT = {"type": "string", "maxLength": 20_000}
SHORT = {"type": "string", "maxLength": 500}
PERHAPS = {"type": ["string", "null"], "maxLength": 2_000}
COUNT = {"type": "integer", "minimum": 0}
SECONDS = {"type": "number", "minimum": 0}
FOUND = _record(
    identical=COUNT,
    changed=_list(_record(name=SHORT, committed=PERHAPS, found=PERHAPS)),
    digests=_table(SHORT),
)
SCHEMA = _record(
    receipt={"const": FORM},
    version=SHORT,
    made=SHORT,
    identical={"type": "boolean"},
    commit=_record(id={"type": ["string", "null"], "maxLength": 100}, modified=_list(SHORT)),
    inputs=_table(SHORT, 20),
    environment=_record(
        python=SHORT,
        packages=_table(SHORT),
        missing=_list(SHORT),
        other=_list(_record(name=SHORT, locked=SHORT, found=SHORT)),
        further=_list(SHORT),
        altered=_list(SHORT),
    ),
    machine=_table({"type": ["string", "integer", "null"], "maxLength": 500}, 20),
    network=_record(cut={"type": "boolean"}, by=PERHAPS, checked=SHORT),
    seconds=_record(total=SECONDS, chapters=_table(SECONDS)),
    failed=_list(TEXT),
    results=_record(**dict.fromkeys(KINDS, FOUND)),
    pages=_table(SHORT, 20),
)
"""The form, as a JSON schema. A receipt comes from another machine: nothing in it is trusted."""


def read_receipt(file: Path) -> Receipt:
    """Return the receipt in `file`.

    Raises
    ------
    ValueError
        When there is none, or it is not of the form; the message has file, place and reason.
    """
    try:
        if not file.is_file():
            raise ValueError("no such file")
        if file.stat().st_size > MAX_BYTES:
            raise ValueError(f"more than {MAX_BYTES:,} bytes")
        receipt = json.loads(file.read_text("utf-8"))
        jsonschema.validate(receipt, SCHEMA)
    except jsonschema.ValidationError as error:
        place = ".".join(map(str, error.absolute_path)) or "the whole"
        found = printable(error.message, 200)
        raise ValueError(f"{file}: not a receipt ({printable(place, 100)}: {found})") from error
    except (OSError, ValueError, RecursionError) as error:
        raise ValueError(f"{file}: not a receipt ({printable(error, 200)})") from error
    return receipt


def faults(receipt: Receipt) -> list[str]:
    """Return why not all is identical, one line a reason; nothing when all is."""
    commit, environment = receipt["commit"], receipt["environment"]
    said = [f"{named(len(receipt['failed']), 'failure')} while the book was computed"]
    said = said if receipt["failed"] else []
    for kind, found in receipt["results"].items():
        if changed := len(found["changed"]):
            said.append(f"{changed:,} of {changed + found['identical']:,} {kind} changed")
    if commit["modified"]:
        count = named(len(commit["modified"]), "file")
        said.append(f"{count} not as the commit has {'it' if count[:2] == '1 ' else 'them'}")
    amiss = {key: len(environment[key]) for key in ("missing", "other", "altered")}
    if any(amiss.values()):
        words = ("missing", "of another version", "with altered files")
        counts = zip(amiss.values(), words, strict=True)
        said.append("packages not as locked: " + ", ".join(f"{n} {w}" for n, w in counts if n))
    return said


def summary(receipt: Receipt) -> str:
    """Return the receipt on one screen."""
    commit, network = receipt["commit"], receipt["network"]
    modified = commit["modified"]
    lines = {
        "commit": (commit["id"] or "unknown: not a checkout")
        + (f", but {named(len(modified), 'file')} changed" if modified else ""),
        "data": receipt["inputs"].get("data", "")[:12],
        "environment": f"Python {receipt['environment']['python']}, {_as_locked(receipt)}",
        "network": f"cut off by {network['by']}" if network["cut"] else "NOT cut off",
        "time": f"{receipt['seconds']['total']:.0f} s in all{_cores(receipt)}, "
        f"{named(len(receipt['seconds']['chapters']), 'chapter')} executed",
    }
    for kind, found in receipt["results"].items():
        changed = f", {len(found['changed']):,} CHANGED" if found["changed"] else ""
        lines[kind] = f"{found['identical']:,} identical{changed}"
    lines["site, PDFs"] = "built" if receipt["pages"] else "not built"
    return "\n".join(f"  {name:<12} {text}" for name, text in lines.items())


def _cores(receipt: Receipt) -> str:
    cores = receipt["machine"].get("cores")
    return f" on {named(cores, 'core')}" if isinstance(cores, int) else ""


def _as_locked(receipt: Receipt) -> str:
    said = [line for line in faults(receipt) if line.startswith("packages")]
    return said[0] if said else "packages as locked"


def named(count: int, what: str) -> str:
    """Return a count with its noun."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"
