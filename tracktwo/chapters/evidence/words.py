"""Chapter `evidence`: its sentences, titles and alternative texts, computed from the results."""

import pandas as pd

from tracktwo.analysis.estimates import difference_of_shares
from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import PERIODS
from tracktwo.chapters.evidence import check_words as checks
from tracktwo.chapters.evidence.results import (
    FIRM,
    NO_ROUND,
    TENTATIVE,
    count_disagreements,
    earliest,
    sources_per_initiative,
    weakest,
)
from tracktwo.data.study import Study
from tracktwo.ground.wording import enumerate_words, first_up
from tracktwo.telling.myst import plain
from tracktwo.words.numbers import Number, count, decimal, percent
from tracktwo.words.sides import by_side


def tell_evidence(
    study: Study,
    rows: pd.DataFrame,
    frame: Frame,
    inventory: pd.DataFrame,
    practitioners: pd.DataFrame,
) -> dict[str, Number | str | int]:
    """Return every number and computed sentence of the chapter, by key.

    Parameters
    ----------
    inventory, practitioners
        Agreement by variable, of either part.
    """
    sources = study.sources
    spans = list(frame.periods.values())
    per_initiative = sources_per_initiative(study, rows)
    return {
        "rounds": say_rounds(inventory),
        "firm": decimal(FIRM, 1),
        "tentative": decimal(TENTATIVE, 3),
        "documentation": say_documentation(rows),
        "focus-apart": say_focus(study),
        "n-rows": len(study.initiatives),
        "n-sources": len(sources),
        "n-read": count((sources["access"] == "read").sum()),
        "n-mirror": count((sources["copy"] == "mirror").sum()),
        "share-a": percent((rows["evidence_grade"] == "A").mean()),
        "span-before": spans[0],
        "span-after": spans[1],
        "sources-before": decimal(per_initiative[PERIODS[0]], 1),
        "sources-after": decimal(per_initiative[PERIODS[1]], 1),
        "weak-first": say_weakest(inventory, rounds_of(inventory)[:1]),
        "weak-statements": say_weakest(practitioners, rounds_of(practitioners)[-1:]),
        **checks.tell_checks(study, rows, frame),
    }


def rounds_of(table: pd.DataFrame) -> list[str]:
    """Return the rounds of coding in a table of agreement, the latest last."""
    return list(dict.fromkeys(table["round"]))


def say_rounds(table: pd.DataFrame) -> str:
    """Return how well the two coders of each round agreed."""
    first, *others = rounds_of(table) or [None]
    if first is None:
        return (
            "No two coders of one round are in these data: agreement cannot be computed, and "
            "claim C8, which asks for it, cannot be tested."
        )
    parts = [f"the two coders of the {first} agreed {say_range(table, first)}"]
    parts += [f"those of the {name} {say_range(table, name)}" for name in others]
    return f"{first_up(enumerate_words(parts))}."


def say_range(table: pd.DataFrame, round_name: str) -> str:
    """Return how well a round agreed, in a word and the range of its alphas."""
    values = table.loc[table["round"] == round_name, "alpha"].dropna()
    if values.empty:
        return "in a way that alpha cannot measure"
    low, high = values.min(), values.max()
    word = "well" if low >= FIRM else "moderately" if high >= TENTATIVE else "poorly"
    return f"{word} (alpha {decimal(low).text} to {decimal(high).text})"


def say_documentation(rows: pd.DataFrame) -> str:
    """Return which period is better documented, by the share of grade A."""
    best = [
        (int((group == "A").sum()), len(group))
        for period in PERIODS
        for group in [rows.loc[rows["period"] == period, "evidence_grade"]]
    ]
    (before, n_before), (after, n_after) = best
    if not n_before or not n_after:
        return "Not both periods have dated initiatives, so their documentation cannot be compared."
    better = difference_of_shares(after, n_after, before, n_before)
    found = f"(grade A: {percent(after / n_after).text} against {percent(before / n_before).text})"
    return by_side(
        better,
        0,
        above="Initiatives that began after the break are better documented than earlier ones "
        f"{found}, and that alone can look like change.",
        below="Initiatives that began after the break are less well documented than earlier ones "
        f"{found}, and that alone can hide change.",
        unsure=f"Later and earlier initiatives are documented about equally well {found}, which "
        "says nothing of those that were never documented.",
    )


