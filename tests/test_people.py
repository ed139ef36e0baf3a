"""Coders who are people, and coders of a sample: declared, checked, and kept apart."""

import json

import pytest
from small_study import edit, write_small_study

from tracktwo import Frame, open_study
from tracktwo.data.validation.problems import DataError
from tracktwo.data.validation.rounds import DESCRIPTOR

CODES = "inventory/codes.csv"
LAST = "border-talks,consensus,transfer_planned,yes\n"


def declare(folder, *people, **coding):
    coders = {name: {"kind": "person"} for name in people}
    said = {"coders": coders, "resources": [{"name": "codes", "coding": coding}]}
    text = json.dumps(said)
    (folder / DESCRIPTOR).write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    """Return a data set in which Rivera coded the focus of one initiative, and nothing else."""
    write_small_study(tmp_path / "made")
    edit(tmp_path / "made", CODES, LAST, f"{LAST}border-talks,rivera,focus,relationship\n")
    return tmp_path / "made"


def test_when_a_coder_of_a_sample_is_declared_then_gaps_are_allowed(folder):
    with pytest.raises(DataError, match=r"rivera codes 1 of 3"):
        open_study(folder)
    declare(folder, "rivera", partial=["rivera"])
    study = open_study(folder)
    assert study.people() == ["rivera"] and study.partial == {"inventory": ("rivera",)}
    assert study.coders() == ["coder_1", "coder_2", "consensus"]
    assert study.rounds["inventory"] == {"first": ("coder_1", "coder_2")}
    with pytest.raises(ValueError, match="no coder 'rivera'"):
        Frame(coder="rivera").select(study)


def test_when_a_coder_of_a_sample_leaves_the_codebook_then_it_is_still_refused(folder):
    declare(folder, partial=["rivera"])
    edit(folder, CODES, "rivera,focus,relationship", "rivera,focus,nonsense")
    with pytest.raises(DataError, match="nonsense"):
        open_study(folder)


def test_when_a_person_coded_everything_then_they_count_as_any_coder(tmp_path):
    folder = write_small_study(tmp_path / "made")
    before = open_study(folder)
    declare(folder, "coder_2")
    study = open_study(folder)
    assert study.coders() == before.coders() and study.people() == ["coder_2"]


@pytest.mark.parametrize(
    ("coding", "found"),
    [
        ({"partial": ["rivera", "riviera"]}, "partial: found riviera"),
        ({"partial": ["rivera", "consensus"]}, "partial: found consensus"),
        ({"partial": "rivera"}, "partial: found rivera; allowed: a list"),
        ({"partial": ["rivera"], "rounds": {"third": ["coder_1", "rivera"]}}, "no rivera"),
    ],
)
def test_when_the_list_names_nobody_or_a_round_then_it_is_refused(folder, coding, found):
    declare(folder, **coding)
    with pytest.raises(DataError) as caught:
        open_study(folder)
    assert DESCRIPTOR in str(caught.value) and found in str(caught.value)
