"""The figures that a cell drew, kept where they are not the committed ones."""

import shutil
from pathlib import Path

import pytest
from nbval.plugin import IPyNbCell

FOLDER = Path("_build/nbval")
"""What a run finds, below the folder that pytest takes for the root."""

DRAWN = pytest.StashKey[list[str]]()
"""The names of a cell's files that are not the committed ones."""


def keep_figures(item: IPyNbCell, folder: Path) -> list[str]:
    """Take the figures in `folder`, keep those that are not the committed ones; say which."""
    item.stash[DRAWN] = []
    kept = item.config.rootpath / FOLDER / "figures"
    for file in sorted(folder.glob("*")):
        committed = item.config.rootpath / "figures" / file.name
        if committed.is_file() and committed.read_bytes() == file.read_bytes():
            file.unlink()
        else:
            kept.mkdir(parents=True, exist_ok=True)
            shutil.move(file, kept / file.name)
            item.stash[DRAWN].append(file.name)
    return item.stash[DRAWN]
