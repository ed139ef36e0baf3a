"""What the chapter on the typology computes, draws and says of a data set, as its cells do."""

from tracktwo import Frame
from tracktwo.analysis import voices
from tracktwo.chapters.evidence import plots as evidence_plots
from tracktwo.chapters.typology import cards as typology_cards
from tracktwo.chapters.typology import map as typology_map
from tracktwo.chapters.typology import map_plot as map_plot
from tracktwo.chapters.typology import pairs as meeting
from tracktwo.chapters.typology import plots as plots
from tracktwo.chapters.typology import results as typology
from tracktwo.chapters.typology import tables as tables
from tracktwo.chapters.typology import titles as titles
from tracktwo.chapters.typology import told as typology_told
from tracktwo.chapters.typology import where as where
from tracktwo.claims.claims import test_claim as claim_result

FRAME = Frame()


def results(study, rows):
    """Return what the chapter computes, and under ``said`` what it tells."""
    labels = study.labels("approach")
    marks = typology.approach_marks(rows, labels)
    statements = voices.select_statements(study, FRAME)
    voiced = typology.voices_with_approach(statements, labels)
    shares = typology.prevalence(marks, labels)
    found = {
        "labels": labels,
        "marks": marks,
        "shares": shares,
        "c8": claim_result("C8", study, FRAME),
        "c9": claim_result("C9", study, FRAME),
        "found": meeting.count_combinations(marks, labels),
        "pairs": meeting.pair_table(marks, labels),
        "contrasts": typology.contrasts(study, rows, marks),
        "space": typology_map.map_practice(study, rows, marks),
        "groups": typology.group_shares(study, rows, marks, FRAME),
        "told": typology_told.told_apart(study, rows, marks),
        "others": typology_told.told_by_others(study, rows),
        "talk": typology.practice_and_talk(shares, voiced),
        "agreed": {
            "inventory": typology.agreement(study, "inventory", rows.index),
            "practitioners": typology.agreement(study, "practitioners", statements.index),
        },
    }
    several = typology.several_by_coder(study, rows.index)
    claims = [found[name] for name in ("c8", "c9", "shares", "agreed", "told", "others")]
    practice = [found[name] for name in ("shares", "found", "pairs", "contrasts", "space")]
    said = {
        **tables.tell_claims(*claims, several),
        **tables.tell_practice(*practice),
        **tables.tell_talk(found["talk"], marks, voiced, statements),
        "workshops": where.say_workshops(rows, marks, labels),
        "axes": where.say_axes(found["space"]),
    }
    return {**found, "said": {key: getattr(text, "text", text) for key, text in said.items()}}


def everything(study, rows):
    """Return every chart, and all that is said, titled, described and tabled, as one text."""
    found = results(study, rows)
    labels, marks = found["labels"], found["marks"]
    listed = meeting.members(rows, marks, labels)
    charts = [
        plots.plot_combinations(found["found"], listed, found["shares"], labels),
        plots.plot_pairs(found["pairs"], 0.8),
        plots.plot_shares(found["groups"], labels),
        plots.plot_shares(found["talk"], labels),
        plots.plot_told(found["told"], labels),
        map_plot.plot_map(found["space"], labels),
        evidence_plots.plot_agreement(found["agreed"]["inventory"]),
    ]
    told = [
        *found["said"].values(),
        titles.title_combinations(found["found"], found["c9"]),
        titles.title_pairs(found["pairs"]),
        titles.title_contrasts(found["contrasts"]),
        titles.title_map(found["space"]),
        titles.title_agreement(found["agreed"]["inventory"]),
        titles.title_told(found["told"]),
        titles.title_talk(found["talk"]),
        titles.alt_combinations(found["found"], found["shares"]),
        titles.alt_pairs(found["pairs"]),
        titles.alt_shares(found["groups"]),
        titles.alt_shares(found["talk"]),
        titles.alt_map(found["space"]),
        titles.alt_told(found["told"]),
    ]
    printed = [
        tables.tests_table(found["c8"], found["c9"]),
        tables.pairs_table(found["pairs"]),
        tables.told_table(found["told"], found["others"]),
        *(typology_cards.type_card(study, rows, marks, code) for code in labels),
    ]
    return charts, " ".join([*map(str, told), *(t.to_csv(na_rep="nan") for t in printed)])
