"""The evidence's second round: truths planted in waves, ends, voices and doubts come to light.

Each study is made so that a truth rests on one choice alone: it must be there when the choice
lets it in, and be gone when it does not.
"""

import csv
import dataclasses
import functools

import pandas as pd
import pytest
from made_statements import say, write_statements
from made_studies import write_planted_study, write_table
from made_voices import write_voices
from recoded import recode

from tracktwo import Frame, open_study
from tracktwo.analysis.measures import active, count_active
from tracktwo.analysis.themes import theme_labels, theme_shares
from tracktwo.analysis.voices import select_statements
from tracktwo.chapters.transfer.results import planning_statements
from tracktwo.chapters.voices.results import checks
from tracktwo.claims.claims import test_claim as result_of
from tracktwo.claims.curves import choices, curve, options_of
from tracktwo.claims.specifications import COUNTED, MIXED, UNCERTAIN, break_years, take_inventory
from tracktwo.claims.statement_curves import UNITS
from tracktwo.drawing.timeline import timeline_rows
from tracktwo.ground.digits import rounded
from tracktwo.telling.explorer import explorer_data

FRAME, LONG = Frame(), Frame(last_year=2012)
WAVES = Frame().waves
INITIATIVES = "inventory/initiatives.csv"
STATEMENTS, SPEAKERS = "practitioners/statements.csv", "practitioners/speakers.csv"


def fill(folder, path, column, values):
    """Give the rows of a CSV file their values in one column, in the order of the file."""
    with (folder / path).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = [row | {column: x} for row, x in zip(reader, values, strict=True)]
    write_table(folder / path, reader.fieldnames, rows)


def value(claim, study, frame=FRAME):
    """Return the estimate of the first part of a claim."""
    return result_of(claim, study, frame).parts[0].estimate.value


@functools.cache
def table_of(claim, study):
    """Return the claim's curve, without the intervals that take long."""
    inventory = None
    if claim not in UNITS:
        inventory = dataclasses.replace(take_inventory(study, FRAME), draws=0)
    return curve(study, FRAME, result_of(claim, study, FRAME), inventory)


def specified(claim, study, place=0, **chosen):
    """Return the curve's values of one part where the choices are these, all others varied."""
    table = table_of(claim, study)
    table = table[table["part"] == place]
    for choice, option in chosen.items():
        table = table[table[choice.replace("_", " ")] == option]
    assert len(table)
    return table["value"]


# Waves of initiatives

LEAD = [(1995, "elite")] * 6
AGAINST = [(1995, "grassroots")] * 18


def study_of_waves(folder, holder):
    """Return a study where the wave `holder` alone holds that the grassroots lead."""
    other = next(wave for wave in WAVES if wave != holder)
    write_planted_study(folder / "made", LEAD + AGAINST)
    fill(folder / "made", INITIATIVES, "wave", [other] * len(LEAD) + [holder] * len(AGAINST))
    return open_study(folder / "made")


@pytest.mark.parametrize("holder", WAVES)
def test_when_one_wave_holds_a_truth_then_the_frame_shows_it_with_that_wave_alone(tmp_path, holder):
    study = study_of_waves(tmp_path, holder)
    without = Frame(waves=tuple(wave for wave in WAVES if wave != holder))
    assert value("C1", study) == pytest.approx((6 - 18) / 24)
    assert value("C1", study, Frame(waves=(holder,))) == -1
    assert value("C1", study, without) == 1
    assert set(without.select(study)["wave"]).isdisjoint({holder})


@pytest.mark.parametrize(
    ("holder", "with_it"),
    [
        ("gap", {"all"}),
        ("extension", {"all", "without gap"}),
        ("first", {"all", "without gap", "first alone"}),
    ],
)
def test_when_one_wave_holds_a_truth_then_only_specifications_with_it_show_it(
    tmp_path, holder, with_it
):
    study = study_of_waves(tmp_path, holder)
    usual = {"mixed": "apart", "counted": COUNTED[0], "break year": 2000, "uncertain years": "in"}
    for waves in ("all", "without gap", "first alone"):
        found = specified("C1", study, waves=waves, **usual)
        assert ((found < 0) if waves in with_it else (found == 1)).all()


