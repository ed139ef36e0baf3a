"""Headings, figures and tables of a cleaned page, marked for the PDF's filter."""

from __future__ import annotations

import re
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from bs4 import Tag

from tracktwo.book.pdf.columns import fold_chapters, set_widths
from tracktwo.book.pdf.pages import BookError, Page, new_tag, pick

NUMBER = re.compile(r"[-−+±]?\d[\d.,\u2009\u202f]*(\s?%)?|[–—]?")


def mark_blocks(page: Page, html: Path) -> list[Path]:
    """Turn headings, figures and tables into marked blocks; return the images they show.

    Parameters
    ----------
    page : Page
        The page, already clean.
    html : Path
        The site, against whose folder images are looked up.

    Raises
    ------
    BookError
        For an image without alt text or without its file.
    """
    for section in page.article.find_all("section", id=True):
        heading = section.find(re.compile("^h[1-6]$"), recursive=False)
        if heading is not None:
            heading["id"] = section["id"]
        del section["id"]
    for heading in page.article.find_all(re.compile("^h[1-6]$")):
        for link in heading.find_all("a"):
            link.unwrap()
        rank = int(heading.name[1])
        if rank == 1:
            heading["id"] = heading.get("id", "title")
        heading["data-kind"] = "Chapter" if rank == 1 else "Section" if rank == 2 else "Part of it"
    _tables(page)
    return _images(page, html)


def _tables(page: Page) -> None:
    for number, table in enumerate(page.article.find_all("table")):
        block = table.wrap(new_tag("div"))
        block["data-key"] = f"{page.name} {number}"
        block["class"] = ["tab"]
        if table.get("id"):
            block["id"] = table.attrs.pop("id")
        if table.caption is not None:
            _caption(block, table.caption.extract())
        if "pictured" in table.get("class", []):
            fold_chapters(table)
        rows = [row.find_all(["td", "th"]) for row in table.find_all("tr")]
        block["data-columns"] = str(max(map(len, rows), default=1))
        for cell in pick(table, ".text-right"):
            cell["style"] = "text-align: right"
        for heading, *cells in list(zip(*rows, strict=False))[1:]:
            words = [cell.get_text().strip() for cell in cells]
            if any(words) and all(NUMBER.fullmatch(word) for word in words):
                for cell in (heading, *cells):
                    cell["style"] = "text-align: right"
        set_widths(table, rows)
        _small_notes(page, block)


def _small_notes(page: Page, block: Tag) -> None:
    """Set what a cell says below its table as the table's note."""
    holder = block.find_parent(class_="pst-scrollable-table-container")
    if holder is None or holder.find_parent(class_="cell_output") is None:
        return
    for after in holder.find_next_siblings():
        if after.name != "p":
            return
        after.wrap(new_tag("div", **{"class": "table-note"}))


def _caption(block: Tag, caption: Tag) -> None:
    """Give `block` its number, as the site counts it, and its caption."""
    number = caption.select_one(".caption-number")
    if number is not None:
        block["data-number"] = number.extract().get_text().strip()
    if caption.find("p") is not None:
        caption.p.unwrap()
    title = caption.select_one(".caption-text")
    if title is not None and caption.select_one(".legend") is not None:
        title.name = "strong"
        title.insert_after(new_tag("br"))
    caption.name, caption["class"] = "div", ["caption"]
    block.insert(0, caption)


def _images(page: Page, html: Path) -> list[Path]:
    found = []
    for figure in page.article.find_all("figure"):
        image, caption = figure.find("img"), figure.find("figcaption")
        if image is None:
            figure.name = "div"
            continue
        attributes = {"class": "fig", "data-src": image["src"], "data-alt": image.get("alt", "")}
        block = new_tag("div", **attributes)
        identifier = figure.get("id") or image.get("id")
        if identifier:
            block["id"] = identifier
        if caption is not None:
            _caption(block, caption.extract())
        figure.replace_with(block)
        found.append(_image(page, block, html))
    for image in page.article.find_all("img"):
        if image.find_parent("td") and ";" in image.get("alt", ""):
            # What is drawn small is said too.
            said = new_tag("span", **{"class": "estimate"})
            said.string = image["alt"].partition(";")[0].replace("percentage points", "points")
            image.insert_after(new_tag("br"), said)
        attributes = {"class": "fig", "data-src": image["src"], "data-alt": image.get("alt", "")}
        image.name, image.attrs = "span", attributes
        found.append(_image(page, image, html))
    return found


def _image(page: Page, block: Tag, html: Path) -> Path:
    source = normpath(join(dirname(page.name), unquote(block["data-src"])))
    name = block.get("data-number") or block.get("id") or source
    if not block["data-alt"].strip():
        raise BookError(f"{page.name}.html: {name} ({source}) has no alt text")
    if source.startswith("..") or not (html / source).is_file():
        raise BookError(f"{page.name}.html: {name} shows {source}, which is not in the site")
    block["data-src"] = source
    return Path(source)
