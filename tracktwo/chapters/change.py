"""Chapter `change`: claims C1 and C2, who takes part, over time."""

from dataclasses import dataclass

import pandas as pd

from tracktwo.charts import with_interval
from tracktwo.estimates import (
    Estimate,
    Trend,
    difference_of_shares,
    lead,
    logistic_trend,
    share,
)
from tracktwo.frame import Frame
from tracktwo.measures import ELITE, GRASSROOTS, LEVELS, PERIODS, active, count_active
from tracktwo.numbers import points_text, ratio_text
from tracktwo.wording import by_side

UNKNOWN_ENDS = {"short": "at least", "long": "at most"}
NARROW = 0.05  # an interval that ends nearer than this to no difference only just leaves it out
MOST_ADDED = 60  # undocumented initiatives that the last figure goes up to


@dataclass(frozen=True)
class Result:
    """What C1 and C2 rest on: all of it from the starts inside the frame's years.

    ``lead`` is C1 (elite/professional minus grassroots, up to the break), ``trend`` and
    ``change`` are C2. ``trend`` is None when there are too few cases to fit one.
    """

    lead: Estimate
    trend: Trend | None
    change: Estimate


def starts_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the initiatives that started inside the frame's years."""
    return rows[rows["period"].notna()]


def level_counts(starts: pd.DataFrame, period: str) -> pd.Series:
    """Return how many starts of a period each level has."""
    return starts.loc[starts["period"] == period, "level"].value_counts().reindex(LEVELS)


def test_claims(rows: pd.DataFrame, frame: Frame) -> Result:
    """Return the tests of C1 and C2 as ``claims.csv`` words them."""
    starts = starts_of(rows)
    before, after = (level_counts(starts, period) for period in PERIODS)
    two = starts[starts["level"].isin([ELITE, GRASSROOTS])]
    return Result(
        lead=lead(int(before[ELITE]), int(before[GRASSROOTS]), int(before.sum())),
        trend=logistic_trend(two["start_year"], two["level"] == GRASSROOTS, frame.years),
        change=difference_of_shares(
            int(after[GRASSROOTS]),
            int(after.sum()),
            int(before[GRASSROOTS]),
            int(before.sum()),
        ),
    )


def lead_among_active(rows: pd.DataFrame, frame: Frame, unknown_ends: str) -> Estimate:
    """Return C1 among the initiatives active at some time up to the break year."""
    years = range(frame.first_year, frame.break_year + 1)
    ever = pd.concat(
        [active(rows, y, unknown_ends=unknown_ends, last_year=frame.last_year) for y in years],
        axis=1,
    ).any(axis=1)
    counts = rows.loc[ever, "level"].value_counts().reindex(LEVELS)
    return lead(int(counts[ELITE]), int(counts[GRASSROOTS]), int(counts.sum()))


