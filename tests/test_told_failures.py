"""What a person reads when a notebook's output is not the committed one."""

import os
import re
import subprocess
import sys
from types import SimpleNamespace

import nbformat
import pytest
from made_books import FIGURE, NUMBERS, TABLE
from tiny_notebooks import notebook

from tracktwo.book.nbval.failed import Failed, keep
from tracktwo.book.nbval.findings import findings
from tracktwo.book.nbval.page import page
from tracktwo.book.nbval.plain import plain
from tracktwo.book.nbval.rows import figure_rows, table_cells
from tracktwo.book.nbval.words import SCREENFUL, WIDTH, markdown, words
from tracktwo.ground import paths

SHOW = """from IPython.display import display
told = {{"tracktwo": {{"values": {values!r}}}}}
display({{"text/markdown": {text!r}}}, raw=True, metadata=told)"""
DRAW = """from pathlib import Path
Path(figures).mkdir(exist_ok=True)
Path(figures, "change-bars.csv").write_text({numbers!r}, encoding="utf-8")
Path(figures, "change-bars.svg").write_text({picture!r}, encoding="utf-8")
"""
ROWS = TABLE + "| a | 1 |\n| b | 2 |\n```"
CODES = re.compile(r"\x1b\[[0-9;]*m")
PICTURE = '<svg fill="#c2570c"/>'


def share(text, value):
    return {"share": {"text": text, "value": value}}


def show(text, values=()):
    return SHOW.format(text=text, values=dict(values))


def draw(numbers=NUMBERS, picture=PICTURE):
    """Return code that draws the figure of the made books and shows it, and nothing else."""
    return f"{DRAW.format(numbers=numbers, picture=picture)}\n{show(FIGURE)}"


def committed(*cells):
    """Return a notebook with an output for each pair of code and what it is committed to show."""
    made = notebook(*(code for code, _, _ in cells))
    made.cells.insert(2, nbformat.v4.new_markdown_cell("## What came of it", id="came"))
    code = [cell for cell in made.cells if cell.cell_type == "code"]
    for number, cell in enumerate(code, start=1):
        cell.execution_count = number
    for cell, (_, text, values) in zip(code[1:], cells, strict=True):
        if text is not None:
            data, kept = {"text/markdown": text}, {"tracktwo": {"values": dict(values)}}
            cell.outputs = [nbformat.v4.new_output("display_data", data, metadata=kept)]
    return made


OLD, NEW = share("61%", 0.61), share("66%", 0.66)
SAME = (show("It is 61%.", OLD), "It is 61%.", OLD)
NUMBER = (show("It is 66%.", NEW), "It is 61%.", OLD)
AGAIN = (show("Again, it is 66%.", NEW), "Again, it is 61%.", OLD)
MOVED = NUMBERS.replace("citizens,0.5,", "citizens,0.6,")
FIGURE_MOVED = (draw(MOVED, PICTURE.replace("c2570c", "0f5c6e")), FIGURE, ())
TABLE_MOVED = (show(ROWS.replace("| 2 |", "| 3 |")), ROWS, ())
IMPORT = ("from math import no_such_thing", None, ())
AFTER_IMPORT = (f"no_such_thing\n{SAME[0]}", *SAME[1:])
DEATH = ("import os\nos._exit(1)", None, ())


def run_pytest(folder, *more, plugin="conftest"):
    """Run pytest as `make test` does on the notebooks in `folder`; return what it says."""
    environment = os.environ | {
        "PYTHONPATH": f"{paths.ROOT}{os.pathsep}{paths.ROOT / 'tests'}",
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
        "PYTEST_ADDOPTS": "",
    }
    command = [sys.executable, "-m", "pytest", "--nbval", "--tb=short", "--color=yes"]
    command += ["-c", paths.ROOT / "pyproject.toml", "--rootdir", folder, "-p", plugin]
    command += ["-p", "no:cacheprovider", *more, "chapters"]
    run = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    return run.returncode, run.stdout + run.stderr


def book_of(folder, **chapters):
    """Write a book of committed notebooks, and its figure."""
    (folder / "chapters").mkdir()
    (folder / "figures").mkdir()
    for name, cells in chapters.items():
        nbformat.write(committed(*cells), folder / "chapters" / f"{name}.ipynb")
    (folder / "figures" / "change-bars.csv").write_text(NUMBERS)
    (folder / "figures" / "change-bars.svg").write_text(PICTURE)
    return folder


def tracked(folder):
    files = [*folder.glob("chapters/*"), *folder.glob("figures/*")]
    return {file.name: file.read_bytes() for file in files}


