"""Starts beyond the article's window: counts by hand, planted truths, thin data."""

import dataclasses
import itertools

import pytest
from made_studies import published, quick_verdicts, write_planted_study
from recoded import check_all
from test_chapters import THIN, by_hand_rows

from tracktwo import Frame, open_study
from tracktwo.chapters.change import beyond as beyond_of
from tracktwo.chapters.change import beyond_words as words
from tracktwo.chapters.change import results as change
from tracktwo.chapters.change.beyond_plots import plot_windows
from tracktwo.claims.verdicts import as_records

FRAME = Frame()
WINDOWS = ["1992–2000", "2001–2004", "2005–2008", "2009–2012"]


def starts_of(levels):
    """Return four starts a year, 1992 to 2012, with the levels that `levels` gives a year."""
    return [(year, level) for year in range(1992, 2013) for level in levels(year)]


TAKEN = starts_of(lambda y: ["elite"] * 3 + ["grassroots"] if y <= 2000 else ["grassroots"] * 4)
KEPT = starts_of(lambda y: ["professional"] * 3 + ["mixed"])
LEVEL = starts_of(lambda y: ["elite", "professional", "grassroots", "grassroots"])
PEAK = starts_of(
    lambda y: ["professional", "grassroots"] * 2 if 2001 <= y <= 2004 else ["elite"] * 2 + ["mixed"]
)


@pytest.fixture
def look(tmp_path):
    def make(starts, frame=FRAME, **columns):
        study = open_study(write_planted_study(tmp_path / "made", starts))
        table = study.initiatives.copy()
        for column, values in columns.items():
            table[column] = table[column].astype(object)
            table[column] = list(values)
            table[column] = table[column].astype(study.initiatives[column].dtype)
        return beyond_of.look_beyond(dataclasses.replace(study, initiatives=table), frame)

    return make


def everything(seen, frame=FRAME):
    """Return all that the chapter draws, says and tabulates of the years beyond its window."""
    said = [words.tell_beyond(seen, frame), words.title_windows(seen)]
    said += [words.alt_windows(seen), words.caption_windows(seen)]
    return [plot_windows(seen.windows)], said, [words.choices_table(seen)]


# The published data, counted by plain Python


def test_when_starts_are_counted_by_hand_then_shares_and_test_are_the_same():
    seen = beyond_of.look_beyond(published(), FRAME)
    starts = by_hand_rows(last=2012)
    shares = seen.windows.set_index(["period", "group"])
    assert list(dict.fromkeys(seen.windows["period"])) == WINDOWS
    for period in WINDOWS:
        first, last = map(int, period.split("–"))
        here = [who for year, who in starts if first <= year <= last]
        assert shares.loc[period, "n"].unique().tolist() == [len(here)]
        counted = {
            "elite": sum("elite" in who and "grassroots" not in who for who in here),
            "professional": here.count({"professional"}),
            "grassroots": here.count({"grassroots"}),
        }
        for group, number in counted.items():
            assert shares.loc[(period, group), "initiatives"] == number
            assert shares.loc[(period, group), "share"] == pytest.approx(number / len(here))
    later = [who for year, who in starts if year > 2000]
    ahead = sum(who == {"grassroots"} for who in later)
    behind = sum("grassroots" not in who for who in later)
    assert seen.test.estimate.value == pytest.approx((ahead - behind) / len(later))
    assert seen.test.estimate.n == len(later)


def test_when_data_are_published_then_the_counts_are_those_first_seen():
    both = beyond_of.sides(beyond_of.look_beyond(published(), FRAME).windows)
    shares = (both[["elite/professional", "grassroots"]] * 100).round().astype(int)
    assert shares.to_numpy().tolist() == [[55, 30], [43, 47], [49, 35], [40, 39]]
    assert both["n"].tolist() == [107, 118, 123, 67]


def test_when_choices_are_made_then_every_combination_is_there_once():
    curve = beyond_of.look_beyond(published(), FRAME).curve
    options = curve[list(beyond_of.CHOICES)].apply(tuple, axis=1).tolist()
    assert options == list(itertools.product(*beyond_of.CHOICES.values()))


def test_when_data_are_published_then_all_can_be_drawn_and_said():
    seen = beyond_of.look_beyond(published(), FRAME)
    check_all(*everything(seen))
    assert len(words.title_windows(seen)) <= 90


# Planted truths


