"""A Sphinx extension: mends two faults of MyST-Parser and lists works by surname."""

from typing import Any

from docutils import nodes
from pybtex.plugin import register_plugin
from sphinx.application import Sphinx

from tracktwo.telling.references import Surnames


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


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the mending and name the style of the references; Sphinx calls this."""
    register_plugin("pybtex.style.formatting", "surnames", Surnames)
    app.connect("doctree-read", mend)
    return {"parallel_read_safe": True}
