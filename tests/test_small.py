import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from tracktwo.analysis.estimates import NOTHING, Estimate
from tracktwo.claims.verdicts import SUPPORTED, UNTESTABLE, VERDICTS
from tracktwo.drawing import theme
from tracktwo.drawing.small import ACROSS, place_small, small_interval
from tracktwo.drawing.svg import chart_to_svg

CLEAR = Estimate(0.25, 0.07, 0.41, 100)


def drawn(*arguments, **options):
    return chart_to_svg(small_interval(*arguments, **options).to_dict())


def spots(svg):
    """Return where along the strip the border, the interval and the point lie."""
    rules = re.findall(r'aria-roledescription="rule mark"[^>]*translate\(([\d.]+),', svg)
    point = re.findall(r'aria-roledescription="point"[^>]*translate\(([\d.]+),', svg)
    return [float(x) for x in rules], [float(x) for x in point]


@pytest.mark.parametrize("verdict", VERDICTS)
def test_when_a_verdict_is_known_then_it_has_a_colour_in_light_and_dark(verdict):
    assert theme.VERDICT_COLOURS[verdict] in drawn(CLEAR, 0, verdict)
    assert theme.VERDICT_COLOURS[verdict] in theme.DARK


@pytest.mark.parametrize("verdict", VERDICTS)
def test_when_a_point_is_drawn_then_it_is_filled_whatever_the_verdict(verdict):
    point = 'aria-roledescription="point"[^>]*fill="([^"]+)"'
    assert re.findall(point, drawn(CLEAR, 0, verdict)) == [theme.VERDICT_COLOURS[verdict]]


@pytest.mark.parametrize(
    ("estimate", "border", "ratio"),
    [
        (CLEAR, 0, False),
        (Estimate(1.2, 1.1, 1.4, 9), 1, True),
        (Estimate(0.2, 0.1, 0.3, 9), 0.5, False),
    ],
)
def test_when_drawn_then_border_and_point_stand_in_their_order_and_inside(estimate, border, ratio):
    svg = drawn(estimate, border, SUPPORTED, ratio=ratio)
    (mark, start), (point,) = spots(svg)
    assert min(mark, start) > 0 and start < point < ACROSS
    assert (mark < start) == (border < estimate.low)


def test_when_there_is_no_estimate_then_the_border_stands_alone():
    svg = drawn(NOTHING, 0.5, UNTESTABLE, words="50%")
    assert ">50%<" in svg and "NaN" not in svg and not spots(svg)[1]
    assert spots(drawn(Estimate(0.1, np.nan, np.nan, 3), 0.5, SUPPORTED))[1]


def test_when_placed_then_the_file_is_complete_and_the_cell_is_an_image(tmp_path):
    chart = small_interval(CLEAR, 0, SUPPORTED, words="0")
    cell = place_small(chart, "claim-c1", "25 [points] | more", tmp_path)
    assert cell == r"![25 \[points\] \| more](/figures/claim-c1.svg)"
    svg = (tmp_path / "claim-c1.svg").read_text("utf-8")
    ET.fromstring(svg)
    assert "prefers-color-scheme:dark" in svg and "@font-face" in svg
    width, height = map(float, re.search(r'width="(\d+)" height="(\d+)"', svg).groups())
    assert width <= 165 and height <= 36


@pytest.mark.parametrize(("name", "told"), [("../a", "words"), ("claim-c1", " ")])
def test_when_name_or_words_are_missing_then_a_small_figure_is_refused(name, told, tmp_path):
    with pytest.raises(ValueError, match="small figure"):
        place_small(small_interval(CLEAR, 0, SUPPORTED), name, told, tmp_path)
