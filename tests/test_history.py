"""History, lessons and references: every fact, entry and work that they lean on is there."""

import json
import re
from dataclasses import replace

import pandas as pd
import pytest
from made_studies import published
from pybtex.database import parse_file

from tracktwo import Frame, open_study
from tracktwo.analysis.measures import PERIODS
from tracktwo.chapters.history import plots
from tracktwo.chapters.history import results as history
from tracktwo.chapters.lessons import results as lessons
from tracktwo.ground import paths
from tracktwo.telling import references
from tracktwo.telling.plain_html import as_html
from tracktwo.telling.sources import cite_entries, cite_facts

FRAME = Frame()
CHAPTERS = {
    name: json.loads((paths.CHAPTERS / f"{name}.ipynb").read_text(encoding="utf-8"))
    for name in ("history", "lessons", "references")
}
CALL = re.compile(r'\b(fact|entry)\("([^"]+)", "([^"]+)"\)')


def rows():
    return FRAME.select(published())


def source(name):
    cells = CHAPTERS[name]["cells"]
    return "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code")


# Sources


def test_when_history_and_lessons_cite_a_row_then_it_is_there_and_holds_their_figures():
    study = published()
    cite = {"fact": cite_facts(study), "entry": cite_entries(study)}
    cited = [call for name in ("history", "lessons") for call in CALL.findall(source(name))]
    assert len(cited) > 60
    for kind, key, words in cited:
        assert cite[kind](key, words).startswith("[")


def test_when_a_chapter_has_an_expression_with_a_citation_then_it_was_checked_above():
    for name in ("history", "lessons"):
        loose = re.findall(r"\{\{ (?:fact|entry)\(", source(name))
        assert len(loose) == len(CALL.findall(source(name)))


@pytest.mark.parametrize("cite", [cite_facts, cite_entries])
def test_when_a_row_is_not_in_the_book_s_data_then_it_is_refused(cite):
    with pytest.raises(ValueError, match="no row 'nobody'"):
        cite(published())("nobody", "words")


def test_when_a_figure_is_not_in_its_row_then_it_is_refused():
    fact, entry = cite_facts(published()), cite_entries(published())
    assert "148 projects" in fact("health-148-projects", "148 projects")
    with pytest.raises(ValueError, match="149 does not stand"):
        fact("health-148-projects", "149 projects")
    with pytest.raises(ValueError, match="47 does not stand"):
        entry("seeds-of-peace", "47 boys")


def test_when_a_row_is_not_in_other_data_then_its_words_stand_without_a_link(tmp_path):
    for file in paths.DATA.rglob("*.*"):
        copy = tmp_path / file.relative_to(paths.DATA)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())
    other = open_study(tmp_path)
    assert cite_facts(other)("nobody", "said so") == "said so"
    assert cite_entries(other)("seeds-of-peace", "47 boys") == "47 boys"
    assert cite_facts(other)("pacbi-2004", "a call").startswith("[a call](<http")


def test_when_the_four_portraits_are_told_then_each_leads_to_its_entry():
    keys = {key for kind, key, _ in CALL.findall(source("history")) if kind == "entry"}
    assert keys >= {"oslo-fafo-back-channel", "seeds-of-peace", "peoples-voice"}
    assert "good-water-neighbors" in keys


def test_when_a_passage_has_no_guard_then_it_is_one_that_tells_sources_alone():
    loose = {
        cell["id"]
        for name in ("history", "lessons")
        for cell in CHAPTERS[name]["cells"]
        if "words" in cell["metadata"].get("tags", []) and "when=" not in "".join(cell["source"])
    }
    sourced = {"forbidden", "barriers", "years", "after", "oslo", "seeds", "voice", "water"}
    assert loose == sourced | {"limits"}


# References


def test_when_a_chapter_cites_a_work_then_the_references_have_it():
    found = references.formatted(references.cited_keys())
    assert len(found) == len(references.cited_keys()) > 50


def test_when_a_work_is_missing_then_it_is_named():
    with pytest.raises(ValueError, match="no nobody2000"):
        references.formatted({"nobody2000", "ross2000creating"})


def test_when_a_work_tells_what_was_seen_then_it_is_one_of_few_words():
    works = parse_file(str(references.LIBRARY), bib_format="bibtex").entries
    seen = {work.fields["seen"] for work in works.values() if "seen" in work.fields}
    assert seen <= {"abstract", "opening", "review"}


def test_when_references_are_shown_then_sphinx_makes_its_own_list_and_others_read_one(monkeypatch):
    shown = []
    monkeypatch.setattr(references, "display", lambda bundle, **_: shown.append(bundle))
    references.show_references()
    assert shown[0]["text/markdown"].startswith("```{bibliography}")
    assert ":filter:" not in shown[0]["text/markdown"]
    assert shown[0]["text/html"].count("<li>") == len(references.cited_keys())


# Places and paces


