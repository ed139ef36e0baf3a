"""Hold a data set against its schema and the rules beyond it."""

import copy
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from tracktwo.data.make_package import make_package
from tracktwo.data.package import Package, published
from tracktwo.data.validation.coding import Coding
from tracktwo.data.validation.csvfile import RawTable
from tracktwo.data.validation.descriptor import read_own
from tracktwo.data.validation.own_schema import lists_of
from tracktwo.data.validation.partial import partial_of, partial_problems
from tracktwo.data.validation.problems import DataError, Problem
from tracktwo.data.validation.rounds import Rounds, read_rounds
from tracktwo.data.validation.rules import broken_rules
from tracktwo.data.validation.self_said import check_self_said
from tracktwo.data.validation.tables import Tables, read_tables, variables_have_names_of_their_own
from tracktwo.ground import paths

MEANING = ("frame", "roles", "conflict")
"""What a data set says of itself that decides how its rows are counted."""


def read_descriptor() -> dict[str, Any]:
    """Return the repository's data package: the schema that every data set starts from."""
    return copy.deepcopy(published())


@dataclass(frozen=True)
class Valid:
    """A data set that holds: its tables, rounds of coding, digest and package.

    Attributes
    ----------
    tables : dict of pandas.DataFrame
        Typed tables by the name of their resource, one row a row of the file; a table of no rows
        where an optional file is not there.
    rounds : dict
        Of each part of the codebook the rounds of coding, each with its two coders.
    digest : str
        Short SHA-256 of the files' text, the same whatever their line ends, of the rounds, and
        of what the data set's words mean where that is not as published.
    package : Package
        What the data set says of itself.
    partial : dict
        Of each part of the codebook the coders of a sample, where there are any.
    """

    tables: dict[str, pd.DataFrame]
    rounds: dict[str, Rounds]
    digest: str
    package: Package
    partial: dict[str, tuple[str, ...]]


def validate(folder: Path) -> Valid:
    """Read and check the data set in `folder`.

    Raises
    ------
    DataError
        With all problems found, when there is any.
    """
    if found := paths.not_a_folder(folder):
        raise DataError([Problem(str(folder), None, None, found, "a data set's folder")])
    folder = folder.resolve()
    usual = {resource["name"]: resource for resource in read_descriptor()["resources"]}
    own, wrong = read_own(folder)
    wrong += check_self_said(own)
    own = {} if wrong else own
    tables, of_tables = read_tables(folder, usual, own)
    partial = _partial(folder, usual)
    coders = [c for c in _coders(tables.typed["codes"]) if c not in partial.get("inventory", ())]
    package, of_package = make_package(own, folder.name, tables, coders)
    _check_rules(tables, package, partial)
    rounds, of_rounds = _rounds(folder, tables.typed, usual, partial)
    wrong += of_tables + [p for p in of_rounds if p not in wrong]
    # Of files that could not be read nothing more is said: they would be blamed twice.
    wrong += of_package if _were_read(tables, "codebook", "codes") else []
    if problems := [p for table in tables.raw.values() for p in _in_order(table)] + wrong:
        raise DataError(problems)
    typed = {name: table.reset_index(drop=True) for name, table in tables.typed.items()}
    tables.digest.update((json.dumps(rounds) + _meant(own, package, partial)).encode())
    return Valid(typed, rounds, tables.digest.hexdigest()[:12], package, partial)


def _were_read(tables: Tables, *names: str) -> bool:
    return all(tables.raw[name].complete for name in names)


def _coders(codes: pd.DataFrame) -> list[str]:
    """Return who coded, in the order of the file."""
    return [str(coder) for coder in codes["coder"].dropna().unique()] if "coder" in codes else []


def _partial(folder: Path, resources: dict[str, dict[str, Any]]) -> dict[str, tuple[str, ...]]:
    """Return the coders of a sample by part of the codebook, where there are any."""
    parts = {name: c["part"] for name, r in resources.items() if (c := r.get("coding"))}
    return {part: found for name, part in parts.items() if (found := partial_of(folder, name))}


def _check_rules(tables: Tables, package: Package, partial: dict[str, tuple[str, ...]]) -> None:
    """Report broken rules among the tables that were read whole.

    A faulty codebook would blame thousands of good codes, so it must be mended first; and of a
    cell that the schema refuses, nothing more is said.
    """
    raw = tables.raw
    whole = {
        name: table
        for name, table in tables.typed.items()
        if raw[name].complete and not (name == "codebook" and raw[name].problems)
    }
    breaches = list(broken_rules(whole))
    if "codebook" in whole:
        breaches += variables_have_names_of_their_own(whole["codebook"], tables.resources)
    for name, resource in tables.resources.items():
        if coding := _coding(name, resource.get("coding"), whole, raw, package):
            of_sample = partial.get(resource["coding"]["part"], ())
            coding = replace(coding, partial=frozenset(of_sample))
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
    package: Package,
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
        deciding=package.frame["coder"],
    )


def _rounds(
    folder: Path,
    typed: dict[str, pd.DataFrame],
    resources: dict[str, dict[str, Any]],
    partial: dict[str, tuple[str, ...]],
) -> tuple[dict[str, Rounds], list[Problem]]:
    """Return the rounds of coding by part of the codebook, and what is wrong with them."""
    rounds: dict[str, Rounds] = {}
    problems: list[Problem] = []
    for name, resource in resources.items():
        if coding := resource.get("coding"):
            if not (coders := _coders(typed[name])):
                rounds[coding["part"]] = {}
                continue
            whole = [coder for coder in coders if coder not in partial.get(coding["part"], ())]
            rounds[coding["part"]], wrong = read_rounds(folder, name, whole)
            wrong = [*wrong, *partial_problems(folder, name, coders)]
            problems += [problem for problem in wrong if problem not in problems]
    return rounds, problems


def _in_order(table: RawTable) -> list[Problem]:
    return sorted(table.problems, key=lambda problem: problem.row or 0)


def _meant(own: dict[str, Any], package: Package, partial: dict[str, tuple[str, ...]]) -> str:
    """Return what the data set's words mean, as far as that is not as published."""
    said = {k: own[k] for k in MEANING if k in own and own[k] != published()[k]}
    usual = lists_of({r["name"]: r for r in published()["resources"]})
    if package.lists != usual:
        said["lists"] = package.lists
    if partial:
        said["partial"] = partial
    return json.dumps(said) if said else ""
