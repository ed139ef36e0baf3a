"""Sourced words: a link to where a fact was read, whose figures must stand in its row."""

import re
from collections.abc import Callable

import pandas as pd

from tracktwo.data.study import Study
from tracktwo.telling.links import initiative_link, web_link
from tracktwo.telling.myst import Myst

FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
IN_FACT = ["years", "fact", "note"]
IN_ENTRY = ["name", "start_year", "end_year", "location", "summary", "note"]

Cite = Callable[[str, str], Myst]


def cite_facts(study: Study) -> Cite:
    """Return a function that cites a fact: ``fact("pacbi-2004", "issued its call in 2004")``.

    What it returns is a link to the page on which the fact was seen. It raises a `ValueError`
    when ``history.csv`` has no such fact, or when the words hold a figure that its row does not.
    """
    rows = study.history.set_index("id")

    def fact(key: str, words: str) -> Myst:
        row = _row(rows, key, "history.csv has no fact")
        _hold_to(words, row[IN_FACT], key)
        return web_link(row["source_url"], words)

    return fact


def cite_entries(study: Study) -> Cite:
    """Return a function that cites an initiative: a link to its entry, its figures checked."""
    rows = study.initiatives.set_index("id")

    def entry(key: str, words: str) -> Myst:
        row = _row(rows, key, "initiatives.csv has no initiative")
        _hold_to(words, row[IN_ENTRY], key)
        return initiative_link(key, words)

    return entry


def _row(rows: pd.DataFrame, key: str, missing: str) -> pd.Series:
    if key not in rows.index:
        raise ValueError(f"{missing} {key!r}")
    return rows.loc[key]


def _hold_to(words: str, cells: pd.Series, key: str) -> None:
    known = set(FIGURE.findall(" ".join(str(cell) for cell in cells.dropna())))
    if typed := [figure for figure in FIGURE.findall(words) if figure not in known]:
        raise ValueError(f"{', '.join(typed)} does not stand in the row of {key!r}: {words!r}")
