"""`show`: the only way a chart reaches a page."""

import base64
import csv
import io
import json
import re
from html import escape
from pathlib import Path

import altair
import pandas as pd
from IPython.display import display

from tracktwo.data.asked import demand
from tracktwo.drawing import theme as theme  # importing it turns the theme on
from tracktwo.drawing.live import Live
from tracktwo.drawing.narrow import draw_narrow
from tracktwo.drawing.svg import chart_to_svg, standalone
from tracktwo.ground.digits import rounded
from tracktwo.ground.paths import under_root

NAME = re.compile(r"[a-z][a-z0-9-]*")


def named(name: str, table: pd.DataFrame) -> altair.Data:
    """Return `table` as chart data called `name`, its numbers rounded (`digits`).

    The name is what the table is called in the figure's data file, so it should speak.
    """
    return altair.Data(name=name, values=_records(table))


def annotation(table: pd.DataFrame) -> altair.Data:
    """Return `table` as chart data that is no result: a mark or a word on the chart.

    It has no name, so it stays out of the figure's data file.
    """
    return altair.Data(values=_records(table))


def _records(table: pd.DataFrame) -> list[dict]:
    return rounded(json.loads(table.to_json(orient="records", double_precision=15)))


def show(
    chart: altair.TopLevelMixin,
    name: str,
    title: str,
    caption: str,
    alt: str,
    *,
    folder: str | Path = "figures",
    live: Live | None = None,
) -> None:
    """Write a chart's files and place it on the page as a numbered figure.

    Writes `name`.svg (the image), `name`.vl.json (the spec) and `name`.csv (the numbers in the
    figure) to `folder`, and displays one output that Jupyter Book reads as a figure directive
    labelled ``fig-name`` and that notebook front ends show as an image.

    Parameters
    ----------
    chart
        An Altair chart whose data came through `named`.
    name
        Name of the files and, after ``fig-``, the label: lower-case words joined by hyphens.
    title
        The finding in one sentence, computed from the data.
    caption
        What is shown, with n and the frame. May hold MyST markup.
    alt
        What a reader who cannot see the figure needs to know.
    folder
        Where the files go; a relative path is taken below the repository's root.
    live
        What takes the image's place on the site where scripts run; goes to `name`.live.json.

    Raises
    ------
    ValueError
        When the name is not usable as a file name, or title, caption or alternative text is
        missing.
    TypeError
        When an argument is of another kind.
    """
    demand("chart", chart, altair.TopLevelMixin, "an Altair chart")
    demand("folder", folder, (str, Path), "the path of a folder")
    demand("live", live, (Live, type(None)), "a Live, or None")
    texts = {"name": name, "title": title, "caption": caption, "alt": alt}
    for what, text in texts.items():
        demand(what, text, str, "text")
    if not NAME.fullmatch(name):
        raise ValueError(f"figure name {name!r}: use lower-case letters, digits and hyphens")
    for what, text in {"title": title, "caption": caption, "alt text": alt}.items():
        if not text.strip():
            raise ValueError(f"figure {name!r} has no {what}")
    spec = rounded(chart.to_dict())  # ends of axes and the like are computed too
    drawing = chart_to_svg(spec)
    write_files(Path(under_root(folder)), name, spec, standalone(drawing), live)
    bundle = {
        "text/html": _as_html(drawing, title, alt),
        "text/markdown": _as_directive(name, title, caption, alt),
        "text/plain": f"Figure {name}: {title}",
    }
    display(bundle, raw=True)


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
            safe = {key: _defuse(value) for key, value in row.items()}
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


def _defuse(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value[:1] in tuple("=+-@\t\r") else value


def _as_directive(name: str, title: str, caption: str, alt: str) -> str:
    one_line = " ".join(alt.split())
    return (
        f"```{{figure}} /figures/{name}.svg\n:name: fig-{name}\n:class: dark-light\n"
        f":alt: {json.dumps(one_line, ensure_ascii=False)}\n\n{title}\n\n{caption}\n```\n"
    )


def _as_html(drawing: str, title: str, alt: str) -> str:
    code = base64.b64encode(drawing.encode()).decode("ascii")
    return (
        f'<figure><img src="data:image/svg+xml;base64,{code}" alt="{escape(alt)}">'
        f"<figcaption>{escape(title)}</figcaption></figure>"
    )
