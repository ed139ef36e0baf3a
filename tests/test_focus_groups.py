"""Chapter `focus_groups`: counts by hand, planted truths, thin data."""

import json
import re

import numpy as np
import pandas as pd
import pytest
from made_statements import say, write_statements
from made_studies import published

from tracktwo import Frame, open_study
from tracktwo.analysis import agreement
from tracktwo.analysis.voices import select_statements
from tracktwo.chapters.focus_groups import chapter as groups
from tracktwo.chapters.focus_groups import check_words as check_words
from tracktwo.chapters.focus_groups import checks as checks
from tracktwo.chapters.focus_groups import more_plots as more_plots
from tracktwo.chapters.focus_groups import more_words as more_words
from tracktwo.chapters.focus_groups import plots as plots
from tracktwo.chapters.focus_groups import saturation as saturation
from tracktwo.chapters.focus_groups import together as together
from tracktwo.chapters.focus_groups import voices as heard
from tracktwo.chapters.focus_groups import words as words
from tracktwo.chapters.focus_groups.results import analyse, tell_focus_groups
from tracktwo.drawing.svg import chart_to_svg
from tracktwo.telling.tables import as_myst

FRAME = Frame()
THEMES = groups.theme_labels(published())

BY_HAND = [
    say("A", "asymmetry", document="one"),
    say("A", "asymmetry", "reentry", document="two", question="what_failed"),
    say("B", "reentry", document="two", side="palestinian", level="grassroots"),
    say("C", "donor_funding", document="three", side="palestinian", level="grassroots"),
]


def crowd(n, *themes, **more):
    """Return a statement each of `n` voices."""
    name = f"{more.get('side', 'israeli')} {more.get('level', 'elite')} {more.get('question', '')}"
    return [say(f"{name} {i}".strip(), *themes, **more) for i in range(n)]


BY_SIDE = [
    *crowd(20, "asymmetry"),
    *crowd(20, "reentry", side="palestinian"),
]
BY_LEVEL = [
    *crowd(20, "official_support"),
    *crowd(20, "personal_change", level="grassroots"),
    *crowd(20, "official_support", side="palestinian"),
    *crowd(20, "personal_change", side="palestinian", level="grassroots"),
]
ALIKE = [
    *crowd(20, "asymmetry", "reentry"),
    *crowd(20, "asymmetry", "reentry", side="palestinian", level="grassroots"),
]
ASKED = [
    *crowd(20, "donor_funding", question="what_failed"),
    *crowd(20, "media_visibility", question="what_worked"),
    *crowd(20, "reentry", question="how_to_improve"),
]
THIN = {
    "one statement": [say("A", "asymmetry")],
    "one voice a side": [say("A", "reentry"), say("B", "reentry", side="palestinian")],
    "one theme alone": crowd(12, "asymmetry"),
    "one side alone": crowd(12, "asymmetry", "reentry", question="what_failed"),
    "third parties alone": crowd(12, "reentry", side="third_party", level="researcher"),
    "one document": [
        say(f"{side} {i}", "asymmetry", document="one", side=side, level=level, question=question)
        for i in range(12)
        for side, level, question in (
            ("israeli", "elite", "what_worked"),
            ("palestinian", "grassroots", "what_failed"),
        )
    ],
    "meetings alone": crowd(12, "asymmetry", kind="public_event"),
    "one voice everywhere": [say("A", t, document=f"d-{t}".replace("_", "-")) for t in THEMES],
    "a proposition in one document": [
        say("A", "asymmetry", codes=[("transfer_proposition", "critical_mass")]),
        say("B", "reentry"),
    ],
}


@pytest.fixture(autouse=True)
def few_draws(monkeypatch):
    """Draw less often: these tests look at what is said, not at the third digit."""
    monkeypatch.setattr(together, "SHUFFLES", 200)
    monkeypatch.setattr(agreement, "RESAMPLES", 50)


@pytest.fixture
def made(tmp_path):
    def make(said):
        return open_study(write_statements(tmp_path / "made", said))

    return make


