"""Run the workflow with output for people: one line a step, and on failure the reason alone.

python -m tracktwo.book.build [TARGET] [--out DIR] [--parameters FILE]
"""

import argparse
import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tracktwo import paths
from tracktwo.book.publish import recover


@contextmanager
def only_one(out: Path) -> Iterator[None]:
    """Hold the build folder; a killed build lets go of it by itself, unlike Snakemake's lock.

    Raises
    ------
    BlockingIOError
        When another build works in the same folder.
    """
    out.mkdir(parents=True, exist_ok=True)
    with (out / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def snakemake(target: str, config: list[str], force: list[str]) -> int:
    """Run the workflow up to `target` with all cores and return its exit code."""
    # Imported here: it takes seconds, and a build that cannot start should say so at once.
    from snakemake.cli import main as run

    arguments = [target, "--cores", "all", "--quiet", "all", "--nolock", "--rerun-incomplete"]
    # Files are compared by content, so that a fresh checkout's dates are no reason to redo work.
    arguments += ["--max-checksum-file-size", "100MB", "--config", *config]
    arguments += ["--forcerun", *force] if force else []
    try:
        run(arguments)
    except SystemExit as stop:
        if isinstance(stop.code, str):
            print(stop.code, file=sys.stderr)
        return int(bool(stop.code))
    return 0


def reason(log: str) -> str:
    """Return why the workflow could not start, or nothing when a job failed and said so itself."""
    start = "Building DAG of jobs...\n"
    before_jobs = "Select jobs to execute..." not in log
    return log.partition(start)[2].strip() if before_jobs else ""


def main(arguments: list[str] | None = None) -> int:
    """Build from the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tracktwo.book.build", description=__doc__)
    parser.add_argument("target", nargs="?", default="all")
    parser.add_argument("--out", type=Path, default=Path("_build"))
    parser.add_argument("--parameters", type=Path, metavar="FILE")
    options = parser.parse_args(arguments)
    os.chdir(paths.ROOT)
    config = [f"out={options.out}"]
    config += [f"parameters={options.parameters}"] if options.parameters else []
    published = [options.out / name for name in ("html", "pdf")]
    try:
        with only_one(options.out):
            for folder in published:
                recover(folder)
            lost = options.target == "all" and not all(folder.is_dir() for folder in published)
            code = snakemake(options.target, config, ["publish"] if lost else [])
    except BlockingIOError:
        print(f"error: another build is at work in {options.out}", file=sys.stderr)
        return 1
    if code:
        newest = max(Path(".snakemake/log").glob("*.log"), default=None)
        if newest and (said := reason(newest.read_text())):
            print(f"error: {said}", file=sys.stderr)
        print(f"The build failed; what stood in {options.out} before still does.", file=sys.stderr)
    elif options.target == "all":
        print(f"The book: {published[0]}/index.html and {published[1]}/")
    return code


if __name__ == "__main__":
    sys.exit(main())
