"""One page of the built site, parsed."""

from dataclasses import dataclass

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
