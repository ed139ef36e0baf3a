"""Chapter `focus`: hand-computed counts, planted truths, thin data, C3 and C4 by hand."""

import csv
from math import inf, isinf, nan

import pandas as pd
import pytest
from made_studies import published
from recoded import FRAME, check_all, plant, recode

from tracktwo.analysis.estimates import Estimate
from tracktwo.analysis.measures import ELITE, GRASSROOTS, group
from tracktwo.chapters.focus import plots as plots
from tracktwo.chapters.focus import results as focus
from tracktwo.chapters.focus import tables as tables
from tracktwo.chapters.focus.results import BOTH, OUTCOME, RELATIONSHIP, TESTED
from tracktwo.drawing import dots
from tracktwo.drawing.shares import code_shares
from tracktwo.ground import paths
from tracktwo.telling.examples import examples, linked


def spread(counts):
    """Return rows for `plant` from ``{(year, level): [(focus, how many), …]}``."""
    return [(y, lv, f) for (y, lv), parts in counts.items() for f, n in parts for _ in range(n)]


SMALL = spread(
    {
        (1995, "elite"): [(OUTCOME, 3), (BOTH, 1)],
        (1995, "grassroots"): [(RELATIONSHIP, 1), (OUTCOME, 1), (BOTH, 2)],
        (2003, "grassroots"): [(RELATIONSHIP, 4)],
        (2003, "mixed"): [(BOTH, 1)],
    }
)
AS_CLAIMED = spread(
    {
        (y, level): [(main, 4), (other, 1)]
        for y in range(1992, 2005)
        for level, main, other in [
            ("elite", OUTCOME, RELATIONSHIP),
            ("grassroots", RELATIONSHIP, OUTCOME),
        ]
    }
)
SWAP = {"elite": "grassroots", "grassroots": "elite"}
REVERSED = [(year, SWAP[level], key) for year, level, key in AS_CLAIMED]
FLAT = [
    (y, level, key) for y in range(1992, 2005) for level in SWAP for key in (RELATIONSHIP, OUTCOME)
]
THIN = {
    "one": [(1995, "elite", OUTCOME)],
    "none dated": [(None, "elite", BOTH), (None, "grassroots", BOTH)],
    "grassroots alone": [(2002, "grassroots", RELATIONSHIP)] * 3,
    "all mixed": [(1995, "mixed", BOTH), (2003, "mixed", OUTCOME)],
    "two aims alone": [(1995, "elite", BOTH), (1996, "grassroots", BOTH)],
    "perfectly apart": [(1995, "elite", OUTCOME)] * 4 + [(2002, "grassroots", RELATIONSHIP)] * 4,
    "none before the years": [(1985, "elite", OUTCOME)],
}


@pytest.fixture
def made(tmp_path):
    def make(rows):
        study = plant(tmp_path, rows, "focus")
        return study, FRAME.select(study)

    return make


def everything(study, rows):
    """Return all that the chapter draws, says and tabulates, as the notebook calls it."""
    names = focus.labels(study)
    result, read = focus.test_claims(study, FRAME), focus.readings(rows)
    coded = focus.coder_results(study, FRAME)
    profiles = {v: focus.profile(rows, study, v, names, 5) for v in ("approach", "format")}
    rows = rows.assign(group=group(rows))
    shares = code_shares(rows, "group", "focus", names)
    by_period = focus.period_shares(rows, FRAME, names)
    charts = [
        plots.plot_focus(shares, names),
        plots.plot_profile(profiles, names),
        plots.plot_results(read),
        plots.plot_results(coded),
        *([plots.plot_periods(by_period, names)] if by_period else []),
    ]
    printed = [
        tables.tests_table(result, focus.outcome_halves(rows)),
        tables.examples_table(study, rows, names),
        tables.both_table(study, rows),
        tables.periods_table(rows, FRAME, names),
    ]
    said = [focus.odds_number(r.odds).text for r in (*read.values(), *coded.values())]
    return charts, said, printed


# Counts by hand


