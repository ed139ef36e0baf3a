"""Chapter `focus_groups`: what it says of themes, groups and questions, computed."""

import pandas as pd

from tracktwo.chapters.focus_groups.chapter import CLEAR, LEANING, found
from tracktwo.ground.digits import rounded
from tracktwo.ground.wording import enumerate_words
from tracktwo.telling.myst import plain
from tracktwo.words.numbers import percent

CHANCE = 0.05  # of 95% intervals leave out zero by chance alone
NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
TOO_FEW = "There are too few {} to compare them."


def number(n: int) -> str:
    """Return a small number in words, a larger one in figures."""
    return NUMBERS[n] if n < len(NUMBERS) else str(n)


def lower(labels: list[str]) -> list[str]:
    """Return labels as they stand inside a sentence."""
    return [label[:1].lower() + label[1:] for label in labels]


def listed(labels: list[str]) -> str:
    """Return labels as a list inside a sentence."""
    return enumerate_words(lower(labels))


def say_themes(shares: pd.DataFrame) -> str:
    """Return the themes raised most, each with the share of voices that raise it."""
    top = shares[shares["voices"] > 0].head(3)
    if top.empty:
        return "No statement is about any of the themes."
    parts = [
        f"{text} ({percent(x).text})"
        for text, x in zip(lower(list(top["label"])), top["share"], strict=True)
    ]
    return f"The themes raised by most voices are {enumerate_words(parts)}."


def say_aside(n: int) -> str:
    """Return how many statements are left out because they were looked for on purpose."""
    if not n:
        return ""
    return (
        f"{plural(n, 'more statement')} {'was' if n == 1 else 'were'} looked for on purpose, to "
        "learn when the work reaches politics or society. They are left out here, since a search "
        "for one subject is no sample of what practitioners talk about."
    )


def say_difference(result: pd.DataFrame, one: str, other: str) -> str:
    """Return on how many themes two groups differ clearly, and which these are."""
    if result.empty:
        return TOO_FEW.format(f"{one} or {other} voices")
    clear, n = found(result), len(result)
    if not clear:
        return f"Between {one} and {other} voices none of the {n} themes differs clearly."
    more = [(one, found(result, CLEAR, 1)), (other, found(result, CLEAR, -1))]
    parts = [f"{group} ones raise {listed(labels)} more often" for group, labels in more if labels]
    verb = "differs" if len(clear) == 1 else "differ"
    head = f"Between {one} and {other} voices {number(len(clear))} of the {n} themes {verb} clearly"
    return f"{head}: {', '.join(parts)}."


def say_leaning(result: pd.DataFrame) -> str:
    """Return which further themes only lean, and how many would by chance alone."""
    if result.empty:
        return ""
    leaning = found(result, LEANING)
    chance = round(CHANCE * len(result))
    by_chance = f"chance alone would make about {number(chance)} of {len(result)} lean"
    further = " further" if found(result) else ""
    if not leaning:
        return f"No{further} theme even leans; {by_chance}."
    verb = "leans" if len(leaning) == 1 else "lean"
    one = f"{number(len(leaning))}{further} ({listed(leaning)}) {verb}"
    own = "its own interval leaves" if len(leaning) == 1 else "their own intervals leave"
    return f"{one[:1].upper()}{one[1:]}: {own} out zero, but {by_chance}."


def say_divide(sides: pd.DataFrame, levels: pd.DataFrame) -> str:
    """Return whether side or level tells more of what people talk about."""
    if sides.empty or levels.empty:
        return "Side and level cannot be set against each other here, for want of voices."
    by_side, by_level = len(found(sides)), len(found(levels))
    if by_level > by_side:
        what = "the level at which they work than with the side they are on"
    elif by_side > by_level:
        what = "the side they are on than with the level at which they work"
    elif by_side:
        return "Clear differences run along both lines, side and level."
    else:
        return "What practitioners speak of goes clearly with neither their side nor their level."
    return f"What practitioners speak of goes more visibly with {what}."


def say_width(result: pd.DataFrame) -> str:
    """Return how large a difference could still hide behind one that is not clear."""
    hidden = result[result["found"] != CLEAR]
    if hidden.empty:
        return "There is no difference that is not clear."
    far = hidden[["wide_low", "wide_high"]].astype(float).abs().max(axis=1)
    points = plural(round(rounded(float(far.median()) * 100)), "percentage point")
    return (
        f"For half of the themes without a clear difference, the wider interval still holds one of "
        f"{points} or more."
    )


def plural(n: int, word: str) -> str:
    """Return a number with its noun."""
    return f"{n} {word}" if n == 1 else f"{n:,} {word}s"


def title_differences(sides: pd.DataFrame, levels: pd.DataFrame) -> str:
    """Return the finding of the main figure."""
    if sides.empty and levels.empty:
        return "Too few voices to compare the themes of sides or levels"
    parts = [
        f"{_how_many(result)} between {between}"
        for result, between in ((sides, "the two sides"), (levels, "elite and grassroots"))
        if len(result)
    ]
    return f"Themes that differ clearly: {enumerate_words(parts)}"


