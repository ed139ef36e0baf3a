"""Shares, differences and trends with their intervals; statsmodels does the mathematics.

All intervals are 95 % intervals. The inventory is a census of what is publicly documented, not
a random sample: an interval says how far a result could move by chance if documented initiatives
were draws from a larger set of similar ones. It does not cover what was never documented.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy.stats.contingency import odds_ratio as scipy_odds_ratio
from statsmodels.genmod.families import Binomial
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from tracktwo.analysis.vectors import exact_odds_ratios, leads
from tracktwo.ground.digits import rounded

FEWEST = 10  # cases below which a trend is not estimated
RESAMPLES = 2000
EXACT = 5000
"""Cases up to which scipy computes an odds ratio with its exact interval."""
ONE_BY_ONE = 1000
"""Cases up to which a bootstrap draws one after another."""
SEED = 20120401


@dataclass(frozen=True)
class Estimate:
    """A number with its 95 % interval and the number of cases behind it.

    All three are rounded (`digits`), so that no comparison hangs on a processor's last bit.
    ``made_by`` names the function of the book that asked for the estimate, so that a reader can
    be led to it; estimates that differ in nothing else are equal.
    """

    value: float
    low: float
    high: float
    n: int
    made_by: str = field(default="", compare=False, repr=False)

    def __post_init__(self) -> None:
        """Round the numbers, and note who asked for them."""
        for name in ("value", "low", "high"):
            object.__setattr__(self, name, rounded(getattr(self, name)))
        object.__setattr__(self, "made_by", self.made_by or _who_asks())

    def side_of(self, border: float) -> str:
        """Return whether the whole interval is ``above`` or ``below`` `border`, or ``open``."""
        if self.low > border:
            return "above"
        return "below" if self.high < border else "open"


def _who_asks() -> str:
    """Return the innermost function of the book outside this module that is at work, in full.

    Its name, never its line: outputs of the notebooks would change with every line above it.
    """
    frame = sys._getframe(2)
    while frame:
        module = frame.f_globals.get("__name__", "")
        if module.startswith("IPython."):  # a cell asks; what runs the kernel does not
            return ""
        if module.startswith("tracktwo.") and module != __name__:
            # A comprehension is a function of its own in some versions of Python.
            name = frame.f_code.co_qualname.partition(".<locals>")[0]
            return "" if name.startswith("<") else f"{module}.{name}"
        frame = frame.f_back
    return ""


NOTHING = Estimate(np.nan, np.nan, np.nan, 0)


def share(count: int, n: int) -> Estimate:
    """Return the share `count` / `n` with Wilson's score interval (Wilson 1927)."""
    if n == 0:
        return NOTHING
    low, high = proportion_confint(count, n, method="wilson")
    return Estimate(count / n, float(low), float(high), n)


def difference_of_shares(count: int, n: int, count_0: int, n_0: int) -> Estimate:
    """Return the share in one group minus the share in another (Newcombe 1998, method 10)."""
    if n == 0 or n_0 == 0:
        return NOTHING
    low, high = confint_proportions_2indep(count, n, count_0, n_0, method="newcomb", compare="diff")
    return Estimate(count / n - count_0 / n_0, float(low), float(high), n + n_0)


def lead(count_a: int, count_b: int, n: int) -> Estimate:
    """Return the share of one category minus the share of another in the same `n` cases.

    One case of `vectors.leads` (MOVER, Zou and Donner 2008).
    """
    if n == 0:
        return NOTHING
    value, low, high = leads(np.array(count_a), np.array(count_b), np.array(n))
    return Estimate(float(value), float(low), float(high), n)


def odds_ratio(count: int, n: int, count_0: int, n_0: int) -> Estimate:
    """Return the odds of `count` in `n` over the odds of `count_0` in `n_0`.

    The conditional maximum-likelihood estimate with the exact interval of Fisher's non-central
    hypergeometric distribution (Cornfield 1956), by scipy. It may be infinite where a cell is
    empty; without cases in a group, or when all or none say yes, it is not defined. Of more cases
    than `EXACT` the same is computed by `vectors.exact_odds_ratios`, as scipy takes seconds.
    """
    if n == 0 or n_0 == 0 or count + count_0 in (0, n + n_0):
        return Estimate(np.nan, np.nan, np.nan, n + n_0)
    if n + n_0 > EXACT:
        found = exact_odds_ratios(*(np.array([x]) for x in (count, n, count_0, n_0)))
        return Estimate(*(float(end[0]) for end in found), n + n_0)
    result = scipy_odds_ratio([[count, n - count], [count_0, n_0 - count_0]])
    low, high = result.confidence_interval(0.95)
    return Estimate(float(result.statistic), float(low), float(high), n + n_0)


def resample(cluster: pd.Series) -> np.ndarray:
    """Return how often each row is drawn when whole clusters are drawn with replacement.

    Returns
    -------
    numpy.ndarray
        Shape (`RESAMPLES`, rows), whole numbers; the same for the same clusters. The bootstrap
        of clusters is that of Davison and Hinkley (1997, section 3.8).
    """
    codes, names = pd.factorize(cluster)
    return draw_with_replacement(len(names), RESAMPLES)[:, codes]