def test_when_focus_is_counted_by_level_then_shares_and_n_are_those_of_the_rows(made):
    study, rows = made(SMALL)
    table = code_shares(rows, "level", "focus", focus.labels(study))
    found = table.set_index(["label", "focus"])
    assert found.loc[(ELITE, "outcome"), ["initiatives", "n"]].tolist() == [3, 4]
    assert found.loc[(GRASSROOTS, "relationship"), "share"] == 5 / 8
    assert table.groupby("label")["share"].sum().tolist() == pytest.approx([1, 1, 1])


def test_when_claims_are_tested_then_two_aims_count_for_neither_side(made):
    study, rows = made(SMALL)
    result = focus.test_claims(study, FRAME)
    assert (result.relationship.value, result.relationship.n) == (5 / 8, 8)
    assert (result.outcome.value, result.outcome.n) == (3 / 4, 4)
    assert result.odds.n == 12
    assert focus.readings(rows)[TESTED] == result


@pytest.mark.parametrize(
    ("reading", "relationship", "outcome"),
    [
        ("left out", 5 / 6, 3 / 3),
        ("as relationship", 7 / 8, 3 / 4),
        ("as outcome", 5 / 8, 4 / 4),
        ("most against contrast", 5 / 8, 3 / 4),
        ("most for contrast", 7 / 8, 4 / 4),
    ],
)
def test_when_two_aims_are_counted_otherwise_then_the_shares_follow(
    made, reading, relationship, outcome
):
    _, rows = made(SMALL)
    found = focus.readings(rows)[reading]
    shares = (found.relationship.value, found.outcome.value)
    assert shares == pytest.approx((relationship, outcome))


def test_when_readings_bound_the_contrast_then_all_others_lie_between(made):
    _, rows = made(AS_CLAIMED + [(1995, "elite", BOTH), (1995, "grassroots", BOTH)] * 5)
    odds = {name: result.odds.value for name, result in focus.readings(rows).items()}
    assert min(odds, key=odds.get) == "most against contrast"
    assert max(odds, key=odds.get) == "most for contrast"


def test_when_periods_are_compared_then_the_change_is_later_minus_earlier(made):
    _, rows = made(SMALL)
    moved = focus.change(rows, GRASSROOTS, RELATIONSHIP)
    assert (moved.value, moved.n) == (1 - 1 / 4, 8)
    assert focus.change(rows, ELITE, OUTCOME).n == 0


def test_when_examples_are_chosen_then_grade_and_reading_come_first_and_borderline_never():
    study = published()
    rows = FRAME.select(study)
    chosen = examples(study, rows, most=5)
    read = study.sources.query("access == 'read'")["initiative_id"].value_counts()
    assert set(chosen["evidence_grade"]) == {"A"} and not chosen["borderline"].any()
    best = rows[(rows["evidence_grade"] == "A") & ~rows["borderline"]].index
    assert read[chosen.index[0]] == read.reindex(best, fill_value=0).max()
    assert linked(chosen).count("](#initiative-") == 5
    assert linked(chosen.head(0)) == "none"


# Odds ratios without an end


def test_when_an_odds_ratio_has_no_upper_end_then_it_is_said_in_words():
    endless = Estimate(inf, 3.2, inf, 20)
    assert focus.odds_number(endless).text == "at least 3.20"
    assert focus.odds_short(endless) == "no upper end"
    assert focus.odds_number(Estimate(nan, nan, nan, 0)).text == "not defined, for want of cases"


def test_when_an_interval_is_endless_then_its_row_stays_without_a_dot():
    table = pd.DataFrame(
        {"label": ["a", "b"], "share": [2.0, inf], "low": [1.0, 3.0], "high": [4.0, inf]}
    ).assign(words="w")
    spec = dots.plot_intervals("odds", table, ratio=True, border=1).to_dict()
    drawn = [layer for layer in spec["layer"] if layer["data"].get("name") == "odds"]
    assert [row["label"] for row in drawn[0]["data"]["values"]] == ["a"]
    assert drawn[0]["encoding"]["y"]["scale"]["domain"] == ["a", "b"]


# Planted truths


