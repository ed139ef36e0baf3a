"""Specification curves of the claims that rest on statements (C5, C6)."""

from itertools import product

import numpy as np
import pandas as pd

from tracktwo.analysis.estimates import SEED, Estimate, clustered_share, share
from tracktwo.analysis.voices import PRACTITIONERS, with_known_side, with_voices
from tracktwo.claims.claim_tests import JOINT, shared_propositions, voicings
from tracktwo.data.study import Study
from tracktwo.ground.digits import rounded

UNITS = {
    "C5": ("speakers", "documents", "organisations"),
    "C6": ("statements", "documents", "speakers", "organisations"),
}
"""What counts as one voice, by claim; the first is what ``claims.csv`` says."""

CHECKED = {"all": (), "checked only": ("confirmed", "corrected")}
SPEAKERS = ("all", "practitioners only")
WAVES = {"all": ("first", "transfer"), "first alone": ("first",)}
JOINTLY = {"C5": ("a voice of each side", "left out"), "C6": ("a voice of each side",)}
"""How statements made jointly count; C6 does not look at sides."""

DRAWS = 500
COLUMN = {"speakers": "voice", "documents": "document_id", "organisations": "organisation"}


def curve(study: Study, claim: str) -> pd.DataFrame:
    """Return C5 or C6 under every specification, as `curves.curve` does without ``agrees``."""
    rows, propositions = [], list(study.labels("transfer_proposition", "practitioners"))
    for coder in study.coders("practitioners"):
        statements = with_voices(study.wide_statements(coder))
        told = statements[statements["transfer_proposition"].notna()]
        options = product(CHECKED, SPEAKERS, WAVES, JOINTLY[claim])
        kept = {chosen: _keep(told, *chosen) for chosen in options}
        for unit, (checked, speakers, waves, jointly) in product(UNITS[claim], kept):
            heard = kept[checked, speakers, waves, jointly]
            if claim == "C5":
                estimate = _shared(heard, unit, propositions)
            else:
                estimate = _systematic(heard, unit)
            chosen = {"coder": coder, "unit": unit, "statements": checked, "voices": speakers}
            chosen |= {"waves of statements": waves}
            chosen |= {"joint statements": jointly} if claim == "C5" else {}
            numbers = {"value": estimate.value, "low": estimate.low, "high": estimate.high}
            rows.append(chosen | {"part": 0} | numbers | {"n": estimate.n})
    return pd.DataFrame(rows)


def _keep(
    told: pd.DataFrame, checked: str, speakers: str, waves: str, jointly: str
) -> pd.DataFrame:
    told = told[told["wave"].isin(WAVES[waves])]
    if jointly == "left out":
        told = told[told["side"] != JOINT]
    if allowed := CHECKED[checked]:
        told = told[told["source_check"].isin(allowed)]
    if speakers == SPEAKERS[1]:
        told = told[told["practice_level"].isin(PRACTITIONERS)]
    return told


def _shared(told: pd.DataFrame, unit: str, propositions: list[str]) -> Estimate:
    """Return the share of propositions that enough voices of either side hold."""
    told = voicings(with_known_side(told).assign(voice=told[COLUMN[unit]]))
    return share(len(shared_propositions(told, propositions)), len(propositions))


def shared_in_draws(told: pd.DataFrame, propositions: list[str], n: int) -> Estimate:
    """Return C5's share in random draws of `n` of the statements that voice a proposition.

    The mean of `DRAWS` draws, with the range of 95 % of them: what so many statements come to,
    whoever made them and whenever. So it can be told whether a part of them holds less because
    of who or when, or because it is smaller.
    """
    told, rng = with_known_side(told), np.random.default_rng(SEED)
    drawn = [rng.permutation(len(told))[:n] for _ in range(DRAWS)]
    counts = [len(shared_propositions(voicings(told.iloc[rows]), propositions)) for rows in drawn]
    shares = rounded(np.array(counts) / len(propositions))
    low, high = np.percentile(shares, [2.5, 97.5])
    return Estimate(rounded(float(shares.mean())), float(low), float(high), n)


def _systematic(told: pd.DataFrame, unit: str) -> Estimate:
    """Return the share that offers systematic evidence: of statements, documents or speakers."""
    yes = told["proposition_support"] == "evidence"
    if unit == "statements":
        return clustered_share(yes, told["document_id"])
    ever = yes.groupby(told[COLUMN[unit]].astype(str)).any()
    return share(int(ever.sum()), len(ever))
