"""Run a chapter's cells as they stand, on any data, and return all that it says and shows."""

import functools

import nbformat
from made_studies import quick_verdicts

import tracktwo
from tracktwo import open_study
from tracktwo.claims import verdicts
from tracktwo.telling.told import EmptyChapterError

MODULES = ("say", "show", "tables", "entries", "references")
PLACES = [f"tracktwo.telling.{name}.display" for name in MODULES]


@functools.cache
def _opened(data):
    return open_study(data)


@functools.cache
def _reached(study, frame):
    return quick_verdicts(study)


def make_quick(patch):
    """Let chapters open a data set once, and their verdicts rest on a few specifications."""
    patch.setattr(tracktwo, "open_study", _opened)
    patch.setattr(verdicts, "reach", _reached)


def run_chapter(patch, file, data, figures, charts=None, **parameters):
    """Return the MyST of every output of a notebook as one text; nothing is drawn or written.

    The specs of its charts are added to `charts`.
    """
    shown, specs = [], [] if charts is None else charts

    def display(bundle, **_):
        shown.append(bundle.get("text/markdown", ""))

    for place in PLACES:
        patch.setattr(place, display)
    patch.setattr(
        "tracktwo.telling.show.chart_to_svg", lambda spec: specs.append(spec) or "<svg></svg>"
    )
    patch.setattr("tracktwo.telling.show.write_files", lambda *_: None)
    space = {}
    for cell in nbformat.read(file, as_version=4).cells:
        if cell.cell_type == "code":
            try:
                exec(compile(cell.source, f"{file.stem}: {cell.id}", "exec"), space)
            except EmptyChapterError:
                break
            if "parameters" in cell.metadata.tags:
                space |= {"data": str(data), "figures": str(figures), **parameters}
    return "\n".join(shown)
