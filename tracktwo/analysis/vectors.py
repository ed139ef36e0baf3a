"""The estimates of many specifications at once: `estimates` over whole arrays.

Counts are arrays of any one shape and may be fractions (weighted counts). Every function returns
value, low and high as three arrays of that shape, NaN where there are no cases; intervals are
95 % intervals. Tests hold each function to its one-at-a-time twin in `estimates`.
"""

from collections.abc import Callable

import numpy as np
from scipy.special import gammaln

Interval = tuple[np.ndarray, np.ndarray, np.ndarray]
Z = 1.959963984540054  # the normal quantile of a 95 % interval
STEPS = 30  # of Newton's method; it converges in under ten unless the slope is infinite
STILL = 1e-8  # after a step below this one more ends at the last digits, as the error is squared
LARGEST = 60.0  # a log odds ratio that no table with an estimate reaches
HALVINGS = 60  # of twice LARGEST: far below the digits that are published
TAIL = 0.025  # the chance beyond either end of a 95 % interval
STEEPEST = 8.0  # a log odds ratio per year beyond this has no finite estimate


def shares(count: np.ndarray, n: np.ndarray) -> Interval:
    """Return `count` / `n` with Wilson's score interval (Wilson 1927)."""
    n = _or_nan(n)
    p = count / n
    middle = (p + Z**2 / (2 * n)) / (1 + Z**2 / n)
    half = Z * np.sqrt(p * (1 - p) / n + Z**2 / (4 * n**2)) / (1 + Z**2 / n)
    # At the ends the formula gives 0 and 1 but for the last digit.
    return p, np.where(p == 0, 0.0, middle - half), np.where(p == 1, 1.0, middle + half)


def differences(count: np.ndarray, n: np.ndarray, count_0: np.ndarray, n_0: np.ndarray) -> Interval:
    """Return the share in one group minus that in another (Newcombe 1998, method 10)."""
    (p, low, high), (p_0, low_0, high_0) = shares(count, n), shares(count_0, n_0)
    value = p - p_0
    below = np.hypot(p - low, high_0 - p_0)
    above = np.hypot(high - p, p_0 - low_0)
    return value, value - below, value + above


def leads(count_a: np.ndarray, count_b: np.ndarray, n: np.ndarray) -> Interval:
    """Return the share of one category minus that of another in the same `n` cases.

    The two shares come from one multinomial, so they are negatively correlated. The interval
    recovers the variance from the two Wilson intervals and allows for that correlation (MOVER,
    Zou and Donner 2008). Where a case may count in both categories the correlation is not
    known; the strongest negative one is taken, which gives the widest interval.
    """
    (a, low_a, high_a), (b, low_b, high_b) = shares(count_a, n), shares(count_b, n)
    with np.errstate(divide="ignore", invalid="ignore"):
        r = -np.sqrt(a * b / ((1 - a) * (1 - b)))
    r = np.where(np.isnan(r) | (r < -1), -1.0, r)
    value = a - b
    below = _mover(a - low_a, high_b - b, r)
    above = _mover(high_a - a, b - low_b, r)
    return value, np.maximum(value - below, -1), np.minimum(value + above, 1)


