"""Add a coder's codes to a data set: `python -m tracktwo add-coder FILE NAME`.

The file has the shape of a table of codes; the page for coders and `import-qda` write such files.
Nothing is written before the data set as it would be has passed every check.
"""

import csv
import io
import json
import re
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from tracktwo.data.json_text import put
from tracktwo.data.study import PERSON, Study, open_study
from tracktwo.data.validation.coding import (
    CONSENSUS,
    Coding,
    coders_code_everything,
    codes_are_in_codebook,
    codes_go_together,
    variables_are_coded,
)
from tracktwo.data.validation.csvfile import Expected, RawTable, read_csv
from tracktwo.data.validation.descriptor import DESCRIPTOR
from tracktwo.data.validation.problems import DataError, printable
from tracktwo.data.validation.validate import read_descriptor, validate

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
DIGEST = re.compile(r"_([0-9a-f]{12})_seed\d+_n\d+")
"""In the name of a file that the page wrote: the digest of the data that it was coded from."""


def add_coder(
    file: Path, name: str, folder: Path, again: bool = False, rounds: list[str] | None = None
) -> list[str]:
    """Add the codes in `file` as those of the person `name` to the data set in `folder`.

    A coder who leaves a row or a question out is declared as a coder of a sample.

    Parameters
    ----------
    again
        Whether codes that the data set has by that name are replaced.
    rounds
        A round of coding to declare: its name and the other coder.

    Returns
    -------
    list of str
        What was done, and what a reader should know of it, a line each.

    Raises
    ------
    DataError
        When the file, or the data set with it, is not valid; nothing is written then.
    ValueError
        When the name cannot be a coder's, or is taken.
    """
    demand_name(name)
    study = open_study(folder)
    resource, given = _read(file, study)
    column = resource["coding"]["column"]
    _check(given, study, resource)
    text = (folder / resource["path"]).read_text("utf-8-sig").replace("\r\n", "\n")
    if taken := name in set(getattr(study, resource["name"])["coder"]):
        if not again:
            raise ValueError(f"{resource['path']} has codes by {name}; --replace replaces them")
        if name not in study.people(resource["coding"]["part"]):
            raise ValueError(f"{name} is no person in {DESCRIPTOR}: only a person's are replaced")
    kept = _without(text, name) if taken else f"{text.rstrip()}\n"
    codes = kept + _lines(given.cells.assign(coder=name), next(csv.reader([text.splitlines()[0]])))
    partial = not _is_whole(given, study, resource)
    pairs = (
        study.rounds[resource["coding"]["part"]] | {rounds[0]: (name, rounds[1])}
        if rounds
        else None
    )
    declared = _declare(folder, resource, name, partial, pairs)
    _put(folder, {DESCRIPTOR: declared, resource["path"]: codes})
    units = given.cells[column].nunique()
    said = [f"added {len(given.cells):,} codes of {units} {resource['coding']['table']} by {name}"]
    if resource["coding"]["optional"]:
        done = _count_finished(given, study, resource)
        said.append(f"{done} of {units} are finished: there an optional question left open is none")
    if partial:
        said.append(f"{name} stands in {DESCRIPTOR} as a coder of a sample")
    if review := study.package.review:
        said.append(f"see whether {DESCRIPTOR} still says what is true: “{review}”")
    if (found := DIGEST.search(file.name)) and found[1] != study.digest:
        said.append(f"warning: coded from data {found[1]}, added to data {study.digest}")
    return said


def demand_name(name: str) -> None:
    """Refuse a name that no coder may have.

    Raises
    ------
    ValueError
        With what was found and what is allowed.
    """
    if not NAME.fullmatch(name) or name == CONSENSUS:
        allowed = f"small letters, digits and underscores, at most 40, and not {CONSENSUS}"
        raise ValueError(f"found {printable(name)!r} as the name of a coder; allowed: {allowed}")


def as_csv(part: str, coder: str, codes: Iterable[tuple[str, str, str]]) -> str:
    """Return codes of a part of the codebook as a table that `add_coder` reads."""
    told = [r["coding"] for r in read_descriptor()["resources"] if r.get("coding")]
    column = next(coding["column"] for coding in told if coding["part"] == part)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column, "coder", "variable", "value"])
    writer.writerows([key, coder, variable, value] for key, variable, value in codes)
    return out.getvalue()


def _read(file: Path, study: Study) -> tuple[dict[str, Any], RawTable]:
    """Return what is coded, by the header's first column, and the file's cells."""
    tables = [r for r in read_descriptor()["resources"] if r.get("coding")]
    head = ""
    if file.is_file():
        with file.open("rb") as opened:
            head = opened.read(1000).decode("utf-8", "replace").partition("\n")[0]
    found = [r for r in tables if r["coding"]["column"] in head] or tables[:1]
    columns = (found[0]["coding"]["column"], "coder", "variable", "value")
    given = read_csv(file.parent.resolve(), Expected(file.name, columns, columns))
    if given.problems:
        raise DataError(given.problems)
    return found[0], given


