"""What two books tell differently, on made pairs of books."""

from math import isnan

import pytest
from made_books import CLAIM, NUMBERS, PART, write_book

from tracktwo.book.books import AROUND, read_book
from tracktwo.book.compare import compare


@pytest.fixture
def compared(tmp_path):
    """Return a function that compares the made book with one that differs in what is given."""

    def of(**differing):
        made = [write_book(tmp_path / "a"), write_book(tmp_path / "b", **differing)]
        return compare(*(read_book(book.folder, book.toc) for book in made))

    return of


def claim(**parts):
    return CLAIM | {"parts": [PART | parts]}


def test_when_a_book_is_read_then_all_that_it_tells_is_there(tmp_path):
    made = write_book(tmp_path, parameters={"nested": False})
    book = read_book(made.folder, made.toc)
    assert book.parameters == {"nested": False}
    open_, close = AROUND
    assert {key: value.answer for key, value in book.values.items()} == {
        "change.all": f"So do, it is said: {open_}70%{close} of *all* citizens.",
        "change.share": "",
    }
    assert book.values["change.share"].value == 0.61
    assert book.verdicts == {"C3": CLAIM}
    figure = book.figures["change-bars"]
    assert (figure.title, figure.alt, figure.numbers) == ("Citizens lead", "Two bars.", NUMBERS)
    assert book.tables["change-rows"].title == "Rows"
    assert book.left_out == []
    assert list(book.files) == [f"change-bars.{kind}" for kind in ("csv", "narrow.svg", "svg")]


def test_when_a_figure_lacks_a_file_then_the_error_names_both(tmp_path):
    made = write_book(tmp_path)
    (tmp_path / "figures/change-bars.csv").unlink()
    with pytest.raises(
        ValueError, match=r"chapters/change: figure change-bars lacks change-bars\.csv"
    ):
        read_book(made.folder, made.toc)


def test_when_nothing_differs_then_the_books_are_the_same(compared):
    found = compared()
    assert found.same
    assert found.counts == {"claims": 1, "values": 2, "figures": 1, "tables": 1}
    assert not found.claims[0].moved


def test_when_a_value_moves_then_it_is_told_with_the_part_of_its_scale(compared):
    (moved,) = compared(share=0.41).values
    assert (moved.key, moved.chapter) == ("change.share", "chapters/change")
    assert (moved.before, moved.after) == ("61%", "41%")
    assert moved.size == pytest.approx(0.2)


def test_when_values_move_then_the_largest_stands_first_and_what_only_one_has_last(compared):
    found = compared(name="other", answer=0.1)
    assert [d.key for d in found.values] == ["change.all", "change.other", "change.share"]
    gone = found.values[2]
    assert gone.after is None and gone.before == "61%" and isnan(gone.size)
    assert found.counts["values"] == 3


def test_when_a_verdict_changes_then_claim_and_both_verdicts_are_told(compared):
    other = claim(estimate=0.55, low=0.45, high=0.65) | {"verdict": "leaning"}
    found = compared(claims=[other | {"standing": "undecided"}])
    (moved,) = found.claims
    assert moved.other_verdict and moved.other_standing and not found.same
    assert moved.verdicts == ("supported", "leaning")
    assert moved.standings == ("held", "undecided")
    assert moved.size == pytest.approx(1.5)


def test_when_an_estimate_moves_then_its_size_is_in_half_widths_of_the_first_interval(compared):
    (moved,) = compared(claims=[claim(estimate=0.75)]).claims
    assert moved.moved and not moved.other_verdict and not moved.other_standing
    assert moved.parts[0].size == pytest.approx(0.5)


def test_when_an_estimate_is_a_ratio_then_its_size_is_one_of_logarithms(tmp_path):
    ratio = {"kind": "ratio", "estimate": 2.0, "low": 1.0, "high": 4.0}
    one = write_book(tmp_path / "a", claims=[claim(**ratio)])
    two = write_book(tmp_path / "b", claims=[claim(**ratio | {"estimate": 4.0})])
    books = [read_book(book.folder, book.toc) for book in (one, two)]
    assert compare(*books).claims[0].size == pytest.approx(1)


def test_when_claims_change_then_verdicts_come_before_standings_before_estimates(
    tmp_path,
):
    def named(name, **other):
        return claim(estimate=other.pop("estimate", 0.7)) | {"id": name} | other

    one = [named(f"C{n}") for n in range(1, 5)]
    two = [named("C1"), named("C2", estimate=0.79), named("C3", standing="undecided")]
    two += [named("C4", verdict="unclear")]
    made = [
        write_book(tmp_path / name, claims=claims)
        for name, claims in zip("ab", (one, two), strict=True)
    ]
    found = compare(*(read_book(book.folder, book.toc) for book in made))
    assert [moved.claim for moved in found.claims] == ["C4", "C3", "C2", "C1"]


def test_when_only_one_book_tests_a_claim_then_the_other_has_no_verdict(compared):
    (moved,) = compared(claims=[]).claims
    assert moved.verdicts == ("supported", None) and moved.other_verdict
    assert moved.parts[0].after is None and moved.size == 0


@pytest.mark.parametrize(
    ("numbers", "size"),
    [
        ("who,share,n\ncitizens,0.25,20\nelites,0.5,40\n", 1.0),  # both by the whole range
        ("who,share,n\nelites,0.25,20\ncitizens,0.5,40\n", 0.0),  # in another order
        ("who,share,n\ncitizens,0.5,40\n", 0.5),  # one of two rows is gone
        ("who,share,n\ncitizens,0.5,40\nelites,0.375,20\n", 0.25),
        ("who,share,n\ncitizens,0.5,40\nelites,,20\n", 0.5),
        ("who,share,n\n", 1.0),
        ("who,share,n\nall citizens,0.5,40\nelites,0.25,20\n", 0.0),  # called otherwise
    ],
)
def test_when_a_figure_moves_then_its_size_is_how_far_its_rows_did(numbers, size, compared):
    (moved,) = compared(numbers=numbers).figures
    assert (moved.key, moved.before) == ("change-bars", "Citizens lead")
    assert moved.size == pytest.approx(size)


def test_when_only_the_image_differs_then_the_figure_is_told_without_size(compared):
    (moved,) = compared(picture="<svg></svg>").figures
    assert moved.size == 0


def test_when_a_table_moves_then_its_size_is_the_share_of_other_rows(compared):
    (moved,) = compared(rows=("| b |", "| a |")).tables
    assert moved.key == "change-rows" and moved.size == pytest.approx(1 / 2)


def test_when_a_passage_falls_then_its_chapter_and_heading_are_told(compared):
    (fallen,) = compared(left_out=True).fallen
    assert (fallen.chapter, fallen.heading) == ("chapters/change", "What came of it")
    assert fallen.place == "left-out-change-cell-1-0"