def odds_ratios(count: np.ndarray, n: np.ndarray, count_0: np.ndarray, n_0: np.ndarray) -> Interval:
    """Return the odds ratio of two groups with Woolf's interval (Woolf 1955).

    Where one of the four cells is empty, part of a case is added to each: in all one to either
    answer, divided between the groups by their size (the treatment-arm correction of Sweeting,
    Sutton and Lambert 2004). Half a case to every cell would turn the direction of groups of very
    different size. Quick and close to the exact interval of `estimates.odds_ratio`, which takes
    too long for thousands of specifications.
    """
    cells = np.stack([count, n - count, count_0, n_0 - count_0]).astype(float)
    groups = np.stack([n, n, n_0, n_0]) / np.maximum(n + n_0, 1)
    cells += groups * (cells == 0).any(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        log = np.log(cells[0] * cells[3] / (cells[1] * cells[2]))
        half = Z * np.sqrt((1 / cells).sum(axis=0))
    undefined = (n == 0) | (n_0 == 0) | (count + count_0 == 0) | (count + count_0 == n + n_0)
    value, low, high = np.exp(log), np.exp(log - half), np.exp(log + half)
    return tuple(np.where(undefined, np.nan, x) for x in (value, low, high))


def exact_odds_ratios(
    count: np.ndarray, n: np.ndarray, count_0: np.ndarray, n_0: np.ndarray
) -> Interval:
    """Return the odds ratio of two groups with its exact interval (Cornfield 1956).

    The many-at-once twin of `estimates.odds_ratio`, slower than `odds_ratios`. The ratio is that
    of Fisher's non-central hypergeometric distribution whose mean is the count; the ends are
    those under which a count so large, or so small, has the chance `TAIL`.

    Parameters
    ----------
    count, n, count_0, n_0
        Whole numbers, shape (tables,).
    """
    yes = count + count_0
    first, last = np.maximum(0, yes - n_0), np.minimum(n, yes)
    k = np.arange(int(n.max(initial=0)) + 1)
    inside = (k >= first[:, None]) & (k <= last[:, None])
    cells = [k, n[:, None] - k, yes[:, None] - k, (n_0 - yes)[:, None] + k]
    weight = np.where(inside, -sum(gammaln(np.where(inside, x, 0) + 1) for x in cells), -np.inf)

    def solve(too_large: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
        low, high = np.full(len(n), -LARGEST), np.full(len(n), LARGEST)
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            log = weight + middle[:, None] * k
            chance = np.exp(log - log.max(axis=1, keepdims=True))
            over = too_large(chance / chance.sum(axis=1, keepdims=True))
            low, high = np.where(over, low, middle), np.where(over, middle, high)
        return np.exp(middle)

    value = solve(lambda chance: chance @ k > count)
    low = solve(lambda chance: (chance * (k >= count[:, None])).sum(axis=1) > TAIL)
    high = solve(lambda chance: (chance * (k <= count[:, None])).sum(axis=1) < TAIL)
    value, low = (np.where(count == first, 0.0, x) for x in (value, low))
    value, high = (np.where(count == last, np.inf, x) for x in (value, high))
    undefined = (n == 0) | (n_0 == 0) | (yes == 0) | (yes == n + n_0)
    return tuple(np.where(undefined, np.nan, x) for x in (value, low, high))


def trends(yes: np.ndarray, n: np.ndarray, *, weight: np.ndarray | float = 1.0) -> Interval:
    """Return the odds ratio per year of a logistic trend with Wald's interval.

    Parameters
    ----------
    yes, n
        Cases that say yes and all cases, shape (specifications, years).
    weight
        What a case counts for in the width of the interval, shape (specifications,) or one.

    Returns
    -------
    tuple of numpy.ndarray
        Shape (specifications,). NaN where all or none say yes, or only one year has cases.
    """
    year = np.arange(n.shape[1]) - (n.shape[1] - 1) / 2
    level, slope = np.zeros(len(n)), np.zeros(len(n))
    step = np.inf
    for _ in range(STEPS):
        last, was = step < STILL, np.stack([level, slope])
        p = _logistic(level[:, None] + slope[:, None] * year)
        spread = n * p * (1 - p)
        a, b, c = spread.sum(1), (spread * year).sum(1), (spread * year**2).sum(1)
        g, h = (yes - n * p).sum(1), ((yes - n * p) * year).sum(1)
        with np.errstate(divide="ignore", invalid="ignore"):
            det = a * c - b**2
            level = np.clip(level + np.nan_to_num((c * g - b * h) / det), -30, 30)
            slope = np.clip(slope + np.nan_to_num((a * h - b * g) / det), -10, 10)
        if last:
            break
        step = np.abs(np.stack([level, slope]) - was).max(initial=0)
    some = (yes.sum(1) > 0) & (yes.sum(1) < n.sum(1)) & ((n > 0).sum(1) > 1)
    defined = some & (np.abs(slope) < STEEPEST)
    with np.errstate(divide="ignore", invalid="ignore"):
        half = Z * np.sqrt(a / det / weight)
    return tuple(np.exp(np.where(defined, x, np.nan)) for x in (slope, slope - half, slope + half))


def alphas(one: np.ndarray, two: np.ndarray, both: np.ndarray, n: np.ndarray) -> np.ndarray:
    """Return Krippendorff's alpha of two coders on a yes/no code (Krippendorff 2019).

    Parameters
    ----------
    one, two, both
        Units to which the first coder, the second, and both of them gave the code.
    n
        All units.
    """
    given = one + two
    apart = given - 2 * both
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = 2 * given * (2 * n - given) / (2 * n * (2 * n - 1))
        value = 1 - (apart / n) / expected
    return np.where(expected > 0, value, np.nan)


def overlaps(both: np.ndarray, either: np.ndarray) -> np.ndarray:
    """Return the largest Jaccard overlap of any pair of codes, shape (…,).

    Parameters
    ----------
    both, either
        Units with both, and with either, of two codes, shape (…, pairs).
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.fmax.reduce(np.where(either > 0, both / either, np.nan), axis=-1)


def pairwise(given: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return which units have both, and which have either, of each two different codes.

    Parameters
    ----------
    given
        Shape (units, codes): 1 where a unit has a code.

    Returns
    -------
    tuple of numpy.ndarray
        Shape (units, pairs) each, the pairs in the order of the codes.
    """
    first, second = np.triu_indices(given.shape[1], k=1)
    return given[:, first] * given[:, second], np.maximum(given[:, first], given[:, second])


def _or_nan(n: np.ndarray) -> np.ndarray:
    return np.where(n > 0, n, np.nan)


def _mover(down: np.ndarray, up: np.ndarray, r: np.ndarray) -> np.ndarray:
    return np.sqrt(np.maximum(down**2 - 2 * r * down * up + up**2, 0))


def _logistic(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))
