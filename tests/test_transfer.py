"""Chapter `transfer`: hand-computed counts, planted truths, thin data, C7 by hand."""

import dataclasses

import pandas as pd
import pytest
from made_studies import published
from recoded import FRAME, check_all, plant, recode

from tracktwo.analysis.measures import ELITE, GRASSROOTS, LEVELS
from tracktwo.analysis.voices import select_statements
from tracktwo.chapters.transfer import plots as plots
from tracktwo.chapters.transfer import record_words as record
from tracktwo.chapters.transfer import results as transfer
from tracktwo.chapters.transfer import tables as tables
from tracktwo.chapters.transfer import titles as titles
from tracktwo.chapters.transfer import words as words
from tracktwo.chapters.transfer.results import ACTIVITY, PLANNED, SILENT
from tracktwo.drawing.shares import code_shares


def spread(year, level, planned=0, activity=0, silent=0):
    """Return rows for `plant`: so many initiatives in each state of the record."""
    counts = {PLANNED: planned, ACTIVITY: activity, SILENT: silent}
    return [(year, level, state) for state, n in counts.items() for _ in range(n)]


SMALL = [*spread(1995, "elite", 2, 1, 1), *spread(2003, "grassroots", 0, 1, 5)]
LITTLE = [*spread(1995, "elite", 8, 20, 30), *spread(2003, "grassroots", 2, 20, 20)]
MUCH = [*spread(1995, "elite", 40, 5, 5), *spread(2003, "grassroots", 40, 5, 5)]
THIN = {
    "one without a record": spread(1995, "elite", silent=1),
    "one planned": spread(None, "grassroots", planned=1),
    "all planned": spread(1995, "elite", planned=3),
    "none silent": spread(2002, "mixed", planned=1, activity=2),
    "none planned": [*spread(1995, "elite", activity=2), *spread(2002, "grassroots", silent=3)],
    "before the years": spread(1985, "mixed", activity=1),
}


@pytest.fixture
def made(tmp_path):
    def make(rows, **columns):
        study = plant(tmp_path, rows, "transfer_planned", **columns)
        return study, transfer.select(study, FRAME)

    return make


@pytest.fixture(scope="module")
def real():
    study = published()
    return study, transfer.select(study, FRAME)


def told(study, rows):
    shares, hidden = transfer.route_shares(study, rows), transfer.add_plans(rows)
    return words.tell_transfer(study, rows, FRAME, shares, hidden)


def everything(study, rows):
    """Return all that the chapter draws, says and tabulates, as the notebook calls it."""
    names, shares = transfer.labels(study), transfer.route_shares(study, rows)
    hidden, planned = transfer.add_plans(rows), transfer.planned_by(study, rows, FRAME)
    by_level = code_shares(rows, "level", "transfer_planned", names)
    by_route, known = transfer.planned_by_route(study, rows), transfer.denominators(study, rows)
    reading = transfer.reading_shares(study, rows, names)
    statements = transfer.planning_statements(study, FRAME)
    charts = [
        plots.plot_states("by-level", by_level, names),
        plots.plot_routes(shares),
        *([plots.plot_shares("by-route", by_route)] if by_route else []),
        plots.plot_planned(planned),
        plots.plot_shares("known", known),
        plots.plot_states("by-reading", reading, names),
        plots.plot_hidden(hidden, titles.hidden_marks(rows, hidden)),
    ]
    said = [
        told(study, rows),
        titles.title_states(rows),
        titles.title_routes(shares),
        titles.title_planned(planned),
        titles.title_by_route(by_route),
        titles.title_known(known),
        titles.title_reading(study, rows),
        titles.title_hidden(rows, hidden),
        titles.alt_states(by_level),
        titles.alt_routes(shares),
        titles.alt_estimates(by_route),
        titles.alt_hidden(hidden),
    ]
    printed = [
        tables.examples_table(study, rows),
        tables.planned_table(rows),
        tables.coders_table(transfer.by_coder(study, FRAME)),
        tables.statements_table(study, statements),
    ]
    return charts, said, printed


# Counts by hand


