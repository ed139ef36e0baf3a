"""The nine verdicts once more: every choice varied, and the rule (see `recomputed`)."""

import math
from collections import Counter, defaultdict
from itertools import product

from recomputed import (
    APPROACHES,
    BREAK,
    ELITE,
    FIRST,
    GRASSROOTS,
    LAST,
    MIXED,
    claims,
    count_shared,
    largest_overlap,
    pairs,
    plans_of,
    read,
    read_inventory,
    read_rounds,
    read_statements,
    smallest_alpha,
)

MIXED_AS = [(), (ELITE,), (GRASSROOTS,), (ELITE, GRASSROOTS)]
STRONGEST_FIRST = ["supported", "leaning", "unclear", "cannot be tested", "not supported"]


def choices_of_rows(rows):
    """Yield the initiatives that each combination of choices keeps."""
    regional, grades = (("binational", "regional"), ("binational",)), ("ABC", "AB", "A")
    waves = ({"first", "extension", "gap"}, {"first", "extension"}, {"first"})
    in_or_out = [(True, False)] * 3
    for scopes, grade, wave, nested, borderline, umbrellas in product(
        regional, grades, waves, *in_or_out
    ):
        yield tuple(
            row
            for row in rows
            if row["scope"] in scopes
            and row["evidence_grade"] in grade
            and row["wave"] in wave
            and (nested or not row["part_of"])
            and (borderline or row["borderline"] == "no")
            and (umbrellas or row["unit"] == "initiative")
        )


def on_inventory(kept, coders, rounds):
    """Yield claim and values of all further choices: C1 and C2 with and without doubtful years."""
    yield from on_time(kept, coders)
    yield from on_time([row for row in kept if row["dated"]], coders)
    yield from on_codes(kept, coders)
    yield from on_rounds(kept, rounds)


def on_time(kept, coders):
    """Yield C1 and both parts of C2: their values, of C2's trend the score at no trend plus one.

    The odds ratio is above one exactly where the score is above zero.
    """
    for coder, way in product(coders, range(3)):
        counts = Counter(
            (year, r["codes"][coder]["level"]) for r in kept for year in r["years"][way]
        )
        for mixed in MIXED_AS:
            by_year = [year_of(counts, year, mixed) for year in range(FIRST, LAST + 1)]
            score = score_of_trend([(e + g, g) for e, g, _ in by_year])
            for last in range(BREAK - 2, BREAK + 2):
                split = last + 1 - FIRST
                (e, g, n), (_, g_2, n_2) = (
                    map(sum, zip(*years, strict=True))
                    for years in (by_year[:split], by_year[split:])
                )
                yield "C1", [ratio(e - g, n)]
                yield "C2", [score + 1, ratio(g_2, n_2) - ratio(g, n)]


def year_of(counts, year, mixed):
    """Return elite/professional, grassroots and all initiatives of a year."""
    e, m, g = (counts[year, x] for x in (ELITE, MIXED, GRASSROOTS))
    return e + m * (ELITE in mixed), g + m * (GRASSROOTS in mixed), e + m + g


def score_of_trend(years):
    """Return the derivative of the likelihood by the slope where it is zero, times all cases."""
    n, yes = (sum(column) for column in zip(*years, strict=True))
    if yes in (0, n) or sum(cases > 0 for cases, _ in years) < 2:
        return math.nan
    return sum(i * (n * g - yes * cases) for i, (cases, g) in enumerate(years))


def ratio(count, n):
    return count / n if n else math.nan


def on_codes(kept, coders):
    """Yield C3, C4, C7 and C9; of C4's odds ratio, how far the cross products differ, plus one."""
    for coder in coders:
        codes = [row["codes"][coder] for row in kept]
        for mixed, also in product(MIXED_AS, [(), ({"both"},)]):
            sides = [
                [
                    c["focus"]
                    for c in codes
                    if c["level"] in (side, MIXED if side in mixed else side)
                ]
                for side in (ELITE, GRASSROOTS)
            ]
            a, c = (sum(x in ({"outcome"}, *also) for x in side) for side in sides)
            r = sum(x in ({"relationship"}, *also) for x in sides[1])
            n, n_2 = map(len, sides)
            defined = n and n_2 and 0 < a + c < n + n_2
            yield "C3", [ratio(r, n_2)]
            yield "C4", [ratio(a, n), a * (n_2 - c) - (n - a) * c + 1 if defined else math.nan]
        given = [code["approach"] for code in codes]
        plans = plans_of(kept, coder)
        yield "C7", [ratio(plans.count({"yes"}), len(plans))]
        yield "C9", [ratio(sum(len(x) > 1 for x in given), len(given)), largest_overlap(given)]


