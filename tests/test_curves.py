"""Specification curves: every specification is what the claim's own test finds in that frame."""

import dataclasses
import functools

import numpy as np
import pandas as pd
import pytest
from made_studies import published, write_planted_study
from made_voices import write_voices

from tracktwo import Frame, open_study
from tracktwo.claims import claims
from tracktwo.claims.claim_tests import elite_lead
from tracktwo.claims.curves import choices, curve, leave_out, options_of
from tracktwo.claims.kept import Kept
from tracktwo.claims.specifications import (
    COUNTED,
    MIXED,
    UNCERTAIN,
    break_years,
    row_choices,
    take_inventory,
)
from tracktwo.claims.statement_curves import UNITS

FRAME = Frame()
INVENTORY_CLAIMS = ["C1", "C2", "C3", "C4", "C7", "C9"]
ROWS = row_choices(published().package)
FIRST = {choice: next(iter(options)) for choice, options in ROWS.items()}
OTHER = {
    "scope": "binational",
    "grades": "A and B",
    "nested": "out",
    "borderline": "out",
    "umbrellas": "in",
    "waves": "without gap",
}


@functools.cache
def inventory():
    # Some draws, so that their code runs too; what is checked here does not hang on their number.
    return dataclasses.replace(take_inventory(published(), FRAME), draws=40)


@functools.cache
def result(claim):
    return claims.test_claim(claim, published(), FRAME)


@functools.cache
def table(claim):
    return curve(published(), FRAME, result(claim), inventory())


def options(frame):
    return options_of(frame, inventory().rounds)


def pick(claim, chosen):
    """Return the rows of one specification, one a part."""
    rows = table(claim)
    for choice in choices(rows):
        rows = rows[rows[choice] == chosen[choice]]
    return rows


def same(rows, parts):
    for row, part in zip(rows.itertuples(), parts, strict=True):
        assert row.value == pytest.approx(part.estimate.value, rel=0.03)
        if part.kind in ("share", "points") and "overlap" not in part.name:
            found = (part.estimate.low, part.estimate.high)
            assert (row.low, row.high) == pytest.approx(found, abs=1e-9)


@pytest.mark.parametrize("claim", INVENTORY_CLAIMS)
def test_when_all_choices_are_the_frames_then_the_curve_has_the_claims_own_estimate(claim):
    chosen = FIRST | options(FRAME)
    same(pick(claim, chosen), result(claim).parts)


@pytest.mark.parametrize("claim", INVENTORY_CLAIMS)
def test_when_rows_coder_and_break_are_others_then_the_curve_has_that_frames_estimate(claim):
    frame = Frame(
        coder="first_1",
        scope=("binational",),
        units=("initiative", "umbrella"),
        grades=("A", "B"),
        nested=False,
        borderline=False,
        waves=("first", "extension"),
        break_year=1999,
    )
    same(pick(claim, OTHER | options(frame)), claims.test_claim(claim, published(), frame).parts)


@pytest.mark.parametrize("claim", list(UNITS))
def test_when_statements_are_all_in_then_the_curve_has_the_claims_own_estimate(claim):
    chosen = {"coder": "consensus", "unit": UNITS[claim][0], "statements": "all", "voices": "all"}
    chosen |= {"waves of statements": "all", "joint statements": "a voice of each side"}
    same(pick(claim, chosen), result(claim).parts)


def test_when_starts_in_doubt_are_out_then_the_curve_has_the_estimate_without_them():
    chosen = FIRST | options(FRAME)
    rows = FRAME.select(published())
    rows = rows[[("start_year" not in columns) for columns in rows["uncertain"]]]
    found = pick("C1", chosen | {"uncertain years": "out"})
    assert found["value"].iloc[0] == pytest.approx(elite_lead(rows).value)
    assert found["n"].iloc[0] < pick("C1", chosen)["n"].iloc[0]


SAID = [("joint", voice, "timing_ripeness", "asserted") for voice in ("A. and B.", "C. and D.")]
CHOSEN = {"coder": "consensus", "unit": "speakers", "statements": "all", "voices": "all"}


@pytest.mark.parametrize(
    ("waves", "jointly", "shared"),
    [
        ("all", "a voice of each side", 1),
        ("all", "left out", 0),
        ("first alone", "a voice of each side", 0),
    ],
)
def test_when_joint_statements_or_a_wave_are_out_then_c5_loses_what_they_hold(
    tmp_path, waves, jointly, shared
):
    study = open_study(write_voices(tmp_path, SAID, wave="transfer"))
    rows = curve(study, FRAME, claims.test_claim("C5", study, FRAME))
    chosen = CHOSEN | {"waves of statements": waves, "joint statements": jointly}
    for choice, option in chosen.items():
        rows = rows[rows[choice] == option]
    assert rows["value"].tolist() == [pytest.approx(shared / 12)]