# Waves of statements


def said_of_transfer(folder):
    """Return a study where only the wave `transfer` speaks of re-entry, ripeness and planning."""
    codes = (
        ("transfer_proposition", "timing_ripeness"),
        ("proposition_support", "evidence"),
        ("strategy_planned", "yes"),
    )
    sides = [("A", "israeli"), ("B", "israeli"), ("C", "palestinian"), ("D", "palestinian")]
    told = [say(x, "asymmetry", side=side) for x, side in sides]
    sought = [
        say(f"{x} sought", "reentry", side=side, question="transfer", codes=codes)
        for x, side in sides
    ]
    write_statements(folder / "made", told + sought)
    fill(folder / "made", STATEMENTS, "wave", ["first"] * 4 + ["transfer"] * 4)
    return open_study(folder / "made")


def test_when_statements_were_sought_then_themes_questions_and_valence_leave_them_out(tmp_path):
    study = said_of_transfer(tmp_path)
    rows, labels = select_statements(study, FRAME, unprompted=True), theme_labels(study)
    assert set(rows["wave"]) == {"first"} and len(rows) == 4
    assert set(rows["question"]) == {"context"} and rows["valence"].notna().all()
    raised = theme_shares(rows, labels).set_index("theme")["estimate"].map(lambda e: e.value)
    assert raised["reentry"] == 0 and raised["asymmetry"] == 1
    found = checks(study, FRAME, rows, labels, 2012)
    assert (found["statements"] <= len(rows)).all(), "no other reading has more"


def test_when_statements_were_sought_then_propositions_and_planning_rest_on_them(tmp_path):
    study = said_of_transfer(tmp_path)
    assert value("C5", study) == pytest.approx(1 / 12)
    assert value("C6", study) == 1
    assert set(planning_statements(study, FRAME)["wave"]) == {"transfer"}
    waves = "waves of statements"
    assert (specified("C5", study, **{waves: "first alone"}) == 0).all()
    assert (specified("C5", study, **{waves: "all", "unit": "speakers"}) == rounded(1 / 12)).all()
    assert specified("C6", study, **{waves: "first alone"}).isna().all()
    assert (specified("C6", study, **{waves: "all"}) == 1).all()


# How long an initiative is known to be at work

ENDS = [
    (1999, "ongoing_after_2004", range(1999, 2005)),
    (1999, "ongoing_after_2012", range(1999, 2013)),
    (2006, "ongoing_after_2004", range(2006, 2007)),
    (2006, "ongoing_after_2012", range(2006, 2013)),
    (2006, "unknown", range(2006, 2007)),
    (2004, "ongoing_after_2004", range(2004, 2005)),
]


def at_work(folder, start, status):
    """Return a study of one initiative of interest, and one that is always there."""
    starts = [(start, "grassroots"), (1995, "elite")]
    write_planted_study(folder / "made", starts, end_status=status)
    return open_study(folder / "made")


@pytest.mark.parametrize(("start", "status", "known"), ENDS)
def test_when_a_status_names_a_year_then_later_ones_are_in_the_upper_band_alone(
    tmp_path, start, status, known
):
    study = at_work(tmp_path, start, status)
    rows = LONG.select(study).iloc[[0]]
    for ends, expected in [("short", set(known)), ("long", set(range(start, 2013)))]:
        found = {
            year
            for year in LONG.years
            if active(rows, year, unknown_ends=ends, last_year=LONG.last_year).item()
        }
        assert found == expected
        counts = count_active(rows, LONG.years, ends).query("level == 'grassroots'")
        assert set(counts.loc[counts["initiatives"] == 1, "year"]) == expected
        counted = dict(zip(("short", "long"), COUNTED[1:], strict=True))[ends]
        in_curves = take_inventory(study, LONG).presence[counted][0]
        assert {y for y, at in zip(LONG.years, in_curves, strict=True) if at} == expected