@pytest.mark.parametrize(
    ("truth", "side"),
    [(AS_CLAIMED, "above"), (REVERSED, "below"), (FLAT, "open")],
    ids=["as claimed", "reversed", "flat"],
)
def test_when_a_truth_is_planted_then_both_claims_come_out_on_its_side(made, truth, side):
    study, rows = made(truth)
    found = focus.test_claims(study, FRAME)
    sides = {found.relationship.side_of(0.5), found.outcome.side_of(0.5), found.odds.side_of(1)}
    assert sides == {side}
    assert focus.outcome_halves(rows)["elite"] == found.outcome
    assert focus.change(rows, GRASSROOTS, RELATIONSHIP).side_of(0) == "open"


def test_when_a_focus_grows_then_its_change_is_above_zero(made):
    grown = [(y, "grassroots", OUTCOME if y <= 2000 else RELATIONSHIP) for y in range(1992, 2005)]
    _, rows = made(grown * 4)
    assert focus.change(rows, GRASSROOTS, RELATIONSHIP).value == 1
    assert focus.change(rows, GRASSROOTS, OUTCOME).side_of(0) == "below"


def test_when_elites_and_professionals_differ_then_each_half_has_its_own_share(made):
    study, rows = made([(1995, "elite", OUTCOME), (1995, "professional", RELATIONSHIP)] * 3)
    found = {name: half.value for name, half in focus.outcome_halves(rows).items()}
    assert found == {"elite": 1, "professional": 0}
    assert focus.test_claims(study, FRAME).outcome.value == 0.5


def test_when_one_coder_sees_it_otherwise_then_their_result_stands_under_their_name(made):
    study, _ = made(AS_CLAIMED)
    one_sided = recode(study, "focus", [OUTCOME] * len(AS_CLAIMED), coders=["coder_1"])
    found = focus.coder_results(one_sided, FRAME)
    name = focus.coder_words(one_sided)["coder_1"]
    assert name != "coder_1" and found.pop(name).relationship.value == 0
    assert {result.relationship.value for result in found.values()} == {0.8}


# Thin data


@pytest.mark.parametrize("rows", THIN.values(), ids=THIN)
def test_when_data_are_thin_then_everything_can_still_be_drawn_and_said(made, rows):
    check_all(*everything(*made(rows)))


def test_when_levels_are_perfectly_apart_then_the_odds_have_no_upper_end(made):
    study, _ = made(THIN["perfectly apart"])
    assert isinf(focus.test_claims(study, FRAME).odds.high)


# The published data


def test_when_data_are_published_then_everything_can_be_drawn_and_said():
    study = published()
    check_all(*everything(study, FRAME.select(study)))


def test_when_claims_are_recomputed_by_hand_then_they_are_the_same():
    with (paths.DATA / "inventory/codes.csv").open(encoding="utf-8", newline="") as file:
        codes = [row for row in csv.DictReader(file) if row["coder"] == "consensus"]
    with (paths.DATA / "inventory/initiatives.csv").open(encoding="utf-8", newline="") as file:
        frame = [r for r in csv.DictReader(file) if r["scope"] != "citizens_only"]
    keys = {r["id"] for r in frame if r["unit"] == "initiative"}
    keys -= {r["id"] for r in frame if r["end_year"] and int(r["end_year"]) < 1992}
    keys -= {r["id"] for r in frame if r["start_year"] and int(r["start_year"]) > 2004}
    who, aim = {}, {}
    for row in codes:
        if row["variable"] == "participants":
            who.setdefault(row["initiative_id"], set()).add(row["value"])
        elif row["variable"] == "focus":
            aim[row["initiative_id"]] = row["value"]
    low = [aim[key] for key in keys if who[key] == {"grassroots"}]
    high = [aim[key] for key in keys if "grassroots" not in who[key]]
    result = focus.test_claims(published(), FRAME)
    assert result.relationship.value == pytest.approx(low.count(RELATIONSHIP) / len(low))
    assert result.outcome.value == pytest.approx(high.count(OUTCOME) / len(high))
    assert (result.relationship.n, result.outcome.n) == (len(low), len(high))
