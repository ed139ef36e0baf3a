"""Chapter `verdicts`: every claim, the verdict on it, and what would change our mind."""

from math import ceil, floor, log

import numpy as np
import pandas as pd

from tracktwo.chapters.article.results import fact
from tracktwo.claims.claims import Part
from tracktwo.claims.verdicts import (
    LEANING,
    MANY,
    NOT_SUPPORTED,
    SUPPORTED,
    UNCLEAR,
    UNTESTABLE,
    Verdict,
)
from tracktwo.claims.verdicts import MOST as NEARLY_ALL
from tracktwo.data.study import Study
from tracktwo.ground.digits import rounded
from tracktwo.telling.myst import plain
from tracktwo.words.claim_words import say_estimate, say_side
from tracktwo.words.numbers import most_percent

# Where each claim is tested: the chapter, and the label of the figure that shows it.
WHERE = {
    "C1": ("change", "fig-change-periods"),
    "C2": ("change", "fig-change-trend"),
    "C3": ("focus", "fig-focus-levels"),
    "C4": ("focus", "fig-focus-levels"),
    "C5": ("propositions", "fig-propositions-voices"),
    "C6": ("propositions", "fig-propositions-support"),
    "C7": ("transfer", "fig-transfer-planned"),
    "C8": ("typology", "fig-typology-agreement"),
    "C9": ("typology", "fig-typology-upset"),
}
FARTHEST = 8.0  # half-widths of an interval; what lies farther is drawn there


def forest(verdicts: dict[str, Verdict]) -> pd.DataFrame:
    """Return how far each statistic lies from its border, in half-widths of its interval.

    The predicted side is positive. Ratios are taken as logarithms. What lies beyond `FARTHEST`
    is put there. A statistic without an interval of some width has no row.

    Returns
    -------
    pd.DataFrame
        Columns ``claim``, ``part``, ``verdict``, ``distance``, ``low``, ``high``, ``written``.
    """
    rows = []
    for claim, found in verdicts.items():
        for part, verdict in zip(found.result.parts, found.parts, strict=True):
            ends = _distances(part)
            if not np.isfinite(ends).all():
                continue
            low, value, high = np.clip(ends, -FARTHEST, FARTHEST)
            rows.append(
                {
                    "claim": claim,
                    "part": f"{claim}: {part.name}",
                    "verdict": verdict,
                    "distance": value,
                    "low": low,
                    "high": high,
                    "written": say_estimate(part),
                }
            )
    columns = ["claim", "part", "verdict", "distance", "low", "high", "written"]
    return pd.DataFrame(rows, columns=columns)


def _distances(part: Part) -> np.ndarray:
    """Return low end, estimate and high end as distances from the border."""
    ends = np.array([part.estimate.low, part.estimate.value, part.estimate.high])
    border = part.border
    with np.errstate(divide="ignore", invalid="ignore"):
        if part.kind == "ratio":
            ends, border = np.log(ends), log(border)
        half = (ends[2] - ends[0]) / 2
        sign = 1 if part.relation.startswith(">") else -1
        return np.sort(sign * (ends - border) / half)


def glance(study: Study, verdicts: dict[str, Verdict], prefix: str = "") -> pd.DataFrame:
    """Return the verdicts at a glance, ready to print: claim, verdict, evidence, where.

    Parameters
    ----------
    prefix
        What stands before the name of a chapter's file in links from this page.
    """
    claims = study.claims.set_index("id")["claim"]
    rows = []
    for claim, found in verdicts.items():
        chapter, figure = WHERE[claim]
        evidence = "; ".join(f"{p.name} {say_estimate(p)}" for p in found.result.parts)
        n = f"n\u00a0=\u00a0{found.result.n}"
        rows.append(
            {
                "Claim": f"**{claim}** {plain(claims[claim])}",
                "Verdict": f"**{found.verdict}**",
                "Open evidence": f"{evidence[:1].upper()}{evidence[1:]}; {n}",
                "Where": f"{{doc}}`{prefix}{chapter}`, {{numref}}`{figure}`",
            }
        )
    return pd.DataFrame(rows)


def rule_table(fewest: int) -> pd.DataFrame:
    """Return the rule of verdicts, ready to print."""
    most, many = (f"{round(share * 100)}%" for share in (NEARLY_ALL, MANY))
    rules = {
        SUPPORTED: "The whole interval is on the predicted side, and at least "
        f"{most} of specifications agree in direction.",
        LEANING: "The estimate is on the predicted side, but the interval crosses the border, or "
        f"only {many} to {most} of specifications agree.",
        UNCLEAR: "Anything else.",
        NOT_SUPPORTED: "The whole interval is on the other side.",
        UNTESTABLE: f"There are fewer than {fewest} cases, or the evidence does not exist.",
    }
    return pd.DataFrame({"Verdict": [f"**{v}**" for v in rules], "When": list(rules.values())})


def parts_table(verdicts: dict[str, Verdict]) -> pd.DataFrame:
    """Return every statistic behind the verdicts, ready to print."""
    rows = []
    for claim, found in verdicts.items():
        for part, agree, verdict in zip(found.result.parts, found.agree, found.parts, strict=True):
            rows.append(
                {
                    "Claim": claim,
                    "Statistic": part.name.capitalize(),
                    "Predicted": say_side(part),
                    "Estimate (95% interval)": say_estimate(part),
                    "Cases": part.cases,
                    "Agree": most_percent(agree),
                    "Verdict": verdict,
                }
            )
    return pd.DataFrame(rows)


def coded_otherwise(part: Part) -> int | None:
    """Return how many of those a share counts must be otherwise for it to reach its border.

    None for a statistic that is no share or is not on the predicted side, and for a border at the
    end of the scale.
    """
    if part.kind != "share" or part.border in (0, 1) or not part.holds(part.estimate.value):
        return None
    n = part.estimate.n
    count, border = round(part.estimate.value * n), rounded(part.border * n)
    return ceil(border) - count if part.relation == "<" else count - floor(border)


def comparison_table(study: Study, rows: pd.DataFrame, span: str) -> pd.DataFrame:
    """Return what differs in kind between the article and this book, ready to print."""
    names = ("n_projects", "first_year", "last_year", "n_focus_groups", "n_practitioners")
    facts = {name: fact(study, name) for name in names}
    table = [
        (
            "Inventory",
            f"{facts['n_projects']} projects, {facts['first_year']}–{facts['last_year']}",
            f"{len(rows)} initiatives active at some time in {span}",
        ),
        (
            "How it was found",
            "its summary does not say",
            "by searching what is public, mostly in English, and easy to find",
        ),
        (
            "Who speaks",
            f"organisers in interviews, and {facts['n_practitioners']} practitioners in "
            f"{facts['n_focus_groups']} focus groups, for this research",
            f"{study.speakers['speaker'].nunique()} authors and speakers in "
            f"{len(study.documents)} public documents, for other ends",
        ),
        ("How it was coded", "its summary does not say", "by machine, under an open codebook"),
        ("How claims are put", "as findings, in words", "as statistics under a rule"),
        (
            "What others can check",
            "the argument, in print",
            "every row, code, number and choice",
        ),
    ]
    return pd.DataFrame(table, columns=["", "The article", "This book"])
