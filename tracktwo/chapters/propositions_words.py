"""Chapter `propositions`: its sentences, computed from the results."""

import pandas as pd

from tracktwo.chapters import propositions
from tracktwo.chapters.propositions import ENOUGH, MOST_VOICINGS, SIDES, Heard
from tracktwo.claims import ClaimResult
from tracktwo.estimates import FEWEST, Estimate
from tracktwo.numbers import count, points_text, share_text
from tracktwo.wording import by_side, enumerate_words, first_up


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
        f"two Israeli and two Palestinian speakers."
    )


def say_thin(c5: ClaimResult, heard: Heard) -> str:
    """Return what follows for C5: which side it falls on, or why it cannot be tested."""
    part, now = c5.parts[0], c5.n
    side = SIDES[heard.less_heard]
    if not now:
        return f"But {side} speakers voice none at all: claim C5 cannot be tested."
    if now < FEWEST:
        possible = min(now // ENOUGH, len(heard.counts))
        return (
            f"But {side} speakers voice {some(now, 'proposition')} in all, and with so few at most "
            f"{possible} could have been shared, whatever they had said: claim C5 cannot be tested."
        )
    return by_side(
        part.estimate,
        part.border,
        above="That is clearly more than half: the set is shared.",
        below="That is clearly fewer than half: the set is not shared.",
        unsure="Whether that is more or fewer than half is not clear.",
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
        text = f"{voiced} of them are voiced, {len(silent)} by nobody: {enumerate_words(silent)}"
    alone = f"{single} {'has' if single == 1 else 'have'}" if single else "none has"
    return f"{text}. Of those voiced, {alone} a single speaker."


def say_sides(heard: Heard) -> str:
    """Return how many voicings each side has."""
    words = [f"{n} {SIDES[side]}" for side, n in heard.totals.items()]
    return enumerate_words(words)


def say_silence(statements: pd.DataFrame) -> str:
    """Return how many of the speakers heard from either side voice any proposition."""
    (some_israeli, israeli), (some_palestinian, palestinian) = propositions.silence(statements)[0]
    gap = propositions.silence(statements)[1]
    if not gap.n:
        return "One of the two sides has no speaker at all, so the two cannot be compared."
    verdict = by_side(
        gap,
        0,
        above="clearly higher",
        below="clearly lower",
        unsure="not clearly different",
    )
    return (
        f"Of {some(israeli, 'Israeli speaker')} {some_israeli} voice a proposition, of "
        f"{some(palestinian, 'Palestinian speaker')} {some_palestinian}; the Palestinian share "
        f"is {verdict}: {points_text(gap).text}."
    )


def say_fewest(heard: Heard) -> str:
    """Return the fewest further voicings that would make more than half shared."""
    more = propositions.fewest_more(heard)
    wanted = [some(int(n), f"further {SIDES[side]} voicing") for side, n in more.items() if n]
    if not wanted:
        return "More than half are shared already."
    return (
        f"For more than half to be shared by that measure it would take at the very least "
        f"{enumerate_words(wanted)}, each exactly where one is lacking."
    )


def say_needed(heard: Heard, curve: pd.DataFrame, statements: pd.DataFrame) -> str:
    """Return how many voicings the side heard less would need, and what that means in work."""
    side, now = heard.less_heard, int(heard.totals[heard.less_heard])
    fewest = {name: propositions.needed(curve, name) for name in propositions.SPREADS}
    words = {name: str(n or f"more than {MOST_VOICINGS}") for name, n in fewest.items()}
    text = (
        f"{SIDES[side]} voicings: {now} now; {words['best']} if each fell where it is wanted, "
        f"{words['even']} if they fell evenly by chance, {words['others']} if they fell as other "
        "speakers' do."
    )
    said = int((statements["side"] == side).sum())
    if not now or fewest["even"] is None:
        return text
    return (
        f"{text} At the present rate, one voicing in {said / now:.0f} statements, "
        f"{words['even']} voicings are some {fewest['even'] * said / now:.0f} statements; "
        f"there are {said}."
    )


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
