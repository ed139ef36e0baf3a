"""The nine claims on small data worked out by hand, and on planted truths."""

import dataclasses

import pytest
from made_studies import published, published_verdicts, quick_verdicts, write_planted_study

from tracktwo import Frame, open_study
from tracktwo.claims import claims

FRAME = Frame()
REST = "issue=youth format=training transfer=none_documented transfer_planned"
CODES = f"focus=relationship approach=psychological {REST}=yes"


def parts_of(claim, study):
    return claims.test_claim(claim, study, FRAME).parts


def verdicts_of(study, *names):
    return {name: found.verdict for name, found in quick_verdicts(study, *names).items()}


@pytest.fixture
def made(tmp_path):
    def make(starts, codes=CODES):
        return open_study(write_planted_study(tmp_path / "made", starts, codes=codes))

    return make


# By hand


def test_when_elites_lead_before_the_break_then_c1_is_their_lead(made):
    starts = [(1995, "elite")] * 8 + [(2000, "grassroots")] * 3 + [(1999, "mixed")]
    (lead,) = parts_of("C1", made([*starts, (2001, "grassroots"), (None, "elite")]))
    assert lead.estimate.value == pytest.approx((8 - 3) / 12)
    assert (lead.cases, lead.predicted, lead.side) == (12, "> 0", "open")


def test_when_grassroots_come_later_then_c2_rises_by_both_its_parts(made):
    early = [(1994, "elite")] * 9 + [(1995, "grassroots")] * 3
    late = [(2002, "elite")] * 4 + [(2003, "grassroots")] * 8
    ratio, change = parts_of("C2", made(early + late))
    assert ratio.estimate.value > 1
    assert change.estimate.value == pytest.approx(8 / 12 - 3 / 12)
    assert claims.test_claim("C2", made(early + late), FRAME).n == 24


@pytest.mark.parametrize(("focus", "share"), [("relationship", 1), ("both", 0), ("outcome", 0)])
def test_when_grassroots_have_one_focus_then_c3_is_all_or_nothing(made, focus, share):
    study = made([(1995, "grassroots")] * 12, CODES.replace("relationship", focus))
    (found,) = parts_of("C3", study)
    assert (found.estimate.value, found.cases) == (share, 12)
    assert found.side == ("predicted" if share else "other")


def test_when_one_side_has_no_cases_then_the_odds_ratio_of_c4_is_not_defined(made):
    study = made([(1995, "elite")] * 12, CODES.replace("relationship", "outcome"))
    share, ratio = parts_of("C4", study)
    assert share.estimate.value == 1 and share.side == "predicted"
    assert ratio.side == "open" and str(ratio.estimate.value) == "nan"
    assert verdicts_of(study, "C4") == {"C4": "cannot be tested"}


@pytest.mark.parametrize(("plan", "share"), [("yes", 1), ("partial", 0), ("not_documented", 0)])
def test_when_plans_are_coded_then_c7_counts_documented_ones_alone(made, plan, share):
    study = made([(1995, "elite")] * 11, CODES.replace("planned=yes", f"planned={plan}"))
    (found,) = parts_of("C7", study)
    assert found.estimate.value == share
    assert verdicts_of(study, "C7") == {"C7": ("not supported" if share else "supported")}


def test_when_an_approach_is_never_found_then_c8_is_not_supported(made):
    study = made([(1995, "elite")] * 12)
    agreed, found = parts_of("C8", study)
    assert str(agreed.estimate.value) == "nan"
    assert (found.estimate.value, found.border, found.side) == (1, 4, "other")
    assert verdicts_of(study, "C8") == {"C8": "not supported"}


def test_when_two_approaches_always_go_together_then_c9_finds_them_alike(made):
    codes = CODES.replace("approach", "approach=constructivist approach")
    several, overlap = parts_of("C9", made([(1995, "elite")] * 12, codes))
    assert (several.estimate.value, overlap.estimate.value) == (1, 1)
    assert overlap.side == "other"


# Words about claims.csv


def test_when_a_claim_is_not_known_then_those_that_are_are_named():
    with pytest.raises(ValueError, match="no test of claim 'C10'; there are: C1, C2"):
        claims.test_claim("C10", published(), FRAME)


def test_when_claims_csv_predicts_too_few_sides_then_it_is_said(made):
    study = made([(1995, "elite")] * 12)
    table = study.claims.assign(predicted="> 0")
    with pytest.raises(ValueError, match="C2, predicted: found 1 sides; allowed: one for each"):
        parts_of("C2", dataclasses.replace(study, claims=table))


# Planted truths


def recode(study, variable, values, part="codes", where=None):
    """Return `study` with the codes of a variable replaced, value by value."""
    codes = getattr(study, part).copy()
    chosen = codes["variable"] == variable
    if where is not None:
        chosen &= codes[codes.columns[0]].isin(where)
    codes.loc[chosen, "value"] = codes.loc[chosen, "value"].map(lambda v: values.get(v, v))
    return dataclasses.replace(study, **{part: codes})


def flipped(study):
    """Return the claims whose verdict differs from that on the published data."""
    before = {claim: found.verdict for claim, found in published_verdicts().items()}
    return {c: now for c, now in verdicts_of(study).items() if now != before[c]}


def test_when_foci_are_reversed_then_c3_and_c4_turn_and_no_other():
    reversed_ = {"relationship": "outcome", "outcome": "relationship"}
    assert flipped(recode(published(), "focus", reversed_)) == {
        "C3": "not supported",
        "C4": "not supported",
    }


def test_when_propositions_are_well_evidenced_then_c6_turns_and_no_other():
    evidenced = {"asserted": "evidence", "anecdote": "evidence"}
    study = recode(published(), "proposition_support", evidenced, "statement_codes")
    assert flipped(study) == {"C6": "not supported"}


def test_when_transfer_is_planned_everywhere_then_c7_turns_and_no_other():
    planned = {"partial": "yes", "not_documented": "yes"}
    assert flipped(recode(published(), "transfer_planned", planned)) == {"C7": "not supported"}


def test_when_the_trend_is_turned_round_then_c1_and_c2_turn_and_no_other():
    study = published()
    turned = study.initiatives.assign(start_year=1996 + 2000 - study.initiatives["start_year"])
    inside = study.initiatives["start_year"].between(1992, 2004)
    years = turned["start_year"].where(inside, study.initiatives["start_year"])
    ended = study.initiatives.assign(start_year=years, end_year=study.initiatives["end_year"])
    found = flipped(dataclasses.replace(study, initiatives=ended))
    assert found["C2"] == "not supported"
    assert set(found) <= {"C1", "C2"}
