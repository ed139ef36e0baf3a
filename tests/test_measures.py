import itertools

import pandas as pd
import pytest

from tracktwo.analysis import measures
from tracktwo.analysis.measures import ELITE, GRASSROOTS, LEVELS, MIXED, PERIODS


def rows_of(**columns):
    rows = pd.DataFrame(columns)
    for year in {"start_year", "end_year"} & set(columns):
        rows[year] = rows[year].astype("Int64")
    if "level" in columns:
        rows["level"] = pd.Categorical(rows["level"], LEVELS)
    return rows


@pytest.mark.parametrize(
    ("elite", "professional", "grassroots"),
    list(itertools.product([False, True], repeat=3)),
)
def test_when_participants_are_coded_then_the_level_follows(elite, professional, grassroots):
    expected = ELITE if elite or professional else None
    if grassroots:
        expected = MIXED if elite or professional else GRASSROOTS
    rows = pd.DataFrame(
        {
            "has_elite": [elite],
            "has_professional": [professional],
            "has_grassroots": [grassroots],
        },
        index=["one"],
    )
    assert measures.level(rows).to_dict() == {"one": expected}


def test_when_a_year_is_on_a_border_then_its_period_includes_it():
    start = pd.Series([1991, 1992, 2000, 2001, 2004, 2005, None], dtype="Int64")
    found = measures.period(start, 1992, 2000, 2004)
    assert found.isna().tolist() == [True, False, False, False, False, True, True]
    assert found.dropna().tolist() == [PERIODS[0], PERIODS[0], PERIODS[1], PERIODS[1]]


def test_when_starts_are_counted_then_every_year_and_level_has_a_number():
    rows = rows_of(
        start_year=[1992, 1992, 1994, 1990, None], level=[ELITE, ELITE, GRASSROOTS, ELITE, ELITE]
    )
    counts = measures.count_starts(rows, range(1992, 1995))
    assert len(counts) == 3 * len(LEVELS)
    found = counts.set_index(["year", "level"])["initiatives"]
    assert found[1992, ELITE] == 2 and found[1994, GRASSROOTS] == 1
    assert found.sum() == 3, "the one before the years and the undated one do not count"


def test_when_nothing_started_then_counts_are_zeros():
    counts = measures.count_starts(rows_of(start_year=[None], level=[ELITE]), range(1992, 1995))
    assert counts["initiatives"].tolist() == [0] * 9


@pytest.mark.parametrize(
    ("start", "end", "status", "short", "long"),
    [
        (1995, 1997, "ended", {1995, 1996, 1997}, {1995, 1996, 1997}),
        (1995, 1995, "ended", {1995}, {1995}),
        (1990, 1993, "ended", {1993}, {1993}),
        (1996, None, "ongoing_after_2004", {1996, 1997, 1998}, {1996, 1997, 1998}),
        (1996, None, "unknown", {1996}, {1996, 1997, 1998}),
        (None, 1994, "ended", {1994}, {1994}),
        (None, None, "ongoing_after_2004", set(), set()),
        (None, None, "unknown", set(), set()),
    ],
)
def test_when_start_or_end_is_unknown_then_two_readings_bound_it(start, end, status, short, long):
    years = range(1993, 1999)
    row = rows_of(start_year=[start], end_year=[end], end_status=[status])
    for reading, expected in [("short", short), ("long", long)]:
        found = {
            year
            for year in years
            if measures.active(row, year, unknown_ends=reading, last_year=years[-1]).item()
        }
        assert found == expected & set(years)


def test_when_active_ones_are_counted_then_the_short_reading_is_never_above_the_long():
    rows = rows_of(
        start_year=[1993, 1994],
        end_year=[None, 1994],
        end_status=["unknown", "ended"],
        level=[ELITE, GRASSROOTS],
    )
    short, long = (measures.count_active(rows, range(1993, 1996), r) for r in ("short", "long"))
    assert short.set_index(["year", "level"])["initiatives"].loc[[(1994, ELITE)]].tolist() == [0]
    assert long.set_index(["year", "level"])["initiatives"].loc[[(1994, ELITE)]].tolist() == [1]
    assert (short["initiatives"] <= long["initiatives"]).all() and len(short) == 9


def test_when_an_initiative_has_two_codes_then_it_counts_under_both():
    rows = rows_of(level=[ELITE, ELITE, GRASSROOTS]).assign(
        issue_water=[True, False, False], issue_youth=[True, True, False], issue_none=False
    )
    labels = {"water": "Water", "youth": "Young people", "none": "None"}
    counts = measures.count_codes(rows, "issue", labels, "level")
    found = counts.set_index(["label", "level"])
    assert found["initiatives"].to_dict() == {
        ("Water", ELITE): 1,
        ("Water", MIXED): 0,
        ("Water", GRASSROOTS): 0,
        ("Young people", ELITE): 2,
        ("Young people", MIXED): 0,
        ("Young people", GRASSROOTS): 0,
        ("None", ELITE): 0,
        ("None", MIXED): 0,
        ("None", GRASSROOTS): 0,
    }
    assert found["of"].groupby("level", observed=True).first().to_dict() == {
        ELITE: 2,
        MIXED: 0,
        GRASSROOTS: 1,
    }
