"""What practitioners say: counts by hand, planted truths, thin data, the two chapters."""

import csv
import re

import numpy as np
import pandas as pd
import pytest
from made_statements import say, write_statements
from made_studies import published
from recoded import check_all
from run_chapter import run_chapter

from tracktwo import Frame, open_study
from tracktwo.analysis import agreement, together
from tracktwo.analysis import saturation as saturation
from tracktwo.analysis import themes as groups
from tracktwo.analysis.themes import compare_groups, found
from tracktwo.analysis.voices import (
    PLACEHOLDER,
    pick,
    said_until,
    select_statements,
    with_known_side,
)
from tracktwo.chapters.focus_groups import plots as plots
from tracktwo.chapters.focus_groups import results as main
from tracktwo.chapters.voices import plots as more_plots
from tracktwo.chapters.voices import results as voices
from tracktwo.chapters.voices import tables as tables
from tracktwo.claims.claims import test_claim as claim_result
from tracktwo.claims.statement_curves import shared_in_draws
from tracktwo.drawing.groups import groups_of
from tracktwo.drawing.theme import GROUP_COLOURS, GROUP_SHAPES
from tracktwo.ground import paths

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


def compare_made(rows, themes, what):
    """Compare groups of statements; made studies have the published study's groups."""
    return compare_groups(published(), rows, themes, what)


def heard(study):
    return select_statements(study, FRAME, unprompted=True)


def everything(study):
    """Return all that the chapters draw, tell and tabulate of a data set."""
    rows = heard(study)
    shares = groups.theme_shares(rows, THEMES)
    order = list(shares["label"])
    compared = {what: compare_made(rows, THEMES, what) for what in groups.compared(study)}
    known = groups_of(study)
    counts = {by: voices.count_raised(rows, THEMES, by, known) for by in ("side", "question")}
    saturated = {"Themes": saturation.saturate(saturation.code_documents(study, rows, "theme"))}
    chosen = voices.choose_paraphrases(rows, shares)
    themes = main.main_themes(shares, compared["levels"])
    charts = [
        plots.plot_themes(main.group_shares(study, rows, themes, known), known),
        plots.plot_outcomes(main.outcome_shares(compared["outcomes"])),
        more_plots.plot_groups(counts, order, known),
        more_plots.plot_differences({("a", "b"): compared["sides"]}, order),
        more_plots.plot_pairs(together.pair_themes(rows, THEMES, "document_id")),
        more_plots.plot_years(voices.count_years(rows)),
        more_plots.plot_saturation(saturated),
    ]
    printed = [
        tables.themes_table(shares),
        tables.heard_table(rows, known),
        tables.voices_table(rows, known),
        tables.questions_table(rows, study),
        tables.saturation_table(saturated),
        tables.checks_table(voices.checks(study, FRAME, rows, THEMES, 2012)),
        tables.paraphrases_table(
            chosen, study.labels("question", "practitioners"), known.names["side"]
        ),
    ]
    return charts, [main.answers(rows), main.heard(rows, known)], printed


# Everything that is drawn and told


def test_when_data_are_published_then_everything_can_be_drawn_and_told():
    check_all(*everything(published()))


@pytest.mark.parametrize("said", THIN.values(), ids=THIN)
def test_when_data_are_thin_then_everything_can_still_be_drawn_and_told(made, said):
    check_all(*everything(made(said)))


@pytest.mark.parametrize("chapter", ["focus_groups", "voices"])
@pytest.mark.parametrize("said", [ALIKE, THIN["one statement"]], ids=["alike", "one statement"])
def test_when_the_data_are_others_then_the_chapter_stands(
    chapter, said, made, monkeypatch, tmp_path
):
    made(said)
    file = paths.CHAPTERS / f"{chapter}.ipynb"
    told = run_chapter(monkeypatch, file, tmp_path / "made", tmp_path / "figures")
    assert "Left out in this edition" in told
    assert not re.search(r"\b(?:nan|inf|None)\b|<NA>", told)


# What was said when, and by whose side


