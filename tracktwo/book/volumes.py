"""The volumes that the book is set in: one to read and, if there is one, one to look things up."""

from dataclasses import dataclass
from pathlib import Path

from sphinx_external_toc.parsing import parse_toc_yaml

from tracktwo.ground import paths

EVIDENCE = "Evidence"
"""The caption of the part of `_toc.yml` that makes the data volume."""


ON_SCREEN = ("chapters/explorer", "chapters/code")
"""Pages that paper has no use for."""


@dataclass(frozen=True)
class Volume:
    """A PDF of its own.

    Attributes
    ----------
    name : str
        What the other volume calls it.
    file : str
        The name of its PDF.
    pages : list of str
        Its pages in reading order.
    """

    name: str
    file: str
    pages: list[str]


STEM = "oslo-and-its-aftermath-reopened"
"""How the names of the published book's PDFs begin."""


def volumes_of(toc: Path = paths.TOC, stem: str = STEM) -> list[Volume]:
    """Return the book and, where `toc` has a part for the evidence, the data volume.

    The names of their PDFs begin with `stem`: an edition's with its own name.
    """
    site = parse_toc_yaml(toc)

    def below(name: str) -> list[str]:
        trees = site[name].subtrees if name in site else []
        return [name, *(page for tree in trees for item in tree.items for page in below(str(item)))]

    book, data = [site.root.docname], []
    for tree in site.root.subtrees:
        pages = data if tree.caption == EVIDENCE else book
        found = [page for item in tree.items for page in below(str(item))]
        pages += [page for page in found if page not in ON_SCREEN]
    volumes = [
        Volume("book", f"{stem}.pdf", book),
        Volume("data volume", f"{stem}-data-volume.pdf", data),
    ]
    return [volume for volume in volumes if volume.pages]
