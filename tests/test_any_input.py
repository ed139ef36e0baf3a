"""Whatever the bytes, the cells or the parameters: a valid study, or the one error that says why.

Hypothesis makes the inputs. They are the same in every run (see `conftest`); to search further,
`pytest tests/test_any_input.py --hypothesis-profile search`.
"""

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from small_study import TABLES, write_small_study

from tracktwo import DataError, Study, open_study
from tracktwo.book import notebooks
from tracktwo.book.parameters import check_parameters, read_parameters
from tracktwo.data.validation.problems import MAX_PRINTED

FILES = sorted([*TABLES, "inventory/codes.csv", "practitioners/codes.csv", "codebook.csv"])
ALL = [*FILES, "datapackage.json"]
SIGNS = ["", '"', "\n", "\r", ",", ";", "\0", "\u202e", "\ufeff", "\uffff", " ", " | "]
WORDS = ["=1", "1e9", "-0", "9" * 5_000, "٣", "nan", "None", "1995", "no", "consensus", "../x"]
STRANGE = st.sampled_from([*SIGNS, *WORDS, "peace-team", "()[]{}"])
CELLS = st.one_of(STRANGE, st.text(max_size=20), st.lists(STRANGE, max_size=3).map("".join))


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """Return the files of a small valid study as bytes, and a folder to write them to."""
    folder = write_small_study(tmp_path_factory.mktemp("any") / "study")
    content = {path: (folder / path).read_bytes() for path in FILES}
    return folder, content | {"datapackage.json": b'{"resources": []}'}


FEWER = settings(max_examples=settings().max_examples // 2)
"""Of the made inputs, for those by which a whole study is opened."""


def opened(good, changed):
    """Open the study with `changed` files: it must be valid, or say in full what is wrong."""
    folder, content = good
    for path, data in (content | changed).items():
        (folder / path).write_bytes(data)
    try:
        assert isinstance(open_study(folder), Study)
    except DataError as error:
        lines = str(error).split("\n")
        assert len(lines) <= MAX_PRINTED + 2 and all(line.isprintable() for line in lines)
        assert lines[0].endswith("in the data:") and len(lines) > 1
        assert all(problem.found and problem.allowed for problem in error.problems)


@FEWER
@given(st.sampled_from(ALL), st.binary(max_size=200))
@example("codebook.csv", b"\xed\xa0\x80")
@example("codebook.csv", b"\xed")
@example("codebook.csv", b"\xff\xfe")
@example("article/facts.csv", b"key,value,unit,statement\n\n,\n")
@example("datapackage.json", b"[" * 50_000)
def test_when_a_file_is_any_bytes_then_the_study_is_refused_in_words(good, path, data):
    opened(good, {path: data})


@FEWER
@given(st.data())
def test_when_any_piece_of_a_file_is_replaced_then_it_opens_or_says_why(good, data):
    path = data.draw(st.sampled_from(FILES))
    before = good[1][path]
    start = data.draw(st.integers(0, len(before)))
    end = data.draw(st.integers(start, min(len(before), start + 40)))
    piece = data.draw(st.one_of(st.binary(max_size=20), CELLS.map(str.encode)))
    opened(good, {path: before[:start] + piece + before[end:]})


@FEWER
@given(st.data())
def test_when_any_cell_holds_any_text_then_it_opens_or_says_why(good, data):
    path = data.draw(st.sampled_from(FILES))
    lines = good[1][path].decode().splitlines()
    row = data.draw(st.integers(0, len(lines) - 1))
    cells = lines[row].split(",")
    text = data.draw(CELLS).replace('"', '""')
    cells[data.draw(st.integers(0, len(cells) - 1))] = f'"{text}"'
    lines[row] = ",".join(cells)
    opened(good, {path: "\n".join(lines).encode()})


NAMES = st.sampled_from(["coder", "scope", "grades", "nested", "first_year", "break_year", "data"])
VALUES = st.recursive(
    st.one_of(
        st.sampled_from(
            ["A", "[A]", "[A, B]", "no", "1999", "2000", "1e9", "~", "consensus", "data"]
        ),
        st.sampled_from(
            ["!!timestamp x", "!!bool x", "!!int x", "!!binary x", "&a [*a]", "<<: *a"]
        ),
        st.text(max_size=10),
    ),
    lambda inner: st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
    max_leaves=5,
)
LINES = st.tuples(st.one_of(NAMES, st.text(max_size=5)), VALUES).map(": ".join)


def held(good, content):
    folder, files = good
    file = folder.parent / "any.yml"
    file.write_bytes(content)
    try:
        given = read_parameters(file)
        assert isinstance(given, dict)
        for path, data in files.items():
            (folder / path).write_bytes(data)
        if given:
            check_parameters(file, open_study(folder))
    except ValueError as error:
        assert all(line.isprintable() and "any.yml" in line for line in str(error).split("\n"))


@given(st.lists(LINES, max_size=4).map("\n".join))
@example("grades: &a [A]\nscope: *a")
@example('coder: "\\ud800"')
@example("last_year: " + "9" * 5_000)
def test_when_parameters_are_any_yaml_then_they_are_taken_or_refused_by_file(good, text):
    held(good, text.encode("utf-8", "surrogatepass"))


@given(st.binary(max_size=100))
def test_when_parameters_are_any_bytes_then_they_are_taken_or_refused_by_file(good, content):
    held(good, content)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["nbformat", "cells", "metadata", "source", "cell_type", "id", "tags"]),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=12,
)
CELLS_OF_NOTEBOOKS = st.fixed_dictionaries(
    {"cell_type": st.sampled_from(["code", "markdown", "x"]), "source": JSON, "metadata": JSON},
    optional={"id": JSON, "outputs": JSON, "execution_count": JSON},
)


@given(
    st.one_of(
        JSON,
        st.fixed_dictionaries(
            {
                "nbformat": st.just(4),
                "cells": st.lists(CELLS_OF_NOTEBOOKS, max_size=3),
                "metadata": JSON,
            }
        ),
    )
)
def test_when_a_notebook_is_any_json_then_it_is_read_or_refused_by_name(good, content):
    file = good[0].parent / "any.ipynb"
    file.write_text(json.dumps(content))
    for take in (notebooks.read, notebooks.source_digest):
        try:
            take(file)
        except ValueError as error:
            assert "any.ipynb: not a notebook" in str(error) and "\n" not in str(error)
