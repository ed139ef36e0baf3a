"""Chapter `verdicts`: its sentences, titles and alternative texts, computed from the results."""

import json
from dataclasses import dataclass

import pandas as pd
from myst_nb import glue

from tracktwo.analysis.estimates import FEWEST
from tracktwo.chapters.verdicts.results import coded_otherwise, forest
from tracktwo.claims.claims import Part
from tracktwo.claims.verdicts import LEANING, SUPPORTED, UNTESTABLE, VERDICTS, Verdict, as_records
from tracktwo.claims.verdicts import MOST as NEARLY_ALL
from tracktwo.data.study import Study
from tracktwo.ground.wording import enumerate_words
from tracktwo.telling.myst import plain
from tracktwo.words.claim_words import say_side
from tracktwo.words.numbers import Number, count, most_percent, percent

MIME = "application/x-tracktwo-verdicts"

# What evidence would be decisive, whatever the numbers are.
DECISIVE = {
    "C1": "Archives of small local groups of the nineties, in Arabic and Hebrew above all.",
    "C2": "The same archives, and papers of talks among elites after the break, closed today.",
    "C3": "A human re-coding of focus: it hangs on when two aims count as equals.",
    "C4": "A human re-coding of focus that reads the sources rather than the summaries.",
    "C5": "Interviews that put each proposition to practitioners of both sides.",
    "C6": "A human reading of what counts as evidence, and evaluations known but not spoken of.",
    "C7": "Internal planning papers: what is documented is not all there was.",
    "C8": "Two human coders of the field who read the sources independently.",
    "C9": "Two human coders: the first part asks only that some initiative has two approaches.",
}


@dataclass(frozen=True)
class Records:
    """The verdicts as a notebook stores them, for ``verdicts.json``."""

    records: list[dict[str, object]]

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        # As a string: a notebook may hold no other value under a type that is not JSON.
        text = json.dumps(self.records, ensure_ascii=False)
        return {"text/plain": f"{len(self.records)} verdicts", MIME: text}


def record(verdicts: dict[str, Verdict]) -> None:
    """Store the verdicts in the notebook's outputs, from where the build publishes them."""
    glue("verdicts-records", Records(as_records(verdicts)), display=False)


def count_verdicts(verdicts: dict[str, Verdict]) -> dict[str, list[str]]:
    """Return the claims that each verdict fell on, verdicts without any left out."""
    groups = {
        verdict: [c for c, found in verdicts.items() if found.verdict == verdict]
        for verdict in VERDICTS
    }
    return {verdict: claims for verdict, claims in groups.items() if claims}


def say_verdicts(verdicts: dict[str, Verdict]) -> str:
    """Return how many claims each verdict fell on, in one sentence."""
    if not verdicts:
        return "The data hold no claim that this book has a test for."
    phrases = {UNTESTABLE: "cannot be tested", SUPPORTED: "supported by the open evidence"}
    parts = []
    for verdict, claims in count_verdicts(verdicts).items():
        be = "" if verdict == UNTESTABLE else "is " if len(claims) == 1 else "are "
        parts.append(
            f"{len(claims)} {be}{phrases.get(verdict, verdict)} ({enumerate_words(claims)})"
        )
    return f"Of the {len(verdicts)} claims under test, {enumerate_words(parts)}."


def say_distance(verdicts: dict[str, Verdict]) -> str:
    """Return which supported claims only just are."""
    near = [
        claim
        for claim, found in verdicts.items()
        if found.verdict == SUPPORTED
        and (found.agree_share < NEARLY_ALL + 0.02 or _nearest(found) < 0.2)
    ]
    if not near:
        return "None of the supported claims is so by a hair."
    be = "is" if len(near) == 1 else "are"
    return (
        f"Of the supported ones, {enumerate_words(near)} only just {be}: "
        "an end of an interval, or the share of agreeing specifications, lies close to where the "
        "verdict would change."
    )


def _nearest(found: Verdict) -> float:
    """Return how far the nearest interval's end is from its border, in half-widths."""
    table = forest({found.result.id: found})
    return float(table["low"].min()) if len(table) else float("inf")


def title_forest(verdicts: dict[str, Verdict]) -> str:
    """Return the finding of the main figure."""
    groups = count_verdicts(verdicts)
    words = [
        f"{len(claims)} {'that ' * (verdict == UNTESTABLE)}{verdict}"
        for verdict, claims in groups.items()
    ]
    return f"{len(verdicts)} claims: {enumerate_words(words, nothing='none tested')}"


def alt_forest(table: pd.DataFrame) -> str:
    """Return the alternative text of the main figure."""
    rows = [f"{r.part} {r.written}, {r.verdict}" for r in table.itertuples()]
    return f"Dots with intervals, each set against the border of its claim. {'; '.join(rows)}."


def say_mind(claim: str, found: Verdict, undone: int | None) -> str:
    """Return what would change the verdict on a claim.

    Parameters
    ----------
    undone
        For C1 and C2 the number of undocumented grassroots starts that would undo the claim;
        None where none in reach would.
    """
    texts = [_say_part(found.result.parts[i], found.parts[i]) for i in range(len(found.parts))]
    if undone:
        texts.insert(0, f"{undone} undocumented grassroots starts of the earlier years.")
    if found.verdict in (SUPPORTED, LEANING) and found.agree_share < 1:
        texts.append(
            f"Choices: {most_percent(found.agree_share)} of specifications agree, where "
            f"{percent(NEARLY_ALL).text} are asked for."
        )
    return " ".join(dict.fromkeys([*filter(None, texts), DECISIVE[claim]]))


def _say_part(part: Part, verdict: str) -> str:
    if verdict == UNTESTABLE:
        return (
            f"Evidence: there are {part.cases} cases, and {FEWEST} are the least the rule asks for."
        )
    number = coded_otherwise(part)
    if number is None:
        return ""
    if part.cases != part.estimate.n:  # what is counted are not the cases: propositions, say
        fewer = "one" if number == 1 else str(number)
        return (
            f"Losing {fewer} of the {round(part.estimate.value * part.estimate.n)} counted (of "
            f"{part.estimate.n}): then the {part.name} would no longer be {say_side(part)}."
        )
    return (
        f"{number} of {part.cases} cases coded otherwise: then the {part.name} would no longer be "
        f"{say_side(part)}."
    )


def mind_table(
    study: Study, verdicts: dict[str, Verdict], tipping: pd.DataFrame, most: int
) -> pd.DataFrame:
    """Return what would change our mind on each claim, ready to print."""
    foot = tipping[tipping["elite"] == 0].set_index("claim")["undone"]
    claims = study.claims.set_index("id")["claim"]
    rows = []
    for claim, found in verdicts.items():
        number = int(foot[claim]) if claim in foot and foot[claim] <= most else None
        rows.append(
            {
                "Claim": f"**{claim}** {plain(claims[claim])}",
                "Verdict": found.verdict,
                "What would change our mind": say_mind(claim, found, number),
            }
        )
    return pd.DataFrame(rows)


def tell_verdicts(verdicts: dict[str, Verdict]) -> dict[str, Number | str | int]:
    """Return every number and computed sentence of the chapter's text, by key."""
    return {
        "answer": say_verdicts(verdicts),
        "distance": say_distance(verdicts),
        "n-specifications": count(sum(v.specifications for v in verdicts.values())),
    }
