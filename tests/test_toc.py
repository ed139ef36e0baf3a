import pytest
from tiny_notebooks import write

from tracktwo.book.toc import chapter_files
from tracktwo.book.yaml_files import check_yaml

GOOD = "format: jb-book\nroot: index\nchapters:\n  - file: one\n"


@pytest.fixture
def book(tmp_path):
    for name in ("index", "one"):
        write(tmp_path / f"{name}.ipynb")
    return tmp_path


def test_when_contents_are_listed_then_chapters_are_in_their_order(book):
    (book / "_toc.yml").write_text(GOOD)
    assert chapter_files(book / "_toc.yml") == ["index.ipynb", "one.ipynb"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD + "  - file: two\n", "_toc.yml lists chapters that are not there: two.ipynb"),
        (GOOD + "root: one\n", "_toc.yml, line 5: found root a second time (first in line 2)"),
        (GOOD + "    file: index\n", "_toc.yml, line 5: found file a second time"),
        ("format: [", "_toc.yml is not YAML: "),
        ("- a\n", "_toc.yml is no table of contents: "),
        ("", "_toc.yml is no table of contents: "),
        ("format: jb-book\n", "_toc.yml is no table of contents: "),
    ],
)
def test_when_contents_are_wrong_then_one_line_says_where(book, text, said):
    (book / "_toc.yml").write_text(text)
    with pytest.raises(ValueError) as caught:
        chapter_files(book / "_toc.yml")
    assert said in str(caught.value) and len(str(caught.value).splitlines()) == 1


def test_when_an_alias_leads_back_to_itself_then_checking_ends(tmp_path):
    (tmp_path / "a.yml").write_text("a: &a\n  b: *a\n  c: [*a]\n")
    check_yaml(tmp_path / "a.yml")
    with pytest.raises(ValueError, match=r"nowhere\.yml cannot be read"):
        check_yaml(tmp_path / "nowhere.yml")
