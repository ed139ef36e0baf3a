"""Sweeps: what a grid may ask for, what a setting comes to, and a sweep that is gone on with."""

import csv
import io
import json
import re

import pytest
from made_studies import published, published_verdicts
from small_study import write_small_study
from tiny_book import make, tiny_book

from tracktwo import Frame
from tracktwo.book.sweep import results
from tracktwo.book.sweep.grid import read_grid
from tracktwo.book.sweep.page import as_csv, claim_of, most_moving, page, strip
from tracktwo.book.sweep.results import compute, in_order, key_of
from tracktwo.book.sweep.run_sweep import in_time
from tracktwo.claims.standing import standings
from tracktwo.claims.verdicts import as_records, reach
from tracktwo.ground import paths

SUBMIT = 'nohup sh "$1" >/dev/null 2>&1 & echo $!\n'
"""A cluster of one machine: takes a job, answers with its number, and lets it run."""

PROFILE = """\
executor: cluster-generic
cluster-generic-submit-cmd: sh cluster/submit.sh
jobs: 2
seconds-between-status-checks: 1
"""


@pytest.fixture
def file(tmp_path):
    def write(text):
        (tmp_path / "grid.yml").write_text(text)
        return tmp_path / "grid.yml"

    return write


# The file


def test_when_a_grid_is_given_then_every_combination_is_a_setting(file):
    grid = read_grid(file("grid:\n  nested: [true, false]\n  grades: [[A, B], [A]]\n"))
    assert not grid.editions
    assert list(grid.settings) == [
        {"nested": nested, "grades": grades}
        for nested in (True, False)
        for grades in (["A", "B"], ["A"])
    ]


def test_when_settings_are_listed_then_they_are_taken_as_they_are(file):
    grid = read_grid(file("settings:\n- {coder: first_1}\n- {}\neditions: true\n"))
    assert grid.settings == ({"coder": "first_1"}, {}) and grid.editions


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "found nothing; allowed: grid (parameters"),
        ("coder: [a]\n", "line 1: found coder; allowed: grid"),
        ("grid: {nested: [no]}\nsettings: [{}]\n", "line 1: found grid, settings; allowed"),
        ("grid: {nested: [no]}\neditions: 3\n", "line 2, editions: found 3; allowed: true or"),
        ("grid:\n  nested: no\n", "line 2, nested: found no; allowed: a list of values"),
        ("grid:\n  nested: []\n", "line 2, nested: found []; allowed: a list of values"),
        ("grid:\n  nested:\n  - no\n  - No\n", "line 4, nested: found False a second time"),
        ("grid:\n  nested: [no]\n  nested: [yes]\n", "line 3, grid: found nested a second"),
        ("grid:\n  nestled: [no]\n", "line 2, nestled: found no such parameter; allowed: data"),
        ("grid:\n  nested:\n  - no\n  - often\n", "line 4, nested: found often; allowed: true or"),
        ("grid:\n  coder:\n  - nobody\n", "line 3: coder (line 3): no coder 'nobody'"),
        ("settings:\n- {grades: [A]}\n- {grades: [Z]}\n", "line 3: grades (line 3): no evidence_"),
        ("settings:\n- {}\n- 3\n", "line 3: found 3; allowed: names with values"),
        ("settings:\n- {nested: no}\n- {nested: No}\n", "line 3, settings: found"),
        ("settings: []\n", "line 1: found 0; allowed: 1 to"),
        ("grid:\n  data: [nowhere]\n", "line 2, data: found nowhere; allowed: a folder"),
        ("- grid\n", "line 1: found - grid; allowed: names with values"),
    ],
)
def test_when_a_file_asks_for_what_is_not_there_then_its_line_is_named(file, text, said):
    with pytest.raises(ValueError) as caught:
        read_grid(file(text))
    assert f"grid.yml, {said}" in str(caught.value) or f"grid.yml: {said}" in str(caught.value)


