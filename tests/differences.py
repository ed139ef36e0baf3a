"""Where two results differ, in words."""

import csv
import json

AROUND = 30  # characters shown before and after the first difference of two texts


def differences(here, there, place=""):
    """Yield the places where two plain values differ, with both values."""
    if isinstance(here, dict) and isinstance(there, dict):
        for key in sorted({*here, *there}):
            yield from differences(here.get(key), there.get(key), f"{place} {key}")
    elif isinstance(here, list) and isinstance(there, list) and len(here) == len(there):
        for index, pair in enumerate(zip(here, there, strict=True)):
            yield from differences(*pair, f"{place}[{index}]")
    elif isinstance(here, str) and isinstance(there, str) and here != there:
        at = next((i for i, (a, b) in enumerate(zip(here, there, strict=False)) if a != b), 0)
        part = slice(max(at - AROUND, 0), at + AROUND)
        yield f"{place}, character {at}: {here[part]!r} here, {there[part]!r} there"
    elif here != there:
        yield f"{place}: {str(here)[:80]} here, {str(there)[:80]} there"


def file_differences(here, there):
    """Return where two files differ: by key, by row and column, or by character."""
    if here.read_bytes() == there.read_bytes():
        return []
    texts = [file.read_text("utf-8") for file in (here, there)]
    if here.suffix == ".json":
        texts = [json.loads(text) for text in texts]
    elif here.suffix == ".csv":
        rows = [enumerate(csv.DictReader(text.splitlines()), start=2) for text in texts]
        texts = [{f"row {n}, column": row for n, row in numbered} for numbered in rows]
    return list(differences(*texts, here.name)) or [f"{here.name}: other bytes, the same values"]
