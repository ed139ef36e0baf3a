import itertools
from math import exp

import numpy as np
import pandas as pd
import pytest

from tracktwo.analysis import estimates
from tracktwo.analysis.estimates import Estimate

YEARS = range(1992, 2005)


# Newcombe (1998), Statistics in Medicine 17:857-872, table I, method 3 (score).
@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_when_share_is_given_then_its_interval_is_the_published_one(count, n, low, high):
    found = estimates.share(count, n)
    assert (found.value, found.n) == (pytest.approx(count / n), n)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


# Newcombe (1998), Statistics in Medicine 17:873-890, table II, method 10.
@pytest.mark.parametrize(
    ("given", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((10, 10, 0, 10), 0.6075, 1.0),
        ((0, 10, 0, 10), -0.2775, 0.2775),
    ],
)
def test_when_shares_are_compared_then_the_interval_is_the_published_one(given, low, high):
    found = estimates.difference_of_shares(*given)
    assert found.value == pytest.approx(given[0] / given[1] - given[2] / given[3])
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)
    assert found.n == given[1] + given[3]


@pytest.mark.parametrize(
    "nothing",
    [
        estimates.share(0, 0),
        estimates.lead(0, 0, 0),
        estimates.difference_of_shares(0, 0, 1, 2),
        estimates.difference_of_shares(1, 2, 0, 0),
    ],
)
def test_when_there_are_no_cases_then_nothing_is_estimated(nothing):
    assert np.isnan([nothing.value, nothing.low, nothing.high]).all() and nothing.n == 0
    assert nothing.side_of(0) == "open"


@pytest.mark.parametrize(("a", "b", "n"), [(41, 23, 80), (20, 50, 100), (60, 5, 120), (30, 30, 90)])
def test_when_one_share_leads_then_the_interval_is_that_of_drawing_again(a, b, n):
    found = estimates.lead(a, b, n)
    drawn = np.random.default_rng(1).multinomial(n, [a / n, b / n, 1 - (a + b) / n], 40_000)
    low, high = np.percentile((drawn[:, 0] - drawn[:, 1]) / n, [2.5, 97.5])
    assert found.value == pytest.approx((a - b) / n)
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.02)


def test_when_cases_are_drawn_again_and_again_then_the_leads_interval_covers_the_truth():
    truth, n = (0.5, 0.3, 0.2), 80
    draws, times = np.unique(
        np.random.default_rng(2).multinomial(n, truth, 3_000)[:, :2], axis=0, return_counts=True
    )
    hits = sum(
        t
        for (a, b), t in zip(draws, times, strict=True)
        if (e := estimates.lead(int(a), int(b), n)).low <= 0.2 <= e.high
    )
    assert hits / 3_000 == pytest.approx(0.95, abs=0.015)


@pytest.mark.parametrize(("a", "b"), list(itertools.product([0, 3, 10, 20], repeat=2)))
def test_when_sides_are_swapped_then_the_lead_is_mirrored(a, b):
    n = max(a + b, 20)
    one, two = estimates.lead(a, b, n), estimates.lead(b, a, n)
    assert (one.value, one.low, one.high) == pytest.approx((-two.value, -two.high, -two.low))
    assert -1 <= one.low <= one.value <= one.high <= 1


def test_when_there_are_two_categories_only_then_the_lead_is_twice_one_share():
    found, one = estimates.lead(14, 6, 20), estimates.share(14, 20)
    assert (found.low, found.high) == pytest.approx((2 * one.low - 1, 2 * one.high - 1), abs=1e-6)


@pytest.mark.parametrize(
    ("low", "high", "side"),
    [(0.1, 0.3, "above"), (-0.3, -0.1, "below"), (-0.1, 0.1, "open"), (0.0, 0.2, "open")],
)
def test_when_an_interval_is_given_then_its_side_is_that_of_the_whole(low, high, side):
    assert Estimate((low + high) / 2, low, high, 9).side_of(0) == side


def planted(slope, n=600, seed=3):
    """Return years and yes/no with the log odds rising by `slope` a year."""
    random = np.random.default_rng(seed)
    year = pd.Series(random.choice(list(YEARS), n))
    chance = 1 / (1 + np.exp(0.4 - slope * (year - 1998)))
    return year, pd.Series(random.random(n) < chance)


