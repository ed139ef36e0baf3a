"""Chapter `transfer`: its sentences, computed from the results."""

import pandas as pd

from tracktwo.analysis.estimates import Estimate, difference_of_shares
from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import ELITE, GRASSROOTS, LEVELS, ROUTES_IN_VIEW
from tracktwo.analysis.voices import SPONTANEOUS, select_statements
from tracktwo.chapters.transfer import record_words as record
from tracktwo.chapters.transfer import results as transfer
from tracktwo.chapters.transfer.results import ACTIVITY, NO_ROUTE, PLANNED, SILENT, states
from tracktwo.data.study import Study
from tracktwo.ground.wording import enumerate_words
from tracktwo.telling.examples import RULE
from tracktwo.words.numbers import Number, count, percent, points_text, share_text
from tracktwo.words.sides import by_side, majority


def say_compared(study: Study, rows: pd.DataFrame, frame: Frame) -> str:
    """Return which initiatives inside the frame are left out here, and why."""
    n = len(frame.select(study)) - len(rows)
    search = study.category_labels("initiatives", "wave")[ROUTES_IN_VIEW]
    search = search[:1].lower() + search[1:]
    why = "its summaries were written with outward routes in view, so that they name more of them"
    if not n:
        return f"What the {search} found would be left out ({why}), but none of it is in the frame."
    return (
        f"The {n} initiatives inside the frame that the {search} found are left out: {why}, and "
        "their codes of transfer cannot be compared with the others'."
    )


def say_planned(rows: pd.DataFrame, tested: Estimate) -> str:
    """Return the answer to C7 as one sentence."""
    return (
        f"A plan for transfer is documented for {states(rows)[PLANNED]} of {tested.n} initiatives, "
        f"{share_text(tested).text}: {majority(tested)}."
    )


def say_levels(planned: dict[str, Estimate]) -> str:
    """Return the share with a documented plan at each level, and whether two levels differ."""
    parts = [f"{share_text(planned[x]).text} of {x} ones" for x in LEVELS if planned[x].n]
    return f"By level, a plan is documented for {enumerate_words(parts)}."


def say_difference(rows: pd.DataFrame) -> str:
    """Return whether plans are commoner at the elite/professional or the grassroots level."""
    chosen = [rows.loc[rows["level"] == x, "transfer_planned"] for x in (ELITE, GRASSROOTS)]
    counts = [(int((c == PLANNED).sum()), len(c)) for c in chosen]
    found = difference_of_shares(*counts[0], *counts[1])
    if not found.n or any(not n for _, n in counts):
        return "One of the two levels has no initiatives, so they cannot be compared."
    return by_side(
        found,
        0,
        above="Plans are documented more often for elite and professional initiatives than for "
        f"grassroots ones, by {points_text(found).text}.",
        below="Plans are documented less often for elite and professional initiatives than for "
        f"grassroots ones: {points_text(found).text}.",
        unsure="Elite and professional initiatives do not clearly differ from grassroots ones in "
        f"this ({points_text(found).text}).",
    )


def say_voices(told: pd.DataFrame, everything: pd.DataFrame) -> str:
    """Return what practitioners say of planning, and how few they are."""
    if told.empty:
        return "No statement by a practitioner says anything of planning."
    found = transfer.told_share(told)
    side = by_side(
        found,
        0.5,
        above="describe it: that points away from C7",
        below="describe it: that points the way of C7",
        unsure="describe it, which settles nothing",
    )
    text = (
        f"Of {len(everything)} public statements only {len(told)}, by {told['voice'].nunique()} "
        f"speakers, say anything of planning, and {share_text(found).text} of these {side}."
    )
    sought = int((~told["wave"].isin(SPONTANEOUS)).sum())
    if not sought:
        return text
    return (
        f"{text} {sought} of the {len(told)} come from a search for transfer: they are no sample."
    )


