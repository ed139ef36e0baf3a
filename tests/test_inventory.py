"""The page on the inventory: counts by hand, how rows were found, thin data."""

import csv

import pytest
from made_studies import published, write_planted_study
from recoded import check_all
from test_change import THIN

from tracktwo import Frame, open_study
from tracktwo.analysis.measures import count_codes, group
from tracktwo.chapters.inventory import results as inventory
from tracktwo.drawing.charts import plot_codes_by_level
from tracktwo.drawing.timeline import plot_timeline, timeline_rows
from tracktwo.ground import paths

FRAME = Frame()


def everything(study):
    """Return all that the page draws of the inventory itself, and its tables."""
    rows = FRAME.select(study)
    rows = rows.assign(group=group(rows))
    counts = {
        by: [
            *(count_codes(rows, name, study.labels(name), by) for name in ("issue", "format")),
            inventory.count_third_parties(study, rows, by),
        ]
        for by in ("level", "period")
    }
    charts = [plot_timeline(timeline_rows(rows, FRAME), study.timeline, FRAME)]
    charts += [plot_codes_by_level(c, inventory.total_of(c)) for c in counts["level"]]
    said = [inventory.clear_changes(found) for found in counts["period"]]
    tables = [inventory.period_table(found, FRAME, "What") for found in counts["period"]]
    tables += [inventory.level_table(rows, FRAME), inventory.wave_table(study, rows)]
    return charts, said, tables


def test_when_searches_are_counted_by_hand_then_the_table_is_the_same():
    study = published()
    rows = FRAME.select(study)
    table = inventory.wave_table(study, rows.assign(group=group(rows)))
    with (paths.DATA / "inventory/initiatives.csv").open(encoding="utf-8", newline="") as file:
        by_hand = {row["id"]: row for row in csv.DictReader(file)}
    inside = [by_hand[key] for key in rows.index]
    for wave, cells in zip(("first", "extension", "gap"), table.to_dict("records"), strict=True):
        found = [row for row in inside if row["wave"] == wave]
        firm = [r for r in found if r["start_year"] and "start_year" not in r["uncertain"]]
        assert (cells["Initiatives"], cells["Firm starting year"]) == (len(found), len(firm))
        who = [cells[name] for name in ("Elite", "Professional", "Mixed", "Grassroots")]
        assert sum(who) == len(found)


def test_when_levels_are_tabled_then_periods_and_the_rest_make_up_all():
    table = inventory.level_table(FRAME.select(published()), FRAME).set_index("Level")
    began = table[["Began 1992–2000", "Began 2001–2004", "Began earlier or unknown"]]
    assert began.sum(axis=1).tolist() == table["All"].tolist()
    assert table["All"].sum() == len(FRAME.select(published()))


def test_when_work_is_known_to_go_on_then_it_is_counted_and_what_is_not_known_is_not():
    rows = FRAME.select(published())
    known = rows["end_status"].isin(["ongoing_after_2004", "ongoing_after_2012"])
    known |= (rows["end_year"] > 2004).fillna(False)
    assert inventory.went_on(rows, FRAME) == known.sum() > 0
    to_2012 = Frame(last_year=2012)
    later = to_2012.select(published())
    still = (later["end_status"] == "ongoing_after_2012") | (later["end_year"] > 2012).fillna(False)
    assert inventory.went_on(later, to_2012) == still.sum() < known.sum()


def test_when_data_are_published_then_all_can_be_drawn_and_tabled():
    check_all(*everything(published()))


@pytest.mark.parametrize("starts", THIN.values(), ids=THIN)
def test_when_data_are_thin_then_all_can_still_be_drawn_and_tabled(tmp_path, starts):
    check_all(*everything(open_study(write_planted_study(tmp_path / "made", starts))))
