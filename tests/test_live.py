"""Live figures: what is written and what is shipped."""

import gzip
import json
import re

import altair as alt
import pandas as pd
import pytest
import vl_convert
from built_site import HTML, require
from made_studies import write_planted_study

from tracktwo import open_study, show
from tracktwo.analysis.approaches import approach_marks, prevalence
from tracktwo.analysis.estimates import Estimate
from tracktwo.analysis.frame import Frame
from tracktwo.analysis.themes import theme_labels
from tracktwo.analysis.voices import select_statements
from tracktwo.book.site.live import ON_DEMAND, controls, dark_rules
from tracktwo.book.site.live_versions import as_script
from tracktwo.chapters.change.plots import break_years, live_shares, shares_by_break
from tracktwo.chapters.focus_groups.plots import live_themes
from tracktwo.chapters.robustness.live import live_curve
from tracktwo.chapters.typology import results as typology
from tracktwo.chapters.typology.plots import live_combinations, plot_combinations
from tracktwo.claims.claims import Part
from tracktwo.drawing import theme
from tracktwo.drawing.figures import named
from tracktwo.drawing.live import Choice, Item, Live, Slider, fits, parameter
from tracktwo.drawing.live_marks import point_at
from tracktwo.drawing.timeline import timeline_rows
from tracktwo.ground import paths
from tracktwo.telling.timeline_live import live_timeline

HOSTILE = '"><script>alert(1)</script>'
BUDGET = 350_000  # bytes of libraries, compressed
LEFT_OUT = {"crossfilter", "force", "geojson", "geopath", "geopoint", "geoshape", "graticule"}
LEFT_OUT |= {"heatmap", "isocontour", "kde2d", "label", "loess", "nest", "pack", "partition"}
LEFT_OUT |= {"regression", "resolvefilter", "stratify", "tree", "treelinks", "treemap", "voronoi"}


def chart():
    table = pd.DataFrame({"key": ["a", "b"], "x": [1, 2]})
    base = alt.Chart(named("rows", table)).encode(x="x:Q", y="key:N")
    return alt.layer(base.mark_bar(opacity=0.8), base.mark_text().encode(text="key:N"))


# What is written


def test_when_a_figure_has_a_live_version_then_it_is_written_beside_it(tmp_path, monkeypatch):
    monkeypatch.setattr("tracktwo.telling.show.display", lambda bundle, metadata, raw: None)
    live = Live(chart(), (Choice("level", "Level", {"one": "One"}),), (Item("a", "A"),))
    show(chart(), "a-b", "Title", "n = 2", "Two bars", folder=tmp_path, live=live)
    written = json.loads((tmp_path / "a-b.live.json").read_text("utf-8"))
    assert written["items"] == [{"key": "a", "title": "A"}]
    assert written["controls"][0]["options"] == [["one", "One"]]
    assert (tmp_path / "a-b.vl.json").read_text("utf-8").count("picked") == 0


def test_when_marks_can_be_pointed_at_then_each_carries_its_key_and_the_static_chart_does_not():
    static = chart()
    before = static.to_dict()
    bars, texts = point_at(static, "key").to_dict()["layer"]
    assert bars["encoding"]["tooltip"]["field"] == texts["encoding"]["tooltip"]["field"] == "key"
    assert bars["encoding"]["opacity"]["value"] == 0.2 and "opacity" not in texts["encoding"]
    assert static.to_dict() == before


def test_when_choices_are_combined_then_all_must_fit_and_an_empty_one_always_does():
    choices = (Choice("a", "A", {}), Choice("b", "B", {}))
    assert fits(choices) == (
        "(a === '' || indexof(datum.a, a) >= 0) && (b === '' || indexof(datum.b, b) >= 0)"
    )
    assert fits(()) == "true"
    assert parameter("a").to_dict() == {"expr": "a"}


def test_when_words_are_hostile_then_controls_show_them_as_text():
    choice = Choice(HOSTILE, HOSTILE, {HOSTILE: HOSTILE})
    slider = Slider("year", HOSTILE, {1999: HOSTILE, 2000: HOSTILE}, 1999)
    for control in (choice, slider):
        version = Live(chart(), (control,), (), pick=HOSTILE).as_dict()
        assert "<script" not in controls(version)
    assert "<script" in as_script("a", HOSTILE)  # a script file, where it is but a string
    assert "\u2028" not in as_script("a", "\u2028")


