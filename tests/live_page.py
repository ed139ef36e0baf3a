"""A page of the built site in a browser, watched for errors, requests and moving content."""

import os
from contextlib import contextmanager

import pytest
from built_site import HTML, require
from playwright.sync_api import Error, sync_playwright

from tracktwo.book.browser import start_browser

SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
SHIFTS = """() => {
  window.shifts = [];
  new PerformanceObserver((list) => window.shifts.push(...list.getEntries()))
    .observe({ type: "layout-shift" });
}"""


@contextmanager
def any_browser():
    """Start the browser, or say why there is none and skip; in CI that is a failure."""
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


@contextmanager
def opened(browser, name, size="desktop", **options):
    """Open page `name` of the site and yield it; fail when it says or asks what it should not."""
    context = browser.new_context(viewport=SIZES[size], reduced_motion="reduce", **options)
    page, wrong = context.new_page(), []
    page.set_default_timeout(20_000)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda line: line.type == "error" and wrong.append(line.text))
    page.on(
        "request",
        lambda sent: sent.url.startswith(("file:", "data:", "blob:")) or wrong.append(sent.url),
    )
    page.goto(f"{HTML.as_uri()}/{name}", wait_until="load")
    yield page
    assert wrong == []
    context.close()


def moved(page):
    """Return how much content has moved by itself since `SHIFTS` was evaluated."""
    return page.evaluate(
        "() => window.shifts.filter(s => !s.hadRecentInput).reduce((sum, s) => sum + s.value, 0)"
    )
