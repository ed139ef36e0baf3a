"""Chapter `transfer`: hand-computed counts, planted truths, thin data, C7 by hand."""

import dataclasses
import re

import pandas as pd
import pytest
from made_studies import published
from recoded import FRAME, check_all, plant, recode
from run_chapter import run_chapter

from tracktwo.chapters.transfer import plots, tables
from tracktwo.chapters.transfer import results as transfer
from tracktwo.drawing.figures import figure_csv
from tracktwo.drawing.shares import code_shares
from tracktwo.ground import paths

PLANNED, ACTIVITY, SILENT = "yes", "partial", "not_documented"
"""The codes of the states of the record."""


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


def everything(study, rows):
    """Return all that the chapters draw, tell and tabulate, as the notebooks call it."""
    names, hidden = transfer.labels(study), transfer.add_plans(rows)
    by_route = transfer.planned_by_route(study, rows)
    told = transfer.planning_statements(study, FRAME)
    charts = [
        plots.plot_states("by-level", code_shares(rows, "who", "transfer_planned", names), names),
        plots.plot_routes(transfer.route_shares(study, rows, "level", "focus")),
        plots.plot_shares("by-route", by_route),
        plots.plot_planned(transfer.planned_by(study, rows, FRAME)),
        plots.plot_shares("known", transfer.denominators(study, rows)),
        plots.plot_states("by-reading", transfer.reading_shares(study, rows, names), names),
        plots.plot_hidden(hidden, {0: "none", 1: "one"}),
    ]
    said = [transfer.states(rows), transfer.seen_first(study, rows, FRAME)]
    printed = [
        tables.examples_table(study, rows),
        tables.planned_table(rows),
        tables.coders_table(study, transfer.by_coder(study, FRAME)),
        tables.statements_table(study, told),
    ]
    return charts, said, printed


def test_when_a_chart_s_numbers_are_taken_away_then_every_column_speaks(real):
    study, rows = real
    for chart in everything(study, rows)[0]:
        head = figure_csv(chart.to_dict()).splitlines()[0].split(",")
        assert not {"rank", "words", "column"} & set(head)


# Counts by hand


def test_when_plans_are_counted_then_shares_bounds_and_tipping_points_are_those_of_the_rows(made):
    study, rows = made(SMALL)
    tested, most = transfer.test_planned(study, FRAME), transfer.ceiling(rows)
    assert (tested.value, tested.n) == (2 / 10, 10)
    assert most.value == 8 / 10
    assert transfer.states(rows) == {"planned": 2, "activity": 2, "silent": 6}
    hidden = transfer.add_plans(rows)
    assert hidden["share"].tolist() == [k / 10 for k in range(2, 9)]
    assert transfer.tipping(hidden, "share") == 3
    by_level = transfer.planned_by(study, rows, FRAME)["level"]
    assert [by_level[x].value for x in ("elite", "grassroots")] == [2 / 4, 0]
    assert by_level["mixed"].n == 0


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
    assert found["a source on transfer"] == (pytest.approx(2 / 3), 3)
    assert found["activity documented"] == (2 / 4, 4)


def test_when_another_coder_saw_a_plan_then_it_counts_for_any_coder(made):
    study, rows = made(SMALL)
    seen = recode(study, "transfer_planned", [PLANNED] * 5 + [SILENT] * 5, coders=["coder_1"])
    assert transfer.any_coder(seen, rows).value == 5 / 10
    told = {"planned": 1, "activity": 0, "silent": 5}
    assert transfer.seen_first(seen, rows, FRAME) == told
    own = dataclasses.replace(FRAME, coder="coder_1")
    assert transfer.seen_first(seen, transfer.select(seen, own), own) is None


