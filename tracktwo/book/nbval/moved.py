"""What a cell tells otherwise than it is committed: numbers, figures, tables, verdicts, text."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from tracktwo.book.nbval.plain import around, plain
from tracktwo.book.nbval.rows import colours, figure_rows, table_cells
from tracktwo.book.patterns import FIGURE, PREFIX, TABLE, VERDICTS
from tracktwo.telling.told import TOLD

READABLE = ("text/markdown", "text/plain")
FIELDS = ("value", "low", "high", "n")
ENDS = ("estimate", "low", "high")


@dataclass(frozen=True)
class Moved:
    """One thing that is not the committed one.

    ``kind`` and ``name`` say which; ``note`` is what there is to say in its line; ``lines`` are
    its rows or cells; ``images`` are a figure's, before and after.
    """

    kind: str
    name: str
    note: str
    lines: tuple[str, ...] = ()
    images: tuple[Path, Path] | None = None


def moved(
    chapter: str,
    before: list[NotebookNode],
    after: list[NotebookNode],
    figures: tuple[Path, Path],
    drawn: list[str],
) -> list[Moved]:
    """Return what the outputs `after` tell otherwise than `before`.

    Parameters
    ----------
    chapter
        Its name, before the dot in the keys of its numbers.
    figures
        The folders of the committed figures, and of those found.
    drawn
        The names of the files of figures that the cell drew otherwise.
    """
    shown = _figures(drawn, figures)
    owners = tuple(f"{chapter}.{figure.name}." for figure in shown if figure.lines)
    values = [v for v in _values(chapter, before, after) if not v.name.startswith(owners)]
    found = [
        *_left_out(before, after),
        *values,
        *shown,
        *_tables(before, after),
        *_verdicts(before, after),
    ]
    return found or _texts(before, after)


def _values(chapter: str, before: list, after: list) -> list[Moved]:
    """Return the numbers that are not as before, first those that are printed otherwise."""
    one, two = (
        {
            f"{chapter}.{name}": record
            for output in outputs
            for name, record in _told(output).get("values", {}).items()
        }
        for outputs in (before, after)
    )
    changed = [key for key in {**one, **two} if one.get(key) != two.get(key)]
    changed.sort(key=lambda key: one.get(key, {}).get("text") == two.get(key, {}).get("text"))
    return [Moved("number", key, _record(one.get(key), two.get(key))) for key in changed]


def _record(one: dict[str, Any] | None, two: dict[str, Any] | None) -> str:
    """Return a number before and after: as printed, or else what of it is another one."""
    if one is None or two is None:
        return f"{'not told' if one is None else plain(one['text'])} → " + (
            "not told" if two is None else plain(two["text"])
        )
    if one["text"] != two["text"]:
        return f"{plain(one['text'])} → {plain(two['text'])}"
    fields = [f for f in dict.fromkeys([*FIELDS, *one, *two]) if one.get(f) != two.get(f)]
    moves = (f"{f} {plain(one.get(f))} → {plain(two.get(f))}" for f in fields)
    return f"{plain(one['text'])} as before; {', '.join(moves)}"


def _told(output: NotebookNode) -> dict[str, Any]:
    return output.get("metadata", {}).get(TOLD, {})


def _left_out(before: list, after: list) -> list[Moved]:
    one, two = (sum(bool(_told(o).get("left_out")) for o in out) for out in (before, after))
    said = "its guard no longer holds: left out" if two > one else "its guard holds now: told"
    return [Moved("passage", "", said)] if one != two else []


def _figures(drawn: list[str], folders: tuple[Path, Path]) -> list[Moved]:
    names = {name.split(".")[0]: None for name in drawn}
    return [_figure(name, [f for f in drawn if f.split(".")[0] == name], folders) for name in names]


def _figure(name: str, drawn: list[str], folders: tuple[Path, Path]) -> Moved:
    committed, found = folders
    table, image = f"{name}.csv", f"{name}.svg"
    images = (committed / image, found / image) if image in drawn else None
    if not (committed / image).is_file():
        return Moved("figure", name, "not among the committed ones", images=images)
    lines: list[str] = []
    if table in drawn and (committed / table).is_file():
        lines = figure_rows(*((folder / table).read_text("utf-8") for folder in folders))
    if lines:
        rows = "row is" if len(lines) == 1 else "rows are"
        return Moved("figure", name, f"{len(lines)} {rows} not as before", tuple(lines), images)
    note = "the same rows, drawn otherwise"
    if images:
        changed = colours(*(file.read_text("utf-8") for file in images))
        note += f": colours {changed}" if changed else ""
    else:
        note = f"the same picture and rows; other files: {', '.join(drawn)}"
    return Moved("figure", name, note, images=images)


def _tables(before: list, after: list) -> list[Moved]:
    one, two = (
        {match[2]: text for text in map(_text, outputs) if (match := TABLE.match(text))}
        for outputs in (before, after)
    )
    found = []
    for name in {**one, **two}:
        if one.get(name) != two.get(name):
            lines = [plain(line) for line in table_cells(one.get(name, ""), two.get(name, ""))]
            cells = "place is" if len(lines) == 1 else "places are"
            note = f"{len(lines)} {cells} not as before" if lines else _title(one, two, name)
            found.append(Moved("table", name, note, tuple(lines)))
    return found


def _title(one: dict[str, str], two: dict[str, str], name: str) -> str:
    return around(one.get(name, ""), two.get(name, ""))


def _verdicts(before: list, after: list) -> list[Moved]:
    one, two = ({str(r["id"]): r for r in _stored(outputs)} for outputs in (before, after))
    return [
        Moved("verdict", claim, *_claim(one.get(claim, {}), two.get(claim, {})))
        for claim in {**one, **two}
        if one.get(claim) != two.get(claim)
    ]


def _stored(outputs: list) -> list[dict[str, Any]]:
    """Return the verdicts that a cell's outputs hold."""
    texts = (out.get("data", {}).get(PREFIX + VERDICTS) for out in outputs)
    return [record for text in texts if text for record in json.loads(text)]


