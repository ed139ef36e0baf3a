"""What a review started from: data, code, commit, environment and machine. Nothing private."""

import base64
import hashlib
import importlib.metadata
import os
import platform
import subprocess
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tracktwo.book.digests import digest
from tracktwo.book.notebooks import source_digest
from tracktwo.book.toc import chapter_files
from tracktwo.ground import paths

CODE = (
    *("tracktwo/**/*", "_static/**/*", "_templates/*", "_config.yml", "_toc.yml", "chapters/*.csv"),
    *("references.bib", "CITATION.cff", "Snakefile", "Makefile", "pyproject.toml"),
)
LOCK = "requirements.txt"

MAKERS = {"pip", "uv", "tracktwo"}
"""What makes the environment, and the book's own package: not in the lock."""

COUNTS = ("data", "tracktwo", "chapters", "figures", "_static", "_templates")
"""Folders in which a file that is not committed may change what the book says."""


def digests(root: Path = paths.ROOT) -> dict[str, str]:
    """Return a digest of the data, the code, the notebooks without their outputs, and the lock.

    Names count as well as content, so they are taken relative to `root`, which must be the
    working directory.
    """
    notebooks = sorted(f"{source_digest(root / f)} {f}" for f in chapter_files(root / "_toc.yml"))
    return {
        "data": digest(_files(root, ["data/**/*"])),
        "code": digest(_files(root, CODE)),
        "notebooks": hashlib.sha256("\n".join(notebooks).encode()).hexdigest(),
        "lock": digest([LOCK]),
    }


def _files(root: Path, patterns: tuple[str, ...] | list[str]) -> list[str]:
    found = {path.relative_to(root) for p in patterns for path in root.glob(p) if path.is_file()}
    return [p.as_posix() for p in found if "__pycache__" not in p.parts]


def commit(root: Path = paths.ROOT) -> dict[str, Any]:
    """Return the commit checked out in `root`, and the files that are not as it has them.

    ``id`` is None where `root` is no checkout of its own, such as an unpacked download.
    """
    top = _git(root, "rev-parse", "--show-toplevel")
    if top is None or Path(top).resolve() != root.resolve():
        return {"id": None, "modified": []}
    changed = _git(root, "-c", "core.quotePath=false", "status", "--porcelain=v1", "-uno") or ""
    new = _git(root, "ls-files", "--others", "--exclude-standard", "--", *COUNTS) or ""
    modified = [*(line[3:] for line in changed.splitlines()), *new.splitlines()]
    return {"id": _git(root, "rev-parse", "HEAD"), "modified": sorted(modified)}


def _git(root: Path, *arguments: str) -> str | None:
    """Return what git says, None where it cannot."""
    try:
        said = subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return said.stdout.decode("utf-8", "replace").rstrip("\n")


def environment(lock: Path = paths.ROOT / LOCK) -> dict[str, Any]:
    """Return the Python, its packages, and in what they are not what the lock says.

    ``missing`` and ``other`` (another version) are packages of the lock, ``further`` ones are
    not in it, and ``altered`` are files that are not as their package brought them.
    """
    locked = locked_versions(lock.read_text("utf-8"))
    found = {canonicalize_name(d.name): d for d in importlib.metadata.distributions()}
    versions = {name: found[name].version for name in sorted(found)}
    both = locked.keys() & versions.keys()
    other = [
        {"name": name, "locked": locked[name], "found": versions[name]}
        for name in sorted(both)
        if locked[name] != versions[name]
    ]
    return {
        "python": platform.python_version(),
        "packages": {name: v for name, v in versions.items() if name in locked},
        "missing": sorted(locked.keys() - versions.keys()),
        "other": other,
        "further": sorted(versions.keys() - locked.keys() - MAKERS),
        "altered": [file for name in sorted(both) for file in altered(found[name])],
    }


def locked_versions(text: str) -> dict[str, str]:
    """Return the version of each package that the lock asks for on this machine.

    Parameters
    ----------
    text
        A file of requirements, each ``name==version`` with perhaps a marker.
    """
    lines = text.replace("\\\n", " ").splitlines()
    asked = [Requirement(line.split(" --hash")[0]) for line in lines if line and line[0] != "#"]
    return {
        canonicalize_name(r.name): next(iter(r.specifier)).version
        for r in asked
        if r.marker is None or r.marker.evaluate()
    }


def altered(package: importlib.metadata.Distribution) -> list[str]:
    """Return the files of a package that are gone or not as its own record has them."""
    return [file.as_posix() for file in package.files or () if file.hash and not _as_recorded(file)]


def _as_recorded(file: importlib.metadata.PackagePath) -> bool:
    try:
        found = hashlib.new(file.hash.mode, Path(file.locate()).read_bytes()).digest()
    except OSError:
        return False
    return base64.urlsafe_b64encode(found).rstrip(b"=").decode() == file.hash.value


def machine() -> dict[str, Any]:
    """Return what may matter of the machine: its system, its kind of processor, its cores."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "system": platform.system(),
        "library": " ".join(platform.libc_ver()).strip(),
        "architecture": platform.machine(),
        "cores": cores,
    }
