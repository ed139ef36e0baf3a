"""Chapter `index`: what was found, claim by claim."""

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from tracktwo.analysis.estimates import Estimate, difference_of_shares, lead, share
from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import (
    ELITE,
    GRASSROOTS,
    PERIODS,
    STRICT,
    group,
    level_counts,
    starts_of,
)
from tracktwo.analysis.voices import select_statements
from tracktwo.claims.claims import Part
from tracktwo.claims.standing import COULD_FAIL, JUST, STANDINGS, count_standings, standing
from tracktwo.claims.verdicts import Verdict
from tracktwo.data.study import Study
from tracktwo.drawing.small import place_small, small_interval
from tracktwo.telling.say import guard
from tracktwo.words.claim_words import say_estimate, say_side
from tracktwo.words.numbers import value_text

WHERE = {
    "C1": "change",
    "C2": "change",
    "C3": "focus",
    "C4": "focus",
    "C5": "propositions",
    "C6": "propositions",
    "C7": "transfer",
    "C8": "typology",
    "C9": "typology",
}
"""The chapter that tests each claim."""


@dataclass
class Findings:
    """The claims table, gathered row by row: a sentence and its guard for each claim."""

    verdicts: dict[str, Verdict]
    folder: str | Path
    rows: list[dict[str, object]] = field(default_factory=list)
    holds: bool = True

    def row(self, claim: str, sentence: str, *, when: object, chip: str = "") -> None:
        """Add a claim that the data have.

        Parameters
        ----------
        sentence
            What the evidence shows, as its author puts it; where the guard `when` is false the
            claim's own numbers stand in its place.
        chip
            What stands for the claim's standing, where that word alone would mislead.
        """
        if claim not in self.verdicts:
            return
        found = self.verdicts[claim]
        if not guard(when):
            self.holds, chip = False, ""
            sentence = "; ".join(f"{p.name}: {say_estimate(p)}" for p in found.result.parts)
        part = found.result.parts[0]
        told = f"{say_estimate(part)}; predicted is {say_side(part)}"
        words = value_text(part.kind, part.border).removesuffix(" points")
        chart = small_interval(
            part.estimate, part.border, found.verdict, words=words, ratio=part.kind == "ratio"
        )
        self.rows.append(
            {
                "What the evidence shows": f"**{claim}** {sentence}",
                "Verdict": chip or f"**{standing(found)}**",
                "Estimate, interval, border": place_small(
                    chart, f"claim-{claim.lower()}", told, self.folder
                ),
                "Cases": found.result.n,
                "Could it have failed?": "yes" if COULD_FAIL[claim] else "hardly",
                "Chapter": f"{{doc}}`chapters/{WHERE[claim]}`",
            }
        )

    def table(self) -> pd.DataFrame:
        """Return the rows, ready to print."""
        return pd.DataFrame(self.rows or [{"What the evidence shows": "No claim is tested."}])


@dataclass(frozen=True)
class Standings:
    """How many claims are of each standing, of those under test, and which held only just."""

    claims: int
    held: int
    just: int
    untested: int
    failed: int
    only_just: list[str]


def standings(verdicts: dict[str, Verdict]) -> Standings:
    """Return how many claims are of each standing."""
    found = count_standings(verdicts)
    counts = (len(found[name]) for name in STANDINGS)
    return Standings(len(verdicts), *counts, found[JUST])


def part_of(verdicts: dict[str, Verdict], claim: str, place: int = 0) -> Part:
    """Return one part of a claim; one without any number where the data lack the claim."""
    if claim in verdicts:
        return verdicts[claim].result.parts[place]
    nan = float("nan")
    return Part("share", "not tested", Estimate(nan, nan, nan, 0), ">", nan, 0)


@dataclass(frozen=True)
class Starts:
    """Starts of either side, in counts and per year.

    ``place`` is the share of grassroots minus that of elite/professional starts after the break;
    ``strict`` counts the starts with someone from the elite and nobody from the grassroots.
    """

    n: int
    before: pd.Series
    after: pd.Series
    place: Estimate
    strict: int
    side: int
    pace_before: float
    pace_after: float


def count_sides(rows: pd.DataFrame, frame: Frame) -> Starts:
    """Return the starts of elites and professionals, and of the grassroots."""
    starts = starts_of(rows)
    before, after = (level_counts(starts, period) for period in PERIODS)
    years = (frame.break_year - frame.first_year + 1, frame.last_year - frame.break_year)
    return Starts(
        n=len(starts),
        before=before,
        after=after,
        place=lead(int(after[GRASSROOTS]), int(after[ELITE]), int(after.sum())),
        strict=int((group(starts) == STRICT).sum()),
        side=int((starts["level"] == ELITE).sum()),
        pace_before=before[ELITE] / years[0],
        pace_after=after[ELITE] / years[1],
    )


@dataclass(frozen=True)
class Planning:
    """Of those who speak of planning, how many describe a plan; and what is documented."""

    spoken: Estimate
    documented: Estimate
    gap: Estimate


def planning(study: Study, frame: Frame, documented: Estimate) -> Planning:
    """Return how often a plan for transfer is described, against how often it is documented."""
    told = select_statements(study, frame)
    told = told[told["strategy_planned"].notna()]
    yes = (told["strategy_planned"] == "yes").groupby(told["voice"], observed=True).any()
    spoken = share(int(yes.sum()), len(yes))
    count = round(documented.value * documented.n) if documented.n else 0
    gap = difference_of_shares(int(yes.sum()), len(yes), count, documented.n)
    return Planning(spoken, documented, gap)
