"""The codebook of a data set as REFI-QDA codes: a code for a variable, below it its values."""

import uuid
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

import pandas as pd

from tracktwo.data.study import Study

CODEBOOK = "urn:QDA-XML:codebook:1.0"
SPACE = uuid.UUID("6f1a3a2e-54a5-4f53-9a3b-2f6f6b2c8f10")
"""Where identifiers are made: the same thing has the same one in every export."""


def guid(*names: str) -> str:
    """Return the identifier of what `names` name."""
    return str(uuid.uuid5(SPACE, "/".join(names)))


def codes_element(study: Study, part: str) -> Element:
    """Return the element ``Codes`` of a part of the codebook.

    A variable cannot be given, a value can: ``isCodable``. Names are the labels that readers
    know; the words of the data follow from the identifiers.
    """
    codes = Element("Codes")
    for variable, lines in _variables(study, part):
        described = [lines["description"].iloc[0], _how_many(lines)]
        above = _code(codes, guid(part, variable), spoken(variable), False, described)
        for line in lines.itertuples():
            key = guid(part, variable, line.value)
            _code(above, key, line.label, True, [line.definition])
    return codes


def codebook_element(study: Study, part: str) -> Element:
    """Return a part of the codebook as the root of a .qdc file.

    One part a file: both may have a variable of the same name, which programs refuse.
    """
    root = Element("CodeBook", {"xmlns": CODEBOOK, "origin": "tracktwo"})
    root.append(codes_element(study, part))
    return root


def spoken(variable: str) -> str:
    """Return a variable's name as the codebook's programs show it."""
    words = variable.replace("_", " ")
    return words[:1].upper() + words[1:]


def meanings(study: Study, part: str) -> dict[str, tuple[str, str]]:
    """Return variable and value by identifier, and by the names of both in small letters.

    Programs may give imported codes identifiers of their own, but keep names.
    """
    found = {}
    for variable, lines in _variables(study, part):
        for line in lines.itertuples():
            meant = (variable, line.value)
            found[guid(part, variable, line.value)] = meant
            for name in (line.label, line.value):
                found[path_of(spoken(variable), name)] = meant
    return found


def path_of(variable: str, value: str) -> str:
    """Return how a code below another is looked up by names."""
    return f"{variable.strip()}/{value.strip()}".casefold()


def _variables(study: Study, part: str) -> Iterator[tuple[str, pd.DataFrame]]:
    book = study.codebook[study.codebook["part"] == part]
    for variable, lines in book.groupby("variable", sort=False):
        yield str(variable), lines


def _how_many(lines: pd.DataFrame) -> str:
    return "Any number of these" if lines["multiple"].any() else "One of these"


def _code(above: Element, key: str, name: str, codable: bool, described: list[object]) -> Element:
    named = {"guid": key, "name": name, "isCodable": str(codable).lower()}
    code = SubElement(above, "Code", named)
    if text := ". ".join(str(x) for x in described if not pd.isna(x) and x):
        SubElement(code, "Description").text = text
    return code
