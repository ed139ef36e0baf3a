"""The records that readers search and filter: every initiative and every statement.

All rows of the data are here, inside the frame or not: a reader who looks for one organisation
should find it. Codes are those of one coder. All values are plain text from the data; the page
never reads them as markup.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import partial

import pandas as pd

from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import LEVELS, level
from tracktwo.analysis.voices import statement_coder
from tracktwo.data.study import Study
from tracktwo.data.validation.status import known_until
from tracktwo.telling import behind
from tracktwo.telling.entries import in_words
from tracktwo.telling.links import initiative_href, statement_href

CODED = {
    "initiatives": {
        "focus": "Focus",
        "approach": "Approach",
        "issue": "Issue",
        "format": "Format",
        "transfer_planned": "Planned transfer",
    },
    "statements": {
        "theme": "Theme",
        "question": "What it tells",
        "valence": "Valence",
        "transfer_proposition": "Proposition on transfer",
    },
}
"""The coded variables to filter by, and how each is called."""

TOLD_OTHERWISE = {
    "inventory": ("participants", "transfer"),
    "practitioners": ("approach", "proposition_support", "strategy_planned"),
}
"""Variables that are no filter; any other variable of a codebook is one."""

MOST = 1_000
"""Rows that a page of the site asks for at once; of more it asks for what it shows."""

FEW = 15
"""Values that a column of the data set's own may have to be a filter."""

FRAME = {"inside": "Analysed in the book", "outside": "Left out of the analysis"}
START = {"known": "Known", "unknown": "Not known"}
GRADES = {
    "A": "A (year, organisers, participants and purpose were read)",
    "B": "B (existence and purpose were read)",
    "C": "C (a bibliographic record alone)",
}


def frame_of(study: Study, parameters: Mapping[str, object]) -> Frame:
    """Return the frame of an edition from its parameters, of which a frame knows only some."""
    known = {field.name for field in fields(Frame)}
    return Frame.of(study, **{name: value for name, value in parameters.items() if name in known})


def explorer_data(study: Study, frame: Frame) -> dict:
    """Return everything the explorer and the search page know, as plain values."""
    return {
        "initiatives": _initiatives(study, frame),
        "statements": _statements(study, frame),
    }


def _initiatives(study: Study, frame: Frame) -> dict:
    rows = study.wide(frame.coder)
    rows, own = _own(study, "initiatives", rows)
    rows["level"] = level(rows)
    rows, further = behind.of_initiatives(study, frame, rows)
    inside = rows.index.isin(frame.select(study).index)
    rows["frame"] = pd.Series(inside, index=rows.index).map({True: "inside", False: "outside"})
    rows["start"] = rows["start_year"].isna().map({False: "known", True: "unknown"})
    rows["uncertain"] = rows["uncertain"].map(lambda names: tuple(map(_spoken, names)))
    third_parties = study.category_labels("initiatives", "third_party_type")
    facets = [
        _facet("start", "Year of start", START, card=False),
        _facet("level", "Level", {name: name.capitalize() for name in LEVELS}),
        *_coded(study, "inventory", CODED["initiatives"], *_others(study, "inventory")),
        _facet("third_party_type", "Kind of third party", third_parties, card=False),
        _facet("evidence_grade", "Evidence grade", _grades(study), card=False),
        *_few(rows, own),
        *_found(study, "initiatives"),
        _facet("frame", "Frame", FRAME),
        *further,
    ]
    sources = study.sources.groupby("initiative_id", sort=False)
    links = {key: _source_links(group) for key, group in sources}
    columns = ["name", "start_year", "end_year", "end_status", "convenors", "third_party"]
    columns += ["scope", "unit", "location", "summary", "uncertain", "note"]
    spans = {key: _span(row) for key, row in rows.iterrows()}
    records = _records(rows, [*columns, *own], facets, spans, links, initiative_href)
    return {
        "noun": "initiatives",
        "title": "name",
        "text": "summary",
        "facts": [
            ["convenors", "Convened by"],
            ["third_party", "Third party"],
            ["location", "Where"],
            ["note", "Note"],
            ["uncertain", "In doubt"],
            *([name, title] for name, title in own.items()),
        ],
        "bars": "Known to be at work, by year; what went on may not be known",
        "years": [frame.first_year, int(max([frame.last_year, *rows["start_year"].dropna()]))],
        "facets": facets,
        "records": records,
    }


def _statements(study: Study, frame: Frame) -> dict:
    rows = study.wide_statements(statement_coder(study, frame))
    own: dict[str, str] = {}
    for table in ("statements", "speakers", "documents"):
        rows, further = _own(study, table, rows)
        own |= further
    rows, further = behind.of_statements(study, rows)
    facets = [
        *_coded(study, "practitioners", {"theme": CODED["statements"]["theme"]}),
        _listed(rows, "side", "Side"),
        _listed(rows, "practice_level", "Level of practice"),
        *_coded(
            study,
            "practitioners",
            dict(list(CODED["statements"].items())[1:]),
            *_others(study, "practitioners"),
        ),
        _facet("event_kind", "Kind of document", study.category_labels("documents", "event_kind")),
        *_found(study, "statements"),
        *_few(rows, own),
        *further,
    ]
    links = {key: [[row["title"], _web(row["url"])]] for key, row in rows.iterrows()}
    spans = {key: _year(row["year"]) for key, row in rows.iterrows()}
    columns = ["paraphrase", "speaker", "organisation", "title", "year", "venue_or_publisher"]
    records = _records(rows, [*columns, "source_check", *own], facets, spans, links, statement_href)
    years = [year for span in spans.values() for year in span]
    return {
        "noun": "statements",
        "title": "speaker",
        "text": "paraphrase",
        "facts": [["organisation", "Organisation"], ["venue_or_publisher", "Published by"]]
        + [[name, title] for name, title in own.items()],
        "bars": "Statements by the year of their document",
        "years": [min(years), max(years)] if years else [],
        "facets": facets,
        "records": records,
    }


