"""The book on data about another conflict: every chapter stands, and none speaks of ours."""

import ast
import dataclasses
import json
import re

import nbformat
import pytest
from made_studies import published
from other_conflict import write_other_conflict
from run_chapter import make_quick, run_chapter

import tracktwo
from tracktwo import begin, open_study, say
from tracktwo.analysis.frame import parameters_of
from tracktwo.book.site.lost import labels_of, without_lost
from tracktwo.book.toc import chapter_files
from tracktwo.chapters.catalogue import results as catalogue
from tracktwo.data.package import Side
from tracktwo.data.package import published as descriptor
from tracktwo.drawing.groups import groups_of, side_colours
from tracktwo.drawing.theme import APPROACH_COLOURS, DARK, GREY, SIDE_COLOURS, in_order
from tracktwo.ground import paths
from tracktwo.telling.at_hand import set_at_hand
from tracktwo.telling.explorer import explorer_data
from tracktwo.telling.told import EmptyChapterError

FILES = chapter_files()
KEPT = ("topic", "note")
NEEDS_STATEMENTS = {"focus_groups", "propositions", "statements", "voices", "propositions_record"}
OURS = re.compile(
    r"\b(?:Israel|Palestin|Oslo|[Ii]ntifada|Jew|Arab|Gaza|Jerusalem|Hebrew|Claude|language model)"
    r"|[Pp]eople-to-people|[Pp]eace.process"
)
OUR_YEARS = re.compile(r"(?<!Wretman )\b(?:1992|2004|2012)\b")
CITED = "In 2012 two scholars said"
"""How the front page begins, which cites the article: the one place that gives its year."""


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return write_other_conflict(tmp_path_factory.mktemp("other") / "data")


@pytest.fixture
def quick(monkeypatch):
    """Return a patch by which chapters run; let the book's own conflict be at hand after."""
    make_quick(monkeypatch)
    yield monkeypatch
    set_at_hand(published().package)


@pytest.fixture
def shown(monkeypatch):
    """Return the texts that were shown."""
    texts = []
    monkeypatch.setattr(
        "tracktwo.telling.say.display", lambda bundle, **_: texts.append(bundle["text/markdown"])
    )
    yield texts
    set_at_hand(published().package)


def parameters(data):
    return parameters_of(open_study(data).package)


# Chapters


@pytest.mark.parametrize("file", FILES)
def test_when_the_conflict_is_another_then_a_chapter_stands_and_says_no_word_of_ours(
    file, data, quick, tmp_path
):
    charts = []
    given = parameters(data)
    said = run_chapter(quick, paths.ROOT / file, data, tmp_path / "figures", charts=charts, **given)
    drawn = json.dumps(charts, ensure_ascii=False)
    assert said
    assert OURS.findall(said) == OURS.findall(drawn) == []
    assert OUR_YEARS.findall(said.replace(CITED, "")) == []
    assert not re.search(r"\b(?:nan|inf|NaT)\b|<NA>", said), file
    assert "Left out in this edition" not in said
    empty = "Why this chapter is empty" in said
    assert empty == (file.rpartition("/")[2].removesuffix(".ipynb") in NEEDS_STATEMENTS)


@pytest.mark.parametrize("chapter", ["coders", "trust", "index"])
def test_when_one_person_coded_then_chapters_stand_and_agreement_is_said_to_be_missing(
    chapter, quick, tmp_path
):
    alone = write_other_conflict(tmp_path / "alone", coders=("ada",))
    file = next(f for f in FILES if f.endswith(f"{chapter}.ipynb"))
    said = run_chapter(quick, paths.ROOT / file, alone, tmp_path / "figures", **parameters(alone))
    assert ("no two coders to compare" in said) == (chapter == "coders")
    assert not re.search(r"\b(?:nan|inf|NaT)\b|<NA>", said)


@pytest.mark.parametrize("file", FILES)
def test_when_a_figure_or_table_is_named_then_its_words_fit_any_conflict(file):
    words = [*descriptor()["conflict"]["words"]]
    ours = re.compile("|".join(rf"\b{re.escape(word)}" for word in words))
    for cell in nbformat.read(paths.ROOT / file, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        for call in (node for node in ast.walk(ast.parse(cell.source)) if is_shown(node)):
            needed = [*call.args[3:], *(k.value for k in call.keywords if k.arg in KEPT)]
            if call.func.id == "show_table":
                needed += call.args[2:3]
            texts = [n.value for a in needed for n in ast.walk(a) if isinstance(n, ast.Constant)]
            found = [t for t in texts if isinstance(t, str) and ours.search(t)]
            own = "if ours:" in cell.source  # not drawn for any other conflict
            assert not found or own, f"{file}, {cell.id}: {found}"


def is_shown(node):
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("show", "show_table")
    )