def draw_with_replacement(n: int, times: int) -> np.ndarray:
    """Return how often each of `n` cases is drawn when `n` are drawn with replacement.

    Drawn as whole numbers, so that a draw rests on no computed chance.

    Returns
    -------
    numpy.ndarray
        Shape (`times`, `n`), whole numbers; the same for the same `n` and `times`.
    """
    drawn = np.random.default_rng(SEED).integers(0, max(n, 1), (times, n))
    places = (drawn + n * np.arange(times)[:, None]).ravel()
    return np.bincount(places, minlength=times * n).reshape(times, n)


def draws_of(n: int, times: int) -> Callable[[np.ndarray], np.ndarray]:
    """Return what tells how often cases of each kind are drawn when `n` are drawn out of `n`.

    Up to `ONE_BY_ONE` cases they are those of `draw_with_replacement`, counted by kind. More are
    drawn as what such counts are, a multinomial: the time it takes depends on kinds, not on cases.
    Such a draw compares chances that were computed; no published number rests on one.

    Returns
    -------
    callable
        Takes which kind each case is of, shape (`n`,), whole numbers from 0; returns whole numbers
        of shape (`times`, kinds).
    """
    if n > ONE_BY_ONE:

        def counts_of(kind: np.ndarray) -> np.ndarray:
            chances = np.bincount(kind) / n
            return np.random.default_rng(SEED).multinomial(n, chances, size=times)

        return counts_of
    drawn = np.random.default_rng(SEED).integers(0, max(n, 1), (times, n))

    def counted(kind: np.ndarray) -> np.ndarray:
        kinds = int(kind.max(initial=-1)) + 1
        places = (kind[drawn] + kinds * np.arange(times)[:, None]).ravel()
        return np.bincount(places, minlength=times * kinds).reshape(times, kinds)

    return counted


def kinds_of(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the different rows of a table of whole numbers, and which of them each row is."""
    kind = np.zeros(len(rows), dtype=np.int64)
    for column in rows.T.astype(np.int64):
        kind, _ = pd.factorize(kind * (column.max(initial=0) + 1) + column)
    _, first = np.unique(kind, return_index=True)
    return rows[first], kind


def clustered_share(yes: pd.Series, cluster: pd.Series) -> Estimate:
    """Return the share of rows that say `yes`, with an interval that resamples whole clusters.

    Statements of one document are not independent, so documents are resampled, not statements
    (percentile interval). When all or none say yes there is nothing to resample; then the
    interval is Wilson's on the number of clusters, as if each had spoken once.

    Parameters
    ----------
    yes, cluster
        A yes/no value and the name of the cluster (a document, a speaker) of each row.
    """
    n, count = len(yes), int(yes.sum())
    if n == 0:
        return NOTHING
    if count in (0, n):
        clusters = int(cluster.nunique())
        whole = share(clusters if count else 0, clusters)
        return Estimate(count / n, whole.low, whole.high, n)
    codes, names = pd.factorize(cluster)
    counts = [np.bincount(codes, w, len(names)) for w in (yes.to_numpy(dtype=float), None)]
    each, kind = kinds_of(np.stack(counts, axis=1))
    counted = draws_of(len(kind), RESAMPLES)(kind) @ each
    shares = counted[:, 0] / counted[:, 1]
    low, high = np.percentile(shares, [2.5, 97.5])
    return Estimate(count / n, float(low), float(high), n)


@dataclass(frozen=True)
class Trend:
    """A logistic trend: odds ratio per year and the fitted curve.

    ``curve`` has the columns ``year``, ``share``, ``low`` and ``high``.
    """

    odds_ratio: Estimate
    curve: pd.DataFrame


def logistic_trend(year: pd.Series, yes: pd.Series, years: range) -> Trend | None:
    """Fit how the chance of `yes` moves with `year`.

    A binomial model with a logit link and Wald intervals, by statsmodels.

    Returns
    -------
    Trend or None
        None when there are fewer than ten cases, or `yes` or `year` does not vary: then there is
        no trend to speak of.
    """
    yes = yes.astype(float)
    if len(yes) < FEWEST or yes.nunique() < 2 or year.nunique() < 2:
        return None
    middle = float(np.mean(years))
    fit = GLM(yes.to_numpy(), _design(year, middle), family=Binomial()).fit()
    low, high = np.exp(fit.conf_int()[1])
    ratio = Estimate(float(np.exp(fit.params[1])), float(low), float(high), len(yes))
    drawn = fit.get_prediction(_design(pd.Series(years), middle)).summary_frame()
    curve = pd.DataFrame(
        {
            "year": list(years),
            "share": drawn["mean"],
            "low": drawn["mean_ci_lower"],
            "high": drawn["mean_ci_upper"],
        }
    )
    return Trend(ratio, rounded(curve))


def _design(year: pd.Series, middle: float) -> np.ndarray:
    centred = year.to_numpy(dtype=float) - middle
    return np.column_stack([np.ones(len(centred)), centred])


def with_interval(labels: dict[str, object], estimate: Estimate) -> dict[str, object]:
    """Return one row of a chart's table: labels, then estimate, interval and n."""
    return {
        **labels,
        "share": estimate.value,
        "low": estimate.low,
        "high": estimate.high,
        "n": estimate.n,
    }
