"""What the claims come to under one setting: the verdicts of a full edition, without its pages.

python -m tracktwo.book.sweep.results CHUNK

A chunk is a file with a list of settings and their keys. Each one's result is written into
``results`` beside its folder as soon as it is there, and never computed twice.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import Any

from tracktwo.analysis.frame import Frame
from tracktwo.book.digests import digest
from tracktwo.book.sweep.grid import frame_of
from tracktwo.claims.claims import tested
from tracktwo.claims.specifications import take_inventory
from tracktwo.claims.standing import standings
from tracktwo.claims.verdicts import Verdict, as_records, reach_one
from tracktwo.data.study import Study, open_study
from tracktwo.ground import paths

Setting = dict[str, Any]
Result = dict[str, Any]
"""A setting, its ``claims``, and why there are none: ``reason`` (nothing is left of the data)
or ``fault`` (it could not be computed)."""

SOURCES = ("ground", "data", "analysis", "claims", "book/sweep")


def key_of(setting: Setting) -> str:
    """Return the name of a setting's result: another with other data or other code."""
    text = json.dumps([setting, _made_from(setting.get("data", "data"))], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


@cache
def _made_from(data: str) -> str:
    """Return a digest of a data set and of the code that computes."""
    files = [f for name in SOURCES for f in (paths.ROOT / "tracktwo" / name).rglob("*.py")]
    files += [f for f in paths.under_root(data).rglob("*") if f.is_file()]
    return digest([*files, paths.ROOT / "requirements.txt", paths.DATA / "datapackage.json"])


def in_order(settings: Iterable[Setting]) -> list[Setting]:
    """Return settings so that those which share their specifications stand together."""
    years = [field.name for field in fields(Frame) if field.name.endswith("_year")]

    def place(setting: Setting) -> tuple:
        shared = [str(setting.get(name, "")) for name in ("data", *years)]
        return *shared, json.dumps(setting, sort_keys=True)

    return sorted(settings, key=place)


def compute(settings: Iterable[Setting]) -> Iterator[Result]:
    """Yield the result of each setting; quick when they come `in_order`."""
    study, opened, inventory, known, last = None, None, None, {}, None
    for setting in settings:
        try:
            if opened != (opened := setting.get("data", "data")):
                study = open_study(opened)
            frame = frame_of(study, setting)
            if last != (last := (opened, frame.years, frame.break_year)):
                known = {}
                # The intervals that take draws are drawn in curves; no verdict rests on them.
                inventory = replace(take_inventory(study, frame), draws=0)
            frame.select(study)
            found = {c: reach_one(c, study, frame, inventory, known) for c in tested(study)}
            yield {"setting": setting, "claims": records(study, frame, found)}
        except ValueError as error:
            last = None
            yield {"setting": setting, "claims": [], "reason": str(error)}
        except Exception as error:  # a fault of the code under one setting stops no other
            last = None
            yield {"setting": setting, "claims": [], "fault": f"{type(error).__name__}: {error}"}


def records(study: Study, frame: Frame, verdicts: dict[str, Verdict]) -> list[dict[str, Any]]:
    """Return the claims as in ``verdicts.json``, each part also with n, border and direction."""
    told = as_records(verdicts, standings(study, frame, verdicts))
    for record, found in zip(told, verdicts.values(), strict=True):
        for kept, part in zip(record["parts"], found.result.parts, strict=True):
            kept |= {"n": int(part.estimate.n), "border": part.border, "direction": part.side}
    return told


def write(result: Result, file: Path) -> None:
    """Write a result whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(result, ensure_ascii=False) + "\n", encoding="utf-8")
    fresh.replace(file)


def read(file: Path) -> Result | None:
    """Return the result in `file`; None when it is not there or not whole."""
    try:
        return json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return None


def main(arguments: list[str] | None = None) -> int:
    """Compute a chunk from the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tracktwo.book.sweep.results")
    parser.add_argument("chunk", type=Path)
    options = parser.parse_args(arguments)
    folder = options.chunk.parent.parent / "results"
    files = {
        folder / f"{key}.json": setting
        for key, setting in json.loads(options.chunk.read_text("utf-8")).items()
    }
    todo = {file: setting for file, setting in files.items() if read(file) is None}
    for file, result in zip(todo, compute(todo.values()), strict=True):
        write(result, file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
