"""Chapter `focus`: the titles and alternative texts of its figures, computed from the results."""

import pandas as pd

from tracktwo.analysis.measures import LEVELS
from tracktwo.chapters.evidence.results import weakest
from tracktwo.chapters.focus import results as focus
from tracktwo.chapters.focus.results import BOUNDS, Result
from tracktwo.chapters.focus.words import odds_text
from tracktwo.drawing.shares import short_share
from tracktwo.ground.wording import enumerate_words
from tracktwo.telling.myst import plain
from tracktwo.words.numbers import decimal, percent


def title_focus(result: Result) -> str:
    """Return the finding of the main figure."""
    grassroots, elite = result.relationship, result.outcome
    if not grassroots.n or not elite.n:
        return "What initiatives chiefly aim at, by level"
    return (
        f"{percent(grassroots.value).text} of grassroots initiatives aim at relationships, "
        f"{percent(elite.value).text} of elite and professional ones at outcomes"
    )


def title_results(found: dict[str, Result], what: str) -> str:
    """Return under how many of the results each statistic is on the side predicted."""
    tests = [("C3", "relationship", 0.5), ("C4’s share", "outcome", 0.5), ("C4’s odds", "odds", 1)]
    parts = []
    for name, field, border in tests:
        sides = [
            getattr(result, field).side_of(border)
            for key, result in found.items()
            if field == "odds" or key not in BOUNDS
        ]
        parts.append(f"{name} with {sides.count('above')} of {len(sides)}")
    return f"Clearly on the side predicted: {enumerate_words(parts)} {what}"


def title_weakest(by_code: pd.DataFrame) -> str:
    """Return the least agreed code of each round."""
    parts = [
        f"“{plain(row['variable'])}” in the {name} (alpha {decimal(row['alpha']).text})"
        for name in dict.fromkeys(by_code["round"])
        if (row := weakest(by_code, name)) is not None
    ]
    return f"Least agreed: {enumerate_words(parts, nothing='not defined, all codes are alike')}"


def title_periods(rows: pd.DataFrame, names: dict[str, str]) -> str:
    """Return which shares clearly moved from one period to the other."""
    moved = [
        f"{plain(name)} among {level} starts {'up' if estimate.value > 0 else 'down'}"
        for level in LEVELS
        for key, name in names.items()
        for estimate in [focus.change(rows, level, key)]
        if estimate.side_of(0) != "open"
    ]
    if not moved:
        return "No focus clearly gains or loses ground after the break at any level"
    return f"After the break: {enumerate_words(moved)}"


def title_profile(marks: list[str]) -> str:
    """Return what marks initiatives with two aims: the codes they have more often."""
    if not marks:
        return "No approach or format is clearly commoner where two aims are stated"
    return f"Clearly commoner where two aims are stated: {plain(enumerate_words(marks))}"


def alt_focus(table: pd.DataFrame) -> str:
    """Return the alternative text of a figure of stacked shares."""
    rows = [
        f"{group} (n = {part['n'].iloc[0]}): {_parts(part)}"
        for group, part in table.groupby("label", sort=False)
    ]
    return f"Bars divided by focus. {'; '.join(rows)}."


def alt_periods(tables: dict[str, pd.DataFrame]) -> str:
    """Return the alternative text of the figure by period."""
    return " ".join(f"{level.capitalize()}: {alt_focus(t)}" for level, t in tables.items()) or (
        "An empty chart: no start is dated."
    )


def alt_results(found: dict[str, Result], what: str) -> str:
    """Return the alternative text of a figure with a row a result."""
    rows = [
        f"{name}: C3 {short_share(r.relationship)}, C4 {short_share(r.outcome)}, odds "
        f"{odds_text(r.odds)}"
        for name, r in found.items()
    ]
    return f"Dots with intervals in three panels, a line for each of the {what}. {'; '.join(rows)}."


def alt_profile(tables: dict[str, pd.DataFrame]) -> str:
    """Return the alternative text of the figure of what goes with each focus."""
    rows = [
        f"{label}: "
        + enumerate_words([f"{r.focus} {percent(r.share).text}" for r in part.itertuples()])
        for table in tables.values()
        for label, part in table.groupby("label", sort=False)
    ]
    return f"Dots with intervals, a line per code, a colour and shape per focus. {'; '.join(rows)}."


def _parts(rows: pd.DataFrame) -> str:
    return enumerate_words([f"{row.focus} {percent(row.share).text}" for row in rows.itertuples()])
