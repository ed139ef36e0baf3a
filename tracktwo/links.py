"""Links from a chapter to the entry of an initiative or a statement in the appendix."""

from tracktwo.tables import plain


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


def initiative_link(key: str, text: str) -> str:
    """Return a MyST link to an initiative's entry in the catalogue."""
    return _link(initiative_label(key), text)


def statement_link(key: str, text: str) -> str:
    """Return a MyST link to a statement's entry in the appendix."""
    return _link(statement_label(key), text)


def _link(label: str, text: str) -> str:
    return f"[{plain(text)}](#{label})"
