"""Agreement between two coders: Krippendorff's alpha and percent agreement.

A unit's codes on a variable form a set: one value for a single-valued variable, any number for
the others. Two sets disagree by their Jaccard distance (Passonneau 2006), so that one code more
or less costs less than no code in common; for single values this is the nominal distance of
Krippendorff (2019).
"""

from collections.abc import Iterable

import krippendorff
import numpy as np
import pandas as pd

from tracktwo.analysis.estimates import Estimate, draws_of, kinds_of

RESAMPLES = 1000


def code_sets(codes: pd.DataFrame, units: pd.Index, coder: str, variable: str) -> pd.Series:
    """Return the set of values one coder gave each unit on a variable, empty where none.

    Parameters
    ----------
    codes
        Long table whose first column identifies the unit, with ``coder``, ``variable``, ``value``.
    units
        The units to return, in this order.

    Raises
    ------
    ValueError
        When nobody of that name coded: two who coded nothing would agree on everything.
    """
    if coder not in (coders := list(codes["coder"].unique())):
        raise ValueError(f"no coder {coder!r}; there are: {', '.join(coders)}")
    unit = codes.columns[0]
    chosen = codes[(codes["coder"] == coder) & (codes["variable"] == variable)]
    sets = chosen.groupby(unit, observed=True)["value"].agg(frozenset)
    return sets.reindex(units).map(
        lambda found: found if isinstance(found, frozenset) else frozenset()
    )


def percent_agreement(one: pd.Series, two: pd.Series) -> float:
    """Return the share of units to which two coders gave exactly the same set of values.

    Not defined when neither gave any unit a value: there is nothing to agree on.
    """
    if not any(a or b for a, b in zip(one, two, strict=True)):
        return float("nan")
    return float(np.mean([a == b for a, b in zip(one, two, strict=True)]))


def alpha(one: Iterable[frozenset], two: Iterable[frozenset]) -> Estimate:
    """Return Krippendorff's alpha of two coders with a percentile bootstrap interval.

    The point estimate is the krippendorff package's; the interval resamples units. When every
    unit has the same value there is nothing to agree on by chance, and alpha is not defined.

    Parameters
    ----------
    one, two
        One set of values a unit, the same units in the same order.
    """
    return smallest_alpha([(one, two)])


def smallest_alpha(pairs: list[tuple[Iterable[frozenset], Iterable[frozenset]]]) -> Estimate:
    """Return the smallest of several alphas on the same units, with its bootstrap interval.

    Every resample of units takes the smallest alpha anew, so the interval allows for not
    knowing which one is the smallest. An alpha that is not defined is passed over.
    """
    coded, distances = zip(*(_coded(one, two) for one, two in pairs), strict=True)
    n = len(coded[0])
    told = [place for place, distance in enumerate(distances) if len(distance) > 1]
    if not told:
        return Estimate(np.nan, np.nan, np.nan, n)
    # Units of the same sets on all of them are of one kind: alike, whichever of them is drawn.
    each, kind = kinds_of(np.hstack(coded))
    drawn = draws_of(n, RESAMPLES)(kind)
    points = [_point(coded[place], distances[place]) for place in told]
    resampled = [
        _alphas(drawn, each[:, 2 * place : 2 * place + 2], distances[place]) for place in told
    ]
    low, high = np.nanpercentile(np.fmin.reduce(resampled), [2.5, 97.5])
    return Estimate(min(points), float(low), float(high), n)


def _coded(one: Iterable[frozenset], two: Iterable[frozenset]) -> tuple[np.ndarray, np.ndarray]:
    """Return the units' sets as numbers, shape (units, 2), and the distance between the sets."""
    pair = [[*one], [*two]]
    sets = sorted({*pair[0], *pair[1]}, key=sorted)
    place = {s: i for i, s in enumerate(sets)}
    columns = [[*map(place.__getitem__, given)] for given in pair]
    coded = np.array(columns, dtype=int).T
    return coded, np.array([[_jaccard(a, b) for b in sets] for a in sets])


def _point(coded: np.ndarray, distance: np.ndarray) -> float:
    return float(
        krippendorff.alpha(
            value_counts=_value_counts(coded, len(distance)),
            level_of_measurement=lambda v1, v2, i1, i2, n_v, dtype: distance[i1, i2],
        )
    )


def confusion(one: pd.Series, two: pd.Series, labels: dict[str, str]) -> pd.DataFrame:
    """Return how often two coders gave each pair of values, for a single-valued variable."""
    first, second = (
        pd.Categorical([next(iter(s), None) for s in sets], list(labels)) for sets in (one, two)
    )
    table = pd.crosstab(first, second, dropna=False).reindex(
        index=list(labels), columns=list(labels), fill_value=0
    )
    return table.rename(index=labels, columns=labels)


def _jaccard(a: frozenset, b: frozenset) -> float:
    return 1 - len(a & b) / len(a | b) if a | b else 0.0


def _value_counts(coded: np.ndarray, n_values: int) -> np.ndarray:
    counts = np.zeros((len(coded), n_values))
    np.add.at(counts, (np.arange(len(coded))[:, None], coded), 1)
    return counts


def _alphas(drawn: np.ndarray, each: np.ndarray, distance: np.ndarray) -> np.ndarray:
    """Return alpha in each resample of the units, all resamples at once.

    The package computes one alpha at a time; this is its formula for two coders without gaps,
    1 - observed / expected disagreement, over a whole matrix of resamples.

    Parameters
    ----------
    drawn
        How often each resample has units of each kind, shape (resamples, kinds).
    each
        The sets of each kind as numbers, shape (kinds, 2).
    """
    n = drawn.sum(axis=1)
    observed = drawn @ distance[each[:, 0], each[:, 1]] / n
    counts = drawn @ _value_counts(each, len(distance))
    expected = np.einsum("ri,ij,rj->r", counts, distance, counts) / (2 * n * (2 * n - 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(expected > 0, 1 - observed / expected, np.nan)
