"""The nine claims once more, in plain Python over the CSV files, for `recomputed_verdicts`.

Shares no code with the package. Written from the words: the measures in ``article/claims.csv``,
the definitions in ``codebook.csv`` and ``data/README.md``, the rounds of coding that
``datapackage.json`` declares, the rule and the choices as the chapters on verdicts and
robustness print them.
"""

import csv
import json
import math
import re
from collections import Counter, defaultdict
from itertools import combinations

import plain_intervals as plain

FIRST, LAST, BREAK = 1992, 2004, 2000
APPROACHES = ("psychological", "constructivist", "capacity_building", "realistic_interest")
ELITE, MIXED, GRASSROOTS = "elite/professional", "mixed", "grassroots"
NOT_COMPARABLE = "extension"  # its summaries were written with routes of transfer in view
SIDES = ("israeli", "palestinian")


# The evidence


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_codes(path):
    """Return the coders, and a function from unit, coder and variable to the set of values."""
    found, coders = defaultdict(set), {}
    for unit, coder, variable, value in (row.values() for row in read(path)):
        found[unit, coder, variable].add(value)
        coders[coder] = None
    return list(coders), lambda *key: frozenset(found.get(key, ()))


def read_rounds(folder):
    """Return the pairs of coders of the inventory as the data set declares them, latest last."""
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    (codes,) = (x for x in package["resources"] if x["path"] == "inventory/codes.csv")
    return [tuple(pair) for pair in codes["coding"]["rounds"].values()]


def read_inventory(folder):
    """Return the initiatives at work in some year of the frame, each with its codes by coder."""
    coders, codes = read_codes(folder / "inventory/codes.csv")
    rows = []
    for row in read(folder / "inventory/initiatives.csv"):
        start, end = (int(row[x]) if row[x] else None for x in ("start_year", "end_year"))
        if (end or LAST) < FIRST or (start or FIRST) > LAST:
            continue
        by_coder = {
            coder: {
                v: codes(row["id"], coder, v) for v in ("focus", "approach", "transfer_planned")
            }
            | {"level": level(codes(row["id"], coder, "participants"))}
            for coder in coders
        }
        more = {"codes": by_coder, "start": start, "years": years_counted(row, start, end)}
        more["dated"] = "start_year" not in row["uncertain"].split(" | ")
        rows.append(row | more)
    return rows


def level(participants):
    if "grassroots" not in participants:
        return ELITE
    return MIXED if len(participants) > 1 else GRASSROOTS


def years_counted(row, start, end):
    """Return the years an initiative counts in: as a start, as active at least, and at most.

    It is known to be at work up to its end, or else up to the year that its status names; later
    ones are not known, and count at most. Without a start it was at work in its last year alone.
    """
    first = start or end
    if first is None:
        return [], [], []
    named = re.fullmatch(r"ongoing_after_(\d+)", row["end_status"])
    known = end or max(first, int(named[1]) if named else first)
    spans = (start or 1, start or 0), (first, known), (first, end or LAST)
    return [[year for year in range(FIRST, LAST + 1) if a <= year <= b] for a, b in spans]


def read_statements(folder):
    """Return the statements that voice a proposition, by whose codes."""
    coders, codes = read_codes(folder / "practitioners/codes.csv")
    speakers = {
        (row["document_id"], row["speaker"]): row
        for row in read(folder / "practitioners/speakers.csv")
    }
    found = {coder: [] for coder in coders}
    for row in read(folder / "practitioners/statements.csv"):
        for coder, rows in found.items():
            for proposition in codes(row["id"], coder, "transfer_proposition"):
                evident = codes(row["id"], coder, "proposition_support") == {"evidence"}
                told = {"proposition": proposition, "evident": evident}
                rows.append(row | speakers[row["document_id"], row["speaker"]] | told)
    return found


# The claims, by the measures of claims.csv: of each part value, low, high, and its cases


def claims_on_levels(rows):
    """C1, C2: levels of starts by year."""
    starts = [(r["start"], r["codes"]["consensus"]["level"]) for r in rows if r["years"][0]]
    before, after = ([x for y, x in starts if (y <= BREAK) is early] for early in (True, False))
    two = [(year, x == GRASSROOTS) for year, x in starts if x != MIXED]
    lead = plain.lead(before.count(ELITE), before.count(GRASSROOTS), len(before))
    counts = [number for x in (after, before) for number in (x.count(GRASSROOTS), len(x))]
    return {
        "C1": [(*lead, len(before))],
        "C2": [
            (*plain.logistic(*zip(*two, strict=True)), len(two)),
            (*plain.difference(*counts), len(starts)),
        ],
    }


