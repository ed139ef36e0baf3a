"""The rule of verdicts: each of the five, and the weaker of two parts."""

import pandas as pd
import pytest

from tracktwo.analysis.estimates import Estimate
from tracktwo.claims.claims import ClaimResult, Part
from tracktwo.claims.verdicts import Verdict, as_records, judge


def part(low, value, high, relation=">", border=0.5, cases=50):
    return Part("share", "share", Estimate(value, low, high, cases), relation, border, cases)


@pytest.mark.parametrize(
    ("tested", "agree", "verdict"),
    [
        (part(0.6, 0.7, 0.8), 1.0, "supported"),
        (part(0.6, 0.7, 0.8), 0.9, "supported"),
        (part(0.6, 0.7, 0.8), 0.89, "leaning"),
        (part(0.6, 0.7, 0.8), 0.6, "leaning"),
        (part(0.6, 0.7, 0.8), 0.59, "unclear"),
        (part(0.4, 0.6, 0.8), 1.0, "leaning"),
        (part(0.4, 0.6, 0.8), 0.7, "leaning"),
        (part(0.2, 0.45, 0.7), 0.95, "unclear"),
        (part(0.1, 0.2, 0.3), 1.0, "not supported"),
        (part(0.1, 0.2, 0.3), 0.0, "not supported"),
        (part(0.6, 0.7, 0.8, cases=9), 1.0, "cannot be tested"),
        (part(0.1, 0.2, 0.3, cases=9), 0.0, "cannot be tested"),
        (part(float("nan"), float("nan"), float("nan")), 1.0, "cannot be tested"),
        (part(0.1, 0.2, 0.3, "<"), 1.0, "supported"),
        (part(0.6, 0.7, 0.8, "<"), 0.0, "not supported"),
        (part(0.667, 0.9, 0.95, ">=", 0.667), 1.0, "supported"),
        (part(0.5, 0.9, 0.95, ">", 0.5), 1.0, "leaning"),
    ],
)
def test_when_a_part_is_judged_then_the_rule_is_followed(tested, agree, verdict):
    assert judge(tested, agree) == verdict


@pytest.mark.parametrize(
    ("parts", "weaker"),
    [
        (("supported", "leaning"), "leaning"),
        (("unclear", "leaning"), "unclear"),
        (("not supported", "supported"), "not supported"),
        (("cannot be tested", "supported"), "cannot be tested"),
        (("not supported", "cannot be tested"), "not supported"),
    ],
)
def test_when_a_claim_has_two_parts_then_it_takes_the_weaker(parts, weaker):
    result = ClaimResult("C2", (part(0.6, 0.7, 0.8), part(0.6, 0.7, 0.8)))
    assert Verdict(result, pd.DataFrame({"part": [0]}), (0.9, 0.7), parts).verdict == weaker


def test_when_verdicts_are_published_then_what_is_not_finite_is_empty():
    result = ClaimResult("C4", (part(0.6, 0.7, 0.8), part(1.2, 3.0, float("inf"), border=1)))
    curve = pd.DataFrame({"part": [0, 0, 1, 1]})
    verdict = Verdict(result, curve, (1.0, 0.75), ("supported", "leaning"))
    (record,) = as_records({"C4": verdict}, {"C4": "undecided"})
    kept = {"name": "share", "kind": "share", "cases": 50}
    assert record == {
        "id": "C4",
        "verdict": "leaning",
        "standing": "undecided",
        "n": 50,
        "parts": [
            kept | {"estimate": 0.7, "low": 0.6, "high": 0.8, "predicted": "> 0.5"},
            kept | {"estimate": 3.0, "low": 1.2, "high": None, "predicted": "> 1"},
        ],
        "specifications": 2,
        "agree_share": 0.75,
    }
