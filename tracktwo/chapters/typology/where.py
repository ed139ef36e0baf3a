"""Chapter `typology`: its sentences on where the approaches stand and who voices them."""

import numpy as np
import pandas as pd

from tracktwo.analysis.estimates import Estimate
from tracktwo.chapters.typology.map import Space
from tracktwo.chapters.typology.results import SIDES
from tracktwo.chapters.typology.words import first_up, name
from tracktwo.ground.digits import rounded
from tracktwo.ground.wording import enumerate_words
from tracktwo.words.numbers import percent, points_text


def say_contrasts(found: list[tuple[str, str, Estimate]]) -> str:
    """Return which approaches differ clearly by level, focus and period."""
    where = {
        "level": "among grassroots than among elite and professional initiatives",
        "focus": "where the aim is a relationship than where it is an outcome",
        "period": "after the break than before",
    }
    parts = []
    for variable, words in where.items():
        here = [(name(x), e.side_of(0)) for v, x, e in found if v == variable]
        sides = []
        for side, more in (("above", "more"), ("below", "less")):
            if clear := [label for label, lies in here if lies == side]:
                verb = " is" if not sides else ""
                sides.append(f"{enumerate_words(clear)} work{verb} {more} common")
        if sides:
            comma = "," if len(sides) > 1 else ""
            parts.append(first_up(f"{', and '.join(sides)}{comma} {words}."))
        else:
            parts.append(f"By {variable} no approach differs clearly.")
    return " ".join(parts)


def say_map(space: Space | None) -> str:
    """Return which approaches lie apart on the map, and how much of the structure it shows."""
    if space is None:
        return "There are too few initiatives, or too few codes that differ, to draw it."
    far = farthest(space)
    shown = percent(sum(space.shown)).text
    text = f"The plane shows {shown} of the structure there is"
    return f"{text}; {far[0]} and {far[1]} lie farthest apart." if far else f"{text}."


def say_axes(space: Space | None) -> str:
    """Return how much each axis of the map shows, for its caption."""
    if space is None:
        return "No map can be drawn."
    across, up = (percent(share).text for share in space.shown)
    return (
        f"Level, focus and format of initiatives, and the approaches placed among them. Left to "
        f"right shows {across} of the structure, bottom to top {up}."
    )


def farthest(space: Space) -> tuple[str, str] | None:
    """Return the two approaches that lie farthest apart, None if there are not two."""
    own = space.points[space.points["kind"] == "approach"]
    rows = list(own.itertuples())
    pairs = [
        (rounded((a.x - b.x) ** 2 + (a.y - b.y) ** 2), i, j)
        for i, a in enumerate(rows)
        for j, b in enumerate(rows[:i])
    ]
    if not pairs:
        return None
    _, i, j = max(pairs)
    return name(rows[j].label), name(rows[i].label)


def say_talk(talk: pd.DataFrame) -> str:
    """Return which approaches are voiced clearly more or less often than they are practised."""
    rows = talk.set_index(["group", "label"])
    if "all speakers" not in rows.index:
        return "No speaker voices an approach."
    gaps = [
        (name(x), gap(rows, ("all speakers", "initiatives"), x))
        for x in rows.loc["initiatives"].index
    ]
    more = [label for label, found in gaps if found.side_of(0) == "above"]
    less = [label for label, found in gaps if found.side_of(0) == "below"]
    if not more and not less:
        return "No approach is voiced clearly more or less often than it is practised."
    parts = [f"more often than practised: {enumerate_words(more)}"] if more else []
    parts += [f"less often than practised: {enumerate_words(less)}"] if less else []
    return f"Voiced clearly {'; '.join(parts)}."


def say_sides(talk: pd.DataFrame) -> str:
    """Return on which approaches Israeli and Palestinian speakers differ."""
    rows = talk.set_index(["group", "label"])
    sides = [SIDES[side] for side in ("israeli", "palestinian")]
    if not all(side in rows.index for side in sides):
        return "Not both sides have speakers who voice an approach."
    counts = [int(rows.loc[side, "n"].iloc[0]) for side in sides]
    n = f"{counts[0]} Israeli and {counts[1]} Palestinian speakers"
    gaps = [(name(x), gap(rows, (sides[0], sides[1]), x)) for x in rows.loc[sides[0]].index]
    apart = [
        f"{label} ({points_text(found).text})"
        for label, found in gaps
        if found.side_of(0) != "open"
    ]
    if apart:
        return f"{n} differ clearly on {enumerate_words(apart)}, Israeli minus Palestinian."
    return f"Between {n} no approach differs clearly; with so few speakers, that settles little."


def gap(rows: pd.DataFrame, groups: tuple[str, str], label: str) -> Estimate:
    """Return the share of an approach in one group minus that in another.

    The interval recovers the variance of the difference from the two intervals, taken as
    independent (MOVER, Zou and Donner 2008).

    Parameters
    ----------
    rows
        Indexed by ``group`` and ``label``, with ``share``, ``low``, ``high`` and ``n``.
    """
    a, b = (rows.loc[(group, label)] for group in groups)
    value = a["share"] - b["share"]
    below = np.hypot(a["share"] - a["low"], b["high"] - b["share"])
    above = np.hypot(a["high"] - a["share"], b["share"] - b["low"])
    return Estimate(value, value - below, value + above, int(a["n"] + b["n"]))


def say_workshops(rows: pd.DataFrame, marks: pd.DataFrame, labels: dict[str, str]) -> str:
    """Return which approaches the problem-solving workshops carry."""
    column = "format_problem_solving_workshop"
    given = rows[column] if column in rows else pd.Series(False, index=rows.index)
    if not given.any():
        return "The inventory holds no problem-solving workshop to show it."
    counts = [(int(marks.loc[given, x].sum()), label) for x, label in labels.items()]
    carried = sorted((row for row in counts if row[0]), key=lambda row: (-row[0], row[1]))
    parts = [f"{n} carry {name(label)}" for n, label in carried[:1]]
    parts += [f"{n} {name(label)}" for n, label in carried[1:]]
    return (
        f"Of the {int(given.sum())} initiatives coded as problem-solving workshops, "
        f"{enumerate_words(parts)}."
    )
