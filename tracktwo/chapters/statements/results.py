"""Chapter `statements`: the entry of every statement, by document."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

import pandas as pd

from tracktwo.analysis.frame import Frame
from tracktwo.analysis.voices import select_statements, statement_coder
from tracktwo.data.study import Study
from tracktwo.telling.entries import Codes, cut, facts, heading, line, own_facts, spoken, text
from tracktwo.telling.links import (
    document_label,
    statement_label,
    web_link,
)

SECTIONS = {
    "interview": "Interviews",
    "essay": "Essays",
    "evaluation_report": "Evaluations and reports",
    "public_event": "Public events",
    "lecture": "Lectures",
    "memoir_book": "Memoirs and books",
    "roundtable": "Roundtables",
}
"""The heading of each kind of document; its label is the kind, after ``statements-``."""


def all_statements(study: Study, frame: Frame) -> pd.DataFrame:
    """Return every statement in the order of the appendix.

    With the document's ``note``, and ``found``: which search found the statement and how its
    check ended, in words. Sorted by the document's year, unknown ones last, its title, and the
    place in it.
    """
    notes = study.documents.set_index("id")["note"]
    rows = select_statements(study, frame)
    wave, check = (
        rows[column].astype(str).map(study.category_labels("statements", column))
        for column in ("wave", "source_check")
    )
    rows = rows.assign(note=rows["document_id"].map(notes), found=wave + "; " + check.str.lower())
    return rows.sort_values(["year", "title", "document_id", "seq"], na_position="last")


def summary_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return how many documents, speakers and statements of each kind there are, to print."""
    groups = [
        (f"[{name}](#statements-{kind.replace('_', '-')})", rows[rows["event_kind"] == kind])
        for kind, name in SECTIONS.items()
    ]
    return pd.DataFrame(
        {
            "Kind of document": name,
            "Documents": group["document_id"].nunique(),
            "Speakers": group["voice"].nunique(),
            "Statements": len(group),
            "Seen again": int(group["source_check"].isin(["confirmed", "corrected"]).sum()),
        }
        for name, group in [*groups, ("All", rows)]
    )


def entries_of(study: Study, frame: Frame, rows: pd.DataFrame, kind: str) -> list[str]:
    """Return the entry of each document of a kind, with all its statements, as MyST."""
    codes = Codes(study, "practitioners", statement_coder(study, frame))
    of_kind = rows[rows["event_kind"] == kind]
    groups = of_kind.groupby("document_id", sort=False, observed=True)
    return [entry(study, list(group.itertuples()), codes) for _, group in groups]


def entry(study: Study, statements: list[Any], codes: Codes) -> str:
    """Return one document's entry as MyST.

    Parameters
    ----------
    statements
        Its rows of `all_statements`, as named tuples; those of one speaker that follow each
        other stand under one name.
    """
    first = statements[0]
    pieces = [heading(first.title, document_label(first.document_id)), about(first)]
    said = [("Note", text(first.note)), *own_facts(study, "documents", first)]
    pieces += filter(None, [facts(said)])
    for _, run in groupby(statements, key=lambda row: row.speaker):
        rows = list(run)
        pieces += filter(None, [speaker(rows[0]), facts(own_facts(study, "speakers", rows[0]))])
        pieces += [statement(row, codes, own_facts(study, "statements", row)) for row in rows]
    return "\n\n".join(pieces)


def about(row: Any) -> str:
    """Return the line below a document's title: year, kind, where it was said."""
    about_then = "about " if row.year_approximate else ""
    return line(
        "year unknown" if pd.isna(row.year) else f"{about_then}{row.year}",
        spoken(row.event_kind).capitalize(),
        web_link(row.url, cut(row.venue_or_publisher)),
    )


def speaker(row: Any) -> str:
    """Return who speaks: name, side, level of practice, organisation."""
    side, level = spoken(row.side).capitalize(), spoken(row.practice_level)
    said = line(side, f"level of practice: {level}", text(row.organisation))
    return f"**{text(row.speaker)}** · {said}"


def statement(row: Any, codes: Codes, own: Iterable[tuple[str, str]] = ()) -> str:
    """Return one statement as MyST: the paraphrase under its anchor, codes, search, check.

    `own` is what columns of the data set's own say of it.
    """
    said = [
        ("Codes", codes.agreed(row.Index)),
        ("Coded otherwise", codes.differing(row.Index)),
        ("Found by", text(row.found)),
        *own,
        ("Row in the data", text(row.Index)),
    ]
    return f"({statement_label(row.Index)})=\n{text(row.paraphrase)}\n\n{facts(said)}"
