"""Chapter `typology`: the titles and alternative texts of its figures, computed."""

import numpy as np
import pandas as pd

from tracktwo.analysis.estimates import Estimate
from tracktwo.chapters.evidence.results import TENTATIVE
from tracktwo.chapters.typology.map import Space
from tracktwo.chapters.typology.told import ALL, WITHOUT_FOCUS
from tracktwo.chapters.typology.where import farthest
from tracktwo.chapters.typology.words import meeting, name
from tracktwo.claims.claims import ClaimResult
from tracktwo.ground.digits import rounded
from tracktwo.ground.wording import enumerate_words
from tracktwo.telling.myst import plain
from tracktwo.words.numbers import percent, share_text


def title_combinations(found: pd.DataFrame, c9: ClaimResult) -> str:
    """Return the finding of the figure of combinations."""
    several = c9.parts[0].estimate.value
    top = plain(name(found.iloc[0]["combination"]))
    alone = "alone" if len(found.iloc[0]["codes"]) == 1 else "together"
    mixed = f"{percent(several).text} of the initiatives combine approaches"
    if not several > 0:
        mixed = "No initiative combines approaches"
    return f"{mixed}; the commonest choice is {top} {alone}"


def title_pairs(pairs: pd.DataFrame) -> str:
    """Return the finding of the figure of pairs."""
    more, less, _ = meeting(pairs)
    if not more and not less:
        return "No two approaches clearly meet more or less often than by chance"
    parts = [f"More often together than by chance: {enumerate_words(more)}"] if more else []
    if less:
        lead = "less often" if more else "Less often together than by chance"
        parts.append(f"{lead}: {enumerate_words(less)}")
    return plain("; ".join(parts))


def title_contrasts(found: list[tuple[str, str, Estimate]]) -> str:
    """Return the finding of the figure of groups: which approaches differ between their ends."""
    parts = []
    for variable in dict.fromkeys(v for v, *_ in found):
        apart = [name(x) for v, x, e in found if v == variable and e.side_of(0) != "open"]
        parts.append(f"by {variable} {enumerate_words(apart, nothing='no approach')}")
    return plain(f"What differs clearly: {'; '.join(parts)}")


def title_map(space: Space | None) -> str:
    """Return the finding of the map."""
    far = farthest(space) if space is not None else None
    if far is None:
        return "No map of two approaches or more can be drawn"
    return plain(f"On the map of practice, {far[0]} and {far[1]} work lie farthest apart")


def title_agreement(table: pd.DataFrame) -> str:
    """Return the finding of the figure of agreement: how many approaches are safely agreed."""
    parts = []
    for name_of_round, rows in table.dropna(subset=["alpha"]).groupby("round", sort=False):
        safe = int((rows["low"] >= TENTATIVE).sum())
        parts.append(f"{safe} of {len(rows)} approaches in the {name_of_round}")
    if not parts:
        return "No agreement on an approach can be computed"
    return f"Safely above the limit for tentative conclusions: {enumerate_words(parts)}"


def title_told(told: pd.DataFrame) -> str:
    """Return the finding of the figure of predictions."""
    rows = told[told["source"] == ALL]
    clear = sum(row.told.auc.low > 0.5 for row in rows.itertuples())
    return f"{clear} of {len(rows)} approaches can be told from the other codes of an initiative"


def title_talk(talk: pd.DataFrame) -> str:
    """Return the finding of the figure of voices: what leads in deed and in word."""
    best = []
    for group in ("initiatives", "all speakers"):
        rows = talk[(talk["group"] == group) & (talk["share"] > 0)]
        best.append(None if rows.empty else rows.loc[rows["share"].idxmax()])
    done, said = best
    if done is None or said is None:
        return "No speaker voices an approach, so words cannot be held against deeds"
    shares = [percent(row["share"]).text for row in best]
    if done["label"] == said["label"]:
        text = f"{done['label']} leads in deed ({shares[0]} of initiatives) and in word"
        return plain(f"{text} ({shares[1]} of speakers)")
    text = f"{done['label']} leads in deed ({shares[0]} of initiatives), {name(said['label'])}"
    return plain(f"{text} in word ({shares[1]} of speakers)")


def alt_combinations(found: pd.DataFrame, shares: pd.DataFrame) -> str:
    """Return the alternative text of the figure of combinations."""
    parts = [f"{row.combination} {row.initiatives}" for row in found.itertuples()]
    known = [
        f"{row.label} {share_text(Estimate(row.share, row.low, row.high, row.n)).text}"
        for row in shares.itertuples()
    ]
    return (
        f"Share of initiatives with each approach: {enumerate_words(known)}. Bars for each "
        f"combination, initiatives: {'; '.join(parts)}."
    )


def alt_pairs(pairs: pd.DataFrame) -> str:
    """Return the alternative text of the figure of pairs."""
    parts = [
        f"{row.pair} {share_text(row.jaccard).text}, by chance {percent(row.chance).text}"
        for row in pairs.itertuples()
    ]
    return f"Dots with intervals, share with both of those with either: {'; '.join(parts)}."


def alt_shares(table: pd.DataFrame) -> str:
    """Return the alternative text of a figure of shares by group."""
    parts = [
        f"{label}: "
        + ", ".join(f"{row.group} {percent(row.share).text}" for row in rows.itertuples())
        for label, rows in table.groupby("label", sort=False)
    ]
    return f"Dots with intervals, a column per approach. {'; '.join(parts)}."


def alt_map(space: Space | None) -> str:
    """Return the alternative text of the map: what lies at the ends and next to each approach."""
    if space is None:
        return "An empty chart: too few initiatives or codes for a map."
    codes = space.points[space.points["kind"] != "approach"]
    ends = [
        f"from {codes.loc[codes[axis].idxmin(), 'label']} {start} to "
        f"{codes.loc[codes[axis].idxmax(), 'label']} {end}"
        for axis, start, end in (("x", "at the left", "at the right"), ("y", "below", "above"))
    ]
    near = []
    for row in space.points[space.points["kind"] == "approach"].itertuples():
        far = rounded((codes["x"] - row.x) ** 2 + (codes["y"] - row.y) ** 2)
        closest = codes.loc[far.sort_values(kind="stable").index[:2], "label"].tolist()
        near.append(f"{row.label} lies near {enumerate_words(closest)}")
    return f"A plane of codes, {' and '.join(ends)}. {'; '.join(near)}."


def alt_told(told: pd.DataFrame) -> str:
    """Return the alternative text of the figure of predictions."""
    parts = []
    for label, rows in told.groupby("label", sort=False):
        found = rows.set_index("source")["told"]
        values = [found[source].auc.value for source in (ALL, WITHOUT_FOCUS)]
        if not np.isnan(values).any():
            whole, without = (percent(value).text for value in values)
            parts.append(f"{label} {whole} from all other codes, {without} without focus")
    known = "; ".join(parts) or "none can be tested"
    return f"Dots with intervals, how often the right one of two initiatives is named: {known}."
