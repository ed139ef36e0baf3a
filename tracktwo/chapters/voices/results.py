"""Chapter `voices`: every theme by every group, who is heard, and what other choices leave."""

import pandas as pd
from scipy.stats import spearmanr

from tracktwo.analysis.estimates import FEWEST
from tracktwo.analysis.frame import Frame
from tracktwo.analysis.themes import CLEAR, by_statement, compare_groups, found, raised
from tracktwo.analysis.voices import STAND_INS, recoded, statement_coder, with_known_side
from tracktwo.data.study import Study
from tracktwo.drawing.groups import QUESTIONS, Groups
from tracktwo.ground.digits import rounded

CHECKED = ("confirmed", "corrected")
OUTSIDE = ("researcher", "donor")  # levels that study or pay for the work of others


def count_raised(
    rows: pd.DataFrame, themes: dict[str, str], by: str, groups: Groups
) -> pd.DataFrame:
    """Return how many voices of each group raise each theme; for meetings, how many statements.

    Columns ``group`` (in words), ``theme``, ``voices``, ``n`` (all of the group), ``share``,
    ``label``; groups of fewer than ten are left out.
    """
    rows = with_known_side(rows) if by == "side" else rows
    table = by_statement(rows, themes) if by == "stands_for" else raised(rows, themes, by)
    words = table[by].astype(str).map(groups.names[by])
    by_group = table.assign(group=words).groupby("group", sort=False)
    counts = by_group[list(themes)].sum().astype(int)
    long = counts.melt(var_name="theme", value_name="voices", ignore_index=False).reset_index()
    long["n"] = long["group"].map(by_group.size())
    long["share"] = long["voices"] / long["n"]
    return long[long["n"] >= FEWEST].assign(label=lambda kept: kept["theme"].map(themes))


def commonest(counts: pd.DataFrame, group: str, most: int = 3) -> list[tuple[str, float]]:
    """Return the themes that most voices of a group raise: label and share."""
    own = counts[counts["group"] == group]
    top = own.sort_values(["share", "label"], ascending=[False, True]).head(most)
    return list(zip(top["label"].str.lower(), top["share"], strict=True))


def count_years(rows: pd.DataFrame) -> pd.DataFrame:
    """Return documents per year and stand-in, zeros included: those of a known year."""
    known = rows.dropna(subset="year").drop_duplicates("document_id")
    years = known["year"].astype(int)
    every = range(years.min(), years.max() + 1) if len(years) else []
    counts = pd.crosstab(years, known["stands_for"].astype(str))
    counts = counts.reindex(index=every, columns=list(STAND_INS), fill_value=0)
    long = counts.rename_axis(index="year", columns="stands_for").stack().rename("documents")
    return long.reset_index()


def held_by(rows: pd.DataFrame, column: str, top: float) -> float:
    """Return the share of statements that the most heard part `top` of voices or documents hold.

    At least one counts.
    """
    sizes = rows[column].value_counts()
    return float(sizes.head(max(1, round(top * len(sizes)))).sum() / len(rows))


def choose_paraphrases(rows: pd.DataFrame, shares: pd.DataFrame, most: int = 8) -> pd.DataFrame:
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
    rows = with_known_side(rows)
    ranked = rows.assign(
        unchecked=~rows["source_check"].astype(str).isin(CHECKED),
        aside=~rows["question"].isin(list(QUESTIONS)),
        many=rows[names].sum(axis=1),
    )
    ranked = ranked.sort_index().sort_values(["unchecked", "aside", "many"], kind="stable")
    chosen = []
    for theme in shares[shares["voices"] > 0].head(most).itertuples():
        for side in rows["side"].cat.categories:
            left = ranked[ranked[f"theme_{theme.theme}"] & (ranked["side"].astype(str) == side)]
            if len(left):
                first = left.iloc[:1].assign(chosen_for=theme.label)
                chosen.append(first)
                taken = ranked["voice"].isin(first["voice"])
                taken |= ranked["document_id"].isin(first["document_id"])
                ranked = ranked[~taken]
    return pd.concat(chosen) if chosen else ranked.head(0).assign(chosen_for="")


def choices(study: Study, frame: Frame, rows: pd.DataFrame, until: int) -> dict[str, pd.DataFrame]:
    """Return the statements that are left under each choice a reader might make differently."""
    level, stand_in = rows["practice_level"].astype(str), rows["stands_for"].astype(str)
    heard, longest = (
        rows[x].value_counts().sort_index().idxmax() for x in ("voice", "document_id")
    )
    made = {
        "As in the chapter": rows,
        f"Documents up to {until}": rows[rows["year"].le(until).fillna(False).astype(bool)],
        "Wording checked against the source": rows[rows["source_check"].isin(CHECKED)],
        "Without the most heard speaker": rows[rows["voice"] != heard],
        "Without the longest document": rows[rows["document_id"] != longest],
        "Without researchers and donors": rows[~level.isin(OUTSIDE)],
        "Meetings alone": rows[stand_in == STAND_INS[0]],
        "Other documents alone": rows[stand_in == STAND_INS[1]],
    }
    used = statement_coder(study, frame)
    for i, coder in enumerate([c for c in study.coders("practitioners") if c != used], 1):
        made[f"Codes of another coder ({i})"] = recoded(study, rows, coder)
    return {name: kept for name, kept in made.items() if len(kept)}


def checks(
    study: Study, frame: Frame, rows: pd.DataFrame, themes: dict[str, str], until: int
) -> pd.DataFrame:
    """Return what each choice leaves of the results.

    Columns ``choice``, ``statements``, ``documents``, ``voices``, ``top`` (the theme raised by
    most voices), ``rank`` (Spearman's correlation of the themes' shares with the chapter's),
    ``sides``, ``levels`` and ``outcomes`` (themes that differ clearly; None where too few speak).
    """
    here = raised(rows, themes)[list(themes)].mean()
    made = [(name, kept, False) for name, kept in choices(study, frame, rows, until).items()]
    lines = []
    for name, kept, by_statements in [*made, ("By statement, not by voice", rows, True)]:
        table = by_statement(kept, themes) if by_statements else raised(kept, themes)
        shares = table[list(themes)].mean()
        varied = shares.nunique() > 1 and here.nunique() > 1
        line = {"choice": name, "statements": len(kept)}
        line |= {"documents": kept["document_id"].nunique(), "voices": kept["voice"].nunique()}
        line["top"] = themes[shares.idxmax()] if shares.max() > 0 else None
        rank = float(spearmanr(shares, here).statistic) if varied else float("nan")
        line["rank"] = rounded(rank)
        for what in ("sides", "levels", "outcomes"):
            result = compare_groups(study, kept, themes, what, by_statements=by_statements)
            line[what] = found(result, CLEAR) if len(result) else None
        lines.append(line)
    return pd.DataFrame(lines)
