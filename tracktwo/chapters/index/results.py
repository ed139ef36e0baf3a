"""Chapter `index`: what was found, claim by claim."""

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from tracktwo.analysis.estimates import Estimate, clustered_share
from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import (
    GRASSROOTS,
    PROFESSIONAL,
    STRICT,
    group,
    starts_of,
)
from tracktwo.analysis.voices import select_statements
from tracktwo.claims.claims import Part
from tracktwo.claims.standing import COULD_FAIL, STANDINGS
from tracktwo.claims.verdicts import Verdict
from tracktwo.data.study import Study
from tracktwo.drawing.small import place_small, small_interval
from tracktwo.telling.at_hand import is_of_another
from tracktwo.telling.passage import told_cell
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
    standings: dict[str, str]
    folder: str | Path
    rows: list[dict[str, object]] = field(default_factory=list)
    holds: bool = True

    def row(
        self, claim: str, sentence: str, *, when: object, chip: str = "", cases: str = ""
    ) -> None:
        """Add a claim that the data have.

        Parameters
        ----------
        sentence
            What the evidence shows, as its author puts it; where the guard `when` is false, or
            the data are about another conflict than the sentence, the claim's own numbers stand
            in its place.
        chip
            What stands for the claim's standing, where that word alone would mislead.
        cases
            What is counted, where it is not the claim's cases.
        """
        if claim not in self.verdicts:
            return
        found = self.verdicts[claim]
        if not guard(when) or is_of_another(sentence):
            self.holds, chip = False, ""
            sentence = "; ".join(f"{p.name}: {say_estimate(p)}" for p in found.result.parts)
        part = found.result.parts[0]
        estimate = say_estimate(part).replace("percentage points", "points")
        told = f"The estimate with its interval; predicted is {say_side(part)}"
        words = value_text(part.kind, part.border).removesuffix(" points")
        chart = small_interval(
            part.estimate, part.border, found.verdict, words=words, ratio=part.kind == "ratio"
        )
        picture = place_small(chart, f"claim-{claim.lower()}", told, self.folder)
        self.rows.append(
            {
                "What the evidence shows": f"**{claim}** {sentence}",
                "Verdict": chip or f"**{self.standings[claim]}**",
                "Estimate, interval, border": told_cell(
                    claim, estimate, part.estimate, front=f"{picture} "
                ),
                "Cases": cases or found.result.n,
                "Could it have failed?": "yes" if COULD_FAIL[claim] else "hardly",
                "Chapter": f"{{doc}}`chapters/{WHERE[claim]}`",
            }
        )

    def table(self) -> pd.DataFrame:
        """Return the rows, ready to print."""
        return pd.DataFrame(self.rows or [{"What the evidence shows": "No claim is tested."}])


def count_standings(standings: dict[str, str]) -> dict[str, int]:
    """Return how many ``claims`` there are, and how many of each standing."""
    each = [*standings.values()]
    names = ("held", "just", "undecided", "untested", "failed")
    found = {name: each.count(word) for name, word in zip(names, STANDINGS, strict=True)}
    return {"claims": len(each)} | found


def part_of(verdicts: dict[str, Verdict], claim: str, place: int = 0) -> Part:
    """Return one part of a claim; one without any number where the data lack the claim."""
    if claim in verdicts:
        return verdicts[claim].result.parts[place]
    nan = float("nan")
    return Part("share", "not tested", Estimate(nan, nan, nan, 0), ">", nan, 0)


KINDS = {STRICT: "elite", PROFESSIONAL: "professionals", GRASSROOTS: "grassroots"}
"""Who took part, as the charts of this page name them."""


@dataclass(frozen=True)
class Starts:
    """Starts before and after the break, mixed ones left out.

    ``pace`` has starts a year: ``who``, ``years``, ``pace``, ``starts``.
    """

    pace: pd.DataFrame

    @property
    def n(self) -> int:
        """All of them."""
        return int(self.pace["starts"].sum())

    @property
    def fastest(self) -> str:
        """The kind whose starts a year grew most."""
        wide = self.pace.pivot(index="who", columns="years", values="pace")
        grown = (wide.iloc[:, 1] - wide.iloc[:, 0]).idxmax()
        return next(kind for kind, who in KINDS.items() if who == grown)

    def grew(self, *kinds: str) -> bool:
        """Return whether each kind began at least as often after the break as before."""
        found = [self.pace.loc[self.pace["who"] == KINDS[kind], "pace"] for kind in kinds]
        return all(pace.iloc[0] <= pace.iloc[1] for pace in found)


def count_starts(rows: pd.DataFrame, frame: Frame) -> Starts:
    """Return how often each kind of initiative began before and after the break."""
    starts = starts_of(rows)
    kinds = group(starts)
    spans = (frame.break_year - frame.first_year + 1, frame.last_year - frame.break_year)
    pace = []
    for kind, who in KINDS.items():
        for (period, years), span in zip(frame.periods.items(), spans, strict=True):
            n = int(((kinds == kind) & (starts["period"] == period)).sum())
            pace.append({"who": who, "years": years, "pace": n / span, "starts": n})
    return Starts(pd.DataFrame(pace))


@dataclass(frozen=True)
class Planning:
    """Of the statements on planning, how many describe a plan; how many plans are documented."""

    spoken: Estimate
    documented: Estimate


def planning(study: Study, frame: Frame, documented: Estimate) -> Planning:
    """Return how often a plan for transfer is described, against how often it is documented."""
    told = select_statements(study, frame)
    told = told[told["strategy_planned"].notna()]
    spoken = clustered_share(told["strategy_planned"] == "yes", told["document_id"])
    return Planning(spoken, documented)
