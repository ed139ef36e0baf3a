"""The site's HTML pages cleaned for the PDF, until only text, figures and tables are left."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup, Comment, Tag

from tracktwo.data.validation.characters import cannot_be_printed, strange
from tracktwo.telling.myst import END, ISOLATE

# What the site needs and paper does not: code, controls, scripts, margins.
DROPPED = (
    ".no-print .cell_input .headerlink .toctree-wrapper .margin .tag_margin .backrefs "
    "script style link template noscript button input nav hr.footnotes .sd-summary-state-marker"
)
PLAIN = re.compile(
    "html|body|article|section|header|footer|main|div|p|span|a|em|strong|i|b|u|s|sub|sup|code|pre|"
    "br|wbr|hr|ul|ol|li|dl|dt|dd|table|thead|tbody|tfoot|tr|th|td|caption|colgroup|col|figure|"
    "figcaption|picture|source|img|blockquote|h[1-6]|cite|q|abbr|kbd|samp|small|mark|del|ins|"
    "details|summary|aside|time|var|dfn|bdi"
)
RAW_MARKUP = re.compile(
    r"\{(figure|table|list-table|glue|numref|ref|doc|cite|eval)\b[^}\s]*\}|^\s*:name:|np\.float64"
)

BOUND = re.compile(r"[+−-]?\d[\d.,]*%? to [+−-]?\d[\d.,]*%?|\bn = \d[\d,]*")
"""What no line's end may part: an interval, a number of cases."""


class BookError(Exception):
    """The book cannot be set; the message names the page and what is wrong there."""


@dataclass
class Page:
    """One page of the site.

    Attributes
    ----------
    name : str
        The document's name in the table of contents, such as ``chapters/change``.
    article : Tag
        The page's text, changed in place by the functions of this module.
    lang : str
        The language the page says it is in.
    """

    name: str
    article: Tag
    lang: str

    def label(self, identifier: str) -> str:
        """Return `identifier` as a label that no other page has."""
        return f"{self.name.replace('/', '.')}--{identifier}"


def read_page(html: Path, name: str) -> Page:
    """Read page `name` of the site in folder `html`.

    Raises
    ------
    BookError
        When the page is not there or holds no article.
    """
    file = html / f"{name}.html"
    if not file.is_file():
        raise BookError(f"{name}.html: the page is in the table of contents but not in {html}")
    soup = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
    article = soup.select_one("article.bd-article") or soup.select_one("main") or soup.body
    if article is None or article.find("h1") is None:
        raise BookError(f"{name}.html: no chapter with a title found on the page")
    lang = soup.html.get("lang", "en") if soup.html else "en"
    return Page(name, article.extract(), lang)


def clean(page: Page) -> None:
    """Drop what is not for paper and bring the rest to a few plain forms."""
    for node in page.article(string=lambda text: isinstance(text, Comment)):
        node.extract()
    for node in pick(page.article, DROPPED):
        node.decompose()
    for node in pick(page.article, "summary"):
        for drawn in node.find_all("svg"):
            drawn.decompose()
        if node.parent.name == "details" and "hide" in node.parent.get("class", []):
            node.decompose()
    for node in pick(page.article, ".told"):
        node.unwrap()  # on paper no number opens a card
    page.article.smooth()
    for node in pick(page.article, "a.sd-stretched-link"):
        _link_card(node)
    for node in pick(page.article, ".sd-summary-title .sd-card-title .sd-card-header"):
        node["class"] = ["title"]
    for node in pick(page.article, "p.admonition-title p.sidebar-title p.topic-title"):
        node.name, node["class"] = "div", ["title"]
    for node in pick(page.article, ".sd-tab-label"):
        node.name, node.attrs = "strong", {}
        node.wrap(new_tag("p"))
    for node in pick(page.article, "div.math"):
        node.name = "span"
        node.wrap(new_tag("p"))
    _unfold_entries(page.article)
    _plain_terms(page.article)
    _name_chips(page.article)
    _name_boxes(page.article)
    _join_notes(page)
    _plain_citations(page.article)
    for cell in pick(page.article, "td th li dt dd"):
        children = [child for child in cell.children if isinstance(child, Tag) or child.strip()]
        if children and isinstance(children[0], Tag) and children[0].name == "p":
            rest = {child.name for child in children[1:]}
            if rest <= {"ul", "ol"}:
                children[0].unwrap()
    _refuse_the_rest(page)
    _bind_numbers(page.article)
    for node in pick(page.article, "bdi"):
        node.replace_with(f"{ISOLATE}{node.get_text()}{END}")


def pick(node: Tag, wanted: str) -> list[Tag]:
    """Return the elements in `node` that are `wanted`, such as ``p .box aside.topic``.

    Much faster than a selector of CSS.
    """
    rules = {(name, kind) for name, _, kind in (rule.partition(".") for rule in wanted.split())}
    return [
        found
        for found in node.descendants
        if isinstance(found, Tag)
        and (
            (found.name, "") in rules
            or any(
                ("", kind) in rules or (found.name, kind) in rules
                for kind in found.attrs.get("class", ())
            )
        )
    ]


def new_tag(name: str, **attributes: str) -> Tag:
    """Return a new, empty element."""
    return BeautifulSoup("", "html.parser").new_tag(name, attrs=attributes)


def _link_card(link: Tag) -> None:
    """Put a card's hidden link on its title, where a reader of paper sees it."""
    card = link.find_parent(class_="sd-card")
    title = card.select_one(".sd-card-title, .sd-card-header") if card else None
    link.extract()
    if title is not None:
        link.clear()
        link.extend([child.extract() for child in list(title.children)])
        title.append(link)


