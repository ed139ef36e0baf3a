"""A sweep as a page, a table and a file: how the verdicts stand under its settings."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from math import log
from pathlib import Path
from typing import Any

import numpy as np

from tracktwo.analysis.frame import Frame
from tracktwo.book.report import report_page
from tracktwo.book.sweep.results import Result, key_of
from tracktwo.claims.verdicts import VERDICTS
from tracktwo.data.study import open_study
from tracktwo.drawing.figures import defuse
from tracktwo.words.numbers import value_text

LISTED = 25
"""Settings listed for one claim; the table has them all."""

WIDTH, HEIGHT, ROWS = 400, 60, 6
"""Of a strip of dots: its size, and in how many rows dots stand so that fewer cover others."""


def write_page(folder: Path, published: Result, found: list[Result]) -> None:
    """Write ``index.html``, ``results.csv`` and ``results.json`` into `folder`."""
    texts = {
        "index.html": page(folder, published, found),
        "results.csv": as_csv(found),
        "results.json": json.dumps({"published": published, "settings": found}, indent=1) + "\n",
    }
    for name, text in texts.items():
        (folder / f".{name}").write_text(text, encoding="utf-8")
        (folder / f".{name}").replace(folder / name)


def page(folder: Path, published: Result, found: list[Result]) -> str:
    """Return the page that compares the results `found` with the `published` one."""
    study = open_study()
    words = dict(zip(study.claims["id"], study.claims["claim"], strict=True))
    answers = [result for result in found if result["claims"]]
    books = {
        place: f"editions/{key}/html/index.html"
        for place, result in enumerate(answers)
        if (folder / "editions" / (key := key_of(result["setting"])) / "html").is_dir()
    }
    return report_page(
        Path(__file__).with_name("sweep.html"),
        name=folder.name,
        count=len(found),
        varied=varied(found),
        claims=[
            claim_of(record, answers) | {"words": words.get(record["id"], "")}
            for record in published["claims"]
        ],
        without=[
            {"setting": in_words(r["setting"]), "why": r.get("reason") or r.get("fault")}
            for r in found
            if not r["claims"]
        ],
        books=[{"setting": in_words(answers[i]["setting"]), "link": at} for i, at in books.items()],
        listed=LISTED,
        width=WIDTH,
        height=HEIGHT,
    )


def value_of(setting: dict[str, Any], name: str) -> str:
    """Return a parameter's value under a setting, in words; the usual one when not named."""
    if "data" in setting and name not in setting:
        return "as the data have it"
    usual = {field.name: field.default for field in fields(Frame)} | {"data": "data"}
    value = setting.get(name, usual[name])
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, list | tuple) else str(value)


def in_words(setting: dict[str, Any]) -> str:
    """Return a setting as a reader takes it in."""
    said = (f"{name.replace('_', ' ')}: {value_of(setting, name)}" for name in setting)
    return "; ".join(said) or "the book's own choices"


def varied(found: list[Result]) -> dict[str, list[str]]:
    """Return each parameter that the settings do not all give the same value, with its values."""
    named = dict.fromkeys(name for result in found for name in result["setting"])
    values = {n: list(dict.fromkeys(value_of(r["setting"], n) for r in found)) for n in named}
    return {name: each for name, each in values.items() if len(each) > 1}


def claim_of(published: dict[str, Any], answers: list[Result]) -> dict[str, Any]:
    """Return what the page says of one claim, given its published record and the settings'."""
    tested = [
        (result, record)
        for result in answers
        for record in result["claims"]
        if record["id"] == published["id"]
    ]
    answers, records = [result for result, _ in tested], [record for _, record in tested]
    verdicts = [record["verdict"] for record in records]
    other = [verdict != published["verdict"] for verdict in verdicts]
    return {
        "id": published["id"],
        "verdict": published["verdict"],
        "total": len(records),
        "other": sum(other),
        "counts": {
            v: Counter(verdicts)[v] for v in VERDICTS if v in {*verdicts, published["verdict"]}
        },
        "strips": [
            strip(part, [r["parts"][place] for r in records if place < len(r["parts"])])
            for place, part in enumerate(published["parts"])
        ],
        "moves": most_moving(answers, other),
        "differing": [
            {"setting": in_words(result["setting"]), "verdict": verdict}
            for result, verdict, differs in zip(answers, verdicts, other, strict=True)
            if differs
        ],
    }


