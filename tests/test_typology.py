"""The typology on planted truths and thin data: what is found follows."""

import csv
import json
import re

import pytest
from made_studies import ALWAYS, write_planted_study
from typology_pages import everything, results

from tracktwo import Frame, open_study
from tracktwo.analysis.approaches import ALL
from tracktwo.chapters.approaches_record import results as record
from tracktwo.chapters.typology import cards as typology_cards
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


def test_when_approaches_are_distinct_then_none_overlap_and_each_is_told(plant):
    found = results(*plant(APART))
    several, overlap = (part.estimate for part in found["c9"].parts)
    assert several.value == overlap.value == 0
    assert [row.auc.low > 0.9 for row in found["told"].itertuples() if row.source == ALL] == [
        True
    ] * 4
    assert set(found["contrasts"]) == {"level", "focus", "period"}
    assert found["contrasts"]["level"]["psychological"].value == 1
    assert found["contrasts"]["level"]["realistic_interest"].low < -0.3
    assert all(found["contrasts"]["period"][code].value == 0 for code in FOUR)


def test_when_two_approaches_are_one_then_they_meet_beyond_chance(plant):
    found = results(*plant(SAME))
    assert [p.side for p in found["c9"].parts] == ["predicted", "other"]
    more, _, _ = record.sides(found["pairs"])
    assert more == ["psychological with constructivist"]


def test_when_an_approach_is_missing_then_its_card_says_so(plant):
    study, rows = plant(MISSING)
    found = results(study, rows)
    assert (found["shares"]["initiatives"] > 0).sum() == 3
    assert claim_result("C8", study, FRAME).parts[1].side == "other"
    card = typology_cards.type_card(study, rows, found["marks"], "capacity_building")
    assert card.columns[1] == "0 of 39 initiatives"
    assert "No initiative" in card.iloc[-1, 1]


def test_when_approaches_go_with_nothing_then_they_cannot_be_told(plant):
    found = results(*plant(SHUFFLED))
    assert all(row.auc.low < 0.5 for row in found["told"].itertuples() if row.source == ALL)


# Thin data


@pytest.mark.parametrize("initiatives", THIN.values(), ids=THIN)
def test_when_data_are_thin_then_everything_can_still_be_drawn_and_tabled(plant, initiatives):
    charts, text = everything(*plant(initiatives))
    for chart in charts:
        spec = chart.to_dict()
        assert json.loads(json.dumps(spec)) == spec
        assert chart_to_svg(spec).startswith("<svg")
    assert not re.search(r"\bnan\b|\binf\b", text, re.IGNORECASE)
