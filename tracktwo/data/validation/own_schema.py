"""The schema of one data set: the repository's, with the lists and columns of the set's own.

A data set's ``datapackage.json`` may replace the values of every closed list and the bounds of
every year, and declare further columns, which stand after ours. Nothing else of it is believed.
"""

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracktwo.data.validation.descriptor import DESCRIPTOR, resource_of
from tracktwo.data.validation.problems import Problem
from tracktwo.data.validation.self_said import FIRST, LAST, WORD
from tracktwo.data.validation.status import known_until

MAX_OWN = 40
"""Columns that a table may have beyond ours."""

NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
VALUE = re.compile(WORD["pattern"])
OWN_TYPES = ("string", "integer", "number", "year", "boolean", "date", "list")
NOT_STATED = "not_stated"
"""The one value of a closed list whose column a data set does not have."""

GIVEN = {
    *("level", "period", "stands_for", "voice", "unprompted", "group", "family", "left_out"),
    *("has_elite", "has_professional", "has_grassroots", "has_plan", "routes_in_view"),
}
"""Names that the book itself gives to columns."""


@dataclass(frozen=True)
class Column:
    """A column of a data set's own: its type, and for a closed list its values with labels."""

    name: str
    title: str
    description: str
    type: str
    labels: Mapping[str, str]


def spoken(value: str) -> str:
    """Return a value as words, for want of a label."""
    return value.replace("_", " ").capitalize()


def lists_of(resources: Mapping[str, dict[str, Any]]) -> dict[str, dict[str, str]]:
    """Return the closed lists by ``table.column``: their values, each with its label."""
    return {
        f"{name}.{field['name']}": {
            value: field.get("labels", {}).get(value, spoken(value)) for value in values
        }
        for name, resource in resources.items()
        for field in resource["schema"]["fields"]
        if (values := field.get("constraints", {}).get("enum"))
    }


def with_own_lists(
    resources: Mapping[str, dict[str, Any]], own: dict[str, Any]
) -> tuple[dict[str, dict[str, Any]], list[Problem]]:
    """Return the resources with the closed lists and years that the data set declares."""
    merged, problems = copy.deepcopy(dict(resources)), []
    sides = own.get("conflict", {})
    listed = any(
        field["name"] == "side" and field.get("constraints")
        for field in own_fields(own, "speakers")
    )
    if sides.get("sides") and not listed:
        speakers = _field(merged["speakers"], "side")
        said = {value: side["adjective"] for value, side in sides["sides"].items()}
        said |= {
            sides[role]: spoken(sides[role]) for role in ("joint", "third_party") if role in sides
        }
        speakers["constraints"]["enum"], speakers["labels"] = list(said), said
    for table, resource in merged.items():
        _describe(resource, resource_of(own, table))
        declared = {field["name"]: field for field in own_fields(own, table)}
        for field in resource["schema"]["fields"]:
            if (said := declared.get(field["name"])) is not None:
                _describe(field, said)
                problems += _take(table, field, said)
    return merged, problems


