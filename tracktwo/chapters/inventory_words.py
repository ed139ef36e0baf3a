"""Chapter `inventory`: its sentences, titles and alternative texts, computed from the counts."""

from collections.abc import Iterator

import pandas as pd

from tracktwo.chapters import inventory
from tracktwo.frame import Frame
from tracktwo.measures import ELITE, GRASSROOTS, LEVELS, PERIODS
from tracktwo.numbers import Number, count, percent
from tracktwo.tables import plain
from tracktwo.wording import enumerate_words


def tell_inventory(
    rows: pd.DataFrame,
    frame: Frame,
    issues: pd.DataFrame,
    formats: pd.DataFrame,
    third_parties: pd.DataFrame,
    moved: dict[str, list[str]],
) -> dict[str, Number | str | int]:
    """Return every number and computed sentence of the chapter, by key.

    Parameters
    ----------
    issues, formats, third_parties
        Counts by level.
    moved
        For issues, formats and third parties: the labels whose share moved between the periods
        with an interval that leaves out zero.
    """
    return {
        "answer-levels": say_levels(rows),
        "answer-kinds": say_kinds(issues, formats),
        "first-year": str(frame.first_year),
        "last-year": str(frame.last_year),
        "n-undated": count(rows["start_year"].isna().sum()),
        "n-ongoing": count((rows["end_status"] == "ongoing_after_2004").sum()),
        "strict-elite": say_elite(rows),
        "third-parties": say_third_parties(rows, third_parties),
        "issues": say_commonest(issues, "issues", len(rows)),
        "formats": say_commonest(formats, "formats", len(rows)),
        "third-moved": say_moved(moved["third party"], "kinds of third party"),
        "issues-moved": say_moved(moved["issue"], "issues"),
        "formats-moved": say_moved(moved["format"], "formats"),
    }


def say_levels(rows: pd.DataFrame) -> str:
    """Return the size of each level in one sentence."""
    counts = rows["level"].value_counts().reindex(LEVELS)
    parts = [
        f"{counts[level]} {level} ({percent(counts[level] / len(rows)).text})" for level in LEVELS
    ]
    return f"{len(rows)} initiatives are documented inside the frame: {enumerate_words(parts)}."


def say_kinds(issues: pd.DataFrame, formats: pd.DataFrame) -> str:
    """Return the commonest issue and formats in one sentence."""
    issue = inventory.commonest(issues)["label"].iloc[0].lower()
    first, second = (label.lower() for label in inventory.commonest(formats, 2)["label"])
    return (
        f"The commonest issue is “{plain(issue)}”, and what people most often did together is "
        f"“{plain(first)}” and “{plain(second)}”."
    )


def say_elite(rows: pd.DataFrame) -> str:
    """Return how many initiatives had participants from the elite at all."""
    strict = int(rows["participants_elite"].sum())
    return (
        f"The strict elite is rare: {strict} initiatives "
        f"({percent(strict / len(rows)).text}) had participants close to decision-making at all."
    )


def say_third_parties(rows: pd.DataFrame, third_parties: pd.DataFrame) -> str:
    """Return how often a third party is named, at the upper and the lower level."""
    none = third_parties[third_parties["code"] == "none"].set_index("level")
    named = {level: 1 - none.loc[level, "initiatives"] / none.loc[level, "of"] for level in LEVELS}
    overall = 1 - none["initiatives"].sum() / len(rows)
    return (
        f"One is named for {percent(overall).text} of the initiatives: "
        f"{percent(named[ELITE]).text} of the elite/professional ones and "
        f"{percent(named[GRASSROOTS]).text} of the grassroots ones."
    )


def say_commonest(counts: pd.DataFrame, what: str, n: int) -> str:
    """Return the three commonest codes and what share of the initiatives has each."""
    top = inventory.commonest(counts, 3)
    parts = [
        f"{plain(row.label.lower())} ({percent(row.initiatives / n).text})"
        for row in top.itertuples()
    ]
    return f"The commonest {what} are {enumerate_words(parts)}."


