import sys

import pytest

from tracktwo.book import publish as publishing
from tracktwo.book.publish import publish, recover, swap
from tracktwo.book.site.figure_files import gather

PDFS = ["book.pdf", "data-volume.pdf"]


def make(folder, **files):
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / f"{name}.html").write_text(text)
    return folder


@pytest.fixture
def built(tmp_path):
    site = make(tmp_path / "stage" / "site", index="new", added="new")
    pdfs = [tmp_path / "stage" / name for name in PDFS]
    for pdf in pdfs:
        pdf.write_text(f"new {pdf.name}")
    old = make(tmp_path / "html", index="old", dropped="old")
    (tmp_path / "pdf").mkdir()
    return site, old.parent, pdfs


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_when_published_then_site_and_pdfs_are_whole_and_nothing_old_stays(built):
    out = built[1]
    (out / "pdf/data.pdf").write_text("of a book that had another")
    publish(*built)
    assert names(out / "html") == ["added.html", "book.pdf", "data-volume.pdf", "index.html"]
    assert (out / "html" / "index.html").read_text() == "new"
    assert names(out / "pdf") == PDFS
    for folder in ("html", "pdf"):
        assert [(out / folder / name).read_text() for name in PDFS] == [f"new {n}" for n in PDFS]
    assert names(out) == ["html", "pdf", "stage"]


def test_when_the_copy_fails_then_the_last_good_book_stays(built):
    _, out, pdfs = built
    pdfs[1].unlink()
    with pytest.raises(FileNotFoundError):
        publish(*built)
    assert names(out / "html") == ["dropped.html", "index.html"]
    pdfs[1].write_text("second try")
    publish(*built)
    assert names(out) == ["html", "pdf", "stage"]


def test_when_killed_between_the_renames_then_the_last_good_book_comes_back(built, monkeypatch):
    out = built[1]
    monkeypatch.setattr(publishing, "_exchange", lambda *_: False)
    rename = publishing.Path.rename

    def killed(self, target):
        if self.name == ".html.new":
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(publishing.Path, "rename", killed)
    with pytest.raises(KeyboardInterrupt):
        publish(*built)
    monkeypatch.undo()
    recover(out / "html")
    assert (out / "html" / "index.html").read_text() == "old"
    publish(*built)
    assert (out / "html" / "index.html").read_text() == "new"
    assert names(out) == ["html", "pdf", "stage"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can")
def test_when_published_on_linux_then_there_is_no_moment_without_a_book(built, monkeypatch):
    def never(*_):
        raise AssertionError("a rename leaves a moment without the folder")

    monkeypatch.setattr(publishing.Path, "rename", never)
    publish(*built)
    assert (built[1] / "html" / "index.html").read_text() == "new"
    assert names(built[1]) == ["html", "pdf", "stage"]


def test_when_nothing_was_there_then_a_swap_just_places_it(tmp_path):
    swap(make(tmp_path / "new", index="x"), tmp_path / "html")
    assert names(tmp_path) == ["html"]


def test_when_figures_are_gathered_then_only_their_files_come(tmp_path):
    for chapter in ("a", "b"):
        make(tmp_path / chapter)
        (tmp_path / chapter / f"{chapter}.svg").write_text(chapter)
        (tmp_path / chapter / ".timestamp").write_text("")
    gather([tmp_path / "a", tmp_path / "b"], tmp_path / "all")
    assert names(tmp_path / "all") == ["a.svg", "b.svg"]


def test_when_two_chapters_make_the_same_figure_then_the_error_names_both(tmp_path):
    for chapter in ("a", "b"):
        make(tmp_path / chapter)
        (tmp_path / chapter / "one.svg").write_text(chapter)
    with pytest.raises(ValueError, match=r"one\.svg is made by both a and b"):
        gather([tmp_path / "a", tmp_path / "b"], tmp_path / "all")
