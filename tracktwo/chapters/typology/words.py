"""Chapter `typology`: its sentences, computed from the results."""

import numpy as np
import pandas as pd

from tracktwo.analysis.estimates import Estimate
from tracktwo.chapters.evidence.results import FIRM, TENTATIVE, weakest
from tracktwo.chapters.typology.told import ALL, FOLDS, WITHOUT_FOCUS
from tracktwo.claims.claims import ClaimResult
from tracktwo.ground.wording import enumerate_words
from tracktwo.words.numbers import percent, ratio_text, share_text
from tracktwo.words.sides import by_side


def say_found(shares: pd.DataFrame) -> str:
    """Return which of the approaches are found, and how common they are."""
    found = shares[shares["initiatives"] > 0].sort_values(["share", "label"])
    if len(found) < len(shares):
        missing = [name(label) for label in shares.loc[shares["initiatives"] == 0, "label"]]
        return (
            f"Of the {len(shares)} approaches, {len(found)} are found; no initiative is coded "
            f"{enumerate_words(missing)}."
        )
    least, most = found.iloc[0], found.iloc[-1]
    return (
        f"Every approach is found, from {name(least['label'])} "
        f"({percent(least['share']).text} of the initiatives) to {name(most['label'])} "
        f"({percent(most['share']).text})."
    )


def say_agreed(agreed: Estimate, table: pd.DataFrame) -> str:
    """Return whether the latest coders agree well enough, as claim C8 asks, and the first."""
    rounds = list(dict.fromkeys(table["round"]))
    if not rounds:
        return "No two coders of one round are in these data, so C8 cannot be tested."
    if np.isnan(agreed.value):
        return "Their codes are all alike, so that no alpha is defined and C8 cannot be tested."
    found = by_side(
        agreed,
        TENTATIVE,
        above="is above",
        below="is below",
        unsure="is not clearly above",
    )
    first = weakest(table, rounds[0]) if len(rounds) > 1 else None
    before = ""
    if first is not None:
        values = (first["alpha"], first["low"], first["high"], first["n"])
        before = f"; in the {rounds[0]} it was {ratio_text(Estimate(*values)).text}"
    return (
        f"In the {rounds[-1]} of coding the smallest agreement on any of them, an alpha of "
        f"{ratio_text(agreed).text}, {found} the limit for tentative conclusions{before}."
    )


def say_rounds(table: pd.DataFrame) -> str:
    """Return the least agreed approach of each round, held against the usual limits."""
    parts = []
    for name_of_round in dict.fromkeys(table["round"]):
        row = weakest(table, name_of_round)
        if row is not None:
            reach = "not safely enough even for tentative conclusions"
            if row["low"] >= TENTATIVE:
                reach = f"enough for {'firm' if row['low'] >= FIRM else 'tentative'} conclusions"
            alpha = ratio_text(Estimate(row["alpha"], row["low"], row["high"], row["n"])).text
            parts.append(
                f"In the {name_of_round} the least agreed approach is {name(row['variable'])}, "
                f"alpha {alpha}, {reach}."
            )
    return " ".join(parts) or "No agreement on an approach can be computed."


def say_overlap(c9: ClaimResult) -> str:
    """Return whether the approaches overlap and whether they are distinct, as claim C9 asks."""
    several, largest = (part.estimate for part in c9.parts)
    limit = c9.parts[1].border
    if np.isnan(largest.value):
        return "Whether they overlap cannot be computed."
    mixed = (
        f"They are not mutually exclusive: {share_text(several).text} of the initiatives rest on "
        "two or more."
        if several.value > 0
        else "They are mutually exclusive here: no initiative rests on two or more."
    )
    apart = by_side(
        largest,
        limit,
        above=f"At least two are as good as one: the largest overlap is {ratio_text(largest).text}",
        below=f"No two coincide: the largest overlap is {ratio_text(largest).text}",
        unsure=f"Whether two of them coincide stays open: the largest overlap is "
        f"{ratio_text(largest).text}",
    )
    return f"{mixed} {apart}, where 1 would be the same initiatives and 0 none in common."


