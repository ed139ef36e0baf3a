"""Hold a data set against the schema in `data/datapackage.json` and the rules beyond it."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from tracktwo.data.validation.cells import read_cells
from tracktwo.data.validation.coding import Coding
from tracktwo.data.validation.csvfile import RawTable, read_csv
from tracktwo.data.validation.keys import check_foreign_keys, check_primary_key
from tracktwo.data.validation.people import partial_of, partial_problems, people_of
from tracktwo.data.validation.problems import DataError, Problem
from tracktwo.data.validation.rounds import Rounds, read_rounds
from tracktwo.data.validation.rules import broken_rules
from tracktwo.ground import paths


def read_descriptor() -> dict[str, Any]:
    """Return the repository's data package; a data set's own is never asked."""
    return json.loads((paths.DATA / "datapackage.json").read_text(encoding="utf-8"))


def validate(folder: Path) -> tuple[dict[str, pd.DataFrame], dict[str, Rounds], str]:
    """Read and check the data set in `folder`.

    Returns
    -------
    tables : dict of pandas.DataFrame
        Typed tables by the name of their resource, one row a row of the file.
    rounds : dict
        Of each part of the codebook the rounds of coding, each with its two coders.
    digest : str
        Short SHA-256 of the files' text, the same whatever their line ends, of the rounds,
        and of what is said of people and coders of a sample, if anything.

    Raises
    ------
    DataError
        With all problems found, when there is any.
    """
    from frictionless import Schema  # takes half a second: only who validates pays

    if found := paths.not_a_folder(folder):
        raise DataError([Problem(str(folder), None, None, found, "a data set's folder")])
    folder = folder.resolve()
    resources = {resource["name"]: resource for resource in read_descriptor()["resources"]}
    schemas = {name: Schema.from_descriptor(r["schema"]) for name, r in resources.items()}
    raw = {n: read_csv(folder, r["path"], schemas[n].field_names) for n, r in resources.items()}
    typed = {name: read_cells(table, schemas[name]) for name, table in raw.items()}
    for name, schema in schemas.items():
        check_primary_key(raw[name], schema)
        check_foreign_keys(name, raw, schema)
    _check_rules(raw, typed, resources, folder)
    rounds, wrong = _rounds(folder, typed, resources)
    if problems := [problem for table in raw.values() for problem in _in_order(table)] + wrong:
        raise DataError(problems)
    tables = {name: table.reset_index(drop=True) for name, table in typed.items()}
    return tables, rounds, _digest(raw, rounds, coders_of(folder))


def _check_rules(
    raw: dict[str, RawTable],
    typed: dict[str, pd.DataFrame],
    resources: dict[str, dict[str, Any]],
    folder: Path,
) -> None:
    """Report broken rules among the tables that were read whole.

    A faulty codebook would blame thousands of good codes, so it must be mended first; and of a
    cell that the schema refuses, nothing more is said.
    """
    whole = {
        name: table
        for name, table in typed.items()
        if raw[name].complete and not (name == "codebook" and raw[name].problems)
    }
    breaches = list(broken_rules(whole))
    for name, resource in resources.items():
        if coding := _coding(name, resource.get("coding"), whole, raw):
            coding = replace(coding, partial=frozenset(partial_of(folder, name)))
            breaches += [(name, *breach) for breach in coding.breaches()]
    told = {name: {(p.row, p.column) for p in table.problems} for name, table in raw.items()}
    for name, row, column, found, allowed in breaches:
        if row not in raw[name].ragged and (row, column) not in told[name]:
            raw[name].report(row, column, found, allowed)


def _coding(
    name: str,
    said: dict[str, Any] | None,
    tables: dict[str, pd.DataFrame],
    raw: dict[str, RawTable],
) -> Coding | None:
    """Return the table of codes as the descriptor says it, if its tables are all there.

    A row of the wrong length may be no unit at all: nobody is asked for its codes.
    """
    if not said or not {name, said["table"], "codebook"} <= set(tables):
        return None
    book = tables["codebook"]
    return Coding(
        codes=tables[name],
        book=book[book["part"] == said["part"]],
        units=tables[said["table"]]["id"].drop([*raw[said["table"]].ragged]).dropna(),
        column=said["column"],
        optional=frozenset(said["optional"]),
    )


def _rounds(
    folder: Path, typed: dict[str, pd.DataFrame], resources: dict[str, dict[str, Any]]
) -> tuple[dict[str, Rounds], list[Problem]]:
    """Return the rounds of coding by part of the codebook, and what is wrong with them."""
    rounds: dict[str, Rounds] = {}
    problems: list[Problem] = []
    for name, resource in resources.items():
        if (coding := resource.get("coding")) and "coder" in typed[name]:
            coders = [str(coder) for coder in typed[name]["coder"].dropna().unique()]
            whole = [coder for coder in coders if coder not in partial_of(folder, name)]
            rounds[coding["part"]], wrong = read_rounds(folder, name, whole)
            wrong = [*wrong, *partial_problems(folder, name, coders)]
            problems += [problem for problem in wrong if problem not in problems]
    return rounds, problems


def _in_order(table: RawTable) -> list[Problem]:
    return sorted(table.problems, key=lambda problem: problem.row or 0)


def coders_of(folder: Path) -> dict[str, Any]:
    """Return who of a data set's coders are ``people``, and by part who coded a sample."""
    tables = {
        r["name"]: c["part"] for r in read_descriptor()["resources"] if (c := r.get("coding"))
    }
    lists = {part: partial_of(folder, table) for table, part in tables.items()}
    return {
        "people": people_of(folder),
        "partial": {p: names for p, names in lists.items() if names},
    }


def _digest(raw: dict[str, RawTable], rounds: dict[str, Rounds], coders: dict[str, Any]) -> str:
    texts = "\0".join(f"{table.path}\0{table.text}" for table in raw.values())
    texts += json.dumps(rounds)
    texts += json.dumps(coders) if any(coders.values()) else ""
    return hashlib.sha256(texts.encode()).hexdigest()[:12]
