"""Chapter `focus_groups`: everything it computes, and everything its prose tells."""

from dataclasses import dataclass

import pandas as pd

from tracktwo.analysis.estimates import FEWEST
from tracktwo.analysis.frame import Frame
from tracktwo.analysis.voices import (
    SPONTANEOUS,
    STAND_INS,
    note,
    select_statements,
    statement_coder,
)
from tracktwo.chapters.evidence.results import agreement_by_code
from tracktwo.chapters.focus_groups import chapter as themes_of
from tracktwo.chapters.focus_groups import check_words as check_words
from tracktwo.chapters.focus_groups import checks as checking
from tracktwo.chapters.focus_groups import more_words as more
from tracktwo.chapters.focus_groups import saturation as saturation
from tracktwo.chapters.focus_groups import together as together
from tracktwo.chapters.focus_groups import voices as heard
from tracktwo.chapters.focus_groups import words as words
from tracktwo.data.study import Study
from tracktwo.words.numbers import Number, count, percent

CODES = {"Themes": "theme", "Propositions": "transfer_proposition"}


@dataclass(frozen=True, eq=False)
class Results:
    """What the chapter shows.

    ``rows`` are the statements, ``aside`` how many others were looked for on purpose; ``labels``
    the themes and how they are written, ``order`` their labels from the commonest. ``by_side``,
    ``by_level``, ``by_question`` and ``by_stand_in`` count who raises what, of groups of at least
    ten; ``sides``, ``levels``, ``outcomes``, ``advice`` and ``stand_ins`` compare two of them.
    ``pairs`` are themes together in a document, ``within`` in a single statement.
    """

    rows: pd.DataFrame
    aside: int
    coder: str
    labels: dict[str, str]
    shares: pd.DataFrame
    by_side: pd.DataFrame
    by_level: pd.DataFrame
    by_question: pd.DataFrame
    by_stand_in: pd.DataFrame
    sides: pd.DataFrame
    levels: pd.DataFrame
    outcomes: pd.DataFrame
    advice: pd.DataFrame
    stand_ins: pd.DataFrame
    pairs: pd.DataFrame
    within: pd.DataFrame
    pair_order: list[str]
    voices: pd.DataFrame
    years: pd.DataFrame
    held: pd.DataFrame
    saturated: dict[str, saturation.Saturation]
    checks: pd.DataFrame
    agreement: pd.DataFrame

    @property
    def order(self) -> list[str]:
        """The labels of the themes, the commonest first."""
        return list(self.shares["label"])

    def note(self, what: str = "statements") -> str:
        """Return n and whose codes, for the end of a caption."""
        return note(self.rows, self.coder, what)


def analyse(study: Study, frame: Frame) -> Results:
    """Compute all that the chapter shows."""
    rows = select_statements(study, frame, SPONTANEOUS)
    labels = themes_of.theme_labels(study)
    return Results(
        rows=rows,
        aside=len(study.statements) - len(rows),
        coder=statement_coder(study, frame),
        labels=labels,
        shares=heard.theme_shares(rows, labels),
        **_counts(rows, labels),
        sides=themes_of.compare_sides(rows, labels),
        levels=themes_of.compare_levels(rows, labels),
        outcomes=themes_of.compare_outcomes(rows, labels),
        advice=themes_of.compare_advice(rows, labels),
        stand_ins=themes_of.compare_stand_ins(rows, labels),
        pairs=together.pair_themes(rows, labels, "document_id"),
        within=together.pair_themes(rows, labels, "id"),
        pair_order=together.order_themes(together.incidence(rows, labels, "document_id")),
        voices=heard.count_voices(rows),
        years=heard.count_years(rows),
        held=heard.concentration(rows),
        saturated={
            name: saturation.saturate(saturation.code_documents(study, rows, variable))
            for name, variable in CODES.items()
        },
        checks=checking.checks(study, frame, rows, labels),
        agreement=agreement_by_code(study, "practitioners", "theme"),
    )


def _counts(rows: pd.DataFrame, labels: dict[str, str]) -> dict[str, pd.DataFrame]:
    """Return who raises what, in words, of groups large enough to be shown."""
    asked = {question: question.replace("_", " ") for question in themes_of.QUESTIONS}
    spoken = {name: name for name in STAND_INS}
    groups = {
        "by_side": ("side", themes_of.SIDES),
        "by_level": ("practice_level", themes_of.PRACTICE),
        "by_question": ("question", asked),
    }
    tables = {
        name: (themes_of.raised(rows, labels, column), column, names)
        for name, (column, names) in groups.items()
    }
    tables["by_stand_in"] = (themes_of.by_statement(rows, labels), "stands_for", spoken)
    counted = {}
    for name, (table, column, names) in tables.items():
        counts = themes_of.count_raised(table, labels, column)
        large = counts["group"].isin(names) & (counts["n"] >= FEWEST)
        counted[name] = counts[large].assign(group=lambda kept, to=names: kept["group"].map(to))
    return counted


def tell_focus_groups(results: Results) -> dict[str, Number | str | int]:
    """Return every number and computed sentence of the chapter, by key."""
    rows, labels, held = results.rows, results.labels, results.held
    by_side = rows.groupby(rows["side"].astype(str))["voice"].nunique()
    tenth = {of: percent(heard.held_by(held, of, more.TOP)) for of in ("speakers", "documents")}
    return {
        "answer-themes": words.say_themes(results.shares),
        "answer-divide": words.say_divide(results.sides, results.levels),
        "answer-sides": words.say_difference(results.sides, "Israeli", "Palestinian"),
        "answer-levels": words.say_difference(results.levels, "elite", "grassroots"),
        "answer-robust": check_words.say_robust(results.checks),
        "answer-outcomes": words.say_outcomes(results.outcomes),
        "lean-sides": words.say_leaning(results.sides),
        "lean-levels": words.say_leaning(results.levels),
        "width": words.say_width(results.sides),
        "lean-outcomes": words.say_leaning(results.outcomes),
        "advice": words.say_advice(results.by_question, results.advice),
        "pairs": more.say_pairs(results.pairs, labels),
        "within": more.say_pairs(results.within, labels),
        "n-statements": len(rows),
        "n-documents": rows["document_id"].nunique(),
        "purpose": words.say_aside(results.aside),
        "n-israeli": count(by_side.get("israeli", 0)),
        "n-palestinian": count(by_side.get("palestinian", 0)),
        "unheard": more.say_unheard(results.voices),
        "tenth-speakers": tenth["speakers"],
        "tenth-documents": tenth["documents"],
        "meetings": check_words.say_stand_ins(results.stand_ins, rows),
        "saturated-themes": check_words.say_saturation(results.saturated["Themes"], "themes"),
        "saturated-propositions": check_words.say_saturation(
            results.saturated["Propositions"], "propositions"
        ),
        "checks": check_words.say_checks(results.checks),
        "rank": check_words.say_rank(results.checks),
        "judged": check_words.say_judged(rows),
        "agreement": check_words.say_agreement(results.agreement, _clear(results)),
        "checked": percent(rows["source_check"].isin(heard.CHECKED).mean()),
    }


def _clear(results: Results) -> list[str]:
    """Return the themes on which any comparison of the chapter finds a clear difference."""
    compared = (results.sides, results.levels, results.outcomes, results.advice, results.stand_ins)
    return [label for result in compared for label in themes_of.found(result)]