@pytest.mark.parametrize(
    ("location", "where"),
    [
        ("Jerusalem; Camp Allen, Texas, USA", history.AT_HOME),
        ("Camp Tawonga, California, USA", history.ABROAD),
        ("Latrun, Beit Jala, Jordan; schools", history.AT_HOME),
        ("Canada, the region and elsewhere", history.AT_HOME),
        ("Not stated in the sources read", history.UNKNOWN),
        (float("nan"), history.UNKNOWN),
    ],
)
def test_when_a_location_is_read_then_home_is_told_from_abroad(location, where):
    assert history.place(location) == where


def test_when_a_place_is_read_as_abroad_then_it_names_nothing_in_the_region():
    abroad = rows()["location"].dropna().loc[lambda x: x.map(history.place) == history.ABROAD]
    assert len(abroad) > 50
    named = abroad.str.contains("Israel|Palest|West Bank|Gaza|Jerusalem|Ramallah|Tel Aviv|Jordan")
    assert not named.any()


def test_when_groups_are_counted_then_they_are_those_whose_place_is_known():
    table = history.met_abroad(rows())
    starts = rows()[rows()["period"].notna() & (rows()["level"] != "mixed")]
    known = starts["location"].map(history.place) != history.UNKNOWN
    assert sum(share.n for share in table["share"]) == known.sum()
    grassroots = table[table["group"] == "grassroots"]["share"].tolist()
    assert [(round(x.value * x.n), x.n) for x in grassroots] == [(5, 32), (20, 56)]


def test_when_the_missing_starts_are_added_then_the_pace_is_level():
    puzzle = history.pose(rows(), FRAME)
    before = (rows()["period"] == PERIODS[0]).sum()
    after = (rows()["period"] == PERIODS[1]).sum()
    assert (before + puzzle.missing) / 9 >= after / 4 > (before + puzzle.missing - 1) / 9
    assert puzzle.rises and puzzle.before < puzzle.late < puzzle.after
    assert puzzle.stopped + puzzle.no_end + puzzle.survived <= puzzle.running + 2


def test_when_the_break_moves_then_a_year_s_pace_is_of_its_own_period():
    moved = replace(FRAME, break_year=2002)
    first = history.paces(moved.select(published()), moved).iloc[0]
    assert first["before"] == pytest.approx(first["n_before"] / 11)
    assert first["after"] == pytest.approx(first["n_after"] / 2)


def test_when_a_cut_is_made_then_no_row_is_added():
    whole = rows()
    for kept in history.cuts(whole).values():
        assert set(kept.index) <= set(whole.index)


def test_when_years_are_told_then_each_event_leads_to_its_source():
    table = history.years_table(published(), FRAME)
    timeline = published().timeline
    assert table["What happened"].str.count(r"\]\(<http").sum() == len(timeline)
    within = table[table["Year"].isin([str(y) for y in FRAME.years])]["Starts"].astype(int)
    assert within.sum() == rows()["period"].notna().sum()


def test_when_nothing_is_known_then_the_charts_are_still_drawn():
    empty = pd.DataFrame({"cut": ["all"], "before": [0.0], "after": [0.0]})
    spec = plots.plot_paces(empty, FRAME.periods).to_dict()
    assert "NaN" not in json.dumps(spec)


# Lessons


def test_when_stock_is_taken_then_the_counts_are_those_of_the_data():
    study = published()
    stock = lessons.take_stock(study, FRAME)
    codes = study.statement_codes
    codes = codes[codes["coder"] == "consensus"]
    plans = codes[codes["variable"] == "strategy_planned"]["value"]
    assert (stock.n_plans, stock.n_planned) == (len(plans), (plans == "yes").sum())
    assert stock.n_voicing == (codes["variable"] == "transfer_proposition").sum()
    assert stock.part("C1").value > 0 > -stock.part("C2", 1).value
    assert stock.lead_after.low < 0 < stock.lead_after.high
    ahead = stock.after["senior"] - stock.after["grassroots"]
    assert stock.lead_after.value == pytest.approx(ahead / stock.lead_after.n)


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        ("title: x", ""),
        ("repository: {url: ''}", ""),
        ("repository: {url: 'https://a.b'}", "https://a.b"),
    ],
)
def test_when_the_repository_is_set_then_it_is_named(monkeypatch, tmp_path, settings, address):
    config = tmp_path / "_config.yml"
    config.write_text(settings)
    monkeypatch.setattr(paths, "CONFIG", config)
    assert lessons.repository() == address


def test_when_a_bibliography_is_asked_for_by_itself_then_no_markup_is_left():
    assert "{cite" not in as_html("A claim {cite:p}`ross2000creating,maoz_contact`.")


def test_when_references_are_listed_then_surnames_lead_and_accents_do_not_part_letters():
    works = references.formatted(references.cited_keys())
    surnames = [re.split(r"[ ,]", work)[0] for work in works]
    assert surnames.index("Çuhadar") < surnames.index("Davison")
    assert surnames[0] == "Abu-Nimer"
