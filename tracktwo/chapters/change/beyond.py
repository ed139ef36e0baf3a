"""Chapter `change`: starts beyond the article's window, and whether one took another's place.

A result of its own beside the verdict on C2: no claim predicts it, ``verdicts.json`` lacks it.
"""

from dataclasses import dataclass, replace
from itertools import product

import pandas as pd

from tracktwo.analysis.estimates import Estimate, Trend, lead, share, with_interval
from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import ELITE, GRASSROOTS, MIXED, PERIODS, in_doubt
from tracktwo.claims.claim_tests import grassroots_trend
from tracktwo.claims.claims import Part
from tracktwo.claims.verdicts import agreeing, judge
from tracktwo.data.study import Study

STRICT, ALONE = "elite", "professional"
GROUPS = [STRICT, ALONE, MIXED, GRASSROOTS]  # the side of elites and professionals in two
STEP = 4  # years of a window after the break
GAP = "gap"  # the wave that was searched for what the others had missed

CHOICES = {
    "waves": ("all", "without gap"),
    "nested rows": ("in", "out"),
    "uncertain years": ("in", "out"),
    "borderline rows": ("in", "out"),
    "elite side": ("elite and professional", "elite strictly"),
}
"""Choices of the test, each with its options; the first is the book's own."""


@dataclass(frozen=True, eq=False)
class Beyond:
    """What became of the starts after the break, up to the last that is documented.

    ``frame`` is the chapter's, its last year moved to the last start; ``rows`` are its
    initiatives. ``test`` is the share of grassroots minus that of elite/professional starts
    after the break, ``curve`` the same under every combination of `CHOICES`.
    """

    frame: Frame
    rows: pd.DataFrame
    windows: pd.DataFrame
    trend: Trend | None
    test: Part
    curve: pd.DataFrame

    @property
    def agreeing(self) -> int:
        """How many specifications have grassroots ahead."""
        return int(self.curve["agrees"].sum())

    @property
    def verdict(self) -> str:
        """What the rule of verdicts says of the test."""
        return judge(self.test, agreeing(self.curve["agrees"]))

    @property
    def span(self) -> str:
        """The years that the test looks at."""
        return self.frame.periods[PERIODS[1]]


def look_beyond(study: Study, frame: Frame) -> Beyond:
    """Return what the starts say from the frame's first year to the last that is documented."""
    wide = widen(study, frame)
    rows = wide.select(study)
    estimate = place_taken(rows)
    name = "grassroots minus elite/professional starts after the break"
    return Beyond(
        frame=wide,
        rows=rows,
        windows=count_windows(rows, wide),
        trend=grassroots_trend(rows, wide.years),
        test=Part("points", name, estimate, ">", 0.0, estimate.n),
        curve=specifications(replace(wide, nested=True, borderline=True).select(study)),
    )


def widen(study: Study, frame: Frame) -> Frame:
    """Return the frame with its last year moved to the last documented start inside it."""
    latest = study.initiatives["start_year"].max()
    if pd.isna(latest) or latest <= frame.last_year:
        return frame
    inside = replace(frame, last_year=int(latest)).select(study)["start_year"].max()
    return replace(frame, last_year=max(frame.last_year, 0 if pd.isna(inside) else int(inside)))


def group_of(rows: pd.DataFrame) -> pd.Series:
    """Return one of `GROUPS` for each initiative: its level, the elite side in two."""
    side = rows["participants_elite"].map({True: STRICT, False: ALONE})
    return rows["level"].astype(str).where(rows["level"] != ELITE, side)


def windows(frame: Frame) -> list[tuple[int, int]]:
    """Return the first and last year of each window: up to the break, then `STEP` by `STEP`."""
    later = range(frame.break_year + 1, frame.last_year + 1, STEP)
    ends = [(year, min(year + STEP - 1, frame.last_year)) for year in later]
    return [(frame.first_year, frame.break_year), *ends]


