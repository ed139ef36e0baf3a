"""Chapter `focus`: its sentences, titles and alternative texts, computed from the results."""

from math import isinf, isnan

import pandas as pd

from tracktwo.analysis.estimates import Estimate, share
from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import ELITE, GRASSROOTS, PERIODS
from tracktwo.chapters.evidence.results import agreement_by_code
from tracktwo.chapters.evidence.words import say_focus
from tracktwo.chapters.focus import results as focus
from tracktwo.chapters.focus.results import BOTH, OUTCOME, RELATIONSHIP, Result
from tracktwo.data.study import Study
from tracktwo.ground.wording import enumerate_words
from tracktwo.telling.examples import RULE
from tracktwo.words.numbers import (
    Number,
    count,
    decimal,
    percent,
    points_text,
    ratio_text,
    share_text,
)
from tracktwo.words.sides import by_side, majority

THIN = "not defined, for want of cases"


def odds_text(estimate: Estimate) -> str:
    """Write an odds ratio with its interval; where it has no upper end, the least it may be."""
    if isnan(estimate.value):
        return THIN
    if isinf(estimate.high):
        return f"at least {decimal(estimate.low).text}"
    return ratio_text(estimate).text


def odds_short(estimate: Estimate) -> str:
    """Write an odds ratio for the end of a row in a chart."""
    if isnan(estimate.value):
        return "no cases"
    return f"{decimal(estimate.value, 1).text}" if not isinf(estimate.high) else "no upper end"


def say_relationship(result: Result) -> str:
    """Return the answer to C3 as one sentence."""
    found = result.relationship
    if not found.n:
        return "No grassroots initiative is documented, so C3 cannot be tested."
    return (
        f"Of the {found.n} documented grassroots initiatives, {share_text(found).text} chiefly aim "
        f"at relationships: {majority(found)}."
    )


def say_outcome(result: Result) -> str:
    """Return the answer to C4: both its parts, as one or two sentences."""
    found, odds = result.outcome, result.odds
    if not found.n:
        return "No elite or professional initiative is documented, so C4 cannot be tested."
    against = by_side(
        odds,
        1,
        above=f"higher than among grassroots ones, by a factor of {odds_text(odds)}",
        below=f"lower than among grassroots ones, by a factor of {odds_text(odds)}",
        unsure=f"not clearly different from those among grassroots ones ({odds_text(odds)})",
    )
    return (
        f"Of the {found.n} elite and professional ones, {share_text(found).text} aim at an "
        f"outcome: {majority(found)}. The odds of an outcome focus are {against}."
    )


def say_firm(result: Result) -> str:
    """Return which of the two claims stands firm, for the end of the answer."""
    firm = {
        "C3": result.relationship.side_of(0.5) == "above",
        "C4": result.outcome.side_of(0.5) == "above" and result.odds.side_of(1) == "above",
    }
    held = [name for name, holds in firm.items() if holds]
    open_ = [name for name, holds in firm.items() if not holds]
    if not held:
        return "Neither claim has its whole interval on the side it predicts."
    if not open_:
        return "Both claims have their whole intervals on the side they predict."
    return f"{held[0]} has its whole interval on the side it predicts; {open_[0]} does not."


def say_change(rows: pd.DataFrame, frame: Frame, level: str, key: str, name: str) -> str:
    """Return how the share of a focus at one level moved from one period to the other."""
    of_level = rows[rows["level"] == level]
    spans = list(frame.periods.values())
    found = [
        share(int((group == key).sum()), len(group))
        for period in PERIODS
        for group in [of_level.loc[of_level["period"] == period, "focus"]]
    ]
    if not all(estimate.n for estimate in found):
        return f"Not both periods have dated {level} starts, so they cannot be compared."
    moved = focus.change(rows, level, key)
    verb = by_side(moved, 0, above="rose", below="fell", unsure="did not clearly move")
    before, after = (percent(estimate.value).text for estimate in found)
    return (
        f"Among {level} starts the share with the focus “{name}” {verb}: {before} in "
        f"{spans[0]}, {after} in {spans[1]} ({points_text(moved).text})."
    )


def say_early(rows: pd.DataFrame, frame: Frame) -> str:
    """Return whether C3 holds among the starts of the period the article speaks of first."""
    of_level = rows[rows["level"] == GRASSROOTS]
    parts = []
    for period, years in frame.periods.items():
        group = of_level.loc[of_level["period"] == period, "focus"]
        found = share(int((group == RELATIONSHIP).sum()), len(group))
        if found.n:
            parts.append(f"{years} it is {share_text(found).text}, {majority(found)}")
    if not parts:
        return "No grassroots initiative has a dated start, so C3 cannot be split by period."
    return f"For C3, split by period: in {'; in '.join(parts)}."


def say_trend(rows: pd.DataFrame, frame: Frame, level: str, key: str, name: str) -> str:
    """Return how the odds of a focus move by year at one level."""
    ratio = focus.trend(rows, level, key, frame.years)
    if ratio is None:
        return f"No trend by year can be fitted to the {level} starts: too few, or too much alike."
    moved = by_side(ratio, 1, above="rise", below="fall", unsure="show no clear trend")
    return (
        f"Year by year, the odds of the focus “{name}” among {level} starts {moved} "
        f"(times {ratio_text(ratio).text} a year)."
    )


