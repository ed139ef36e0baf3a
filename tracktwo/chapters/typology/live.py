"""Chapter `typology`: click a combination of approaches, read which initiatives it holds."""

import altair as alt
import pandas as pd

from tracktwo.drawing.live import Item, Live
from tracktwo.drawing.live_marks import point_at
from tracktwo.telling.links import initiative_href


def live_combinations(chart: alt.ConcatChart, found: pd.DataFrame, members: pd.DataFrame) -> Live:
    """Return the live version of the UpSet plot.

    Parameters
    ----------
    chart
        `typology_plots.plot_combinations`.
    found
        Columns ``combination``, ``initiatives``, ``expected``.
    members
        Columns ``combination``, ``id``, ``name``.
    """
    held = dict(list(members.groupby("combination", sort=False)))
    items = tuple(
        Item(
            key=row.combination,
            title=row.combination,
            text=f"{row.initiatives} initiatives; by chance {row.expected:.0f}.",
            parts=_entries(held.get(row.combination)),
        )
        for row in found.itertuples()
    )
    return Live(point_at(chart, "combination"), items=items, pick="Combination")


def _entries(members: pd.DataFrame | None) -> tuple[tuple[str, str, str], ...]:
    if members is None:
        return ()
    ordered = members.sort_values("name", kind="stable")
    return tuple((row.name, initiative_href(row.id), "") for row in ordered.itertuples(index=False))