def count_windows(rows: pd.DataFrame, frame: Frame) -> pd.DataFrame:
    """Return the starts of each window by group, with Wilson intervals.

    Columns ``period`` (its years), ``group``, ``initiatives``, ``share``, ``low``, ``high``,
    ``n`` (all starts of the window).
    """
    group, table = group_of(rows), []
    for first, last in windows(frame):
        counts = group[rows["start_year"].between(first, last).fillna(False)].value_counts()
        for name in GROUPS:
            number = int(counts.get(name, 0))
            words = f"{first}–{last}" if first < last else f"{first}"
            labels = {"period": words, "group": name, "initiatives": number}
            table.append(with_interval(labels, share(number, int(counts.sum()))))
    return pd.DataFrame(table)


def sides(table: pd.DataFrame) -> pd.DataFrame:
    """Return the share of both sides in each window: ``period``, `ELITE`, `GRASSROOTS`, ``n``."""
    shares = table.pivot(index="period", columns="group", values="share")
    both = pd.DataFrame({ELITE: shares[STRICT] + shares[ALONE], GRASSROOTS: shares[GRASSROOTS]})
    return both.assign(n=table.groupby("period")["n"].first()).reset_index()


def place_taken(rows: pd.DataFrame, *, strict: bool = False) -> Estimate:
    """Return the share of grassroots minus that of elite/professional starts after the break.

    Parameters
    ----------
    strict
        Whether only initiatives with participants from the elite are on the elite side;
        professionals alone then count among all starts, on neither side.
    """
    later = rows[rows["period"] == PERIODS[1]]
    elite = later["level"] == ELITE
    if strict:
        elite &= later["participants_elite"]
    return lead(int((later["level"] == GRASSROOTS).sum()), int(elite.sum()), len(later))


def specifications(rows: pd.DataFrame) -> pd.DataFrame:
    """Return `place_taken` under every combination of `CHOICES`.

    Parameters
    ----------
    rows
        The initiatives with nested and borderline ones in.

    Returns
    -------
    pd.DataFrame
        A column for each choice, then ``value``, ``low``, ``high``, ``n`` and ``agrees``
        (whether grassroots are ahead; missing where nothing began).
    """
    out = {
        "waves": rows["wave"] == GAP,
        "nested rows": rows["part_of"].notna(),
        "uncertain years": in_doubt(rows, "start_year"),
        "borderline rows": rows["borderline"],
    }
    table = []
    for options in product(*CHOICES.values()):
        chosen = dict(zip(CHOICES, options, strict=True))
        keep = pd.Series(True, index=rows.index)
        for choice, dropped in out.items():
            if chosen[choice] != CHOICES[choice][0]:
                keep &= ~dropped
        strict = chosen["elite side"] != CHOICES["elite side"][0]
        found = place_taken(rows[keep], strict=strict)
        numbers = {"value": found.value, "low": found.low, "high": found.high, "n": found.n}
        table.append(chosen | numbers)
    curve = pd.DataFrame(table)
    ahead = (curve["value"] > 0).astype("boolean")
    return curve.assign(agrees=ahead.mask(curve["value"].isna()))


def one_by_one(curve: pd.DataFrame) -> pd.DataFrame:
    """Return the test with the book's own choices, and with each of the others made alone.

    Columns ``choice``, ``option`` (missing in the first row), the numbers of `specifications`,
    and ``ahead`` and ``of``: in how many specifications with that option grassroots are ahead.
    """
    other = pd.DataFrame({c: curve[c] != options[0] for c, options in CHOICES.items()})
    alone = other.sum(axis=1)
    rows = [_row(curve[alone == 0], curve, None, None)]
    for choice, (_, option) in CHOICES.items():
        with_it = curve[other[choice]]
        rows.append(_row(curve[other[choice] & (alone == 1)], with_it, choice, option))
    return pd.DataFrame(rows)


def _row(case: pd.DataFrame, among: pd.DataFrame, choice: str | None, option: str | None) -> dict:
    numbers = case.iloc[0][["value", "low", "high", "n"]].to_dict()
    counted = {"ahead": int(among["agrees"].sum()), "of": int(among["agrees"].notna().sum())}
    return {"choice": choice, "option": option, **numbers, **counted}