def say_readings(found: dict[str, Result]) -> str:
    """Return how far the claims depend on how rows with two aims are counted."""
    tested = found[focus.TESTED]
    if not (tested.relationship.n and tested.outcome.n):
        return "One of the levels has no initiatives, so the readings cannot be compared."
    spans = {
        "C3": [r.relationship.value for r in found.values() if r.relationship.n],
        "C4": [r.outcome.value for r in found.values() if r.outcome.n],
    }
    parts = [
        f"{name} lies between {percent(min(v)).text} and {percent(max(v)).text}"
        for name, v in spans.items()
    ]
    least = min((r.odds for r in found.values()), key=lambda e: (isnan(e.value), e.value))
    held = by_side(
        least,
        1,
        above="so the contrast between the levels does not hang on them",
        below="so the contrast between the levels hangs on them",
        unsure="so on that reading the contrast between the levels is no longer clear",
    )
    return (
        f"Depending on the reading, the share of {' and that of '.join(parts)}. The reading that "
        f"speaks most against the contrast gives an odds ratio of {odds_text(least)}, {held}."
    )


def say_profile(marks: list[str]) -> str:
    """Return what marks initiatives with two aims: the codes they have more often."""
    if not marks:
        return "No approach and no format is clearly commoner among them than among the rest."
    return (
        f"Clearly commoner among them than among the rest: {enumerate_words(marks)} "
        f"({'the interval' if len(marks) == 1 else 'each interval'} of the difference leaves out "
        "zero)."
    )


def say_both(rows: pd.DataFrame) -> str:
    """Return how many initiatives have two aims, in all and at each level."""
    counts = rows.groupby("level", observed=False)["focus_both"].agg(["sum", "size"])
    parts = [f"{row['sum']} of {row['size']} {level}" for level, row in counts.iterrows()]
    return f"{rows['focus_both'].sum()} of {len(rows)} initiatives ({enumerate_words(parts)})"


def say_strict(rows: pd.DataFrame) -> str:
    """Return C4 among the initiatives with participants from the elite in the strict sense."""
    strict = rows.loc[(rows["level"] == ELITE) & rows["participants_elite"], "focus"]
    found = share(int((strict == OUTCOME).sum()), len(strict))
    if not found.n:
        return "No initiative at that level had participants from the elite in the strict sense."
    return (
        f"Of the {found.n} with participants from the elite in the strict sense, "
        f"{share_text(found).text} aim at an outcome: {majority(found)}."
    )


def say_coders(found: dict[str, Result]) -> str:
    """Return how far the two claims move from one coder to another."""
    parts = []
    for claim, field in (("C3", "relationship"), ("C4", "outcome")):
        shares = {name: getattr(result, field) for name, result in found.items()}
        known = {name: e.value for name, e in shares.items() if e.n}
        if known:
            low, high = min(known, key=known.get), max(known, key=known.get)
            clear = sum(e.side_of(0.5) == "above" for e in shares.values())
            parts.append(
                f"The share of {claim} goes from {percent(known[low]).text} ({low}) to "
                f"{percent(known[high]).text} ({high}), and its whole interval is above one "
                f"half for {clear} of {len(found)} coders."
            )
    return " ".join(parts) or "No coder has coded an initiative of either level."


def say_agreement(by_code: pd.DataFrame, code: str) -> str:
    """Return how well each round agrees on one code."""
    rows = by_code[(by_code["variable"] == code) & by_code["alpha"].notna()]
    parts = [f"{decimal(row.alpha).text} in the {row.round}" for row in rows.itertuples()]
    return enumerate_words(parts, nothing="not defined in any round")


def tell_focus(
    study: Study,
    rows: pd.DataFrame,
    frame: Frame,
    result: Result,
    read: dict[str, Result],
    coded: dict[str, Result],
    marks: list[str],
) -> dict[str, Number | str | int]:
    """Return every number and computed sentence of the chapter, by key."""
    names = focus.labels(study)
    spans = list(frame.periods.values())
    by_code = agreement_by_code(study, "inventory", "focus")
    label = study.labels("focus").get(BOTH, BOTH)
    return {
        "answer-relationship": say_relationship(result),
        "answer-outcome": say_outcome(result),
        "answer-firm": say_firm(result),
        "answer-early": say_early(rows, frame),
        "span-before": spans[0],
        "span-after": spans[1],
        "n-undated": count(rows["period"].isna().sum()),
        "n-both": say_both(rows),
        "readings": say_readings(read),
        "profile": say_profile(marks),
        "change-grassroots": say_change(rows, frame, GRASSROOTS, RELATIONSHIP, names[RELATIONSHIP]),
        "change-elite": say_change(rows, frame, ELITE, OUTCOME, names[OUTCOME]),
        "trend-grassroots": say_trend(rows, frame, GRASSROOTS, RELATIONSHIP, names[RELATIONSHIP]),
        "trend-elite": say_trend(rows, frame, ELITE, OUTCOME, names[OUTCOME]),
        "strict": say_strict(rows),
        "coders": say_coders(coded),
        "agreement-both": say_agreement(by_code, label),
        "apart": say_focus(study),
        "rule": RULE,
    }
