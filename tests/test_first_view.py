"""What a page asks for first: its fonts, its first figure, and in which order."""

import re
import shutil

import pytest
from built_site import EXTRA_PAGES, HTML, PAGES, page, require
from fontTools.ttLib import TTFont

from tracktwo.book.site.first_view import hasten
from tracktwo.book.site.web_fonts import build_in, near_letters, ranges
from tracktwo.ground import paths

MODE = '<script src="../_static/mode.js"></script>'
HEAD = f'<html><head>{MODE}\n<link rel="stylesheet" href="a.css">\n</head><body>'
WIDE = '<img alt="x" height="1" src="../figures/a.svg" width="2"/>'
NARROW = '<picture><source media="(max-width: 600px)" srcset="../figures/a.narrow.svg"/>'


def test_when_a_page_is_hastened_then_the_script_that_may_not_wait_comes_last_in_the_head():
    head = hasten(f"{HEAD}</body></html>").partition("</head>")[0]
    assert head.endswith(f'href="a.css">\n{MODE}\n') and head.count("mode.js") == 1


@pytest.mark.parametrize(
    ("figure", "asked"),
    [
        ("", []),
        (WIDE, [("../figures/a.svg", None)]),
        (
            f"{NARROW}{WIDE}</picture>",
            [
                ("../figures/a.narrow.svg", "(max-width: 600px)"),
                ("../figures/a.svg", "not all and (max-width: 600px)"),
            ],
        ),
    ],
)
def test_when_a_page_has_figures_then_its_head_asks_for_the_first(figure, asked):
    second = '<figure id="fig-b"><img src="../figures/b.svg"/></figure>'
    body = f'<figure id="fig-a">{figure}</figure>{second}' if figure else ""
    links = re.findall(r"<link rel=\"preload\"[^>]*>", hasten(f"{HEAD}{body}</body></html>"))
    found = [
        (re.search(r'href="([^"]*)"', link)[1], (re.findall(r'media="([^"]*)"', link) or [None])[0])
        for link in links
    ]
    assert found == asked


def site(folder):
    fonts = folder / "_static" / "fonts"
    fonts.mkdir(parents=True)
    for name in ("IBMPlexSans-Regular", "IBMPlexSans-SemiBoldItalic"):
        shutil.copy(paths.FONTS / f"{name}.woff2", fonts)
    rules = re.findall(r"@font-face \{[^}]*\}", (paths.STATIC / "book.css").read_text("utf-8"))
    kept = [r for r in rules if "Sans-Regular" in r or "SemiBoldItalic" in r or "Hebrew-R" in r]
    (folder / "_static" / "book.css").write_text("\n".join(kept), encoding="utf-8")
    for number in range(4):
        (folder / f"{number}.html").write_text("café" if number == 0 else "…", encoding="utf-8")
    (folder / "5.html").write_text("ł", encoding="utf-8")
    return folder


def test_when_letters_are_on_few_pages_then_they_are_not_near(tmp_path):
    near = near_letters(site(tmp_path))
    assert "…" in near and "~" in near and "é" not in near


def test_when_fonts_are_built_in_then_pages_without_rare_letters_ask_for_no_font(tmp_path):
    folder = site(tmp_path)
    build_in(folder)
    sheet = (folder / "_static" / "book.css").read_text("utf-8")
    near, far, italic, italic_far, hebrew = re.findall(r"@font-face \{[^}]*\}", sheet)
    assert "data:font/woff2" in near and "unicode-range: U+20-7E, U+2026;" in near
    assert "display: block" in near and "display: swap" in far
    assert "fonts/IBMPlexSans-Regular.woff2" in far and "U+2026" not in far
    assert "SemiBoldItalic.near.woff2" in italic and "SemiBoldItalic.woff2" in italic_far
    assert "U+590-5FF" in hebrew
    letters = TTFont(folder / "_static/fonts/IBMPlexSans-Regular.woff2").getBestCmap()
    assert ord("é") in letters and ord("e") not in letters


def test_when_letters_are_ranged_then_neighbours_are_one_run():
    assert ranges("abcé") == "U+61-63, U+E9"


@pytest.mark.parametrize("name", [*PAGES, *EXTRA_PAGES])
def test_when_a_page_is_built_then_no_script_in_its_head_waits_but_the_last(name):
    head = page(name).head
    scripts = [tag for tag in head.find_all("script") if tag.get("src")]
    waited = [tag for tag in scripts if not tag.has_attr("defer")]
    assert waited == [head.find_all(["script", "link", "meta"])[-1]]
    assert waited[0]["src"].endswith("_static/mode.js")


def test_when_the_site_is_built_then_what_its_first_view_needs_is_light():
    require()
    sheet = (HTML / "_static" / "book.css").stat().st_size
    assert sheet < 100_000
