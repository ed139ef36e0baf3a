"""The titles of the chapters."""

import json

from tracktwo.ground import paths


def title_of(name: str) -> str:
    """Return the title of a chapter by the name of its file, or the name."""
    for file in (paths.CHAPTERS / f"{name}.ipynb", paths.ROOT / f"{name}.ipynb"):
        if file.is_file():
            for cell in json.loads(file.read_text(encoding="utf-8"))["cells"]:
                lines = "".join(cell["source"]).splitlines()
                if cell["cell_type"] == "markdown" and lines and lines[0].startswith("# "):
                    return lines[0][2:].strip()
    return name
