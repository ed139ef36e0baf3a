"""Build the website from executed chapters, aside, with every warning an error.

python -m tracktwo.book.site.build_site EXECUTED OUTPUT --data DIR --edition FACTS TOC
    --pictures DIR --scripts DIR --beside FILE...
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import yaml
from nbformat import NotebookNode

from tracktwo.book import notebooks
from tracktwo.book.edition_pages import as_edition
from tracktwo.book.errors import attempt
from tracktwo.book.site import behind, citation, live
from tracktwo.book.site.downloads import make_downloads
from tracktwo.book.site.figure_files import gather
from tracktwo.book.site.finishing import finish
from tracktwo.book.site.lost import labels_of, without_lost
from tracktwo.book.site.render import EDITION
from tracktwo.book.site.web_fonts import build_in, trim_fonts
from tracktwo.book.toc import executed_pages
from tracktwo.book.volumes import volumes_of
from tracktwo.ground import paths

WORDS = "words"
"""The tag of a cell whose code is nothing but the words that stand below it."""

EPOCH = "1262304000"
"""The date of everything in the site unless SOURCE_DATE_EPOCH says otherwise: 2010-01-01."""


class SiteError(Exception):
    """A site that could not be built; its text is the message for the user."""


def assemble(
    executed: Path,
    source: Path,
    pictures: Path,
    edition: dict[str, Any],
    toc: Path = paths.TOC,
    root: Path = paths.ROOT,
) -> None:
    """Put the book's own files, and nothing else, together in the folder `source`.

    Parameters
    ----------
    executed, pictures
        The executed chapters with their figures; the figures as PNG, and as scripts the live.
    source
        The new folder.
    edition
        The facts of the edition.
    toc
        Its table of contents.
    root
        Where everything else comes from.
    """
    pages = executed_pages(toc)
    names = list(pages.values())
    shown = {
        page: notebooks.without_injected(
            behind.mark(notebooks.read(executed / f"{name}.ipynb"), Path(name).name)
        )
        for page, name in pages.items()
    }
    labels = labels_of(shown.values())
    for page, notebook in shown.items():
        ready = without_lost(notebook, labels)
        if edition["name"]:
            ready = as_edition(ready, page, pages[page])
        notebooks.write(for_site(ready), source / f"{page}.ipynb")
    gather((executed / "figures" / name for name in names), source / "figures")
    (source / "live").mkdir()
    for kind, folder in (("*.png", "figures"), ("*.js", "live")):
        for file in (file for name in names for file in sorted((pictures / name).glob(kind))):
            shutil.copyfile(file, source / folder / file.name)
    shutil.copyfile(toc, source / "_toc.yml")
    shutil.copyfile(root / "references.bib", source / "references.bib")
    # The PDF and the figures need fonts as TrueType; browsers take the smaller ones.
    # Jupyter Book would put scripts and style sheets on demand into every page's head.
    ignored = shutil.ignore_patterns("*.ttf", live.ON_DEMAND.name)
    for name in ("_static", "_templates"):
        shutil.copytree(root / name, source / name, ignore=ignored)
    (source / "extra").mkdir()
    for name in ("LICENSE", "LICENSE-DATA"):
        shutil.copyfile(root / name, source / "extra" / f"{name}.txt")


def for_site(notebook: NotebookNode) -> NotebookNode:
    """Return `notebook` as readers get it: words without the code that says them.

    Other code stays whole, without folds of its own: each page has one switch for all of it.
    """
    for cell in notebook.cells:
        tags = [tag for tag in cell.metadata.get("tags", []) if tag != "hide-input"]
        cell.metadata["tags"] = [*tags, "remove-input"] if WORDS in tags else tags
    return notebook


def configure(
    source: Path, data: Path, edition: dict[str, Any], root: Path = paths.ROOT
) -> dict[str, Any]:
    """Write the settings, with what templates say of the edition; return the latter."""
    pages = executed_pages(source / "_toc.yml")
    edition = {
        **edition,
        "pdfs": {v.file: v.name for v in volumes_of(source / "_toc.yml", edition["stem"])},
    }
    edition["numbers"] = behind.listed(
        behind.results_in(source / "extra"), {name: page for page, name in pages.items()}
    )
    edition["downloads"] = make_downloads(source, data, edition, source / "downloads", root)
    edition["citations"] = [
        {"name": name, "forms": {form: say(work) for form, say in citation.FORMS.items()}}
        for name, work in citation.works(edition).items()
    ]
    edition["article_cited"] = citation.apa_article(edition["article"])
    settings = yaml.safe_load((root / "_config.yml").read_text("utf-8"))
    settings["title"] = edition["title"]
    text = yaml.safe_dump(settings, allow_unicode=True, sort_keys=False)
    (source / "_config.yml").write_text(text, encoding="utf-8")
    (source / EDITION).write_text(json.dumps(edition, ensure_ascii=False), encoding="utf-8")
    return edition


def run_jupyter_book(source: Path, output: Path) -> Path:
    """Build `source` below `output` and return the folder of pages.

    Raises
    ------
    SiteError
        When there is any warning; the message has all of them, each with its page.
    """
    html = output / "_build" / "html"
    command = [sys.executable, "-m", "tracktwo.book.site.render", str(source), str(html)]
    environment = {"SOURCE_DATE_EPOCH": EPOCH, **os.environ, "NO_COLOR": "1"}
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if run.returncode:
        raise SiteError(explain(run.stderr or run.stdout, source))
    return html


def explain(log: str, source: Path) -> str:
    """Return the warnings in Sphinx's `log`, with pages and cells as in the repository."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", log).replace(f"{source}/", "")
    lines = [line for line in text.splitlines() if re.search(r"WARNING|ERROR|CRITICAL", line)]
    named = [re.sub(r"(\.ipynb):(\d+)(\d{4}):", _cell_and_line, line) for line in lines]
    return "the site has problems:\n" + "\n".join(f"    {line}" for line in named or [text.strip()])


