"""Chapter `typology`: its tables, ready to print, and the numbers it tells."""

import numpy as np
import pandas as pd

from tracktwo.analysis.estimates import Estimate
from tracktwo.chapters.evidence.results import FIRM, TENTATIVE
from tracktwo.chapters.typology import where as where
from tracktwo.chapters.typology import words as words
from tracktwo.chapters.typology.map import COMMON, Space
from tracktwo.chapters.typology.told import FOLDS, Told
from tracktwo.claims.claims import ClaimResult
from tracktwo.telling.myst import plain
from tracktwo.words.numbers import Number, count, decimal, percent, ratio_text, share_text

SIDES = {">": "above", ">=": "at least", "<": "below", "<=": "at most"}


def tests_table(c8: ClaimResult, c9: ClaimResult) -> pd.DataFrame:
    """Return the tests of C8 and C9 ready to print."""
    alpha, found, several, overlap = (part for claim in (c8, c9) for part in claim.parts)
    rows = [
        ("C8", alpha, ratio_text(alpha.estimate).text),
        ("C8", found, count(found.estimate.value).text),
        ("C9", several, share_text(several.estimate).text),
        ("C9", overlap, ratio_text(overlap.estimate).text),
    ]
    table = [
        {
            "Claim": claim,
            "Statistic": part.name[:1].upper() + part.name[1:],
            "Estimate (95% interval)": text,
            "n": part.estimate.n,
            "Predicted": f"{SIDES[part.relation]} {part.border:g}",
        }
        for claim, part, text in rows
    ]
    return pd.DataFrame(table)


def pairs_table(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return how the approaches meet, ready to print."""
    return pd.DataFrame(
        {
            "Approaches": [plain(pair) for pair in pairs["pair"]],
            "Both (by chance)": [
                f"{row.both} ({decimal(row.expected, 0).text})" for row in pairs.itertuples()
            ],
            "Times chance": [ratio_text(found).text for found in pairs["lift"]],
            "Overlap (Jaccard)": [ratio_text(found).text for found in pairs["jaccard"]],
            "Correlation (phi)": [ratio_text(found).text for found in pairs["phi"]],
        }
    )


def told_table(told: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Return how often the right one of two initiatives is named: a line a choice of codes."""
    theirs = others.assign(source=[f"all, approach as {c} coded it" for c in others["coder"]])
    every = pd.concat([told, theirs], ignore_index=True)
    rows = []
    for source, group in every.groupby("source", sort=False):
        cells = {plain(row.label): _told(row.told) for row in group.itertuples()}
        rows.append({"Told from": plain(source[:1].upper() + source[1:])} | cells)
    return pd.DataFrame(rows)


def _told(told: Told) -> str:
    return "too few" if np.isnan(told.auc.value) else share_text(told.auc).text


def tell_claims(
    c8: ClaimResult,
    c9: ClaimResult,
    shares: pd.DataFrame,
    agreed: dict[str, pd.DataFrame],
    told: pd.DataFrame,
    others: pd.DataFrame,
    several: pd.Series,
) -> dict[str, Number | str | int]:
    """Return what the chapter tells of C8 and C9, by key.

    Parameters
    ----------
    agreed
        The agreement on each approach, by part of the codebook.
    told, others
        From `told_apart` and `told_by_others`.
    several
        The share of initiatives with two or more approaches, by coder.
    """
    return {
        "answer-found": words.say_found(shares),
        "answer-agreed": words.say_agreed(c8.parts[0].estimate, agreed["inventory"]),
        "answer-overlap": words.say_overlap(c9),
        "answer-told": words.say_told(told),
        "folds": FOLDS,
        "focus-loss": words.say_focus_loss(told),
        "others": words.say_others(others),
        "rounds": words.say_rounds(agreed["inventory"]),
        "statements-agreed": words.say_rounds(agreed["practitioners"]),
        "generous": words.say_generous(several),
        "firm": decimal(FIRM, 1),
        "tentative": decimal(TENTATIVE, 3),
    }


def tell_practice(
    shares: pd.DataFrame,
    found: pd.DataFrame,
    pairs: pd.DataFrame,
    contrasts: list[tuple[str, str, Estimate]],
    space: Space | None,
) -> dict[str, Number | str | int]:
    """Return what the chapter tells of how approaches meet and who takes them, by key."""
    return {
        "alone": words.say_alone(found, shares),
        "chance": words.say_chance(pairs),
        "contrasts": where.say_contrasts(contrasts),
        "map": where.say_map(space),
        "common": percent(COMMON),
    }


def tell_talk(
    talk: pd.DataFrame, marks: pd.DataFrame, voices: pd.DataFrame, statements: pd.DataFrame
) -> dict[str, Number | str | int]:
    """Return what the chapter tells of deeds and words, by key.

    Parameters
    ----------
    talk
        From `practice_and_talk`.
    marks, voices
        The approaches of each initiative, and of each voice that voices any.
    statements
        All statements.
    """
    per_voice = voices[list(marks.columns)].sum(axis=1).mean()
    return {
        "deeds-and-words": where.say_talk(talk),
        "sides": where.say_sides(talk),
        "n-speakers": statements["voice"].nunique(),
        "n-voices": len(voices),
        "per-initiative": decimal(marks.sum(axis=1).mean(), 1),
        "per-voice": decimal(per_voice, 1),
    }
