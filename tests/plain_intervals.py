"""Estimates with their 95 % intervals in plain Python: for the recomputation of the verdicts.

Written from the published formulas, not from the package. Each returns value, low and high.
"""

import math
import random

Z = 1.959963984540054
NOTHING = (math.nan, math.nan, math.nan)


def share(count, n):
    """Wilson's score interval: the roots of (p - count/n)² = z² p (1 - p) / n."""
    if n == 0:
        return NOTHING
    a, b, c = n + Z**2, 2 * count + Z**2, count**2 / n
    root = math.sqrt(max(b**2 - 4 * a * c, 0))
    return count / n, (b - root) / (2 * a), (b + root) / (2 * a)


def difference(count, n, count_0, n_0):
    """Newcombe's hybrid score interval: the two Wilson intervals, squared and added."""
    (p, low, high), (p_0, low_0, high_0) = share(count, n), share(count_0, n_0)
    down = math.sqrt((p - low) ** 2 + (high_0 - p_0) ** 2)
    up = math.sqrt((high - p) ** 2 + (p_0 - low_0) ** 2)
    return p - p_0, p - p_0 - down, p - p_0 + up


def lead(count_a, count_b, n):
    """Two shares of one multinomial: Zou and Donner's MOVER with their negative correlation.

    Where a case may count on both sides it is taken to be as negative as it can be.
    """
    (a, low_a, high_a), (b, low_b, high_b) = share(count_a, n), share(count_b, n)
    r = -min(1, math.sqrt(a * b / ((1 - a) * (1 - b)))) if max(a, b) < 1 else -1

    def width(x, y):
        return math.sqrt(x**2 + y**2 - 2 * r * x * y)

    low, high = a - b - width(a - low_a, high_b - b), a - b + width(high_a - a, b - low_b)
    return a - b, max(low, -1), min(high, 1)


def odds_ratio(count, n, count_0, n_0):
    """The conditional odds ratio: Fisher's non-central hypergeometric, solved by bisection."""
    given = count + count_0
    if n == 0 or n_0 == 0 or given in (0, n + n_0):
        return NOTHING
    support = range(max(0, given - n_0), min(n, given) + 1)
    ways = {x: math.log(math.comb(n, x) * math.comb(n_0, given - x)) for x in support}

    def moment(log_ratio, of):
        logs = {x: w + x * log_ratio for x, w in ways.items()}
        most = max(logs.values())
        each = {x: math.exp(w - most) for x, w in logs.items()}
        return sum(of(x) * w for x, w in each.items()) / sum(each.values())

    def solve(of, target):  # `of` grows with x, so that its mean grows with the ratio
        return math.exp(bisect(lambda log_ratio: moment(log_ratio, of) - target))

    lowest, highest = count == support[0], count == support[-1]
    value = 0.0 if lowest else math.inf if highest else solve(lambda x: x, count)
    low = 0.0 if lowest else solve(lambda x: x >= count, 0.025)
    high = math.inf if highest else solve(lambda x: x > count, 0.975)
    return value, low, high


def bisect(rising, low=-50.0, high=50.0):
    """Return where a rising function of one number is zero."""
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (low, middle) if rising(middle) > 0 else (middle, high)
    return low


def logistic(times, answers):
    """The odds ratio per unit of time of a logistic trend with Wald's interval, by Newton."""
    middle = sum(times) / len(times)
    level = slope = 0.0
    for _ in range(30):
        a = b = c = g = h = 0.0
        for time, yes in zip(times, answers, strict=True):
            x = time - middle
            p = 1 / (1 + math.exp(-level - slope * x))
            a, b, c = a + p * (1 - p), b + p * (1 - p) * x, c + p * (1 - p) * x * x
            g, h = g + yes - p, h + (yes - p) * x
        level += (c * g - b * h) / (a * c - b * b)
        slope += (a * h - b * g) / (a * c - b * b)
    half = Z * math.sqrt(a / (a * c - b * b))
    return math.exp(slope), math.exp(slope - half), math.exp(slope + half)


def alpha(table):
    """Krippendorff's alpha of two coders on a yes/no code: 1 - observed / expected disagreement.

    `table` counts the units by the two coders' answers. NaN when all answers are the same.
    """
    n = 2 * table.total()
    given = sum((one + two) * units for (one, two), units in table.items())
    apart = table[True, False] + table[False, True]
    expected = given * (n - given) / (n - 1) if n else 0
    return 1 - apart / expected if expected else math.nan


def clustered_share(clusters):
    """The share of answers that are yes, whole clusters of answers resampled.

    When all answers are alike there is nothing to resample: Wilson's interval on the clusters.
    """
    answers = [yes for cluster in clusters for yes in cluster]
    if len(set(answers)) < 2:
        return share(len(clusters) * any(answers), len(clusters))

    def measure(drawn):
        return sum(map(sum, drawn)) / sum(map(len, drawn))

    return bootstrap(clusters, measure)


def bootstrap(units, measure, draws=1000):
    """Return `measure` of the units and the middle 95 % of it over resamples of them."""
    generator = random.Random(2012)
    drawn = (measure(generator.choices(units, k=len(units))) for _ in range(draws))
    found = sorted(x for x in drawn if not math.isnan(x))
    if not found:
        return NOTHING
    return measure(units), found[int(0.025 * len(found))], found[int(0.975 * len(found))]
