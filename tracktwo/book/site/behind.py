"""What is behind a number or a figure: marks in the pages, a card for each, and the list of all.

Every number told is marked in what the site is built from. On a page it is text like any other,
until a reader's script (``_static/behind.js``) lets it open a card; what the card says comes as a
script of its own for each page, since a page opened from a folder may load no other kind of file.
"""

import copy
import json
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from nbformat import NotebookNode

from tracktwo.book.site.page import Page, has, tags
from tracktwo.book.toc import FINDINGS
from tracktwo.telling.marks import Place, wrapped
from tracktwo.telling.titles import title_of
from tracktwo.telling.told import TOLD

EXPLORER = "chapters/explorer.html"
FOLDER = Path("behind")
MARKED = re.compile(r'<span class=\\"told\\" data-told=\\"[^"]*\\">(.*?)</span>')
"""A mark, in the JSON of a notebook."""
FRONT = "Front page"
NO_PLACE = ("a", "button", "h1", "h2", "h3", "h4", "h5", "h6", "summary", "label")
"""Within these a number is no place of its own: they lead somewhere, or name something."""


def mark(notebook: NotebookNode, chapter: str) -> NotebookNode:
    """Return an executed notebook with every number marked that it tells.

    Done before anything else is changed in it: the places are those in the text as it was told.
    """
    notebook = copy.deepcopy(notebook)
    for output in (output for cell in notebook.cells for output in cell.get("outputs", [])):
        kept = output.get("metadata", {}).get(TOLD, {})
        places = [Place(a, b, f"{chapter}.{name}") for a, b, name in kept.get("places", [])]
        if places:
            data = output["data"]
            data["text/markdown"] = wrapped(data["text/markdown"], places, _marked)
    return notebook


def without_marks(notebook: str) -> str:
    """Return the JSON of a notebook without its marks, for whoever takes it along."""
    return MARKED.sub(r"\1", notebook)


def _marked(key: str, text: str) -> str:
    return f'<span class="told" data-told="{escape(key)}">{text}</span>'


def settle(page: Page, html: Path, results: dict[str, Any], edition: dict[str, Any]) -> None:
    """Leave marks only where a number can be a place of its own, and write what its card says."""
    marks = [node for node in tags(page.article, "span") if has(node, "told")]
    for node in marks:
        if node.find_parent(NO_PLACE):
            node.unwrap()
    keys = sorted({node["data-told"] for node in marks if node.parent})
    if not keys:
        return
    file = FOLDER / f"{Path(page.name).stem}.js"
    page.article["data-behind"], page.article["data-up"] = f"{page.up}{file.as_posix()}", page.up
    said: dict[str, Any] = {"explorer": EXPLORER, "code": code_base(edition)}
    said |= {"numbers": {key: results["results"][key] for key in keys}}
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    (html / file).parent.mkdir(parents=True, exist_ok=True)
    (html / file).write_text(f"window.bookBehind = {text};\n", encoding="utf-8")


def results_in(folder: Path) -> dict[str, Any]:
    """Return what ``results.json`` in `folder` holds; nothing where there is none."""
    file = folder / "results.json"
    empty = {"results": {}, "figures": {}}
    return empty | json.loads(file.read_text("utf-8")) if file.is_file() else empty


def of_figures(results: dict[str, Any], edition: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what is known of each figure, by its label; with ``code``, where its function is."""
    code = code_base(edition)
    return {
        key.partition(".")[2]: {**record, "code": code and code + _line(record["made_by"])}
        for key, record in results["figures"].items()
        if "made_by" in record
    }


def code_base(edition: dict[str, Any]) -> str:
    """Return the address below which the code is published; empty where it is not."""
    return f"{edition['repository']}/blob/{edition['branch']}/" if edition["repository"] else ""


def _line(place: dict[str, Any]) -> str:
    return f"{place['file']}#L{place['line']}"


def listed(found: dict[str, Any], pages: dict[str, str]) -> list[dict[str, Any]]:
    """Return the chapters whose numbers and figures have rows behind them, with these, to list.

    Parameters
    ----------
    found
        What ``results.json`` holds.
    pages
        The chapters in the order of the book, such as ``chapters/change``, and their pages.
    """
    lines: dict[str, list[dict[str, Any]]] = {}
    for key, record in (found["results"] | found["figures"]).items():
        if "rows" in record:
            said = {"key": key, "name": key.partition(".")[2], "rows": rows_text(record)}
            said["links"] = list(addresses(record))
            lines.setdefault(record["chapter"], []).append(record | said)
    return [
        {"title": _title(page), "page": f"{page}.html", "lines": lines[chapter]}
        for chapter, page in pages.items()
        if chapter in lines
    ]


def _title(page: str) -> str:
    named = {"index": FRONT, FINDINGS: FINDINGS.capitalize()}
    return named.get(page) or title_of(Path(page).name)


def made_text(place: dict[str, Any]) -> str:
    """Return a function and where it stands, as a reader is told."""
    return f"{place['function'].rpartition('.')[2]}, {place['file']}, line {place['line']}"


def rows_text(record: dict[str, Any]) -> str:
    """Return how many rows are behind a number, in words: ``58 of 95 initiatives``."""
    noun = parse_qsl(record["rows"])[0][1]
    whole = f"{record['of']:,} {noun}"
    said = f"{record['count']:,} of {whole}" if "count" in record else whole
    if "unit" not in record:
        return said
    part, units = record["units"]
    of = f"{units:,} {record['unit'].removesuffix('_id')}s"
    return f"{said}, from {of if part is None else f'{part:,} of {of}'}"


def addresses(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield, for the rows behind a number or a figure, what to call them and where they are."""
    if "part" in record:
        yield "those counted", f"{EXPLORER}#{record['part']}"
    yield "all" if "part" in record else "rows", f"{EXPLORER}#{record['rows']}"
