"""The build against plain Jupyter Book: cold, with nothing changed, one chapter, one data row.

Both sides work in one copy of the checkout, with the environment as it is and nothing else kept;
each round runs one after the other.
"""

import csv
import json
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import nbformat

from benchmarks import plain
from benchmarks.watch import watch
from tracktwo.ground import paths

KEPT_BACK = ("_build", ".venv", ".snakemake", ".git", "__pycache__", "node_modules", ".*_cache")
"""What a copy of the checkout is made without."""
CHAPTER = "chapters/change.ipynb"
ROWS = "data/inventory/initiatives.csv"
PASSAGE = 'say(\n    """\n'
"""How a passage begins in a notebook."""
PARTS = {"pdf": "tracktwo.book.pdf"}
WITHOUT_BROWSER = {"PYTEST_ADDOPTS": "--ignore-glob=*browser*"}


def copy_checkout(target: Path, root: Path = paths.ROOT) -> None:
    """Copy the checkout, and give the copy the environment that is there.

    The copy's ``.venv`` leads to the one of the checkout, but runs the code beside it.
    """
    shutil.copytree(root, target, ignore=shutil.ignore_patterns(*KEPT_BACK))
    (target / ".venv").mkdir()
    for part in (root / ".venv").iterdir():
        if part.name != ".ready":
            (target / ".venv" / part.name).symlink_to(part)
    stamp = "{ pwd -P; cat requirements.txt pyproject.toml; } | cksum"  # as the Makefile has it
    made = subprocess.run(stamp, shell=True, cwd=target, capture_output=True, text=True, check=True)
    (target / ".venv" / ".ready").write_text(made.stdout)


def put_plain(checkout: Path, name: str, execute: str) -> Path:
    """Put a plain book together in the folder `name` of the copied checkout."""
    folder = checkout / name
    folder.mkdir()
    shutil.copytree(checkout / "chapters", folder / "chapters")
    for file in ("index.ipynb", "_toc.yml"):
        shutil.copyfile(checkout / file, folder / file)
    plain.configure(folder, execute=execute)
    return folder


def edit_chapter(file: Path, turn: int) -> None:
    """Put one more sentence, another one in each round, before the first passage of a chapter."""
    notebook = nbformat.read(file, 4)
    cell = next(c for c in notebook.cells if PASSAGE in c.source)
    sentence = f"    Read this {'very ' * turn}slowly.\n"
    cell.source = cell.source.replace(PASSAGE, PASSAGE + sentence, 1)
    nbformat.write(notebook, file)


def edit_row(file: Path) -> None:
    """Let the first initiative that has a start and no end begin a year later."""
    with file.open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines)
    start, end = header.index("start_year"), header.index("end_year")
    row = next(row for row in rows if row[start] and not row[end])
    row[start] = str(int(row[start]) + 1)
    with file.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows([header, *rows])


def steps(checkout: Path, since: float) -> dict[str, float]:
    """Return the seconds that each step of the workflow took, from Snakemake's own records."""
    jobs = {}
    for file in (checkout / ".snakemake" / "metadata").rglob("*"):
        if file.is_file() and (record := json.loads(file.read_text("utf-8")))["endtime"] > since:
            jobs[record["rule"], record["shellcmd"]] = record["endtime"] - record["starttime"]
    total: dict[str, float] = defaultdict(float)
    for (rule, _), seconds in jobs.items():
        total[rule] += seconds
    return dict(total)


def text_of(html: Path) -> str:
    """Return a digest of all pages below `html`."""
    pages = sorted(html.rglob("*.html"))
    return sha256(b"".join(page.read_bytes() for page in pages)).hexdigest()


def race(rounds: int, *, only_test: bool = False) -> Iterator[dict[str, Any]]:
    """Build both books `rounds` times in turn; yield a record of each build.

    With `only_test`, our cold build and ``make test`` without tests in a browser instead.
    """
    with tempfile.TemporaryDirectory() as folder:
        checkout = Path(folder).resolve() / "book"
        copy_checkout(checkout)
        home = {"HOME": str(Path(folder) / "home"), "CI": ""}
        Path(home["HOME"]).mkdir()

        def book(what: str, turn: int, **more: str) -> dict[str, Any]:
            target = "test" if what == "test" else "book"
            start = _now(checkout)
            took = watch(["make", target], checkout, home | more, PARTS)
            return {
                "what": what,
                "side": "book",
                "round": turn,
                **took,
                "steps": steps(checkout, start),
            }

        def other(what: str, turn: int, source: Path) -> dict[str, Any]:
            took = watch(_by(checkout, source), checkout, home)
            return {"what": what, "side": "plain", "round": turn, **took}

        if only_test:
            for turn in range(rounds):
                _clear(checkout)
                yield {"part": "test", **book("cold", turn)}
                yield {"part": "test", **book("test", turn, **WITHOUT_BROWSER)}
            return
        forced, cached = (
            put_plain(checkout, "forced", "force"),
            put_plain(checkout, "cached", "cache"),
        )
        for turn in range(rounds):
            _clear(checkout)
            shutil.rmtree(forced / "_build", ignore_errors=True)
            yield {"part": "build", **book("cold", turn)}
            yield {"part": "build", **other("cold", turn, forced)}
            if turn == 0:
                other("filling the cache", turn, cached)
            yield {"part": "build", **book("nothing changed", turn)}
            yield {"part": "build", **other("nothing changed", turn, cached)}
            for place in (checkout, cached):
                edit_chapter(place / CHAPTER, turn)
            yield {"part": "build", **book("one chapter edited", turn)}
            yield {"part": "build", **other("one chapter edited", turn, cached)}
            edit_row(checkout / ROWS)
            yield {"part": "build", **book("one data row edited", turn)}
            before = text_of(cached / "_build" / "html")
            found = other("one data row edited", turn, cached)
            yield {"part": "build", **found, "stale": text_of(cached / "_build" / "html") == before}


def _by(checkout: Path, source: Path) -> list[str]:
    return [str(checkout / ".venv" / "bin" / "python"), *plain.command(source)[1:]]


def _now(checkout: Path) -> float:
    """Return the time as Snakemake's records have it."""
    stamp = checkout / ".now"
    stamp.write_text("")
    return stamp.stat().st_mtime


def _clear(checkout: Path) -> None:
    """Leave nothing in the copy that an earlier build made."""
    for name in ("_build", ".snakemake"):
        shutil.rmtree(checkout / name, ignore_errors=True)
    for compiled in checkout.glob("tracktwo/**/__pycache__"):
        shutil.rmtree(compiled, ignore_errors=True)


IMPORTS = "from tracktwo import Frame, begin, open_study, say, show, show_table"
DRAW = """
import json, pathlib
from tracktwo.drawing.svg import chart_to_svg
for file in sorted(pathlib.Path("figures").glob("*.vl.json")):
    chart_to_svg(json.loads(file.read_text("utf-8")))
"""


def probes(rounds: int) -> Iterator[dict[str, Any]]:
    """Yield how long one kernel imports, and how long drawing every figure of the book takes."""
    for turn in range(rounds):
        for what, code in (("imports of one kernel", IMPORTS), ("all figures drawn", DRAW)):
            took = watch([sys.executable, "-c", code], paths.ROOT)
            yield {"part": "build", "what": what, "side": "probe", "round": turn, **took}
