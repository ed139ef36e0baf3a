"""What stands under each figure on the site: its numbers as a table, its files, its address."""

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bs4 import Tag

from tracktwo.book.site.behind import addresses, made_text, rows_text
from tracktwo.book.site.page import Page, new_tag, tags
from tracktwo.ground.wording import first_up
from tracktwo.words.numbers import value_text

ROWS = 60
"""The longest table of a figure's numbers that the page itself holds; longer ones are a file."""
SIZE = re.compile(r'<svg[^>]* width="([\d.]+)" height="([\d.]+)"')
NARROW, PHONES = ".narrow.svg", "(max-width: 600px)"
"""The drawing of a figure for narrow screens, and which those are."""
SHARES = ("share", "agree", "percent", "one", "other")
"""Columns of shares, read as percentages; the ends of their intervals are as well."""
DIFFERENCES = ("difference", "wide_low", "wide_high")
HELPERS = ("rank", "slot", "order_start", "foot", "top", "words", "written")
"""Columns that only place a mark, or say again what another holds."""
NUMBER = re.compile(r"-?\d+(\.\d+)?")
FILES = ((".csv", "Data (CSV)"), (".svg", "SVG"), (".png", "PNG"), (".vl.json", "Spec (JSON)"))


def dress_figures(page: Page, html: Path, known: Mapping[str, dict[str, Any]]) -> None:
    """Give each figure of the page its size, its address and its tools; tables' small ones as well.

    Parameters
    ----------
    page
        A page of the site, changed in place.
    html
        The site, with the figures' files in ``figures``.
    known
        Who made each figure, and the rows behind it, by its label (`behind.of_figures`).
    """
    for image in tags(page.article, "img"):
        name = image["src"].rpartition("/")[2]
        if image.find_parent("td") and (html / "figures" / name).is_file():
            _settle(image, f"{page.up}figures/{name}", html / "figures" / name, first=False)
    figures = [f for f in tags(page.soup, "figure") if f.get("id", "").startswith("fig-")]
    for place, figure in enumerate(figures):
        name = figure["id"].removeprefix("fig-")
        image, folder = figure.find("img"), html / "figures"
        if image is None or not (folder / f"{name}.svg").is_file():
            continue
        _settle(image, f"{page.up}figures/{name}.svg", folder / f"{name}.svg", first=place == 0)
        offer_narrow(image, f"{page.up}figures/{name}{NARROW}", folder / f"{name}{NARROW}")
        caption = figure.figcaption
        # HTML wants the caption last in a figure, and the tools are no part of the figure's name.
        caption.p["id"] = f"caption-{name}"
        figure["aria-labelledby"] = caption.p["id"]
        caption.append(_tools(page, figure, name, folder))
        if made := known.get(figure["id"]):
            caption.select_one(".figure-files").extend(_behind(page, made, figure))
    for image in tags(page.article, "img"):  # small ones, in tables
        name = image["src"].rpartition("/")[2]
        if "_images/" in image["src"] and (html / "figures" / name).is_file():
            image["src"] = f"{page.up}figures/{name}"


def _size(file: Path) -> tuple[str, str]:
    """Return width and height of a drawing, which stand at its beginning."""
    with file.open(encoding="utf-8") as text:
        return SIZE.search(text.read(1000)).groups()


def _settle(image: Tag, address: str, file: Path, *, first: bool) -> None:
    """Say the image's size, so that nothing moves when it comes, and let later ones wait."""
    width, height = _size(file)
    image["src"], image["width"], image["height"] = address, width, height
    image["decoding"] = "async"
    if not first:
        image["loading"] = "lazy"
    if image.parent.name == "a":
        image.parent["href"] = address


def offer_narrow(image: Tag, address: str, file: Path) -> None:
    """Let phones take the drawing made for them, where there is one."""
    if not file.is_file():
        return
    width, height = _size(file)
    image.wrap(new_tag("picture"))
    source = {"srcset": address, "media": PHONES, "width": width, "height": height}
    image.insert_before(new_tag("source", **source))


def _tools(page: Page, figure: Tag, name: str, folder: Path) -> Tag:
    number = figure.select_one(".caption-number").get_text(strip=True)
    tools = new_tag("div", **{"class": "figure-tools no-print"})
    tables = read_tables(folder / f"{name}.csv")
    if sum(len(rows) for _, rows in tables.values()) <= ROWS:
        tools.append(_data(tables, number))
    links = new_tag("ul", **{"class": "figure-files", "aria-label": f"Files of {number}"})
    for suffix, label in FILES:
        links.append(_item(f"{page.up}figures/{name}{suffix}", label, number))
    links.append(_item(f"#{figure['id']}", "Link", number))
    tools.append(links)
    return tools


