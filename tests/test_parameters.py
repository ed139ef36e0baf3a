import re
import subprocess
import sys

import pytest
from other_conflict import write_other_conflict
from small_study import write_small_study

from tracktwo import open_study
from tracktwo.__main__ import main
from tracktwo.book.parameters import check_parameters, of_chapter, read_parameters
from tracktwo.ground import paths


@pytest.fixture
def file(tmp_path):
    def write(text):
        (tmp_path / "edition.yml").write_text(text)
        return tmp_path / "edition.yml"

    return write


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return open_study(write_small_study(tmp_path_factory.mktemp("data") / "study"))


def test_when_there_is_no_file_or_an_empty_one_then_nothing_differs(file):
    assert read_parameters(None) == {}
    assert read_parameters(file("")) == read_parameters(file("# nothing yet\n")) == {}


def test_when_the_file_names_parameters_then_they_are_returned(file):
    text = "coder: first_1\ngrades: [A, B]\nnested: false\nbreak_year: 1999\ndata: data\n"
    expected = {"coder": "first_1", "grades": ["A", "B"], "nested": False, "break_year": 1999}
    assert read_parameters(file(text)) == {**expected, "data": "data"}
    assert read_parameters(file(f"\ufeff{text}")) == {**expected, "data": "data"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- a\n", "edition.yml, line 1: found - a; allowed: names with values"),
        ("break_year\n", "edition.yml, line 1: found break_year; allowed: names with"),
        ("break_year=1999", "line 1: found break_year=1999; allowed: names with values"),
        ("nested: no\n1999: break_year\n", "edition.yml, line 2: found 1999; allowed: names"),
        ("? [a]\n: b\n", "edition.yml, line 1: found [a]; allowed: names with values"),
        ("grades: [A\n", "edition.yml: not YAML: "),
        ("nested: no\n---\nnested: no\n", "edition.yml: not YAML: "),
        ("coder: \x01", "edition.yml: not YAML: "),
        ('coder: "\\UFFFFFFFF"', "edition.yml: not YAML: "),
        ("[" * 5_000, "edition.yml: not YAML: "),
        ("# no end\n" * 20_000, "more than 100,000 bytes"),
    ],
)
def test_when_the_file_is_something_else_then_it_says_what_is_allowed(file, text, said):
    with pytest.raises(ValueError) as caught:
        read_parameters(file(text))
    assert said in str(caught.value) and len(str(caught.value).splitlines()) == 1


def test_when_the_file_is_no_text_or_no_file_then_it_says_so(tmp_path):
    (tmp_path / "edition.yml").write_bytes("nested: no".encode("utf-16"))
    for path in (tmp_path / "edition.yml", tmp_path):
        with pytest.raises(ValueError, match=r"cannot be read as a file of parameters \(.+\)$"):
            read_parameters(path)


