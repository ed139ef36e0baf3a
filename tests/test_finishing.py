"""What the build adds to the pages: tools under figures, heads, index, downloads, policy."""

import csv
import hashlib
import json
import zipfile
from urllib.parse import parse_qsl

import pytest
import yaml
from bs4 import BeautifulSoup
from built_site import EXTRA_PAGES, HTML, PAGES, anchors, page, require
from made_studies import published
from nbformat.v4 import new_code_cell, new_notebook
from other_conflict import DESCRIPTOR, write_other_conflict
from small_study import write_small_study

from tracktwo import open_study
from tracktwo.book.edition import POLICY, addresses, edition_of
from tracktwo.book.site import citation, linked_data
from tracktwo.book.site.build_site import for_site
from tracktwo.book.site.downloads import data_files, pack
from tracktwo.book.site.figure_tools import ROWS, dress_figures, offer_narrow, read_tables
from tracktwo.book.site.finishing import write_addresses
from tracktwo.book.site.glossary import definitions, show_definitions
from tracktwo.book.site.page import Page, words_of
from tracktwo.book.site.page_head import LONGEST
from tracktwo.book.site.page_tables import dress_tables
from tracktwo.book.site.pages import finish_text
from tracktwo.data.describe import descriptor_of
from tracktwo.ground import paths

each_page = pytest.mark.parametrize("name", [*PAGES, *EXTRA_PAGES])


def figures(name):
    return page(name).select("figure[id^=fig-]")


@pytest.fixture(scope="module")
def edition():
    return edition_of(paths.DATA)


# Pages


@each_page
def test_when_a_page_is_built_then_its_policy_lets_nothing_inline_run(name):
    soup = page(name)
    given = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert given == POLICY and "unsafe" not in given
    scripts = [tag for tag in soup.find_all("script") if not tag.get("src")]
    assert {tag["type"] for tag in scripts} <= {"application/ld+json"}
    assert soup.select("[style], style, [onclick], [onload], [href^='javascript:']") == []


@each_page
def test_when_a_page_is_built_then_it_has_the_landmarks_and_names_its_edition(name, edition):
    soup = page(name)
    for landmark in ("body > header", "nav[aria-label]", "main", "body > footer"):
        assert soup.select(landmark), landmark
    assert len(soup.select("h1")) == 1
    foot = soup.select_one("body > footer").get_text(" ", strip=True)
    for fact in ("version", "released_text", "digest", "evidence"):
        assert edition[fact] in foot


@each_page
def test_when_a_page_is_shared_or_cited_then_its_head_says_how(name, edition):
    head = page(name).head
    said = {
        tag.get("name") or tag.get("property"): tag["content"] for tag in head("meta", content=True)
    }
    assert 40 < len(said["description"]) <= LONGEST + 2
    assert said["og:title"] in head.title.text
    picture = HTML / name.rpartition("/")[0] / said["og:image"]
    assert picture.read_bytes().startswith(b"\x89PNG")


@each_page
def test_when_a_page_is_cited_then_its_work_author_and_type_are_right(name, edition):
    soup = page(name)
    tags = {tag["name"]: tag["content"] for tag in soup.select("meta[name^=citation_]")}
    known = [json.loads(tag.string) for tag in soup("script", type="application/ld+json")]
    spans = [dict(parse_qsl(span["title"])) for span in soup.select("span.Z3988")]
    if name == "search.html":
        assert (tags, known, spans) == ({}, [], [])
        return
    (span,) = spans
    title = soup.h1.get_text(strip=True).rstrip("#")
    whole = name in ("index.html", "downloads.html")
    assert span["rft.aucorp"] == tags["citation_author"] == edition["author"]
    assert not {"rft.au", "rft.aulast"} & set(span)
    assert span["rft.genre"] == ("book" if whole else "bookitem")
    assert span["rft.btitle"].startswith(edition["title"])
    assert span.get("rft.atitle") == tags.get("citation_title") == title or whole
    assert tags.get("citation_inbook_title") == (None if whole else edition["title"])
    assert [thing["@type"] for thing in known] == (["Book", "Dataset"] if whole else ["Chapter"])
    assert whole or known[0]["isPartOf"]["@type"] == "Book"
    assert {thing["author"]["@type"] for thing in known} == {"Organization"}


