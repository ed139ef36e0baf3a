"""The bars that the book is held against, and whether it meets them."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any

from benchmarks.records import Record, growth, pick, ratio, spread, values

Found = dict[str, float] | None
SIZE = 200_000
"""Initiatives, of which the largest data set is made."""


@dataclass(frozen=True)
class Bar:
    """A bar: what is measured, in which unit, how, and how much it may be at most."""

    part: str
    words: str
    unit: str
    most: float
    measure: Callable[[list[Record]], Found]


def against(part: str, what: str, measure: str) -> Callable[[list[Record]], Found]:
    """Return what measures the book by the plain book."""
    return lambda records: ratio(
        *(values(records, measure, part=part, what=what, side=s) for s in ("book", "plain"))
    )


def of_cold(measure: str) -> Callable[[list[Record]], Found]:
    """Return what measures our cold build."""
    return lambda records: spread(values(records, measure, part="build", what="cold", side="book"))


def pdf_step(records: list[Record]) -> Found:
    """Return the seconds of the step that sets the PDFs, in our cold builds."""
    cold = pick(records, part="build", what="cold", side="book")
    return spread([record["steps"]["pdf"] for record in cold if "pdf" in record.get("steps", {})])


def of_test(records: list[Record]) -> Found:
    """Return how many cold builds a ``make test`` without a browser takes."""
    both = [values(records, "wall", part="test", what=what) for what in ("test", "cold")]
    return ratio(*both)


def worst_shift(records: list[Record]) -> Found:
    """Return the largest layout shift of any page at any width."""
    found = values(records, "shift", part="shift")
    return {"value": max(found), "low": min(found), "high": max(found)} if found else None


def curve_growth(records: list[Record]) -> Found:
    """Return the largest power with which the time of specification curves grows."""
    names = {r["what"] for r in pick(records, part="analysis") if "curve" in r["what"]}
    found = [p for name in names if (p := growth(records, "seconds", name)) is not None]
    return spread([round(max(found), 1)]) if found else None


def at_largest(measure: str, together: Callable[[list[float]], float]) -> Callable[..., Found]:
    """Return what adds up opening the largest data set and testing the claims on it."""

    def found(records: list[Record]) -> Found:
        largest = pick(records, part="analysis", size=SIZE)
        names = {r["what"] for r in largest if "curve" not in r["what"] and "site" not in r["what"]}
        each = [values(largest, measure, what=name) for name in sorted(names)]
        return spread([together([median(one) for one in each if one])]) if any(each) else None

    return found


BARS = (
    Bar("build", "Cold build, PDFs included", "×", 0.5, against("build", "cold", "wall")),
    Bar("build", "Nothing changed", "×", 0.1, against("build", "nothing changed", "wall")),
    Bar("build", "One chapter edited", "×", 0.25, against("build", "one chapter edited", "wall")),
    Bar("build", "Step that sets the PDFs", "s", 10, pdf_step),
    Bar("build", "Memory of that step", "MB", 800, of_cold("memory of pdf")),
    Bar("build", "Memory of the whole build", "MB", 1500, of_cold("memory")),
    Bar("test", "Tests without a browser, in cold builds", "×", 1.2, of_test),
    Bar("page", "Time to the first figure", "×", 0.2, against("page", "change", "first_figure")),
    Bar("page", "Bytes before interaction", "×", 0.15, against("page", "change", "bytes")),
    Bar("shift", "Layout shift of the worst page", "", 0.01, worst_shift),
    Bar("analysis", "Power with which curves grow with rows", "", 1.0, curve_growth),
    Bar(
        "analysis", "Checking and testing 200,000 initiatives", "s", 20, at_largest("seconds", sum)
    ),
    Bar("analysis", "Memory for that", "MB", 2000, at_largest("peak_mb", max)),
)


def judged(records: list[Record]) -> list[dict[str, Any]]:
    """Return each bar with what was measured, and whether it is met; None where nothing was."""
    rows = []
    for bar in BARS:
        found = bar.measure(records)
        row = {"part": bar.part, "words": bar.words, "unit": bar.unit, "most": bar.most}
        met = None if found is None else found["value"] <= bar.most
        rows.append({**row, **(found or dict.fromkeys(("value", "low", "high"))), "met": met})
    return rows


def said(value: float | None, unit: str) -> str:
    """Return a measured value as it is printed."""
    if value is None:
        return "not measured"
    digits = 0 if unit == "MB" else 1 if unit == "s" else 3 if unit == "" else 2
    return f"{value:,.{digits}f}{'' if unit in ('', '×') else ' '}{unit}"
