import krippendorff
import numpy as np
import pandas as pd
import pytest

from tracktwo.analysis import agreement, estimates


def sets(text):
    """Return one set of letters a word: ``"a ab -"`` is {a}, {a, b} and the empty set."""
    return [frozenset(word.replace("-", "")) for word in text.split()]


ONE = sets("a a b c ab - b a c bc a b")
TWO = sets("a b b c a - c a c b a ab")


def coded(one, two):
    """Return the pairs as numbers and the distances between the sets, as `_alphas` takes."""
    kinds = sorted({*one, *two}, key=sorted)
    place = {kind: i for i, kind in enumerate(kinds)}
    pairs = np.array([[place[a], place[b]] for a, b in zip(one, two, strict=True)])
    distance = [[1 - len(a & b) / len(a | b) if a | b else 0.0 for b in kinds] for a in kinds]
    return pairs, np.array(distance)


def packages_alpha(pairs, distance):
    counts = np.array([np.bincount(pair, minlength=len(distance)) for pair in pairs])
    return krippendorff.alpha(
        value_counts=counts,
        level_of_measurement=lambda v1, v2, i1, i2, n_v, dtype: distance[i1, i2],
    )


def test_when_a_small_example_is_given_then_alpha_is_that_worked_out_by_hand():
    # Four units, a a / a b / b b / b b: one of four pairs differs, observed 1/4. Values: three a
    # and five b of eight, expected 2 * 3 * 5 / (8 * 7) = 15/28. Alpha = 1 - (1/4) / (15/28).
    found = agreement.alpha(sets("a a b b"), sets("a b b b"))
    assert found.value == pytest.approx(1 - (1 / 4) / (15 / 28)) and found.n == 4


def test_when_values_are_single_then_alpha_is_the_nominal_one():
    one, two = sets("a a b c b b a c c a"), sets("a b b c b a a c a a")
    letters = [[next(iter(s)) for s in side] for side in (one, two)]
    expected = krippendorff.alpha(
        reliability_data=letters, level_of_measurement="nominal", value_domain=list("abc")
    )
    assert agreement.alpha(one, two).value == pytest.approx(expected)


def test_when_sets_overlap_then_they_disagree_in_part():
    same, part, apart = (
        agreement.alpha(sets("ab a b c"), sets(two)).value
        for two in ("ab a b c", "a a b c", "c a b c")
    )
    assert same == 1 > part > apart
    # {a, b} against {a} costs a half: over four units the observed disagreement is 1/8. Of the
    # eight values (three a, two b, two c, one ab) the pairs cost 2 * (6 + 6 + 4 + 3/2 + 1 + 2).
    assert part == pytest.approx(1 - (1 / 8) / (41 / 56))


def test_when_units_are_drawn_again_then_each_alpha_is_the_packages():
    pairs, distance = coded(ONE, TWO)
    each_its_own_kind = estimates.draws_of(len(pairs), 25)(np.arange(len(pairs)))
    found = agreement._alphas(each_its_own_kind, pairs, distance)
    drawn = np.random.default_rng(estimates.SEED).integers(0, len(pairs), (25, len(pairs)))
    expected = [packages_alpha(pairs[units], distance) for units in drawn]
    assert found == pytest.approx(expected)


def test_when_all_units_are_drawn_once_then_the_bootstrap_gives_the_point_estimate(monkeypatch):
    pairs, distance = coded(ONE, TWO)

    def once(n, times):
        return lambda kind: np.tile(np.bincount(kind), (times, 1))

    monkeypatch.setattr(agreement, "draws_of", once)
    point = agreement.alpha(ONE, TWO)
    found = agreement._alphas(np.ones((2, len(pairs))), pairs, distance)
    assert found == pytest.approx(point.value)
    assert (point.low, point.high) == pytest.approx((point.value, point.value))


def test_when_computed_twice_then_the_interval_is_the_same_and_holds_the_estimate():
    one, two = agreement.alpha(ONE, TWO), agreement.alpha(ONE, TWO)
    assert one == two and -1 <= one.low < one.value < one.high <= 1


@pytest.mark.parametrize("text", ["a a a", "- - -", "ab ab ab", ""])
def test_when_every_unit_has_the_same_codes_then_alpha_is_not_defined(text):
    found = agreement.alpha(sets(text), sets(text))
    assert np.isnan([found.value, found.low, found.high]).all() and found.n == len(text.split())


def test_when_coders_agree_fully_then_alpha_is_one():
    found = agreement.alpha(sets("a b ab a b"), sets("a b ab a b"))
    assert (found.value, found.low, found.high) == (1, 1, 1)


def test_when_only_whole_sets_count_then_percent_agreement_is_their_share():
    one, two = pd.Series(sets("a ab b -")), pd.Series(sets("a a c -"))
    assert agreement.percent_agreement(one, two) == 0.5


CODES = pd.DataFrame(
    [
        ("u1", "x", "focus", "a"),
        ("u1", "x", "focus", "b"),
        ("u1", "y", "focus", "a"),
        ("u2", "x", "focus", "b"),
        ("u2", "x", "theme", "a"),
    ],
    columns=["unit", "coder", "variable", "value"],
)


def test_when_codes_are_collected_then_each_unit_has_its_set_in_order():
    found = agreement.code_sets(CODES, pd.Index(["u2", "u1", "u3"]), "x", "focus")
    assert found.to_dict() == {"u2": {"b"}, "u1": {"a", "b"}, "u3": frozenset()}
    assert found.index.tolist() == ["u2", "u1", "u3"]


def test_when_nobody_of_that_name_coded_then_no_agreement_is_made_up():
    with pytest.raises(ValueError, match="no coder 'z'; there are: x, y"):
        agreement.code_sets(CODES, pd.Index(["u1"]), "z", "focus")


def test_when_coders_differ_then_the_confusion_table_says_where():
    labels = {"a": "First", "b": "Second", "c": "Third"}
    table = agreement.confusion(pd.Series(sets("a a b b")), pd.Series(sets("a b b b")), labels)
    assert table.loc["First"].tolist() == [1, 1, 0]
    assert table.loc["Second"].tolist() == [0, 2, 0]
    assert table.loc["Third"].tolist() == [0, 0, 0]
    assert list(table.columns) == list(labels.values())


def test_when_nobody_gave_a_value_then_percent_agreement_is_not_defined():
    nothing = pd.Series([frozenset()] * 3)
    assert np.isnan(agreement.percent_agreement(nothing, nothing))
