"""The chapters of the book, as `_toc.yml` lists them, and the pages of an edition."""

from pathlib import Path

import yaml
from sphinx_external_toc.parsing import MalformedError, parse_toc_yaml

from tracktwo.book.yaml_files import check_yaml
from tracktwo.ground import paths

MOVED = "what_moved"
"""The notebook that opens an edition."""

FINDINGS = "findings"
"""The page of an edition that is the published book's first."""


def edition_toc(toc: Path = paths.TOC) -> str:
    """Return the table of contents of an edition: what moved comes first, then the findings.

    The page that a website opens with is its root; there an edition says what moved.
    """
    content = yaml.safe_load(toc.read_text("utf-8"))
    findings = {"file": FINDINGS}
    first = content["parts"][0] if content.get("parts") else content
    first["chapters"] = [findings, *first.get("chapters", [])]
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False)


def executed_pages(toc: Path = paths.TOC) -> dict[str, str]:
    """Return the pages of a book or an edition, each with the notebook executed for it."""
    pages = {page: page for page in parse_toc_yaml(toc)}
    if FINDINGS in pages:
        root = next(iter(pages))
        pages |= {root: MOVED, FINDINGS: root}
    return pages


def chapter_files(toc: Path = paths.TOC) -> list[str]:
    """Return the chapters' notebooks in reading order, relative to the repository's root.

    Raises
    ------
    ValueError
        When the file is no table of contents, or a listed chapter has no notebook; the message
        names it.
    """
    check_yaml(toc)
    try:
        files = [f"{name}.ipynb" for name in parse_toc_yaml(toc)]
    except MalformedError as error:
        raise ValueError(f"{toc.name} is no table of contents: {error}") from error
    missing = [file for file in files if not (toc.parent / file).is_file()]
    if missing:
        raise ValueError(f"{toc.name} lists chapters that are not there: {', '.join(missing)}")
    return files
