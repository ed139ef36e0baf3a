"""Measure how fast the book is, beside a plain Jupyter Book: `make bench`.

python -m benchmarks [--rounds N] [--only PART] [--out DIR] [--keep]
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from benchmarks import build, page, panel, report
from benchmarks.records import Record, read
from benchmarks.watch import CommandError
from tracktwo.book.review import inputs
from tracktwo.ground import paths

PARTS = {
    "build": ("build",),
    "test": ("test",),
    "page": ("page", "shift", "panel"),
    "analysis": ("analysis",),
}
"""What can be measured by itself, each with the parts of its records."""


def facts() -> dict[str, Any]:
    """Return what the measurements were made on and when; nothing private."""
    cited = yaml.safe_load((paths.ROOT / "CITATION.cff").read_text("utf-8"))
    return {
        "version": cited["version"],
        "made": datetime.now(UTC).strftime("%Y-%m-%d"),
        "machine": inputs.machine(),
        "commit": inputs.commit()["id"],
    }


def run(part: str, rounds: int, book: Path) -> Iterator[Record]:
    """Measure one part and yield its records.

    Raises
    ------
    ValueError
        When the book that is to be read was not built, or the analysis gave broken records.
    CommandError
        When a build fails.
    """
    if part == "build":
        yield from build.race(rounds)
        yield from build.probes(rounds)
    elif part == "test":
        yield from build.race(rounds, only_test=True)
    elif part == "page":
        if not (book / "html" / "index.html").is_file():
            raise ValueError(f"{book}/html: there is no book to read; `make book` builds it")
        yield from page.race(book / "html", book / "executed", rounds)
        yield from page.shifts(book / "html")
        yield from panel.answers(book / "html")
    else:
        yield from _analysis(rounds)


def _analysis(rounds: int) -> Iterator[Record]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "analysis.json"
        command = [sys.executable, "-m", "benchmarks.analysis"]
        code = subprocess.call(
            [*command, "--rounds", str(rounds), "--out", str(file)], cwd=paths.ROOT
        )
        if code:
            raise CommandError(f"the benchmark of the analysis ended with {code}")
        found = [{"part": "analysis", **record} for record in json.loads(file.read_text("utf-8"))]
        file.write_text(json.dumps(found), encoding="utf-8")
        yield from read(file)


def progress(record: Record) -> str:
    """Return the line that is printed when a record is there."""
    measures = ("wall", "seconds", "first_figure", "answer", "shift")
    value = next(f"{record[m]:.3g}" for m in measures if m in record)
    at = record.get("width") or record.get("size")
    words = (record["part"], record["what"], f"at {at:,}" if at else "", record.get("side", ""))
    return f"{' '.join(filter(None, words))}: {value}"


def main(arguments: list[str] | None = None) -> int:
    """Measure from the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=PARTS)
    parser.add_argument("--out", type=Path, default=paths.BUILD)
    parser.add_argument("--keep", action="store_true", help="also into measured.json and README.md")
    options = parser.parse_args(arguments)
    if options.rounds < 1:
        parser.error("--rounds: at least one")
    folder = options.out / "bench"
    try:
        kept = read(folder / "bench.json") if (folder / "bench.json").is_file() else []
        for part in [options.only] if options.only else PARTS:
            fresh = []
            for record in run(part, options.rounds, options.out):
                print(progress(record), flush=True)
                fresh.append(record)
            kept = [record for record in kept if record["part"] not in PARTS[part]] + fresh
            report.write(folder, facts(), kept)
        if options.keep:
            report.commit_to(facts(), kept)
    except (ValueError, CommandError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped; what was measured whole is kept", file=sys.stderr)
        return 130
    print(f"What was measured: {folder}/index.html and {folder}/bench.json")
    return 0


if __name__ == "__main__":
    sys.exit(main())
