"""Specification curves of the claims that rest on statements (C5, C6)."""

from itertools import product

import numpy as np
import pandas as pd

from tracktwo.analysis.estimates import SEED, Estimate, clustered_share, share
from tracktwo.analysis.frame import in_words
from tracktwo.analysis.voices import with_known_side, with_voices
from tracktwo.claims.claim_tests import (
    fewest_voicings,
    is_systematic,
    shared_propositions,
    voicings,
)
from tracktwo.data.package import Package
from tracktwo.data.study import Study
from tracktwo.ground.digits import rounded

UNITS = {
    "C5": ("speakers", "documents", "organisations"),
    "C6": ("statements", "documents", "speakers", "organisations"),
}
"""What counts as one voice, by claim; the first is what ``claims.csv`` says."""

CHECKED = ("all", "checked only")
SPEAKERS = ("all", "practitioners only")
JOINTLY = {"C5": ("a voice of each side", "left out"), "C6": ("a voice of each side",)}
"""How statements made jointly count; C6 does not look at sides."""

DRAWS = 500
COLUMN = {"speakers": "voice", "documents": "document_id", "organisations": "organisation"}


def curve(study: Study, claim: str) -> pd.DataFrame:
    """Return C5 or C6 under every specification, as `curves.curve` does without ``agrees``."""
    rows, propositions = [], list(study.labels("transfer_proposition", "practitioners"))
    for coder in study.coders("practitioners"):
        statements = with_voices(study, study.wide_statements(coder))
        told = statements[statements["transfer_proposition"].notna()]
        options = product(CHECKED, SPEAKERS, waves(study.package), JOINTLY[claim])
        kept = {chosen: _keep(study.package, told, *chosen) for chosen in options}
        for unit, (checked, speakers, wave, jointly) in product(UNITS[claim], kept):
            heard = kept[checked, speakers, wave, jointly]
            if claim == "C5":
                estimate, cases = _shared(study, heard, unit, propositions)
            else:
                estimate = _systematic(study, heard, unit)
                cases = estimate.n
            chosen = {"coder": coder, "unit": unit, "statements": checked, "voices": speakers}
            chosen |= {"waves of statements": wave}
            chosen |= {"joint statements": jointly} if claim == "C5" else {}
            numbers = {"value": estimate.value, "low": estimate.low, "high": estimate.high}
            rows.append(chosen | {"part": 0} | numbers | {"n": estimate.n, "cases": cases})
    return pd.DataFrame(rows)


def waves(package: Package) -> dict[str, tuple[str, ...]]:
    """Return the choices of waves: all, or the first alone where there are several."""
    every = tuple(package.lists["statements.wave"])
    alone = {f"{in_words(every[:1])} alone": every[:1]} if len(every) > 1 else {}
    return {"all": every} | alone


def _keep(
    package: Package, told: pd.DataFrame, checked: str, speakers: str, wave: str, jointly: str
) -> pd.DataFrame:
    told = told[told["wave"].isin(waves(package)[wave])]
    if jointly == "left out":
        told = told[told["side"] != package.conflict.joint]
    if checked == CHECKED[1]:
        told = told[told["source_check"].isin(package.values("source_check", "checked"))]
    if speakers == SPEAKERS[1]:
        told = told[told["practice_level"].isin(package.values("practice_level", "practitioner"))]
    return told


def _shared(
    study: Study, told: pd.DataFrame, unit: str, propositions: list[str]
) -> tuple[Estimate, int]:
    """Return the share of propositions that enough voices of either side hold, and its cases."""
    conflict = study.package.conflict
    told = voicings(with_known_side(told).assign(voice=told[COLUMN[unit]]), conflict)
    shared = shared_propositions(told, propositions, conflict)
    return share(len(shared), len(propositions)), fewest_voicings(told, conflict)


def shared_in_draws(study: Study, told: pd.DataFrame, propositions: list[str], n: int) -> Estimate:
    """Return C5's share in random draws of `n` of the statements that voice a proposition.

    The mean of `DRAWS` draws, with the range of 95 % of them: what so many statements come to,
    whoever made them and whenever. So it can be told whether a part of them holds less because
    of who or when, or because it is smaller.
    """
    told, rng = with_known_side(told), np.random.default_rng(SEED)
    drawn = [rng.permutation(len(told))[:n] for _ in range(DRAWS)]
    conflict = study.package.conflict
    counts = [
        len(shared_propositions(voicings(told.iloc[rows], conflict), propositions, conflict))
        for rows in drawn
    ]
    shares = rounded(np.array(counts) / len(propositions))
    low, high = np.percentile(shares, [2.5, 97.5])
    return Estimate(rounded(float(shares.mean())), float(low), float(high), n)


def _systematic(study: Study, told: pd.DataFrame, unit: str) -> Estimate:
    """Return the share that offers systematic evidence: of statements, documents or speakers."""
    yes = is_systematic(study.package, told)
    if unit == "statements":
        return clustered_share(yes, told["document_id"])
    ever = yes.groupby(told[COLUMN[unit]].astype(str)).any()
    return share(int(ever.sum()), len(ever))
