"""YAML files of the book: what PyYAML takes without a word is refused here."""

from pathlib import Path

import yaml


def check_yaml(file: Path) -> None:
    """Refuse a `file` that is no YAML or gives a key twice, of which PyYAML keeps the last.

    Raises
    ------
    ValueError
        With file and line.
    """
    try:
        node = yaml.compose(file.read_text("utf-8-sig"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{file.name} cannot be read: {error}") from error
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        raise ValueError(f"{file.name} is not YAML: {' '.join(str(error).split())}") from error
    todo, seen = [node], set()
    while todo:
        node = todo.pop()
        if id(node) in seen:  # an alias
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            _refuse_twice(node, file)
            todo += [part for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            todo += node.value


def _refuse_twice(node: yaml.MappingNode, file: Path) -> None:
    first: dict[object, int] = {}
    for key, _ in node.value:
        line = key.start_mark.line + 1
        if isinstance(key, yaml.ScalarNode) and first.setdefault(key.value, line) != line:
            raise ValueError(
                f"{file.name}, line {line}: found {key.value} a second time "
                f"(first in line {first[key.value]}); allowed: each name once"
            )
