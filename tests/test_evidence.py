"""The chapter on the evidence: what it says of documentation and of checking."""

import pandas as pd
from made_studies import published, write_planted_study

from tracktwo import Frame, open_study
from tracktwo.analysis.agreement import alpha, code_sets
from tracktwo.analysis.measures import PERIODS
from tracktwo.chapters.evidence import results as evidence
from tracktwo.claims.claims import test_claim as claim_result


def graded(**periods):
    """Return initiatives: for each period how many have grade A and how many B."""
    pairs = [
        (period, grade)
        for period, counts in zip(PERIODS, periods.values(), strict=True)
        for grade, n in zip("AB", counts, strict=True)
        for _ in range(n)
    ]
    rows = pd.DataFrame(pairs, columns=["period", "evidence_grade"])
    return rows.assign(evidence_grade=pd.Categorical(rows["evidence_grade"], list("ABC")))


def test_when_periods_are_compared_then_each_has_its_own_share():
    better = evidence.best_documented(graded(before=(20, 20), after=(39, 1)))
    assert (better["before"], better["after"]) == (0.5, 0.975)
    assert better["difference"].side_of(0) == "above"
    worse = evidence.best_documented(graded(before=(39, 1), after=(20, 20)))
    assert worse["difference"].side_of(0) == "below"
    same = evidence.best_documented(graded(before=(5, 5), after=(6, 4)))
    assert same["difference"].side_of(0) == "open"


def test_when_checks_are_told_then_every_outcome_of_the_schema_is_counted():
    for table in ("initiatives", "statements"):
        check = getattr(published(), table)["source_check"]
        counts = evidence.outcomes(check)
        assert list(counts) == list(published().category_labels(table, "source_check"))
        assert sum(counts.values()) == len(check)


def test_when_rows_were_checked_then_the_table_counts_every_row_of_every_search():
    study = published()
    table = evidence.check_table(study)
    outcomes = study.category_labels("statements", "source_check").values()
    assert (table[list(outcomes)].sum(axis=1) == table["Rows"]).all()
    kinds = table["Found by"].str.startswith("Initiatives")
    counted = [table.loc[kinds, "Rows"].sum(), table.loc[~kinds, "Rows"].sum()]
    assert counted == [len(study.initiatives), len(study.statements)]
    borderline = table.loc[kinds, "Borderline"].astype(int)
    assert borderline.sum() == study.initiatives["borderline"].sum()


def test_when_searches_are_told_apart_then_the_least_agreed_code_is_that_of_the_codes():
    study = published()
    agreed = evidence.wave_agreement(study)
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


def test_when_the_data_hold_no_later_search_then_nothing_is_counted(tmp_path):
    study = open_study(write_planted_study(tmp_path / "made", [(1995, "elite")] * 3))
    assert set(evidence.wave_agreement(study)["search"]) == {"first search"}
    assert evidence.gap_found(study, Frame()) == {"n": 0, "grassroots": 0, "early": 0}
    assert evidence.years_in_doubt(Frame().select(study)) == {"n": 0, "share": 0, "best": 0}


def test_when_a_year_is_in_doubt_then_it_is_counted_whatever_the_grade(tmp_path):
    folder = write_planted_study(tmp_path / "made", [(1995, "elite")] * 4, uncertain="start_year")
    doubt = evidence.years_in_doubt(Frame().select(open_study(folder)))
    assert doubt == {"n": 4, "share": 1, "best": 4}


def test_when_statements_voice_propositions_then_they_are_counted_as_c5_counts_them():
    study = published()
    told = study.wide_statements()["transfer_proposition"].notna().sum()
    shared = claim_result("C5", study, Frame()).parts[0].estimate
    counts = evidence.voiced(study, Frame())
    assert (counts["shared"], counts["propositions"]) == (round(shared.value * shared.n), shared.n)
    assert counts["statements"] == told


def test_when_rows_are_left_out_then_the_way_to_the_frame_counts_them():
    table = evidence.steps_table(Frame(), published())
    assert list(table.columns) == ["Step", "Left out", "Kept"]
    assert table["Left out"].sum() == table["Kept"].iloc[0] - table["Kept"].iloc[-1]
