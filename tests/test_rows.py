"""From a number to its rows: the filters, held against the numbers, and who made them."""

import json
import re
import zipfile
from pathlib import Path
from urllib.parse import parse_qsl

import altair
import nbformat
import pandas as pd
import pytest
from built_site import HTML, PAGES, page
from live_page import opened
from pdf_text import pages_of
from pypdf import PdfReader
from tiny_notebooks import notebook

from tracktwo import Frame, open_study, say, show, show_table
from tracktwo.analysis.estimates import share
from tracktwo.book.made_by import locate, maker_of, makers
from tracktwo.book.results import collect
from tracktwo.book.rows import add_rows, behind, count, read_rows
from tracktwo.book.site import behind as site
from tracktwo.book.volumes import volumes_of
from tracktwo.claims.claim_tests import elite_lead
from tracktwo.drawing.figures import named
from tracktwo.telling.marks import mark, unmark
from tracktwo.telling.passage import told_cell

KEY = "focus.result.relationship"
FACETS = [
    {"name": name, "label": name.capitalize(), "values": [[v, v.capitalize()] for v in values]}
    for name, values in (("level", ("elite", "grassroots")), ("focus", ("outcome", "relationship")))
]
RECORDS = [
    {"has": {"level": ["elite"], "focus": ["outcome"]}},
    {"has": {"level": ["grassroots"], "focus": ["outcome"]}},
    {"has": {"level": ["grassroots"], "focus": ["relationship"]}},
    {"has": {"level": [], "focus": []}},
]
VIEWS = {"initiatives": {"facets": FACETS, "records": RECORDS}}


# Filters


@pytest.mark.parametrize(
    ("address", "n"),
    [
        ("show=initiatives", 4),
        ("level=grassroots", 2),
        ("level=grassroots&level=elite", 3),
        ("level=grassroots&focus=outcome", 1),
    ],
)
def test_when_rows_are_filtered_then_values_are_alternatives_and_facets_narrow(address, n):
    assert count(VIEWS, address) == n


@pytest.mark.parametrize("address", ["levle=elite", "level=elites", "show=statements"])
def test_when_a_filter_names_what_is_not_there_then_the_error_says_so(address):
    with pytest.raises(ValueError, match=r"no (levle elite|level elites|statements)"):
        count(VIEWS, address)


def test_when_a_share_is_told_then_its_rows_are_the_whole_and_the_part():
    found = behind({"value": 0.5, "n": 2}, ("level=grassroots", "focus=outcome", ""), VIEWS)
    assert found == {
        "rows": "show=initiatives&level=grassroots",
        "of": 2,
        "part": "show=initiatives&level=grassroots&focus=outcome",
        "count": 1,
        "which": "Level: Grassroots; of these Focus: Outcome",
    }


def test_when_whole_and_part_filter_by_the_same_then_the_part_s_values_count():
    found = behind(
        {"value": 1}, ("focus=outcome&focus=relationship", "focus=relationship", ""), VIEWS
    )
    assert (found["count"], found["of"]) == (1, 3)


def test_when_those_behind_the_rows_are_counted_then_each_counts_once():
    found = behind({"value": 1}, ("show=initiatives", "level=elite", "focus"), VIEWS)
    assert (found["of"], found["count"], found["units"]) == (4, 1, [1, 2])


@pytest.mark.parametrize(
    ("record", "part"),
    [
        ({"value": 3}, ""),  # another count
        ({"value": 0.4, "n": 2}, "focus=outcome"),  # another share
        ({"value": 0.5, "n": 3}, "focus=outcome"),  # of other rows
        ({"value": 0.25, "n": 3}, ""),  # an estimate on other rows
    ],
)
def test_when_a_number_is_not_what_its_rows_make_then_the_error_says_what_they_make(record, part):
    with pytest.raises(ValueError, match=r"the explorer shows .* of 2 rows"):
        behind(record, ("level=grassroots", part, ""), VIEWS)


@pytest.mark.parametrize("key", ["a.gone", "a.n"])
def test_when_a_line_is_wrong_then_the_published_edition_stops_and_another_does_without(
    monkeypatch, key
):
    monkeypatch.setattr("tracktwo.book.rows.read_rows", lambda: {key: ("level=grassroots", "", "")})
    results = {"a.n": {"value": 3}}
    with pytest.raises(ValueError, match=rf"chapters/rows.csv .*\n    {key}: "):
        add_rows(results, {}, {})
    add_rows(results, {}, {"grades": ["A"]})
    assert results == {"a.n": {"value": 3}}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("key,rows\na,b\n", r"found columns \['key', 'rows'\]"),
        ("key,rows,part,unit\na.n,,,\n", "line 2: found an empty cell"),
        ("key,rows,part,unit\na.n,b=c\n", "line 2: found an empty cell"),
        ("key,rows,part,unit\na.n,b=c,,\na.n,b=c,,\n", "line 3: found 'a.n' a second time"),
    ],
)
def test_when_the_file_of_rows_is_wrong_then_the_error_names_the_line(tmp_path, text, message):
    file = tmp_path / "rows.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        read_rows(file)


