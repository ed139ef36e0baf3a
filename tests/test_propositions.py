"""Chapter `propositions`: counts by hand, planted truths, thin data, the published claims."""

import csv
import json
import re

import pytest
from made_studies import published
from made_voices import write_voices

from tracktwo import Frame, open_study
from tracktwo.analysis.voices import select_statements
from tracktwo.chapters.propositions import border as border
from tracktwo.chapters.propositions import border_words as border_words
from tracktwo.chapters.propositions import captions as captions
from tracktwo.chapters.propositions import grid as propositions_grid
from tracktwo.chapters.propositions import inventory as propositions_inventory
from tracktwo.chapters.propositions import plots as plots
from tracktwo.chapters.propositions import results as propositions
from tracktwo.chapters.propositions import tables as tables
from tracktwo.chapters.propositions import tell as numbers
from tracktwo.chapters.propositions import words as words
from tracktwo.claims.claims import test_claim as claim_of
from tracktwo.claims.curves import curve
from tracktwo.drawing.svg import chart_to_svg
from tracktwo.ground import paths
from tracktwo.telling.tables import as_myst

FRAME = Frame()
ALL = list(published().labels("transfer_proposition", "practitioners"))


def spoken(side, proposition, support, *voices):
    return [(side, voice, proposition, support) for voice in voices]


def both_sides(keys, support, each=2):
    """Return statements in which `each` speakers of either side voice every one of `keys`."""
    return [
        said
        for side in ("israeli", "palestinian")
        for key in keys
        for said in spoken(side, key, support, *(f"{side} {key} {i}" for i in range(each)))
    ]


BY_HAND = [
    *spoken("israeli", "confidentiality", "asserted", "A.", "B.", "A."),
    *spoken("israeli", "confidentiality", "evidence", "B."),
    *spoken("palestinian", "confidentiality", "anecdote", "C.", "D."),
    *spoken("palestinian", "media_exposure", "asserted", "C."),
    *spoken("joint", "media_exposure", "asserted", "E. and F."),
    *spoken("third_party", "critical_mass", None, "G."),
]
SHARED = both_sides(ALL, "evidence")
APART = both_sides(ALL[:1], "asserted", each=12)
AT_BORDER = [
    *both_sides(ALL[:4], "asserted", each=3),
    *both_sides(ALL[4:7], "asserted", each=1),
    *(said for key in ALL[4:7] for said in spoken("joint", key, "asserted", f"joint {key}")),
    *spoken("israeli", ALL[7], "asserted", "X.", "Y."),
    *spoken("palestinian", ALL[7], "asserted", "Z."),
]
THIN = {
    "none voiced": [],
    "one": spoken("israeli", ALL[0], "asserted", "A."),
    "third parties alone": spoken("third_party", ALL[1], "anecdote", "A.", "B."),
    "support not coded": spoken("palestinian", ALL[2], None, "A.", "B."),
    "a crowd in one cell": spoken("israeli", ALL[3], "evidence", *map(str, range(60))),
}


@pytest.fixture
def made(tmp_path):
    def make(said, **more):
        study = open_study(write_voices(tmp_path / "made", said, **more))
        return study, propositions.hear(study, select_statements(study, FRAME))

    return make


def everything(study, heard):
    """Return every chart, sentence and table of the chapter."""
    rows, statements = FRAME.select(study), select_statements(study, FRAME)
    c5, c6 = claim_of("C5", study, FRAME), claim_of("C6", study, FRAME)
    found, c5_curve = propositions_inventory.run(study, rows), curve(study, FRAME, c5)
    support = propositions.support_shares(heard)
    charts = [
        propositions_grid.plot_grid(heard),
        plots.plot_support(support),
        plots.plot_tests(found),
    ]
    said = numbers.tell_propositions(
        study, rows, statements, heard, (c5, c6), c5_curve, found, "consensus"
    )
    said |= {
        "title-grid": captions.title_grid(heard, c5),
        "alt-grid": captions.alt_grid(heard),
        "title-support": captions.title_support(c6),
        "alt-support": captions.alt_support(support),
        "title-tests": captions.title_tests(found),
        "alt-tests": captions.alt_tests(found),
    }
    printed = [
        tables.propositions_table(study, heard),
        tables.readings_table(heard, c5_curve, "consensus"),
        tables.voiced_table(heard),
        tables.support_table(heard),
        tables.pair_table(heard),
        tables.statements_table(heard, tables.firm_statements(heard)),
        tables.statements_table(heard, tables.pair_statements(heard)),
        tables.probes_table(study, heard),
        tables.tests_table(found),
    ]
    return charts, said, printed