def test_when_plans_are_counted_then_shares_bounds_and_tipping_points_are_those_of_the_rows(made):
    study, rows = made(SMALL)
    tested, most = transfer.test_planned(study, FRAME), transfer.ceiling(rows)
    assert (tested.value, tested.n) == (2 / 10, 10)
    assert most.value == 8 / 10
    assert transfer.states(rows).tolist() == [2, 2, 6]
    hidden = transfer.add_plans(rows)
    assert hidden["share"].tolist() == [k / 10 for k in range(2, 9)]
    assert transfer.tipping(hidden, "share") == 3
    by_level = transfer.planned_by(study, rows, FRAME)["level"]
    assert [by_level[x].value for x in (ELITE, GRASSROOTS)] == [2 / 4, 0]
    assert by_level[LEVELS[1]].n == 0


def test_when_the_well_known_are_asked_then_the_denominators_are_theirs(made):
    study, rows = made(SMALL)
    sources = study.sources.assign(
        access=["read", "bibliographic"] * 5,
        supports=[("transfer",)] * 3 + [("name",)] * 7,
    )
    study = dataclasses.replace(study, sources=sources)
    found = {name: (e.value, e.n) for name, e in transfer.denominators(study, rows).items()}
    assert found["all (as tested)"] == (2 / 10, 10)
    assert found["a source read"] == (1 / 5, 5)
    assert found["source on transfer"] == (pytest.approx(2 / 3), 3)
    assert found["activity documented"] == (2 / 4, 4)


def test_when_another_coder_saw_a_plan_then_it_counts_for_any_coder(made):
    study, rows = made(SMALL)
    seen = recode(study, "transfer_planned", [PLANNED] * 5 + [SILENT] * 5, coders=["coder_1"])
    assert transfer.any_coder(seen, rows).value == 5 / 10
    assert transfer.seen_by(seen, rows, "coder_1").fillna(0).tolist() == [1, 0, 5]


def test_when_routes_are_counted_then_shares_are_of_the_group(real):
    study, rows = real
    shares = transfer.route_shares(study, rows).set_index(["by", "group", "label"])
    elite = rows[rows["level"] == ELITE]
    found = shares.loc[("level", ELITE, study.labels("transfer")["briefings"])]
    assert found["share"] == pytest.approx(elite["transfer_briefings"].mean())
    assert found["n"] == len(elite)
    silent = shares[shares["silent"]]
    assert len(silent) == 3 + len(study.labels("focus")) + len(study.labels("approach"))
    by_route = transfer.planned_by_route(study, rows)
    values = [estimate.value for estimate in by_route.values()]
    assert values == sorted(values, reverse=True)


def test_when_reading_is_grouped_then_every_initiative_is_in_one_group(real):
    study, rows = real
    table = transfer.reading_shares(study, rows, transfer.labels(study))
    assert table["initiatives"].sum() == len(rows)


def test_when_little_was_read_then_it_is_told_beside_what_was_read_most(made):
    study, rows = made(SMALL)
    sources = pd.concat(
        [study.sources, *[study.sources.iloc[:2]] * 4]
    )  # two of them read five times
    said = record.say_best_read(dataclasses.replace(study, sources=sources), rows)
    assert said.startswith("At most two sources were read for 6 of the 6 without a record.")
    assert "Of the 2 initiatives with 5 sources read or more, 100%" in said
    assert "No initiative had 5 sources read" in record.say_best_read(study, rows)


def test_when_statements_are_counted_then_documents_are_resampled():
    statements = pd.DataFrame(
        {"strategy_planned": ["yes"] * 9 + ["no"], "document_id": ["a"] * 9 + ["b"]}
    )
    found = transfer.told_share(statements)
    assert (found.value, found.n) == (0.9, 10)
    assert (found.low, found.high) == (0, 1)  # two documents that disagree settle nothing


# Planted truths


