"""Chapter `statements`: the entry of every statement, by document."""

import pandas as pd

from tracktwo.chapters.entries import Codes, facts, heading, text
from tracktwo.frame import Frame
from tracktwo.links import document_label, statement_label, web_link
from tracktwo.study import Study
from tracktwo.voices import select_statements, statement_coder


def entries_of(study: Study, frame: Frame, kind: str) -> list[str]:
    """Return the entry of each document of a kind, with its statements."""
    codes = Codes(study, "practitioners", statement_coder(study, frame))
    rows = select_statements(study, frame)
    rows = rows[rows["event_kind"] == kind].sort_values(["year", "title", "document_id", "seq"])
    return [entry(group, codes) for _, group in rows.groupby("document_id", sort=False)]


def entry(statements: pd.DataFrame, codes: Codes) -> str:
    """Return one document's entry, with all its statements, as MyST."""
    first = statements.iloc[0]
    return "\n\n".join(
        [
            heading(first["title"], document_label(first["document_id"])),
            web_link(first["url"], first["venue_or_publisher"]),
            *(statement(row, codes) for row in statements.itertuples()),
        ]
    )


def statement(row: tuple, codes: Codes) -> str:
    """Return one statement as MyST."""
    return "\n\n".join(
        [
            f"({statement_label(row.Index)})=\n{text(row.paraphrase)}",
            facts(
                [
                    ("Speaker", text(row.speaker)),
                    ("Codes", codes.main(row.Index)),
                    ("Coded otherwise", codes.others(row.Index)),
                ]
            ),
        ]
    )
