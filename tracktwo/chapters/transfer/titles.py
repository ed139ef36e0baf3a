"""Chapter `transfer`: the titles and alternative texts of its figures, computed."""

import pandas as pd

from tracktwo.analysis.estimates import Estimate
from tracktwo.analysis.measures import LEVELS
from tracktwo.chapters.transfer import results as transfer
from tracktwo.chapters.transfer.results import PLANNED, SILENT, states
from tracktwo.chapters.transfer.words import commonest_route
from tracktwo.data.study import Study
from tracktwo.drawing.shares import short_share
from tracktwo.ground.wording import enumerate_words
from tracktwo.telling.myst import plain
from tracktwo.words.numbers import percent
from tracktwo.words.sides import by_side


def title_states(rows: pd.DataFrame) -> str:
    """Return the finding of the main figure."""
    if rows.empty:
        return "No initiative whose codes of transfer could be compared"
    planned, silent = (percent(states(rows)[x] / len(rows)).text for x in (PLANNED, SILENT))
    return f"A plan for transfer is documented for {planned}; for {silent} nothing outward is"


def title_routes(shares: pd.DataFrame) -> str:
    """Return the commonest documented route at each level."""
    by_route = {}
    for level in LEVELS:
        if found := commonest_route(shares, "level", level):
            by_route.setdefault(found[0].lower(), []).append(level)
    parts = [f"{plain(route)} ({enumerate_words(at)})" for route, at in by_route.items()]
    if not parts:
        return "No route of transfer is documented"
    return f"The commonest documented route: {', '.join(parts)}"


def title_planned(groups: dict[str, dict[str, Estimate]]) -> str:
    """Return where a documented plan is commonest and where it is rarest."""
    flat = {
        f"the {what} “{plain(name)}”": estimate
        for what, found in groups.items()
        for name, estimate in found.items()
        if estimate.n
    }
    if not flat:
        return "No initiative whose plans could be compared"
    low, high = (pick(flat, key=lambda name: flat[name].value) for pick in (min, max))
    ends = [f"{name} ({percent(flat[name].value).text})" for name in (high, low)]
    return f"A documented plan is commonest with {ends[0]} and rarest with {ends[1]}"


def title_by_route(found: dict[str, Estimate]) -> str:
    """Return with which route a plan is documented most and least often."""
    if not found:
        return "No route of transfer is documented"
    names = [f"{plain(name.lower())} ({percent(e.value).text})" for name, e in found.items()]
    if len(names) == 1:
        return f"A plan is documented with one route only: {names[0]}"
    return f"A plan goes most often with {names[0]}, least often with {names[-1]}"


def title_known(found: dict[str, Estimate]) -> str:
    """Return in how many choices of cases the share is clearly below one half."""
    below = sum(e.side_of(0.5) == "below" for e in found.values())
    return (
        f"In {below} of {len(found)} choices of cases, a plan is clearly documented "
        "for fewer than half"
    )


def title_reading(study: Study, rows: pd.DataFrame) -> str:
    """Return what more reading finds."""
    trend = transfer.reading_trend(study, rows, [SILENT])
    unclear = "Whether more reading would find more outward activity is not clear"
    if trend is None:
        return unclear
    return by_side(
        trend,
        1,
        above="The more sources were read, the more often nothing outward was found",
        below="The more sources were read, the rarer it is that nothing outward was found",
        unsure=unclear,
    )


def title_hidden(rows: pd.DataFrame, hidden: pd.DataFrame) -> str:
    """Return how many hidden plans would undo C7."""
    silent, tip = int(states(rows)[SILENT]), transfer.tipping(hidden, "share")
    if tip is None:
        return f"Even {silent} hidden plans among those without a record would not undo C7"
    if tip == 0:
        return "There is nothing to undo: half of all initiatives have a documented plan"
    return (
        f"It would take {tip} hidden plans among {silent} initiatives without a record to undo C7"
    )


def hidden_marks(rows: pd.DataFrame, hidden: pd.DataFrame) -> pd.DataFrame:
    """Return the marks of the figure of hidden plans: ``hidden``, ``place``, ``words``."""
    counts, tip = states(rows), transfer.tipping(hidden, "share")
    known, marks = len(rows) - int(counts[SILENT]), []
    if known and counts[SILENT]:
        expected = round(counts[PLANNED] / known * counts[SILENT])
        words = f"{expected}: planned as often\nas where activity is on record"
        marks.append({"hidden": expected, "place": 0.13, "words": words})
    if tip:
        marks.append({"hidden": tip, "place": 0.92, "words": f"{tip}: half of all planned"})
    table = pd.DataFrame(marks, columns=["hidden", "place", "words"])
    return table.assign(early=table["hidden"] < hidden["hidden"].max() / 2)


def alt_states(table: pd.DataFrame) -> str:
    """Return the alternative text of a figure of states of the record."""
    rows = []
    for group, part in table.groupby("label", sort=False):
        shares = [f"{row.transfer_planned} {percent(row.share).text}" for row in part.itertuples()]
        rows.append(f"{group} (n = {part['n'].iloc[0]}): {'; '.join(shares)}")
    return f"Bars divided by what is on record. {' | '.join(rows)}."


def alt_estimates(found: dict[str, Estimate]) -> str:
    """Return the alternative text of a figure of shares with a documented plan."""
    rows = [f"{name} {short_share(e)}" for name, e in found.items()]
    return f"Dots with intervals: share with a documented plan. {'; '.join(rows) or 'No case'}."


def alt_routes(shares: pd.DataFrame) -> str:
    """Return the alternative text of the figure of routes: what each level's cells say."""
    by_level = shares[shares["by"] == "level"]
    rows = []
    for level, part in by_level.groupby("group", sort=False):
        cells = [f"{row.label.lower()} {percent(row.share).text}" for row in part.itertuples()]
        rows.append(f"{level}: {', '.join(cells)}")
    return (
        "A grid of routes by level, focus and approach, darker for larger shares. By level: "
        f"{'; '.join(rows)}."
    )


def alt_hidden(hidden: pd.DataFrame) -> str:
    """Return the alternative text of the figure of hidden plans."""
    first, last = (percent(hidden["share"].iloc[i]).text for i in (0, -1))
    return (
        f"A line with its band: the share planned goes from {first} when no plan is hidden to "
        f"{last} when all {hidden['hidden'].max()} initiatives without a record had one."
    )