def _describe(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    """Let a data set say in its own words what a table or a column is."""
    ours |= {name: theirs[name] for name in ("title", "description") if name in theirs}


def _take(table: str, field: dict[str, Any], said: dict[str, Any]) -> Iterator[Problem]:
    """Let a data set's words on a column of ours hold, where they may."""
    ours, theirs = field.get("constraints", {}), said.get("constraints", {})
    where = f"{table}: {field['name']}: constraints"
    if not isinstance(theirs, dict):
        yield Problem(DESCRIPTOR, None, where, str(theirs), "an object")
    elif "enum" in ours and "enum" in theirs:
        if wrong := _no_list(theirs["enum"]):
            yield Problem(DESCRIPTOR, None, f"{where}: enum", *wrong)
            return
        ours["enum"] = theirs["enum"]
        known = field.pop("labels", {}) | said.get("labels", {})
        if labels := {value: known[value] for value in ours["enum"] if value in known}:
            field["labels"] = labels
    elif field["type"] == "year" and theirs.keys() & {"minimum", "maximum"}:
        for end, widest in (("minimum", FIRST), ("maximum", LAST)):
            year = theirs.get(end, widest)
            if type(year) is not int or not FIRST <= year <= LAST:
                allowed = f"a year from {FIRST} to {LAST}"
                yield Problem(DESCRIPTOR, None, f"{where}: {end}", str(year), allowed)
                return
            ours[end] = year


def _no_list(values: Any) -> tuple[str, str] | None:
    """Say what is wrong with the values of a closed list."""
    allowed = "1 to 100 different values in letters, digits and underscores"
    if not isinstance(values, list) or not 1 <= len(values) <= 100:
        return f"{len(values)} values" if isinstance(values, list) else str(values), allowed
    bad = [v for v in values if not isinstance(v, str) or len(v) > 60 or not VALUE.fullmatch(v)]
    if bad or len(set(values)) < len(values):
        return str(bad[0]) if bad else "a value twice", allowed
    return None


def own_fields(own: dict[str, Any], table: str) -> list[dict[str, Any]]:
    """Return what a descriptor says of a table's columns."""
    return resource_of(own, table).get("schema", {}).get("fields", [])


def own_columns(
    own: dict[str, Any], table: str, header: Sequence[str], taken: set[str]
) -> tuple[dict[str, dict[str, Any]], list[Problem]]:
    """Return the fields of a table's further columns, declared or plain text, and what is wrong.

    Parameters
    ----------
    header
        The further columns that the file has, in its order.
    taken
        Names that no further column may bear.
    """
    declared = {field["name"]: field for field in own_fields(own, table)}
    fields, problems = {}, []
    if len(header) > MAX_OWN:
        found = f"{len(header)} columns of the data set's own in {table}"
        return {}, [Problem(DESCRIPTOR, None, table, found, f"at most {MAX_OWN}")]
    for name in header:
        said = declared.get(name, {})
        kind, where = said.get("type", "string"), f"{table}: {name}"
        values = said.get("constraints", {})
        values = values.get("enum") if isinstance(values, dict) else None
        if not NAME.fullmatch(name) or name in taken | GIVEN:
            allowed = "a name in small letters, digits and underscores that the book does not use"
            problems.append(Problem(DESCRIPTOR, None, where, name or "no name", allowed))
        elif kind not in OWN_TYPES:
            problems.append(Problem(DESCRIPTOR, None, where, str(kind), ", ".join(OWN_TYPES)))
        elif values is not None and (kind != "string" or (wrong := _no_list(values))):
            told = wrong if kind == "string" else (f"a list of values, of type {kind}", "string")
            problems.append(Problem(DESCRIPTOR, None, where, *told))
        else:
            fields[name] = _own_field(name, kind, values, said)
    return fields, problems


def _own_field(
    name: str, kind: str, values: list[str] | None, said: dict[str, Any]
) -> dict[str, Any]:
    """Return a field of a type that Frictionless reads; of the rest of a declaration nothing."""
    field = {"name": name, "type": kind, "title": said.get("title", spoken(name))}
    field["description"] = said.get("description", "")
    if kind == "boolean":
        field |= {"trueValues": ["yes"], "falseValues": ["no"]}
    if kind == "list":
        field |= {"delimiter": " | ", "itemType": "string"}
    if values:
        field |= {"constraints": {"enum": values}, "labels": said.get("labels", {})}
    return field


def as_column(field: dict[str, Any]) -> Column:
    """Return a further column as the book knows it."""
    values = field.get("constraints", {}).get("enum", [])
    labels = {value: field.get("labels", {}).get(value, spoken(value)) for value in values}
    return Column(field["name"], field["title"], field["description"], field["type"], labels)


def with_years_of_status(resource: dict[str, Any], statuses: Sequence[str]) -> None:
    """Let ``end_status`` be ``ongoing_after_YEAR`` of any year that the data name."""
    values = _field(resource, "end_status")["constraints"]["enum"]
    named = {s for s in statuses if (year := known_until(s)) and FIRST <= year <= LAST}
    values[-1:-1] = sorted(named - set(values))


def without_column(resource: dict[str, Any], name: str) -> dict[str, Any]:
    """Return the field of a column that the file does not have, so that empty cells are good."""
    field = copy.deepcopy(_field(resource, name))
    constraints = field.setdefault("constraints", {})
    constraints.pop("required", None)
    if "enum" in constraints:
        constraints["enum"], field["labels"] = [NOT_STATED], {NOT_STATED: "Not stated"}
    return field


def _field(resource: dict[str, Any], name: str) -> dict[str, Any]:
    return next(field for field in resource["schema"]["fields"] if field["name"] == name)
