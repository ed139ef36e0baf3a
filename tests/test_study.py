import dataclasses

import pandas as pd
import pytest
from small_study import edit, write_small_study

from tracktwo import Study, open_study


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_small_study(tmp_path_factory.mktemp("data") / "study")


@pytest.fixture(scope="module")
def study(folder):
    return open_study(folder)


def test_when_opened_then_columns_have_the_types_of_the_schema(study):
    rows = study.initiatives
    assert str(rows["start_year"].dtype) == "Int64" and rows["start_year"].isna().sum() == 1
    assert rows["borderline"].tolist() == [False, True, False]
    assert rows["borderline"].dtype == bool
    assert str(rows["name"].dtype) == "str" and rows["location"].isna().sum() == 1
    assert list(rows["scope"].cat.categories) == ["binational", "regional", "citizens_only"]
    assert rows["convenors"].tolist() == [("Anna A.", "Basil B."), ("Anna A.",), ()]
    assert study.timeline["date"].tolist() == [pd.Timestamp("1993-09-13")]
    assert study.facts["value"].tolist() == [79, 1992, 2004]
    assert rows.index.tolist() == [0, 1, 2]


def test_when_path_is_relative_then_it_is_below_the_root(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert open_study("data").digest == open_study().digest


def test_when_opened_then_fields_cannot_be_replaced(study):
    with pytest.raises(dataclasses.FrozenInstanceError):
        study.digest = "other"
    assert isinstance(study, Study) and study.digest in repr(study)


def test_when_data_change_then_the_digest_changes(study, tmp_path):
    other = write_small_study(tmp_path / "other")
    assert open_study(other).digest == study.digest
    edit(other, "inventory/initiatives.csv", ",1995,", ",1996,")
    assert open_study(other).digest != study.digest


def test_when_wide_then_every_code_is_a_column(study):
    wide = study.wide()
    inventory = study.codebook[study.codebook["part"] == "inventory"]
    for variable, value in zip(inventory["variable"], inventory["value"], strict=True):
        assert wide[f"{variable}_{value}"].dtype == bool
    assert wide.index.name == "id" and wide.index.tolist() == study.initiatives["id"].tolist()
    assert wide["participants_grassroots"].tolist() == [True, True, False]
    assert wide["participants_professional"].tolist() == [False, True, False]
    assert not wide["issue_refugees"].any()
    assert wide["name"].tolist() == study.initiatives["name"].tolist()
    assert wide.columns.is_unique


def test_when_wide_then_single_variables_are_ordered_as_in_the_codebook(study):
    wide = study.wide()
    assert wide["focus"].tolist() == ["relationship", "both", "outcome"]
    assert list(wide["focus"].cat.categories) == list(study.labels("focus"))
    assert wide["transfer_planned"].tolist() == ["not_documented", "partial", "yes"]


def test_when_wide_by_a_coder_then_the_codes_are_theirs(tmp_path):
    folder = write_small_study(tmp_path / "study")
    edit(folder, "inventory/codes.csv", "coder_2,focus,relationship", "coder_2,focus,outcome")
    study = open_study(folder)
    assert study.wide("coder_2")["focus"].iloc[0] == "outcome"
    assert study.wide("coder_1")["focus"].iloc[0] == "relationship"


def test_when_statements_are_wide_then_document_and_speaker_are_beside_them(study):
    wide = study.wide_statements()
    assert wide.index.tolist() == ["talk-1999-s01", "talk-1999-s02"]
    assert wide["side"].tolist() == ["israeli", "palestinian"]
    assert wide["event_kind"].tolist() == ["lecture", "lecture"]
    assert str(wide["year"].dtype) == "Int64" and wide["side"].dtype == "category"
    assert wide["approach_psychological"].tolist() == [False, True]
    assert wide["transfer_proposition"].isna().tolist() == [True, False]


@pytest.mark.parametrize("method", ["wide", "wide_statements"])
def test_when_coder_is_unknown_then_the_known_are_named(study, method):
    with pytest.raises(ValueError, match=r"'bob'.*coder_1, coder_2, consensus"):
        getattr(study, method)("bob")


def test_when_labels_are_asked_for_then_they_come_from_the_codebook(study):
    assert study.labels("transfer_planned")["partial"] == "Activity, no plan"
    assert list(study.labels("valence", "practitioners")) == [
        "positive",
        "negative",
        "mixed",
        "neutral",
    ]


def test_when_variable_or_part_is_unknown_then_the_known_are_named(study):
    with pytest.raises(ValueError, match="participants, focus"):
        study.labels("mood")
    with pytest.raises(ValueError, match="inventory, practitioners"):
        study.coders("nobody")


def test_when_published_study_is_wide_then_no_initiative_is_lost():
    study = open_study()
    assert len(study.wide()) == len(study.initiatives)
    assert len(study.wide_statements()) == len(study.statements)
    assert study.coders()[-1] == "consensus"


def test_when_a_wide_table_is_written_to_then_the_next_one_is_as_before(study):
    first = study.wide()
    first["name"], first["new"] = "changed", 1
    first.loc[first.index[0], "summary"] = "changed"
    assert "new" not in study.wide() and "changed" not in [*study.wide()["name"]]
    assert study.wide()["summary"].iloc[0] == study.initiatives["summary"].iloc[0] != "changed"
