"""Data sets in which the test has planted who says what of which theme, and where.

`write_statements(folder, said)` takes a dict a statement, made by `say`.
"""

import csv

from made_studies import write_planted_study
from small_study import CODERS, TABLES


def say(voice, *themes, side="israeli", level="elite", document=None, **more):
    """Return one statement; without `document` the voice speaks in one of its own."""
    return {
        "voice": voice,
        "themes": themes,
        "side": side,
        "level": level,
        "document": document or f"doc-{voice.lower()}".replace(" ", "-").replace("_", "-"),
        "kind": "essay",
        "question": "context",
        "check": "confirmed",
        "wave": "first",
        "codes": (),
    } | more


def write_statements(folder, said, coders=CODERS):
    """Write a valid data set that holds these statements and no others."""
    write_planted_study(folder, [(1995, "elite"), (2002, "grassroots")])
    documents = {s["document"]: s["kind"] for s in said}
    speakers = {(s["document"], s["voice"]): (s["side"], s["level"]) for s in said}
    tables = {
        "documents": [
            {"id": key, "title": f"A *talk* {key}", "event_kind": kind, "year": 1999}
            | {"year_approximate": "no", "venue_or_publisher": "A", "url": "https://a.org/|b"}
            for key, kind in documents.items()
        ],
        "speakers": [
            {"document_id": key, "speaker": voice, "side": side, "organisation": "A"}
            | {"practice_level": level}
            for (key, voice), (side, level) in speakers.items()
        ],
        "statements": [
            {"id": f"said-{i:03}", "document_id": s["document"], "speaker": s["voice"], "seq": i}
            | {"paraphrase": "It works | or `not`.", "source_check": s["check"], "wave": s["wave"]}
            for i, s in enumerate(said, 1)
        ],
        "codes": [
            dict(zip(("statement_id", "coder", "variable", "value"), row, strict=True))
            for i, s in enumerate(said, 1)
            for coder in coders
            for row in _codes(f"said-{i:03}", coder, s)
        ],
    }
    for name, rows in tables.items():
        header = TABLES.get(f"practitioners/{name}.csv", "statement_id,coder,variable,value\n")
        _write(folder / f"practitioners/{name}.csv", header.splitlines()[0].split(","), rows)
    return folder


def _codes(key, coder, said):
    themes = [("theme", theme) for theme in said["themes"]]
    single = [("question", said["question"]), ("valence", "neutral"), *said["codes"]]
    return [(key, coder, *code) for code in [*themes, *single]]


def _write(path, columns, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
