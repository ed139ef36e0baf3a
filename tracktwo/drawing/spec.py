"""A Vega-Lite spec as a tree to walk through: its plots, its rows of data, its channels."""

from collections.abc import Iterator

Spec = dict


def nodes(spec: object) -> Iterator[dict]:
    """Return every object of a spec but its data."""
    if isinstance(spec, dict):
        yield spec
        for key, value in spec.items():
            if key not in ("data", "datasets", "usermeta"):
                yield from nodes(value)
    elif isinstance(spec, list):
        for value in spec:
            yield from nodes(value)


def is_plot(node: dict) -> bool:
    """Return whether a part of a spec is a plot with a width in pixels."""
    return isinstance(node.get("width"), int | float) and ("layer" in node or "mark" in node)


def names_rows(node: dict) -> bool:
    """Return whether an encoding writes the name of each row beside it."""
    y = node.get("y")
    return (
        isinstance(y, dict)
        and y.get("type") in ("nominal", "ordinal")
        and "field" in y
        and y.get("axis", {}) is not None
        and y.get("axis", {}).get("labels") is not False
    )


def axis_of(channel: dict) -> dict:
    """Return the axis of a channel, to be changed in place."""
    return channel.setdefault("axis", {})


def values_of(spec: Spec, channel: dict) -> list[str]:
    """Return the names a row can have: its scale's, or those in the data."""
    scale = channel.get("scale") or {}
    if isinstance(scale.get("domain"), list):
        return [str(value) for value in scale["domain"]]
    return [str(row[channel["field"]]) for row in rows_of(spec) if channel["field"] in row]


def rows_of(spec: object) -> Iterator[dict]:
    """Return every row of data in a spec."""
    if isinstance(spec, dict):
        if isinstance(spec.get("values"), list):
            yield from (row for row in spec["values"] if isinstance(row, dict))
        for value in spec.get("datasets", {}).values():
            yield from value
        for key, value in spec.items():
            if key not in ("values", "datasets", "usermeta"):
                yield from rows_of(value)
    elif isinstance(spec, list):
        for value in spec:
            yield from rows_of(value)
