"""Made books: as small as a comparison needs them."""

import json
from types import SimpleNamespace

import nbformat
from tiny_notebooks import notebook

from tracktwo.book.patterns import PREFIX, VERDICTS

TOC = "format: jb-book\nroot: index\nchapters:\n  - file: chapters/change\n"
NUMBERS = "who,share,n\ncitizens,0.5,40\nelites,0.25,20\n"

ANSWER = """:::{{admonition}} The answer
:class: answer
They lead. So do, it is said: {} of *all* citizens.:::
"""
NOTE = ":::{admonition} Left out in this edition\n:class: left-out\nLeft out.\n:::"
FIGURE = """```{figure} /figures/change-bars.svg
:name: fig-change-bars
:class: dark-light
:alt: "Two bars."

Citizens lead

What is shown.
```
"""
TABLE = "```{table} Rows\n:name: tab-change-rows\n\n| x |\n|---|\n"

PART = {"name": "share", "kind": "share", "estimate": 0.7, "low": 0.6, "high": 0.8, "cases": 50}
PART |= {"predicted": "> 0.5"}
CLAIM = {"id": "C3", "verdict": "supported", "standing": "held", "n": 50, "parts": [PART]}
CLAIM |= {"specifications": 2, "agree_share": 1.0}


def shown(cell, text, values=(), *, left_out=False, data=None):
    """Let a cell show MyST, telling `values` (name, text, value), as `say` does."""
    found = [(text.find(said), said, name) for name, said, _ in values]
    told = {"values": {name: {"text": said, "value": value} for name, said, value in values}}
    told["places"] = [[at, at + len(said), name] for at, said, name in found if at >= 0]
    told |= {"left_out": True} if left_out else {}
    bundle = {"text/markdown": text} if data is None else data
    kept = {"tracktwo": told}
    cell.outputs.append(nbformat.v4.new_output("display_data", bundle, metadata=kept))


def write_book(
    folder,
    *,
    share=0.61,
    name="share",
    answer=0.7,
    claims=(CLAIM,),
    numbers=NUMBERS,
    picture="<svg/>",
    rows=("| a |",),
    left_out=False,
    parameters=None,
):
    """Write a book of two executed chapters below `folder`; return folder and contents.

    The second tells a share, in an answer another, shows a figure, a table and a passage, and
    stores verdicts.
    """
    toc = folder / "_toc.yml"
    folder.mkdir(parents=True, exist_ok=True)
    toc.write_text(TOC)
    chapter = notebook("a", "b", "c", "d", "e")
    chapter.cells.insert(2, nbformat.v4.new_markdown_cell("## What came of it", id="came"))
    cells = [cell for cell in chapter.cells if cell.id.startswith("cell-")]
    told = f"{answer:.0%}"
    shown(cells[0], ANSWER.format(told), [("all", told, answer)])
    shown(cells[1], NOTE if left_out else "", [(name, f"{share:.0%}", share)], left_out=left_out)
    shown(cells[2], FIGURE)
    shown(cells[3], TABLE + "\n".join(rows) + "\n```")
    shown(cells[4], "", data={PREFIX + VERDICTS: json.dumps(list(claims))})
    for file, book in (("index", notebook()), ("chapters/change", chapter)):
        if parameters is not None:
            book.metadata["papermill"] = {"parameters": parameters}
        (folder / file).parent.mkdir(exist_ok=True)
        nbformat.write(book, folder / f"{file}.ipynb")
    figures = folder / "figures"
    figures.mkdir(exist_ok=True)
    for suffix in (".svg", ".narrow.svg"):
        (figures / f"change-bars{suffix}").write_text(picture)
    (figures / "change-bars.csv").write_text(numbers)
    return SimpleNamespace(folder=folder, toc=toc)
