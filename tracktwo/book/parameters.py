"""The parameters of an edition: a YAML file that says in what it differs from the published one."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from tracktwo.data.validation.problems import printable
from tracktwo.ground import paths

if TYPE_CHECKING:
    from tracktwo.data.study import Study

MAX_BYTES = 100_000
UNREADABLE = object()
"""Stands for a value that is no word, number, yes/no or list of these: it fits no parameter."""


@dataclass(frozen=True)
class Entry:
    """A parameter as the file has it: name, line, value, and how it is written there."""

    name: str
    line: int
    value: Any
    written: str

    def fault(self, found: str, allowed: str) -> str:
        """Say what was found here, and what is allowed."""
        return f"line {self.line}, {printable(self.name)}: found {found}; allowed: {allowed}"


def read_parameters(file: str | Path | None) -> dict[str, Any]:
    """Return the parameters in the YAML `file`; none without a file, or with an empty one.

    Raises
    ------
    ValueError
        When there is no such file, or what it holds are not the parameters of a frame and a
        folder of data; the message has the file and, for each fault, line, name, what was found
        and what is allowed.
    """
    if file is None:
        return {}
    entries = _entries(Path(file))
    if faults := _faults(entries):
        raise ValueError("\n".join(f"{file}, {fault}" for fault in faults))
    return {entry.name: entry.value for entry in entries}


def check_parameters(file: str | Path, study: "Study") -> None:
    """Hold the parameters in `file` against the data, as every chapter would when it runs.

    What the file leaves out is as the data's own package has it.

    Raises
    ------
    ValueError
        When a parameter names what the data do not have, or leaves nothing of them; the message
        has file, line and name.
    """
    from tracktwo.analysis.frame import Frame

    given = {name: value for name, value in read_parameters(file).items() if name != "data"}
    entries, faults = [e for e in _entries(Path(file)) if e.name in given], []
    try:
        Frame.of(study, **given)
    except ValueError as error:  # the years, which count together
        line = min(e.line for e in entries if e.name.endswith("_year"))
        raise ValueError(f"{file}, line {line}: {error}") from error
    for entry in entries:
        if type(entry.value) is not int:
            try:
                Frame.of(study, **{entry.name: entry.value}).select(study)
            except ValueError as error:
                faults.append(f"{file}, line {entry.line}, {entry.name}: {error}")
    if faults:
        raise ValueError("\n".join(faults))
    try:
        Frame.of(study, **given).select(study)
    except ValueError as error:
        raise ValueError(f"{file}: with all its parameters, {error}") from error


def of_chapter(given: dict[str, Any]) -> dict[str, Any]:
    """Return the parameters that a chapter is given.

    Those of the published data stand in its cell. With other data every parameter that is not
    given is as their package has it.
    """
    from tracktwo.analysis.frame import parameters_of
    from tracktwo.data.study import open_study

    if "data" not in given:
        return given
    return parameters_of(open_study(given["data"]).package, given)


def _faults(entries: list[Entry]) -> list[str]:
    """Say what is wrong with each entry."""
    seen: dict[str, Entry] = {}
    faults = []
    for entry in entries:
        if entry.name in seen:
            second = f"a second value (the first is in line {seen[entry.name].line})"
            faults.append(entry.fault(second, "one"))
        elif fault := fault_of(entry):
            faults.append(fault)
        seen.setdefault(entry.name, entry)
    return faults


def fault_of(entry: Entry) -> str | None:
    """Say what is wrong with one entry, whatever stands beside it."""
    from tracktwo.analysis.frame import Frame, wanted_instead

    known = ["data", *(field.name for field in fields(Frame))]
    if entry.name not in known:
        return entry.fault("no such parameter", ", ".join(known))
    data = entry.name == "data"
    allowed = _no_folder(entry.value) if data else wanted_instead(entry.name, entry.value)
    return entry.fault(printable(entry.written) or "nothing", allowed) if allowed else None


def _no_folder(value: Any) -> str | None:
    """Say what is allowed as the folder of the data when `value` is none."""
    if not isinstance(value, str) or not value:
        return "the path of a folder"
    if found := paths.not_a_folder(paths.under_root(value)):
        return f"a folder, below the repository's root or absolute ({found})"
    return None


def _entries(file: Path) -> list[Entry]:
    """Return what the file holds, key for key, twice what stands there twice."""
    node, text = compose(file)
    return [] if node is None else entries_of(node, text, file)


def compose(file: Path) -> tuple[yaml.Node | None, str]:
    """Return the YAML `file` as a node, and its text; None for an empty file.

    Nodes are read, not values: they know their lines, and aliases cannot blow them up.

    Raises
    ------
    ValueError
        When there is no such file, or it is not YAML; the message names it.
    """
    text = _read(file)
    try:
        return yaml.compose(text, Loader=yaml.SafeLoader), text
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        said = printable(" ".join(str(error).split()), 300)
        raise ValueError(f"{file}: not YAML: {said}") from error


def entries_of(node: yaml.Node, text: str, file: Path) -> list[Entry]:
    """Return the entries of a node of `file`, which must have names with values.

    Raises
    ------
    ValueError
        When it has not; the message has file and line.
    """
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    strange = [key for key, _ in pairs if key.tag != "tag:yaml.org,2002:str"]
    if not isinstance(node, yaml.MappingNode) or strange:
        at = (strange or [node])[0]
        raise ValueError(
            f"{file}, line {at.start_mark.line + 1}: found {_written(at, text)}; "
            "allowed: names with values, such as break_year: 1999"
        )
    return [entry_of(key, value, text) for key, value in pairs]


def entry_of(key: yaml.Node, value: yaml.Node, text: str, at: yaml.Node | None = None) -> Entry:
    """Return a key with a value as an entry; its line is that of the key, or of the node `at`."""
    line = (at or key).start_mark.line + 1
    return Entry(key.value, line, _value(value), _written(value, text))


def _read(file: Path) -> str:
    """Return the file's text."""
    try:
        if file.exists() and not file.is_file():
            raise OSError("not a file")
        if file.is_file() and file.stat().st_size > MAX_BYTES:
            raise OSError(f"more than {MAX_BYTES:,} bytes")
        return file.read_text("utf-8-sig")
    except (OSError, ValueError) as error:
        said = printable(error, 200)
        raise ValueError(f"{file}: cannot be read as a file of parameters ({said})") from error


def _value(node: yaml.Node) -> Any:
    """Return the value of a node that is a scalar or a list of scalars."""
    if isinstance(node, yaml.SequenceNode):
        return [_value(n) if isinstance(n, yaml.ScalarNode) else UNREADABLE for n in node.value]
    try:
        return yaml.SafeLoader("").construct_object(node) if node.id == "scalar" else UNREADABLE
    except Exception:  # whatever PyYAML meets in a value that is not what its tag says
        return UNREADABLE


def _written(node: yaml.Node, text: str) -> str:
    return printable(" ".join(text[node.start_mark.index : node.end_mark.index].split()))
