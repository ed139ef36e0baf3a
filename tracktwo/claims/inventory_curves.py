"""Every specification of the claims that rest on the inventory, vectorised over choices of rows.

Each function yields, for the choices beyond those of rows, the intervals of the claim's parts
for every mask at once.
"""

from collections.abc import Callable, Iterator
from itertools import product

import numpy as np

from tracktwo.analysis.estimates import draw_with_replacement
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
"""Choices beyond those of rows, and for each part of the claim its interval and n by mask."""


# C1, C2: levels over time


def _sides(counts: np.ndarray, mixed: str) -> tuple[np.ndarray, np.ndarray]:
    """Return elite/professional and grassroots counts, with the mixed where they are put."""
    as_elite, as_grassroots = MIXED[mixed]
    between = counts[..., M]
    return counts[..., E] + between * as_elite, counts[..., G] + between * as_grassroots


def _over_time(
    inventory: Inventory, masks: np.ndarray
) -> Iterator[tuple[dict[str, object], np.ndarray, np.ndarray]]:
    """Yield the choices made, the masks they leave, and initiatives by year and level."""
    for uncertain in UNCERTAIN:
        kept = masks * inventory.dated if uncertain == "out" else masks
        for coder, counted in product(inventory.coders, COUNTED):
            chosen = {"coder": coder, "counted": counted, "uncertain years": uncertain}
            yield chosen, kept, count_years(inventory, kept, coder, counted)


def _weight(inventory: Inventory, masks: np.ndarray, counted: str, years: slice) -> np.ndarray:
    """Return what an initiative-year counts for: no more than its initiative in all."""
    ever = count_ever(inventory, masks, counted, years)
    cases = masks @ inventory.presence[counted][:, years].sum(axis=1)
    return ever / np.where(cases > 0, cases, 1)


def _c1(inventory: Inventory, masks: np.ndarray, frame: Frame) -> Computed:
    for fixed, kept, counts in _over_time(inventory, masks):
        for year, mixed in product(break_years(frame), MIXED):
            before = slice(0, year - frame.first_year + 1)
            weight = _weight(inventory, kept, fixed["counted"], before)
            cases = counts[:, before].sum(axis=1)
            elite, grassroots = _sides(cases, mixed)
            n = cases.sum(axis=1) * weight
            chosen = fixed | {"break year": year, "mixed": mixed}
            yield chosen, [(leads(elite * weight, grassroots * weight, n), n)]


def _c2(inventory: Inventory, masks: np.ndarray, frame: Frame) -> Computed:
    for fixed, kept, counts in _over_time(inventory, masks):
        whole = _weight(inventory, kept, fixed["counted"], slice(None))
        for mixed in MIXED:
            elite, grassroots = _sides(counts, mixed)
            both = elite + grassroots
            trend = trends(grassroots, both, weight=whole)
            for year in break_years(frame):
                end = year - frame.first_year + 1
                change, n = _change(inventory, kept, fixed["counted"], counts, mixed, end)
                chosen = fixed | {"break year": year, "mixed": mixed}
                yield chosen, [(trend, both.sum(axis=1) * whole), (change, n)]


def _change(
    inventory: Inventory, masks: np.ndarray, counted: str, counts: np.ndarray, mixed: str, end: int
) -> tuple[Interval, np.ndarray]:
    groups = []
    for years in (slice(end, None), slice(0, end)):
        weight = _weight(inventory, masks, counted, years)
        cases = counts[:, years].sum(axis=1)
        groups += [_sides(cases, mixed)[1] * weight, cases.sum(axis=1) * weight]
    return differences(*groups), groups[1] + groups[3]


# C3, C4: focus


def _foci(inventory: Inventory, focus: str) -> Iterator[tuple[dict[str, object], np.ndarray, ...]]:
    for coder, mixed, both in product(inventory.coders, MIXED, BOTH):
        codes = inventory.coders[coder]
        having = (codes["focus"] == focus) | ((codes["focus"] == "both") & (both == BOTH[1]))
        levels = levels_as_rows(codes["level"])
        elite, grassroots = (side > 0 for side in _sides(levels, mixed))
        yield {"coder": coder, "mixed": mixed, "focus both": both}, having, elite, grassroots


def _c3(inventory: Inventory, masks: np.ndarray, frame: Frame) -> Computed:
    for chosen, having, _, grassroots in _foci(inventory, "relationship"):
        n = masks @ grassroots
        yield chosen, [(shares(masks @ (having & grassroots), n), n)]


