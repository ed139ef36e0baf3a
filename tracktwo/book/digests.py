"""Digests of files: whether they changed is a matter of their content, never of their dates."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest(files: Iterable[str | Path]) -> str:
    """Return one digest of the names and the content of `files`, whatever their order."""
    found = hashlib.sha256()
    for file in sorted(map(str, files)):
        content = hashlib.sha256(Path(file).read_bytes())
        found.update(f"{content.hexdigest()} {file}\n".encode())
    return found.hexdigest()