def say_no_plan(told: pd.DataFrame) -> str:
    """Return how many statements say that there was no planning, or too little."""
    no = told[told["strategy_planned"] == "no"]
    if no.empty:
        return "None says that there was no planning, or too little."
    return f"{len(no)} of {len(told)} say that there was none, or too little."


def say_asked(everything: pd.DataFrame, told: pd.DataFrame) -> str:
    """Return how many statements are on transfer at all, and how many of those on planning."""
    asked = everything[everything["question"] == "transfer"]
    on_plans = told.index.isin(asked.index).sum()
    return f"{len(asked)} statements are about transfer, and {on_plans} of those speak of planning"


def commonest_route(shares: pd.DataFrame, by: str, group: str) -> tuple[str, float] | None:
    """Return the route that most initiatives of a group take, with its share; None if none."""
    rows = shares[(shares["by"] == by) & (shares["group"] == group) & ~shares["silent"]]
    rows = rows[rows["share"] > 0]
    return None if rows.empty else tuple(rows.loc[rows["share"].idxmax(), ["label", "share"]])


def say_routes(shares: pd.DataFrame) -> str:
    """Return the commonest documented route at each level."""
    parts = [
        f"for {level} initiatives, {found[0].lower()} ({percent(found[1]).text})"
        for level in LEVELS
        if (found := commonest_route(shares, "level", level))
    ]
    if not parts:
        return "No route of transfer is documented for any initiative."
    return f"The route documented most often: {'; '.join(parts)}."


def say_several(study: Study, rows: pd.DataFrame) -> str:
    """Return how many initiatives have one route, and how many have several."""
    routes = rows[[f"transfer_{code}" for code in transfer.routes(study)]].sum(axis=1)
    one, more = int((routes == 1).sum()), int((routes > 1).sum())
    none = int(rows[f"transfer_{NO_ROUTE}"].sum())
    return f"{one} initiatives have one documented route, {more} have more, and {none} have none"


def say_focus(planned: dict[str, Estimate]) -> str:
    """Return the share with a documented plan by focus."""
    parts = [f"“{name}” {percent(e.value).text}" for name, e in planned.items() if e.n]
    return enumerate_words(parts)


def tell_transfer(
    study: Study, rows: pd.DataFrame, frame: Frame, shares: pd.DataFrame, hidden: pd.DataFrame
) -> dict[str, Number | str | int]:
    """Return every number and computed sentence of the chapter, by key."""
    planned, tested = transfer.planned_by(study, rows, frame), transfer.test_planned(study, frame)
    told, everything = transfer.planning_statements(study, frame), select_statements(study, frame)
    return {
        "answer-planned": say_planned(rows, tested),
        "compared": say_compared(study, rows, frame),
        "answer-silent": record.say_silent(rows, hidden),
        "answer-voices": say_voices(told, everything),
        "levels": say_levels(planned["level"]),
        "difference": say_difference(rows),
        "focus": say_focus(planned["focus"]),
        "routes": say_routes(shares),
        "several": say_several(study, rows),
        "n-planned": count(states(rows)[PLANNED]),
        "n-activity": count(states(rows)[ACTIVITY]),
        "n-silent": count(states(rows)[SILENT]),
        "ceiling": share_text(transfer.ceiling(rows)),
        "any-coder": share_text(transfer.any_coder(study, rows)),
        "known": record.say_known(transfer.denominators(study, rows)),
        "reading": record.say_reading(study, rows),
        "best-read": record.say_best_read(study, rows),
        "tipping": record.say_tipping(rows, hidden),
        "conclusion": record.say_conclusion(tested),
        "earlier": record.say_earlier(study, rows, frame),
        "coders": record.say_coders(transfer.by_coder(study, frame)),
        "agreement": record.say_agreement(study),
        "apart": record.say_apart(study),
        "asked": say_asked(everything, told),
        "no-plan": say_no_plan(told),
        "rule": RULE,
    }
