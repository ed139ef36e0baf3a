"""The benchmarks: what they say of made records. How long anything takes is not tested."""

import json
import urllib.error
import urllib.request

import pytest

from benchmarks import build, report
from benchmarks.__main__ import main, progress
from benchmarks.bars import BARS, judged
from benchmarks.plain import drawn_in_browser
from benchmarks.records import growth, ratio, read
from benchmarks.serve import served
from benchmarks.watch import CommandError, watch

FACTS = {
    "version": "1",
    "made": "2026-01-01",
    "machine": {"cores": 2, "system": "S", "architecture": "A"},
}
FACTS["commit"] = "c0ffee" * 7


def built(what, side, *walls, **more):
    return [
        {"part": "build", "what": what, "side": side, "round": turn, "wall": wall, **more}
        for turn, wall in enumerate(walls)
    ]


def made_records():
    cold = {"cpu": 9, "memory": 1200, "largest": 500, "steps": {"pdf": 6, "site": 20}}
    analysis = [
        {
            "part": "analysis",
            "what": what,
            "size": size,
            "seconds": size * each,
            "peak_mb": 100 + size / 1e3,
            "round": 0,
        }
        for size in (2_000, 20_000, 200_000)
        for what, each in (("open_study", 2e-5), ("specification curve", 1e-4), ("C1", 1e-5))
    ]
    return [
        *built("cold", "book", 90, 100, 300, **cold, **{"memory of pdf": 900}),
        *built("cold", "plain", 250, 250, 250),
        *built("nothing changed", "book", 2),
        *built("nothing changed", "plain", 10),
        {
            "part": "shift",
            "what": "a<b>.html",
            "side": "book",
            "width": 360,
            "shift": 0.02,
            "moved": [],
        },
        {"part": "panel", "what": "a", "bytes": 5000, "answer": 0.25, "slowest": 0.5},
        *analysis,
    ]


def bar(words):
    return next(bar for bar in judged(made_records()) if bar["words"] == words)


def test_when_rounds_differ_then_a_ratio_is_of_medians_and_has_its_spread():
    assert ratio([1, 2, 9], [4, 4, 3]) == {"value": 0.5, "low": 0.25, "high": 3}
    assert ratio([], [1]) is None


@pytest.mark.parametrize(
    ("words", "value", "met"),
    [
        ("Cold build, PDFs included", 0.4, True),
        ("Nothing changed", 0.2, False),
        ("One chapter edited", None, None),
        ("Step that sets the PDFs", 6, True),
        ("Memory of that step", 900, False),
        ("Memory of the whole build", 1200, True),
        ("Layout shift of the worst page", 0.02, False),
        ("Power with which curves grow with rows", 1.0, True),
        ("Checking and testing 200,000 initiatives", 6, True),
    ],
)
def test_when_records_are_there_then_each_bar_says_whether_it_is_met(words, value, met):
    found = bar(words)
    assert found["value"] == pytest.approx(value) and found["met"] is met


def test_when_something_grows_with_the_square_then_its_power_is_two():
    records = [{"part": "analysis", "what": "x", "size": n, "seconds": n**2} for n in (10, 100)]
    assert growth(records, "seconds", "x") == pytest.approx(2)
    assert growth(records[:1], "seconds", "x") is None


def test_when_records_are_told_then_the_page_has_ratios_verdicts_and_no_markup_of_theirs():
    page = report.page(FACTS, made_records())
    assert "0.40×" in page and "0.36× to 1.20×" in page
    assert page.count(">met<") == 6 and page.count(">not met<") == 3
    assert "0.25 seconds after a choice was changed" in page and "weigh 5 kB" in page
    assert "a&lt;b&gt;.html" in page and "a<b>.html" not in page
    assert page.count("<img ") == 4 and "not measured" in page


def test_when_nothing_was_measured_then_the_page_says_so():
    page = report.page(FACTS, [])
    assert "Nothing was measured" in page and "<img " not in page


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no", "no records can be read"),
        ('{"records": 1}', "no list of records"),
        ('[{"part": "build"}]', "record 1: 'what' is a required property"),
        ('[{"part": "build", "what": "x", "wall": "long"}]', "record 1, wall: 'long'"),
        ('[{"part": "page", "what": "x"}, {"part": "y", "what": "x"}]', "record 2, part: 'y'"),
        ('[{"part": "page", "what": "x", "wall": -1}]', "record 1, wall: -1"),
    ],
)
def test_when_a_record_is_broken_then_it_is_named(tmp_path, capsys, text, said):
    file = tmp_path / "bench" / "bench.json"
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"bench\.json") as raised:
        read(file)
    assert said in str(raised.value)
    assert main(["--only", "page", "--out", str(tmp_path)]) == 1
    assert said in capsys.readouterr().err and file.read_text("utf-8") == text