def test_when_the_book_is_described_then_every_form_calls_it_by_the_same_type(edition):
    cited = yaml.safe_load((paths.ROOT / "CITATION.cff").read_text("utf-8"))
    wanted, book = cited["preferred-citation"], citation.works(edition)["book"]
    assert wanted["type"] == book["type"] == "book"
    assert citation.bibtex(book).startswith("@book{") and citation.ris(book).startswith(
        "TY  - BOOK\n"
    )
    assert "rft.genre=book&" in citation.coins(book)
    assert linked_data.book(edition)["@type"] == "Book"
    assert (wanted["title"], wanted["authors"]) == (cited["title"], cited["authors"])
    assert (str(wanted["year"]), wanted["version"]) == (book["year"], cited["version"])


def test_when_descriptions_are_compared_then_each_page_has_its_own():
    said = [page(name).find("meta", attrs={"name": "description"})["content"] for name in PAGES]
    assert len(set(said)) == len(said)


def test_when_no_address_is_set_then_pages_promise_none(edition):
    require()
    assert (edition["base"], edition["repository"], edition["binder"]) == ("", "", "")
    assert not (HTML / "sitemap.xml").exists()
    assert page("index.html").select("link[rel=canonical], .page-links") == []


def test_when_addresses_are_set_then_binder_and_sitemap_follow(tmp_path):
    place = {"url": "https://github.com/someone/book/", "branch": "main"}
    found = addresses({"html": {"baseurl": "https://book.example/"}, "repository": place})
    assert found["base"] == "https://book.example"
    assert found["binder"] == "https://mybinder.org/v2/gh/someone/book/main"
    assert addresses({"repository": {"url": "https://elsewhere.example/book"}})["binder"] == ""
    write_addresses(tmp_path, ["index.html"], found["base"])
    assert "<loc>https://book.example/index.html</loc>" in (tmp_path / "sitemap.xml").read_text()


# Figures


@each_page
def test_when_a_figure_is_shown_then_its_files_lie_beneath_it(name):
    for figure in figures(name):
        links = figure.select(".figure-files a:not([href*='explorer.html'])")
        files = [link["href"] for link in links[:-1]]
        assert len(files) == 4
        for file in files:
            assert (HTML / name).parent.joinpath(file).resolve().is_file(), file
        assert links[-1]["href"] == f"#{figure['id']}"
        assert {"width", "height"} <= set(figure.img.attrs)
        texts = [link.get_text() for link in links]
        assert len(set(texts)) == len(texts)


@each_page
def test_when_a_figure_is_small_then_its_numbers_are_a_table_under_it(name):
    for figure in figures(name):
        file = HTML / "figures" / f"{figure['id'].removeprefix('fig-')}.csv"
        with file.open(encoding="utf-8", newline="") as text:
            rows = list(csv.reader(text))[1:]
        shown = figure.select(".figure-data tbody tr")
        assert len(shown) == (len(rows) if len(rows) <= ROWS else 0)


def test_when_a_figure_has_two_tables_then_each_keeps_its_own_columns(tmp_path):
    file = tmp_path / "two.csv"
    file.write_text("table,year,n,label\nbars,1992,3,\nmarks,1993,,Oslo\n")
    assert read_tables(file) == {
        "bars": (["year", "n"], [["1992", "3"]]),
        "marks": (["year", "label"], [["1993", "Oslo"]]),
    }


