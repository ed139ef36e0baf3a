"""Every specification of the claims that rest on the inventory, vectorised over choices of rows.

Each function yields, for the choices beyond those of rows, the intervals of the claim's parts
for every choice of rows at once.
"""

from collections.abc import Callable, Iterator
from itertools import product

import numpy as np

from tracktwo.analysis.estimates import draws_of, kinds_of
from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import ELITE, GRASSROOTS, LEVELS
from tracktwo.analysis.vectors import (
    Interval,
    alphas,
    differences,
    exact_odds_ratios,
    leads,
    odds_ratios,
    overlaps,
    pairwise,
    shares,
    trends,
)
from tracktwo.claims.kept import Kept
from tracktwo.claims.specifications import (
    BOTH,
    COUNTED,
    MIXED,
    UNCERTAIN,
    Inventory,
    break_years,
    count_ever,
    count_years,
    levels_as_rows,
)

E, M, G = (LEVELS.index(name) for name in (ELITE, "mixed", GRASSROOTS))

Computed = Iterator[tuple[dict[str, object], list[tuple[Interval, np.ndarray]]]]
"""Choices beyond those of rows, and each part's interval and n for every choice of rows."""


# C1, C2: levels over time


def _sides(counts: np.ndarray, mixed: str) -> tuple[np.ndarray, np.ndarray]:
    """Return elite/professional and grassroots counts, with the mixed where they are put."""
    as_elite, as_grassroots = MIXED[mixed]
    between = counts[..., M]
    return counts[..., E] + between * as_elite, counts[..., G] + between * as_grassroots


def _over_time(
    inventory: Inventory, kept: Kept
) -> Iterator[tuple[dict[str, object], Kept, np.ndarray]]:
    """Yield the choices made, what they leave, and initiatives by year and level."""
    for uncertain in UNCERTAIN:
        left = kept.but(inventory.dated) if uncertain == "out" else kept
        for coder, counted in product(inventory.coders, COUNTED):
            chosen = {"coder": coder, "counted": counted, "uncertain years": uncertain}
            yield chosen, left, count_years(inventory, left, coder, counted)


def _weight(inventory: Inventory, kept: Kept, counted: str, years: slice) -> np.ndarray:
    """Return what an initiative-year counts for: no more than its initiative in all."""
    ever = count_ever(inventory, kept, counted, years)
    cases = kept.count(inventory.presence[counted][:, years].sum(axis=1))
    return ever / np.where(cases > 0, cases, 1)


def _c1(inventory: Inventory, kept: Kept, frame: Frame) -> Computed:
    for fixed, left, counts in _over_time(inventory, kept):
        for year in break_years(frame):
            before = slice(0, year - frame.first_year + 1)
            weight = _weight(inventory, left, fixed["counted"], before)
            cases = counts[:, before].sum(axis=1)
            n = cases.sum(axis=1) * weight
            for mixed in MIXED:
                elite, grassroots = _sides(cases, mixed)
                chosen = fixed | {"break year": year, "mixed": mixed}
                yield chosen, [(leads(elite * weight, grassroots * weight, n), n)]


def _c2(inventory: Inventory, kept: Kept, frame: Frame) -> Computed:
    for fixed, left, counts in _over_time(inventory, kept):
        whole = _weight(inventory, left, fixed["counted"], slice(None))
        groups = {
            year: [
                (counts[:, years].sum(axis=1), _weight(inventory, left, fixed["counted"], years))
                for years in _after_and_before(year, frame)
            ]
            for year in break_years(frame)
        }
        for mixed in MIXED:
            elite, grassroots = _sides(counts, mixed)
            both = elite + grassroots
            trend = trends(grassroots, both, weight=whole)
            for year, of_year in groups.items():
                change, n = _change(of_year, mixed)
                chosen = fixed | {"break year": year, "mixed": mixed}
                yield chosen, [(trend, both.sum(axis=1) * whole), (change, n)]


def _after_and_before(year: int, frame: Frame) -> tuple[slice, slice]:
    end = year - frame.first_year + 1
    return slice(end, None), slice(0, end)


def _change(groups: list[tuple[np.ndarray, np.ndarray]], mixed: str) -> tuple[Interval, np.ndarray]:
    """Return how the share of grassroots changed, and n.

    Parameters
    ----------
    groups
        After the break and before it, initiatives by level and what each counts for.
    """
    after, before = (
        (_sides(cases, mixed)[1] * weight, cases.sum(axis=1) * weight) for cases, weight in groups
    )
    return differences(*after, *before), after[1] + before[1]


# C3, C4: focus


