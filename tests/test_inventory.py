"""The chapter on the inventory: timelines that can be read."""

from made_studies import published, write_planted_study

from tracktwo import Frame, open_study
from tracktwo.chapters.inventory.words import MOST_LINES, named_groups, went_on
from tracktwo.drawing.timeline import timeline_rows

FRAME = Frame()


def test_when_timelines_have_names_then_every_initiative_is_on_one_and_all_can_be_read():
    lines = timeline_rows(FRAME.select(published()), FRAME)
    groups = list(named_groups(lines, FRAME))
    assert sorted(key for _, part, *_ in groups for key in part.index) == sorted(lines.index)
    assert all(0 < len(part) <= MOST_LINES for _, part, *_ in groups)
    assert len({name for name, *_ in groups}) == len(groups)


def test_when_a_level_fills_several_pages_then_titles_say_which_of_how_many(tmp_path):
    starts = [(1995, "elite")] * (2 * MOST_LINES + 1) + [(2002, "mixed")]
    rows = FRAME.select(open_study(write_planted_study(tmp_path / "made", starts)))
    groups = list(named_groups(timeline_rows(rows, FRAME), FRAME))
    assert [(name.removeprefix("inventory-named-"), len(part)) for name, part, *_ in groups] == [
        ("elite-before-1", 27),
        ("elite-before-2", 27),
        ("elite-before-3", 27),
        ("mixed-after", 1),
    ]
    assert groups[1][2].startswith("Numbers 28 to 54 of the 81 elite/professional initiatives that")
    assert groups[3][2] == "1 mixed initiatives that began in 2001–2004"


def test_when_work_is_known_to_go_on_then_it_is_counted_and_what_is_not_known_is_not():
    rows = FRAME.select(published())
    known = rows["end_status"].isin(["ongoing_after_2004", "ongoing_after_2012"])
    known |= (rows["end_year"] > 2004).fillna(False)
    assert went_on(rows, FRAME) == known.sum() > 0
    to_2012 = Frame(last_year=2012)
    later = to_2012.select(published())
    still = (later["end_status"] == "ongoing_after_2012") | (later["end_year"] > 2012).fillna(False)
    assert went_on(later, to_2012) == still.sum() < known.sum()
