"""What moved in an edition, ready to print: tables, figures side by side, lists."""

import re
import shutil
from collections.abc import Iterable, Iterator
from math import isnan
from pathlib import Path

import pandas as pd
from bs4 import BeautifulSoup
from IPython.display import display

from tracktwo.analysis.estimates import Estimate
from tracktwo.book.books import AROUND, Book, LeftOut
from tracktwo.book.compare import ClaimMoved, Difference, PartMoved
from tracktwo.book.toc import FINDINGS
from tracktwo.book.volumes import volumes_of
from tracktwo.data.study import Study
from tracktwo.ground import paths
from tracktwo.ground.wording import first_up
from tracktwo.telling.myst import Myst, plain
from tracktwo.telling.plain_html import as_html, inline_html
from tracktwo.telling.tables import as_lines
from tracktwo.telling.titles import title_of as name_of
from tracktwo.telling.told import TOLD, told
from tracktwo.words.numbers import WRITTEN, decimal

PUBLISHED, HERE = "Published", "This edition"
FIRST = "index"
NOTHING = "–"
NARROW = ".narrow.svg"


def place(table: pd.DataFrame, widths: list[int]) -> None:
    """Show a table without a number: those of the book keep theirs in every edition."""
    if not table.empty:
        options = [":class: book-table", f":widths: {' '.join(map(str, widths))}", ""]
        text = "\n".join(["```{table}", *options, *as_lines(table), "```"])
        show(text)


def show(text: str) -> None:
    """Show MyST that is ready to print and tells no number of this edition alone."""
    page = {"text/html": as_html(text), "text/markdown": text}
    display(page, metadata={TOLD: told({}, holds=True)}, raw=True)


def verdict_table(claims: list[ClaimMoved], study: Study) -> pd.DataFrame:
    """Return the standing of each claim and its verdict by the rule, in both editions."""
    said = [(m, m.verdicts if None in m.standings else m.standings) for m in claims]
    told = dict(zip(study.claims["id"], study.claims["claim"], strict=True))
    return pd.DataFrame(
        {
            "Claim": f"**{moved.claim}** {plain(told.get(moved.claim, ''))}".strip(),
            PUBLISHED: _chip(before),
            HERE: _chip(after),
            "By the rule": _from_to(*moved.verdicts),
        }
        for moved, (before, after) in said
    )


def estimate_table(claims: list[ClaimMoved]) -> pd.DataFrame:
    """Return every statistic that moved, with its interval, in both editions; largest first."""
    parts = [(moved.claim, part) for moved in claims for part in moved.parts if part.moved]
    parts.sort(key=lambda pair: (isnan(pair[1].size), -pair[1].size))
    return pd.DataFrame(
        {
            "Statistic": f"**{claim}** {first_up(part.name)}",
            PUBLISHED: _estimate(part, part.before),
            HERE: _estimate(part, part.after),
            "Moved by": NOTHING if isnan(part.size) else decimal(part.size, 1).text,
        }
        for claim, part in parts
    )


def in_answers(values: list[Difference], *books: Book) -> list[Difference]:
    """Return those of the values that the answer to a chapter's question tells in any book."""
    told = {key for book in books for key, value in book.values.items() if value.answer}
    return [moved for moved in values if moved.key in told]


def answer_table(values: list[Difference], *books: Book) -> pd.DataFrame:
    """Return the numbers of answers, each in the first sentence that tells it."""
    said = [next(filter(None, _answers(moved.key, *books)), "") for moved in values]
    return pd.DataFrame(
        {
            "Chapter": page(moved.chapter),
            "The answer": Myst(_marked(sentence)),
            PUBLISHED: words(moved.before),
            HERE: words(moved.after),
        }
        for moved, sentence in zip(values, said, strict=True)
    )


def _answers(key: str, *books: Book) -> Iterator[str]:
    for book in books:
        if key in book.values:
            yield book.values[key].answer


def _marked(sentence: str) -> str:
    """Return a sentence in plain words, its number in bold."""
    text = words(sentence)
    for sign, tag in zip(AROUND, ("<b>", "</b>"), strict=True):
        text = text.replace(sign, tag)
    return text


def value_table(values: Iterable[Difference]) -> pd.DataFrame:
    """Return the values of a chapter in both editions, by name."""
    return pd.DataFrame(
        {
            "Number": f"`{moved.key.partition('.')[2]}`",
            PUBLISHED: words(moved.before),
            HERE: words(moved.after),
        }
        for moved in values
    )