def check(study, heard):
    charts, said, printed = everything(study, heard)
    for chart in charts:
        spec = chart.to_dict()
        assert json.loads(json.dumps(spec)) == spec
        assert chart_to_svg(spec).startswith("<svg")
    assert all(len(table) for table in printed)
    text = " ".join([*map(str, said.values()), *(table.to_csv(na_rep="nan") for table in printed)])
    assert not re.search(r"\bnan\b", text)
    return {key: getattr(value, "text", value) for key, value in said.items()}


# Every chart and every sentence


def test_when_data_are_published_then_everything_can_be_drawn_and_said():
    study = published()
    check(study, propositions.hear(study, select_statements(study, FRAME)))


@pytest.mark.parametrize("said", THIN.values(), ids=THIN)
def test_when_data_are_thin_then_everything_can_still_be_drawn_and_said(made, said):
    told = check(*made(said))
    assert told["answer-thin"].endswith("claim C5 cannot be tested.")


def test_when_text_holds_markup_then_a_table_prints_it_as_it_is(made):
    _, heard = made(spoken("israeli", ALL[0], "evidence", "A."))
    text = as_myst(tables.statements_table(heard, heard.statements), "x", "A title")
    assert r"It works \| or &#96;not&#96;." in text
    assert r"[A \*talk\* doc-001, 1999](#statement-said-001)" in text


# By hand


def test_when_voicings_are_counted_then_a_speaker_counts_once_a_proposition(made):
    _, heard = made(BY_HAND)
    counts = heard.counts.loc[["confidentiality", "media_exposure", "critical_mass"]]
    assert counts.to_numpy().tolist() == [[2, 2, 0, 0], [0, 1, 1, 0], [0, 0, 0, 1]]
    assert len(heard.voicings) == 7 and len(heard.statements) == 9
    of_b = heard.voicings[heard.voicings["voice"] == "B."]
    assert of_b["support"].tolist() == ["evidence"], "the strongest a speaker gives"
    assert heard.voicings["support"].value_counts()[propositions.UNCODED] == 1
    shared = [int(yes.sum()) for yes in propositions.readings(heard).values()]
    assert shared == [1, 2, 1, 2, 2, 3]
    assert heard.both.loc["media_exposure"].to_dict() == {"israeli": 1, "palestinian": 2}
    assert propositions.say_both(heard, ("confidentiality", "media_exposure")) == ["C."]


def test_when_one_voice_decides_then_propositions_are_at_the_border_and_it_is_said(made):
    study, heard = made(AT_BORDER)
    table = border.standings(heard)
    assert table.loc[ALL[:4], "words"].tolist() == ["shared"] * 4
    assert table.loc[ALL[4:7], "words"].tolist() == ["shared, just"] * 3
    assert table.loc[ALL[7], "words"] == "one Palestinian short"
    assert table.loc[ALL[8:], "words"].tolist() == ["4 short"] * 4
    told = check(study, heard)
    assert told["answer-shared"].startswith("Of 12 propositions, 7 are voiced by at least two")
    assert told["answer-thin"].startswith("That is more than half, by one alone, and the interval")
    assert "4 when joint statements are left out" in told["answer-thin"]
    assert told["answer-thin"].endswith("So the verdict is no more than leaning.")
    assert f"{study.labels('transfer_proposition', 'practitioners')[ALL[7]].lower()} (one Pal" in (
        told["border"].lower().replace("(one pal", "(one Pal")
    )
    assert "two Israeli voices, one of them joint" in told["border"]


def test_when_a_unit_is_left_out_then_only_those_at_the_border_turn_the_answer(made):
    study, heard = made(AT_BORDER)
    table = border.leave_one_out(heard)
    speakers = table[table["unit"] == "speaker"].set_index("name")["shared"]
    # One Israeli, two Palestinians, and one joint voice of each of the three at the border.
    decisive = {
        voice
        for key in ALL[4:7]
        for voice in (f"israeli {key} 0", f"palestinian {key} 0", f"joint {key}")
    }
    assert set(speakers.index[speakers < 7]) == decisive
    documents = table[table["unit"] == "document"]["shared"]
    assert (documents < 7).sum() == len(decisive)
    assert table[table["unit"] == "organisation"]["shared"].tolist() == [0], "all are of A"
    assert "Any one of 9 speakers (of " in check(study, heard)["left-out"]


def test_when_an_organisation_has_partners_then_its_name_within_theirs_counts(made):
    _, heard = made(BY_HAND)
    rows = heard.statements.assign(organisation="Other")
    rows.iloc[0, rows.columns.get_loc("organisation")] = "Initiative; Some Coalition"
    rows.iloc[1, rows.columns.get_loc("organisation")] = "Coalition - Initiative"
    counted = border.organisations(rows)
    assert counted["Initiative"] == 2 and counted["Some Coalition"] == 1


