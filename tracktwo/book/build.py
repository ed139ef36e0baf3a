"""Run the workflow with output for people: one line a step, and on failure the reason alone.

python -m tracktwo.book.build [TARGET] [--out DIR] [--keep-going]
                              [--edition NAME] [--data DIR] [--parameters FILE]
"""

import argparse
import errno
import fcntl
import json
import logging
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tracktwo.book.errors import said
from tracktwo.book.guard import guarded
from tracktwo.book.publish import PUBLISHED, recover
from tracktwo.book.warm import warm
from tracktwo.data.validation.problems import printable
from tracktwo.ground import paths

ROOM = 20
"""How many MB a disk must have left for a build to begin."""

FOREIGN = ("XDG_", "JUPYTER_", "IPYTHON")
"""How variables begin by which a home or another installation could reach into the build."""


NAME = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
LONGEST = 40
"""What an edition may be called, and with how many characters: a folder, a file, a citation."""


def folder_of(name: str) -> Path:
    """Return the folder that the edition called `name` is built in.

    Raises
    ------
    ValueError
        When it cannot be called that.
    """
    if not NAME.fullmatch(name) or len(name) > LONGEST or name.lower() == "published":
        raise ValueError(
            f"NAME: found {printable(name) or 'nothing'}; allowed: letters, digits and single "
            f"hyphens between them, at most {LONGEST} characters, and not the word published"
        )
    return Path("_build/editions", name)


@contextmanager
def only_one(out: Path) -> Iterator[None]:
    """Hold the build folder, once whoever else holds it has let go.

    The lock is the open file's, so it ends with the last process that has it and, unlike
    Snakemake's, never needs to be removed by hand.
    """
    with (out / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(f"waiting for another build, which is at work in {out}", flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def isolate(out: Path) -> None:
    """Let the build have a home of its own: it reads nobody's settings and needs no other."""
    for name in [name for name in os.environ if name.startswith(FOREIGN)]:
        del os.environ[name]
    home = out.resolve() / ".home"
    home.mkdir(exist_ok=True)
    os.environ["HOME"] = str(home)


def usable(out: Path) -> None:
    """Say at once when the build could not write, or would soon run out of room.

    Raises
    ------
    OSError
        When a folder that the build writes in cannot be written in, or its disk is full.
    ValueError
        When the name of `out` is one that Snakemake would take for a pattern.
    """
    if set("{}") & set(str(out)):
        raise ValueError(f"OUT: found {out}; allowed: a folder without {{ and }} in its path")
    for folder in (out, Path(".snakemake"), Path(tempfile.gettempdir())):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
        if shutil.disk_usage(folder).free < ROOM * 10**6:
            text = f"{os.strerror(errno.ENOSPC)}; a build needs {ROOM} MB"
            raise OSError(errno.ENOSPC, text, str(folder))


def snakemake(target: str, config: dict[str, str], force: list[str]) -> int:
    """Run the workflow up to `target` with all cores and return its exit code."""
    # Imported here: it takes seconds, and a build that cannot start should say so at once.
    from snakemake.cli import main as run

    arguments = [target, "--cores", "all", "--quiet", "all", "--nolock", "--rerun-incomplete"]
    # Files are compared by content, so that a fresh checkout's dates are no reason to redo work.
    arguments += ["--max-checksum-file-size", "100MB"]
    # As JSON, since Snakemake would read a folder called 1 or yes as something else than text.
    arguments += ["--config", *(f"{name}={json.dumps(value)}" for name, value in config.items())]
    heard: list[str] = []
    logging.getLogger("snakemake.logging").addFilter(lambda record: _listen(record, heard))
    try:
        run(arguments + force)
    except SystemExit as stop:
        if isinstance(stop.code, str):
            print(stop.code, file=sys.stderr)
        if heard:
            print(f"error: {reason(heard[-1])}", file=sys.stderr)
        return int(bool(stop.code))
    return 0


def _listen(record: logging.LogRecord, heard: list[str]) -> bool:
    """Keep what Snakemake says of its own failures; a job that failed has said why itself."""
    text = record.getMessage()
    of_a_job = "CalledProcessError" in text or "At least one job did not" in text
    if getattr(record, "exception", None) and not of_a_job:
        heard.append(text)
    return True


def reason(text: str) -> str:
    """Return Snakemake's message, of a traceback the last line."""
    lines = text.strip().splitlines()
    return lines[-1] if any(line.startswith("  File ") for line in lines) else "\n".join(lines)


def build(target: str, out: Path, edition: dict[str, str], *, keep_going: bool = False) -> int:
    """Build up to `target` in the folder `out`, which nobody else uses; return the exit code.

    Of an edition, ``edition`` is its name, ``data`` its folder, ``parameters`` its file.
    With `keep_going`, what does not rest on a step that failed is done all the same.
    """
    published = [out / name for name in PUBLISHED]
    for folder in published:
        recover(folder)
    force = []
    if target == "all" and not all(folder.is_dir() for folder in published):
        force = ["--forcerun", "publish"]
    if not Path(".snakemake/metadata").is_dir():
        force = ["--forceall"]  # nobody knows what the files that are there were made from
    isolate(out)
    force += ["--keep-going"] * keep_going
    with warm():
        return snakemake(target, {"out": str(out), **edition}, force)


def main(arguments: list[str] | None = None) -> int:
    """Build from the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tracktwo.book.build", description=__doc__)
    parser.add_argument("target", nargs="?", default="all")
    parser.add_argument("--out", type=Path, metavar="DIR")
    parser.add_argument("--keep-going", action="store_true")
    parser.add_argument("--edition", metavar="NAME")
    parser.add_argument("--data", metavar="DIR")
    parser.add_argument("--parameters", metavar="FILE")
    options = parser.parse_args(arguments)
    os.chdir(paths.ROOT)
    given = {name: getattr(options, name) for name in ("edition", "data", "parameters")}
    given = {name: value for name, value in given.items() if value}
    out = options.out or Path("_build")
    try:
        if options.edition is not None:
            folder = folder_of(options.edition)
            out = options.out or folder
        elif given:
            raise ValueError(
                f"{' and '.join(given)}: they make an edition, which needs --edition NAME"
            )
        usable(out)
        with only_one(out):
            code = guarded(lambda: build(options.target, out, given, keep_going=options.keep_going))
    except (OSError, ValueError) as error:
        print(f"error: {said(error) if isinstance(error, OSError) else error}", file=sys.stderr)
        code = 1
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        code = 130
    stands = [folder for name in PUBLISHED if (folder := out / name).is_dir()]
    if code:
        kept = f"; the last good book in {out} is as it was" if stands else ""
        print(f"The build failed{kept}.", file=sys.stderr)
    elif options.target == "all":
        print(f"The book: {out}/html/index.html and {out}/pdf/")
    return code


if __name__ == "__main__":
    sys.exit(main())
