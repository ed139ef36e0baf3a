import pandas as pd
import pytest
import yaml
from docutils import nodes
from docutils.core import publish_doctree
from myst_parser.docutils_ import Parser

from tracktwo.ground import paths
from tracktwo.telling import tables
from tracktwo.telling.myst import END, ISOLATE, plain
from tracktwo.telling.tables import as_myst, show_table

HOSTILE = [
    "<script>alert(1)</script>",
    "<!-- gone -->",
    "<http://example.org>",
    "{cite}`x`",
    "{ref}`fig-a <b>`",
    "a | b",
    "http://a|b",
    "`code`",
    "```",
    "$x$",
    "$$",
    "[a](javascript:alert(1))",
    "[a]: http://example.org",
    "![i](x.png)",
    "[^1]",
    ":::{note}",
    "line\nanother\r\n\n# third",
    "\\",
    "back\\|slash\\\\",
    "ends in a backslash\\",
    "- item",
    "+ item",
    "1. item",
    "> quote",
    "# heading",
    "---",
    ":name: x",
    "%comment",
    "&lt;b&gt; &amp; &#65;",
    "https://example.org/a_b_c",
    "www.example.org",
    "a@example.org",
    "{{ substitution }}",
    "**b** _i_ __b__ ~~s~~ ^u^",
    "(c) -- +- ...",
    "\"Who's\" 'there', in the '90s",
    "{download}`x`",
    "{{ x }} {% raw %}",
    "שלום سلام",
    "word " * 1_500,
]
HARMLESS = {"entry", "paragraph", "#text"}
APART = str.maketrans("", "", ISOLATE + END)


@pytest.fixture
def displayed(monkeypatch):
    """Return a list that gets what is displayed."""
    bundles = []
    monkeypatch.setattr(tables, "display", lambda bundle, metadata, raw: bundles.append(bundle))
    return bundles


def render(text):
    """Parse MyST as the book does and return the document."""
    settings = yaml.safe_load(paths.CONFIG.read_text("utf-8"))
    overrides = {
        "myst_enable_extensions": settings["parse"]["myst_enable_extensions"],
        "report_level": 1,
        "halt_level": 2,
        "doctitle_xform": False,
    }
    return publish_doctree(text, parser=Parser(), settings_overrides=overrides)


def cells_of(document):
    return [
        [entry.astext().translate(APART) for entry in row.findall(nodes.entry)]
        for row in document.findall(nodes.row)
    ]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:20]))
def test_when_a_cell_is_hostile_then_it_prints_as_it_is_and_does_nothing(text):
    table = pd.DataFrame({"Name": [plain(text), "next"], "n": [1, 2]})
    document = render(as_myst(table, "hostile", f"Of {plain(text[:100])}"))
    assert cells_of(document) == [["Name", "n"], [" ".join(text.split()), "1"], ["next", "2"]]
    entries = [node for entry in document.findall(nodes.entry) for node in entry.findall()]
    assert {node.tagname for node in entries} == HARMLESS
    (title,) = document.findall(nodes.title)
    assert title.astext().translate(APART) == f"Of {' '.join(text[:100].split())}"
    assert {node.tagname for node in title.findall()} == {"title", "#text"}


def test_when_quotes_are_typed_then_those_of_the_prose_are_set_and_those_of_data_kept():
    table = pd.DataFrame({"Name": [plain('"Who\'s" there'), '"Who\'s" there']})
    assert cells_of(render(as_myst(table, "x", "T")))[1:] == [['"Who\'s" there'], ["“Who’s” there"]]


@pytest.mark.parametrize("text", ["שלום (1999)", "a سلام, b", "{download}`x`", ":name: x"])
def test_when_text_has_a_direction_of_its_own_or_looks_like_markup_then_it_stands_apart(text):
    assert plain(text)[0] == ISOLATE and plain(text)[-1] == END
    assert ISOLATE not in plain("Rød, Çuhadar & 和: 1999")


def test_when_a_table_is_shown_then_it_is_numbered_labelled_and_aligned(displayed):
    table = pd.DataFrame({"Name": ["**bold**"], "n": [12], "Share": ["5%"]})
    show_table(table, "tiny-names", "Names. n = 12", note="A *note*.", widths=[2, 1, 1])
    assert [list(bundle) for bundle in displayed] == [["text/html", "text/markdown"]]
    document = render(displayed[0]["text/markdown"])
    (found,) = document.findall(nodes.table)
    assert found["ids"] == ["tab-tiny-names"] and found.next_node(nodes.title).astext() == (
        "Names. n = 12"
    )
    assert [c["colwidth"] for c in found.findall(nodes.colspec)] == [2, 1, 1]
    alignments = [entry["classes"] for entry in found.findall(nodes.entry)][3:]
    assert alignments == [["text-left"], ["text-right"], ["text-right"]]
    assert found.next_node(nodes.strong).astext() == "bold"
    assert document.children[-1].astext() == "A note."


@pytest.mark.parametrize(
    ("name", "title", "table"),
    [
        ("Bad Name", "T", {"a": [1]}),
        ("../up", "T", {"a": [1]}),
        ("", "T", {"a": [1]}),
        ("good", " ", {"a": [1]}),
        ("good", "T", {"a": []}),
    ],
)
def test_when_a_table_lacks_something_then_it_is_refused(displayed, name, title, table):
    with pytest.raises(ValueError, match=repr(name)):
        show_table(pd.DataFrame(table), name, title)
    assert displayed == []


def test_when_a_column_holds_percentages_or_large_counts_then_they_stand_right_and_are_apart():
    table = pd.DataFrame(
        {
            "Name": ["One", "Two 2%"],
            "Share": ["over 99%", "12% (3%\u00a0to\u00a017%)"],
            "Change": ["+3%", "–"],
            "Year": [1992, 2004],
            "Specifications": [69120, 720],
        }
    )
    myst = as_myst(table, "tiny-shares", "Shares")
    assert "| :--- | ---: | ---: | ---: | ---: |" in myst
    assert "| 1992 | 69,120 |" in myst and "| 2004 | 720 |" in myst


def test_when_data_have_more_columns_than_widths_then_the_last_width_goes_on():
    table = pd.DataFrame([[1, 2, 3, 4]], columns=list("abcd"))
    assert ":widths: 40 30 30 30\n" in as_myst(table, "t", "A title", widths=[40, 30])
    assert ":widths: 40 30 20 10\n" in as_myst(table, "t", "A title", widths=[40, 30, 20, 10, 5])
