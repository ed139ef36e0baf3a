"""Turn a static chart into one whose marks can be pointed at and picked."""

import altair as alt

from tracktwo.drawing.live import PICKED, parameter

PARTS = ("layer", "hconcat", "vconcat", "concat")
PICKABLE = ("bar", "point", "rule")
FADED = 0.25  # how much of its opacity a mark keeps while another one is picked


def point_at(chart: alt.TopLevelMixin, field: str) -> alt.TopLevelMixin:
    """Return `chart` with every mark that shows a datum with `field` ready to be picked.

    The value of `field` is the key of an `Item`. While one is picked, the others fade.
    """
    made = chart.copy(deep=True)
    _prepare(made, field, [])
    return made.add_params(parameter(PICKED))


def _prepare(node: object, field: str, rows: list[dict]) -> None:
    """Prepare a chart, or the charts it is made of, which may inherit its data."""
    rows = _rows(node) or rows
    for name in PARTS:
        children = getattr(node, name, None)
        for child in children if isinstance(children, list) else []:
            _prepare(child, field, rows)
    if not isinstance(node, alt.Chart) or not rows or field not in rows[0]:
        return
    mark = node.mark.to_dict() if hasattr(node.mark, "to_dict") else {"type": node.mark}
    node.encoding.tooltip = alt.Tooltip(f"{field}:N")
    if mark["type"] in PICKABLE:
        node.mark.cursor = "pointer"
        full = mark.get("opacity", 1)
        chosen = f"{PICKED} === '' || datum[{field!r}] === {PICKED}"
        node.encoding.opacity = alt.condition(chosen, alt.value(full), alt.value(full * FADED))


def _rows(node: object) -> list[dict]:
    data = getattr(node, "data", None)
    values = getattr(data, "values", None)
    return values.to_dict() if isinstance(values, alt.InlineDataset) else []