def test_when_a_side_is_a_placeholder_then_nothing_counts_it_by_side(made, tmp_path):
    made(BY_SIDE)
    file = tmp_path / "made/practitioners/documents.csv"
    with file.open(encoding="utf-8") as lines:
        documents = list(csv.DictReader(lines))
    documents[0]["note"] = f"No author; {PLACEHOLDER}."
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(documents[0]))
        writer.writeheader()
        writer.writerows(documents)
    study = open_study(tmp_path / "made")
    rows = heard(study)
    assert (len(rows), len(with_known_side(rows))) == (40, 39)
    assert main.heard(rows, groups_of(study))["israeli"] == 19 and main.without_side(rows) == 1
    assert compare_made(rows, THEMES, "levels").empty
    counts = voices.count_raised(rows, THEMES, "side", groups_of(study)).set_index(
        ["group", "theme"]
    )
    assert counts.loc[("Israeli", "asymmetry"), ["voices", "n"]].tolist() == [19, 19]
    assert groups.theme_shares(rows, THEMES).loc[0, "voices"] == 20


def test_when_only_early_speech_counts_then_documents_of_later_or_unknown_years_are_out():
    study = published()
    until = said_until(study, 2012)
    assert until.documents["year"].max() == 2012
    assert set(until.statements["document_id"]) == set(until.documents["id"])
    assert set(until.statement_codes["statement_id"]) == set(until.statements["id"])
    years = study.wide_statements()["year"]
    assert len(until.statements) == int((years <= 2012).sum()) < len(study.statements)
    assert until.initiatives is study.initiatives
    assert claim_result("C6", until, FRAME).n < claim_result("C6", study, FRAME).n


def test_when_c5_is_drawn_at_random_then_all_statements_give_what_is_tested():
    study = published()
    told = select_statements(study, FRAME).dropna(subset="transfer_proposition")
    propositions = list(study.labels("transfer_proposition", "practitioners"))
    tested = claim_result("C5", study, FRAME).parts[0].estimate.value
    every, some = (shared_in_draws(published(), told, propositions, n) for n in (len(told), 1))
    assert every.value == every.low == every.high == pytest.approx(tested)
    assert some.value == 0, "one statement is no two voices of each side"


def test_when_statements_are_picked_then_those_there_are_come_in_the_order_asked(made):
    rows = heard(made(BY_HAND))
    found_ = pick(rows, "said-003", "said-999", "said-001")
    assert [(s["key"], s["voice"]) for s in found_] == [("said-003", "B"), ("said-001", "A")]
    assert pick(rows, "said-999") == []


# Counts by hand


def test_when_statements_were_looked_for_on_purpose_then_nothing_here_counts_them(made):
    said = [*BY_SIDE, *crowd(30, "donor_funding", level="grassroots", wave="transfer")]
    study, spontaneous = made(said), len(BY_SIDE)
    rows = heard(study)
    assert len(rows) == spontaneous
    shares = groups.theme_shares(rows, THEMES).set_index("theme")
    assert shares.loc["donor_funding", "voices"] == 0
    checks = voices.checks(study, FRAME, rows, THEMES, 2012)
    assert (checks["statements"] <= spontaneous).all()
    coded = checks[checks["choice"].str.startswith("Codes of")]
    assert len(coded) and (coded["statements"] == spontaneous).all()


def test_when_a_voice_joins_documents_then_they_are_one_family(made):
    rows = select_statements(made(BY_HAND), FRAME)
    one, two, joined, apart = groups.families(rows)
    assert one == two == joined != apart


def test_when_a_voice_repeats_a_theme_then_it_counts_once(made):
    rows = select_statements(made(BY_HAND), FRAME)
    shares = groups.theme_shares(rows, THEMES).set_index("theme")
    assert shares.loc["asymmetry", ["statements", "documents", "voices"]].tolist() == [2, 2, 1]
    assert shares.loc["reentry", ["statements", "documents", "voices"]].tolist() == [2, 1, 2]
    assert shares.loc["asymmetry", "estimate"].value == pytest.approx(1 / 3)
    assert groups.raised(rows, THEMES, "side").groupby("side", observed=True)["reentry"].agg(
        ["sum", "size"]
    ).to_numpy().tolist() == [[1, 1], [1, 2]]


