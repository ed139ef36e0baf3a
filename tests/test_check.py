import subprocess
import sys

import pytest
from small_study import edit, write_small_study

from tracktwo.__main__ import main


@pytest.fixture
def study(tmp_path):
    return write_small_study(tmp_path / "study")


def test_when_data_are_good_then_check_says_so_in_a_line(study, capsys):
    assert main(["check", str(study)]) == 0
    out = capsys.readouterr().out
    assert out.count("\n") == 1 and "12 tables" in out and "rows" in out


def test_when_data_are_bad_then_check_prints_each_problem(study, capsys):
    edit(study, "inventory/initiatives.csv", ",binational,", ",national,")
    (study / "codebook.csv").unlink()
    assert main(["check", str(study)]) == 2
    out = capsys.readouterr().out
    assert "2 problems" in out and "codebook.csv: found no such file" in out
    assert "inventory/initiatives.csv, row 2, column scope: found national; allowed: bin" in out


def test_when_folder_is_unknown_then_check_says_so(tmp_path, capsys):
    assert main(["check", str(tmp_path / "nowhere")]) == 2
    out = capsys.readouterr().out
    assert "nowhere" in out and "no such folder" in out


def test_when_no_command_is_given_then_usage_is_shown(capsys):
    with pytest.raises(SystemExit, match="2"):
        main([])
    assert "check" in capsys.readouterr().err


def test_when_run_as_a_module_then_a_relative_folder_is_that_of_the_user(study):
    done = subprocess.run(
        [sys.executable, "-m", "tracktwo", "check", study.name],
        cwd=study.parent,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_when_parameters_name_other_data_then_they_are_not_held_against_these(
    study, tmp_path, capsys
):
    other = write_small_study(tmp_path / "other")
    file = tmp_path / "mine.yml"
    file.write_text(f"data: {other}\n", encoding="utf-8")
    assert main(["check", str(study), "--parameters", str(file)]) == 2
    assert f"data: found {other}; allowed: {study}, which is checked" in capsys.readouterr().out
    assert main(["check", str(other), "--parameters", str(file)]) == 0
