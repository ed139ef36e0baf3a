import pandas as pd
import pytest

from tracktwo.drawing.agreement import plot_agreement, round_looks
from tracktwo.drawing.figures import figure_csv
from tracktwo.drawing.svg import chart_to_svg
from tracktwo.drawing.theme import ACCENT

ROWS = [
    ("Initiatives", "focus", "first", 0.5, 0.4, 0.6),
    ("Initiatives", "focus", "second", 0.9, 0.8, 0.95),
    ("Statements", "theme", "second", 0.7, 0.65, 0.8),
]
TABLE = pd.DataFrame(ROWS, columns=["part", "variable", "round", "alpha", "low", "high"])


@pytest.mark.parametrize("rounds", [[], ["only"], ["first", "second", "human"]])
def test_when_there_are_rounds_then_each_has_its_look_and_the_latest_stands_out(rounds):
    looks = round_looks(rounds)
    assert len(set(looks)) == len(rounds)
    assert [colour for colour, _ in looks[-1:]] == [ACCENT][: len(rounds)]


def test_when_there_are_parts_then_each_has_a_panel_and_the_border_is_named_once():
    svg = chart_to_svg(plot_agreement(TABLE, 0.667, "usable from here").to_dict())
    for word in ("Initiatives", "Statements", "focus", "theme", "first", "second"):
        assert f">{word}<" in svg
    assert svg.count(">usable from here<") == 1


def test_when_a_variable_has_no_alpha_then_it_keeps_its_row():
    table = TABLE.drop(columns="part").assign(alpha=[0.5, 0.9, None])
    chart = plot_agreement(table, 0.667)
    assert ">theme<" in chart_to_svg(chart.to_dict())
    assert "theme" not in figure_csv(chart.to_dict())


def test_when_an_alpha_is_below_nought_then_it_is_on_the_chart():
    spec = plot_agreement(TABLE.assign(low=-0.33), 0.667).to_dict()
    scales = [layer["encoding"]["x"].get("scale") for layer in spec["vconcat"][0]["layer"]]
    assert all(scale["domain"] == [-0.4, 1] for scale in scales if scale)
