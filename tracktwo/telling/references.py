"""The references: every work that a page cites."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from IPython.display import display
from pybtex.backends.html import Backend
from pybtex.database import BibliographyData, Entry, parse_file
from pybtex.style.formatting.plain import Style

from tracktwo.ground import paths

LIBRARY = paths.ROOT / "references.bib"
CITED = re.compile(r"\{cite(?::[a-z]+)?\}`([^`]+)`")
DIRECTIVE = "```{bibliography}\n:style: surnames\n```\n"


class Surnames(Style):
    """Surnames first, and in the order of a reader who takes Ç for C."""

    default_name_style = "lastfirst"

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.sort = in_order


def in_order(works: Iterable[Entry]) -> list[Entry]:
    """Return works by the surnames of who wrote or edited them, then year and title."""

    def key(work: Entry) -> tuple[str, ...]:
        people = work.persons.get("author") or work.persons.get("editor") or []
        names = " ".join(" ".join([*who.last_names, *who.first_names]) for who in people)
        fields = (work.fields.get("year", ""), work.fields.get("title", ""))
        return tuple(_plain_letters(text) for text in (names or fields[1], *fields))

    return sorted(works, key=key)


def _plain_letters(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text)
    return "".join(c for c in letters if not unicodedata.combining(c)).casefold()


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
    works = Surnames().format_bibliography(chosen)
    return [work.text.render(Backend()) for work in works]
