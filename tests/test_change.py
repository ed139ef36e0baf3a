"""Chapter `change`: counts by hand, planted truths, thin data, what is in doubt."""

import dataclasses
import itertools

import pytest
from made_studies import published, quick_verdicts, write_planted_study
from recoded import check_all
from test_chapters import FALLING, FLAT, RISING, by_hand_rows

from tracktwo import Frame, open_study
from tracktwo.analysis.measures import count_starts, group
from tracktwo.chapters.change import beyond as beyond_of
from tracktwo.chapters.change import plots
from tracktwo.chapters.change import results as change
from tracktwo.claims.undocumented import tipping
from tracktwo.claims.verdicts import as_records

FRAME = Frame()
WINDOWS = ["1992–2000", "2001–2004", "2005–2008", "2009–2012"]
NORWEGIAN = "Norwegian-sponsored Israeli-Palestinian People-to-People Programme"
EXCHANGE = "Wye River People-to-People Exchange Program"

THIN = {
    "one": [(1995, "elite")],
    "none dated": [(None, "elite"), (None, "grassroots")],
    "none before the break": [(2002, "grassroots")] * 3,
    "none after the break": [(1995, "elite"), (1996, "mixed")],
    "all mixed": [(1995, "mixed"), (2003, "mixed")],
    "all before the years": [(1985, "grassroots"), (1986, "elite")],
}


def starts_of(levels):
    """Return four starts a year, 1992 to 2012, with the levels that `levels` gives a year."""
    return [(year, level) for year in range(1992, 2013) for level in levels(year)]


TAKEN = starts_of(lambda y: ["elite"] * 3 + ["grassroots"] if y <= 2000 else ["grassroots"] * 4)
KEPT = starts_of(lambda y: ["professional"] * 3 + ["mixed"])
LEVEL = starts_of(lambda y: ["elite", "professional", "grassroots", "grassroots"])


@pytest.fixture
def made(tmp_path):
    def make(starts, **columns):
        """Return a planted study; `columns` hold one value an initiative."""
        study = open_study(write_planted_study(tmp_path / "made", starts))
        table = study.initiatives.copy()
        for column, values in columns.items():
            kind = table[column].dtype
            table[column] = table[column].astype(object)
            table[column] = list(values)
            table[column] = table[column].astype(kind)
        return dataclasses.replace(study, initiatives=table)

    return make


def everything(study, frame=FRAME):
    """Return all that the chapter and its pages of evidence draw, and their tables."""
    rows = frame.select(study)
    result, seen = change.test_claims(rows, frame), beyond_of.look_beyond(study, frame)
    starts = count_starts(rows.assign(group=group(rows)), frame.years, "group")
    by_break = plots.shares_by_break(rows, frame)
    charts = [
        plots.plot_starts(starts, frame.break_year),
        plots.plot_shares(by_break[by_break["break_year"] == frame.break_year]),
        plots.plot_shares(change.share_table(seen.windows)),
        plots.plot_undocumented(change.add_undocumented(rows)),
        plots.plot_trend(change.yearly_shares(rows, frame), result.trend, frame),
        plots.plot_active(change.active_bounds(rows, frame), frame),
        plots.live_shares(study, frame, by_break, "{{ result.lead | points }}").chart,
    ]
    without = {n: change.test_claims(rows[keep], frame) for n, keep in change.doubts(rows).items()}
    tables = [
        change.doubts_table({change.ALL: result, **without}),
        beyond_of.choices_table(seen.curve),
    ]
    return charts, [], tables


# The published data, counted by plain Python


def test_when_starts_are_counted_by_hand_then_shares_pace_and_lead_are_the_same():
    seen = beyond_of.look_beyond(published(), FRAME)
    starts = by_hand_rows(last=2012)
    assert [window.years for window in seen.windows] == WINDOWS
    for window in [*seen.windows, seen.after]:
        first, last = map(int, window.years.split("–"))
        here = [who for year, who in starts if first <= year <= last]
        counted = {
            "elite": sum("elite" in who and "grassroots" not in who for who in here),
            "professional": here.count({"professional"}),
            "grassroots": here.count({"grassroots"}),
        }
        counted["senior"] = counted["elite"] + counted["professional"]
        counted["mixed"] = len(here) - counted["senior"] - counted["grassroots"]
        assert window.n == window.counts["all"] == len(here)
        for name, number in counted.items():
            assert window.counts[name] == number
            assert window.pace[name] == pytest.approx(number / (last - first + 1))
            assert getattr(window, name).value == pytest.approx(number / len(here))
        lead = (counted["senior"] - counted["grassroots"]) / len(here)
        assert window.lead.value == pytest.approx(lead)


