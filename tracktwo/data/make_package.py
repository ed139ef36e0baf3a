"""Make a `Package` of a data set's descriptor, with plain defaults for what it leaves out."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from tracktwo.data.package import Coder, Conflict, Package, Periods, Side, published
from tracktwo.data.validation.coding import CONSENSUS
from tracktwo.data.validation.descriptor import DESCRIPTOR
from tracktwo.data.validation.own_schema import NOT_STATED, lists_of, spoken
from tracktwo.data.validation.problems import Problem
from tracktwo.data.validation.self_said import ROLES, SCHEMA
from tracktwo.data.validation.tables import Tables, as_they_are

KEPT = ("$schema", *(name for name in SCHEMA["properties"] if name != "resources"))
"""What is kept of a descriptor as it was written; the rest nobody has checked."""

LISTS = {
    "scope": "initiatives.scope",
    "units": "initiatives.unit",
    "grades": "initiatives.evidence_grade",
    "waves": "initiatives.wave",
}
"""The closed list that a parameter of the frame is made of."""

PART = {"proposition_support": "practitioners"}
"""The part of the codebook of a variable with roles, where it is not the inventory."""

HOME = {
    "wave": "initiatives.wave",
    "event_kind": "documents.event_kind",
    "practice_level": "speakers.practice_level",
    "source_check": "statements.source_check",
    "statement_wave": "statements.wave",
}
"""The closed list of what has roles but is no variable of the codebook."""


def make_package(
    own: dict[str, Any],
    folder: str,
    tables: Tables,
    coders: Sequence[str],
) -> tuple[Package, list[Problem]]:
    """Return what a data set says of itself, with plain defaults for what it leaves out.

    A default of a frame or a role is the published one, as far as the data set has such values.
    Of contributors, method and review nothing is taken for granted.

    Parameters
    ----------
    own
        The data set's descriptor, its form already checked; may be empty.
    folder
        The name of the data set's folder, its title for want of another.
    tables
        The tables of the data set, for its codebook and schema.
    coders
        Who coded all of the inventory.
    """
    book, lists = tables.typed["codebook"], lists_of(tables.resources)
    frame, of_frame = _frame(own, lists, coders)
    roles, of_roles = _roles(own, book, lists)
    conflict, of_conflict = _conflict(own, lists)
    package = Package(
        name=own.get("name", ""),
        title=own.get("title", folder),
        version=own.get("version", ""),
        description=own.get("description", ""),
        contributors=_titles(own, "contributors"),
        licence=next((x.get("title", x.get("name", "")) for x in own.get("licenses", [])), ""),
        sources=_titles(own, "sources"),
        method=own.get("method", ""),
        collected=own.get("collected", ""),
        review=own.get("review", "Nothing is said of a review."),
        reviewed=own.get("reviewed"),
        coders={name: Coder(**said) for name, said in own.get("coders", {}).items()},
        conflict=conflict,
        periods=_periods(own),
        frame=frame,
        roles=roles,
        level_labels=_level_labels(roles["participants"], book),
        lists=lists,
        columns=tables.columns,
        said={name: own[name] for name in own if name in KEPT},
        resources=as_they_are(tables),
    )
    return package, [*of_frame, *of_roles, *of_conflict]


def _titles(own: dict[str, Any], name: str) -> tuple[str, ...]:
    return tuple(item["title"] for item in own.get(name, []))


def _frame(
    own: dict[str, Any], lists: Mapping[str, Mapping[str, str]], coders: Sequence[str]
) -> tuple[dict[str, Any], list[Problem]]:
    """Return the frame's defaults, and what they name that the data set does not have."""
    said, problems = own.get("frame", {}), []
    frame = {
        name: tuple(v) if isinstance(v, list) else v for name, v in published()["frame"].items()
    }
    for name, of in LISTS.items():
        known = [*lists[of]]
        if known == [NOT_STATED]:
            frame[name] = (NOT_STATED,)
            continue
        for value in [v for v in said.get(name, []) if v not in known]:
            problems.append(Problem(DESCRIPTOR, None, f"frame: {name}", value, ", ".join(known)))
        usual = [value for value in frame[name] if value in known]
        frame[name] = tuple(said.get(name) or usual or known)
    if CONSENSUS not in coders and len(coders) == 1:
        frame["coder"] = coders[0]
    frame |= {name: value for name, value in said.items() if name not in LISTS}
    if "coder" in said and said["coder"] not in coders:
        allowed = f"a coder of the inventory ({', '.join(coders)})"
        problems.append(Problem(DESCRIPTOR, None, "frame: coder", said["coder"], allowed))
    years = [frame[name] for name in ("first_year", "break_year", "last_year")]
    if not years[0] <= years[1] < years[2]:
        found = ", ".join(map(str, years))
        allowed = "first_year, break_year and last_year in their order, the last two different"
        problems.append(Problem(DESCRIPTOR, None, "frame", found, allowed))
    return frame, problems


