"""What the page for human coders knows: the codebook, and what each row's stratum is.

The rows' texts are those of the explorer's data, which also hold codes; nothing here does.
"""

from collections.abc import Collection

import pandas as pd

from tracktwo.analysis.frame import Frame
from tracktwo.analysis.sample import PARTS, strata_of
from tracktwo.data.study import Study
from tracktwo.data.validation.coding import STANDS_ALONE
from tracktwo.data.validation.validate import read_descriptor

SHOWN = {
    "initiatives": {
        "title": "name",
        "text": "summary",
        "facts": [
            ["start_year", "Began"],
            ["end_year", "Ended"],
            ["convenors", "Convened by"],
            ["third_party", "Third party"],
            ["location", "Where"],
        ],
    },
    "statements": {
        "title": "title",
        "text": "paraphrase",
        "facts": [
            ["speaker", "Speaker"],
            ["organisation", "Organisation"],
            ["year", "Year"],
            ["venue_or_publisher", "Published by"],
        ],
    },
}
"""What a coder sees of a row. Notes and doubts are left out: they were written by who coded."""


def coding_data(study: Study, frame: Frame) -> dict:
    """Return what the page needs beside the explorer's data, as plain values.

    Of each part that has rows: what is shown of a row, the column of its id in the table of
    codes, the variables with their values, and the stratum of each row.
    """
    parts = {}
    for what, part in PARTS.items():
        coding = next(c for r in read_descriptor()["resources"] if (c := _coding_of(r, part)))
        if strata := strata_of(study, frame, what):
            parts[what] = SHOWN[what] | {
                "id": coding["column"],
                "variables": variables_of(study, part, study.optional_variables(part)),
                "strata": strata,
            }
    return {"digest": study.digest, "parts": parts}


def variables_of(study: Study, part: str, optional: Collection[str]) -> list[dict]:
    """Return the variables of a part of the codebook with their values and definitions."""
    book = study.codebook[study.codebook["part"] == part]
    return [
        {
            "name": name,
            "label": _spoken(name),
            "description": _text(lines["description"].iloc[0]),
            "multiple": bool(lines["multiple"].any()),
            "optional": name in optional,
            "values": [_value(line) for _, line in lines.iterrows()],
        }
        for name, lines in book.groupby("variable", sort=False)
    ]


def _value(line: pd.Series) -> dict:
    definition = _text(line["definition"])
    return {
        "value": line["value"],
        "label": line["label"],
        "definition": definition,
        "alone": STANDS_ALONE in definition,
    }


def _coding_of(resource: dict, part: str) -> dict | None:
    coding = resource.get("coding")
    return coding if coding and coding["part"] == part else None


def _spoken(name: str) -> str:
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _text(cell: object) -> str:
    return "" if pd.isna(cell) else str(cell)