def _how_many(result: pd.DataFrame) -> str:
    clear = found(result)
    names = f" ({plain(listed(clear))})" if 0 < len(clear) <= 3 else ""
    return f"{number(len(clear))} of {len(result)}{names}"


def alt_differences(result: pd.DataFrame, one: str, other: str) -> str:
    """Return the alternative text of one panel of differences."""
    if result.empty:
        return f"Too few {one} or {other} to compare."
    ordered = result.sort_values("difference", kind="stable")
    ends = [
        f"{row.label.lower()} {points(row.difference)}"
        for row in ordered.iloc[[-1, 0]].itertuples()
    ]
    clear = found(result)
    said = f"clear for {listed(clear)}" if clear else "none of them clear"
    return (
        f"Differences in the share of {one} and of {other} that raise each of {len(result)} "
        f"themes, with intervals: from {ends[0]} to {ends[1]} percentage points; {said}."
    )


def points(difference: float) -> str:
    """Return a difference of shares in percentage points, with its sign."""
    whole = round(rounded(float(difference) * 100))
    return f"{whole:+d}".replace("-", "−") if whole else "0"


def leaders(counts: pd.DataFrame) -> dict[str, list[str]]:
    """Return for each theme that leads in a group the groups it leads in; ties go by label."""
    raised = counts[counts["voices"] > 0]
    first = raised.sort_values(["share", "label"], ascending=[False, True]).groupby("group")
    led: dict[str, list[str]] = {}
    for group, row in first.head(1).set_index("group").iterrows():
        led.setdefault(row["label"], []).append(group)
    return dict(sorted(led.items(), key=lambda item: (-len(item[1]), item[0])))


def title_groups(by_side: pd.DataFrame, by_level: pd.DataFrame) -> str:
    """Return the finding of the figure of groups: which theme leads in how many of them."""
    led = leaders(pd.concat([by_side, by_level]))
    if not led:
        return "No group of voices is large enough to show its themes"
    groups = sum(len(names) for names in led.values())
    theme, most = next(iter(led.items()))
    return (
        f"{plain(theme)} is the theme raised most in {number(len(most))} of {number(groups)} groups"
    )


def alt_groups(counts: pd.DataFrame) -> str:
    """Return the alternative text of a panel of groups: each one's foremost theme."""
    raised = counts[counts["voices"] > 0].sort_values(["share", "label"], ascending=[False, True])
    parts = [
        f"{group} ({rows['n'].iloc[0]}) {rows['label'].iloc[0].lower()} at "
        f"{percent(rows['share'].iloc[0]).text}"
        for group, rows in raised.groupby("group", sort=False)
    ]
    said = enumerate_words(parts, nothing="no theme")
    return f"Dots for the share of each group that raises each theme. Raised most: {said}."


def title_questions(outcomes: pd.DataFrame) -> str:
    """Return the finding of the figure of questions."""
    if outcomes.empty:
        return "Too few answers to set what worked against what failed"
    parts = [
        f"{what} is told in terms of {plain(listed(labels))}"
        for what, sign in (("success", 1), ("failure", -1))
        if (labels := found(outcomes, CLEAR, sign))
    ]
    if not parts:
        return "No theme clearly belongs to success or to failure"
    text = " and ".join(parts)
    return text[:1].upper() + text[1:]


def say_outcomes(outcomes: pd.DataFrame) -> str:
    """Return which themes belong to what worked and which to what failed."""
    if outcomes.empty:
        return TOO_FEW.format("answers to what worked or to what failed")
    worked, failed = (found(outcomes, CLEAR, sign) for sign in (1, -1))
    if not worked and not failed:
        return "No theme clearly belongs to what worked or to what failed."
    parts = [
        f"{listed(labels)} when they tell what {what}"
        for what, labels in (("worked", worked), ("failed", failed))
        if labels
    ]
    return f"They speak clearly more of {', and of '.join(parts)}."


def say_advice(counts: pd.DataFrame, advice: pd.DataFrame) -> str:
    """Return what the answers to how to improve are about, and whether that sets them apart."""
    group = counts[(counts["group"] == "how to improve") & (counts["voices"] > 0)]
    if group.empty:
        return "Nobody says how to improve the work."
    top = group.sort_values(["share", "label"], ascending=[False, True]).head(3)
    parts = [
        f"{text} ({percent(x).text})"
        for text, x in zip(lower(list(top["label"])), top["share"], strict=True)
    ]
    text = f"Advice on how to improve is most often about {enumerate_words(parts)}"
    if advice.empty:
        return f"{text}; there are too few answers to tell it from the rest."
    clear = found(advice)
    if not clear:
        return f"{text}, and no theme clearly sets it apart from the other answers."
    return f"{text}; what clearly sets it apart is {listed(clear)}."
