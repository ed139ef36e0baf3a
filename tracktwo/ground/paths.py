"""The one module that knows where things are in the repository."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
FIGURES = ROOT / "figures"
CHAPTERS = ROOT / "chapters"
BUILD = ROOT / "_build"
STATIC = ROOT / "_static"
FONTS = STATIC / "fonts"
TOC = ROOT / "_toc.yml"
CONFIG = ROOT / "_config.yml"


def under_root(path: str | Path) -> Path:
    """Return `path` as it is when absolute, else below the repository's root.

    Notebooks run in their own folder, so a relative path in a parameter must not
    depend on the working directory.
    """
    return ROOT / path


def not_a_folder(path: Path) -> str | None:
    """Say what `path` is when it is no folder."""
    try:
        return None if path.is_dir() else "a file" if path.is_file() else "no such folder"
    except (OSError, ValueError) as error:
        return getattr(error, "strerror", None) or "no such folder"
