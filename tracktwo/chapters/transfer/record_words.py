"""Chapter `transfer`: its sentences on no plan and no record of a plan, and on the coders."""

import pandas as pd

from tracktwo.analysis.estimates import Estimate
from tracktwo.analysis.frame import Frame
from tracktwo.chapters.evidence.results import (
    NO_ROUND,
    agreement_by_variable,
    count_disagreements,
    earliest,
    weakest,
)
from tracktwo.chapters.transfer import results as transfer
from tracktwo.chapters.transfer.results import (
    ACTIVITY,
    MOST_READ,
    PLANNED,
    SILENT,
    planned_share,
    states,
)
from tracktwo.data.study import Study
from tracktwo.telling.examples import sources_read
from tracktwo.words.numbers import decimal, percent, ratio_text, share_text
from tracktwo.words.sides import by_side, majority


def say_silent(rows: pd.DataFrame, hidden: pd.DataFrame) -> str:
    """Return what the initiatives without a record could do to the answer."""
    silent, tip = int(states(rows)[SILENT]), transfer.tipping(hidden, "share")
    if not silent:
        return "None is without a record of some outward activity."
    start = (
        f"For {silent} more the sources record nothing outward, which is not the same as no plan"
    )
    if tip is None:
        return f"{start}: but even if all of them had had one, the share would stay below one half."
    if tip == 0:
        return f"{start}; but half of all have a plan without them."
    return (
        f"{start}: if {tip} of those {silent} ({percent(tip / silent).text}) had had a plan that "
        "nobody wrote down or that we did not read, half of all would have been planned."
    )


def say_known(found: dict[str, Estimate]) -> str:
    """Return how the share moves with the choice of initiatives that are better known."""
    below = [name for name, e in found.items() if e.side_of(0.5) == "below"]
    known = {name: e for name, e in found.items() if e.n}
    if not known:
        return "There is no initiative whose share could be told."
    low, high = (pick(known, key=lambda n: known[n].value) for pick in (min, max))
    return (
        f"The share goes from {percent(known[low].value).text} (“{low}”) to "
        f"{percent(known[high].value).text} (“{high}”), and its whole interval is below one half "
        f"in {len(below)} of {len(found)} choices."
    )


def say_reading(study: Study, rows: pd.DataFrame) -> str:
    """Return whether more reading finds more activity, and more plans."""
    silent, planned = (transfer.reading_trend(study, rows, [x]) for x in (SILENT, PLANNED))
    if silent is None or planned is None:
        return "There are too few initiatives, or all read alike, to see what more reading finds."
    factor = "(odds times {} per further source)"
    first = by_side(
        silent,
        1,
        above="The more sources were read, the more initiatives are without a record",
        below="The more sources were read, the fewer initiatives are without a record",
        unsure="It is not clear that more reading leaves fewer initiatives without a record",
    )
    second = by_side(
        planned,
        1,
        above="plans are found more often too",
        below="plans are found less often",
        unsure="nor is it clear that it finds more plans",
    )
    one, two = (factor.format(ratio_text(e).text) for e in (silent, planned))
    return f"{first} {one}; {second} {two}."


def say_best_read(study: Study, rows: pd.DataFrame) -> str:
    """Return what is found where most was read, and how little was read where nothing was found."""
    read = sources_read(study, rows)
    best, silent = rows[read >= MOST_READ], read[rows["transfer_planned"] == SILENT]
    few = int((silent <= 2).sum())
    little = f"At most two sources were read for {few} of the {len(silent)} without a record"
    if best.empty:
        return f"{little}. No initiative had {MOST_READ} sources read, or more."
    found = planned_share(best)
    return (
        f"{little}. Of the {found.n} initiatives with {MOST_READ} sources read or more, "
        f"{share_text(found).text} have a plan: {majority(found)}."
    )


def say_tipping(rows: pd.DataFrame, hidden: pd.DataFrame) -> str:
    """Return how many hidden plans it takes, and how many one would expect."""
    silent, both = int(states(rows)[SILENT]), int(states(rows)[[PLANNED, ACTIVITY]].sum())
    blur, tip = (transfer.tipping(hidden, column) for column in ("high", "share"))
    if tip is None or not silent or not both:
        return "Hidden plans alone could not bring the share to one half."
    if tip == 0:
        return "There is nothing to undo: half of all have a documented plan."
    rate = states(rows)[PLANNED] / both
    start = (
        "The interval holds one half already"
        if blur == 0
        else (f"With {blur} hidden plans the interval would no longer lie below one half")
    )
    more = "fewer than" if rate * silent < tip else "at least as many as"
    return (
        f"{start}, and with {tip} the share itself would reach it. That is "
        f"{percent(tip / silent).text} of the {silent} without a record. Where outward activity "
        f"is on record, {percent(rate).text} have a plan; at that rate {rate * silent:.0f} of "
        f"the {silent} would have had one, {more} it takes."
    )


def say_conclusion(tested: Estimate) -> str:
    """Return what the record can show, and that it is less than the claim."""
    found = by_side(
        tested,
        0.5,
        above="planning that left a trace in public sources for most initiatives, against C7",
        below="little planning that left a trace in public sources, and so far it bears C7 out",
        unsure="planning that left a trace in public sources for about half of the initiatives",
    )
    return f"The record shows {found}"


def say_earlier(study: Study, rows: pd.DataFrame, frame: Frame) -> str:
    """Return what the first coder of the earliest round saw where no record was found."""
    coder = next(iter(study.rounds["inventory"].values()), (frame.coder,))[0]
    silent = int(states(rows)[SILENT])
    if coder == frame.coder or not silent:
        return "These data hold no earlier coder with whom to compare those without a record."
    saw = transfer.seen_by(study, rows, coder).fillna(0).astype(int)
    return (
        f"Of the {silent} without a record, the first coder of the {earliest(study)} had called "
        f"{saw[PLANNED]} planned and {saw[ACTIVITY]} an activity without a plan."
    )


def say_coders(found: dict[str, Estimate]) -> str:
    """Return how far C7 moves from coder to coder."""
    if not any(e.n for e in found.values()):
        return "There is no initiative whose share could be told by coder."
    low, high = (pick(found, key=lambda name: found[name].value) for pick in (min, max))
    below = sum(e.side_of(0.5) == "below" for e in found.values())
    return (
        f"The share with a documented plan goes from {percent(found[low].value).text} ({low}) to "
        f"{percent(found[high].value).text} ({high}); its whole interval is below one half for "
        f"{below} of {len(found)} coders."
    )


def say_agreement(study: Study) -> str:
    """Return how well the coders of each round agreed on planning, and how it ranks."""
    table = agreement_by_variable(study, "inventory")
    parts = []
    for name in dict.fromkeys(table["round"]):
        row = table[(table["round"] == name) & (table["variable"] == "transfer planned")].iloc[0]
        least = weakest(table, name)
        last = least is not None and least["variable"] == row["variable"]
        rank = ", the least agreed of all variables" if last else ""
        parts.append(f"{decimal(row['alpha']).text} in the {name}{rank}")
    return "; ".join(parts) or "not defined, for want of two coders of one round"


def say_apart(study: Study) -> str:
    """Return what the earliest round's disagreements on planning are about."""
    name = earliest(study)
    if name is None:
        return NO_ROUND
    apart, planned = count_disagreements(study, "transfer_planned", name, PLANNED)
    return (
        f"Of {apart} disagreements in the {name}, {planned} are on whether there was a plan; the "
        f"other {apart - planned} are on where an activity begins, which C7 does not ask."
    )