def test_when_choices_are_combined_then_no_combination_is_left_out():
    rows = np.prod([len(options) for options in ROWS.values()])
    coders = len(published().coders())
    full = rows * len(UNCERTAIN) * coders * len(COUNTED) * len(MIXED) * len(break_years(FRAME))
    for claim in ("C1", "C2"):
        found = table(claim)
        assert (found["part"] == 0).sum() == full
        assert not found[[*choices(found), "part"]].duplicated().any()
    assert break_years(FRAME) == [1998, 1999, 2000, 2001]


@pytest.mark.parametrize("claim", [*INVENTORY_CLAIMS, "C8", *UNITS])
def test_when_a_specification_has_a_value_then_it_agrees_or_not_by_the_claims_side(claim):
    parts = result(claim).parts
    rows = table(claim)
    for row in rows.sample(min(40, len(rows)), random_state=1).itertuples():
        assert row.agrees == parts[row.part].holds(row.value)


def test_when_both_periods_have_the_same_share_then_no_specification_of_c2_agrees(tmp_path):
    # Three to two in each of these years, and at work to the end: nothing changes, but the
    # shares of weighted counts differ in their last digit.
    starts = [(y, x) for y in (1992, 1993, 1995) for x in ["elite"] * 3 + ["grassroots"] * 2]
    study = open_study(write_planted_study(tmp_path, starts, end_status="ongoing_after_2004"))
    tested = claims.test_claim("C2", study, FRAME)
    rows = curve(study, FRAME, tested, dataclasses.replace(take_inventory(study, FRAME), draws=0))
    assert rows["value"].notna().any() and not rows["agrees"].any()


@pytest.mark.parametrize("claim", ["C8", "C9"])
def test_when_coders_are_resampled_together_then_each_interval_is_what_it_is_alone(claim):
    together = table(claim)
    of = "coder" if claim == "C9" else "round"
    for name in together[of].unique():
        own = {name} if claim == "C9" else inventory().rounds[name]
        alone = dataclasses.replace(
            inventory(),
            coders={coder: inventory().coders[coder] for coder in own},
            rounds={name: tuple(own)} if claim == "C8" else {},
        )
        found = curve(published(), FRAME, result(claim), alone)
        expected = together[together[of] == name].reset_index(drop=True)
        assert found["low"].notna().any()
        pd.testing.assert_frame_equal(found, expected)


def test_when_mixed_initiatives_go_to_one_side_then_that_side_gains():
    chosen = FIRST | options(FRAME)
    lead = {m: pick("C1", chosen | {"mixed": m})["value"].iloc[0] for m in MIXED}
    assert lead["with elite"] > lead["apart"] > lead["with grassroots"]
    assert lead["in both"] == pytest.approx(lead["apart"])


def test_when_initiatives_are_left_out_then_the_estimates_are_those_without_them():
    ids = inventory().ids
    keep = np.array([np.ones(len(ids), bool), ~np.isin(np.arange(len(ids)), range(40))])
    for claim in INVENTORY_CLAIMS:
        found = leave_out(inventory(), FRAME, claim, keep)
        whole = [p.estimate.value for p in result(claim).parts]
        assert found.loc[found["case"] == 0, "value"].tolist() == pytest.approx(whole, rel=0.03)
        assert (found.loc[found["case"] == 1, "n"] < found.loc[found["case"] == 0, "n"].max()).all()


def test_when_choices_keep_initiatives_by_group_then_counts_are_those_of_the_masks():
    rng = np.random.default_rng(1)
    masks = rng.integers(0, 2, (4, 30)).astype(bool)
    yes, kind = rng.integers(0, 2, 30).astype(bool), rng.integers(0, 3, 30)
    kept = Kept.of(masks)
    assert (kept.masks() == masks).all() and (kept.n == masks.sum(axis=1)).all()
    assert (kept.count(yes) == masks @ yes.astype(int)).all()
    assert (kept.but(yes).n == (masks & yes).sum(axis=1)).all()
    by_kind = [[(row & (kind == k)).sum() for k in range(3)] for row in masks]
    assert kept.count_kinds(kind, 3).tolist() == by_kind
    assert kept.units(2).tolist() == np.flatnonzero(masks[2]).tolist()
