"""One chapter's page in a browser, against the same charts drawn by Altair's own HTML renderer.

Both come from the same local server, packed by gzip, over a slow line (1.6 Mbit/s, 150 ms) to a
slow processor (slowed four times), into an empty cache.
"""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from benchmarks.plain import plain_page
from benchmarks.serve import served
from tracktwo.book.browser import start_browser

CHAPTER = "change"
SLOWER = 4
LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
SCREENS = {360: 740, 1280: 800}
"""Widths in CSS pixels, each with its height."""
QUIET = 2_000
"""Milliseconds without a request and without a long task after which a page has come to rest."""

# Where the marks of a figure are on either page: an image that has come, or what Vega drew.
WATCH = """(() => {
  const seen = { figure: 0, task: 0, shift: 0, moved: [] };
  window.seen = seen;
  const observe = (type, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take))
      .observe({ type, buffered: true });
  observe("layout-shift", (entry) => {
    if (entry.hadRecentInput) return;
    seen.shift += entry.value;
    for (const { node } of entry.sources) {
      const name = node && (node.id || node.className || node.nodeName);
      seen.moved.push([entry.value, Math.round(entry.startTime), String(name).slice(0, 60)]);
    }
  });
  observe("longtask", ({ startTime, duration }) => {
    seen.task = Math.max(seen.task, startTime + duration);
  });
  const drawn = () => {
    const image = document.querySelector("figure[id^=fig-] img");
    if (image) return image.complete && image.naturalWidth > 0;
    const chart = document.querySelector(".vega-embed canvas, .vega-embed svg");
    return chart !== null && chart.getBoundingClientRect().height > 50;
  };
  const look = () => {
    if (!drawn()) return requestAnimationFrame(look);
    requestAnimationFrame(() => setTimeout(() => { seen.figure = performance.now(); }));
  };
  requestAnimationFrame(look);
})()"""
REST = """() => ({ ...window.seen,
  first: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
  ready: performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd,
})"""


def visit(browser: Browser, address: str, width: int, *, slow: bool = True) -> dict[str, Any]:
    """Open a page as a new reader does and return what it took until it came to rest.

    Returns
    -------
    dict
        ``bytes`` and ``requests`` over the wire, before any interaction; seconds until the
        ``first_figure`` is on the page and until it is ``interactive`` (after the first
        paint, the scripts that the page waits for, and the last long task); the layout
        ``shift``, and what ``moved``.
    """
    context = browser.new_context(viewport={"width": width, "height": SCREENS[width]})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    if slow:
        session.send("Network.emulateNetworkConditions", LINE)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    sizes: dict[str, float] = {}
    session.on(
        "Network.responseReceived",
        # What a style sheet holds within itself is no request, though Chromium reports it as one.
        lambda event: (
            event["response"]["url"].startswith("data:") or sizes.setdefault(event["requestId"], 0)
        ),
    )
    session.on(
        "Network.loadingFinished",
        lambda event: (
            event["requestId"] in sizes
            and sizes.update({event["requestId"]: event["encodedDataLength"]})
        ),
    )
    page.add_init_script(WATCH)
    page.goto(address, wait_until="networkidle", timeout=120_000)
    page.wait_for_timeout(QUIET if slow else QUIET / 4)
    seen = page.evaluate(REST)
    context.close()
    return {
        "bytes": sum(sizes.values()),
        "requests": len(sizes),
        "first_figure": seen["figure"] / 1000,
        "interactive": max(seen["first"], seen["ready"], seen["task"]) / 1000,
        "shift": round(seen["shift"], 4),
        "moved": seen["moved"],
    }


def race(html: Path, executed: Path, rounds: int) -> Iterator[dict[str, Any]]:
    """Visit both pages in turn, `rounds` times; yield a record of each visit.

    Parameters
    ----------
    html
        The built site.
    executed
        The executed chapters, with their figures.
    """
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        plain = plain_page(executed / "chapters" / f"{CHAPTER}.ipynb", Path(folder))
        browser = start_browser(playwright)
        with served(html) as ours, served(plain) as theirs:
            pages = {"book": f"{ours}/chapters/{CHAPTER}.html", "plain": f"{theirs}/{CHAPTER}.html"}
            for address in pages.values():  # the server packs and the browser starts beforehand
                visit(browser, address, 1280, slow=False)
            for turn in range(rounds):
                for side, address in pages.items():
                    found = visit(browser, address, 1280)
                    found.pop("moved")
                    yield {"part": "page", "what": CHAPTER, "side": side, "round": turn, **found}
        browser.close()


def shifts(html: Path) -> Iterator[dict[str, Any]]:
    """Visit every page of the site, on a phone and on a desk; yield how far its text moved."""
    with sync_playwright() as playwright, served(html) as address:
        browser = start_browser(playwright)
        for file in sorted(html.rglob("*.html")):
            name = file.relative_to(html).as_posix()
            for width in SCREENS:
                found = visit(browser, f"{address}/{name}", width)
                record = {key: found[key] for key in ("shift", "moved")}
                yield {"part": "shift", "what": name, "side": "book", "width": width, **record}
        browser.close()


if __name__ == "__main__":
    import sys

    for record in (race if sys.argv[1] == "race" else lambda *g: shifts(g[0]))(
        Path("_build/html"), Path("_build/executed"), int(sys.argv[2])
    ):
        print(json.dumps(record), flush=True)