def _cell_and_line(match: re.Match[str]) -> str:
    """MyST-NB counts lines as 10,000 times the cell plus the line in it."""
    name, cell, line = match.groups()
    return f"{name}, cell {cell}, line {int(line)}:"


def build(
    executed: Path,
    output: Path,
    data: Path,
    edition: tuple[Path, Path],
    pictures: Path,
    scripts: Path,
    beside: list[Path],
) -> None:
    """Build the whole site from the chapters in `executed` into the new folder `output`.

    Parameters
    ----------
    edition
        The files of the edition's facts and of its table of contents.

    Raises
    ------
    SiteError
        When Jupyter Book has anything to complain about.
    """
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder).resolve()
        facts = json.loads(edition[0].read_text("utf-8"))
        assemble(executed, work / "source", pictures, facts, edition[1])
        for file in beside:
            shutil.copyfile(file, work / "source" / "extra" / file.name)
        facts = configure(work / "source", data, facts)
        html = run_jupyter_book(work / "source", work)
        finish(html, work / "source", facts)
        live.install(html, work / "source", scripts)
        trim_fonts(html)
        build_in(html)
        shutil.rmtree(output, ignore_errors=True)
        shutil.move(html, output)


def main(arguments: list[str] | None = None) -> int:
    """Build the site from the command line; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tracktwo.book.site.build_site", description=__doc__
    )
    for name in ("executed", "output"):
        parser.add_argument(name, type=Path)
    for name in ("--data", "--pictures", "--scripts"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--edition", type=Path, nargs=2, required=True, metavar=("FACTS", "TOC"))
    parser.add_argument("--beside", type=Path, nargs="*", default=[], metavar="FILE")
    options = parser.parse_args(arguments)
    start = time.monotonic()
    given = (options.executed, options.output, options.data, tuple(options.edition))
    given += (options.pictures, options.scripts, options.beside)
    code = attempt(lambda: build(*given), SiteError, ValueError)
    if not code:
        print(f"built the site ({time.monotonic() - start:.1f} s)", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
