"""Marked pages, written as calls of the functions of ``pdf.typ``."""

from __future__ import annotations

import re

import pypandoc
from bs4 import NavigableString, Tag

from tracktwo.book.pdf.pages import pick
from tracktwo.book.pdf.words import SPACE, quoted, spaced, words

BLOCKS = re.compile(
    "article|section|header|footer|main|div|p|hr|ul|ol|dl|table|figure|figcaption|blockquote|pre|"
    "h[1-6]|details|summary|aside|caption"
)
CALLS = {"em": "emph", "i": "emph", "strong": "strong", "b": "strong", "u": "underline"}
CALLS |= {"ins": "underline", "s": "strike", "del": "strike", "sub": "sub", "sup": "super"}
SPANS = ("estimate", "source", "whereabouts")
LITERAL = ("code", "kbd", "samp", "var")
AROUND = {name: f"#{name}[" for name in ("entries", "web-source", "reference", "table-note")}
HEADED = {"card": "title", "names": "title", "box": "title", "fig": "caption", "tab": "caption"}
"""What a block of each class is headed by."""
HELD = ("title", "caption", "column")
"""Blocks that are taken up by the one that holds them."""
NEW_PARAGRAPH = ("Coded otherwise", "Convenors", "In doubt", "Sources")
"""The terms of an entry that begin a new line."""

Block = tuple[str, object]
"""What a block is (``para``, ``plain``, ``raw``, or held) and its text, or the blocks it holds."""


def write_chapter(article: Tag) -> str:
    """Return the text of a chapter, clean and marked, as Typst."""
    return joined(Writer(article).blocks(article))


def joined(blocks: list[Block]) -> str:
    """Return blocks as text; a paragraph that ends with a colon stays with what it announces."""
    said = []
    for n, (kind, text) in enumerate(blocks, 1):
        if kind in HELD:
            said.append(f"#block[\n{joined(text)}]\n")
        elif kind == "para" and n < len(blocks) and re.search(r':[\];"]*$', text):
            said.append(f"#block(sticky: true)[\n{text}\n\n]\n")
        else:
            said.append(text + ("\n\n" if kind == "para" else "\n"))
    return "".join(said)


