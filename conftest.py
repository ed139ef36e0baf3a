"""What unit tests and nbval's notebooks have in common."""

from collections.abc import Generator

import pytest

from tracktwo.book.execute import isolate

LONGEST = 300  # characters of a report's line

# Kernels that nbval starts find the same surroundings as those of the build.
isolate()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Clip the lines of nbval's reports: a figure is one line of many thousand characters."""
    report = yield
    if isinstance(report.longrepr, str):
        report.longrepr = "\n".join(_clip(line) for line in report.longrepr.splitlines())
    return report


def _clip(line: str) -> str:
    return line if len(line) <= LONGEST else f"{line[:LONGEST]} … ({len(line):,} characters)"