def claims_on_focus_and_plans(rows):
    """C3, C4, C7, the last of the waves whose codes of transfer compare."""
    codes = [row["codes"]["consensus"] for row in rows]
    elite, grassroots = (
        [c["focus"] for c in codes if c["level"] == x] for x in (ELITE, GRASSROOTS)
    )
    outcome = [number for x in (elite, grassroots) for number in (x.count({"outcome"}), len(x))]
    plans = plans_of(rows, "consensus")
    return {
        "C3": [with_cases(grassroots.count({"relationship"}), len(grassroots))],
        "C4": [
            with_cases(*outcome[:2]),
            (*plain.odds_ratio(*outcome), len(elite) + len(grassroots)),
        ],
        "C7": [with_cases(plans.count({"yes"}), len(plans))],
    }


def plans_of(rows, coder):
    rows = [row for row in rows if row["wave"] != NOT_COMPARABLE]
    return [row["codes"][coder]["transfer_planned"] for row in rows]


def with_cases(count, n):
    return *plain.share(count, n), n


def claims_on_approaches(rows, latest):
    """C8, C9: the agreement is that of the latest round of coding."""
    n, given = len(rows), [row["codes"]["consensus"]["approach"] for row in rows]
    found = len(frozenset().union(*given))
    return {
        "C8": [(*plain.bootstrap(pairs(rows, latest), smallest_alpha), n), (found,) * 3 + (n,)],
        "C9": [
            with_cases(sum(len(x) > 1 for x in given), n),
            (*plain.bootstrap(given, largest_overlap), n),
        ],
    }


def pairs(rows, coders):
    return [tuple(row["codes"][coder]["approach"] for coder in coders) for row in rows]


def smallest_alpha(given):
    """Return the smallest alpha of an approach, given both coders' approaches of each unit."""
    counts, alphas = Counter(given), []
    for approach in APPROACHES:
        table = Counter()
        for (one, two), times in counts.items():
            table[approach in one, approach in two] += times
        alphas.append(plain.alpha(table))
    return min((a for a in alphas if not math.isnan(a)), default=math.nan)


def largest_overlap(given):
    """Return the largest Jaccard overlap of two approaches, given the approaches of each unit."""
    counts, largest = Counter(given), math.nan
    for pair in combinations(APPROACHES, 2):
        both = sum(times for x, times in counts.items() if x.issuperset(pair))
        either = sum(times for x, times in counts.items() if not x.isdisjoint(pair))
        if either and not both / either <= largest:
            largest = both / either
    return largest


def claims_on_statements(statements, propositions):
    """C5, C6."""
    told = statements["consensus"]
    voiced = voices(told, "speaker")
    fewest = min(sum(side == x for _, x, _ in voiced) for side in SIDES)
    shared = count_shared(told, "speaker")
    documents = defaultdict(list)
    for statement in told:
        documents[statement["document_id"]].append(statement["evident"])
    return {
        "C5": [(*plain.share(shared, propositions), fewest)],
        "C6": [(*plain.clustered_share(list(documents.values())), len(told))],
    }


def voices(told, unit):
    """Return proposition, side and voice of all who speak: jointly, as one voice of each side."""
    return {
        (s["proposition"], side, s[unit])
        for s in told
        for side in (SIDES if s["side"] == "joint" else (s["side"],))
    }


def count_shared(told, unit):
    """Count the propositions that two voices of either side hold, whatever a voice is."""
    counts = Counter((proposition, side) for proposition, side, _ in voices(told, unit))
    propositions = {s["proposition"] for s in told}
    return sum(all(counts[p, side] >= 2 for side in SIDES) for p in propositions)


def claims(rows, statements, propositions, latest):
    """Return the parts of every claim, within the frame's defaults."""
    rows = [r for r in rows if r["unit"] == "initiative" and r["scope"] != "citizens_only"]
    found = claims_on_levels(rows) | claims_on_focus_and_plans(rows)
    found |= claims_on_approaches(rows, latest)
    return found | claims_on_statements(statements, propositions)
