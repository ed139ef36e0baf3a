"""How to cite the book and its data, in the forms that reference managers and people use."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode

Work = dict[str, Any]
"""A work to cite: ``key``, ``type`` (as ``CITATION.cff`` calls it), ``authors``, ``year``,
``date``, ``title``, ``version``, and what may be empty: ``edition``, ``note``, ``url``."""

BIBTEX = {"book": "book", "dataset": "misc"}
RIS = {"book": "BOOK", "dataset": "DATA"}
SCHEMA_ORG = {"book": "Book", "dataset": "Dataset"}
"""What each form calls a type of work."""


def works(edition: dict[str, Any]) -> dict[str, Work]:
    """Return the two works one can cite, the book and its data, from the facts of the edition."""
    year = edition["released"][:4]
    name, data = edition["name"], edition["data"]
    shared = {
        "year": year,
        "date": edition["released"],
        "url": edition["base"],
        "edition": name,
        "note": f"{edition['credit']} {edition['line']}".strip(),
    }
    key = f"osloreopened{year}{name.replace('-', '')}"
    book = shared | {
        "key": key,
        "authors": edition["authors"],
        "type": edition["type"],
        "title": f"{edition['title']}: {edition['subtitle']}",
        "version": edition["version"],
    }
    evidence = shared | {
        "key": f"{key}data",
        "authors": [data["by"]],
        "type": "dataset",
        "title": data["title"],
        "version": f"{data['version']}, data {edition['digest']}",
    }
    return {"book": book, "data": evidence}


def bibtex(work: Work) -> str:
    """Return a BibTeX entry; it ends with a line end."""
    fields = {
        "author": " and ".join(f"{{{author}}}" for author in work["authors"]),
        "title": f"{{{work['title']}}}",
        "year": work["year"],
        "edition": work["edition"],
        "version": work["version"],
        "note": f"Version {work['version']}{'. ' if work['note'] else ''}{work['note']}",
        "url": work["url"],
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{BIBTEX[work['type']]}{{{work['key']},", *lines, "}"]) + "\n"


def ris(work: Work) -> str:
    """Return a RIS record; it ends with a line end."""
    fields = [
        ("TY", RIS[work["type"]]),
        *(("AU", author) for author in work["authors"]),
        ("PY", work["year"]),
        ("DA", work["date"].replace("-", "/")),
        ("TI", work["title"]),
        ("ET", said_version(work)),
        ("N1", work["note"]),
        ("UR", work["url"]),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\n" for tag, value in fields if value or tag == "ER")


def coins(work: Work, chapter: str = "") -> str:
    """Return the book, or one of its chapters, as a COinS: what reference managers read first.

    Unlike the tags in a page's head it can say that the author is an organisation.
    """
    titles = {"rft.genre": "book", "rft.btitle": work["title"]}
    if chapter:
        titles |= {"rft.genre": "bookitem", "rft.atitle": chapter}
    said = {
        "ctx_ver": "Z39.88-2004",
        "rft_val_fmt": "info:ofi/fmt:kev:mtx:book",
        **titles,
        "rft.aucorp": " and ".join(work["authors"]),
        "rft.date": work["date"],
        "rft.edition": said_version(work),
        "rft.language": "en",
        "rft_id": work["url"],
    }
    return urlencode({key: value for key, value in said.items() if value}, quote_via=quote)


def apa(work: Work) -> str:
    """Return the reference as a sentence in APA style."""
    kind = " [Data set]" if work["type"] == "dataset" else ""
    where = f" {work['url']}" if work["url"] else ""
    title = f"{work['title']} (version {work['version']}){kind}"
    note = f" {work['note']}" if work["note"] else ""
    return f"{', & '.join(work['authors'])}. ({work['year']}). {title}.{where}{note}"


def said_version(work: Work) -> str:
    """Return a work's version and, if it is of an edition, its name."""
    return f"{work['version']}, edition {work['edition']}" if work["edition"] else work["version"]


def apa_article(reference: dict[str, Any]) -> str:
    """Return an article in ``CITATION.cff`` as a sentence in APA style, without its DOI."""
    names = [
        f"{person['family-names']}, "
        + " ".join(f"{given[0]}." for given in person["given-names"].split())
        for person in reference["authors"]
    ]
    return (
        f"{', & '.join([', '.join(names[:-1]), names[-1]] if names[1:] else names)}"
        f" ({reference['year']}). {reference['title']}. {reference['journal']},"
        f" {reference['volume']}({reference['issue']}), {reference['start']}–{reference['end']}."
    )


FORMS: dict[str, Callable[[Work], str]] = {"APA": apa, "BibTeX": bibtex, "RIS": ris}
SUFFIXES = {"BibTeX": "bib", "RIS": "ris"}
