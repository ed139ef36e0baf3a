"""What the tests that look at the built site in a browser share."""

import os
import tempfile

import pytest
from built_site import require
from hypothesis import settings
from hypothesis.configuration import set_hypothesis_home_dir
from playwright.sync_api import Error, sync_playwright

from tracktwo.book.browser import start_browser

# Made inputs are the same in every run, so that a test that passed here passes anywhere.
set_hypothesis_home_dir(tempfile.gettempdir())
settings.register_profile("book", max_examples=40, derandomize=True, database=None, deadline=None)
settings.register_profile("search", max_examples=1_000, database=None, deadline=None)
settings.load_profile("book")


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
