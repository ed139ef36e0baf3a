"""How far coders agree: every variable and every round of coders in one chart."""

import altair as alt
import numpy as np
import pandas as pd

from tracktwo.drawing.figures import annotation, named
from tracktwo.drawing.theme import ACCENT, ACCENT_SOFT, GREY, INK, RULE, SOFT, WIDTH

LATEST = (ACCENT, "circle")
EARLIER = [(GREY, "diamond"), (INK, "square"), (ACCENT_SOFT, "triangle-up"), (SOFT, "cross")]
BESIDE = 160  # for the names of the variables
ROW = 22


def plot_agreement(table: pd.DataFrame, border: float, words: str = "") -> alt.VConcatChart:
    """Draw alpha as dots with intervals: a row per variable, a colour and shape per round.

    Parameters
    ----------
    table
        Columns ``variable`` (in words), ``round``, ``alpha``, ``low``, ``high``, in the order
        they are drawn, and, where variables stand in parts with a title each, ``part``. A
        variable without an alpha keeps its row.
    border
        The lowest alpha from which codes can be used; a dashed line marks it.
    words
        What to write above that line.
    """
    rounds = list(dict.fromkeys(table["round"]))
    low = min(0.0, float(np.floor(table["low"].min() * 5) / 5)) if len(table) else 0.0
    parts = table["part"] if "part" in table else pd.Series("", index=table.index)
    panels = [
        _panel(
            rows,
            f"agreement {part}".strip().lower(),
            str(part),
            rounds,
            low,
            border,
            words if i == 1 else "",
        )
        for i, (part, rows) in enumerate(table.groupby(parts, sort=False), start=1)
    ]
    return alt.vconcat(*panels, spacing=12)


def round_looks(rounds: list[str]) -> list[tuple[str, str]]:
    """Return the colour and shape of each round: the latest stands out, whatever its name."""
    earlier = [EARLIER[i % len(EARLIER)] for i in range(len(rounds) - 1)]
    return [*earlier, LATEST] if rounds else []


def _panel(
    rows: pd.DataFrame,
    name: str,
    title: str,
    rounds: list[str],
    low: float,
    border: float,
    words: str,
) -> alt.LayerChart:
    order = list(dict.fromkeys(rows["variable"]))
    colours, shapes = zip(*round_looks(rounds), strict=True)
    key = alt.Legend(orient="top", values=rounds)
    names = alt.Axis(ticks=False, domain=False, minExtent=BESIDE - 20, labelLimit=BESIDE)
    scale = alt.Scale(domain=[low, 1])
    base = alt.Chart(named(name, rows.dropna(subset=["alpha"]))).encode(
        y=alt.Y("variable:N", sort=order, title=None, scale=alt.Scale(domain=order), axis=names),
        color=alt.Color("round:N", scale=alt.Scale(domain=rounds, range=colours), legend=key),
    )
    x = alt.X("alpha:Q", title=None, scale=scale, axis=alt.Axis(tickCount=5, gridColor=RULE))
    whiskers = base.mark_rule(strokeWidth=1.6).encode(
        x=alt.X("low:Q", scale=scale), x2=alt.X2("high:Q")
    )
    dots = base.mark_point(filled=True, size=60, opacity=1).encode(
        x=x,
        shape=alt.Shape("round:N", scale=alt.Scale(domain=rounds, range=shapes), legend=key),
    )
    mark = alt.Chart(annotation(pd.DataFrame({"alpha": [border], "words": [words]})))
    rule = mark.mark_rule(strokeDash=[4, 3], color=INK).encode(x=x)
    told = mark.mark_text(align="right", baseline="bottom", dx=-4, color=SOFT, fontSize=12)
    layers = [
        rule,
        *([told.encode(x=x, y=alt.YValue(-2), text=alt.Text("words:N"))] if words else []),
    ]
    return alt.layer(*layers, whiskers, dots).properties(
        width=WIDTH - BESIDE - 20, height=ROW * len(order), title=title
    )