@pytest.fixture(scope="module")
def failed_run(tmp_path_factory):
    """A run, in a process of its own, of notebooks each of which fails in its own way."""
    folder = book_of(
        tmp_path_factory.mktemp("failed"),
        number=[SAME, NUMBER, AGAIN],
        figure=[FIGURE_MOVED, SAME],
        table=[TABLE_MOVED],
        imported=[IMPORT, AFTER_IMPORT],
        imported_too=[IMPORT, AFTER_IMPORT],
        dead=[SAME, DEATH, SAME],
    )
    before = tracked(folder)
    code, said = run_pytest(folder, "--numprocesses", "1", "--dist", "loadfile")
    told = said.partition("cells that are not as committed")[2]
    parts = re.split(r"(?m)^chapters/", CODES.sub("", told))
    chapters = {part.partition(".ipynb")[0]: part for part in parts[1:]}
    return SimpleNamespace(
        folder=folder, code=code, said=said, told=told, before=before, chapters=chapters
    )


def test_when_cells_fail_then_the_exit_status_and_the_count_are_nbvals(failed_run):
    assert failed_run.code == 1, failed_run.said
    assert "10 failed, 9 passed" in CODES.sub("", failed_run.said), failed_run.said


def test_when_a_number_changes_then_it_is_told_once_by_its_key_with_both_values(failed_run):
    told = failed_run.chapters["number"]
    assert "(Tiny): 2 of 4 cells" in told
    assert "What came of it\n    cell-1: number.share: 61% → 66%\n" in told
    assert "cells that follow from these: cell-2\n" in told and told.count("66%") == 1


def test_when_a_figure_changes_then_its_rows_are_told_and_the_next_cell_is_not_blamed(failed_run):
    told = failed_run.chapters["figure"]
    assert "(Tiny): 1 of 3 cells" in told
    assert "cell-0: figure change-bars: 1 row is not as before\n" in told
    assert "citizens: share 0.5 → 0.6 (+0.1)\n" in told


def test_when_a_table_changes_then_its_cell_is_told(failed_run):
    told = failed_run.chapters["table"]
    assert "cell-0: table change-rows: 1 place is not as before\n" in told
    assert "b, column 2: 2 → 3\n" in told


def test_when_an_import_is_broken_then_it_is_told_once(failed_run):
    told = failed_run.chapters["imported"]
    assert "cell-0: ImportError: cannot import name 'no_such_thing' from 'math'" in told
    assert (
        "cells after it, which failed too: cell-1\n" in told and "NameError" not in failed_run.told
    )
    assert failed_run.told.count("ImportError") == 1
    assert failed_run.chapters["imported_too"].startswith(
        "imported_too.ipynb, cell cell-0: the same as in chapters/imported.ipynb"
    )


def test_when_a_kernel_dies_then_it_is_said_in_which_cell(failed_run):
    told = failed_run.chapters["dead"]
    assert "(Tiny): 2 of 4 cells" in told
    assert (
        "cell-1: the kernel died while this cell ran\n  cells after it, which failed too: cell-2\n"
        in told
    )


def test_when_cells_fail_then_a_screenful_without_codes_is_what_a_log_has(failed_run):
    lines = failed_run.told.splitlines()
    assert len(lines) <= SCREENFUL + 2 and max(map(len, lines)) <= WIDTH
    assert "base64" not in failed_run.said and "FAILURES" not in failed_run.said
    assert "\x1b" not in "\n".join(lines[1:-1])  # pytest's own last line is in colour


def test_when_cells_fail_then_page_and_summary_tell_the_same(failed_run):
    kept = failed_run.folder / "_build" / "nbval"
    html = (kept / "report.html").read_text("utf-8")
    for said in ("61% → 66%", "share 0.5 → 0.6", "b, column 2: 2 → 3", "the kernel died"):
        assert said in html
    assert html.count("data:image/svg+xml;base64,") == 2 and "<script" not in html
    summary = (failed_run.folder / "summary.md").read_text("utf-8")
    assert summary.count("### Cells") == 1 and "number.share: 61% → 66%" in summary
    found = nbformat.read(kept / "chapters" / "number.ipynb", as_version=4)
    assert "66%" in found.cells[-1].outputs[0].data["text/markdown"]


def test_when_cells_fail_then_no_tracked_file_changes(failed_run):
    assert tracked(failed_run.folder) == failed_run.before


def test_when_nothing_fails_then_no_report_is_left_from_before(tmp_path):
    book = book_of(tmp_path, same=[SAME, SAME])
    old = book / "_build" / "nbval" / "report.html"
    old.parent.mkdir(parents=True)
    old.write_text("of an earlier run")
    code, said = run_pytest(book, plugin="tracktwo.book.nbval.hooks")
    assert code == 0 and "3 passed" in said, said
    assert not old.exists() and "not as committed" not in said
    assert not (book / "summary.md").exists()


# Without a run: what is told of one cell


def told_of(folder, cell, outputs, *, figures=(), why=""):
    """Return the lines and the page about the second code cell of a made notebook."""
    book_of(folder, change=[cell])
    kept = folder / "kept"
    keep(Failed("chapters/change.ipynb", 1, outputs, list(figures), why), kept)
    chapters = findings(kept, folder)
    return words(chapters, "report.html"), page(chapters)


