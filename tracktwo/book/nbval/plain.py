"""Text that fits a line of a log: no escape codes, nothing endless, nothing encoded."""

import re
from typing import Any

LONGEST = 160
"""Signs of a text that are shown."""

AROUND = 40
"""Signs shown before and after the first that differs."""

ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|.)")
ENCODED = re.compile(r"[A-Za-z0-9+/=]{60,}")


def without_escapes(text: str) -> str:
    """Return `text` without escape codes and without signs that no one can see."""
    kept = ESCAPE.sub("", text)
    return "".join(sign for sign in kept if sign.isprintable() or sign.isspace())


def plain(value: Any) -> str:
    """Return a value in one line of at most `LONGEST` signs."""
    text = " ".join(ENCODED.sub("…", without_escapes(str(value))).split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def around(one: str, two: str) -> str:
    """Return two texts where they first differ."""
    pairs = enumerate(zip(one, two, strict=False))
    at = next((i for i, (a, b) in pairs if a != b), min(len(one), len(two)))
    start = max(at - AROUND, 0)
    parts = (plain(text[start : at + AROUND]) for text in (one, two))
    return " → ".join(f"“{'…' * (start > 0)}{part}”" for part in parts)
