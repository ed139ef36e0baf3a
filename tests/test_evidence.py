"""The chapter on the evidence: what it says of documentation and of checking."""

import pandas as pd
from made_studies import published, write_planted_study

from tracktwo import Frame, open_study
from tracktwo.analysis.agreement import alpha, code_sets
from tracktwo.analysis.measures import PERIODS
from tracktwo.chapters.evidence import check_words as check_words
from tracktwo.chapters.evidence import checks as checks
from tracktwo.chapters.evidence import results as evidence
from tracktwo.chapters.evidence import words as evidence_words
from tracktwo.claims.claims import test_claim as claim_result


def graded(**periods):
    """Return initiatives: for each period how many have grade A and how many B."""
    pairs = [
        (period, grade)
        for period, counts in zip(PERIODS, periods.values(), strict=True)
        for grade, n in zip("AB", counts, strict=True)
        for _ in range(n)
    ]
    return pd.DataFrame(pairs, columns=["period", "evidence_grade"])


def test_when_periods_are_compared_then_the_one_named_first_comes_first():
    better = evidence_words.say_documentation(graded(before=(20, 20), after=(39, 1)))
    assert "after the break are better documented" in better
    assert "(grade A: 98% against 50%)" in better
    worse = evidence_words.say_documentation(graded(before=(39, 1), after=(20, 20)))
    assert "less well documented" in worse and "(grade A: 50% against 98%)" in worse
    same = evidence_words.say_documentation(graded(before=(5, 5), after=(6, 4)))
    assert same.startswith("Later and earlier") and "(grade A: 60% against 50%)" in same


def test_when_checks_are_told_then_every_outcome_of_the_schema_is_counted():
    outcomes = ["corrected", "confirmed", "corrected", "not_seen"]
    said = check_words.say_checks(pd.Series(outcomes), check_words.STATEMENTS, "statements")
    assert said == (
        "Of the 4 statements kept, 1 were confirmed as they stood, 2 had their wording, speaker or "
        "year corrected and 1 could not be seen again."
    )
    words = {"initiatives": check_words.INITIATIVES, "statements": check_words.STATEMENTS}
    for table, told in words.items():
        assert list(told) == list(published().category_labels(table, "source_check"))


def test_when_rows_were_checked_then_the_table_counts_every_row_of_every_search():
    study = published()
    table = checks.check_table(study)
    outcomes = study.category_labels("statements", "source_check").values()
    assert (table[list(outcomes)].sum(axis=1) == table["Rows"]).all()
    kinds = table["Found by"].str.startswith("Initiatives")
    counted = [table.loc[kinds, "Rows"].sum(), table.loc[~kinds, "Rows"].sum()]
    assert counted == [len(study.initiatives), len(study.statements)]
    borderline = table.loc[kinds, "Borderline"].astype(int)
    assert borderline.sum() == study.initiatives["borderline"].sum()


def test_when_searches_are_told_apart_then_the_least_agreed_code_is_that_of_the_codes():
    study = published()
    agreed = checks.wave_agreement(study)
    assert set(agreed["n"]) == {(study.initiatives["wave"] == "first").sum(), 254}
    later = study.initiatives.loc[study.initiatives["wave"] != "first", "id"]
    pair = [
        code_sets(study.codes, later, coder, "transfer_planned")
        for coder in study.rounds["inventory"]["first"]
    ]
    least = min(
        alpha(*([frozenset({code in found}) for found in sets] for sets in pair)).value
        for code in study.labels("transfer_planned")
    )
    row = agreed.query("variable == 'transfer planned' and search == 'later searches'").iloc[0]
    assert row["round"] == "first round" and row["least"] == least
    assert f"transfer planned {least:.2f}" in check_words.say_waves(agreed)


def test_when_the_data_hold_no_later_search_then_the_sentences_say_so(tmp_path):
    study = open_study(write_planted_study(tmp_path / "made", [(1995, "elite")] * 3))
    assert set(checks.wave_agreement(study)["search"]) == {"first search"}
    assert "no later searches" in check_words.say_waves(checks.wave_agreement(study))
    assert check_words.say_gap(study, Frame()) == "They found nothing that is in these data."
    assert check_words.say_doubt(Frame().select(study)).startswith("No starting year")
    assert check_words.say_borderline(study.initiatives).startswith("No row")


def test_when_a_year_is_in_doubt_then_it_is_counted_whatever_the_grade(tmp_path):
    folder = write_planted_study(tmp_path / "made", [(1995, "elite")] * 4, uncertain="start_year")
    said = check_words.say_doubt(Frame().select(open_study(folder)))
    assert said == (
        "The starting year of 4 initiatives inside the frame (100%) is in doubt, 4 of grade A "
        "among them."
    )


def test_when_statements_voice_propositions_then_drift_is_held_against_the_data_as_they_are():
    study = published()
    told = study.wide_statements()["transfer_proposition"].notna().sum()
    shared = claim_result("C5", study, Frame()).parts[0].estimate
    said = check_words.say_drift(study, Frame())
    assert f"{round(shared.value * shared.n)} of {shared.n} propositions are shared" in said
    assert f"{told} statements" in said


def test_when_rows_are_left_out_then_the_way_to_the_frame_counts_them():
    table = evidence.steps_table(Frame(), published())
    assert list(table.columns) == ["Step", "Left out", "Kept"]
    assert table["Left out"].sum() == table["Kept"].iloc[0] - table["Kept"].iloc[-1]
