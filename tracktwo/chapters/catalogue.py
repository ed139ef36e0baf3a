"""Chapter `catalogue`: the entry of every initiative."""

import pandas as pd

from tracktwo.chapters.entries import Codes, facts, heading, text
from tracktwo.frame import Frame
from tracktwo.links import initiative_label, web_link
from tracktwo.measures import level
from tracktwo.study import Study


def all_initiatives(study: Study, frame: Frame) -> pd.DataFrame:
    """Return every initiative with its ``level`` and whether it is ``inside`` the frame.

    Sorted by the year it began, unknown ones last, then by name.
    """
    rows = study.wide(frame.coder)
    inside = rows.index.isin(frame.select(study).index)
    rows = rows.assign(level=level(rows), inside=inside)
    return rows.sort_values(["start_year", "name"], na_position="last", kind="stable")


def entries_of(study: Study, frame: Frame, rows: pd.DataFrame, group: str) -> list[str]:
    """Return the entry of each initiative of a level."""
    codes = Codes(study, "inventory", frame.coder)
    sources = dict(list(study.sources.groupby("initiative_id", sort=False)))
    names = study.initiatives.set_index("id")["name"]
    return [
        entry(row, codes, sources[row.Index], names)
        for row in rows[rows["level"] == group].itertuples()
    ]


def entry(row: tuple, codes: Codes, sources: pd.DataFrame, names: pd.Series) -> str:
    """Return one initiative's entry as MyST."""
    return "\n\n".join(
        [
            heading(row.name, initiative_label(row.Index)),
            text(row.summary),
            facts(
                [
                    ("Codes", codes.main(row.Index)),
                    ("Coded otherwise", codes.others(row.Index)),
                    ("Note", text(row.note)),
                    ("Sources", "; ".join(web_link(s.url, s.title) for s in sources.itertuples())),
                ]
            ),
        ]
    )
