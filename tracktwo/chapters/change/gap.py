"""Chapter `change`: what the inventory lacks or doubts, and what it means for C1 and C2.

Told wherever C1 and C2 are: here, on the front page and among the verdicts.
"""

from dataclasses import replace

import numpy as np
import pandas as pd

from tracktwo.analysis.estimates import Estimate
from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import GRASSROOTS, in_doubt, level
from tracktwo.chapters.change import results as change
from tracktwo.chapters.robustness.bias import MOST, tipping
from tracktwo.claims.claims import tested
from tracktwo.claims.specifications import UNCERTAIN, take_inventory
from tracktwo.claims.verdicts import VERDICTS, Verdict, agreeing, judge, reach_one
from tracktwo.data.study import Study
from tracktwo.ground.wording import enumerate_words
from tracktwo.telling.myst import plain

CLAIMS = ["C1", "C2"]


def unlisted(study: Study, frame: Frame) -> list[str]:
    """Return the names of grassroots programmes from before the break without any part.

    A programme is an umbrella; it is counted by its parts, and this one has none with a row.
    """
    rows = study.wide(frame.coder)
    early = (rows["start_year"] <= frame.break_year).fillna(False).astype(bool)
    chosen = early & (rows["unit"] == "umbrella") & rows["scope"].isin(frame.scope)
    chosen &= ~rows.index.isin(rows["part_of"].dropna()) & (level(rows) == GRASSROOTS)
    return rows.loc[chosen, "name"].astype(str).tolist()


def say_caveats(study: Study, rows: pd.DataFrame, frame: Frame) -> str:
    """Return what doubtful rows do to the verdicts on C1 and C2, if anything, and `say_gap`."""
    inventory = replace(take_inventory(study, frame), draws=0)
    claims = [claim for claim in CLAIMS if claim in tested(study)]
    verdicts = {claim: reach_one(claim, study, frame, inventory) for claim in claims}
    parts = [say_doubt(verdicts, rows, frame), say_gap(study, rows, frame)]
    return " ".join(filter(None, parts))


def say_gap(study: Study, rows: pd.DataFrame, frame: Frame) -> str:
    """Return which programmes are not counted, and how many further starts would matter."""
    foot = tipping(rows, frame, most_elite=0).set_index("claim")
    told = [
        _say_tipping(c, *foot.loc[c, ["blurred", "undone"]]) for c in CLAIMS if c in tested(study)
    ]
    text = (
        f"If further grassroots initiatives began in {frame.first_year}–{frame.break_year}: "
        f"{'; '.join(told)}."
    )
    names = enumerate_words([f"the {plain(name)}" for name in unlisted(study, frame)], "")
    missing = f"Not counted, because their projects could not be listed: {names}."
    said = [missing] * bool(names) + [text] * bool(told)
    return " ".join(said) or "No programme is known whose projects could not be listed."


def _say_tipping(claim: str, blurred: int, undone: int) -> str:
    if undone == 0:
        return f"{claim} has nothing to lose"
    if undone > MOST:
        fade = (
            ""
            if blurred > MOST
            else f", though {blurred} would bring its interval to no difference"
        )
        return f"even {MOST} would not undo {claim}{fade}"
    if blurred == 0:
        return f"{undone} would undo {claim}, whose interval holds no difference as it is"
    return f"{blurred} would bring the interval of {claim} to no difference, {undone} would undo it"


def without_doubt(
    verdicts: dict[str, Verdict], rows: pd.DataFrame, frame: Frame
) -> dict[str, dict[str, str]]:
    """Return the verdicts on C1 and C2, by the same rule, without the rows that are in doubt.

    Returns
    -------
    dict
        For each choice of specifications that leaves out doubtful rows, and that leaves out
        any here, the verdict on each claim. Only specifications that leave them out count.
    """
    doubtful = {
        "uncertain years": in_doubt(rows, "start_year"),
        "borderline": rows["borderline"],
    }
    return {
        choice: {
            claim: _judge_again(verdicts[claim], change.test_claims(rows[~out], frame), choice)
            for claim in CLAIMS
            if claim in verdicts
        }
        for choice, out in doubtful.items()
        if out.any()
    }


def _judge_again(found: Verdict, result: change.Result, choice: str) -> str:
    curve = found.curve[found.curve[choice] == UNCERTAIN[1]]
    trend = result.trend.odds_ratio if result.trend else Estimate(np.nan, np.nan, np.nan, 0)
    estimates = {"C1": [result.lead], "C2": [trend, result.change]}[found.result.id]
    judged = [
        judge(
            replace(part, estimate=estimate, cases=estimate.n),
            agreeing(curve.loc[curve["part"] == place, "agrees"]),
        )
        for place, (part, estimate) in enumerate(zip(found.result.parts, estimates, strict=True))
    ]
    return max(judged, key=VERDICTS.index)


def say_doubt(verdicts: dict[str, Verdict], rows: pd.DataFrame, frame: Frame) -> str:
    """Return which verdicts on C1 and C2 would be others without doubtful rows; empty if none."""
    words = {
        "uncertain years": "with certain starting years alone",
        "borderline": "without the initiatives that a strict reader might leave out",
    }
    moved: dict[tuple[str, str], list[str]] = {}
    for choice, judged in without_doubt(verdicts, rows, frame).items():
        for claim, now in judged.items():
            if now != verdicts[claim].verdict:
                moved.setdefault((claim, now), []).append(words[choice])
    return " ".join(
        f"{claim} would be “{now}” instead of “{verdicts[claim].verdict}” "
        f"{', and also '.join(when)}."
        for (claim, now), when in moved.items()
    )
