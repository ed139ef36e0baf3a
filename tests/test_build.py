"""What the command that builds says when it cannot, and whose environment it builds with."""

import errno
import os
import shutil
import subprocess
import sys

import pytest
from tiny_book import MADE_FOR, SIGNS, make

from tracktwo.book import build as building
from tracktwo.book import publish as publishing
from tracktwo.book.build import reason, usable
from tracktwo.book.errors import attempt, said
from tracktwo.ground import paths


@pytest.fixture
def refused(tmp_path):
    """Return a function that builds in a folder where it cannot, and returns what is said."""

    def build(out):
        command = [sys.executable, "-m", "tracktwo.book.build", "--out", str(out)]
        run = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=False)
        assert run.returncode == 1 and run.stdout == ""
        return run.stderr

    return build


# Places


def test_when_a_file_stands_where_the_book_should_go_then_one_line_says_so(refused, tmp_path):
    (tmp_path / "file").touch()
    for out, system in ((tmp_path / "file", "File exists"), (tmp_path / "file/x", "Not a dir")):
        message = refused(out)
        assert message.startswith(f"error: {out}: {system}")
        assert message.endswith("(a file stands where a folder is needed)\nThe build failed.\n")


def test_when_the_folder_could_be_taken_for_a_pattern_then_it_is_refused(refused, tmp_path):
    message = refused(tmp_path / "a{b}")
    assert "a{b}; allowed: a folder without { and } in its path" in message


def test_when_the_folder_may_not_be_written_in_then_one_line_says_so(tmp_path, monkeypatch):
    def deny(*_, **__):  # root may write everywhere, so the system's answer is played
        raise PermissionError(errno.EACCES, "Permission denied", str(tmp_path / "out"))

    monkeypatch.setattr(building.Path, "mkdir", deny)
    with pytest.raises(OSError, match="Permission denied") as caught:
        usable(tmp_path / "out")
    assert "Permission denied (it belongs to somebody else" in said(caught.value)


def test_when_the_disk_is_full_then_the_build_does_not_begin(tmp_path, monkeypatch):
    full = shutil.disk_usage(tmp_path)._replace(free=10**6)
    monkeypatch.chdir(tmp_path)
    usable(tmp_path / SIGNS)
    monkeypatch.setattr(building.shutil, "disk_usage", lambda _: full)
    with pytest.raises(OSError, match="No space left on device; a build needs") as caught:
        usable(tmp_path / SIGNS)
    assert said(caught.value).startswith(f"{tmp_path / SIGNS}: No space left")


def test_when_the_disk_runs_full_while_publishing_then_one_line_says_so_and_nothing_is_lost(
    tmp_path, monkeypatch, capsys
):
    for folder in ("html", "pdf", "site"):
        (tmp_path / folder).mkdir()
    (tmp_path / "html/index.html").write_text("old")

    def full(*_, **__):
        why = str(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "a", None, "index.html"))
        raise shutil.Error([("a", "index.html", why), ("b", "other.html", why)])

    monkeypatch.setattr(publishing.shutil, "copytree", full)
    given = [str(tmp_path / "site"), str(tmp_path), str(tmp_path / "book.pdf")]
    assert publishing.main(given) == 1
    hint = "(the disk is full; make room, then build again)"
    assert capsys.readouterr().err == f"\nerror: index.html: No space left on device {hint}\n\n"
    assert (tmp_path / "html/index.html").read_text() == "old"


def test_when_an_error_is_a_fault_of_the_code_then_it_keeps_its_traceback():
    def fault():
        raise KeyError("unforeseen")

    with pytest.raises(KeyError):
        attempt(fault, ValueError)
    assert attempt(lambda: int("x"), ValueError) == 1
    assert attempt(lambda: None) == 0


def test_when_snakemake_fails_itself_then_its_reason_is_told_without_a_traceback():
    trace = 'WorkflowError:\n  File "api.py", line 1, in f\n    f()\n\nOSError: no room\n'
    assert reason(trace) == "OSError: no room"
    assert reason("MissingInputException in rule x:\n    files\n") == (
        "MissingInputException in rule x:\n    files"
    )


# Whose environment


@pytest.fixture
def place(tmp_path):
    """Return a checkout, as far as make looks at it before it builds."""
    root = tmp_path / SIGNS
    (root / ".venv").mkdir(parents=True)
    (root / ".venv/bin").symlink_to(paths.ROOT / ".venv/bin")
    for name in ("Makefile", "requirements.txt", "pyproject.toml"):
        shutil.copy(paths.ROOT / name, root)
    subprocess.run(MADE_FOR, shell=True, cwd=root, check=True)
    return root


def made_anew(root):
    """Return whether make would make the environment before it builds."""
    plan = make(root, "--dry-run", "book")
    assert plan.returncode == 0, plan.stderr
    assert "tracktwo.book.build" in plan.stdout
    return "-m venv .venv" in plan.stdout


def test_when_only_dates_change_then_the_environment_stays(place):
    for name in ("requirements.txt", "pyproject.toml"):
        (place / name).touch()
    assert not made_anew(place)


@pytest.mark.parametrize("name", ["requirements.txt", "pyproject.toml"])
def test_when_the_lock_changes_under_an_old_date_then_the_environment_is_made_anew(place, name):
    (place / name).write_text((place / name).read_text() + "\n")
    os.utime(place / name, (0, 0))
    assert made_anew(place)


def test_when_a_checkout_is_copied_or_moved_then_its_environment_is_made_anew(place):
    copied = shutil.copytree(place, place.with_name("copy"), symlinks=True)
    assert made_anew(copied) and not made_anew(place)
    assert made_anew(place.rename(place.with_name("moved")))


def test_when_the_python_of_the_environment_is_gone_then_it_is_made_anew(place):
    (place / ".venv/bin").unlink()
    assert made_anew(place)


def test_when_the_folder_to_build_in_has_signs_then_the_build_gets_it_whole(place):
    plan = make(place, "--dry-run", "book", f"OUT={SIGNS}")
    (line,) = [line for line in plan.stdout.splitlines() if "tracktwo.book.build" in line]
    command = line.replace(".venv/bin/python -m tracktwo.book.build", "printf '%s\\n'")
    given = os.environ | {"OUT": SIGNS}
    run = subprocess.run(command, shell=True, env=given, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == ["all", "--out", SIGNS]
