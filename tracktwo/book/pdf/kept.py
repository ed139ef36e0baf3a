"""Volumes as they were set last: one whose content is the same need not be set again."""

from __future__ import annotations

import hashlib
import json
import shutil
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent


def key_of(work: Path, chapters: list[str]) -> str:
    """Return a digest of all that a volume is set from.

    Parameters
    ----------
    work : Path
        The folder with its facts, fonts and images.
    chapters : list of str
        The text of each chapter, as Typst.
    """
    found = hashlib.sha256(json.dumps([version("typst"), chapters]).encode())
    for folder, pattern in ((work, "**/*"), (HERE, "*.typ"), (HERE, "*.py")):
        for file in sorted(file for file in folder.glob(pattern) if file.is_file()):
            content = hashlib.sha256(file.read_bytes()).hexdigest()
            found.update(f"{content} {file.relative_to(folder).as_posix()}\n".encode())
    return found.hexdigest()


def kept(folder: Path, key: str) -> tuple[bytes, dict[str, int]] | None:
    """Return the PDF in `folder`, and on which page what is, if it was set from the same."""
    if not (folder / "key").is_file() or (folder / "key").read_text("utf-8") != key:
        return None
    return (folder / "pdf").read_bytes(), json.loads((folder / "places").read_text("utf-8"))


def keep(folder: Path, key: str, pdf: bytes, places: dict[str, int]) -> None:
    """Keep a PDF in `folder` in place of the last; the key comes last, when all is whole."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "pdf").write_bytes(pdf)
    (folder / "places").write_text(json.dumps(places), encoding="utf-8")
    (folder / "key").write_text(key, encoding="utf-8")
