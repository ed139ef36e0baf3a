"""The tables of a page, made to be read on a phone and aloud."""

from itertools import zip_longest

from bs4 import Tag

from tracktwo.book.site.page import Page, new_tag
from tracktwo.claims.verdicts import LEANING, NOT_SUPPORTED, SUPPORTED, UNCLEAR, UNTESTABLE

VERDICTS = (SUPPORTED, LEANING, UNCLEAR, NOT_SUPPORTED, UNTESTABLE)
HEADLINES = {
    "held": "held",
    "held on a test that could fail": "held",
    "held only just": "just",
    "only just": "just",
    "undecided": "unclear",
    "no sign of it": "unclear",
    "not really tested": "untested",
    "was not really tested": "untested",
    "did not hold": "not-supported",
}
"""What the book says of a claim before all else, and the chip of each."""
CHIPS = {name: name.replace(" ", "-") for name in VERDICTS} | HEADLINES

BRIEF = 18
"""Characters of a cell and its column's name that leave room for another beside them."""
PHONE, LETTER, GAP = 280, 7, 10
"""Pixels of a narrow screen's text, of a letter in a table and between two columns."""
SIGN = 5
"""The letters for which a chip's sign and edges would leave room; its words are on one line."""
NOTHING = ("", "–")
"""What a cell says that has nothing to say."""


def dress_tables(page: Page) -> None:
    """Name headers, let what is too wide for a phone stack there, and mark verdicts."""
    _mark_verdicts(page.article)
    for table in page.article.find_all("table"):
        for header in table.select("thead th"):
            if header.get_text(strip=True):
                header["scope"] = "col"
            else:
                header.name = "td"  # a header that says nothing is none
        if not _fits(table):
            _stack(table)


def _fits(table: Tag) -> bool:
    """Tell whether a phone has room for every column, long words and figures unbroken."""
    rows = [row.find_all(["td", "th"]) for row in table.find_all("tr")]
    columns = zip_longest(*([_width(cell) for cell in row] for row in rows), fillvalue=0)
    return sum(max(column) + GAP for column in columns) <= PHONE


def _width(cell: Tag) -> int:
    """Return how many pixels a cell needs: its longest word, and half of all its text."""
    text = cell.get_text(" ", strip=True)
    words = [len(word) for word in text.split(" ")]  # not at a no-break space
    words += [len(chip.get_text()) + SIGN for chip in cell.select(".verdict")]
    return LETTER * max([*words, len(text) // 2], default=0)


def _stack(table: Tag) -> None:
    """Let a narrow screen show each row as a block whose cells say their column.

    A table with drawings in it is that on every screen: its rows are findings, not numbers.
    """
    kinds = ["stacks", "pictured"] if table.select("td img") else ["stacks"]
    table["class"] = [*table.get("class", []), *kinds]
    names = [header.get_text(" ", strip=True) for header in table.select("thead tr > *")]
    for row in table.select("tbody tr"):
        for place, (cell, name) in enumerate(zip(row.find_all("td"), names, strict=False)):
            text = cell.get_text(strip=True)
            if name:
                cell["data-label"] = name if name.endswith("?") else f"{name}:"
            if text in NOTHING and not cell.img:
                cell["class"] = [*cell.get("class", []), "nothing"]
            elif place and len(name) + len(text) <= BRIEF:
                cell["class"] = [*cell.get("class", []), "brief"]


def _mark_verdicts(article: Tag) -> None:
    """Make a chip of each verdict in bold: of one word in a table alone, where no text runs."""
    for word in article.find_all("strong"):
        said = word.get_text(" ", strip=True).lower()
        if said in CHIPS and (" " in said or word.find_parent("td")):
            if word.find_parent("td") and word.find_previous_sibling(class_="verdict"):
                word.insert_before(new_tag("br"))  # two in a cell stand below each other
            word["class"] = ["verdict", f"verdict-{CHIPS[said]}"]
