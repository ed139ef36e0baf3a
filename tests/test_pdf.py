"""The PDF from small pages written by hand, in the forms that the site's builder writes."""

import json
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from pdf_text import pages_of
from pypdf import PdfReader

from tracktwo.book.pdf.build_pdf import BookError, make_pdf
from tracktwo.book.pdf.columns import set_widths
from tracktwo.book.pdf.pages import Page, clean
from tracktwo.book.pdf.set_pages import holes
from tracktwo.book.volumes import volumes_of
from tracktwo.ground import paths

SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200" viewBox="0 0 400 200">
<style>@media (prefers-color-scheme:dark){text{fill:#fff}}</style><rect width="90" height="90"/>
<text x="9" y="120" font-family="IBM Plex Sans" font-weight="600">Grassroots</text></svg>"""
FIGURE = """<figure id="fig-starts"><img alt="Bars by year." src="../_images/starts.svg"/>
<figcaption><p><span class="caption-number">Fig. 7 </span><span class="caption-text">Shares
rose.</span><a class="headerlink" href="#fig-starts">#</a></p><div class="legend"><p>n = 150.</p>
</div></figcaption>
</figure>"""
CODE = """<div class="cell"><details class="admonition hide above-input"><summary>Show code
cell source</summary><div class="cell_input"><pre>import secret_code</pre></div></details></div>"""
TABLE = """<table class="table" id="tab-n"><caption><span class="caption-number">Table 3 </span>
<span class="caption-text">Starts.</span></caption><colgroup><col style="width: 30%"/>
<col style="width: 70%"/></colgroup><thead><tr><th><p>Level</p></th><th><p>Share</p></th></tr>
</thead><tbody><tr><td><p>Mixed</p></td><td><p>28 %</p></td></tr></tbody></table>"""
PAGES = {
    "index": """<section id="the-book"><h1>The book<a class="headerlink" href="#the-book">#</a></h1>
<p id="id1">See <a href="chapters/change.html#fig-starts">Fig. 7</a> and
<a href="chapters/article.html">the article</a>.</p>
<p class="no-print">Download the data</p></section>""",
    "chapters/article": """<section id="the-article"><h1>The article</h1>
<section id="aim"><h2>What it asked</h2><p>It asked
<span class="bibtex-citation">[<a href="#id1">Dayton, 2012</a>]</span>.<a
class="footnote-reference" href="#f">[1]</a> So
<span class="math">\\(p = k/n\\)</span>.</p>
<div class="admonition note"><p class="admonition-title">Note</p><p>Mind this.</p></div>
</section><section id="references"><h2>References</h2><div class="citation-list">
<div class="citation" id="id1"><span class="label">[<a href="#id9">CD12</a>]</span><span
class="backrefs">(<a href="#id9">1</a>)</span><p>Bruce Dayton. Lessons.</p></div></div></section>
<aside class="footnote" id="f"><span class="label">[1]</span><p>A note below.</p></aside>
</section>""",
    "chapters/change": f"""<section id="who"><h1>Who takes part</h1>{CODE}{FIGURE}
<p>Back to <a href="../index.html#id1">the start</a>, to <a href="#tab-n">Table 3</a> and to
<a href="https://example.org/x">elsewhere</a>.</p>{TABLE}</section>""",
}
EVIDENCE = """format: jb-book
root: index
parts:
  - caption: The question
    chapters: [{file: chapters/article}]
  - caption: Evidence
    chapters: [{file: chapters/change}]
"""
TOC = """format: jb-book
root: index
parts:
  - caption: The question
    chapters: [{file: chapters/article}]
  - caption: The inventory
    chapters: [{file: chapters/change}]
"""


def write_book(folder: Path, toc: str = TOC, **changes: tuple[str, str]) -> Path:
    """Write a small site, with pages changed as (page=(old, new)); return its folder."""
    site = folder / "html"
    for name, body in PAGES.items():
        old, new = changes.get(Path(name).name, ("", ""))
        assert old in body
        file = site / f"{name}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        text = body.replace(old, new) if old else body
        file.write_text(f'<html lang="en"><article class="bd-article">{text}</article></html>')
    (site / "_images").mkdir()
    (site / "_images/starts.svg").write_text(SVG)
    (folder / "_toc.yml").write_text(toc)
    (folder / "_config.yml").write_text("title: Oslo, Reopened\nauthor: The contributors\n")
    (folder / "CITATION.cff").write_text("title: 'Oslo, Reopened: A replication'\nversion: 1.2\n")
    return site


def set_book(folder: Path, **changes: tuple[str, str]) -> bytes:
    site = write_book(folder, **changes)
    pdf = folder / "book.pdf"
    make_pdf(site, pdf, config=folder / "_config.yml", toc=folder / "_toc.yml")
    return pdf.read_bytes()


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> bytes:
    return set_book(tmp_path_factory.mktemp("book"))


@pytest.fixture(scope="module")
def reader(book) -> PdfReader:
    return PdfReader(BytesIO(book))


@pytest.fixture(scope="module")
def text(reader) -> str:
    return words(reader)


def words(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_when_text_is_read_in_the_quick_way_then_it_is_what_pypdf_reads(reader):
    known = [squeezed(page.extract_text()) for page in reader.pages]
    assert [squeezed(text) for text in pages_of(reader)] == known


def squeezed(text: str) -> str:
    """Without spaces: where a line breaks is no difference."""
    return "".join(text.split())


def outline(entries: list, depth: int = 0) -> list[tuple[int, str]]:
    flat = []
    for entry in entries:
        nested = isinstance(entry, list)
        flat += outline(entry, depth + 1) if nested else [(depth, entry.title)]
    return flat


def test_when_set_then_bookmarks_follow_chapters_and_sections(reader):
    assert outline(reader.outline) == [
        (0, "The book"),
        (0, "The article"),
        (1, "What it asked"),
        (1, "References"),
        (0, "Who takes part"),
        (1, "Web sources"),
    ]


def test_when_a_bookmark_is_followed_then_it_leads_to_the_page_of_its_chapter(reader):
    for entry in (entry for entry in reader.outline if not isinstance(entry, list)):
        page = reader.pages[reader.get_destination_page_number(entry)]
        assert entry.title in page.extract_text()


def test_when_set_then_it_is_tagged_pdf_ua(reader):
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en"
    assert reader.metadata.title == "Oslo, Reopened"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()


def test_when_set_then_figures_are_tagged_with_their_alt_text(book):
    assert b"Bars by year." in uncompressed(book)


def uncompressed(pdf: bytes) -> bytes:
    reader = PdfReader(BytesIO(pdf))
    objects = (reader.get_object(number) for number in range(1, reader.trailer["/Size"]))
    return b" ".join(str(item).encode() for item in objects)


def test_when_set_then_numbers_are_those_of_the_site(text):
    assert "Fig. 7 Shares rose. n = 150." in text and "Table 3" in text
    assert "A replication" in text and "Version 1.2" in text


def test_when_set_then_code_and_what_is_not_for_print_are_gone(text):
    for absent in ("secret_code", "Show code", "Download the data", "??", "#", "CD12"):
        assert absent not in text
    assert "Mind this." in text and "A note below." in text


def test_when_set_then_figures_stay_vectors_in_the_one_typeface(reader):
    assert not any(page.images for page in reader.pages)
    fonts = {str(font) for page in reader.pages for font in names_of_fonts(page)}
    assert any("SmBld" in font for font in fonts)
    assert all("IBMPlexSans" in font or "NewCMMath" in font for font in fonts)


def names_of_fonts(page):
    for font in page["/Resources"].get("/Font", {}).values():
        yield font.get_object()["/BaseFont"]


def test_when_set_then_internal_links_lead_to_pages_and_outside_ones_out(reader):
    links = [
        annotation.get_object() for page in reader.pages for annotation in page.get("/Annots", [])
    ]
    pages = {page.indirect_reference.idnum for page in reader.pages}
    inside = [link for link in links if "/Dest" in link or link.get("/A", {}).get("/D")]
    outside = [link["/A"]["/URI"] for link in links if "/URI" in link.get("/A", {})]
    assert len(inside) + len(outside) == len(links)
    assert outside and set(outside) == {"https://example.org/x"}
    for link in inside:
        target = link.get("/Dest") or link["/A"]["/D"]
        if isinstance(target, str):
            target = reader.named_destinations[target].dest_array
        assert target[0].idnum in pages


def test_when_set_twice_then_bytes_are_the_same(book, tmp_path):
    assert set_book(tmp_path) == book


BROKEN = {
    "no alt": ({"change": ('alt="Bars by year."', "")}, "chapters/change.html: Fig. 7 .*alt"),
    "blank alt": ({"change": ("Bars by year.", " ")}, "chapters/change.html: Fig. 7 .*alt"),
    "no image": ({"change": ("starts.svg", "gone.svg")}, "Fig. 7 shows _images/gone.svg"),
    "dead place": ({"index": ("#fig-starts", "#fig-x")}, "index.html.*no 'fig-x'"),
    "dead page": ({"index": ("article.html", "gone.html")}, "index.html.*chapters/gone.html"),
    "dead note": ({"article": ('id="f"', 'id="g"')}, "article.html: footnote 'f'"),
    "no title": ({"article": ("h1>", "h2>")}, "article.html: no chapter with a title"),
    "raw MyST": ({"article": ("Mind", "{numref}`x`")}, "article.html: raw markup.*numref"),
    "unknown": ({"article": ("Mind", "<iframe></iframe>")}, "article.html: <iframe>"),
    "no glyph": ({"article": ("Mind", "ab👍c")}, r"article.html: no font .*U\+1F44D.*'abc? ?▯c"),
}


def test_when_data_are_hebrew_arabic_or_japanese_then_they_are_set_in_their_own_direction(tmp_path):
    said = "<bdi>שלום</bdi>, 1999; <bdi>سلام</bdi>, 2000; 絆 プロジェクト"
    text = words(PdfReader(BytesIO(set_book(tmp_path, article=("Mind this.", said)))))
    assert "絆 プロジェクト" in text
    fonts = {"IBMPlexSansHebrew", "IBMPlexSansArabic", "NotoSansJP"}
    reader = PdfReader(tmp_path / "book.pdf")
    used = " ".join(str(font) for page in reader.pages for font in names_of_fonts(page))
    assert all(font in used for font in fonts)
    # As drawn, from left to right: the year stays behind the word.
    assert text.index("1999") > max(text.index(letter) for letter in "שלום")


def test_when_text_looks_like_markup_or_has_quotes_then_it_is_set_as_it_is(tmp_path):
    said = "<bdi>{download}`x` {ref}`y`</bdi> \"a\" it's ‘b’ ... -- --- -5 -? '90 *b* #c $d$ @e [g]"
    said += " _f_ =h +i ~j //k https://l /*m*/ ‘’ “n” … – 1. - / o \\p &lt;q&gt; r's;"
    text = words(PdfReader(BytesIO(set_book(tmp_path, article=("Mind this.", said)))))
    assert squeezed(BeautifulSoup(said, "html.parser").get_text()) in squeezed(text)


def test_when_a_result_names_a_label_that_looks_like_markup_then_it_is_set_as_it_is(tmp_path):
    said = '<span class="pasted-text">Most voice {ref}`y`.</span>'
    text = words(PdfReader(BytesIO(set_book(tmp_path, article=("Mind this.", said)))))
    assert "Most voice {ref}`y`." in text


def test_when_a_heading_has_quotes_then_its_bookmark_has_the_same(tmp_path):
    pdf = set_book(tmp_path, article=("What it asked", "What the authors’ “map” isn't"))
    assert (1, "What the authors’ “map” isn't") in outline(PdfReader(BytesIO(pdf)).outline)


@pytest.mark.parametrize(("changes", "message"), BROKEN.values(), ids=BROKEN.keys())
def test_when_broken_then_the_error_says_where_and_the_old_pdf_stays(tmp_path, changes, message):
    (tmp_path / "book.pdf").write_bytes(b"old")
    with pytest.raises(BookError, match=message):
        set_book(tmp_path, **changes)
    assert (tmp_path / "book.pdf").read_bytes() == b"old"
    assert not list(tmp_path.glob("*.new"))


EDITION = dict.fromkeys(("subtitle", "version", "released", "abstract"), "x")
EDITION |= {"title": "Oslo — edition strict", "stem": "strict", "authors": ["We", "They"]}
EDITION |= {"line": "Edition strict: data by They.", "credit": "Book: We; data: They."}


def test_when_an_edition_is_set_then_its_cover_names_it(tmp_path):
    site = write_book(tmp_path)
    make_pdf(site, tmp_path / "strict.pdf", toc=tmp_path / "_toc.yml", edition=EDITION)
    reader = PdfReader(tmp_path / "strict.pdf")
    cover = " ".join(reader.pages[0].extract_text().split())
    for said in (EDITION["title"], EDITION["line"], EDITION["credit"], "We and They"):
        assert said in cover
    assert reader.metadata.title == EDITION["title"]


def test_when_a_page_is_missing_then_the_command_fails_in_one_line(tmp_path):
    site = write_book(tmp_path)
    (site / "chapters/article.html").unlink()
    command = [
        sys.executable,
        "-m",
        "tracktwo.book.pdf.build_pdf",
        str(site),
        str(tmp_path / "book.pdf"),
    ]
    (tmp_path / "edition.json").write_text(json.dumps(EDITION))
    command += ["--edition", str(tmp_path / "edition.json"), str(tmp_path / "_toc.yml")]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert run.stderr.strip().startswith("error: chapters/article.html: ")
    assert len(run.stderr.strip().splitlines()) == 1


def test_when_a_file_of_the_site_is_linked_then_the_site_s_address_is_used(tmp_path):
    site = write_book(tmp_path, index=("chapters/article.html", "results.json"))
    shutil.copy(tmp_path / "_toc.yml", site / "results.json")
    (tmp_path / "_config.yml").write_text("title: T\nhtml: {baseurl: 'https://example.org/b/'}\n")
    pdf = tmp_path / "book.pdf"
    make_pdf(site, pdf, config=tmp_path / "_config.yml", toc=tmp_path / "_toc.yml")
    assert b"https://example.org/b/results.json" in uncompressed(pdf.read_bytes())


# Two volumes

DATA = "oslo-and-its-aftermath-reopened-data-volume.pdf"


def set_volume(folder: Path, number: int, base: str = "", **changes: tuple[str, str]) -> str:
    """Set a volume of the small book and return its words."""
    site = write_book(folder, EVIDENCE, **changes)
    (folder / "_config.yml").write_text(f"title: Oslo, Reopened\nhtml: {{baseurl: '{base}'}}\n")
    volume = volumes_of(folder / "_toc.yml")[number]
    pdf = folder / volume.file
    make_pdf(site, pdf, config=folder / "_config.yml", toc=folder / "_toc.yml")
    return words(PdfReader(pdf))


def test_when_there_is_no_evidence_then_the_book_is_one_volume(tmp_path):
    write_book(tmp_path)
    [book] = volumes_of(tmp_path / "_toc.yml")
    assert book.pages == ["index", "chapters/article", "chapters/change"]


def test_when_there_is_evidence_then_each_volume_has_its_own_chapters(tmp_path):
    write_book(tmp_path, EVIDENCE)
    book, data = volumes_of(tmp_path / "_toc.yml")
    assert (book.pages, data.pages) == (["index", "chapters/article"], ["chapters/change"])
    assert book.file != data.file


def test_when_a_chapter_is_in_the_other_volume_then_it_is_named_once_and_keeps_its_number(tmp_path):
    other = '<a href="chapters/change.html">Who takes part</a> and <a href="chapters/article.html">'
    text = set_volume(tmp_path, 0, index=('<a href="chapters/article.html">', other))
    told = "See Fig. 7 [data volume: Who takes part] and Who takes part and the article [p. 4]."
    assert told in text


def test_when_the_data_volume_is_set_before_then_the_book_names_its_pages(tmp_path):
    set_volume(tmp_path, 1)
    shutil.rmtree(tmp_path / "html")
    text = set_volume(tmp_path, 0)
    page = next(
        str(number)
        for number, page in enumerate(PdfReader(tmp_path / DATA).pages, 1)
        if "Shares rose." in page.extract_text()
    )
    assert f"See Fig. 7 [D {page}] and the article" in text
    assert "D and a number stand for a page of the data volume" in text


def test_when_prose_rests_on_a_page_on_the_web_then_its_address_is_listed_once(text):
    assert "elsewhereW1." in text.replace(" W1", "W1")
    assert text.count("W1 example.org/x") == 1


def test_when_cells_are_long_then_columns_share_the_width_by_their_words(tmp_path):
    long = "a sentence that goes on and on, " * 5
    table = BeautifulSoup(
        f"<table><tr><td>C1</td><td>{long}</td><td>yes</td></tr></table>", "html.parser"
    ).table
    set_widths(table, [table.find_all("td")])
    first, second, third = (float(col["style"][7:-1]) for col in table.find_all("col"))
    assert second > 80 and first < 10 and third < 10


def test_when_an_interval_is_printed_then_no_line_ends_in_it():
    page = read_page_of("<p>It is +25 (+8 to +41), n = 1,234.</p>")
    assert "(+8\u00a0to\u00a0+41), n\u00a0=\u00a01,234" in page.article.get_text()


def read_page_of(text: str) -> Page:
    page = Page("x", BeautifulSoup(f"<article>{text}</article>", "html.parser").article, "en")
    clean(page)
    return page


def test_when_the_data_volume_is_set_then_it_says_so_and_sends_back_to_the_book(tmp_path):
    text = set_volume(tmp_path, 1)
    assert "Oslo, Reopened Data volume" in text and "Fig. 7 Shares rose." in text
    assert "Back to the start [book: The book], to Table 3 and to elsewhere." in text


def test_when_the_site_has_an_address_then_the_other_volume_is_linked_there(tmp_path):
    set_volume(tmp_path, 1, base="https://example.org/b/")
    pdf = tmp_path / volumes_of(tmp_path / "_toc.yml")[1].file
    assert b"https://example.org/b/index.html#id1" in uncompressed(pdf.read_bytes())


def test_when_a_place_in_the_other_volume_is_not_there_then_the_error_says_so(tmp_path):
    with pytest.raises(BookError, match=r"index\.html.*chapters/change\.html has no 'fig-x'"):
        set_volume(tmp_path, 0, index=("#fig-starts", "#fig-x"))


def test_when_works_are_listed_in_one_chapter_then_citations_lead_there_without_more_words(
    tmp_path,
):
    cites = '<span class="bibtex-citation">[<a href="chapters/change.html#tab-n">Y, 1</a>]</span>, '
    text = set_volume(tmp_path, 0, index=("See", f"{cites}see"))
    assert "[Y, 1], see Fig. 7 [data volume: Who takes part]" in text


# What the site says in its own way


FOLDED = """<section id="e"><h2>Entries</h2><div class="cell_output">
<details class="entry"><summary><h3 class="rubric">Camp</h3>
<span class="entry-line">1993 · grassroots</span></summary><div id="initiative-camp"><p>grade A ·
<a class="entry-link no-print" href="#initiative-camp">Link to this entry</a></p>
<p>They met.</p><dl>
<dt>Codes</dt><dd><p>Youth</p></dd><dt>Sources</dt><dd>
<ul><li><p>A paper</p></li></ul></dd></dl></div></details></div></section>"""


def test_when_an_entry_is_folded_then_it_is_printed_open_and_can_be_linked(tmp_path):
    to_it = '<p>See <a href="#initiative-camp">the camp</a>.</p>'
    text = set_volume(tmp_path, 1, change=("<p>Back", f"{FOLDED}{to_it}<p>Back"))
    assert "Camp 1993 · grassroots · grade A They met. Codes Youth Sources A paper" in text


def test_when_pages_hold_verdicts_terms_and_answers_then_their_words_are_in_the_pdf(tmp_path):
    said = """See <strong class="verdict verdict-leaning">leaning</strong>, <a class="verdict
    verdict-supported" href="#the-book">C1 supported</a>, <a class="reference internal"
    href="chapters/article.html#gone"><span class="std std-term">interval</span></a>.</p>
    <div class="admonition answer"><p class="admonition-title">The answer</p><p>It rose.</p>
    <p>By 3.</p></div><div class="admonition left-out"><p class="admonition-title">Left out</p>
    <p>Not here.</p></div><p>And"""
    text = words(PdfReader(BytesIO(set_book(tmp_path, index=("See", said)))))
    said = "See leaning, C1 supported, interval. The answer It rose. By 3. Left out Not here."
    assert squeezed(said) in squeezed(text)


def test_when_the_front_page_answers_then_the_cover_says_it_too(tmp_path):
    said = '<div class="admonition answer"><p class="admonition-title">A</p><p>It rose.</p></div>'
    answered = set_book(tmp_path, index=("<p id", f"{said}<p id"))
    assert words(PdfReader(BytesIO(answered))).count("It rose.") == 2


def test_when_the_cover_has_a_picture_then_it_says_what_the_picture_shows(tmp_path):
    picture = FIGURE.replace("fig-starts", "fig-change-starts").replace("n = 150", "Starts by year")
    pdf = set_book(tmp_path, change=("<p>Back", f"{picture}<p>Back"))
    assert "Starts by year." in PdfReader(BytesIO(pdf)).pages[0].extract_text()


def called(name: str, page: int) -> dict:
    return {"id": name, "chapter": 1, "called": page}


def stands(name: str, page: int, y: float) -> dict:
    return {"id": name, "page": page, "y": y}


def test_when_a_figure_leaves_a_hole_then_it_floats_and_later_ones_do_not_pass_it():
    spots = [called("a", 1), called("b", 2), called("c", 3)]
    places = [stands("a", 2, 28), stands("b", 2, 150), stands("c", 3, 28)]
    assert holes(spots + places, []) == ["a"]
    assert holes(spots + places, ["a"]) == []
    passed = [stands("a", 2, 28), stands("b", 1, 250), stands("c", 3, 28)]
    assert holes(spots + passed, ["a"]) == ["b"]


def test_when_installed_then_template_and_fonts_are_there():
    assert sorted(file.suffix for file in paths.FONTS.glob("*.ttf"))
    assert (paths.ROOT / "tracktwo/book/pdf/pdf.typ").is_file()
