"""The same book on another machine: every byte, whatever computes it."""

import csv
import json
import subprocess
import sys

import pytest
from elsewhere import compute_elsewhere, computed, execute_all, surroundings

from tracktwo.book import notebooks
from tracktwo.book.toc import chapter_files
from tracktwo.ground import paths

CHAPTERS = [file.removesuffix(".ipynb") for file in chapter_files()]
AROUND = 30  # characters shown before and after the first difference of two texts


def differences(here, there, place=""):
    """Yield the places where two plain values differ, with both values."""
    if isinstance(here, dict) and isinstance(there, dict):
        for key in sorted({*here, *there}):
            yield from differences(here.get(key), there.get(key), f"{place} {key}")
    elif isinstance(here, list) and isinstance(there, list) and len(here) == len(there):
        for index, pair in enumerate(zip(here, there, strict=True)):
            yield from differences(*pair, f"{place}[{index}]")
    elif isinstance(here, str) and isinstance(there, str) and here != there:
        at = next((i for i, (a, b) in enumerate(zip(here, there, strict=False)) if a != b), 0)
        part = slice(max(at - AROUND, 0), at + AROUND)
        yield f"{place}, character {at}: {here[part]!r} here, {there[part]!r} there"
    elif here != there:
        yield f"{place}: {str(here)[:80]} here, {str(there)[:80]} there"


def file_differences(here, there):
    """Return where two files differ: by key, by row and column, or by character."""
    if here.read_bytes() == there.read_bytes():
        return []
    texts = [file.read_text("utf-8") for file in (here, there)]
    if here.suffix == ".json":
        texts = [json.loads(text) for text in texts]
    elif here.suffix == ".csv":
        rows = [enumerate(csv.DictReader(text.splitlines()), start=2) for text in texts]
        texts = [{f"row {n}, column": row for n, row in numbered} for numbered in rows]
    return list(differences(*texts, here.name)) or [f"{here.name}: other bytes, the same values"]


def outputs(notebook):
    """Return the outputs of each code cell."""
    code = [cell for cell in notebooks.without_injected(notebook).cells if "outputs" in cell]
    return json.loads(json.dumps({f"code cell {i}": c.outputs for i, c in enumerate(code, 1)}))


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    """Execute all chapters as a machine without vector instructions and with two threads does."""
    out = tmp_path_factory.mktemp("elsewhere")
    failed = execute_all(CHAPTERS, out, threads=2)
    assert not failed, "\n".join(f"{chapter}: {text}" for chapter, text in failed.items())
    return out


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_when_executed_elsewhere_then_figures_and_outputs_are_the_committed_ones(
    chapter, elsewhere
):
    found = []
    for there in sorted((elsewhere / "figures" / chapter).iterdir()):
        here = paths.FIGURES / there.name
        found += file_differences(here, there) if here.exists() else [f"no figures/{there.name}"]
    here, there = (notebooks.read(root / f"{chapter}.ipynb") for root in (paths.ROOT, elsewhere))
    found += differences(outputs(here), outputs(there), f"{chapter}.ipynb:")
    assert not found, f"{len(found)} differences; the first:\n" + "\n".join(found[:10])


def test_when_computed_elsewhere_with_one_thread_then_no_result_differs_in_any_digit():
    found = list(differences(json.loads(json.dumps(computed())), compute_elsewhere(threads=1)))
    assert not found, f"{len(found)} differences; the first:\n" + "\n".join(found[:10])


def test_when_it_is_another_machine_then_numpy_leaves_out_all_it_can_and_does_not_complain():
    code = (
        "from numpy._core import _multiarray_umath as core\n"
        "print([f for f in core.__cpu_dispatch__ if core.__cpu_features__.get(f)])"
    )
    command = [sys.executable, "-W", "error", "-c", code]
    run = subprocess.run(command, env=surroundings(1), capture_output=True, text=True, check=False)
    assert (run.stdout.strip(), run.stderr) == ("[]", "")


def test_when_something_differs_then_file_key_and_both_values_are_said(tmp_path):
    here, there = tmp_path / "a" / "f.json", tmp_path / "b" / "f.json"
    for file, value in ((here, 0.12), (there, 0.13)):
        file.parent.mkdir()
        file.write_text(json.dumps({"domain": [0, value]}))
    assert file_differences(here, there) == ["f.json domain[1]: 0.12 here, 0.13 there"]
    here, there = here.with_suffix(".csv"), there.with_suffix(".csv")
    here.write_text("x,y\n1,2\n"), there.write_text("x,y\n1,3\n")
    assert file_differences(here, there) == [
        "f.csv row 2, column y, character 0: '2' here, '3' there"
    ]
