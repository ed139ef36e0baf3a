"""The explorer: its data, and what a reader meets in a browser, against pandas on the same data."""

import csv
import re
import shutil
import unicodedata
from urllib.parse import urlencode

import live_page
import pandas as pd
import pytest
from built_site import HTML, require
from live_page import opened
from made_studies import published, write_planted_study
from small_study import edit, write_small_study

from tracktwo import Frame, open_study
from tracktwo.analysis.measures import active, level
from tracktwo.book.site import live_parts
from tracktwo.book.site.live_versions import as_script
from tracktwo.chapters.explorer import results as explorer
from tracktwo.telling.explorer import explorer_data

PAGE = "chapters/explorer.html"
STATES = [
    {"show": "initiatives"},
    {"show": "initiatives", "level": ["mixed"], "issue": ["health", "water_environment"]},
    {"show": "initiatives", "approach": ["psychological"], "from": 1995, "to": 1998},
    {"show": "initiatives", "frame": ["inside"], "focus": ["outcome"], "transfer_planned": ["yes"]},
    {"show": "initiatives", "third_party_type": ["none"], "evidence_grade": ["A"], "to": 1992},
    {"show": "initiatives", "start": ["unknown"], "level": ["grassroots"]},
    {"show": "initiatives", "q": "Water"},
    {"show": "initiatives", "q": "harvard kelman", "format": ["problem_solving_workshop"]},
    {"show": "statements"},
    {"show": "statements", "theme": ["asymmetry", "reentry"], "side": ["palestinian"]},
    {"show": "statements", "question": ["what_failed"], "valence": ["negative"], "from": 2000},
    {"show": "statements", "q": "trust", "event_kind": ["interview"]},
    {"show": "statements", "speaker": ["Herbert Kelman"]},
]


LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t"}
    | {"æ": "ae", "œ": "oe", "ß": "ss", "þ": "th"}
)


def words(text):
    decomposed = unicodedata.normalize("NFD", str(text))
    plain = "".join(c for c in decomposed if not unicodedata.category(c).startswith("M"))
    return re.findall(r"[^\W_]+", plain.lower().translate(LETTERS))


def all_rows(study, show):
    """Return the rows that are shown without a filter, with all that filters ask for."""
    if show == "statements":
        return study.wide_statements()
    rows = study.wide()
    inside = rows.index.isin(Frame().select(study).index)
    start = rows["start_year"].isna().map({True: "unknown", False: "known"})
    frame = ["inside" if i else "outside" for i in inside]
    return rows.assign(level=level(rows), start=start, frame=frame)


def text_of(study, row, show):
    columns = {
        "initiatives": "name start_year end_year end_status convenors third_party scope unit "
        "location summary uncertain note",
        "statements": "paraphrase speaker organisation title year venue_or_publisher source_check",
    }[show].split()
    values = [" ".join(v) if isinstance(v, tuple) else v for v in (row[c] for c in columns)]
    said = [value for value in values if not pd.isna(value)]
    if show == "initiatives":
        sources = study.sources[study.sources["initiative_id"] == row.name]
        said += sources["title"].tolist() + sources["author_or_publisher"].tolist()
        said += [year for year in sources["year"] if not pd.isna(year)]
        said += ["copy read: a mirror"] if (sources["copy"] == "mirror").any() else []
    return [word for part in said for word in words(part)]


LAST = 2012  # the last year in which an initiative of the published data began