def test_when_a_chapter_begins_with_code_then_its_answer_stands_first_and_the_code_in_order():
    code = '<div class="cell"><div class="cell_input">{}</div></div>'
    box = '<div class="cell_output"><div class="admonition answer">It rose.</div></div>'
    head, cells = "<h1>Change</h1>", code.format("one") + code.format("two")
    page = made_page(f'{head}{cells}<div class="cell">{box}</div>{code.format("three")}')
    finish_text(page)
    pieces = list(page.article.stripped_strings)
    assert pieces == ["Change", "It rose.", "one", "two", "three"]
    labels = [block["aria-label"] for block in page.article.select(".cell_input")]
    assert labels == [f"Code, block {n}" for n in (1, 2, 3)]


def test_when_a_figure_s_numbers_are_shown_then_as_a_reader_writes_them(tmp_path):
    folder, name = tmp_path / "figures", "focus-levels"
    folder.mkdir()
    (folder / f"{name}.svg").write_text('<svg xmlns="a" width="620" height="90"></svg>')
    rows = "label,share,low,high,n,rank\nelite,0.2045,0.1,0.3,44,0\n"
    (folder / f"{name}.csv").write_text(rows)
    caption = '<figcaption><p><span class="caption-number">Figure 1</span></p></figcaption>'
    page = made_page(f'<figure id="fig-{name}"><img alt="Bars" src="x.svg">{caption}</figure>')
    dress_figures(page, tmp_path, {})
    table = page.soup.select_one(".figure-data table")
    heads = [cell.get_text() for cell in table.select("th")]
    assert heads == ["Label", "Share", "Low", "High", "n"]
    cells = [cell.get_text() for cell in table.select("td")]
    assert cells == ["elite", "20%", "10%", "30%", "44"]
    assert {"number"} == {kind for cell in table.select("td")[1:] for kind in cell["class"]}


@pytest.mark.parametrize("narrow", [True, False])
def test_when_a_figure_was_drawn_for_phones_then_they_are_offered_that_drawing(tmp_path, narrow):
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="90"></svg>'
    for name in ("a.svg", "a.narrow.svg")[: 1 + narrow]:
        (tmp_path / name).write_text(svg.format(340 if "narrow" in name else 620))
    shown = BeautifulSoup('<a href="x"><img alt="Bars" src="a.svg"></a>', "html.parser")
    offer_narrow(shown.img, "../figures/a.narrow.svg", tmp_path / "a.narrow.svg")
    sources = shown.select("picture > source")
    assert [s["srcset"] for s in sources] == ["../figures/a.narrow.svg"] * narrow
    assert [(s["media"], s["width"]) for s in sources] == [("(max-width: 600px)", "340")] * narrow
    assert shown.a.img["src"] == "a.svg"


# Words, terms, verdicts, tables


def test_when_a_cell_holds_words_then_the_site_shows_them_without_their_code():
    tags = (["words"], ["hide-input"], ["parameters", "hide-input"], [])
    cells = [new_code_cell("say()", metadata={"tags": list(given)}) for given in tags]
    shown = for_site(new_notebook(cells=cells))
    kept = [cell.metadata["tags"] for cell in shown.cells]
    assert kept == [["words", "remove-input"], [], ["parameters"], []]


def made_page(text):
    soup = f'<p class="part-label"></p><article class="bd-article">{text}</article>'
    return Page("chapters/x.html", BeautifulSoup(soup, "html.parser"))


