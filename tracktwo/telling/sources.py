"""Sourced words: a link to where a fact was read, whose figures must stand in its row."""

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from tracktwo.data.study import Study
from tracktwo.ground import paths
from tracktwo.telling.links import initiative_link, web_link
from tracktwo.telling.myst import Myst, plain

FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
IN_FACT = ["years", "fact", "note"]
IN_ENTRY = ["name", "start_year", "end_year", "location", "summary", "note"]

Cite = Callable[[str, str], Myst]


def cite_facts(study: Study) -> Cite:
    """Return a function that cites a fact: ``fact("pacbi-2004", "issued its call in 2004")``.

    What it returns is a link to the page on which the fact was seen. In the book's own data it
    raises a `ValueError` when ``history.csv`` has no such fact, or when the words hold a figure
    that its row does not. In other data, which need not hold the book's facts, the words stand
    without a link.
    """
    return _cite(
        study,
        study.history.set_index("id"),
        IN_FACT,
        lambda key, row, words: web_link(row["source_url"], words),
    )


def cite_entries(study: Study) -> Cite:
    """Return a function that cites an initiative, as `cite_facts` does, by a link to its entry."""
    return _cite(
        study,
        study.initiatives.set_index("id"),
        IN_ENTRY,
        lambda key, row, words: initiative_link(key, words),
    )


def _cite(
    study: Study,
    rows: pd.DataFrame,
    columns: list[str],
    link: Callable[[str, pd.Series, str], Myst],
) -> Cite:
    own = Path(study.path).resolve() == paths.DATA

    def cite(key: str, words: str) -> Myst:
        known = key in rows.index
        if own and not known:
            raise ValueError(f"the data have no row {key!r}, which a passage cites")
        strange = _strange(words, rows.loc[key, columns]) if known else []
        if own and strange:
            raise ValueError(f"{', '.join(strange)} does not stand in row {key!r}: {words!r}")
        return plain(words) if strange or not known else link(key, rows.loc[key], words)

    return cite


def _strange(words: str, cells: pd.Series) -> list[str]:
    """Return the figures in `words` that no cell holds."""
    known = set(FIGURE.findall(" ".join(str(cell) for cell in cells.dropna())))
    return [figure for figure in FIGURE.findall(words) if figure not in known]
