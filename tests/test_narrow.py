import json
import re

import altair as alt
import pandas as pd
import pytest

from tracktwo.drawing import theme
from tracktwo.drawing.dots import plot_intervals, plot_stack
from tracktwo.drawing.figures import annotation, named, write_files
from tracktwo.drawing.live import Live
from tracktwo.drawing.narrow import draw_narrow, fit_narrow, narrow, svg_width, with_narrow
from tracktwo.drawing.spec import nodes
from tracktwo.drawing.svg import chart_to_svg
from tracktwo.drawing.theme import NARROW, WIDTH
from tracktwo.ground import paths

DRAWN = sorted(paths.FIGURES.glob("*.narrow.svg"))
LONG = "A long name of a row that no phone has room for"


def bars(names=("one", "two"), width=WIDTH - 40, **properties):
    table = pd.DataFrame({"name": names, "x": range(1, len(names) + 1)})
    rows = named("-".join(names).replace(" ", "-"), table)
    chart = alt.Chart(rows).mark_bar().encode(x="x:Q", y=alt.Y("name:N", title=""))
    return chart.properties(width=width, height=alt.Step(20), **properties)


def written(svg):
    return re.findall(r">([^<>]+)</t(?:ext|span)>", svg)


def sizes(svg):
    return [float(size) for size in re.findall(r'font-size="([\d.]+)px"', svg)]


# What is published


@pytest.mark.parametrize("file", DRAWN, ids=lambda file: file.stem)
def test_when_published_then_a_narrow_figure_fits_a_phone_and_can_be_read(file):
    svg = file.read_text("utf-8")
    assert svg_width(svg) <= 360
    assert min(sizes(svg), default=99) >= 11


# The sheet


@pytest.mark.parametrize(
    "chart",
    [
        bars(),
        bars([LONG, "two"]),
        bars(title="A title that is much too long to stand in a single line of a small telephone"),
        bars(width=220) | bars(["three"], width=220),
        bars() & bars(["three"]),
        bars().encode(color=alt.Color("name:N", legend=alt.Legend(orient="right"))),
    ],
)
def test_when_drawn_then_the_whole_is_as_wide_as_a_phone(chart):
    svg = draw_narrow(chart.to_dict())
    assert NARROW - 10 <= svg_width(svg) <= NARROW
    assert min(sizes(svg)) >= 12


def test_when_narrowed_then_the_spec_itself_and_its_numbers_stay():
    spec = bars([LONG, "two"]).to_dict()
    before = json.dumps(spec)
    made = narrow(spec)
    assert json.dumps(spec) == before
    assert made["data"] == spec["data"] and made["width"] < spec["width"]


def test_when_drawn_twice_then_the_bytes_are_the_same():
    spec = bars([LONG, "two"]).to_dict()
    assert draw_narrow(spec) == draw_narrow(spec)


def test_when_plots_stand_side_by_side_then_they_stand_one_above_the_other_with_names():
    hidden = bars(["one"], width=220).encode(y=alt.Y("name:N", axis=alt.Axis(labels=False)))
    spec = (bars(width=220) | hidden).to_dict()
    made = narrow(spec)
    assert "hconcat" not in made and len(made["vconcat"]) == 2
    assert written(chart_to_svg(made)).count("one") == 2


@pytest.mark.parametrize(("width", "columns"), [(200, 1), (90, 2)])
def test_when_panels_are_columns_then_there_are_one_or_two(width, columns):
    table = pd.DataFrame({"panel": list("abcd"), "x": range(4)})
    layers = alt.layer(alt.Chart().mark_point().encode(x="x:Q"), data=named("rows", table))
    chart = layers.properties(width=width).facet(column="panel:N")
    made = narrow(chart.to_dict())
    assert made["columns"] == columns
    assert set("abcd") <= set(written(chart_to_svg(made)))


def test_when_something_is_set_in_pixels_then_it_moves_with_the_width():
    mark = alt.Chart(annotation(pd.DataFrame({"w": ["end"]}))).mark_text()
    chart = alt.layer(bars(), mark.encode(x=alt.value(WIDTH - 40), text="w:N"))
    made = narrow(chart.properties(width=WIDTH - 40).to_dict())
    values = [node["x"]["value"] for node in nodes(made) if "value" in (node.get("x") or {})]
    assert values == [made["width"]]


# The words


def test_when_a_name_is_long_then_it_stands_in_lines_and_its_row_is_higher():
    made = narrow(bars([LONG, "two"]).to_dict())
    lines = [line for line in written(chart_to_svg(made)) if line in LONG]
    assert len(lines) > 1 and " ".join(lines) == LONG
    assert made["height"]["step"] >= 14 * len(lines)


@pytest.mark.parametrize("name", ['it\'s "x" \\ y', "</text><script>", "שלום עולם"])
def test_when_a_name_is_strange_then_it_is_written_as_it_is(name):
    svg = draw_narrow(bars([name, LONG]).to_dict())
    escaped = name.replace("<", "&lt;").replace(">", "&gt;")
    assert escaped in " ".join(written(svg)) or all(w in svg for w in escaped.split())
    assert "<script" not in svg


