"""What the cover of each volume says, from the book's settings, its citation and its front page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from bs4 import Tag

from tracktwo.book.pdf.pages import BookError, Page
from tracktwo.book.volumes import Volume

LICENCES = "Text and data: CC BY 4.0. Code: MIT."
PICTURE = "fig-change-starts"
"""The figure on the book's cover, if the book has it."""
ENOUGH = 300
"""How many characters of the answer on the front page make a summary."""
DATA_VOLUME = (
    "This volume is for looking up: the initiatives and statements that the book rests on, their"
    " sources and codes, and every test, table and figure that the book has no room for. Figures"
    " and tables are numbered once through both volumes, as on the website, so some numbers are"
    " not here. Works cited are listed in the book."
)


def book_facts(config: Path) -> dict[str, Any]:
    """Return what every cover says, from ``_config.yml`` and the ``CITATION.cff`` beside it."""
    settings = yaml.safe_load(config.read_text(encoding="utf-8")) or {}
    if not settings.get("title"):
        raise BookError(f"{config.name}: the book has no title")
    citation = config.with_name("CITATION.cff")
    cited = yaml.safe_load(citation.read_text(encoding="utf-8")) if citation.is_file() else {}
    title, full = str(settings["title"]), str(cited.get("title", ""))
    subtitle = full.removeprefix(title).lstrip(":. ") if full.startswith(title) else ""
    version = f"Version {cited['version']}" if cited.get("version") else ""
    released = str(cited.get("date-released") or "")
    edition = ", ".join(filter(None, (version, released)))
    return {
        "title": title,
        "subtitle": subtitle,
        "edition": [],
        "author": str(settings.get("author") or ""),
        "imprint": [edition, LICENCES] if edition else [LICENCES],
        "base": (settings.get("html") or {}).get("baseurl") or "",
        "abstract": " ".join(str(cited.get("abstract") or "").split()),
    }


def edition_facts(edition: dict[str, Any]) -> dict[str, Any]:
    """Return what covers say of an edition, from its facts (`tracktwo.book.edition`)."""
    released = f"Version {edition['version']}, {edition['released']}"
    return {
        "title": edition["title"],
        "subtitle": edition["subtitle"],
        "edition": [said for said in (edition["line"], edition["credit"]) if said],
        "author": " and ".join(edition["authors"]),
        "imprint": [released, LICENCES],
        "abstract": edition["abstract"],
    }


def cover_of(
    volume: Volume, pages: list[Page], abstract: str, *, plain: bool = True
) -> dict[str, Any]:
    """Return a volume's own part of the cover: its name, summary and picture.

    With words of its own on the cover it is not `plain`, and has room for a short summary.
    """
    if volume.name != "book":
        return {
            "volume": volume.name.capitalize(),
            "summary": [DATA_VOLUME],
            "picture": "",
            "shows": "",
        }
    blocks = (page.article.find(id=PICTURE) for page in pages)
    block = next((block for block in blocks if block is not None), None)
    picture = block["data-src"] if block is not None else ""
    shows = _shown(block) if block is not None else ""
    return {
        "volume": "",
        "summary": _answer(pages[0], abstract, ENOUGH if plain else 1),
        "picture": picture,
        "shows": shows,
    }


def _shown(block: Tag) -> str:
    """Return the first sentence of the caption below a figure's title, or its title."""
    said = block.select_one(".caption .legend") or block.select_one(".caption")
    return " ".join(said.get_text().split()).partition(". ")[0].rstrip(".") + "." if said else ""


def _answer(front: Page, abstract: str, enough: int) -> list[str]:
    """Return the first paragraphs of the front page's answer, or else the abstract."""
    said: list[str] = []
    for paragraph in front.article.select(".answer p"):
        if sum(map(len, said)) < enough:
            said.append(" ".join(paragraph.get_text().split()))
    return said or [abstract]
