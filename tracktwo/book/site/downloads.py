"""What a reader can take along: data, codebook, figures, notebooks, references, descriptions."""

import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import typst
import yaml

from tracktwo.book.site import citation
from tracktwo.book.site.behind import without_marks
from tracktwo.book.site.linked_data import croissant
from tracktwo.data.validation.validate import read_descriptor
from tracktwo.ground import paths

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The oldest date a zip can hold: packed twice, the bytes are the same."""


def pack(target: Path, files: Iterable[tuple[str, Path]]) -> None:
    """Write a zip with the same bytes for the same files.

    Parameters
    ----------
    target
        The zip to write.
    files
        Pairs of a name in the zip and the file it holds.
    """
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as box:
        for name, file in sorted(files):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            box.writestr(entry, file.read_bytes())


def below(folder: Path, prefix: str) -> list[tuple[str, Path]]:
    """Return every file below `folder`, hidden ones apart, with its name in a zip."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    names = [(path.relative_to(folder), path) for path in found]
    shown = [(n, p) for n, p in names if not any(part.startswith(".") for part in n.parts)]
    return [(f"{prefix}/{name.as_posix()}", path) for name, path in shown]


def make_codebook(codebook: Path, edition: dict[str, Any], output: Path) -> None:
    """Set the codebook as a PDF/UA-1 file with the book's own fonts."""
    facts = {key: edition[key] for key in ("title", "version", "digest")}
    facts["author"] = edition["data"]["by"]
    pdf = typst.compile(
        paths.ROOT / "tracktwo/book/pdf/codebook.typ",
        font_paths=[paths.FONTS],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        sys_inputs={"codebook": codebook.read_text("utf-8-sig"), "facts": json.dumps(facts)},
    )
    output.write_bytes(pdf)


def make_downloads(
    source: Path, data: Path, edition: dict[str, Any], target: Path, root: Path = paths.ROOT
) -> list[dict[str, Any]]:
    """Write everything to take along into the new folder `target`.

    Parameters
    ----------
    source
        The assembled book: notebooks, and pictures in ``figures``.
    data
        The data set.
    edition
        The facts of the edition.
    target
        Becomes the site's folder ``downloads``.
    root
        Where licences and ``CITATION.cff`` are.

    Returns
    -------
    list of dict
        What the page of downloads lists: ``file`` (relative to the site), ``name``, ``what``
        and ``size`` in bytes, None where it is not known yet.
    """
    target.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        schema = Path(folder, "datapackage.json")
        text = json.dumps(edition["descriptor"], indent=2, ensure_ascii=False)
        schema.write_text(f"{text}\n", encoding="utf-8")
        cited = Path(folder, "CITATION.cff")
        cited.write_text(citation_text(root / cited.name, edition), encoding="utf-8")
        about = [("data/LICENSE-DATA", root / "LICENSE-DATA"), ("data/CITATION.cff", cited)]
        files = [*data_files(data), ("data/datapackage.json", schema), *about]
        pack(target / "data.zip", files)
    pack(target / "figures.zip", below(source / "figures", "figures"))
    with tempfile.TemporaryDirectory() as folder:
        for file in source.rglob("*.ipynb"):
            plain = Path(folder, file.relative_to(source))
            plain.parent.mkdir(exist_ok=True)
            plain.write_text(without_marks(file.read_text("utf-8")), encoding="utf-8")
        pack(target / "notebooks.zip", below(Path(folder), "notebooks"))
    shutil.copyfile(data / "codebook.csv", target / "codebook.csv")
    make_codebook(data / "codebook.csv", edition, target / "codebook.pdf")
    described = croissant(target / "data.zip", edition)
    text = json.dumps(described, indent=1, ensure_ascii=False)
    (target / "croissant.json").write_text(text + "\n", encoding="utf-8")
    for name, work in citation.works(edition).items():
        for form, suffix in citation.SUFFIXES.items():
            (target / f"{name}.{suffix}").write_text(citation.FORMS[form](work), encoding="utf-8")
    return listed(target, edition["pdfs"])


def data_files(data: Path) -> list[tuple[str, Path]]:
    """Return the tables of a data set and, if it has one, its README; nothing else.

    A folder of data may hold anything beside its tables.
    """
    tables = [table["path"] for table in read_descriptor()["resources"]]
    there = [path for path in sorted([*tables, "README.md"]) if (data / path).is_file()]
    return [(f"data/{path}", data / path) for path in there]


def citation_text(file: Path, edition: dict[str, Any]) -> str:
    """Return the ``CITATION.cff`` of the data: the book's own, or one that names the edition."""
    text = file.read_text("utf-8")
    if not edition["name"]:
        return text
    work = citation.works(edition)["data"]
    cited = yaml.safe_load(text)
    own = {
        "message": f"These are the data of an edition. {work['note']}",
        "title": work["title"],
        "version": work["version"],
        "authors": [{"name": author} for author in work["authors"]],
        "abstract": edition["abstract"],
        "keywords": edition["keywords"],
    }
    # The work that this one would else be cited by; what the book replicates stays.
    book = {**cited.pop("preferred-citation"), "title": edition["title"]}
    book["authors"] = [{"name": author} for author in edition["authors"]]
    references = [book, *cited["references"]]
    return yaml.safe_dump(
        {**cited, **own, "references": references}, allow_unicode=True, sort_keys=False
    )


VOLUMES = {
    "book": "typeset, tagged for screen readers",
    "data volume": "every entry, table and test, to look things up; typeset and tagged too",
}
"""What the page of downloads says of each volume's PDF."""


def listed(target: Path, pdfs: dict[str, str]) -> list[dict[str, Any]]:
    """Return what there is to take along, in the order of the page; `pdfs` names the volumes."""
    rows = [
        *((file, f"The {name} as a PDF", VOLUMES[name]) for file, name in pdfs.items()),
        ("downloads/data.zip", "Data package", "every table as CSV, with schema and licence"),
        ("downloads/codebook.csv", "Codebook", "every variable and code, as a table"),
        ("downloads/codebook.pdf", "Codebook as a PDF", "the same, to read and print"),
        ("downloads/figures.zip", "Figures", "image (SVG, PNG), spec and numbers of each"),
        ("downloads/notebooks.zip", "Notebooks", "every chapter as it was executed"),
        ("results.json", "Numbers", "every number of the text, by key, with the rows behind it"),
        ("verdicts.json", "Verdicts", "the verdict on each claim, with its estimates"),
        ("downloads/croissant.json", "Description of the data", "Croissant, for machines"),
    ]
    sizes = {f"downloads/{file.name}": file.stat().st_size for file in target.iterdir()}
    return [
        {"file": file, "name": name, "what": what, "size": sizes.get(file)}
        for file, name, what in rows
    ]