def everything(study):
    """Return all that the chapter draws, says and tabulates of a data set."""
    r = analyse(study, FRAME)
    charts = [
        plots.plot_differences(r.sides, r.levels, r.order),
        plots.plot_groups(r.by_side, r.by_level, r.order),
        plots.plot_comparison(r.by_question, r.outcomes, r.order, plots.QUESTION_LOOK, ("a", "b")),
        plots.plot_comparison(r.by_stand_in, r.stand_ins, r.order, plots.STAND_IN_LOOK, ("a", "b")),
        more_plots.plot_pairs(r.pairs, r.pair_order, r.labels),
        more_plots.plot_voices(r.voices),
        more_plots.plot_years(r.years),
        more_plots.plot_concentration(r.held),
        more_plots.plot_saturation(r.saturated),
    ]
    said = [
        *(getattr(text, "text", text) for text in tell_focus_groups(r).values()),
        words.title_differences(r.sides, r.levels),
        words.title_groups(r.by_side, r.by_level),
        words.title_questions(r.outcomes),
        more_words.title_pairs(r.pairs, r.labels),
        more_words.title_voices(r.voices),
        more_words.title_years(r.years),
        more_words.title_concentration(r.held),
        check_words.title_saturation(*r.saturated.values()),
        check_words.title_stand_ins(r.stand_ins),
        words.alt_differences(r.sides, "a", "b"),
        words.alt_groups(r.by_level),
        more_words.alt_pairs(r.pairs, r.labels, r.pair_order),
        more_words.alt_voices(r.voices),
        more_words.alt_years(r.years),
        more_words.alt_concentration(r.held),
        check_words.alt_saturation(*r.saturated.values()),
    ]
    tables = [
        heard.themes_table(r.shares),
        heard.heard_table(r.rows),
        saturation.saturation_table(r.saturated),
        checks.checks_table(r.checks),
        checks.count_questions(r.rows, study),
    ]
    return charts, said, tables


def check(study):
    charts, said, tables = everything(study)
    for chart in charts:
        spec = chart.to_dict()
        assert json.loads(json.dumps(spec)) == spec
        assert chart_to_svg(spec).startswith("<svg")
    assert all(as_myst(table, "x", "X. n = 1") for table in tables if len(table))
    printed = " ".join([*map(str, said), *(table.to_csv(na_rep="nan") for table in tables)])
    assert not re.search(r"\bnan\b|\bNone\b(?! of)", printed), printed


# Everything that is drawn and said


def test_when_data_are_published_then_everything_can_be_drawn_and_said():
    check(published())


@pytest.mark.parametrize("said", THIN.values(), ids=THIN)
def test_when_data_are_thin_then_everything_can_still_be_drawn_and_said(made, said):
    check(made(said))


# Counts by hand


def test_when_statements_were_looked_for_on_purpose_then_nothing_here_counts_them(made):
    said = [*BY_SIDE, *crowd(30, "donor_funding", level="grassroots", wave="transfer")]
    searched, spontaneous = analyse(made(said), FRAME), len(BY_SIDE)
    assert len(searched.rows) == spontaneous
    assert searched.shares.set_index("theme").loc["donor_funding", "voices"] == 0
    assert set(searched.checks["statements"]) <= {spontaneous, *range(spontaneous)}
    coded = searched.checks[searched.checks["choice"].str.startswith("Codes of")]
    assert len(coded) and (coded["statements"] == spontaneous).all()
    assert tell_focus_groups(searched)["purpose"].startswith("30 more statements")
    assert tell_focus_groups(analyse(made(BY_SIDE), FRAME))["purpose"] == ""


def test_when_a_voice_joins_documents_then_they_are_one_family(made):
    rows = select_statements(made(BY_HAND), FRAME)
    one, two, joined, apart = groups.families(rows)
    assert one == two == joined != apart


def test_when_a_voice_repeats_a_theme_then_it_counts_once(made):
    rows = select_statements(made(BY_HAND), FRAME)
    shares = heard.theme_shares(rows, THEMES).set_index("theme")
    assert shares.loc["asymmetry", ["statements", "documents", "voices"]].tolist() == [2, 2, 1]
    assert shares.loc["reentry", ["statements", "documents", "voices"]].tolist() == [2, 1, 2]
    assert shares.loc["asymmetry", "share"] == pytest.approx(1 / 3)
    counts = groups.count_raised(groups.raised(rows, THEMES, "side"), THEMES, "side")
    reentry = counts[counts["theme"] == "reentry"].set_index("group")
    assert reentry["voices"].to_dict() == {"israeli": 1, "palestinian": 1}
    assert reentry["n"].to_dict() == {"israeli": 1, "palestinian": 2}


