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
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from tracktwo.analysis.frame import Frame
from tracktwo.book.digests import digest
from tracktwo.book.sweep.grid import frame_of
from tracktwo.claims.claims import Part, tested
from tracktwo.claims.specifications import take_inventory
from tracktwo.claims.standing import standings
from tracktwo.claims.verdicts import Verdict, reach_one
from tracktwo.data.study import Study, open_study
from tracktwo.ground import paths
from tracktwo.ground.digits import rounded

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
    return sorted(settings, key=lambda s: (*_shares(s), json.dumps(s, sort_keys=True)))


def _shares(setting: Setting) -> tuple[str, int, int, int]:
    """Return on what the specifications of a setting rest: the data and the years."""
    frame = frame_of(setting)
    return setting.get("data", "data"), frame.first_year, frame.last_year, frame.break_year


def compute(settings: Iterable[Setting]) -> Iterator[Result]:
    """Yield the result of each setting; quick when they come `in_order`."""
    study, inventory, known, last = None, None, {}, None
    for setting in settings:
        if last is None or last[0] != _shares(setting)[0]:
            study = open_study(_shares(setting)[0])
        try:
            frame = frame_of(setting)
            if last != _shares(setting):
                known, last = {}, _shares(setting)
                # The intervals that take draws are drawn in curves; no verdict rests on them.
                inventory = replace(take_inventory(study, frame), draws=0)
            frame.select(study)
            found = {
                claim: reach_one(claim, study, frame, inventory, known) for claim in tested(study)
            }
            yield {"setting": setting, "claims": records(study, frame, found)}
        except ValueError as error:
            yield {"setting": setting, "claims": [], "reason": str(error)}
        except Exception as error:  # a fault of the code under one setting stops no other
            yield {"setting": setting, "claims": [], "fault": f"{type(error).__name__}: {error}"}


def records(study: Study, frame: Frame, verdicts: dict[str, Verdict]) -> list[dict[str, Any]]:
    """Return each claim's verdict, standing and parts as plain records."""
    stand = standings(study, frame, verdicts)
    return [
        {
            "id": claim,
            "verdict": found.verdict,
            "standing": stand[claim],
            "agree_share": _plain(found.agree_share),
            "specifications": found.specifications,
            "n": found.result.n,
            "parts": [_part(part) for part in found.result.parts],
        }
        for claim, found in verdicts.items()
    ]


def _part(part: Part) -> dict[str, Any]:
    estimate = part.estimate
    return {
        "name": part.name,
        "kind": part.kind,
        "predicted": part.predicted,
        "border": part.border,
        "estimate": _plain(estimate.value),
        "low": _plain(estimate.low),
        "high": _plain(estimate.high),
        "n": int(estimate.n),
        "direction": part.side,
    }


def _plain(value: float) -> float | None:
    return rounded(float(value)) if np.isfinite(value) else None


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
