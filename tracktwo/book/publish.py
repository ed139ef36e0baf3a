"""Swap a finished site and its PDFs into place, whole or not at all.

python -m tracktwo.book.publish SITE OUT PDF...
"""

import argparse
import ctypes
import os
import shutil
import sys
from pathlib import Path

from tracktwo.book.errors import attempt

AT_FDCWD, RENAME_EXCHANGE = -100, 2  # of Linux's renameat2
PUBLISHED = ("html", "pdf")
"""The folders of a published book."""


def publish(site: Path, out: Path, pdfs: list[Path]) -> None:
    """Make `site` and `pdfs` the published book below `out` (``out/html`` and ``out/pdf``).

    All are copied beside the published ones first; only then does each folder take its place by a
    rename. The PDFs go into the site too, where the pages link to them, so that a site never
    stands beside the PDFs of another book.
    """
    fresh_site, fresh_pdf = (beside(out / name) for name in PUBLISHED)
    shutil.copytree(site, fresh_site, ignore=shutil.ignore_patterns(".snakemake_timestamp"))
    fresh_pdf.mkdir()
    for folder in (fresh_site, fresh_pdf):
        for pdf in pdfs:
            shutil.copyfile(pdf, folder / pdf.name)
    swap(fresh_site, out / "html")
    swap(fresh_pdf, out / "pdf")


def swap(fresh: Path, target: Path) -> None:
    """Put the folder `fresh` in the place of `target`.

    Where the system can, at one stroke. Elsewhere a kill between the two renames leaves the last
    good folder as ``.NAME.old``; `recover` puts it back.
    """
    recover(target)
    if target.exists() and _exchange(fresh, target):
        shutil.rmtree(fresh, ignore_errors=True)
        return
    if target.exists():
        target.rename(_old(target))
    fresh.rename(target)
    shutil.rmtree(_old(target), ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places; return whether they did, as only Linux can do it."""
    try:
        call = ctypes.CDLL(None).renameat2
    except AttributeError:
        return False
    return call(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0


def recover(target: Path) -> None:
    """Undo a swap that was killed half-way, or clear what one that was killed later left."""
    if _old(target).exists() and not target.exists():
        _old(target).rename(target)
    shutil.rmtree(_old(target), ignore_errors=True)


def _old(target: Path) -> Path:
    return target.with_name(f".{target.name}.old")


def beside(target: Path) -> Path:
    """Return an unused folder beside `target`, cleared of what a killed run left there."""
    folder = target.with_name(f".{target.name}.new")
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def main(arguments: list[str] | None = None) -> int:
    """Publish from the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tracktwo.book.publish", description=__doc__)
    for name in ("site", "out"):
        parser.add_argument(name, type=Path)
    parser.add_argument("pdfs", type=Path, nargs="+", metavar="PDF")
    options = parser.parse_args(arguments)
    code = attempt(lambda: publish(options.site, options.out, options.pdfs))
    if not code:
        print("published", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
