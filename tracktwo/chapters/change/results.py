"""Chapter `change`: claims C1 and C2, who takes part, over time.

A lead is always elite/professional minus grassroots, a rise always later minus earlier.
"""

from dataclasses import dataclass

import numpy as np
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
    GROUPS,
    LEVELS,
    MIXED,
    PERIODS,
    PROFESSIONAL,
    STRICT,
    active,
    count_active,
    group,
    in_doubt,
    level,
    level_counts,
    starts_of,
)
from tracktwo.claims.claim_tests import elite_lead, grassroots_change, grassroots_trend
from tracktwo.data.study import Study
from tracktwo.words.numbers import points_text, ratio_text

ALL = "All dated starts"
GAP = "gap"  # the wave that was searched for what the others had missed
MOST_ADDED = 60  # undocumented initiatives that are added at most
UNTESTED = Estimate(np.nan, np.nan, np.nan, 0)


@dataclass(frozen=True, eq=False)
class Result:
    """What C1 and C2 rest on: all of it from the starts inside the frame's years.

    ``lead`` is C1, up to the break; ``trend`` (None when there are too few cases to fit one) and
    ``change`` are C2. ``before`` and ``after`` are the starts per level in either period.
    """

    before: pd.Series
    after: pd.Series
    lead: Estimate
    trend: Trend | None
    change: Estimate

    @property
    def odds(self) -> Estimate:
        """How the odds of a grassroots start move with each year; not defined without a trend."""
        return self.trend.odds_ratio if self.trend else UNTESTED


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


@dataclass(frozen=True, eq=False)
class Span:
    """The starts of some years: who took part in them, and how many began a year.

    ``senior`` is elites and professionals together, ``lead`` their share minus that of
    grassroots; ``counts`` has the starts of each group and the two sides, ``pace`` the same a
    year.
    """

    years: str
    n: int
    counts: dict[str, int]
    pace: dict[str, float]
    elite: Estimate
    professional: Estimate
    senior: Estimate
    mixed: Estimate
    grassroots: Estimate
    lead: Estimate


def span(rows: pd.DataFrame, first: int, last: int) -> Span:
    """Return what began from `first` to `last`."""
    began = rows[rows["start_year"].between(first, last).fillna(False)]
    counts = group(began).value_counts().reindex(GROUPS, fill_value=0).astype(int).to_dict()
    n = len(began)
    counts |= {"senior": counts[STRICT] + counts[PROFESSIONAL], "all": n}
    return Span(
        years=f"{first}–{last}" if first < last else f"{first}",
        n=n,
        counts=counts,
        pace={name: number / (last - first + 1) for name, number in counts.items()},
        elite=share(counts[STRICT], n),
        professional=share(counts[PROFESSIONAL], n),
        senior=share(counts["senior"], n),
        mixed=share(counts[MIXED], n),
        grassroots=share(counts[GRASSROOTS], n),
        lead=lead(counts["senior"], counts[GRASSROOTS], n),
    )


def spans(rows: pd.DataFrame, frame: Frame) -> tuple[Span, Span]:
    """Return the starts up to the break, and those after it."""
    before = span(rows, frame.first_year, frame.break_year)
    return before, span(rows, frame.break_year + 1, frame.last_year)


def share_table(found: list[Span]) -> pd.DataFrame:
    """Return the shares of `GROUPS` in each span, with Wilson intervals.

    Columns ``period``, ``group``, ``initiatives``, ``share``, ``low``, ``high``, ``n``.
    """
    return pd.DataFrame(
        [
            with_interval(
                {"period": part.years, "group": name, "initiatives": part.counts[name]},
                getattr(part, name),
            )
            for part in found
            for name in GROUPS
        ]
    )


# What is in doubt


def doubts(rows: pd.DataFrame) -> dict[str, pd.Series]:
    """Return which rows stand without each kind of doubt, by the words for what is counted."""
    return {
        "Certain starting years alone": ~in_doubt(rows, "start_year"),
        "Without the search for what was missing": rows["wave"] != GAP,
        "Without borderline initiatives": ~rows["borderline"],
    }


def add_undocumented(rows: pd.DataFrame, most: int = MOST_ADDED) -> pd.DataFrame:
    """Return C1 and C2 if more grassroots initiatives had started up to the break.

    Returns
    -------
    pd.DataFrame
        Columns ``added`` (0 to `most`), ``claim``, ``share`` (C1: lead; C2: change), ``low``,
        ``high``, ``n``.
    """
    before, after = (level_counts(rows, period) for period in PERIODS)
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


