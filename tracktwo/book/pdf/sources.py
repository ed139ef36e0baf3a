"""The web pages that the book's prose rests on, listed: on paper no link can be followed."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag

from tracktwo.book.pdf.pages import Page, new_tag

TITLE = "Web sources"
SAID = "W and a number in the text stand for one of these pages on the web."


def list_sources(pages: list[Page]) -> None:
    """Give the links that leave the site numbers, and list their addresses after the last page.

    Works in the list of references, and links whose text is their address, need no number.
    """
    numbers: dict[str, int] = {}
    for page in pages:
        for link in page.article.select('a[href^="http"]'):
            bare = link["href"].partition("://")[2].rstrip("/")
            if link.find_parent(class_="reference") or link.get_text().strip("/ ").endswith(bare):
                continue
            number = numbers.setdefault(link["href"], len(numbers) + 1)
            mark = new_tag("span", **{"class": "source"})
            mark.string = f"W{number}"
            link.insert_after(mark)
    if numbers:
        (pages[-1].article.section or pages[-1].article).append(_list(numbers))


def _list(numbers: dict[str, int]) -> Tag:
    listed = BeautifulSoup('<section><h2 id="web-sources"></h2><p></p></section>', "html.parser")
    section = listed.section
    section.h2["data-kind"] = "Section"
    section.h2.string, section.p.string = TITLE, SAID
    for address, number in numbers.items():
        entry = new_tag("div", **{"class": "web-source"})
        paragraph, link = new_tag("p"), new_tag("a", href=address)
        link.string = address.partition("://")[2].removeprefix("www.")
        paragraph.extend([f"W{number} ", link])
        entry.append(paragraph)
        section.append(entry)
    return section.extract()
