"""What the tests that look at the built site in a browser share."""

import os

import pytest
from built_site import require
from playwright.sync_api import Error, sync_playwright

from tracktwo.book.browser import start_browser


@pytest.fixture(scope="module")
def browser():
    """Start the machine's browser; without one the tests are skipped, but never in CI."""
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
