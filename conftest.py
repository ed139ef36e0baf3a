"""What unit tests and nbval's notebooks have in common.

nbval runs each notebook as another machine would (`tests/surroundings.py`), so that one run shows
both: the outputs are the committed ones, and they are so wherever they are computed.
"""

import atexit
import os
import tempfile
from collections.abc import Generator
from contextlib import ExitStack
from functools import cache, partial
from pathlib import Path
from unittest.mock import patch

import nbval.kernel
import pytest
from nbval.plugin import IPyNbCell

from tests.differences import differences, file_differences
from tests.surroundings import surroundings
from tracktwo.book.execute import isolate
from tracktwo.book.warm import started
from tracktwo.ground import paths

LONGEST = 300  # characters of a report's line
ASIDE = tempfile.TemporaryDirectory(prefix="nbval-", dir="/tmp")
"""Where nbval's kernels have their sockets, the path of which must be short, and draw figures."""

WARM = ExitStack()
atexit.register(ASIDE.cleanup)
atexit.register(WARM.close)
# Kernels that nbval starts find the same surroundings as those of the build.
isolate()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser; put first what takes long, so that all workers end together."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    """Return when a test's file has its turn: notebooks, then what builds, then the rest."""
    if isinstance(item, IPyNbCell):
        return 0
    used = {getattr(value, "__module__", None) for value in vars(item.module).values()}
    return 1 if "tiny_book" in used else 2


@cache
def _elsewhere() -> dict[str, str]:
    """Return the surroundings of nbval's kernels, which are forks of one process there."""
    return surroundings(2) | WARM.enter_context(started(surroundings(2)))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, None, None]:
    """Start the kernel of a notebook elsewhere, and have its figures written aside.

    Kernels speak over files, not ports, so that those of two workers cannot take each other's.
    """
    if not isinstance(item, IPyNbCell):
        return (yield)
    if "parameters" in item.cell.metadata.get("tags", []):
        item.cell.source += f"\nfigures = '{ASIDE.name}/figures'"
    manager = partial(nbval.kernel.KernelManager, transport="ipc", ip=f"{ASIDE.name}/kernel")
    with patch.dict(os.environ, _elsewhere()), patch("nbval.kernel.KernelManager", manager):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """Compare what nbval does not: the metadata of a cell's outputs, and the figures it drew."""
    result = yield
    if isinstance(item, IPyNbCell):
        committed, told = (
            [output.get("metadata", {}) for output in outputs]
            for outputs in (item.cell.outputs, item.test_outputs)
        )
        found = [*differences(committed, told, "metadata")]
        for file in sorted(Path(ASIDE.name).glob("figures/*")):
            found += file_differences(paths.FIGURES / file.name, file)
            file.unlink()
        assert not found, "\n".join(found[:10])
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Clip the lines of nbval's reports: a figure is one line of many thousand characters."""
    report = yield
    if isinstance(report.longrepr, str):
        report.longrepr = "\n".join(_clip(line) for line in report.longrepr.splitlines())
    return report


def _clip(line: str) -> str:
    return line if len(line) <= LONGEST else f"{line[:LONGEST]} … ({len(line):,} characters)"
