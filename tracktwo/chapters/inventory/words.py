"""Chapter `inventory`: its sentences, titles and alternative texts, computed from the counts."""

from collections.abc import Iterable, Iterator

import pandas as pd

from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import ELITE, GRASSROOTS, LEVELS, PERIODS
from tracktwo.chapters.inventory import results as inventory
from tracktwo.drawing.timeline import timeline_rows
from tracktwo.ground.wording import enumerate_words
from tracktwo.telling.myst import plain
from tracktwo.words.numbers import Number, count, percent

MOST_LINES = 40  # of a timeline with names: more would be too small to read on a printed page
RARE = 0.25  # share of initiatives below which the strict elite is called rare


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
        "answer-third-parties": say_third_parties(rows, third_parties),
        "first-year": str(frame.first_year),
        "last-year": str(frame.last_year),
        "n-undated": count(rows["start_year"].isna().sum()),
        "n-ongoing": count(went_on(rows, frame)),
        "strict-elite": say_elite(rows),
        "issues": say_commonest(issues, "issues", len(rows)),
        "formats": say_commonest(formats, "formats", len(rows)),
        "third-moved": say_moved(moved["third party"], "kinds of third party"),
        "issues-moved": say_moved(moved["issue"], "issues"),
        "formats-moved": say_moved(moved["format"], "formats"),
    }


def went_on(rows: pd.DataFrame, frame: Frame) -> int:
    """Return how many initiatives are known to have gone on after the frame's last year."""
    return int((timeline_rows(rows, frame)["ended"] == "later").sum())


def say_levels(rows: pd.DataFrame) -> str:
    """Return the size of each level in one sentence."""
    counts = rows["level"].value_counts().reindex(LEVELS)
    parts = [
        f"{counts[level]} {level} ({percent(counts[level] / len(rows)).text})" for level in LEVELS
    ]
    return f"{len(rows)} initiatives are documented inside the frame: {enumerate_words(parts)}."


def say_kinds(issues: pd.DataFrame, formats: pd.DataFrame) -> str:
    """Return the commonest issue and formats in one sentence."""
    issue, *_ = _quoted(inventory.commonest(issues)["label"])
    together = enumerate_words(_quoted(inventory.commonest(formats, 2)["label"]))
    return f"The commonest issue is {issue}, and what people most often did together is {together}."


def say_elite(rows: pd.DataFrame) -> str:
    """Return how many initiatives had participants from the elite at all."""
    strict = int(rows["participants_elite"].sum())
    rare = "The strict elite is rare: " if strict / len(rows) < RARE else ""
    return (
        f"{rare}{strict} initiatives ({percent(strict / len(rows)).text}) had participants close "
        "to decision-making at all."
    )


def say_third_parties(rows: pd.DataFrame, third_parties: pd.DataFrame) -> str:
    """Return how often a third party is named, at the upper and the lower level."""
    none = third_parties[third_parties["code"] == "none"].set_index("level")
    overall = 1 - none["initiatives"].sum() / len(rows)
    parts = [
        f"{percent(1 - none.loc[level, 'initiatives'] / of).text} of the {level} ones"
        for level in (ELITE, GRASSROOTS)
        if (of := none.loc[level, "of"])
    ]
    found = f"A third party is named for {percent(overall).text} of the initiatives"
    return f"{found}: {enumerate_words(parts)}." if parts else f"{found}."


def say_commonest(counts: pd.DataFrame, what: str, n: int) -> str:
    """Return the three commonest codes and what share of the initiatives has each."""
    top = inventory.commonest(counts, 3)
    parts = [
        f"{row.label.lower()} ({percent(row.initiatives / n).text})" for row in top.itertuples()
    ]
    return f"The commonest {what} are {enumerate_words(parts)}."


def say_moved(moved: list[str], what: str) -> str:
    """Return which codes clearly moved between the periods."""
    if not moved:
        return f"The shares of all {what} moved by no more than their intervals allow for."
    names = enumerate_words(_quoted(moved))
    return f"Of all {what}, only {names} moved by more than the interval allows for."


def _quoted(labels: Iterable[str]) -> list[str]:
    return [f"“{label.lower()}”" for label in labels]


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
    blocks = [f"{counts[level]} {level}" for level in LEVELS]
    return (
        f"Timeline from {frame.first_year} to {frame.last_year}. At the top, events of the "
        "official track; below, one line per initiative in three blocks: "
        f"{enumerate_words(blocks)}. {went_on(rows, frame)} lines run on past {frame.last_year}. "
        "The tables and named timelines of this chapter give the same in words."
    )


def title_third_parties(counts: pd.DataFrame) -> str:
    """Return the finding of the third-party figure."""
    top = inventory.commonest(counts[counts["code"] != "none"])["label"]
    if top.empty:
        return "No third party is named for any initiative"
    kind = plain(top.iloc[0].lower())
    return f"Where a third party is named, it is most often of the kind “{kind}”"


def title_codes(counts: pd.DataFrame, what: str) -> str:
    """Return the finding of an issue or format figure: what each level does most."""
    names = {ELITE: "elites and professionals", GRASSROOTS: "the grassroots"}
    tops = {
        name: plain(label.lower())
        for level, name in names.items()
        for label in inventory.commonest(counts[counts["level"] == level])["label"]
    }
    if not tops:
        return f"Initiatives by {what}: all of them are mixed"
    if len(tops) == 2 and len(set(tops.values())) == 1:
        return f"Both levels share their commonest {what}, {next(iter(tops.values()))}"
    parts = [f"{top} for {name}" for name, top in tops.items()]
    return f"The commonest {what} is {', '.join(parts)}"


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
    marks = "Marks as in {numref}`fig-inventory-timeline`."
    for level in LEVELS:
        for period, when, short in zip(PERIODS, whens, ("before", "after"), strict=True):
            group = lines[(lines["level"] == level) & (lines["period"] == period)]
            name = f"inventory-named-{level.split('/')[0]}-{short}"
            for end, part, which in _page_by_page(group):
                title = f"{which} {level} initiatives that began {when}"
                alt = (
                    f"Timeline: {title}, each line under its name, from {part['name'].iloc[0]} to "
                    f"{part['name'].iloc[-1]}; the table of names lists them all."
                )
                yield f"{name}{end}", part, title, f"{marks} {frame.note(len(part))}", alt


def _page_by_page(group: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame, str]]:
    """Yield the parts of a group that fit on a page: end of the name, lines, which they are."""
    pages = -(-len(group) // MOST_LINES)
    if pages == 1:
        yield "", group, str(len(group))
        return
    for page in range(pages):
        first, last = (len(group) * p // pages for p in (page, page + 1))
        which = f"Numbers {first + 1} to {last} of the {len(group)}"
        yield f"-{page + 1}", group.iloc[first:last], which