def by_chapter(values: list[Difference], chapters: list[str]) -> dict[str, list[Difference]]:
    """Return what moved by chapter, in the order of the book."""
    found = {name: [d for d in values if d.chapter == name] for name in chapters}
    return {name: moved for name, moved in found.items() if moved}


def fallen_table(fallen: list[LeftOut]) -> pd.DataFrame:
    """Return what is left out, a row a section: how much it is, and links to each."""
    sections: dict[tuple[str, str], list[str]] = {}
    for passage in fallen:
        sections.setdefault((passage.chapter, passage.heading), []).append(passage.place)
    return pd.DataFrame(
        {
            "Chapter": page(chapter),
            "Section": plain(heading) or "at the top",
            "Left out": ", ".join(map(_linked, places)),
        }
        for (chapter, heading), places in sections.items()
    )


def main_figures(book: Book, other: Book) -> list[str]:
    """Return the figures of the front page, and the first of every other chapter of the book."""
    pages = volumes_of()[0].pages
    chapters = {name: f.chapter for b in (book, other) for name, f in b.figures.items()}
    opening = [name for name, chapter in chapters.items() if chapter == FIRST]
    ahead = [next((n for n, c in chapters.items() if c == page), None) for page in pages[1:]]
    return [*opening, *filter(None, ahead)]


def side_by_side(moved: Difference, before: Book, after: Book, folder: str | Path) -> Myst:
    """Return a figure of both editions as MyST, the published one left; stacked on a phone.

    The published image is copied to `folder`, the figures of this page.
    """
    cells = []
    for book, name in ((before, PUBLISHED), (after, HERE)):
        figure = book.figures.get(moved.key)
        image = "*No such figure.*" if figure is None else _image(moved.key, book, name, folder)
        title = words(figure.title) if figure else ""
        if name == HERE and figure:
            title = f"[{title}](#fig-{moved.key})"
        cells.append(f"::::{{grid-item}}\n**{name}.** {title}\n\n{image}\n::::")
    return Myst("\n".join([":::::{grid} 1 1 2 2", *cells, ":::::"]))


def _image(name: str, book: Book, whose: str, folder: str | Path) -> str:
    file = book.files[f"{name}{NARROW}"]
    shown = file.name
    if whose == PUBLISHED:
        shown = f"published-{file.name}"
        target = Path(paths.under_root(folder))
        target.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target / shown)
    alt = re.sub(r"([\\\[\]|*_`<>$#{}])", r"\\\1", f"{whose}: {_said(book.figures[name].alt)}")
    return f"![{alt}](/figures/{shown})"


def folded(title: str, table: pd.DataFrame) -> Myst:
    """Return a table as MyST behind a title that opens it; on paper it is left out."""
    lines = as_lines(table)
    return Myst(
        "\n".join([f"::::{{dropdown}} {title}", ":class-container: no-print", "", *lines, "::::"])
    )


def title_of(chapter: str) -> str:
    """Return a chapter's title; the first page's is the book's, here it is the findings."""
    return FINDINGS.capitalize() if chapter == FIRST else name_of(Path(chapter).name)


def page(chapter: str) -> Myst:
    """Return a link to a chapter, as MyST."""
    return Myst(f"{{doc}}`{title_of(chapter)} <{chapter}>`")


def words(text: str | None) -> Myst:
    """Return what a book told as words alone: its links and roles may lead nowhere here."""
    return Myst(NOTHING) if text is None else plain(_said(text))


def _said(text: str) -> str:
    return BeautifulSoup(inline_html(text), "html.parser").get_text()


def _chip(verdict: str | None) -> str:
    return f"**{verdict}**" if verdict else NOTHING


def _from_to(before: str | None, after: str | None) -> str:
    return (before or NOTHING) if before == after else f"{before or NOTHING} → {after or NOTHING}"


def _linked(place: str) -> str:
    kinds = {"fig": "title of a figure", "tab": "table"}
    kind = kinds.get(place.partition("-")[0], "passage")
    return f"[{kind}](#{place})" if place else kind


def _estimate(part: PartMoved, record: dict | None) -> str:
    """Return an estimate with its interval, from its record in ``verdicts.json``."""
    if record is None:
        return NOTHING
    kinds = [book.get("kind") for book in (part.before, part.after) if book]
    kind = next(filter(None, kinds), "ratio")
    ends = [record[key] for key in ("estimate", "low", "high")]
    value, low, high = (float("nan") if end is None else end for end in ends)
    return WRITTEN[kind](Estimate(value, low, high, record.get("cases", 0))).text
