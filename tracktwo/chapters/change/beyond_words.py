"""Chapter `change`: what is said of the starts beyond the article's window."""

import pandas as pd

from tracktwo.analysis.estimates import FEWEST, Estimate
from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import ELITE, GRASSROOTS, LEVELS, PERIODS, level_counts
from tracktwo.chapters.change.beyond import (
    ALONE,
    CHOICES,
    GAP,
    STRICT,
    Beyond,
    one_by_one,
    sides,
)
from tracktwo.ground.wording import enumerate_words, first_up
from tracktwo.words.numbers import Number, percent, points_text, ratio_text
from tracktwo.words.sides import by_side

OTHERWISE = {
    "waves": "without the search for what was missing",
    "nested rows": "without parts of other initiatives",
    "uncertain years": "with certain starting years alone",
    "borderline rows": "without borderline initiatives",
    "elite side": "with the elite counted strictly",
}

AHEAD = {
    "above": "grassroots starts are clearly ahead",
    "below": "elite and professional starts are clearly ahead",
    "open": "neither is clearly ahead",
}


def title_windows(beyond: Beyond) -> str:
    """Return the finding of the figure: who leads after the break, or what became of a rise."""
    return by_side(
        beyond.test.estimate,
        0,
        above=f"In {beyond.span} grassroots starts outnumber elite and professional ones",
        below=f"In {beyond.span} elite and professional starts outnumber grassroots ones",
        unsure=_say_peak(beyond)
        or f"In {beyond.span} neither side of the starts is clearly ahead of the other",
    )


def _say_peak(beyond: Beyond) -> str:
    """Return when the share of grassroots starts was highest, unless at the start or the end."""
    shares = sides(beyond.windows).dropna().set_index("period")[GRASSROOTS]
    between = shares.iloc[1:-1]
    if between.empty or between.max() <= max(shares.iloc[[0, -1]]):
        return ""
    top, when = percent(between.max()).text, between.idxmax()
    return f"Grassroots starts rose to {top} of all in {when}, a share not reached since"


def say_answer(beyond: Beyond) -> str:
    """Return the finding of the chapter's second half, in one sentence for its box."""
    title = title_windows(beyond)
    if title == _say_peak(beyond):
        return f"{title}; over {beyond.span} {AHEAD['open']}."
    return f"{title}."


def say_windows(beyond: Beyond) -> str:
    """Return the shares of both sides in every window, in one sentence."""
    parts = [
        f"{percent(row[ELITE]).text} and {percent(row[GRASSROOTS]).text} in {row['period']} "
        f"(of {int(row['n'])})"
        for _, row in sides(beyond.windows).dropna().iterrows()
    ]
    if not parts:
        return "No documented start has a known year."
    return f"Elite and professional, and grassroots starts were {enumerate_words(parts)}."


def say_trend(beyond: Beyond) -> str:
    """Return whether the odds of a grassroots start move over all years."""
    years = f"{beyond.frame.first_year}–{beyond.frame.last_year}"
    if beyond.trend is None:
        return f"There are too few starts to fit a trend over {years}."
    moved = by_side(
        beyond.trend.odds_ratio, 1, above="rise", below="fall", unsure="show no clear trend"
    )
    return (
        f"Over {years} the odds that a start is grassroots rather than elite or professional "
        f"{moved}: each later year multiplies them by {ratio_text(beyond.trend.odds_ratio).text}."
    )


def say_test(beyond: Beyond) -> str:
    """Return the test of *took the place of*, with what the rule says of it."""
    estimate = beyond.test.estimate
    if estimate.n < FEWEST:
        return f"Fewer than {FEWEST} documented starts lie in {beyond.span}: too few for a test."
    found = AHEAD[estimate.side_of(0)]
    return (
        f"In {beyond.span} {found}: the share of grassroots starts minus that of elite and "
        f"professional ones is {points_text(estimate).text}, {estimate.n} starts in all. By the "
        f"rule of the verdicts, that grassroots initiatives took the place of the others is "
        f"“{beyond.verdict}”."
    )


def say_hinges(beyond: Beyond) -> str:
    """Return how many specifications have grassroots ahead, and which choices turn the result."""
    known = beyond.curve["agrees"].dropna()
    if known.empty:
        return f"Nothing documented began in {beyond.span}, so no choice can matter."
    text = f"Grassroots starts are ahead in {int(known.sum())} of {len(known)} specifications."
    cases = one_by_one(beyond.curve).dropna(subset=["value"])
    own, others = cases[cases["choice"].isna()], cases[cases["choice"].notna()]
    if own.empty:
        return text
    turned = others[(others["value"] > 0) != (own["value"].iloc[0] > 0)].to_dict("records")
    for case in turned:
        rest = f"{int(known.sum()) - case['ahead']} of {len(known) - case['of']}"
        text += f" {first_up(OTHERWISE[case['choice']])}: in {case['ahead']} of {case['of']}; "
        text = f"{text}otherwise in {rest}."
    (side,) = [_estimate(case).side_of(0) for case in own.to_dict("records")]
    moved: dict[str, list[str]] = {}
    for case in others.to_dict("records"):
        if (now := _estimate(case).side_of(0)) != side:
            moved.setdefault(now, []).append(OTHERWISE[case["choice"]])
    if not moved:
        return f"{text} No choice alone would change who is clearly ahead."
    parts = [f"{enumerate_words(when)}, {AHEAD[now]}" for now, when in moved.items()]
    return f"{text} Changed one at a time, some choices change the finding: {'; '.join(parts)}."