def test_when_levels_are_told_apart_then_elite_professionals_and_grassroots_are_those_coded(made):
    study, rows = made([(1995, level, PLANNED) for level in transfer.LEVELS])
    assert rows["who"].tolist() == transfer.LEVELS
    both = study.codes.assign(
        value=study.codes["value"].replace({"professional": "elite"}),
    )
    again = transfer.select(dataclasses.replace(study, codes=both), FRAME)
    assert again["who"].tolist() == ["elite", "elite", "mixed", "grassroots"]


def test_when_routes_are_counted_then_shares_are_of_the_group(real):
    study, rows = real
    shares = transfer.route_shares(study, rows, "level", "focus")
    elite = rows[rows["participants_elite"] & ~rows["participants_grassroots"]]
    found = shares[(shares["group"] == "elite") & (shares["code"] == "briefings")].iloc[0]
    assert found["share"] == pytest.approx(elite["transfer_briefings"].mean())
    assert found["n"] == len(elite)
    at = transfer.level_routes(study, rows)
    assert at["elite"]["briefings"].value == pytest.approx(found["share"])
    silent = shares[shares["code"] == "none_documented"]
    assert len(silent) == len(transfer.LEVELS) + len(study.labels("focus"))
    values = [estimate.value for estimate in transfer.planned_by_route(study, rows).values()]
    assert values == sorted(values, reverse=True)


def test_when_reading_is_grouped_then_every_initiative_is_in_one_group(real):
    study, rows = real
    table = transfer.reading_shares(study, rows, transfer.labels(study))
    assert table["initiatives"].sum() == len(rows)


def test_when_statements_are_counted_then_documents_are_resampled():
    statements = pd.DataFrame(
        {"strategy_planned": ["yes"] * 9 + ["no"], "document_id": ["a"] * 9 + ["b"]}
    )
    found = transfer.told_share(statements)
    assert (found.value, found.n) == (0.9, 10)
    assert (found.low, found.high) == (0, 1)  # two documents that disagree settle nothing


# Planted truths


def test_when_there_is_little_planning_then_most_of_the_silent_must_have_hidden_a_plan(made):
    _, rows = made(LITTLE)
    assert transfer.planned_share(rows).high < 0.5
    assert transfer.tipping(transfer.add_plans(rows), "share") == 40
    assert transfer.states(rows)["silent"] == 50


def test_when_there_is_much_planning_then_there_is_nothing_to_undo(made):
    study, rows = made(MUCH)
    assert transfer.planned_share(rows).low > 0.5
    assert transfer.tipping(transfer.add_plans(rows), "share") == 0
    assert all(found.low > 0.5 for found in transfer.denominators(study, rows).values() if found.n)


@pytest.mark.parametrize(("one", "other", "side"), [(20, 5, "above"), (5, 20, "below")])
def test_when_levels_differ_then_the_lead_has_the_right_sign(made, one, other, side):
    rows = [*spread(1995, "elite", one, other), *spread(1995, "grassroots", other, one)]
    found = transfer.planned_by(*made(rows), FRAME)["level"]
    assert transfer.planned_lead(found["elite"], found["grassroots"]).side_of(0) == side


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


# The chapters


@pytest.mark.parametrize("chapter", ["transfer", "transfer_record"])
def test_when_the_frame_changes_then_the_chapter_stands(chapter, monkeypatch, tmp_path):
    file = paths.CHAPTERS / f"{chapter}.ipynb"
    said = run_chapter(monkeypatch, file, paths.DATA, tmp_path, break_year=1996, grades=["A"])
    assert not re.search(r"\b(?:nan|inf|None)\b|<NA>", said)


def test_when_there_is_much_planning_then_the_answer_gives_way_to_numbers(
    made, monkeypatch, tmp_path
):
    study, _ = made(MUCH)
    monkeypatch.setattr("tracktwo.open_study", lambda _: study)
    said = run_chapter(monkeypatch, paths.CHAPTERS / "transfer.ipynb", "", tmp_path)
    assert said.startswith(":::{admonition} Left out in this edition")
    assert "on record for 80 of 100 initiatives" in said
