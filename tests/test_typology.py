"""The typology on planted truths and thin data: titles and answers follow."""

import csv
import json
import re

import pytest
from made_studies import ALWAYS, write_planted_study
from typology_pages import everything, results

from tracktwo import Frame, open_study
from tracktwo.chapters.typology import cards as typology_cards
from tracktwo.chapters.typology import titles as titles
from tracktwo.chapters.typology import told as typology_told
from tracktwo.claims.claims import test_claim as claim_result
from tracktwo.drawing.svg import chart_to_svg

FRAME = Frame()
FOUR = ["psychological", "constructivist", "capacity_building", "realistic_interest"]
YEARS = range(1992, 2005)
KINDS = {  # an approach, and what always goes with it
    "psychological": ("grassroots", "focus=relationship format=dialogue_encounter issue=youth"),
    "constructivist": ("mixed", "focus=both format=media_production issue=media"),
    "capacity_building": ("professional", "focus=both format=training issue=health"),
    "realistic_interest": ("elite", "focus=outcome format=draft_agreement issue=refugees"),
}
REST = "transfer=none_documented transfer_planned=not_documented"


@pytest.fixture
def plant(tmp_path):
    """Return a function that makes a study of (year, level, codes), and its rows."""

    def make(initiatives):
        starts = [(year, level) for year, level, _ in initiatives]
        folder = write_planted_study(tmp_path / "made", starts, codes=REST)
        with (folder / "inventory/codes.csv").open("a", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            for number, (_, _, codes) in enumerate(initiatives):
                for coder in ("coder_1", "coder_2", "consensus"):
                    writer.writerows(
                        [f"made-{number:03}", coder, *code.split("=")] for code in codes.split()
                    )
        study = open_study(folder)
        return study, FRAME.select(study)

    return make


def coded(*approaches, kind=None):
    level, codes = KINDS[kind or approaches[0]]
    return level, " ".join([codes, *(f"approach={a}" for a in approaches)])


APART = [(year, *coded(a)) for year in YEARS for a in FOUR]
SAME = [
    (year, *coded(*(("psychological", "constructivist") if a == "constructivist" else (a,))))
    for year in YEARS
    for a in FOUR[1:]
]
MISSING = [(year, *coded(a)) for year in YEARS for a in FOUR if a != "capacity_building"]
SHUFFLED = [
    (year, *coded(FOUR[(i + j) % 4], kind=FOUR[(i * i + j * 3 + i // 4) % 4]))
    for i, year in enumerate(YEARS)
    for j in range(4)
]
ONE = ALWAYS.replace(REST, "")
THIN = {
    "one": [(1995, "elite", ONE)],
    "none dated": [(None, "elite", ONE), (None, "grassroots", ONE)],
    "none after the break": [(1995, "grassroots", ONE)] * 3,
    "all alike": [(year, "grassroots", ONE) for year in YEARS],
    "all with all": [(year, *coded(*FOUR)) for year in YEARS],
    "two kinds": [(year, *coded(FOUR[year % 2])) for year in YEARS],
}


# Planted truths


def test_when_approaches_are_distinct_then_titles_and_answers_say_so(plant):
    found = results(*plant(APART))
    said = found["said"]
    assert "mutually exclusive here" in said["answer-overlap"]
    assert "No two coincide" in said["answer-overlap"]
    assert "far better than by guessing" in said["answer-told"]
    assert titles.title_told(found["told"]).startswith("4 of 4 approaches")
    assert titles.title_combinations(found["found"], found["c9"]).startswith(
        "No initiative combines approaches"
    )


def test_when_two_approaches_are_one_then_titles_and_answers_say_so(plant):
    study, rows = plant(SAME)
    found = results(study, rows)
    assert "At least two are as good as one" in found["said"]["answer-overlap"]
    assert [p.side for p in found["c9"].parts] == ["predicted", "other"]
    more = "More often together than by chance\\: psychological with constructivist"
    assert titles.title_pairs(found["pairs"]).startswith(more)


def test_when_an_approach_is_missing_then_it_is_said(plant):
    study, rows = plant(MISSING)
    found = results(study, rows)
    assert found["said"]["answer-found"] == (
        "Of the 4 approaches, 3 are found; no initiative is coded capacity building."
    )
    assert claim_result("C8", study, FRAME).parts[1].side == "other"
    card = typology_cards.type_card(study, rows, found["marks"], "capacity_building")
    assert card.columns[1] == "0 of 39 initiatives"
    assert "No initiative" in card.iloc[-1, 1]


def test_when_approaches_go_with_nothing_then_they_cannot_be_told(plant):
    found = results(*plant(SHUFFLED))
    aucs = [row.told.auc for row in found["told"].itertuples() if row.source == typology_told.ALL]
    assert all(auc.low < 0.5 for auc in aucs)
    assert titles.title_told(found["told"]).startswith("0 of 4")
    assert "none can be told" in found["said"]["answer-told"]


# Thin data


@pytest.mark.parametrize("initiatives", THIN.values(), ids=THIN)
def test_when_data_are_thin_then_everything_can_still_be_drawn_and_said(plant, initiatives):
    charts, said = everything(*plant(initiatives))
    for chart in charts:
        spec = chart.to_dict()
        assert json.loads(json.dumps(spec)) == spec
        assert chart_to_svg(spec).startswith("<svg")
    assert not re.search(r"\bnan\b|\binf\b", said, re.IGNORECASE)
