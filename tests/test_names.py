import re

from tracktwo import Frame, open_study
from tracktwo.drawing.live import PICKED
from tracktwo.drawing.names import MOST, UNKNOWN, plot_names, year_groups
from tracktwo.drawing.svg import chart_to_svg
from tracktwo.drawing.timeline import timeline_rows
from tracktwo.telling.timeline_live import SHOWN, live_names

STUDY, FRAME = open_study(), Frame()
ROWS = FRAME.select(STUDY)
TABLE = year_groups(timeline_rows(ROWS, FRAME), FRAME)


def written(spec, **parameters):
    """Return the words of the drawing of `spec` with its parameters set."""
    own = [
        p | ({"value": parameters[p["name"]]} if p["name"] in parameters else {})
        for p in spec.get("params", [])
    ]
    return set(re.findall(r">([^<>]+)</text>", chart_to_svg(spec | {"params": own})))


def test_when_grouped_then_every_line_has_one_place_and_no_group_is_too_long():
    assert sorted(TABLE.index) == sorted(ROWS.index)
    assert not TABLE.duplicated(["group", "row"]).any()
    sizes = TABLE.groupby("group").size()
    years = TABLE.groupby("group")["order_start"].nunique()
    assert (sizes[years > 1] <= MOST).all() and sorted(sizes.index) == list(range(len(sizes)))
    starts = TABLE.groupby("group")["order_start"].agg(["min", "max"])
    assert (starts["max"].to_numpy()[:-1] < starts["min"].to_numpy()[1:]).all()


def test_when_a_start_is_not_known_then_it_stands_in_a_group_of_its_own():
    assert set(TABLE.loc[TABLE["began"] == "unknown", "years"]) == {UNKNOWN}
    assert (TABLE.loc[TABLE["years"] == UNKNOWN, "began"] == "unknown").all()


def test_when_drawn_then_the_first_years_are_shown_under_their_words():
    words = written(plot_names(TABLE, FRAME).to_dict())
    first = TABLE[TABLE["group"] == 0]
    assert f"{first['years'].iloc[0]}: {len(first)}" in words
    assert set(first["label"]) <= words and not set(TABLE.loc[TABLE["group"] == 1, "label"]) & words


def test_when_nothing_is_left_then_there_is_a_chart_all_the_same():
    none = year_groups(TABLE.iloc[:0], FRAME)
    assert chart_to_svg(plot_names(none, FRAME).to_dict()).startswith("<svg")


def test_when_slid_or_picked_then_those_years_are_shown():
    live = live_names(STUDY, ROWS, TABLE, FRAME).as_dict()
    last = TABLE["group"].max()
    says = dict(live["controls"][1]["says"])
    assert str((TABLE["group"] == last).sum()) in says[last] and len(says) == last + 1
    own = set(TABLE.loc[TABLE["group"] == last, "label"])
    assert own <= written(live["spec"], group=int(last))
    assert own <= written(live["spec"], **{PICKED: TABLE.index[TABLE["group"] == last][0]})
    assert SHOWN in {p["name"] for p in live["spec"]["params"]}
    assert {item["key"] for item in live["items"]} == set(TABLE.index)
    assert all(item["has"]["level"] for item in live["items"])