def test_when_single_choices_differ_then_the_table_counts_what_the_curve_counts(made):
    study, heard = made(AT_BORDER)
    found = curve(study, FRAME, claim_of("C5", study, FRAME))
    single = border.single_choices(found, "consensus").set_index("option")["shared"]
    own = heard.counts[["israeli", "palestinian"]]
    assert single["left out"] == (own >= 2).all(axis=1).sum() == 4
    assert single["organisations"] == 0
    table = tables.readings_table(heard, found, "consensus").set_index("Voiced by")
    assert table.loc["The measure, but joint statements are left out", "Propositions"] == 4


def test_when_statements_voice_one_then_each_is_linked_once_under_its_side(made):
    _, heard = made(BY_HAND)
    text = tables.voiced_table(heard).to_csv()
    assert all(text.count(f"(#statement-{key})") == 1 for key in heard.statements.index)
    row = tables.voiced_table(heard).set_index("Proposition").loc["**Confidentiality**"]
    assert row["Israeli"].count("&") == 2 and row["Palestinian"].count(";") == 1
    assert row["Jointly"] == "nobody" and "mixed, 1999" in row["Israeli"]


def test_when_statements_were_looked_for_on_purpose_then_the_chapter_says_how_many(made):
    study, heard = made(AT_BORDER, wave="transfer")
    statements = select_statements(study, FRAME)
    n = len(AT_BORDER)
    assert words.say_search(statements, heard).startswith(f"{n + 1} of the ")
    assert f"hold {n} of the {n} that voice one" in words.say_search(statements, heard)
    assert border_words.say_largest(heard, statements).endswith("they say none is shared.")
    c5 = claim_of("C5", study, FRAME)
    told = border_words.say_thin(c5, heard, curve(study, FRAME, c5), "consensus")
    assert "none when the statements looked for on purpose are left out" in told


# Planted truths


def test_when_propositions_are_shared_and_backed_then_every_sentence_says_so(made):
    told = check(*made(SHARED))
    assert told["answer-shared"].startswith("Of 12 propositions, 12 are voiced")
    assert told["answer-thin"].startswith("That is clearly more than half: the set is shared.")
    assert "most who voice a proposition offer systematic evidence" in told["answer-support"]
    assert told["title-support"].startswith("Most statements that voice")
    assert told["title-grid"] == (
        "12 of 12 propositions are voiced by two on each side, 12 of them with no voice to spare"
    )


def test_when_one_proposition_alone_is_voiced_by_many_then_the_set_is_not_shared(made):
    told = check(*made(APART))
    assert told["answer-thin"].startswith("That is clearly fewer than half: the set is not shared.")
    assert told["left-out"] == ""
    assert "1 is voiced by at least" in told["answer-shared"]
    assert "most who voice a proposition offer none" in told["answer-support"]


def test_when_nobody_speaks_then_nothing_is_claimed(made):
    told = check(*made([]))
    assert told["answer-support"] == "No statement voices a proposition: claim C6 cannot be tested."
    assert told["title-grid"] == "Nobody voices any of the propositions"
    assert told["unvoiced"] == "Nobody voices any of them."
    assert told["border"].startswith("No proposition is one voice away")


# The published claims, without the package


def test_when_claims_are_recomputed_by_hand_then_they_are_the_same():
    def read(name):
        with (paths.DATA / f"practitioners/{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    codes = {
        (row["statement_id"], row["variable"]): row["value"]
        for row in read("codes")
        if row["coder"] == "consensus"
    }
    side = {(row["document_id"], row["speaker"]): row["side"] for row in read("speakers")}
    told = {
        (key, side[row["document_id"], row["speaker"]], row["speaker"])
        for row in read("statements")
        if (key := codes.get((row["id"], "transfer_proposition")))
    }
    study = published()
    heard = propositions.hear(study, select_statements(study, FRAME))
    voicings = heard.voicings[["proposition", "side", "voice"]]
    assert set(voicings.itertuples(index=False, name=None)) == told
    firm = [v for (_, variable), v in codes.items() if variable == "proposition_support"]
    assert propositions.systematic(heard.statements).value == pytest.approx(
        firm.count("evidence") / len(firm)
    )
    voices = {side: set() for side in ("israeli", "palestinian")}
    for key, side, speaker in told:
        for of in voices if side == "joint" else {side} & set(voices):
            voices[of].add((key, speaker))
    shared = {
        key
        for key in ALL
        if all(sum(said == key for said, _ in voices[side]) >= 2 for side in voices)
    }
    c5 = claim_of("C5", study, FRAME)
    assert words.number_of(c5.parts[0].estimate) == len(shared)
    assert set(heard.labels) - set(border.standings(heard).query("lacking > 0").index) == shared
    assert {
        key for key, yes in propositions.readings(heard)[propositions.MEASURE].items() if yes
    } == shared
    assert c5.n == min(len(said) for said in voices.values())
