"""Chapter `evidence`: its sentences on the searches, the checks and what they changed."""

import pandas as pd

from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import GRASSROOTS, in_doubt, level
from tracktwo.analysis.voices import select_statements
from tracktwo.claims.claim_tests import JOINT, shared_propositions, voicings
from tracktwo.data.study import Study
from tracktwo.ground.wording import enumerate_words
from tracktwo.words.numbers import Number, count, decimal, percent

GAP = "gap"  # the wave of the searches for what the others had missed
INITIATIVES = {
    "confirmed": "were confirmed as they stood",
    "corrected": "had something mended",
    "not_checked": "were not checked",
}
STATEMENTS = {
    "confirmed": "were confirmed as they stood",
    "corrected": "had their wording, speaker or year corrected",
    "not_seen": "could not be seen again",
    "not_checked": "were not checked",
}
"""The outcomes of checking a row against its source, as the schema lists them, in words."""


def say_checks(check: pd.Series, outcomes: dict[str, str], what: str) -> str:
    """Return what came of holding rows against their sources again, in one sentence."""
    counts = check.astype(str).value_counts()
    known = {outcome: counts.get(outcome, 0) for outcome in outcomes}
    parts = [f"{known[outcome]} {words}" for outcome, words in outcomes.items() if known[outcome]]
    return f"Of the {len(check)} {what} kept, {enumerate_words(parts)}."


def say_borderline(rows: pd.DataFrame) -> str:
    """Return how many of `rows` a strict reader might leave out."""
    n = int(rows["borderline"].sum())
    if not n:
        return "No row is marked as one that a strict reader might leave out."
    return (
        f"{n} rows are marked borderline: a strict reader might leave them out, and the row says "
        "why (joint in the product only, half-official, business first, thinly documented)."
    )


def say_doubt(rows: pd.DataFrame) -> str:
    """Return how many starting years are in doubt, and how many of those have the best grade."""
    doubt = in_doubt(rows, "start_year")
    if not doubt.any():
        return "No starting year is named as in doubt."
    best = rows["evidence_grade"].cat.categories[0]
    graded = int((rows.loc[doubt, "evidence_grade"] == best).sum())
    return (
        f"The starting year of {int(doubt.sum())} initiatives inside the frame "
        f"({percent(doubt.mean()).text}) is in doubt, {graded} of grade {best} among them."
    )


def say_gap(study: Study, frame: Frame) -> str:
    """Return what the searches for what was missing found, by level and time."""
    rows = study.wide(frame.coder)
    rows = rows[rows["wave"] == GAP]
    if rows.empty:
        return "They found nothing that is in these data."
    grassroots = int((level(rows) == GRASSROOTS).sum())
    early = rows["start_year"].between(frame.first_year, frame.break_year).fillna(False)
    span = next(iter(frame.periods.values()))
    return (
        f"They found {len(rows)} initiatives that stand, {grassroots} of them grassroots, but "
        f"only {int(early.sum())} that began in {span}."
    )


def say_drift(study: Study, frame: Frame) -> str:
    """Return how many propositions are shared, and statements voice one, in the data as they are.

    Joint statements count as a voice of each side, as C5 words it.
    """
    rows = select_statements(study, frame)
    told = rows[rows["transfer_proposition"].notna()]
    propositions = list(study.labels("transfer_proposition", "practitioners"))
    shared = shared_propositions(voicings(rows), propositions)
    joint = int((told["side"].astype(str) == JOINT).sum())
    return (
        f"in the data used here, {len(shared)} of {len(propositions)} propositions are shared and "
        f"{len(told)} statements ({joint} of them joint) voice one"
    )


def say_waves(agreed: pd.DataFrame) -> str:
    """Return how far the earliest round agreed on the initiatives of the later searches."""
    later = agreed[agreed["search"] != "first search"]
    later = later[later["round"] == later["round"].iloc[0]] if len(later) else later
    known = [row for row in later.itertuples() if row.least == row.least]
    if not known:
        return "There are no two coders, or no later searches, whose codes could be compared."
    parts = [f"{row.variable} {decimal(row.least).text}" for row in known]
    return (
        f"In the {known[0].round}, the least agreed code of each variable had these alphas among "
        f"the {known[0].n} initiatives of the later searches: {enumerate_words(parts)}."
    )


def tell_checks(study: Study, rows: pd.DataFrame, frame: Frame) -> dict[str, Number | str | int]:
    """Return the numbers and sentences on searches and checks, by key."""
    statements = select_statements(study, frame)
    return {
        "checks": say_checks(study.statements["source_check"], STATEMENTS, "statements"),
        "row-checks": say_checks(study.initiatives["source_check"], INITIATIVES, "initiatives"),
        "borderline": say_borderline(study.initiatives),
        "doubt": say_doubt(rows),
        "gap": say_gap(study, frame),
        "drift": say_drift(study, frame),
        "n-statements": len(statements),
        "n-voicing": count(statements["transfer_proposition"].notna().sum()),
    }
