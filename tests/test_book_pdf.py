"""The built book's PDFs, held against the site they were set from."""

import json
import re
from itertools import chain
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from pdf_text import pages_of
from pypdf import PdfReader

from tracktwo.book.pdf.build_pdf import NUMBERS
from tracktwo.book.volumes import Volume, volumes_of
from tracktwo.ground import paths

SITE = paths.BUILD / "html"
RAW = (
    "??",
    "{figure",
    "{table",
    "{list-table",
    "{glue",
    "{numref",
    "{cite",
    ":name:",
    "```",
    "<div",
)


SCREEN = ("slider", "on the website a", "show code", "hover", "link to this entry")
"""Words for what only a screen can do."""


@pytest.fixture(scope="module", params=volumes_of(), ids=lambda volume: volume.name)
def volume(request) -> Volume:
    return request.param


@pytest.fixture(scope="module")
def reader(volume) -> PdfReader:
    pdf = paths.BUILD / "pdf" / volume.file
    if not pdf.is_file():
        pytest.fail(f"{pdf.relative_to(paths.ROOT)} is not built: run `make book` first")
    return PdfReader(pdf)


@pytest.fixture(scope="module")
def said(reader) -> list[str]:
    return pages_of(reader)


@pytest.fixture(scope="module")
def text(said) -> str:
    return squeezed(words_of(said))


@pytest.fixture(scope="module")
def articles(volume) -> dict[str, BeautifulSoup]:
    further = [] if volume.name == "book" else [NUMBERS]  # no chapter, but on paper it is there
    return {name: article(SITE / f"{name}.html") for name in [*volume.pages, *further]}


def article(page: Path) -> BeautifulSoup:
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    for tools in soup.select(".no-print"):
        tools.decompose()
    return soup.select_one("article")


def words_of(said: list[str]) -> str:
    return " ".join(" ".join(said).split())


def squeezed(text: str) -> str:
    """Without spaces and soft hyphens: where a line breaks is no difference."""
    return "".join(text.split()).replace("\u00ad", "")


def titles(entries: list) -> list[str]:
    nested = (titles(e) if isinstance(e, list) else [squeezed(e.title)] for e in entries)
    return list(chain.from_iterable(nested))


@pytest.fixture(scope="module")
def objects(reader) -> list[dict]:
    every = (reader.get_object(number) for number in range(1, reader.trailer["/Size"]))
    return [item for item in every if isinstance(item, dict)]


def structure(objects: list[dict], role: str) -> list:
    return [item for item in objects if item.get("/S") == role]


def test_when_built_then_every_chapter_has_a_bookmark(reader, articles):
    found = titles(reader.outline)
    for page in articles.values():
        heading = page.h1
        for link in heading.select(".headerlink"):
            link.decompose()
        assert squeezed(heading.get_text()) in found


def test_when_built_then_it_is_tagged_pdf_ua(reader):
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    assert root["/Lang"].startswith("en") and reader.metadata.title
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()


@pytest.mark.parametrize("markup", RAW)
def test_when_built_then_no_markup_shows(text, markup):
    assert squeezed(markup) not in text


@pytest.mark.parametrize("words", SCREEN)
def test_when_built_then_nothing_is_promised_that_paper_cannot_do(said, words):
    assert not re.search(rf"\b{words}\b", words_of(said), re.IGNORECASE)


def test_when_built_then_the_site_has_the_same_pdf_and_links_to_it(volume):
    assert (SITE / volume.file).read_bytes() == (paths.BUILD / "pdf" / volume.file).read_bytes()
    for page in ("index.html", "downloads.html"):
        assert f'href="{volume.file}"' in (SITE / page).read_text("utf-8")


def test_when_built_then_letters_of_the_data_volume_are_large_enough(volume, reader):
    sizes: set[float] = set()
    for page in reader.pages[-60::7]:
        page.extract_text(visitor_text=lambda text, _, matrix, __, size: sizes.add(size))
    assert (sizes and min(size for size in sizes if size) >= 8) or volume.name == "book"


def test_when_built_then_no_code_shows(volume, text):
    for name in volume.pages:
        notebook = json.loads((paths.ROOT / f"{name}.ipynb").read_text(encoding="utf-8"))
        cells = (cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code")
        code = (re.sub('"""(?s:.*?)"""', "", "".join(source)) for source in cells)
        for line in chain.from_iterable(source.splitlines() for source in code):
            assert len(line) < 30 or squeezed(line) not in text, f"{name}: {line}"


def test_when_built_then_every_page_has_text(said):
    empty = [n for n, text in enumerate(said, 1) if not text.strip()]
    assert not empty


def test_when_built_then_figures_and_tables_are_those_of_the_site(objects, articles, text):
    pages = articles.values()
    alts = sorted(image["alt"] for page in pages for image in page.select("img"))
    assert sorted(str(item.get("/Alt")) for item in structure(objects, "/Figure")) == alts
    tables = [table for page in pages for table in page.select("table")]
    assert len(structure(objects, "/Table")) == len(tables)
    captions = [caption for page in pages for caption in page.select(".caption-number")]
    assert len(structure(objects, "/Caption")) == len(captions)
    for caption in captions:
        start = caption.find_next_sibling(class_="caption-text").get_text()[:20]
        assert squeezed(caption.get_text() + start) in text


def test_when_built_then_no_figure_is_a_raster(reader, objects):
    assert not [item for item in objects if item.get("/Subtype") == "/Image"]
    contents = (page.get_contents() for page in reader.pages)
    inline = re.compile(rb"\sBI\s.*?\sID\s", re.DOTALL)
    assert not [c for c in contents if c is not None and inline.search(c.get_data())]


def test_when_built_then_links_inside_lead_to_pages(reader):
    pages = {page.indirect_reference.idnum for page in reader.pages}
    for page in reader.pages:
        for link in (annotation.get_object() for annotation in page.get("/Annots", [])):
            target = link.get("/Dest") or link["/A"].get("/D")
            if isinstance(target, str):
                target = reader.named_destinations[target].dest_array
            assert target[0].idnum in pages if target else link["/A"]["/URI"]