# What is told


def test_when_a_passage_speaks_of_ours_then_it_is_told_of_ours_alone(data, shown):
    assert begin(published())
    say("Israelis met.", otherwise="People met.")
    assert not begin(open_study(data))
    say("Israelis met.", otherwise="People met.")
    say("They met after Oslo.", otherwise="They met after the intifada.")
    say("A study {cite:p}`maoz2005evaluating` says so.")
    say("The article {cite:p}`cuhadar2012oslo` says so; a plot.")
    assert shown[0] == "Israelis met." and shown[1] == "People met."
    assert shown[2:] == ["The article {cite:p}`cuhadar2012oslo` says so; a plot."]


def test_when_a_guard_is_false_on_another_conflict_then_no_note_stands(data, shown):
    begin(open_study(data))
    say("It rose to {{ n }}.", when=False, n=7)
    say("It rose.", when=False, otherwise="It is {{ n }}.", n=7)
    assert shown == ["It is 7."]


def test_when_data_lack_what_a_chapter_needs_then_it_says_so_and_ends(data, shown):
    with pytest.raises(EmptyChapterError):
        begin(open_study(data), "approach", "statements", "format")
    assert "no statements by practitioners and no codes of format" in shown[0]
    assert EmptyChapterError()._render_traceback_() == []


def test_when_a_figure_is_missing_then_references_to_it_go():
    def book(text):
        output = nbformat.v4.new_output("display_data", {"text/markdown": text})
        return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x", outputs=[output])])

    here = "```{figure} /figures/a.svg\n:name: fig-a\n```\nSee {numref}`fig-a`"
    lost = book(f"{here} ({{numref}}`fig-b`), and {{numref}}`tab-b` too.")
    labels = labels_of([lost])
    assert labels == {"fig-a"}
    text = without_lost(lost, labels).cells[0].outputs[0]["data"]["text/markdown"]
    assert text == f"{here}, and a table that this edition lacks too."


# Looks, and columns of the data's own


def test_when_a_conflict_has_three_sides_then_each_has_a_name_and_a_colour_of_its_own():
    study = published()
    conflict = study.package.conflict
    sides = {**conflict.sides, "third": Side("Third", "Thirds")}
    conflict = dataclasses.replace(conflict, sides=sides)
    package = dataclasses.replace(study.package, conflict=conflict)
    groups = groups_of(dataclasses.replace(study, package=package))
    names = ["Israeli", "Palestinian", "Third", "joint", "third party"]
    assert list(groups.names["side"].values()) == names
    assert len(set(groups.looks["side"].values())) == len(set(groups.shapes["side"].values())) == 5
    assert list(side_colours(conflict)) == [*sides, "joint", "third_party"]


def test_when_there_are_more_names_than_colours_then_the_last_are_grey():
    assert list(in_order("abc", ("x", "y")).values()) == ["x", "y", GREY]
    for colours in (APPROACH_COLOURS, SIDE_COLOURS):
        assert len(set(colours)) == len(colours) and set(colours) <= set(DARK)


def test_when_data_have_columns_of_their_own_then_entries_and_filters_have_them(data):
    study = open_study(data)
    frame = tracktwo.Frame.of(study)
    rows = catalogue.all_initiatives(study, frame)
    entries = "\n".join(catalogue.entries_of(study, frame, rows, "grassroots"))
    assert "Bloc\n: East" in entries and "Budget\n: " in entries
    assert re.search(r"\*Archive box: Box \d+\*|Archive box: Box \d+", entries)
    view = explorer_data(study, frame)["initiatives"]
    assert ["bloc", "Bloc"] in view["facts"]
    facets = {facet["name"]: facet for facet in view["facets"]}
    assert facets["bloc"]["values"] == [["East", "East"], ["West", "West"]]
    assert "language" in facets and "format" not in facets
    record = view["records"][0]
    assert record["row"]["bloc"] in ("East", "West") and record["has"]["bloc"]
