"""The receipt of a review: what is compared, what is said, and a whole review of a tiny book."""

import copy
import json
import subprocess
import sys

import nbformat
import pytest
from tiny_book import make, tiny_book
from tiny_notebooks import notebook, write

from tracktwo.__main__ import main
from tracktwo.book import notebooks
from tracktwo.book.review import inputs, network, sameness
from tracktwo.book.review.page import page
from tracktwo.book.review.receipt import FORM, faults, read_receipt, summary

SAID = 'from tracktwo import say\nsay("They are {{ n | count }}.", n=3)'


def book(share="42%", value=0.42, verdict="supported"):
    """Return a book of one chapter that tells a number and a verdict."""
    chapter = notebook("say()")
    told = {"values": {"share": {"text": share, "value": value}}}
    record = json.dumps([{"id": "C1", "verdict": verdict, "n": 12}])
    data = {"text/markdown": f"It is {share}.", "text/html": f"<p>It is {share}.</p>"}
    mime = "application/papermill.record/application/x-tracktwo-verdicts"
    chapter.cells[-1].outputs = [
        nbformat.v4.new_output("display_data", data, metadata={"tracktwo": told}),
        nbformat.v4.new_output("display_data", {mime: record}),
    ]
    return {"chapters/one": chapter}


@pytest.fixture
def figures(tmp_path):
    """Return the folders of the committed figures and of those found, one image each."""
    for name in ("committed", "found/chapters/one"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "a.svg").write_text("<svg/>")
    return tmp_path / "committed", tmp_path / "found"


@pytest.fixture
def receipt(figures):
    """Return the receipt of a review in which all was identical."""
    return {
        "receipt": FORM,
        "version": "1.0",
        "made": "2026-01-01 00:00 UTC",
        "identical": True,
        "commit": {"id": "abc", "modified": []},
        "inputs": {"data": "d" * 64, "code": "c" * 64},
        "environment": {
            "python": "3.12.1",
            "packages": {"numpy": "2.4.0"},
            **{name: [] for name in ("missing", "other", "further", "altered")},
        },
        "machine": {"system": "Linux", "cores": 2},
        "network": {"cut": True, "by": "unshare", "checked": "asked"},
        "seconds": {"total": 9.0, "chapters": {"one": 4.0}},
        "failed": [],
        "results": sameness.compare_all(book(), book(), figures),
        "pages": {"site": "s" * 64},
    }


def saved(receipt, folder, name="receipt.json"):
    (folder / name).write_text(json.dumps(receipt), "utf-8")
    return folder / name


# What is compared


def test_when_nothing_differs_then_all_counts_as_identical(figures):
    found = sameness.compare_all(book(), book(), figures)
    counts = {kind: (each["identical"], each["changed"]) for kind, each in found.items()}
    assert counts == {"cells": (2, []), "figures": (1, []), "numbers": (1, []), "verdicts": (1, [])}


def test_when_a_number_differs_then_both_values_are_given_and_its_cell_differs(figures):
    found = sameness.compare_all(book(), book("43%", 0.43), figures)
    assert found["numbers"]["changed"] == [
        {"name": "one.share", "committed": "42% (0.42)", "found": "43% (0.43)"}
    ]
    (cell,) = found["cells"]["changed"]
    assert cell["name"] == "chapters/one#cell-0"
    assert "It is 42%." in cell["committed"] and "It is 43%." in cell["found"]
    assert found["verdicts"]["changed"] == []


def test_when_a_number_differs_beyond_what_is_printed_then_it_counts(figures):
    found = sameness.compare_all(book(), book(value=0.4200001), figures)
    assert [change["found"] for change in found["numbers"]["changed"]] == ["42% (0.4200001)"]


def test_when_a_verdict_differs_then_both_are_given(figures):
    (change,) = sameness.compare_all(book(), book(verdict="leaning"), figures)["verdicts"][
        "changed"
    ]
    assert change["committed"].startswith("supported:") and change["found"].startswith("leaning:")


def test_when_a_figure_differs_is_missing_or_new_then_each_is_said(figures):
    committed, found = figures
    (found / "chapters/one/a.svg").write_text("<svg><g/></svg>")
    (committed / "old.csv").write_text("x\n")
    (found / "chapters/one/new.vl.json").write_text("{}")
    changed = sameness.compare_all(book(), book(), figures)["figures"]["changed"]
    assert {c["name"]: (c["committed"], c["found"]) for c in changed} == {
        "a.svg": ("<svg/>", "<svg><g/></svg>"),
        "old.csv": ("x\n", None),
        "new.vl.json": (None, "{}"),
    }


