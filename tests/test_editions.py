"""Editions: what they may be called, and that they say whose they are wherever one looks."""

import json
import subprocess
import zipfile
from urllib.parse import parse_qs

import nbformat
import pytest
import yaml
from made_studies import published
from other_conflict import write_other_conflict
from small_study import write_small_study
from tiny_book import SIGNS, make
from tiny_notebooks import notebook

from tracktwo.book import build
from tracktwo.book import edition_pages as pages
from tracktwo.book.edition import edition_of
from tracktwo.book.naming import shown
from tracktwo.book.pdf.cover import edition_facts
from tracktwo.book.results import named
from tracktwo.book.site import citation, linked_data
from tracktwo.book.site.downloads import citation_text
from tracktwo.book.toc import edition_toc, executed_pages
from tracktwo.book.volumes import volumes_of
from tracktwo.ground import paths
from tracktwo.words.frame_words import say_parameters

STRICT = {
    "coder": "first_1",
    "grades": ["A", "B"],
    "nested": False,
    "waves": ["first"],
    "break_year": 1999,
}
OURS = "The Oslo Reopened contributors"
LINE = (
    "Edition strict: the published data; codes of coder 1 of the first round; only evidence grades "
    "A and B; without initiatives that are part of another; only rows found by first search; "
    "break after 1999; not the published edition."
)


@pytest.fixture(scope="module")
def strict():
    return edition_of(paths.DATA, name="strict", parameters=STRICT)


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    folder = tmp_path_factory.mktemp("other") / "data"
    write_other_conflict(folder)
    return edition_of(folder, name="north", parameters={"data": str(folder)})


# Its name


@pytest.mark.parametrize("name", ["strict", "A", "by-rivera-2", "x" * 40])
def test_when_a_name_is_made_of_letters_digits_and_hyphens_then_a_folder_has_it(name):
    assert build.folder_of(name).as_posix() == f"_build/editions/{name}"


NO_NAMES = ["", "..", "a/b", "/tmp/a", "a b", "a--b", "-a", "a-", "a.b", "ä", "a\nb", "$(id)"]


