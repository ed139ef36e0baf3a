"""`say`: passages, their values, their guards, and what a notebook shows by itself."""

import json

import numpy as np
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from tracktwo import say
from tracktwo.analysis.estimates import share
from tracktwo.book.execute import ChapterError, execute
from tracktwo.book.results import collect
from tracktwo.telling.myst import Myst
from tracktwo.telling.passage import write
from tracktwo.telling.plain_html import as_html

HALF = share(50, 100)


@pytest.fixture
def shown(monkeypatch):
    """Return what was shown: pairs of a bundle and what its output keeps."""
    outputs = []

    def display(bundle, metadata, raw):
        outputs.append((bundle, metadata["tracktwo"]))

    monkeypatch.setattr("tracktwo.telling.say.display", display)
    return outputs


# Passages


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("{{ e | share }}", "50% (40%\u00a0to\u00a060%)"),
        ("{{ e | percent }}", "50%"),
        ("{{ e | points_only }}", "+50 points"),
        ("{{ n }} and {{ n | spell }}", "7 and seven"),
        ("{{ 1234 | count }}, {{ 1994 | year }}", "1,234, 1994"),
        ("{{ words | listed }}", r"a, b\_c and d"),
        ("{{ 'more' if n > 3 else 'fewer' }}", "more"),
        ("{% for word in words %}{{ word }};{% endfor %}", r"a;b\_c;d;"),
        ("{{ d['x'].value | decimal(1) }}", "0.5"),
    ],
)
def test_when_an_expression_is_written_then_as_its_filter_says(expression, text):
    values = {"e": HALF, "n": np.int64(7), "words": ["a", "b_c", "d"], "d": {"x": HALF}}
    assert write(expression, values).text == text


@pytest.mark.parametrize(
    ("expression", "error", "message"),
    [
        ("{{ missing }}", ValueError, "'missing' is undefined"),
        ("{{ missing | share }}", ValueError, "'missing' is undefined"),
        ("{{ e.mistyped | percent }}", ValueError, "no attribute 'mistyped'"),
        ("{{ e }}", TypeError, "'e' is of kind Estimate"),
        ("{{ f }}", TypeError, "'f' is of kind float"),
        ("{{ n | share }}", TypeError, "share_text cannot write a int"),
        ("{{ n", ValueError, "line 1 of a passage"),
    ],
)
def test_when_a_value_has_no_written_form_then_it_is_an_error(expression, error, message):
    with pytest.raises(error, match=message):
        write(expression, {"e": HALF, "f": 0.5, "n": 1})


def test_when_text_comes_from_the_data_then_it_prints_as_typed():
    hostile = "{{ 7*7 }} <script>x</script> {doc}`x` [a](b)"
    text = write("{{ name }}", {"name": hostile}).text
    assert "49" not in text
    assert "<script>" not in as_html(text) and "href" not in as_html(text)
    assert write("{{ name }}", {"name": Myst("*so*")}).text == "*so*"


def test_when_values_are_told_then_each_is_kept_by_its_name():
    written = write("{{ e.value | percent }} of {{ e | share }}, {{ n + 1 }}", {"e": HALF, "n": 1})
    assert written.values == {
        "e.value": {"text": "50%", "value": 0.5},
        "e": {"text": "50% (40%\u00a0to\u00a060%)", "value": 0.5, "n": 100}
        | {"low": HALF.low, "high": HALF.high},
    }
    assert [(written.text[p.start : p.end], p.name) for p in written.places] == [
        ("50%", "e.value"),
        ("50% (40%\u00a0to\u00a060%)", "e"),
    ]
    missing = write("{{ x | percent }}", {"x": float("nan")}).values["x"]
    assert missing == {"text": "not defined", "value": None}


# Outputs


def test_when_said_then_the_book_gets_myst_and_a_viewer_plain_words(shown):
    say("**So** it is ({numref}`fig-a`, {doc}`robustness`, {cite:p}`cuhadar2012oslo`).")
    [(bundle, _)] = shown
    assert "{numref}`fig-a`" in bundle["text/markdown"]
    html = bundle["text/html"]
    assert "{" not in html and "`" not in html
    assert "<strong>So</strong>" in html and "(Çuhadar and Dayton, 2012)" in html
    assert 'href="robustness.ipynb"' in html


def test_when_a_box_is_said_then_a_viewer_sees_its_title_and_text():
    html = as_html(":::{admonition} The *answer*\n:class: answer\nIt {term}`held`.\n:::")
    assert "The <em>answer</em>" in html and "It held." in html
    assert ":::" not in html and "class: answer" not in html


def test_when_a_work_is_not_known_then_the_error_names_it():
    with pytest.raises(ValueError, match=r"references\.bib has no work 'nobody1999'"):
        as_html("{cite:t}`nobody1999`")


# Guards


@pytest.mark.parametrize("when", [True, np.True_, np.bool_(1)])
def test_when_a_guard_holds_then_the_passage_stands(shown, when):
    say("They grew to {{ n }}.", when=when, n=3)
    [(bundle, kept)] = shown
    assert bundle["text/markdown"] == "They grew to 3."
    assert "left_out" not in kept


@pytest.mark.parametrize("when", [False, np.False_, pd.NA])
def test_when_a_guard_fails_then_a_note_with_the_numbers_stands_there(shown, when):
    say("They grew to {{ n.now }}.", when=when, otherwise="{{ n.now }} it is.", n={"now": 3})
    [(bundle, kept)] = shown
    assert "They grew" not in bundle["text/markdown"]
    assert "n now: 3" in bundle["text/markdown"] and "3 it is." in bundle["text/markdown"]
    assert kept["left_out"] is True


@pytest.mark.parametrize("when", [1, "yes", HALF, None])
def test_when_a_guard_is_no_truth_value_then_it_is_refused(when):
    with pytest.raises(TypeError, match="it must be true or false"):
        say("x", when=when)


# The edition

GUARDED = """\
from tracktwo import say
say('''
They grew.
''', when=n > 5)"""


@pytest.fixture
def chapter(tmp_path):
    cells = [
        new_code_cell("n = 3\nfigures = 'figures'", metadata={"tags": ["parameters"]}),
        new_code_cell(GUARDED),
    ]
    path = tmp_path / "growth.ipynb"
    path.write_text(json.dumps(new_notebook(cells=cells)), encoding="utf-8")
    return path


def test_when_a_guard_fails_in_the_published_edition_then_the_build_stops_there(chapter):
    output = chapter.with_name("out.ipynb")
    with pytest.raises(ChapterError, match=r"growth: code cell 2: [\s\S]*anew\n    They grew"):
        execute(chapter, output, chapter.with_name("figures"))
    assert not output.exists()


def test_when_a_guard_fails_in_another_edition_then_it_is_built_with_a_note(chapter):
    output = chapter.with_name("out.ipynb")
    done = execute(chapter, output, chapter.with_name("figures"), {"n": 4})
    assert "Left out in this edition" in done.cells[-1].outputs[0].data["text/markdown"]
    assert collect([("chapters/growth", done)]) == {}
    fine = execute(chapter, output, chapter.with_name("figures"), {"n": 6})
    assert fine.cells[-1].outputs[0].data["text/markdown"] == "They grew."
