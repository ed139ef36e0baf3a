"""pytest's hooks: keep what a failed cell of a notebook did, and say at the end what moved.

Whether a cell fails is nbval's to say. Each process of a run keeps what its cells did in
``_build/nbval``; the one that reports reads it there.
"""

import os
import shutil
from collections.abc import Generator
from pathlib import Path

import pytest
from nbval.plugin import IPyNbCell, NbCellError

from tracktwo.book.nbval.drawn import DRAWN, FOLDER
from tracktwo.book.nbval.failed import Failed, keep
from tracktwo.book.nbval.findings import findings
from tracktwo.book.nbval.kernels import DeadKernelError
from tracktwo.book.nbval.page import page
from tracktwo.book.nbval.plain import plain
from tracktwo.book.nbval.words import markdown, words

REPORT = FOLDER / "report.html"
SUMMARY = "GITHUB_STEP_SUMMARY"

SAID = ("Cell outputs differ", "Cell execution caused an exception")
"""What nbval says where a cell's outputs say it better."""

SILENT = "the kernel died while this cell ran"
DEAD = {"Kernel dead on test start": "the kernel was dead before this cell began"}


def pytest_sessionstart(session: pytest.Session) -> None:
    """Forget what an earlier run found."""
    if not hasattr(session.config, "workerinput") and session.config.option.nbval:
        shutil.rmtree(session.config.rootpath / FOLDER, ignore_errors=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep what a failed cell did; its own report is one line."""
    report = yield
    if isinstance(item, IPyNbCell) and report.when == "call" and report.failed:
        file = item.path.relative_to(item.config.rootpath).as_posix()
        outputs = list(item.test_outputs or [])
        failed = Failed(
            file, item.cell_num, outputs, item.stash.get(DRAWN, []), _why(call.excinfo.value)
        )
        keep(failed, item.config.rootpath / FOLDER)
        error = failed.error or {}
        raised = plain(f"{error.get('ename')}: {error.get('evalue')}") if error else ""
        said = failed.why or raised or "its output is not the committed one"
        report.longrepr = f"{file}, cell {item.cell.get('id', item.cell_num)}: {said}"
        report.is_told = True
    return report


def _why(raised: BaseException) -> str:
    """Return what stopped a cell, where its outputs do not say so."""
    if isinstance(raised, DeadKernelError):
        return SILENT
    said = str(raised)
    if isinstance(raised, AssertionError) or (isinstance(raised, NbCellError) and said in SAID):
        return ""
    return DEAD.get(said, plain(said))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> Generator[None, None, None]:
    """Say in a section of its own, in the place of a report for each cell, what moved."""
    failed = terminalreporter.stats.get("failed", [])
    others = [report for report in failed if not hasattr(report, "is_told")]
    if len(others) == len(failed) or hasattr(config, "workerinput"):
        return (yield)
    try:
        lines = _report(config.rootpath)
    except Exception as error:  # whatever it is, it must not hide what failed
        terminalreporter.write_line(f"What moved in the notebooks cannot be told: {error}")
        return (yield)
    terminalreporter.stats["failed"] = others
    try:
        result = yield
    finally:
        terminalreporter.stats["failed"] = failed
    terminalreporter.write_sep("=", "cells that are not as committed")
    for line in lines:
        terminalreporter.write_line(line)
    return result


def _report(root: Path) -> list[str]:
    """Write what moved as a page and, where there is one, into the host's summary; return it."""
    chapters = findings(root / FOLDER, root)
    lines = words(chapters, REPORT.as_posix())
    (root / REPORT).write_text(page(chapters), encoding="utf-8")
    if summary := os.environ.get(SUMMARY):
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(markdown(lines))
    return lines
