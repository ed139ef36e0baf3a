"""Voices: the statements of practitioners inside the frame, and who speaks in them."""

from dataclasses import replace

import pandas as pd

from tracktwo.analysis.frame import Frame
from tracktwo.data.study import Study
from tracktwo.ground.wording import NO_BREAK

SINGLE = (
    "question",
    "valence",
    "transfer_proposition",
    "proposition_support",
    "strategy_planned",
)
"""Variables of statements, with one value each, that chapters ask for."""

STAND_INS = ("meetings", "documents")
"""What a document stands for: `meetings` for focus groups, the other `documents` for interviews."""

ARTICLE_YEAR = 2012
"""The year the article appeared: what was said later, its authors could not have heard."""

PLACEHOLDER = "side is a placeholder"
"""How a document's note says that the side of its speakers is not known."""


def statement_coder(study: Study, frame: Frame) -> str:
    """Return whose codes of statements are used: the frame's coder, or the usual one.

    Not every coder of initiatives has coded statements.
    """
    part = "practitioners"
    return frame.coder if frame.coder in study.coders(part) else study.usual_coder(part)


def select_statements(study: Study, frame: Frame, *, unprompted: bool = False) -> pd.DataFrame:
    """Return the statements with the codes of the frame's coder, one wide row each.

    Frames cut initiatives, not statements: all statements are in, with the columns that
    `with_voices` adds.

    Parameters
    ----------
    unprompted
        Whether only those are in that were found without asking for a subject. Themes, questions
        and judgements are counted there alone: a search for statements on transfer is no sample
        of what practitioners talk about.
    """
    rows = with_voices(study, study.wide_statements(statement_coder(study, frame)))
    unknown = pd.Categorical([None] * len(rows))  # of a variable that the codebook lacks
    rows = rows.assign(**{name: unknown for name in SINGLE if name not in rows})
    return rows[rows["unprompted"]] if unprompted else rows


def with_voices(study: Study, rows: pd.DataFrame) -> pd.DataFrame:
    """Return wide statements with three columns more.

    ``stands_for`` is categorical (`STAND_INS`). ``voice`` is who speaks: the same name is the
    same voice in every document. ``unprompted`` tells statements found without asking for a
    subject; all are, where the package tells no such wave.
    """
    package = study.package
    meeting = rows["event_kind"].astype(str).isin(package.values("event_kind", "meeting"))
    stands_for = meeting.map({True: STAND_INS[0], False: STAND_INS[1]})
    waves = package.values("statement_wave", "unprompted")
    return rows.assign(
        stands_for=pd.Categorical(stands_for, STAND_INS),
        voice=rows["speaker"].astype(str),
        unprompted=rows["wave"].isin(waves) if waves else True,
    )


def with_known_side(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the statements whose speaker's side is known: the only ones to compare by side."""
    unknown = rows["note"].astype(str).str.contains(PLACEHOLDER, regex=False)
    return rows[~unknown]


def recoded(study: Study, rows: pd.DataFrame, coder: str) -> pd.DataFrame:
    """Return the same statements with the codes of another coder."""
    return with_voices(study, study.wide_statements(coder).loc[rows.index])


def said_until(study: Study, year: int = ARTICLE_YEAR) -> Study:
    """Return the study with the documents up to a year alone; undated ones are left out.

    The inventory stays as it is. So whatever is computed from statements can be computed on
    what had been said by then.
    """
    documents = study.documents[study.documents["year"].le(year).fillna(False).astype(bool)]
    kept = {
        name: table[table["document_id"].isin(documents["id"])]
        for name, table in (("speakers", study.speakers), ("statements", study.statements))
    }
    codes = study.statement_codes
    codes = codes[codes["statement_id"].isin(kept["statements"]["id"])]
    return replace(study, documents=documents, statement_codes=codes, **kept)


def pick(rows: pd.DataFrame, *keys: str) -> list[dict[str, object]]:
    """Return the statements of these keys that there are, for a passage that shows them.

    Each is a dictionary of its columns, with its ``key``.
    """
    found = rows.loc[[key for key in keys if key in rows.index]]
    return found.rename_axis("key").reset_index().astype(object).to_dict("records")


def note(rows: pd.DataFrame, coder: str, what: str = "statements") -> str:
    """Return n, the voices and documents behind it and whose codes, for the end of a caption."""
    voices, documents = rows["voice"].nunique(), rows["document_id"].nunique()
    return (
        f"n{NO_BREAK}={NO_BREAK}{len(rows):,} {what} by {voices:,} speakers "
        f"in {documents:,} documents; codes: {coder}."
    )