def wanted(study, state):
    """Return the ids that a state should show, computed from the study's own tables."""
    rows = all_rows(study, state["show"])
    keep = rows.index == rows.index
    for name, values in state.items():
        if name in ("show", "q", "from", "to"):
            continue
        columns = [f"{name}_{value}" for value in values]
        having = rows[columns].any(axis=1) if columns[0] in rows else rows[name].isin(values)
        keep &= having.to_numpy()
    if "from" in state or "to" in state:
        first, last = state.get("from", 1900), state.get("to", 2100)
        if state["show"] == "initiatives":
            years = range(max(first, 1900), min(last, LAST) + 1)
            seen = [active(rows, y, unknown_ends="short", last_year=LAST) for y in years]
            keep &= sum(s.to_numpy() for s in seen) > 0
        else:
            keep &= rows["year"].between(first, last).fillna(False).to_numpy(bool)
    if "q" in state:
        texts = [text_of(study, row, state["show"]) for _, row in rows.iterrows()]
        asked = words(state["q"])
        keep &= [all(any(w.startswith(a) for w in text) for a in asked) for text in texts]
    return set(rows.index[keep])


def address(state):
    return f"{PAGE}#{urlencode(state, doseq=True)}"


# The data


def test_when_data_are_published_then_every_row_is_there_with_its_codes_and_links():
    data = explorer_data(published(), Frame())
    assert [r["id"] for r in data["initiatives"]["records"]] == published().initiatives[
        "id"
    ].tolist()
    assert len(data["statements"]["records"]) == len(published().statements)
    urls = [u for v in data.values() for r in v["records"] for _, u in r["links"] if u]
    assert urls and all(u.startswith(("http://", "https://")) for u in urls)


@pytest.mark.parametrize("starts", [[(1995, "elite")], [(None, "mixed")]], ids=["one", "undated"])
def test_when_data_are_thin_then_the_explorer_and_its_table_still_work(tmp_path, starts):
    study = open_study(write_planted_study(tmp_path / "made", starts))
    data = explorer_data(study, Frame())
    for view in data.values():
        assert len(explorer.filters_table(view)) == len(
            [f for f in view["facets"] if "hidden" not in f]
        )
    assert len(data["initiatives"]["records"]) == 1


def test_when_text_is_hostile_then_it_stays_text_and_no_link_comes_of_it(tmp_path):
    folder = write_small_study(tmp_path / "small")
    edit(folder, "inventory/initiatives.csv", "They play together.", "</script><b>&amp; x")
    edit(folder, "inventory/sources.csv", "https://example.org/team", "javascript:alert(1)")
    try:
        study = open_study(folder)
    except Exception:  # the schema refuses such an address by itself
        edit(folder, "inventory/sources.csv", "javascript:alert(1)", "https://example.org/team")
        study = open_study(folder)
    record = explorer_data(study, Frame())["initiatives"]["records"][0]
    assert record["row"]["summary"] == "</script><b>&amp; x"
    assert all(not url or url.startswith("http") for _, url in record["links"])
    assert as_script("evidence", record).startswith('book.give("evidence",{')


def test_when_filters_and_facts_are_named_then_in_words():
    data = explorer_data(published(), Frame())
    for view in data.values():
        labels = [facet["label"] for facet in view["facets"]]
        labels += [label for facet in view["facets"] for _, label in facet["values"]]
        labels += [record["row"].get("uncertain", "") for record in view["records"]]
        assert [label for label in labels if "_" in label] == []
    facets = {facet["name"]: dict(facet["values"]) for facet in data["statements"]["facets"]}
    assert facets["event_kind"]["memoir_book"] == "Memoir or book"


def test_when_rows_are_few_then_they_come_in_one_script():
    data = explorer_data(published(), Frame())
    assert dict(live_parts.in_parts(data)) == {"evidence": data}


def test_when_rows_are_many_then_their_parts_hold_all_of_them_once(monkeypatch):
    monkeypatch.setattr(live_parts, "MOST", 450)
    view = explorer_data(published(), Frame())["initiatives"]
    parts = dict(live_parts.in_parts({"initiatives": view}))
    records, index = view["records"], parts["evidence-initiatives-index"]
    assert "records" not in parts["evidence"]["initiatives"]
    rows = [parts[n] for n in parts if n.startswith("evidence-initiatives-rows-")]
    assert [r["id"] for some in rows for r in some] == [r["id"] for r in records]
    assert max(map(len, rows)) == live_parts.SIZE
    issues = index["facets"]["issue"]
    assert [list(issues["sets"][i]) for i in issues["of"]] == [r["has"]["issue"] for r in records]
    titled, told = parts["evidence-initiatives-words-w"]["water"]
    names = published().initiatives["name"].map(words).tolist()
    assert pd.Series(titled).cumsum().tolist() == [i for i, n in enumerate(names) if "water" in n]
    texts = [text_of(published(), row, "initiatives") for _, row in published().wide().iterrows()]
    assert pd.Series(told).cumsum().tolist() == [i for i, t in enumerate(texts) if "water" in t]