def test_when_years_do_not_go_together_then_both_lines_are_named(file):
    text = "grid:\n  first_year: [1992, 1996]\n  break_year:\n  - 2000\n  - 1995\n"
    with pytest.raises(ValueError, match=r"first_year \(line 2\) and break_year \(line 5\): break"):
        read_grid(file(text))


def test_when_too_many_are_asked_for_then_none_is_computed(file):
    years = ", ".join(map(str, range(1950, 2030)))
    text = "".join(f"  {name}_year: [{years}]\n" for name in ("first", "last", "break"))
    with pytest.raises(ValueError, match="found 512,000 settings; allowed: 20,000"):
        read_grid(file(f"grid:\n{text}"))


# What a setting comes to


def test_when_settings_are_computed_then_each_says_what_the_book_would():
    other = {"coder": "first_1", "grades": ["A", "B"], "nested": False}
    settings = in_order([{}, other | {"break_year": 1998, "waves": ["first"]}])
    for setting, found in zip(settings, compute(settings), strict=True):
        frame = Frame(**setting)
        verdicts = reach(published(), frame) if setting else published_verdicts()
        told = as_records(verdicts, standings(published(), frame, verdicts))
        assert found["setting"] == setting
        for claim, of in zip(found["claims"], told, strict=True):
            assert claim | {"parts": of["parts"]} == of
            for part, same in zip(claim["parts"], of["parts"], strict=True):
                assert part | same == part


def test_when_a_setting_leaves_nothing_then_it_has_its_reason_and_the_next_is_computed(tmp_path):
    data = str(write_small_study(tmp_path / "small"))
    settings = [{"data": data, "grades": ["A"], "waves": ["gap"]}, {"data": data}]
    nothing, some = compute(settings)
    assert nothing["claims"] == [] and nothing["reason"] == "no initiative is left inside the frame"
    assert some["claims"] and "reason" not in some


def test_when_the_code_fails_under_one_setting_then_the_others_are_computed(tmp_path, monkeypatch):
    def reach_one(claim, study, frame, *_):
        if frame.coder == "coder_1":
            raise KeyError("unforeseen")
        return real(claim, study, frame, *_)

    real = results.reach_one
    monkeypatch.setattr(results, "reach_one", reach_one)
    data = str(write_small_study(tmp_path / "small"))
    bad, good = compute([{"data": data, "coder": "coder_1"}, {"data": data}])
    assert bad["fault"] == "KeyError: 'unforeseen'" and good["claims"]


def test_when_a_setting_differs_then_so_does_the_name_of_its_result():
    keys = {key_of(s) for s in ({}, {"nested": False}, {"nested": True}, {"break_year": 1999})}
    assert len(keys) == 4 and all(re.fullmatch("[0-9a-f]{20}", key) for key in keys)


# The page


def result(setting, verdict="supported", estimate=0.6):
    numbers = {"estimate": estimate, "low": 0.5, "high": 0.7, "n": 20, "direction": "open"}
    part = {"name": "share <of it>", "kind": "share", "predicted": "> 0.5", "border": 0.5}
    claim = {"id": "C1", "verdict": verdict, "standing": "held", "parts": [part | numbers]}
    return {"setting": setting, "claims": [claim]}


SWEPT = [
    result({"coder": coder, "nested": nested}, "leaning" if coder == "b" else "supported")
    for coder in ("a", "b")
    for nested in (True, False)
]


def test_when_verdicts_differ_then_the_parameter_that_parts_them_is_named():
    said = claim_of(SWEPT[0]["claims"][0], SWEPT)
    assert said["counts"] == {"supported": 2, "leaning": 2} and said["other"] == 2
    assert said["moves"] == {"name": "coder", "rows": [("a", 0, 2), ("b", 2, 2)]}
    assert [each["setting"] for each in said["differing"]] == [
        "coder: b; nested: yes",
        "coder: b; nested: no",
    ]


def test_when_the_verdict_is_the_same_everywhere_then_nothing_moves_it():
    assert most_moving(SWEPT, [False] * 4) is None


