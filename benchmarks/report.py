"""What was measured, as a page, and as the few numbers that the README has."""

import json
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import charts
from benchmarks.bars import judged, said
from benchmarks.records import Record, growth, pick, values
from tracktwo.book.report import report_page
from tracktwo.ground import paths

README, MEASURED = paths.ROOT / "README.md", paths.ROOT / "benchmarks" / "measured.json"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
WORST = 8
"""Pages that are named as those whose text moved most."""
BUILDS = ("cold", "nothing changed", "one chapter edited", "one data row edited")


def page(facts: dict[str, Any], records: list[Record]) -> str:
    """Return the page that tells what `records` say.

    Parameters
    ----------
    facts
        ``version``, ``made``, ``machine`` and ``commit``.
    """
    bars = judged(records)
    build = {what.capitalize(): f"{what}|wall" for what in BUILDS}
    reading = {"First figure": "first_figure", "Usable": "interactive"}
    analysis = pick(records, part="analysis")
    sizes = sorted({record["size"] for record in analysis})
    return report_page(
        Path(__file__).with_name("page.html"),
        **facts,
        bars=bars,
        said=said,
        measured=sum(bar["met"] is not None for bar in bars),
        met=sum(bar["met"] is True for bar in bars),
        missed=[bar["words"] for bar in bars if bar["met"] is False],
        build=charts.table_of(records, "build", ("wall", "cpu", "memory", "largest")),
        build_chart=charts.pairs(records, "build", build),
        times=charts.times(records),
        stale=any(record.get("stale") for record in records),
        page=charts.table_of(
            records, "page", ("bytes", "requests", "first_figure", "interactive", "shift")
        ),
        page_chart=charts.pairs(records, "page", reading),
        shifts=sorted(pick(records, part="shift"), key=lambda r: -r["shift"])[:WORST],
        panel=next(iter(pick(records, part="panel")), None),
        analysis=[
            _grown(analysis, what, sizes) for what in dict.fromkeys(r["what"] for r in analysis)
        ],
        sizes=sizes,
        seconds_chart=charts.scales(records, "seconds", "seconds"),
        memory_chart=charts.scales(records, "peak_mb", "MB"),
    )


def _grown(records: list[Record], what: str, sizes: list[int]) -> dict[str, Any]:
    found = [values(records, "seconds", what=what, size=size) for size in sizes]
    seconds = [median(each) if each else None for each in found]
    return {"what": what, "seconds": seconds, "growth": growth(records, "seconds", what)}


def measured(facts: dict[str, Any], records: list[Record]) -> dict[str, Any]:
    """Return the few numbers that are committed: each bar, and what they were measured on."""
    keys = ("words", "unit", "most", "value", "met")
    bars = [{key: bar[key] for key in keys} for bar in judged(records) if bar["met"] is not None]
    for bar in bars:
        bar["value"] = float(f"{bar['value']:.3g}")
    cold = values(records, "wall", part="build", what="cold", side="book")
    return {
        "version": facts["version"],
        "machine": facts["machine"],
        "cold_build_seconds": round(median(cold)) if cold else None,
        "bars": bars,
    }


def readme_table(found: dict[str, Any]) -> str:
    """Return the README's table of what was measured."""
    lines = ["| | measured | at most | |", "| --- | ---: | ---: | --- |"]
    for bar in found["bars"]:
        value, most = said(bar["value"], bar["unit"]), said(bar["most"], bar["unit"])
        lines.append(
            f"| {bar['words']} | {value} | {most} | {'met' if bar['met'] else 'not met'} |"
        )
    cores = found["machine"].get("cores")
    lines += ["", f"Measured on {cores} cores, version {found['version']}."]
    return "\n".join(lines)


def in_readme(text: str, found: dict[str, Any]) -> str:
    """Return the README's `text` with the table of what was found between its marks."""
    head, _, rest = text.partition(BEGIN)
    tail = rest.partition(END)[2]
    return f"{head}{BEGIN}\n\n{readme_table(found)}\n\n{END}{tail}"


def write(folder: Path, facts: dict[str, Any], records: list[Record]) -> None:
    """Write ``bench.json`` and ``index.html`` into `folder`, each whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {
        "bench.json": json.dumps({**facts, "records": records}, indent=1) + "\n",
        "index.html": page(facts, records),
    }
    for name, text in texts.items():
        (folder / f".{name}").write_text(text, encoding="utf-8")
        (folder / f".{name}").replace(folder / name)


def commit_to(facts: dict[str, Any], records: list[Record]) -> None:
    """Write the few numbers into ``measured.json``, and from it into the README."""
    found = measured(facts, records)
    MEASURED.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    README.write_text(in_readme(README.read_text("utf-8"), found), encoding="utf-8")
