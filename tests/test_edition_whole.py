"""One whole edition of a tiny book, and its name wherever one looks."""

import json
import zipfile
from io import BytesIO

import pytest
import yaml
from bs4 import BeautifulSoup
from pypdf import PdfReader
from tiny_book import SIGNS, make, tiny_book
from tiny_notebooks import notebook

from tracktwo.book import notebooks

PARAMETERS = 'data = "data"\nfigures = "figures"\nnested = True\nbreak_year = 2000'
SAY = """from tracktwo import say
say("Told is {{ told | year }}.", when=nested, told=break_year)
say("See {doc}`the beginning </index>`.")"""
LINE = (
    "Edition loose-2: the published data; without initiatives that are part of another; "
    "break after 1999; not the published edition."
)


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    """Return the folder of an edition of a book whose outputs are committed."""
    root = tiny_book(tmp_path_factory.mktemp("edition") / SIGNS)
    for name in ("index", "chapters/one"):
        made = notebook(SAY, parameters=PARAMETERS)
        notebooks.write(made, root / f"{name}.ipynb")
    done = make(root, "outputs")
    assert done.returncode == 0, done.stdout + done.stderr
    (root / "my loose.yml").write_text("nested: false\nbreak_year: 1999\n")
    done = make(root, "edition", "NAME=loose-2", "PARAMETERS=my loose.yml")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "The book: _build/editions/loose-2/html/index.html" in done.stdout
    return root / "_build/editions/loose-2"


def page(edition, name):
    return BeautifulSoup((edition / f"html/{name}.html").read_text("utf-8"), "html.parser")


def test_when_an_edition_is_opened_then_it_says_what_moved(edition):
    first = page(edition, "index")
    assert first.h1.get_text().rstrip("#") == "What moved"
    said = first.article.get_text(" ", strip=True)
    assert "2 of 2 numbers and words of the text" in said and "In two places" in said
    moved = [cell.get_text() for cell in first.select("table td")]
    assert "2000" in moved and "1999" in moved
    links = [link["href"] for link in first.select('td a[href*="left-out"]')]
    for link in links:
        file, _, place = link.partition("#")
        assert page(edition, file.removesuffix(".html")).find(id=place)
    assert len(links) == 2


def test_when_any_page_is_opened_then_it_names_the_edition_and_leads_to_what_moved(edition):
    for name in ("index", "findings", "chapters/one", "downloads", "search"):
        soup = page(edition, name)
        line = soup.select_one(".edition-line")
        assert line.get_text().startswith(LINE), name
        assert bool(line.a) == (name != "index")
        assert "— edition loose-2" in soup.title.text
        assert "Edition loose-2 of version" in soup.footer.get_text(" ", strip=True)


def test_when_the_findings_are_opened_then_they_have_a_page_and_show_the_values_used(edition):
    soup = page(edition, "findings")
    assert soup.h1.get_text().rstrip("#") == "Findings"
    code = soup.article.pre.get_text()
    assert "nested = False" in code and "break_year = 1999" in code
    assert page(edition, "chapters/one").select('article a[href="../findings.html"]')


def test_when_an_edition_is_set_then_cover_and_running_head_name_it(edition):
    assert [file.name for file in (edition / "pdf").iterdir()] == ["loose-2.pdf"]
    pages = PdfReader(BytesIO((edition / "pdf/loose-2.pdf").read_bytes())).pages
    cover = " ".join(pages[0].extract_text().split())
    assert "— edition loose-2" in cover and LINE in cover
    assert "What moved" in pages[2].extract_text()


def test_when_an_edition_is_taken_along_then_every_file_names_it(edition):
    html = edition / "html"
    results = json.loads((html / "results.json").read_text("utf-8"))
    assert results["edition"]["name"] == "loose-2" and results["edition"]["line"] == LINE
    assert results["edition"]["parameters"] == {"nested": False, "break_year": 1999}
    for name in ("book.bib", "book.ris", "data.bib", "data.ris", "croissant.json"):
        assert LINE in (html / "downloads" / name).read_text("utf-8"), name
    with zipfile.ZipFile(html / "downloads/data.zip") as box:
        assert LINE in yaml.safe_load(box.read("data/CITATION.cff"))["message"]
