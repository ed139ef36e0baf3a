"""Run Jupyter Book's build of the site, as its command does, but with both cores at work.

python -m tracktwo.book.site.render SOURCE OUTPUT
"""

import gc
import json
import os
import sys
from pathlib import Path

from jupyter_book.sphinx import build_sphinx

EDITION = "edition.json"
"""What templates say of the edition. As YAML it would take a second to read."""

OBJECTS = 200_000
"""How many new objects start a search for garbage: pages are large trees, and little is."""


def render(source: Path, output: Path) -> int:
    """Build the pages of `source` in `output`; return the exit code, 1 after any warning.

    Parameters
    ----------
    source
        The folder with ``_config.yml``, ``_toc.yml`` and `EDITION`.
    output
        The new folder of pages.
    """
    edition = json.loads((source / EDITION).read_text("utf-8"))
    said = {
        "external_toc_path": (source / "_toc.yml").as_posix(),
        "html_context": {"edition": edition},
        "latex_individualpages": False,
        "nitpicky": True,
    }
    code = build_sphinx(
        source,
        output,
        path_config=source / "_config.yml",
        noconfig=True,
        confoverrides=said,
        warningiserror=True,
        keep_going=True,
        quiet=True,
        jobs=min(2, os.cpu_count() or 1),
    )
    return int(bool(code))


if __name__ == "__main__":
    gc.set_threshold(OBJECTS, 20, 100)
    sys.exit(render(*map(Path, sys.argv[1:])))
