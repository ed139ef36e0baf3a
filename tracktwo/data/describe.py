"""A study described as a data package, to travel with its files."""

import copy
from typing import Any

from tracktwo.data.study import Study


def descriptor_of(study: Study) -> dict[str, Any]:
    """Return the ``datapackage.json`` of a study.

    What the data set says of itself, and the schema of the files that are there; each table of
    codes with the rounds of coding, and with those who coded a sample.
    """
    tables = [copy.deepcopy(resource) for resource in study.package.resources.values()]
    for coding in [table["coding"] for table in tables if "coding" in table]:
        part = coding["part"]
        coding["rounds"] = {name: list(pair) for name, pair in study.rounds[part].items()}
        if partial := study.partial.get(part):
            coding["partial"] = list(partial)
    plain = {"title": study.package.title, "description": study.package.description}
    return {**plain, **study.package.said, "resources": tables}
