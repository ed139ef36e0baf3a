"""The typology: hand-worked numbers, planted truths, thin data."""

import csv
import json
import re

import numpy as np
import pandas as pd
import pytest
from made_studies import ALWAYS, published, write_planted_study
from typology_pages import everything, results

from tracktwo import Frame, open_study
from tracktwo.chapters import typology, typology_cards, typology_map, typology_pairs, typology_told
from tracktwo.chapters import typology_titles as titles
from tracktwo.chapters.typology_where import farthest
from tracktwo.claims import test_claim as claim_result
from tracktwo.estimates import resample
from tracktwo.labels import place_labels, text_width
from tracktwo.svg import chart_to_svg

FRAME = Frame()
FOUR = ["psychological", "constructivist", "capacity_building", "realistic_interest"]
LABELS = {code: code.replace("_", " ").capitalize() for code in FOUR}
YEARS = range(1992, 2005)
KINDS = {  # an approach, and what always goes with it
    "psychological": ("grassroots", "focus=relationship format=dialogue_encounter issue=youth"),
    "constructivist": ("mixed", "focus=both format=media_production issue=media"),
    "capacity_building": ("professional", "focus=both format=training issue=health"),
    "realistic_interest": ("elite", "focus=outcome format=draft_agreement issue=refugees"),
}
REST = "transfer=none_documented transfer_planned=not_documented"


def marks_of(*sets):
    """Return a table of marks, one row for each set of approaches."""
    return pd.DataFrame([{code: code in given for code in FOUR} for given in sets])


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


# By hand


def test_when_approaches_are_independent_then_the_coverage_is_found_again():
    # Chances 1/2 and 1/2: 3/4 have one or both; among them each approach has 2/3, both 1/3.
    z = typology_pairs.coverage(np.array([2 / 3, 2 / 3]))
    assert z == pytest.approx(0.75)
    assert 2 / 3 * 2 / 3 * z == pytest.approx(1 / 3)
    assert typology_pairs.coverage(np.array([0.5, 0.5])) == 0  # nobody has two
    assert typology_pairs.coverage(np.array([1.0, 0.5])) == pytest.approx(1)
    both = typology_pairs.coverage(np.array([[2 / 3, 2 / 3], [0.5, 0.5]]))
    assert both == pytest.approx([0.75, 0])


def test_when_combinations_are_counted_then_those_by_chance_add_up_to_all():
    marks = marks_of(*[FOUR[:1]] * 3, *[FOUR[1:2]] * 3, *[FOUR[:2]] * 3)
    found = typology_pairs.count_combinations(marks, LABELS)
    assert found["initiatives"].tolist() == [3, 3, 3]
    assert found["expected"].tolist() == pytest.approx([3, 3, 3])  # the case worked above
    assert found["combination"].tolist() == [
        "Constructivist",
        "Psychological",
        "Psychological + Constructivist",
    ]


def test_when_two_approaches_meet_then_overlap_lift_and_correlation_are_those_by_hand():
    marks = marks_of(*[FOUR[:1]] * 3, *[FOUR[1:2]] * 3, *[FOUR[:2]] * 3)
    row = typology_pairs.pair_table(marks, LABELS).iloc[0]
    assert (row["both"], row["expected"]) == (3, pytest.approx(3))
    assert row["jaccard"].value == pytest.approx(3 / 9)
    assert row["chance"] == pytest.approx(3 / 9)
    assert row["lift"].value == pytest.approx(1)
    assert row["lift"].low < 1 < row["lift"].high
    assert row["phi"].value == pytest.approx((3 / 9 - 4 / 9) / (2 / 3 * 1 / 3))


def test_when_approaches_never_meet_though_they_could_then_the_interval_is_not_empty():
    marks = marks_of(*[FOUR[:1]] * 20, *[FOUR[1:2]] * 20, *[FOUR[2:]] * 20)
    row = typology_pairs.pair_table(marks, LABELS).iloc[0]
    assert row["lift"].value == 0 < row["lift"].high


def test_when_a_model_is_scored_then_the_score_is_that_by_hand():
    p, base = np.array([0.9, 0.4, 0.6, 0.1]), np.full(4, 0.5)
    yes = np.array([True, True, False, False])
    told = typology_told.measure((p, base), yes, resample(pd.Series(range(4))).astype(float))
    assert told.auc.value == pytest.approx(3 / 4)
    losses = -np.log([0.9, 0.4, 0.4, 0.9])
    assert told.gained.value == pytest.approx(1 - losses.sum() / (4 * np.log(2)))