# In a browser


@pytest.fixture(scope="module")
def in_parts(tmp_path_factory):
    """Return the explorer of a site whose rows are too many to come at once."""
    require()
    html = tmp_path_factory.mktemp("many") / "html"
    shutil.copytree(HTML / "_static", html / "_static", ignore=shutil.ignore_patterns("data"))
    (html / "chapters").mkdir()
    shutil.copy(HTML / PAGE, html / PAGE)
    (html / "_static/data").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(live_parts, "MOST", 100)
        for name, value in live_parts.in_parts(explorer_data(published(), Frame())):
            (html / f"_static/data/{name}.js").write_text(as_script(name, value), "utf-8")
    return html


def test_when_rows_come_in_parts_then_the_same_is_found_and_little_is_asked_for(
    browser, in_parts, monkeypatch
):
    monkeypatch.setattr(live_page, "HTML", in_parts)
    with opened(browser, PAGE) as page:
        asked = []
        page.on("request", lambda sent: asked.append(sent.url))
        page.wait_for_selector(".explorer-cards > li")
        assert not any("words" in url for url in asked)
        assert sum("rows" in url for url in asked) <= 1
        assert status(page) == len(published().initiatives)
        page.get_by_role("button", name="Show more").focus()
        page.keyboard.press("Enter")
        page.wait_for_selector(".explorer-cards > li:nth-child(40)")
        link = page.locator(".explorer-cards > li h2 a").nth(20)
        assert link.evaluate("node => node === document.activeElement")


@pytest.mark.parametrize("state", STATES, ids=lambda s: urlencode(s, doseq=True)[5:])
def test_when_rows_come_in_parts_then_filters_and_words_find_what_pandas_does(
    browser, in_parts, monkeypatch, state
):
    monkeypatch.setattr(live_page, "HTML", in_parts)
    ids = wanted(published(), state)
    with opened(browser, address(state)) as page:
        page.wait_for_selector(".explorer-cards > li a")
        assert status(page) == len(ids)
        links = page.locator(".explorer-cards > li h2 a")
        shown = links.evaluate_all(
            "all => all.map(a => a.hash.replace(/^#(initiative|statement)-/, ''))"
        )
        assert len(shown) == min(len(ids), 20) and set(shown) <= ids


@pytest.fixture(scope="module")
def view(browser):
    with opened(browser, PAGE) as page:
        page.wait_for_selector(".explorer-status")
        yield page


def go(view, state):
    view.goto(f"{HTML.as_uri()}/{address(state)}")
    view.wait_for_function(
        "s => document.querySelector('.explorer-tab[aria-pressed=true]').textContent.toLowerCase()"
        ".startsWith(s)",
        arg=state["show"],
    )
    return status(view)


def status(view):
    return int(view.locator(".explorer-status").inner_text().split()[0])


@pytest.mark.parametrize("state", STATES, ids=lambda s: urlencode(s, doseq=True)[5:])
def test_when_filters_are_set_then_as_many_records_are_shown_as_pandas_counts(view, state):
    ids = wanted(published(), state)
    assert ids
    assert go(view, state) == len(ids)
    assert view.evaluate("() => location.hash").count("=") >= len(state)


