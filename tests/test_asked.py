"""What the Python interface says of arguments that it cannot use: one line each."""

import altair as alt
import pandas as pd
import pytest
from small_study import write_small_study

from tracktwo import DataError, Frame, open_study, show, show_table

CHART = alt.Chart(pd.DataFrame({"x": [1]})).mark_point()
TABLE = pd.DataFrame({"x": [1]})
TEXTS = ("name", "Title", "Caption", "What one sees")


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return open_study(write_small_study(tmp_path_factory.mktemp("data") / "study"))


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda s: open_study(None), "path is None: it must be the path of a folder"),
        (lambda s: open_study(3), "path is 3: it must be the path of a folder"),
        (lambda s: open_study(b"data"), "path is b'data': it must be the path of a folder"),
        (lambda s: open_study(s), "path is a Study: it must be the path of a folder"),
        (lambda s: Frame().select("data"), "study is 'data': it must be a Study, such as open_"),
        (lambda s: Frame().steps(None), "study is None: it must be a Study"),
        (lambda s: Frame().left_out(s.initiatives), "study is a DataFrame: it must be a Study"),
        (lambda s: Frame(coder=None), "coder is None: it must be a name"),
        (lambda s: Frame(scope=()), "scope is (): it must be a list of names, none of them twice"),
        (lambda s: Frame(grades=["A", "A"]), "grades is ('A', 'A'): it must be a list of names"),
        (lambda s: Frame(units=[1]), "units is (1,): it must be a list of names"),
        (lambda s: Frame(scope=[["a"]]), "scope is (['a'],): it must be a list of names"),
        (lambda s: Frame(last_year=20040), "last_year is 20040: it must be a year from 1000 to"),
        (lambda s: Frame(first_year=0), "first_year is 0: it must be a year from 1000 to 2100"),
        (lambda s: s.wide(["a"]), "coder is a list: it must be the name of a coder"),
        (lambda s: s.wide_statements(3), "coder is 3: it must be the name of a coder"),
        (lambda s: s.labels(["focus"]), "variable is a list: it must be the name of a variable"),
        (lambda s: s.labels("focus", 1), "part is 1: it must be the name of a part of the"),
        (lambda s: s.coders(None), "part is None: it must be the name of a part of the codebook"),
        (
            lambda s: s.category_labels("initiatives", "scop"),
            "no labels for initiatives.scop; there are: initiatives.",
        ),
        (lambda s: show(None, *TEXTS), "chart is None: it must be an Altair chart"),
        (lambda s: show(TABLE, *TEXTS), "chart is a DataFrame: it must be an Altair chart"),
        (lambda s: show(CHART, None, *TEXTS[1:]), "name is None: it must be text"),
        (lambda s: show(CHART, "a b", *TEXTS[1:]), "figure name 'a b': use lower-case letters"),
        (lambda s: show(CHART, "a", 3, "c", "d"), "title is 3: it must be text"),
        (lambda s: show(CHART, "a", "b", "c", None), "alt is None: it must be text"),
        (lambda s: show(CHART, *TEXTS, folder=3), "folder is 3: it must be the path of a folder"),
        (lambda s: show(CHART, *TEXTS, live=CHART), "live is a Chart: it must be a Live, or None"),
        (lambda s: show_table([], "a", "b"), "table is a list: it must be a DataFrame"),
        (lambda s: show_table(TABLE, 1, "b"), "name is 1: it must be text"),
        (lambda s: show_table(TABLE, "a", None), "title is None: it must be text"),
        (lambda s: show_table(TABLE, "a", "b", note=3), "note is 3: it must be text"),
    ],
)
def test_when_an_argument_is_of_no_use_then_one_line_says_what_is_allowed(study, call, said):
    with pytest.raises((TypeError, ValueError)) as caught:
        call(study)
    assert said in str(caught.value) and len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize("path", ["nowhere", "data/codebook.csv", "a\0b", "x" * 5_000])
def test_when_a_path_is_no_folder_of_data_then_the_one_error_says_so(path):
    with pytest.raises(DataError, match=r"found (no such folder|a file|File name too long)"):
        open_study(path)
