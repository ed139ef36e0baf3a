"""`tracktwo new`: an empty package that holds, says what is missing, and overwrites nothing."""

import csv
import json

import pytest

from tracktwo import Frame, open_study
from tracktwo.__main__ import main
from tracktwo.claims.verdicts import UNTESTABLE, reach
from tracktwo.data.package import published


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data") / "new"
    assert main(["new", str(folder)]) == 0
    return folder


def test_when_a_package_is_new_then_check_passes_on_it(folder, capsys):
    assert main(["check", str(folder)]) == 0
    assert "12 tables" in capsys.readouterr().out


def test_when_a_package_is_new_then_each_row_of_evidence_says_that_it_is_an_example(folder):
    for table in published()["resources"]:
        if table["name"] not in ("codebook", "claims", "codes", "statement_codes"):
            text = (folder / table["path"]).read_text(encoding="utf-8")
            assert len(list(csv.reader(text.splitlines()))) == 2 and "is an example" in text


def test_when_a_package_is_new_then_its_readme_explains_every_column(folder):
    readme = (folder / "README.md").read_text(encoding="utf-8")
    for table in published()["resources"]:
        section = readme.split(f"## {table['path']}\n")[1].split("\n## ")[0]
        for field in table["schema"]["fields"]:
            assert f"- `{field['name']}`" in section


def test_when_a_package_is_new_then_nothing_in_it_is_about_the_published_conflict(folder):
    study = open_study(folder)
    for file in [f for f in folder.rglob("*") if f.is_file()]:
        text = file.read_text(encoding="utf-8").replace("Oslo and Its Aftermath, Reopened", "")
        assert not published_words(text), file.name
    assert not study.package.is_of_published_conflict and not study.package.is_published
    assert study.package.frame["scope"] == ("both_sides",)


def published_words(text):
    return open_study().package.conflict.found_in(text)


def test_when_a_package_is_new_then_no_claim_can_be_tested_yet(folder):
    study = open_study(folder)
    verdicts = reach(study, Frame.of(study))
    assert len(verdicts) == 9
    assert {found.verdict for found in verdicts.values()} == {UNTESTABLE}


def test_when_the_new_packages_statements_are_read_then_each_is_there_to_be_filled_in(folder):
    said = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for name in ("title", "contributors", "method", "collected", "review", "conflict", "frame"):
        assert said[name]


@pytest.mark.parametrize("kind", ["files", "a file", "a link"])
def test_when_something_is_there_then_nothing_is_overwritten(tmp_path, capsys, kind):
    folder = tmp_path / "mine"
    if kind == "files":
        folder.mkdir()
        (folder / "codebook.csv").write_text("mine", encoding="utf-8")
    elif kind == "a file":
        folder.write_text("mine", encoding="utf-8")
    else:
        folder.symlink_to(tmp_path / "elsewhere")
    before = sorted(tmp_path.rglob("*"))
    assert main(["new", str(folder)]) == 2
    assert "allowed: a new folder, or an empty one" in capsys.readouterr().out
    assert sorted(tmp_path.rglob("*")) == before


def test_when_the_folder_is_empty_or_deep_then_it_is_filled(tmp_path):
    (tmp_path / "empty").mkdir()
    for name in ("empty", "a/b/c"):
        assert main(["new", str(tmp_path / name)]) == 0
        assert (tmp_path / name / "inventory/initiatives.csv").is_file()
    assert not list(tmp_path.rglob(".new-*"))