def say_told(told: pd.DataFrame) -> str:
    """Return which approaches can be told from an initiative's other codes."""
    rows = told[told["source"] == ALL]
    known = [(row.label, row.told.auc) for row in rows.itertuples() if row.told.auc.n]
    known = [(label, auc) for label, auc in known if not np.isnan(auc.value)]
    if not known:
        return (
            f"None has {FOLDS} initiatives with it and {FOLDS} without, so whether they can be "
            "told apart cannot be tested."
        )
    clear = [name(label) for label, auc in known if auc.low > 0.5]
    if len(clear) == len(rows):
        best = max(auc.value for _, auc in known)
        least = min(auc.value for _, auc in known)
        return (
            "Each can be told from the other codes of an initiative far better than by guessing: "
            f"of one initiative with the approach and one without, a simple model names the right "
            f"one in {percent(least).text} to {percent(best).text} of cases."
            if least > 0.75
            else "Each can be told from the other codes of an initiative better than by guessing."
        )
    return (
        f"From the other codes of an initiative {enumerate_words(clear)} can be told better than "
        f"by guessing; the other {len(rows) - len(clear)} cannot, or are too rare to test."
    )


def say_focus_loss(told: pd.DataFrame) -> str:
    """Return how much of the telling is owed to the code of focus."""
    parts = []
    for _, group in told.groupby("code", sort=False):
        gained = group.set_index("source")["told"]
        whole, without = gained[ALL].gained, gained[WITHOUT_FOCUS].gained
        if not np.isnan(whole.value):
            parts.append(
                f"{name(group['label'].iloc[0])} {percent(whole.value).text}, without focus "
                f"{percent(without.value).text}"
            )
    if not parts:
        return "No approach can be tested."
    return f"The share of uncertainty that the model takes away: {'; '.join(parts)}."


def say_others(others: pd.DataFrame) -> str:
    """Return whether approaches as an earlier round's coders gave them can be told as well."""
    known = [row.told.auc for row in others.itertuples() if not np.isnan(row.told.auc.value)]
    if not known:
        return "The data hold no other round with which to try this."
    low, high = min(auc.value for auc in known), max(auc.value for auc in known)
    every = all(auc.low > 0.5 for auc in known)
    found = "still better than by guessing, every time" if every else "not always above guessing"
    return (
        f"When the approach is taken from a coder of the {others['round'].iloc[0]} and the other "
        f"codes stay, the right one is named in {percent(low).text} to {percent(high).text} of "
        f"cases: {found}."
    )


def say_chance(pairs: pd.DataFrame) -> str:
    """Return which approaches meet more and less often than chance gives."""
    more, less, rest = meeting(pairs)
    parts = []
    if more:
        parts.append(f"{enumerate_words(more)} meet more often than chance gives")
    if less:
        parts.append(f"{enumerate_words(less)} less often")
    if not parts:
        return "No two approaches clearly meet more or less often than chance gives."
    tail = f" For the other {len(rest)} the interval includes chance." if rest else ""
    return f"{first_up(', and '.join(parts))}.{tail}"


def meeting(pairs: pd.DataFrame) -> tuple[list[str], list[str], list[str]]:
    """Return the pairs that meet more often than by chance, less often, and not clearly either."""
    sides: dict[str, list[str]] = {"above": [], "below": [], "open": []}
    for row in pairs.itertuples():
        sides[row.lift.side_of(1)].append(f"{name(row.one)} with {name(row.other)}")
    return sides["above"], sides["below"], sides["open"]


def say_alone(found: pd.DataFrame, shares: pd.DataFrame) -> str:
    """Return for which approach standing alone is the rule and for which the exception."""
    alone = found[found["codes"].map(len) == 1].set_index("combination")["initiatives"]
    rates = [
        (alone.get(row.label, 0) / row.initiatives, row.label)
        for row in shares.itertuples()
        if row.initiatives
    ]
    most, least = max(rates), min(rates)
    return (
        f"{most[1]} work stands alone in {percent(most[0]).text} of its initiatives, "
        f"{name(least[1])} work in {percent(least[0]).text}."
    )


def say_generous(several: pd.Series) -> str:
    """Return how far the share of initiatives with two or more approaches hangs on the coder."""
    low, high = several.idxmin(), several.idxmax()
    if several[low] == several[high]:
        return f"Every coder has {percent(several[low]).text} with two or more."
    return (
        f"The share with two or more goes from {percent(several[low]).text} (coder {low}) to "
        f"{percent(several[high]).text} (coder {high})."
    )


def name(label: str) -> str:
    """Return an approach as it is written inside a sentence."""
    return label.lower()


def first_up(text: str) -> str:
    """Return a sentence with its first letter as a capital, the others left alone."""
    return text[:1].upper() + text[1:]
