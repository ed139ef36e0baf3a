"""Open a project of strangers: a bounded zip, and in it XML without declarations of its own."""

import zipfile
from pathlib import Path, PurePosixPath
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from tracktwo.data.validation.problems import printable

QDE = "project.qde"
MAX_ENTRIES = 20_000
MAX_BYTES = 50_000_000  # of the description, unpacked; projects of the field have a few
MAX_RATIO = 200  # unpacked to packed; text packs to a tenth
MAX_DEPTH = 200


class Bounded(TreeBuilder):
    """Builds a tree of XML that declares nothing and is not endlessly deep.

    Entities and what they blow up to come from a document type declaration; no program for
    qualitative analysis writes one.
    """

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> Element:
        """Open an element."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ValueError(f"found elements deeper than {MAX_DEPTH}; allowed: a project's")
        return super().start(tag, attributes)

    def end(self, tag: str) -> Element:
        """Close an element."""
        self.depth -= 1
        return super().end(tag)

    def doctype(self, *_: object) -> None:
        """Refuse a document type declaration."""
        raise ValueError("found a document type declaration; allowed: XML without one")


def read_project(file: Path) -> Element:
    """Return the root of the description in a .qdpx file. Nothing is unpacked to the disk.

    Raises
    ------
    ValueError
        With what was found and what is allowed, when the file is no project or may do harm.
    """
    try:
        with zipfile.ZipFile(file) as box:
            return _parse(_description(box))
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        found = printable(error) or "a broken zip"
        raise ValueError(f"{file.name}: found {found}; allowed: a REFI-QDA project") from None
    except (ValueError, ParseError) as error:
        raise ValueError(f"{file.name}: {printable(error, 200)}") from None


def _description(box: zipfile.ZipFile) -> bytes:
    entries = box.infolist()
    if len(entries) > MAX_ENTRIES:
        raise ValueError(f"found {len(entries):,} files in it; allowed: at most {MAX_ENTRIES:,}")
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in (path.parts or ("",))[0]:
            raise ValueError(f"found the path {entry.filename}; allowed: paths inside the project")
    found = [entry for entry in entries if entry.filename == QDE]
    if len(found) != 1:
        raise ValueError(f"found {len(found)} files {QDE}; allowed: one, at the top")
    packed = max(found[0].compress_size, 1)
    if found[0].file_size > min(MAX_BYTES, max(packed * MAX_RATIO, 100_000)):
        size = f"{packed:,} bytes that unpack to {found[0].file_size:,}"
        raise ValueError(f"found {size}; allowed: {MAX_BYTES:,}, and {MAX_RATIO} times the packed")
    with box.open(found[0]) as opened:  # a size may be a lie: no more is read than was said
        content = opened.read(found[0].file_size + 1)
    if len(content) > found[0].file_size:
        raise ValueError("found more than the zip says; allowed: its true size")
    return content


def _parse(content: bytes) -> Element:
    parser = XMLParser(target=Bounded())
    parser.feed(content)
    return parser.close()
