import subprocess
import sys

import pytest

from tracktwo import paths
from tracktwo.book.parameters import read_parameters


@pytest.fixture
def file(tmp_path):
    def write(text):
        (tmp_path / "edition.yml").write_text(text)
        return tmp_path / "edition.yml"

    return write


def test_when_there_is_no_file_or_an_empty_one_then_nothing_differs(file):
    assert read_parameters(None) == {}
    assert read_parameters(file("")) == read_parameters(file("# nothing yet\n")) == {}


def test_when_the_file_names_parameters_then_they_are_returned(file):
    text = "coder: first_1\ngrades: [A, B]\nnested: false\nbreak_year: 1999\n"
    expected = {"coder": "first_1", "grades": ["A", "B"], "nested": False, "break_year": 1999}
    assert read_parameters(file(text)) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- a\n", r"edition.yml: found \['a'\]; allowed: names with values"),
        ("break_year\n", "edition.yml: found 'break_year'; allowed"),
        ("1999: break_year\n", "edition.yml: found .*; allowed"),
        ("grades: [A\n", "edition.yml: not YAML: .*line"),
        ("a: !!python/object:os.system x\n", "edition.yml: not YAML"),
    ],
)
def test_when_the_file_is_something_else_then_it_says_what_is_allowed(file, text, said):
    with pytest.raises(ValueError, match=said):
        read_parameters(file(text))


def test_when_the_file_is_missing_then_the_build_says_so_and_keeps_what_stood(tmp_path):
    command = [sys.executable, "-m", "tracktwo.book.build", "--out", str(tmp_path / "out")]
    command += ["--parameters", str(tmp_path / "nowhere.yml")]
    run = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "nowhere.yml: cannot be read" in run.stderr and "Traceback" not in run.stderr
