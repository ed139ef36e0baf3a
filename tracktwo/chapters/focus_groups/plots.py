"""Chapter `focus_groups`: its charts."""

import altair as alt
import pandas as pd

from tracktwo.analysis.themes import CLEAR
from tracktwo.drawing.figures import annotation, named
from tracktwo.drawing.groups import (
    NAMES,
    QUESTIONS,
    SHAPES,
    Groups,
    plot_nothing,
    theme_names,
    top_of,
)
from tracktwo.drawing.live import Item, Live
from tracktwo.drawing.live_marks import point_at
from tracktwo.drawing.theme import ACCENT, GREY, INK, RULE, SOFT, WIDTH, colour_scale
from tracktwo.telling.links import statement_href
from tracktwo.words.numbers import percent

SMALL, ACROSS = 196, 2  # width of a small multiple, and how many stand in a row
FAINT = 0.4  # opacity of a difference that is not clear


def plot_themes(shares: pd.DataFrame, groups: Groups) -> alt.VConcatChart:
    """Draw small multiples: per theme, the share of each group that raises it.

    Parameters
    ----------
    shares
        `results.group_shares`.
    """
    labels = list(dict.fromkeys(shares["label"]))
    top = min(1.0, float(shares["high"].max()) + 0.12)
    look = {"all voices": SOFT} | groups.looks["side"] | groups.looks["practice_level"]
    shapes = groups.shapes["practice_level"]
    panels = [
        _theme(shares[shares["label"] == x], x, i, top, look, shapes) for i, x in enumerate(labels)
    ]
    rows = [panels[i : i + ACROSS] for i in range(0, len(panels), ACROSS)]
    return alt.vconcat(*(alt.hconcat(*row, spacing=16) for row in rows), spacing=14)


def _theme(
    rows: pd.DataFrame,
    label: str,
    place: int,
    top: float,
    look: dict[str, str],
    shapes: dict[str, str],
) -> alt.LayerChart:
    groups = list(rows["group"])
    axis = alt.Axis(domain=False, ticks=False, labels=place % ACROSS == 0, labelLimit=110)
    y = alt.Y("group:N", title=None, scale=alt.Scale(domain=groups), axis=axis)
    scale = alt.Scale(domain=[0, top], nice=False)
    x = alt.X("share:Q", title=None, scale=scale, axis=None)
    colours = colour_scale({group: look[group] for group in groups})
    forms = alt.Scale(domain=groups, range=[shapes.get(group, "circle") for group in groups])
    base = alt.Chart(named(label, rows)).encode(
        y=y, color=alt.Color("group:N", scale=colours, legend=None)
    )
    spans = base.mark_rule(strokeWidth=2).encode(
        x=alt.X("low:Q", scale=scale, axis=None), x2=alt.X2("high:Q")
    )
    dots = base.mark_point(filled=True, size=62, opacity=1).encode(
        x=x, shape=alt.Shape("group:N", scale=forms, legend=None)
    )
    zero = alt.Chart(annotation(pd.DataFrame({"zero": [0]})))
    zero = zero.mark_rule(color=RULE).encode(x=alt.X("zero:Q", scale=scale, axis=None))
    words = rows.assign(words=[percent(share).text for share in rows["share"]])
    ends = alt.Chart(annotation(words[["group", "high", "words"]])).mark_text(
        align="left", dx=4, fontSize=11.5
    )
    ends = ends.encode(y=y, x=alt.X("high:Q", scale=scale, axis=None), text=alt.Text("words:N"))
    return alt.layer(zero, spans, dots, ends).properties(
        width=SMALL, height=alt.Step(17), title=label
    )


def plot_outcomes(shares: pd.DataFrame) -> alt.LayerChart:
    """Draw how often each theme is raised in answers on success and in answers on failure.

    Parameters
    ----------
    shares
        `results.outcome_shares`.
    """
    if shares.empty:
        return plot_nothing("Too few answers to what worked or to what failed")
    order = list(dict.fromkeys(shares["label"]))
    y = alt.Y("label:N", title=None, scale=alt.Scale(domain=order), axis=theme_names())
    scale = alt.Scale(domain=[0, top_of(shares)])
    x = alt.X("share:Q", title=None, scale=scale, axis=alt.Axis(format="%", tickCount=5))
    look = dict(zip(list(QUESTIONS.values())[:2], (ACCENT, INK), strict=True))
    full = alt.condition(alt.datum.found == CLEAR, alt.value(1), alt.value(FAINT))
    ends = shares.groupby(["label", "found"], sort=False)["share"].agg(["min", "max"]).reset_index()
    lines = alt.Chart(annotation(ends)).mark_rule(color=GREY, strokeWidth=3)
    lines = lines.encode(x=alt.X("min:Q", scale=scale), x2=alt.X2("max:Q"), y=y, opacity=full)
    dots = alt.Chart(named("answers", shares)).mark_point(filled=True, size=110)
    dots = dots.encode(
        x=x,
        y=y,
        opacity=full,
        color=alt.Color(
            "answer:N", scale=colour_scale(look), legend=alt.Legend(orient="top", symbolOpacity=1)
        ),
        shape=alt.Shape("answer:N", scale=alt.Scale(domain=list(look), range=SHAPES[:2])),
    )
    return alt.layer(lines, dots).properties(width=WIDTH - NAMES - 20, height=24 * len(order))


def live_themes(chart: alt.TopLevelMixin, rows: pd.DataFrame, labels: dict[str, str]) -> Live:
    """Return the live version of a chart of themes: pick a theme, read its paraphrases.

    Parameters
    ----------
    rows
        The statements (`voices.select_statements`).
    labels
        The codes of ``theme`` and how the chart writes them.
    """
    items = tuple(_item(rows[rows[f"theme_{code}"]], label) for code, label in labels.items())
    return Live(point_at(chart, "label"), items=items, noun="themes", pick="Theme")


def _item(rows: pd.DataFrame, label: str) -> Item:
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
    year = "" if pd.isna(row["year"]) else f", {row['year']}"
    return f"{row['speaker']} ({str(row['side']).replace('_', ' ')}{year})"
