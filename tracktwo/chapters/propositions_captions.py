"""Chapter `propositions`: titles and alternative texts of its figures."""

import pandas as pd

from tracktwo.chapters import propositions
from tracktwo.chapters.propositions import MOST_VOICINGS, SIDES, SPREADS, SYSTEMATIC, Heard
from tracktwo.chapters.propositions_inventory import BOUNDS, estimate_of
from tracktwo.chapters.propositions_inventory_words import clear_labels
from tracktwo.chapters.propositions_tables import count_words
from tracktwo.chapters.propositions_words import number_of, some
from tracktwo.claims import ClaimResult
from tracktwo.numbers import percent, points_text, share_text
from tracktwo.wording import by_side, enumerate_words, first_up


def title_grid(heard: Heard, c5: ClaimResult) -> str:
    """Return the finding of the grid: how many are shared, how many voicings are backed."""
    if heard.voicings.empty:
        return "Nobody voices any of the propositions"
    k = number_of(c5.parts[0].estimate)
    firm = int((heard.voicings["support"] == SYSTEMATIC).sum())
    shared = f"{k} of the propositions {'is' if k == 1 else 'are'}" if k else "No proposition is"
    return (
        f"{shared} voiced by two Israeli and two Palestinian speakers, and {firm or 'none'} of "
        f"{some(len(heard.voicings), 'voicing')} {'rests' if firm < 2 else 'rest'} on "
        "systematic evidence"
    )


def alt_grid(heard: Heard) -> str:
    """Return the alternative text of the grid."""
    parts = [f"{heard.labels[key]}: {count_words(row)}" for key, row in heard.counts.iterrows()]
    return f"A row of dots for each proposition, a dot for each speaker. {'; '.join(parts)}."


def title_reach(heard: Heard, curve: pd.DataFrame) -> str:
    """Return the finding of the figure of what it would take."""
    side, now = SIDES[heard.less_heard], int(heard.totals[heard.less_heard])
    low, even = (propositions.needed(curve, spread) for spread in ("best", "even"))
    if even is not None and now >= even:
        return f"{first_up(some(now, f'{side} voicing'))} could show more than half to be shared"
    words = [str(n or f"more than {MOST_VOICINGS}") for n in (low, even)]
    return (
        f"{first_up(some(now, f'{side} voicing'))}; for more than half of the propositions it "
        f"would take {words[0]} at the very least, {words[1]} if they fell evenly"
    )


def alt_reach(heard: Heard, curve: pd.DataFrame) -> str:
    """Return the alternative text of the figure of what it would take."""
    now = int(heard.totals[heard.less_heard])
    here = curve[curve["voicings"] == min(now, MOST_VOICINGS)].set_index("spread")["share"]
    parts = [f"{percent(here[name]).text} ({words})" for name, words in SPREADS.items()]
    return (
        f"Three rising curves of the propositions reached by more voicings. At the {now} of now "
        f"they stand at {enumerate_words(parts)}."
    )


def title_support(c6: ClaimResult) -> str:
    """Return the finding of the figure of support."""
    part = c6.parts[0]
    if not part.estimate.n:
        return "No statement voices a proposition"
    return by_side(
        part.estimate,
        part.border,
        above="Most statements that voice a proposition rest on systematic evidence",
        below="Few statements that voice a proposition rest on systematic evidence",
        unsure="Whether most statements rest on systematic evidence stays open",
    )


def alt_support(table: pd.DataFrame) -> str:
    """Return the alternative text of the figure of support."""
    if not table["n"].sum():
        return "An empty chart: no statement voices a proposition."
    parts = [f"{row['support']} {share_text(estimate_of(row)).text}" for _, row in table.iterrows()]
    return f"Dots with intervals for each kind of support: {enumerate_words(parts)}."


def title_tests(found: pd.DataFrame) -> str:
    """Return the finding of the comparisons in the inventory."""
    sides, tried = clear_labels(found), found["proposition"].nunique()
    more, less = len(sides["above"]), len(sides["below"])
    if not more + less:
        return f"None of the {tried} conditions goes clearly with documented routes, or against"
    return (
        f"Of {tried} conditions, {more or 'none'} {'goes' if more < 2 else 'go'} clearly with more "
        f"documented routes, {less or 'none'} with fewer"
    )


def alt_tests(found: pd.DataFrame) -> str:
    """Return the alternative text of the comparisons."""
    rows = found[(found["outcome"] == BOUNDS[0]) & (found["n"] > 0)]
    parts = [f"{row['label']} {points_text(estimate_of(row)).text}" for _, row in rows.iterrows()]
    return (
        "Dots with intervals around zero, two for each condition. The first of each: "
        f"{'; '.join(parts) or 'nothing to compare'}."
    )