def test_when_a_term_is_linked_then_its_definition_is_there_for_pointer_and_keyboard(tmp_path):
    glossary = '<dl class="simple glossary"><dt id="term-interval">interval</dt><dd><p>A range of'
    (tmp_path / "methods.html").write_text(f"{glossary} values.</p></dd></dl>")
    link = '<a href="methods.html#term-{0}"><span class="xref std std-term">{0}</span></a>'
    page = made_page(f"<p>An {link.format('interval')} and {link.format('unknown')}.</p>")
    show_definitions(page, definitions(tmp_path))
    (tip,) = page.soup.select("[role=tooltip]")
    assert tip.get_text() == "A range of values."
    assert page.soup.a["aria-describedby"] == tip["id"]
    assert page.soup.a["href"] == "methods.html#term-interval"
    assert words_of(page.soup).count("values") == 1 and "no-print" in tip["class"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("<p><strong>Held on a test that could fail</strong></p>", ["verdict-held"]),
        ("<p><strong>held only just</strong>: n = 3</p>", ["verdict-just"]),
        ("<table><td><strong>Held</strong></td></table>", ["verdict-held"]),
        ("<table><td><strong>undecided</strong></td></table>", ["verdict-unclear"]),
        ("<p><strong>no sign of it</strong></p>", ["verdict-unclear"]),
        ("<table><td><strong>not supported</strong></td></table>", ["verdict-not-supported"]),
        ("<p>They <strong>held</strong> talks, <strong>supported</strong> by all.</p>", []),
    ],
)
def test_when_a_verdict_is_in_bold_then_it_is_a_chip(text, kinds):
    page = made_page(text)
    dress_tables(page)
    assert [chip["class"][1] for chip in page.soup.select(".verdict")] == kinds


@pytest.mark.parametrize(
    ("cells", "stacks"),
    [
        (["Level", "12", "34%"], False),
        (["Odds ratio of a grassroots start", "1.12 (1.03 to 1.21)", "198", "grassroots"], True),
        (["C1", "<strong>held only just</strong>", "<strong>leaning</strong>", "hardly"], True),
        (["One", "Two", "Three", "Four", "Five", "Six", "Seven"], True),
    ],
)
def test_when_a_phone_has_no_room_for_all_columns_then_the_rows_stack_and_say_theirs(cells, stacks):
    head = "".join(f"<th>Heading {n}</th>" for n in range(len(cells)))
    row = "".join(f"<td>{cell}</td>" for cell in cells)
    page = made_page(f"<table><thead><tr>{head}</tr></thead><tbody><tr>{row}</tr></tbody></table>")
    dress_tables(page)
    assert ("stacks" in page.soup.table.get("class", [])) == stacks
    named = [cell.get("data-label") for cell in page.soup.select("td")]
    assert named == [f"Heading {n}:" if stacks else None for n in range(len(cells))]


def test_when_a_cell_of_a_stacked_table_says_nothing_then_it_is_not_shown_there():
    cells = ["An organisation_of_an_unbroken_long_name", "", "–", "Another", "0"]
    row = "".join(f"<td>{cell}</td>" for cell in cells)
    page = made_page(
        f"<table><thead><tr>{'<th>Name</th>' * 5}</tr></thead><tbody><tr>{row}</tr></tbody></table>"
    )
    dress_tables(page)
    kinds = [cell.get("class", []) for cell in page.soup.select("td")]
    assert ["nothing" in kind for kind in kinds] == [False, True, True, False, False]


def test_when_a_cell_has_two_verdicts_then_each_has_its_own_line():
    chips = "<strong>held only just</strong> (one), <strong>did not hold</strong> (two)"
    page = made_page(f"<table><tr><td>{chips}</td></tr></table><p>{chips}</p>")
    dress_tables(page)
    assert len(page.soup.select("td br")) == len(page.soup.select("br")) == 1


def test_when_a_table_holds_drawings_then_they_are_the_site_s_and_its_rows_are_findings(tmp_path):
    (tmp_path / "figures").mkdir()
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="162" height="34"></svg>'
    (tmp_path / "figures" / "claim-c1.svg").write_text(svg)
    drawing = '<td><img alt="61%" src="../_images/claim-c1.svg"></td>'
    cells = "<td>They rose considerably.</td>" * 5 + drawing
    page = made_page(f"<table><tr>{'<th>What it is</th>' * 6}</tr><tr>{cells}</tr></table>")
    dress_tables(page)
    dress_figures(page, tmp_path, {})
    assert page.soup.table["class"] == ["stacks", "pictured"]
    assert page.soup.img["src"] == "../figures/claim-c1.svg"
    assert (page.soup.img["width"], page.soup.img["height"]) == ("162", "34")


