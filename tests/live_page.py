"""A page of the built site in a browser, watched for errors, requests and moving content."""

from contextlib import contextmanager

from built_site import HTML

SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
SHIFTS = """() => {
  window.shifts = [];
  new PerformanceObserver((list) => window.shifts.push(...list.getEntries()))
    .observe({ type: "layout-shift" });
}"""


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
