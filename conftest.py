"""What unit tests and nbval's notebooks have in common.

nbval runs each notebook as another machine would (`tests/surroundings.py`), so that one run shows
both: the outputs are the committed ones, and they are so wherever they are computed.
"""

import functools
import os
import tempfile
from collections.abc import Generator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from unittest.mock import patch

import nbval.kernel
import pytest
from jupyter_client.provisioning import KernelProvisionerFactory
from nbval.plugin import IPyNbCell

from tests.surroundings import surroundings
from tracktwo.book.execute import isolate, short_folder
from tracktwo.book.nbval.drawn import keep_figures
from tracktwo.book.nbval.kernels import WatchedKernel
from tracktwo.book.warm import started

pytest_plugins = ["tracktwo.book.nbval.hooks"]  # says what moved where a cell failed
UNTIL_THE_END = ExitStack()
GIVEN = """
figures = {!r}
import numpy._core._multiarray_umath as _core
assert not any(map(_core.__cpu_features__.get, _core.__cpu_dispatch__)), "not another machine"
"""

# Kernels that nbval starts find the same surroundings as those of the build.
isolate()


@functools.cache
def _aside() -> Path:
    """Return a folder for the sockets of nbval's kernels, and for the figures that they draw."""
    folder = tempfile.TemporaryDirectory(prefix="nbval-", dir=short_folder())
    return Path(UNTIL_THE_END.enter_context(folder))


@functools.cache
def _elsewhere() -> dict[str, str]:
    """Return the surroundings of nbval's kernels, with a warm process that is in them, too."""
    around = surroundings(threads=2)
    return around | UNTIL_THE_END.enter_context(started(around))


def pytest_unconfigure() -> None:
    """End what nbval's kernels needed."""
    UNTIL_THE_END.close()


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


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, None, None]:
    """Start the kernel of a notebook elsewhere, and have its figures written aside.

    Kernels speak over files, not ports, so that those of two workers cannot take each other's.
    """
    if not isinstance(item, IPyNbCell):
        return (yield)
    if "parameters" in item.cell.metadata.get("tags", []):
        item.cell.source += GIVEN.format(f"{_aside()}/figures")
    manager = partial(nbval.kernel.KernelManager, transport="ipc", ip=f"{_aside()}/kernel")
    with (
        patch.dict(os.environ, _elsewhere()),
        patch("nbval.kernel.KernelManager", manager),
        patch("nbval.plugin.RunningKernel", WatchedKernel),
    ):
        KernelProvisionerFactory.clear_instance()  # it keeps what the environment said
        try:
            return (yield)
        finally:
            KernelProvisionerFactory.clear_instance()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """Compare what nbval does not: the metadata of a cell's outputs, and the figures it drew."""
    if not isinstance(item, IPyNbCell):
        return (yield)
    try:
        result = yield
    finally:  # of a cell that failed, too: the next one did not draw them
        drawn = keep_figures(item, _aside() / "figures")
    committed, told = (
        [output.get("metadata", {}) for output in outputs]
        for outputs in (item.cell.outputs, item.test_outputs)
    )
    assert committed == told, "the metadata of its outputs are not the committed ones"
    assert not drawn, f"not the committed files: {', '.join(drawn)}"
    return result
