"""The page What moved, on made pairs of books."""

import json
import re

import nbformat
import pytest
from made_books import CLAIM, NUMBERS, PART, write_book

from tracktwo.book import books, moved
from tracktwo.ground import paths

MOVED = {"claims": [CLAIM | {"verdict": "leaning", "standing": "undecided"}]}
FIGURE = {"numbers": NUMBERS.replace("0.5", "0.4"), "picture": "<svg>2</svg>"}
FACTS = {
    "name": "strict",
    "data": {"said": "the published data"},
    "choices": ["only evidence grades A and B", "break after 1999"],
}


@pytest.fixture
def page(tmp_path, monkeypatch):
    """Return a function that opens the page on two made books and returns what it shows."""

    def opened(data="data", facts=FACTS, **differing):
        one, two = write_book(tmp_path / "a"), write_book(tmp_path / "b", **differing)
        read = {False: one, True: two}
        monkeypatch.setattr(books, "read_book", lambda folder=None: real(read[folder is not None]))
        shown = []
        for module in ("tracktwo.telling.say", "tracktwo.book.moved"):
            monkeypatch.setattr(
                f"{module}.display", lambda b, **_: shown.append(b["text/markdown"])
            )
        (tmp_path / "edition.json").write_text(json.dumps(facts))
        space = {}
        given = {"data": str(data), "figures": str(tmp_path / "figures")}
        given |= {"executed": "x", "edition": str(tmp_path / "edition.json")}
        for cell in nbformat.read(paths.ROOT / "what_moved.ipynb", as_version=4).cells:
            if cell.cell_type == "code":
                exec(compile(cell.source, f"what_moved: {cell.id}", "exec"), space)
                space |= given if "parameters" in cell.metadata.tags else {}
        return "\n\n".join(shown)

    reading = books.read_book

    def real(made):
        return reading(made.folder, made.toc)

    return opened


def test_when_nothing_moved_then_the_page_says_so_and_shows_no_table(page):
    said = page()
    assert "Nothing moved: every verdict, number, figure and table is that of the published" in said
    assert "The edition **strict** was built from the published data, with other choices:" in said
    assert "only evidence grades A and B and break after 1999" in said
    for none in ("No estimate that a claim rests on moved.", "No main figure moved.", "No number"):
        assert none in said
    assert said.count("```{table}") == 1  # the verdicts, side by side all the same
    assert "{dropdown}" not in said and "Left out" not in said


def test_when_a_verdict_moved_then_both_stand_side_by_side_with_the_claim(page):
    said = page(**MOVED)
    assert "Of one claim, one has another verdict than in the published edition." in said
    claim = "**C3** Most grassroots initiatives focus on relationships."
    assert f"| {claim} | **held** | **undecided** | supported → leaning |" in said


def test_when_an_estimate_moved_then_both_stand_with_their_intervals(page):
    other = CLAIM | {"parts": [PART | {"estimate": 0.75, "low": 0.65, "high": 0.85}]}
    said = page(claims=[other])
    row = "| **C3** Share | 70% (60%\u00a0to\u00a080%) | 75% (65%\u00a0to\u00a085%) | 0.5 |"
    assert row in said
    assert "No claim has another verdict than in the published edition." in said


def test_when_an_answer_tells_another_number_then_its_sentence_is_shown(page):
    said = page(answer=0.4)
    assert r"| So do, it is said\: <b>70%</b> of all citizens. | 70% | 40% |" in said


def test_when_a_figure_moved_then_both_are_shown_and_the_published_one_is_copied(page, tmp_path):
    said = page(**FIGURE)
    assert said.index("published-change-bars.narrow.svg") < said.index(
        "/figures/change-bars.narrow"
    )
    assert "[Citizens lead](#fig-change-bars)" in said
    copied = tmp_path / "figures/published-change-bars.narrow.svg"
    assert copied.read_text() == (tmp_path / "a/figures/change-bars.narrow.svg").read_text()


def test_when_a_passage_fell_then_section_and_note_are_linked(page):
    said = page(left_out=True)
    assert "In one place these data do not meet it" in said
    assert "| What came of it | [passage](#left-out-change-cell-1-0) |" in said


def test_when_numbers_moved_then_each_is_listed_by_its_chapter(page):
    said = page(share=0.41)
    assert "::::{dropdown} Change over time: 1" in said
    assert "| `share` | 61% | 41% |" in said
    assert "1 of 2 numbers and words of the text, 0 of 1 figures and 0 of 1 tables differ." in said


def test_when_only_one_edition_tells_a_number_then_the_other_has_a_dash(page):
    said = page(name="other")
    assert "| `other` | – | 61% |" in said and "| `share` | 61% | – |" in said


def test_when_the_data_are_about_another_conflict_then_only_verdicts_are_compared(page, tmp_path):
    from other_conflict import write_other_conflict

    write_other_conflict(tmp_path / "data")
    said = page(tmp_path / "data", share=0.41, **MOVED, **FIGURE)
    assert "This edition is about another conflict than the published one." in said
    assert "**held** | **undecided**" in said
    assert "change-bars" not in said and "61%" not in said and "`share`" not in said
    assert not re.search("Oslo|Israel|Palestin|language model", said)


def test_when_text_comes_from_a_book_then_its_markup_means_nothing_here():
    assert moved.words("[a](#gone) and {doc}`chapters/change`") == "a and Change over time"
    assert moved.words("<script>x</script> *b*") == r"\<script\>x\</script\> b"
    assert moved.words(None) == "–"
