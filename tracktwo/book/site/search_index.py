"""The index of the site's own search: every section and every entry with its text."""

import json
from collections.abc import Iterator
from pathlib import Path

from bs4 import PageElement, Tag

from tracktwo.book.site.page import BLOCKS, Page, has, tags, words_of

KINDS = {"initiative-": "Initiative", "document-": "Document", "statement-": "Statement"}
KINDS |= {"fig-": "Figure", "tab-": "Table"}
"""What the place that a result leads to is, by how its anchor begins."""
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
LEFT_OUT = ("no-print", "cell_input", "headerlink", "citation-list")
ASIDE = ("Coded otherwise", "Found by", "In doubt", "Row in the data", "Sources")
"""What is not searched of an entry: what it was and what was said of it are."""


def entries(page: Page) -> Iterator[dict[str, str]]:
    """Yield what can be found on a page, piece by piece, in order; the page is used up.

    A piece begins at each heading and is one figure or table; it has a title ``t``, its page's
    title ``p``, an address ``u`` relative to the site, a kind ``k`` and its text ``x``.
    """
    article = page.article
    for node in tags(article):
        if not node.decomposed and (node.name in ("script", "style") or has(node, *LEFT_OUT)):
            node.decompose()
    for fact in tags(article, "dt"):
        if fact.find_parent(class_="entry") and fact.get_text(strip=True) in ASIDE:
            fact.find_next_sibling("dd").decompose()
            fact.decompose()
    top = words_of(article.h1)
    for block in tags(article, "figure", "table"):
        if block.decomposed or not block.get("id"):
            continue
        caption = block.find(["figcaption", "caption"])
        title = words_of(block.select_one(".caption-text"))
        text = f"{words_of(caption)} {' '.join(i.get('alt', '') for i in block.find_all('img'))}"
        if block.name == "table":
            text = words_of(block)
        yield _entry(page, block["id"], title, top, text)
        block.decompose()
    for anchor, title, text in _sections(article):
        yield _entry(page, anchor, title, top, text)


def _entry(page: Page, anchor: str, title: str, top: str, text: str) -> dict[str, str]:
    kind = next((kind for start, kind in KINDS.items() if anchor.startswith(start)), "Section")
    if title == top:
        kind, anchor = "Chapter", ""
    address = f"{page.name}#{anchor}" if anchor else page.name
    return {"t": title, "p": top, "u": address, "k": kind, "x": text}


def _sections(article: Tag) -> Iterator[tuple[str, str, str]]:
    """Yield anchor, title and text between one heading and the next."""
    anchor, title, said = "", "", []
    left = [*reversed(article.contents)]
    while left:
        node = left.pop()
        if _is_heading(node):
            if title:
                yield anchor, title, " ".join("".join(said).split())
            section = node.find_parent("section")
            entry = node.find_parent("summary")
            home = entry.find_next_sibling(id=True) if entry else node
            anchor = home.get("id") or (section or {}).get("id", "")
            title, said = words_of(node), []
        elif isinstance(node, Tag):
            said += [" "] if node.name in BLOCKS else []
            left.extend(reversed(node.contents))
        else:
            said.append(str(node))
    if title:
        yield anchor, title, " ".join("".join(said).split())


def _is_heading(node: PageElement) -> bool:
    return isinstance(node, Tag) and (node.name in HEADINGS or "rubric" in node.get("class", []))


def write_index(found: list[dict[str, str]], file: Path) -> None:
    """Write the index as a script, which a page opened from a folder may read as well."""
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    file.write_text(f"window.bookSearch = {text};\n", encoding="utf-8")