@pytest.mark.parametrize("name", [*NO_NAMES, "x" * 41, "published", "Published"])
def test_when_an_edition_cannot_be_called_so_then_nothing_is_built(name, capsys, monkeypatch):
    monkeypatch.setattr(build, "guarded", lambda _: pytest.fail("it was built"))
    assert build.main(["all", f"--edition={name}"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("error: NAME: found ") and "allowed: letters, digits and" in said
    assert "\nThe build failed" in said and len(said.splitlines()) == 2


def test_when_other_choices_have_no_name_then_nothing_is_built(capsys, monkeypatch):
    monkeypatch.setattr(build, "guarded", lambda _: pytest.fail("it was built"))
    assert build.main(["all", "--data", "mydata", "--parameters", "a.yml"]) == 1
    assert "error: data and parameters: they make an edition, which needs --edition NAME" in (
        capsys.readouterr().err
    )


def plan(*arguments, **options):
    """Return what make would do in the repository itself; nothing is done."""
    return make(paths.ROOT, "--dry-run", *arguments, **options)


def test_when_an_edition_is_asked_for_then_the_build_gets_its_words_whole():
    planned = plan("edition", f"NAME={SIGNS}", "DATA=my data", "PARAMETERS=a 'b'.yml")
    command = planned.stdout.partition(".venv/bin/python -m tracktwo.book.build ")[2]
    given = {"NAME": SIGNS, "DATA": "my data", "PARAMETERS": "a 'b'.yml"}
    run = subprocess.run(
        f"printf '%s\\n' {command}", shell=True, env=given, capture_output=True, text=True
    )
    words = ["all", f"--edition={SIGNS}", "--data=my data", "--parameters=a 'b'.yml"]
    assert run.stdout.splitlines() == words


def test_when_a_system_calls_itself_something_then_no_edition_is_called_so():
    run = make(paths.ROOT, "named", "--eval", 'named: ; @echo "<$$NAME>"', NAME="host")
    assert run.stdout.splitlines()[-1] == "<>"


@pytest.mark.parametrize("given", ["PARAMETERS=a.yml", "DATA=mydata"])
def test_when_the_book_is_asked_for_with_other_choices_then_it_says_how_to_make_an_edition(given):
    planned = plan("book", given)
    assert planned.returncode and "make edition NAME=" in planned.stderr


# What it is called, and whose it is


def test_when_parameters_are_said_then_those_that_the_data_ask_for_anyway_are_not():
    usual = {"nested": True, "grades": ["A", "B", "C"], "break_year": 2000, "data": "data"}
    assert say_parameters(usual, published()) == []


def test_when_an_edition_has_the_published_data_then_it_bears_the_book_s_title(strict):
    assert strict["title"] == "Oslo and Its Aftermath, Reopened — edition strict"
    assert strict["line"] == LINE and strict["abstract"].startswith(LINE)
    assert strict["credit"] == f"Book: {OURS}; data: {OURS}."
    assert strict["authors"] == [OURS] and strict["stem"] == "strict"


def test_when_nothing_is_named_then_the_facts_are_the_published_book_s():
    facts = edition_of(paths.DATA)
    assert facts["title"] == "Oslo and Its Aftermath, Reopened"
    assert (facts["name"], facts["line"], facts["credit"]) == ("", "", "")
    assert not any(work["edition"] or work["note"] for work in citation.works(facts).values())


def test_when_the_published_data_are_changed_then_it_is_said(tmp_path):
    package = json.loads((paths.DATA / "datapackage.json").read_text("utf-8"))
    kept = ("name", "title", "contributors")
    write_small_study(tmp_path / "data")
    own = tmp_path / "data/datapackage.json"
    described = json.loads(own.read_text("utf-8")) if own.is_file() else {"resources": []}
    own.write_text(json.dumps(described | {key: package[key] for key in kept}))
    facts = edition_of(tmp_path / "data", name="mine")
    assert facts["line"].startswith("Edition mine: a changed copy of the published data;")
    assert facts["data"]["title"].endswith("Open evidence, changed")


def test_when_the_data_are_about_another_conflict_then_the_title_is_theirs_and_so_is_the_work(
    other,
):
    data = "The testers of the book"
    assert (
        other["title"] == "Made-up work between Northmark and Southmark, 1960–1990 — edition north"
    )
    assert other["subtitle"] == (
        f"An edition of the open book by {OURS}, after Çuhadar and Dayton (2012)"
    )
    assert other["credit"] == f"Book: {OURS}; data: {data}."
    assert other["authors"] == [OURS, data]
    about = {key: other[key] for key in ("title", "abstract", "line", "keywords", "data")}
    for word in ("Oslo and", "Israel", "Palestin"):
        assert word not in json.dumps(about)
    works = citation.works(other)
    assert works["data"]["authors"] == [data] and works["data"]["version"].startswith("1.0.0, ")
    assert works["book"]["authors"] == [OURS, data]


def test_when_the_data_lie_elsewhere_on_the_machine_then_no_path_of_it_is_published(other):
    assert other["parameters"] == {"data": "data"}
    assert shown({"data": str(paths.ROOT / "mydata/b")}) == {"data": "mydata/b"}
    assert shown({"nested": False, "coder": "a"}) == {"nested": False, "coder": "a"}


# Wherever one looks


@pytest.mark.parametrize("kind", ["book", "data"])
def test_when_an_edition_is_cited_then_every_form_names_it_its_data_and_its_choices(strict, kind):
    work = citation.works(strict)[kind]
    for form, say in citation.FORMS.items():
        assert LINE in say(work), form
    assert "  edition = {strict},\n" in citation.bibtex(work)
    number = f"\nET  - {strict['version']}"
    assert number in citation.ris(work) and ", edition strict\n" in citation.ris(work)
    assert work["key"].startswith("osloreopened2026strict")
    assert parse_qs(citation.coins(work))["rft.edition"][0].endswith(", edition strict")


def test_when_a_work_has_two_makers_then_every_form_names_both(other):
    work = citation.works(other)["book"]
    assert f"author = {{{OURS}}} and {{The testers of the book}}" not in citation.bibtex(work)
    assert "author = {{The Oslo Reopened contributors} and {The testers of the book}}" in (
        citation.bibtex(work)
    )
    assert citation.ris(work).count("AU  - ") == 2
    assert citation.apa(work).startswith(f"{OURS}, & The testers of the book. (")


def test_when_machines_read_then_they_are_told_of_the_edition(strict, other):
    book = linked_data.book(strict)
    assert book["bookEdition"] == "strict" and LINE in book["disambiguatingDescription"]
    data = linked_data.dataset(strict)
    assert data["name"].endswith("— edition strict") and LINE in data["disambiguatingDescription"]
    assert [author["name"] for author in linked_data.book(other)["author"]] == other["authors"]
    makers = linked_data.dataset(other)["author"]["name"]
    assert makers == "The testers of the book"


def test_when_the_data_are_described_as_croissant_then_it_names_the_edition(strict, tmp_path):
    with zipfile.ZipFile(tmp_path / "data.zip", "w"):
        pass
    described = linked_data.croissant(tmp_path / "data.zip", strict)
    assert described["name"].endswith("— edition strict")
    assert LINE in described["disambiguatingDescription"]


def test_when_the_data_are_packed_then_their_citation_names_the_edition(strict):
    cited = yaml.safe_load(citation_text(paths.ROOT / "CITATION.cff", strict))
    assert LINE in cited["message"] and "preferred-citation" not in cited
    assert cited["references"][0]["title"].endswith("— edition strict")
    assert len(cited["references"]) == 2


def test_when_the_published_data_are_packed_then_their_citation_is_the_book_s():
    text = (paths.ROOT / "CITATION.cff").read_text("utf-8")
    assert citation_text(paths.ROOT / "CITATION.cff", edition_of(paths.DATA)) == text


def test_when_numbers_are_published_then_they_name_the_edition(strict):
    said = named(strict)
    assert said["name"] == "strict" and said["line"] == LINE
    assert said["parameters"] == STRICT and said["data"]["by"] == OURS


def test_when_a_cover_is_set_then_it_names_the_edition(strict):
    facts = edition_facts(strict)
    assert facts["title"].endswith("— edition strict")
    assert facts["edition"] == [LINE, strict["credit"]]


def test_when_pdfs_are_named_then_by_the_edition():
    assert [volume.file for volume in volumes_of(stem="north")] == [
        "north.pdf",
        "north-data-volume.pdf",
    ]


# Its pages


def test_when_an_edition_opens_then_with_what_moved_and_then_the_findings(tmp_path):
    (tmp_path / "_toc.yml").write_text(edition_toc(), encoding="utf-8")
    found = executed_pages(tmp_path / "_toc.yml")
    assert list(found.items())[:3] == [
        ("index", "what_moved"),
        ("findings", "index"),
        ("chapters/article", "chapters/article"),
    ]
    assert set(executed_pages().items()) == {(page, page) for page in executed_pages()}


def test_when_an_edition_has_other_values_then_its_cell_of_parameters_shows_them():
    cell = '# Explained elsewhere.\ndata = "data"\nnested = True\ngrades = [\n    "A",\n]\nn = 1'
    given = {"data": "it's", "nested": False, "grades": ["A", "B"], "elsewhere": 3}
    written = pages.with_parameters(notebook("n", parameters=cell), given).cells[1].source
    assert written == (
        '# Explained elsewhere.\ndata = "it\'s"\nnested = False\ngrades = ["A", "B"]\nn = 1'
    )


def showing(text):
    made = notebook("say()")
    made.cells[-1].outputs.append(nbformat.v4.new_output("display_data", {"text/markdown": text}))
    return made


def shown_in(made):
    return made.cells[-1].outputs[0]["data"]["text/markdown"]


def test_when_a_chapter_was_executed_then_its_page_shows_the_values_that_it_was_given():
    made = notebook("n", parameters='data = "data"\nn = 1')
    given = {"data": "/home/someone/mine", "n": 2}
    made.metadata["papermill"] = {"name": "one", "parameters": given}
    page = pages.as_edition(made, "chapters/one", "chapters/one")
    assert page.cells[1].source == 'data = "mine"\nn = 2'
    assert page.metadata["papermill"]["parameters"] == {"data": "mine", "n": 2}


def test_when_a_page_points_at_the_first_one_then_in_an_edition_at_the_findings():
    text = "{doc}`index`, {doc}`findings <../index>`, {doc}`/index`, {doc}`x <chapters/index_of>`"
    assert shown_in(pages.with_root_at(showing(text), "index", "findings")) == (
        "{doc}`findings`, {doc}`findings <../findings>`, {doc}`/findings`,"
        " {doc}`x <chapters/index_of>`"
    )


def test_when_a_passage_is_left_out_then_its_note_can_be_linked_to():
    made = showing(":::{admonition} Left out\n:class: left-out\nIt is.\n:::")
    made.cells[-1].id = "Some_cell"
    assert shown_in(pages.with_labelled_notes(made, "chapters/focus_groups")) == (
        ":::{admonition} Left out\n:class: left-out\n:name: left-out-focus-groups-some-cell-0\n"
        "It is.\n:::"
    )


def test_when_a_page_gets_another_title_then_the_rest_of_the_cell_stays():
    made = notebook()
    made.cells[0].source = "# Old\n\nText."
    assert pages.titled(made, "New").cells[0].source == "# New\n\nText."


def test_when_the_text_of_a_page_grows_then_its_numbers_are_found_where_they_stand():
    text = "See {doc}`index`.\n:::{admonition} Note\n:class: left-out\nTold: 42.\n:::"
    made = showing(text)
    at = text.index("42")
    made.cells[-1].outputs[0].metadata["tracktwo"] = {"places": [[at, at + 2, "n"]]}
    made.metadata["papermill"] = {"name": "one", "parameters": {}}
    page = pages.as_edition(made, "chapters/one", "chapters/one")
    [[start, end, _]] = page.cells[-1].outputs[0].metadata["tracktwo"]["places"]
    assert len(shown_in(page)) > len(text) and shown_in(page)[start:end] == "42"
