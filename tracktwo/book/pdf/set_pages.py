"""Let Typst set a chapter's draft, or a volume; in a process of its own, whose memory ends with it.

python -m tracktwo.book.pdf.set_pages FOLDER [FOLDER ...]

Nothing but the book's own fonts is used, so that every machine sets the same bytes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import typst

from tracktwo.book.errors import attempt


def set_draft(folder: Path, work: Path) -> None:
    """Say in ``draft.json`` which blocks of a chapter float, and which of its tables are tall."""
    compiler = _compiler(folder, work, {"draft": "yes"})
    floats = without_holes(folder, compiler, [])
    tables = json.loads(compiler.query("<tall>", field="value"))
    tall = {table["key"]: table["tall"] for table in tables}
    (folder / "draft.json").write_text(json.dumps({"floats": floats, "tall": tall}), "utf-8")


def set_volume(work: Path) -> None:
    """Write ``volume.pdf``, and ``places.json``: on which page what is."""
    compiler = _compiler(work, work, {})
    floats = json.loads((work / "floats.json").read_text("utf-8"))
    # The PDF first: what Typst has set for it, it need not set again to say where things are.
    pdf, warnings = compiler.compile_with_warnings(pdf_standards=["ua-1"])
    if without_holes(work, compiler, floats) != floats:
        pdf, warnings = compiler.compile_with_warnings(pdf_standards=["ua-1"])
    [places] = json.loads(compiler.query("<places>", field="value"))
    if warnings:
        raise RuntimeError("; ".join(str(warning) for warning in warnings))
    (work / "volume.pdf").write_bytes(pdf)
    (work / "places.json").write_text(json.dumps(places), "utf-8")


def _compiler(folder: Path, work: Path, inputs: dict[str, str]) -> typst.Compiler:
    options = {"root": work, "font_paths": [work / "fonts"], "ignore_system_fonts": True}
    if not (folder / "floats.json").is_file():
        (folder / "floats.json").write_text("[]", "utf-8")
    return typst.Compiler(folder / "main.typ", sys_inputs=inputs, **options)


def without_holes(folder: Path, compiler: typst.Compiler, floats: list[str]) -> list[str]:
    """Let figures that do not fit on their page float, one a chapter at a time, until none does.

    Done from outside, as each move shifts what follows: inside one run Typst gives up after
    five rounds. One compiler for all rounds sets anew only what a move has changed.
    """
    new = [""]
    while new:
        (folder / "floats.json").write_text(json.dumps(floats), "utf-8")
        new = holes(json.loads(compiler.query("<spot>", field="value")), floats)
        floats = floats + new
    return floats


def holes(spots: list[dict], floats: list[str]) -> list[str]:
    """Return each chapter's first block that must float, by its label.

    That is one that comes to stand on a later page, so that a hole opens where it is called, or
    before an earlier one.

    Parameters
    ----------
    spots : list of dict
        Where blocks are called, in order (``id``, ``chapter``, ``called``: the page), and where
        they came to stand (``id``, ``page``, ``y``).
    floats : list of str
        The blocks that float already.
    """
    stands = {spot["id"]: (spot["page"], spot["y"]) for spot in spots if "page" in spot}
    first: dict[int, str] = {}
    latest = (0, 0.0)
    for spot in (spot for spot in spots if "called" in spot):
        place = stands[spot["id"]]
        hole = place[0] > spot["called"]
        if spot["id"] not in floats and (hole or place < latest):
            first.setdefault(spot["chapter"], spot["id"])
        latest = max(latest, place)
    return list(first.values())


def main(folders: list[str]) -> int:
    """Set what is in `folders`: a volume, or drafts of its chapters; return the exit code."""

    def work() -> None:
        for folder in map(Path, folders):
            if folder.parent.name == "chapters":
                set_draft(folder, folder.parents[1])
            else:
                set_volume(folder)

    return attempt(work, RuntimeError)  # of which TypstError is one


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
