"""Chapter `propositions`: counts by hand, planted truths, thin data, the published claims."""

import csv
import json
import re

import pytest
from made_studies import published
from made_voices import write_voices

from tracktwo import Frame, open_study, paths
from tracktwo.chapters import propositions, propositions_grid, propositions_inventory
from tracktwo.chapters import propositions_captions as captions
from tracktwo.chapters import propositions_plots as plots
from tracktwo.chapters import propositions_tables as tables
from tracktwo.chapters import propositions_tell as numbers
from tracktwo.chapters import propositions_words as words
from tracktwo.claims import test_claim as claim_of
from tracktwo.svg import chart_to_svg
from tracktwo.tables import as_myst
from tracktwo.voices import select_statements

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
    found, curve = propositions_inventory.run(study, rows), propositions.reach(heard)
    support = propositions.support_shares(heard)
    now, side = int(heard.totals[heard.less_heard]), propositions.SIDES[heard.less_heard]
    charts = [
        propositions_grid.plot_grid(heard),
        plots.plot_reach(curve, now, side),
        plots.plot_support(support),
        plots.plot_tests(found),
    ]
    said = numbers.tell_propositions(study, rows, statements, heard, (c5, c6), found)
    said |= {
        "title-grid": captions.title_grid(heard, c5),
        "alt-grid": captions.alt_grid(heard),
        "title-reach": captions.title_reach(heard, curve),
        "alt-reach": captions.alt_reach(heard, curve),
        "title-support": captions.title_support(c6),
        "alt-support": captions.alt_support(support),
        "title-tests": captions.title_tests(found),
        "alt-tests": captions.alt_tests(found),
    }
    printed = [
        tables.propositions_table(study, heard),
        tables.readings_table(heard),
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
    assert shared == [1, 1, 2, 1, 1, 2, 3]
    assert propositions.say_both(heard, ("confidentiality", "media_exposure")) == ["C."]


def test_when_more_is_wanted_then_the_cheapest_propositions_are_counted(made):
    _, heard = made(BY_HAND)
    assert propositions.majority(heard) == 7
    more = propositions.fewest_more(heard)
    # One is shared; media exposure lacks two Israeli and one Palestinian, five others all four.
    assert more.to_dict() == {"israeli": 2 + 5 * 2, "palestinian": 1 + 5 * 2}


def test_when_voicings_fall_evenly_then_the_share_reached_is_binomial(made):
    _, heard = made(BY_HAND)
    curve = propositions.reach(heard, 3).set_index(["voicings", "spread"])["share"]
    p = 1 / 12
    assert curve[3, "even"] == pytest.approx(3 * p**2 * (1 - p) + p**3)
    assert curve[3, "best"] == pytest.approx(1 / 12) and curve[1, "best"] == 0
    assert curve[2, "others"] < curve[2, "best"]


# Planted truths


def test_when_propositions_are_shared_and_backed_then_every_sentence_says_so(made):
    told = check(*made(SHARED))
    assert told["answer-shared"].startswith("Of 12 propositions, 12 are voiced")
    assert told["answer-thin"] == "That is clearly more than half: the set is shared."
    assert "most who voice a proposition offer systematic evidence" in told["answer-support"]
    assert told["title-support"].startswith("Most statements that voice")
    assert told["title-grid"].startswith("12 of the propositions are voiced by two Israeli and")
    assert told["title-grid"].endswith("48 of 48 voicings rest on systematic evidence")
    assert "could show more than half" in told["title-reach"]
    assert told["fewest"] == "More than half are shared already."


def test_when_one_proposition_alone_is_voiced_by_many_then_the_set_is_not_shared(made):
    told = check(*made(APART))
    assert told["answer-thin"] == "That is clearly fewer than half: the set is not shared."
    assert "1 is voiced by at least" in told["answer-shared"]
    assert "most who voice a proposition offer none" in told["answer-support"]


def test_when_nobody_speaks_then_nothing_is_claimed(made):
    told = check(*made([]))
    assert told["answer-support"] == "No statement voices a proposition: claim C6 cannot be tested."
    assert told["title-grid"] == "Nobody voices any of the propositions"
    assert told["unvoiced"] == "Nobody voices any of them."
    assert told["silence"].startswith("One of the two sides has no speaker at all")


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
    c5 = claim_of("C5", study, FRAME)
    assert words.number_of(c5.parts[0].estimate) == next(
        int(yes.sum()) for yes in propositions.readings(heard).values()
    )
    assert c5.n == heard.totals[heard.less_heard]
