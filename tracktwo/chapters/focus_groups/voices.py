"""Chapter `focus_groups`: how often each theme is raised, who is heard, and what was said."""

import pandas as pd

from tracktwo.analysis.estimates import clustered_share
from tracktwo.analysis.voices import STAND_INS
from tracktwo.chapters.focus_groups.chapter import PRACTICE, QUESTIONS, SIDES, raised
from tracktwo.telling.links import statement_link, web_link
from tracktwo.telling.myst import plain
from tracktwo.words.numbers import percent, share_text

MAIN = 8  # themes that are shown in paraphrases
ONE_PERCENT = 0.01
CHECKED = ("confirmed", "corrected")
STOOD = ("focus groups: meetings", "interviews: other documents")
KINDS = {"memoir_book": "memoir or book"}  # where the schema's word is not words
LINE_COLUMNS = ["Theme", "The gist, in our words", "Who, and where"]


def theme_shares(rows: pd.DataFrame, themes: dict[str, str]) -> pd.DataFrame:
    """Return how often each theme is raised, the commonest first.

    Columns ``theme``, ``label``, ``statements``, ``documents``, ``voices``, and the share of all
    voices with its interval (``share``, ``low``, ``high``).
    """
    table = raised(rows, themes)
    lines = []
    for theme, label in themes.items():
        said = rows[rows[f"theme_{theme}"]]
        estimate = clustered_share(table[theme], table["family"])
        line = {"theme": theme, "label": label, "statements": len(said)}
        line |= {"documents": said["document_id"].nunique(), "voices": said["voice"].nunique()}
        line |= {"share": estimate.value, "low": estimate.low, "high": estimate.high}
        lines.append(line | {"estimate": estimate})
    ordered = pd.DataFrame(lines).sort_values(["voices", "label"], ascending=[False, True])
    return ordered.reset_index(drop=True)


def themes_table(shares: pd.DataFrame) -> pd.DataFrame:
    """Return how often each theme is raised, ready to print."""
    return pd.DataFrame(
        {
            "Theme": shares["label"].map(plain),
            "Statements": shares["statements"],
            "Documents": shares["documents"],
            "Voices": shares["voices"],
            "Share of voices (95% interval)": [share_text(e).text for e in shares["estimate"]],
        }
    )