def most_moving(answers: list[Result], other: list[bool]) -> dict[str, Any] | None:
    """Return the parameter by which settings with another verdict differ most from the rest.

    It is the one whose values account for the largest share of the variance of "has another
    verdict" (eta squared); None where the verdict is the same under all settings, or none moves it.
    """
    differs = np.array(other, dtype=float)
    if not len(differs) or differs.var() == 0:
        return None
    best, most = None, 0.0
    for name in varied(answers):
        values = np.array([value_of(result["setting"], name) for result in answers])
        groups = {value: differs[values == value] for value in dict.fromkeys(values.tolist())}
        between = sum(len(g) * (g.mean() - differs.mean()) ** 2 for g in groups.values())
        if (share := between / len(differs) / differs.var()) > most + 1e-9:
            rows = [(v, int(g.sum()), len(g)) for v, g in groups.items()]
            best, most = {"name": name.replace("_", " "), "rows": rows}, share
    return best


def strip(published: dict[str, Any], parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Return one statistic's estimates as places on a line, with the published one and the border.

    Ratios stand on a logarithmic line.
    """
    kind, border = published["kind"], published["border"]
    usable = [p["estimate"] for p in parts if _drawn(kind, p["estimate"])]
    own = published["estimate"] if _drawn(kind, published["estimate"]) else None
    shown = [
        *usable,
        *([border] if _drawn(kind, border) else []),
        *([own] if own is not None else []),
    ]
    scale = log if kind == "ratio" else float
    low, high = (scale(f(shown)) for f in (min, max)) if shown else (0.0, 1.0)
    room = 20

    def at(value: float) -> float:
        part = (scale(value) - low) / (high - low) if high > low else 0.5
        return round(room + part * (WIDTH - 2 * room), 1)

    ordered = sorted(usable)
    return {
        "name": published["name"],
        "dots": [(at(value), 14 + 5 * (i % ROWS)) for i, value in enumerate(ordered)],
        "own": None if own is None else at(own),
        "border": at(border) if _drawn(kind, border) else None,
        "predicted": published["predicted"],
        "own_text": "not defined" if own is None else value_text(kind, own),
        "range": [value_text(kind, ordered[0]), value_text(kind, ordered[-1])] if ordered else None,
        "none": len(parts) - len(usable),
    }


def _drawn(kind: str, value: float | None) -> bool:
    return value is not None and (kind != "ratio" or value > 0)


def as_csv(found: list[Result]) -> str:
    """Return one row for each setting, claim and part; a setting without claims has its reason."""
    names = list(dict.fromkeys(name for result in found for name in result["setting"]))
    columns = [*names, "claim", "verdict", "standing", "part", "estimate", "low", "high", "n"]
    out = io.StringIO()
    writer = csv.DictWriter(out, [*columns, "direction", "reason"], lineterminator="\n")
    writer.writeheader()
    for result in found:
        given = {name: defuse(value_of(result["setting"], name)) for name in names}
        for row in _rows(result):
            writer.writerow(given | row)
    return out.getvalue()


def _rows(result: Result) -> Iterator[dict[str, Any]]:
    if not result["claims"]:
        yield {"reason": result.get("reason") or result.get("fault")}
    for claim in result["claims"]:
        own = {"claim": claim["id"], "verdict": claim["verdict"], "standing": claim["standing"]}
        for part in claim["parts"]:
            numbers = {k: part[k] for k in ("estimate", "low", "high", "n", "direction")}
            yield own | {"part": part["name"]} | numbers