def test_when_a_value_is_counted_then_choosing_it_would_show_so_many(view):
    state = {"show": "initiatives", "level": ["grassroots"], "from": 1999}
    go(view, state)
    labels = published().labels("issue")
    counts = view.evaluate(
        "() => Object.fromEntries([...document.querySelectorAll('input[name=issue]')]"
        ".map(i => [i.value,"
        " Number(i.closest('label').querySelector('.explorer-count').textContent)]))"
    )
    assert counts == {v: len(wanted(published(), state | {"issue": [v]})) for v in labels}


def test_when_records_are_downloaded_then_the_file_holds_those_shown(view, tmp_path):
    state = {"show": "initiatives", "issue": ["religion"], "from": 1998}
    go(view, state)
    with view.expect_download() as download:
        view.get_by_role("button", name="Download as CSV").click()
    file = tmp_path / "shown.csv"
    download.value.save_as(file)
    assert download.value.suggested_filename == "initiatives.csv"
    raw = file.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") and raw.count(b"\n") == raw.count(b"\r\n") > 1
    with file.open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.DictReader(text, strict=True))
    assert {row["id"] for row in rows} == wanted(published(), state)
    names = published().initiatives.set_index("id")["name"]
    assert all(row["name"].lstrip("'") == names[row["id"]] for row in rows)
    assert all("religion" in row["issue"].split(" | ") for row in rows)


def test_when_text_would_run_in_a_spreadsheet_then_the_file_defuses_it(view):
    text = view.evaluate(
        "() => bookCsv.toCsv(bookRecords.asLines({facets: [], records: [{row: {a: 1}}]},"
        " [{id: '=1+1', row: {a: '@x, \"y\"'}, has: {}, links: [['t', '-z']]}]))"
    )
    assert text == '\ufeffid,a,urls\r\n\'=1+1,"\'@x, ""y""",\'-z\r\n'


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_when_a_cell_begins_like_a_formula_then_none_is_run(view, start):
    text = view.evaluate(
        "(a) => bookCsv.toCsv(bookRecords.asLines({facets: [], records: [{row: {a}}]},"
        " [{id: 'x', row: {a}, has: {}, links: []}]))",
        f"{start}1",
    )
    (row,) = csv.DictReader(text.removeprefix("\ufeff").splitlines(keepends=True))
    assert row["a"] == f"'{start}1"


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Rød-Larsen", "rod larsen"),
        ("Çuhadar Gürkaynak", "cuhadar gurkaynak"),
        ("Łukasz Đorđe Ħal Ðor", "lukasz dorde hal dor"),
        ("Ægir Œuvre Weiß ẞ Þór Ångström", "aegir oeuvre weiss ss thor angstrom"),
        ("İstanbul Işık ısı", "istanbul isik isi"),
        ("שָׁלוֹם", "שלום"),
        ("السَّلام", "السلام"),
    ],
)
def test_when_letters_have_signs_then_words_without_them_are_the_same(view, written, typed):
    assert view.evaluate("(text) => bookFold.words(text)", written) == typed.split()
    assert view.evaluate("(text) => bookFold.words(text)", typed) == words(written)


def test_when_the_address_is_opened_elsewhere_then_the_same_is_shown(browser, view):
    go(view, {"show": "initiatives"})
    view.locator("summary", has_text="Approach").click()
    view.get_by_label("Constructivist").check()
    view.get_by_label("Search initiatives").fill("peace")
    view.get_by_label("From").select_option("1997")
    shown, hash_part = status(view), view.evaluate("() => location.hash")
    with opened(browser, f"{PAGE}{hash_part}", "phone") as other:
        other.wait_for_selector(".explorer-cards li")
        assert status(other) == shown < len(published().initiatives)
        assert other.get_by_label("Search initiatives").input_value() == "peace"


def test_when_an_address_asks_for_nonsense_then_everything_is_shown(view):
    state = {"show": "initiatives", "level": ["none-such"], "from": 1, "nothing": "<b>"}
    assert go(view, state) == len(published().initiatives)


