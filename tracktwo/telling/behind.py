"""What only an address of the explorer filters by: it leads from a number to its rows."""

from collections.abc import Iterable

import pandas as pd

from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import GROUPS, group, in_doubt, period
from tracktwo.analysis.voices import STAND_INS, with_voices
from tracktwo.data.study import Study

CODED = {
    "inventory": {"transfer": "Route of transfer"},
    "practitioners": {
        "proposition_support": "Support of the proposition",
        "strategy_planned": "Planning",
    },
}
"""The coded variables among them, and how each is called."""

FLAGS = {
    "borderline": "Borderline",
    "doubted_start": "Year of start in doubt",
    "nested": "Part of another",
    "with_third_party": "Third party named",
    "several_approaches": "Two or more approaches",
    "proposes": "Voices a proposition on transfer",
}
"""What is so or not of an initiative or a statement."""


def of_initiatives(
    study: Study, frame: Frame, rows: pd.DataFrame
) -> tuple[pd.DataFrame, list[dict]]:
    """Return wide initiatives, which have a ``level``, with further columns and their facets."""
    years = (frame.first_year, frame.break_year, frame.last_year)
    approaches = rows[[f"approach_{code}" for code in _labels(study, "approach", "inventory")]]
    flags = {
        "borderline": rows["borderline"],
        "doubted_start": in_doubt(rows, "start_year"),
        "nested": rows["part_of"].notna(),
        "with_third_party": rows["third_party"].notna(),
        "several_approaches": approaches.sum(axis=1) > 1,
    }
    rows = rows.assign(period=period(rows["start_year"], *years), group=group(rows))
    facets = [
        _hidden("period", "Began", frame.periods),
        _hidden("group", "Who took part", {name: name.capitalize() for name in GROUPS}),
    ]
    return _flagged(rows, flags), [*facets, *_flags(flags), *_coded(study, "inventory")]


def of_statements(study: Study, rows: pd.DataFrame) -> tuple[pd.DataFrame, list[dict]]:
    """Return wide statements with further columns, and their facets."""
    told = rows.get("transfer_proposition")  # not every codebook has it
    flags = {} if told is None else {"proposes": told.notna()}
    facets = [
        _hidden("speaker", "Speaker", {}),
        _hidden("document_id", "Document", {}),
        _hidden("stands_for", "Stands for", {name: name.capitalize() for name in STAND_INS}),
    ]
    return _flagged(with_voices(study, rows), flags), [
        *facets,
        *_flags(flags),
        *_coded(study, "practitioners"),
    ]


def _flagged(rows: pd.DataFrame, flags: dict[str, pd.Series]) -> pd.DataFrame:
    words = {True: "yes", False: "no"}
    return rows.assign(**{name: said.astype(bool).map(words) for name, said in flags.items()})


def _flags(names: Iterable[str]) -> list[dict]:
    return [_hidden(name, FLAGS[name], {"yes": "Yes", "no": "No"}) for name in names]


def _coded(study: Study, part: str) -> list[dict]:
    """Return a facet for each of the variables that the data have."""
    found = [(name, said, _labels(study, name, part)) for name, said in CODED[part].items()]
    return [_hidden(name, said, labels) for name, said, labels in found if labels]


def _labels(study: Study, variable: str, part: str) -> dict[str, str]:
    """Return the labels of a variable's values; none where the codebook has no such variable."""
    book = study.codebook
    known = book.loc[book["part"] == part, "variable"]
    return study.labels(variable, part) if variable in set(known) else {}


def _hidden(name: str, label: str, values: dict[str, str]) -> dict:
    pairs = [list(pair) for pair in values.items()]
    return {"name": name, "label": label, "values": pairs, "card": False, "hidden": True}
