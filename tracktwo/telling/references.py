"""The references: every work that a page cites."""

import re

from IPython.display import display
from pybtex.backends.html import Backend
from pybtex.database import BibliographyData, parse_file
from pybtex.style.formatting.plain import Style

from tracktwo.ground import paths

LIBRARY = paths.ROOT / "references.bib"
CITED = re.compile(r"\{cite(?::[a-z]+)?\}`([^`]+)`")
DIRECTIVE = "```{bibliography}\n:style: plain\n```\n"


def show_references() -> None:
    """Show the works that the chapters cite: Sphinx's own list, and one to read by itself."""
    items = "".join(f"<li>{item}</li>" for item in formatted(cited_keys()))
    display({"text/html": f"<ul>{items}</ul>", "text/markdown": DIRECTIVE}, raw=True)


def cited_keys() -> set[str]:
    """Return the keys of the works that any notebook of the book cites."""
    files = [paths.ROOT / "index.ipynb", *sorted(paths.CHAPTERS.glob("*.ipynb"))]
    found = (key for file in files for key in CITED.findall(file.read_text(encoding="utf-8")))
    return {key.strip() for keys in found for key in keys.split(",")}


def formatted(keys: set[str]) -> list[str]:
    """Return works as lines of HTML, in the order of their authors.

    Raises
    ------
    ValueError
        When ``references.bib`` lacks one.
    """
    library = parse_file(str(LIBRARY), bib_format="bibtex")
    if missing := sorted(keys - set(library.entries)):
        raise ValueError(f"references.bib has no {', '.join(missing)}")
    chosen = BibliographyData({key: library.entries[key] for key in sorted(keys)})
    works = Style().format_bibliography(chosen)
    return [work.text.render(Backend()) for work in works]