class Writer:
    """Writes one chapter.

    Attributes
    ----------
    notes : dict of Tag
        Its footnotes.
    opened : bool
        Whether a section has begun: no figure floats past its section, but one before the first
        is the chapter's, and may.
    """

    def __init__(self, article: Tag) -> None:
        self.notes = {note["data-note"]: note for note in pick(article, "div.note")}
        self.opened = False

    def blocks(self, node: Tag, *, run_in: bool = False) -> list[Block]:
        """Return what is in `node` as blocks; the parts of a block that looks like none count."""
        found: list[Block] = []
        run: list[str] = []

        def flush() -> None:
            text = spaced("".join(run))
            run.clear()
            if text:
                found.append(("plain", text))

        for child in node.children:
            if isinstance(child, Tag) and BLOCKS.fullmatch(child.name):
                flush()
                found += self.block(child, run_in=run_in)
            else:
                run.append(self.inline(child))
        flush()
        return found

    def block(self, node: Tag, *, run_in: bool) -> list[Block]:
        """Return one element as blocks."""
        name = node.name
        if name == "p":
            text = self.line(node)
            return [("para", text)] if text else []
        if re.fullmatch("h[1-6]", name):
            return [("para", self.heading(node))]
        if name in ("ul", "ol"):
            return [("raw", self.listed(node) + "\n")]
        if name == "dl":
            return self.run_in(node) if run_in else [("raw", self.terms(node) + "\n")]
        if name == "table":
            return [("raw", self.table(node))]
        if name == "blockquote":
            return [("raw", f"#quote(block: true)[\n{joined(self.blocks(node)).rstrip()}\n]\n")]
        if name == "pre":
            return [("raw", f"#raw(block: true, {quoted(node.get_text().rstrip(chr(10)))})\n")]
        if name == "hr":
            return []
        return self.part(node, run_in=run_in)

    def part(self, node: Tag, *, run_in: bool) -> list[Block]:
        """Return a marked block by its class; any other is what it holds."""
        kind = (node.get("class") or [""])[0]
        if kind == "note":
            return []
        inside = self.blocks(node, run_in=run_in or kind == "entries")
        if kind in HELD:
            return [(kind, inside)]
        if kind in AROUND:
            return [("raw", AROUND[kind]), *inside, ("raw", "]")]
        if kind == "row":
            cells = [content if held == "column" else [(held, content)] for held, content in inside]
            rows = [[("raw", "["), *cell, ("raw", "],")] for cell in cells]
            return [("raw", "#cells("), *(block for row in rows for block in row), ("raw", ")")]
        if kind not in HEADED:
            return inside
        head = [block for held, text in inside if held == HEADED[kind] for block in text]
        rest = [block for block in inside if block[0] != HEADED[kind]]
        if kind == "box":
            rest = _led(rest) if node["class"][1] == "answer" else rest
        opening = _call(kind, node) + "["
        between = [("raw", opening), *head, ("raw", "][")] if head else [("raw", opening + "][")]
        return [*between, *rest, ("raw", "]")]

    def heading(self, node: Tag) -> str:
        """Return a heading; a chapter's begins a page, or links would lead to the page before."""
        kind, opens = node.get("data-kind", ""), ""
        if kind == "Chapter":
            opens, self.opened = "#place.flush()\n#pagebreak(weak: true)\n", False
        elif kind == "Section":
            opens, self.opened = "#place.flush()\n" if self.opened else "", True
        named = f" #label({quoted(node['id'])})" if node.get("id") else ""
        call = f"#heading(level: {node.name[1]}, supplement: [{kind}], bookmarked: true)"
        return f"{opens}{call}[{self.line(node)}]{named}"

    def listed(self, node: Tag) -> str:
        """Return a list; those that follow one another become one."""
        items = [self.blocks(item) for item in node.find_all("li", recursive=False)]
        tight = all(item and item[0][0] == "plain" for item in items)
        sign = "-" if node.name == "ul" else "+"
        said = (joined(item).strip().replace("\n", "\n  ") for item in items)
        return ("\n" if tight else "\n\n").join(f"{sign} {item}" for item in said) + "\n"

    def terms(self, node: Tag) -> str:
        """Return a list of terms and what they mean."""
        said = (
            f"terms.item[{self.line(term)}][{joined(self.blocks(meaning)).strip()}],"
            for term, meaning in _pairs(node)
        )
        return f"#terms(tight: false, {''.join(said)})\n"

    def run_in(self, node: Tag) -> list[Block]:
        """Return terms as small paragraphs, as in a dictionary: names in bold, lists run in."""
        paragraphs: list[list[str]] = [[]]
        for term, meaning in _pairs(node):
            if term.get_text().strip() in NEW_PARAGRAPH and paragraphs[-1]:
                paragraphs.append([])
            points = meaning.find_all("li") or meaning.find_all("p") or [meaning]
            said = f'{SPACE}#"•";{SPACE}'.join(self.line(point) for point in points)
            paragraphs[-1].append(f"#strong[{self.line(term)}]; {said}")
        lines = [("para", spaced(" ".join(paragraph))) for paragraph in paragraphs]
        return [("raw", "#facts-of["), *lines, ("raw", "]")]

    def table(self, node: Tag) -> str:
        """Return a table."""
        rows = node.find_all("tr")
        cells = [row.find_all(["td", "th"], recursive=False) for row in rows]
        headed = bool(node.thead) or all(cell.name == "th" for cell in cells[0])
        widths = [re.search(r"[\d.]+%", col.get("style", "")) for col in node.find_all("col")]
        columns = str(max(map(len, cells), default=1))
        if widths and all(widths):
            columns = "(" + ", ".join(width.group().replace(".0%", "%") for width in widths) + ",)"
        lines = ["".join(f"{self.cell(cell)}, " for cell in row) for row in cells]
        if headed:
            lines[0] = f"table.header({lines[0]}), table.hline(), "
        return f"#table(columns: {columns},\n" + "\n".join(lines) + "\n)"

    def cell(self, node: Tag) -> str:
        """Return a cell of a table."""
        given = [f"{n}: {int(node[n])}" for n in ("colspan", "rowspan") if node.get(n, "1") != "1"]
        if "right" in node.get("style", ""):
            given.append("align: right")
        text = joined(self.blocks(node)).strip()
        return f"table.cell({', '.join(given)})[{text}]" if given else f"[{text}]"

    def line(self, node: Tag) -> str:
        """Return what is in `node` as one run of text."""
        return spaced("".join(self.inline(child) for child in node.children))

    def inline(self, node: object) -> str:
        """Return text, or an element within it."""
        if not isinstance(node, Tag):
            return words(node) if type(node) is NavigableString else ""
        name = node.name
        if name == "br":
            return f"{SPACE}#linebreak();{SPACE}"
        if name in LITERAL:
            return f"#raw({quoted(node.get_text())});"
        inside = "".join(self.inline(child) for child in node.children)
        if name in CALLS:
            return f"#{CALLS[name]}[{inside}];"
        if name == "a" and node.get("href"):
            to = node["href"]
            to = f"label({quoted(to[1:])})" if to.startswith("#") else quoted(to)
            return f"#link({to})[{inside}];"
        return self.span(node, inside) if name == "span" else inside

    def span(self, node: Tag, inside: str) -> str:
        """Return a marked run of text; any other is what it holds."""
        classes = node.get("class") or [""]
        if "math" in classes:
            return _math(node.get_text())
        if "anchor" in classes:
            return f"#metadata(none) #label({quoted(node['id'])});"
        if "chip" in classes:
            return f"#chip({quoted([*classes, ''][1])})[{inside}];"
        if "page-of" in classes:
            return f"#page-of({quoted(node['data-to'])});"
        if "note-call" in classes:
            return f"#footnote[{joined(self.blocks(self.notes[node['data-note']])).strip()}];"
        if "fig" in classes:
            return f"#inline-{_picture(node)});"
        marked = next((kind for kind in SPANS if kind in classes), "")
        return f"#{marked}[{inside}];" if marked else inside


