"""Chapter `change`: its sentences, titles and alternative texts, computed from the results."""

from math import isnan

import pandas as pd

from tracktwo.analysis.estimates import lead, share
from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import ELITE, GRASSROOTS, LEVELS, PERIODS
from tracktwo.chapters.change import results as change
from tracktwo.ground.wording import enumerate_words
from tracktwo.words.numbers import Number, count, percent, points_text, ratio_text, share_text
from tracktwo.words.sides import by_side

NARROW = 0.05  # an interval that ends nearer than this to no difference only just leaves it out


def say_lead(result: change.Result, frame: Frame) -> str:
    """Return the answer to C1 as one sentence."""
    total = result.before.sum()
    if not total:
        return f"No documented initiative began in {frame.periods[PERIODS[0]]}."
    elite, grassroots = (percent(result.before[x] / total).text for x in (ELITE, GRASSROOTS))
    found = by_side(
        result.lead,
        0,
        above="a lead for elites and professionals",
        below="a lead for the grassroots",
        unsure="no clear lead for either",
    )
    return (
        f"Of the {total} documented initiatives that began in {frame.periods[PERIODS[0]]}, {elite} "
        f"were elite or professional and {grassroots} grassroots: {found}, a difference of "
        f"{points_text(result.lead).text}."
    )


def say_change(result: change.Result, frame: Frame) -> str:
    """Return the answer to C2: its two parts, each as a sentence."""
    found = points_text(result.change).text
    moved = by_side(
        result.change,
        0,
        above=f"is higher, by {found}",
        below=f"is lower: {found}",
        unsure=f"is not clearly different ({found})",
    )
    text = f"After the break the share of grassroots starts {moved}."
    if not result.change.n:
        text = "Not both periods have documented starts, so their shares cannot be compared."
    if result.trend is None:
        return f"{text} There are too few starts to fit a trend by year."
    trend = by_side(
        result.trend.odds_ratio,
        1,
        above="rise",
        below="fall",
        unsure="show no clear trend",
    )
    factor = ratio_text(result.trend.odds_ratio).text
    return (
        f"{text} Year by year, the odds that a start is grassroots rather than elite or "
        f"professional {trend}: each later year multiplies them by {factor}."
    )


def say_place(rows: pd.DataFrame, frame: Frame) -> str:
    """Return who leads among the starts after the break."""
    after = change.level_counts(change.starts_of(rows), PERIODS[1])
    both = lead(int(after[ELITE]), int(after[GRASSROOTS]), int(after.sum()))
    span = frame.periods[PERIODS[1]]
    if not both.n:
        return f"No documented initiative began in {span}."
    return by_side(
        both,
        0,
        above=f"Even in {span} elite and professional starts stay ahead "
        f"({points_text(both).text}): grassroots ones have not taken their place.",
        below=f"In {span} grassroots starts are ahead ({points_text(both).text}, elite and "
        "professional minus grassroots): they have taken the lead.",
        unsure=f"In {span} neither is clearly ahead ({points_text(both).text}, elite and "
        "professional minus grassroots): grassroots starts cannot be said to have taken the place "
        "of the others.",
    )


def say_strength(result: change.Result) -> str:
    """Return how near the border of no effect the intervals of C1 and C2 come."""
    gaps = [abs(min(e.low, e.high, key=abs)) for e in (result.lead, result.change)]
    if not result.lead.n or not result.change.n:
        return "At least one of the two cannot be computed."
    crossing = any(e.side_of(0) == "open" for e in (result.lead, result.change))
    if crossing:
        return "At least one of the two intervals includes no difference at all."
    if min(gaps) < NARROW:
        return "At least one of the intervals only just leaves out no difference: this is no proof."
    return "Both intervals keep well clear of no difference."


def title_trend(result: change.Result) -> str:
    """Return the finding of the trend figure."""
    if result.trend is None:
        return "Too few starts to fit a trend"
    return by_side(
        result.trend.odds_ratio,
        1,
        above="The later the year, the more of the new initiatives are grassroots",
        below="The later the year, the fewer of the new initiatives are grassroots",
        unsure="Whether grassroots initiatives gain ground over the years stays open",
    )


def title_periods(result: change.Result) -> str:
    """Return the finding of the before-and-after figure."""
    return by_side(
        result.change,
        0,
        above="Grassroots initiatives are a larger part of the starts after the break",
        below="Grassroots initiatives are a smaller part of the starts after the break",
        unsure="The part of grassroots initiatives is not clearly different after the break",
    )


