"""Chapter `propositions`: counts by hand, planted truths, thin data, the published claims."""

import csv
import json
import re

import pytest
from made_studies import published
from made_voices import write_voices

from tracktwo import Frame, open_study
from tracktwo.analysis.voices import select_statements
from tracktwo.chapters.propositions import inventory as probes
from tracktwo.chapters.propositions import plots as plots
from tracktwo.chapters.propositions import results as propositions
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


# Every chart and every table


def check(study, heard):
    found = probes.run(study, FRAME.select(study))
    c5_curve = curve(study, FRAME, claim_of("C5", study, FRAME))
    spec = plots.plot_grid(heard).to_dict()
    assert json.loads(json.dumps(spec)) == spec
    assert chart_to_svg(spec).startswith("<svg")
    firm = heard.statements[heard.statements["proposition_support"] == propositions.SYSTEMATIC]
    printed = [
        plots.propositions_table(study, heard),
        plots.readings_table(heard, c5_curve, "consensus"),
        plots.voiced_table(heard),
        plots.support_table(heard),
        plots.statements_table(heard, firm),
        plots.statements_table(heard, plots.pair_statements(heard)),
        probes.tests_table(found),
        probes.within_table(study, FRAME.select(study)),
    ]
    assert all(len(table) for table in printed)
    text = " ".join(table.to_csv(na_rep="nan") for table in printed)
    assert not re.search(r"\bnan\b", text)


def test_when_data_are_published_then_everything_can_be_drawn_and_tabled():
    study = published()
    check(study, propositions.hear(study, select_statements(study, FRAME)))


@pytest.mark.parametrize("said", THIN.values(), ids=THIN)
def test_when_data_are_thin_then_everything_can_still_be_drawn_and_tabled(made, said):
    check(*made(said))


def test_when_text_holds_markup_then_a_table_prints_it_as_it_is(made):
    _, heard = made(spoken("israeli", ALL[0], "evidence", "A."))
    text = as_myst(plots.statements_table(heard, heard.statements), "x", "A title")
    assert r"It works \| or &#96;not&#96;." in text
    assert r"[A \*talk\* doc-001, 1999](#statement-said-001)" in text


def test_when_statements_are_tabled_then_it_says_who_speaks_and_support_only_where_it_differs(made):
    same = spoken("joint", ALL[0], "evidence", "A. and B.")
    _, heard = made(same)
    head = plots.statements_table(heard, heard.statements)["Proposition"]
    assert all(cell.endswith("** (a joint statement)") for cell in head)
    _, heard = made(same + spoken("israeli", ALL[0], "anecdote", "C."))
    head = plots.statements_table(heard, heard.statements)["Proposition"]
    assert any("(a joint statement; " in cell for cell in head)
    assert any("(an Israeli; " in cell for cell in head)


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


def test_when_one_voice_decides_then_propositions_stand_at_the_border(made):
    study, heard = made(AT_BORDER)
    table = propositions.standings(heard)
    assert table.loc[ALL[:4], "words"].tolist() == ["shared"] * 4
    assert table.loc[ALL[4:7], "words"].tolist() == ["shared, just"] * 3
    assert table.loc[ALL[7], "words"] == "short of one Palestinian"
    assert table.loc[ALL[8:], "words"].tolist() == ["short of two on each side"] * 4
    labels = study.labels("transfer_proposition", "practitioners")
    assert set(propositions.in_group(heard, 1)) == {labels[key].lower() for key in ALL[4:7]}
    assert propositions.in_group(heard, 2) == [labels[ALL[7]].lower()]
    part = claim_of("C5", study, FRAME).parts[0]
    assert heard.shared.sum() == propositions.wanted(part) == 7 and part.side == "open"


def test_when_a_unit_is_left_out_then_only_those_at_the_border_turn_the_answer(made):
    _, heard = made(AT_BORDER)
    table = propositions.leave_one_out(heard)
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


def test_when_an_organisation_has_partners_then_its_name_within_theirs_counts(made):
    _, heard = made(BY_HAND)
    rows = heard.statements.assign(organisation="Other")
    rows.iloc[0, rows.columns.get_loc("organisation")] = "Initiative; Some Coalition"
    rows.iloc[1, rows.columns.get_loc("organisation")] = "Coalition - Initiative"
    counted = propositions.organisations(rows)
    assert counted["Initiative"] == 2 and counted["Some Coalition"] == 1


def test_when_single_choices_differ_then_the_table_counts_what_the_curve_counts(made):
    study, heard = made(AT_BORDER)
    found = curve(study, FRAME, claim_of("C5", study, FRAME))
    single = propositions.single_choices(found, "consensus").set_index("option")["shared"]
    own = heard.counts[["israeli", "palestinian"]]
    assert single["left out"] == (own >= 2).all(axis=1).sum() == 4
    assert single["organisations"] == 0
    table = plots.readings_table(heard, found, "consensus").set_index("Voiced by")
    assert table.loc["The measure, without joint statements", "Shared"] == 4


def test_when_statements_voice_one_then_each_is_linked_once_under_its_side(made):
    _, heard = made(BY_HAND)
    text = plots.voiced_table(heard).to_csv()
    assert all(text.count(f"(#statement-{key})") == 1 for key in heard.statements.index)
    row = plots.voiced_table(heard).set_index("Proposition").loc["**Confidentiality**"]
    assert row["Israeli"].count("&") == 2 and row["Palestinian"].count(";") == 1
    assert row["Jointly"] == "nobody" and "mixed, 1999" in row["Israeli"]


def test_when_statements_were_looked_for_on_purpose_then_none_is_shared_without_them(made):
    study, _ = made(AT_BORDER, wave="transfer")
    found = curve(study, FRAME, claim_of("C5", study, FRAME))
    single = propositions.single_choices(found, "consensus").set_index("option")["shared"]
    assert single["first alone"] == 0


# Planted truths


def test_when_propositions_are_shared_and_backed_then_the_tests_say_so(made):
    study, heard = made(SHARED)
    assert heard.shared.all() and set(propositions.in_group(heard, 1)) == {
        label.lower() for label in heard.labels.values()
    }
    assert claim_of("C5", study, FRAME).parts[0].side == "predicted"
    assert claim_of("C6", study, FRAME).parts[0].side == "other"
    assert set(propositions.support_shares(heard)["statements"]) == {0, len(SHARED)}


def test_when_one_proposition_alone_is_voiced_by_many_then_the_set_is_not_shared(made):
    study, heard = made(APART)
    assert heard.shared.sum() == 1
    assert claim_of("C5", study, FRAME).parts[0].side == "other"
    assert claim_of("C6", study, FRAME).parts[0].side == "predicted"


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
    assert round(c5.parts[0].estimate.value * 12) == len(shared)
    assert (
        set(heard.labels) - set(propositions.standings(heard).query("lacking > 0").index) == shared
    )
    assert {
        key for key, yes in propositions.readings(heard)[propositions.MEASURE].items() if yes
    } == shared
    assert c5.n == min(len(said) for said in voices.values())


def test_when_propositions_are_shared_then_their_rows_alone_are_tinted(made):
    _, heard = made(BY_HAND)
    spec = plots.plot_grid(heard).to_dict()
    tint = next(layer for layer in spec["layer"] if layer["mark"]["type"] == "rect")
    tinted = [row["proposition"] for row in tint["data"]["values"]]
    assert tinted == [heard.labels[key] for key in heard.shared.index[heard.shared]]