def _pairs(node: Tag) -> list[tuple[Tag, Tag]]:
    """Return the terms of a list, each with its first meaning."""
    terms = node.find_all("dt", recursive=False)
    return [(t, d) for t in terms if (d := t.find_next_sibling("dd")) is not None]


def _led(blocks: list[Block]) -> list[Block]:
    """Let an answer's first sentences lead."""
    first = next((n for n, block in enumerate(blocks) if block[0] == "para"), None)
    if first is None:
        return blocks
    lead = ("raw", f"#block[\n#lead[\n{blocks[first][1]}\n\n]\n]")
    return [*blocks[:first], lead, *blocks[first + 1 :]]


def _call(kind: str, node: Tag) -> str:
    """Return how the call of a headed block begins."""
    if kind == "box":
        return f"#box-of({quoted(node['class'][1])})"
    if kind not in ("fig", "tab"):
        return f"#{kind}"
    given = f"columns: {node.get('data-columns')}, table: {quoted(node.get('data-key', ''))}"
    call = _picture(node) if kind == "fig" else f"tabular({given}"
    number, label = node.get("data-number", ""), node.get("id", "")
    return f"#{call}, number: {quoted(number)}, id: {quoted(label)})"


def _picture(node: Tag) -> str:
    return f"picture({quoted(node['data-src'])}, alt: {quoted(node['data-alt'])}"


def _math(text: str) -> str:
    """Return a formula in TeX as one of Typst's; it reads as it was written."""
    display = text.strip().startswith("\\[")
    tex = re.sub(r"^\\[\[(](.*)\\[\])]$", r"\1", text.strip(), flags=re.DOTALL)
    source = f"\\[{tex}\\]" if display else f"\\({tex}\\)"
    formula = pypandoc.convert_text(source, "typst", format="latex").strip()
    return f"#[#set math.equation(alt: {quoted(tex)});{formula}]"