# Marks


def test_when_marks_are_taken_off_then_the_text_is_whole_and_its_places_are_right():
    text, places = unmark(f"a {mark('n', '12')} b, {mark('e.low', '−3%')}.")
    assert text == "a 12 b, −3%."
    assert [(text[p.start : p.end], p.name) for p in places] == [("12", "n"), ("−3%", "e.low")]


@pytest.fixture
def shown(monkeypatch):
    """Return what was shown: the MyST, the HTML, and the numbers where their places say."""
    outputs = []

    def display(bundle, metadata, raw):
        myst, kept = bundle["text/markdown"], metadata["tracktwo"]
        told = [(name, myst[a:b]) for a, b, name in kept.get("places", [])]
        assert {name for name, _ in told} <= set(kept["values"])
        outputs.append((myst, bundle["text/html"], told))

    for module in ("say", "show", "tables"):
        monkeypatch.setattr(f"tracktwo.telling.{module}.display", display)
    return outputs


def test_when_a_passage_is_left_out_then_the_numbers_of_what_stands_there_are_marked(shown):
    say("{{ n }} of {{ m }}.", when=False, otherwise="All {{ m | spell }}.", n=3, m=7)
    [(myst, _, told)] = shown
    assert told == [("m", "seven")] and myst.endswith("All seven.")


def test_when_a_table_is_shown_then_numbers_in_title_note_and_cells_are_marked(shown):
    cell = told_cell("C1", "50%", share(2, 4), front="![](x.svg) ")
    table = pd.DataFrame({"What": ["a"], "How much": [cell]})
    show_table(table, "a-b", "Of {{ n }}", note="In {{ n | spell }}.", n=4)
    [(myst, html, told)] = shown
    assert told == [("a-b.n", "4"), ("a-b.C1", "50%"), ("a-b.n", "four")]
    assert "| a | ![](x.svg) 50% |" in myst and "50%" in html


def test_when_a_figure_is_shown_then_its_alternative_text_has_no_marks(shown, tmp_path):
    chart = altair.Chart(named("a-b", pd.DataFrame({"x": [1]}))).mark_bar().encode(x="x:Q")
    texts = ("Of {{ n }}", "Among {{ n }}.", "Bars of {{ n }}.")
    show(chart, "a-b", *texts, folder=tmp_path, n=4)
    [(myst, _, told)] = shown
    assert told == [("a-b.n", "4")] * 2 and ':alt: "Bars of 4."' in myst


def test_when_a_notebook_is_marked_then_the_number_is_and_the_marks_come_off_again():
    chapter = notebook("say()")
    kept = {"values": {}, "places": [[2, 4, "n"]]}
    output = nbformat.v4.new_output(
        "display_data", {"text/markdown": "a 12 b"}, metadata={"tracktwo": kept}
    )
    chapter.cells[-1].outputs.append(output)
    marked = site.mark(chapter, "a")
    text = marked.cells[-1].outputs[0]["data"]["text/markdown"]
    assert text == 'a <span class="told" data-told="a.n">12</span> b'
    assert site.without_marks(nbformat.writes(marked)) == nbformat.writes(chapter)


# Who made it


def test_when_an_estimate_is_made_then_it_knows_the_function_that_asked_and_no_line():
    made = elite_lead(Frame().select(open_study("data")))
    assert made.made_by == "tracktwo.claims.claim_tests.elite_lead"
    place = locate(made.made_by)
    assert place["file"] == "tracktwo/claims/claim_tests.py"
    lines = (HTML.parents[1] / place["file"]).read_text("utf-8").splitlines()
    assert lines[place["line"] - 1].startswith("def elite_lead(")


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("tracktwo.Frame", "tracktwo/analysis/frame.py"),
        ("tracktwo.analysis.frame.Frame.select", "tracktwo/analysis/frame.py"),
        ("tracktwo.analysis.frame.Frame.no_such", None),
        ("tracktwo.analysis.frame", None),
        ("os.path.join", None),
        ("", None),
    ],
)
def test_when_a_function_is_looked_up_then_it_is_found_where_it_is_defined(name, file):
    assert (locate(name) or {}).get("file") == file


