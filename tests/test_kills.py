"""Builds that are killed: a build of two tiny chapters, slow steps played by quick ones."""

import fcntl
import hashlib
import random
import subprocess

import psutil
import pytest
from tiny_book import SIGNS, tiny_book
from tiny_notebooks import write

from tracktwo.book.volumes import volumes_of

KILLS = 8
TOC = """format: jb-book
root: index
parts:
  - caption: Evidence
    chapters: [{file: chapters/one}]
"""
SITE = """
import shutil, subprocess, sys, time
from pathlib import Path

def main(arguments):
    if arguments[-1] != "child":  # Jupyter Book is a process of its own, too
        return subprocess.run([sys.executable, __file__, *arguments, "child"]).returncode
    executed, output = map(Path, arguments[:2])
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir()
    for page in range(20):
        (output / f"{page}.html").write_text((executed / "chapters/one.ipynb").read_text() * 20)
        time.sleep(0.03)
    return 0

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
"""
PDF = """
import sys, time
from pathlib import Path

def main(arguments):
    site, output = map(Path, arguments[:2])
    with output.open("w") as file:
        for page in sorted(site.glob("*.html")):
            print(page.read_text(), file=file, flush=True)
            time.sleep(0.02)
    output.with_name(output.name + ".places.json").write_text("{}")
    return 0

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    root = tiny_book(tmp_path_factory.mktemp("kills") / SIGNS)
    (root / "tracktwo/book/site/build_site.py").write_text(SITE)
    (root / "tracktwo/book/pdf/build_pdf.py").write_text(PDF)
    (root / "chapters/one.ipynb").unlink()
    (root / "_toc.yml").write_text(TOC)
    return edited(root, 0)


def edited(root, number):
    """Give the chapter other words, so that another book is due."""
    write(root / "chapters/one.ipynb", f"import time; time.sleep(0.5); print({number})")
    return root


def start(root):
    command = [root / ".venv/bin/python", "-m", "tracktwo.book.build", "all"]
    return subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def build(root):
    process = start(root)
    said = process.communicate()[0].decode()
    assert process.returncode == 0, said
    return published(root)


def published(root):
    """Return a digest of each published folder, or None where there is none."""
    return [_digest(root / "_build" / name) for name in ("html", "pdf")]


def _digest(folder):
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    content = b"".join(file.name.encode() + file.read_bytes() for file in files)
    return hashlib.sha256(content).hexdigest() if files else None


def at_work(root):
    """Return the processes in the checkout's folders: builders, kernels, whatever they started."""
    found = []
    for process in psutil.process_iter(["cwd", "status", "cmdline"]):
        alive = process.info["status"] != psutil.STATUS_ZOMBIE
        if alive and (process.info["cwd"] or "").startswith(str(root)):
            found.append(process.info["cmdline"])
    return found


def test_when_builds_are_killed_at_random_moments_then_the_good_book_stands_and_the_next_succeeds(
    book,
):
    moments = random.Random(12)
    good, seen, kills, editions = build(book), [], 0, 1
    edited(book, editions)
    while kills < KILLS:
        process = start(book)
        try:
            process.wait(moments.uniform(0.1, 6))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            kills += 1
            with (book / "_build/.lock").open("w") as file:
                fcntl.flock(file, fcntl.LOCK_EX)  # as the next build does
                assert at_work(book) == []
            seen.append(published(book))
            continue
        assert process.returncode == 0, process.stdout.read().decode()
        good, seen, editions = _checked(good, seen, published(book)), [], editions + 1
        edited(book, editions)
    # What a Snakemake that was killed leaves behind is no reason to clean by hand either.
    (book / ".snakemake/locks/0.output.lock").write_text("_build/stage/published\n")
    _checked(good, seen, build(book))
    leftovers = {file.name for file in (book / "_build").iterdir()}
    assert leftovers == {".home", ".lock", "executed", "html", "pdf", "stage"}


def test_when_there_is_evidence_then_both_volumes_are_published(book):
    build(edited(book, -2))
    files = [volume.file for volume in volumes_of(book / "_toc.yml")]
    assert len(files) == 2
    for folder in ("pdf", "html"):
        assert sorted(file.name for file in (book / "_build" / folder).glob("*.pdf")) == sorted(
            files
        )


def _checked(good, seen, new):
    """Return `new`; fail if what was seen between was neither the good book nor the new, whole."""
    assert all(new) and new != good
    for html, pdf in seen:
        assert html in (good[0], new[0]) and pdf in (good[1], new[1])
    return new


def test_when_another_build_is_at_work_then_the_next_waits_and_both_succeed(book):
    edited(book, -1)
    one, two = start(book), start(book)
    said = [process.communicate()[0].decode() for process in (one, two)]
    assert [one.returncode, two.returncode] == [0, 0], said
    assert sum("waiting for another build, which is at work in _build\n" in s for s in said) == 1
    assert sum("published\n" in text for text in said) == 1