def _unfold_entries(article: Tag) -> None:
    """Open entries that the site folds: on paper a name, one line and the rest stand in a row."""
    for fold in pick(article, "details.entry"):
        name, said, body = fold.summary.h3, fold.find(class_="entry-line"), fold.div
        if said is not None and body.p is not None:
            body.p.insert(0, f"{said.extract().get_text()} · ")
            body.p.smooth()
            last = body.p.contents[-1]
            if isinstance(last, str):  # before a link to itself, which paper does without
                last.replace_with(last.rstrip(" ·\n"))
        if body.get("id"):
            name["id"] = body.attrs.pop("id")
        fold.summary.unwrap()
        body.unwrap()
        fold.unwrap()


def _plain_terms(article: Tag) -> None:
    """Let a term that the site explains on touch be a word like any other."""
    for term in pick(article, ".std-term"):
        if term.parent.name == "a":
            term.parent.unwrap()


def _name_chips(article: Tag) -> None:
    """Mark verdicts, which the site sets as chips."""
    for node in pick(article, ".verdict"):
        kinds = [name for name in node["class"] if name.startswith("verdict-")]
        chip = new_tag("span", **{"class": ["chip", *kinds]})
        chip.extend([child.extract() for child in list(node.children)])
        if node.name == "a":
            node.append(chip)
            del node["class"]
        else:
            node.replace_with(chip)


def _name_boxes(article: Tag) -> None:
    outputs = pick(article, ".cell_output")
    named = [fold for output in outputs for fold in output.find_all("details")]
    entries = [output for output in outputs if output.find("h3", class_="rubric")]
    kinds = {
        ".admonition": "box",
        "details": "box",
        "aside.sidebar aside.topic": "box",
        ".sd-card": "card",
        ".sd-row": "row",
        ".sd-col": "column",
    }
    _name(named, "names")
    for wanted, kind in kinds.items():
        _name(pick(article, wanted), kind)
    _name([output for output in entries if "cell_output" in output["class"]], "entries")


def _name(nodes: list[Tag], kind: str) -> None:
    """Make boxes of one kind of `nodes`, but not of what the site folds away."""
    for node in nodes:
        if "hide" in node.get("class", []):
            node.unwrap()
            continue
        for summary in node.find_all("summary", recursive=False):
            summary.name, summary["class"] = "div", ["title"]
        node["class"] = [kind, _tone(node["class"])] if kind == "box" else [kind]
        node.name = "div"


def _tone(classes: list[str]) -> str:
    """Return how a box speaks: it answers, warns, tells what is left out, or just says."""
    if {"warning", "caution", "danger", "attention", "error"} & set(classes):
        return "warns"
    return next((tone for tone in ("answer", "left-out") if tone in classes), "says")


def _join_notes(page: Page) -> None:
    """Mark footnotes and the places that call them, so that they meet at the page's foot."""
    notes = {note["id"]: note for note in pick(page.article, ".footnote") if note.get("id")}
    for call in pick(page.article, "a.footnote-reference"):
        note = call["href"].removeprefix("#")
        if note not in notes:
            raise BookError(f"{page.name}.html: footnote {note!r} is called but not on the page")
        call.name, call.attrs = "span", {"class": "note-call", "data-note": page.label(note)}
        call.string = "*"
    for identifier, note in notes.items():
        for label in note.select(".label"):
            label.decompose()
        note.name, note.attrs = "div", {"class": "note", "data-note": page.label(identifier)}


def _plain_citations(article: Tag) -> None:
    """Keep a reference's label only where the text cites by label."""
    cited = {link.get_text() for cite in pick(article, ".bibtex-citation") for link in cite("a")}
    for entry in pick(article, "div.citation"):
        label = entry.select_one(".label")
        if label is None:
            continue
        text = label.get_text().strip("[] \n")
        first = entry.find("p")
        if text in cited and first is not None:
            first.insert(0, f"[{text}] ")
        label.decompose()
        entry["class"] = ["reference"]


def _bind_numbers(article: Tag) -> None:
    """Keep an interval, or the number of cases, on one line; a verdict too."""
    for text in article.find_all(string=BOUND):
        text.replace_with(BOUND.sub(lambda found: found.group().replace(" ", "\u00a0"), text))
    for chip in pick(article, ".chip"):
        for text in chip.find_all(string=True):
            text.replace_with(text.replace(" ", "\u00a0"))


def _literal(node: Tag) -> bool:
    """Tell whether text is meant as it is: code, data, or a result told in a sentence."""
    return node.name in ("code", "pre", "bdi") or "pasted-text" in node.get("class", [])


def _refuse_the_rest(page: Page) -> None:
    for node in page.article.find_all(True):
        if not PLAIN.fullmatch(node.name):
            raise BookError(
                f"{page.name}.html: <{node.name}> cannot be set in the PDF; "
                "mark it with the class no-print"
            )
        if "traceback" in node.get("class", []):
            raise BookError(f"{page.name}.html: a cell's error is shown on the page")
    for text in page.article.find_all(string=RAW_MARKUP):
        if not text.find_parents(_literal):
            raise BookError(f"{page.name}.html: raw markup in the text: {text.strip()[:80]!r}")
    for text in page.article.find_all(string=strange()):
        raise BookError(f"{page.name}.html: no font of the book has {cannot_be_printed(text)}")
