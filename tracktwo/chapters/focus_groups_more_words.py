"""Chapter `focus_groups`: what it says of pairs, of who is heard, of saturation and checks."""

import pandas as pd

from tracktwo.chapters import focus_groups_together as together
from tracktwo.chapters.evidence import TENTATIVE
from tracktwo.chapters.focus_groups import found
from tracktwo.chapters.focus_groups_saturation import DOZEN, Saturation, after
from tracktwo.chapters.focus_groups_voices import held_by
from tracktwo.chapters.focus_groups_words import listed, number, plural
from tracktwo.numbers import decimal, percent
from tracktwo.tables import plain
from tracktwo.voices import STAND_INS
from tracktwo.wording import enumerate_words

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
        f"A triangle of discs, one a pair of {len(order)} themes, larger the more documents raise "
        f"both. The largest, {labels[most['other']].lower()} with {labels[most['one']].lower()}, "
        f"stands for {plural(int(most['together']), 'document')}. {clear} are marked as clearly, "
        f"{perhaps} as perhaps more frequent than chance."
    )


def title_voices(counts: pd.DataFrame) -> str:
    """Return the finding of the figure of voices: the fullest cell, and the empty ones."""
    most = counts.loc[counts["voices"].idxmax()]
    return (
        f"Most voices are {most['side']} and {most['level']} ({most['voices']} of "
        f"{counts['voices'].sum()})"
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
    n = number(len(checks) - 1)
    if not firm:
        return f"None of these differences is clear under each of {n} other ways to count."
    return f"Clear under each of {n} other ways to count, where they can tell: {listed(firm)}."


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


def say_agreement(table: pd.DataFrame) -> str:
    """Return which themes stay below the limit for tentative conclusions."""
    low = table[table["alpha"] < TENTATIVE].sort_values("alpha")
    if table["alpha"].dropna().empty:
        return "No alpha can be computed here."
    if low.empty:
        return "No theme does."
    return f"Below it: {listed(list(low['variable']))}."
