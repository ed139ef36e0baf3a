"""Every page in a real browser: as a phone and as a desktop see it, light and dark."""

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from built_site import EXTRA_PAGES, HTML, PAGES
from live_page import opened

from tracktwo.ground import paths

SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 800}}
SHOTS = paths.BUILD / "screenshots"
AXE = AXE_FILE_PATH.read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

BROKEN_IMAGES = """() => [...document.images]
    .filter(image => !image.alt || (image.complete && image.naturalWidth === 0))
    .map(image => image.src)"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
RUN_AXE = """tags => axe
    .run(document, {runOnly: tags, resultTypes: ["violations"], preload: false})
    .then(found => found.violations.map(v => [v.id, ...v.nodes.map(n => n.target.join(" "))]))"""

# Of hundreds of entries alike a few stand for all; axe would take minutes.
FEWER = """() => document.querySelectorAll(".entry").forEach((entry, place) => {
    if (place % 60) entry.remove();
    else entry.open = place % 120 > 0;
})"""


@pytest.fixture(scope="module", params=["light", "dark"])
def scheme(request):
    return request.param


@pytest.fixture(scope="module", params=SIZES)
def size(request):
    return request.param


@pytest.fixture(scope="module")
def view(browser, scheme, size):
    context = browser.new_context(
        viewport=SIZES[size], color_scheme=scheme, reduced_motion="reduce"
    )
    yield watched(context)
    context.close()


def watched(context):
    """Return a new page, and the lists of what it asks for and of what it says is wrong."""
    page, seen = context.new_page(), {"asked": [], "said": []}
    page.on("request", lambda sent: seen["asked"].append(sent.url))
    page.on("pageerror", lambda error: seen["said"].append(str(error)))
    wrong = ("error", "warning")
    page.on("console", lambda line: line.type in wrong and seen["said"].append(line.text))
    return page, seen


@pytest.mark.parametrize("name", [*PAGES, *EXTRA_PAGES])
def test_when_a_page_is_opened_then_it_is_whole_quiet_fit_and_accessible(view, scheme, size, name):
    page, seen = view
    for heard in seen.values():
        heard.clear()
    page.goto((HTML / name).as_uri(), wait_until="load")
    assert page.evaluate(BROKEN_IMAGES) == []
    assert page.evaluate(OVERFLOW) <= 0
    assert page.evaluate("() => document.documentElement.dataset.theme") == scheme
    assert [url for url in seen["asked"] if not url.startswith(("file:", "data:", "blob:"))] == []
    assert seen["said"] == []
    SHOTS.mkdir(exist_ok=True)
    shot = f"{name.removesuffix('.html').replace('/', '-')}-{size}-{scheme}.png"
    page.evaluate(FEWER)
    page.screenshot(path=SHOTS / shot, full_page=True, animations="disabled")
    page.evaluate(AXE)
    assert page.evaluate(RUN_AXE, RULES) == []


def test_when_a_term_is_tapped_then_its_definition_opens_and_leads_on(browser):
    with opened(browser, "chapters/focus.html", "phone", has_touch=True, is_mobile=True) as page:
        word, here = page.locator(".term > a").first, page.url
        word.tap()
        assert page.url == here and page.locator(".term-tip").first.is_visible()
        page.locator(".term-more").first.tap()
        page.wait_for_url("**/methods.html#term-*")


def test_when_a_phone_asks_for_the_code_then_the_bar_shows_it(browser):
    with opened(browser, "chapters/focus.html", "phone") as page:
        assert not page.locator(".cell_input").first.is_visible()
        page.locator(".bar-code").click()
        assert page.locator(".cell_input").first.is_visible()