def test_when_a_notebook_is_read_then_what_it_tells_leads_to_the_function_it_came_from():
    chapter = notebook(
        "from tracktwo import Frame, open_study, say, show\n"
        "from tracktwo.analysis.measures import group, starts_of\n"
        "rows = Frame().select(open_study('data'))\n"
        "began, kinds = starts_of(rows), group(rows)",
        "say('', n=len(rows), began=began['x'].sum() if rows else 0, words='x')",
        "%not python",
        "show(group(rows), 'a-b', '', '', '', kinds=kinds)",
        "for kind in kinds:\n    show(kind, f'c-{kind}', '', '', '', one=kind)",
    )
    found = {name: place["function"].rpartition(".")[2] for name, place in makers(chapter).items()}
    wanted = {"n": "select", "began": "starts_of", "fig-a-b": "group", "a-b.kinds": "group"}
    wanted |= {"fig-c-*": "group", "c-*.one": "group"}
    assert found == wanted
    assert maker_of("a-b.kinds.x.0", makers(chapter))["function"].endswith(".group")
    assert maker_of("c-x.one.y", makers(chapter))["function"].endswith(".group")
    assert maker_of("nothing", makers(chapter)) is None


def test_when_a_value_s_maker_is_not_known_then_its_cell_is():
    chapter = notebook("say()")
    kept = {"values": {"x": {"text": "1", "value": 1}}}
    output = nbformat.v4.new_output(
        "display_data", {"text/markdown": "1"}, metadata={"tracktwo": kept}
    )
    chapter.cells[-1].outputs.append(output)
    assert collect([("a", chapter)])["a.x"]["cell"] == chapter.cells[-1].id
    assert "made_by" not in collect([("a", chapter)])["a.x"]


# The built site


def told():
    return site.results_in(HTML)


def test_when_the_book_is_published_then_every_line_has_its_rows():
    found = told()
    records = found["results"] | found["figures"]
    assert {key for key, record in records.items() if "rows" in record} == set(read_rows())


def test_when_a_number_has_rows_then_the_explorer_s_own_filter_shows_as_many(browser):
    """The filters are counted in Python, and shown by a script: both must mean the same."""
    found = told()
    asked = [
        (record[address], record[n])
        for record in (found["results"] | found["figures"]).values()
        for address, n in (("rows", "of"), ("part", "count"))
        if address in record
    ]
    assert len(asked) > 300
    script = """(addresses) => {
      const views = book.take("evidence");
      for (const view of Object.values(views)) view.columns = bookRecords.makeColumns(view);
      return addresses.map((address) => {
        const { name, state } = bookRecords.fromAddress("#" + address, views);
        return bookRecords.select(views[name], state, null).rows.length;
      });
    }"""
    with opened(browser, "chapters/explorer.html") as view:
        view.wait_for_selector(".explorer-status")
        shown = view.evaluate(script, [address for address, _ in asked])
    assert shown == [n for _, n in asked]


def test_when_a_figure_has_rows_then_its_caption_says_their_number():
    for key, record in told()["figures"].items():
        if "rows" not in record:
            continue
        figure = page(f"{record['chapter']}.html").find(id=key.partition(".")[2])
        text = figure.figcaption.get_text().replace("\u00a0", " ").replace(",", "")
        said = [int(n) for n in re.findall(r"\d+", text[text.index("n = ") :].partition(".")[0])]
        whole = record["units"][1] if "unit" in record else record["of"]
        assert whole in said or whole == sum(said), key
        [link] = [a for a in figure.select("a") if a.get_text().startswith("Rows (")]
        assert link["href"].partition("#")[2] == record["rows"]


def test_when_the_numbers_of_the_findings_are_told_then_nearly_all_have_a_maker_and_many_rows():
    records = told()["results"]
    numbers = {k: r for k, r in records.items() if isinstance(r["value"], int | float)}
    for claim in (f"C{n}" for n in range(1, 10)):
        record = numbers[f"index.index-claims.{claim}"]
        assert record["made_by"]["line"] > 1 and record["low"] <= record["value"] <= record["high"]
    assert sum("made_by" in record for record in numbers.values()) > 0.9 * len(numbers)
    assert sum("rows" in record for record in numbers.values()) > 0.35 * len(numbers)


@pytest.mark.parametrize("name", PAGES)
def test_when_a_page_is_built_then_marks_stand_in_running_text_alone(name):
    soup = page(name)
    assert soup.select("a .told, h1 .told, h2 .told, h3 .told, summary .told, title .told") == []
    assert "data-told" not in "".join(meta.get("content", "") for meta in soup.select("meta"))
    assert not any("told" in image.get("alt", "") for image in soup.select("img[alt*=span]"))


