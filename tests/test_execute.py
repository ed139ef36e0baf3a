import nbformat
import pytest
from papermill.exceptions import PapermillExecutionError
from tiny_notebooks import notebook, write

from tracktwo.book import execute as executing
from tracktwo.book import notebooks
from tracktwo.book.execute import ChapterError, execute


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("execute")
    chapter = write(
        folder / "chapter.ipynb",
        "import sys, os\nfrom pathlib import Path\nprint(sys.executable)",
        "Path(figures, 'one.svg').write_text('<svg/>')",
        "print(n, Path.cwd().name)",
    )
    before = chapter.read_bytes()
    (folder / "figures").mkdir()
    (folder / "figures" / "stale.svg").write_text("from a figure that was renamed")
    result = execute(chapter, folder / "out" / "chapter.ipynb", folder / "figures", {"n": 7})
    return folder, before, result


def text(result, cell):
    return next(c for c in result.cells if c.id == cell).outputs[0].text


def test_when_executed_then_the_kernel_is_this_interpreter(run):
    import sys

    assert text(run[2], "cell-0").strip() == sys.executable


def test_when_parameter_is_none_of_the_notebooks_then_it_is_refused_and_nothing_lost(tmp_path):
    chapter = write(tmp_path / "chapter.ipynb", "n")
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "one.svg").write_text("<svg/>")
    with pytest.raises(ChapterError, match="no parameter brake_year; there are: figures, n"):
        execute(chapter, tmp_path / "out.ipynb", tmp_path / "figures", {"brake_year": 1999})
    assert (tmp_path / "figures" / "one.svg").exists()


def test_when_executed_then_parameters_count_and_the_folder_is_the_notebooks(run):
    folder, _, result = run
    assert text(result, "cell-2").split() == ["7", folder.name]


def test_when_executed_then_the_committed_notebook_is_untouched(run):
    folder, before, _ = run
    assert (folder / "chapter.ipynb").read_bytes() == before


def test_when_executed_then_stale_figures_are_gone(run):
    assert [file.name for file in (run[0] / "figures").iterdir()] == ["one.svg"]


def test_when_executed_then_the_output_holds_no_times_and_no_version_of_python(run):
    written = nbformat.read(run[0] / "out" / "chapter.ipynb", as_version=4)
    nbformat.validate(written)
    assert written.metadata.papermill.parameters == {"n": 7}
    assert set(written.metadata.papermill) == {"name", "parameters", "version"}
    assert "version" not in written.metadata.language_info
    assert all({"papermill", "execution"}.isdisjoint(cell.metadata) for cell in written.cells)
    assert [cell.id for cell in written.cells if cell.id == "injected-parameters"]


def test_when_the_injected_cell_is_dropped_then_cells_are_as_written_and_counted_from_one(run):
    shown = notebooks.without_injected(run[2])
    assert [c.source for c in shown.cells] == [
        c.source for c in nbformat.read(run[0] / "chapter.ipynb", as_version=4).cells
    ]
    code = [c for c in shown.cells if c.cell_type == "code"]
    assert [c.execution_count for c in code] == [1, 2, 3, 4]


def test_when_only_outputs_change_then_the_digest_of_the_source_stays(run, tmp_path):
    folder, _, result = run
    notebooks.write(notebooks.without_injected(result), tmp_path / "with_outputs.ipynb")
    committed = notebooks.source_digest(folder / "chapter.ipynb")
    assert notebooks.source_digest(tmp_path / "with_outputs.ipynb") == committed
    write(tmp_path / "edited.ipynb", "1 + 1")
    assert notebooks.source_digest(tmp_path / "edited.ipynb") != committed


def test_when_a_cell_fails_then_the_error_is_short_and_names_chapter_and_cell(tmp_path, capsys):
    chapter = write(tmp_path / "broken.ipynb", "x = 1", "def deep(n):\n    return 1 / n\ndeep(0)")
    output = tmp_path / "out.ipynb"
    code = executing.main([str(chapter), str(output), str(tmp_path / "figures")])
    message = capsys.readouterr().err.strip()
    assert code == 1
    assert message.startswith("error: broken: code cell 3, line 3, failed: deep(0)")
    assert message.endswith("ZeroDivisionError: division by zero")
    assert "\x1b" not in message
    assert len(message.splitlines()) <= executing.TRACEBACK_LINES + 1
    assert not output.exists()


def test_when_a_library_fails_deep_down_then_the_cells_own_line_is_named(tmp_path):
    chapter = write(tmp_path / "deep.ipynb", "import json\n\nx = 1\ny = json.loads('{')\nz = 2")
    with pytest.raises(ChapterError, match=r"code cell 2, line 4, failed: y = json\.loads"):
        execute(chapter, tmp_path / "out.ipynb", tmp_path / "figures")