def test_when_data_are_published_then_the_counts_are_those_first_seen():
    windows = beyond_of.look_beyond(published(), FRAME).windows
    shares = [[round(w.senior.value * 100), round(w.grassroots.value * 100)] for w in windows]
    assert shares == [[55, 30], [43, 47], [49, 35], [40, 39]]
    assert [w.n for w in windows] == [107, 118, 123, 67]


def test_when_the_two_periods_are_spanned_then_they_say_what_the_tests_say():
    rows = FRAME.select(published())
    result, (before, after) = change.test_claims(rows, FRAME), change.spans(rows, FRAME)
    assert before.lead == result.lead
    moved = after.grassroots.value - before.grassroots.value
    assert moved == pytest.approx(result.change.value)
    assert before.n + after.n == result.change.n > result.odds.n


# Planted truths


def test_when_grassroots_rise_or_fall_then_lead_change_and_odds_do(made):
    for starts, side in ((RISING, "above"), (FALLING, "below"), (FLAT, "open")):
        found = change.test_claims(FRAME.select(made(starts)), FRAME)
        sides = {found.lead.side_of(0), found.change.side_of(0), found.odds.side_of(1)}
        assert sides == {side}


def test_when_grassroots_take_the_place_of_others_then_they_lead_in_every_specification(made):
    seen = beyond_of.look_beyond(made(TAKEN), FRAME)
    assert seen.after.lead.side_of(0) == "below" and seen.curve["behind"].all()
    assert seen.after.pace["senior"] == 0


def test_when_elites_stay_ahead_then_the_lead_is_theirs(made):
    seen = beyond_of.look_beyond(made(KEPT), FRAME)
    assert seen.after.lead.side_of(0) == "above"
    assert not seen.curve.loc[seen.curve["elite side"] == "elite and professional", "behind"].any()


def test_when_the_strict_elite_alone_is_set_against_grassroots_then_professionals_take_no_side(
    made,
):
    seen = beyond_of.look_beyond(made(LEVEL), FRAME)
    assert seen.after.lead.value == 0
    strict = beyond_of.alone(seen.curve)["elite side"]
    assert strict.value == pytest.approx(-0.25) and strict.n == seen.after.n


def test_when_choices_are_made_then_every_combination_is_there_once():
    curve = beyond_of.look_beyond(published(), FRAME).curve
    options = curve[list(beyond_of.CHOICES)].apply(tuple, axis=1).tolist()
    assert options == list(itertools.product(*beyond_of.CHOICES.values()))


@pytest.mark.parametrize(
    ("choice", "column", "inside", "outside"),
    [
        ("waves", "wave", "first", "gap"),
        ("nested rows", "part_of", None, "made-000"),
        ("uncertain years", "uncertain", (), ("start_year",)),
        ("borderline rows", "borderline", False, True),
    ],
)
def test_when_a_choice_carries_the_result_then_it_turns_with_that_choice_alone(
    made, choice, column, inside, outside
):
    # Two in three of one side are found by that choice alone: without them the others lead.
    starts = starts_of(lambda y: ["grassroots"] * 3 + ["elite"])
    doubtful = [outside if level == "grassroots" else inside for _, level in starts]
    found = beyond_of.alone(beyond_of.look_beyond(made(starts, **{column: doubtful}), FRAME).curve)
    assert found.pop(choice).value == 1
    assert all(estimate.value == pytest.approx(-0.5) for estimate in found.values())


@pytest.mark.parametrize(
    ("name", "column", "inside", "outside"),
    [
        ("Certain starting years alone", "uncertain", (), ("start_year",)),
        ("Without the search for what was missing", "wave", "first", "gap"),
        ("Without borderline initiatives", "borderline", False, True),
    ],
)
def test_when_rows_are_in_doubt_then_they_are_left_out_for_that_doubt_alone(
    made, name, column, inside, outside
):
    marks = [outside if level == "grassroots" else inside for _, level in FLAT]
    rows = FRAME.select(made(FLAT, **{column: marks}))
    kept = change.doubts(rows)
    assert set(rows.loc[kept.pop(name), "level"]) == {"elite/professional"}
    assert all(keep.all() for keep in kept.values())