def _roles(
    own: dict[str, Any], book: pd.DataFrame, lists: Mapping[str, Mapping[str, str]]
) -> tuple[dict[str, dict[str, tuple[str, ...]]], list[Problem]]:
    """Return the values of each role, and those that the data set does not have."""
    roles, problems = {}, []
    for variable, names in ROLES.items():
        known, usual = _known(variable, book, lists), published()["roles"][variable]
        said = own.get("roles", {}).get(variable, {})
        for role, value in [(r, v) for r, values in said.items() for v in values]:
            if value not in known:
                where, allowed = (
                    f"roles: {variable}: {role}",
                    ", ".join(known) or "no such variable",
                )
                problems.append(Problem(DESCRIPTOR, None, where, value, allowed))
        roles[variable] = {
            role: tuple(v for v in said.get(role, usual[role]) if v in known) for role in names
        }
    return roles, problems


def _known(variable: str, book: pd.DataFrame, lists: Mapping[str, Mapping[str, str]]) -> list[str]:
    if variable in HOME:
        return [*lists[HOME[variable]]]
    part = PART.get(variable, "inventory")
    if not {"part", "variable", "value"} <= set(book):
        return []
    return list(book.loc[(book["part"] == part) & (book["variable"] == variable), "value"])


def _conflict(
    own: dict[str, Any], lists: Mapping[str, Mapping[str, str]]
) -> tuple[Conflict, list[Problem]]:
    """Return the conflict; the published one where the data set names no other."""
    said, known = own.get("conflict", published()["conflict"]), lists["speakers.side"]
    usual = published()["conflict"]
    joint, third = (said.get(r, usual[r]) for r in ("joint", "third_party"))
    given = said.get("sides") or {
        value: usual["sides"].get(value, {"adjective": label, "people": label})
        for value, label in known.items()
        if value not in (joint, third, NOT_STATED)
    }
    gone = [v for v in given if v not in known and [*known] != [NOT_STATED]]
    problems = [
        Problem(DESCRIPTOR, None, "conflict: sides", value, ", ".join(known)) for value in gone
    ]
    conflict = Conflict(
        name=said["name"],
        adjective=said["adjective"],
        sides={value: Side(**side) for value, side in given.items()},
        joint=joint if joint in known else None,
        third_party=third if third in known else None,
        words=tuple(said.get("words", ())),
    )
    return conflict, problems


def _periods(own: dict[str, Any]) -> Periods:
    """Return what the periods are called; plain words where another conflict has none."""
    if "conflict" in own and own["conflict"] != published()["conflict"]:
        usual = {"before": "up to the break", "after": "after the break", "break": "the break"}
    else:
        usual = published()["periods"]
    said = usual | own.get("periods", {})
    return Periods(said["before"], said["after"], said["break"])


def _level_labels(roles: Mapping[str, tuple[str, ...]], book: pd.DataFrame) -> dict[str, str]:
    """Return how each level is written: by the codebook's labels of its codes."""
    labels: dict[str, str] = {}
    if any(roles.values()) and "label" in book:
        lines = book[(book["part"] == "inventory") & (book["variable"] == "participants")]
        labels = dict(zip(lines["value"], lines["label"].astype(str), strict=True))
    written = {
        role: "/".join(_small(labels.get(v, v)) for v in values) or _small(spoken(role))
        for role, values in roles.items()
    }
    seniors = [written[role] for role in ("elite", "professional") if roles[role]]
    return {
        "elite/professional": "/".join(seniors) or "elite/professional",
        "mixed": "mixed",
    } | written


def _small(label: str) -> str:
    """Return a label as it stands inside a line: ``Elite`` is small, ``NGO staff`` is not."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
