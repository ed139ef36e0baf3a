"""The typology's numbers: worked by hand, and on the published data."""

import re

import numpy as np
import pandas as pd
import pytest
from made_studies import published

from tracktwo import Frame
from tracktwo.analysis.approaches import approach_marks, predict, score
from tracktwo.analysis.estimates import resample
from tracktwo.chapters.approaches_record import map as typology_map
from tracktwo.chapters.approaches_record import results as record
from tracktwo.chapters.typology import cards as typology_cards
from tracktwo.chapters.typology import results as typology
from tracktwo.drawing.labels import place_labels, text_width

FRAME = Frame()
FOUR = ["psychological", "constructivist", "capacity_building", "realistic_interest"]
LABELS = {code: code.replace("_", " ").capitalize() for code in FOUR}


def marks_of(*sets):
    """Return a table of marks, one row for each set of approaches."""
    return pd.DataFrame([{code: code in given for code in FOUR} for given in sets])


# By hand


def test_when_approaches_are_independent_then_the_coverage_is_found_again():
    # Chances 1/2 and 1/2: 3/4 have one or both; among them each approach has 2/3, both 1/3.
    z = record.coverage(np.array([2 / 3, 2 / 3]))
    assert z == pytest.approx(0.75)
    assert 2 / 3 * 2 / 3 * z == pytest.approx(1 / 3)
    assert record.coverage(np.array([0.5, 0.5])) == 0  # nobody has two
    assert record.coverage(np.array([1.0, 0.5])) == pytest.approx(1)
    both = record.coverage(np.array([[2 / 3, 2 / 3], [0.5, 0.5]]))
    assert both == pytest.approx([0.75, 0])


def test_when_combinations_are_counted_then_each_stands_under_its_names():
    marks = marks_of(*[FOUR[:1]] * 3, *[FOUR[1:2]] * 3, *[FOUR[:2]] * 3)
    found = typology.count_combinations(marks, LABELS)
    assert found["initiatives"].tolist() == [3, 3, 3]
    assert found["combination"].tolist() == [
        "Constructivist",
        "Psychological",
        "Psychological + Constructivist",
    ]


def test_when_two_approaches_meet_then_overlap_lift_and_correlation_are_those_by_hand():
    marks = marks_of(*[FOUR[:1]] * 3, *[FOUR[1:2]] * 3, *[FOUR[:2]] * 3)
    row = record.pair_table(marks, LABELS).iloc[0]
    assert (row["both"], row["expected"]) == (3, pytest.approx(3))
    assert row["jaccard"].value == pytest.approx(3 / 9)
    assert row["chance"] == pytest.approx(3 / 9)
    assert row["lift"].value == pytest.approx(1)
    assert row["lift"].low <= 1 <= row["lift"].high  # two approaches meet as they must
    assert row["phi"].value == pytest.approx((3 / 9 - 4 / 9) / (2 / 3 * 1 / 3))


def test_when_approaches_never_meet_though_they_could_then_the_interval_is_not_empty():
    marks = marks_of(*[FOUR[:1]] * 20, *[FOUR[1:2]] * 20, *[FOUR[2:]] * 20)
    row = record.pair_table(marks, LABELS).iloc[0]
    assert row["lift"].value == 0 < row["lift"].high


def test_when_a_model_is_scored_then_the_score_is_that_by_hand():
    p, yes = np.array([0.9, 0.4, 0.6, 0.1]), np.array([True, True, False, False])
    found = score(p, yes, resample(pd.Series(range(4))).astype(float))
    assert found.value == pytest.approx(3 / 4) and found.low < 3 / 4 < found.high


def test_when_fewer_than_ten_say_yes_then_nothing_is_predicted():
    given = pd.DataFrame({"x": range(30)})
    assert predict(given, np.arange(30) < 9) is None
    assert predict(given, np.arange(30) < 10) is not None


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
    marks = approach_marks(rows, LABELS)
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


def test_when_speech_and_practice_differ_then_the_gap_has_an_interval_of_both():
    talk = pd.DataFrame(
        {
            "label": ["A", "A"],
            "group": [typology.WORD, typology.DEED],
            "share": [0.5, 0.2],
            "low": [0.4, 0.1],
            "high": [0.6, 0.3],
            "n": [10, 20],
        }
    )
    found = typology.gap(talk, "A")
    assert (found.value, found.n) == (pytest.approx(0.3), 30)
    assert found.low == pytest.approx(0.3 - np.hypot(0.1, 0.1))


def test_when_an_approach_stands_alone_then_its_share_is_that_by_hand():
    marks = marks_of(FOUR[:1], FOUR[:1], FOUR[:2], FOUR[2:3])
    assert typology.alone(marks)[FOUR[:3]].tolist() == pytest.approx([2 / 3, 0, 1])


# The published data


def test_when_examples_are_chosen_then_they_have_that_approach_alone():
    study = published()
    rows = FRAME.select(study)
    marks = approach_marks(rows, LABELS)
    for code in FOUR:
        links = typology_cards.examples(study, rows, marks, code)
        keys = [re.search(r"\(#initiative-([^)]+)\)", link)[1] for link in links]
        assert len(set(keys)) == typology_cards.EXAMPLES
        assert (marks.loc[keys].sum(axis=1) == 1).all() and marks.loc[keys, code].all()


def test_when_the_map_is_published_then_its_farthest_approaches_are_those_by_hand():
    study = published()
    rows = FRAME.select(study)
    space = typology_map.map_practice(study, rows, approach_marks(rows, LABELS))
    own = space.points[space.points["kind"] == "approach"].set_index("label")[["x", "y"]]
    far = {
        (a, b): np.hypot(*(own.loc[a] - own.loc[b])) for a in own.index for b in own.index if a < b
    }
    assert set(typology_map.farthest(space)) == set(max(far, key=far.get))


def test_when_members_are_listed_then_every_initiative_stands_under_its_combination():
    study = published()
    rows = FRAME.select(study)
    marks = approach_marks(rows, LABELS)
    listed = typology.members(rows, marks, study.labels("approach"))
    counted = typology.count_combinations(marks, study.labels("approach"))
    counts = counted.set_index("combination")["initiatives"].to_dict()
    assert listed["combination"].value_counts().to_dict() == counts
    assert listed["id"].tolist() == rows.index.tolist()