def on_rounds(kept, rounds):
    """Yield C8."""
    for coders in rounds:
        given = pairs(kept, coders)
        yield "C8", [smallest_alpha(given), len(frozenset().union(*(x for p in given for x in p)))]


def on_statements(statements, propositions):
    """Yield C5 and C6; only C5 looks at sides, and so at whether those who speak jointly count."""
    practitioners = ("elite", "professional", "grassroots")
    for told, checked, practising, first in product(statements.values(), *[(True, False)] * 3):
        kept = [
            s
            for s in told
            if (not checked or s["source_check"] in ("confirmed", "corrected"))
            and (not practising or s["practice_level"] in practitioners)
            and (not first or s["wave"] == "first")
        ]
        apart = [s for s in kept if s["side"] != "joint"]
        for unit, heard in product(("speaker", "document_id", "organisation"), (kept, apart)):
            yield "C5", [count_shared(heard, unit) / propositions]
        for unit in ("id", "document_id", "speaker", "organisation"):
            ever = {s[unit] for s in kept if s["evident"]}
            yield "C6", [ratio(len(ever), len({s[unit] for s in kept}))]


# The rule


def on_side(value, side):
    """Return whether a value is on the side that a claim predicts, written as in claims.csv."""
    relation, border = side.split()
    return {
        ">": value > float(border),
        ">=": value >= float(border),
        "<": value < float(border),
    }[relation]


def agreement(rows, statements, propositions, sides, rounds):
    """Return of each claim how many specifications it has, and of each part how many agree."""
    tables, known, coders = defaultdict(list), {}, [*rows[0]["codes"]]
    for kept in choices_of_rows(rows):
        ids = tuple(row["id"] for row in kept)
        if ids not in known:  # many choices keep the same initiatives
            known[ids] = [*on_inventory(kept, coders, rounds)]
        for claim, values in known[ids]:
            tables[claim].append(values)
    for claim, values in on_statements(statements, propositions):
        tables[claim].append(values)
    found = {}
    for claim, table in tables.items():
        valued = [[x for x in part if not math.isnan(x)] for part in zip(*table, strict=True)]
        found[claim] = (
            len(table),
            [
                sum(on_side(x, side) for x in part) / len(part)
                for part, side in zip(valued, sides[claim], strict=True)
            ],
        )
    return found


def judge(value, low, high, cases, side, agree):
    """Return the verdict on one part of a claim, by the rule as the book prints it."""
    if cases < 10 or math.isnan(value):
        return "cannot be tested"
    ends = on_side(low, side), on_side(high, side)
    if all(ends) and agree >= 0.9:
        return "supported"
    crosses = any(ends) and not all(ends)
    if on_side(value, side) and (crosses or 0.6 <= agree < 0.9):
        return "leaning"
    return "unclear" if any(ends) else "not supported"


def verdicts(folder):
    """Return each claim's parts, sides, number of specifications, agreement and verdict."""
    rows, statements = read_inventory(folder), read_statements(folder)
    book = read(folder / "codebook.csv")
    propositions = sum(line["variable"] == "transfer_proposition" for line in book)
    sides = {r["id"]: r["predicted"].split("; ") for r in read(folder / "article/claims.csv")}
    sides["C8"].append(f">= {len(APPROACHES)}")
    rounds = read_rounds(folder)
    parts = claims(rows, statements, propositions, rounds[-1])
    varied = agreement(rows, statements, propositions, sides, rounds)
    found = {}
    for claim in sides:
        specifications, agree = varied[claim]
        judged = [
            judge(*part, side, share)
            for part, side, share in zip(parts[claim], sides[claim], agree, strict=True)
        ]
        verdict = max(judged, key=STRONGEST_FIRST.index)
        found[claim] = parts[claim], sides[claim], specifications, agree, verdict
    return found
