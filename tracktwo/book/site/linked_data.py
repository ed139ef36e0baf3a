"""The book and its data described for machines: schema.org and Croissant, as JSON-LD."""

import hashlib
from pathlib import Path
from typing import Any

from tracktwo.book.site.citation import SCHEMA_ORG

SCHEMA = "https://schema.org"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
TYPES = {"integer": "sc:Integer", "year": "sc:Integer", "boolean": "sc:Boolean", "date": "sc:Date"}
"""Types of the data package other than text, as Croissant names them."""


def _authors(names: list[str]) -> dict[str, str] | list[dict[str, str]]:
    found = [{"@type": "Organization", "name": name} for name in names]
    return found[0] if len(found) == 1 else found


def _shared(edition: dict[str, Any], authors: list[str]) -> dict[str, Any]:
    return {
        "author": _authors(authors),
        "datePublished": edition["released"],
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "keywords": edition["keywords"],
        "license": LICENCE,
    }


def _said(edition: dict[str, Any]) -> dict[str, str]:
    """Return what tells an edition from the published one; nothing of that itself."""
    line = f"{edition['credit']} {edition['line']}"
    return {"disambiguatingDescription": line} if edition["name"] else {}


def _at(edition: dict[str, Any], file: str = "") -> dict[str, str]:
    return {"url": f"{edition['base']}/{file}"} if edition["base"] else {}


def book(edition: dict[str, Any]) -> dict[str, Any]:
    """Return the book as schema.org describes it, naming what it replicates."""
    replicated = edition["article"]
    return {
        "@context": SCHEMA,
        "@type": SCHEMA_ORG[edition["type"]],
        "name": edition["title"],
        "alternativeHeadline": edition["subtitle"],
        "abstract": edition["abstract"],
        "version": edition["version"],
        **({"bookEdition": edition["name"]} if edition["name"] else {}),
        **_said(edition),
        **_shared(edition, edition["authors"]),
        **_at(edition),
        "isBasedOn": {
            "@type": "ScholarlyArticle",
            "headline": replicated["title"],
            "sameAs": f"https://doi.org/{replicated['doi']}",
        },
    }


def chapter(edition: dict[str, Any], title: str) -> dict[str, Any]:
    """Return a chapter of the book as schema.org describes it."""
    whole = book(edition)
    part_of = {key: whole[key] for key in ("@type", "name", "version", "url") if key in whole}
    kept = ("@context", "author", "datePublished", "inLanguage", "license")
    said = {"@type": "Chapter", "name": title, "isPartOf": part_of}
    return {key: whole[key] for key in kept} | said


def dataset(edition: dict[str, Any]) -> dict[str, Any]:
    """Return the data as a schema.org Dataset, from the data package's own description."""
    address = f"{edition['base']}/" if edition["base"] else ""
    name, package = edition["name"], edition["descriptor"]
    return {
        "@context": SCHEMA,
        "@type": SCHEMA_ORG["dataset"],
        "name": f"{package['title']}{f' — edition {name}' if name else ''}",
        "description": package["description"],
        "version": f"{edition['data']['version']}+{edition['digest']}",
        **_said(edition),
        **_shared(edition, [edition["data"]["by"]]),
        **_at(edition, "downloads.html"),
        "distribution": {
            "@type": "DataDownload",
            "encodingFormat": "application/zip",
            "contentUrl": f"{address}downloads/data.zip",
        },
    }


def croissant(archive: Path, edition: dict[str, Any]) -> dict[str, Any]:
    """Describe the data package in `archive` in the Croissant 1.0 format.

    Parameters
    ----------
    archive
        The zip that holds it, whose checksum is given.
    edition
        The facts of the edition.
    """
    package = edition["descriptor"]
    sha256 = hashlib.sha256(archive.read_bytes()).hexdigest()
    box = {
        "@type": "cr:FileObject",
        "@id": archive.name,
        "name": archive.name,
        "contentUrl": archive.name,
        "encodingFormat": "application/zip",
        "sha256": sha256,
    }
    about = dataset(edition)
    kept = ("name", "description", "version", "datePublished", "license", "keywords", "url")
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        **{key: about[key] for key in kept if key in about},
        **_said(edition),
        "creator": about["author"],
        "distribution": [box, *(_file(table, archive.name) for table in package["resources"])],
        "recordSet": [_records(table) for table in package["resources"]],
    }


def _file(table: dict[str, Any], archive: str) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": f"{table['name']}.csv",
        "name": table["name"],
        "description": table["description"],
        "containedIn": {"@id": archive},
        "contentUrl": f"data/{table['path']}",
        "encodingFormat": "text/csv",
    }


def _records(table: dict[str, Any]) -> dict[str, Any]:
    keys = [{"@id": f"{table['name']}/{key}"} for key in table["schema"].get("primaryKey", [])]
    return {
        "@type": "cr:RecordSet",
        "@id": table["name"],
        "name": table["title"],
        "description": table["description"],
        **({"key": keys} if keys else {}),
        "field": [_field(table["name"], field) for field in table["schema"]["fields"]],
    }


def _field(table: str, field: dict[str, Any]) -> dict[str, Any]:
    source = {"fileObject": {"@id": f"{table}.csv"}, "extract": {"column": field["name"]}}
    several = {"repeated": True} if field["type"] == "list" else {}
    if several:
        source["transform"] = {"separator": field["delimiter"]}
    return {
        "@type": "cr:Field",
        "@id": f"{table}/{field['name']}",
        "name": field["name"],
        "description": field["description"],
        "dataType": TYPES.get(field["type"], "sc:Text"),
        **several,
        "source": source,
    }
