"""Compute the whole book anew, aside, hold it against what is committed, and write a receipt.

python -m tracktwo.book.review.make_receipt [--out DIR]
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from tracktwo.book.build import only_one, usable
from tracktwo.book.errors import attempt
from tracktwo.book.guard import guarded
from tracktwo.book.review import inputs, network, sameness
from tracktwo.book.review.page import write
from tracktwo.book.review.receipt import FORM, Receipt, faults, summary
from tracktwo.book.toc import chapter_files
from tracktwo.ground import paths

EXECUTED = re.compile(r"executed (\S+) \(([\d.]+) s\)")
LONGEST = 10_000
"""Signs kept of a message, from its end."""

Lines = list[str]


def review(out: Path) -> Receipt:
    """Execute and build the book in ``out/review/book`` and return the receipt.

    What an earlier review left there is removed first; nothing else is touched.

    Raises
    ------
    ValueError
        When a chapter is no notebook, or one key stands for two numbers.
    OSError
        When the machine refuses a file.
    """
    start = time.monotonic()
    book = out / "review" / "book"
    shutil.rmtree(book, ignore_errors=True)
    given = {  # taken before anything runs: what the book is made from, not what came of it
        "commit": inputs.commit(),
        "inputs": inputs.digests(),
        "environment": inputs.environment(),
    }
    behind = network.way_to_cut()
    said, failed = _build("executed", book, behind)
    if not failed:
        _, failed = _build("all", book, behind)
    files = chapter_files()
    both = [sameness.read_chapters(folder, files) for folder in (paths.ROOT, book / "executed")]
    figures = (paths.FIGURES, book / "executed" / "figures")
    receipt = {
        "receipt": FORM,
        "version": yaml.safe_load((paths.ROOT / "CITATION.cff").read_text("utf-8"))["version"],
        "made": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        **given,
        "machine": inputs.machine(),
        "network": network.described(behind),
        "seconds": {
            "total": round(time.monotonic() - start, 1),
            "chapters": {m[1]: float(m[2]) for line in said if (m := EXECUTED.match(line))},
        },
        "failed": failed,
        "results": sameness.compare_all(*both, figures),
        "pages": pages(book),
    }
    receipt["identical"] = not faults(receipt)
    shutil.rmtree(book / ".compiled", ignore_errors=True)
    return without_places(receipt)


def _build(target: str, book: Path, behind: list[str]) -> tuple[Lines, Lines]:
    """Build up to `target`; return what was said of success, and the message of a failure.

    Whatever chapter fails, the others are executed. Python reads and keeps nothing that it
    compiled before.
    """
    command = [sys.executable, "-m", "tracktwo.book.build", target, "--keep-going", "--out", book]
    environment = os.environ | {"PYTHONPYCACHEPREFIX": str(book.resolve() / ".compiled")}
    said = []
    (book / ".compiled").mkdir(parents=True, exist_ok=True)
    with (book / ".compiled" / "errors").open("w+", encoding="utf-8") as errors:
        run = subprocess.Popen(
            [*behind, *map(str, command)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=errors,
            encoding="utf-8",
        )
        for line in run.stdout:
            print(line, end="", flush=True)
            said.append(line.rstrip())
        code = run.wait()
        errors.seek(0)
        message = errors.read().strip()
    if message:
        print(message, file=sys.stderr, flush=True)
    return said, [message[-LONGEST:] or f"the build ended with {code}"] if code else []


def pages(book: Path) -> dict[str, str]:
    """Return the digests of the built site and of each PDF; nothing where they were not built."""
    site, pdfs = book / "html", sorted((book / "pdf").glob("*.pdf"))
    if not site.is_dir() or not pdfs:
        return {}
    files = (f for f in sorted(site.rglob("*")) if f.is_file())
    listed = "\n".join(f"{digest_of(file)} {file.relative_to(site).as_posix()}" for file in files)
    return {"site": digest_of(listed), **{pdf.name: digest_of(pdf) for pdf in pdfs}}


def digest_of(content: Path | str) -> str:
    """Return the SHA-256 digest of a file or a text."""
    raw = content.read_bytes() if isinstance(content, Path) else content.encode()
    return hashlib.sha256(raw).hexdigest()


def without_places(thing: Any) -> Any:
    """Return `thing` with the paths of this machine replaced in every text of it."""
    if isinstance(thing, dict):
        return {key: without_places(value) for key, value in thing.items()}
    if isinstance(thing, list):
        return [without_places(value) for value in thing]
    if isinstance(thing, str):
        for place, name in ((str(paths.ROOT), "."), (str(Path.home()), "~")):
            thing = thing.replace(place, name) if len(place) > 1 else thing
    return thing


def main(arguments: list[str] | None = None) -> int:
    """Review from the command line; return 0 only when all is identical."""
    parser = argparse.ArgumentParser(prog="python -m tracktwo.book.review", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("_build"))
    options = parser.parse_args(arguments)
    os.chdir(paths.ROOT)
    folder = options.out / "review"

    def work() -> int:
        usable(folder)
        with only_one(folder):
            receipt = review(options.out)
            write(receipt, folder)
        print(f"\n{summary(receipt)}\n")
        for fault in faults(receipt):
            print(f"NOT IDENTICAL: {fault}")
        print("All is identical." if receipt["identical"] else "Not all is identical.")
        print(f"The receipt: {folder}/receipt.html and {folder}/receipt.json")
        return int(not receipt["identical"])

    codes = []
    try:
        return guarded(lambda: attempt(lambda: codes.append(work()), ValueError) or codes[0])
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