@pytest.mark.parametrize(("start", "status", "known"), ENDS)
def test_when_a_status_names_a_year_then_explorer_and_timeline_say_the_same_end(
    tmp_path, start, status, known
):
    study = at_work(tmp_path, start, status)
    (span,) = (
        record["span"]
        for record in explorer_data(study, LONG)["initiatives"]["records"]
        if record["id"] == "made-000"
    )
    assert span == [known[0], known[-1]]
    line = timeline_rows(LONG.select(study), LONG).loc["made-000"]
    # A line ends with the last day of a year; without an end it is drawn in its first year alone.
    last = start if pd.isna(line["end"]) else line["end"] - 1
    assert (line["start"], last) == (known[0], known[-1])
    assert line["ended"] == ("later" if status == "ongoing_after_2012" else "unknown")


# Voices


def voiced(folder, said, organisations=None):
    """Return a study where everybody speaks of ripeness: side and name of each."""
    told = [(side, name, "timing_ripeness", "asserted") for side, name in said]
    write_voices(folder / "made", told)
    if organisations:
        fill(folder / "made", SPEAKERS, "organisation", ["Nobody's", *organisations])
    return open_study(folder / "made")


@pytest.mark.parametrize(
    ("said", "jointly", "apart"),
    [
        ([("israeli", "A"), ("palestinian", "B"), ("joint", "C and D")], 1, 0),
        ([("joint", "A and B"), ("joint", "C and D")], 1, 0),
        ([("israeli", "A"), ("israeli", "B"), ("palestinian", "C"), ("palestinian", "D")], 1, 1),
        ([("israeli", "A"), ("israeli", "B"), ("palestinian", "C"), ("joint", "D")], 1, 0),
        ([("israeli", "A"), ("israeli", "B"), ("joint", "D"), ("third_party", "E")], 0, 0),
        ([("joint", "A and B")], 0, 0),
    ],
)
def test_when_two_speak_jointly_then_they_are_one_voice_of_each_side(
    tmp_path, said, jointly, apart
):
    study = voiced(tmp_path, said)
    assert value("C5", study) == pytest.approx(jointly / 12)
    for option, shared in [("a voice of each side", jointly), ("left out", apart)]:
        chosen = {"joint statements": option, "unit": "speakers", "voices": "all"}
        assert specified("C5", study, **chosen).tolist() == pytest.approx([shared / 12] * 12)


SAID = [("israeli", "A"), ("israeli", "B"), ("palestinian", "C"), ("palestinian", "D")]


@pytest.mark.parametrize(
    ("organisations", "shared"),
    [
        (["One", "Two", "Three", "Four"], {"speakers": 1, "documents": 1, "organisations": 1}),
        (["One", "One", "Three", "Four"], {"speakers": 1, "documents": 1, "organisations": 0}),
        (["One", "Two", "One", "Two"], {"speakers": 1, "documents": 1, "organisations": 1}),
    ],
)
def test_when_documents_come_from_one_organisation_then_it_can_be_one_voice(
    tmp_path, organisations, shared
):
    study = voiced(tmp_path, SAID, organisations)
    for unit, expected in shared.items():
        found = specified("C5", study, unit=unit, waves_of_statements="all", statements="all")
        assert found.tolist() == pytest.approx([expected / 12] * len(found))


def test_when_organisations_are_the_voices_then_one_with_evidence_has_it_however_much_it_says(
    tmp_path,
):
    said = [("israeli", x, "timing_ripeness", "asserted") for x in "ABC"]
    said.append(("palestinian", "D", "timing_ripeness", "evidence"))
    write_voices(tmp_path / "made", said)
    fill(tmp_path / "made", SPEAKERS, "organisation", ["Nobody's", "One", "One", "Two", "Two"])
    study = open_study(tmp_path / "made")
    shares = {"statements": 1 / 4, "documents": 1 / 4, "speakers": 1 / 4, "organisations": 1 / 2}
    for unit, share in shares.items():
        found = specified("C6", study, unit=unit)
        assert found.tolist() == pytest.approx([share] * len(found))


# Doubts


