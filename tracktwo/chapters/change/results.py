"""Chapter `change`: claims C1 and C2, who takes part, over time."""

from dataclasses import dataclass

import pandas as pd

from tracktwo.analysis.estimates import (
    Estimate,
    Trend,
    difference_of_shares,
    lead,
    share,
    with_interval,
)
from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import (
    ELITE,
    GRASSROOTS,
    LEVELS,
    PERIODS,
    active,
    count_active,
    level_counts,
    starts_of,
)
from tracktwo.claims.claim_tests import elite_lead, grassroots_change, grassroots_trend
from tracktwo.words.numbers import points_text, ratio_text

UNKNOWN_ENDS = {"short": "at least", "long": "at most"}
MOST_ADDED = 60  # undocumented initiatives that the last figure goes up to


@dataclass(frozen=True, eq=False)
class Result:
    """What C1 and C2 rest on: all of it from the starts inside the frame's years.

    ``lead`` is C1 (elite/professional minus grassroots, up to the break), ``trend`` and
    ``change`` are C2. ``trend`` is None when there are too few cases to fit one. ``before`` and
    ``after`` are the starts per level in either period.
    """

    before: pd.Series
    after: pd.Series
    lead: Estimate
    trend: Trend | None
    change: Estimate


def test_claims(rows: pd.DataFrame, frame: Frame) -> Result:
    """Return the tests of C1 and C2 as ``claims.csv`` words them."""
    before, after = (level_counts(rows, period) for period in PERIODS)
    return Result(
        before=before,
        after=after,
        lead=elite_lead(rows),
        trend=grassroots_trend(rows, frame.years),
        change=grassroots_change(rows),
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
    """Return the smallest number added at which `column` is not (or no longer) above zero."""
    gone = table[(table["claim"] == claim) & ~(table[column] > 0)]
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
    """Return each level's share among the starts of each period, with Wilson intervals.

    Columns ``break_year``, ``period`` (its years), ``level``, ``share``, ``low``, ``high``, ``n``.
    """
    starts = starts_of(rows)
    table = []
    for name, years in frame.periods.items():
        counts = level_counts(starts, name)
        for level in LEVELS:
            estimate = share(int(counts[level]), int(counts.sum()))
            labels = {"break_year": frame.break_year, "period": years, "level": level}
            table.append(with_interval(labels, estimate))
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


def tests_table(result: Result) -> pd.DataFrame:
    """Return the tests of C1 and C2 ready to print."""
    trend = result.trend
    rows = [
        ("C1", "Share of elite/professional minus share of grassroots, up to the break", "lead"),
        ("C2", "Share of grassroots, after the break minus before", "change"),
    ]
    table = [
        {
            "Claim": claim,
            "Statistic": what,
            "Estimate (95% interval)": points_text(getattr(result, field)).text,
            "n": getattr(result, field).n,
            "Predicted": "above 0",
        }
        for claim, what, field in rows
    ]
    ratio = {"Estimate (95% interval)": "too few starts", "n": 0}
    if trend is not None:
        text = ratio_text(trend.odds_ratio).text
        ratio = {"Estimate (95% interval)": text, "n": trend.odds_ratio.n}
    statistic = "Odds of grassroots rather than elite/professional, times per later year"
    table.append({"Claim": "C2", "Statistic": statistic, **ratio, "Predicted": "above 1"})
    return pd.DataFrame(table)