def test_when_there_is_little_planning_then_every_sentence_says_so(made):
    study, rows = made(LITTLE)
    said = told(study, rows)
    assert said["answer-planned"].endswith("a minority.")
    assert "if 40 of those 50 (80%)" in said["answer-silent"]
    assert "bears C7 out" in said["conclusion"]
    assert titles.title_states(rows).startswith("A plan for transfer is documented for 10%")
    hidden = transfer.add_plans(rows)
    assert titles.title_hidden(rows, hidden).startswith("It would take 40 hidden plans among 50")
    assert "fewer than it takes" in record.say_tipping(rows, hidden)


def test_when_there_is_much_planning_then_every_sentence_turns(made):
    study, rows = made(MUCH)
    said = told(study, rows)
    assert said["answer-planned"].endswith("a majority.")
    assert said["answer-silent"].endswith("half of all have a plan without them.")
    assert "against C7" in said["conclusion"]
    assert said["tipping"].startswith("There is nothing to undo")
    assert titles.title_hidden(rows, transfer.add_plans(rows)).startswith("There is nothing")
    assert titles.title_known(transfer.denominators(study, rows)).startswith("In 0 of 6")


def test_when_levels_differ_then_the_difference_is_told_the_right_way_round(made):
    up = [*spread(1995, "elite", 20, 5), *spread(1995, "grassroots", 5, 20)]
    down = [*spread(1995, "elite", 5, 20), *spread(1995, "grassroots", 20, 5)]
    assert "more often for elite" in words.say_difference(made(up)[1])
    assert "less often for elite" in words.say_difference(made(down)[1])
    assert "not clearly differ" in words.say_difference(
        made(spread(1995, "elite", 5, 5) + spread(1995, "grassroots", 5, 5))[1]
    )


@pytest.mark.parametrize(
    ("answer", "words_found"),
    [("yes", "points away from C7"), ("no", "points the way of C7")],
)
def test_when_practitioners_lean_one_way_then_the_sentence_follows(real, answer, words_found):
    study, _ = real
    statements = transfer.planning_statements(study, FRAME).assign(strategy_planned=answer)
    everyone = select_statements(study, FRAME)
    assert words_found in words.say_voices(statements, everyone)
    assert words.say_voices(statements.head(0), everyone).startswith("No statement")


def test_when_a_code_is_the_least_agreed_of_its_round_then_that_is_said(real):
    study, _ = real
    assert "in the first round, the least agreed of all variables" in record.say_agreement(study)
    coders = study.rounds["inventory"]["first"]
    values = study.wide(coders[0])["transfer_planned"].astype(str)
    agreed = recode(study, "transfer_planned", values, coders=coders)
    assert "1.00 in the first round;" in record.say_agreement(agreed)


# Thin data


@pytest.mark.parametrize("rows", THIN.values(), ids=THIN)
def test_when_data_are_thin_then_everything_can_still_be_drawn_and_said(made, rows):
    check_all(*everything(*made(rows)))


def test_when_no_codes_compare_then_everything_can_still_be_drawn_and_said(made):
    check_all(*everything(*made(SMALL, wave="extension")))


def test_when_data_are_published_then_everything_can_be_drawn_and_said(real):
    check_all(*everything(*real))


def test_when_c7_is_recomputed_by_hand_then_it_is_the_same(real):
    study, rows = real
    inside = FRAME.select(study)
    compare = set(inside.index[inside["wave"] != "extension"])  # the others had routes in view
    codes = study.codes[(study.codes["coder"] == "consensus")]
    planned = codes[(codes["variable"] == "transfer_planned") & (codes["value"] == "yes")]
    count = len(set(planned["initiative_id"]) & compare)
    found = transfer.test_planned(study, FRAME)
    assert (found.value, found.n) == (pytest.approx(count / len(compare)), len(compare))
    assert set(rows.index) == compare and len(compare) < len(inside)


def test_when_a_search_had_routes_in_view_then_the_chapter_says_what_it_leaves_out(real, made):
    study, rows = real
    n = (FRAME.select(study)["wave"] == "extension").sum()
    assert words.say_compared(study, rows, FRAME).startswith(f"The {n} initiatives inside the")
    study, rows = made(SMALL)
    assert words.say_compared(study, rows, FRAME).endswith("but none of it is in the frame.")
