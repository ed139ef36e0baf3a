"""What the workflow would redo, asked of Snakemake itself, on a book of two chapters."""

import os
import re
import subprocess
import sys

import pytest
from tiny_book import SIGNS, tiny_book
from tiny_notebooks import write

from tracktwo.book import notebooks


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Return a small copy of the repository whose two chapters have been executed."""
    root = tiny_book(tmp_path_factory.mktemp("workflow") / SIGNS)
    write(root / "chapters/one.ipynb", "import tracktwo\nprint(tracktwo.__file__)")
    run = snakemake(root, "executed")
    assert run.returncode == 0, run.stdout + run.stderr
    return root


def snakemake(root, *arguments):
    command = [sys.executable, "-m", "snakemake", "--cores", "2", "--max-checksum-file-size"]
    command += ["100MB", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def to_execute(root, *arguments):
    """Return the chapters that a run would execute."""
    said = snakemake(root, "--dry-run", "executed", *arguments)
    assert said.returncode == 0, said.stderr
    return re.findall(r"wildcards: chapter=(\S+)", said.stdout + said.stderr)


def test_when_a_checkout_is_copied_then_its_kernels_run_its_own_code(book):
    cells = notebooks.read(book / "_build/executed/chapters/one.ipynb").cells
    assert cells[-1].outputs[0].text.strip() == str(book / "tracktwo/__init__.py")


def test_when_only_dates_and_outputs_change_then_nothing_is_executed(book):
    for file in [*(book / "data").rglob("*.csv"), *(book / "tracktwo").glob("*.py")]:
        file.touch()
    executed = notebooks.read(book / "_build/executed/index.ipynb")
    notebooks.write(notebooks.without_injected(executed), book / "index.ipynb")
    assert to_execute(book) == []


def test_when_python_keeps_modules_then_no_step_reads_what_it_keeps(book):
    kept = book / "tracktwo/book/__pycache__/new.pyc"
    kept.parent.mkdir(exist_ok=True)
    kept.write_bytes(b"")
    said = snakemake(book, "--dry-run", "_build/stage/site")
    assert "tracktwo/book/rows.py" in said.stdout + said.stderr
    assert "__pycache__" not in said.stdout + said.stderr


def test_when_one_chapter_is_edited_then_it_alone_is_executed(book):
    before = (book / "chapters/one.ipynb").read_bytes()
    write(book / "chapters/one.ipynb", "2 + 2")
    assert to_execute(book) == ["chapters/one"]
    (book / "chapters/one.ipynb").write_bytes(before)


FONT = "_static/fonts/IBMPlexSans-Regular.ttf"


@pytest.mark.parametrize(
    "file", ["data/codebook.csv", "tracktwo/ground/paths.py", "requirements.txt", FONT]
)
def test_when_data_package_or_lock_change_then_every_chapter_is_executed(book, file):
    before = (book / file).read_bytes()
    (book / file).write_bytes(before + b"\n")
    # Older than what was made from it: as from an archive, or by `cp -p`.
    os.utime(book / file, (0, 0))
    assert sorted(to_execute(book)) == ["chapters/one", "index"]
    (book / file).write_bytes(before)


def test_when_a_file_that_the_book_needs_is_gone_then_it_is_named_and_nothing_stays_stale(book):
    (book / "references.bib").rename(book / "away")
    said = snakemake(book, "--dry-run", "executed")
    (book / "away").rename(book / "references.bib")
    assert said.returncode and "the book needs what is not there: references.bib" in said.stderr


def test_when_a_key_of_the_settings_is_there_twice_then_the_build_says_so_at_once(book):
    before = (book / "_config.yml").read_text()
    (book / "_config.yml").write_text(f"{before}\ntitle: Another\n")
    run = snakemake(book, "--dry-run", "executed")
    assert run.returncode == 1 and "Traceback" not in run.stderr
    line = len(before.splitlines()) + 2
    assert f"error: _config.yml, line {line}: found title a second time" in run.stderr
    (book / "_config.yml").write_text(before)


def test_when_parameters_change_then_every_chapter_is_executed(book):
    (book / "other.yml").write_text("nested: false\n")
    chosen = to_execute(book, "--config", "parameters=other.yml")
    assert sorted(chosen) == ["chapters/one", "index"]
