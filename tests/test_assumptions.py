"""The panel of assumptions: its data, and what a reader meets, against the tests run again."""

import functools
import gzip
import json
import random
import re
from dataclasses import replace

import numpy as np
import pytest
from built_site import HTML, require
from live_page import SIZES, opened
from made_studies import published, published_verdicts, write_planted_study
from other_conflict import write_other_conflict
from recomputed import read, read_inventory, read_rounds, read_statements
from recomputed_setting import recompute
from test_browser import AXE, RULES, RUN_AXE

from tracktwo import Frame, open_study
from tracktwo.analysis.estimates import Estimate
from tracktwo.chapters.verdicts import results as verdicts_chapter
from tracktwo.claims import claims
from tracktwo.claims.specifications import take_inventory
from tracktwo.claims.verdicts import UNTESTABLE, VERDICTS, judge, reach_one
from tracktwo.telling.assumptions import MISSING, UNNAMED, controls_of, panel_data
from tracktwo.words.numbers import WRITTEN, value_text

PAGE = "chapters/verdicts.html"
MOST_BYTES = 300_000
STARTS = [(1993 + i % 11, ("elite", "grassroots", "mixed")[i % 3]) for i in range(24)]


def given(name):
    """Return what a script of the built site hands over."""
    require()
    text = (HTML / "_static" / "data" / f"{name}.js").read_text("utf-8")
    return json.loads(text[text.index(",") + 1 : text.rindex(")")])


def read_site(name):
    require()
    return (HTML / name).read_text("utf-8")


@functools.cache
def panel():
    return given("assumptions")


def options(name):
    (control,) = (c for c in panel()["controls"] if c["name"] == name)
    return [code for code, _ in control["options"]]


def address(said):
    return "".join(["#assumptions", *(f"&{name}={code}" for name, code in said.items())])


# The data


@functools.cache
def made(folder, **frame):
    study, frame = open_study(folder), Frame(**frame)
    quick = replace(take_inventory(study, frame), draws=0)
    verdicts = {c: reach_one(c, study, frame, quick) for c in claims.tested(study)}
    return study, verdicts, *panel_data(study, frame, verdicts)


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    return write_planted_study(tmp_path_factory.mktemp("made") / "study", STARTS)


def test_when_choices_are_combined_then_the_place_of_each_follows_from_its_options(planted):
    study, verdicts, index, columns = made(planted)
    controls = controls_of(study, Frame(), verdicts)
    for claim in index["claims"]:
        found = verdicts[claim["id"]]
        for _, row in found.curve.sample(min(60, len(found.curve)), random_state=1).iterrows():
            where = 0
            for choice in claim["choices"]:
                control = controls[choice["control"]]
                option = control.options.index(str(row[control.choice]))
                where = where * choice["size"] + choice["digits"][option]
            part, column = found.result.parts[row["part"]], columns[claim["id"]][row["part"]]
            estimate = Estimate(row["value"], row["low"], row["high"], row["n"])
            assert column["rows"][column["places"][where]][0] == WRITTEN[part.kind](estimate).text
            assert column["cases"][where] == round(row["cases"])


def test_when_the_data_are_thin_then_every_claim_has_its_own_result(tmp_path):
    folder = write_planted_study(tmp_path / "thin", [(1995, "elite")] * 3, coders=["consensus"])
    _, verdicts, index, columns = made(folder)
    assert [claim["id"] for claim in index["claims"]] == claims.tested(open_study(folder))
    for claim in index["claims"]:
        own = [part["own"][1] for part in claim["parts"]]
        assert VERDICTS[max(own)] == verdicts[claim["id"]].verdict
    assert json.loads(json.dumps(columns)) == columns
    (c8,) = (claim for claim in index["claims"] if claim["id"] == "C8")
    assert c8["choices"] == [] and c8["most"] is None


