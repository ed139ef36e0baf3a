import numpy as np
import pytest

from tracktwo.analysis.estimates import NOTHING, Estimate, lead, share
from tracktwo.words import numbers
from tracktwo.words.numbers import Number


def test_when_a_count_is_written_then_thousands_are_apart():
    assert numbers.count(np.int64(1234567)) == Number("1,234,567", 1234567)
    assert numbers.count(0) == Number("0", 0)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0%"), (0.456, "46%"), (0.004, "0%"), (-0.004, "0%"), (1.0, "100%"), (-0.12, "−12%")],
)
def test_when_a_share_is_written_then_it_is_a_whole_percentage(value, text):
    assert numbers.percent(value).text == text


@pytest.mark.parametrize(
    ("value", "digits", "text"), [(2.345, 1, "2.3"), (-0.5, 2, "−0.50"), (0.66666, 3, "0.667")]
)
def test_when_a_decimal_is_written_then_it_keeps_its_digits_and_a_true_minus(value, digits, text):
    assert numbers.decimal(value, digits).text == text


@pytest.mark.parametrize(
    ("estimate", "text"),
    [
        (Estimate(0.216, 0.03, 0.4, 80), "+22 points (+3\u00a0to\u00a0+40)"),
        (Estimate(0.12, -0.012, 0.25, 80), "+12 points (−1\u00a0to\u00a0+25)"),
        (Estimate(0.147, 0.003, 0.29, 80), "+15 points (+0.3\u00a0to\u00a0+29)"),
        (Estimate(-0.147, -0.29, -0.003, 80), "−15 points (−29\u00a0to\u00a0−0.3)"),
        (Estimate(0.0, -0.0004, 0.0004, 80), "0 points (0\u00a0to\u00a00)"),
        (Estimate(0.0096, -0.0096, 0.0094, 80), "+1 points (−1\u00a0to\u00a0+0.9)"),
        (Estimate(1.0, -1.0, 1.0, 1), "+100 points (−100\u00a0to\u00a0+100)"),
    ],
)
def test_when_points_are_written_then_the_side_of_zero_stays_visible(estimate, text):
    assert numbers.points_text(estimate, " points").text == text


def test_when_an_interval_is_written_then_it_stands_in_brackets():
    assert numbers.share_text(share(15, 148)).text == "10% (6%\u00a0to\u00a016%)"
    assert (
        numbers.ratio_text(Estimate(1.104, 1.009, 1.213, 120)).text
        == "1.10 (1.01\u00a0to\u00a01.21)"
    )
    assert numbers.points_text(lead(41, 23, 80)).text.endswith(
        " percentage points (+3\u00a0to\u00a0+40)"
    )


@pytest.mark.parametrize(
    "number",
    [
        numbers.share_text(NOTHING),
        numbers.points_text(NOTHING),
        numbers.ratio_text(NOTHING),
        numbers.percent(np.nan),
        numbers.decimal(np.nan),
    ],
)
def test_when_there_is_no_value_then_it_is_not_defined(number):
    assert number.text.startswith("not defined") and number.value is None


@pytest.mark.parametrize("write", [numbers.percent, numbers.decimal])
def test_when_a_value_is_kept_then_it_has_the_declared_digits(write):
    assert write(np.float64(1 / 3)).value == 0.3333333
    assert write(np.nextafter(1 / 3, 1)) == write(1 / 3)
    assert type(write(np.float64(1 / 3)).value) is float


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.575, "58%"),  # times 100 it is 57.49999999999999
        (np.nextafter(0.575, 0), "58%"),
        (np.nextafter(0.575, 1), "58%"),
        (0.1 + 0.2 - 0.3, "0%"),
    ],
)
def test_when_a_share_lies_on_half_a_percent_then_last_bits_do_not_choose_how_it_is_written(
    value, text
):
    assert numbers.percent(value).text == text
