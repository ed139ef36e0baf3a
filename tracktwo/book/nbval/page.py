"""A test run's findings as a page, with the figures before and after."""

import base64
from pathlib import Path

from tracktwo.book.nbval.findings import Chapter
from tracktwo.book.report import report_page


def page(chapters: list[Chapter]) -> str:
    """Return the page."""
    return report_page(
        Path(__file__).with_name("failures.html"),
        chapters=chapters,
        embedded=_embedded,
    )


def _embedded(file: Path) -> str | None:
    if not file.is_file():
        return None
    return "data:image/svg+xml;base64," + base64.b64encode(file.read_bytes()).decode()
