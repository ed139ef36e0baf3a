"""Chapter `robustness`: its sentences, titles and alternative texts, computed from the results."""

import pandas as pd

from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import GRASSROOTS, PERIODS, level_counts
from tracktwo.chapters.robustness import results as robustness
from tracktwo.claims.undocumented import MOST
from tracktwo.claims.verdicts import MANY, UNTESTABLE, Verdict
from tracktwo.claims.verdicts import MOST as NEARLY_ALL
from tracktwo.ground.wording import enumerate_words
from tracktwo.words.claim_words import say_side
from tracktwo.words.numbers import Number, count, most_percent, percent, value_text

CHOICES = {
    "scope": "whether regional initiatives are in",
    "grades": "which evidence grades are in",
    "nested": "whether initiatives that are part of another are in",
    "borderline": "whether borderline rows are in",
    "umbrellas": "whether umbrellas are in",
    "waves": "which searches' initiatives are in",
    "uncertain years": "whether starts whose year is in doubt are in",
    "coder": "whose codes are used",
    "counted": "whether starts or active initiatives are counted",
    "break year": "where the break lies",
    "mixed": "where mixed initiatives are counted",
    "focus both": "where initiatives with both foci are counted",
    "round": "whose codes are compared",
    "unit": "what counts as one voice",
    "statements": "whether unchecked statements are in",
    "voices": "whether researchers and donors are heard",
    "waves of statements": "which searches' statements are in",
    "joint statements": "how joint statements are counted",
}


def say_answer(verdicts: dict[str, Verdict]) -> str:
    """Return how many claims hold their direction under (nearly) every specification."""
    usable = {c: v for c, v in verdicts.items() if v.verdict != UNTESTABLE}
    groups = {
        "hold their direction in at least {}% of specifications": [
            c for c, v in usable.items() if v.agree_share >= NEARLY_ALL
        ],
        "in {}% or more": [c for c, v in usable.items() if MANY <= v.agree_share < NEARLY_ALL],
        "in fewer": [c for c, v in usable.items() if v.agree_share < MANY],
    }
    borders = [NEARLY_ALL, MANY, MANY]
    parts = [
        f"{len(claims)} {words.format(round(border * 100))} ({enumerate_words(claims)})"
        for (words, claims), border in zip(groups.items(), borders, strict=True)
        if claims
    ]
    if not parts:
        return "No claim can be tested on these data, so there is nothing to vary."
    text = f"Of the {len(usable)} claims that can be tested, {enumerate_words(parts)}."
    rest = [c for c in verdicts if c not in usable]
    return f"{text} {enumerate_words(rest)} cannot be tested at all." if rest else text


def say_closest(verdicts: dict[str, Verdict]) -> str:
    """Return which claim lies nearest to the border of near-complete agreement."""
    usable = {c: v for c, v in verdicts.items() if v.verdict != UNTESTABLE}
    if not usable:
        return ""
    claim = min(usable, key=lambda c: abs(usable[c].agree_share - NEARLY_ALL))
    found = usable[claim]
    place = found.agree.index(found.agree_share)
    table = robustness.influence(robustness.part_curve(found, place))
    side = "just above" if found.agree_share >= NEARLY_ALL else "below"
    why = f" It turns on {CHOICES[table['choice'].iloc[0]]}." if len(table) else ""
    return (
        f"The nearest to that border is {claim}, {side} it with "
        f"{most_percent(found.agree_share)} of specifications.{why}"
    )


def say_matters(found: Verdict, place: int) -> str:
    """Return which choice moves a part most, and how far."""
    ordered = robustness.part_curve(found, place)
    table = robustness.influence(ordered)
    if table.empty or table["explained"].iloc[0] == 0:
        return "No choice moves it."
    kind = found.result.parts[place].kind
    top = table.iloc[0]
    return (
        f"What matters most is {CHOICES[top.choice]}: it accounts for "
        f"{most_percent(top.explained)} of the variation. The median is "
        f"{value_text(kind, top.at_low)} under *{top.low}* and {value_text(kind, top.at_high)} "
        f"under *{top.high}*."
    )


def title_agreement(verdicts: dict[str, Verdict]) -> str:
    """Return the finding of the overview."""
    shares = robustness.agreement_rows(verdicts)["agree"]
    held = sum(share >= NEARLY_ALL for share in shares)
    return (
        f"{held} of {len(shares)} statistics are on the predicted side in at least "
        f"{round(NEARLY_ALL * 100)}% of specifications"
    )


def alt_agreement(table: pd.DataFrame) -> str:
    """Return the alternative text of the overview."""
    parts = [f"{r.part} {most_percent(r.agree)}" for r in table.itertuples()]
    return f"Bars of the share of specifications on the predicted side. {'; '.join(parts)}."


def title_curve(claim: str, found: Verdict, place: int) -> str:
    """Return the finding of one specification curve."""
    part = found.result.parts[place]
    return (
        f"{claim}, {part.name}: {say_side(part)}, as predicted, in "
        f"{most_percent(found.agree[place])} of specifications"
    )


