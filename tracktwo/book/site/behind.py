"""What is behind a number or a figure: marks in the pages, a card for each, and the list of all.

Every number told is marked in what the site is built from. On a page it is text like any other,
until a reader's script (``_static/behind.js``) lets it open a card; what the card says comes as a
script of its own for each page, since a page opened from a folder may load no other kind of file.
"""

import json
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from tracktwo.book import notebooks
from tracktwo.book.site.page import Page
from tracktwo.telling.marks import Place, wrapped
from tracktwo.telling.titles import title_of
from tracktwo.telling.told import TOLD

EXPLORER = "chapters/explorer.html"
FOLDER = Path("_static", "behind")
NO_PLACE = ("a", "button", "h1", "h2", "h3", "h4", "h5", "h6", "summary", "label")
"""Within these a number is no place of its own: they lead somewhere, or name something."""


def mark(source: Path) -> None:
    """Mark every number told by the notebooks below `source`, in place."""
    for file in sorted(source.rglob("*.ipynb")):
        notebook = notebooks.read(file)
        for cell in notebook.cells:
            for output in cell.get("outputs", []):
                kept = output.get("metadata", {}).get(TOLD, {})
                if places := [Place(*place) for place in kept.get("places", [])]:
                    output.data["text/markdown"] = wrapped(
                        output.data["text/markdown"], places, _marked
                    )
        notebooks.write(notebook, file)


def _marked(name: str, text: str) -> str:
    return f'<span class="told" data-told="{escape(name)}">{text}</span>'


def settle(page: Page) -> None:
    """Take the marks off where a number is no place of its own, and say where the rest lead."""
    for node in page.article.select(".told"):
        if node.find_parent(NO_PLACE):
            node.unwrap()
    if page.article.select_one(".told"):
        page.article["data-behind"] = f"{page.up}{FOLDER.as_posix()}/{_script_of(page.name)}"
        page.article["data-up"] = page.up


def _script_of(page: str) -> str:
    return f"{Path(page).stem}.js"


def results_in(folder: Path) -> dict[str, Any]:
    """Return what ``results.json`` in `folder` holds; nothing where there is none."""
    file = folder / "results.json"
    empty = {"results": {}, "figures": {}}
    return empty | json.loads(file.read_text("utf-8")) if file.is_file() else empty


def write(html: Path, edition: dict[str, Any]) -> None:
    """Write what the cards of each page say, and where the code is published, if it is."""
    code = f"{edition['repository']}/blob/{edition['branch']}/" if edition["repository"] else ""
    pages: dict[str, dict[str, Any]] = {}
    for key, record in results_in(html)["results"].items():
        if isinstance(record["value"], int | float):
            pages.setdefault(record["chapter"], {})[key] = record
    (html / FOLDER).mkdir(parents=True)
    for chapter, records in pages.items():
        found = {"chapter": chapter, "explorer": EXPLORER, "code": code, "numbers": records}
        text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
        script = f"window.bookBehind = {text};\n"
        (html / FOLDER / _script_of(chapter)).write_text(script, encoding="utf-8")


def of_figures(html: Path) -> dict[str, dict[str, Any]]:
    """Return what is known of each figure, by its label."""
    found = results_in(html)["figures"]
    return {key.partition(".")[2]: record for key, record in found.items()}


def listed(folder: Path, chapters: list[str]) -> list[dict[str, Any]]:
    """Return the chapters whose numbers and figures have rows behind them, with these, to list.

    Parameters
    ----------
    folder
        Where ``results.json`` is.
    chapters
        The chapters in the order of the book, such as ``chapters/change``.
    """
    found = results_in(folder)
    lines: dict[str, list[dict[str, Any]]] = {}
    for key, record in (found["results"] | found["figures"]).items():
        if "rows" in record:
            said = {"name": key.partition(".")[2], "rows": rows_text(record)}
            said |= {"filter": filter_text(record), "links": list(addresses(record))}
            lines.setdefault(record["chapter"], []).append(record | said)
    return [
        {"title": title_of(Path(chapter).name), "page": f"{chapter}.html", "lines": lines[chapter]}
        for chapter in chapters
        if chapter in lines
    ]


def made_text(place: dict[str, Any]) -> str:
    """Return a function and where it stands, as a reader is told."""
    return f"{place['function'].rpartition('.')[2]}, {place['file']}, line {place['line']}"


def rows_text(record: dict[str, Any]) -> str:
    """Return how many rows are behind a number, in words: ``58 of 95 initiatives``."""
    noun = parse_qsl(record["rows"])[0][1]
    whole = f"{record['of']:,} {noun}"
    return f"{record['count']:,} of {whole}" if "count" in record else whole


def filter_text(record: dict[str, Any]) -> str:
    """Return which rows they are, such as ``frame inside; of these focus relationship``."""
    whole = parse_qsl(record["rows"])[1:]
    part = [pair for pair in parse_qsl(record.get("part", ""))[1:] if pair not in whole]
    texts = [_chosen(pairs) for pairs in (whole, part) if pairs]
    return "; of these ".join(texts) if whole or part else "all"


def _chosen(pairs: list[tuple[str, str]]) -> str:
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value.replace("_", " "))
    return ", ".join(f"{n.replace('_', ' ')} {' or '.join(v)}" for n, v in values.items())


def addresses(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield, for the rows behind a number or a figure, what to call them and where they are."""
    if "part" in record:
        yield "those counted", f"{EXPLORER}#{record['part']}"
    yield "all" if "part" in record else "rows", f"{EXPLORER}#{record['rows']}"
