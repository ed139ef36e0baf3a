"""Execute one chapter: its notebook, aside from the committed one, with parameters.

python -m tracktwo.book.execute NOTEBOOK OUTPUT FIGURES [--parameters JSON]
"""

import argparse
import json
import logging
import os
import re
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import papermill
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError, strip_color
from traitlets.config import Config

from tracktwo.book import notebooks
from tracktwo.book.errors import attempt
from tracktwo.book.parameters import of_chapter
from tracktwo.ground import paths
from tracktwo.telling.told import TOLD, EmptyChapterError

# It warns of parameters that it cannot read; `notebooks.parameter_names` can.
logging.getLogger("papermill").setLevel(logging.ERROR)

TRACEBACK_LINES = 15
ARROW = re.compile(r"-+> (\d+) (.*)")

ENVIRONMENT = {
    # The kernel is this environment's own, whatever else is installed on the machine.
    "JUPYTER_PREFER_ENV_PATH": "1",
    # Its code is this checkout's, whichever checkout the environment was made for.
    "PYTHONPATH": str(paths.ROOT),
    # One thread and one hash seed: the same sums and the same order on every machine.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    # Python's frozen modules make the kernel's debugger complain on every start.
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
"""What a kernel must find around it for its results to depend on the notebook alone."""

FOREIGN = ("JUPYTER_PATH", "PYTHONSTARTUP", "IPYTHONDIR")
"""Variables by which another installation could reach into the kernel."""

LONGEST = 70
"""The most bytes of a folder's path in which the system allows a kernel's sockets."""

MEMORY = "close other programs, or build on a larger machine"
DIED = f"""
    Either the code ended Python (exit(), os._exit(), a crash inside a library), or the system did,
    most often because memory ran out: then {MEMORY}."""
NO_REASON = f"    The kernel gave no reason, most often because memory ran out: {MEMORY}."
NO_MEMORY = f"    Memory ran out: {MEMORY}."

SAID = re.compile(r"""\bsay\(\s*(?:\"{3}|'{3}|")\s*(.+)""")
"""How a passage begins in its cell."""


class ChapterError(Exception):
    """A chapter that could not be executed; its text is the message for the user."""


def isolate() -> None:
    """Set this process's environment so that the kernels it starts are its own and reproducible."""
    os.environ.update(ENVIRONMENT)
    for name in FOREIGN:
        os.environ.pop(name, None)


def execute(
    notebook: Path, output: Path, figures: Path, parameters: dict[str, Any] | None = None
) -> NotebookNode:
    """Execute `notebook` with `parameters` and write the result to `output`.

    The notebook runs in its own folder, as it does in Jupyter and under nbval. The folder
    `figures` is emptied first, so that it ends up with this chapter's figures alone. Kernels
    speak over files, not ports, so that chapters executed at once cannot take each other's.

    Returns
    -------
    NotebookNode
        The executed notebook, without times or other noise.

    Raises
    ------
    ChapterError
        When a parameter is none of the notebook's, a cell fails or the kernel dies, or, in the
        published edition (no `parameters`), a passage's guard is false; nothing is written then.
    OSError
        When the machine refuses a file.
    """
    isolate()
    given = dict(parameters or {})
    source = notebooks.for_python(notebooks.read(notebook))
    try:
        known = notebooks.parameter_names(source)
    except ValueError as error:
        raise ChapterError(f"{notebook.stem}: {error}") from error
    if unknown := [name for name in given if name not in known]:
        allowed = ", ".join(known) or "none"
        raise ChapterError(
            f"{notebook.stem}: no parameter {', '.join(unknown)}; there are: {allowed}"
        )
    given = {name: value for name, value in of_chapter(given).items() if name in known}
    shutil.rmtree(figures, ignore_errors=True)
    figures.mkdir(parents=True)
    started: list[NotebookNode] = []
    try:
        with tempfile.TemporaryDirectory(dir=short_folder()) as sockets:
            executed = papermill.execute_notebook(
                source,
                None,
                {**given, "figures": _below_root(figures)},
                kernel_name="python3",
                cwd=str(notebook.resolve().parent),
                progress_bar=False,
                shutdown_kernel="immediate",
                on_cell_start=lambda cell, cell_index: started.append(cell),
                config=Config(KernelManager={"transport": "ipc", "ip": f"{sockets}/kernel"}),
            )
        _all_succeeded(executed)
    except PapermillExecutionError as error:
        if error.ename != EmptyChapterError.__name__:
            raise ChapterError(explain(notebook.stem, error, source)) from error
        executed = _ended(source, started)
    except DeadKernelError as error:
        number, line = _place(started[-1], source)
        place = f"{notebook.stem}: the kernel died in code cell {number}: {line}"
        raise ChapterError(place + DIED) from error
    except OSError:
        raise
    except Exception as error:  # the kernel did not start, or a cell's output is not valid
        end = "\n".join(str(error).strip().splitlines()[-TRACEBACK_LINES:])
        raise ChapterError(f"{notebook.stem}: {type(error).__name__}: {end}") from error
    if not given:
        _all_hold(notebook.stem, executed, source)
    result = notebooks.cleaned(executed, source)
    if given:
        result = notebooks.without_empty_sections(result)
    result.metadata["papermill"] = notebooks.provenance(given, papermill.__version__, notebook.stem)
    notebooks.write(result, output)
    return result


def _below_root(folder: Path) -> str:
    """Return `folder` relative to the repository when in it: no machine's path stays."""
    absolute = folder.resolve()
    inside = absolute.is_relative_to(paths.ROOT)
    return (absolute.relative_to(paths.ROOT) if inside else absolute).as_posix()


def short_folder() -> str:
    """Return the folder for temporary files, or another when its path is too long for sockets."""
    chosen = tempfile.gettempdir()
    for folder in (chosen, "/tmp", "/var/tmp"):
        if len(os.fsencode(folder)) <= LONGEST and os.access(folder, os.W_OK):
            return folder
    raise ValueError(f"TMPDIR: the path {chosen} is too long for a kernel; set it to a shorter one")


def _all_succeeded(executed: NotebookNode) -> None:
    """Raise the error of a cell that ended by ``sys.exit(0)``, which papermill lets pass.

    The cells after it have not been run.
    """
    for index, cell in enumerate(executed.cells):
        for output in cell.get("outputs", []):
            if output.output_type == "error" and output.ename == "SystemExit":
                raise PapermillExecutionError(
                    cell_index=index,
                    exec_count=cell.execution_count,
                    source=cell.source,
                    ename=output.ename,
                    evalue=output.evalue,
                    traceback=output.traceback,
                )


def _all_hold(chapter: str, executed: NotebookNode, source: NotebookNode) -> None:
    """Refuse the published edition's words where its own evidence does not bear them out."""
    for cell in executed.cells:
        for output in cell.get("outputs", []):
            if output.get("metadata", {}).get(TOLD, {}).get("left_out"):
                number, line = _place(cell, source)
                text = SAID.search(cell.source)
                raise ChapterError(
                    f"{chapter}: code cell {number}: the evidence no longer bears out what this "
                    f"says, its `when` is false: write it anew\n    {text[1] if text else line}"
                )


def _ended(source: NotebookNode, started: list[NotebookNode]) -> NotebookNode:
    """Return a chapter that ended early as its cells up to there, the last with what it said."""
    outputs = [output for output in started[-1].outputs if output.output_type != "error"]
    started[-1].outputs = outputs
    return NotebookNode(source | {"cells": started})


def _place(cell: NotebookNode, source: NotebookNode) -> tuple[int | None, str]:
    """Return the number of a code cell of `source`, and the cell's first line."""
    code = [written.source for written in source.cells if written.cell_type == "code"]
    number = code.index(cell.source) + 1 if cell.source in code else cell.get("execution_count")
    return number, next(iter(cell.source.strip().splitlines()), "")


def explain(chapter: str, error: PapermillExecutionError, source: NotebookNode) -> str:
    """Return what a failed build must tell: chapter, cell, the line in it, the error's end."""
    cell = NotebookNode(source=error.source, execution_count=error.exec_count)
    number, first = _place(cell, source)
    trace = strip_color("\n".join(error.traceback)).rstrip().splitlines()
    # A traceback begins in the cell, so its first arrow points at the cell's own line. Code that
    # cannot be parsed has no arrow.
    if at := next(filter(None, map(ARROW.match, trace)), None):
        place = f", line {at[1]}, failed: {at[2].strip()}"
    else:
        place = f" failed: {first}"
    end = [f"    {line}".rstrip() for line in trace[-TRACEBACK_LINES:]]
    if "MemoryError" in error.ename:
        end.append(NO_MEMORY)
    return "\n".join([f"{chapter}: code cell {number}{place}", *(end or [NO_REASON])])


def main(arguments: list[str] | None = None) -> int:
    """Execute one chapter from the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tracktwo.book.execute", description=__doc__)
    parser.add_argument("notebook", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("figures", type=Path)
    parser.add_argument("--parameters", type=json.loads, default={}, metavar="JSON")
    options = parser.parse_args(arguments)
    start = time.monotonic()
    given = (options.notebook, options.output, options.figures, options.parameters)
    chapter = options.notebook.stem
    code = attempt(lambda: execute(*given), ChapterError, ValueError, what=chapter)
    if not code:
        print(f"executed {chapter} ({time.monotonic() - start:.1f} s)", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