def newton(year, yes):
    """Fit the same model by hand: coefficients and their covariance."""
    x = np.column_stack([np.ones(len(year)), year.to_numpy(float) - 1998])
    beta = np.zeros(2)
    for _ in range(25):
        p = 1 / (1 + np.exp(-x @ beta))
        information = x.T @ (x * (p * (1 - p))[:, None])
        beta = beta + np.linalg.solve(information, x.T @ (yes.to_numpy(float) - p))
    return beta, np.linalg.inv(information)


@pytest.mark.parametrize("slope", [-0.2, 0.0, 0.1])
def test_when_a_trend_is_fitted_then_it_equals_a_fit_by_hand(slope):
    year, yes = planted(slope, n=150)
    found = estimates.logistic_trend(year, yes, YEARS)
    beta, covariance = newton(year, yes)
    reach = 1.959964 * covariance[1, 1] ** 0.5
    expected = np.exp([beta[1], beta[1] - reach, beta[1] + reach])
    ratio = found.odds_ratio
    assert [ratio.value, ratio.low, ratio.high] == pytest.approx(expected, rel=1e-5)
    assert ratio.n == 150
    design = np.column_stack([np.ones(13), np.array(YEARS) - 1998])
    mean = design @ beta
    reach = 1.959964 * np.sqrt(np.einsum("ij,jk,ik->i", design, covariance, design))
    for column, log_odds in [("share", mean), ("low", mean - reach), ("high", mean + reach)]:
        assert found.curve[column].to_numpy() == pytest.approx(1 / (1 + np.exp(-log_odds)))
    assert found.curve["year"].tolist() == list(YEARS)


@pytest.mark.parametrize("slope", [-0.15, 0.15])
def test_when_a_trend_is_planted_then_it_is_found(slope):
    ratio = estimates.logistic_trend(*planted(slope, n=4_000), YEARS).odds_ratio
    assert ratio.value == pytest.approx(exp(slope), rel=0.03)
    assert ratio.low < exp(slope) < ratio.high


@pytest.mark.parametrize(
    ("years", "yes"),
    [
        ([1992 + i for i in range(9)], [True, False, True] * 3),
        ([1992 + i for i in range(12)], [True] * 12),
        ([1992 + i for i in range(12)], [False] * 12),
        ([1995] * 12, [True, False] * 6),
        ([], []),
    ],
    ids=["too few", "all yes", "all no", "one year", "none"],
)
def test_when_there_is_no_trend_to_speak_of_then_none_is_fitted(years, yes):
    year, yes = pd.Series(years, dtype="Int64"), pd.Series(yes, dtype=bool)
    assert estimates.logistic_trend(year, yes, YEARS) is None


def test_when_cases_are_few_then_kinds_are_counted_among_those_drawn_one_by_one():
    kind = np.array([0, 2, 1, 0, 2, 2])
    drawn = estimates.draw_with_replacement(len(kind), 50)
    expected = [[case_counts[kind == k].sum() for k in range(3)] for case_counts in drawn]
    assert estimates.draws_of(len(kind), 50)(kind).tolist() == expected


def test_when_cases_are_many_then_kinds_are_drawn_as_often_as_their_cases_would_be(monkeypatch):
    kind = np.repeat([0, 1, 2], [100, 250, 50])
    one_by_one = estimates.draws_of(len(kind), 4000)(kind)
    monkeypatch.setattr(estimates, "ONE_BY_ONE", 10)
    found = estimates.draws_of(len(kind), 4000)(kind)
    assert (found.sum(axis=1) == len(kind)).all()
    assert found.mean(axis=0) == pytest.approx(one_by_one.mean(axis=0), rel=0.02)
    assert np.cov(found.T) == pytest.approx(np.cov(one_by_one.T), rel=0.15, abs=3)


def test_when_cases_are_many_then_the_exact_odds_ratio_is_that_of_scipy(monkeypatch):
    by_scipy = estimates.odds_ratio(30, 80, 25, 110)
    monkeypatch.setattr(estimates, "EXACT", 0)
    found = estimates.odds_ratio(30, 80, 25, 110)
    for name in ("value", "low", "high", "n"):
        assert getattr(found, name) == pytest.approx(getattr(by_scipy, name), rel=1e-6)


def test_when_rows_are_alike_then_they_are_of_one_kind():
    rows = np.array([[1, 0], [0, 3], [1, 0], [0, 2], [0, 3]])
    each, kind = estimates.kinds_of(rows)
    assert len(each) == 3 and (each[kind] == rows).all()
