"""Tables as MyST, so that site and PDF both get real tables."""

import re
from collections.abc import Iterable
from numbers import Integral
from typing import Any

import pandas as pd
from IPython.display import display

from tracktwo.data.asked import demand
from tracktwo.drawing.figures import NAME
from tracktwo.ground.digits import rounded
from tracktwo.telling.marks import mark, moved, unmark, wrapped
from tracktwo.telling.passage import Written, write
from tracktwo.telling.plain_html import as_html, inline_html
from tracktwo.telling.say import guard
from tracktwo.telling.told import TOLD, told

PERCENTAGE = re.compile(r"((over|under) )?[+−]?[\d.,]+%( \(.*\))?")
NOTHING = ("", "–", "not defined")
LARGE = 10_000
HEAD = "```{table} "
"""How a table's directive begins; its title follows."""


def show_table(
    table: pd.DataFrame,
    name: str,
    title: str,
    *,
    note: str = "",
    widths: list[int] | None = None,
    when: object = True,
    **values: Any,
) -> None:
    """Place a table on the page, numbered and labelled ``tab-name``.

    Parameters
    ----------
    table
        Column names become the header; the index is not shown. Cells are MyST text: pass text
        that comes from the data through `plain` first. Numeric columns stand to the right. A cell
        may be a `passage.told_cell`, whose value is told like those of the texts.
    name
        Label: lower-case words joined by hyphens.
    title
        What the table shows; stands above it. Title and note are passages, as `say` takes them.
    note
        A line below the table.
    widths
        Relative widths of the columns; those of columns that the data do not fill are left out,
        and columns that they have beyond those are as wide as the last.
    when
        The guard of what the cells say (`say`). Where it is false the published edition's build
        stops; in any other the table stands as it is.
    **values
        What the expressions in the texts name.

    Raises
    ------
    ValueError
        When the name cannot be a label, the title is missing or the table has no rows.
    TypeError
        When an argument is of another kind.
    """
    demand("table", table, pd.DataFrame, "a DataFrame")
    for what, text in {"name": name, "title": title, "note": note}.items():
        demand(what, text, str, "text")
    if not NAME.fullmatch(name):
        raise ValueError(f"table name {name!r}: use lower-case letters, digits and hyphens")
    if not title.strip() or table.empty:
        raise ValueError(f"table {name!r} needs a title and at least one row")
    head, foot = (write(text, values) for text in (title, note))
    cells = [cell for cell in table.to_numpy().ravel() if isinstance(cell, Written)]
    table = table.map(_marked) if cells else table
    myst, inside = unmark(as_myst(table, name, head.text, foot.text, widths))
    html, _ = unmark(_as_html(table, name, head.text, foot.text))
    page = {"text/html": html, "text/markdown": myst}
    places = moved(head.places, len(HEAD), name) + moved(inside, 0, name)
    places += moved(foot.places, len(myst) - 1 - len(foot.text), name)
    numbers = head.values | foot.values
    for cell in cells:
        numbers |= cell.values
    kept = told(numbers, places, holds=guard(when), owner=name)
    display(page, metadata={TOLD: kept}, raw=True)


def _marked(cell: object) -> object:
    return wrapped(cell.text, cell.places, mark) if isinstance(cell, Written) else cell


def as_myst(
    table: pd.DataFrame, name: str, title: str, note: str = "", widths: list[int] | None = None
) -> str:
    """Return a table as a MyST ``table`` directive around a pipe table."""
    options = [f":name: tab-{name}", ":class: book-table"]
    if widths:
        wide = [*widths, *widths[-1:] * len(table.columns)][: len(table.columns)]
        options.append(f":widths: {' '.join(map(str, wide))}")
    directive = [f"{HEAD}{title}", *options, "", *as_lines(table), "```"]
    return "\n".join(directive + (["", note] if note else [])) + "\n"


def _as_html(table: pd.DataFrame, name: str, title: str, note: str) -> str:
    head = f"<p><strong>{inline_html(title)}</strong></p>"
    body = as_html("\n".join(as_lines(table)))
    return f'<div id="tab-{name}">{head}\n{body}\n{as_html(note)}</div>'


def as_lines(table: pd.DataFrame) -> list[str]:
    """Return a table's cells as the lines of a pipe table."""
    right = [_is_of_numbers(table.iloc[:, place]) for place in range(len(table.columns))]
    return [
        _line(table.columns),
        _line("---:" if numeric else ":---" for numeric in right),
        *(_line(row) for row in table.itertuples(index=False)),
    ]


def _is_of_numbers(column: pd.Series) -> bool:
    """Tell whether a column holds numbers or percentages, with or without intervals."""
    if pd.api.types.is_numeric_dtype(column):
        return True
    said = [unmark(str(cell))[0] for cell in column if str(cell) not in NOTHING]
    return any("%" in text for text in said) and all(PERCENTAGE.fullmatch(text) for text in said)


def _line(cells: Iterable[object]) -> str:
    return f"| {' | '.join(_written(cell) for cell in cells)} |"


def _written(cell: object) -> str:
    """Write a cell; whole numbers that are too large for a year have their thousands apart."""
    large = isinstance(cell, Integral) and abs(cell) >= LARGE
    return f"{cell:,}" if large else str(rounded(cell))
