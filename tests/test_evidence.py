"""The chapter on the evidence: what it says of documentation and of checking."""

import pandas as pd
from made_studies import published

from tracktwo import Frame
from tracktwo.chapters import evidence, evidence_words
from tracktwo.measures import PERIODS
from tracktwo.validation.validate import read_descriptor


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
    assert evidence_words.say_checks(pd.Series(outcomes)) == (
        "Of the 4 statements kept, 1 were confirmed as they stood, 2 had their wording, speaker or "
        "year corrected, 1 could not be seen again and 0 were not checked."
    )
    fields = next(
        r["schema"]["fields"] for r in read_descriptor()["resources"] if r["name"] == "statements"
    )
    allowed = next(f for f in fields if f["name"] == "source_check")["constraints"]["enum"]
    assert set(allowed) == set(evidence_words.CHECKS)


def test_when_rows_are_left_out_then_the_way_to_the_frame_counts_them():
    table = evidence.steps_table(Frame(), published())
    assert list(table.columns) == ["Step", "Left out", "Kept"]
    assert table["Left out"].sum() == table["Kept"].iloc[0] - table["Kept"].iloc[-1]