def test_when_a_cell_cannot_be_parsed_then_its_first_line_is_named(tmp_path):
    chapter = write(tmp_path / "typo.ipynb", "x = 1\ny = = 2")
    with pytest.raises(ChapterError, match=r"typo: code cell 2 failed: x = 1\n[\s\S]*SyntaxError"):
        execute(chapter, tmp_path / "out.ipynb", tmp_path / "figures")


@pytest.mark.parametrize("end", ["os._exit(0)", "os.kill(os.getpid(), 9)"])
def test_when_the_kernel_dies_then_chapter_and_cell_are_named_with_a_hint(tmp_path, end):
    chapter = write(tmp_path / "dying.ipynb", "x = 1", f"import os\n{end}", "y = 2")
    said = r"^dying: the kernel died in code cell 3: import os\n[\s\S]*memory ran out"
    with pytest.raises(ChapterError, match=said):
        execute(chapter, tmp_path / "out.ipynb", tmp_path / "figures")
    assert not (tmp_path / "out.ipynb").exists()


@pytest.mark.parametrize("code", ["", "0", "3"])
def test_when_a_cell_leaves_by_sys_exit_then_it_is_a_failure(tmp_path, code):
    chapter = write(tmp_path / "leaving.ipynb", f"import sys\nsys.exit({code})", "1 / 0")
    with pytest.raises(ChapterError, match=r"^leaving: code cell 2 failed[\s\S]*SystemExit"):
        execute(chapter, tmp_path / "out.ipynb", tmp_path / "figures")
    assert not (tmp_path / "out.ipynb").exists()


def test_when_memory_runs_out_then_chapter_and_cell_are_named_with_a_hint(tmp_path):
    chapter = write(tmp_path / "large.ipynb", "x = 1\ny = bytearray(2**60)")
    said = r"^large: code cell 2, line 2, failed: .*\n[\s\S]*MemoryError:?\s+Memory ran out: close"
    with pytest.raises(ChapterError, match=said):
        execute(chapter, tmp_path / "out.ipynb", tmp_path / "figures")


def test_when_the_kernel_cannot_even_say_what_failed_then_the_hint_is_memory():
    failed = PapermillExecutionError(2, 2, "x = 1", "CellExecutionError", "", [])
    first, hint = executing.explain("large", failed, notebook("x = 1")).splitlines()
    assert first == "large: code cell 2 failed: x = 1"
    assert "gave no reason, most often because memory ran out" in hint


def test_when_the_folder_for_temporary_files_is_deep_then_a_kernel_starts_all_the_same(
    tmp_path, monkeypatch
):
    deep = tmp_path / ("deep" * 20)
    deep.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(deep))
    chapter = write(tmp_path / "chapter.ipynb", "print('started')")
    result = execute(chapter, tmp_path / "out.ipynb", tmp_path / "figures")
    assert text(result, "cell-0") == "started\n"


def test_when_the_file_is_no_notebook_then_the_error_names_it(tmp_path, capsys):
    file = tmp_path / "chapter.ipynb"
    file.write_text("no json")
    assert executing.main([str(file), str(tmp_path / "o.ipynb"), str(tmp_path / "f")]) == 1
    assert "chapter.ipynb: not a notebook" in capsys.readouterr().err


def test_when_cells_are_numbered_then_the_notebook_given_stays_as_it_was():
    given = notebook("1")
    notebooks.number_cells(given)
    assert given.cells[-1].execution_count is None


def test_when_a_chapter_has_nothing_to_tell_then_its_page_ends_there_without_an_error(tmp_path):
    end = "from tracktwo.telling.told import EmptyChapterError\nprint('why')\n"
    chapter = write(tmp_path / "chapter.ipynb", f"{end}raise EmptyChapterError('x')", "print('no')")
    result = execute(chapter, tmp_path / "out.ipynb", tmp_path / "figures", {"n": 7})
    assert result.cells[-1].id == "cell-0"
    assert [output.output_type for output in result.cells[-1].outputs] == ["stream"]
    assert nbformat.read(tmp_path / "out.ipynb", as_version=4).cells[-1].id == "cell-0"


def test_when_nothing_is_left_in_a_section_then_its_heading_goes_and_others_stay():
    def heading(text):
        return nbformat.v4.new_markdown_cell(text)

    said = nbformat.v4.new_code_cell("x", outputs=[nbformat.v4.new_output("stream", text="x")])
    silent = nbformat.v4.new_code_cell("y")
    cells = [
        *(heading("# Title"), silent, heading("## Empty"), silent, silent),
        *(heading("## Told"), silent, said, heading("(label)=\n## Empty too"), silent),
        heading("## With words\n\nSome."),
    ]
    left = notebooks.without_empty_sections(nbformat.v4.new_notebook(cells=cells))
    headings = [cell.source for cell in left.cells if cell.cell_type == "markdown"]
    assert headings == ["# Title", "## Told", "## With words\n\nSome."]
    assert len(left.cells) == len(cells) - 2
