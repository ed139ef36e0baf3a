"""What a data set may say of itself beyond a plain data package, and in which form.

The rules are a JSON Schema (draft 2020-12); each one's description is what a message allows.
"""

from collections.abc import Iterator
from typing import Any

from tracktwo.data.validation import characters
from tracktwo.data.validation.descriptor import DESCRIPTOR
from tracktwo.data.validation.nontext import never_text
from tracktwo.data.validation.problems import Problem

MOST = 20
"""Problems of one descriptor that are told."""

FIRST, LAST = 1000, 2100
"""The years that a data set may be about."""

KINDS = ("model", "person", "deciding pass")
"""Who a coder is: a language model, a person, or the pass that decided between others."""


def _line(limit: int) -> dict[str, Any]:
    told = f"a line of plain text of 1 to {limit:,} characters, without blanks at its ends"
    form = r"^\S(?:.*\S)?$"
    return {"type": "string", "maxLength": limit, "pattern": form, "description": told}


def _names(limit: int, least: int = 0) -> dict[str, Any]:
    told = f"a list of at most {limit} values, none of them twice"
    return {
        "type": "array",
        "items": WORD,
        "minItems": least,
        "maxItems": limit,
        "uniqueItems": True,
        "description": told,
    }


def _object(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    told = f"an object with {', '.join(properties)}, and nothing else"
    if required and len(required) < len(properties):
        told += f" ({', '.join(required)} required)"
    closed = {"type": "object", "properties": properties, "additionalProperties": False}
    return closed | {"required": list(required), "description": told}


def _mapping(keys: dict[str, Any], values: dict[str, Any], limit: int, told: str) -> dict[str, Any]:
    each = {"propertyNames": keys, "additionalProperties": values, "maxProperties": limit}
    return {"type": "object", "description": told} | each


WORD = {
    "type": "string",
    "maxLength": 60,
    "pattern": r"^[A-Za-z][A-Za-z0-9_]*$",
    "description": "a value in letters, digits and underscores that begins with a letter",
}
YEAR = {
    "type": "integer",
    "minimum": FIRST,
    "maximum": LAST,
    "description": f"a year from {FIRST} to {LAST}",
}
FLAG = {"type": "boolean", "description": "true or false"}
SIDE = _object({"adjective": _line(40), "people": _line(60)}, "adjective", "people")
CODER = _object({"label": _line(80), "kind": {"enum": [*KINDS], "description": ", ".join(KINDS)}})
TITLED = {
    "type": "object",
    "properties": {"title": _line(200)},
    "required": ["title"],
    "description": "an object with a title",
}
CONFLICT = _object(
    {
        "name": _line(80),
        "adjective": _line(60),
        "sides": _mapping(WORD, SIDE, 8, "two to eight sides, each with adjective and people")
        | {"minProperties": 2},
        "joint": WORD,
        "third_party": WORD,
        "words": {
            "type": "array",
            "items": _line(40),
            "maxItems": 100,
            "description": "a list of at most 100 words",
        },
    },
    "name",
    "adjective",
)
FRAME = _object(
    {
        "coder": WORD,
        "scope": _names(20, 1),
        "units": _names(20, 1),
        "grades": _names(20, 1),
        "nested": FLAG,
        "borderline": FLAG,
        "waves": _names(20, 1),
        "first_year": YEAR,
        "last_year": YEAR,
        "break_year": YEAR,
    }
)
PERIODS = _object({"before": _line(40), "after": _line(40), "break": _line(80)})
ROLES = {
    "participants": ("elite", "professional", "grassroots"),
    "focus": ("relationship", "outcome", "both"),
    "transfer": ("none_documented",),
    "transfer_planned": ("planned", "activity", "silent"),
    "proposition_support": ("systematic",),
    "wave": ("routes_in_view",),
    "event_kind": ("meeting",),
    "practice_level": ("practitioner",),
    "source_check": ("checked",),
    "statement_wave": ("unprompted",),
}
"""What the analysis must know of some values, by variable of the codebook or closed list."""
FIELD = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "maxLength": 60, "description": "the name of a column"},
        "title": _line(80),
        "description": _line(500),
        "type": {"type": "string", "maxLength": 20, "description": "a type"},
        "labels": _mapping(WORD, _line(80), 100, "a label in one line for each value"),
    },
    "required": ["name"],
    "description": "an object with the name of a column",
}
RESOURCE = {
    "type": "object",
    "properties": {
        "title": _line(120),
        "description": _line(1_000),
        "schema": {
            "type": "object",
            "properties": {
                "fields": {
                    "type": "array",
                    "items": FIELD,
                    "maxItems": 200,
                    "description": "a list of at most 200 columns",
                }
            },
            "description": "a table schema",
        },
    },
    "description": "a table of the data package",
}
SCHEMA = {
    "type": "object",
    "properties": {
        "name": {
            "type": "string",
            "maxLength": 80,
            "pattern": r"^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$",
            "description": "a name in small letters, digits, hyphens, dots and underscores",
        },
        "title": _line(200),
        "version": _line(40),
        "description": _line(2_000),
        "licenses": {
            "type": "array",
            "maxItems": 10,
            "items": {"type": "object", "properties": {"title": _line(200), "name": _line(80)}},
            "description": "a list of licences, each with a name or title",
        },
        "contributors": {
            "type": "array",
            "items": TITLED,
            "maxItems": 200,
            "description": "a list of contributors, each with a title",
        },
        "sources": {
            "type": "array",
            "items": TITLED,
            "maxItems": 200,
            "description": "a list of sources, each with a title",
        },
        "method": _line(2_000),
        "collected": _line(200),
        "review": _line(500),
        "reviewed": FLAG,
        "coders": _mapping(WORD, CODER, 100, "coders of the data, each with label, kind or both"),
        "conflict": CONFLICT,
        "frame": FRAME,
        "periods": PERIODS,
        "roles": _object({v: _object({r: _names(20) for r in rs}) for v, rs in ROLES.items()}),
        "resources": {
            "type": "array",
            "items": RESOURCE,
            "maxItems": 50,
            "description": "a list of at most 50 tables",
        },
    },
}


