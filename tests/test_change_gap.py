"""What the inventory lacks or doubts: programmes without parts, tipping numbers, doubtful rows."""

import dataclasses

import pytest
from made_studies import published, quick_verdicts, write_planted_study
from test_chapters import FLAT, RISING, THIN

from tracktwo import Frame, open_study
from tracktwo.chapters.change import gap as change_gap
from tracktwo.claims.claim_tests import elite_lead
from tracktwo.claims.verdicts import judge

FRAME = Frame()
NORWEGIAN = "Norwegian-sponsored Israeli-Palestinian People-to-People Programme"
EXCHANGE = "Wye River People-to-People Exchange Program"


@pytest.fixture
def made(tmp_path):
    def make(starts, **columns):
        """Return a planted study; `columns` hold one value an initiative."""
        study = open_study(write_planted_study(tmp_path / "made", starts))
        table = study.initiatives.copy()
        for column, values in columns.items():
            kind = table[column].dtype
            table[column] = table[column].astype(object)
            table[column] = list(values)
            table[column] = table[column].astype(kind)
        return dataclasses.replace(study, initiatives=table)

    return make


def gap(study):
    return change_gap.say_gap(study, FRAME.select(study), FRAME)


def without_doubt(study):
    verdicts = quick_verdicts(study, "C1", "C2")
    return (
        change_gap.without_doubt(verdicts, FRAME.select(study), FRAME),
        change_gap.say_doubt(verdicts, FRAME.select(study), FRAME),
    )


# Programmes without parts


def test_when_data_are_published_then_the_programmes_without_parts_are_named():
    study = published()
    assert change_gap.unlisted(study, FRAME) == [NORWEGIAN, EXCHANGE]
    assert NORWEGIAN in gap(study) and EXCHANGE in gap(study)


def test_when_an_umbrella_gets_a_part_then_it_is_no_longer_unlisted(made):
    starts = [(1995, "grassroots"), (1996, "grassroots"), (2002, "grassroots"), (1994, "elite")]
    units = ["umbrella", "initiative", "umbrella", "umbrella"]
    alone = made(starts, unit=units)
    assert change_gap.unlisted(alone, FRAME) == ["Made 000"]
    assert "their projects could not be listed: the Made 000." in gap(alone)
    with_part = made(starts, unit=units, part_of=[None, "made-000", None, None])
    assert change_gap.unlisted(with_part, FRAME) == []
    assert "could not be listed" not in gap(with_part)


# Tipping numbers


def by_adding(study, wanted):
    """Return the fewest starts added until `wanted` of the planted counts is true."""
    rows = FRAME.select(study)
    early = rows[rows["period"] == "peace process"]["level"].value_counts()
    elite, grassroots = early["elite/professional"], early["grassroots"]
    return next(n for n in range(200) if wanted(elite, grassroots + n))


def test_when_starts_are_added_then_the_number_that_undoes_c1_is_where_the_sides_are_even():
    study = published()
    even = by_adding(study, lambda elite, grassroots: grassroots >= elite)
    assert f"the interval of C1 to no difference, {even} would undo it" in gap(study)


def test_when_there_is_no_lead_then_nothing_can_be_lost(made):
    assert "C1 has nothing to lose" in gap(made(FLAT))


def test_when_no_number_in_reach_undoes_a_claim_then_it_says_so(made):
    assert "even 60 would not undo C1" in gap(made(RISING * 4))


@pytest.mark.parametrize("starts", THIN.values(), ids=THIN)
def test_when_data_are_thin_then_the_gap_can_still_be_told(made, starts):
    assert "nan" not in gap(made(starts))


def test_when_no_start_is_dated_then_doubt_can_still_be_told(made):
    study = made(THIN["none dated"], uncertain=[("start_year",)] * 2)
    assert "nan" not in change_gap.say_caveats(study, FRAME.select(study), FRAME)


def test_when_a_data_set_has_neither_claim_then_no_number_is_told(made):
    study = made(RISING)
    study = dataclasses.replace(study, claims=study.claims[study.claims["id"] == "C3"])
    rows = FRAME.select(study)
    assert change_gap.say_caveats(study, rows, FRAME) == (
        "No programme is known whose projects could not be listed."
    )


# Doubtful rows


@pytest.mark.parametrize(
    ("choice", "column", "yes", "no", "words"),
    [
        ("uncertain years", "uncertain", ("start_year",), (), "with certain starting years alone"),
        ("borderline", "borderline", True, False, "without the initiatives that a strict reader"),
    ],
)
def test_when_doubtful_rows_carry_a_verdict_then_the_box_says_what_it_would_be(
    made, choice, column, yes, no, words
):
    # Elites lead among all starts up to the break; those in no doubt are even.
    lead = [(year, level) for year, level in RISING if level == "grassroots" or year > 2000]
    doubtful = [(y, "elite") for y in range(1992, 2001)] * 4
    study = made(lead + doubtful, **{column: [no] * len(lead) + [yes] * len(doubtful)})
    found, said = without_doubt(study)
    assert set(found) == {choice}
    assert found[choice]["C1"] in {"cannot be tested", "not supported"}
    assert f"C1 would be “{found[choice]['C1']}” instead of “" in said and words in said


def test_when_no_row_is_doubtful_then_nothing_is_said(made):
    assert without_doubt(made(RISING)) == ({}, "")


def test_when_doubtful_rows_do_not_matter_then_nothing_is_said(made):
    doubt = [("start_year",) if i % 20 == 0 else () for i in range(len(RISING))]
    found, said = without_doubt(made(RISING, uncertain=doubt))
    assert found == {"uncertain years": {"C1": "supported", "C2": "supported"}} and said == ""


def test_when_data_are_published_then_doubtful_rows_count_by_the_same_rule():
    study = published()
    strict = dataclasses.replace(FRAME, borderline=False)
    whole = quick_verdicts(study, "C1")["C1"]
    lead = elite_lead(strict.select(study))
    part = dataclasses.replace(whole.result.parts[0], estimate=lead, cases=lead.n)
    agree = whole.curve.loc[whole.curve["borderline"] == "out", "agrees"].mean()
    found, said = without_doubt(study)
    assert found["borderline"]["C1"] == judge(part, agree)
    assert ("C1 would be" in said) == ({found[choice]["C1"] for choice in found} != {whole.verdict})
