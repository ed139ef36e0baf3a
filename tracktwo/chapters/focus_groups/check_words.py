"""Chapter `focus_groups`: what it says of stand-ins, of saturation and of other choices."""

import pandas as pd

from tracktwo.analysis.voices import STAND_INS
from tracktwo.chapters.evidence.results import TENTATIVE
from tracktwo.chapters.focus_groups.chapter import found
from tracktwo.chapters.focus_groups.saturation import DOZEN, Saturation, after
from tracktwo.chapters.focus_groups.words import listed, number, plural
from tracktwo.ground.wording import enumerate_words
from tracktwo.telling.myst import plain
from tracktwo.words.numbers import decimal, percent


def say_saturation(result: Saturation, what: str) -> str:
    """Return when codes were saturated, and what the last documents still added."""
    if not result.used:
        return f"None of the {result.codes} {what} occurs, so there is nothing to saturate."
    early, last = after(result, DOZEN), after(result, len(result.curve))
    single = f"{number(result.single)} of them in one document alone"
    span = f"{result.nearly_low} to {result.nearly_high}, depending on the order"
    return (
        f"Of the {result.codes} {what} in the codebook, {result.used} occur at all, {single}. A "
        f"dozen documents in random order bring {decimal(early['found'], 1).text} of them on "
        f"average. Nine tenths of those that occur are found after {result.nearly} documents "
        f"({span}). Of the last dozen documents, each adds {decimal(last['new'], 2).text} new ones "
        "on average."
    )


def title_saturation(themes: Saturation, propositions: Saturation) -> str:
    """Return the finding of the figure of saturation."""
    n = len(themes.curve)
    parts = [
        f"{what} after {result.nearly}" if result.used else f"{what} never"
        for what, result in (("themes", themes), ("propositions", propositions))
    ]
    return f"Nine tenths of the codes that occur are found, of {n} documents: {', '.join(parts)}"


def alt_saturation(themes: Saturation, propositions: Saturation) -> str:
    """Return the alternative text of the figure of saturation."""
    parts = []
    for what, result in (("themes", themes), ("propositions", propositions)):
        early, last = after(result, DOZEN), after(result, len(result.curve))
        parts.append(
            f"{what} reach {decimal(early['found'], 1).text} after a dozen documents and "
            f"{last['found']:.0f} in the end"
        )
    return (
        "Two charts of curves with bands, left the codes found as documents are read in random "
        f"orders, right the new codes a document adds: {' and '.join(parts)}."
    )


def say_robust(checks: pd.DataFrame) -> str:
    """Return which of the clear differences stay clear under every choice."""
    clear, firm = [], []
    for column in ("sides", "levels"):
        names = checks[column].dropna()
        here = names.iloc[0] if len(names) and names.index[0] == checks.index[0] else []
        clear += here
        firm += [x for x in here if all(x in found for found in names)]
    if not clear:
        return ""
    if not firm:
        return "None of these differences stays clear under every other choice."
    verb = "stays" if len(firm) == 1 else "stay"
    return f"Of these, {listed(firm)} {verb} clear under every other choice that can tell."


def say_checks(checks: pd.DataFrame) -> str:
    """Return which clear differences hold under every choice, and which under some alone."""
    parts = []
    for column, between in (("sides", "the two sides"), ("levels", "elite and grassroots")):
        found_in = checks[column].dropna()
        if found_in.empty:
            parts.append(f"Between {between} no choice leaves enough voices to compare.")
            continue
        every = [x for x in found_in.iloc[0] if all(x in names for names in found_in)]
        some = sorted({x for names in found_in for x in names} - set(every))
        parts.append(_held(between, every, some, len(found_in)))
    return " ".join(parts)


def _held(between: str, every: list[str], some: list[str], n: int) -> str:
    if not every and not some:
        return f"Between {between} no theme becomes clear under any of {number(n)} choices."
    held = f"{listed(every)} under every one of {number(n)} choices" if every else ""
    not_all = (
        f"{listed(some)} under some of them only"
        if every
        else (f"{listed(some)} under some of {number(n)} choices only")
    )
    parts = [part for part in (held, not_all if some else "") if part]
    return f"Between {between} a clear difference shows on {', on '.join(parts)}."


def say_rank(checks: pd.DataFrame) -> str:
    """Return which choice moves the order of the themes most."""
    moved = checks.iloc[1:].dropna(subset="rank")
    if moved.empty:
        return "There is no other choice to set against the order of the themes."
    least = moved.loc[moved["rank"].astype(float).idxmin()]
    others = moved.drop(index=least.name)["rank"]
    rest = f"; under every other choice it is at least {decimal(others.min()).text}"
    return (
        f"The order of the themes moves most when it comes to “{least['choice'].lower()}” (rank "
        f"correlation {decimal(least['rank']).text}){rest if len(others) else ''}."
    )


def say_stand_ins(result: pd.DataFrame, rows: pd.DataFrame) -> str:
    """Return how much the meetings hold, and whether they speak of other things."""
    meetings = rows[rows["stands_for"] == STAND_INS[0]]
    n = len(meetings)
    if not n:
        return "There is no meeting among the documents: nothing stands where focus groups stood."
    size = (
        f"{plural(meetings['document_id'].nunique(), 'document')} of meetings hold "
        f"{plural(n, 'statement')}, {percent(n / len(rows)).text} of all"
    )
    if result.empty:
        return f"{size}: too few to compare with the rest."
    clear = found(result)
    text = f"sets them clearly apart: {listed(clear)}" if clear else "sets them clearly apart"
    return f"{size}; {'this' if clear else 'no theme'} {text}."


def title_stand_ins(result: pd.DataFrame) -> str:
    """Return the finding of the figure of meetings and documents."""
    if result.empty:
        return "Too few statements in meetings or in other documents to compare them"
    clear = found(result)
    if not clear:
        return "No theme clearly sets meetings apart from other documents"
    return f"Meetings and other documents differ clearly on {plain(listed(clear))}"


def say_judged(rows: pd.DataFrame) -> str:
    """Return how often question and judgement say the same."""
    parts = []
    for question, judged in (("what_worked", "positive"), ("what_failed", "negative")):
        of = rows[rows["question"] == question]
        if len(of):
            same = percent((of["valence"] == judged).mean()).text
            parts.append(f"{same} of the statements on {question.replace('_', ' ')} are {judged}")
    if not parts:
        return "No statement says what worked or what failed."
    text = enumerate_words(parts)
    return f"{text[:1].upper()}{text[1:]}."


def say_agreement(table: pd.DataFrame, clear: list[str]) -> str:
    """Return which themes stay below the limit for tentative conclusions.

    Parameters
    ----------
    clear
        The themes on which this chapter finds a clear difference.
    """
    if table["alpha"].dropna().empty:
        return "No alpha can be computed here."
    low = list(table[table["alpha"] < TENTATIVE].sort_values(["alpha", "variable"])["variable"])
    if not low:
        return "No theme is below it."
    text = f"Below it: {listed(low)}."
    doubtful = [label for label in low if label in clear]
    if not doubtful:
        return f"{text} None of these is a theme on which this chapter finds a clear difference."
    return f"{text} So what is said above of a clear difference in {listed(doubtful)} is tentative."
