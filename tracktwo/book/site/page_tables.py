"""The tables of a page, made to be read on a phone, by keyboard and aloud."""

from bs4 import Tag

from tracktwo.book.site.page import Page
from tracktwo.claims.verdicts import LEANING, NOT_SUPPORTED, SUPPORTED, UNCLEAR, UNTESTABLE

VERDICTS = (SUPPORTED, LEANING, UNCLEAR, NOT_SUPPORTED, UNTESTABLE)
WORDY = 22
"""Mean characters of a cell from which rows are easier to read one below the other."""


def dress_tables(page: Page) -> None:
    """Name headers, let wide tables scroll, let wordy ones stack, and mark verdicts."""
    for table in page.article.find_all("table"):
        for header in table.select("thead th"):
            if header.get_text(strip=True):
                header["scope"] = "col"
            else:
                header.name = "td"  # a header that says nothing is none
        _reach(table)
        _mark_verdicts(table)
        if _is_wordy(table):
            _stack(table)


def _reach(table: Tag) -> None:
    """Let the keyboard scroll the box around a table."""
    box = table.find_parent(class_="pst-scrollable-table-container")
    if box is not None and table.caption is not None:
        box["tabindex"], box["role"] = "0", "region"
        box["aria-label"] = table.caption.get_text(" ", strip=True)[:120]


def _is_wordy(table: Tag) -> bool:
    lengths = [len(cell.get_text(strip=True)) for cell in table.select("tbody td")]
    columns = len(table.select("thead tr > *"))
    return 2 <= columns <= 8 and bool(lengths) and sum(lengths) / len(lengths) > WORDY


def _stack(table: Tag) -> None:
    """Let a narrow screen show each row as a block whose cells say their column."""
    table["class"] = [*table.get("class", []), "stacks"]
    names = [header.get_text(" ", strip=True) for header in table.select("thead tr > *")]
    for row in table.select("tbody tr"):
        for cell, name in list(zip(row.find_all("td"), names, strict=False))[1:]:
            cell["data-label"] = name


def _mark_verdicts(table: Tag) -> None:
    for word in table.select("td > strong:only-child, td > p > strong:only-child"):
        verdict = word.get_text(strip=True)
        if verdict in VERDICTS and verdict == word.parent.get_text(strip=True):
            word["class"] = ["verdict", f"verdict-{verdict.replace(' ', '-')}"]
