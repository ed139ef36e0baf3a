"""Chapter `propositions`: what the inventory says of the propositions, as sentences."""

import numpy as np
import pandas as pd

from tracktwo.analysis.measures import LEVELS
from tracktwo.chapters.propositions import inventory as inventory
from tracktwo.chapters.propositions.inventory import BOUNDS
from tracktwo.chapters.propositions.results import Heard
from tracktwo.data.study import Study
from tracktwo.ground.wording import enumerate_words
from tracktwo.words.numbers import points_text


def say_inventory(found: pd.DataFrame, heard: Heard) -> str:
    """Return what the inventory says of the propositions it can speak to."""
    tried = found["proposition"].nunique()
    if not tried:
        return "The inventory can speak to none of them."
    sides = clear_labels(found)
    alone = len(sides["above"] + sides["below"]) == 1
    chance = " Among so many comparisons, one may well be chance." if alone else ""
    return (
        f"The inventory can speak to {tried} of the {len(heard.labels)}, and only to how work was "
        f"meant to travel, not to whether it arrived. {say_clear(found)}{chance}"
    )


def clear_labels(found: pd.DataFrame) -> dict[str, list[str]]:
    """Return the labels of the propositions by the side of zero on which they clearly lie."""
    labels = dict(zip(found["proposition"], found["label"], strict=True))
    sides = {key: inventory.clear_side(found, key) for key in labels}
    return {
        side: [labels[key].lower() for key in labels if sides[key] == side]
        for side in ("above", "below", "open")
    }


def say_clear(found: pd.DataFrame) -> str:
    """Return for which propositions documented routes are clearly more or less common."""
    sides = clear_labels(found)
    parts = [
        f"where the codes stand for {enumerate_words(sides[side])}, documented routes are clearly "
        f"{word} common"
        for side, word in (("above", "more"), ("below", "less"))
        if sides[side]
    ]
    if not parts:
        return "For none of these are documented routes clearly more or less common."
    text = "; ".join(parts)
    stay = f" The other {len(sides['open'])} stay open." if sides["open"] else ""
    return f"{text[0].upper()}{text[1:]}.{stay}"


def say_levels(study: Study, rows: pd.DataFrame, found: pd.DataFrame) -> str:
    """Return whether the clear differences hold inside each level as well."""
    labels = dict(zip(found["proposition"], found["label"], strict=True))
    clear = [key for key in labels if inventory.clear_side(found, key) != "open"]
    if not clear:
        return "No difference is clear, so there is none that could be due to level."
    within = {level: inventory.run(study, rows[rows["level"] == level]) for level in LEVELS}
    return " ".join(_say_within(within, key, labels[key].lower()) for key in clear)


def _say_within(within: dict[str, pd.DataFrame], key: str, label: str) -> str:
    """Return the difference inside each level for one proposition."""
    parts, held = [], []
    for level, table in within.items():
        row = table[(table["proposition"] == key) & (table["outcome"] == BOUNDS[0])].iloc[0]
        if not np.isnan(row["share"]):
            difference = inventory.estimate_of(row)
            parts.append(f"{points_text(difference).text} among {level} initiatives")
            held += [level] if difference.side_of(0) != "open" else []
    return (
        f"For {label} it is {enumerate_words(parts)}: clear inside {len(held) or 'none'} of the "
        f"{len(parts)} levels that can be compared."
    )


def say_graded(study: Study, rows: pd.DataFrame) -> str:
    """Return what the comparisons say among the best documented initiatives alone."""
    best = inventory.best_documented(rows)
    if best.empty:
        return "No initiative inside the frame has the best grade."
    return f"{say_clear(inventory.run(study, best))} (n = {len(best)} initiatives.)"


def say_planned(found: pd.DataFrame) -> str:
    """Return which conditions go with a planned route."""
    rows = found[found["outcome"] == "plan"]
    words = {
        side: [
            row["label"].lower()
            for _, row in rows.iterrows()
            if inventory.estimate_of(row).side_of(0) == side
        ]
        for side in ("above", "below")
    }
    if not words["above"] + words["below"]:
        return "Planned routes are not clearly more or less common for any of them."
    parts = [
        f"clearly {how} common for {enumerate_words(words[side])}"
        for side, how in (("above", "more"), ("below", "less"))
        if words[side]
    ]
    return f"Planned routes are {enumerate_words(parts)}."