def say_moved(moved: list[str], what: str) -> str:
    """Return which codes clearly moved between the periods."""
    if not moved:
        return f"The shares of all {what} moved by no more than their intervals allow for."
    names = enumerate_words([f"“{plain(label.lower())}”" for label in moved])
    return f"Of all {what}, only {names} moved by more than the interval allows for."


def title_timeline(rows: pd.DataFrame, frame: Frame) -> str:
    """Return the finding of the timeline: how many began before and after the break."""
    starts = rows["period"].value_counts().reindex(PERIODS)
    spans = list(frame.periods.values())
    return (
        f"{len(rows)} initiatives beside the official track: {starts[PERIODS[0]]} began in "
        f"{spans[0]}, {starts[PERIODS[1]]} in {spans[1]}"
    )


def alt_timeline(rows: pd.DataFrame, frame: Frame) -> str:
    """Return the alternative text of the timeline."""
    counts = rows["level"].value_counts().reindex(LEVELS)
    ongoing = int((rows["end_status"] == "ongoing_after_2004").sum())
    blocks = [f"{counts[level]} {level}" for level in LEVELS]
    return (
        f"Timeline from {frame.first_year} to {frame.last_year}. At the top, events of the "
        "official track; below, one line an initiative in three blocks: "
        f"{enumerate_words(blocks)}. {ongoing} lines run on past {frame.last_year}. The tables and "
        "named timelines of this chapter give the same in words."
    )


def title_third_parties(counts: pd.DataFrame) -> str:
    """Return the finding of the third-party figure."""
    totals = inventory.total_of(counts[counts["code"] != "none"])
    top = totals.sort_values("initiatives", ascending=False)["label"].iloc[0]
    return f"Where a third party is named, it is most often of the kind “{plain(top.lower())}”"


def title_codes(counts: pd.DataFrame, what: str) -> str:
    """Return the finding of an issue or format figure: what each level does most."""
    tops = {}
    for level in (ELITE, GRASSROOTS):
        group = counts[counts["level"] == level].sort_values("initiatives", ascending=False)
        tops[level] = plain(group["label"].iloc[0].lower())
    if tops[ELITE] == tops[GRASSROOTS]:
        return f"Both levels share their commonest {what}, {tops[ELITE]}"
    return (
        f"The commonest {what} is {tops[ELITE]} for elites and professionals, "
        f"{tops[GRASSROOTS]} for the grassroots"
    )


def alt_bars(counts: pd.DataFrame, what: str) -> str:
    """Return the alternative text of a bar chart of codes by level."""
    top = inventory.commonest(counts, 5)
    parts = [f"{row.label.lower()} {row.initiatives}" for row in top.itertuples()]
    return (
        f"Horizontal bars of initiatives by {what}, stacked by level, the commonest first: "
        f"{enumerate_words(parts)}; the rest follow in the table."
    )


def named_groups(
    lines: pd.DataFrame, frame: Frame
) -> Iterator[tuple[str, pd.DataFrame, str, str, str]]:
    """Yield the parts of the named timeline: figure name, lines, title, caption, alt text."""
    spans = list(frame.periods.values())
    whens = [f"by {frame.break_year} or at an unknown date", f"in {spans[1]}"]
    for level in LEVELS:
        for period, when, short in zip(PERIODS, whens, ("before", "after"), strict=True):
            group = lines[(lines["level"] == level) & (lines["period"] == period)]
            if group.empty:
                continue
            name = f"inventory-named-{level.split('/')[0]}-{short}"
            title = f"{len(group)} {level} initiatives that began {when}"
            alt = (
                f"Timeline of {title}, each line under its name, from {group['name'].iloc[0]} to "
                f"{group['name'].iloc[-1]}; the table of names lists them all."
            )
            yield name, group, title, frame.note(len(group)), alt
