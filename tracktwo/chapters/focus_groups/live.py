"""Chapter `focus_groups`: pick a theme, read its paraphrases."""

import altair as alt
import pandas as pd

from tracktwo.drawing.live import Item, Live
from tracktwo.drawing.live_marks import point_at
from tracktwo.telling.links import statement_href


def live_themes(chart: alt.TopLevelMixin, rows: pd.DataFrame, labels: dict[str, str]) -> Live:
    """Return the live version of a chart with themes in rows.

    Parameters
    ----------
    rows
        `voices.select_statements`.
    labels
        The codes of ``theme`` and how the chart writes them.
    """
    items = tuple(_theme(rows[rows[f"theme_{code}"]], label) for code, label in labels.items())
    return Live(point_at(chart, "label"), items=items, noun="themes", pick="Theme")


def _theme(rows: pd.DataFrame, label: str) -> Item:
    ordered = rows.sort_values(["year", "document_id", "seq"])
    return Item(
        key=label,
        title=label,
        text=f"{len(rows)} statements by {rows['voice'].nunique()} speakers, oldest document "
        "first. Paraphrases, not quotations.",
        parts=tuple(
            (_who(row), statement_href(key), row["paraphrase"]) for key, row in ordered.iterrows()
        ),
    )


def _who(row: pd.Series) -> str:
    side = str(row["side"]).replace("_", " ")
    year = "" if pd.isna(row["year"]) else f", {row['year']}"
    return f"{row['speaker']} ({side}{year})"