def check_self_said(own: dict[str, Any]) -> list[Problem]:
    """Return what is wrong with the form of what a data set says of itself."""
    from jsonschema import Draft202012Validator  # only who validates pays for it

    problems = []
    for error in Draft202012Validator(SCHEMA).iter_errors(own):
        where = ": ".join(str(step) for step in error.absolute_path) or None
        allowed = error.schema.get("description") or f"{error.validator} {error.validator_value}"
        problems.append(Problem(DESCRIPTOR, None, where, _found(error), allowed))
        if len(problems) == MOST:
            return problems
    said = {name: own[name] for name in SCHEMA["properties"] if name in own and name != "resources"}
    return problems or list(_unfit(said, ""))[:MOST]


def _found(error: Any) -> str:
    """Return what breaks a rule: a key that is too many or missing, or the value itself."""
    if error.validator == "additionalProperties" and isinstance(error.instance, dict):
        known = error.schema["properties"]
        return ", ".join(key for key in error.instance if key not in known)
    if error.validator == "required":
        return f"no {', '.join(key for key in error.validator_value if key not in error.instance)}"
    if isinstance(error.instance, str) and len(error.instance) > 80:
        return f"{len(error.instance):,} characters: {error.instance}"
    return str(error.instance) or "nothing"


def _unfit(value: Any, where: str) -> Iterator[Problem]:
    """Yield the texts in `value` that hold what is never text, or what no font can print."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _unfit(name, where)
            yield from _unfit(inner, f"{where}: {name}" if where else name)
    elif isinstance(value, list):
        for inner in value:
            yield from _unfit(inner, where)
    elif isinstance(value, str):
        if sign := never_text(value):
            yield Problem(DESCRIPTOR, None, where, sign, "text without control characters")
        elif stray := characters.cannot_be_printed(value):
            yield Problem(DESCRIPTOR, None, where, stray, characters.ALLOWED)
