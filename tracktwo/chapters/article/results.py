"""Chapter `article`: what the article claims and what open evidence can say to it."""

import re
from dataclasses import dataclass

import pandas as pd

from tracktwo.claims.statement_curves import UNITS
from tracktwo.data.study import Study
from tracktwo.ground import paths
from tracktwo.ground.wording import first_up
from tracktwo.telling.myst import plain

NOTHING_STANDS = "Nothing in these data"
PRACTICE = {"interviews", "focus groups"}


def facts(study: Study) -> dict[str, int]:
    """Return the numbers that the article's abstract states, by their keys in ``facts.csv``."""
    return {key: int(value) for key, value in study.facts.set_index("key")["value"].items()}


@dataclass(frozen=True)
class Rests:
    """How many claims rest in the article on its inventory alone, and on practitioners' words.

    ``heard`` is how many are tested here on statements.
    """

    inventory_alone: int
    practice: int
    heard: int


def rests(study: Study) -> Rests:
    """Count the claims by the evidence that the article rests them on."""
    kinds = [set(str(used).split("; ")) for used in study.claims["evidence_in_article"]]
    return Rests(
        inventory_alone=sum(used == {"inventory"} for used in kinds),
        practice=sum(bool(used & PRACTICE) for used in kinds),
        heard=int(study.claims["id"].isin(list(UNITS)).sum()),
    )


def claims_table(study: Study, measured: dict[str, str]) -> pd.DataFrame:
    """Return the claims ready to print: what is claimed, on what, and the test here.

    Parameters
    ----------
    measured
        What is measured, in plain words, by published claim. A claim whose measure is not the
        published one keeps the words of its data.
    """
    claims = study.claims
    published = pd.read_csv(paths.DATA / "article/claims.csv").set_index("id")["measure"]
    same = claims["measure"] == claims["id"].map(published)
    measures = claims["id"].map(measured).where(same).fillna(claims["measure"])
    return pd.DataFrame(
        {
            "Claim": claims["id"],
            "What the article claims, in our words": claims["claim"].map(plain),
            "It rests there on": claims["evidence_in_article"].str.replace("; ", ", ").map(plain),
            "What is measured here": measures.map(plain),
        }
    )


def evidence_table(study: Study, in_frame: int) -> pd.DataFrame:
    """Return what the article used beside what stands for it here, with sizes."""
    known = facts(study)
    told = study.has("statements")
    kinds = study.documents["event_kind"].astype(str)
    meetings = kinds.isin(["public_event", "roundtable"])
    pairs = {
        _said("A list of {n_projects} projects", known): f"An open inventory: "
        f"{len(study.initiatives)} rows, {in_frame} of them inside the frame, from "
        f"{len(study.sources):,} sources",
        "Interviews with organisers": f"{int((~meetings).sum())} published interviews, essays, "
        "reports and other documents in which practitioners speak"
        if told
        else NOTHING_STANDS,
        _said("{n_focus_groups} focus groups with {n_practitioners} practitioners", known): (
            f"{int(meetings.sum())} recorded public events and roundtables"
            if told
            else NOTHING_STANDS
        ),
    }
    columns = ["The article’s evidence", "What stands for it here"]
    return pd.DataFrame(list(pairs.items()), columns=columns)


def _said(words: str, known: dict[str, int]) -> str:
    """Return words with the article's numbers, or without them where the data do not have them."""
    try:
        return words.format(**known)
    except KeyError:
        return first_up(re.sub(r"\{\w+\} ", "", words))
