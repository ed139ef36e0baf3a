"""What a data set may hold beside Latin letters, and what of it reaches site and PDF."""

import shutil

import pytest
from bs4 import BeautifulSoup
from small_study import edit, write_small_study

from tracktwo.book.site.page import Page, words_of
from tracktwo.book.site.pages import finish_text
from tracktwo.book.site.web_fonts import trim_fonts
from tracktwo.data.validation.problems import DataError
from tracktwo.data.validation.validate import validate
from tracktwo.ground import paths

NAME = "inventory/initiatives.csv"


@pytest.mark.parametrize(
    "text",
    [
        "פורום השלום (1999)",
        "حركة السلام، ٢٠٠٣",
        "نمی‌شود",
        "絆 プロジェクト",
        "Ελλάς",
        "Łódź Мир ≥ →",
    ],
)
def test_when_a_script_is_one_of_the_subject_then_its_letters_are_taken(tmp_path, text):
    folder = write_small_study(tmp_path / "small")
    edit(folder, NAME, "Peace Team,", f"{text},")
    validate(folder)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Peace 👍 Team", "'👍' (U+1F44D, thumbs up sign)"),
        ("A 们 B", "'们' (U+4EEC"),
        ("a\ufffeb", "U+FFFE"),
        ("a\u202eb", "U+202E"),
        ("a\u2068b", "U+2068"),
    ],
)
def test_when_no_font_has_a_sign_then_it_is_refused_by_file_row_and_column(tmp_path, text, named):
    folder = write_small_study(tmp_path / "small")
    edit(folder, NAME, "Peace Team Youth", text)
    with pytest.raises(DataError) as raised:
        validate(folder)
    (problem,) = raised.value.problems
    assert (problem.file, problem.row, problem.column) == (NAME, 3, "name")
    assert named in problem.found
    assert "no emoji" in problem.allowed or "hidden marks" in problem.allowed


def page_of(text):
    text = f'<article class="bd-article">{text}</article><p class="part-label"></p><p></p>'
    return Page("x.html", BeautifulSoup(text, "html.parser"))


def test_when_text_is_isolated_then_the_page_says_so_by_markup():
    page = page_of("<p>A \u2068שלום\u2069, 1999; <b>\u2068سلام\u2069</b> b</p>")
    finish_text(page)
    assert str(page.article.p) == "<p>A <bdi>שלום</bdi>, 1999; <b><bdi>سلام</bdi></b> b</p>"
    assert words_of(page.article.p) == "A שלום, 1999; سلام b"


def test_when_text_is_read_then_blocks_are_apart_and_lines_whole():
    page = page_of("<ul><li>one <em>two</em>, three</li><li>four</li></ul><!-- no -->five")
    assert words_of(page.article) == "one two, three four five"


def test_when_a_page_has_other_scripts_then_the_site_gets_fonts_with_just_their_letters(tmp_path):
    fonts = tmp_path / "_static" / "fonts"
    fonts.mkdir(parents=True)
    shutil.copy(paths.FONTS / "IBMPlexSans-Regular.woff2", fonts)
    (tmp_path / "x.html").write_text("שלום 絆", encoding="utf-8")
    trim_fonts(tmp_path)
    sheet = (paths.STATIC / "book.css").read_text("utf-8")
    made = [file.name for file in fonts.glob("*.woff2")]
    assert len(made) == 6 and all(f'url("fonts/{name}")' in sheet for name in made)
    assert sum(file.stat().st_size for file in fonts.glob("*JP*")) < 5_000
