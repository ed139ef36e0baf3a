"""The built pages, finished: what Sphinx leaves to be said better, safer or for more readers."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bs4 import BeautifulSoup

from tracktwo.book.site.entry_folds import fold_entries
from tracktwo.book.site.page import Page, has, new_tag, tags
from tracktwo.book.site.page_tables import dress_tables
from tracktwo.telling.myst import END, ISOLATE

APART = re.compile(f"{ISOLATE}([^{END}]*){END}")


@contextmanager
def opened(html: Path, name: str, part: str = "") -> Iterator[Page]:
    """Parse a page of the site and write it back, changed, at the end."""
    file = html / name
    page = Page(name, BeautifulSoup(file.read_text("utf-8"), "html.parser"), part)
    yield page
    file.write_text(str(page.soup), encoding="utf-8")


def finish_text(page: Page) -> None:
    """Finish what every page may hold: part, folds, tables, styles."""
    for step in STEPS:
        step(page)


def _name_part(page: Page) -> None:
    """Say above the title which part of the book a chapter belongs to."""
    label = page.soup.select_one(".part-label")
    if page.part:
        label.string = page.part
    else:
        label.decompose()


def _offer_code(page: Page) -> None:
    """Keep the page's one switch for its code only where there is code, and name the blocks."""
    blocks = [block for block in tags(page.article, "div") if has(block, "cell_input")]
    switch = page.soup.select_one(".code-switch")
    if switch and not blocks:
        switch.decompose()
    for number, block in enumerate(blocks, start=1):
        block["role"], block["aria-label"] = "group", f"Code, block {number}"


def _answer_first(page: Page) -> None:
    """Let the box that answers stand before the code that the page needs to begin with."""
    box = page.article.select_one(".cell_output .admonition.answer")
    cell = box and box.find_parent("div", class_="cell")
    for code in cell.find_previous_siblings("div", class_="cell") if cell else []:
        if not code.select_one(".cell_output"):
            cell.insert_after(code.extract())


def _drop_styles(page: Page) -> None:
    """Say widths of columns without inline styles, which the site's policy forbids."""
    for column in tags(page.article, "col"):
        if "style" not in column.attrs:
            continue
        column["width"] = column.attrs.pop("style").removeprefix("width:").strip(" ;")


def _scroll_code(page: Page) -> None:
    """Let the keyboard scroll long lines of code."""
    for block in tags(page.article, "pre"):
        if block.find_parent("div", class_="highlight"):
            block["tabindex"] = "0"


def _plain_references(page: Page) -> None:
    """Drop roles that ARIA has given up, or that promise list items where there are none."""
    for node in tags(page.article):
        if "role" in node.attrs and has(node, "citation", "citation-list", "footnote"):
            del node["role"]


def _write_addresses(page: Page) -> None:
    """Write what an address may not hold as it is, such as the angles in an old DOI."""
    for link in tags(page.article, "a"):
        if "href" in link.attrs:
            link["href"] = link["href"].replace("<", "%3C").replace(">", "%3E")


def _set_apart(page: Page) -> None:
    """Say by markup where the direction of text is its own, so that nothing around it turns."""
    for text in page.soup.find_all(string=APART):
        for place, piece in enumerate(APART.split(text)):
            node = new_tag("bdi") if place % 2 else piece
            if place % 2:
                node.string = piece
            text.insert_before(node)
        text.extract()


STEPS: tuple[Callable[[Page], None], ...] = (
    _name_part,
    _answer_first,
    _offer_code,
    fold_entries,
    dress_tables,
    _drop_styles,
    _scroll_code,
    _plain_references,
    _write_addresses,
    _set_apart,
)
