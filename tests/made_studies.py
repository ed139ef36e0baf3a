"""The published data set, and data sets whose truth the test has planted.

`write_planted_study(folder, starts)` takes one pair a initiative: the year it began (None when
it is not known) and its level.
"""

import csv
import dataclasses
import functools
import shutil

from small_study import CODERS, INVENTORY, TABLES, write_small_study

from tracktwo import Frame, open_study
from tracktwo.claims.claims import tested
from tracktwo.claims.specifications import take_inventory
from tracktwo.claims.verdicts import reach, reach_one
from tracktwo.ground import paths

ALWAYS = INVENTORY["peace-team"].removeprefix("participants=grassroots ")
PARTICIPANTS = {
    "elite": "participants=elite",
    "professional": "participants=professional",
    "mixed": "participants=elite participants=grassroots",
    "grassroots": "participants=grassroots",
}
COLUMNS = TABLES["inventory/initiatives.csv"].splitlines()[0].split(",")
PLAIN = {
    "end_status": "unknown",
    "third_party_type": "none",
    "scope": "binational",
    "unit": "initiative",
    "borderline": "no",
    "summary": "They meet.",
    "evidence_grade": "A",
    "source_check": "confirmed",
    "wave": "first",
}


@functools.cache
def published():
    """Return the published study, opened once for all tests."""
    return open_study()


def quick_verdicts(study, *claims):
    """Return what `reach` finds of some claims (of all if none is named), its curves without
    the intervals that take long.
    """
    frame = Frame.of(study)
    inventory = dataclasses.replace(take_inventory(study, frame), draws=0)
    return {c: reach_one(c, study, frame, inventory) for c in claims or tested(study)}


@functools.cache
def published_verdicts():
    """Return the verdicts on the published study, reached once for all tests."""
    return reach(published(), Frame())


def write_planted_study(folder, starts, coders=CODERS, codes=ALWAYS, **columns):
    """Write a valid data set whose initiatives began and were made up as `starts` says.

    `coders` is who coded them, all alike; `codes` the rest of each one's codes; `columns`
    replace what all rows have in a column.
    """
    write_small_study(folder)
    for name in ("facts", "claims"):
        shutil.copyfile(paths.DATA / f"article/{name}.csv", folder / f"article/{name}.csv")
    ids = [f"made-{i:03}" for i in range(len(starts))]
    rows = [
        PLAIN | {"id": key, "name": f"Made {key[-3:]}", "start_year": year or ""} | columns
        for key, (year, _) in zip(ids, starts, strict=True)
    ]
    write_table(folder / "inventory/initiatives.csv", COLUMNS, rows)
    sources = [
        {"initiative_id": key, "source_no": 1, "title": "A book", "author_or_publisher": "A"}
        | {"year": 2003, "copy": "original", "access": "read", "supports": "name"}
        for key in ids
    ]
    header = TABLES["inventory/sources.csv"].splitlines()[0].split(",")
    write_table(folder / "inventory/sources.csv", header, sources)
    given = [
        {"initiative_id": key, "coder": coder} | dict(zip(("variable", "value"), code, strict=True))
        for key, (_, level) in zip(ids, starts, strict=True)
        for coder in coders
        for code in (pair.split("=") for pair in f"{PARTICIPANTS[level]} {codes}".split())
    ]
    write_table(
        folder / "inventory/codes.csv", ["initiative_id", "coder", "variable", "value"], given
    )
    return folder


def write_table(path, columns, rows):
    """Write rows as the CSV file at `path`; what a row does not say is empty."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
