"""Rounds of coding: declared by a data set, or made of every two coders in their order."""

import json

import pytest
from small_study import edit, write_small_study

from tracktwo import open_study
from tracktwo.data.validation.problems import DataError
from tracktwo.data.validation.rounds import DESCRIPTOR, read_rounds

CODERS = ["anna", "ben", "cleo", "consensus"]


def declare(folder, rounds, table="codes"):
    text = json.dumps({"resources": [{"name": table, "coding": {"rounds": rounds}}]})
    (folder / DESCRIPTOR).write_text(text, encoding="utf-8")


def test_when_rounds_are_declared_then_they_keep_their_names_and_order(tmp_path):
    declare(tmp_path, {"third": ["ben", "cleo"], "human check": ["anna", "consensus"]})
    found, problems = read_rounds(tmp_path, "codes", CODERS)
    assert not problems
    assert [*found.items()] == [("third", ("ben", "cleo")), ("human check", ("anna", "consensus"))]


@pytest.mark.parametrize(
    ("coders", "rounds"),
    [
        (["consensus"], {}),
        (["anna", "consensus"], {}),
        (["consensus", "anna", "ben"], {"first": ("anna", "ben")}),
        (CODERS, {"first": ("anna", "ben")}),
        (["a", "b", "c", "consensus", "d"], {"first": ("a", "b"), "second": ("c", "d")}),
    ],
)
def test_when_rounds_are_not_declared_then_every_two_coders_are_one(tmp_path, coders, rounds):
    assert read_rounds(tmp_path, "codes", coders) == (rounds, [])
    declare(tmp_path, {"other": ["x", "y"]}, table="statement_codes")  # says nothing of this table
    assert read_rounds(tmp_path, "codes", coders) == (rounds, [])


def test_when_no_rounds_are_declared_on_purpose_then_there_are_none(tmp_path):
    declare(tmp_path, {})
    assert read_rounds(tmp_path, "codes", CODERS) == ({}, [])


@pytest.mark.parametrize(
    ("rounds", "found"),
    [
        ({"first": ["anna", "bne"]}, "first: ['anna', 'bne'], of whom the table has no bne"),
        ({"first": ["anna", "anna"]}, "first: ['anna', 'anna']"),
        ({"first": ["anna"]}, "first: ['anna']"),
        ({"first": ["anna", "ben", "cleo"]}, "first: ['anna', 'ben', 'cleo']"),
        ({"first": "anna"}, "first: anna"),
        (
            {"first": [["anna"], "ben"]},
            "first: [['anna'], 'ben'], of whom the table has no ['anna']",
        ),
    ],
)
def test_when_a_round_is_not_two_coders_of_the_table_then_it_is_refused(tmp_path, rounds, found):
    declare(tmp_path, {**rounds, "second": ["ben", "cleo"]})
    none, (problem,) = read_rounds(tmp_path, "codes", CODERS)
    assert none == {}
    assert (problem.file, problem.column) == (DESCRIPTOR, "codes: coding: rounds")
    assert problem.found == found and "anna, ben, cleo, consensus" in problem.allowed


def test_when_a_key_of_the_descriptor_is_given_twice_then_none_is_taken(tmp_path):
    twice = '{"resources": [{"name": "codes", "coding": {"rounds": {}, "rounds": {}}}]}'
    (tmp_path / DESCRIPTOR).write_text(twice, encoding="utf-8")
    none, (problem,) = read_rounds(tmp_path, "codes", CODERS)
    assert none == {} and "rounds is given 2 times in one object" in problem.found


@pytest.mark.parametrize("rounds", [["anna", "ben"], "anna", 2])
def test_when_rounds_are_no_object_then_it_is_said_what_they_should_be(tmp_path, rounds):
    declare(tmp_path, rounds)
    _, (problem,) = read_rounds(tmp_path, "codes", CODERS)
    assert problem.found == str(rounds) and '{"first": ["one", "two"]}' in problem.allowed


@pytest.mark.parametrize("name", ["", " first", "a  b", "**bold**", "a_b", "`x`", "one\ntwo"])
def test_when_a_name_could_not_stand_in_a_sentence_then_it_is_refused(tmp_path, name):
    declare(tmp_path, {name: ["anna", "ben"]})
    _, (problem,) = read_rounds(tmp_path, "codes", CODERS)
    assert problem.allowed.startswith("names of rounds in letters and digits, joined by")


@pytest.mark.parametrize(
    "text", ["{", "[]", "null", '{"resources": 3}', '{"resources": [{}]}', "\udc80", "[" * 99999]
)
def test_when_the_descriptor_cannot_be_read_then_it_is_one_problem_of_it(tmp_path, text):
    folder = write_small_study(tmp_path / "made")
    (folder / DESCRIPTOR).write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(DataError) as caught:
        open_study(folder)
    (problem,) = caught.value.problems
    assert problem.file == DESCRIPTOR and problem.row is None
    assert problem.allowed == "a Frictionless data package in JSON"


def test_when_a_data_set_declares_rounds_then_the_study_has_them_and_another_digest(tmp_path):
    folder = write_small_study(tmp_path / "made")
    before = open_study(folder)
    declare(folder, {"human check": ["coder_2", "consensus"]})
    study = open_study(folder)
    assert study.rounds["inventory"] == {"human check": ("coder_2", "consensus")}
    assert study.rounds["practitioners"] == before.rounds["practitioners"]
    assert study.digest != before.digest


def test_when_a_declared_coder_has_no_codes_then_the_data_set_is_refused(tmp_path):
    folder = write_small_study(tmp_path / "made")
    declare(folder, {"first": ["coder_1", "coder_2"]})
    open_study(folder)
    edit(folder, DESCRIPTOR, "coder_2", "coder_3")
    with pytest.raises(DataError, match=r"coder_3.*coder_1, coder_2, consensus"):
        open_study(folder)
