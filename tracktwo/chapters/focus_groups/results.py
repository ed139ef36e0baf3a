"""Chapter `focus_groups`: the themes that matter, by group, and of success and failure."""

from collections import defaultdict

import pandas as pd

from tracktwo.analysis.estimates import FEWEST, NOTHING, Estimate, clustered_share, with_interval
from tracktwo.analysis.themes import found, raised
from tracktwo.analysis.voices import with_known_side
from tracktwo.data.study import Study
from tracktwo.drawing.groups import QUESTIONS, Groups

MAIN = 6  # themes raised by most voices


def main_themes(shares: pd.DataFrame, *compared: pd.DataFrame) -> dict[str, str]:
    """Return the themes on which a comparison is clear, and then those raised by most voices."""
    clear = {label for result in compared for label in found(result)}
    marked = shares.assign(clear=shares["label"].isin(clear))
    kept = marked[marked["clear"] | (marked.index < MAIN)]
    kept = kept.sort_values("clear", ascending=False, kind="stable")
    return dict(zip(kept["theme"], kept["label"], strict=True))


def group_shares(
    study: Study, rows: pd.DataFrame, themes: dict[str, str], groups: Groups
) -> pd.DataFrame:
    """Return the share of the voices of each group that raise each theme, and of all voices.

    Columns ``label`` (the theme), ``group``, ``share``, ``low``, ``high``, ``n``. Groups are the
    sides and the levels of those who do the work, without any of fewer than ten voices.
    """
    shown = {
        "side": study.package.conflict.sides,
        "practice_level": study.package.values("practice_level", "practitioner"),
    }
    tables = {"all voices": raised(rows, themes)}
    for by, values in shown.items():
        kept = with_known_side(rows) if by == "side" else rows
        table = raised(kept, themes, by)
        tables |= {groups.names[by][value]: table[table[by] == value] for value in values}
    lines = [
        with_interval(
            {"label": label, "group": group}, clustered_share(table[theme], table["family"])
        )
        for theme, label in themes.items()
        for group, table in tables.items()
        if len(table) >= FEWEST or group == "all voices"
    ]
    return pd.DataFrame(lines)


def differences(result: pd.DataFrame) -> dict[str, Estimate]:
    """Return the differences of a comparison by theme, with the intervals that hold for all.

    A theme that could not be compared has no value.
    """
    columns = ["difference", "wide_low", "wide_high"]
    rows = result.set_index("theme")[columns].astype(float).itertuples()
    known = {row.Index: Estimate(*row[1:], n=len(result)) for row in rows}
    return defaultdict(lambda: NOTHING, known)


def shares_of(result: pd.DataFrame, themes: dict[str, str]) -> dict[str, dict[str, float]]:
    """Return the shares of ``one`` group and the ``other`` by theme, missing if not compared."""
    given = result.set_index("theme")[["one", "other"]].astype(float).reindex(list(themes))
    return given.to_dict("index")


def answers(rows: pd.DataFrame) -> dict[str, int]:
    """Return how many answers each question has: all that one voice says to it is one."""
    pairs = rows.drop_duplicates(["voice", "question"])["question"].astype(str)
    return {question: int((pairs == question).sum()) for question in QUESTIONS}


def heard(rows: pd.DataFrame, groups: Groups) -> dict[str, int]:
    """Return how many voices each side and each level has, by its value."""
    return {
        group: int(chosen.loc[chosen[by] == group, "voice"].nunique())
        for by, chosen in (("side", with_known_side(rows)), ("practice_level", rows))
        for group in groups.names[by]
    }


def without_side(rows: pd.DataFrame) -> int:
    """Return how many documents do not tell the side of who speaks."""
    return rows["document_id"].nunique() - with_known_side(rows)["document_id"].nunique()


def outcome_shares(result: pd.DataFrame, least: float = 0.1) -> pd.DataFrame:
    """Return the themes of answers to what worked and what failed that either side raises often.

    Columns ``label``, ``answer``, ``share``, ``found``, those told of success first.
    """
    often = result[result[["one", "other"]].astype(float).max(axis=1) >= least]
    often = often.sort_values(["difference", "label"], ascending=[False, True])
    names = {"one": QUESTIONS["what_worked"], "other": QUESTIONS["what_failed"]}
    long = often.rename(columns=names).melt(
        ["label", "found"], list(names.values()), var_name="answer", value_name="share"
    )
    return long.astype({"share": float})
