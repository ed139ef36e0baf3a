"""The nine verdicts against a recomputation in plain Python that shares no code with the package.

What has a formula must be equal but for rounding. The bootstrap's intervals are drawn anew, so
they need only be near, and on the same side of the border.
"""

import ast
import functools
import json
import math
import sys
from pathlib import Path

import built_site
import pytest
from made_studies import published, published_verdicts
from recomputed_verdicts import on_side, verdicts

from tracktwo.claims.verdicts import as_records

HERE = Path(__file__).parent
PLAIN = ("plain_intervals", "recomputed", "recomputed_verdicts")
CLAIMS = [f"C{i}" for i in range(1, 10)]
DRAWN = {("C6", 0), ("C8", 0), ("C9", 1)}  # the parts whose interval is a bootstrap's


@functools.cache
def plain():
    return verdicts(published().path)


@functools.cache
def records(source):
    """Return the package's verdicts by claim: computed now, or as the site has them."""
    if source == "package":
        return {record["id"]: record for record in as_records(published_verdicts())}
    built_site.require()
    text = (built_site.HTML / "verdicts.json").read_text("utf-8")
    return {record["id"]: record for record in json.loads(text)}


@pytest.fixture(params=["package", "site"])
def found(request):
    return records(request.param)


def test_when_verdicts_are_recomputed_then_nothing_but_plain_python_is_used():
    for module in PLAIN:
        tree = ast.parse((HERE / f"{module}.py").read_text("utf-8"))
        for node in ast.walk(tree):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) else []
            assert {*names} <= {*sys.stdlib_module_names, *PLAIN}


def test_when_recomputed_then_there_are_the_same_nine_claims(found):
    assert list(plain()) == list(found) == CLAIMS


@pytest.mark.parametrize("claim", CLAIMS)
def test_when_recomputed_then_n_and_every_estimate_are_the_same(found, claim):
    parts, sides = plain()[claim][:2]
    assert found[claim]["n"] == min(cases for *_, cases in parts)
    assert [part["predicted"] for part in found[claim]["parts"]] == sides
    estimates = [part["estimate"] for part in found[claim]["parts"]]
    assert estimates == pytest.approx([value for value, *_ in parts], rel=1e-4, abs=1e-9)


@pytest.mark.parametrize("claim", CLAIMS)
def test_when_recomputed_then_every_interval_is_the_same(found, claim):
    parts, sides = plain()[claim][:2]
    for place, (part, side) in enumerate(zip(found[claim]["parts"], sides, strict=True)):
        _, *ends, _ = parts[place]
        near = {"abs": 0.03} if (claim, place) in DRAWN else {"rel": 1e-3, "abs": 1e-9}
        given = [math.inf if part[end] is None else part[end] for end in ("low", "high")]
        assert given == pytest.approx(ends, **near)
        assert [on_side(x, side) for x in given] == [on_side(x, side) for x in ends]


@pytest.mark.parametrize("claim", CLAIMS)
def test_when_recomputed_then_as_many_specifications_agree(found, claim):
    _, _, specifications, agree, _ = plain()[claim]
    assert found[claim]["specifications"] == specifications
    assert found[claim]["agree_share"] == pytest.approx(min(agree), abs=1e-6)
    assert published_verdicts()[claim].agree == pytest.approx(agree, abs=1e-12)


@pytest.mark.parametrize("claim", CLAIMS)
def test_when_the_rule_is_applied_once_more_then_the_verdict_is_the_same(found, claim):
    assert found[claim]["verdict"] == plain()[claim][-1]
