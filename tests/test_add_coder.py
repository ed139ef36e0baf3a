"""Adding a person's codes to a data set: checked row by row, written whole or not at all."""

import json

import pytest
from small_study import edit, write_small_study

from tracktwo import open_study
from tracktwo.__main__ import main
from tracktwo.data.json_text import put
from tracktwo.data.validation.rounds import DESCRIPTOR

HEADER = "initiative_id,coder,variable,value\n"
SOME = f"{HEADER}peace-team,rivera,focus,outcome\npeace-team,rivera,issue,youth\n"
OWN = '{\n  "title": "Made",\n  "resources": [\n    {"name": "codes", "coding": {}}\n  ]\n}\n'


@pytest.fixture
def folder(tmp_path):
    folder = write_small_study(tmp_path / "made")
    (folder / DESCRIPTOR).write_text(OWN, encoding="utf-8")
    return folder


def add(folder, text, *more, name="rivera", file="codes.csv", encoding="utf-8"):
    path = folder.parent / file
    path.write_bytes(text.encode(encoding))
    return main(["add-coder", str(path), name, "--data", str(folder), *more])


def texts(folder):
    return {path: path.read_bytes() for path in folder.rglob("*.*")}


def test_when_a_sample_is_added_then_all_else_stays_as_it_was(folder, capsys):
    before = (folder / "inventory/codes.csv").read_text("utf-8")
    assert add(folder, SOME) == 0
    assert (folder / "inventory/codes.csv").read_text("utf-8") == before + SOME[len(HEADER) :]
    study = open_study(folder)
    assert study.people() == ["rivera"] and study.partial == {"inventory": ("rivera",)}
    assert "rivera" not in study.coders()
    assert (folder / DESCRIPTOR).read_text("utf-8").startswith('{\n  "coders": {\n    "rivera"')
    assert "2 codes of 1 initiatives by rivera" in capsys.readouterr().out


def test_when_a_spreadsheet_saved_the_file_then_it_is_read_all_the_same(folder):
    assert add(folder, SOME.replace("\n", "\r\n"), encoding="utf-8-sig") == 0
    assert b"\r" not in (folder / "inventory/codes.csv").read_bytes()


def test_when_everything_is_coded_then_the_coder_is_none_of_a_sample(folder):
    lines = (folder / "inventory/codes.csv").read_text("utf-8").splitlines(keepends=True)
    every = HEADER + "".join(x.replace("coder_1", "rivera") for x in lines if "coder_1" in x)
    assert add(folder, SOME) == 0
    assert add(folder, every, "--replace", "--round", "third", "coder_2") == 0
    study = open_study(folder)
    assert study.partial == {} and study.coders()[-1] == "rivera"
    pairs = {"first": ("coder_1", "coder_2"), "third": ("rivera", "coder_2")}
    assert study.rounds["inventory"] == pairs


def test_when_statements_are_coded_then_their_table_takes_the_codes(folder, capsys):
    said = "statement_id,coder,variable,value\ntalk-1999-s01,rivera,theme,reentry\n"
    assert add(folder, said) == 0
    assert "0 of 1 are finished" in capsys.readouterr().out
    more = "talk-1999-s01,rivera,question,context\ntalk-1999-s01,rivera,valence,neutral\n"
    assert add(folder, said + more, "--replace") == 0
    assert "1 of 1 are finished: there an optional question" in capsys.readouterr().out
    study = open_study(folder)
    assert study.people("practitioners") == ["rivera"] and study.people() == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{HEADER}nowhere,rivera,focus,both\n", "row 2, column initiative_id: found nowhere"),
        (f"{HEADER}peace-team,rivera,focus,=cmd()\n", "row 2, column value: found =cmd()"),
        (f"{HEADER}peace-team,rivera,colour,red\n", "row 2, column variable: found colour"),
        (f"{SOME}peace-team,haddad,focus,both\n", "row 4, column coder: found haddad"),
        (f"{SOME}peace-team,rivera,issue,youth\n", "row 4, column value: found youth"),
        (f"{SOME}peace-team,rivera,focus,both\n", "found outcome, both (peace-team, rivera)"),
        ("a,b\n1,2\n", "row 1: found a first row of other words: a, b"),
        (HEADER, "found a header only"),
        ("", "found an empty file"),
        ("PK\x03\x04", "codes.csv"),
    ],
)
def test_when_the_file_is_wrong_then_row_and_column_are_said_and_nothing_is_written(
    folder, capsys, text, found
):
    before = texts(folder)
    assert add(folder, text) == 2
    assert found in capsys.readouterr().err
    assert texts(folder) == before


@pytest.mark.parametrize("name", ["consensus", "Rivera", "../x", "", "a" * 41, "=x"])
def test_when_the_name_cannot_be_a_coders_then_it_is_refused(folder, name, capsys):
    assert add(folder, SOME, name=name) == 2
    assert "name of a coder" in capsys.readouterr().err


def test_when_the_name_is_taken_then_only_a_persons_codes_are_replaced(folder, capsys):
    assert add(folder, SOME) == 0
    assert add(folder, SOME) == 2
    assert add(folder, SOME.replace("outcome", "both"), "--replace") == 0
    assert add(folder, SOME, "--replace", name="coder_1") == 2
    assert "coder_1 is no person" in capsys.readouterr().err
    codes = open_study(folder).codes.query("coder == 'rivera'")
    assert codes["value"].tolist() == ["both", "youth"]


def test_when_the_data_have_changed_since_then_a_warning_says_so(folder, capsys):
    digest = open_study(folder).digest
    assert add(folder, SOME, file=f"codes_rivera_{digest}_seed1_n1.csv") == 0
    assert "warning" not in capsys.readouterr().out
    assert add(folder, SOME, "--replace", file=f"codes_rivera_{digest}_seed1_n1.csv") == 0
    assert f"warning: coded from data {digest}" in capsys.readouterr().out


def test_when_the_data_say_that_nobody_reviewed_them_then_one_is_asked_to_look(folder, capsys):
    own = (folder / DESCRIPTOR).read_text("utf-8")
    (folder / DESCRIPTOR).write_text(own.replace("{", '{"review": "Nobody has.",', 1), "utf-8")
    assert add(folder, SOME) == 0
    assert "still says what is true: “Nobody has.”" in capsys.readouterr().out


def test_when_the_data_would_be_broken_then_they_stay_as_they_are(folder, capsys):
    edit(folder, "inventory/initiatives.csv", "1995", "1905")
    before = texts(folder)
    assert add(folder, SOME) == 2
    assert "1905" in capsys.readouterr().err and texts(folder) == before


@pytest.mark.parametrize("text", ['{"a": [1, {"b": 2}], "c": "}"}', '{ "c": [] ,"a":[0,{}]}', "{}"])
def test_when_a_value_is_put_then_the_rest_of_the_text_stays(text):
    path = ["a", 1, "b"] if "a" in text else ["a"]
    changed = json.loads(put(text, path, '"new"'))
    wanted = json.loads(text)
    inner = wanted
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = "new"
    assert changed == wanted