def _check(given: RawTable, study: Study, resource: dict[str, Any]) -> None:
    """Refuse a file of more than one coder, of unknown rows, or of codes the codebook lacks."""
    column = resource["coding"]["column"]
    cells = given.cells
    known = set(_units(study, resource))
    for row, unit in cells[column].items():
        if unit not in known:
            given.report(row, column, unit, f"an id of {resource['coding']['table']}")
    for row, coder in cells["coder"].items():
        if coder != cells["coder"].iloc[0]:
            allowed = f"one coder a file ({printable(cells['coder'].iloc[0])} in its first row)"
            given.report(row, "coder", coder, allowed)
    for row in cells.index[cells.duplicated([column, "variable", "value"])]:
        given.report(row, "value", cells.loc[row, "value"], "each code once")
    coding = _coding(given.cells, study, resource)
    for row, at, found, allowed in (*codes_are_in_codebook(coding), *codes_go_together(coding)):
        given.report(row, at, found, allowed)
    if given.problems:
        raise DataError(sorted(given.problems, key=lambda problem: problem.row or 0))


def _is_whole(given: RawTable, study: Study, resource: dict[str, Any]) -> bool:
    coding = _coding(given.cells.assign(coder=CONSENSUS), study, resource)
    return not [*variables_are_coded(coding), *coders_code_everything(coding)]


def _count_finished(given: RawTable, study: Study, resource: dict[str, Any]) -> int:
    """Return on how many rows every question that is not optional was answered."""
    said = resource["coding"]
    book = study.codebook[study.codebook["part"] == said["part"]]
    wanted = set(book["variable"]) - set(said["optional"])
    answered = given.cells.groupby(said["column"])["variable"].agg(set)
    return sum(wanted <= variables for variables in answered)


def _coding(cells: pd.DataFrame, study: Study, resource: dict[str, Any]) -> Coding:
    said = resource["coding"]
    book = study.codebook[study.codebook["part"] == said["part"]]
    units, optional = _units(study, resource), frozenset(said["optional"])
    return Coding(cells, book, units, said["column"], optional)


def _units(study: Study, resource: dict[str, Any]) -> pd.Series:
    return getattr(study, resource["coding"]["table"])["id"]


def _without(text: str, name: str) -> str:
    """Return a table of codes without one coder's rows."""
    header, *rows = csv.reader(io.StringIO(text))
    place = header.index("coder")
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        [header, *(row for row in rows if row[place] != name)]
    )
    return out.getvalue()


def _lines(cells: pd.DataFrame, columns: list[str]) -> str:
    """Return codes as lines of a table with `columns`; a data set may have some of its own."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writerows(cells.to_dict("records"))
    return out.getvalue()


def _declare(
    folder: Path,
    resource: dict[str, Any],
    name: str,
    partial: bool,
    rounds: dict[str, tuple[str, str]] | None,
) -> str:
    """Return the data set's descriptor with the coder in it; what else it says stays."""
    file = folder / DESCRIPTOR
    text = file.read_text("utf-8-sig") if file.is_file() else '{\n  "resources": []\n}\n'
    own = json.loads(text)
    names = [table["name"] for table in own["resources"]]
    if resource["name"] not in names:
        tables = [*own["resources"], {"name": resource["name"]}]
        text = put(text, ["resources"], json.dumps(tables, indent=2, ensure_ascii=False))
    at = names.index(resource["name"]) if resource["name"] in names else len(names)
    coding = own["resources"][at].get("coding", {}) if at < len(names) else {}
    of_sample = [coder for coder in coding.pop("partial", []) if coder != name]
    if of_sample := of_sample + [name] * partial:
        coding["partial"] = of_sample
    if rounds:
        coding["rounds"] = rounds
    if coding:
        text = put(text, ["resources", at, "coding"], json.dumps(coding, ensure_ascii=False))
    coders = own.get("coders", {}) | {name: {"kind": PERSON}}
    lines = [f"    {json.dumps(n)}: {json.dumps(x, ensure_ascii=False)}" for n, x in coders.items()]
    return put(text, ["coders"], "{\n" + ",\n".join(lines) + "\n  }")


def _put(folder: Path, texts: dict[str, str]) -> None:
    """Check the data set with new texts of some files aside, then put them in place.

    The descriptor goes first: killed between the two, a data set names a coder too many.
    """
    with tempfile.TemporaryDirectory() as aside:
        for path in [*(r["path"] for r in read_descriptor()["resources"]), DESCRIPTOR]:
            trial = Path(aside, path)
            trial.parent.mkdir(parents=True, exist_ok=True)
            if path in texts:
                trial.write_text(texts[path], encoding="utf-8", newline="")
            elif (folder / path).is_file():
                shutil.copyfile(folder / path, trial)
        validate(Path(aside))
    for path, text in texts.items():
        fresh = folder / f"{path}.new"
        fresh.write_text(text, encoding="utf-8", newline="")
        fresh.replace(folder / path)