NAMES = "data, coder, scope, units, grades"
A_LIST = "a list of names, none of them twice"
A_YEAR = "a year from 1000 to 2100"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("brake_year: 1999", f"line 1, brake_year: found no such parameter; allowed: {NAMES}"),
        ("figures: mine", f"line 1, figures: found no such parameter; allowed: {NAMES}"),
        ("Coder: first_1", "line 1, Coder: found no such parameter; allowed: "),
        ("coder:", "line 1, coder: found nothing; allowed: a name"),
        ("coder: yes", "line 1, coder: found yes; allowed: a name"),
        ("coder: [first_1]", "line 1, coder: found [first_1]; allowed: a name"),
        ("coder: !!python/object:os.system x", "found !!python/object:os.system x; allowed: a "),
        ("scope: binational", f"line 1, scope: found binational; allowed: {A_LIST}"),
        ("scope: []", f"line 1, scope: found []; allowed: {A_LIST}"),
        ("grades: [A, A]", f"line 1, grades: found [A, A]; allowed: {A_LIST}"),
        ("grades: [A, 1]", f"line 1, grades: found [A, 1]; allowed: {A_LIST}"),
        ("grades: [A, [B]]", f"line 1, grades: found [A, [B]]; allowed: {A_LIST}"),
        ("grades: &a [*a]", f"line 1, grades: found &a [*a]; allowed: {A_LIST}"),
        ("grades: {A: B}", "line 1, grades: found {A: B}; allowed: a list"),
        ("nested: maybe", "line 1, nested: found maybe; allowed: true or false"),
        ('nested: "no"', 'line 1, nested: found "no"; allowed: true or false'),
        ("borderline: 0", "line 1, borderline: found 0; allowed: true or false"),
        ('break_year: "1999"', f'line 1, break_year: found "1999"; allowed: {A_YEAR}'),
        ("break_year: 1999.5", f"line 1, break_year: found 1999.5; allowed: {A_YEAR}"),
        ("break_year: 1999-12-31", "found 1999-12-31; allowed: a year"),
        ("break_year: 1999-99-99", "found 1999-99-99; allowed: a year"),
        ("break_year: " + "9" * 5_000, "allowed: a year"),
        ("break_year: true", "found true; allowed: a year"),
        ("last_year: 20040", "found 20040; allowed: a year"),
        ("first_year: 0", "found 0; allowed: a year"),
        ("nested: no\nnested: no", "line 2, nested: found a second value (the first is in line 1)"),
        ("data: 2012", "line 1, data: found 2012; allowed: the path of a folder"),
        ("data: nowhere", "found nowhere; allowed: a folder, below the repository's root or abs"),
        ("data: data/codebook.csv", "root or absolute (a file)"),
        ('data: "\\0"', "absolute (no such folder)"),
    ],
)
def test_when_a_parameter_is_wrong_then_file_line_and_what_is_allowed_are_told(file, text, said):
    with pytest.raises(ValueError) as caught:
        read_parameters(file(text))
    assert "edition.yml, line " in str(caught.value) and said in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_when_several_parameters_are_wrong_then_each_is_told_and_no_alias_blows_up(file):
    bomb = "\n".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]" for n in range(1, 60))
    with pytest.raises(ValueError) as caught:
        read_parameters(file(f"a0: &a0 [x]\n{bomb}\n"))
    assert len(str(caught.value).splitlines()) == 60


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("break_year: 2010", "line 1: break_year is 2010: it must be at least first_year (1992)"),
        ("nested: no\nlast_year: 1999", "line 2: break_year is 2000: it must be at least"),
        ("coder: bob", "line 1, coder: no coder 'bob' in part inventory; there are: coder_1, "),
        ("nested: no\ngrades: [A, D]", "line 2, grades: no evidence_grade D; there are: A, B, C"),
        ("scope: [local]", "line 1, scope: no scope local; there are: binational, regional"),
        ("units: [club]", "line 1, units: no unit club; there are: initiative, umbrella"),
        ("units: [umbrella]", "line 1, units: no initiative is left inside the frame"),
        (
            "grades: [A]\nfirst_year: 1985\nbreak_year: 1986\nlast_year: 1988",
            "edition.yml: with all its parameters, no initiative is left inside the frame",
        ),
    ],
)
def test_when_the_data_do_not_have_a_value_then_it_is_told(file, study, text, said):
    with pytest.raises(ValueError) as caught:
        check_parameters(file(text), study)
    assert said in str(caught.value) and len(str(caught.value).splitlines()) == 1


def test_when_data_have_years_of_their_own_then_parameters_are_held_against_those(file, tmp_path):
    other = open_study(write_other_conflict(tmp_path / "other"))
    check_parameters(file("last_year: 1985\nscope: [two_sided]\ngrades: [strong]"), other)
    for text, said in {
        "break_year: 2000": "it must be at least first_year (1960) and before last_year (1990)",
        "grades: [A]": "no evidence_grade A; there are: strong, weak",
        "coder: coder_1": "no coder 'coder_1' in part inventory; there are: ada, bo, consensus",
    }.items():
        with pytest.raises(ValueError, match=re.escape(said)):
            check_parameters(file(text), other)


def test_when_a_chapter_runs_on_other_data_then_their_package_says_what_is_not_given(tmp_path):
    folder = str(write_other_conflict(tmp_path / "other"))
    full = of_chapter({"data": folder, "grades": ["strong"]})
    assert full["data"] == folder and full["grades"] == ["strong"]
    assert (full["scope"], full["break_year"]) == (["two_sided", "kin_states"], 1974)
    assert of_chapter({"nested": False}) == {"nested": False}, "the cell has the published ones"


def test_when_parameters_are_held_against_data_then_check_says_which_is_wrong(file, study, capsys):
    folder = str(study.path)
    assert main(["check", folder, "--parameters", str(file("coder: coder_2"))]) == 0
    assert main(["check", folder, "--parameters", str(file("coder: rivera"))]) == 2
    assert "edition.yml, line 1, coder: no coder 'rivera'" in capsys.readouterr().out


def build(*arguments):
    command = [sys.executable, "-m", "tracktwo.book.build", "--edition=rivera"]
    command += map(str, arguments)
    return subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=False)


def test_when_the_file_is_missing_then_the_build_says_so_and_keeps_what_stood(tmp_path):
    run = build("--out", tmp_path / "out", "--parameters", tmp_path / "nowhere.yml")
    assert run.returncode == 1
    assert "nowhere.yml: cannot be read" in run.stderr and "Traceback" not in run.stderr


def test_when_the_data_lack_a_value_then_the_build_says_so_before_a_chapter_runs(tmp_path, file):
    out = tmp_path / "out"
    parameters = file("nested: no\ncoder: rivera").rename(tmp_path / "Rivera's (2nd) edition.yml")
    run = build("--out", out, "--parameters", parameters)
    assert run.returncode == 1
    assert "(2nd) edition.yml, line 2, coder: no coder 'rivera'" in run.stdout + run.stderr
    assert "Traceback" not in run.stderr and not (out / "executed").exists()