def test_when_a_legend_is_wide_then_it_has_fewer_columns():
    groups = [f"group with a name {i}" for i in range(4)]
    legend = alt.Legend(orient="top", columns=4)
    chart = bars(groups).encode(color=alt.Color("name:N", legend=legend))
    made = narrow(chart.to_dict())
    assert made["encoding"]["color"]["legend"]["columns"] == 1


def test_when_a_bar_is_too_short_for_its_percentage_then_it_loses_its_sign():
    shares = {"small": 0.07, "middle": 0.33, "large": 0.6}
    rows = [{"label": "all", "part": part, "share": s, "n": 90} for part, s in shares.items()]
    colours = dict(zip(shares, [theme.ACCENT, theme.GREY, theme.INK], strict=True))
    spec = plot_stack("shares", pd.DataFrame(rows), "part", colours).to_dict()
    assert {"7%", "33%", "60%"} <= set(written(chart_to_svg(spec)))
    assert {"7%", "7", "33%", "60%"} & set(written(draw_narrow(spec))) == {"7", "33%", "60%"}


def test_when_even_a_bare_number_is_too_wide_then_none_stands_in_the_bar():
    table = pd.DataFrame({"label": "A", "words": ["12%", "88%"], "x": [0.01, 0.5], "room": 0.02})
    table.loc[1, "room"] = 0.9
    words = alt.Chart(annotation(table)).mark_text().encode(x="x:Q", y="label:N", text="words:N")
    drawn = written(
        draw_narrow(alt.layer(bars(), words).properties(width=300, height=40).to_dict())
    )
    assert "88%" in drawn and not {"12", "12%"} & set(drawn)


def test_when_names_stand_on_the_left_then_there_too_on_a_narrow_sheet():
    axis = alt.Axis(labelAlign="left", labelPadding=200, minExtent=200)
    y = alt.Y("name:N", title=None, axis=axis)
    svg = draw_narrow(bars([LONG, "two"]).encode(y=y).to_dict())
    assert NARROW - 10 <= svg_width(svg) <= NARROW


def test_when_a_column_is_too_narrow_for_percentages_then_they_lose_their_sign():
    table = pd.DataFrame({"column": [f"c{i}" for i in range(14)], "words": "14%"})
    x = alt.X("column:N", scale=alt.Scale(domain=table["column"].tolist()), axis=None)
    cells = alt.Chart(named("cells", table)).mark_rect().encode(x=x)
    words = alt.Chart(annotation(table)).mark_text().encode(x=x, text="words:N")
    spec = alt.layer(cells, words).properties(width=500).to_dict()
    assert set(written(chart_to_svg(spec))) == {"14%"}
    assert set(written(draw_narrow(spec))) == {"14"}


def test_when_words_in_a_row_would_meet_then_every_other_is_raised():
    table = pd.DataFrame({"slot": [0, 5, 9], "word": ["Israeli", "Palestinian", "jointly"]})
    x = alt.X("slot:Q", scale=alt.Scale(domain=[0, 30]), axis=None)
    dots = alt.Chart(named("dots", table)).mark_point().encode(x=x)
    words = alt.Chart(annotation(table)).mark_text(align="left").encode(x=x, text="word:N")
    chart = alt.layer(dots, words.encode(y=alt.value(-8))).properties(width=500, height=60)

    def heights(svg):
        found = re.findall(
            r"translate\([\d.-]+,([\d.-]+)\)[^>]*>(Israeli|Palestinian|jointly)<", svg
        )
        return {word: float(height) for height, word in found}

    assert len(set(heights(chart_to_svg(chart.to_dict())).values())) == 1
    narrowed = heights(draw_narrow(chart.to_dict()))
    assert narrowed["Palestinian"] < narrowed["Israeli"] == narrowed["jointly"]


def test_when_a_chart_has_no_rows_then_it_is_drawn_all_the_same():
    none = pd.DataFrame(columns=["label", "share", "low", "high", "words"])
    assert draw_narrow(plot_intervals("none", none).to_dict()).startswith("<svg")


# A narrow version of one's own


def test_when_a_chart_brings_its_own_then_that_is_drawn_and_the_spec_is_written_without(tmp_path):
    chart = with_narrow(bars(), bars(["mine"], width=200))
    spec = chart.to_dict()
    write_files(tmp_path, "a", spec, chart_to_svg(spec))
    assert "mine" in written((tmp_path / "a.narrow.svg").read_text("utf-8"))
    assert "usermeta" not in json.loads((tmp_path / "a.vl.json").read_text("utf-8"))
    assert "mine" not in (tmp_path / "a.csv").read_text("utf-8")


def test_when_such_a_chart_is_live_then_the_rules_make_that_narrow():
    chart = with_narrow(bars(), bars(["mine"], width=200))
    spec = Live(chart).as_dict()["spec"]
    assert "one" in written(fit_narrow(spec)[1])


def test_when_written_then_the_narrow_image_is_complete_in_itself(tmp_path):
    spec = bars([LONG, "two"]).to_dict()
    write_files(tmp_path, "a", spec, chart_to_svg(spec))
    svg = (tmp_path / "a.narrow.svg").read_text("utf-8")
    assert "@font-face" in svg and "prefers-color-scheme:dark" in svg and svg.endswith("</svg>\n")
