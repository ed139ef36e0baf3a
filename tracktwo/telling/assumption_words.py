"""The words of the panel of assumptions: what it asks, and what it says of a claim.

The page looks words up and makes none. It says of the book what the front page says, and of a
reader's setting what the rule of verdicts does: the front page's word takes more than the rule.
"""

import re
from dataclasses import dataclass

from tracktwo.claims.standing import (
    COULD_FAIL,
    FAILED,
    HELD,
    JUST,
    UNDECIDED,
    UNTESTED,
)
from tracktwo.claims.statement_curves import UNITS
from tracktwo.claims.verdicts import NOT_SUPPORTED, UNTESTABLE, VERDICTS, Verdict
from tracktwo.data.study import Study
from tracktwo.ground.wording import enumerate_words, first_up
from tracktwo.words.claim_words import CHOICES, QUESTIONS

GROUPS = ("All claims", "Claims on initiatives", "Claims on statements")
UNNAMED = "as in this edition"
"""What an option is called that the edition takes and the specifications do not vary."""

ANSWERS = {"in": "yes", "out": "no"}
"""How a question whether to count something is answered."""

LOOKS = {
    HELD: "held",
    JUST: "just",
    UNDECIDED: "unclear",
    UNTESTED: "untested",
    FAILED: "not-supported",
}
"""How the site draws the word of a standing."""


@dataclass(frozen=True)
class Control:
    """One choice as a reader makes it: claims whose own option is the same share a control."""

    choice: str
    own: str
    options: tuple[str, ...]
    claims: tuple[str, ...]


# What is said of a claim


def words_of(found: Verdict, standing: str) -> dict[str, object]:
    """Return what is said of a claim.

    Parameters
    ----------
    standing
        The front page's word for what the book itself finds.

    Returns
    -------
    dict
        ``book``, of the book's own choices, and ``unknown``, where nothing was computed: chip,
        its look, and what stands beside it. ``under``, the same for each of `VERDICTS` that a
        setting may come to, and ``brief``, what the summary says of it where it is another.
        ``shifts``: what is added, beside the chip and in the summary, where no interval, one, or
        one the other way, or both, include the border in the setting and not in the book.
    """
    here = f"The book: {standing}"
    return {
        "book": {
            "chip": standing,
            "look": LOOKS[standing],
            "beside": f"The book, as on its front page. By the rule: {found.verdict}",
        },
        "unknown": {"chip": "not computed", "beside": here, "brief": "not computed"},
        "under": [_under(found, verdict, here) for verdict in VERDICTS],
        "shifts": _shifts(len(found.result.parts)),
    }


def _under(found: Verdict, verdict: str, here: str) -> dict[str, str]:
    # Whatever went against its claim could fail, as in `standing.standing`.
    hardly = not COULD_FAIL[found.result.id] and verdict not in (NOT_SUPPORTED, UNTESTABLE)
    same = verdict == found.verdict
    rule = "By the rule" + (
        ", as with the book’s choices"
        if same
        else f"; with the book’s choices it says {found.verdict}"
    )
    return {
        "chip": f"{verdict}, {UNTESTED}" if hardly else verdict,
        "look": LOOKS[UNTESTED] if hardly else verdict.replace(" ", "-"),
        "beside": f"{rule}. {here}",
        "brief": "" if same else f"{verdict} instead of {found.verdict}",
    }


def _shifts(parts: int) -> list[list[str]]:
    it = "an interval" if parts > 1 else "the interval"
    now, gone = f"{it} now includes the border", f"{it} no longer includes the border"
    return [
        ["", ""],
        [f"{first_up(now)}; the book’s does not", now],
        [f"{first_up(gone)}; the book’s does", gone],
        [f"{first_up(now)}, and another no longer does", f"{now}, and another no longer does"],
    ]


# What is asked


def control_names(controls: list[Control]) -> list[str]:
    """Return what each control is called in an address."""
    choices = [control.choice for control in controls]
    return [
        _code(c.choice if choices.count(c.choice) == 1 else f"{c.choice} {' '.join(c.claims)}")
        for c in controls
    ]


def _code(text: str) -> str:
    return re.sub(r"[^\w]+", "-", text)


def control_label(control: Control, controls: list[Control]) -> str:
    """Return what a control asks."""
    return f"{QUESTIONS[control.choice]}{_of_which(control, controls)}"


def control_noun(control: Control, controls: list[Control]) -> str:
    """Return what a control decides, as it stands in a sentence."""
    return f"{CHOICES[control.choice]}{_of_which(control, controls)}"


def _of_which(control: Control, controls: list[Control]) -> str:
    shared = sum(c.choice == control.choice for c in controls) == 1
    return "" if shared else f" ({enumerate_words(list(control.claims))})"


def control_group(control: Control) -> int:
    """Return the place in `GROUPS` of a control's claims."""
    on_statements = [claim in UNITS for claim in control.claims]
    return 0 if len(set(on_statements)) > 1 else 2 if on_statements[0] else 1


def control_options(study: Study, control: Control) -> list[list[str]]:
    """Return each option as it stands in an address, and as readers see it."""
    codes = [_code(option) for option in control.options]
    if len(set(codes)) < len(codes):
        codes = [str(place) for place in range(len(codes))]
    words = {
        "coder": lambda x: coder_words(study, x),
        "round": lambda x: f"coders of the {x} round",
    }
    say = words.get(control.choice, lambda x: ANSWERS.get(x, x))
    return [[code, say(x)] for code, x in zip(codes, control.options, strict=True)]


def coder_words(study: Study, coder: str) -> str:
    """Return what readers call a coder."""
    part = "inventory" if coder in study.coders() else "practitioners"
    return study.coder_label(coder, part)