def test_when_long_texts_differ_late_then_what_differs_is_shown():
    one, two = "a" * 5000 + "b", "a" * 5000 + "c"
    assert sameness.excerpt(one, 5000).endswith("ab") and len(sameness.excerpt(two, 5000)) < 100


# What it says


def test_when_all_is_identical_then_no_fault_is_found_and_the_summary_says_so(receipt):
    assert faults(receipt) == []
    assert "numbers      1 identical" in summary(receipt) and "CHANGED" not in summary(receipt)
    assert "9 s in all on 2 cores, 1 chapter executed" in summary(receipt)


def test_when_a_receipt_is_shown_then_it_says_how_long_the_book_took_and_on_what(receipt, figures):
    assert "it took 9 seconds on 2 cores." in page(receipt, figures)
    receipt["machine"] = {"cores": None}
    assert "it took 9 seconds." in page(receipt, figures)


def test_when_anything_is_amiss_then_it_is_a_fault(receipt):
    for path, value, words in (
        (("failed",), ["one: code cell 2 failed"], "1 failure while the book was computed"),
        (("commit", "modified"), ["README.md"], "1 file not as the commit has it"),
        (("environment", "missing"), ["numpy"], "packages not as locked: 1 missing"),
        (("environment", "altered"), ["a.py", "b.py"], "packages not as locked: 2 with altered"),
    ):
        changed = copy.deepcopy(receipt)
        part = changed
        for key in path[:-1]:
            part = part[key]
        part[path[-1]] = value
        (fault,) = faults(changed)
        assert words in fault


def test_when_a_text_has_markup_then_the_page_shows_it_as_text(receipt, figures):
    change = {"name": "<b>one</b>", "committed": None, "found": "<script>alert(1)</script>"}
    receipt["results"]["numbers"]["changed"] = [change]
    text = page(receipt, figures)
    assert "<script" not in text and "&lt;script&gt;" in text and "<b>one" not in text


def test_when_an_image_changed_then_both_stand_side_by_side(figures, receipt):
    (figures[1] / "chapters/one/a.svg").write_text("<svg><g/></svg>")
    receipt["results"] = sameness.compare_all(book(), book(), figures)
    assert page(receipt, figures).count("data:image/svg+xml;base64,") == 2


# Network, lock


def test_when_a_system_has_no_way_to_cut_the_network_then_none_is_found_and_said():
    assert network.way_to_cut("plan9") == []
    said = network.described([])
    assert said["cut"] == network.is_cut() and said["checked"]


def test_when_the_network_can_be_cut_then_a_process_behind_it_has_none():
    if not (behind := network.way_to_cut()):
        pytest.skip("this system lets nobody cut it")
    assert subprocess.run([*behind, *network.module()], check=False).returncode == 0
    assert network.described(behind)["by"] == behind[0]


def test_when_the_lock_asks_for_what_is_not_there_then_it_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(inputs, "altered", lambda package: [])
    lock = tmp_path / "requirements.txt"
    lock.write_text(
        "numpy==0.0.1 \\\n    --hash=sha256:00\n"
        "not_there==1.0 \\\n    --hash=sha256:00\n"
        "elsewhere==1.0 ; sys_platform == 'plan9' \\\n    --hash=sha256:00\n"
    )
    found = inputs.environment(lock)
    assert found["missing"] == ["not-there"]
    assert [(p["name"], p["locked"]) for p in found["other"]] == [("numpy", "0.0.1")]
    assert "pandas" in found["further"] and "tracktwo" not in found["further"]


def test_when_a_file_of_a_package_was_changed_then_it_is_told(tmp_path):
    (tmp_path / "one-1.0.dist-info").mkdir()
    (tmp_path / "one.py").write_text("x = 1\n")
    record = "one.py,sha256=uQ3tr_-Ky4k7Sd3jTHnU5rGSmFDRVBKcTc4wXtKTCWc,6\n"
    (tmp_path / "one-1.0.dist-info/RECORD").write_text(record)
    (package,) = inputs.importlib.metadata.distributions(path=[str(tmp_path)])
    assert inputs.altered(package) == ["one.py"]


