"""Samples for coders: drawn by seed and size alone, in proportion, and shown without codes."""

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_studies import published

from tracktwo import Frame
from tracktwo.analysis.sample import PARTS, draw, rank, sample_of, strata_of
from tracktwo.telling.coding import SHOWN, coding_data

STRATA = st.dictionaries(
    st.text("abcdefghij-0123456789", min_size=1, max_size=6), st.sampled_from("123"), min_size=1
)


def test_when_a_name_is_ranked_then_it_is_by_the_published_functions():
    # FNV-1a of "a" is e40c292c; what MurmurHash3 mixes it to was computed by hand of its rules.
    assert rank(1, "") != rank(2, "") and rank(1, "a") == rank(1, "a") < 2**32
    found = 0x811C9DC5
    for byte in b"1:a":
        found = ((found ^ byte) * 16777619) % 2**32
    for shift, times in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        found = ((found ^ (found >> shift)) * times) % 2**32
    assert rank(1, "a") == found ^ (found >> 16)


@given(STRATA, st.integers(1, 99), st.integers(1, 40))
def test_when_a_sample_is_drawn_then_every_stratum_has_its_share(strata, seed, size):
    drawn = draw(strata, seed, size)
    size = min(size, len(strata))
    assert len(drawn) == len(set(drawn)) == size and set(drawn) <= set(strata)
    counts = Counter(strata[name] for name in drawn)
    for stratum, n in Counter(strata.values()).items():
        assert abs(counts[stratum] - size * n / len(strata)) < 1
    assert draw(dict(reversed(strata.items())), seed, size) == drawn


def test_when_the_seed_is_another_then_so_is_the_sample():
    strata = strata_of(published(), Frame(), "initiatives")
    samples = {tuple(draw(strata, seed, 20)) for seed in range(1, 21)}
    assert len(samples) == 20


@pytest.mark.parametrize("what", PARTS)
def test_when_the_page_gets_its_data_then_no_row_comes_with_a_code(what):
    data = coding_data(published(), Frame())
    part = data["parts"][what]
    assert part["strata"] == strata_of(published(), Frame(), what)
    assert all(stratum.isdigit() for stratum in part["strata"].values())
    book = published().codebook.query("part == @PARTS[@what]")
    values = [v["value"] for variable in part["variables"] for v in variable["values"]]
    assert values == book["value"].tolist()
    shown = {column for column, _ in SHOWN[what]["facts"]}
    assert not shown & {"note", "uncertain", "evidence_grade", *book["variable"]}
    assert "consensus" not in json.dumps(part["strata"])


def test_when_rows_are_drawn_for_a_coder_then_the_book_analyses_them():
    inside = set(Frame().select(published()).index)
    assert set(sample_of(published(), Frame(), "initiatives", 5, 30)) <= inside
