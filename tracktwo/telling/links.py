"""Links: from a chapter to an entry of the appendix, and from an entry to the web."""

import re
from urllib.parse import quote, urlsplit

from tracktwo.telling.myst import Myst, plain

URL_CHARACTERS = "!#$%'()*+,-./:;=?@[]_~"  # stay as they are; others are percent-encoded
LONGEST_URL = 2_000
WEB = re.compile(r"https?://[^\s/?#]")


def initiative_label(key: str) -> str:
    """Return the label, and on the page the anchor, of an initiative's entry."""
    return f"initiative-{key}"


def statement_label(key: str) -> str:
    """Return the label, and on the page the anchor, of a statement's entry."""
    return f"statement-{key}"


def initiative_href(key: str) -> str:
    """Return where an initiative's entry is, from the site's root."""
    return f"chapters/catalogue.html#{initiative_label(key)}"


def statement_href(key: str) -> str:
    """Return where a statement's entry is, from the site's root."""
    return f"chapters/statements.html#{statement_label(key)}"


def document_label(key: str) -> str:
    """Return the label, and on the page the anchor, of a document's statements."""
    return f"document-{key}"


def initiative_link(key: str, text: str) -> Myst:
    """Return a MyST link to an initiative's entry in the catalogue."""
    return _link(initiative_label(key), text)


def statement_link(key: str, text: str) -> Myst:
    """Return a MyST link to a statement's entry in the appendix."""
    return _link(statement_label(key), text)


def document_link(key: str, text: str) -> Myst:
    """Return a MyST link to a document's statements in the appendix."""
    return _link(document_label(key), text)


def web_link(url: object, text: str) -> Myst:
    """Return a MyST link to a page on the web, or the text alone.

    No link comes of an address that is missing, is longer than `LONGEST_URL`, or begins with
    anything but ``http://`` or ``https://`` and a host.
    """
    address = url if isinstance(url, str) else ""
    if not WEB.match(address) or len(address) > LONGEST_URL or not _readable(address):
        return plain(text)
    safe = quote(address, safe=URL_CHARACTERS + "&").replace("&", "&amp;")
    return Myst(f"[{plain(text)}](<{safe}>)")


def _readable(address: str) -> bool:
    """Tell whether an address can be taken apart, as the PDF's links are."""
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:
        return False


def _link(label: str, text: str) -> Myst:
    return Myst(f"[{plain(text)}](#{label})")
