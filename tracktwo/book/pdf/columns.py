"""How wide the columns of a printed table are: by what their cells hold."""

from __future__ import annotations

import re
from itertools import zip_longest

from bs4 import Tag

from tracktwo.book.pdf.pages import new_tag, pick

LINE = 95
"""Letters that the narrower volume has room for in a row."""
GAP = 2.3
"""Letters that take as much room as the gap between two columns, or the edges of a chip."""
PIXELS = 6.8
"""Pixels of a drawing that take as much room as a letter."""
WORDS = re.compile(r"[ \n,_/]+")
"""Where a line may end; not at the space that binds an interval."""


def set_widths(table: Tag, rows: list[list[Tag]]) -> None:
    """Give each column its share of the width, unless all fit as they are.

    No word is broken where that can be helped; what is left goes to columns by their longest cell,
    so that the cells of a row end at about the same height.
    """
    columns = list(zip_longest(*rows))
    least = [max(_least(cell) for cell in column if cell) + GAP for column in columns]
    most = [max(_most(cell) for cell in column if cell) + GAP for column in columns]
    if len(columns) < 2 or sum(most) <= LINE:
        return
    spare = max(0, LINE - sum(least))
    wish = [most_one - least_one for most_one, least_one in zip(most, least, strict=True)]
    wide = [
        least_one + spare * wished / (sum(wish) or 1)
        for least_one, wished in zip(least, wish, strict=True)
    ]
    for group in table.find_all("colgroup"):
        group.decompose()
    group = new_tag("colgroup")
    for width in wide:
        group.append(new_tag("col", style=f"width: {100 * width / sum(wide):.1f}%"))
    table.insert(0, group)


def _least(cell: Tag) -> float:
    """Return the room that a cell's longest word, chip or drawing needs, in letters."""
    chips = [len(chip.get_text()) + 1.5 * GAP for chip in pick(cell, ".chip")]
    return max([_drawn(cell), *chips, *(len(word) for word in WORDS.split(cell.get_text(" ")))])


def _most(cell: Tag) -> float:
    lines = 3 if cell.name == "th" else 1
    text = cell.get_text(" ", strip=True)
    return max(_least(cell), len(text) / lines + GAP * len(pick(cell, ".chip")))


def _drawn(cell: Tag) -> float:
    return max((float(image.get("width", 0)) / PIXELS for image in cell.find_all("img")), default=0)


def fold_chapters(table: Tag) -> None:
    """Let a table with drawings say its last column, the chapters, under the first cell's words."""
    for row in table.find_all("tr"):
        first, *_, last = row.find_all(["td", "th"])
        link = last.extract().find("a")
        if link is not None:
            (first.p or first).append(new_tag("br"))
            (first.p or first).append(link.extract())
