"""The files of a figure: image, spec and numbers."""

import csv
import io
import json
import re
from pathlib import Path

import altair
import pandas as pd

from tracktwo.drawing import theme as theme  # importing it turns the theme on
from tracktwo.drawing.live import Live
from tracktwo.drawing.narrow import draw_narrow
from tracktwo.drawing.svg import standalone
from tracktwo.ground.digits import rounded

NAME = re.compile(r"[a-z][a-z0-9-]*")


class Rows(altair.InlineDataset):
    """Rows of chart data, which Altair would copy anew for every layer that it puts together."""

    def __deepcopy__(self, memo: object) -> "Rows":
        return self

    def to_dict(self, *args: object, **kwargs: object) -> list[dict]:
        """Return the rows as they are."""
        return self._args[0]


def named(name: str, table: pd.DataFrame) -> altair.Data:
    """Return `table` as chart data called `name`, its numbers rounded (`digits`).

    The name is what the table is called in the figure's data file, so it should speak.
    """
    return altair.Data(name=name, values=Rows(_records(table)))


def annotation(table: pd.DataFrame) -> altair.Data:
    """Return `table` as chart data that is no result: a mark or a word on the chart.

    It has no name, so it stays out of the figure's data file.
    """
    return altair.Data(values=Rows(_records(table)))


def _records(table: pd.DataFrame) -> list[dict]:
    return rounded(json.loads(table.to_json(orient="records", double_precision=15)))


def write_files(folder: Path, name: str, spec: dict, svg: str, live: Live | None = None) -> None:
    """Write the images, the spec, the numbers and the live version of one figure to `folder`.

    The images are `svg`, and the figure drawn narrow from `spec` (`narrow`).
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.svg").write_text(svg + "\n", encoding="utf-8")
    text = standalone(draw_narrow(spec), like=svg)
    (folder / f"{name}.narrow.svg").write_text(text + "\n", encoding="utf-8")
    spec = {key: value for key, value in spec.items() if key != "usermeta"}
    text = json.dumps(spec, indent=1, sort_keys=True, ensure_ascii=False)
    (folder / f"{name}.vl.json").write_text(text + "\n", encoding="utf-8")
    (folder / f"{name}.csv").write_text(figure_csv(spec), encoding="utf-8")
    if live is not None:
        text = json.dumps(rounded(live.as_dict()), sort_keys=True, ensure_ascii=False)
        (folder / f"{name}.live.json").write_text(text + "\n", encoding="utf-8")


def figure_csv(spec: dict) -> str:
    """Return every named data table of a Vega-Lite `spec` as one CSV text.

    With more than one table, the first column (``table``) says which one a row belongs to.
    Text that a spreadsheet would run as a formula is defused with an apostrophe.
    """
    tables = {data["name"]: data["values"] for data in _named_data(spec)}
    several = len(tables) > 1
    columns = dict.fromkeys(key for rows in tables.values() for row in rows for key in row)
    out = io.StringIO()
    writer = csv.DictWriter(out, [*(["table"] if several else []), *columns], lineterminator="\n")
    writer.writeheader()
    for table, rows in tables.items():
        for row in rows:
            safe = {key: defuse(value) for key, value in row.items()}
            writer.writerow(({"table": table} if several else {}) | safe)
    return out.getvalue()


def _named_data(node: object) -> list[dict]:
    if isinstance(node, dict):
        here = [node] if "values" in node and "name" in node else []
        tables = [
            {"name": name, "values": rows}
            for name, rows in node.get("datasets", {}).items()
            if not name.startswith("data-")  # how Altair names data that have no name
        ]
        return here + tables + [d for value in node.values() for d in _named_data(value)]
    if isinstance(node, list):
        return [found for value in node for found in _named_data(value)]
    return []


def defuse(value: object) -> object:
    """Return `value` so that no spreadsheet runs it as a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in tuple("=+-@\t\r") else value