def test_when_the_break_moves_then_the_windows_and_the_slider_do(made):
    frame = dataclasses.replace(FRAME, break_year=1999)
    study = made(TAKEN)
    seen = beyond_of.look_beyond(study, frame)
    expected = ["1992–1999", "2000–2003", "2004–2007", "2008–2011", "2012"]
    assert [window.years for window in seen.windows] == expected
    assert seen.windows[-1].n == 4
    told = "{{ last | year }}: {{ result.lead | points }}"
    live = plots.live_shares(study, frame, plots.shares_by_break(frame.select(study), frame), told)
    says = live.controls[0].says
    assert says[1999].startswith("1999: +50 percentage points") and set(says) >= {1994, 2000}


def test_when_nothing_began_beyond_the_window_then_the_frame_stays(made):
    assert beyond_of.look_beyond(made([x for x in TAKEN if x[0] <= 2003]), FRAME).frame == FRAME


def test_when_the_years_beyond_are_told_then_the_verdicts_on_c1_and_c2_do_not_hold_them():
    records = as_records(quick_verdicts(published(), "C1", "C2"))
    after = beyond_of.look_beyond(published(), FRAME).after
    estimates = {part["estimate"] for record in records for part in record["parts"]}
    assert after.lead.value not in estimates


# What is missing


def test_when_starts_are_added_then_the_number_that_ends_the_lead_is_where_the_sides_are_even():
    rows = FRAME.select(published())
    early = rows[rows["period"] == "peace process"]["level"].value_counts()
    gap = early["elite/professional"] - early["grassroots"]
    added = change.add_undocumented(rows)
    assert change.tipping(added, "C1", "share") == gap
    assert 0 < change.tipping(added, "C1", "low") < gap


def test_when_starts_are_added_then_the_numbers_are_those_that_the_book_gives_elsewhere():
    rows = FRAME.select(published())
    added = change.add_undocumented(rows)
    for claim, found in tipping(rows, FRAME, most_elite=0).set_index("claim").iterrows():
        assert found["blurred"] == change.tipping(added, claim, "low")
        assert found["undone"] == change.tipping(added, claim, "share")


def test_when_there_is_no_lead_or_no_number_undoes_it_then_tipping_says_so(made):
    flat, firm = (change.add_undocumented(FRAME.select(made(s))) for s in (FLAT, RISING * 4))
    assert change.tipping(flat, "C1", "share") == 0
    assert change.tipping(firm, "C1", "share") == change.MOST_ADDED + 1


def test_when_data_are_published_then_the_programmes_without_parts_are_named():
    assert change.unlisted(published(), FRAME) == [NORWEGIAN, EXCHANGE]


def test_when_an_umbrella_gets_a_part_then_it_is_no_longer_unlisted(made):
    starts = [(1995, "grassroots"), (1996, "grassroots"), (2002, "grassroots"), (1994, "elite")]
    units = ["umbrella", "initiative", "umbrella", "umbrella"]
    assert change.unlisted(made(starts, unit=units), FRAME) == ["Made 000"]
    with_part = made(starts, unit=units, part_of=[None, "made-000", None, None])
    assert change.unlisted(with_part, FRAME) == []


def test_when_undated_starts_are_placed_then_they_count_in_that_year(made):
    rows = FRAME.select(made([(1995, "elite"), (2002, "elite"), (None, "grassroots")]))
    assert change.place_undated(rows, FRAME, 1992).lead.value == 0
    assert change.place_undated(rows, FRAME, 2004).change.value == 0.5


# Who was at work


def test_when_an_initiative_went_on_after_2004_then_later_years_are_possible_not_known(tmp_path):
    made = write_planted_study(
        tmp_path / "made", [(1995, "grassroots")], end_status="ongoing_after_2004"
    )
    frame = Frame(last_year=2012)
    bounds = change.active_bounds(frame.select(open_study(made)), frame)
    grassroots = bounds[bounds["level"] == "grassroots"].set_index("year")
    assert grassroots.loc[2004, ["low", "high"]].tolist() == [1, 1]
    assert grassroots.loc[2005, ["low", "high"]].tolist() == [0, 1]
    assert grassroots.loc[2012, ["low", "high"]].tolist() == [0, 1]


# Every chart


def test_when_data_are_published_then_all_can_be_drawn_and_tabled():
    check_all(*everything(published()))


@pytest.mark.parametrize("starts", THIN.values(), ids=THIN)
def test_when_data_are_thin_then_all_can_still_be_drawn_and_tabled(made, starts):
    check_all(*everything(made(starts)))