@pytest.mark.parametrize(
    ("pick", "asked"), [("Theme", "Choose a theme"), ("Initiative", "Choose an initiative")]
)
def test_when_nothing_is_picked_yet_then_the_list_asks_for_a_choice(pick, asked):
    version = Live(chart(), items=(Item("a", "A"),), pick=pick).as_dict()
    assert f'<option value="">{asked}</option>' in controls(version)


def test_when_the_break_moves_then_both_sides_have_years_and_the_frames_own_is_among_them():
    assert break_years(Frame()) == list(range(1994, 2002))
    assert 1992 in break_years(Frame(break_year=1992))


def test_when_a_colour_is_used_then_the_live_drawing_has_its_dark_counterpart():
    rules = dark_rules(".x")
    for light, dark in theme.DARK.items():
        assert f'.x [fill="{light}"]{{fill:{dark}}}' in rules


THIN = {
    "one": [(1995, "elite")],
    "none dated": [(None, "elite"), (None, "grassroots")],
    "none after the break": [(1995, "elite"), (1996, "mixed")],
}


def versions(study, frame):
    """Yield the live version of every figure that has one."""
    rows = frame.select(study)
    lines = timeline_rows(rows, frame)
    yield live_timeline(study, rows, lines, frame)
    yield live_shares(study, frame, shares_by_break(rows, frame), "{{ result.lead | points }}")
    labels = study.labels("approach")
    marks = approach_marks(rows, labels)
    found = typology.count_combinations(marks, labels)
    held = typology.members(rows, marks, labels)
    drawn = plot_combinations(found, held, prevalence(marks, labels))
    yield live_combinations(drawn, found, held)
    themes = theme_labels(study)
    yield live_themes(chart(), select_statements(study, frame), themes)


@pytest.mark.parametrize("starts", THIN.values(), ids=THIN)
def test_when_data_are_thin_then_every_live_version_can_still_be_made(tmp_path, starts):
    study = open_study(write_planted_study(tmp_path / "made", starts))
    for live in versions(study, Frame()):
        written = json.loads(json.dumps(live.as_dict()))
        assert vl_convert.vegalite_to_vega(written["spec"])["signals"]
        assert len({item["key"] for item in written["items"]}) == len(written["items"])


def test_when_a_curve_is_drawn_then_each_column_tells_what_was_chosen_there():
    values = [0.1, 0.2, 0.3, 0.4]
    curve = pd.DataFrame({"value": values, "low": values, "high": values, "agrees": True})
    curve = curve.assign(part=0, **{"break": [1999, 2000, 1999, 2000]})
    part = Part("share", "Share", Estimate(0.2, 0.1, 0.3, 10), ">", 0.0, 10)
    live = live_curve(curve, part, {}).as_dict()
    assert [item["title"].split(":")[0] for item in live["items"]] == [
        f"{i} of 4, from the lowest" for i in range(1, 5)
    ]
    assert live["items"][0]["parts"] == (("break", "", "1999"),)


# What is shipped


def test_when_libraries_are_shipped_then_they_are_small_licensed_and_free_of_eval():
    vendor = ON_DEMAND / "vendor"
    sizes = [len(gzip.compress(file.read_bytes(), 9)) for file in vendor.glob("*.js")]
    assert 0 < sum(sizes) <= BUDGET
    licences = (vendor / "LICENSES.txt").read_text("utf-8")
    for name in ("vega-interpreter", "vega-view", "minisearch", "d3-scale"):
        assert re.search(rf"^{name} \d", licences, re.MULTILINE), name


def test_when_the_lock_is_committed_then_it_pins_by_hash_and_names_no_registry():
    lock = json.loads((paths.ROOT / "assets/package-lock.json").read_text("utf-8"))
    packages = {name: of for name, of in lock["packages"].items() if name}
    assert all("integrity" in of and "resolved" not in of for of in packages.values())
    wanted = json.loads((paths.ROOT / "assets/package.json").read_text("utf-8"))
    assert all(re.fullmatch(r"[\d.]+", version) for version in wanted["dependencies"].values())


@pytest.mark.parametrize("file", sorted(ON_DEMAND.glob("*.js")), ids=lambda file: file.name)
def test_when_a_script_shows_data_then_never_as_markup(file):
    text = file.read_text("utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b", text)


def test_when_specs_are_compiled_then_the_bundle_has_what_they_transform_with():
    require()
    files = sorted((HTML / "_static/live").glob("*.js"))
    assert files
    for file in files:
        used = set(re.findall(r'"transform":\[(\{.*?\})\]', file.read_text("utf-8")))
        kinds = {kind for text in used for kind in re.findall(r'"type":"([a-z]+)"', text)}
        assert not kinds & LEFT_OUT, file.name
