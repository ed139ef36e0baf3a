"""Chapter `focus_groups`: whether the results hang on one choice, and what was counted of what."""

import pandas as pd
from scipy.stats import spearmanr

from tracktwo.analysis.estimates import FEWEST
from tracktwo.analysis.frame import Frame
from tracktwo.analysis.voices import STAND_INS, statement_coder
from tracktwo.chapters.focus_groups.chapter import (
    CLEAR,
    by_statement,
    compare,
    compare_levels,
    compare_sides,
    found,
    raised,
)
from tracktwo.chapters.focus_groups.voices import CHECKED
from tracktwo.data.study import Study
from tracktwo.ground.digits import rounded
from tracktwo.ground.wording import enumerate_words
from tracktwo.telling.myst import plain
from tracktwo.words.numbers import decimal

OUTSIDE = ("researcher", "donor")  # levels that study or pay for the work of others


def most_heard(rows: pd.DataFrame, column: str) -> str:
    """Return the speaker or the document with most statements, the first by name of several."""
    return rows[column].value_counts().sort_index().idxmax()


def variants(study: Study, frame: Frame, rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the statements that are left under each choice a reader might make differently."""
    level, stand_in = rows["practice_level"].astype(str), rows["stands_for"].astype(str)
    made = {
        "As in this chapter": rows,
        "Wording checked against the source": rows[rows["source_check"].isin(CHECKED)],
        "Without the most heard speaker": rows[rows["voice"] != most_heard(rows, "voice")],
        "Without the longest document": rows[
            rows["document_id"] != most_heard(rows, "document_id")
        ],
        "Practitioners alone, no researchers or donors": rows[~level.isin(OUTSIDE)],
        "Meetings alone": rows[stand_in == STAND_INS[0]],
        "Other documents alone": rows[stand_in == STAND_INS[1]],
    }
    extra = rows[["stands_for", "voice"]]
    for coder in study.coders("practitioners"):
        if coder != statement_coder(study, frame):
            made[f"Codes of {coder}"] = study.wide_statements(coder).loc[rows.index].join(extra)
    return {name: kept for name, kept in made.items() if len(kept)}


def checks(study: Study, frame: Frame, rows: pd.DataFrame, themes: dict[str, str]) -> pd.DataFrame:
    """Return what each choice leaves of the results.

    Columns ``choice``, ``statements``, ``voices``, ``top`` (the theme raised by most voices),
    ``rank`` (Spearman's correlation of the themes' shares with those of the chapter), ``sides``
    and ``levels`` (themes that differ clearly; None where there are too few voices).
    """
    here = raised(rows, themes)[list(themes)].mean()
    lines = []
    for name, kept in variants(study, frame, rows).items():
        shares = raised(kept, themes)[list(themes)].mean()
        results = (compare_sides(kept, themes), compare_levels(kept, themes))
        lines.append(_check(name, kept, shares, here, results, themes))
    table = by_statement(rows, themes)
    results = (
        _compare_statements(table, themes, "side", "israeli", "palestinian"),
        _compare_statements(table, themes, "practice_level", "elite", "grassroots"),
    )
    shares = table[list(themes)].mean()
    lines.append(_check("By statement, not by voice", rows, shares, here, results, themes))
    return pd.DataFrame(lines)


def _compare_statements(
    table: pd.DataFrame, themes: dict[str, str], by: str, one: str, other: str
) -> pd.DataFrame:
    return compare(table, themes, {by: (table[by] == one, table[by] == other)})


def _check(
    name: str,
    rows: pd.DataFrame,
    shares: pd.Series,
    here: pd.Series,
    results: tuple[pd.DataFrame, pd.DataFrame],
    themes: dict[str, str],
) -> dict[str, object]:
    varied = shares.nunique() > 1 and here.nunique() > 1
    sides, levels = (found(result, CLEAR) if len(result) else None for result in results)
    return {
        "choice": name,
        "statements": len(rows),
        "voices": rows["voice"].nunique(),
        "top": themes[shares.idxmax()] if shares.max() > 0 else None,
        "rank": rounded(float(spearmanr(shares, here).statistic)) if varied else float("nan"),
        "sides": sides,
        "levels": levels,
    }


def checks_table(table: pd.DataFrame) -> pd.DataFrame:
    """Return the checks ready to print."""
    clear = {
        f"Clear between {name}": [_names(found) for found in table[column]]
        for name, column in (("sides", "sides"), ("elite and grassroots", "levels"))
    }
    return pd.DataFrame(
        {
            "Choice": table["choice"].map(plain),
            "Statements": table["statements"],
            "Voices": table["voices"],
            "Most raised": [plain(top) if top else "none" for top in table["top"]],
            "Rank correlation": [decimal(rank).text for rank in table["rank"]],
            **clear,
        }
    )


def _names(labels: list[str] | None) -> str:
    if labels is None:
        return f"too few voices (under {FEWEST} on a side)"
    return enumerate_words([plain(label.lower()) for label in labels])


def count_questions(rows: pd.DataFrame, study: Study) -> pd.DataFrame:
    """Return statements by question and judgement, ready to print."""
    judged = study.labels("valence", "practitioners")
    lines = []
    for question, label in study.labels("question", "practitioners").items():
        of = rows[rows["question"] == question]
        line = {"Question": plain(label), "Voices": of["voice"].nunique(), "Statements": len(of)}
        counts = of["valence"].astype(str).value_counts()
        lines.append(line | {plain(text): int(counts.get(v, 0)) for v, text in judged.items()})
    return pd.DataFrame(lines)