def test_when_back_is_pressed_then_it_undoes_a_choice_and_a_query_as_a_whole(view):
    go(view, {"show": "initiatives"})
    everything = status(view)
    view.get_by_label("Search initiatives").focus()
    view.keyboard.type("water")
    found = status(view)
    view.get_by_label("From").select_option("1999")
    assert status(view) < found < everything
    view.go_back()
    assert status(view) == found
    assert view.get_by_label("Search initiatives").input_value() == "water"
    view.go_back()
    assert status(view) == everything
    assert view.get_by_label("Search initiatives").input_value() == ""
    view.go_forward()
    assert status(view) == found


def test_when_a_reader_comes_back_from_an_entry_then_place_and_cards_are_as_they_were(browser):
    with opened(browser, PAGE) as page:
        page.wait_for_selector(".explorer-cards > li")
        for _ in range(2):
            page.get_by_role("button", name="Show more").click()
        link = page.locator(".explorer-cards > li h2 a").nth(47)
        link.scroll_into_view_if_needed()
        top = page.evaluate("() => scrollY")
        link.click()
        page.wait_for_url("**/catalogue.html#*")
        page.go_back()
        page.wait_for_selector(".explorer-cards > li:nth-child(60)")
        assert page.locator(".explorer-cards > li").count() == 60
        assert abs(page.evaluate("() => scrollY") - top) < 3


def test_when_a_place_on_the_page_is_opened_then_the_filters_stay(view):
    go(view, {"show": "initiatives", "level": ["mixed"]})
    shown = status(view)
    view.evaluate("() => { location.hash = '#limits' }")
    view.wait_for_timeout(100)
    assert status(view) == shown


def test_when_only_the_keyboard_is_used_then_a_filter_can_be_set(view):
    go(view, {"show": "initiatives"})
    view.get_by_label("Search initiatives").focus()
    view.keyboard.type("water")
    for _ in range(12):
        view.keyboard.press("Tab")
        if view.evaluate("() => document.activeElement.textContent.startsWith('Level')"):
            break
    view.keyboard.press("Enter")
    view.keyboard.press("Tab")
    view.keyboard.press("Space")
    state = {"show": "initiatives", "q": "water", "level": ["elite/professional"]}
    assert status(view) == len(wanted(published(), state))
    outline = view.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"


def test_when_a_card_is_shown_then_its_sources_and_entry_are_linked(view):
    go(view, {"show": "initiatives", "q": "Kelman"})
    card = view.locator(".explorer-cards > li").first
    assert "catalogue.html#initiative-" in card.locator("h2 a").get_attribute("href")
    assert card.locator("dd ul a").first.get_attribute("href").startswith("http")
    for tag in card.locator(".explorer-tags > span").all_inner_texts():
        assert re.match(r"[A-Z][a-z ]+: \S", tag)


def test_when_a_year_is_chosen_in_the_bars_then_its_count_is_shown(view):
    go(view, {"show": "initiatives"})
    bar = view.get_by_role("button", name=re.compile(r"^1996: "))
    count = int(re.findall(r"\d+", bar.get_attribute("aria-label"))[1])
    bar.click()
    assert (
        status(view)
        == count
        == len(wanted(published(), {"show": "initiatives", "from": 1996, "to": 1996}))
    )


def test_when_scripts_are_off_then_the_page_leads_to_the_catalogue(browser):
    require()
    with opened(browser, PAGE, java_script_enabled=False) as page:
        fallback = page.locator(".explorer-fallback")
        assert fallback.is_visible()
        assert "catalogue.html" in fallback.locator("a").first.get_attribute("href")


@pytest.mark.parametrize(("typed", "marked"), [("rod-larsen", "Rød"), ("cuhadar", "Çuhadar")])
def test_when_a_name_is_searched_without_its_signs_then_it_is_found_and_marked(
    browser, typed, marked
):
    with opened(browser, f"search.html?q={typed}") as page:
        page.wait_for_selector("#search-results mark")
        marks = page.locator("#search-results mark").all_inner_texts()
        assert marked in marks, marks[:9]