def say_pace(rows: pd.DataFrame, frame: Frame) -> str:
    """Return how fast documented starts come in each period, in all and by level."""
    before, after = pace(rows, frame)
    faster = [level for level in LEVELS if after[level] > before[level]]
    gained = after.sum() - before.sum()
    word = "more" if gained > 0 else "fewer" if gained < 0 else "no more"
    levels = "at every level" if len(faster) == len(LEVELS) else f"for {enumerate_words(faster)}"
    return (
        f"Documented starts went from {before.sum():.0f} a year to {after.sum():.0f}, "
        f"{word} after the break; the pace rose {levels if faster else 'at no level'}."
    )


def pace(rows: pd.DataFrame, frame: Frame) -> tuple[pd.Series, pd.Series]:
    """Return starts per year and level, before and after the break."""
    starts = change.starts_of(rows)
    lengths = [frame.break_year - frame.first_year + 1, frame.last_year - frame.break_year]
    before, after = (
        change.level_counts(starts, period) / years
        for period, years in zip(PERIODS, lengths, strict=True)
    )
    return before, after


def title_starts(rows: pd.DataFrame, frame: Frame) -> str:
    """Return the finding of the figure of starts: how fast they come in each period."""
    before, after = (f"{levels.sum():.0f}" for levels in pace(rows, frame))
    spans = list(frame.periods.values())
    return f"Documented starts: {before} a year in {spans[0]}, {after} a year in {spans[1]}"


def title_active(bounds: pd.DataFrame, frame: Frame) -> str:
    """Return the finding of the figure of active initiatives: who is ahead at the end."""
    last = bounds[bounds["year"] == frame.last_year].set_index("level")
    elite, grassroots = last.loc[ELITE], last.loc[GRASSROOTS]
    if elite["low"] > grassroots["high"]:
        return f"In {frame.last_year} elite and professional initiatives still lead those at work"
    if grassroots["low"] > elite["high"]:
        return f"By {frame.last_year} grassroots initiatives lead those at work"
    return (
        f"By {frame.last_year} as many grassroots as elite and professional initiatives may be "
        "at work"
    )


def title_undocumented(table: pd.DataFrame) -> str:
    """Return the finding of the bias figure: how many missing initiatives would undo a claim."""
    tips = {claim: change.tipping(table, claim, "share") for claim in ("C1", "C2")}
    many = {None: f"more than {table['added'].max()}", 0: "none needed"}
    words = [f"{many.get(n, n)} for {claim}" for claim, n in tips.items()]
    return (
        "How many undocumented grassroots initiatives of the earlier period would undo the "
        f"finding: {' and '.join(words)}"
    )


def say_tipping(added: pd.DataFrame, claim: str) -> str:
    """Return how many added initiatives undo a claim, and how many blur it."""
    name = {"C1": "the lead of C1", "C2": "the rise of C2"}[claim]
    blurred, gone = (change.tipping(added, claim, column) for column in ("low", "share"))
    if gone == 0:
        return f"There is nothing to undo: {name} is not there to begin with."
    if gone is None:
        return f"Even {added['added'].max()} would not undo {name}."
    if blurred == 0:
        return f"The interval of {name} holds zero already, and {gone} would undo it."
    return (
        f"For {name}, {blurred} would already bring its interval down to zero, and {gone} would "
        "undo it."
    )


def say_counts_after(rows: pd.DataFrame, frame: Frame) -> str:
    """Return the counts of both levels before and after the break, with the lengths of both."""
    before, after = (change.level_counts(change.starts_of(rows), p) for p in PERIODS)
    spans = list(frame.periods.values())
    return (
        f"In numbers: {before[ELITE]} elite and professional starts and {before[GRASSROOTS]} "
        f"grassroots ones in {spans[0]}, {after[ELITE]} and {after[GRASSROOTS]} in {spans[1]}."
    )


def say_strict(rows: pd.DataFrame) -> str:
    """Return how many of the elite/professional initiatives had participants from the elite."""
    elite = rows[rows["level"] == ELITE]
    strict = int(elite["participants_elite"].sum())
    return (
        f"Of the {len(elite)} elite/professional initiatives, {strict} had participants from the "
        f"elite in the strict sense; the other {len(elite) - strict} were for professionals alone."
    )


