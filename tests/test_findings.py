"""The first page and the chapter on trust: what is said of each claim, and what would turn it."""

import csv
import functools

import numpy as np
import pandas as pd
import pytest
from made_studies import published, published_verdicts, write_planted_study
from plain_intervals import share
from recoded import check_all

from tracktwo import Frame, open_study
from tracktwo.analysis.estimates import Estimate
from tracktwo.analysis.measures import GRASSROOTS, PROFESSIONAL, STRICT, in_doubt
from tracktwo.chapters.index import plots as index_plots
from tracktwo.chapters.index import results as index
from tracktwo.chapters.trust import plots as trust_plots
from tracktwo.chapters.trust import results as trust
from tracktwo.chapters.verdicts import results as chapter
from tracktwo.claims.claims import ClaimResult, Part
from tracktwo.claims.influence import usual, without_doubt
from tracktwo.claims.standing import COULD_FAIL, margin, replacement, standing, standings
from tracktwo.claims.turning import LOST, turn, turnings
from tracktwo.claims.verdicts import Verdict, reach
from tracktwo.ground import paths
from tracktwo.words.claim_words import turning_table

FRAME = Frame()
NOTHING = pd.DataFrame({"part": [], "low": [], "high": []})
NAMES = {"C1": "one", "C3": "three", "C5": "five"}


def found(claim="C1", verdict="supported", low=0.6, high=0.8, agree=1.0, border=0.5):
    value = (low + high) / 2
    part = Part("share", "share", Estimate(value, low, high, 50), ">", border, 50)
    curve = pd.DataFrame({"part": [0]})
    return Verdict(ClaimResult(claim, (part,)), curve, (agree,), (verdict,))


@functools.cache
def rows():
    return FRAME.select(published())


# What is said of a claim


@pytest.mark.parametrize(
    ("judged", "said"),
    [
        (found(), "held"),
        (found(low=0.505, high=0.7), "held only just"),
        (found(agree=0.91), "held only just"),
        (found(verdict="leaning"), "held only just"),
        (found(verdict="leaning", low=0.4, high=0.7), "undecided"),
        (found(verdict="unclear"), "undecided"),
        (found(verdict="not supported"), "did not hold"),
        (found(verdict="cannot be tested"), "not really tested"),
        (found("C9"), "not really tested"),
        (found("C9", "unclear"), "not really tested"),
        (found("C9", "not supported"), "did not hold"),
    ],
)
def test_when_a_claim_is_judged_then_its_standing_says_what_that_is_worth(judged, said):
    assert standing(judged, NOTHING) == said


@pytest.mark.parametrize(("low", "said"), [(0.55, "held"), (0.45, "held only just")])
def test_when_an_interval_needs_the_rows_in_doubt_then_the_claim_held_only_just(low, said):
    certain = pd.DataFrame({"part": [0], "low": [low], "high": [0.9]})
    assert standing(found(), certain) == said


def test_when_standings_are_published_then_every_claim_has_one_and_a_judgement():
    said = standings(published(), FRAME, published_verdicts())
    assert said.keys() == COULD_FAIL.keys() == published_verdicts().keys()
    counted = index.count_standings(said)
    assert counted.pop("claims") == sum(counted.values()) == len(said)


@pytest.mark.parametrize(
    ("after", "said"),
    [(["elite"] * 5 + ["grassroots"] * 6, "no sign of it"), (["grassroots"] * 30, "undecided")],
)
def test_when_elites_go_on_beside_the_grassroots_then_there_is_no_sign_of_a_replacement(
    tmp_path, after, said
):
    starts = [(1995, "elite")] * 9 + [(2002, level) for level in after]
    made = open_study(write_planted_study(tmp_path / "made", starts))
    assert replacement(FRAME.select(made), FRAME) == said
    assert replacement(rows(), FRAME) == "no sign of it"


