"""How many initiatives that nobody documented it would take to turn C1 and C2."""

import numpy as np
import pandas as pd

from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import ELITE, GRASSROOTS, LEVELS, PERIODS, level_counts, starts_of
from tracktwo.analysis.vectors import differences, leads, trends
from tracktwo.ground.digits import rounded

MOST = 60  # undocumented initiatives that are tried at most


def tipping(rows: pd.DataFrame, frame: Frame, most_elite: int = MOST) -> pd.DataFrame:
    """Return how many undocumented grassroots starts it takes to undo C1 and C2.

    Undocumented initiatives are spread evenly over the years of their period.

    Returns
    -------
    pd.DataFrame
        Columns ``claim``, ``elite`` (undocumented elite/professional starts after the break, 0
        to `most_elite`), ``blurred`` and ``undone``: the fewest undocumented grassroots starts
        up to the break at which an interval of the claim holds the border, and at which an
        estimate is no longer on the predicted side; `MOST` + 1 where even `MOST` are not enough.
    """
    grid = np.arange(MOST + 1)
    table = []
    for elite in range(most_elite + 1):
        for claim, (low, value) in _with_added(rows, frame, grid, elite).items():
            blurred, undone = (_first(rounded(x) <= 0) for x in (low, value))
            table.append({"claim": claim, "elite": elite, "blurred": blurred, "undone": undone})
    return pd.DataFrame(table)


def _first(gone: np.ndarray) -> int:
    return int(np.argmax(gone)) if gone.any() else MOST + 1


def _with_added(
    rows: pd.DataFrame, frame: Frame, grassroots: np.ndarray, elite: int
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return for C1 and C2 the low end and the value, above the border by their sign.

    Of the two parts of C2 the nearer to its border counts; ratios are taken as logarithms.
    """
    before, after = (level_counts(rows, p) for p in PERIODS)
    g, n = before[GRASSROOTS] + grassroots, before.sum() + grassroots
    c1, c1_low, _ = leads(np.full(len(g), before[ELITE]), g, n)
    change, change_low, _ = differences(
        np.full(len(g), after[GRASSROOTS]), np.full(len(g), after.sum() + elite), g, n
    )
    yes, both = _by_year(rows, frame, grassroots, elite)
    ratio, ratio_low, _ = (np.log(x) for x in trends(yes, both))
    # What cannot be computed does not stand.
    low, value = (
        np.nan_to_num(np.minimum(a, b), nan=-1.0)
        for a, b in ((change_low, ratio_low), (change, ratio))
    )
    return {"C1": tuple(np.nan_to_num(x, nan=-1.0) for x in (c1_low, c1)), "C2": (low, value)}


def _by_year(
    rows: pd.DataFrame, frame: Frame, grassroots: np.ndarray, elite: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return grassroots, and grassroots plus elite/professional, starts: shape (cases, years)."""
    starts = starts_of(rows)
    years = pd.Categorical(starts["start_year"].astype(int), list(frame.years))
    counts = pd.crosstab(years, starts["level"], dropna=False)
    counts = counts.reindex(index=list(frame.years), columns=LEVELS, fill_value=0)
    early = np.array([year <= frame.break_year for year in frame.years])
    yes = counts[GRASSROOTS].to_numpy() + np.outer(grassroots, early / early.sum())
    return yes, yes + counts[ELITE].to_numpy() + elite * ~early / (~early).sum()
