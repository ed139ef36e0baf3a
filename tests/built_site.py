"""The real site, as `make book` published it."""

import functools

import bs4
import pytest

from tracktwo.book.toc import chapter_files
from tracktwo.ground import paths

HTML = paths.BUILD / "html"
CHAPTERS = [file.removesuffix(".ipynb") for file in chapter_files()]
PAGES = [f"{chapter}.html" for chapter in CHAPTERS]
EXTRA_PAGES = ["downloads.html", "numbers.html", "search.html"]


def require():
    """Fail, and say what to do, when there is no site to look at."""
    if not (HTML / "index.html").is_file():
        pytest.fail("there is no built book: run `make book` first", pytrace=False)


@functools.cache
def page(name):
    """Return the parsed page `name`, a path relative to the site."""
    require()
    return bs4.BeautifulSoup((HTML / name).read_text("utf-8"), "html.parser")


@functools.cache
def anchors(name):
    """Return the ids on the page `name`."""
    return {node["id"] for node in page(name).select("[id]")}
