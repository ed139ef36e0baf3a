"""Chapter `trust`: how far the results can be relied on, in a few numbers."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tracktwo.analysis.estimates import Estimate
from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import in_doubt
from tracktwo.analysis.rounds import agreement_by_variable
from tracktwo.claims.claim_tests import elite_lead, grassroots_change, grassroots_trend
from tracktwo.claims.turning import Turning
from tracktwo.claims.verdicts import Verdict, agreeing
from tracktwo.data.study import Study
from tracktwo.words.numbers import points_text, ratio_text

GAP = "gap"  # the published search for what others missed

PARTS = {"inventory": "Initiatives", "practitioners": "Statements"}
TESTED = {
    "Initiatives": ("participants", "focus", "approach", "transfer planned"),
    "Statements": ("transfer proposition", "proposition support"),
}
"""The variables that the claims rest on."""


@dataclass(frozen=True)
class Collected:
    """What was collected, and what became of it when it was held against its sources again."""

    initiatives: int
    statements: int
    sources: int
    mended: int
    corrected: int
    gap: int
    gap_early: int
    doubtful: int
    doubtful_dated: int
    dated: int
    borderline: int


def collected(study: Study, rows: pd.DataFrame, frame: Frame) -> Collected:
    """Return what the evidence consists of; the doubts are those of the frame's rows."""
    everything = study.initiatives
    missing = everything[everything["wave"] == GAP]
    years = missing["start_year"].between(frame.first_year, frame.break_year)
    doubt, dated = in_doubt(rows, "start_year"), rows["period"].notna()
    return Collected(
        initiatives=len(everything),
        statements=len(study.statements),
        sources=len(study.sources),
        mended=int((everything["source_check"] == "corrected").sum()),
        corrected=int((study.statements["source_check"] == "corrected").sum()),
        gap=len(missing),
        gap_early=int(years.fillna(False).sum()),
        doubtful=int(doubt.sum()),
        doubtful_dated=int((doubt & dated).sum()),
        dated=int(dated.sum()),
        borderline=int(rows["borderline"].sum()),
    )


def agreement(study: Study) -> pd.DataFrame:
    """Return the agreement of every round on what the claims rest on, initiatives first."""
    return pd.concat(
        [
            found[found["variable"].isin(TESTED[name])].assign(part=name)
            for part, name in PARTS.items()
            for found in [agreement_by_variable(study, part)]
        ],
        ignore_index=True,
    )


@dataclass(frozen=True)
class Reached:
    """The lowest and highest alpha of a round's variables, and the least agreed variable."""

    low: float
    high: float
    least: str


NO_ROUND = Reached(np.nan, np.nan, "none")


def reached(agreed: pd.DataFrame) -> dict[str, Reached]:
    """Return how far each round agreed on the initiatives, by its name; rounds without any out."""
    rows = agreed[(agreed["part"] == PARTS["inventory"]) & agreed["alpha"].notna()]
    found = {}
    for name, group in rows.groupby("round", sort=False):
        alphas = group.set_index("variable")["alpha"]
        short = str(name).removesuffix(" round")
        found[short] = Reached(alphas.min(), alphas.max(), str(alphas.idxmin()))
    return found


def choices_table(verdicts: dict[str, Verdict], names: dict[str, str]) -> pd.DataFrame:
    """Return how many specifications agree with each claim: ``claim``, ``agree``, ``n``.

    Parameters
    ----------
    names
        What each claim is called in the chart, in its order.
    """
    rows = [
        {"claim": f"{claim} {name}", "agree": verdicts[claim].agree_share}
        | {"n": verdicts[claim].specifications}
        for claim, name in names.items()
        if claim in verdicts and verdicts[claim].specifications
    ]
    return pd.DataFrame(rows, columns=["claim", "agree", "n"])


def agree_where(verdicts: dict[str, Verdict], claim: str, choice: str, option: object) -> float:
    """Return the share of agreeing specifications among those that take one option.

    Of a claim with two parts, that of the part that fewest specifications agree with.
    """
    if claim not in verdicts or choice not in verdicts[claim].curve:
        return np.nan
    found = verdicts[claim]
    least = found.curve["part"] == found.agree.index(found.agree_share)
    return agreeing(found.curve.loc[least & (found.curve[choice] == option), "agrees"])


def crossing(turning: dict[str, Turning], claim: str) -> float:
    """Return with how many cases a claim's interval reaches its border; missing if with none."""
    cases = turning[claim].crosses if claim in turning else None
    return np.nan if cases is None else float(cases)


@dataclass(frozen=True)
class Time:
    """What C1 and C2 rest on: the lead before the break, the trend, the change after it."""

    lead: Estimate
    trend: Estimate
    change: Estimate

    @property
    def holds(self) -> bool:
        """Whether no interval includes the border of no effect."""
        return min(self.lead.low, self.change.low) > 0 and self.trend.low > 1

    @property
    def same_way(self) -> bool:
        """Whether every estimate is on the predicted side."""
        return min(self.lead.value, self.change.value) > 0 and self.trend.value > 1


def over_time(rows: pd.DataFrame, frame: Frame) -> Time:
    """Return C1 and C2 on some initiatives."""
    trend = grassroots_trend(rows, frame.years)
    nothing = Estimate(np.nan, np.nan, np.nan, 0)
    return Time(elite_lead(rows), trend.odds_ratio if trend else nothing, grassroots_change(rows))


def doubts(rows: pd.DataFrame, frame: Frame) -> dict[str, Time]:
    """Return C1 and C2 with all rows, and without each kind of row that is in some doubt."""
    kept = {
        "All initiatives": pd.Series(True, index=rows.index),
        "Without starting years in doubt": ~in_doubt(rows, "start_year"),
        "Without borderline initiatives": ~rows["borderline"].astype(bool),
    }
    if GAP in rows["wave"].cat.categories:
        kept["Without the search for what was missing"] = rows["wave"] != GAP
    return {name: over_time(rows[keep], frame) for name, keep in kept.items()}


def doubts_table(found: dict[str, Time]) -> pd.DataFrame:
    """Return `doubts`, ready to print; what leaves nothing out has no row of its own."""
    whole = next(iter(found.values()))
    counted = {x: t for x, t in found.items() if t is whole or t.change.n < whole.change.n}
    return pd.DataFrame(
        {
            "Counted": name,
            "C1: lead before the break": points_text(time.lead, " points").text,
            "C2: odds ratio per year": ratio_text(time.trend).text,
            "C2: change after the break": points_text(time.change, " points").text,
            "Starts": time.change.n,
        }
        for name, time in counted.items()
    )
