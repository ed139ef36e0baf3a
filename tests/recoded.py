"""Planted truths: a made study whose single-valued codes the test sets one by one."""

import dataclasses
import json
import re

from made_studies import write_planted_study

from tracktwo import Frame, open_study
from tracktwo.drawing.svg import chart_to_svg

FRAME = Frame()


def plant(folder, rows, variable, **columns):
    """Return a study with one initiative for each of `rows`: year, level, value of `variable`.

    `columns` replace what all rows have in a column.
    """
    starts = [(year, level) for year, level, _ in rows]
    study = open_study(write_planted_study(folder / "made", starts, **columns))
    return recode(study, variable, [value for *_, value in rows])


def recode(study, variable, values, coders=None):
    """Return `study` with new values of a variable, one an initiative in their order.

    `coders` says whose codes change; by default everybody's.
    """
    given = dict(zip(study.initiatives["id"], values, strict=True))
    codes = study.codes.copy()
    chosen = codes["variable"] == variable
    if coders:
        chosen &= codes["coder"].isin(coders)
    codes.loc[chosen, "value"] = codes.loc[chosen, "initiative_id"].map(given)
    return dataclasses.replace(study, codes=codes)


def check_all(charts, said, tables):
    """Assert that charts can be drawn, and that nothing that is printed says nan or inf."""
    for chart in charts:
        spec = chart.to_dict()
        assert json.loads(json.dumps(spec)) == spec
        assert chart_to_svg(spec).startswith("<svg")
    assert all(len(table) for table in tables)
    printed = " ".join([*map(str, said), *(table.to_csv(na_rep="nan") for table in tables)])
    assert not re.search(r"\b(?:nan|inf)\b", printed, re.IGNORECASE)