def test_when_numbers_are_marked_then_search_and_notebooks_to_take_along_are_not():
    assert "data-told" not in (HTML / "search-index.js").read_text("utf-8")
    with zipfile.ZipFile(HTML / "downloads" / "notebooks.zip") as box:
        assert not any(b'class=\\"told' in box.read(name) for name in box.namelist())


def test_when_the_numbers_are_listed_then_each_leads_to_its_rows():
    soup, found = page("numbers.html"), told()
    lines = soup.select("table.numbers tbody tr")
    assert len(lines) == len(read_rows())
    links = [link["href"].partition("#")[2] for link in soup.select("table.numbers a")]
    records = (found["results"] | found["figures"]).values()
    assert set(links) == {r[a] for r in records for a in ("rows", "part") if a in r}
    assert {line["id"] for line in lines} == set(read_rows())
    places = [link["href"][1:] for link in soup.select(".number-chapters a")]
    assert places == [section["id"] for section in soup.select("article section section")]


def card_of(view, number, key):
    """Open a number's card by keyboard and return it."""
    number.focus()
    view.keyboard.press(key)
    card = view.locator(".behind-card")
    card.wait_for(state="visible")
    return card


def test_when_a_number_is_entered_by_keyboard_then_its_card_opens_and_escape_leads_back(browser):
    with opened(browser, "chapters/focus.html") as view:
        number = view.locator(f'.answer [data-told="{KEY}"]')
        card = card_of(view, number, "Enter")
        said = card.inner_text()
        record = told()["results"][KEY]
        for part in (KEY, str(record["low"]), "_focus", "claim_tests.py"):
            assert part in said
        assert f"{record['count']} of {record['of']} initiatives" in " ".join(said.split())
        view.keyboard.press("Tab")
        assert view.evaluate("() => document.activeElement.closest('.behind-card') !== null")
        view.keyboard.press("Escape")
        card.wait_for(state="detached")
        assert view.evaluate("() => document.activeElement.dataset.told") == KEY


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_when_a_number_is_pressed_then_its_rows_are_a_step_away_in_the_explorer(browser, size):
    record = told()["results"][KEY]
    with opened(browser, "chapters/focus.html", size, has_touch=size == "phone") as view:
        number = view.locator(f'.answer [data-told="{KEY}"]')
        number.tap() if size == "phone" else number.click()
        card = view.locator(".behind-card")
        card.wait_for(state="visible")
        box, width = card.bounding_box(), view.viewport_size["width"]
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
        at = number.bounding_box()
        assert at["y"] + at["height"] <= box["y"] or at["y"] >= box["y"] + box["height"]
        link = card.get_by_role("link", name=str(record["count"]), exact=True)
        assert dict(parse_qsl(link.get_attribute("href").partition("#")[2]))["show"]
        link.click()
        view.wait_for_selector(".explorer-status")
        assert view.locator(".explorer-status").inner_text().startswith(f"{record['count']} of ")
        assert view.evaluate("() => document.activeElement.textContent") == "Initiatives found"
        assert view.locator(".explorer-status").bounding_box()["y"] < 300


def test_when_a_card_is_closed_by_its_button_then_its_number_has_the_focus(browser):
    with opened(browser, "chapters/focus.html", "phone", has_touch=True, is_mobile=True) as view:
        number = view.locator(f'.answer [data-told="{KEY}"]')
        assert number.evaluate("n => getComputedStyle(n).textDecorationLine") == "underline"
        number.tap()
        view.get_by_role("button", name="Close").tap()
        view.locator(".behind-card").wait_for(state="detached")
        assert view.evaluate("() => document.activeElement.dataset.told") == KEY


def test_when_scripts_are_off_then_numbers_are_text_and_no_dead_button(browser):
    with opened(browser, "chapters/focus.html", java_script_enabled=False) as view:
        number = view.locator(f'.answer [data-told="{KEY}"]')
        assert number.get_attribute("role") is None and number.get_attribute("tabindex") is None
        assert number.inner_text() == told()["results"][KEY]["text"]


def test_when_a_page_has_marks_then_its_script_knows_each_of_them_and_no_more():
    for name in PAGES:
        marks = {node["data-told"] for node in page(name).select(".told")}
        if marks:
            script = (HTML / site.FOLDER / f"{Path(name).stem}.js").read_text("utf-8")
            assert set(json.loads(script.partition(" = ")[2].rstrip(";\n"))["numbers"]) == marks


def test_when_the_data_volume_is_set_then_it_ends_with_where_the_numbers_come_from():
    reader = PdfReader(HTML.parent / "pdf" / volumes_of()[-1].file)
    text = " ".join(" ".join(pages_of(reader)).split())
    record = told()["results"][KEY]
    assert "Where the numbers come from" in text
    assert f"{record['count']} of {record['of']} initiatives" in text