def test_when_a_lead_rests_on_doubtful_years_then_it_is_gone_without_them(tmp_path):
    write_planted_study(tmp_path / "made", LEAD * 4 + LEAD + AGAINST[:6])
    doubts = ["start_year"] * 12 + ["focus | start_year"] * 12 + ["end_year | third_party"] * 12
    fill(tmp_path / "made", INITIATIVES, "uncertain", doubts)
    study = open_study(tmp_path / "made")
    assert value("C1", study) == pytest.approx((30 - 6) / 36)
    for counted in COUNTED:
        assert (specified("C1", study, counted=counted, uncertain_years="in") > 0).all()
        assert (specified("C1", study, counted=counted, uncertain_years="out") == 0).all()


def test_when_a_rise_rests_on_doubtful_years_then_c2_loses_it_without_them(tmp_path):
    sure = [(y, x) for y in (1995, 2002) for x in ("elite", "grassroots") for _ in range(5)]
    doubtful = [(1994, "elite")] * 8 + [(2003, "grassroots")] * 8
    write_planted_study(tmp_path / "made", sure + doubtful)
    fill(tmp_path / "made", INITIATIVES, "uncertain", [""] * 20 + ["start_year"] * 16)
    study = open_study(tmp_path / "made")
    usual = {"counted": COUNTED[0], "break year": 2000}
    for place, nothing in [(0, 1), (1, 0)]:
        assert (specified("C2", study, place, uncertain_years="in", **usual) > nothing).all()
        without = specified("C2", study, place, uncertain_years="out", **usual)
        assert without.tolist() == pytest.approx([nothing] * len(without))


def test_when_a_lead_rests_on_borderline_rows_then_it_is_gone_without_them(tmp_path):
    write_planted_study(tmp_path / "made", LEAD * 4 + LEAD + AGAINST[:6])
    fill(tmp_path / "made", INITIATIVES, "borderline", ["yes"] * 24 + ["no"] * 12)
    study = open_study(tmp_path / "made")
    assert value("C1", study) > 0 and value("C1", study, Frame(borderline=False)) == 0
    assert (specified("C1", study, borderline="in") > 0).all()
    assert (specified("C1", study, borderline="out") == 0).all()


def test_when_doubts_are_a_choice_then_every_specification_of_c1_and_c2_makes_it(tmp_path):
    study = open_study(write_planted_study(tmp_path / "made", LEAD + AGAINST))
    inventory = take_inventory(study, FRAME)
    each = len(inventory.coders) * len(COUNTED) * len(MIXED) * len(break_years(FRAME))
    for claim in ("C1", "C2"):
        whole = table_of(claim, study).query("part == 0")
        assert len(whole) == len(inventory.options) * len(UNCERTAIN) * each
        assert not whole[choices(whole)].duplicated().any()
    assert options_of(FRAME, inventory.rounds)["uncertain years"] == "in"


# Planned transfer


@pytest.mark.parametrize("frame", [FRAME, LONG])
def test_when_only_the_extension_plans_then_c7_does_not_see_it(tmp_path, frame):
    write_planted_study(tmp_path / "made", [(1999, "elite")] * 12 + [(2004, "elite")] * 12)
    fill(tmp_path / "made", INITIATIVES, "wave", ["first"] * 12 + ["extension"] * 12)
    planned = ["not_documented"] * 12 + ["yes"] * 12
    study = recode(open_study(tmp_path / "made"), "transfer_planned", planned)
    (part,) = result_of("C7", study, frame).parts
    assert (part.estimate.value, part.estimate.n, part.cases) == (0, 12, 12)
    assert (specified("C7", study) == 0).all()


def test_when_the_extension_does_not_plan_then_c7_keeps_the_plans_of_the_others(tmp_path):
    write_planted_study(tmp_path / "made", [(1999, "elite")] * 12 + [(2004, "elite")] * 12)
    fill(tmp_path / "made", INITIATIVES, "wave", ["gap"] * 6 + ["first"] * 6 + ["extension"] * 12)
    study = recode(
        open_study(tmp_path / "made"), "transfer_planned", ["yes"] * 12 + ["partial"] * 12
    )
    assert value("C7", study) == 1 and (specified("C7", study) == 1).all()
