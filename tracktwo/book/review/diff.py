"""Two receipts side by side: `python -m tracktwo receipt diff A B`."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tracktwo.book.review.receipt import KINDS, Receipt, named, read_receipt
from tracktwo.data.validation.problems import printable

MOST = 20
"""How many things are listed of each kind."""


def differences(one: Receipt, two: Receipt) -> dict[str, list[str]]:
    """Return what differs between two receipts, by section; each a line with both values.

    The sections are ``inputs``, ``environment``, ``machine``, ``results`` (what the chapters
    computed) and ``pages`` (site and PDFs).
    """
    commits = {"commit": one["commit"]["id"]}, {"commit": two["commit"]["id"]}
    packages = [
        {"python": r["environment"]["python"], **r["environment"]["packages"]} for r in (one, two)
    ]
    machines = [{**r["machine"], "network cut off": r["network"]["cut"]} for r in (one, two)]
    found = {
        "inputs": [*_unlike(*commits), *_unlike(one["inputs"], two["inputs"])],
        "environment": [*_unlike(*packages)],
        "machine": [*_unlike(*machines)],
        "results": [line for kind in KINDS for line in _results(kind, one, two)],
        "pages": [*_unlike(one["pages"], two["pages"])],
    }
    return {section: lines for section, lines in found.items() if lines}


def _results(kind: str, one: Receipt, two: Receipt) -> Iterator[str]:
    """Yield what two receipts found differently, with both values where a receipt has them."""
    found = [r["results"][kind] for r in (one, two)]
    texts = [{c["name"]: c["found"] for c in each["changed"]} for each in found]
    digests = [each["digests"] for each in found]
    for name in sorted({**digests[0], **digests[1]}):
        if digests[0].get(name) != digests[1].get(name):
            both = (
                t.get(name) or (f"digest {d[name]}" if name in d else None)
                for t, d in zip(texts, digests, strict=True)
            )
            yield f"{kind[:-1]} {_line(name, *both)}"


def _unlike(one: Mapping[str, Any], two: Mapping[str, Any]) -> Iterator[str]:
    for name in {**one, **two}:
        if one.get(name) != two.get(name):
            yield _line(name, one.get(name), two.get(name))


def _line(name: str, one: Any, two: Any) -> str:
    both = ("nothing" if value is None else printable(value, 90) for value in (one, two))
    return f"{printable(name, 90)}: " + " | ".join(both)


def diff(one: Path, two: Path) -> int:
    """Print what differs between two receipts; return 0 when they have the same results.

    1 when they have not, 2 when one of them cannot be read.
    """
    try:
        receipts = read_receipt(one), read_receipt(two)
    except ValueError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    found = differences(*receipts)
    for section, lines in found.items():
        print(f"{section}: {named(len(lines), 'difference')}")
        print("\n".join(f"  {line}" for line in lines[:MOST]))
        if len(lines) > MOST:
            print(f"  and {len(lines) - MOST:,} more")
    count = sum(len(receipts[0]["results"][kind]["digests"]) for kind in KINDS)
    same = f"The results are identical: {count:,} cells, figures, numbers and verdicts."
    print("The results differ." if "results" in found else same)
    return int("results" in found)
