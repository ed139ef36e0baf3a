"""Chapter `propositions`: its sentences, computed from the results."""

import pandas as pd

from tracktwo.analysis.estimates import FEWEST, Estimate
from tracktwo.analysis.voices import SPONTANEOUS
from tracktwo.chapters.propositions import results as propositions
from tracktwo.chapters.propositions.results import SIDES, Heard
from tracktwo.claims.claims import ClaimResult
from tracktwo.ground.wording import enumerate_words, first_up
from tracktwo.words.numbers import count, share_text
from tracktwo.words.sides import by_side


def some(n: int, word: str) -> str:
    """Return a number with its noun: ``one speaker``, ``no speakers``, ``12 speakers``."""
    return f"one {word}" if n == 1 else f"{'no' if n == 0 else count(n).text} {word}s"


def be(n: int) -> str:
    """Return the verb for `n` things."""
    return "is" if n == 1 else "are"


def number_of(estimate: Estimate) -> int:
    """Return the count behind a share."""
    return round(estimate.value * estimate.n) if estimate.n else 0


def say_shared(c5: ClaimResult) -> str:
    """Return how many propositions are shared by the measure of C5."""
    estimate = c5.parts[0].estimate
    k = number_of(estimate)
    return (
        f"Of {some(estimate.n, 'proposition')}, {k or 'none'} {be(k or 1)} voiced by at least "
        "two Israeli and two Palestinian speakers, when those who speak jointly count for both."
    )


def say_search(statements: pd.DataFrame, heard: Heard) -> str:
    """Return how many statements were looked for on purpose, and how many of those voice one."""
    sought = statements[~statements["wave"].isin(SPONTANEOUS)]
    if sought.empty:
        return "None of the statements was looked for on purpose."
    n = int((~heard.statements["wave"].isin(SPONTANEOUS)).sum())
    return (
        f"{count(len(sought)).text} of the {count(len(statements)).text} statements were looked "
        "for on purpose, to learn whether and when the work reaches politics or society; they "
        f"hold {n} of the {len(heard.statements)} that voice one."
    )


def say_support(c6: ClaimResult) -> str:
    """Return the answer to C6 as one sentence."""
    part = c6.parts[0]
    if not part.estimate.n:
        return "No statement voices a proposition: claim C6 cannot be tested."
    if part.cases < FEWEST:
        return f"Only {some(part.cases, 'statement')} voice one: claim C6 cannot be tested."
    found = by_side(
        part.estimate,
        part.border,
        above="most who voice a proposition offer systematic evidence for it",
        below="most who voice a proposition offer none",
        unsure="whether most who voice a proposition offer any stays open",
    )
    return (
        f"Of the {some(part.estimate.n, 'statement')} that voice one, "
        f"{share_text(part.estimate).text} rest on systematic evidence: {found}."
    )


def say_unvoiced(heard: Heard) -> str:
    """Return which propositions nobody voices, and how many rest on one speaker."""
    silent = [label.lower() for label in propositions.unvoiced(heard)]
    single = int((heard.counts.sum(axis=1) == 1).sum())
    voiced = len(heard.labels) - len(silent)
    if not voiced:
        return "Nobody voices any of them."
    text = "Every proposition is voiced by somebody"
    if silent:
        text = f"Somebody voices {voiced} of the propositions, nobody {enumerate_words(silent)}"
    alone = f"{single} {'has' if single == 1 else 'have'}" if single else "none has"
    return f"{text}. Of those voiced, {alone} a single speaker."


def say_sides(heard: Heard) -> str:
    """Return how many voicings each side has."""
    words = [f"{n} {SIDES[side]}" for side, n in heard.totals.items()]
    return enumerate_words(words)


def say_judgement(heard: Heard) -> str:
    """Return how many of the statements judge the work badly or in two minds."""
    rows = heard.statements
    doubting = int(rows["valence"].isin(["negative", "mixed"]).sum())
    return f"{doubting or 'None'} of the {some(len(rows), 'statement')}"


def say_both(heard: Heard) -> str:
    """Return whether anybody voices both of two propositions that contradict each other."""
    pairs = propositions.known_pairs(heard)
    if not pairs:
        return "The codebook has no such pair."
    parts = []
    for pair in pairs:
        names = enumerate_words([heard.labels[key].lower() for key in pair])
        both = len(propositions.say_both(heard, pair))
        parts.append(
            f"{some(both, 'speaker') if both else 'nobody'} voice{'s' * (both < 2)} both {names}"
        )
    per_voice = heard.voicings.groupby("voice")["proposition"].nunique()
    several = int((per_voice > 1).sum())
    return (
        f"{first_up(enumerate_words(parts))}. Of {some(len(per_voice), 'speaker')} who voice any "
        f"proposition, {several or 'none'} {'voices' if several < 2 else 'voice'} more than one; "
        "nobody else could have voiced both."
    )
