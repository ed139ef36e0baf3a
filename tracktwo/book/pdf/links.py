"""The links between the pages, made to hold when the pages are joined in one PDF."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urldefrag, urlsplit

from bs4 import BeautifulSoup, Tag

from tracktwo.book.pdf.pages import BookError, Page, new_tag

ENTRY = re.compile("(initiative|statement|document)-")
"""How the places of single entries begin: a name in the text is no reference to a chapter."""


def join_links(
    pages: list[Page],
    html: Path,
    base: str,
    others: dict[str, str],
    places: dict[str, int] | None = None,
) -> dict[str, str]:
    """Point every link at a label of the joined volume, and give each target its label.

    Links to other files of the site become links below `base`, the address where the
    site is published, or plain text when there is none. What leads to another chapter is followed
    by its page. Where that is not known, the other volume is told, once a page.

    Parameters
    ----------
    pages : list of Page
        The pages of the volume, in order.
    html : Path
        The site.
    base : str
        The address where the site is published, if it is.
    others : dict of str
        The pages of other volumes, with what each volume is called.
    places : dict of int, optional
        On which page of the data volume each of its chapters, figures, tables and entries is.

    Returns
    -------
    dict of str
        What other volumes may point to, and its label.

    Raises
    ------
    BookError
        For a link to a page, a place or a file that is not there.
    """
    places = places or {}
    targets = {page.name: {n["id"]: n for n in page.article.find_all(id=True)} for page in pages}
    wanted: set[tuple[str, str]] = set()
    for page in pages:
        told: set[str] = set()
        for link in page.article.find_all("a"):
            file, place = _aim(page, link)
            name = file.removesuffix(".html")
            if name in targets:
                wanted.add(_inside(page, link, name, place, targets[name]))
                if name != page.name and _is_reference(link, place):
                    link.insert_after(_page_of(link["href"].removeprefix("#")))
            elif file:
                _exists(page, link, html, file, place)
                there = places.get(f"{name}#{place}", places.get(name))
                if there is not None and link.find_parent(class_="bibtex-citation") is None:
                    link.insert_after(_whereabouts(f"D\u00a0{there}"))
                elif name in others and name not in told and _is_reference(link, place):
                    told.add(name)
                    link.insert_after(_whereabouts(_volume(link, html / file, others[name])))
                _outside(link, base, file, place)
    labels = {}
    for page in pages:
        for identifier, node in targets[page.name].items():
            if node.get("data-kind") == "Chapter":
                labels[page.name] = page.label(identifier)
            labels[f"{page.name}#{identifier}"] = page.label(identifier)
            wants = (page.name, identifier) in wanted or bool(ENTRY.match(identifier))
            _label(page, node, identifier, wants)
    return labels


def _aim(page: Page, link: Tag) -> tuple[str, str]:
    """Return the file and the place in it that a link leads to; none if it leaves the site."""
    href = link.get("href", "")
    if not href:
        link.unwrap()
    if not href or urlsplit(href).scheme:
        return "", ""
    path, place = urldefrag(href)
    file = normpath(join(dirname(page.name), unquote(path))) if path else f"{page.name}.html"
    return file, unquote(place)


def _inside(
    page: Page, link: Tag, name: str, place: str, places: dict[str, Tag]
) -> tuple[str, str]:
    """Point a link at a label of this volume; return the page and the place that must carry it."""
    if place and place not in places:
        raise BookError(f"{_said(page, link)}, but {name}.html has no {place!r}")
    place = place or _title(places)
    link["href"] = "#" + Page(name, page.article, "").label(place)
    return name, place


def _exists(page: Page, link: Tag, html: Path, file: str, place: str) -> None:
    """Refuse a link to what the site does not have."""
    if file.startswith("..") or not (html / file).exists():
        raise BookError(f"{_said(page, link)}, which is not in the site")
    if place and f'id="{escape(place)}"' not in _text(html / file):
        raise BookError(f"{_said(page, link)}, but {file} has no {place!r}")


def _outside(link: Tag, base: str, file: str, place: str) -> None:
    """Point a link at the published site, or leave its text alone where there is none."""
    if base:
        link["href"] = f"{base.rstrip('/')}/{file}" + (f"#{place}" if place else "")
    else:
        link.unwrap()


def _said(page: Page, link: Tag) -> str:
    text = link.get_text().strip()[:40]
    return f"{page.name}.html: the link {text!r} points to {link['href']}"


@cache
def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _is_reference(link: Tag, place: str) -> bool:
    """Tell whether a link sends the reader to a chapter, not to an entry or a work."""
    cites = link.find_parent(class_="bibtex-citation")
    return cites is None and not ENTRY.match(place)


def _whereabouts(text: str) -> Tag:
    said = new_tag("span", **{"class": "whereabouts"})
    said.string = f" [{text}]"
    return said


def _page_of(label: str) -> Tag:
    return new_tag("span", **{"class": "page-of", "data-to": label})


def _volume(link: Tag, file: Path, volume: str) -> str:
    """Return which volume a chapter is in, with its title where the link's text is another."""
    heading = re.search("<h1.*?</h1>", _text(file), re.DOTALL)
    title = BeautifulSoup(heading.group(), "html.parser").h1 if heading else None
    for mark in title.select(".headerlink") if title else ():
        mark.decompose()
    name = " ".join(title.get_text().split()) if title else ""
    known = volume == "website" or name in ("", " ".join(link.get_text().split()))
    return volume if known else f"{volume}: {name}"


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