def tell_change(
    rows: pd.DataFrame, frame: Frame, result: change.Result, added: pd.DataFrame
) -> dict[str, Number | str | int]:
    """Return every number and computed sentence of the chapter, by key."""
    starts = change.starts_of(rows)
    before, after = (change.level_counts(starts, period) for period in PERIODS)
    early, late = (change.place_undated(rows, frame, y) for y in (frame.years[0], frame.years[-1]))
    spans = list(frame.periods.values())
    undated = len(change.undated(rows))
    return {
        "answer-lead": say_lead(result, frame),
        "answer-change": say_change(result, frame),
        "answer-place": say_place(rows, frame),
        "answer-strength": say_strength(result),
        "pace": say_pace(rows, frame),
        "break-year": str(frame.break_year),
        "first-year": str(frame.first_year),
        "last-year": str(frame.last_year),
        "span-before": spans[0],
        "span-after": spans[1],
        "n-outside": count(len(rows) - len(starts) - undated),
        "n-undated": undated,
        "elite-before": share_text(share(int(before[ELITE]), int(before.sum()))),
        "grassroots-before": share_text(share(int(before[GRASSROOTS]), int(before.sum()))),
        "elite-after": share_text(share(int(after[ELITE]), int(after.sum()))),
        "grassroots-after": share_text(share(int(after[GRASSROOTS]), int(after.sum()))),
        "n-grassroots-before": int(before[GRASSROOTS]),
        "counts-after": say_counts_after(rows, frame),
        "active-short": points_text(change.lead_among_active(rows, frame, "short")),
        "active-long": points_text(change.lead_among_active(rows, frame, "long")),
        "tip-c1": say_tipping(added, "C1"),
        "tip-c2": say_tipping(added, "C2"),
        "undated-early-lead": points_text(early.lead),
        "undated-early-change": points_text(early.change),
        "undated-late-lead": points_text(late.lead),
        "undated-late-change": points_text(late.change),
        "strict": say_strict(rows),
    }


def alt_trend(yearly: pd.DataFrame, result: change.Result) -> str:
    """Return the alternative text of the trend figure."""
    known = yearly.dropna(subset=["share"])
    if known.empty:
        return "An empty chart: no year has grassroots or elite/professional starts."
    ends = known.iloc[[0, -1]]
    text = " to ".join(f"{percent(r.share).text} in {r.year}" for r in ends.itertuples())
    fitted = ""
    if result.trend is not None:
        curve = result.trend.curve.iloc[[0, -1]]
        low, high = (percent(value).text for value in curve["share"])
        fitted = f" A fitted curve goes from {low} to {high}."
    return (
        f"Dots for each year from {known['year'].min()} to {known['year'].max()}: the share of "
        f"grassroots starts scatters, from {text}.{fitted}"
    )


def alt_starts(starts: pd.DataFrame, frame: Frame) -> str:
    """Return the alternative text of the figure of starts."""
    per_year = starts.groupby("year")["initiatives"].sum()
    return (
        f"Stacked bars of starts per year, {frame.first_year} to {frame.last_year}, by level. The "
        f"fewest are {per_year.min()} in {per_year.idxmin()}, the most {per_year.max()} in "
        f"{per_year.idxmax()}."
    )


def alt_periods(shares: pd.DataFrame) -> str:
    """Return the alternative text of the before-and-after figure."""
    parts = [
        f"{level} "
        + " then ".join(percent(v).text for v in shares.loc[shares["level"] == level, "share"])
        for level in LEVELS
    ]
    spans = " and ".join(dict.fromkeys(shares["period"]))
    return f"Shares of starts in {spans}: {enumerate_words(parts)}."


def alt_active(bounds: pd.DataFrame, frame: Frame) -> str:
    """Return the alternative text of the figure of active initiatives."""
    parts = []
    for level in LEVELS:
        rows = bounds[bounds["level"] == level].set_index("year")
        spans = [
            f"{int(rows.loc[y, 'low'])} to {int(rows.loc[y, 'high'])}"
            for y in (frame.years[0], frame.years[-1])
        ]
        parts.append(f"{level} from {spans[0]} to {spans[1]}")
    return (
        f"Bands of initiatives at work, {frame.first_year} to {frame.last_year}, lowest and "
        f"highest reading: {'; '.join(parts)}."
    )


def alt_undocumented(added: pd.DataFrame) -> str:
    """Return the alternative text of the bias figure."""
    parts = []
    for claim in ("C1", "C2"):
        known = added[added["claim"] == claim].dropna(subset=["share"])
        if len(known):
            ends = (points_text_short(v) for v in known["share"].iloc[[0, -1]])
            parts.append(f"{claim} goes from {' to '.join(ends)}")
    return (
        f"Two curves as up to {added['added'].max()} grassroots starts are added: "
        f"{enumerate_words(parts, nothing='neither can be computed')}."
    )


def points_text_short(value: float) -> str:
    """Return a difference of shares in points, without an interval."""
    if isnan(value):
        return "no cases"
    return f"{value * 100:+.0f} points".replace("-", "−")