def say_strict(beyond: Beyond) -> str:
    """Return whether grassroots starts led the strict elite before the break already."""
    first = beyond.windows[beyond.windows["period"] == beyond.windows["period"].iloc[0]]
    shares = first.set_index("group")["share"]
    if not shares[GRASSROOTS] > shares[STRICT]:
        return ""
    strict, grassroots = (percent(shares[name]).text for name in (STRICT, GRASSROOTS))
    return (
        f"But grassroots starts led the strict elite before the break, too ({grassroots} against "
        f"{strict}): that lead is no change of places."
    )


def say_nested(beyond: Beyond) -> str:
    """Return at which levels the parts and later phases of others are."""
    later = beyond.rows[beyond.rows["period"] == PERIODS[1]]
    parts = level_counts(later[later["part_of"].notna()], PERIODS[1])
    counts = enumerate_words([f"{parts[level]} {level}" for level in LEVELS])
    return f"Of the starts of {beyond.span}, {parts.sum()} are parts of others ({counts})."


def say_gap_wave(beyond: Beyond) -> str:
    """Return the make-up of what the search for missing initiatives found, after the break."""
    later = beyond.rows[beyond.rows["period"] == PERIODS[1]]
    found = later["wave"] == GAP
    parts = [
        f"{percent((later.loc[chosen, 'level'] == GRASSROOTS).mean()).text} of {int(chosen.sum())}"
        for chosen in (found, ~found)
        if chosen.any()
    ]
    if len(parts) < 2:
        return ""
    return (
        "The search for what was missing looked for small projects on purpose: of its starts in "
        f"{beyond.span}, grassroots are {parts[0]}, of the others {parts[1]}."
    )


def say_reach(beyond: Beyond, frame: Frame) -> str:
    """Return how far the documented starts reach beyond the frame's window."""
    more = int((beyond.rows["start_year"] > frame.last_year).sum())
    if not more:
        return f"No documented initiative began after {frame.last_year}."
    return (
        f"{more} documented initiatives began after {frame.last_year}, the last of them in "
        f"{beyond.frame.last_year}."
    )


def tell_beyond(beyond: Beyond, frame: Frame) -> dict[str, Number | str | int]:
    """Return every computed sentence of the chapter's second half, by key."""
    searches = " ".join(filter(None, [say_gap_wave(beyond), say_nested(beyond)]))
    return {
        "beyond-answer": say_answer(beyond),
        "beyond-reach": say_reach(beyond, frame),
        "beyond-windows": say_windows(beyond),
        "beyond-trend": say_trend(beyond),
        "beyond-test": say_test(beyond),
        "beyond-hinges": " ".join(filter(None, [say_hinges(beyond), say_strict(beyond)])),
        "beyond-searches": searches,
    }


def choices_table(beyond: Beyond) -> pd.DataFrame:
    """Return the test with each choice made otherwise, ready to print."""
    rows = []
    for case in one_by_one(beyond.curve).to_dict("records"):
        choice = case["choice"]
        rows.append(
            {
                "Choice": OTHERWISE[choice].capitalize() if choice in CHOICES else "All rows",
                "Grassroots minus elite/professional": points_text(_estimate(case)).text,
                "n": int(case["n"]),
                "Grassroots ahead": f"{case['ahead']} of {case['of']}",
            }
        )
    return pd.DataFrame(rows)


def _estimate(case: dict[str, float]) -> Estimate:
    return Estimate(case["value"], case["low"], case["high"], int(case["n"]))


def alt_windows(beyond: Beyond) -> str:
    """Return the alternative text of the figure."""
    table = beyond.windows[beyond.windows["n"] > 0]
    parts = [
        f"{period}: "
        + enumerate_words([f"{group} {percent(s).text}" for group, s in shares.items()])
        for period, shares in table.set_index("group").groupby("period")["share"]
    ]
    return f"Bars of the starts of each window by who took part. {'; '.join(parts)}."


def caption_windows(beyond: Beyond) -> str:
    """Return what the figure shows, with n and the frame."""
    n = int(beyond.windows.drop_duplicates("period")["n"].sum())
    return (
        f"Documented starts by who took part. *{STRICT.capitalize()}*: with participants from the "
        f"elite and none from the grassroots; *{ALONE}*: professionals alone. "
        f"{beyond.frame.note(n, 'dated starts')}"
    )
