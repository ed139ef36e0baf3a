"""Live figures as a reader meets them in a browser."""

import re

import pytest
from built_site import HTML, PAGES
from live_page import SHIFTS, moved, opened

from tracktwo.drawing import theme


def live_names(name):
    return re.findall(r'<figure\b[^>]*\bdata-live="([^"]+)"', (HTML / name).read_text("utf-8"))


LIVE_PAGES = [name for name in PAGES if (HTML / name).is_file() and live_names(name)]


def wake(page, name):
    """Scroll to a live figure, wait until it is alive and return it."""
    figure = page.locator(f'figure[data-live="{name}"]')
    figure.scroll_into_view_if_needed()
    page.wait_for_selector(f'figure[data-live="{name}"].live-ready')
    return figure


def image_sizes(browser, name, size):
    """Return the size of the image of each live figure, as it stands where scripts are off."""
    with opened(browser, name, size, java_script_enabled=False) as view:
        boxes = {
            live: view.locator(f'figure[data-live="{live}"] img').bounding_box()
            for live in live_names(name)
        }
    return {live: [box["width"], box["height"]] for live, box in boxes.items()}


@pytest.mark.parametrize("size", ["phone", "desktop"])
@pytest.mark.parametrize("name", LIVE_PAGES)
def test_when_figures_come_alive_then_they_keep_their_place(browser, name, size):
    images = image_sizes(browser, name, size)
    with opened(browser, name, size) as view:
        view.evaluate("() => document.fonts.ready.then(() => null)")
        view.evaluate(SHIFTS)
        for live, image in images.items():
            drawn = wake(view, live).locator(".live-view")
            box = drawn.bounding_box()
            assert [box["width"], box["height"]] == pytest.approx(image, abs=2), live
            assert drawn.get_attribute("role") == "img"
            said = view.locator(f'figure[data-live="{live}"] img').get_attribute("alt")
            assert drawn.get_attribute("aria-label") == said
            assert drawn.locator("svg path, svg line").count() > 3
        # On a busy machine a line beside a control may be drawn a frame late, by a pixel.
        assert moved(view) < 0.001


def test_when_the_timeline_is_filtered_then_it_counts_and_fades(browser):
    with opened(browser, "chapters/inventory.html") as view:
        figure = wake(view, "inventory-timeline")
        said = figure.locator("output")
        before = said.inner_text()
        figure.locator("select[name=issue]").select_option("water_environment")
        shown, total = map(int, re.findall(r"\d+", said.inner_text()))
        assert 0 < shown < total and before.startswith(f"{total} of {total}")
        assert figure.locator("select[name=picked] option").count() == shown + 1
        view.wait_for_function("document.querySelectorAll('.live-view [opacity=\"0.12\"]').length")


def test_when_an_initiative_is_picked_by_keyboard_then_its_summary_and_entry_are_there(browser):
    with opened(browser, "chapters/inventory.html") as view:
        figure = wake(view, "inventory-timeline")
        figure.locator("select[name=picked]").focus()
        view.keyboard.press("ArrowDown")
        panel = figure.locator(".live-panel")
        panel.wait_for(state="visible")
        link = panel.locator("a")
        assert re.search(r"catalogue\.html#initiative-[\w-]+$", link.get_attribute("href"))
        assert len(panel.inner_text()) > 60


@pytest.mark.parametrize(
    ("name", "live", "anchor"),
    [
        ("chapters/typology.html", "typology-upset", "catalogue.html#initiative-"),
        ("chapters/focus_groups.html", "focus-groups-themes", "statements.html#statement-"),
    ],
)
def test_when_a_mark_is_clicked_then_what_it_is_made_of_is_listed(browser, name, live, anchor):
    with opened(browser, name) as view:
        figure = wake(view, live)
        mark = figure.locator(".live-view .mark-symbol path, .live-view .mark-rect path").nth(3)
        place = mark.bounding_box()
        view.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
        panel = figure.locator(".live-panel")
        panel.wait_for(state="visible")
        chosen = figure.locator("select[name=picked]").input_value()
        assert chosen and panel.locator(".live-panel-title").inner_text() == chosen
        assert anchor in panel.locator("li a").first.get_attribute("href")


def test_when_a_line_is_pointed_at_then_it_is_named_and_leads_to_its_entry(browser):
    with opened(browser, "chapters/inventory.html") as view:
        figure = wake(view, "inventory-timeline")
        place = figure.locator('.live-view line[opacity="0"]').nth(5).bounding_box()
        view.mouse.move(place["x"] + 200, place["y"])
        view.locator(".live-tip").wait_for(state="visible")
        assert view.locator(".live-tip strong").inner_text()
        view.mouse.click(place["x"] + 200, place["y"])
        view.wait_for_url("**/chapters/catalogue.html#initiative-*")


def test_when_the_break_is_moved_then_chart_and_words_follow(browser):
    with opened(browser, "chapters/change.html") as view:
        figure = wake(view, "change-periods")
        said = figure.locator("output").inner_text()
        figure.locator("input[type=range]").focus()
        view.keyboard.press("ArrowLeft")
        year = figure.locator(".live-value").inner_text()
        view.wait_for_function(
            "y => document.querySelector('.live-view').textContent.includes(y)", arg=year
        )
        assert figure.locator("output").inner_text() != said
        assert f"up to {year}" in figure.locator("output").inner_text()


def test_when_the_page_turns_dark_then_the_drawing_does(browser):
    colour = "node => getComputedStyle(node).fill"
    with opened(browser, "chapters/change.html", color_scheme="light") as view:
        figure = wake(view, "change-periods")
        word = figure.locator(f'svg text[fill="{theme.INK}"]').first
        light = word.evaluate(colour)
        view.evaluate("() => { document.documentElement.dataset.theme = 'dark' }")
        dark = theme.DARK[theme.INK].lstrip("#")
        wanted = f"rgb({', '.join(str(int(dark[i : i + 2], 16)) for i in (0, 2, 4))})"
        assert word.evaluate(colour) == wanted != light


def test_when_scripts_are_off_then_the_image_stands_and_no_dead_control(browser):
    with opened(browser, "chapters/change.html", java_script_enabled=False) as view:
        figure = view.locator('figure[data-live="change-periods"]')
        assert figure.locator("img").is_visible()
        assert not figure.locator(".live-controls").is_visible()


def test_when_a_name_is_searched_then_its_entries_are_found(browser):
    with opened(browser, "search.html?q=kelman") as view:
        view.wait_for_selector("#search-results a")
        links = view.locator("#search-results a").evaluate_all("all => all.map(a => a.href)")
        assert any("catalogue.html#initiative-" in link for link in links)
        assert any("statements.html#" in link for link in links)
