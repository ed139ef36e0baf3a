"""The figures of all chapters in one folder; each chapter is executed into a folder of its own."""

import shutil
from collections.abc import Iterable
from pathlib import Path

SUFFIXES = (".svg", ".json", ".csv")


def gather(folders: Iterable[Path], target: Path) -> None:
    """Copy the figure files of the chapters' `folders` into the empty folder `target`.

    Raises
    ------
    ValueError
        When two chapters make a figure of the same name; the message names both.
    """
    target.mkdir(parents=True)
    owner: dict[str, Path] = {}
    for folder in folders:
        for file in sorted(f for f in folder.iterdir() if f.suffix in SUFFIXES):
            if file.name in owner:
                first, second = owner[file.name].name, folder.name
                raise ValueError(f"figure {file.name} is made by both {first} and {second}")
            owner[file.name] = folder
            shutil.copyfile(file, target / file.name)
