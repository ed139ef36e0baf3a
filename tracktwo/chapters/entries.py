"""Entries of the appendix: what the catalogue and the statements have in common."""

from collections.abc import Iterable

import pandas as pd
from IPython.display import display

from tracktwo.study import Study
from tracktwo.tables import plain

LONGEST = 3_000
"""Characters of one cell that an entry prints at most."""


def text(cell: object) -> str:
    """Return a cell of the data as MyST that prints just its text, cut when it is huge."""
    words = "" if pd.isna(cell) else str(cell)
    return plain(words if len(words) <= LONGEST else f"{words[:LONGEST]} … (cut)")


def heading(title: object, label: str) -> str:
    """Return the heading of an entry, which links of the book find by its label."""
    return f"```{{rubric}} {text(title)}\n:heading-level: 3\n:name: {label}\n```"


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Return names and what is said of them as a definition list; what is empty is left out."""
    return "\n".join(f"{name}\n: {said}\n" for name, said in pairs if said)


def show_entries(entries: Iterable[str]) -> None:
    """Place entries, each MyST, on the page."""
    display({"text/markdown": "\n\n".join(entries) + "\n" or "None.\n"}, raw=True)


class Codes:
    """The codes of every coder, ready to be looked up row by row."""

    def __init__(self, study: Study, part: str, coder: str) -> None:
        table = study.codes if part == "inventory" else study.statement_codes
        book = study.codebook[study.codebook["part"] == part]
        self.labels = {v: study.labels(v, part) for v in book["variable"].unique()}
        self.coder, self.coders = coder, study.coders(part)
        self._given: dict[tuple[str, str, str], set[str]] = {}
        for key, by, variable, value in table.itertuples(index=False, name=None):
            self._given.setdefault((key, by, variable), set()).add(value)

    def main(self, key: str) -> str:
        """Return the codes of the coder who counts, by variable."""
        return self._say((v, self._words(v, self._of(key, self.coder, v))) for v in self.labels)

    def others(self, key: str) -> str:
        """Return what the other coders said where it was something else, by variable."""
        said = []
        for variable in self.labels:
            main, dissent = self._of(key, self.coder, variable), {}
            for coder in self.coders:
                if (given := self._of(key, coder, variable)) != main:
                    dissent.setdefault(given, []).append(coder)
            words = [
                f"{self._words(variable, given) or 'nothing'} ({', '.join(map(plain, coders))})"
                for given, coders in dissent.items()
            ]
            said.append((variable, "; ".join(words)))
        return self._say(said)

    def _of(self, key: str, coder: str, variable: str) -> frozenset[str]:
        return frozenset(self._given.get((key, coder, variable), ()))

    def _words(self, variable: str, given: frozenset[str]) -> str:
        return ", ".join(text(x) for value, x in self.labels[variable].items() if value in given)

    def _say(self, pairs: Iterable[tuple[str, str]]) -> str:
        return ". ".join(
            f"*{plain(variable.replace('_', ' ').capitalize())}:* {said}"
            for variable, said in pairs
            if said
        )