def test_when_there_is_no_book_to_read_then_that_is_said(tmp_path, capsys):
    assert main(["--only", "page", "--out", str(tmp_path)]) == 1
    assert "there is no book to read; `make book` builds it" in capsys.readouterr().err


def test_when_what_was_measured_is_written_then_it_is_read_again(tmp_path):
    report.write(tmp_path, FACTS, made_records())
    assert read(tmp_path / "bench.json") == made_records()


def test_when_a_bar_is_measured_then_the_committed_numbers_and_the_readme_have_it():
    found = report.measured(FACTS, made_records())
    assert found["cold_build_seconds"] == 100 and len(found["bars"]) == 9
    text = report.in_readme(f"a\n{report.BEGIN}\nwhat stood there\n{report.END}\nb", found)
    assert "| Nothing changed | 0.20× | 0.10× | not met |" in text and "stood" not in text
    assert text.startswith("a\n") and text.endswith("\nb")
    assert report.in_readme(text, found) == text


def test_when_the_readme_is_read_then_it_says_what_was_measured():
    found = json.loads(report.MEASURED.read_text("utf-8"))
    text = report.README.read_text("utf-8")
    assert report.in_readme(text, found) == text
    assert {bar["words"] for bar in found["bars"]} <= {bar.words for bar in BARS}
    for said in found["bars"]:
        assert said["met"] is (said["value"] <= said["most"])


def test_when_a_command_runs_then_its_time_and_memory_are_there_and_a_failure_is_told(tmp_path):
    took = watch(["sh", "-c", "sleep 1"], tmp_path, parts={"rest": "sleep"})
    assert took["wall"] >= 1 and took["memory"] > 0 and took["memory of rest"] > 0
    with pytest.raises(CommandError, match=r"ended with 3:\nno"):
        watch(["sh", "-c", "echo no; exit 3"], tmp_path)


def test_when_a_chapter_and_a_row_are_edited_then_it_is_by_one_sentence_and_one_year(tmp_path):
    chapter, rows = tmp_path / "a.ipynb", tmp_path / "a.csv"
    chapter.write_bytes((build.paths.ROOT / build.CHAPTER).read_bytes())
    rows.write_text('id,start_year,end_year\na,,\nb,1999,2000\n"c, d",2001,\n', encoding="utf-8")
    build.edit_chapter(chapter, 1)
    build.edit_row(rows)
    assert chapter.read_text("utf-8").count("Read this very slowly.") == 1
    assert rows.read_text("utf-8").splitlines()[2:] == ["b,1999,2000", '"c, d",2002,']


def test_when_a_figure_is_for_the_plain_page_then_the_library_comes_from_beside_it(tmp_path):
    spec = {"mark": "bar", "data": {"values": []}}
    (tmp_path / "a-b.vl.json").write_text(json.dumps(spec), encoding="utf-8")
    data = {"text/plain": "Figure a-b: x", "text/html": "<img>", "text/markdown": "x"}
    notebook = build.nbformat.v4.new_notebook(
        cells=[
            build.nbformat.v4.new_code_cell(
                outputs=[build.nbformat.v4.new_output("display_data", data)]
            )
        ]
    )
    [output] = drawn_in_browser(notebook, tmp_path).cells[0].outputs
    html = output.data["text/html"]
    assert "vega/vega@" in html and "cdn" not in html and "text/markdown" not in output.data


def test_when_files_are_served_then_text_is_packed_and_nothing_else_is_there(tmp_path):
    (tmp_path / "a.css").write_text("a" * 1000, encoding="utf-8")
    with served(tmp_path) as address:
        with urllib.request.urlopen(f"{address}/a.css") as answer:
            assert answer.headers["Content-Encoding"] == "gzip" and len(answer.read()) < 100
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(f"{address}/b.css")


def test_when_a_record_is_there_then_progress_is_one_line():
    assert progress(made_records()[0]) == "build cold book: 90"
