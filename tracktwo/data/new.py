"""Write an empty data package, with an example row in each file and every column explained."""

import csv
import io
import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tracktwo.data.package import published
from tracktwo.data.validation.own_schema import with_own_lists
from tracktwo.ground import paths

TEMPLATE = Path(__file__).parent / "template"
"""What the new package says of itself, and how its README begins."""

KEY = "example-delete-me"
SAYS = "This row is an example: delete it."
FEW = ("issue", "format", "theme")
"""Variables of which a new codebook has two values to begin with: the rest is for its author."""

EXAMPLE: dict[str, dict[str, Any]] = {
    "initiatives": {"start_year": 1995, "end_status": "unknown", "third_party_type": "none"}
    | {"scope": "both_sides", "unit": "initiative", "borderline": "no", "evidence_grade": "A"}
    | {"source_check": "not_checked", "wave": "first", "note": SAYS},
    "sources": {"source_no": 1, "access": "read", "supports": "name | start_year"},
    "documents": {"event_kind": "interview", "year": 2000, "year_approximate": "no", "note": SAYS},
    "speakers": {"side": "side_a", "practice_level": "grassroots"},
    "statements": {"seq": 1, "source_check": "not_checked", "wave": "first"},
    "facts": {"key": "example", "value": 1, "unit": "row"},
    "timeline": {"date": "2005-01-01", "kind": "agreement"}
    | {"source_url": "https://example.org/"},
    "history": {"years": "2005", "theme": "law", "source_year": 2005, "seen": "opening"}
    | {"source_url": "https://example.org/", "note": SAYS},
}
"""What an example row holds where `SAYS` or `KEY` would not do."""

IDS = {"id", "initiative_id", "document_id", "statement_id"}
OPTIONAL = {"start_year", "end_year", "convenors", "third_party", "part_of", "location"} | {
    *("uncertain", "url", "copy", "year", "note", "definition")
}
"""Columns that the example leaves empty unless it names them."""

MEASURES = {
    "C1": (
        "Up to the break elite and professional initiatives outnumber grassroots ones.",
        "Starts up to and including the break year: share of elite/professional initiatives "
        "minus share of grassroots initiatives.",
    ),
    "C2": (
        "Afterwards grassroots initiatives gradually take the place of senior-level ones.",
        "Starts, grassroots against elite/professional: odds ratio per later starting year; and "
        "share of grassroots among starts after the break minus before.",
    ),
    "C5": (
        "The community shares a set of propositions about when transfer works.",
        "Share of the codebook's propositions voiced by at least two speakers of each side. A "
        "joint statement counts as one voice of each side.",
    ),
}
"""Claims whose published wording is about the published conflict, in words for any."""


def write_new(folder: Path) -> None:
    """Write an empty data package into `folder`, whole or not at all.

    Raises
    ------
    ValueError
        When the folder holds anything, or is a file.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise ValueError(f"{folder}: found a file; allowed: a new folder, or an empty one")
    if folder.is_dir() and any(folder.iterdir()):
        raise ValueError(f"{folder}: found files in it; allowed: a new folder, or an empty one")
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".new-", dir=folder.parent))
    try:
        for path, text in _files().items():
            (aside / path).parent.mkdir(parents=True, exist_ok=True)
            (aside / path).write_text(text, encoding="utf-8", newline="")
        aside.chmod(0o755)
        aside.replace(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _files() -> dict[str, str]:
    """Return the text of every file by its path."""
    usual = {resource["name"]: resource for resource in published()["resources"]}
    resources = list(with_own_lists(usual, _said())[0].values())
    book = list(_codebook())
    rows = {r["name"]: [_example(r)] for r in resources}
    rows |= {"codebook": book, "claims": list(_claims())}
    rows["codes"] = list(_codes(book, "inventory", "initiative_id", resources))
    rows["statement_codes"] = list(_codes(book, "practitioners", "statement_id", resources))
    files = {r["path"]: _as_csv(_columns(r), rows[r["name"]]) for r in resources}
    told = "\n".join(_explained(resource) for resource in resources)
    files["README.md"] = (TEMPLATE / "README.md").read_text("utf-8") + told
    files["datapackage.json"] = (TEMPLATE / "datapackage.json").read_text("utf-8")
    return files


def _said() -> dict[str, Any]:
    """Return what the new package says of itself, for its author to fill in."""
    return json.loads((TEMPLATE / "datapackage.json").read_text("utf-8"))


def _columns(resource: dict[str, Any]) -> list[str]:
    return [field["name"] for field in resource["schema"]["fields"]]


def _as_csv(columns: list[str], rows: list[dict[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _example(resource: dict[str, Any]) -> dict[str, Any]:
    """Return an example row: what it is, in every column that may not be empty."""
    said = EXAMPLE.get(resource["name"], {})
    empty = [name for name in _columns(resource) if name not in said]
    return {n: KEY if n in IDS else SAYS for n in empty if n not in OPTIONAL} | said


def _rows_of(path: str) -> Iterator[dict[str, str]]:
    with (paths.DATA / path).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _codebook() -> Iterator[dict[str, str]]:
    """Yield the published codebook, of the variables in `FEW` two values that fit any conflict."""
    ours, seen = published()["conflict"]["words"], dict.fromkeys(FEW, 0)
    for row in _rows_of("codebook.csv"):
        if row["variable"] in FEW:
            text = " ".join(row.values()).lower()
            if seen[row["variable"]] == 2 or any(word.lower() in text for word in ours):
                continue
            seen[row["variable"]] += 1
        row["description"] = row["description"].replace(
            "; the article's four approaches, in", ", in"
        )
        yield row


def _claims() -> Iterator[dict[str, str]]:
    for row in _rows_of("article/claims.csv"):
        row["claim"], row["measure"] = MEASURES.get(row["id"], (row["claim"], row["measure"]))
        yield row


def _codes(
    book: list[dict[str, str]], part: str, column: str, resources: list[dict[str, Any]]
) -> Iterator[dict[str, str]]:
    """Yield each coder's codes of the example: the first value of every variable it must have."""
    coding = next(r["coding"] for r in resources if r.get("coding", {}).get("part") == part)
    first: dict[str, str] = {}
    for row in book:
        if row["part"] == part and row["variable"] not in coding["optional"]:
            first.setdefault(row["variable"], row["value"])
    for coder in _said()["coders"]:
        for variable, value in first.items():
            yield {column: KEY, "coder": coder, "variable": variable, "value": value}


def _explained(resource: dict[str, Any]) -> str:
    """Return a section on a file: what a row is, and each column in a line."""
    optional = " The file may be left out." if resource.get("optional") else ""
    lines = [f"## {resource['path']}", "", resource["description"] + optional, ""]
    for field in resource["schema"]["fields"]:
        name, notes = field["name"], []
        if name in resource["needed"]:
            notes.append("needed")
        if field["type"] != "string":
            notes.append(
                {"boolean": "yes or no", "list": "values joined by ' | '"}.get(
                    field["type"], field["type"]
                )
            )
        if listed := field.get("constraints", {}).get("enum"):
            notes.append(f"one of {', '.join(listed)}")
        told = f" ({'; '.join(notes)})" if notes else ""
        lines.append(f"- `{name}`{told}: {field['description']}")
    return "\n".join([*lines, ""])