def caption_curve(claim: str, found: Verdict, place: int) -> str:
    """Return the caption of one specification curve, with its n."""
    n = len(robustness.part_curve(found, place))
    merged = (
        f" Specifications are sorted by their estimate and merged into {robustness.COLUMNS} "
        "columns, of which the medians are shown."
        if n > robustness.COLUMNS
        else " Specifications are sorted by their estimate."
    )
    return (
        f"Estimate (dot; hollow: not on the predicted side) and interval (bar) of {claim}.{merged} "
        "Beneath, how much of each column takes each option; in bold, those of this edition. "
        f"{say_matters(found, place)} n = {n:,} specifications."
    )


def alt_curve(claim: str, found: Verdict, place: int) -> str:
    """Return the alternative text of one specification curve."""
    part, values = found.result.parts[place], robustness.part_curve(found, place)["value"]
    ends = [value_text(part.kind, v) for v in (values.min(), values.median(), values.max())]
    return (
        f"A rising curve of {len(values):,} estimates of the {part.name} ({claim}), from {ends[0]} "
        f"over {ends[1]} in the middle to {ends[2]}; predicted is {say_side(part)}."
    )


def say_tipping(table: pd.DataFrame, rows: pd.DataFrame, frame: Frame, claim: str) -> str:
    """Return how many undocumented grassroots starts undo a claim, against those documented."""
    foot = table[(table["claim"] == claim) & (table["elite"] == 0)].iloc[0]
    known = int(level_counts(rows, PERIODS[0])[GRASSROOTS])
    span = frame.periods[PERIODS[0]]
    if foot.undone == 0:
        return f"{claim} has nothing to lose: it does not stand to begin with."
    if foot.undone > MOST:
        return f"Even {MOST} undocumented grassroots starts would not undo {claim}."
    share = percent(known / (known + foot.undone)).text
    blurred = "hold the border already"
    if foot.blurred:
        blurred = f"come to hold the border with {foot.blurred} of them"
    return (
        f"{claim} is undone by {foot.undone} undocumented grassroots starts of {span}; its "
        f"intervals {blurred}. The inventory has {known} from those years, so {claim} keeps its "
        f"direction as long as more than {share} of what there was is documented."
    )


def say_both(table: pd.DataFrame) -> str:
    """Return what undocumented elite initiatives after the break add to the danger for C2."""
    c2 = table[table["claim"] == "C2"].set_index("elite")
    alone = c2.index[c2["undone"] == 0]
    if c2.loc[0, "undone"] == 0:
        return "C2 does not stand even without any."
    if alone.empty:
        return f"Even {MOST} undocumented elite starts after the break alone would not."
    return (
        f"Undocumented elite and professional starts after the break work against C2 as well: "
        f"{alone[0]} of them would undo it without a single undocumented grassroots group."
    )


def say_undone(table: pd.DataFrame, frame: Frame) -> str:
    """Return in one sentence how many undocumented grassroots starts would undo C1 and C2."""
    text = title_tipping(table)
    of = f", all begun in {frame.periods[PERIODS[0]]}" if text.startswith("Undocumented") else ""
    return f"{text}{of}."


def title_tipping(table: pd.DataFrame) -> str:
    """Return the finding of the tipping figure."""
    foot = table[table["elite"] == 0].set_index("claim")["undone"]
    words = [f"{claim} with {n}" for claim, n in foot.items() if 0 < n <= MOST]
    if not words:
        return "No plausible number of undocumented initiatives decides C1 or C2"
    return f"Undocumented grassroots starts would undo {enumerate_words(words)}"


def alt_tipping(table: pd.DataFrame) -> str:
    """Return the alternative text of the tipping figure."""
    foot = table[table["elite"] == 0].set_index("claim")
    parts = [
        f"for {claim} the estimate turns at {row.undone} and the interval reaches the border at "
        f"{row.blurred}"
        for claim, row in foot.iterrows()
    ]
    return (
        "Two maps of regions: undocumented grassroots starts to the right, undocumented elite ones "
        f"upwards. With no undocumented elite starts, {enumerate_words(parts)}; a number above "
        f"{MOST} is off the map."
    )


def say_left_out(printed: pd.DataFrame) -> str:
    """Return whether any publisher carries a result."""
    if "Still as predicted" not in printed:
        return "No publisher moves any estimate."
    turned = printed.loc[printed["Still as predicted"] == "no", "Claim"].unique()
    kept = (
        "No single publisher carries a result: every estimate that is on the predicted side stays"
    )
    if not len(turned):
        return f"{kept} there whichever one is left out."
    return (
        f"For {enumerate_words(list(turned))} an estimate lies on the other side with at least one "
        "publisher left out; the others keep theirs."
    )


def tell_robustness(
    verdicts: dict[str, Verdict], rows: pd.DataFrame, frame: Frame, tipping: pd.DataFrame
) -> dict[str, Number | str | int]:
    """Return every number and computed sentence of the chapter's text, by key."""
    total = sum(found.specifications for found in verdicts.values())
    return {
        "answer": say_answer(verdicts),
        "closest": say_closest(verdicts),
        "n-specifications": count(total),
        "n-claims": len(verdicts),
        "most": percent(NEARLY_ALL),
        "many": percent(MANY),
        "tip-c1": say_tipping(tipping, rows, frame, "C1"),
        "tip-c2": say_tipping(tipping, rows, frame, "C2"),
        "tip-elite": say_both(tipping),
        "undone": say_undone(tipping, frame),
        "span-before": frame.periods[PERIODS[0]],
    }
