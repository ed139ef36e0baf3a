"""Words for claims and verdicts that more than one chapter uses."""

from tracktwo.claims.claims import Part
from tracktwo.words.numbers import WRITTEN, value_text

RELATIONS = {">": "above", ">=": "at least", "<": "below", "<=": "at most"}


def say_side(part: Part) -> str:
    """Return the side a claim predicts as words, e.g. ``above 50%``."""
    return f"{RELATIONS[part.relation]} {value_text(part.kind, part.border)}"


def say_estimate(part: Part) -> str:
    """Return a part's estimate with its interval, e.g. ``60% (48% to 71%)``."""
    return WRITTEN[part.kind](part.estimate).text