def test_when_voices_are_counted_then_sides_levels_and_weights_are_those_of_the_data(made):
    rows = select_statements(made(BY_HAND), FRAME)
    voices = heard.count_voices(rows).set_index(["side", "level"])["voices"]
    assert voices["Israeli", "elite"] == 1 and voices["Palestinian", "grassroots"] == 2
    assert voices.sum() == 3
    held = heard.concentration(rows)
    assert held.loc[held["of"] == "speakers", "share"].tolist() == [0.5, 0.75, 1.0]
    assert held.loc[held["of"] == "documents", "share"].tolist() == [0.5, 0.75, 1.0]
    assert heard.held_by(held, "speakers", 0.1) == 0.5
    table = heard.heard_table(rows).set_index("Group")
    assert table.loc["Palestinian", ["Voices", "Documents", "Statements"]].tolist() == [2, 2, 2]


def test_when_groups_are_compared_then_difference_and_interval_are_those_of_the_shares(made):
    other = crowd(10, "reentry", side="palestinian")
    said = [*crowd(10, "asymmetry"), *other, *crowd(5, "reentry", level="donor")]
    result = groups.compare_sides(select_statements(made(said), FRAME), THEMES)
    row = result.set_index("theme").loc["asymmetry"]
    assert (row["one"], row["other"]) == (pytest.approx(10 / 15), 0)
    assert row["difference"] == pytest.approx(10 / 15)
    assert row["wide_low"] <= row["low"] < row["difference"] < row["high"] <= row["wide_high"]
    assert row["found"] == groups.CLEAR
    assert result.set_index("theme").loc["reentry", "difference"] == pytest.approx(5 / 15 - 1)
    assert (result["found"] == groups.CLEAR).sum() == 2


def test_when_all_voices_share_one_document_then_nothing_is_resampled_and_the_floor_holds(made):
    rows = select_statements(made(THIN["one document"]), FRAME)
    row = groups.compare_sides(rows, THEMES).set_index("theme").loc["asymmetry"]
    p = 13 / 14  # twelve of twelve, with a yes and a no added
    assert row["high"] == pytest.approx(1.959964 * np.sqrt(2 * p * (1 - p) / 14))


def test_when_a_group_has_fewer_than_ten_voices_then_it_is_not_compared(made):
    said = [*crowd(9, "asymmetry"), *crowd(10, "reentry", side="palestinian")]
    assert groups.compare_sides(select_statements(made(said), FRAME), THEMES).empty


def test_when_themes_are_dealt_out_then_every_row_and_column_keeps_its_number():
    rng = np.random.default_rng(1)
    dealt = rng.random((31, 7)) < 0.3
    before = dealt.copy()
    for _ in range(5):
        together.trade(dealt, rng)
    assert (dealt != before).any()
    assert (dealt.sum(axis=0) == before.sum(axis=0)).all()
    assert (dealt.sum(axis=1) == before.sum(axis=1)).all()


def test_when_themes_are_raised_together_then_the_pair_is_found_and_set_side_by_side(made):
    said = [
        *(say(f"A {i}", "asymmetry", "reentry") for i in range(20)),
        *(say(f"B {i}", "donor_funding", "media_visibility") for i in range(20)),
        *(say(f"C {i}", t) for i, t in enumerate(["asymmetry", "donor_funding"])),
    ]
    rows = select_statements(made(said), FRAME)
    pairs = together.pair_themes(rows, THEMES, "document_id")
    pairs.index = [frozenset(pair) for pair in zip(pairs["one"], pairs["other"], strict=True)]
    tied = pairs.loc[[frozenset({"asymmetry", "reentry"})]].iloc[0]
    assert (tied["together"], tied["found"]) == (20, together.MORE)
    assert tied["jaccard"] == pytest.approx(20 / 21)
    assert pairs.loc[[frozenset({"asymmetry", "donor_funding"})]].iloc[0]["found"] == together.LESS
    order = together.order_themes(together.incidence(rows, THEMES, "document_id"))
    assert abs(order.index("asymmetry") - order.index("reentry")) == 1
    assert "Asymmetry".lower() in more_words.title_pairs(pairs.reset_index(drop=True), THEMES)