def _claim(one: dict[str, Any], two: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    words = [
        f"{one.get(key)} → {two.get(key)}"
        for key in ("verdict", "standing")
        if one.get(key) != two.get(key)
    ]
    parts = [{part["name"]: part for part in book.get("parts", [])} for book in (one, two)]
    lines = tuple(
        f"{name}, {end}: {parts[0].get(name, {}).get(end)} → {parts[1].get(name, {}).get(end)}"
        for name in {**parts[0], **parts[1]}
        for end in ENDS
        if parts[0].get(name, {}).get(end) != parts[1].get(name, {}).get(end)
    )
    return ", ".join(words) or "the same verdict and standing", lines


def _text(output: NotebookNode) -> str:
    return output.get("data", {}).get("text/markdown", "")


def _texts(before: list, after: list) -> list[Moved]:
    """Return where the text of a cell, or else any other form of its outputs, is another one."""
    if len(before) != len(after):
        return [Moved("outputs", "", f"{len(before)} → {len(after)}")]
    for form in (*READABLE, "stream"):
        for one, two in zip(before, after, strict=True):
            texts = [
                str(out.get("text", "") if form == "stream" else out.get("data", {}).get(form, ""))
                for out in (one, two)
            ]
            if texts[0] != texts[1] and not FIGURE.match(texts[0]):
                return [Moved("text", "", around(*texts))]
    forms = [
        form
        for one, two in zip(before, after, strict=True)
        for form in {**one.get("data", {}), **two.get("data", {})}
        if one.get("data", {}).get(form) != two.get("data", {}).get(form)
    ]
    return [Moved("form", form, "other, with the same text") for form in dict.fromkeys(forms)]