def undated(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the initiatives whose starting year is not known."""
    return rows[rows["start_year"].isna()]


def place_undated(rows: pd.DataFrame, frame: Frame, year: int) -> Result:
    """Return the tests if every undated initiative had started in `year`."""
    unknown = rows["start_year"].isna()
    name = PERIODS[0] if year <= frame.break_year else PERIODS[1]
    placed = rows.assign(
        start_year=rows["start_year"].fillna(year), period=rows["period"].mask(unknown, name)
    )
    return test_claims(placed, frame)


def add_undocumented(rows: pd.DataFrame, most: int = MOST_ADDED) -> pd.DataFrame:
    """Return C1 and C2 if more grassroots initiatives had started up to the break.

    Returns
    -------
    pd.DataFrame
        Columns ``added`` (0 to `most`), ``claim``, ``share`` (C1: lead; C2: change), ``low``,
        ``high``, ``n``.
    """
    starts = starts_of(rows)
    before, after = (level_counts(starts, period) for period in PERIODS)
    table = []
    for added in range(most + 1):
        grassroots, total = int(before[GRASSROOTS]) + added, int(before.sum()) + added
        results = {
            "C1": lead(int(before[ELITE]), grassroots, total),
            "C2": difference_of_shares(int(after[GRASSROOTS]), int(after.sum()), grassroots, total),
        }
        for claim, estimate in results.items():
            table.append(with_interval({"added": added, "claim": claim}, estimate))
    return pd.DataFrame(table)


def tipping(table: pd.DataFrame, claim: str, column: str) -> int | None:
    """Return the smallest number added at which `column` is no longer above zero."""
    gone = table[(table["claim"] == claim) & (table[column] <= 0)]
    return None if gone.empty else int(gone["added"].min())


def yearly_shares(rows: pd.DataFrame, frame: Frame) -> pd.DataFrame:
    """Return the share of grassroots among the starts of each year, mixed ones left out.

    Columns ``year``, ``grassroots``, ``n``, ``share`` (missing where n is 0).
    """
    starts = starts_of(rows)
    two = starts[starts["level"].isin([ELITE, GRASSROOTS])]
    year = pd.Categorical(two["start_year"].astype(int), list(frame.years))
    groups = (two["level"] == GRASSROOTS).groupby(year, observed=False)
    table = pd.DataFrame({"grassroots": groups.sum(), "n": groups.size()})
    table["share"] = table["grassroots"] / table["n"].where(table["n"] > 0)
    return table.rename_axis("year").reset_index().astype({"year": int})


def period_shares(rows: pd.DataFrame, frame: Frame) -> pd.DataFrame:
    """Return each level's share among the starts of each period, with Wilson intervals."""
    starts = starts_of(rows)
    table = []
    for name, years in frame.periods.items():
        counts = level_counts(starts, name)
        for level in LEVELS:
            estimate = share(int(counts[level]), int(counts.sum()))
            table.append(with_interval({"period": years, "level": level}, estimate))
    return pd.DataFrame(table)


def active_bounds(rows: pd.DataFrame, frame: Frame) -> pd.DataFrame:
    """Return active initiatives per year and level, at least and at most.

    Columns ``year``, ``level``, ``low`` (unknown ends read as short) and ``high`` (as long).
    """
    low, high = (
        count_active(rows, frame.years, ends).set_index(["year", "level"])["initiatives"]
        for ends in UNKNOWN_ENDS
    )
    return pd.DataFrame({"low": low, "high": high}).reset_index()


def say_lead(result: Result, frame: Frame) -> str:
    """Return the answer to C1 as one sentence."""
    span, found = frame.periods[PERIODS[0]], points_text(result.lead).text
    n = f"{result.lead.n} documented initiatives that began in {span}"
    return by_side(
        result.lead,
        0,
        above=f"Of the {n}, more were elite or professional than grassroots: {found}.",
        below=f"Of the {n}, more were grassroots than elite or professional: {found}.",
        unsure=f"Among the {n}, neither elite and professional nor grassroots ones clearly lead: "
        f"{found}.",
    )


def say_change(result: Result, frame: Frame) -> str:
    """Return the answer to C2 as one sentence: its two parts, and whether they agree."""
    change = by_side(
        result.change,
        0,
        above="is higher after the break",
        below="is lower after the break",
        unsure="is not clearly different after the break",
    )
    text = f"The share of grassroots starts {change} ({points_text(result.change).text})"
    if result.trend is None:
        return f"{text}; there are too few starts to fit a trend by year."
    trend = by_side(
        result.trend.odds_ratio,
        1,
        above="rise",
        below="fall",
        unsure="show no clear trend",
    )
    found = ratio_text(result.trend.odds_ratio).text
    return (
        f"{text}, and over the single years the odds that a start is grassroots {trend}: "
        f"times {found} with each year."
    )


def say_place(rows: pd.DataFrame, frame: Frame) -> str:
    """Return who leads among the starts after the break."""
    after = level_counts(starts_of(rows), PERIODS[1])
    both = lead(int(after[ELITE]), int(after[GRASSROOTS]), int(after.sum()))
    span = frame.periods[PERIODS[1]]
    return by_side(
        both,
        0,
        above=f"Even in {span} elite and professional starts stay ahead "
        f"({points_text(both).text}): grassroots ones have not taken their place.",
        below=f"In {span} grassroots starts are ahead ({points_text(both).text}, elite and "
        "professional minus grassroots): they have taken the lead.",
        unsure=f"In {span} the two are level ({points_text(both).text}, elite and professional "
        "minus grassroots): grassroots starts have drawn up beside the others rather than taken "
        "their place.",
    )


def say_strength(result: Result) -> str:
    """Return how near the border of no effect the intervals of C1 and C2 come."""
    gaps = [abs(min(e.low, e.high, key=abs)) for e in (result.lead, result.change)]
    crossing = any(e.side_of(0) == "open" for e in (result.lead, result.change))
    if crossing:
        return "At least one of the two intervals includes no difference at all."
    if min(gaps) < NARROW:
        return "The intervals only just leave out no difference: these are leanings, not proofs."
    return "Both intervals keep well clear of no difference."


def title_trend(result: Result) -> str:
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


def title_periods(result: Result) -> str:
    """Return the finding of the before-and-after figure."""
    return by_side(
        result.change,
        0,
        above="Grassroots initiatives are a larger part of the starts after the break",
        below="Grassroots initiatives are a smaller part of the starts after the break",
        unsure="The part of grassroots initiatives is not clearly different after the break",
    )


def title_starts(rows: pd.DataFrame, frame: Frame) -> str:
    """Return the finding of the figure of starts: how fast they come in each period."""
    starts = starts_of(rows)["period"].value_counts().reindex(PERIODS)
    lengths = [frame.break_year - frame.first_year + 1, frame.last_year - frame.break_year]
    before, after = (n / years for n, years in zip(starts, lengths, strict=True))
    spans = list(frame.periods.values())
    return f"Documented starts: {before:.0f} a year in {spans[0]}, {after:.0f} a year in {spans[1]}"


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
    tips = {claim: tipping(table, claim, "share") for claim in ("C1", "C2")}
    words = [
        f"{n} for {claim}" if n is not None else f"more than {table['added'].max()} for {claim}"
        for claim, n in tips.items()
    ]
    return (
        "How many undocumented grassroots initiatives of the earlier period would undo the "
        f"finding: {' and '.join(words)}"
    )
