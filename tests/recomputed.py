"""The nine claims once more, in plain Python over the CSV files, for `recomputed_verdicts`.

Shares no code with the package. Written from the words: the measures in ``article/claims.csv``,
the definitions in ``codebook.csv`` and ``data/README.md``, the rule and the choices as the
chapters on verdicts and robustness print them.
"""

import csv
import math
from collections import Counter, defaultdict
from itertools import combinations

import plain_intervals as plain

FIRST, LAST, BREAK = 1992, 2004, 2000
CODERS = ("consensus", "coder_1", "coder_2", "first_1", "first_2")
STATEMENT_CODERS = ("consensus", "coder_1", "coder_2")
ROUNDS = [("first_1", "first_2"), ("coder_1", "coder_2")]
APPROACHES = ("psychological", "constructivist", "capacity_building", "realistic_interest")
ELITE, MIXED, GRASSROOTS = "elite/professional", "mixed", "grassroots"


# The evidence


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_codes(path):
    """Return a function from unit, coder and variable to the set of values."""
    found = defaultdict(set)
    for unit, coder, variable, value in (row.values() for row in read(path)):
        found[unit, coder, variable].add(value)
    return lambda *key: frozenset(found[key])


def read_inventory(folder):
    """Return the initiatives at work in some year of the frame, each with its codes by coder."""
    codes = read_codes(folder / "inventory/codes.csv")
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
            for coder in CODERS
        }
        years = years_counted(start, end, row["end_status"] == "ongoing_after_2004")
        rows.append(row | {"codes": by_coder, "start": start, "years": years})
    return rows


def level(participants):
    if "grassroots" not in participants:
        return ELITE
    return MIXED if len(participants) > 1 else GRASSROOTS


def years_counted(start, end, goes_on):
    """Return the years an initiative counts in: as a start, as active at least, and at most.

    Without a start it was at work in its last year alone; an unknown end is read in both ways.
    """
    first, last = start or end, LAST if goes_on else end
    if first is None:
        return [], [], []
    spans = (start or 1, start or 0), (first, last or first), (first, last or LAST)
    return [[year for year in range(FIRST, LAST + 1) if a <= year <= b] for a, b in spans]


def read_statements(folder):
    """Return the statements that voice a proposition, by whose codes."""
    codes = read_codes(folder / "practitioners/codes.csv")
    speakers = {
        (row["document_id"], row["speaker"]): row
        for row in read(folder / "practitioners/speakers.csv")
    }
    found = {coder: [] for coder in STATEMENT_CODERS}
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
    """C3, C4, C7."""
    codes = [row["codes"]["consensus"] for row in rows]
    elite, grassroots = (
        [c["focus"] for c in codes if c["level"] == x] for x in (ELITE, GRASSROOTS)
    )
    outcome = [number for x in (elite, grassroots) for number in (x.count({"outcome"}), len(x))]
    planned = sum(c["transfer_planned"] == {"yes"} for c in codes)
    return {
        "C3": [with_cases(grassroots.count({"relationship"}), len(grassroots))],
        "C4": [
            with_cases(*outcome[:2]),
            (*plain.odds_ratio(*outcome), len(elite) + len(grassroots)),
        ],
        "C7": [with_cases(planned, len(codes))],
    }


def with_cases(count, n):
    return *plain.share(count, n), n


def claims_on_approaches(rows):
    """C8, C9."""
    n, given = len(rows), [row["codes"]["consensus"]["approach"] for row in rows]
    found = len(frozenset().union(*given))
    return {
        "C8": [(*plain.bootstrap(pairs(rows, ROUNDS[1]), smallest_alpha), n), (found,) * 3 + (n,)],
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
    voiced = {(s["proposition"], s["side"], s["speaker"]) for s in told}
    fewest = min(sum(side == x for _, x, _ in voiced) for side in ("israeli", "palestinian"))
    shared = count_shared(told, "speaker")
    documents = defaultdict(list)
    for statement in told:
        documents[statement["document_id"]].append(statement["evident"])
    return {
        "C5": [(*plain.share(shared, propositions), fewest)],
        "C6": [(*plain.clustered_share(list(documents.values())), len(told))],
    }


def count_shared(told, unit):
    """Count the propositions that two voices of either side hold, whatever a voice is."""
    voiced = {(s["proposition"], s["side"], s[unit]) for s in told}
    voices = Counter((proposition, side) for proposition, side, _ in voiced)
    return sum(
        all(voices[proposition, side] >= 2 for side in ("israeli", "palestinian"))
        for proposition in {s["proposition"] for s in told}
    )


def claims(rows, statements, propositions):
    """Return the parts of every claim, within the frame's defaults."""
    rows = [r for r in rows if r["unit"] == "initiative" and r["scope"] != "citizens_only"]
    found = claims_on_levels(rows) | claims_on_focus_and_plans(rows) | claims_on_approaches(rows)
    return found | claims_on_statements(statements, propositions)