def test_when_years_in_doubt_are_left_out_of_the_curve_then_it_is_as_if_of_the_rows():
    certain = trust.over_time(rows()[~in_doubt(rows(), "start_year")], FRAME)
    by_claim = {"C1": [certain.lead], "C2": [certain.trend, certain.change]}
    for claim, estimates in by_claim.items():
        one = without_doubt(published_verdicts()[claim], usual(published(), FRAME, claim))
        for column in ("value", "low", "high"):
            assert list(one[column]) == pytest.approx(
                [getattr(e, column) for e in estimates], abs=2e-3
            )
    assert without_doubt(published_verdicts()["C7"], {}).empty


@pytest.mark.parametrize(
    ("low", "high", "relation", "expected"),
    [(0.6, 0.8, ">", 1.0), (0.2, 0.4, "<", 1.0), (0.4, 0.8, ">", -0.5), (0.5, 0.5, ">", np.nan)],
)
def test_when_a_margin_is_taken_then_it_is_in_half_widths(low, high, relation, expected):
    part = Part("share", "share", Estimate(0.5, low, high, 9), relation, 0.5, 9)
    assert margin(part) == pytest.approx(expected, nan_ok=True)


# What would turn it


@pytest.mark.parametrize(("count", "n", "relation"), [(58, 95, ">"), (56, 250, "<"), (50, 95, ">")])
def test_when_cases_are_coded_otherwise_then_the_fewest_are_those_of_plain_python(
    count, n, relation
):
    part = Part("share", "share", Estimate(count / n, *share(count, n)[1:], n), relation, 0.5, n)
    step, near = (-1, 0) if relation == ">" else (1, 1)
    moved = [count + step * i for i in range(n)]
    crosses = next(i for i, c in enumerate(moved) if step * (share(c, n)[1 + near] - 0.5) >= 0)
    reverses = next(i for i, c in enumerate(moved) if step * (c / n - 0.5) >= 0)
    assert turn(part) == (crosses, reverses)
    assert crosses <= reverses


def test_when_a_share_is_of_other_things_than_its_cases_then_they_would_be_lost():
    name = "share of propositions voiced on both sides"
    seven = Part("share", name, Estimate(7 / 12, 0.32, 0.81, 12), ">", 0.5, 29)
    five = Verdict(ClaimResult("C5", (seven,)), pd.DataFrame({"part": [0]}), (0.2,), ("leaning",))
    turned = turnings(published(), rows(), FRAME, {"C5": five})
    assert (turned["C5"].kind, turned["C5"].crosses, turned["C5"].reverses) == (LOST, 0, 1)
    table = turning_table(turned, NAMES, {"C5": "undecided"})
    assert list(table["Interval reaches the border with"]) == ["none: it includes it already"]
    assert list(table["Direction reverses with"]) == ["1"]


def test_when_evidence_is_spread_over_documents_then_the_share_of_c6_turns_at_the_border():
    turned = turnings(published(), rows(), FRAME, {"C6": published_verdicts()["C6"]})["C6"]
    part = published_verdicts()["C6"].result.parts[0]
    count = round(part.estimate.value * part.estimate.n)
    assert (count + turned.reverses) / part.estimate.n >= 0.5
    assert (count + turned.reverses - 1) / part.estimate.n < 0.5
    assert 0 < turned.crosses <= turned.reverses


# The claims table


def test_when_a_guard_fails_then_the_claim_s_numbers_stand_in_the_sentence_s_place(tmp_path):
    table = index.Findings({"C1": found(), "C4": found("C4")}, dict(C1="held", C4="held"), tmp_path)
    table.row("C1", "They rose.", when=True)
    assert table.holds
    table.row("C4", "They fell.", chip="**did not hold**", cases="9 ideas", when=False)
    table.row("C9", "Not in the data.", when=False)
    one, two = table.table().to_dict("records")
    assert not table.holds
    assert one["What the evidence shows"] == "**C1** They rose."
    assert two["What the evidence shows"] == "**C4** share: 70% (60%\u00a0to\u00a080%)"
    assert two["Estimate, interval, border"].text.endswith(".svg) 70% (60%\u00a0to\u00a080%)")
    assert (two["Verdict"], two["Cases"]) == ("**held**", "9 ideas")
    assert (tmp_path / "claim-c4.svg").is_file()