def _foci(inventory: Inventory, focus: str) -> Iterator[tuple[dict[str, object], np.ndarray, ...]]:
    for coder, mixed, both in product(inventory.coders, MIXED, BOTH):
        codes = inventory.coders[coder]
        having = (codes["focus"] == focus) | ((codes["focus"] == "both") & (both == BOTH[1]))
        levels = levels_as_rows(codes["level"])
        elite, grassroots = (side > 0 for side in _sides(levels, mixed))
        yield {"coder": coder, "mixed": mixed, "focus both": both}, having, elite, grassroots


def _c3(inventory: Inventory, kept: Kept, frame: Frame) -> Computed:
    for chosen, having, _, grassroots in _foci(inventory, "relationship"):
        n = kept.count(grassroots)
        yield chosen, [(shares(kept.count(having & grassroots), n), n)]


def _c4(inventory: Inventory, kept: Kept, frame: Frame) -> Computed:
    ratios = exact_odds_ratios if inventory.exact else odds_ratios
    for chosen, having, elite, grassroots in _foci(inventory, "outcome"):
        count, n, count_0, n_0 = (
            kept.count(x) for x in (having & elite, elite, having & grassroots, grassroots)
        )
        yield chosen, [(shares(count, n), n), (ratios(count, n, count_0, n_0), n + n_0)]


# C7: planned transfer


def _c7(inventory: Inventory, kept: Kept, frame: Frame) -> Computed:
    left = kept.but(inventory.comparable)
    for coder, codes in inventory.coders.items():
        yield {"coder": coder}, [(shares(left.count(codes["planned"]), left.n), left.n)]


# C8, C9: approaches


def _with_bootstrap(
    kept: Kept,
    draws: int,
    marks: list[np.ndarray],
    measure: Callable[[np.ndarray, np.ndarray], np.ndarray],
) -> list[Interval]:
    """Return a measure of several tables of marks, with intervals from resampling initiatives.

    Every choice is drawn from the same seed, so that its interval is the same whatever others are.

    Parameters
    ----------
    marks
        Tables of shape (N, marks).
    measure
        Takes how often initiatives of each kind count, shape (…, kinds), and the marks of each
        kind, shape (kinds, marks); returns shape (…,).
    """
    kinds = [kinds_of(table) for table in marks]
    values = [measure(kept.count_kinds(kind, len(each)), each) for each, kind in kinds]
    ends = np.full((len(marks), 2, len(kept.of_group)), np.nan)
    for place in np.flatnonzero(kept.n) if draws else ():
        units = kept.units(place)
        drawn = draws_of(len(units), draws)
        for table, (each, kind) in enumerate(kinds):
            there, kind_there = np.unique(kind[units], return_inverse=True)
            found = measure(drawn(kind_there), each[there])
            if not np.isnan(found).all():
                ends[table, :, place] = np.nanpercentile(found, [2.5, 97.5])
    return [(value, *low_high) for value, low_high in zip(values, ends, strict=True)]


def _c8(inventory: Inventory, kept: Kept, frame: Frame) -> Computed:
    approach = {coder: codes["approach"] for coder, codes in inventory.coders.items()}
    pairs = [np.hstack([approach[c] for c in pair]) for pair in inventory.rounds.values()]

    def smallest(weights: np.ndarray, each: np.ndarray) -> np.ndarray:
        one, two = np.hsplit(each.astype(float), 2)
        n = weights.sum(axis=1, keepdims=True)
        found = alphas(weights @ one, weights @ two, weights @ (one * two), n)
        return np.fmin.reduce(found, axis=1)

    agreed = _with_bootstrap(kept, inventory.draws, pairs, smallest)
    for name, pair, smallest_of in zip(inventory.rounds, pairs, agreed, strict=True):
        either = np.logical_or(*np.hsplit(pair, 2))
        given = np.stack([kept.count(code) > 0 for code in either.T])
        found = given.sum(axis=0).astype(float)
        yield {"round": name}, [(smallest_of, kept.n), ((found, found, found), kept.n)]


def _c9(inventory: Inventory, kept: Kept, frame: Frame) -> Computed:
    given = [codes["approach"] for codes in inventory.coders.values()]

    def largest(weights: np.ndarray, each: np.ndarray) -> np.ndarray:
        return overlaps(*(weights @ codes for codes in pairwise(each.astype(float))))

    overlap = _with_bootstrap(kept, inventory.draws, given, largest)
    for coder, codes, largest_of in zip(inventory.coders, given, overlap, strict=True):
        several = shares(kept.count(codes.sum(axis=1) > 1), kept.n)
        yield {"coder": coder}, [(several, kept.n), (largest_of, kept.n)]


COMPUTED: dict[str, Callable[[Inventory, Kept, Frame], Computed]] = {
    "C1": _c1,
    "C2": _c2,
    "C3": _c3,
    "C4": _c4,
    "C7": _c7,
    "C8": _c8,
    "C9": _c9,
}