def _behind(page: Page, made: dict[str, Any], figure: Tag) -> Iterator[Tag]:
    """Yield the way to the rows behind a figure, and the function that drew it.

    Without a repository to lead to, the function is named alone.
    """
    number = figure.select_one(".caption-number").get_text(strip=True)
    if "rows" in made:
        [(_, address)] = addresses(made)
        yield _item(f"{page.up}{address}", f"Rows ({rows_text(made)})", number)
    text, item = f"Drawn by {made_text(made['made_by'])}", new_tag("li")
    item.string = text
    yield _item(made["code"], text, number) if made["code"] else item


def _item(address: str, label: str, number: str) -> Tag:
    item, link = new_tag("li"), new_tag("a", href=address)
    link.string = label
    unseen = new_tag("span", **{"class": "unseen"})
    unseen.string = f" to {number}" if label == "Link" else f" of {number}"
    link.append(unseen)
    item.append(link)
    return item


def read_tables(file: Path) -> dict[str, tuple[list[str], list[list[str]]]]:
    """Return the tables in a figure's data file by name: columns and rows of text.

    A file of several tables says in its first column which one a row belongs to; each keeps
    only the columns it fills.
    """
    with file.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    grouped: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        grouped.setdefault(row.pop("table", ""), []).append(row)
    tables = {}
    for name, members in grouped.items():
        columns = [key for key in members[0] if any(row[key] for row in members)]
        tables[name] = columns, [[row[key] for key in columns] for row in members]
    return tables


def _data(tables: dict[str, tuple[list[str], list[list[str]]]], number: str) -> Tag:
    """Return the tables, folded, in a box that scrolls by itself."""
    fold, summary = new_tag("details", **{"class": "figure-data"}), new_tag("summary")
    summary.string = "Data as a table"
    fold.append(summary)
    box = new_tag("div", **{"class": "scroll", "tabindex": "0", "role": "region"})
    box["aria-label"] = f"Data of {number}"
    for name, (columns, rows) in tables.items():
        box.append(_table(columns, rows, f"{number}: {_plain(name) or 'data'}"))
    fold.append(box)
    return fold


def _table(columns: list[str], rows: list[list[str]], title: str) -> Tag:
    table, caption = new_tag("table"), new_tag("caption")
    caption.string = title
    kept = [place for place, column in enumerate(columns) if column not in HELPERS]
    unit = {name: _unit(name, columns) for name in columns}
    rows = [[row[place] for place in kept] for row in rows]
    columns = [columns[place] for place in kept]
    table.extend([caption, new_tag("thead"), new_tag("tbody")])
    numbers = [all(NUMBER.fullmatch(row[n] or "0") for row in rows) for n in range(len(columns))]
    table.thead.append(
        _line(
            "th",
            [column if column == "n" else first_up(_plain(column)) for column in columns],
            numbers,
        )
    )
    for row in rows:
        shown = [
            _short(value, unit[column]) if number and value else value
            for value, number, column in zip(row, numbers, columns, strict=True)
        ]
        table.tbody.append(_line("td", shown, numbers))
    return table


def _line(kind: str, values: list[str], numbers: list[bool]) -> Tag:
    line = new_tag("tr")
    for value, number in zip(values, numbers, strict=True):
        cell = new_tag(kind, **({"scope": "col"} if kind == "th" else {}))
        if number:
            cell["class"] = ["number"]
        cell.string = value
        line.append(cell)
    return line


def _unit(column: str, columns: list[str]) -> str:
    """Return how a column's numbers are written: a kind of `value_text`, or nothing."""
    if "difference" in columns and column in (*DIFFERENCES, "low", "high"):
        return "points"
    of_shares = "share" in columns and column in ("low", "high")
    return "share" if column in SHARES or of_shares else ""


def _short(number: str, unit: str) -> str:
    """Return a number as it is read, with at most three decimals; the file has them all."""
    if unit:
        return value_text(unit, float(number))
    return f"{float(number):.3f}" if len(number.partition(".")[2]) > 3 else number


def _plain(name: str) -> str:
    return name.replace("_", " ").replace("-", " ")