def test_when_fewer_than_ten_say_yes_then_nothing_is_predicted():
    given = pd.DataFrame({"x": range(30)})
    assert typology_told.predict(given, np.arange(30) < 9) is None
    assert typology_told.predict(given, np.arange(30) < 10) is not None


def test_when_a_speaker_speaks_often_then_it_is_one_voice():
    said = pd.DataFrame(
        {
            "voice": ["A", "A", "A", "B", "C"],
            "side": ["israeli", "israeli", "israeli", "palestinian", "joint"],
            "document_id": ["d2", "d1", "d1", "d1", "d3"],
            **{f"approach_{code}": [False] * 5 for code in FOUR},
        }
    )
    said.loc[:2, "approach_psychological"] = True
    said.loc[3, "approach_constructivist"] = True
    voices = typology.voices_with_approach(said, LABELS)
    assert voices.index.tolist() == ["A", "B"]
    assert voices["document_id"].tolist() == ["d1", "d1"]
    assert voices["psychological"].tolist() == [True, False]


def test_when_an_approach_is_given_just_where_a_code_is_then_it_lies_on_that_code():
    study = published()
    rows = FRAME.select(study)
    marks = typology.approach_marks(rows, LABELS)
    marks["constructivist"] = (rows["level"] == "grassroots").to_numpy()
    space = typology_map.map_practice(study, rows, marks)
    points = space.points.set_index(["kind", "code"])[["x", "y"]]
    one, other = points.loc[("approach", "constructivist")], points.loc[("level", "grassroots")]
    assert one.tolist() == other.tolist()
    assert 0 < sum(space.shown) < 1


def test_when_names_are_placed_then_none_covers_another_or_a_point():
    points = [(100.0, 100.0), (104.0, 101.0), (101.0, 106.0), (110.0, 99.0), (395.0, 5.0)]
    sizes = [(text_width("Joint research", 11), 12.0)] * len(points)
    places = place_labels(points, sizes, (400, 200))
    boxes = [(x, y - 6, x + w, y + 6) for (x, y), (w, _) in zip(places, sizes, strict=True)]
    for i, a in enumerate(boxes):
        assert a[0] >= 0 and a[2] <= 400 and a[1] >= 0 and a[3] <= 200
        assert not any(a[0] < x < a[2] and a[1] < y < a[3] for x, y in points)
        for b in boxes[:i]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


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


def test_when_examples_are_chosen_then_they_have_that_approach_alone():
    study = published()
    rows = FRAME.select(study)
    marks = typology.approach_marks(rows, LABELS)
    for code in FOUR:
        links = typology_cards.examples(study, rows, marks, code)
        keys = [re.search(r"\(#initiative-([^)]+)\)", link)[1] for link in links]
        assert len(set(keys)) == 3
        assert (marks.loc[keys].sum(axis=1) == 1).all() and marks.loc[keys, code].all()


def test_when_the_map_is_published_then_its_farthest_approaches_are_those_by_hand():
    study = published()
    rows = FRAME.select(study)
    space = typology_map.map_practice(study, rows, typology.approach_marks(rows, LABELS))
    own = space.points[space.points["kind"] == "approach"].set_index("label")[["x", "y"]]
    far = {
        (a, b): np.hypot(*(own.loc[a] - own.loc[b])) for a in own.index for b in own.index if a < b
    }
    assert set(farthest(space)) == {label.lower() for label in max(far, key=far.get)}


# Thin data


@pytest.mark.parametrize("initiatives", THIN.values(), ids=THIN)
def test_when_data_are_thin_then_everything_can_still_be_drawn_and_said(plant, initiatives):
    charts, said = everything(*plant(initiatives))
    for chart in charts:
        spec = chart.to_dict()
        assert json.loads(json.dumps(spec)) == spec
        assert chart_to_svg(spec).startswith("<svg")
    assert not re.search(r"\bnan\b|\binf\b", said, re.IGNORECASE)


def test_when_members_are_listed_then_every_initiative_stands_under_its_combination():
    study = published()
    rows = FRAME.select(study)
    marks = typology.approach_marks(rows, LABELS)
    listed = typology_pairs.members(rows, marks, study.labels("approach"))
    counted = typology_pairs.count_combinations(marks, study.labels("approach"))
    counts = counted.set_index("combination")["initiatives"].to_dict()
    assert listed["combination"].value_counts().to_dict() == counts
    assert listed["id"].tolist() == rows.index.tolist()
