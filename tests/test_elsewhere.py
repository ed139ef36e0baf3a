"""The same book on another machine: every byte, whatever computes it.

That chapters come out the same there is nbval's to say: it runs them so (`conftest.py`).
"""

import json
import subprocess
import sys

import pytest
from built_site import CHAPTERS, require
from differences import differences
from elsewhere import compute_elsewhere, computed
from surroundings import surroundings

from tracktwo.book import notebooks
from tracktwo.ground import paths


def outputs(notebook):
    """Return the outputs of each code cell."""
    code = [cell for cell in notebooks.without_injected(notebook).cells if "outputs" in cell]
    return json.loads(json.dumps({f"code cell {i}": c.outputs for i, c in enumerate(code, 1)}))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_when_built_here_then_a_chapter_s_outputs_are_the_committed_ones(chapter):
    require()
    roots = (paths.ROOT, paths.BUILD / "executed")
    committed, here = (outputs(notebooks.read(root / f"{chapter}.ipynb")) for root in roots)
    found = list(differences(committed, here, f"{chapter}.ipynb:"))
    assert not found, f"{len(found)} differences; the first:\n" + "\n".join(found[:10])


def test_when_computed_elsewhere_with_one_thread_then_no_result_differs_in_any_digit():
    here, there = computed(), compute_elsewhere(threads=1)
    assert list(here) == list(there)
    # Read only what differs: the curves are long.
    read = [
        [name, json.loads(here[name]), json.loads(text)]
        for name, text in there.items()
        if text != here[name]
    ]
    found = [each for name, *both in read for each in differences(*both, name)]
    assert not found, f"{len(found)} differences; the first:\n" + "\n".join(found[:10])


def test_when_it_is_another_machine_then_numpy_leaves_out_all_it_can_and_does_not_complain():
    code = (
        "from numpy._core import _multiarray_umath as core\n"
        "print([f for f in core.__cpu_dispatch__ if core.__cpu_features__.get(f)])"
    )
    command = [sys.executable, "-W", "error", "-c", code]
    run = subprocess.run(command, env=surroundings(1), capture_output=True, text=True, check=False)
    assert (run.stdout.strip(), run.stderr) == ("[]", "")


def test_when_something_differs_then_the_place_and_both_values_are_said():
    here, there = {"domain": [0, 0.12]}, {"domain": [0, 0.13]}
    assert list(differences(here, there, "f:")) == ["f: domain[1]: 0.12 here, 0.13 there"]
    assert list(differences({"y": "2"}, {"y": "3"})) == [" y, character 0: '2' here, '3' there"]
