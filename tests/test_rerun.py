"""Every command on the page `rerun`, run as it stands there.

In a copy of the repository, with the same environment. What builds a whole book is planned to the
last job by the same workflow, but not carried out (Snakemake's dry run): `make test` builds the
book anyway. Everything else is carried out.
"""

import csv
import json
import os
import re
import shutil
import subprocess
from dataclasses import fields

import nbformat
import pytest
import yaml
from tiny_book import checkout

from tracktwo import Frame, open_study
from tracktwo.book.results import values_told
from tracktwo.chapters.rerun import results as rerun
from tracktwo.ground import paths

PAGE = nbformat.read(paths.CHAPTERS / "rerun.ipynb", as_version=4)
LEFT_OUT = shutil.ignore_patterns(".venv", "_build", ".git", ".snakemake", "__pycache__", ".*cache")


def blocks(kind):
    """Return the page's fenced blocks of a kind."""
    outputs = [output for cell in PAGE.cells for output in cell.get("outputs", [])]
    text = "\n\n".join(output.data.get("text/markdown", "") for output in outputs)
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def commands(block):
    return re.findall(r"^\$ (.*)$", block, re.MULTILINE)


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """Return a copy of the repository with this environment as its own."""
    return checkout(tmp_path_factory.mktemp("clone") / "book", LEFT_OUT)


@pytest.fixture(scope="module")
def run(copy, tmp_path_factory):
    """Return a function that runs a command in the copy; whole books are only planned."""
    profile = tmp_path_factory.mktemp("profile")
    (profile / "config.yaml").write_text("dry-run: true\n")
    environment = os.environ | {"SNAKEMAKE_PROFILE": str(profile)}

    def run(command, folder=copy):
        return subprocess.run(
            ["bash", "-c", command],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def write_codes(folder, name):
    """Write the file of a person who coded everything, and says what the consensus says."""
    with (paths.DATA / "inventory/codes.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    with (folder / f"codes_{name}.csv").open("w", encoding="utf-8", newline="") as file:
        codes = [[key, name, *code] for key, coder, *code in rows if coder == "consensus"]
        csv.writer(file, lineterminator="\n").writerows([head, *codes])


TESTED = {"make review": "make -n review", "make sweep": "make -n sweep", "diff": "diff --help #"}
"""Commands that `test_review` and `test_sweep` carry out, and what is tried of them here."""


# The commands


def test_when_commands_are_shown_then_each_is_one_that_is_run_here():
    shown = [command for block in blocks("console") for command in commands(block)]
    lines = [line for block in blocks("console") for line in block.splitlines()]
    assert len(shown) == len(lines) > 8


def test_when_the_page_is_followed_then_every_command_succeeds(run, copy, tmp_path):
    for command in [command for block in blocks("console") for command in commands(block)]:
        if added := re.search(r"add-coder codes_(\w+)\.csv", command):
            write_codes(copy, added[1])
        for whole, tried in TESTED.items():
            command = command.replace(whole, tried)
        done = run(command.replace("_build/try", str(tmp_path)))
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    assert not list(copy.glob("_build/**/*.html")), "planned, not carried out"
    executed = nbformat.read(tmp_path / "change.ipynb", as_version=4)
    published = nbformat.read(paths.CHAPTERS / "change.ipynb", as_version=4)
    assert dict(values_told(executed)) != dict(values_told(published))
    assert open_study(copy / "mydata").coders()[-2:] == ["rivera", "haddad"]
    for file in copy.glob("*.yml"):
        if file.name[0] not in "_.":  # neither the book's settings nor a host's
            known = {"data", *(field.name for field in fields(Frame))}
            said = yaml.safe_load(file.read_text())
            assert set(said.get("grid", said)) <= known


def test_when_a_book_cannot_be_planned_then_the_command_fails(run):
    assert run("make edition NAME=missing PARAMETERS=missing.yml").returncode != 0


# The tables


def test_when_parameters_are_listed_then_each_has_its_default_and_its_meaning():
    study = open_study()
    table = rerun.parameters_table(study).set_index("Parameter")
    assert list(table.index) == [f"`{field.name}`" for field in fields(Frame)]
    assert table.loc["`nested`"].tolist() == [
        "`true`",
        "Whether rows that are part of another row are in.",
    ]
    for field in fields(Frame):
        default = yaml.safe_load(table.loc[f"`{field.name}`", "Default"].strip("`"))
        assert Frame(**{field.name: default}) == Frame()


def test_when_files_are_listed_then_all_are_there_with_their_columns():
    table = rerun.files_table(open_study())
    listed = [path.strip("`") for path in table["File"]]
    found = {file.relative_to(paths.DATA).as_posix() for file in paths.DATA.rglob("*.csv")}
    assert set(listed) == found and len(listed) == len(found)
    for path, rows, columns in zip(listed, table["Rows"], table["Columns"], strict=True):
        with (paths.DATA / path).open(encoding="utf-8", newline="") as file:
            header, *body = csv.reader(file)
        assert columns == ", ".join(f"`{name}`" for name in header)
        assert rows == len(body)


def test_when_packages_are_listed_then_they_are_those_asked_for_in_their_locked_versions():
    asked = re.findall(r"^([\w-]+)", (paths.ROOT / "requirements.in").read_text(), re.MULTILINE)
    locked = (paths.ROOT / "requirements.txt").read_text()
    for name, version in rerun.packages_table().itertuples(index=False):
        assert name in asked
        assert f"\n{name}=={version} " in f"\n{locked}"


def test_when_parameters_are_given_as_json_then_they_are_those_of_the_frame():
    (given,) = re.findall(r"--parameters '(.*)'", "".join(blocks("console")))
    assert set(json.loads(given)) <= {field.name for field in fields(Frame)}
