"""Every chapter on other data and other frames: it stands, and says nothing that is not so."""

import re

import pytest
from made_studies import write_planted_study
from run_chapter import make_quick, run_chapter

from tracktwo.book.toc import chapter_files
from tracktwo.ground import paths

FILES = chapter_files()
FEW = [(1995, "elite"), (2002, "grassroots")] * 2
MANY = [(year, level) for year in range(1994, 2004) for level in ("elite", "grassroots")] * 2


@pytest.fixture(scope="module", params=[FEW, MANY], ids=["few rows", "many rows"])
def data(request, tmp_path_factory):
    return write_planted_study(tmp_path_factory.mktemp("made") / "data", request.param)


@pytest.fixture
def quick(monkeypatch):
    make_quick(monkeypatch)
    return monkeypatch


@pytest.mark.parametrize("file", FILES)
def test_when_the_data_are_others_then_a_chapter_stands_and_prints_no_empty_number(
    file, data, quick, tmp_path
):
    said = run_chapter(quick, paths.ROOT / file, data, tmp_path / "figures")
    assert said
    assert not re.search(r"\b(?:nan|inf|NaT)\b|<NA>", said), file


def test_when_the_data_are_others_then_readings_of_the_published_edition_are_left_out(
    data, quick, tmp_path
):
    said = run_chapter(quick, paths.CHAPTERS / "change.ipynb", data, tmp_path / "figures")
    assert "Left out in this edition" in said
