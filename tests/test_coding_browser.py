"""The page for human coders in a browser: keys, taps, what is kept, and what comes out of it."""

import csv
import shutil

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from built_site import HTML
from live_page import opened
from made_studies import published

from tracktwo import Frame, open_study
from tracktwo.__main__ import main
from tracktwo.analysis.people import agreement_with
from tracktwo.analysis.sample import PARTS, sample_of
from tracktwo.ground import paths
from tracktwo.telling.coding import variables_of

PAGE = "chapters/code.html"
KEYS = "123456789abcdefghijklm"
ADDRESS = f"{PAGE}#part=initiatives&seed=1&size=20"
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
RUN_AXE = """tags => axe.run(document, {runOnly: tags, resultTypes: ["violations"], preload: false})
    .then(found => found.violations.map(v => [v.id, ...v.nodes.map(n => n.target.join(" "))]))"""
KEPT = "() => Object.keys(localStorage)"


@pytest.fixture
def desk(browser):
    with opened(browser, ADDRESS) as page:
        page.wait_for_selector(".coding-desk")
        page.on("dialog", lambda dialog: dialog.accept())
        yield page


def keys_of(codes, part, optional=()):
    """Return what a coder presses for one row to give it `codes`: values by variable."""
    pressed = []
    for variable in variables_of(published(), part, list(optional)):
        values = [v["value"] for v in variable["values"]]
        given = [KEYS[values.index(value)] for value in codes.get(variable["name"], ())]
        pressed += given or ["0"]
        pressed += ["Enter"] if variable["multiple"] and given else []
    return pressed


def codes_of(key):
    codes = published().codes
    own = codes[(codes["coder"] == "consensus") & (codes["initiative_id"] == key)]
    return own.groupby("variable")["value"].agg(list).to_dict()


def test_when_twenty_rows_are_coded_by_keys_alone_then_add_coder_takes_them(desk, tmp_path):
    ids = sample_of(published(), Frame(), "initiatives", 1, 20)
    pressed = 0
    for key in ids:
        for stroke in keys_of(codes_of(key), "inventory"):
            desk.keyboard.press(stroke)
            pressed += 1
    with desk.expect_download() as waiting:
        for stroke in [*"rivera", "Enter"]:
            desk.keyboard.press(stroke)
            pressed += 1
    digest = published().digest
    assert waiting.value.suggested_filename == f"codes_rivera_{digest}_seed1_n20.csv"
    wanted = sum(len(values) for key in ids for values in codes_of(key).values())
    several = 5  # variables of the inventory that take any number of values
    assert pressed == wanted + several * len(ids) + len("rivera") + 1

    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    folder = tmp_path / "data"
    shutil.copytree(paths.DATA, folder)
    assert main(["add-coder", str(file), "rivera", "--data", str(folder)]) == 0
    study = open_study(folder)
    agreed = agreement_with(study, "inventory", "rivera", "consensus")
    own = agreed[agreed["round"] == "with consensus"]
    assert (own["n"] == 20).all() and (own["alpha"].dropna() == 1).all()


@pytest.mark.parametrize("what", PARTS)
@pytest.mark.parametrize(("seed", "size"), [(1, 20), (2, 7), (999_999, 100), (4_711, 10_000)])
def test_when_the_address_is_the_same_then_so_is_the_sample(desk, what, seed, size):
    drawn = desk.evaluate(
        "([what, ...draw]) => bookSample.draw(book.take('coding').parts[what].strata, ...draw)",
        [what, seed, size],
    )
    assert drawn == sample_of(published(), Frame(), what, seed, size)


def test_when_an_address_names_a_sample_then_its_first_row_is_there_without_codes(browser):
    with opened(browser, f"{PAGE}#part=statements&seed=7&size=3") as page:
        page.wait_for_selector(".coding-desk")
        (first, *_) = sample_of(published(), Frame(), "statements", 7, 3)
        row = published().wide_statements().loc[first]
        text = page.locator(".coding-row").inner_text()
        assert row["paraphrase"] in text and row["title"] in text
        assert page.locator(".coding-row a[href*='chapters/']").count() == 0
        optional = published().optional_variables("practitioners")
        (_, *others) = variables_of(published(), "practitioners", optional)
        wanted = ["none" if v["optional"] else "–" for v in others]
        assert page.locator(".coding-given").all_inner_texts() == wanted
        assert page.url.endswith("#part=statements&seed=7&size=3")


