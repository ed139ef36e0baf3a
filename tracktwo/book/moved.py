"""What moved in an edition, ready to print: tables, figures side by side, lists."""

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
from bs4 import BeautifulSoup

from tracktwo.analysis.estimates import Estimate
from tracktwo.book.books import Book, LeftOut
from tracktwo.book.compare import ClaimMoved, Difference, PartMoved
from tracktwo.book.volumes import volumes_of
from tracktwo.ground import paths
from tracktwo.ground.wording import first_up
from tracktwo.telling.myst import Myst, plain
from tracktwo.telling.plain_html import inline_html
from tracktwo.telling.tables import as_lines
from tracktwo.words.numbers import WRITTEN, decimal

PUBLISHED, HERE = "Published", "This edition"
NOTHING = "–"
NARROW = ".narrow.svg"


def verdict_table(claims: list[ClaimMoved]) -> pd.DataFrame:
    """Return the standing of each claim and its verdict by the rule, in both editions."""
    return pd.DataFrame(
        {
            "Claim": f"**{moved.claim}**",
            PUBLISHED: _chip(moved.standings[0] or moved.verdicts[0]),
            HERE: _chip(moved.standings[1] or moved.verdicts[1]),
            "By the rule": _from_to(*moved.verdicts),
        }
        for moved in claims
    )


def estimate_table(claims: list[ClaimMoved]) -> pd.DataFrame:
    """Return every statistic that moved, with its interval, in both editions."""
    parts = [(moved.claim, part) for moved in claims for part in moved.parts if part.moved]
    return pd.DataFrame(
        {
            "Statistic": f"**{claim}** {first_up(part.name)}",
            PUBLISHED: _estimate(part, part.before),
            HERE: _estimate(part, part.after),
            "Moved by": _size(part.size),
        }
        for claim, part in parts
    )


def answer_table(values: list[Difference], book: Book, other: Book) -> pd.DataFrame:
    """Return the numbers in the answers to the chapters' questions that moved."""
    told = [d for d in values for v in (book.values.get(d.key), other.values.get(d.key))
            if v and v.headline]  # fmt: skip
    return value_table(dict.fromkeys(told), chapter=True)


def value_table(values: Iterable[Difference], *, chapter: bool = False) -> pd.DataFrame:
    """Return values in both editions; with the chapter where they are of several."""
    return pd.DataFrame(
        ({"Chapter": page(moved.chapter)} if chapter else {})
        | {
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
            "Section": plain(heading),
            "Left out": ", ".join(f"[{_kind(place)}](#{place})" for place in places),
        }
        for (chapter, heading), places in sections.items()
    )


def main_figures(book: Book, other: Book) -> list[str]:
    """Return the figures of the front page, and the first of every other chapter of the book."""
    first, *pages = volumes_of()[0].pages
    chapters = {name: f.chapter for b in (book, other) for name, f in b.figures.items()}
    opening = [name for name, chapter in chapters.items() if chapter == first]
    ahead = [next((n for n, c in chapters.items() if c == page), None) for page in pages]
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


def page(chapter: str) -> Myst:
    """Return a link to a chapter, as MyST."""
    return Myst(f"{{doc}}`{chapter}`")


def words(text: str | None) -> Myst:
    """Return what a book told as words alone: its links and roles may lead nowhere here."""
    return Myst(NOTHING) if text is None else plain(_said(text))


def _said(text: str) -> str:
    return BeautifulSoup(inline_html(text), "html.parser").get_text()


def _chip(verdict: str | None) -> str:
    return f"**{verdict}**" if verdict else NOTHING


def _from_to(before: str | None, after: str | None) -> str:
    return (before or NOTHING) if before == after else f"{before or NOTHING} → {after or NOTHING}"


def _kind(place: str) -> str:
    return {"fig": "title of a figure", "tab": "table"}.get(place.partition("-")[0], "passage")


def _size(size: float) -> str:
    return NOTHING if size != size else f"{decimal(size, 1).text} half-widths"


def _estimate(part: PartMoved, record: dict | None) -> str:
    """Return an estimate with its interval, from its record in ``verdicts.json``."""
    if record is None:
        return NOTHING
    kinds = [book.get("kind") for book in (part.before, part.after) if book]
    kind = next(filter(None, kinds), "ratio")
    ends = [record[key] for key in ("estimate", "low", "high")]
    value, low, high = (float("nan") if end is None else end for end in ends)
    return WRITTEN[kind](Estimate(value, low, high, record.get("cases", 0))).text