# Two receipts


def test_when_two_receipts_have_the_same_results_then_that_is_said(receipt, tmp_path, capsys):
    other = copy.deepcopy(receipt)
    other["machine"]["cores"] = 64
    files = saved(receipt, tmp_path), saved(other, tmp_path, "other.json")
    assert main(["receipt", "diff", *map(str, files)]) == 0
    said = capsys.readouterr().out
    assert "cores: 2 | 64" in said and "The results are identical" in said


def test_when_a_result_differs_then_both_values_are_said(receipt, figures, tmp_path, capsys):
    other = copy.deepcopy(receipt)
    other["results"] = sameness.compare_all(book(), book("43%", 0.43), figures)
    files = saved(receipt, tmp_path), saved(other, tmp_path, "other.json")
    assert main(["receipt", "diff", *map(str, files)]) == 1
    said = capsys.readouterr().out
    assert "number one.share: digest" in said and "| 43% (0.43)" in said


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{" * 100_000,
        '{"receipt": 2}',
        '{"receipt": 1, "results": {"cells": 3}}',
        "\x00\xff",
    ],
)
def test_when_a_file_is_no_receipt_then_it_is_refused_in_one_line(receipt, tmp_path, capsys, text):
    bad = tmp_path / "bad.json"
    bad.write_text(text, "latin-1")
    assert main(["receipt", "diff", str(saved(receipt, tmp_path)), str(bad)]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"error: {bad}: not a receipt (") and said.count("\n") == 1


def test_when_a_receipt_is_too_large_or_not_there_then_it_is_refused(tmp_path):
    with (tmp_path / "large").open("wb") as file:
        file.truncate(10**9)
    for name, reason in (("large", "more than"), ("none", "no such file")):
        with pytest.raises(ValueError, match=reason):
            read_receipt(tmp_path / name)


# A whole review


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory):
    """Return a tiny book with its outputs committed, after a review."""
    root = tiny_book(tmp_path_factory.mktemp("review") / "book")
    write(root / "chapters/one.ipynb", SAID)
    for module, *arguments in (
        ("tracktwo.book.build", "executed"),
        ("tracktwo.book.outputs", "_build/executed", "_build/executed/figures"),
    ):
        command = [sys.executable, "-m", module, *arguments]
        subprocess.run(command, cwd=root, check=True, capture_output=True)
    return root, make(root, "review")


def test_when_the_committed_book_comes_out_again_then_the_review_succeeds(reviewed):
    root, done = reviewed
    assert done.returncode == 0, done.stdout + done.stderr
    receipt = read_receipt(root / "_build/review/receipt.json")
    assert receipt["identical"] and "All is identical." in done.stdout
    assert {k: v["identical"] for k, v in receipt["results"].items()}["numbers"] == 1
    assert set(receipt["seconds"]["chapters"]) == {"index", "one"}
    assert set(receipt["pages"]) > {"site"}
    assert receipt["network"]["cut"] == bool(network.way_to_cut())
    text = (root / "_build/review/receipt.json").read_text("utf-8")
    assert str(root) not in text and "All is identical" in (
        root / "_build/review/receipt.html"
    ).read_text("utf-8")


def test_when_a_number_was_other_and_a_cell_breaks_then_both_are_told_and_it_fails(reviewed):
    root, _ = reviewed
    chapter = notebooks.read(root / "chapters/one.ipynb")
    for output in chapter.cells[-1].outputs:
        output.metadata["tracktwo"]["values"]["n"] = {"text": "four", "value": 4}
    notebooks.write(chapter, root / "chapters/one.ipynb")
    committed = (root / "chapters/one.ipynb").read_bytes()
    write(root / "index.ipynb", "1 / 0")
    done = make(root, "review")
    assert done.returncode == 2  # make says 2 for any failure
    receipt = read_receipt(root / "_build/review/receipt.json")
    (number,) = receipt["results"]["numbers"]["changed"]
    assert number["committed"] == "four (4)" and number["found"] == "3 (3)"
    (failed,) = receipt["failed"]
    assert "index: code cell 2" in failed and "ZeroDivisionError" in failed
    assert "NOT IDENTICAL: 1 failure" in done.stdout and receipt["pages"] == {}
    assert (root / "chapters/one.ipynb").read_bytes() == committed, "nothing is touched"
