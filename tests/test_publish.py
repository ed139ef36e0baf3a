import sys

import pytest

from tracktwo.book import publish as publishing
from tracktwo.book.publish import PDF_NAME, publish, recover, swap
from tracktwo.book.site.figure_files import gather


def make(folder, **files):
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / f"{name}.html").write_text(text)
    return folder


@pytest.fixture
def built(tmp_path):
    site = make(tmp_path / "stage" / "site", index="new", added="new")
    (tmp_path / "stage" / "book.pdf").write_text("new pdf")
    old = make(tmp_path / "html", index="old", dropped="old")
    (tmp_path / "pdf").mkdir()
    return site, tmp_path / "stage" / "book.pdf", old.parent


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_when_published_then_site_and_pdf_are_whole_and_nothing_old_stays(built):
    out = built[2]
    publish(*built)
    assert names(out / "html") == ["added.html", "index.html", PDF_NAME]
    assert (out / "html" / "index.html").read_text() == "new"
    assert names(out / "pdf") == [PDF_NAME]
    assert names(out) == ["html", "pdf", "stage"]


def test_when_the_copy_fails_then_the_last_good_book_stays(built):
    site, pdf, out = built
    pdf.unlink()
    with pytest.raises(FileNotFoundError):
        publish(site, pdf, out)
    assert names(out / "html") == ["dropped.html", "index.html"]
    pdf.write_text("second try")
    publish(site, pdf, out)
    assert names(out) == ["html", "pdf", "stage"]


def test_when_killed_between_the_renames_then_the_last_good_book_comes_back(built, monkeypatch):
    site, pdf, out = built
    monkeypatch.setattr(publishing, "_exchange", lambda *_: False)
    rename = publishing.Path.rename

    def killed(self, target):
        if self.name == ".html.new":
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(publishing.Path, "rename", killed)
    with pytest.raises(KeyboardInterrupt):
        publish(site, pdf, out)
    monkeypatch.undo()
    recover(out / "html")
    assert (out / "html" / "index.html").read_text() == "old"
    publish(site, pdf, out)
    assert (out / "html" / "index.html").read_text() == "new"
    assert names(out) == ["html", "pdf", "stage"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can")
def test_when_published_on_linux_then_there_is_no_moment_without_a_book(built, monkeypatch):
    def never(*_):
        raise AssertionError("a rename leaves a moment without the folder")

    monkeypatch.setattr(publishing.Path, "rename", never)
    publish(*built)
    assert (built[2] / "html" / "index.html").read_text() == "new"
    assert names(built[2]) == ["html", "pdf", "stage"]


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
