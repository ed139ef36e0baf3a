"""How soon the panel of assumptions answers on a slow phone, and what it weighs."""

import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.page import SLOWER
from benchmarks.serve import packed
from tracktwo.book.browser import start_browser

PHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "has_touch": True}
CHANGE = """async () => {
  const nothing = () => new Promise((done) => setTimeout(done, 50));
  const drawn = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const times = [];
  for (const select of document.querySelectorAll(".assumptions-form select")) {
    for (let at = 0; at < select.options.length; at += 1) {
      if (select.value === String(at)) continue;
      await nothing();
      select.value = String(at);
      const start = performance.now();
      select.dispatchEvent(new Event("change"));
      await drawn();
      times.push(performance.now() - start);
    }
  }
  return times;
}"""


def answers(html: Path) -> Iterator[dict[str, Any]]:
    """Change every choice once; yield one record.

    Its ``bytes`` are those of the panel's data, as a server sends them; ``answer`` and
    ``slowest`` are the median and the longest time, in seconds, from a change to nine new
    results that are drawn, with the processor slowed.
    """
    data = sorted((html / "_static" / "data").glob("assumptions*.js"))
    with sync_playwright() as playwright:
        browser = start_browser(playwright)
        page = browser.new_context(**PHONE).new_page()
        session = page.context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(f"{html.resolve().as_uri()}/chapters/verdicts.html#assumptions")
        page.wait_for_selector(".assumptions-claims", timeout=120_000)
        times = page.evaluate(CHANGE)
        browser.close()
    yield {
        "part": "panel",
        "what": "assumptions",
        "side": "book",
        "bytes": sum(len(packed(file)) for file in data),
        "answer": statistics.median(times) / 1000,
        "slowest": max(times) / 1000,
    }
