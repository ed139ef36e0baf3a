"""References to figures and tables that an edition does not have.

What the data at hand cannot fill is left out, and other chapters may refer to it.
"""

import re
from collections.abc import Iterable, Iterator

from nbformat import NotebookNode

from tracktwo.book.notebooks import rewrite

NAMED = re.compile(r"^:name: ((?:fig|tab)-[\w-]+)$", re.MULTILINE)
REFERENCE = r"\{numref\}`([\w-]+)`"
IN_BRACKETS = re.compile(rf" \({REFERENCE}\)")
IN_SENTENCE = re.compile(REFERENCE)
STAND_INS = {"fig-": "a figure that this edition lacks", "tab-": "a table that this edition lacks"}


def labels_of(notebooks: Iterable[NotebookNode]) -> set[str]:
    """Return the labels of all figures and tables that stand in executed notebooks."""
    return {
        label for book in notebooks for _, text in _texts(book) for label in NAMED.findall(text)
    }


def without_lost(notebook: NotebookNode, labels: set[str]) -> NotebookNode:
    """Return `notebook` with words in place of references to what is not among `labels`.

    A reference that stands in brackets goes without a word.
    """
    for output, _ in _texts(notebook):
        rewrite(output, IN_BRACKETS, lambda at: at[0] if at[1] in labels else "")
        rewrite(output, IN_SENTENCE, lambda at: at[0] if at[1] in labels else STAND_INS[at[1][:4]])
    return notebook


def _texts(notebook: NotebookNode) -> Iterator[tuple[NotebookNode, str]]:
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if text := output.get("data", {}).get("text/markdown"):
                yield output, text
