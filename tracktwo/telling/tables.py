"""Tables as MyST, so that site and PDF both get real tables."""

import re
from collections.abc import Iterable

import pandas as pd
from IPython.display import display

from tracktwo.data.asked import demand
from tracktwo.drawing.figures import NAME
from tracktwo.ground.digits import rounded

ISOLATE, END = "\u2068", "\u2069"
"""Between them text keeps its own direction; nothing before or after is turned with it."""
SPECIAL = re.compile(r"([\\*_{}\[\]<>$#|~^:&!@\"'])")
SET_APART = re.compile(r"[{`\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]|^:[a-z]+:|np\.float64")
"""What is written from right to left, or looks like markup that was left over."""


def plain(text: object) -> str:
    """Return text from the data as MyST that prints just that text, inside a line.

    Markup, directives, roles, links and HTML in it lose their meaning; line ends become spaces.
    Text that could be read in the wrong direction, or taken for markup, stands between the signs
    of an isolate, of which the site and the PDF make a ``<bdi>``.
    """
    words = " ".join(str(text).split())
    escaped = SPECIAL.sub(r"\\\1", words)
    escaped = escaped.replace("`", "&#96;")  # a directive's first line may hold no backtick at all
    return f"{ISOLATE}{escaped}{END}" if SET_APART.search(words) else escaped


def show_table(
    table: pd.DataFrame,
    name: str,
    title: str,
    *,
    note: str = "",
    widths: list[int] | None = None,
) -> None:
    """Place a table on the page, numbered and labelled ``tab-name``.

    Parameters
    ----------
    table
        Column names become the header; the index is not shown. Cells are MyST text: pass text
        that comes from the data through `plain` first. Numeric columns stand to the right.
    name
        Label: lower-case words joined by hyphens.
    title
        What the table shows, with n and frame; stands above it.
    note
        A line below the table.
    widths
        Relative widths of the columns; those of columns that the data do not fill are left out.

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
    display({"text/markdown": as_myst(table, name, title, note, widths)}, raw=True)


def as_myst(
    table: pd.DataFrame, name: str, title: str, note: str = "", widths: list[int] | None = None
) -> str:
    """Return a table as a MyST ``table`` directive around a pipe table."""
    options = [f":name: tab-{name}", ":class: book-table"]
    if widths:
        options.append(f":widths: {' '.join(str(w) for w in widths[: len(table.columns)])}")
    right = [pd.api.types.is_numeric_dtype(kind) for kind in table.dtypes]
    lines = [
        _line(table.columns),
        _line("---:" if numeric else ":---" for numeric in right),
        *(_line(row) for row in table.itertuples(index=False)),
    ]
    directive = [f"```{{table}} {title}", *options, "", *lines, "```"]
    return "\n".join(directive + (["", note] if note else [])) + "\n"


def _line(cells: Iterable[object]) -> str:
    return f"| {' | '.join(str(rounded(cell)) for cell in cells)} |"
