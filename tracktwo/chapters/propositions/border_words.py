"""Chapter `propositions`: what it says of C5, how sure that is, and what it hangs on."""

import pandas as pd

from tracktwo.analysis.estimates import FEWEST
from tracktwo.analysis.voices import SPONTANEOUS
from tracktwo.chapters.propositions import border as border
from tracktwo.chapters.propositions.border import GROUPS, UNITS
from tracktwo.chapters.propositions.results import ENOUGH, JOINT, SIDES, TWO_SIDES, Heard
from tracktwo.chapters.propositions.words import be, number_of, some
from tracktwo.claims.claims import ClaimResult, Part
from tracktwo.claims.verdicts import MOST, judge
from tracktwo.ground.wording import enumerate_words, first_up
from tracktwo.words.numbers import most_percent, share_text
from tracktwo.words.sides import by_side

OTHERWISE = {
    "documents": "a document counts as one voice",
    "organisations": "an organisation counts as one voice",
    "checked only": "only statements seen again in their source count",
    "practitioners only": "only those who do the work count",
    "first alone": "the statements looked for on purpose are left out",
    "left out": "joint statements are left out",
}
"""How each choice of C5 other than its own is written (`statement_curves`)."""


def say_choice(choice: str, option: str) -> str:
    """Return a choice of a specification in words."""
    return f"the codes of {option} are used" if choice == "coder" else OTHERWISE[option]


def agreement(curve: pd.DataFrame) -> float:
    """Return the share of specifications on the predicted side."""
    agrees = curve["agrees"].dropna()
    return float(agrees.mean()) if len(agrees) else 0.0


def say_thin(c5: ClaimResult, heard: Heard, curve: pd.DataFrame, coder: str) -> str:
    """Return what follows for C5: on which side it falls, how firmly, or why not."""
    part, now = c5.parts[0], c5.n
    side = SIDES[heard.less_heard]
    if not now:
        return f"But no {side} speaker voices any: claim C5 cannot be tested."
    if now < FEWEST:
        possible = min(now // ENOUGH, len(heard.labels))
        return (
            f"But one side has {some(now, 'voicing')} in all, and with so few at most {possible} "
            "could have been shared, whatever had been said: claim C5 cannot be tested."
        )
    over = number_of(part.estimate) - border.wanted(part)
    unsure = "more" if over >= 0 else "not more"
    text = by_side(
        part.estimate,
        part.border,
        above="That is clearly more than half: the set is shared.",
        below="That is clearly fewer than half: the set is not shared.",
        unsure=f"That is {unsure} than half, {'by one alone, ' * (over == 0)}and the interval "
        f"leaves the answer open: {share_text(part.estimate).text}.",
    )
    agree = agreement(curve)
    if agree >= MOST:
        return text
    verdict = judge(part, agree)
    held = f"Only {most_percent(agree)} of specifications find more than half"
    return f"{text} {held}{_turned(part, curve, coder)}. So the verdict is no more than {verdict}."


def _turned(part: Part, curve: pd.DataFrame, coder: str) -> str:
    """Return which single choices take the share to the other side of the border."""
    if not part.holds(part.estimate.value):
        return ""
    single = border.single_choices(curve, coder)
    turned = single[single["shared"] < border.wanted(part)].sort_values("shared", kind="stable")
    if turned.empty:
        return ""
    parts = [
        f"{row.shared or 'none'} when {say_choice(row.choice, row.option)}"
        for row in turned.itertuples()
    ]
    return f": {number_of(part.estimate)} become {enumerate_words(parts)}"


def say_border(heard: Heard, c5: ClaimResult) -> str:
    """Return which propositions stand at the border, by name and side."""
    table = border.standings(heard)
    just, short = (table[table["group"] == group] for group in GROUPS[1:3])
    parts = []
    if len(just):
        named = [f"{_name(heard, key)} ({_tight(heard, key, row)})" for key, row in just.iterrows()]
        parts.append(
            f"{first_up(enumerate_words(named))} {be(len(just))} shared with no voice to spare."
        )
    if len(short):
        named = [f"{_name(heard, key)} ({_lacks(row)})" for key, row in short.iterrows()]
        lack = "lacks" if len(short) == 1 else "lack"
        more = number_of(c5.parts[0].estimate) + len(short)
        each = " each" if len(short) > 1 else ""
        parts.append(
            f"{first_up(enumerate_words(named))} {lack} a single voice{each}; with "
            f"{'it' if len(short) == 1 else 'those'} {more} would be shared."
        )
    alone = [_name(heard, key) for key in border.of_one_organisation(heard)]
    if alone:
        parts.append(f"All who voice {enumerate_words(alone)} speak for a single organisation.")
    return " ".join(parts) or "No proposition is one voice away from being shared, or from not."


def _name(heard: Heard, key: str) -> str:
    return heard.labels[key].lower()


def _tight(heard: Heard, key: str, row: pd.Series) -> str:
    """Return the sides that have two voices and no more, and how many of these are joint ones."""
    joint = {0: "", 1: ", one of them joint", 2: ", both joint"}[heard.counts.loc[key, JOINT]]
    return " and ".join(f"two {SIDES[x]} voices{joint}" for x in TWO_SIDES if row[x] == ENOUGH)


def _lacks(row: pd.Series) -> str:
    return next(f"one {SIDES[x]} voice" for x in TWO_SIDES if row[x] < ENOUGH)


def say_left_out(heard: Heard, c5: ClaimResult) -> str:
    """Return whether leaving out one speaker, document or organisation turns the estimate."""
    part = c5.parts[0]
    if c5.n < FEWEST or not part.holds(part.estimate.value):
        return ""
    table = border.leave_one_out(heard)
    table["turns"] = table["shared"] < border.wanted(part)
    counts = table.groupby("unit")["turns"].agg(["sum", "size"]).loc[list(UNITS)]
    if not counts["sum"].any():
        return "Leaving out any one speaker, document or organisation leaves more than half shared."
    parts = [
        f"{some(int(turns), unit)} (of {n})"
        for unit, (turns, n) in zip(counts.index, counts.to_numpy(), strict=True)
        if turns
    ]
    units = enumerate_words(parts).replace(" and ", " or ")
    return f"Any one of {units} turns the answer: left out, no more than half are shared."


def say_largest(heard: Heard, statements: pd.DataFrame) -> str:
    """Return what is shared without the organisation that made most of what was looked for."""
    sought = statements[~statements["wave"].isin(SPONTANEOUS)]
    makers = border.organisations(sought)
    if makers.empty:
        return ""
    name = makers.index[0]
    k = border.without(heard, "organisation", name)
    return (
        f"Of the {some(sought['document_id'].nunique(), 'document')} found by looking on purpose "
        f"{makers.iloc[0]} {'comes' if makers.iloc[0] == 1 else 'come'} from {name} and its "
        f"partners, more than from anybody else; without all that they say {k or 'none'} "
        f"{be(k or 1)} shared."
    )