def test_when_a_question_is_optional_then_none_is_an_answer_and_stands_unless_one_chooses(browser):
    with opened(browser, f"{PAGE}#part=statements&seed=7&size=3") as page:
        page.wait_for_selector(".coding-desk")
        optional = published().optional_variables("practitioners")
        variables = variables_of(published(), "practitioners", optional)
        asked = page.locator(".coding-question legend")
        last = page.locator(".coding-option").last
        for variable in variables:
            assert asked.inner_text() == variable["label"]
            assert ("None" if variable["optional"] else "Cannot tell") in last.inner_text()
            assert last.locator("input").is_checked() == variable["optional"]
            if variable["optional"]:
                page.locator(".coding-option").first.click()
                assert not last.locator("input").is_checked()
                page.keyboard.press("0")  # none takes the code back, and leads on
            else:
                page.keyboard.press("1")
                page.keyboard.press("Enter") if variable["multiple"] else None
        assert "Row 2 of 3 · 1 done" in page.locator(".coding-head").inner_text()
        page.get_by_label("Your name as a coder").fill("rivera")
        with page.expect_download() as waiting:
            page.get_by_role("button", name="Download the codes").click()
        coded = csv.DictReader(waiting.value.path().read_text("utf-8-sig").splitlines())
        assert [x["variable"] for x in coded] == [x["name"] for x in variables if not x["optional"]]


@pytest.mark.parametrize("hash_", ["", "#seed=0&size=-3", "#part=x&seed=1e9&size=99999", "#=&x"])
def test_when_an_address_is_odd_then_the_usual_stands_in(browser, hash_):
    with opened(browser, f"{PAGE}{hash_}") as page:
        page.wait_for_selector(".coding-start, .coding-desk")
        most = len(Frame().select(published()))
        asked = page.evaluate(
            "h => bookCodes.fromAddress(h, book.take('coding').parts, {seed: 1, size: 20})", hash_
        )
        assert asked["what"] == "initiatives" and asked["seed"] == 1
        assert asked["size"] in (20, most)


def test_when_an_address_asks_for_more_rows_than_there_are_then_the_page_says_so(browser):
    most = len(Frame().select(published()))
    with opened(browser, f"{PAGE}#part=initiatives&seed=1&size={most + 1}") as page:
        page.wait_for_selector(".coding-desk")
        said = page.locator(".coding-left").inner_text()
        assert f"size={most + 1}" in said and f"{most} initiatives" in said
        assert page.evaluate("() => scrollY") > 0
        page.get_by_role("button", name="Draw another sample").click()
        assert page.locator("[name=size]").get_attribute("max") == str(most)
        assert page.evaluate("() => document.activeElement.name") == "part"


def test_when_another_sample_would_lose_codes_then_the_page_asks_first(browser):
    with opened(browser, ADDRESS) as page:
        page.wait_for_selector(".coding-desk")
        page.keyboard.press("1")
        asked = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
        page.get_by_role("button", name="Draw another sample").click()
        page.evaluate("() => (location.hash = '#part=statements&seed=3&size=4')")
        page.wait_for_function("() => location.hash.includes('initiatives')")
        assert asked == ["confirm", "confirm"]
        assert "1 codes given" in page.locator(".coding-end").inner_text()


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_when_a_question_opens_then_it_begins_below_the_bar(browser, size):
    with opened(browser, ADDRESS, size) as page:
        page.wait_for_selector(".coding-desk")
        bar = page.locator(".bar").bounding_box()["height"]
        for _ in range(6):
            page.keyboard.press("ArrowRight")
            assert page.locator(".coding-question").bounding_box()["y"] >= bar
        page.keyboard.press("n")
        page.keyboard.press("Escape")
        assert page.evaluate("() => document.activeElement.matches('.coding-question')")


def test_when_nobody_consented_then_nothing_is_kept(desk):
    for stroke in ["1", "Enter", "2"]:
        desk.keyboard.press(stroke)
    assert desk.evaluate(KEPT) == [] and "Kept nowhere" in desk.locator(".coding").inner_text()
    desk.reload()
    desk.wait_for_selector(".coding-desk")
    assert desk.locator(".coding-given").first.inner_text() == "–"


def test_when_a_coder_consented_then_work_goes_on_where_it_stopped_until_cleared(desk):
    desk.get_by_label("Keep my codes in this browser").check()
    desk.locator(".coding-row h2").focus()
    for stroke in ["1", "2", "Enter", "3"]:
        desk.keyboard.press(stroke)
    assert len(desk.evaluate(KEPT)) == 1
    desk.reload()
    desk.wait_for_selector(".coding-desk")
    assert desk.locator(".coding-given").all_inner_texts()[:2] == ["Elite, Professional", "Both"]
    assert desk.locator(".coding-question legend").inner_text() == "Approach"
    desk.get_by_label("Keep my codes in this browser").uncheck()
    assert desk.evaluate(KEPT) == []
    desk.get_by_label("Keep my codes in this browser").check()
    desk.get_by_role("button", name="Draw another sample").click()
    desk.get_by_role("button", name="Go on with 20 initiatives, draw 1").click()
    assert desk.locator(".coding-given").first.inner_text() == "Elite, Professional"
    desk.get_by_role("button", name="Clear everything").click()
    desk.wait_for_selector(".coding-start")
    assert desk.evaluate(KEPT) == [] and "seed" not in desk.url


