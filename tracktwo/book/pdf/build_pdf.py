"""Set the book from the built site: cleaned HTML through pandoc and Typst to PDF/UA-1.

python -m tracktwo.book.pdf.build_pdf HTML_DIR OUTPUT
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import pypandoc
import typst
import yaml
from fontTools.ttLib import TTFont
from sphinx_external_toc.parsing import parse_toc_yaml

from tracktwo.book.errors import attempt
from tracktwo.book.pdf.blocks import mark_blocks
from tracktwo.book.pdf.links import join_links
from tracktwo.book.pdf.pages import BookError, clean, read_page
from tracktwo.ground import paths

HERE = Path(__file__).parent
LICENCES = "Text and data: CC BY 4.0. Code: MIT."
HOLE = 30
"""The white space in mm that may stay at a page's foot."""


def make_pdf(
    html: Path, output: Path, *, config: Path = paths.CONFIG, toc: Path = paths.TOC
) -> None:
    """Typeset the site in folder `html` as one PDF/UA-1 file.

    Parameters
    ----------
    html : Path
        The built site.
    output : Path
        Where the PDF goes; replaced only once the new one is whole.
    config : Path
        The book's ``_config.yml``; a ``CITATION.cff`` beside it adds subtitle and version.
    toc : Path
        The table of contents that the site was built from.

    Raises
    ------
    BookError
        When a page, an image, an alt text or a link's target is missing, or a page holds
        what cannot be set.
    """
    html, output = Path(html), Path(output)
    facts = book_facts(Path(config))
    with TemporaryDirectory() as folder:
        work = Path(folder)
        body, images, facts["lang"] = typst_body(html, parts_of(Path(toc)), facts.pop("base"))
        for image in images:
            (work / image).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(html / image, work / image)
        shutil.copyfile(HERE / "pdf.typ", work / "pdf.typ")
        (work / "book.json").write_text(json.dumps(facts), encoding="utf-8")
        text = '#import "pdf.typ": *\n#show: book\n\n' + body
        (work / "main.typ").write_text(text, encoding="utf-8")
        pdf = compile_typst(work / "main.typ", typst_fonts(work / "fonts"))
    output.parent.mkdir(parents=True, exist_ok=True)
    half = output.with_name(output.name + ".new")
    half.write_bytes(pdf)
    half.replace(output)


def book_facts(config: Path) -> dict:
    """Return what the cover says, from ``_config.yml`` and the ``CITATION.cff`` beside it."""
    settings = yaml.safe_load(config.read_text(encoding="utf-8")) or {}
    if not settings.get("title"):
        raise BookError(f"{config.name}: the book has no title")
    citation = config.with_name("CITATION.cff")
    cited = yaml.safe_load(citation.read_text(encoding="utf-8")) if citation.is_file() else {}
    title, full = str(settings["title"]), str(cited.get("title", ""))
    subtitle = full.removeprefix(title).lstrip(":. ") if full.startswith(title) else ""
    version = f"Version {cited['version']}" if cited.get("version") else ""
    released = str(cited.get("date-released") or "")
    edition = ", ".join(filter(None, (version, released)))
    return {
        "title": title,
        "subtitle": subtitle,
        "author": str(settings.get("author") or ""),
        "imprint": [edition, LICENCES] if edition else [LICENCES],
        "base": (settings.get("html") or {}).get("baseurl") or "",
    }


def parts_of(toc: Path) -> list[tuple[str, list[str]]]:
    """Return the pages by part, in reading order: the root first, in a part without a name."""
    site = parse_toc_yaml(toc)

    def below(name: str) -> list[str]:
        trees = site[name].subtrees if name in site else []
        return [name, *(page for tree in trees for item in tree.items for page in below(str(item)))]

    parts = [("", [site.root.docname])]
    for tree in site.root.subtrees:
        parts.append(
            (tree.caption or "", [page for item in tree.items for page in below(str(item))])
        )
    return parts


def typst_body(
    html: Path, parts: list[tuple[str, list[str]]], base: str
) -> tuple[str, list[Path], str]:
    """Return the book's text as Typst, the images it shows and its language."""
    pages, images = [], []
    for caption, names in parts:
        for name in names:
            page = read_page(html, name)
            clean(page)
            images += mark_blocks(page, 2 if caption else 1, html)
            pages.append(page)
    join_links(pages, html, base)
    texts = {page.name: str(page.article) for page in pages}
    joined = ""
    for caption, names in parts:
        if caption:
            joined += f'<div class="part"><p>{escape(caption)}</p></div>'
        joined += "".join(texts[name] for name in names)
    options = [f"--lua-filter={HERE / 'pdf.lua'}", "--wrap=none"]
    body = pypandoc.convert_text(joined, "typst", format="html", extra_args=options)
    return body, images, pages[0].lang


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


def without_holes(main: Path, compiler: typst.Compiler) -> None:
    """Let figures that do not fit on their page float, one a chapter at a time, until none does.

    Done from outside, as each move shifts what follows: inside one run Typst gives up after
    five rounds.
    """
    floats: list[str] = []
    new = [""]
    while new:
        main.with_name("floats.json").write_text(json.dumps(floats), encoding="utf-8")
        spots = json.loads(compiler.query("<spot>", field="value"))
        new = holes(spots, floats)
        floats += new


def holes(spots: list[dict], floats: list[str]) -> list[str]:
    """Return each chapter's first block that must float, by its label.

    That is one that leaves a hole above it, or that would stand before an earlier one.

    Parameters
    ----------
    spots : list of dict
        Where blocks are called, in order (``id``, ``chapter``, ``left``: mm to the page's foot,
        ``height`` in mm), and where they came to stand (``id``, ``page``, ``y``).
    floats : list of str
        The blocks that float already.
    """
    stands = {spot["id"]: (spot["page"], spot["y"]) for spot in spots if "page" in spot}
    first: dict[int, str] = {}
    latest = (0, 0.0)
    for spot in (spot for spot in spots if "left" in spot):
        place = stands[spot["id"]]
        hole = HOLE < spot["left"] < spot["height"]
        if spot["id"] not in floats and (hole or place < latest):
            first.setdefault(spot["chapter"], spot["id"])
        latest = max(latest, place)
    return list(first.values())


def compile_typst(main: Path, fonts: Path) -> bytes:
    """Compile with nothing but the book's own fonts, so that every machine sets the same bytes."""
    options = {"root": main.parent, "font_paths": [fonts], "ignore_system_fonts": True}
    try:
        # One compiler for all rounds: it sets anew only what a move has changed.
        compiler = typst.Compiler(main, **options)
        without_holes(main, compiler)
        pdf, warnings = compiler.compile_with_warnings(pdf_standards=["ua-1"])
    except typst.TypstError as error:
        raise BookError(f"Typst could not set the book: {error}") from error
    if warnings:
        raise BookError(f"Typst warns: {'; '.join(str(warning) for warning in warnings)}")
    return pdf


def main(arguments: list[str] | None = None) -> int:
    """Make the PDF from the command line; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tracktwo.book.pdf.build_pdf", description=__doc__
    )
    parser.add_argument("html", type=Path, metavar="HTML_DIR", help="the built site")
    parser.add_argument("output", type=Path, metavar="OUTPUT", help="the PDF to write")
    parser.add_argument("--config", type=Path, default=paths.CONFIG)
    parser.add_argument("--toc", type=Path, default=paths.TOC)
    options = parser.parse_args(arguments)
    given = {"config": options.config, "toc": options.toc}
    return attempt(lambda: make_pdf(options.html, options.output, **given), BookError)


if __name__ == "__main__":
    sys.exit(main())
