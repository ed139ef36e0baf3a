"""Every specification of the claims that rest on the inventory, vectorised over choices of rows.

Each function yields, for the choices beyond those of rows, the intervals of the claim's parts
for every mask at once.
"""

from collections.abc import Callable, Iterator
from itertools import product

import numpy as np

from tracktwo.agreement import ROUNDS
from tracktwo.estimates import draw_with_replacement
from tracktwo.frame import Frame
from tracktwo.measures import ELITE, GRASSROOTS, LEVELS
from tracktwo.specifications import (
    BOTH,
    COUNTED,
    MIXED,
    Inventory,
    break_years,
    count_ever,
    count_years,
)
from tracktwo.vectors import (
    Interval,
    alphas,
    differences,
    leads,
    odds_ratios,
    overlaps,
    pairwise,
    shares,
    trends,
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


def _over_time(inventory: Inventory, masks: np.ndarray) -> Iterator[tuple[str, str, np.ndarray]]:
    for coder, counted in product(inventory.coders, COUNTED):
        yield coder, counted, count_years(inventory, masks, coder, counted)


def _weight(inventory: Inventory, masks: np.ndarray, counted: str, years: slice) -> np.ndarray:
    """Return what an initiative-year counts for: no more than its initiative in all."""
    ever = count_ever(inventory, masks, counted, years)
    cases = masks @ inventory.presence[counted][:, years].sum(axis=1)
    return ever / np.where(cases > 0, cases, 1)


def _c1(inventory: Inventory, masks: np.ndarray, frame: Frame) -> Computed:
    for coder, counted, counts in _over_time(inventory, masks):
        for year, mixed in product(break_years(frame), MIXED):
            before = slice(0, year - frame.first_year + 1)
            weight = _weight(inventory, masks, counted, before)
            cases = counts[:, before].sum(axis=1)
            elite, grassroots = _sides(cases, mixed)
            n = cases.sum(axis=1) * weight
            chosen = {"coder": coder, "counted": counted, "break year": year, "mixed": mixed}
            yield chosen, [(leads(elite * weight, grassroots * weight, n), n)]


def _c2(inventory: Inventory, masks: np.ndarray, frame: Frame) -> Computed:
    for coder, counted, counts in _over_time(inventory, masks):
        whole = _weight(inventory, masks, counted, slice(None))
        for mixed in MIXED:
            elite, grassroots = _sides(counts, mixed)
            both = elite + grassroots
            trend = trends(grassroots, both, weight=whole)
            for year in break_years(frame):
                change, n = _change(
                    inventory, masks, counted, counts, mixed, year - frame.first_year + 1
                )
                chosen = {"coder": coder, "counted": counted, "break year": year, "mixed": mixed}
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
        levels = np.eye(len(LEVELS), dtype=bool)[codes["level"]]
        elite, grassroots = (side > 0 for side in _sides(levels.astype(float), mixed))
        yield {"coder": coder, "mixed": mixed, "focus both": both}, having, elite, grassroots


def _c3(inventory: Inventory, masks: np.ndarray, frame: Frame) -> Computed:
    for chosen, having, _, grassroots in _foci(inventory, "relationship"):
        n = masks @ grassroots
        yield chosen, [(shares(masks @ (having & grassroots), n), n)]


def _c4(inventory: Inventory, masks: np.ndarray, frame: Frame) -> Computed:
    for chosen, having, elite, grassroots in _foci(inventory, "outcome"):
        count, n, count_0, n_0 = (
            masks @ x for x in (having & elite, elite, having & grassroots, grassroots)
        )
        yield chosen, [(shares(count, n), n), (odds_ratios(count, n, count_0, n_0), n + n_0)]


# C7: planned transfer


def _c7(inventory: Inventory, masks: np.ndarray, frame: Frame) -> Computed:
    for coder, codes in inventory.coders.items():
        n = masks.sum(axis=1)
        yield {"coder": coder}, [(shares(masks @ codes["planned"], n), n)]


# C8, C9: approaches


def _with_bootstrap(
    masks: np.ndarray, draws: int, measure: Callable[[np.ndarray], np.ndarray]
) -> tuple[Interval, np.ndarray]:
    """Return a measure of each mask's initiatives, with the interval from resampling them."""
    ends = np.full((len(masks), 2), np.nan)
    n = masks.sum(axis=1)
    for place in np.flatnonzero(n) if draws else ():
        weights = np.zeros((draws, masks.shape[1]))
        weights[:, masks[place] > 0] = draw_with_replacement(int(n[place]), draws)
        values = measure(weights)
        if not np.isnan(values).all():
            ends[place] = np.nanpercentile(values, [2.5, 97.5])
    return (measure(masks), ends[:, 0], ends[:, 1]), n


def _c8(inventory: Inventory, masks: np.ndarray, frame: Frame) -> Computed:
    for name, pair in ROUNDS.items():
        if not set(pair) <= set(inventory.coders):
            continue
        one, two = (inventory.coders[coder]["approach"].astype(float) for coder in pair)

        def smallest(
            weights: np.ndarray, one: np.ndarray = one, two: np.ndarray = two
        ) -> np.ndarray:
            n = weights.sum(axis=1, keepdims=True)
            return np.fmin.reduce(
                alphas(weights @ one, weights @ two, weights @ (one * two), n), axis=1
            )

        found = (masks @ (one + two) > 0).sum(axis=1).astype(float)
        agreed = _with_bootstrap(masks, inventory.draws, smallest)
        yield {"round": name}, [agreed, ((found, found, found), masks.sum(axis=1))]


def _c9(inventory: Inventory, masks: np.ndarray, frame: Frame) -> Computed:
    for coder, codes in inventory.coders.items():
        given = codes["approach"].astype(float)
        both, either = pairwise(given)

        def largest(
            weights: np.ndarray, both: np.ndarray = both, either: np.ndarray = either
        ) -> np.ndarray:
            return overlaps(weights @ both, weights @ either)

        n = masks.sum(axis=1)
        several = shares(masks @ (given.sum(axis=1) > 1), n)
        yield {"coder": coder}, [(several, n), _with_bootstrap(masks, inventory.draws, largest)]


COMPUTED: dict[str, Callable[[Inventory, np.ndarray, Frame], Computed]] = {
    "C1": _c1,
    "C2": _c2,
    "C3": _c3,
    "C4": _c4,
    "C7": _c7,
    "C8": _c8,
    "C9": _c9,
}
