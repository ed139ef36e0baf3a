"""The links between the pages, made to hold when the pages are joined in one PDF."""

from __future__ import annotations

from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urldefrag, urlsplit

from bs4 import Tag

from tracktwo.book.pdf.pages import BookError, Page, new_tag


def join_links(pages: list[Page], html: Path, base: str = "") -> None:
    """Point every link at a label of the joined book, and give each target its label.

    Links to other files of the site become links below `base`, the address where the
    site is published, or plain text when there is none.

    Raises
    ------
    BookError
        For a link to a page, a place or a file that is not there.
    """
    targets = {page.name: {n["id"]: n for n in page.article.select("[id]")} for page in pages}
    wanted: set[tuple[str, str]] = set()
    for page in pages:
        for link in page.article.find_all("a"):
            _join_link(page, link, targets, wanted, html, base)
    for page in pages:
        for identifier, node in targets[page.name].items():
            _label(page, node, identifier, (page.name, identifier) in wanted)


def _join_link(
    page: Page, link: Tag, targets: dict, wanted: set[tuple[str, str]], html: Path, base: str
) -> None:
    href = link.get("href", "")
    if not href or urlsplit(href).scheme:
        if not href:
            link.unwrap()
        return
    path, place = urldefrag(href)
    place = unquote(place)
    file = normpath(join(dirname(page.name), unquote(path))) if path else f"{page.name}.html"
    name = file.removesuffix(".html")
    where = f"{page.name}.html: the link {link.get_text().strip()[:40]!r} points to {href}"
    if name not in targets:
        if file.startswith("..") or not (html / file).exists():
            raise BookError(f"{where}, which is not in the site")
        if base:
            link["href"] = f"{base.rstrip('/')}/{file}"
        else:
            link.unwrap()
        return
    if place and place not in targets[name]:
        raise BookError(f"{where}, but {name}.html has no {place!r}")
    place = place or _title(targets[name])
    wanted.add((name, place))
    link["href"] = "#" + Page(name, page.article, "").label(place)


def _title(places: dict[str, Tag]) -> str:
    """Return the identifier of a page's title, where a link to the page leads."""
    return next(key for key, node in places.items() if node.get("data-kind") == "Chapter")


def _label(page: Page, node: Tag, identifier: str, wanted: bool) -> None:
    """Carry a label on a heading, figure or table; anything else gets an anchor inside."""
    if node.get("data-kind") or {"fig", "tab"} & set(node.get("class", [])):
        node["id"] = page.label(identifier)
        return
    del node["id"]
    if not wanted:
        return
    anchor = new_tag("span", **{"class": "anchor", "id": page.label(identifier)})
    home = node if node.name in {"p", "span", "td", "th", "dt", "li"} else node.find("p") or node
    home.insert(0, anchor)
