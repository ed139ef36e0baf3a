"""A Sphinx extension that `_config.yml` turns on: mends what is wrong, drops what is unused."""

import functools
from typing import Any

import pybtex.plugin
from docutils import nodes
from pybtex.plugin import register_plugin
from sphinx.application import Sphinx

from tracktwo.telling.references import Surnames

PARTS = ("_start", "_center", "_persistent", "_end", "_items")
"""How the theme's settings end that name templates."""


def mend(_: Sphinx, doctree: nodes.document) -> None:
    """Mend a page's links and headings once it is read.

    MyST-Parser escapes ``&`` in an address that will be escaped again when it is written
    (its issue 760). And it writes a rubric as a heading by an attribute ``level``, while the
    directive sets ``heading-level``.
    """
    for link in doctree.findall(nodes.reference):
        if "refuri" in link:
            link["refuri"] = link["refuri"].replace("&amp;", "&")
    for rubric in doctree.findall(nodes.rubric):
        if "heading-level" in rubric:
            rubric["level"] = rubric["heading-level"]


def leave_search(app: Sphinx) -> None:
    """Make no index of words: the book's own search takes its place."""
    app.builder.search = False


def leave_theme(
    _: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Draw no parts of the theme's frame: the book's own takes its place."""
    for name in context:
        if name == "sidebars" or (name.startswith("theme_") and name.endswith(PARTS)):
            context[name] = []


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the mending and name the style of the references; Sphinx calls this."""
    # It asks every installed package anew for each citation.
    pybtex.plugin._load_entry_point = functools.cache(pybtex.plugin._load_entry_point)
    # It does not say so, but is: it does nothing as long as no part is numbered.
    app.extensions["sphinx_multitoc_numbering"].parallel_read_safe = True
    app.connect("builder-inited", leave_search)
    app.connect("html-page-context", leave_theme, priority=0)
    register_plugin("pybtex.style.formatting", "surnames", Surnames)
    app.connect("doctree-read", mend)
    return {"parallel_read_safe": True}
