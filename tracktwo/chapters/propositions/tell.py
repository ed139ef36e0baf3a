"""Chapter `propositions`: every number and computed sentence of its text."""

import pandas as pd

from tracktwo.chapters.propositions import border_words as border_words
from tracktwo.chapters.propositions import inventory_words as inventory_words
from tracktwo.chapters.propositions import results as propositions
from tracktwo.chapters.propositions import words as words
from tracktwo.chapters.propositions.results import Heard
from tracktwo.claims.claims import ClaimResult
from tracktwo.data.study import Study
from tracktwo.words.numbers import Number, percent, share_text


def tell_propositions(
    study: Study,
    rows: pd.DataFrame,
    statements: pd.DataFrame,
    heard: Heard,
    claims: tuple[ClaimResult, ClaimResult],
    curve: pd.DataFrame,
    found: pd.DataFrame,
    coder: str,
) -> dict[str, Number | str | int]:
    """Return every number and computed sentence of the chapter, by key.

    Parameters
    ----------
    claims, curve
        The results of C5 and C6 (`claims.test_claim`), and the curve of C5 (`curves.curve`).
    """
    c5, c6 = claims
    firm = heard.voicings["support"] == propositions.SYSTEMATIC
    per_voice = heard.statements["voice"].value_counts()
    tried = found["proposition"].nunique()
    return {
        "answer-shared": words.say_shared(c5),
        "answer-thin": border_words.say_thin(c5, heard, curve, coder),
        "answer-support": words.say_support(c6),
        "answer-inventory": inventory_words.say_inventory(found, heard),
        "n-propositions": len(heard.labels),
        "n-statements": len(statements),
        "n-voicing": len(heard.statements),
        "n-voicings": len(heard.voicings),
        "unvoiced": words.say_unvoiced(heard),
        "sides": words.say_sides(heard),
        "search": words.say_search(statements, heard),
        "border": border_words.say_border(heard, c5),
        "left-out": border_words.say_left_out(heard, c5),
        "largest": border_words.say_largest(heard, statements),
        "systematic": share_text(c6.parts[0].estimate),
        "systematic-voicings": f"{int(firm.sum())} of {len(firm)}",
        "judgement": words.say_judgement(heard),
        "both": words.say_both(heard),
        "loudest": int(per_voice.max()) if len(per_voice) else 0,
        "n-tried": tried,
        "chance": percent(1 - 0.95**tried),
        "n-untried": len(heard.labels) - tried,
        "clear": inventory_words.say_clear(found),
        "levels": inventory_words.say_levels(study, rows, found),
        "graded": inventory_words.say_graded(study, rows),
        "planned": inventory_words.say_planned(found),
        "share-voicing": percent(len(heard.statements) / max(len(statements), 1)),
    }
