"""The file of a sweep: which settings of the parameters are computed.

Either ``grid``, parameters with lists of values that are combined in full, or ``settings``, a
list of settings; and ``editions: true`` when each is to become a whole book.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import prod
from pathlib import Path
from typing import Any

import yaml

from tracktwo.analysis.frame import Frame
from tracktwo.book.parameters import Entry, compose, entries_of, entry_of, fault_of
from tracktwo.data.study import Study, open_study
from tracktwo.data.validation.problems import DataError, printable

MOST = 20_000
"""Settings in one sweep."""

LISTED = 20
"""Faults that are listed; the rest are counted."""

FORM = "grid (parameters with lists of values) or settings (a list of settings), and editions"


@dataclass(frozen=True)
class Grid:
    """A sweep: its settings, each parameters with values, and whether whole books are wanted."""

    settings: tuple[dict[str, Any], ...]
    editions: bool


def read_grid(file: Path) -> Grid:
    """Return the sweep that `file` asks for.

    Raises
    ------
    ValueError
        When there is no such file, or something in it is no parameter, no value of it or no
        value of the data, or the years of a setting do not go together; the message has the
        file and, for each fault, line, name, what was found and what is allowed.
    """
    node, text = compose(file)
    if node is None:
        raise ValueError(f"{file}: found nothing; allowed: {FORM}")
    parts = {entry.name: entry for entry in entries_of(node, text, file)}
    nodes = {key.value: value for key, value in node.value}
    kinds = [name for name in ("grid", "settings") if name in parts]
    strange = [e for n, e in parts.items() if n not in ("grid", "settings", "editions")]
    if len(kinds) != 1 or strange or len(node.value) > len(parts):
        line = (strange or [*parts.values()])[0].line if parts else 1
        raise ValueError(f"{file}, line {line}: found {', '.join(parts)}; allowed: {FORM}, once")
    whole = parts.get("editions")
    if whole and type(whole.value) is not bool:
        raise ValueError(f"{file}, {whole.fault(printable(whole.written), 'true or false')}")
    read = _combined if kinds == ["grid"] else _listed
    settings = read(nodes[kinds[0]], text, file)
    _refuse(file, [fault for fault in map(fault_of, _once(settings)) if fault])
    _refuse(file, _unlike_data(settings))
    named = tuple({entry.name: entry.value for entry in setting} for setting in settings)
    return Grid(named, bool(whole and whole.value))


def _refuse(file: Path, faults: list[str]) -> None:
    if faults:
        more = [f"and {len(faults) - LISTED:,} more"] if len(faults) > LISTED else []
        raise ValueError("\n".join([f"{file}, {fault}" for fault in faults[:LISTED]] + more))


def _combined(node: yaml.Node, text: str, file: Path) -> list[tuple[Entry, ...]]:
    """Return every combination of the values that each parameter of the node lists."""
    entries = entries_of(node, text, file)
    faults, values = [], []
    for entry, (key, value) in zip(entries, node.value, strict=True):
        listed = value.value if isinstance(value, yaml.SequenceNode) else []
        if not listed:
            faults.append(entry.fault(printable(entry.written) or "nothing", "a list of values"))
        values.append([entry_of(key, each, text, at=each) for each in listed])
        faults += _twice([(e.line, repr(e.value)) for e in values[-1]], entry.name)
    faults += _twice([(e.line, e.name) for e in entries], "grid")
    if (count := prod(map(len, values))) > MOST:
        faults.append(f"line {entries[0].line}: found {count:,} settings; allowed: {MOST:,}")
    _refuse(file, faults)
    return list(product(*values))


def _listed(node: yaml.Node, text: str, file: Path) -> list[tuple[Entry, ...]]:
    """Return the settings that the node lists."""
    listed = node.value if isinstance(node, yaml.SequenceNode) else []
    line = node.start_mark.line + 1
    if not 0 < len(listed) <= MOST:
        raise ValueError(f"{file}, line {line}: found {len(listed):,}; allowed: 1 to {MOST:,}")
    settings = [tuple(entries_of(each, text, file)) for each in listed]
    faults = [f for s in settings for f in _twice([(e.line, e.name) for e in s], "settings")]
    same = [
        (each.start_mark.line + 1, repr(sorted((e.name, repr(e.value)) for e in setting)))
        for each, setting in zip(listed, settings, strict=True)
    ]
    _refuse(file, faults + _twice(same, "settings"))
    return settings


def _twice(things: list[tuple[int, str]], name: str) -> list[str]:
    """Say which of some things, each with its line, stands there a second time."""
    first: dict[str, int] = {}
    return [
        f"line {line}, {printable(name)}: found {printable(thing)} a second time "
        f"(first in line {first[thing]}); allowed: each once"
        for line, thing in things
        if thing in first or first.setdefault(thing, line) is None
    ]


def _once(settings: list[tuple[Entry, ...]]) -> Iterator[Entry]:
    """Yield each entry once, in how many settings soever it stands."""
    seen = {id(entry): entry for setting in settings for entry in setting}
    yield from seen.values()


def _unlike_data(settings: list[tuple[Entry, ...]]) -> list[str]:
    """Say what the data do not have, and which years do not go together.

    A setting that leaves nothing of the data is no fault of the file: it is a result.
    """
    studies: dict[str, Study] = {}
    faults: dict[tuple, str | None] = {}
    for setting in settings:
        named = {entry.name: entry for entry in setting}
        folder = named.pop("data").value if "data" in named else "data"
        try:
            study = studies.setdefault(folder, studies.get(folder) or open_study(folder))
        except DataError as error:
            return [f"data {folder}: {error}"]
        years = tuple(entry for entry in named.values() if type(entry.value) is int)
        alone = [(entry,) for entry in named.values() if entry not in years]
        for together in [*alone, *([years] if years else [])]:
            key = (folder, *map(id, together))
            faults[key] = faults[key] if key in faults else _unlike(together, study)
    return list(dict.fromkeys(fault for fault in faults.values() if fault))


def _unlike(entries: tuple[Entry, ...], study: Study) -> str | None:
    """Say what is wrong with some entries of one setting, held against the data together."""
    try:
        frame_of(study, {entry.name: entry.value for entry in entries}).steps(study)
    except ValueError as error:
        names = " and ".join(f"{entry.name} (line {entry.line})" for entry in entries)
        return f"line {entries[0].line}: {names}: {error}"
    return None


def frame_of(study: Study, setting: dict[str, Any]) -> Frame:
    """Return the frame of a setting: what it leaves out is as the study's own package has it."""
    return Frame.of(study, **{name: v for name, v in setting.items() if name != "data"})