def _facet(name: str, label: str, values: Mapping[str, str], *, card: bool = True) -> dict:
    """Return what can be filtered by; records show their values of it if `card` says so."""
    pairs = [list(pair) for pair in values.items()]
    return {"name": name, "label": label, "values": pairs, "card": card}


def _found(study: Study, table: str) -> list[dict]:
    """Return the facets that tell how a row was found and how its check ended."""
    names = {"source_check": "Check against the sources", "wave": "Found by"}
    return [_facet(n, x, study.category_labels(table, n), card=False) for n, x in names.items()]


def _coded(
    study: Study, part: str, variables: Mapping[str, str], *others: tuple[str, str]
) -> list[dict]:
    """Return a facet for each of the variables that the data have."""
    return [
        _facet(name, label, study.labels(name, part))
        for name, label in [*variables.items(), *others]
        if study.has_variable(name, part)
    ]


def _others(study: Study, part: str) -> list[tuple[str, str]]:
    """Return the variables of a codebook that the published one does not have, with names."""
    known = {*CODED["initiatives" if part == "inventory" else "statements"], *TOLD_OTHERWISE[part]}
    book = study.codebook
    names = book.loc[book["part"] == part, "variable"].unique()
    return [(name, _spoken(name).capitalize()) for name in names if name not in known]


def _own(study: Study, table: str, rows: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return `rows` with a table's columns of the data set's own in words, and their titles."""
    columns = study.package.columns.get(table, ())
    words = {c.name: rows[c.name].map(partial(in_words, c)).replace("", None) for c in columns}
    return rows.assign(**words), {c.name: c.title for c in columns}


def _few(rows: pd.DataFrame, own: Mapping[str, str]) -> list[dict]:
    """Return a facet for each of these columns that repeats a few values."""
    counts = {name: rows[name].value_counts(sort=False) for name in own}
    return [
        _facet(name, own[name], {value: value for value in sorted(n.index)}, card=False)
        for name, n in counts.items()
        if 1 < len(n) <= FEW and 2 * len(n) <= n.sum()
    ]


def _grades(study: Study) -> dict[str, str]:
    """Return how each evidence grade is written."""
    known = study.category_labels("initiatives", "evidence_grade")
    return {grade: GRADES.get(grade, label) for grade, label in known.items()}


def _listed(rows: pd.DataFrame, column: str, label: str) -> dict:
    """Return a facet of a closed list, its words in the schema's order."""
    words = rows[column].astype("category").cat.categories
    return _facet(column, label, {str(word): _spoken(word).capitalize() for word in words})


def _spoken(word: object) -> str:
    """Return a word of a closed list, or a column's name, in plain words."""
    return str(word).replace("_", " ")


def _records(
    rows: pd.DataFrame,
    columns: list[str],
    facets: list[dict],
    spans: dict[str, list[int]],
    links: dict[str, list[list[str]]],
    href: Callable[[str], str],
) -> list[dict]:
    plain = json.loads(rows[columns].map(_joined).to_json(orient="records"))
    having = {facet["name"]: _values(rows, facet) for facet in facets}
    return [
        {
            "id": key,
            "href": href(key),
            "row": {name: value for name, value in values.items() if value is not None},
            "has": {name: of_rows[i] for name, of_rows in having.items()},
            "span": spans[key],
            "links": links.get(key, []),
        }
        for i, (key, values) in enumerate(zip(rows.index, plain, strict=True))
    ]


def _values(rows: pd.DataFrame, facet: dict) -> list[list[str]]:
    """Return which of a facet's values each row has."""
    name = facet["name"]
    found: list[list[str]] = [[] for _ in rows.index]
    for value, _ in facet["values"]:
        if (flag := f"{name}_{value}") in rows:
            for i in rows[flag].to_numpy(bool).nonzero()[0]:
                found[i].append(value)
    if name not in rows:
        return found
    alone = [[] if pd.isna(cell) else [str(cell)] for cell in rows[name]]
    return [coded or single for coded, single in zip(found, alone, strict=True)]


def _joined(value: object) -> object:
    return " | ".join(value) if isinstance(value, tuple) else value


def _span(row: pd.Series) -> list[int]:
    """Return the first and last year in which an initiative is known to have been at work.

    Read as `measures.active` does with ``unknown_ends="short"``.
    """
    start = row["end_year"] if pd.isna(row["start_year"]) else row["start_year"]
    if pd.isna(start):
        return []
    known = known_until(row["end_status"]) or row["end_year"]
    return [int(start), int(start if pd.isna(known) else max(start, known))]


def _year(value: object) -> list[int]:
    return [] if pd.isna(value) else [int(value)] * 2


def _source_links(sources: pd.DataFrame) -> list[list[str]]:
    return [[_source_text(s), _web(s["url"])] for _, s in sources.iterrows()]


def _source_text(source: pd.Series) -> str:
    year = "" if pd.isna(source["year"]) else f", {source['year']}"
    mirror = " (copy read: a mirror)" if source["copy"] == "mirror" else ""
    return f"{source['title']}. {source['author_or_publisher']}{year}{mirror}"


def _web(url: object) -> str:
    return url if isinstance(url, str) and url.startswith(("http://", "https://")) else ""
