"""Words for claims and verdicts that more than one chapter uses."""

import pandas as pd

from tracktwo.claims.claims import Part
from tracktwo.claims.turning import ADDED, LOST, RECODED, Turning
from tracktwo.words.numbers import WRITTEN, value_text

CHOICES = {
    "scope": "whether regional initiatives are in",
    "grades": "which evidence grades are in",
    "nested": "whether initiatives that are part of another are in",
    "borderline": "whether borderline rows are in",
    "umbrellas": "whether umbrellas are in",
    "waves": "which searches' initiatives are in",
    "uncertain years": "whether starts whose year is in doubt are in",
    "coder": "whose codes are used",
    "counted": "whether starts or active initiatives are counted",
    "break year": "where the break lies",
    "mixed": "where mixed initiatives are counted",
    "focus both": "where initiatives with both foci are counted",
    "round": "whose codes are compared",
    "unit": "what counts as one voice",
    "statements": "whether unchecked statements are in",
    "voices": "whether researchers and donors are heard",
    "waves of statements": "which searches' statements are in",
    "joint statements": "how joint statements are counted",
}
"""The choices of specifications, in words."""

QUESTIONS = {
    "scope": "Count regional initiatives too?",
    "grades": "Which grades of evidence are good enough?",
    "nested": "Count initiatives that are part of another?",
    "borderline": "Count borderline cases?",
    "umbrellas": "Count umbrellas too?",
    "waves": "Which searches do you rely on?",
    "uncertain years": "Count starts whose year is in doubt?",
    "coder": "Whose codes do you trust?",
    "counted": "Count starts, or all that were active?",
    "break year": "In which year does the break lie?",
    "mixed": "Where do mixed initiatives belong?",
    "focus both": "Where do initiatives with both foci belong?",
    "round": "Whose codes do you compare?",
    "unit": "What counts as one voice?",
    "statements": "Count statements nobody has checked?",
    "voices": "Do researchers and donors have a say?",
    "waves of statements": "Which searches for statements do you rely on?",
    "joint statements": "How do you count joint statements?",
}
"""The choices of specifications, as a reader is asked."""

OTHERWISE = {
    ADDED: "further grassroots starts up to the break",
    RECODED: "cases coded otherwise",
    LOST: "of those counted, lost",
}
"""What would have to be otherwise for a claim to turn."""

RELATIONS = {">": "above", ">=": "at least", "<": "below", "<=": "at most"}


def say_side(part: Part) -> str:
    """Return the side a claim predicts as words, e.g. ``above 50%``."""
    return f"{RELATIONS[part.relation]} {value_text(part.kind, part.border)}"


def say_estimate(part: Part) -> str:
    """Return a part's estimate with its interval, e.g. ``60% (48% to 71%)``."""
    return WRITTEN[part.kind](part.estimate).text


def cases_words(claim: str, part: Part) -> list[str]:
    """Return the words around a number of a part's cases: before it, after one, after more.

    C5 is a share of propositions, but rests on who voices them (`claim_tests.fewest_voicings`).
    """
    if claim != "C5" or not part.estimate.n:
        return ["", "case", "cases"]
    many = part.estimate.n
    counted = f"{many:,} proposition{'' if many == 1 else 's'}; "
    return [counted, "voicing on the quieter side", "voicings on the quieter side"]


def turning_table(
    found: dict[str, Turning], names: dict[str, str], standings: dict[str, str]
) -> pd.DataFrame:
    """Return how many cases would turn each claim, ready to print.

    What changes a verdict stands first: the number with which the interval includes the border.

    Parameters
    ----------
    names
        What each claim of the table is called, in its order.
    standings
        `standing.standings`.
    """
    rows = [
        {
            "Claim": f"**{claim}** {name}",
            "Interval reaches the border with": _number(found[claim].crosses),
            "Direction reverses with": _number(found[claim].reverses),
            "What would have to be otherwise": OTHERWISE[found[claim].kind],
            "Of": found[claim].of,
            "Verdict": f"**{standings[claim]}**",
        }
        for claim, name in names.items()
        if claim in found
    ]
    return pd.DataFrame(rows or [{"Claim": "No claim that cases could turn is tested."}])


def _number(cases: int | None) -> str:
    if cases is None:
        return "none in reach"
    return "none: it includes it already" if cases == 0 else str(cases)
