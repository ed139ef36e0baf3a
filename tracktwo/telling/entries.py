"""Entries of the appendix: what the catalogue and the statements have in common."""

import re
from collections.abc import Iterable
from typing import Any

import pandas as pd
from IPython.display import display

from tracktwo.data.package import Column
from tracktwo.data.study import Study
from tracktwo.ground.wording import enumerate_words
from tracktwo.telling.myst import plain
from tracktwo.telling.plain_html import as_html

LONGEST = 3_000
"""Characters of one cell that an entry prints at most."""

OPENS_BLOCK = re.compile(r"^(\d{0,9})(?=[-+=%.)])")


def cut(cell: object) -> str:
    """Return a cell of the data as text; an empty one gives none, a huge one is cut and says so."""
    words = "" if pd.isna(cell) else str(cell)
    return words if len(words) <= LONGEST else f"{words[:LONGEST]} … (cut)"


def text(cell: object) -> str:
    """Return a cell of the data as MyST that prints just its text, wherever it stands."""
    # At the start of a block some signs would make a list, a comment or a rule.
    return OPENS_BLOCK.sub(r"\1\\", plain(cut(cell)))


def spoken(word: object) -> str:
    """Return a word of a closed list, or a variable's name, in plain words."""
    return text(str(word).replace("_", " "))


def in_words(column: Column, cell: object) -> str:
    """Return a cell of a column of the data set's own as plain text; nothing of an empty one."""
    if isinstance(cell, tuple):
        return "; ".join(cell)
    if pd.isna(cell):
        return ""
    if column.type == "boolean":
        return "yes" if cell else "no"
    return str(cell.date()) if column.type == "date" else column.labels.get(cell, str(cell))


def own_facts(study: Study, table: str, row: Any) -> list[tuple[str, str]]:
    """Return what a table's columns of the data set's own say of a row: names and MyST."""
    columns = study.package.columns.get(table, ())
    return [(text(c.title), text(in_words(c, getattr(row, c.name)))) for c in columns]


def heading(title: object, label: str) -> str:
    """Return the heading of an entry, which the book's links find by its label."""
    return f"```{{rubric}} {text(title)}\n:heading-level: 3\n:name: {label}\n```"


def line(*pieces: str) -> str:
    """Return short pieces as one line; empty ones are left out."""
    return " · ".join(piece for piece in pieces if piece)


def facts(pairs: Iterable[tuple[str, str | list[str]]]) -> str:
    """Return names and what is said of them as a definition list; what is empty is left out.

    Several things said of one name become a list.
    """
    said = []
    for name, what in pairs:
        points = [what] if isinstance(what, str) else what
        if len(points) > 1:
            points = [f"- {point}" for point in points]
        body = "\n  ".join(points)
        said += [f"{name}\n: {body}\n"] if body else []
    return "\n".join(said)


def show_entries(entries: Iterable[str]) -> None:
    """Place entries, each MyST, on the page; say so when there are none."""
    page = ("\n\n".join(entries) or "None in these data.") + "\n"
    display({"text/html": as_html(page), "text/markdown": page}, raw=True)


class Codes:
    """The codes of every coder, in words.

    Parameters
    ----------
    study, part
        The data set and the part of its codebook.
    coder
        Whose codes are the entry's own; the others are told where they differ.
    """

    def __init__(self, study: Study, part: str, coder: str) -> None:
        table = study.codes if part == "inventory" else study.statement_codes
        variables = study.codebook.loc[study.codebook["part"] == part, "variable"].unique()
        self.labels = {variable: study.labels(variable, part) for variable in variables}
        self.coder = coder
        self.others = {n: plain(study.coder_label(n, part)) for n in study.coders(part)}
        self.others.pop(coder, None)
        self._given: dict[tuple[str, str, str], set[str]] = {}
        for key, by, variable, value in table.itertuples(index=False, name=None):
            self._given.setdefault((key, by, variable), set()).add(value)

    def agreed(self, key: str) -> str:
        """Return the entry's own codes, variable by variable."""
        said = {variable: self._words(key, self.coder, variable) for variable in self.labels}
        return self._join(said)

    def differing(self, key: str) -> str:
        """Return the codes of other coders where they are not the entry's own."""
        said = {}
        for variable in self.labels:
            own = self._words(key, self.coder, variable)
            by_words: dict[str, list[str]] = {}
            for coder, name in self.others.items():
                by_words.setdefault(self._words(key, coder, variable), []).append(name)
            said[variable] = "; ".join(
                f"{words or 'nothing'} ({enumerate_words(coders)})"
                for words, coders in by_words.items()
                if words != own
            )
        return self._join(said)

    def _words(self, key: str, coder: str, variable: str) -> str:
        given = self._given.get((key, coder, variable), ())
        return ", ".join(text(x) for value, x in self.labels[variable].items() if value in given)

    def _join(self, said: dict[str, str]) -> str:
        return ". ".join(
            f"*{spoken(variable).capitalize()}:* {words}"
            for variable, words in said.items()
            if words
        )
