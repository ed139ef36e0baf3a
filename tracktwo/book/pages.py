"""The built pages, finished: what Sphinx leaves to be said better, safer or for more readers."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup, Tag


@dataclass
class Page:
    """One page of the site.

    Attributes
    ----------
    name : str
        Its file, relative to the site, such as ``chapters/change.html``.
    soup : BeautifulSoup
        The parsed page, changed in place.
    part : str
        The part of the book it belongs to; empty for the front page.
    """

    name: str
    soup: BeautifulSoup
    part: str = ""

    @property
    def up(self) -> str:
        """The way from the page's folder to the site's."""
        return "../" * self.name.count("/")

    @property
    def article(self) -> Tag:
        """The text of the page."""
        return self.soup.select_one("article.bd-article")


def new_tag(tag: str, /, **attributes: str) -> Tag:
    """Return a new, empty element."""
    return BeautifulSoup("", "html.parser").new_tag(tag, attrs=attributes)


@contextmanager
def opened(html: Path, name: str, part: str = "") -> Iterator[Page]:
    """Parse a page of the site and write it back, changed, at the end."""
    file = html / name
    page = Page(name, BeautifulSoup(file.read_text("utf-8"), "html.parser"), part)
    yield page
    file.write_text(str(page.soup), encoding="utf-8")


def finish_text(page: Page) -> None:
    """Finish what every page may hold: part, folds, tables, styles."""
    for step in STEPS:
        step(page)


def _name_part(page: Page) -> None:
    """Say above the title which part of the book a chapter belongs to."""
    label = page.soup.select_one(".part-label")
    if page.part:
        label.string = page.part
    elif label.find_next_sibling() is None:
        label.parent.decompose()
    else:
        label.decompose()


def _name_folds(page: Page) -> None:
    """Name folded code by what it is; the theme hides its name from screen readers."""
    for fold in page.article.select("div.cell details.hide"):
        cell = fold.find_parent(class_="cell")
        given = "tag_parameters" in cell["class"]
        fold["class"] = ["hide", "code-fold"]
        fold.summary.clear()
        fold.summary.attrs = {}
        fold.summary.string = "Parameters" if given else "Code"


def _reach_tables(page: Page) -> None:
    """Let wide tables scroll by themselves, for the keyboard too, and name their headers."""
    for table in page.article.find_all("table"):
        for header in table.select("thead th"):
            header["scope"] = "col"
        box = table.find_parent(class_="pst-scrollable-table-container")
        if box is not None and table.caption is not None:
            box["tabindex"], box["role"] = "0", "region"
            box["aria-label"] = table.caption.get_text(" ", strip=True)[:120]


def _drop_styles(page: Page) -> None:
    """Say widths of columns without inline styles, which the site's policy forbids."""
    for column in page.article.select("col[style]"):
        column["width"] = column.attrs.pop("style").removeprefix("width:").strip(" ;")


def _scroll_code(page: Page) -> None:
    """Let the keyboard scroll long lines of code."""
    for block in page.article.select("div.highlight pre"):
        block["tabindex"] = "0"


def _plain_references(page: Page) -> None:
    """Drop roles that ARIA has given up, or that promise list items where there are none."""
    for node in page.article.select(".citation[role], .citation-list[role], .footnote[role]"):
        del node["role"]


STEPS: Iterable[Callable[[Page], None]] = (
    _name_part,
    _name_folds,
    _reach_tables,
    _drop_styles,
    _scroll_code,
    _plain_references,
)
