"""People beside the machine: what is compared, what moves, and what the page says of it."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from made_studies import published, quick_verdicts
from run_chapter import run_chapter

import tracktwo
from tracktwo import Frame
from tracktwo.analysis.people import (
    agreement_with,
    corrected_shares,
    differing_codes,
    differing_rows,
    with_person,
)
from tracktwo.analysis.sample import sample_of
from tracktwo.claims import verdicts
from tracktwo.data.package import Coder
from tracktwo.ground import paths

ORDER = {"relationship": "outcome", "outcome": "both", "both": "relationship"}


def with_rivera(change, n=20):
    """Return the published study with a person who coded `n` rows as the consensus did.

    `change` says what becomes of a code of the focus.
    """
    study = published()
    ids = sample_of(study, Frame(), "initiatives", 1, n)
    codes = study.codes
    theirs = codes[(codes["coder"] == "consensus") & codes["initiative_id"].isin(ids)]
    theirs = theirs.assign(coder="rivera")
    focus = theirs["variable"] == "focus"
    theirs.loc[focus, "value"] = theirs.loc[focus, "value"].map(change)
    coders = {**study.package.coders, "rivera": Coder(kind="person")}
    return dataclasses.replace(
        study,
        codes=pd.concat([codes, theirs], ignore_index=True),
        package=dataclasses.replace(study.package, coders=coders),
        partial={"inventory": ("rivera",)},
    )


def same(value):
    return value


def test_when_a_person_codes_as_the_book_does_then_all_agree_and_nothing_moves():
    study = with_rivera(same)
    agreed = agreement_with(study, "inventory", "rivera", "consensus")
    own = agreed[agreed["round"] == "with consensus"]
    assert (own["alpha"] == 1).all() and all(x.value == 1 and x.low < 0.9 for x in own["same"])
    assert differing_codes(study, "inventory", "rivera", "consensus").empty
    assert differing_rows(study, "inventory", "rivera", "consensus").empty
    changed = with_person(study, "inventory", "rivera", "consensus")
    key = ["initiative_id", "coder", "variable", "value"]
    old, new = (s.codes.sort_values(key).reset_index(drop=True) for s in (study, changed))
    pd.testing.assert_frame_equal(old, new)


def test_when_a_person_always_differs_then_rows_codes_and_shares_say_so():
    study = with_rivera(ORDER.get)
    rows = differing_rows(study, "inventory", "rivera", "consensus")
    assert len(rows) == 20 and set(rows["variable"]) == {"focus"}
    codes = differing_codes(study, "inventory", "rivera", "consensus")
    assert (codes["both"] == 0).all() and codes["person"].sum() == codes["other"].sum() == 20
    assert [a.value < 0 for a in codes["alpha"]] == [True] * 3
    changed = with_person(study, "inventory", "rivera", "consensus")
    now, then = (s.wide()["focus"] for s in (study, changed))
    assert (now != then).sum() == 20 and changed.coders() == study.coders()


def with_reader(finished):
    """Return the study with a person who coded ten statements as the book does, but no proposition.

    `finished` says whether the question on the theme, which must be answered, was answered.
    """
    study = published()
    codes = study.statement_codes
    own = codes[codes["coder"] == "consensus"]
    voiced = own.loc[own["variable"] == "transfer_proposition", "statement_id"].unique()[:10]
    left = ["transfer_proposition", "proposition_support", *([] if finished else ["theme"])]
    theirs = own[own["statement_id"].isin(voiced) & ~own["variable"].isin(left)]
    codes = pd.concat([codes, theirs.assign(coder="rivera")], ignore_index=True)
    return dataclasses.replace(study, statement_codes=codes), list(voiced)


def propositions(study, rows):
    codes = study.statement_codes
    own = codes[(codes["coder"] == "consensus") & codes["statement_id"].isin(rows)]
    return own[own["variable"] == "transfer_proposition"]


def test_when_a_person_finds_none_on_a_finished_row_then_they_differ_and_the_code_goes():
    study, voiced = with_reader(finished=True)
    rows = differing_rows(study, "practitioners", "rivera", "consensus")
    found = rows[rows["variable"] == "transfer proposition"]
    assert set(found["key"]) == set(voiced) and (found["person"] == "").all()
    agreed = agreement_with(study, "practitioners", "rivera", "consensus").set_index("variable")
    own = agreed[agreed["round"] == "with consensus"]
    assert own.loc["transfer proposition", "same"].value == 0
    assert own.loc["transfer proposition", "n"] == own.loc["theme", "n"] == len(voiced)
    assert own.loc["strategy planned", "same"].value == own.loc["approach", "same"].value == 1
    codes = differing_codes(study, "practitioners", "rivera", "consensus")
    assert codes.loc[codes["variable"] == "transfer proposition", "other"].sum() == len(voiced)
    assert len(propositions(study, voiced)) == len(voiced)
    changed = with_person(study, "practitioners", "rivera", "consensus")
    assert propositions(changed, voiced).empty
    others = set(study.statements["id"]) - set(voiced)
    assert len(propositions(changed, others)) == len(propositions(study, others)) > 0


def test_when_a_row_is_not_finished_then_what_was_left_open_is_no_answer():
    study, voiced = with_reader(finished=False)
    assert differing_rows(study, "practitioners", "rivera", "consensus").empty
    changed = with_person(study, "practitioners", "rivera", "consensus")
    assert len(propositions(changed, voiced)) == len(voiced)


def test_when_shares_are_corrected_then_it_is_by_the_difference_in_the_sample():
    study = with_rivera(lambda value: "both", 60)
    found = corrected_shares(study, Frame(), "rivera", ("focus",)).set_index("code")
    frame = Frame().select(study)
    sample = frame.loc[sample_of(study, Frame(), "initiatives", 1, 60)]
    for value, label in study.labels("focus").items():
        given = (frame["focus"] == value).mean()
        more = (value == "both") - (sample["focus"] == value).mean()
        row = found.loc[label]
        assert row["machine"] == pytest.approx(given)
        assert row["corrected"].value == pytest.approx(np.clip(given + more, 0, 1), abs=1e-6)
        assert row["corrected"].low <= row["corrected"].value <= row["corrected"].high


def test_when_samples_are_drawn_many_times_then_the_corrected_share_is_right_on_average():
    rng, n, size = np.random.default_rng(1), 2_000, 250
    truth = rng.random(size) < 0.4
    machine = np.where(rng.random(size) < 0.2, ~truth, truth)
    found = []
    for _ in range(n):
        drawn = rng.choice(size, 40, replace=False)
        found.append(machine.mean() + truth[drawn].mean() - machine[drawn].mean())
    assert abs(machine.mean() - truth.mean()) > 0.02  # the machine alone would be wrong
    assert abs(np.mean(found) - truth.mean()) < 0.005


@pytest.fixture
def chapter(monkeypatch, tmp_path):
    """Return a function that runs the chapter on a study and returns what it says."""

    def run(study):
        reached = quick_verdicts(published(), "C1", "C8")
        monkeypatch.setattr(verdicts, "reach", lambda study, frame: reached)
        monkeypatch.setattr(tracktwo, "open_study", lambda path: study)
        return run_chapter(monkeypatch, paths.CHAPTERS / "coders.ipynb", "data", tmp_path)

    return run


def test_when_nobody_is_a_person_then_the_page_says_so_and_leads_to_the_page_for_coders(chapter):
    said = chapter(published())
    assert "**No person has coded a row of these data yet.**" in said and "{doc}`code`" in said
    assert "coders-people" not in said and "difference estimator" not in said


def test_when_a_person_coded_a_sample_then_the_page_holds_it_against_the_machine(chapter):
    said = chapter(with_rivera(ORDER.get))
    assert "**rivera** coded 20 of 451 initiatives" in said and "No person" not in said
    assert "20 of 20 differences" in said and "](#initiative-" in said
    for name in ("people-initiatives", "codes-initiatives-1", "verdicts-1", "shares-1"):
        assert f"tab-coders-{name}\n" in said
