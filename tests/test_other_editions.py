"""Every chapter on other data and other frames: it stands, and says nothing that is not so."""

import functools
import re

import pytest
from made_studies import quick_verdicts, write_planted_study
from run_chapter import run_chapter

import tracktwo
from tracktwo import open_study
from tracktwo.book.toc import chapter_files
from tracktwo.claims import verdicts
from tracktwo.ground import paths

FILES = chapter_files()
FEW = [(1995, "elite"), (2002, "grassroots")] * 2
MANY = [(year, level) for year in range(1994, 2004) for level in ("elite", "grassroots")] * 2


@pytest.fixture(scope="module", params=[FEW, MANY], ids=["few rows", "many rows"])
def data(request, tmp_path_factory):
    return write_planted_study(tmp_path_factory.mktemp("made") / "data", request.param)


@pytest.fixture
def quick(monkeypatch):
    """Let verdicts rest on a few specifications."""
    reach = functools.cache(lambda study, frame: quick_verdicts(study))
    monkeypatch.setattr(verdicts, "reach", reach)
    monkeypatch.setattr(tracktwo, "open_study", functools.cache(open_study))
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
