"""A truth planted in the evidence turns the verdicts it should, and the book says so by itself.

The evidence is the published one, but foci are reversed, the years of the frame run backwards and
every proposition rests on systematic evidence. Two chapters are executed on it, unedited.
"""

import csv
import re
import shutil
from concurrent.futures import ThreadPoolExecutor

import nbformat
import pytest
from made_studies import published, published_verdicts
from recomputed_verdicts import verdicts as recomputed

from tracktwo import Frame
from tracktwo.book.execute import execute
from tracktwo.book.results import collect, verdicts
from tracktwo.claims.standing import standings
from tracktwo.claims.verdicts import as_records
from tracktwo.ground import paths
from tracktwo.telling.told import TOLD

FIRST, LAST = 1992, 2004
TURNED = {"C2", "C3", "C4", "C6"}  # C1 may turn too: what began late began early now
UNTOUCHED = {"C5", "C7", "C8", "C9"}
REVERSED = {"relationship": "outcome", "outcome": "relationship"}
EVIDENT = {"asserted": "evidence", "anecdote": "evidence"}
IN_FULL = re.compile(r"^\| (C\d) \| \*\*([a-z ]+)\*\* \| \*\*([a-z ]+)\*\* \|", re.MULTILINE)
IN_FRONT = re.compile(r"^\| \*\*(C\d)\*\*[^|]*\| \*\*([a-z ]+)\*\*", re.MULTILINE)


def edit(file, change):
    """Replace every row of a CSV file by what `change` makes of it."""
    with file.open(encoding="utf-8", newline="") as opened:
        reader = csv.DictReader(opened)
        rows, columns = [change(row) for row in reader], reader.fieldnames
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def recode(variable, values):
    def change(row):
        hit = row["variable"] == variable
        return row | {"value": values.get(row["value"], row["value"])} if hit else row

    return change


def turn_round(row):
    """Mirror a start inside the frame's years; what has an end keeps its length."""
    if not row["start_year"] or not FIRST <= int(row["start_year"]) <= LAST:
        return row
    start = FIRST + LAST - int(row["start_year"])
    moved = start - int(row["start_year"])
    end = str(int(row["end_year"]) + moved) if row["end_year"] else ""
    return row | {"start_year": str(start), "end_year": end}


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """Return the folder of the planted data, and the two chapters executed on it."""
    folder = tmp_path_factory.mktemp("planted")
    data = folder / "data"
    shutil.copytree(paths.DATA, data)
    edit(data / "inventory/codes.csv", recode("focus", REVERSED))
    edit(data / "inventory/initiatives.csv", turn_round)
    edit(data / "practitioners/codes.csv", recode("proposition_support", EVIDENT))
    files = {"index": paths.ROOT / "index.ipynb", "verdicts": paths.CHAPTERS / "verdicts.ipynb"}

    def run(name):
        return execute(
            files[name], folder / f"{name}.ipynb", folder / f"figures/{name}", {"data": str(data)}
        )

    with ThreadPoolExecutor(len(files)) as pool:
        return data, dict(zip(files, pool.map(run, files), strict=True))


@pytest.fixture(scope="module")
def records(planted):
    return {record["id"]: record for record in verdicts(planted[1].items())}


@pytest.fixture(scope="module")
def now(records):
    """Return the verdict on each claim."""
    return {claim: record["verdict"] for claim, record in records.items()}


def shown(chapter, kind):
    """Return everything of one type that a chapter shows, as one text."""
    outputs = [output for cell in chapter.cells for output in cell.get("outputs", [])]
    return "\n".join(output.get("data", {}).get(kind, "") for output in outputs)


def test_when_a_truth_is_planted_then_the_verdicts_it_concerns_turn_and_no_other(records, now):
    stand = standings(published(), Frame(), published_verdicts())
    before = {record["id"]: record for record in as_records(published_verdicts(), stand)}
    assert {now[claim] for claim in TURNED} == {"not supported"}
    assert not any(before[claim]["verdict"] == "not supported" for claim in TURNED)
    assert {c: records[c] for c in UNTOUCHED} == {c: before[c] for c in UNTOUCHED}


def test_when_a_truth_is_planted_then_the_verdicts_are_those_of_plain_python(planted, now):
    assert now == {claim: found[-1] for claim, found in recomputed(planted[0]).items()}


def test_when_verdicts_turn_then_the_answer_counts_the_new_ones(planted, now):
    told = collect([("index", planted[1]["index"])])
    failed = sum(verdict == "not supported" for verdict in now.values())
    assert told["index.claims.claims"]["value"] == len(now)
    assert told["index.claims.failed"]["value"] == failed >= len(TURNED)


def test_when_verdicts_turn_then_the_tables_of_both_chapters_have_the_new_ones(planted, now):
    full = IN_FULL.findall(shown(planted[1]["verdicts"], "text/markdown"))
    assert {claim: verdict for claim, _, verdict in full} == now
    front = dict(IN_FRONT.findall(shown(planted[1]["index"], "text/markdown")))
    assert front == {claim: said for claim, said, _ in full}
    assert {front[claim] for claim in TURNED} == {"did not hold"}


def test_when_the_evidence_turns_then_no_sentence_or_title_outlives_it(planted):
    fronts = nbformat.read(paths.ROOT / "index.ipynb", as_version=4), planted[1]["index"]
    before, after = (left_out(front) for front in fronts)
    assert not before
    assert {"answer", "claims-more", "figure-starts", "figure-focus"} <= after
    titles = re.findall(r"index-starts: (.*)", shown(planted[1]["index"], "text/plain"))
    assert titles == ["Starts a year by who took part"]


def left_out(chapter):
    """Return the cells of a chapter that show a passage whose guard is false."""
    return {
        cell.id
        for cell in chapter.cells
        for output in cell.get("outputs", [])
        if output.get("metadata", {}).get(TOLD, {}).get("left_out")
    }