def _c4(inventory: Inventory, masks: np.ndarray, frame: Frame) -> Computed:
    ratios = exact_odds_ratios if inventory.exact else odds_ratios
    for chosen, having, elite, grassroots in _foci(inventory, "outcome"):
        count, n, count_0, n_0 = (
            masks @ x for x in (having & elite, elite, having & grassroots, grassroots)
        )
        yield chosen, [(shares(count, n), n), (ratios(count, n, count_0, n_0), n + n_0)]


# C7: planned transfer


def _c7(inventory: Inventory, masks: np.ndarray, frame: Frame) -> Computed:
    kept = masks * inventory.comparable
    for coder, codes in inventory.coders.items():
        n = kept.sum(axis=1)
        yield {"coder": coder}, [(shares(kept @ codes["planned"], n), n)]


# C8, C9: approaches


def _resamples(masks: np.ndarray, draws: int) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
    """Yield of each mask that keeps anything its place, its units, and how often draws have each.

    Every mask is drawn from the same seed, so that its interval is the same whatever others are.
    """
    n = masks.sum(axis=1)
    for place in np.flatnonzero(n) if draws else ():
        weights = draw_with_replacement(int(n[place]), draws).astype(float)
        yield place, np.flatnonzero(masks[place]), weights


def _with_bootstrap(
    masks: np.ndarray,
    draws: int,
    measure: Callable[[np.ndarray, np.ndarray], np.ndarray],
) -> list[Interval]:
    """Return several measures of each mask's initiatives, with intervals from resampling them.

    Parameters
    ----------
    measure
        Takes how often units count, shape (…, units), and which of the inventory they are;
        returns shape (measures, …).
    """
    values = measure(masks, np.arange(masks.shape[1]))
    ends = np.full((2, *values.shape), np.nan)
    for place, units, weights in _resamples(masks, draws):
        drawn = measure(weights, units)
        some = ~np.isnan(drawn).all(axis=1)
        ends[:, some, place] = np.nanpercentile(drawn[some], [2.5, 97.5], axis=1)
    return list(zip(values, *ends, strict=True))


def _c8(inventory: Inventory, masks: np.ndarray, frame: Frame) -> Computed:
    approach = {c: codes["approach"].astype(float) for c, codes in inventory.coders.items()}
    pairs = [[approach[coder] for coder in pair] for pair in inventory.rounds.values()]

    def smallest(weights: np.ndarray, units: np.ndarray) -> np.ndarray:
        n = weights.sum(axis=1, keepdims=True)
        given = [(one[units], two[units]) for one, two in pairs]
        each = [
            alphas(weights @ one, weights @ two, weights @ (one * two), n) for one, two in given
        ]
        return np.array([np.fmin.reduce(found, axis=1) for found in each])

    n = masks.sum(axis=1)
    agreed = _with_bootstrap(masks, inventory.draws, smallest) if pairs else []
    for name, (one, two), smallest_of in zip(inventory.rounds, pairs, agreed, strict=True):
        found = (masks @ (one + two) > 0).sum(axis=1).astype(float)
        yield {"round": name}, [(smallest_of, n), ((found, found, found), n)]


def _c9(inventory: Inventory, masks: np.ndarray, frame: Frame) -> Computed:
    given = [codes["approach"].astype(float) for codes in inventory.coders.values()]
    # The pairs of all coders side by side: shape (N, coders * pairs), one product for all.
    both, either = (np.hstack(x) for x in zip(*map(pairwise, given), strict=True))

    def largest(weights: np.ndarray, units: np.ndarray) -> np.ndarray:
        shape = (len(weights), len(given), -1)
        counted = ((weights @ codes[units]).reshape(shape) for codes in (both, either))
        return overlaps(*counted).T

    n = masks.sum(axis=1)
    overlap = _with_bootstrap(masks, inventory.draws, largest)
    for coder, codes, largest_of in zip(inventory.coders, given, overlap, strict=True):
        several = shares(masks @ (codes.sum(axis=1) > 1), n)
        yield {"coder": coder}, [(several, n), (largest_of, n)]


COMPUTED: dict[str, Callable[[Inventory, np.ndarray, Frame], Computed]] = {
    "C1": _c1,
    "C2": _c2,
    "C3": _c3,
    "C4": _c4,
    "C7": _c7,
    "C8": _c8,
    "C9": _c9,
}
