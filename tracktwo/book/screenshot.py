"""Take the picture of the book's front page that the README shows.

python -m tracktwo.book.screenshot SITE OUTPUT
"""

import argparse
import sys
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

from tracktwo.book.browser import start_browser

SIZE = {"width": 1280, "height": 1180}


def take(site: Path, output: Path) -> None:
    """Write the top of the site's front page, as a desktop shows it in light mode, as a PNG.

    Raises
    ------
    FileNotFoundError
        When there is no site in the folder `site`.
    playwright.sync_api.Error
        When there is no browser, or the page does not open.
    """
    front = (site / "index.html").resolve()
    if not front.is_file():
        raise FileNotFoundError(f"there is no site in {site}: run `make book` first")
    with sync_playwright() as playwright:
        browser = start_browser(playwright)
        page = browser.new_page(viewport=SIZE, color_scheme="light", reduced_motion="reduce")
        page.goto(front.as_uri(), wait_until="load")
        page.evaluate("document.fonts.ready.then(() => true)")
        picture = page.screenshot(animations="disabled")
        browser.close()
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes(picture)


def main(arguments: list[str] | None = None) -> int:
    """Take the picture from the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tracktwo.book.screenshot", description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("output", type=Path)
    options = parser.parse_args(arguments)
    try:
        take(options.site, options.output)
    except FileNotFoundError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except Error as error:
        print(f"error: no picture: {error.message.splitlines()[0]}", file=sys.stderr)
        return 1
    print(f"took {options.output}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