def say_focus(study: Study) -> str:
    """Return what the earliest round's disagreements on focus are about."""
    name = earliest(study)
    if name is None:
        return NO_ROUND
    apart, both = count_disagreements(study, "focus", name, "both")
    if not apart:
        return f"In the {name} the two coders never disagreed."
    why = ": the open question is when two aims count as equal" if 2 * both > apart else ""
    return f"Of {apart} disagreements in the {name}, {both} have “both” on one side{why}."


def say_weakest(table: pd.DataFrame, names: list[str]) -> str:
    """Return the least agreed variable of one round, with its alpha."""
    rows = [row for name in names if (row := weakest(table, name)) is not None]
    if not rows:
        return "no variable is (no alpha can be computed)"
    return f"“{rows[0]['variable']}” is (alpha {decimal(rows[0]['alpha']).text})"


def title_focus(study: Study) -> str:
    """Return the title of the table of disagreements on focus."""
    name = earliest(study)
    whose = f"the two coders of the {name}" if name else "two coders"
    return f"Focus of an initiative, as coded by {whose} (n = {len(study.initiatives)} rows)"


def title_agreement(table: pd.DataFrame) -> str:
    """Return the finding of an agreement figure: how many variables reach the firm limit."""
    parts = []
    for name in rounds_of(table):
        values = table.loc[table["round"] == name, "alpha"]
        parts.append(f"{(values >= FIRM).sum()} of {len(values)} in the {name}")
    if not parts:
        return NO_ROUND.removesuffix(".")
    return f"Variables agreed well enough for firm conclusions: {enumerate_words(parts)}"


def title_codes(table: pd.DataFrame) -> str:
    """Return the finding of the figure of single codes: the least agreed ones."""
    parts = [
        f"{plain(row['variable'].lower())} in the {name} ({decimal(row['alpha']).text})"
        for name in rounds_of(table)
        if (row := weakest(table, name)) is not None
    ]
    if not parts:
        return "No agreement on a code can be computed"
    return f"The least agreed code is {enumerate_words(parts)}"


def alt_agreement(table: pd.DataFrame) -> str:
    """Return the alternative text of an agreement figure."""
    if table.empty:
        return NO_ROUND
    parts = []
    for variable, group in table.groupby("variable", sort=False):
        values = " then ".join(decimal(value).text for value in group["alpha"])
        parts.append(f"{variable} {values}")
    rounds = " then ".join(rounds_of(table))
    return f"Dots with intervals: alpha by line, {rounds}. {'; '.join(parts)}."


def title_grades(rows: pd.DataFrame) -> str:
    """Return the finding of the figure of grades: the share of grade A in each period."""
    best = (rows["evidence_grade"] == "A").groupby(rows["period"], observed=True).mean()
    names = dict(zip(PERIODS, ("earlier", "later"), strict=True))
    parts = [f"{percent(best[p]).text} of the {names[p]} starts" for p in PERIODS if p in best]
    return f"Fully documented (grade A): {', '.join(parts) or 'no dated start'}"


def alt_grades(counts: pd.DataFrame, frame: Frame) -> str:
    """Return the alternative text of the figure of grades."""
    totals = counts.groupby("grade")["initiatives"].sum()
    parts = [f"grade {grade} {n}" for grade, n in totals.items()]
    return (
        f"Stacked bars of starts per year by evidence grade, {frame.first_year} to "
        f"{frame.last_year}; in all {enumerate_words(parts)}."
    )


def title_sources(counts: pd.DataFrame, frame: Frame) -> str:
    """Return the finding of the figure of sources: how many came after the break."""
    late = counts.loc[counts["year"] > frame.break_year, "sources"].sum()
    total = counts["sources"].sum()
    if not total:
        return "No source is dated"
    return (
        f"{percent(late / total).text} of the dated sources were published after {frame.break_year}"
    )


def alt_sources(counts: pd.DataFrame, frame: Frame) -> str:
    """Return the alternative text of the figure of sources."""
    if counts.empty:
        return "No source is dated."
    peak = counts.loc[counts["sources"].idxmax()]
    return (
        f"Bars of sources per year of publication, {counts['year'].min()} to "
        f"{counts['year'].max()}; the most are {peak['sources']} in {peak['year']}."
    )