def tipping(table: pd.DataFrame, claim: str, column: str) -> int:
    """Return the smallest number added at which `column` is not (or no longer) above zero.

    One more than the most that was added where it is still above.
    """
    gone = table[(table["claim"] == claim) & ~(table[column] > 0)]
    return int(table["added"].max() + 1 if gone.empty else gone["added"].min())


def unlisted(study: Study, frame: Frame) -> list[str]:
    """Return the names of grassroots programmes from before the break without any part.

    A programme is an umbrella; it is counted by its parts, and this one has none with a row.
    """
    rows = study.wide(frame.coder)
    early = (rows["start_year"] <= frame.break_year).fillna(False).astype(bool)
    chosen = early & (rows["unit"] == "umbrella") & rows["scope"].isin(frame.scope)
    chosen &= ~rows.index.isin(rows["part_of"].dropna()) & (level(rows) == GRASSROOTS)
    return rows.loc[chosen, "name"].astype(str).tolist()


def place_undated(rows: pd.DataFrame, frame: Frame, year: int) -> Result:
    """Return the tests if every undated initiative had started in `year`."""
    unknown = rows["start_year"].isna()
    name = PERIODS[0] if year <= frame.break_year else PERIODS[1]
    placed = rows.assign(
        start_year=rows["start_year"].fillna(year), period=rows["period"].mask(unknown, name)
    )
    return test_claims(placed, frame)


# Year by year


def yearly_shares(rows: pd.DataFrame, frame: Frame) -> pd.DataFrame:
    """Return the share of grassroots among the starts of each year, mixed ones left out.

    Columns ``year``, ``grassroots``, ``n``, ``share`` (missing where n is 0).
    """
    two = starts_of(rows)
    two = two[two["level"].isin([ELITE, GRASSROOTS])]
    year = pd.Categorical(two["start_year"].astype(int), list(frame.years))
    groups = (two["level"] == GRASSROOTS).groupby(year, observed=False)
    table = pd.DataFrame({"grassroots": groups.sum(), "n": groups.size()})
    table["share"] = table["grassroots"] / table["n"].where(table["n"] > 0)
    return table.rename_axis("year").reset_index().astype({"year": int})


def lead_among_active(rows: pd.DataFrame, frame: Frame, unknown_ends: str) -> Estimate:
    """Return C1 among the initiatives active at some time up to the break year."""
    years = range(frame.first_year, frame.break_year + 1)
    ever = pd.concat(
        [active(rows, y, unknown_ends=unknown_ends, last_year=frame.last_year) for y in years],
        axis=1,
    ).any(axis=1)
    counts = rows.loc[ever, "level"].value_counts().reindex(LEVELS)
    return lead(int(counts[ELITE]), int(counts[GRASSROOTS]), int(counts.sum()))


def active_bounds(rows: pd.DataFrame, frame: Frame) -> pd.DataFrame:
    """Return active initiatives per year and level, at least and at most.

    Columns ``year``, ``level``, ``low`` (unknown ends read as short) and ``high`` (as long).
    """
    low, high = (
        count_active(rows, frame.years, ends).set_index(["year", "level"])["initiatives"]
        for ends in ("short", "long")
    )
    return pd.DataFrame({"low": low, "high": high}).reset_index()


def doubts_table(found: dict[str, Result]) -> pd.DataFrame:
    """Return C1 and both parts of C2 for each way to count, ready to print.

    A way that leaves nothing out has no row of its own.
    """
    everything = next(iter(found.values()))
    counted = {
        x: r for x, r in found.items() if r is everything or r.change.n < everything.change.n
    }
    heads = {
        "C1: lead of elites and professionals": lambda r: (points_text(r.lead, " points"), r.lead),
        "C2: rise of the grassroots share": lambda r: (points_text(r.change, " points"), r.change),
        "C2: odds, per later year": lambda r: (ratio_text(r.odds), r.odds),
    }
    table = []
    for name, result in counted.items():
        cells = {head: f(result) for head, f in heads.items()}
        cells = {head: f"{number.text}, n = {e.n}" for head, (number, e) in cells.items()}
        table.append({"What is counted": name} | cells)
    return pd.DataFrame(table)