def test_when_the_data_are_about_another_conflict_then_the_panel_follows_them(tmp_path):
    folder = write_other_conflict(tmp_path / "other")
    frame = open_study(folder).package.frame
    _, verdicts, index, columns = made(folder, **frame)
    assert set(columns) == set(verdicts)
    shown = {c["name"]: [text for _, text in c["options"]] for c in index["controls"]}
    assert shown["coder"] and set(shown["coder"]) <= {"Ada", "Bo", "consensus"}
    assert shown["grades"] == ["strong and weak", "strong"]
    assert str(frame["break_year"]) in shown["break-year"]
    for claim in index["claims"]:
        assert claim["reason"] == verdicts[claim["id"]].reason
        assert bool(claim["choices"]) == bool(len(verdicts[claim["id"]].curve))
    text = json.dumps(index)
    assert not re.search("israel|palestin|oslo|jerusalem|intifada", text, re.IGNORECASE)


@pytest.mark.parametrize(
    ("frame", "name", "own"),
    [
        ({"scope": ("regional", "binational")}, "scope", "regional and binational"),
        ({"waves": ("first", "gap")}, "waves", UNNAMED),
    ],
)
def test_when_the_editions_own_choice_is_not_varied_then_only_the_edition_itself_has_it(
    planted, frame, name, own
):
    _, _, index, _ = made(planted, **frame)
    place, control = next((i, c) for i, c in enumerate(index["controls"]) if c["name"] == name)
    assert control["options"][control["own"]][1] == own
    for claim in index["claims"]:
        for choice in claim["choices"]:
            if choice["control"] == place:
                assert choice["digits"][control["own"]] == MISSING


def test_when_a_claims_columns_are_packed_then_they_are_small():
    sizes = {
        claim["id"]: len(
            gzip.compress((HTML / f"_static/data/assumptions-{claim['id']}.js").read_bytes())
        )
        for claim in panel()["claims"]
    }
    assert sizes and max(sizes.values()) <= MOST_BYTES, sizes


def test_when_nothing_is_chosen_then_the_curve_has_what_the_book_found():
    for claim in panel()["claims"]:
        where = 0
        for choice in claim["choices"]:
            own = panel()["controls"][choice["control"]]["own"]
            where = where * choice["size"] + choice["digits"][own]
        for part, column in zip(claim["parts"], given(f"assumptions-{claim['id']}"), strict=True):
            assert column["rows"][column["places"][where]][:3] == part["own"][:3]
            assert column["cases"][where] == part["cases"]


def test_when_the_statistics_are_listed_then_only_the_cases_of_propositions_are_told_apart():
    table = verdicts_chapter.parts_table(published_verdicts())
    parts = [(c, part) for c, of in published_verdicts().items() for part in of.result.parts]
    for (claim, part), told in zip(parts, table["Cases"], strict=True):
        assert told == (cases(claim, part) if claim == "C5" else part.cases)


# In a browser


@pytest.fixture(scope="module")
def view(browser):
    with opened(browser, f"{PAGE}#assumptions") as page:
        page.wait_for_selector(".assumptions-claims")
        yield page


def go(view, said):
    view.evaluate(
        """hash => new Promise((done) => {
          if (location.hash === hash) return done();
          addEventListener("popstate", () => done(), { once: true });
          location.hash = hash;
        })""",
        address(said),
    )


