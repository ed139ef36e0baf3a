import copy
import json
import re
from urllib.parse import unquote, urlsplit

import pytest
from built_site import CHAPTERS, EXTRA_PAGES, HTML, PAGES, anchors, page, require
from made_studies import published

from tracktwo.book import notebooks
from tracktwo.ground import paths

GLUED = re.compile(r"\{glue:[a-z]+\}`([^`:]+)(?::[^`]*)?`")
FOREIGN = re.compile(r"^(?:https?:)?//")
each_page = pytest.mark.parametrize("name", PAGES)


def target_of(name, href):
    """Return the file and the anchor that a link on page `name` leads to."""
    parts = urlsplit(href)
    path = (HTML / name).parent / unquote(parts.path) if parts.path else HTML / name
    return path.resolve(), unquote(parts.fragment)


@each_page
def test_when_a_chapter_is_in_the_contents_then_it_has_a_page_with_one_title(name):
    assert len(page(name).select("article h1")) == 1


@each_page
def test_when_an_image_is_shown_then_it_has_alternative_text(name):
    images = page(name).find_all("img")
    assert [image["src"] for image in images if not image.get("alt", "").strip()] == []


@each_page
def test_when_a_page_is_opened_then_it_asks_no_other_host(name):
    loading = page(name).find_all(["script", "img", "iframe", "source", "video", "audio", "embed"])
    asked = [tag.get("src") or "" for tag in loading]
    asked += [tag.get("href") or "" for tag in page(name).find_all("link")]
    assert [url for url in asked if FOREIGN.match(url)] == []
    assert page(name).find_all("script", src=False, type=False) == []


def test_when_a_stylesheet_is_read_then_it_asks_no_other_host():
    require()
    for sheet in sorted(HTML.rglob("*.css")):
        asked = re.findall(r"(?:url\(|@import)\s*['\"]?((?:https?:)?//[^'\")]+)", sheet.read_text())
        assert asked == [], sheet.relative_to(HTML)


@each_page
def test_when_a_number_or_reference_is_used_then_it_resolved(name):
    article = copy.copy(page(name).select_one("article"))
    for code in article.select("pre, code"):
        code.extract()
    text = article.get_text()
    for sign in ("??", "glue:", "{numref}", "{cite", "np.float64", "```"):
        assert sign not in text
    empty = [str(tag) for tag in article.select("span.pasted-text") if not tag.get_text(strip=True)]
    assert empty == []


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_when_prose_uses_a_number_then_the_published_results_have_it(chapter):
    require()
    results = json.loads((HTML / "results.json").read_text("utf-8"))["results"]
    cells = notebooks.read(paths.ROOT / f"{chapter}.ipynb").cells
    prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    assert [key for key in GLUED.findall(prose) if key not in results] == []


@each_page
def test_when_a_link_stays_in_the_book_then_it_leads_somewhere(name):
    for link in page(name).find_all("a", href=True):
        if urlsplit(link["href"]).scheme or link["href"] == "#":
            continue
        path, anchor = target_of(name, link["href"])
        assert path.is_file(), link["href"]
        if anchor and "=" not in anchor and path.suffix == ".html":  # no filter
            there = path.relative_to(HTML.resolve()).as_posix()
            assert anchor in anchors(there), link["href"]


@each_page
def test_when_a_page_is_written_then_it_knows_nothing_of_the_machine(name):
    assert str(paths.ROOT) not in str(page(name))


@pytest.mark.parametrize("name", [*PAGES, *EXTRA_PAGES])
def test_when_a_page_is_written_then_its_html_is_valid_where_builders_often_err(name):
    soup = page(name)
    for figure in soup.select("figure"):
        inside = [node.name for node in figure.find_all(True, recursive=False)]
        assert "figcaption" not in inside[1:-1], figure.get("id")
    assert soup.select(":is(table, thead, tbody, tr, th, td)[role]") == []
    addresses = [link["href"] for link in soup.select("[href]")]
    assert [href for href in addresses if re.search(r"[<>\s\"`{}|^\\]", href)] == []
    names = [node["id"] for node in soup.select("[id]")]
    assert sorted(set(names)) == sorted(names)
    for node in soup.select("[aria-labelledby], [aria-describedby], label[for]"):
        for key in ("aria-labelledby", "aria-describedby", "for"):
            assert set(str(node.get(key, "")).split()) <= set(names)


@pytest.mark.parametrize("name", [*PAGES, *EXTRA_PAGES])
def test_when_a_page_is_read_then_no_words_are_doubled_and_no_comma_has_a_blank_before_it(name):
    article = copy.copy(page(name).select_one("article"))
    for left in article.select("pre, details, table, script"):
        left.extract()
    said = " ".join(article.get_text().split())
    said += page(name).find("meta", attrs={"name": "description"})["content"]
    doubled = r"\b(with|the|of|and|in|of \w+) \1\b| [,;]"
    assert [found[0] for found in re.finditer(doubled, said)] == []


def test_when_numbers_are_published_then_they_name_the_data_they_come_from():
    require()
    edition = json.loads((HTML / "results.json").read_text("utf-8"))["edition"]
    assert edition == {"data_digest": published().digest, "parameters": {}}
