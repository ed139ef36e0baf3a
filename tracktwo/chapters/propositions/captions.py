"""Chapter `propositions`: titles and alternative texts of its figures."""

import pandas as pd

from tracktwo.chapters.propositions.border import GROUPS, standings
from tracktwo.chapters.propositions.inventory import BOUNDS, estimate_of
from tracktwo.chapters.propositions.inventory_words import clear_labels
from tracktwo.chapters.propositions.results import Heard
from tracktwo.chapters.propositions.tables import count_words
from tracktwo.chapters.propositions.words import be, number_of
from tracktwo.claims.claims import ClaimResult
from tracktwo.ground.wording import enumerate_words
from tracktwo.words.numbers import points_text, share_text
from tracktwo.words.sides import by_side


def title_grid(heard: Heard, c5: ClaimResult) -> str:
    """Return the finding of the grid: how many are shared, and how many of them only just."""
    if heard.voicings.empty:
        return "Nobody voices any of the propositions"
    k, n = number_of(c5.parts[0].estimate), len(heard.labels)
    just = int((standings(heard)["group"] == GROUPS[1]).sum())
    return (
        f"{k or 'None'} of {n} propositions {be(k or 1)} voiced by two on each side"
        f"{f', {just} of them with no voice to spare' if just else ''}"
    )


def alt_grid(heard: Heard) -> str:
    """Return the alternative text of the grid."""
    parts = [
        f"{heard.labels[key]} ({row['words']}): {count_words(heard.counts.loc[key])}"
        for key, row in standings(heard).iterrows()
    ]
    return f"A row of dots for each proposition, a dot for each speaker. {'; '.join(parts)}."


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