def shown(view):
    """Return what each claim says: its verdict, and of each part text, cases and direction."""
    return view.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll(".assumptions-claims > li")].map(
          (li) => [li.querySelector("h4 span").textContent, {
            verdict: li.querySelector("p span").textContent,
            beside: li.querySelector(".assumptions-compared").textContent,
            differs: li.classList.contains("assumptions-differs"),
            parts: [...li.querySelectorAll("div > p")].map((p) => [
              p.querySelector("strong").textContent, p.querySelector("strong + span").textContent]),
          }]))"""
    )


def direction(part):
    holds, is_open = part.holds(part.estimate.value), part.side == "open"
    if np.isnan(part.estimate.value):
        return "no estimate"
    told = "as predicted" if holds else "not as predicted"
    return f"{told}, but the interval includes the border" if is_open else told


def cases(claim, part):
    """Return what the cases of a part are called; those of C5 are not its propositions."""
    if claim == "C5":
        propositions = sum(p["variable"] == "transfer_proposition" for p in codebook())
        return f"{propositions} propositions; {part.cases:,} voicings on the quieter side"
    return f"{part.cases:,} case{'' if part.cases == 1 else 's'}"


def chip(claim, verdict, said):
    """Return the front page's word where a setting leaves a claim alone, else the rule's verdict.

    With it stands what could hardly have failed.
    """
    names = [name for name, control in by_name().items() if claim in control["claims"]]
    if claim in ("C5", "C6") and said["coder"].startswith("first"):
        names.remove("coder")  # they coded no statements
    if all(said.get(name, own_of(name)) == own_of(name) for name in names):
        return standings()[claim]
    hardly = claim in ("C6", "C7", "C8", "C9") and verdict not in ("not supported", UNTESTABLE)
    return f"{verdict}, not really tested" if hardly else verdict


def standings():
    return {told["id"]: told["standing"] for told in json.loads(read_site("verdicts.json"))}


def by_name():
    return {control["name"]: control for control in panel()["controls"]}


def own_of(name):
    return options(name)[by_name()[name]["own"]]


@functools.cache
def codebook():
    return read(published().path / "codebook.csv")


def drawn(seed, names):
    """Return a setting: of each choice any option, at random."""
    rng = random.Random(seed)
    return {name: rng.choice(options(name)) for name in names}


IN_FRAME = ["scope", "grades", "nested", "borderline", "umbrellas", "waves", "coder", "break-year"]


def frame_of(said):
    grades = {"A-B-and-C": ("A", "B", "C"), "A-and-B": ("A", "B"), "A": ("A",)}
    waves = {"all": 3, "without-gap": 2, "first-alone": 1}
    return Frame(
        coder=said["coder"],
        scope=("binational", "regional") if "regional" in said["scope"] else ("binational",),
        units=("initiative", "umbrella") if said["umbrellas"] == "in" else ("initiative",),
        grades=grades[said["grades"]],
        nested=said["nested"] == "in",
        borderline=said["borderline"] == "in",
        waves=("first", "extension", "gap")[: waves[said["waves"]]],
        break_year=int(said["break-year"]),
    )


@pytest.mark.parametrize("seed", range(20))
def test_when_a_setting_is_one_of_parameters_then_it_shows_what_executing_with_them_finds(
    view, seed
):
    said = drawn(seed, IN_FRAME)
    go(view, said)
    found = shown(view)
    for claim in claims.tested(published()):
        parts = claims.test_claim(claim, published(), frame_of(said)).parts
        agree = published_verdicts()[claim].agree
        verdicts = [judge(part, share) for part, share in zip(parts, agree, strict=True)]
        assert found[claim]["verdict"] == chip(claim, max(verdicts, key=VERDICTS.index), said), (
            claim
        )
        for part, (text, more) in zip(parts, found[claim]["parts"], strict=True):
            assert text == WRITTEN[part.kind](part.estimate).text, claim
            assert more.startswith(f", {cases(claim, part)}; {direction(part)} ("), claim


@functools.cache
def evidence():
    folder = published().path
    propositions = sum(line["variable"] == "transfer_proposition" for line in codebook())
    rounds = dict(zip(options("round"), read_rounds(folder), strict=True))
    return read_inventory(folder), read_statements(folder), propositions, rounds


@pytest.mark.parametrize("seed", range(100, 120))
def test_when_a_setting_is_any_other_then_it_shows_what_plain_python_finds(view, seed):
    said = drawn(seed, [control["name"] for control in panel()["controls"]])
    go(view, said)
    found = shown(view)
    for claim, numbers in recompute(said, *evidence()).items():
        kinds = [part.kind for part in published_verdicts()[claim].result.parts]
        rows = zip(kinds, numbers, found[claim]["parts"], strict=True)
        for kind, (value, low, high, n), (text, more) in rows:
            if low is None:  # drawn at random: the estimate alone has to be the same
                assert text.split(" (")[0] == value_text(kind, value), claim
            else:
                assert text == WRITTEN[kind](Estimate(value, low, high, 1)).text, claim
            said = more.split("; ")[1] if claim == "C5" else more.removeprefix(", ")
            assert re.match(rf"{round(n):,} (case|voicing)", said), claim


def test_when_the_page_is_opened_then_nothing_is_loaded_until_the_panel_is(browser):
    with opened(browser, PAGE) as page:
        button = page.get_by_role("button", name="Open the panel")
        button.wait_for()
        scripts = (
            "() => [...document.scripts].filter(s => s.src.includes('data/assumptions')).length"
        )
        assert page.evaluate(scripts) == 0
        button.focus()
        page.keyboard.press("Enter")
        page.wait_for_selector(".assumptions-claims")
        assert page.evaluate(scripts) == 1 + len(panel()["claims"])
        # The keyboard goes on at the first choice.
        assert page.evaluate("() => document.activeElement.name") == panel()["controls"][0]["name"]
        page.keyboard.press("ArrowDown")
        assert page.locator(".assumptions-changed").count() == 1
        assert "Your setting, not the book’s verdict" in summary(page)


def summary(view):
    return view.locator(".assumptions-summary [role=status]").text_content()


def test_when_a_setting_is_sent_then_another_reader_sees_the_same(browser, view):
    go(view, {})
    view.get_by_label("Where do mixed initiatives belong?").select_option("in both")
    view.get_by_label("Which grades of evidence are good enough?").select_option("A")
    sent = view.get_by_label("Address of this setting").input_value()
    assert sent.endswith("#assumptions&grades=A&mixed=in-both")
    view.wait_for_url(sent)
    with opened(browser, f"{PAGE}{sent[sent.index('#') :]}", "phone") as other:
        other.wait_for_selector(".assumptions-claims")
        assert shown(other) == shown(view)
        assert summary(other) == summary(view)
        assert summary(view).startswith("Your setting, not the book’s verdict. 2 choices differ")


def test_when_the_books_own_choices_are_asked_for_then_one_click_brings_them_back(view):
    go(view, {"coder": "coder_1", "mixed": "in-both"})
    assert view.locator(".assumptions-own").count() == 0
    view.get_by_role("button", name="The book’s own choices").click()
    view.wait_for_url("**/verdicts.html#assumptions")
    assert summary(view) == "The book’s own choices."
    # The book is said to find what its front page says, and not more.
    found = shown(view)
    assert {claim: of["verdict"] for claim, of in found.items()} == standings()
    for claim, verdict in published_verdicts().items():
        assert found[claim]["beside"].endswith(f"By the rule: {verdict.verdict}.")
    view.go_back()
    view.wait_for_selector(".assumptions:not(.assumptions-own)")


def opens(parts):
    """Return whether the interval of each part includes the border."""
    return ["includes the border" in direction(part) for part in parts]


@pytest.mark.parametrize(
    "said", [{"grades": "A"}, {"waves": "first-alone"}, {"break-year": "1998"}]
)
def test_when_only_an_interval_comes_to_include_its_border_then_it_is_said_and_marked(view, said):
    go(view, said)
    own = {name: own_of(name) for name in by_name()}
    found, marks = shown(view), dict(view.evaluate(MARKS))
    for claim, book in published_verdicts().items():
        parts = claims.test_claim(claim, published(), frame_of(own | said)).parts
        judged = [judge(part, share) for part, share in zip(parts, book.agree, strict=True)]
        pairs = [*zip(opens(parts), opens(book.result.parts), strict=True)]
        now, gone = (True, False) in pairs, (False, True) in pairs
        other = max(judged, key=VERDICTS.index) != book.verdict
        beside = found[claim]["beside"]
        assert ("now includes the border" in beside) == now, claim
        assert ("no longer" in beside) == gone, claim
        assert found[claim]["differs"] == marks[claim] == (now or gone or other), claim
        assert (f"{claim}: " in summary(view)) == marks[claim]


MARKS = """() => [...document.querySelectorAll(".assumptions-summary li > span")].map(
  (chip) => [chip.firstChild.data, chip.children[0].textContent.includes("≠")])"""


def test_when_grade_a_stands_alone_then_the_lead_is_not_said_to_be_as_in_the_book(view):
    go(view, {"grades": "A"})
    c1 = shown(view)["C1"]
    assert c1["differs"] and "The interval now includes the border" in c1["beside"]
    assert "C1: the interval now includes the border" in summary(view)


def test_when_intervals_move_both_ways_then_both_are_said():
    parts = {place: len(claim["parts"]) for place, claim in enumerate(panel()["claims"])}
    for place, many in parts.items():
        none, now, gone, both = panel()["claims"][place]["shifts"]
        assert none == ["", ""] and "now" in now[0] and "no longer" in gone[0]
        assert "now" in both[0] and "no longer" in both[0]
        assert now[0].startswith("An interval" if many > 1 else "The interval")


def test_when_an_address_asks_for_nonsense_then_it_is_left_out_and_said(browser):
    wrong = "&grades=<img src=x onerror=alert(1)>&nothing=1&coder=first_1&coder=coder_1&%E0%A4=%"
    with opened(browser, f"{PAGE}#assumptions{wrong}{'&x=1' * 900}") as page:
        page.wait_for_selector(".assumptions-claims")
        left = page.locator(".assumptions-left")
        assert left.is_visible() and "left out" in left.text_content()
        assert page.locator(".assumptions img").count() == 0
        changed = page.locator(".assumptions-changed select")
        assert changed.evaluate_all("all => all.map(s => s.name)") == ["coder"]
        assert changed.input_value() == str(options("coder").index("first_1"))


def test_when_a_claim_does_not_know_a_choice_then_it_says_so(view):
    go(view, {"joint-statements": "left-out"})
    notes = view.locator(".assumptions-notes").all_text_contents()
    apart = [claim["id"] for claim in panel()["claims"]].index("C5")
    for place, note in enumerate(notes):
        assert ("Does not apply here: how joint statements are counted" in note) == (place != apart)


def test_when_a_coder_has_coded_no_statements_then_the_consensus_stands_in_and_it_is_said(view):
    go(view, {"coder": "first_1"})
    notes = view.locator(".assumptions-notes").all_text_contents()
    ids = [claim["id"] for claim in panel()["claims"]]
    said = [claim for claim, note in zip(ids, notes, strict=True) if "coded no statements" in note]
    assert said == ["C5", "C6"]


@pytest.mark.parametrize("size", SIZES)
def test_when_a_reader_scrolls_then_it_is_still_said_whose_setting_this_is(browser, size):
    with opened(browser, f"{PAGE}#assumptions&grades=A", size) as page:
        page.wait_for_selector(".assumptions-claims")
        page.locator(".assumptions-claims > li").last.scroll_into_view_if_needed()
        box = page.locator(".assumptions-summary").bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] < SIZES[size]["height"] / 3
        text = page.locator(".assumptions-summary strong")
        assert text.inner_text() == "Your setting, not the book’s verdict."
        assert page.evaluate("() => document.documentElement.scrollWidth") <= SIZES[size]["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_when_the_panel_is_open_then_axe_finds_nothing(browser, scheme):
    hashed = f"{PAGE}#assumptions&grades=A&mixed=in-both&break-year=1998"
    with opened(browser, hashed, "phone", color_scheme=scheme) as page:
        page.wait_for_selector(".assumptions-claims")
        page.evaluate(AXE)
        assert page.evaluate(RUN_AXE, RULES) == []


def test_when_scripts_are_off_then_the_page_leads_to_the_curves(browser):
    with opened(browser, PAGE, java_script_enabled=False) as page:
        link = page.locator(".assumptions a")
        assert link.is_visible() and "robustness.html" in link.get_attribute("href")


@pytest.mark.parametrize("name", ["index.html", "chapters/robustness.html"])
def test_when_findings_and_curves_are_read_then_they_lead_to_the_panel(browser, name):
    with opened(browser, name) as page:
        page.get_by_role("link", name="choose your own assumptions").click()
        page.wait_for_selector(".assumptions-claims")
        assert page.url.endswith("verdicts.html#assumptions")


def test_when_the_page_is_printed_then_the_panel_is_left_out(view):
    view.emulate_media(media="print")
    assert not view.locator(".assumptions").is_visible()
    view.emulate_media(media="screen")