def test_when_estimates_are_drawn_then_the_published_one_and_the_border_are_marked():
    part = SWEPT[0]["claims"][0]["parts"][0]
    drawn = strip(part, [part | {"estimate": value} for value in (0.2, None, 0.8)])
    places = [x for x, _ in drawn["dots"]]
    assert places[0] < drawn["border"] < drawn["own"] < places[-1]
    assert drawn["none"] == 1 and drawn["range"] == ["20%", "80%"]


def test_when_the_page_is_written_then_it_says_whose_verdicts_these_are_not(tmp_path):
    empty = {"setting": {"data": "<script>"}, "claims": [], "reason": "nothing <left>"}
    text = page(tmp_path / "many", SWEPT[0], [*SWEPT, empty])
    assert "These are not the book's verdicts" in text
    assert "nothing &lt;left&gt;" in text and "<script" not in text
    assert text.count('class="dot"') == 4 and "http" not in text.replace("http-equiv", "")


def test_when_the_table_is_written_then_each_part_has_a_row_and_nothing_runs_as_a_formula():
    empty = {"setting": {"data": "=1+1"}, "claims": [], "reason": "nothing is left"}
    rows = list(csv.DictReader(io.StringIO(as_csv([*SWEPT, empty]))))
    assert [row["verdict"] for row in rows] == ["supported"] * 2 + ["leaning"] * 2 + [""]
    assert rows[-1]["reason"] == "nothing is left" and rows[-1]["data"] == "'=1+1"


def test_when_time_is_left_then_it_is_said_as_people_say_it():
    assert (in_time(41.2), in_time(600)) == ("41 s", "10 min")


# A whole sweep, on this machine and on a cluster


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Return a tiny book with a grid of three settings, one of which leaves nothing."""
    root = tiny_book(tmp_path_factory.mktemp("sweep") / "book")
    package = json.loads((paths.DATA / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        resource.get("coding", {}).pop("rounds", None)  # of coders that the small study lacks
    (root / "data/datapackage.json").write_text(json.dumps(package), "utf-8")
    text = "settings:\n- {nested: false}\n- {grades: [A], waves: [gap]}\n- {coder: coder_1}\n"
    (root / "three.yml").write_text(text)
    (root / "cluster").mkdir()
    (root / "cluster/submit.sh").write_text(SUBMIT)
    (root / "cluster/config.yaml").write_text(PROFILE)
    return root


@pytest.fixture(scope="module")
def on_cluster(place):
    """Return what `make` said and returned when the cluster swept."""
    return make(place, "sweep", "GRID=three.yml", "PROFILE=cluster")


def test_when_jobs_go_to_a_cluster_then_the_results_come_back(place, on_cluster):
    assert on_cluster.returncode == 0, on_cluster.stdout + on_cluster.stderr
    assert "4 of 4 settings" in on_cluster.stdout
    swept = json.loads((place / "_build/sweeps/three/results.json").read_text("utf-8"))
    assert [bool(each["claims"]) for each in swept["settings"]] == [True, False, True]
    assert swept["settings"][1]["reason"] == "no initiative is left inside the frame"


def test_when_a_sweep_was_stopped_then_the_next_goes_on_from_there_and_comes_to_the_same(
    place, on_cluster
):
    folder = place / "_build/sweeps/three"
    files = sorted((folder / "results").glob("*.json"))
    before = {file: file.stat().st_mtime_ns for file in files[1:]}
    whole = (folder / "results.json").read_bytes()
    files[0].unlink()
    files[0].with_suffix(".new").write_text("half")
    done = make(place, "sweep", "GRID=three.yml")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 of 4 settings are there already" in done.stdout
    assert {file: file.stat().st_mtime_ns for file in files[1:]} == before
    assert (folder / "results.json").read_bytes() == whole


def test_when_the_grid_is_bad_then_the_last_page_stays(place):
    (place / "bad.yml").write_text("grid:\n  coder: [nobody]\n")
    done = make(place, "sweep", "GRID=bad.yml")
    assert done.returncode == 2 and "error: bad.yml, line 2: coder" in done.stderr
    assert not (place / "_build/sweeps/bad").exists()
