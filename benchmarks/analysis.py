"""How the analysis grows with the data: time and memory at several sizes.

`python -m benchmarks.analysis --rounds N --out FILE.json [--sizes 200 2000 …]` makes a data package
of each size (`benchmarks.synthetic`), then measures in turn, a process a size and round: opening
it, the frame, each claim, and all verdicts with their specification curves. FILE gets records of
``what``, ``size``, ``seconds`` (of the processor), ``peak_mb`` (the process's so far) and
``round``; printed are the medians and how fast they grow: 1 is with the rows, 0 not at all.

Verdicts are left out where ``--curves-up-to`` is smaller than the size.
"""

import argparse
import json
import math
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

SIZES = (200, 2_000, 20_000, 200_000)
MANY = 2_000_000  # initiatives: the curves of any size


def main() -> None:
    """Measure, write the records, and print what they come to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--curves-up-to", type=int, default=MANY)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(options.measure, options.sizes[0] <= options.curves_up_to)))
        return
    records: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        made = {size: _make(Path(folder), size) for size in options.sizes}
        for number in range(1, options.rounds + 1):
            for size, data in made.items():
                found = _apart(data, size, options.curves_up_to)
                records += [record | {"size": size, "round": number} for record in found]
                print(f"round {number} of {options.rounds}: {size:,} initiatives", flush=True)
    if options.out:
        options.out.write_text(json.dumps(records, indent=1) + "\n", encoding="utf-8")
    _tell(records)


def measure(data: Path, with_curves: bool) -> list[dict[str, Any]]:
    """Return a record of each step of the analysis of one data package, in this process."""
    from tracktwo import Frame, open_study
    from tracktwo.claims.claims import test_claim, tested
    from tracktwo.claims.verdicts import reach

    records = []

    def timed(what: str, step: Callable[[], Any]) -> Any:
        start = time.process_time()
        found = step()
        seconds = time.process_time() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        records.append({"what": what, "seconds": round(seconds, 3), "peak_mb": round(peak)})
        return found

    study = timed("open_study", lambda: open_study(data))
    frame = Frame.of(study)
    timed("frame", lambda: frame.select(study))
    for claim in tested(study):
        timed(claim, lambda claim=claim: test_claim(claim, study, frame))
    seconds = sum(record["seconds"] for record in records)
    records.append(records[-1] | {"what": "all claims estimated", "seconds": round(seconds, 3)})
    if with_curves:
        timed("verdicts with curves", lambda: reach(study, frame))
    return records


def growth(of_size: dict[int, float]) -> float:
    """Return the slope of log time on log size, by least squares; NaN of a single size."""
    points = [(math.log(size), math.log(max(x, 1e-3))) for size, x in of_size.items()]
    if len(points) < 2:
        return math.nan
    return statistics.linear_regression(*zip(*points, strict=True)).slope


def _make(folder: Path, size: int) -> Path:
    data = folder / str(size)
    command = [sys.executable, "-m", "benchmarks.synthetic", str(data), str(size)]
    subprocess.run(command, check=True)
    return data


def _apart(data: Path, size: int, curves_up_to: int) -> list[dict[str, Any]]:
    """Measure in a process of its own, whose peak of memory is that of this size."""
    command = [sys.executable, "-m", "benchmarks.analysis", "--measure", str(data)]
    command += ["--sizes", str(size), "--curves-up-to", str(curves_up_to)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _tell(records: list[dict[str, Any]]) -> None:
    sizes = sorted({record["size"] for record in records})
    print(f"{'':24}" + "".join(f"{size:>20,}" for size in sizes) + f"{'growth':>10}")
    for what in dict.fromkeys(record["what"] for record in records):
        times, cells = {}, ""
        for size in sizes:
            of = [r for r in records if (r["what"], r["size"]) == (what, size)]
            if of:
                times[size] = statistics.median(r["seconds"] for r in of)
                peak = statistics.median(r["peak_mb"] for r in of)
                cells += f"{times[size]:>11.2f} s {peak:>4.0f} MB"
            else:
                cells += f"{'':20}"
        print(f"{what:24}{cells}{growth(times):>10.2f}")


if __name__ == "__main__":
    main()
