"""Notebooks as other editors save them: they count, run and pass as the committed ones do."""

import json
import subprocess
import sys

import nbformat
import pytest
from tiny_notebooks import notebook

from tracktwo.book import notebooks
from tracktwo.book.execute import execute
from tracktwo.book.toc import chapter_files
from tracktwo.ground import paths


def in_vscode(saved):
    saved["metadata"] = {
        "kernelspec": {"display_name": ".venv (3.12.1)", "language": "python", "name": "my-venv"},
        "language_info": {"name": "python", "version": "3.12.1", "file_extension": ".py"},
        "orig_nbformat": 4,
        "vscode": {"interpreter": {"hash": "0f0f"}},
    }
    for cell in saved["cells"]:
        cell["metadata"]["vscode"] = {"languageId": "python"}


def in_jupyterlab(saved):
    saved["metadata"]["kernelspec"] = {"display_name": "Julia 1.9", "name": "julia-1.9"}
    saved["metadata"]["language_info"] = {"name": "python", "version": "3.9.0"}
    for number, cell in enumerate(saved["cells"]):
        cell["metadata"] |= {"collapsed": False, "jupyter": {"outputs_hidden": False}}
        if cell["cell_type"] == "code":
            cell["execution_count"] = 40 + number
            cell["metadata"]["execution"] = {"iopub.status.busy": "2026-01-01T00:00:00Z"}
            cell["metadata"]["trusted"] = True


def in_colab(saved):
    saved["nbformat_minor"] = 0
    saved["metadata"] = {
        "colab": {"provenance": []},
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
        "language_info": {"name": "python"},
    }
    for number, cell in enumerate(saved["cells"]):
        del cell["id"]
        cell["metadata"] |= {"id": f"aB{number}", "colab": {"base_uri": "https://example.org/"}}


def with_strings(saved):
    for cell in saved["cells"]:
        cell["source"] = "".join(cell["source"])


def with_one_id(saved):
    for cell in saved["cells"]:
        cell["id"] = "same"


def without_kernel(saved):
    saved["metadata"] = {}


EDITORS = [in_vscode, in_jupyterlab, in_colab, with_strings, with_one_id, without_kernel]
each_editor = pytest.mark.parametrize("editor", EDITORS, ids=lambda editor: editor.__name__)


@pytest.fixture
def saved(tmp_path):
    """Return a tiny notebook as committed, and a function that saves it in an editor."""
    plain = tmp_path / "chapter.ipynb"
    nbformat.write(notebook("import sys\nprint(sys.executable)"), plain)

    def save(editor, source=plain):
        content = json.loads(source.read_text("utf-8"))
        editor(content)
        (tmp_path / "saved.ipynb").write_text(json.dumps(content), encoding="utf-8")
        return tmp_path / "saved.ipynb"

    return plain, save


@each_editor
def test_when_another_editor_saves_a_notebook_then_it_is_no_reason_to_execute(saved, editor):
    plain, save = saved
    assert notebooks.source_digest(save(editor)) == notebooks.source_digest(plain)


@each_editor
def test_when_another_editor_saves_a_notebook_then_nothing_of_the_editor_stays(saved, editor):
    plain, save = saved
    ours, theirs = (notebooks.for_python(notebooks.read(f)) for f in (plain, save(editor)))
    assert ours.metadata == theirs.metadata
    assert [c.metadata for c in ours.cells] == [c.metadata for c in theirs.cells]
    assert len({cell.id for cell in theirs.cells}) == len(ours.cells)
    nbformat.validate(theirs)


@pytest.mark.parametrize("editor", [in_vscode, in_colab], ids=["vscode", "colab"])
def test_when_another_editor_saves_a_notebook_then_it_runs_in_this_environment(
    saved, editor, tmp_path
):
    ran = execute(saved[1](editor), tmp_path / "out.ipynb", tmp_path / "figures")
    assert ran.cells[-1].outputs[0].text.strip() == sys.executable
    assert ran.metadata.kernelspec.name == "python3"


def test_when_the_kernel_is_another_machines_then_nbval_runs_this_environment(saved, tmp_path):
    plain, save = saved
    ran = execute(plain, tmp_path / "out.ipynb", tmp_path / "figures")
    nbformat.write(notebooks.without_injected(ran), plain)
    command = [sys.executable, "-m", "pytest", "-q", "--nbval", "-c", paths.ROOT / "pyproject.toml"]
    command += ["--rootdir", tmp_path, "-p", "no:cacheprovider", save(in_vscode)]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0 and "2 passed" in run.stdout, run.stdout + run.stderr


@pytest.mark.parametrize("file", chapter_files())
def test_when_a_chapter_is_read_then_its_text_code_and_outputs_are_as_saved(file):
    saved = json.loads((paths.ROOT / file).read_text("utf-8"))["cells"]
    read = json.loads(nbformat.writes(notebooks.read(paths.ROOT / file)))["cells"]
    for before, after in zip(saved, read, strict=True):
        assert "".join(before["source"]) == "".join(after["source"])
        assert before.get("outputs") == after.get("outputs")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not a notebook"),
        (b"no json", "not a notebook"),
        (b"[]", "not a notebook"),
        (b'"text"', "not a notebook"),
        (b"{}", "no 'nbformat'"),
        (b'{"nbformat": 3, "worksheets": []}', "format 3, where 4 is allowed"),
        (b'{"nbformat": 4}', "no 'cells'"),
        (b'{"nbformat": 4, "cells": [1]}', "not a notebook"),
        (b'{"nbformat": 4, "cells": [{"source": "x"}]}', "no 'metadata'"),
        (b'{"nbformat": 4, "cells": [{"source": "x", "metadata": {}}]}', "not a notebook"),
        (b"\xff\xfe{\0", "not a notebook"),
        (b"[" * 100_000, "not a notebook"),
    ],
)
def test_when_a_file_is_no_notebook_then_one_line_names_it(tmp_path, content, said):
    (tmp_path / "chapter.ipynb").write_bytes(content)
    with pytest.raises(ValueError, match=r"chapter.ipynb: not a notebook \(") as caught:
        notebooks.read(tmp_path / "chapter.ipynb")
    assert said in str(caught.value) and len(str(caught.value).splitlines()) == 1


# The cell of parameters


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ('coder = "a=b"  # whose codes: a=b', "coder"),
        ("coder = 'x'  # == the default", "coder"),
        ("grades = dict(a=1)", "grades"),
        ("break_year: int = 1999  # <= 2004", "break_year"),
        ('scope = [\n    "a=b",\n    "c",\n]', "scope"),
    ],
)
def test_when_a_line_of_parameters_has_a_second_sign_then_it_is_read(line, name):
    made = notebook(parameters=f'figures = "figures"\n# a = comment\n{line}\nlast = 1')
    assert notebooks.parameter_names(made) == ["figures", name, "last"]


def test_when_such_a_parameter_is_given_then_it_counts(tmp_path, capfd):
    made = notebook("print(coder)", parameters='figures = "f"\ncoder = "a=b"  # a=b')
    nbformat.write(made, tmp_path / "chapter.ipynb")
    given = {"coder": "c=d"}
    ran = execute(tmp_path / "chapter.ipynb", tmp_path / "out.ipynb", tmp_path / "f", given)
    assert ran.cells[-1].outputs[0].text == "c=d\n"
    assert "Unable to parse" not in capfd.readouterr().err


def test_when_the_cell_of_parameters_is_not_python_then_the_line_is_told():
    with pytest.raises(ValueError, match="cell of parameters, line 2: not Python"):
        notebooks.parameter_names(notebook(parameters="a = 1\nb = = 2"))
