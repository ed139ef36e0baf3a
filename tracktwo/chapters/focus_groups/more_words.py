"""Chapter `focus_groups`: what it says of pairs of themes and of who is heard."""

import pandas as pd

from tracktwo.analysis.voices import STAND_INS
from tracktwo.chapters.focus_groups import together as together
from tracktwo.chapters.focus_groups.voices import held_by
from tracktwo.chapters.focus_groups.words import number, plural
from tracktwo.ground.wording import enumerate_words
from tracktwo.telling.myst import plain
from tracktwo.words.numbers import percent

TOP = 0.1  # the part of documents and speakers that counts as the most heard
NEVER_HEARD = 5  # empty or nearly empty cells of side and level are named up to this many voices


def name_pairs(pairs: pd.DataFrame, labels: dict[str, str], *kinds: str) -> list[str]:
    """Return pairs of themes in words, the farthest from chance first."""
    keys = [pair for kind in kinds for pair in together.strongest(pairs, kind)]
    return [f"{labels[a].lower()} with {labels[b].lower()}" for a, b in keys]


def title_pairs(pairs: pd.DataFrame, labels: dict[str, str]) -> str:
    """Return the finding of the figure of pairs."""
    more = name_pairs(pairs, labels, together.MORE)
    if not together.n_judged(pairs):
        return "Too few themes meet to tell anything from chance"
    if not more:
        return (
            "Themes meet about as often as chance would have it: no pair clearly travels together"
        )
    return f"Themes that clearly travel together: {plain(enumerate_words(more[:3]))}"


def say_pairs(pairs: pd.DataFrame, labels: dict[str, str]) -> str:
    """Return which pairs meet more or less often than chance has it, and how many would anyway."""
    judged = together.n_judged(pairs)
    if not judged:
        return "Chance would bring no two themes together even once, so there is nothing to judge."
    more, less = (
        name_pairs(pairs, labels, *kinds) for kinds in ((together.MORE,), (together.LESS,))
    )
    text = [
        f"{what}: {'; '.join(found)}."
        for what, found in (("Clearly together", more), ("Clearly apart", less))
        if found
    ] or [f"Of {judged} pairs that can be judged, none is clearly off what chance would give."]
    perhaps = name_pairs(pairs, labels, together.MAYBE_MORE, together.MAYBE_LESS)
    chance = round(0.05 * judged)
    if perhaps:
        text.append(
            f"{number(len(perhaps)).capitalize()} would be off if looked at alone ("
            f"{'; '.join(perhaps)}), where chance alone would give up to {number(chance)}."
        )
    return " ".join(text)


def alt_pairs(pairs: pd.DataFrame, labels: dict[str, str], order: list[str]) -> str:
    """Return the alternative text of the figure of pairs."""
    if pairs.empty:
        return "An empty chart: fewer than two themes are raised."
    most = pairs.loc[pairs["together"].idxmax()]
    perhaps = len(together.strongest(pairs, together.MAYBE_MORE))
    clear = len(together.strongest(pairs, together.MORE))
    return (
        f"A triangle of discs, one per pair of {len(order)} themes, larger the more documents "
        f"raise both. The largest, {labels[most['other']].lower()} with "
        f"{labels[most['one']].lower()}, "
        f"stands for {plural(int(most['together']), 'document')}. Marked as clearly more frequent "
        f"than chance: {number(clear)}; as perhaps more frequent: {number(perhaps)}."
    )


def title_voices(counts: pd.DataFrame) -> str:
    """Return the finding of the figure of voices: the fullest cell, and the empty ones."""
    most = counts.loc[counts["voices"].idxmax()]
    return (
        f"The largest group of voices is {most['side']} and {most['level']}: {most['voices']} of "
        f"{counts['voices'].sum()}"
    )


def say_unheard(counts: pd.DataFrame) -> str:
    """Return which level of practice of the two sides is hardly heard at all."""
    of = counts[counts["side"].isin(["Israeli", "Palestinian"])]
    few = of[of["voices"] < NEVER_HEARD]
    parts = [
        f"{row.side} {row.level} ({plural(row.voices, 'voice') if row.voices else 'no voice'})"
        for row in few.itertuples()
    ]
    return (
        f"Of the two sides, hardly heard or not at all: {enumerate_words(parts, nothing='nobody')}."
    )


def alt_voices(counts: pd.DataFrame) -> str:
    """Return the alternative text of the figure of voices."""
    rows = [
        f"{side}: " + ", ".join(f"{r.level} {r.voices}" for r in group.itertuples())
        for side, group in counts.groupby("side", sort=False)
    ]
    return f"A grid of discs with the number of voices. {'; '.join(rows)}."


def title_years(counts: pd.DataFrame) -> str:
    """Return the finding of the figure of years: when the middle document was made."""
    per_year = counts.groupby("year")["documents"].sum()
    if not per_year.sum():
        return "No document has a known year"
    running = per_year.cumsum() / per_year.sum()
    middle = running.index[running >= 0.5][0]
    return f"Half of the dated documents are from {middle} or later"


def alt_years(counts: pd.DataFrame) -> str:
    """Return the alternative text of the figure of years."""
    per_year = counts.groupby("year")["documents"].sum()
    if not per_year.sum():
        return "An empty chart: no document has a known year."
    meetings = counts[counts["stands_for"] == STAND_INS[0]].set_index("year")["documents"]
    known = meetings[meetings > 0].index
    span = f"; meetings only from {known.min()} to {known.max()}" if len(known) else ""
    return (
        f"Stacked bars of documents per year, {per_year.index.min()} to {per_year.index.max()}, "
        f"most in {per_year.idxmax()} ({per_year.max()}){span}."
    )


def title_concentration(table: pd.DataFrame) -> str:
    """Return the finding of the figure of concentration."""
    speakers, documents = (
        percent(held_by(table, of, TOP)).text for of in ("speakers", "documents")
    )
    return (
        f"A tenth of the speakers holds {speakers} of the statements, a tenth of the documents "
        f"{documents}"
    )


def alt_concentration(table: pd.DataFrame) -> str:
    """Return the alternative text of the figure of concentration."""
    half = {of: percent(held_by(table, of, 0.5)).text for of in ("speakers", "documents")}
    return (
        "Two curves above a diagonal: the share of statements that the most heard part of speakers "
        f"and of documents holds. The most heard half of the speakers holds {half['speakers']}, "
        f"of the documents {half['documents']}."
    )
