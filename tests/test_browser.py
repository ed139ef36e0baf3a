"""Every page in a real browser: as a phone and as a desktop see it, light and dark."""

import os

import pytest
from built_site import HTML, PAGES, require
from playwright.sync_api import Error, sync_playwright

from tracktwo.book.browser import start_browser

SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 800}}

BROKEN_IMAGES = """() => [...document.images]
    .filter(image => !image.alt || (image.complete && image.naturalWidth === 0))
    .map(image => image.src)"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def browser():
    require()
    with sync_playwright() as playwright:
        try:
            started = start_browser(playwright)
        except Error as error:
            message = f"no browser to look at the site with: {str(error).splitlines()[0]}"
            if os.environ.get("CI") == "true":
                pytest.fail(message, pytrace=False)
            pytest.skip(message)
        yield started
        started.close()


@pytest.fixture(scope="module", params=["light", "dark"])
def scheme(request):
    return request.param


@pytest.fixture(scope="module", params=SIZES)
def view(browser, scheme, request):
    context = browser.new_context(viewport=SIZES[request.param], color_scheme=scheme)
    page, seen = context.new_page(), {"asked": [], "said": []}
    page.on("request", lambda sent: seen["asked"].append(sent.url))
    page.on("pageerror", lambda error: seen["said"].append(str(error)))
    page.on("console", lambda line: line.type == "error" and seen["said"].append(line.text))
    yield page, seen
    context.close()


@pytest.mark.parametrize("name", [*PAGES, "search.html"])
def test_when_a_page_is_opened_then_it_is_whole_quiet_and_fits(view, scheme, name):
    page, seen = view
    for heard in seen.values():
        heard.clear()
    page.goto((HTML / name).as_uri(), wait_until="load")
    assert [url for url in seen["asked"] if not url.startswith(("file:", "data:", "blob:"))] == []
    assert seen["said"] == []
    assert page.evaluate(BROKEN_IMAGES) == []
    assert page.evaluate(OVERFLOW) <= 0
    assert page.evaluate("() => document.documentElement.dataset.theme") == scheme
