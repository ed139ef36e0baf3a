"""What the head of a page says to search engines, reference managers and social networks."""

import json
from typing import Any

from tracktwo.book.site import linked_data
from tracktwo.book.site.citation import coins, works
from tracktwo.book.site.page import Page, new_tag, words_of

NO_WORK = ("search.html",)
"""Pages that are nothing to cite."""
WHOLE = ("index.html", "downloads.html")
"""Pages from which one cites the whole book; from any other, its chapter."""
LONGEST = 300
"""Characters of a description; what is longer is cut at a sentence's end."""


def describe(page: Page, edition: dict[str, Any]) -> str:
    """Return what the page is about: its answer, else how its text begins."""
    if page.name == "index.html" and not edition["name"]:
        return _cut(edition["abstract"])
    answer = page.article.select_one(".admonition.answer > p:not(.admonition-title)")
    found = answer or page.article.select_one("section > p:not([role]), .cell_output > p")
    return _cut(words_of(found)) or edition["subtitle"]


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    end = text.rfind(". ", 0, LONGEST)
    return text[: end + 1] if end > 0 else text[: text.rfind(" ", 0, LONGEST)] + " …"


def fill_head(page: Page, edition: dict[str, Any], image: str) -> None:
    """Add description, addresses, citation and linked data to the page's head.

    Parameters
    ----------
    page
        A page of the site, changed in place.
    edition
        The facts of the edition. Addresses come in only when it knows where the book stands.
    image
        The picture of pages that show no figure, relative to the site.
    """
    title = page.article.h1.get_text(strip=True).rstrip("#")
    base, text = edition["base"], describe(page, edition)
    figure = page.soup.select_one("figure[id^=fig-]")
    picture = f"figures/{figure['id'].removeprefix('fig-')}.png" if figure else image
    _meta(page, "name", {"description": text, "author": " and ".join(edition["authors"])})
    shown = {
        "og:type": "book" if page.name in WHOLE else "article",
        "og:site_name": edition["title"],
        "og:title": title,
        "og:description": text,
        "og:image": f"{base}/{picture}" if base else f"{page.up}{picture}",
        "og:image:alt": (figure.img if figure else {}).get("alt", ""),
        "og:url": f"{base}/{page.name}" if base else "",
    }
    _meta(page, "property", shown)
    _meta(page, "name", {"twitter:card": "summary_large_image"})
    if base:
        link = new_tag("link", rel="canonical", href=f"{base}/{page.name}")
        page.soup.head.append(link)
    if page.name in NO_WORK:
        return
    chapter = "" if page.name in WHOLE else title
    _meta(page, "name", _citation(chapter, edition))
    _name_work(page, chapter, edition)
    for known in _linked(page, chapter, edition):
        data = new_tag("script", type="application/ld+json")
        # Within a script, "<" could end it.
        data.string = json.dumps(known, ensure_ascii=False).replace("<", "\\u003c")
        page.soup.head.append(data)


def _meta(page: Page, kind: str, pairs: dict[str, str]) -> None:
    for name, content in pairs.items():
        if content:
            page.soup.head.append(new_tag("meta", **{kind: name, "content": content}))


def _citation(chapter: str, edition: dict[str, Any]) -> dict[str, str]:
    """Return the tags by which scholarly indexes know the book, or a chapter of it."""
    book = next(iter(edition["pdfs"]))
    return {
        "citation_title": chapter or edition["title"],
        "citation_inbook_title": edition["title"] if chapter else "",
        "citation_book_title": edition["title"] if chapter else "",
        "citation_author": " and ".join(edition["authors"]),
        "citation_publication_date": edition["released"].replace("-", "/"),
        "citation_language": "en",
        "citation_pdf_url": f"{edition['base']}/{book}" if edition["base"] else "",
    }


def _name_work(page: Page, chapter: str, edition: dict[str, Any]) -> None:
    """Say for reference managers what one cites who cites the page."""
    work = works(edition)["book"]
    if chapter and edition["base"]:
        work = work | {"url": f"{edition['base']}/{page.name}"}
    mark = new_tag("span", **{"class": "Z3988", "title": coins(work, chapter)})
    page.soup.main.append(mark)


def _linked(page: Page, chapter: str, edition: dict[str, Any]) -> list[dict[str, Any]]:
    if chapter:
        return [linked_data.chapter(edition, chapter)]
    return [linked_data.book(edition), linked_data.dataset(edition)]
