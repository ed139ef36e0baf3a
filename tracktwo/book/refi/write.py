"""Write a codebook (.qdc), or a sample as a project with one text a row (.qdpx)."""

import io
import zipfile
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

import pandas as pd

from tracktwo.analysis.frame import Frame
from tracktwo.analysis.sample import PARTS, sample_of
from tracktwo.book.refi.codes import codebook_element, codes_element, guid
from tracktwo.data.study import Study
from tracktwo.telling.coding import SHOWN

PROJECT = "urn:QDA-XML:project:1.0"
QDE = "project.qde"
EPOCH = (1980, 1, 1, 0, 0, 0)


def write_codebook(study: Study, what: str, target: Path) -> None:
    """Write the codebook for initiatives or statements as a .qdc file."""
    _put(target, _as_xml(codebook_element(study, PARTS[what])))


def write_sample(study: Study, what: str, seed: int, size: int, target: Path) -> int:
    """Write a sample as a .qdpx project, and return how many rows it has.

    Each row is a text named by its id, with what the page for coders shows and no codes.

    Parameters
    ----------
    what
        ``initiatives`` or ``statements``.
    """
    ids = sample_of(study, Frame.of(study), what, seed, size)
    rows = study.initiatives.set_index("id") if what == "initiatives" else study.wide_statements()
    name = f"{what} of data {study.digest}, draw {seed}, {len(ids)} rows"
    project = Element("Project", {"xmlns": PROJECT, "name": name, "origin": "tracktwo"})
    book = SubElement(project, "CodeBook")
    book.append(codes_element(study, PARTS[what]))
    sources = SubElement(project, "Sources")
    texts = {}
    for key in ids:
        at = guid("source", key)
        path = f"internal://{at}.txt"
        SubElement(sources, "TextSource", {"guid": at, "name": key, "plainTextPath": path})
        texts[f"sources/{at}.txt"] = text_of(study, what, key, rows.loc[key]).encode("utf-8")
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as project_file:
        for entry, content in {QDE: _as_xml(project), **texts}.items():
            project_file.writestr(zipfile.ZipInfo(entry, EPOCH), content, zipfile.ZIP_DEFLATED)
    _put(target, box.getvalue())
    return len(ids)


def text_of(study: Study, what: str, key: str, row: pd.Series) -> str:
    """Return what a coder reads of a row: title, text, facts and sources, and no codes."""
    shown = SHOWN[what]
    lines = [_text(row[shown["title"]]), "", _text(row[shown["text"]]), ""]
    lines += [
        f"{label}: {_text(row[column])}" for column, label in shown["facts"] if _text(row[column])
    ]
    if what == "initiatives":
        sources = study.sources[study.sources["initiative_id"] == key]
        found = zip(sources["title"], sources["author_or_publisher"], sources["url"], strict=True)
        lines += ["Source: " + ". ".join(filter(None, map(_text, source))) for source in found]
    else:
        lines += [f"Source: {_text(row['url'])}"] if _text(row["url"]) else []
    return "\n".join(lines) + "\n"


def _text(cell: object) -> str:
    if isinstance(cell, tuple):
        return "; ".join(cell)
    return "" if pd.isna(cell) else " ".join(str(cell).split())


def _as_xml(root: Element) -> bytes:
    indent(root)
    out = io.BytesIO()
    ElementTree(root).write(out, encoding="utf-8", xml_declaration=True)
    return out.getvalue() + b"\n"


def _put(target: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    fresh = target.with_name(f"{target.name}.new")
    fresh.write_bytes(content)
    fresh.replace(target)