# Downloads


def test_when_packed_twice_then_the_bytes_are_the_same(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("a\n1\n")
    sums = set()
    for name in ("one.zip", "two.zip"):
        pack(tmp_path / name, [("data/a.csv", file)])
        file.touch()
        sums.add(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    assert len(sums) == 1


def test_when_the_data_are_downloaded_then_they_are_whole_and_described():
    require()
    described = json.loads((HTML / "downloads" / "croissant.json").read_text("utf-8"))
    archive = HTML / "downloads" / "data.zip"
    files = {thing["@id"]: thing for thing in described["distribution"]}
    assert files["data.zip"]["sha256"] == hashlib.sha256(archive.read_bytes()).hexdigest()
    with zipfile.ZipFile(archive) as box:
        for thing in described["distribution"][1:]:
            header = next(
                csv.reader([box.read(thing["contentUrl"]).decode("utf-8-sig").split("\n")[0]])
            )
            fields = [
                field["source"]["extract"]["column"]
                for records in described["recordSet"]
                for field in records["field"]
                if field["source"]["fileObject"]["@id"] == thing["@id"]
            ]
            assert fields == header


def test_when_the_downloads_are_listed_then_each_is_there():
    links = [link["href"] for link in page("downloads.html").select(".downloads a")]
    assert len(links) >= 8
    assert [link for link in links if not (HTML / link).is_file()] == []


def test_when_cited_then_every_form_names_author_year_title_and_version(edition):
    for work in citation.works(edition).values():
        for say in citation.FORMS.values():
            for fact in (*work["authors"], work["year"], work["title"], work["version"]):
                assert fact in say(work)
    assert "url" not in citation.bibtex(citation.works(edition)["book"])


# Search


def test_when_the_index_is_read_then_every_piece_leads_somewhere():
    require()
    text = (HTML / "search-index.js").read_text("utf-8")
    pieces = json.loads(text.removeprefix("window.bookSearch = ").removesuffix(";\n"))
    assert {piece["u"].partition("#")[0] for piece in pieces} >= {*PAGES, "downloads.html"}
    for piece in pieces:
        file, _, anchor = piece["u"].partition("#")
        assert piece["t"]
        assert not anchor or anchor in anchors(file), piece["u"]


def test_when_a_data_set_holds_more_than_tables_then_only_they_are_packed(tmp_path):
    folder = write_small_study(tmp_path / "small")
    (folder / "private.txt").write_text("not for publication", encoding="utf-8")
    names = [name for name, _ in data_files(folder)]
    assert "data/private.txt" not in names
    assert {"data/codebook.csv", "data/inventory/codes.csv"} <= set(names)


def test_when_data_are_packed_then_their_own_descriptor_goes_with_them(tmp_path):
    committed = json.loads((paths.DATA / "datapackage.json").read_text("utf-8"))
    assert json.loads(json.dumps(descriptor_of(published()))) == committed
    other = open_study(write_other_conflict(tmp_path / "other"))
    packed = descriptor_of(other)
    for name in ("title", "contributors", "method", "review", "conflict", "frame", "roles"):
        assert packed[name] == DESCRIPTOR[name]
    assert not published().package.conflict.found_in(json.dumps(packed, ensure_ascii=False))
    for table in packed["resources"]:
        header = (other.path / table["path"]).read_text("utf-8").splitlines()[0].split(",")
        assert sorted(field["name"] for field in table["schema"]["fields"]) == sorted(header)
    codings = [table["coding"] for table in packed["resources"] if "coding" in table]
    assert [coding["rounds"] for coding in codings] == [{"first": ["ada", "bo"]}]
    assert {name for name, _ in data_files(other.path)} == {
        f"data/{table['path']}" for table in packed["resources"]
    }