def test_when_documents_are_read_then_codes_found_are_those_of_the_orders():
    table = pd.DataFrame({"a": [True, True], "b": [True, False], "c": [False, False]})
    result = saturation.saturate(table, near=1)
    assert (result.codes, result.used, result.single) == (3, 2, 1)
    first, last = result.curve.iloc[0], result.curve.iloc[1]
    # The first document has two codes or one, by the order; both together have two.
    assert first["found"] == pytest.approx(1.5, abs=0.06) and last["found"] == 2
    assert first["new"] == first["found"] and last["new"] == pytest.approx(2 - first["found"])
    assert (result.nearly_low, result.nearly_high) == (1, 2)


def test_when_paraphrases_are_chosen_then_no_speaker_or_document_comes_twice(made):
    said = [
        say("A", "asymmetry", check="not_seen"),
        say("B", "asymmetry", "reentry"),
        say("C", "asymmetry"),
        say("C", "reentry", document="other"),
        say("D", "reentry", side="palestinian"),
    ]
    rows = select_statements(made(said), FRAME)
    chosen = heard.choose_paraphrases(rows, heard.theme_shares(rows, THEMES))
    assert chosen["chosen_for"].tolist() == ["Asymmetry", "Re-entry", "Re-entry"]
    assert chosen["voice"].tolist() == ["C", "B", "D"]
    everyone = select_statements(published(), FRAME)
    many = heard.choose_paraphrases(everyone, heard.theme_shares(everyone, THEMES))
    assert many["voice"].is_unique and many["document_id"].is_unique
    table = heard.paraphrases_table(chosen, {})
    assert "%7C" in table.iloc[0, 2] and "\\|" in table.iloc[0, 1]
    assert not re.search(r"[“”\"]", table.iloc[0, 1])


# Planted truths


def told(study):
    results = analyse(study, FRAME)
    numbers = tell_focus_groups(results)
    return results, {key: getattr(value, "text", value) for key, value in numbers.items()}


def test_when_sides_differ_then_every_sentence_says_so(made):
    results, said = told(made(BY_SIDE))
    assert "two of the 20 themes differ clearly" in said["answer-sides"]
    assert "Israeli ones raise asymmetry" in said["answer-sides"]
    assert "Palestinian ones raise re-entry" in said["answer-sides"]
    title = words.title_differences(results.sides, results.levels)
    assert (
        title
        == "Themes that differ clearly: two of 20 (asymmetry and re-entry) between the two sides"
    )
    assert said["answer-levels"].startswith("There are too few elite or grassroots voices")


def test_when_levels_differ_then_the_answer_turns_to_levels(made):
    _, said = told(made(BY_LEVEL))
    assert "none of the 20 themes" in said["answer-sides"]
    assert "elite ones raise official support" in said["answer-levels"]
    assert "the level at which they work" in said["answer-divide"]
    assert "Of these, official support and personal change stay clear" in said["answer-robust"]


def test_when_nobody_differs_then_nothing_is_claimed(made):
    results, said = told(made(ALIKE))
    assert said["answer-divide"].endswith("neither their side nor their level.")
    assert words.title_questions(results.outcomes).startswith("Too few answers")
    assert said["answer-robust"] == ""


def test_when_success_and_failure_have_their_themes_then_the_answer_names_them(made):
    results, said = told(made(ASKED))
    assert "media and visibility when they tell what worked" in said["answer-outcomes"]
    assert "of donor funding when they tell what failed" in said["answer-outcomes"]
    assert "clearly sets it apart is re-entry" in said["advice"]
    assert words.title_questions(results.outcomes) == (
        "Success is told in terms of media and visibility and failure is told in terms of donor "
        "funding"
    )


def test_when_meetings_are_missing_or_alone_then_it_is_said(made):
    _, said = told(made(ALIKE))
    assert said["meetings"].startswith("There is no meeting")


def test_when_meetings_speak_of_other_things_then_it_is_said(made):
    apart = [*crowd(20, "asymmetry"), *crowd(20, "reentry", level="donor", kind="roundtable")]
    results, said = told(made(apart))
    assert "clearly apart: " in said["meetings"]
    assert "differ clearly on" in check_words.title_stand_ins(results.stand_ins)
