"""The chapters of the book, as `_toc.yml` lists them."""

from pathlib import Path

from sphinx_external_toc.parsing import MalformedError, parse_toc_yaml

from tracktwo.book.yaml_files import check_yaml
from tracktwo.ground import paths


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