def test_when_grassroots_take_the_place_of_others_then_it_says_so(look):
    seen = look(TAKEN)
    assert seen.verdict == "supported" and seen.agreeing == len(seen.curve)
    assert words.title_windows(seen) == (
        "In 2001–2012 grassroots starts outnumber elite and professional ones"
    )
    assert "grassroots starts are clearly ahead: " in words.say_test(seen)
    assert "“supported”" in words.say_test(seen)
    assert " rise: each later year" in words.say_trend(seen)
    assert "No choice alone would change" in words.say_hinges(seen)


def test_when_elites_stay_ahead_then_it_says_so(look):
    seen = look(KEPT)
    assert seen.verdict == "not supported"
    assert words.title_windows(seen).endswith(
        "elite and professional starts outnumber grassroots ones"
    )
    assert "elite and professional starts are clearly ahead: " in words.say_test(seen)


def test_when_a_rise_does_not_last_then_the_title_says_when_it_was_highest(look):
    rise = [(y, w) for y, w in PEAK if y <= 2004] + [(y, "elite") for y in (2006, 2010)] * 2
    seen = look(rise)
    assert words.title_windows(seen) == (
        "Grassroots starts rose to 50% of all in 2001–2004, a share not reached since"
    )
    assert words.say_answer(seen).endswith("over 2001–2010 neither is clearly ahead.")


def test_when_both_sides_are_alike_then_nobody_is_ahead(look):
    seen = look(LEVEL)
    assert seen.test.estimate.value == 0 and seen.verdict == "unclear"
    assert "neither is clearly ahead" in words.say_test(seen)


def test_when_the_strict_elite_alone_is_set_against_grassroots_then_professionals_are_on_no_side(
    look,
):
    seen = look(LEVEL)
    strict = words.choices_table(seen).set_index("Choice").loc["With the elite counted strictly"]
    assert strict["Grassroots minus elite/professional"].startswith("+25 percentage points")
    assert strict["n"] == seen.test.estimate.n
    assert "with the elite counted strictly, grassroots starts are clearly ahead" in (
        words.say_hinges(seen)
    )
    assert words.say_strict(seen).startswith("But grassroots starts led the strict elite before")


@pytest.mark.parametrize(
    ("choice", "column", "inside", "outside"),
    [
        ("waves", "wave", "first", "gap"),
        ("nested rows", "part_of", None, "made-000"),
        ("uncertain years", "uncertain", (), ("start_year",)),
        ("borderline rows", "borderline", False, True),
    ],
)
def test_when_a_choice_carries_the_result_then_it_is_named(look, choice, column, inside, outside):
    seen = look(TAKEN, **{column: [outside if y > 2000 else inside for y, _ in TAKEN]})
    found = beyond_of.one_by_one(seen.curve).set_index("choice")
    assert found.loc[choice, "n"] == 0 and found["n"].drop(choice).eq(48).all()
    # Two in three of one side are found by that choice alone: without them the others lead.
    starts = starts_of(lambda y: ["grassroots"] * 3 + ["elite"])
    doubtful = [outside if level == "grassroots" else inside for _, level in starts]
    seen = look(starts, **{column: doubtful})
    said = words.say_hinges(seen)
    assert f"{words.OTHERWISE[choice]}, elite and professional starts are clearly ahead" in said


def test_when_the_break_moves_then_the_windows_do(look):
    seen = look(TAKEN, dataclasses.replace(FRAME, break_year=1999))
    assert list(dict.fromkeys(seen.windows["period"])) == [
        "1992–1999",
        "2000–2003",
        "2004–2007",
        "2008–2011",
        "2012",
    ]
    assert seen.windows["n"].iloc[-1] == 4


def test_when_nothing_began_beyond_the_window_then_it_says_so(look):
    seen = look([(y, w) for y, w in TAKEN if y <= 2003])
    assert seen.frame == FRAME
    assert words.say_reach(seen, FRAME) == "No documented initiative began after 2004."


@pytest.mark.parametrize("starts", [*THIN.values(), [(2008, "mixed")]], ids=[*THIN, "late"])
def test_when_data_are_thin_then_all_can_still_be_drawn_and_said(look, starts):
    check_all(*everything(look(starts)))


def test_when_the_years_beyond_are_told_then_the_verdicts_on_c1_and_c2_do_not_hold_them():
    seen = beyond_of.look_beyond(published(), FRAME)
    records = as_records(quick_verdicts(published(), "C1", "C2"))
    assert seen.test.name not in {part["name"] for record in records for part in record["parts"]}


# Who was at work, beyond what is known


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
