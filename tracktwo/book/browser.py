"""The installed Chromium, started quietly: for looking at the built site."""

import shutil

from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]


def start_browser(playwright: Playwright) -> Browser:
    """Start the machine's Chromium or Chrome, or else the one that Playwright installed.

    Raises
    ------
    playwright.sync_api.Error
        When there is none, or it does not start.
    """
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return playwright.chromium.launch(executable_path=found, args=FLAGS)