def test_when_groups_are_small_then_they_are_not_counted_by_themselves(made):
    study = made([*crowd(9, "asymmetry"), *crowd(10, "reentry", side="palestinian")])
    rows, known = heard(study), groups_of(study)
    counts = voices.count_raised(rows, THEMES, "side", known)
    assert set(counts["group"]) == {"Palestinian"} and set(counts["n"]) == {10}
    assert voices.commonest(counts, "Palestinian", 1) == [("re-entry", 1.0)]
    shares = main.group_shares(study, rows, THEMES, known)
    assert set(shares["group"]) == {"all voices", "Palestinian", "elite"}


def test_when_voices_are_counted_then_sides_levels_and_weights_are_those_of_the_data(made):
    study = made(BY_HAND)
    rows, known = select_statements(study, FRAME), groups_of(study)
    table = tables.voices_table(rows, known).set_index("Side")
    assert table.loc["Israeli", "Elite"] == 1 and table.loc["Palestinian", "Grassroots"] == 2
    assert table.to_numpy().sum() == 3
    assert voices.held_by(rows, "voice", 0.1) == 0.5
    assert voices.held_by(rows, "document_id", 0.7) == 0.75
    table = tables.heard_table(rows, known).set_index("Group")
    assert table.loc["Palestinian", ["Voices", "Documents", "Statements"]].tolist() == [2, 2, 2]


def test_when_groups_are_compared_then_difference_and_interval_are_those_of_the_shares(made):
    other = crowd(10, "reentry", side="palestinian")
    said = [*crowd(10, "asymmetry"), *other, *crowd(5, "reentry", level="donor")]
    result = compare_made(select_statements(made(said), FRAME), THEMES, "sides")
    row = result.set_index("theme").loc["asymmetry"]
    assert (row["one"], row["other"]) == (pytest.approx(10 / 15), 0)
    assert row["difference"] == pytest.approx(10 / 15)
    assert row["wide_low"] <= row["low"] < row["difference"] < row["high"] <= row["wide_high"]
    assert row["found"] == groups.CLEAR
    assert result.set_index("theme").loc["reentry", "difference"] == pytest.approx(5 / 15 - 1)
    assert (result["found"] == groups.CLEAR).sum() == 2


def test_when_all_voices_share_one_document_then_nothing_is_resampled_and_the_floor_holds(made):
    rows = select_statements(made(THIN["one document"]), FRAME)
    row = compare_made(rows, THEMES, "sides").set_index("theme").loc["asymmetry"]
    p = 13 / 14  # twelve of twelve, with a yes and a no added
    assert row["high"] == pytest.approx(1.959964 * np.sqrt(2 * p * (1 - p) / 14))


def test_when_a_group_has_fewer_than_ten_voices_then_it_is_not_compare_made(made):
    said = [*crowd(9, "asymmetry"), *crowd(10, "reentry", side="palestinian")]
    assert compare_made(select_statements(made(said), FRAME), THEMES, "sides").empty


def test_when_themes_are_dealt_out_then_every_row_and_column_keeps_its_number():
    rng = np.random.default_rng(1)
    dealt = rng.random((31, 7)) < 0.3
    before = dealt.copy()
    for _ in range(5):
        together.trade(dealt, rng)
    assert (dealt != before).any()
    assert (dealt.sum(axis=0) == before.sum(axis=0)).all()
    assert (dealt.sum(axis=1) == before.sum(axis=1)).all()