# By hand


def records(name):
    with (paths.DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def test_when_plans_are_counted_then_as_in_plain_python():
    told = [
        row["value"]
        for row in records("practitioners/codes.csv")
        if row["coder"] == "consensus" and row["variable"] == "strategy_planned"
    ]
    documented = published_verdicts()["C7"].result.parts[0].estimate
    spoken = index.planning(published(), FRAME, documented).spoken
    assert (spoken.n, round(spoken.value * spoken.n)) == (len(told), told.count("yes"))


def test_when_starts_a_year_are_counted_then_as_in_plain_python():
    who = {}
    for row in records("inventory/codes.csv"):
        if row["coder"] == "consensus" and row["variable"] == "participants":
            who.setdefault(row["initiative_id"], set()).add(row["value"])
    kinds = {
        STRICT: lambda w: "elite" in w and "grassroots" not in w,
        PROFESSIONAL: lambda w: w == {"professional"},
        GRASSROOTS: lambda w: w == {"grassroots"},
    }
    inside = [
        (int(r["start_year"]), who[r["id"]])
        for r in records("inventory/initiatives.csv")
        if r["start_year"] and r["scope"] != "citizens_only" and r["unit"] == "initiative"
    ]
    expected = [
        sum(first <= year <= last and is_kind(w) for year, w in inside)
        for is_kind in kinds.values()
        for first, last in ((1992, 2000), (2001, 2004))
    ]
    starts = index.count_starts(rows(), FRAME)
    assert list(starts.pace["starts"]) == expected
    assert list(starts.pace["pace"]) == [n / (9, 4)[i % 2] for i, n in enumerate(expected)]
    assert starts.n == sum(expected)


def test_when_evidence_is_counted_then_as_in_plain_python():
    initiatives = list(records("inventory/initiatives.csv"))
    gap = [r for r in initiatives if r["wave"] == "gap"]
    counted = trust.collected(published(), rows(), FRAME)
    assert counted.initiatives == len(initiatives)
    assert counted.mended == sum(r["source_check"] == "corrected" for r in initiatives)
    early = [r for r in gap if r["start_year"] and 1992 <= int(r["start_year"]) <= 2000]
    assert (counted.gap, counted.gap_early) == (len(gap), len(early))
    doubtful = {r["id"] for r in initiatives if "start_year" in r["uncertain"].split(" | ")}
    assert counted.doubtful == len(doubtful & set(rows().index))
    began = {r["id"] for r in initiatives if "1992" <= r["start_year"] <= "2004"}
    assert counted.dated == len(began & set(rows().index))
    assert counted.doubtful_dated == len(doubtful & began & set(rows().index))


# Thin data


@pytest.mark.parametrize(
    "starts",
    [
        [(1995, "elite")],
        [(None, "elite"), (None, "grassroots")],
        [(2002, "grassroots")] * 3,
        [(1995, "mixed"), (2003, "mixed")],
    ],
)
def test_when_data_are_thin_then_charts_and_tables_still_stand(tmp_path, starts):
    study = open_study(write_planted_study(tmp_path / "made", starts))
    chosen, verdicts = FRAME.select(study), reach(study, FRAME)
    said = standings(study, FRAME, verdicts)
    plans = index.planning(study, FRAME, index.part_of(verdicts, "C7").estimate)
    choices = trust.choices_table(verdicts, dict.fromkeys(verdicts, "claim"))
    charts = [
        index_plots.plot_pace(index.count_starts(chosen, FRAME)),
        index_plots.plot_focus(chosen),
        index_plots.plot_planning(plans),
        trust_plots.plot_choices(choices),
    ]
    tables = [
        trust.doubts_table(trust.doubts(chosen, FRAME)),
        turning_table(turnings(study, chosen, FRAME, verdicts), NAMES, said),
        chapter.parts_table(verdicts),
        chapter.standing_table(verdicts, said, COULD_FAIL, replacement(chosen, FRAME)),
    ]
    check_all(charts, [], tables)
