"""Set a volume from the built site: cleaned HTML through pandoc and Typst to PDF/UA-1.

python -m tracktwo.book.pdf.build_pdf HTML_DIR OUTPUT [--edition FACTS TOC]

The name of OUTPUT says which volume it is.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fontTools.ttLib import TTFont

from tracktwo.book.errors import attempt
from tracktwo.book.pdf.blocks import mark_blocks
from tracktwo.book.pdf.cover import book_facts, cover_of, edition_facts
from tracktwo.book.pdf.links import join_links
from tracktwo.book.pdf.pages import BookError, Page, clean, read_page
from tracktwo.book.pdf.sources import list_sources
from tracktwo.book.pdf.typeset import typeset
from tracktwo.book.pdf.writer import write_chapter
from tracktwo.book.volumes import ON_SCREEN, STEM, Volume, volumes_of
from tracktwo.ground import paths

HERE = Path(__file__).parent
NUMBERS = "numbers"
"""The page that lists the rows behind numbers: no chapter, but the last volume ends with it."""
PLACES = ".places.json"
"""What the file that says on which page what is ends with."""


def make_pdf(
    html: Path,
    output: Path,
    *,
    config: Path = paths.CONFIG,
    toc: Path = paths.TOC,
    edition: dict[str, Any] | None = None,
) -> None:
    """Typeset a volume of the site in folder `html` as one PDF/UA-1 file.

    Parameters
    ----------
    html : Path
        The built site.
    output : Path
        Where the PDF goes; replaced only once the new one is whole. Its name says which volume
        it is; any other name than those of `volumes_of` is the book's. Beside it goes a file that
        says on which page what is; the book reads the data volume's, if it is there.
    config : Path
        The book's ``_config.yml``; a ``CITATION.cff`` beside it adds subtitle and version.
    toc : Path
        The table of contents that the site was built from.
    edition : dict, optional
        The facts of the edition; what they say stands on the cover in place of the book's own.

    Raises
    ------
    BookError
        When a page, an image, an alt text or a link's target is missing, or a page holds
        what cannot be set.
    """
    html, output = Path(html), Path(output)
    facts = book_facts(Path(config)) | (edition_facts(edition) if edition else {})
    volumes = volumes_of(Path(toc), edition["stem"] if edition else STEM)
    if (html / f"{NUMBERS}.html").is_file():
        volumes[-1].pages.append(NUMBERS)
    volume = next((v for v in volumes if v.file == output.name), volumes[0])
    others = dict.fromkeys(ON_SCREEN, "website")
    others |= {page: v.name for v in volumes if v is not volume for page in v.pages}
    with TemporaryDirectory() as folder:
        work = Path(folder)
        pages, images = marked_pages(html, volume.pages)
        plain = not facts["edition"]
        facts |= cover_of(volume, pages, facts.pop("abstract"), plain=plain)
        facts |= {"lang": pages[0].lang}
        places = _places(output, volumes[1:]) if volume is volumes[0] else {}
        facts["labels"] = join_links(pages, html, facts.pop("base"), others, places)
        facts["elsewhere"] = bool(places)
        if volume is volumes[0]:
            list_sources(pages)
        for image in images:
            (work / image).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(html / image, work / image)
        (work / "book.json").write_text(json.dumps(facts), encoding="utf-8")
        typst_fonts(work / "fonts")
        pdf, found = typeset(work, [write_chapter(page.article) for page in pages], facts["labels"])
    output.parent.mkdir(parents=True, exist_ok=True)
    half = output.with_name(output.name + ".new")
    half.write_bytes(pdf)
    half.replace(output)
    output.with_name(output.name + PLACES).write_text(json.dumps(found), encoding="utf-8")


def _places(output: Path, volumes: list[Volume]) -> dict[str, int]:
    """Return the pages of what `volumes` hold, where these are set already."""
    files = [output.with_name(volume.file + PLACES) for volume in volumes]
    found = (json.loads(file.read_text(encoding="utf-8")) for file in files if file.is_file())
    return {key: page for places in found for key, page in places.items()}


def marked_pages(html: Path, names: list[str]) -> tuple[list[Page], list[Path]]:
    """Return the pages `names`, clean and with their blocks marked, and the images they show."""
    pages, images = [], []
    for name in names:
        page = read_page(html, name)
        clean(page)
        images += mark_blocks(page, html)
        pages.append(page)
    return pages, images


def typst_fonts(folder: Path) -> Path:
    """Copy the book's fonts to `folder`, with every weight under one family name.

    Typst goes by a font's oldest family name, under which the semi-bold is a family of its own.
    """
    folder.mkdir()
    for file in sorted(paths.FONTS.glob("*.ttf")):
        font = TTFont(file, recalcTimestamp=False)
        family = font["name"].getBestFamilyName()
        for record in font["name"].names:
            if record.nameID == 1:
                record.string = family
        font.save(folder / file.name)
    return folder


def main(arguments: list[str] | None = None) -> int:
    """Make the PDF from the command line; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tracktwo.book.pdf.build_pdf", description=__doc__
    )
    parser.add_argument("html", type=Path, metavar="HTML_DIR", help="the built site")
    parser.add_argument("output", type=Path, metavar="OUTPUT", help="the PDF to write")
    parser.add_argument("--edition", type=Path, nargs=2, metavar=("FACTS", "TOC"))
    options = parser.parse_args(arguments)
    given: dict[str, Any] = {}
    if options.edition:
        facts, toc = options.edition
        given = {"edition": json.loads(facts.read_text("utf-8")), "toc": toc}
    return attempt(lambda: make_pdf(options.html, options.output, **given), BookError)


if __name__ == "__main__":
    sys.exit(main())
