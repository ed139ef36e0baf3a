"""Specification curves of the claims that rest on statements (C5, C6)."""

from itertools import product

import pandas as pd

from tracktwo.claim_tests import shared_propositions, voicings
from tracktwo.estimates import Estimate, clustered_share, share
from tracktwo.study import Study
from tracktwo.voices import PRACTITIONERS, with_voices

UNITS = {"C5": ("speakers", "documents"), "C6": ("statements", "documents", "speakers")}
"""What counts as one voice, by claim; the first is what ``claims.csv`` says."""

CHECKED = {"all": (), "checked only": ("confirmed", "corrected")}
SPEAKERS = ("all", "practitioners only")
COLUMN = {"speakers": "voice", "documents": "document_id"}


def curve(study: Study, claim: str) -> pd.DataFrame:
    """Return C5 or C6 under every specification, as `curves.curve` does without ``agrees``."""
    rows = []
    for coder in study.coders("practitioners"):
        statements = with_voices(study.wide_statements(coder))
        told = statements[statements["transfer_proposition"].notna()]
        for unit, checked, speakers in product(UNITS[claim], CHECKED, SPEAKERS):
            kept = _keep(told, checked, speakers)
            estimate = _shared(kept, unit, study) if claim == "C5" else _systematic(kept, unit)
            chosen = {"coder": coder, "unit": unit, "statements": checked, "voices": speakers}
            numbers = {"value": estimate.value, "low": estimate.low, "high": estimate.high}
            rows.append(chosen | {"part": 0} | numbers | {"n": estimate.n})
    return pd.DataFrame(rows)


def _keep(told: pd.DataFrame, checked: str, speakers: str) -> pd.DataFrame:
    if allowed := CHECKED[checked]:
        told = told[told["source_check"].isin(allowed)]
    if speakers == SPEAKERS[1]:
        told = told[told["practice_level"].isin(PRACTITIONERS)]
    return told


def _shared(told: pd.DataFrame, unit: str, study: Study) -> Estimate:
    """Return the share of propositions that enough voices of either side hold."""
    propositions = list(study.labels("transfer_proposition", "practitioners"))
    told = voicings(told.assign(voice=told[COLUMN[unit]]))
    return share(len(shared_propositions(told, propositions)), len(propositions))


def _systematic(told: pd.DataFrame, unit: str) -> Estimate:
    """Return the share that offers systematic evidence: of statements, documents or speakers."""
    yes = told["proposition_support"] == "evidence"
    if unit == "statements":
        return clustered_share(yes, told["document_id"])
    ever = yes.groupby(told[COLUMN[unit]].astype(str)).any()
    return share(int(ever.sum()), len(ever))
