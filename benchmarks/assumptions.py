"""What the panel of assumptions weighs, and how fast it answers on a slow phone.

`python benchmarks/assumptions.py [SLOWER]`, after `make book`: bytes as a server would send them,
and the time from a change of a choice to nine new results, laid out and drawn, with the processor
slowed SLOWER times (4 unless said). Times are of one process each and say nothing of a network.
"""

import gzip
import statistics
import sys

from playwright.sync_api import sync_playwright

from tracktwo.book.browser import start_browser
from tracktwo.ground import paths

HTML = paths.BUILD / "html"
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
      document.documentElement.getBoundingClientRect();
      const computed = performance.now() - start;
      await drawn();
      times.push([computed, performance.now() - start]);
    }
  }
  return times;
}"""


def weigh():
    total = 0
    for file in sorted((HTML / "_static/data").glob("assumptions*.js")):
        packed = len(gzip.compress(file.read_bytes()))
        total += packed
        print(f"{file.name}: {packed / 1000:.1f} kB packed, {file.stat().st_size / 1000:.0f} kB")
    print(f"all: {total / 1000:.0f} kB packed")


def say(what, times):
    times = sorted(times)
    late = times[int(0.95 * len(times))]
    print(f"{what}: median {statistics.median(times):.0f} ms, 95% within {late:.0f} ms, ", end="")
    print(f"longest {times[-1]:.0f} ms, of {len(times)}")


def main(slower):
    weigh()
    with sync_playwright() as playwright:
        browser = start_browser(playwright)
        page = browser.new_context(**PHONE).new_page()
        session = page.context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
        page.goto(f"{HTML.as_uri()}/chapters/verdicts.html#assumptions")
        page.wait_for_selector(".assumptions-claims", timeout=120_000)
        times = page.evaluate(CHANGE)
        browser.close()
    print(f"processor slowed {slower} times, 360 px wide")
    say("from a change to nine new results, laid out", [computed for computed, _ in times])
    say("the same, until drawn", [drawn for _, drawn in times])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4)