def test_when_themes_are_raised_together_then_the_pair_is_found(made):
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
    assert pairs.loc[[frozenset({"asymmetry", "donor_funding"})]].iloc[0]["found"] == together.LESS
    assert "asymmetry with re-entry" in together.strongest(pairs, together.MORE)


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
    chosen = voices.choose_paraphrases(rows, groups.theme_shares(rows, THEMES))
    assert chosen["chosen_for"].tolist() == ["Asymmetry", "Re-entry", "Re-entry"]
    assert chosen["voice"].tolist() == ["C", "B", "D"]
    everyone = select_statements(published(), FRAME)
    many = voices.choose_paraphrases(everyone, groups.theme_shares(everyone, THEMES))
    assert many["voice"].is_unique and many["document_id"].is_unique
    table = tables.paraphrases_table(chosen, {}, groups_of(published()).names["side"])
    assert "%7C" in table.iloc[0, 2] and "\\|" in table.iloc[0, 1]
    assert not re.search(r"[“”\"]", table.iloc[0, 1])


# Planted truths


def clear(study, what):
    return found(compare_made(heard(study), THEMES, what))


def test_when_sides_differ_then_the_themes_are_found_and_levels_are_not_compare_made(made):
    study = made(BY_SIDE)
    assert clear(study, "sides") == ["Asymmetry", "Re-entry"]
    assert compare_made(heard(study), THEMES, "levels").empty
    gap = main.differences(compare_made(heard(study), THEMES, "sides"))
    assert gap["asymmetry"].low > 0 > gap["reentry"].high
    assert np.isnan(main.differences(compare_made(heard(study), THEMES, "levels"))["x"].value)


def test_when_levels_differ_then_their_themes_stand_first_and_stay_under_other_choices(made):
    study = made(BY_LEVEL)
    rows = heard(study)
    assert clear(study, "sides") == []
    levels = compare_made(rows, THEMES, "levels")
    assert found(levels) == ["Official support", "Personal change"]
    kept = main.main_themes(groups.theme_shares(rows, THEMES), levels)
    assert list(kept)[:2] == ["official_support", "personal_change"]
    checks = voices.checks(study, FRAME, rows, THEMES, 2012)["levels"].dropna()
    assert all(names == found(levels) for names in checks)


def test_when_nobody_differs_then_nothing_is_found(made):
    study = made(ALIKE)
    assert clear(study, "sides") == clear(study, "levels") == []
    assert main.outcome_shares(compare_made(heard(study), THEMES, "outcomes")).empty


def test_when_success_and_failure_have_their_themes_then_they_stand_apart(made):
    study = made(ASKED)
    result = compare_made(heard(study), THEMES, "outcomes")
    assert found(result, sign=1) == ["Media and visibility"]
    assert found(result, sign=-1) == ["Donor funding"]
    shown = main.outcome_shares(result)
    assert list(dict.fromkeys(shown["label"])) == ["Media and visibility", "Donor funding"]
    assert main.shares_of(result, THEMES)["media_visibility"] == {"one": 1.0, "other": 0.0}
    assert clear(study, "advice")[0] == "Re-entry"
    assert main.answers(heard(study)) == dict.fromkeys(
        ("what_worked", "what_failed", "how_to_improve"), 20
    )


def test_when_meetings_speak_of_other_things_then_it_is_found(made):
    assert compare_made(heard(made(ALIKE)), THEMES, "meetings").empty
    apart = [*crowd(20, "asymmetry"), *crowd(20, "reentry", level="donor", kind="roundtable")]
    assert clear(made(apart), "meetings") == ["Asymmetry", "Re-entry"]


def test_when_levels_are_drawn_then_each_looks_as_where_initiatives_are_drawn():
    known = groups_of(published())
    look, shapes = (of["practice_level"] for of in (known.looks, known.shapes))
    for level in ("elite", "professional", "grassroots"):
        assert (look[level], shapes[level]) == (GROUP_COLOURS[level], GROUP_SHAPES[level])
    assert len(set(shapes.values())) == len(look)


def test_when_an_axis_of_shares_ends_at_a_number_then_the_number_is_written():
    counts = {"label": "A", "group": ["elite", "donor"], "voices": 6, "n": 10, "share": [0.6, 0.2]}
    counted = {"practice_level": pd.DataFrame(counts)}
    spec = more_plots.plot_groups(counted, ["A"], groups_of(published())).to_dict()
    x = spec["hconcat"][0]["layer"][0]["encoding"]["x"]
    assert x["axis"]["values"][-1] == 0.6 < x["scale"]["domain"][1]
