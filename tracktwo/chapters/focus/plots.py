"""Chapter `focus`: its charts."""

import altair as alt
import pandas as pd

from tracktwo.analysis.estimates import Estimate
from tracktwo.analysis.measures import GRASSROOTS
from tracktwo.chapters.focus.results import BOUNDS, Result, odds_short
from tracktwo.drawing.dots import panels, plot_groups, plot_intervals, plot_stack
from tracktwo.drawing.shares import short_share
from tracktwo.drawing.theme import FOCUS_COLOURS, LEVEL_COLOURS, SOFT

PANELS = {  # field of a result: title, whether a ratio, colour
    "relationship": ("C3: grassroots, relationship focus", False, LEVEL_COLOURS[GRASSROOTS]),
    "outcome": (
        "C4: elite/professional, outcome focus",
        False,
        LEVEL_COLOURS["elite/professional"],
    ),
    "odds": ("C4: odds of an outcome focus, times those of grassroots", True, SOFT),
}


def colours(names: dict[str, str]) -> dict[str, str]:
    """Return the colour of each focus under the name it is written with."""
    return {name: FOCUS_COLOURS[key] for key, name in names.items()}


def plot_focus(table: pd.DataFrame, names: dict[str, str]) -> alt.LayerChart:
    """Draw the shares of the focuses in each group, one bar per group."""
    return plot_stack("aims-by-who-took-part", table, "focus", colours(names))


def plot_periods(tables: dict[str, pd.DataFrame], names: dict[str, str]) -> alt.VConcatChart:
    """Draw the shares of the focuses by period, a panel per level."""
    charts = [
        plot_stack(
            f"aims-by-period-{level}", table, "focus", colours(names), title=level.capitalize()
        )
        for level, table in tables.items()
    ]
    return panels(charts)


def plot_profile(tables: dict[str, pd.DataFrame], names: dict[str, str]) -> alt.VConcatChart:
    """Draw how often each focus comes with codes of other variables, a panel per variable."""
    charts = [
        plot_groups(f"aims-by-{what}", table, "focus", colours(names), "", title=what.capitalize())
        for what, table in tables.items()
    ]
    return panels(charts)


def plot_results(results: dict[str, Result]) -> alt.VConcatChart:
    """Draw C3 and both parts of C4 as each of `results` has them, a panel per statistic.

    The bounds, which differ by level, concern the comparison of levels alone.
    """
    charts = []
    for field, (title, ratio, colour) in PANELS.items():
        shown = {name: r for name, r in results.items() if ratio or name not in BOUNDS}
        found = {name: getattr(result, field) for name, result in shown.items()}
        table = pd.DataFrame([_row(name, estimate, ratio) for name, estimate in found.items()])
        border = 1 if ratio else 0.5
        look = {"title": title, "border": border, "ratio": ratio, "colour": colour}
        charts.append(plot_intervals(field, table, **look))
    return panels(charts)


def _row(name: str, estimate: Estimate, ratio: bool) -> dict[str, object]:
    words = odds_short(estimate) if ratio else short_share(estimate)
    numbers = {"share": estimate.value, "low": estimate.low, "high": estimate.high}
    return {"label": name, **numbers, "n": estimate.n, "words": words}
