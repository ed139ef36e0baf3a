"""The chapter on robustness: by hand, and on data too thin to say much."""

import pandas as pd
import pytest
from made_studies import quick_verdicts, write_planted_study
from recoded import check_all

from tracktwo import Frame, open_study
from tracktwo.chapters.robustness import plots as plots
from tracktwo.chapters.robustness import results as robustness
from tracktwo.claims import undocumented
from tracktwo.claims.influence import influence, part_curve, usual
from tracktwo.claims.specifications import take_inventory
from tracktwo.claims.verdicts import reach
from tracktwo.drawing.narrow import fit_narrow, widest_plot
from tracktwo.drawing.theme import NARROW

FRAME = Frame()


def test_when_one_choice_decides_then_it_explains_all_of_the_variation():
    ordered = pd.DataFrame(
        {"coder": ["a", "a", "b", "b"], "scope": ["x", "y", "x", "y"], "part": 0}
        | {"value": [1.0, 1.0, 3.0, 3.0], "agrees": True}
    )
    first, second = influence(ordered).itertuples()
    assert (first.choice, first.explained) == ("coder", pytest.approx(1))
    assert (first.low, first.at_low, first.high, first.at_high) == ("a", 1, "b", 3)
    assert (second.choice, second.explained) == ("scope", pytest.approx(0))


def test_when_grassroots_starts_are_added_then_c1_is_undone_where_they_draw_level(tmp_path):
    before = [(1995, "elite")] * 6 + [(1999, "elite")] * 2 + [(1996, "grassroots")] * 3
    starts = [*before, *[(2003, "grassroots")] * 9, *[(2002, "elite")] * 2]
    study = open_study(write_planted_study(tmp_path / "made", starts))
    table = undocumented.tipping(FRAME.select(study), FRAME)
    c1 = table[table["claim"] == "C1"]
    assert (c1["undone"] == 8 - 3).all()
    assert (c1["blurred"] <= c1["undone"]).all()
    c2 = table[table["claim"] == "C2"].set_index("elite")["undone"]
    assert c2[0] > 0 and c2.is_monotonic_decreasing


@pytest.mark.parametrize(
    "starts",
    [
        [(1995, "elite"), (2002, "grassroots")],
        [(None, "mixed")] * 3,
        [(1995, "elite")] * 12,
        [(2003, "grassroots")] * 12,
    ],
)
def test_when_data_are_thin_then_the_chapter_still_stands(tmp_path, starts):
    study = open_study(write_planted_study(tmp_path / "made", starts))
    rows, verdicts = FRAME.select(study), reach(study, FRAME)
    left = robustness.publisher_table(study, take_inventory(study, FRAME), FRAME)
    printed = robustness.left_out_table(left, verdicts)
    charts = [plots.plot_tipping(undocumented.tipping(rows, FRAME), "before", "after")]
    said = []
    for claim, found in verdicts.items():
        for place, part in enumerate(found.result.parts):
            ordered = part_curve(found, place)
            if ordered["value"].nunique() > 1:
                charts.append(plots.plot_curve(ordered, part, usual(study, FRAME, claim)))
                said.append(robustness.describe(found, place))
    check_all(charts, said, [printed, robustness.curves_table(verdicts)])


def test_when_nothing_has_a_value_then_it_is_not_counted_as_disagreeing(tmp_path):
    starts = [(1995, "elite")] * 12
    study = open_study(write_planted_study(tmp_path / "made", starts, coders=["consensus"]))
    table = robustness.curves_table(quick_verdicts(study, "C7", "C8")).set_index("Claim")
    assert table.loc["C7", "Agree"] == "100%"
    assert (table.loc["C8", "Agree"] == "–").all()


def test_when_a_curve_is_drawn_narrow_then_it_has_half_of_the_sheet_and_its_border_is_named(
    tmp_path,
):
    starts = [(1995, "elite")] * 8 + [(1996, "grassroots")] * 4 + [(2003, "grassroots")] * 12
    study = open_study(write_planted_study(tmp_path / "made", starts))
    found = quick_verdicts(study, "C2")["C2"]
    chart = plots.plot_curve(part_curve(found, 0), found.result.parts[0], usual(study, FRAME, "C2"))
    spec, svg = fit_narrow(chart.to_dict())
    assert widest_plot(spec) >= 0.5 * NARROW
    assert svg.count("predicted: ") == 2, "the words, and the paper that they stand on"