def test_when_keys_are_pressed_then_they_do_what_the_list_of_keys_says(desk):
    given = desk.locator(".coding-given, .coding-question legend")
    press = desk.keyboard.press
    for stroke in ["1", "3", "0"]:  # cannot tell stands alone, and leads on
        press(stroke)
    assert given.all_inner_texts()[:2] == ["cannot tell", "Focus"]
    press("ArrowLeft")
    press("1")
    assert [box.get_attribute("value") for box in desk.locator(":checked").all()][-1:] == ["elite"]
    press("u")
    press("u")
    press("ArrowRight")
    assert given.all_inner_texts()[0] == "Elite, Grassroots"
    for _ in range(4):
        press("ArrowRight")  # to transfer, where one value stands alone
    for stroke in ["1", "2", "8"]:
        press(stroke)
    assert [
        box.get_attribute("value") for box in desk.locator(".coding-option :checked").all()
    ] == ["none_documented"]
    press("?")
    assert desk.locator(".coding-help").is_visible()
    press("n")
    desk.keyboard.type("1 note = 2")
    press("Tab")
    press("Shift+Tab")
    assert desk.locator("textarea").input_value() == "1 note = 2"
    assert "0 of 20 rows done, 3 codes given" in desk.locator(".coding-end").inner_text()


def test_when_codes_and_notes_are_exported_then_unsure_is_no_code_and_no_formula_runs(
    desk, tmp_path
):
    for stroke in ["0", "1", "n"]:
        desk.keyboard.press(stroke)
    desk.keyboard.type("=1+1, said twice")
    desk.get_by_label("Your name as a coder").fill("Rivera 2")
    assert desk.get_by_role("button", name="Download the codes").is_disabled()
    desk.get_by_label("Your name as a coder").fill("Rivera")
    found = {}
    for what in ("codes", "notes"):
        with desk.expect_download() as waiting:
            desk.get_by_role("button", name=f"Download the {what}").click()
        waiting.value.save_as(tmp_path / what)
        with (tmp_path / what).open(encoding="utf-8-sig", newline="") as file:
            found[what] = [*csv.reader(file)]
    (first, *_) = sample_of(published(), Frame(), "initiatives", 1, 20)
    assert found["codes"] == [
        ["initiative_id", "coder", "variable", "value"],
        [first, "rivera", "focus", "relationship"],
    ]
    assert found["notes"][1:] == [[first, "rivera", "'=1+1, said twice"]]


def test_when_a_phone_codes_then_nothing_scrolls_sideways_and_rules_are_a_tap_away(browser):
    with opened(browser, PAGE, "phone", has_touch=True, is_mobile=True) as page:
        page.set_viewport_size({"width": 360, "height": 780})
        page.wait_for_selector(".coding-start")
        assert page.evaluate(OVERFLOW) <= 0
        page.get_by_role("button", name="Draw the sample").tap()
        page.wait_for_selector(".coding-desk")
        rule = page.locator(".coding-definition").first
        assert page.evaluate(OVERFLOW) <= 0 and not rule.is_visible()
        page.get_by_role("button", name="Definitions").tap()
        assert rule.is_visible()
        variables = variables_of(published(), "inventory", [])
        taps = 0
        for _ in variables:
            page.locator(".coding-option").first.tap()
            page.locator(".coding-next").tap()
            assert page.evaluate(OVERFLOW) <= 0
            taps += 2
        assert "Row 2 of 20 · 1 done" in page.locator(".coding-head").inner_text()
        assert taps == 2 * len(variables)


def test_when_scripts_do_not_run_then_the_page_says_what_else_there_is(browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{HTML.as_uri()}/{PAGE}")
    assert page.locator(".coding-fallback").is_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_when_a_row_is_open_then_the_page_is_accessible(browser, scheme):
    with opened(browser, ADDRESS, color_scheme=scheme) as page:
        page.wait_for_selector(".coding-desk")
        page.keyboard.press("?")
        page.evaluate(AXE_FILE_PATH.read_text("utf-8"))
        assert page.evaluate(RUN_AXE, ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]) == []


@pytest.mark.parametrize("kept", ["{", "null", '{"answers": null}', '{"answers": {}, "notes": {}}'])
def test_when_what_was_kept_cannot_be_read_then_the_sample_begins_anew(desk, kept):
    name = f"tracktwo-coding:{published().digest}:initiatives:1:20"
    desk.evaluate("([name, kept]) => localStorage.setItem(name, kept)", [name, kept])
    desk.reload()
    desk.wait_for_selector(".coding-desk")
    assert "Row 1 of 20 · 0 done" in desk.locator(".coding-head").inner_text()
