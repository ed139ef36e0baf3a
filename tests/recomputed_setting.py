"""All nine claims under one setting of the panel, in plain Python (see `recomputed`).

A setting is what an address says: the name of a choice, and its option, in the words of the page.
"""

import math

import plain_intervals as plain
from recomputed import (
    BREAK,
    ELITE,
    GRASSROOTS,
    LAST,
    MIXED,
    SIDES,
    count_shared,
    largest_overlap,
    pairs,
    plans_of,
    smallest_alpha,
    voices,
    with_cases,
)

GRADES = {"A-B-and-C": "ABC", "A-and-B": "AB", "A": "A"}
WAVES = {
    "all": ("first", "extension", "gap", "transfer"),
    "without-gap": ("first", "extension"),
    "first-alone": ("first",),
}
MIXED_AS = {
    "apart": (),
    "with-elite": (ELITE,),
    "with-grassroots": (GRASSROOTS,),
    "in-both": (ELITE, GRASSROOTS),
}
COUNTED = ["starts", "active-at-least", "active-at-most"]
UNITS = {
    "statements": "id",
    "documents": "document_id",
    "speakers": "speaker",
    "organisations": "organisation",
}
LEVELS = (ELITE, MIXED, GRASSROOTS)
HEARD = ("elite", "professional", "grassroots")
CHECKED = ("confirmed", "corrected")


def recompute(said, rows, statements, propositions, rounds):
    """Return of each claim its parts: value, low, high (None where they are drawn) and cases."""
    kept = [row for row in rows if is_in(row, said)]
    coder = said.get("coder", "consensus")
    told = statements.get(coder, statements["consensus"])
    heard = [s for s in told if is_heard(s, said)]
    return {
        **over_time(kept, coder, said),
        **foci(kept, coder, said),
        "C5": shared(heard, said, propositions),
        "C6": evident(heard, UNITS[said.get("unit-C6", "statements")]),
        **approaches(kept, coder, rounds[said.get("round", list(rounds)[-1])]),
    }


def is_in(row, said):
    return (
        (row["scope"] == "binational" or said.get("scope") != "binational")
        and row["scope"] != "citizens_only"
        and row["evidence_grade"] in GRADES[said.get("grades", "A-B-and-C")]
        and row["wave"] in WAVES[said.get("waves", "all")]
        and (said.get("nested") != "out" or not row["part_of"])
        and (said.get("borderline") != "out" or row["borderline"] == "no")
        and (said.get("umbrellas") == "in" or row["unit"] == "initiative")
    )


def over_time(kept, coder, said):
    """C1, C2. An initiative that counts in several years is one case in the intervals."""
    if said.get("uncertain-years") == "out":
        kept = [row for row in kept if row["dated"]]
    way = COUNTED.index(said.get("counted", "starts"))
    last = int(said.get("break-year", BREAK))
    mixed = MIXED_AS[said.get("mixed", "apart")]
    spells = [(row["codes"][coder]["level"], row["years"][way]) for row in kept]
    before, after = (
        [(level, [y for y in years if first <= y <= end]) for level, years in spells]
        for first, end in ((0, last), (last + 1, LAST))
    )
    elite, _, n = levels(before, mixed)
    (_, grass_0, n_0), (_, grass, n_1) = levels(before, mixed), levels(after, mixed)
    return {
        "C1": [(*plain.lead(elite, grass_0, n), n)],
        "C2": [trend(spells, mixed), (*plain.difference(grass, n_1, grass_0, n_0), n_0 + n_1)],
    }


def levels(spells, mixed):
    """Return elite/professional, grassroots and all, in initiatives."""
    cases = sum(len(years) for _, years in spells)
    weight = sum(bool(years) for _, years in spells) / cases if cases else 0
    of = {x: sum(len(years) for level, years in spells if level == x) for x in LEVELS}
    sides = [of[x] + of[MIXED] * (x in mixed) for x in (ELITE, GRASSROOTS)]
    return *(side * weight for side in sides), cases * weight


def trend(spells, mixed):
    """The odds ratio, its interval as wide as that of so many initiatives would be."""
    cases = sum(len(years) for _, years in spells)
    weight = sum(bool(years) for _, years in spells) / cases
    told = [
        (year, side == GRASSROOTS)
        for level, years in spells
        for side in (mixed if level == MIXED else (level,))
        for year in years
    ]
    value, _, high = plain.logistic(*zip(*told, strict=True))
    half = math.log(high / value) / math.sqrt(weight)
    return value, value * math.exp(-half), value * math.exp(half), len(told) * weight


def foci(kept, coder, said):
    """C3, C4."""
    also = {"both"} if said.get("focus-both") == "with-either" else set()
    mixed = MIXED_AS[said.get("mixed", "apart")]
    codes = [row["codes"][coder] for row in kept]
    elite, grassroots = (
        [c["focus"] for c in codes if c["level"] in (x, MIXED if x in mixed else x)]
        for x in (ELITE, GRASSROOTS)
    )

    def having(side, focus):
        return sum(bool(x & ({focus} | also)) for x in side), len(side)

    outcome = *having(elite, "outcome"), *having(grassroots, "outcome")
    return {
        "C3": [with_cases(*having(grassroots, "relationship"))],
        "C4": [with_cases(*outcome[:2]), (*plain.odds_ratio(*outcome), outcome[1] + outcome[3])],
    }


def is_heard(statement, said):
    return (
        (said.get("statements") != "checked-only" or statement["source_check"] in CHECKED)
        and (said.get("voices") != "practitioners-only" or statement["practice_level"] in HEARD)
        and statement["wave"] in WAVES[said.get("waves-of-statements", "all")]
    )


def shared(heard, said, propositions):
    """C5."""
    if said.get("joint-statements") == "left-out":
        heard = [s for s in heard if s["side"] != "joint"]
    unit = UNITS[said.get("unit-C5", "speakers")]
    voiced = voices(heard, unit)
    fewest = min(sum(side == x for _, x, _ in voiced) for side in SIDES)
    return [(*plain.share(count_shared(heard, unit), propositions), fewest)]


def evident(heard, unit):
    """C6. The interval of statements is drawn."""
    every, ever = {s[unit] for s in heard}, {s[unit] for s in heard if s["evident"]}
    value, low, high = plain.share(len(ever), len(every))
    return [(value, low, high, len(every)) if unit != "id" else (value, None, None, len(every))]


def approaches(kept, coder, round_of):
    """C7, C8, C9. The intervals of an alpha and of an overlap are drawn."""
    plans = plans_of(kept, coder)
    compared = pairs(kept, round_of)
    found = len(frozenset().union(*(x for pair in compared for x in pair)))
    given = [row["codes"][coder]["approach"] for row in kept]
    n = len(kept)
    return {
        "C7": [with_cases(plans.count({"yes"}), len(plans))],
        "C8": [(smallest_alpha(compared), None, None, n), (found, found, found, n)],
        "C9": [
            with_cases(sum(len(x) > 1 for x in given), n),
            (largest_overlap(given), None, None, n),
        ],
    }
