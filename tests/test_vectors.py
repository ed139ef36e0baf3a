"""The estimates of many specifications at once, held to their one-at-a-time twins."""

import numpy as np
import pandas as pd
import pytest

from tracktwo.analysis import agreement, estimates, vectors

RNG = np.random.default_rng(7)
N = RNG.integers(1, 60, 40)
COUNT = np.array([RNG.integers(0, n + 1) for n in N])
N_0 = RNG.integers(1, 60, 40)
COUNT_0 = np.array([RNG.integers(0, n + 1) for n in N_0])


def stacked(found):
    return np.array([[e.value, e.low, e.high] for e in found]).T


def test_when_shares_come_in_arrays_then_each_is_wilsons():
    one_by_one = [estimates.share(int(k), int(n)) for k, n in zip(COUNT, N, strict=True)]
    assert np.allclose(vectors.shares(COUNT, N), stacked(one_by_one), atol=1e-12)


def test_when_differences_come_in_arrays_then_each_is_newcombes():
    args = zip(COUNT, N, COUNT_0, N_0, strict=True)
    one_by_one = [estimates.difference_of_shares(*map(int, a)) for a in args]
    assert np.allclose(vectors.differences(COUNT, N, COUNT_0, N_0), stacked(one_by_one))


def test_when_there_are_no_cases_then_nothing_is_defined():
    none = np.zeros(1)
    for found in (
        vectors.shares(none, none),
        vectors.differences(none, none, none + 1, none + 2),
        vectors.leads(none, none, none),
        vectors.odds_ratios(none, none, none + 1, none + 2),
        vectors.trends(np.zeros((1, 5)), np.zeros((1, 5))),
    ):
        assert np.isnan(found).all()


def test_when_an_odds_ratio_is_taken_then_it_is_woolfs():
    value, low, high = vectors.odds_ratios(*(np.array([x]) for x in (30, 40, 20, 60)))
    log, spread = np.log(30 * 40 / (10 * 20)), np.sqrt(1 / 30 + 1 / 10 + 1 / 20 + 1 / 40)
    assert value[0] == pytest.approx(6)
    assert low[0] == pytest.approx(np.exp(log - 1.959964 * spread))
    assert high[0] == pytest.approx(np.exp(log + 1.959964 * spread))


def test_when_a_cell_is_empty_then_a_part_of_a_case_keeps_the_odds_ratio_finite():
    value, low, high = vectors.odds_ratios(*(np.array([x]) for x in (5, 5, 2, 10)))
    one, two = 5 / 15, 10 / 15
    assert value[0] == pytest.approx((5 + one) * (8 + two) / (one * (2 + two)))
    assert 0 < low[0] < value[0] < high[0] < np.inf


def test_when_an_odds_ratio_is_taken_then_its_direction_is_that_of_the_shares():
    tables = [
        (k, n, j, m)
        for n in (1, 2, 9, 60)
        for m in (1, 2, 9, 60)
        for k in {0, 1, n // 2, n}
        for j in {0, 1, m // 2, m}
    ]
    count, n, count_0, n_0 = np.array(tables).T
    value = vectors.odds_ratios(count, n, count_0, n_0)[0]
    defined = ~np.isnan(value)
    expected = np.sign(count * n_0 - count_0 * n)[defined]
    assert np.array_equal(np.sign(np.log(value[defined]).round(12)), expected)


def test_when_exact_odds_ratios_come_in_arrays_then_each_is_that_of_scipy():
    tables = np.array(
        [(k, n, j, m) for n, m in ((9, 14), (60, 21)) for k in (0, 1, n // 2, n) for j in (0, 5, m)]
    )
    found = np.stack(vectors.exact_odds_ratios(*tables.T.astype(float)), axis=1)
    for table, numbers in zip(tables, found, strict=True):
        one = estimates.odds_ratio(*(int(x) for x in table))
        expected = [one.value, one.low, one.high]
        assert numbers == pytest.approx(expected, rel=1e-6, nan_ok=True), table


def test_when_trends_come_in_arrays_then_each_is_that_of_statsmodels():
    years = range(1992, 2005)
    cases = RNG.integers(3, 12, (6, len(years)))
    yes = RNG.binomial(cases, 0.4)
    found = vectors.trends(yes, cases)
    for row in range(6):
        year = pd.Series(np.repeat(list(years), cases[row]))
        said = pd.Series(
            [i < y for y, n in zip(yes[row], cases[row], strict=True) for i in range(n)]
        )
        ratio = estimates.logistic_trend(year, said, years).odds_ratio
        assert [x[row] for x in found] == pytest.approx([ratio.value, ratio.low, ratio.high], 1e-5)


def test_when_one_trend_has_no_slope_then_the_others_are_what_they_are_alone():
    cases = RNG.integers(3, 12, (6, 13))
    yes = RNG.binomial(cases, 0.4)
    yes[0] = np.where(np.arange(13) < 6, 0, cases[0])  # the years are separated: it never ends
    together = vectors.trends(yes, cases)
    assert np.isnan(together)[:, 0].all()
    for row in range(1, 6):
        alone = vectors.trends(yes[[row]], cases[[row]])
        assert [x[row] for x in together] == pytest.approx([x[0] for x in alone], rel=1e-12)


def test_when_cases_count_for_less_then_only_the_interval_widens():
    yes, cases = np.array([[1, 2, 4]]), np.array([[5, 5, 5]])
    full, half = vectors.trends(yes, cases), vectors.trends(yes, cases, weight=0.5)
    assert half[0] == pytest.approx(full[0])
    assert half[1] < full[1] and half[2] > full[2]


def test_when_a_trend_separates_the_years_then_it_has_no_finite_slope():
    assert np.isnan(vectors.trends(np.array([[0, 0, 5, 5]]), np.array([[5, 5, 5, 5]]))[0])


def test_when_alphas_come_in_arrays_then_each_is_that_of_the_krippendorff_package():
    one, two = RNG.integers(0, 2, (2, 50))
    sets = [[frozenset({bool(x)}) for x in coder] for coder in (one, two)]
    counts = (np.array([x]) for x in (one.sum(), two.sum(), (one * two).sum(), 50))
    assert vectors.alphas(*counts)[0] == pytest.approx(agreement.alpha(*sets).value)


def test_when_nobody_gives_a_code_then_its_alpha_is_not_defined():
    assert np.isnan(vectors.alphas(*(np.array([x]) for x in (0, 0, 0, 50)))[0])


def test_when_codes_overlap_then_the_largest_jaccard_of_any_pair_is_told():
    given = np.array([[1, 1, 0], [1, 0, 0], [0, 1, 1], [1, 1, 0]])
    both, either = vectors.pairwise(given)
    # first and second: 2 of 4; first and third: 0 of 4; second and third: 1 of 3
    assert vectors.overlaps(both.sum(axis=0), either.sum(axis=0)) == pytest.approx(0.5)


def test_when_no_code_is_given_at_all_then_there_is_no_overlap_to_tell():
    assert np.isnan(vectors.overlaps(np.zeros(3), np.zeros(3)))
