"""Chapter `voices`: its tables, ready to print."""

import pandas as pd

from tracktwo.analysis.estimates import FEWEST
from tracktwo.analysis.saturation import DOZEN, Saturation, after
from tracktwo.analysis.voices import STAND_INS, with_known_side
from tracktwo.claims.claims import Part
from tracktwo.data.study import Study
from tracktwo.drawing.groups import Groups
from tracktwo.ground.wording import enumerate_words, first_up
from tracktwo.telling.links import statement_link, web_link
from tracktwo.telling.myst import plain
from tracktwo.words.numbers import decimal, most_percent, share_text

STOOD = ("Focus groups: meetings", "Interviews: other documents")
KINDS = {"memoir_book": "Memoir or book"}  # where the schema's word is not words
STEPS = (1, DOZEN, 25, 50, 100, 150, 200)


def themes_table(shares: pd.DataFrame) -> pd.DataFrame:
    """Return how often each theme is raised."""
    return pd.DataFrame(
        {
            "Theme": shares["label"].map(plain),
            "Share of voices (95% interval)": [share_text(e).text for e in shares["estimate"]],
            "Voices": shares["voices"],
            "Documents": shares["documents"],
            "Statements": shares["statements"],
        }
    )


def heard_table(rows: pd.DataFrame, groups: Groups) -> pd.DataFrame:
    """Return who is heard: by side, level, what it stands for and kind of document."""
    known = with_known_side(rows)
    parts = {
        "Side": (known, "side", groups.names["side"]),
        "Level of practice": (rows, "practice_level", groups.names["practice_level"]),
        "Stands for": (rows, "stands_for", dict(zip(STAND_INS, STOOD, strict=True))),
        "Kind of document": (rows, "event_kind", KINDS),
    }
    lines = []
    for what, (chosen, column, words) in parts.items():
        of = chosen.groupby(column, observed=True, sort=True)
        for i, (value, group) in enumerate(of):
            name = words.get(value, str(value).replace("_", " "))
            line = {"By": "" if i else what, "Group": plain(name[:1].upper() + name[1:])}
            line |= {"Voices": group["voice"].nunique()}
            line |= {"Documents": group["document_id"].nunique(), "Statements": len(group)}
            lines.append(line | {"Share of statements": most_percent(len(group) / len(rows))})
    return pd.DataFrame(lines)


def voices_table(rows: pd.DataFrame, groups: Groups) -> pd.DataFrame:
    """Return how many voices each side has at each level."""
    voices = with_known_side(rows).drop_duplicates(["voice", "side", "practice_level"])
    counts = pd.crosstab(voices["side"].astype(str), voices["practice_level"].astype(str))
    names, levels = groups.names["side"], groups.names["practice_level"]
    counts = counts.reindex(index=list(names), columns=list(levels), fill_value=0)
    counts = counts.rename(columns=lambda level: levels[level].capitalize())
    sides = [first_up(names[side]) for side in counts.index]
    return counts.reset_index(drop=True).assign(Side=sides)[["Side", *counts.columns]]


def paraphrases_table(
    chosen: pd.DataFrame, questions: dict[str, str], sides: dict[str, str]
) -> pd.DataFrame:
    """Return chosen statements: theme, paraphrase, speaker and document.

    Parameters
    ----------
    questions
        How each question is written; it stands before the paraphrase.
    sides
        How each side is written.
    """
    lines, before = [], None
    for row in chosen.itertuples():
        asked = f"*{plain(questions[row.question])}:* " if row.question in questions else ""
        year = "" if pd.isna(row.year) else f", {row.year}"
        who = f"{plain(row.speaker)}, {sides[row.side]}: {web_link(row.url, row.title)}{year}"
        lines.append(
            {
                "Theme": "" if row.chosen_for == before else plain(row.chosen_for),
                "The gist, in our words": f"{asked}{plain(row.paraphrase)}",
                "Who, and where": f"{who}; {statement_link(row.Index, 'entry')}",
            }
        )
        before = row.chosen_for
    columns = ["Theme", "The gist, in our words", "Who, and where"]
    return pd.DataFrame(lines or [dict.fromkeys(columns, "none")])


def questions_table(rows: pd.DataFrame, study: Study) -> pd.DataFrame:
    """Return statements by question and judgement."""
    judged = study.labels("valence", "practitioners")
    lines = []
    for question, label in study.labels("question", "practitioners").items():
        of = rows[rows["question"] == question]
        line = {"Question": plain(label), "Voices": of["voice"].nunique(), "Statements": len(of)}
        counts = of["valence"].astype(str).value_counts()
        lines.append(line | {plain(text): int(counts.get(v, 0)) for v, text in judged.items()})
    return pd.DataFrame(lines)


def checks_table(table: pd.DataFrame) -> pd.DataFrame:
    """Return what each other choice leaves of the results."""
    heads = {
        "sides": "Clear between the two sides",
        "levels": "Clear between elite and grassroots",
        "outcomes": "Clear between success and failure",
    }
    return pd.DataFrame(
        {
            "Choice": table["choice"].map(plain),
            "Most raised": [plain(top) if top else "none" for top in table["top"]],
            **{head: [_names(labels) for labels in table[name]] for name, head in heads.items()},
            "Rank correlation": [decimal(rank).text for rank in table["rank"]],
            "Voices": table["voices"],
            "Documents": table["documents"],
            "Statements": table["statements"],
        }
    )


def _names(labels: list[str] | None) -> str:
    if labels is None:
        return f"too few (under {FEWEST} in a group)"
    return enumerate_words([plain(label.lower()) for label in labels])


def saturation_table(results: dict[str, Saturation]) -> pd.DataFrame:
    """Return the codes found, and those that one more document adds, after so many documents."""
    n = max(len(result.curve) for result in results.values())
    lines = []
    for step in [*(step for step in STEPS if step < n), n]:
        line = {"After documents": step}
        for name, result in results.items():
            at = after(result, step)
            found = f"{decimal(at['found'], 1).text} ({at['low']:.0f} to {at['high']:.0f})"
            line[f"{name} found"] = found
            line[f"New {name.lower()} per document"] = decimal(at["new"], 2).text
        lines.append(line)
    return pd.DataFrame(lines)


def claims_table(runs: dict[str, dict[str, Part]]) -> pd.DataFrame:
    """Return the statistic of some claims in each of several runs, and what it rests on."""
    lines = []
    for run, claims in runs.items():
        line = {"Run": plain(run)}
        for claim, part in claims.items():
            line[claim] = share_text(part.estimate).text
            line[f"{claim} rests on"] = (
                f"{part.cases} voices of the smaller side"
                if claim == "C5"
                else f"{part.cases} statements"
            )
        lines.append(line)
    return pd.DataFrame(lines)