def heard_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return who is heard, ready to print: by side, level, what it stands for, kind of document."""
    parts = {
        "Side": ("side", SIDES),
        "Level of practice": ("practice_level", PRACTICE),
        "Stands for": ("stands_for", dict(zip(STAND_INS, STOOD, strict=True))),
        "Kind of document": ("event_kind", KINDS),
    }
    lines = []
    for what, (column, words) in parts.items():
        for value, group in rows.groupby(column, observed=True, sort=True):
            first = not lines or lines[-1]["of"] != what
            line = {"of": what, "Part": what if first else ""}
            line["Group"] = plain(words.get(value, str(value).replace("_", " "))).capitalize()
            line |= {"Voices": group["voice"].nunique()}
            line |= {"Documents": group["document_id"].nunique(), "Statements": len(group)}
            part = len(group) / len(rows)
            share = percent(part).text if part >= ONE_PERCENT else "under 1%"
            lines.append(line | {"Share of statements": share})
    return pd.DataFrame(lines).drop(columns="of").rename(columns={"Part": "By"})


def count_voices(rows: pd.DataFrame) -> pd.DataFrame:
    """Return how many voices each side has at each level: ``side``, ``level``, ``voices``."""
    voices = rows.drop_duplicates(["voice", "side", "practice_level"])
    counts = pd.crosstab(voices["side"].astype(str), voices["practice_level"].astype(str))
    counts = counts.reindex(index=list(SIDES), columns=list(PRACTICE), fill_value=0)
    long = counts.rename_axis(index="side", columns="level").stack().rename("voices")
    table = long.reset_index()
    return table.assign(side=table["side"].map(SIDES), level=table["level"].map(PRACTICE))


def count_years(rows: pd.DataFrame) -> pd.DataFrame:
    """Return documents per year and stand-in, zeros included: those of a known year."""
    known = rows.dropna(subset="year").drop_duplicates("document_id")
    years = known["year"].astype(int)
    every = range(years.min(), years.max() + 1) if len(years) else []
    counts = pd.crosstab(years, known["stands_for"].astype(str))
    counts = counts.reindex(index=every, columns=list(STAND_INS), fill_value=0)
    long = counts.rename_axis(index="year", columns="stands_for").stack().rename("documents")
    return long.reset_index()


def concentration(rows: pd.DataFrame) -> pd.DataFrame:
    """Return how much of all statements the most heard documents and speakers hold together.

    Columns ``of`` (documents or speakers), ``rank``, ``statements`` and ``share`` (of all
    statements, by this one and all before it).
    """
    tables = []
    for of, column in {"documents": "document_id", "speakers": "voice"}.items():
        sizes = rows[column].value_counts().sort_values(ascending=False, kind="stable")
        table = pd.DataFrame({"rank": range(1, len(sizes) + 1), "statements": sizes.to_numpy()})
        tables.append(table.assign(of=of, share=table["statements"].cumsum() / len(rows)))
    return pd.concat(tables, ignore_index=True)[["of", "rank", "statements", "share"]]


def held_by(table: pd.DataFrame, of: str, top: float) -> float:
    """Return the share of statements that the most heard part `top` of documents or speakers hold.

    At least one counts; missing without statements.
    """
    curve = table.loc[table["of"] == of, "share"]
    return curve.iloc[max(1, round(top * len(curve))) - 1] if len(curve) else float("nan")


def choose_paraphrases(rows: pd.DataFrame, shares: pd.DataFrame) -> pd.DataFrame:
    """Return statements that show the commonest themes: for each at most one a side.

    Themes take their turn from the commonest, sides in the schema's order. Of a side's statements
    on the theme, one whose wording was checked goes first, then one that says what worked, what
    failed or how to improve, then one on fewer themes, then the first by its key. No speaker and
    no document is taken twice.

    Returns
    -------
    pd.DataFrame
        Some of `rows`, with ``chosen_for``: the label of the theme.
    """
    names = [f"theme_{theme}" for theme in shares["theme"]]
    ranked = rows.assign(
        unchecked=~rows["source_check"].astype(str).isin(CHECKED),
        aside=~rows["question"].isin(QUESTIONS),
        many=rows[names].sum(axis=1),
    )
    ranked = ranked.sort_index().sort_values(["unchecked", "aside", "many"], kind="stable")
    chosen = []
    for theme in shares[shares["voices"] > 0].head(MAIN).itertuples():
        for side in SIDES:
            left = ranked[ranked[f"theme_{theme.theme}"] & (ranked["side"].astype(str) == side)]
            if len(left):
                first = left.iloc[:1].assign(chosen_for=theme.label)
                chosen.append(first)
                taken = ranked["voice"].isin(first["voice"])
                taken |= ranked["document_id"].isin(first["document_id"])
                ranked = ranked[~taken]
    return pd.concat(chosen) if chosen else ranked.head(0).assign(chosen_for="")


def paraphrases_table(chosen: pd.DataFrame, questions: dict[str, str]) -> pd.DataFrame:
    """Return chosen statements ready to print: theme, paraphrase, speaker and document.

    Parameters
    ----------
    questions
        How each question is written; it stands before the paraphrase.
    """
    lines = []
    for row in chosen.itertuples():
        again = lines and lines[-1]["of"] == row.chosen_for
        asked = f"*{plain(questions[row.question])}:* " if row.question in questions else ""
        lines.append(
            {
                "of": row.chosen_for,
                "Theme": "" if again else plain(row.chosen_for),
                "The gist, in our words": f"{asked}{plain(row.paraphrase)}",
                "Who, and where": source_line(row),
            }
        )
    return pd.DataFrame(lines, columns=["of", *LINE_COLUMNS]).drop(columns="of")


def source_line(row: object) -> str:
    """Return who said a statement and where, with links, as MyST."""
    year = "" if pd.isna(row.year) else f", {row.year}"
    entry = statement_link(row.Index, "entry")
    return f"{plain(row.speaker)}, {SIDES[row.side]}: {web_link(row.url, row.title)}{year}; {entry}"
