"""What the pages on the approaches compute and draw of a data set, as their cells do."""

from tracktwo import Frame
from tracktwo.analysis import voices
from tracktwo.analysis.approaches import approach_marks, prevalence, told_apart, told_by_others
from tracktwo.analysis.rounds import agreement_by_code
from tracktwo.chapters.approaches_record import map as maps
from tracktwo.chapters.approaches_record import results as record
from tracktwo.chapters.approaches_record.map_plot import plot_map
from tracktwo.chapters.typology import cards as cards
from tracktwo.chapters.typology import plots as plots
from tracktwo.chapters.typology import results as typology
from tracktwo.claims.claims import test_claim as claim_result
from tracktwo.drawing.dots import plot_groups
from tracktwo.drawing.groups import side_names
from tracktwo.drawing.theme import GROUP_COLOURS

FRAME = Frame()


def results(study, rows):
    """Return what the pages compute."""
    labels = study.labels("approach")
    marks = approach_marks(rows, labels)
    statements = voices.select_statements(study, FRAME)
    shares = prevalence(marks, labels)
    return {
        "labels": labels,
        "marks": marks,
        "shares": shares,
        "c8": claim_result("C8", study, FRAME),
        "c9": claim_result("C9", study, FRAME),
        "found": typology.count_combinations(marks, labels),
        "pairs": record.pair_table(marks, labels),
        "contrasts": typology.contrasts(study, rows, marks),
        "space": maps.map_practice(study, rows, marks),
        "groups": typology.group_shares(study, rows, marks, FRAME),
        "told": told_apart(study, rows, marks),
        "others": told_by_others(study, rows),
        "talk": typology.practice_and_talk(
            shares, typology.voices_with_approach(statements, labels)
        ),
        "statements": statements,
    }


def everything(study, rows):
    """Return every chart, and all tables as one text."""
    found = results(study, rows)
    labels, marks = found["labels"], found["marks"]
    listed = typology.members(rows, marks, labels)
    groups = found["groups"][found["groups"]["variable"] == "group"]
    charts = [
        plots.plot_combinations(found["found"], listed, found["shares"]),
        plot_groups("levels", groups, "group", GROUP_COLOURS, "share"),
        plot_map(found["space"], labels),
    ]
    speaking = found["statements"]
    speaking = speaking[approach_marks(speaking, labels).any(axis=1)]
    printed = [
        record.printed_pairs(found["pairs"]),
        record.printed_told(found["told"], found["others"]),
        record.printed_groups(study, rows, marks, FRAME),
        record.printed_sides(speaking, labels, side_names(study.package.conflict)),
        record.printed_agreement(
            agreement_by_code(study, "inventory", "approach"),
            agreement_by_code(study, "practitioners", "approach"),
        ),
        *(cards.type_card(study, rows, marks, code) for code in labels),
    ]
    return charts, " ".join(t.to_csv(na_rep="nan") for t in printed)