def shown(text, **told):
    metadata = {"tracktwo": {"values": {}, **told}}
    data = {"text/markdown": text}
    return dict(nbformat.v4.new_output("display_data", data, metadata=metadata))


def test_when_only_the_unrounded_value_moves_then_it_is_said(tmp_path):
    lines, _ = told_of(tmp_path, SAME, [shown("It is 61%.", values=share("61%", 0.6101))])
    assert any("change.share: 61% as before; value 0.61 → 0.6101" in line for line in lines)


def test_when_a_guard_fails_then_the_passage_is_said_to_be_left_out(tmp_path):
    lines, _ = told_of(tmp_path, SAME, [shown("", values=OLD, left_out=True)])
    assert "    cell-0: passage: its guard no longer holds: left out" in lines


def test_when_only_words_move_then_they_are_told_from_where_they_differ(tmp_path):
    lines, _ = told_of(tmp_path, SAME, [shown("It was 61%.", values=OLD)])
    assert "    cell-0: text: “It is 61%.” → “It was 61%.”" in lines


def test_when_a_figure_is_drawn_otherwise_then_its_colours_are_told(tmp_path):
    drawn = tmp_path / "kept" / "figures" / "change-bars.svg"
    drawn.parent.mkdir(parents=True)
    drawn.write_text(PICTURE.replace("c2570c", "0f5c6e"))
    outputs = [shown(FIGURE)]
    lines, _ = told_of(tmp_path, (draw(), FIGURE, ()), outputs, figures=["change-bars.svg"])
    assert any("drawn otherwise: colours #c2570c → #0f5c6e" in line for line in lines)


def test_when_an_error_holds_codes_and_markup_then_neither_gets_through(tmp_path):
    error = {"output_type": "error", "ename": "ValueError", "evalue": "\x1b[31m<b>red</b>\x1b[0m\n"}
    error["traceback"] = ["\x1b[0;31mValueError\x1b[0m: <script>no</script>"]
    lines, html = told_of(tmp_path, SAME, [error])
    assert "    cell-0: ValueError: <b>red</b>" in lines
    assert "\x1b" not in html and "<script" not in html and "&lt;b&gt;" in html


def test_when_much_moves_then_the_text_is_a_screenful_and_the_page_has_all(tmp_path):
    many = {f"n{i}": {"text": str(i), "value": i} for i in range(200)}
    lines, html = told_of(tmp_path, SAME, [shown("It is 61%.", values=many)])
    assert len(lines) <= SCREENFUL and all(f"change.n{i}<" in html for i in range(200))


def test_when_many_chapters_moved_then_each_has_its_share_of_the_screen(tmp_path):
    names = [f"chapter{i}" for i in range(5)]
    book_of(tmp_path, **{name: [SAME] for name in names})
    for i, name in enumerate(names):
        many = {f"n{j}": {"text": str(j), "value": j} for j in range(i * 20 + 1)}
        outputs = [shown("It is 61%.", values=many)]
        keep(Failed(f"chapters/{name}.ipynb", 1, outputs, []), tmp_path / "kept")
    lines = words(findings(tmp_path / "kept", tmp_path), "report.html")
    assert len(lines) <= SCREENFUL
    assert sum(line.endswith("cells are not as committed.") for line in lines) == len(names)
    assert "chapter4.n0: not told → 0" in "\n".join(lines)


def test_when_what_moved_cannot_be_told_then_pytests_own_lines_stand(tmp_path):
    book = book_of(tmp_path, number=[NUMBER])
    (book / "summary.md").mkdir()  # where the host would have a file
    code, said = run_pytest(book, plugin="tracktwo.book.nbval.hooks")
    assert code == 1 and "cannot be told: " in said, said
    assert "chapters/number.ipynb, cell cell-0: its output is not the committed one" in said


def test_when_the_analysis_cannot_be_imported_then_that_can_still_be_told():
    code = "import sys, tracktwo.book.nbval.hooks\nprint(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    own = {name.split(".")[1] for name in run.stdout.split() if name.startswith("tracktwo.")}
    assert own <= {"book", "data", "ground", "telling"} and "pandas" not in run.stdout.split()


def test_when_rows_come_and_go_then_they_are_told():
    assert figure_rows(NUMBERS, NUMBERS + "others,0.1,5\n") == ["new: others, 0.1, 5"]
    assert figure_rows(NUMBERS, "who,share,n\ncitizens,0.5,40\n") == [
        "no longer there: elites, 0.25, 20"
    ]
    two = TABLE + "| a | 1 |\n```"
    assert table_cells(ROWS, two) == ["row no longer there: b | 2"]


def test_when_a_text_is_encoded_then_a_line_does_not_hold_it():
    assert plain("image: " + "QUJD" * 100) == "image: …"
    assert plain("\x1b]8;;http://x\x07link\x1b]8;;\x07 and\nmore") == "link and more"


def test_when_a_line_has_backticks_then_the_summary_is_still_one_block():
    text = markdown(["````", "# not a heading"])
    assert text.splitlines()[2] == "`````" == text.splitlines()[-1]
