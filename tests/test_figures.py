import csv
import io
import re
import xml.etree.ElementTree as ET

import altair as alt
import pandas as pd
import pytest
from built_site import require

from tracktwo import show
from tracktwo.drawing import theme
from tracktwo.drawing.figures import annotation, figure_csv, named
from tracktwo.drawing.narrow import svg_width
from tracktwo.drawing.svg import chart_to_svg, standalone
from tracktwo.ground import paths

NEUTRAL = {"none", "transparent", "#000", "black"}  # what Vega writes where nothing shows
COLUMN = 620  # the widest that book.css lets an image be
DRAWN = sorted(paths.FIGURES.glob("*.svg"))


def chart(table, name="rows"):
    return alt.Chart(named(name, pd.DataFrame(table))).mark_bar().encode(x="x:Q", y="name:N")


SMALL = chart({"name": ["one", "two"], "x": [1, -2]})
GOOD = {"name": "a-b", "title": "A finding", "caption": "n = 2", "alt": "Two bars"}


def numbers(drawn):
    return list(csv.DictReader(io.StringIO(figure_csv(drawn.to_dict()))))


# show()


@pytest.mark.parametrize(
    ("part", "text"),
    [("name", "../a"), ("name", "A b"), ("title", ""), ("caption", " "), ("alt", "")],
)
def test_when_a_part_is_missing_then_the_figure_is_refused(part, text, tmp_path):
    with pytest.raises(ValueError, match="figure"):
        show(SMALL, **(GOOD | {part: text}), folder=tmp_path)
    assert not list(tmp_path.iterdir())


def test_when_shown_then_image_spec_and_numbers_are_written_and_placed(tmp_path, monkeypatch):
    placed = []
    monkeypatch.setattr(
        "tracktwo.telling.show.display", lambda bundle, metadata, raw: placed.append(bundle)
    )
    show(SMALL, **(GOOD | {"alt": 'Two "bars":\nlong'}), folder=tmp_path)
    written = {"a-b.svg", "a-b.narrow.svg", "a-b.vl.json", "a-b.csv"}
    assert {f.name for f in tmp_path.iterdir()} == written
    directive = placed[0]["text/markdown"]
    assert directive.startswith("```{figure} /figures/a-b.svg\n:name: fig-a-b\n")
    assert ':alt: "Two \\"bars\\": long"\n' in directive
    assert "&quot;bars&quot;" in placed[0]["text/html"]


# The numbers of a figure


def test_when_text_looks_like_a_formula_then_it_is_defused_and_numbers_are_not():
    rows = numbers(chart({"name": ["=1+1", "@x", "-y"], "x": [-1.5, 2, 3]}))
    assert [row["name"] for row in rows] == ["'=1+1", "'@x", "'-y"]
    assert rows[0]["x"] == "-1.5"


def test_when_a_chart_has_two_tables_then_a_column_tells_them_apart_and_marks_stay_out():
    line = alt.Chart(annotation(pd.DataFrame({"x": [9]}))).mark_rule().encode(x="x:Q")
    both = chart({"name": ["a"], "x": [1]}) + chart({"name": ["b"], "x": [2]}, "others") + line
    assert [(row["table"], row["x"]) for row in numbers(both)] == [("rows", "1"), ("others", "2")]


# The image


def test_when_data_hold_markup_then_the_image_holds_text():
    hostile = "</text><script>alert(1)</script>"
    svg = standalone(chart_to_svg(chart({"name": [hostile], "x": [1]}).to_dict()))
    root = ET.fromstring(svg)
    assert not [node for node in root.iter() if node.tag.endswith("script")]
    assert any(node.text == hostile for node in root.iter())


def test_when_a_label_is_of_another_script_then_the_image_brings_its_letters():
    drawn = standalone(chart_to_svg(chart({"name": ["שלום"], "x": [1]}).to_dict()))
    assert "unicode-range:U+5D5,U+5DC,U+5DD,U+5E9;" in drawn
    assert "unicode-range" not in standalone(chart_to_svg(SMALL.to_dict()))


def test_when_drawn_twice_then_the_bytes_are_the_same():
    assert standalone(chart_to_svg(SMALL.to_dict())) == standalone(chart_to_svg(SMALL.to_dict()))


@pytest.mark.parametrize("file", DRAWN, ids=lambda file: file.stem)
def test_when_published_then_an_image_is_complete_in_itself_and_has_dark_colours(file):
    svg = file.read_text("utf-8")
    ET.fromstring(svg)
    assert "prefers-color-scheme:dark" in svg and "<script" not in svg
    assert ("@font-face" in svg) == ("<text" in svg)
    _, drawing = svg.split("</style>", 1)
    assert not re.search(r"(?:href|src)\s*=|url\(", drawing)
    assert set(re.findall(r"https?://[^\"' )]+", svg)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }
    used = set(re.findall(r'(?:fill|stroke)="([^"]+)"', drawing))
    assert used <= set(theme.DARK) | NEUTRAL, "colours without a dark counterpart"


@pytest.mark.parametrize("file", DRAWN, ids=lambda file: file.stem)
def test_when_published_then_the_words_of_an_image_can_be_read_in_the_column_of_the_site(file):
    svg = file.read_text("utf-8")
    shrunk = min(1, COLUMN / svg_width(svg))
    assert all(float(s) * shrunk >= 11 for s in re.findall(r'font-size="([\d.]+)px"', svg))


def test_when_an_image_uses_few_colours_then_it_carries_those_dark_ones_alone():
    style, _ = standalone(f'<svg><path fill="{theme.INK}" stroke="red"/></svg>').split("</style>")
    rules = style.partition("prefers-color-scheme:dark)")[2]
    assert rules == f'{{[fill="{theme.INK}"]{{fill:{theme.DARK[theme.INK]}}}}}'


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, two):
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    "colour", [theme.INK, theme.SOFT, theme.ACCENT, *theme.LEVEL_TEXT_COLOURS.values()]
)
def test_when_text_has_a_colour_then_it_stands_out_in_light_and_dark(colour):
    assert contrast(colour, theme.PAPER) >= 4.5
    assert contrast(theme.DARK[colour], theme.DARK[theme.PAPER]) >= 4.5


@pytest.mark.parametrize("colour", [*theme.LEVEL_COLOURS.values(), theme.GREY])
def test_when_a_mark_has_a_colour_then_it_stands_out_in_light_and_dark(colour):
    assert contrast(colour, theme.PAPER) >= 3
    assert contrast(theme.DARK[colour], theme.DARK[theme.PAPER]) >= 3


# Published = computed


def test_when_built_then_the_committed_figures_are_those_the_chapters_draw():
    require()
    folder = paths.BUILD / "executed" / "figures"
    built = {f.name: f for f in folder.rglob("[!.]*") if f.is_file()}
    committed = {f.name: f for f in paths.FIGURES.iterdir()}
    assert set(committed) == set(built), "run `make outputs` and commit figures/"
    other = [n for n in sorted(built) if built[n].read_bytes() != committed[n].read_bytes()]
    assert not other, "these differ from what the chapters draw: run `make outputs`"
