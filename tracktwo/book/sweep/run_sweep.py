"""Compute many settings of the parameters, as many at once as there are cores, and compare them.

python -m tracktwo.book.sweep.run_sweep GRID [--out DIR] [--editions] [--profile DIR]
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from math import ceil
from pathlib import Path

import yaml

from tracktwo.book.build import only_one, usable
from tracktwo.book.errors import attempt
from tracktwo.book.guard import guarded
from tracktwo.book.sweep import results
from tracktwo.book.sweep.grid import read_grid
from tracktwo.book.sweep.page import write_page
from tracktwo.book.sweep.results import Result, Setting
from tracktwo.ground import paths

LARGEST = 50
"""Settings in one job: enough for its start to be worth it, few enough for a cluster's queue."""

LAST = 20
"""Lines of Snakemake's log that are shown when it fails."""

EVERY = 5.0
"""Seconds between two lines on how far the sweep is."""


def sweep(file: Path, out: Path, editions: bool = False, profile: Path | None = None) -> int:
    """Compute the sweep that `file` asks for into ``out/sweeps/NAME``; return the exit code.

    What an earlier sweep of that name has finished is taken over, where data and code are the
    same.

    Parameters
    ----------
    editions
        Whether to build a whole book for each setting too, whatever the file says.
    profile
        A profile of Snakemake that says where jobs run; without one, on this machine.

    Raises
    ------
    ValueError
        When the file asks for what is not there (`grid.read_grid`).
    """
    grid = read_grid(file)
    folder = out / "sweeps" / file.stem
    usable(folder)
    with only_one(folder):
        wanted = {results.key_of(s): s for s in results.in_order([{}, *grid.settings])}
        code = _compute(folder, wanted, profile)
        found = {key: results.read(folder / "results" / f"{key}.json") for key in wanted}
        if grid.editions or editions:
            keys = [key for key in wanted if wanted[key] and _answers(found[key])]
            code = _build(folder, {key: wanted[key] for key in keys}, profile) or code
        missing = [key for key, result in found.items() if not _finished(result)]
        published = found[results.key_of({})]
        if not _answers(published):
            why = _without(published) or f"see {folder}/log"
            raise ValueError(
                f"nothing to compare with: the published setting has no result ({why})"
            )
        kept = [found[key] for key in map(results.key_of, grid.settings) if found[key]]
        write_page(folder, published, kept)
    print(f"The sweep: {folder}/index.html, results.csv and results.json")
    if missing:
        said = f"{len(missing):,} of {len(found):,} settings could not be computed"
        print(f"error: {said}; see the page and {folder}/log", file=sys.stderr)
    return int(bool(code or missing))


def _finished(result: Result | None) -> bool:
    return result is not None and "fault" not in result


def _without(result: Result | None) -> str:
    return (result or {}).get("reason") or (result or {}).get("fault") or ""


def _answers(result: Result | None) -> bool:
    return _finished(result) and "reason" not in result


def _compute(folder: Path, wanted: dict[str, Setting], profile: Path | None) -> int:
    """Compute what is not finished yet, in chunks; return the exit code."""

    def done() -> int:
        return sum((folder / "results" / f"{key}.json").is_file() for key in wanted)

    for key in wanted:
        file = folder / "results" / f"{key}.json"
        if not _finished(results.read(file)):
            file.unlink(missing_ok=True)
    todo = [key for key in wanted if not (folder / "results" / f"{key}.json").is_file()]
    shutil.rmtree(folder / "chunks", ignore_errors=True)
    (folder / "chunks").mkdir()
    size = min(LARGEST, ceil(len(todo) / (2 * (os.cpu_count() or 1))) or 1)
    for start in range(0, len(todo), size):
        chunk = {key: wanted[key] for key in todo[start : start + size]}
        (folder / "chunks" / f"{start:05}.json").write_text(json.dumps(chunk), "utf-8")
    if len(todo) < len(wanted):
        print(f"{len(wanted) - len(todo):,} of {len(wanted):,} settings are there already")
    return _run(folder, "results", profile, done, len(wanted), "settings") if todo else 0


def _build(folder: Path, wanted: dict[str, Setting], profile: Path | None) -> int:
    """Build a whole book for each setting; return the exit code.

    A book that is there is looked at again: its own workflow knows whether anything changed.
    """
    books = folder / "editions"
    books.mkdir(exist_ok=True)
    for file in [*books.glob("*.yml"), *books.glob("*.done")]:
        file.unlink()
    for key, setting in wanted.items():
        text = yaml.safe_dump(setting, allow_unicode=True, sort_keys=True)
        (books / f"{key}.yml").write_text(text, "utf-8")

    def done() -> int:
        return sum((books / f"{key}.done").is_file() for key in wanted)

    return _run(folder, "editions", profile, done, len(wanted), "editions")


def _run(
    folder: Path, target: str, profile: Path | None, done: Callable[[], int], total: int, what: str
) -> int:
    """Run the workflow up to `target` and say how far it is; return the exit code."""
    command = [sys.executable, "-m", "snakemake", target, "--snakefile", "Sweepfile"]
    command += ["--nolock", "--keep-going", "--rerun-triggers", "mtime"]
    command += ["--profile", str(profile)] if profile else ["--cores", "all"]
    command += ["--config", f"folder={json.dumps(str(folder))}"]
    start, before = time.monotonic(), done()
    said, last = 0.0, before
    with (folder / "log").open("w", encoding="utf-8") as log:
        run = subprocess.Popen(command, stdout=log, stderr=log)
        while run.poll() is None:
            time.sleep(0.2)
            passed, here = time.monotonic() - start, done()
            if passed - said > EVERY and last < here < total:
                said, last = passed, here
                left = (total - here) * passed / (here - before)
                print(f"{here:,} of {total:,} {what}, about {in_time(left)} left", flush=True)
    print(f"{done():,} of {total:,} {what}", flush=True)
    if run.returncode:
        said = (folder / "log").read_text("utf-8", "replace").splitlines()[-LAST:]
        print("\n".join(said), file=sys.stderr)
    return run.returncode


def in_time(seconds: float) -> str:
    """Return a time as people say it, e.g. ``40 s`` or ``12 min``."""
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"


def main(arguments: list[str] | None = None) -> int:
    """Sweep from the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tracktwo.book.sweep", description=__doc__)
    parser.add_argument("grid", type=Path, metavar="GRID")
    parser.add_argument("--out", type=Path, default=Path("_build"))
    parser.add_argument("--editions", action="store_true", help="build whole books too")
    parser.add_argument("--profile", type=Path, metavar="DIR", help="a profile of Snakemake")
    options = parser.parse_args(arguments)
    os.chdir(paths.ROOT)
    codes = []

    def work() -> None:
        codes.append(sweep(options.grid, options.out, options.editions, options.profile))

    try:
        return guarded(lambda: attempt(work, ValueError) or codes[0])
    except KeyboardInterrupt:
        print("stopped; the same command goes on from here", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
