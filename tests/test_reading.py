"""What readers do: without script, by keyboard, zoomed in, over a slow line, from a folder."""

import functools
import gzip
import re
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

import pytest
from built_site import EXTRA_PAGES, HTML, PAGES, page, require
from made_studies import published

BUDGET = 400_000  # bytes, compressed, before a page is ready to read
LISTS = ("chapters/catalogue.html", "search.html")
GROWING = 740  # bytes an initiative, for the two that list them all: catalogue and search
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
LATER = re.compile("/_static/(live|data|ondemand)/")  # what comes for interaction, once
PACKED = (".woff2", ".png", ".zip", ".pdf")
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
CUT_OFF = """() => [...document.querySelectorAll(".pst-scrollable-table-container")]
    .filter(box => box.scrollWidth > box.clientWidth + 1)
    .map(box => box.querySelector("table").id)"""
STORED = "() => [document.cookie, ...Object.keys(localStorage), ...Object.keys(sessionStorage)]"
FOCUSED = """() => {
    const style = getComputedStyle(document.activeElement);
    const box = document.activeElement.getBoundingClientRect();
    return {
        text: document.activeElement.textContent.trim(),
        id: document.activeElement.id,
        outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        seen: box.width > 0 && box.top >= -1 && box.bottom <= innerHeight + 1,
    };
}"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def server():
    require()
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=HTML)) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.fixture
def reader(browser):
    """Return a function that opens a page as a reader with the given settings sees it."""
    contexts = []

    def open_page(address, **settings):
        contexts.append(browser.new_context(**({"viewport": DESKTOP} | settings)))
        opened = contexts[-1].new_page()
        opened.goto(address, wait_until="load")
        return opened

    yield open_page
    for context in contexts:
        context.close()


def local(name):
    return (HTML / name).as_uri()


# Over the net


@functools.cache
def weight(address):
    """Return about how many bytes a server sends that compresses what can be compressed."""
    file = HTML / unquote(urlsplit(address).path).lstrip("/")
    body = file.read_bytes()
    return len(body) if file.suffix in PACKED else len(gzip.compress(body))


def test_when_a_page_comes_over_the_net_then_it_is_light_and_asks_nobody_else(browser, server):
    context = browser.new_context(viewport=DESKTOP)
    opened, asked, failed = context.new_page(), set(), []
    opened.on("request", lambda sent: asked.add(sent.url))
    opened.on("response", lambda got: got.status >= 400 and failed.append(got.url))
    weights = {}
    for name in [*PAGES, *EXTRA_PAGES]:
        asked.clear()
        opened.goto(f"{server}/{name}", wait_until="networkidle")
        own = {url for url in asked if not url.startswith(("data:", "blob:"))}
        assert [url for url in own if not url.startswith(server)] == []
        weights[name] = sum(weight(url) for url in own if not LATER.search(url))
    context.close()
    assert failed == []
    print(weights)
    room = dict.fromkeys(weights, BUDGET)
    room |= dict.fromkeys(LISTS, 140_000 + GROWING * len(published().initiatives))
    assert {name: size for name, size in weights.items() if size > room[name]} == {}


# Without script, small, zoomed


@pytest.mark.parametrize("name", [*PAGES, *EXTRA_PAGES])
def test_when_scripts_are_off_then_the_page_still_tells_its_story(reader, name):
    opened = reader(local(name), java_script_enabled=False, viewport=PHONE)
    assert opened.locator("article h1").is_visible()
    figures = page(name).select("figure[id^=fig-] img")
    assert all(image["src"].endswith(".svg") and image["alt"] for image in figures)
    opened.locator(".bar button[popovertarget=contents]").click()
    assert opened.locator("#contents a").first.is_visible()
    assert opened.locator("#mode").is_hidden()


def test_when_zoomed_to_the_utmost_then_nothing_needs_scrolling_sideways(reader):
    opened = reader(local(PAGES[0]), viewport={"width": 320, "height": 256})
    wide = {}
    for name in [*PAGES, *EXTRA_PAGES]:
        opened.goto(local(name), wait_until="load")
        wide[name] = opened.evaluate(OVERFLOW)
    assert {name: over for name, over in wide.items() if over > 0} == {}


def test_when_colours_are_forced_then_marks_of_place_and_focus_stay(reader):
    opened = reader(local(PAGES[-1]), forced_colors="active")
    border = "e => parseFloat(getComputedStyle(e).borderLeftWidth)"
    assert (
        opened.locator("#contents [aria-current], #contents a.current").first.evaluate(border) > 2
    )
    opened.keyboard.press("Tab")
    assert opened.evaluate(FOCUSED)["outlined"]


# By keyboard


def test_when_tab_is_pressed_then_the_first_stop_skips_to_the_text(reader):
    opened = reader(local(PAGES[1]))
    opened.keyboard.press("Tab")
    first = opened.evaluate(FOCUSED)
    assert first["text"] == "Skip to main content" and first["seen"] and first["outlined"]
    opened.keyboard.press("Enter")
    assert opened.evaluate(FOCUSED)["id"] == "main-content"


def test_when_tabbing_on_then_every_stop_is_seen_and_outlined(reader):
    opened = reader(local(PAGES[1]), reduced_motion="reduce")
    for _ in range(40):
        opened.keyboard.press("Tab")
        stop = opened.evaluate(FOCUSED)
        assert stop["outlined"] and stop["seen"], stop


def test_when_the_contents_open_on_a_phone_then_escape_closes_them(reader):
    opened = reader(local(PAGES[1]), viewport=PHONE)
    opened.locator(".bar button[popovertarget=contents]").focus()
    opened.keyboard.press("Enter")
    assert opened.locator("#contents").is_visible()
    opened.keyboard.press("Escape")
    assert opened.locator("#contents").is_hidden()


# What is kept, and what is found


def test_when_dark_is_chosen_then_it_lasts_for_the_tab_and_nothing_else_is_kept(reader):
    opened = reader(local(PAGES[0]), color_scheme="light")
    assert opened.evaluate(STORED) == [""]
    opened.locator("#mode").click()
    opened.goto(local(PAGES[1]))
    assert opened.evaluate("() => document.documentElement.dataset.theme") == "dark"
    assert opened.locator("#mode").get_attribute("aria-pressed") == "true"
    assert opened.evaluate(STORED) == ["", "mode"]


@pytest.mark.parametrize("where", ["folder", "server"])
def test_when_a_word_is_searched_then_places_are_found_from_anywhere(reader, server, where):
    home = local(PAGES[1]) if where == "folder" else f"{server}/{PAGES[1]}"
    opened = reader(home)
    opened.locator("#bar-query").fill("cuhadar")
    opened.keyboard.press("Enter")
    opened.wait_for_url("**/search.html?q=cuhadar")
    assert opened.locator("#search-results li").count() > 3
    assert "Çuhadar" in opened.locator("#search-results mark").first.text_content()
    opened.locator("#search-results a").first.click()
    opened.wait_for_load_state()
    assert "search.html" not in opened.url


@pytest.mark.parametrize("scripts", [True, False])
def test_when_the_switch_is_on_then_all_code_of_the_page_is_seen(reader, scripts):
    opened = reader(local("chapters/change.html"), java_script_enabled=scripts)
    code = opened.locator(".cell_input")
    assert code.count() > 3 and not any(block.is_visible() for block in code.all())
    opened.get_by_label("Show code").focus()
    opened.keyboard.press("Space")
    assert all(block.is_visible() for block in code.all())
    opened.get_by_label("Show code").click()
    assert not code.first.is_visible()


def test_when_a_page_is_built_then_it_has_one_switch_for_code_or_none():
    for name in [*PAGES, *EXTRA_PAGES]:
        switches = len(page(name).select("#show-code"))
        assert switches == (1 if page(name).select(".cell_input") else 0), name
        assert page(name).select("details .cell_input") == []


# Entries and tables


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("kind", ["catalogue.html#initiative-", "statements.html#statement-"])
def test_when_an_address_names_an_entry_then_it_is_open_and_in_view(reader, kind, scripts):
    file, anchor = kind.split("#")
    places = page(f"chapters/{file}").select(f".entry [id^={anchor}]")
    place = places[len(places) // 2]["id"]
    opened = reader(
        f"{local(f'chapters/{file}')}#{place}",
        java_script_enabled=scripts,
        viewport=PHONE,
        reduced_motion="reduce",
    )
    entry = opened.locator(f"[id='{place}']")
    assert entry.is_visible() and entry.bounding_box()["y"] < PHONE["height"]
    assert opened.locator(".entry[open]").count() <= 1


def test_when_a_link_on_the_page_names_an_entry_then_it_opens(reader):
    opened = reader(local("chapters/catalogue.html"))
    opened.locator("details:not(.entry) summary").click()
    link = opened.locator("details a[href^='#initiative-']").nth(200)
    place = link.get_attribute("href")[1:]
    link.click()
    opened.locator(f"[id='{place}']").wait_for(state="visible")


def test_when_entries_are_folded_then_each_tells_its_name_and_years_and_keeps_its_anchor():
    entries = page("chapters/catalogue.html").select("details.entry")
    keys = [entry.div["id"].removeprefix("initiative-") for entry in entries]
    assert sorted(keys) == sorted(published().initiatives["id"])
    for entry in entries:
        assert entry.summary.h3.get_text(strip=True)
        assert re.search(r"\d{4}|unknown", entry.select_one(".entry-line").get_text())
        assert entry.div.dl is not None


@pytest.mark.parametrize("width", [320, 360])
def test_when_tables_are_read_on_a_phone_then_no_column_is_out_of_sight(reader, width):
    opened = reader(local(PAGES[0]), viewport=PHONE | {"width": width})
    hidden = {}
    for name in [*PAGES, *EXTRA_PAGES]:
        opened.goto(local(name), wait_until="load")
        hidden[name] = opened.evaluate(CUT_OFF)
    assert {name: tables for name, tables in hidden.items() if tables} == {}
