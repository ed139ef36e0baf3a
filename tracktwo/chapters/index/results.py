"""Chapter `index`: the book at a glance."""

import altair as alt
import pandas as pd

from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import ELITE, GRASSROOTS, PERIODS
from tracktwo.chapters.change.results import Result
from tracktwo.chapters.verdicts.results import WHERE
from tracktwo.claims.verdicts import Verdict
from tracktwo.drawing.charts import break_mark, year_axis
from tracktwo.drawing.figures import annotation, named
from tracktwo.drawing.theme import LEVEL_COLOURS, WIDTH, colour_scale
from tracktwo.ground.wording import enumerate_words
from tracktwo.words.sides import by_side


def plot_mirror(starts: pd.DataFrame, frame: Frame) -> alt.LayerChart:
    """Draw starts per year as two wings: elite/professional up, grassroots down.

    Parameters
    ----------
    starts
        `measures.count_starts`. Mixed initiatives are left out.
    """
    two = starts[starts["level"].isin([ELITE, GRASSROOTS])]
    sign = two["level"].astype(str).map({ELITE: 1, GRASSROOTS: -1}).astype(int)
    two = two.assign(wing=two["initiatives"] * sign)
    top = float(two["initiatives"].max())
    scale = alt.Scale(domain=[-top - 1, top + 1], nice=False)
    base = alt.Chart(named("starts", two)).encode(x=year_axis(two["year"]))
    colours = {level: LEVEL_COLOURS[level] for level in (ELITE, GRASSROOTS)}
    bars = base.mark_bar(width=alt.RelativeBandSize(0.8)).encode(
        y=alt.Y(
            "wing:Q",
            title=None,
            scale=scale,
            axis=alt.Axis(tickCount=7, labelExpr="abs(datum.value)", domain=False),
        ),
        color=alt.Color("level:N", scale=colour_scale(colours), legend=None),
    )
    words = pd.DataFrame(
        {
            "year": [frame.first_year] * 2,
            "wing": [top * 0.9, -top * 0.9],
            "level": [ELITE, GRASSROOTS],
        }
    )
    names = (
        alt.Chart(annotation(words))
        .mark_text(align="left", fontSize=15, fontWeight=600, dx=-14)
        .encode(
            x="year:O",
            y="wing:Q",
            text="level:N",
            color=alt.Color("level:N", scale=colour_scale(colours), legend=None),
        )
    )
    return alt.layer(bars, names, *break_mark(frame.break_year, top + 1)).properties(
        width=WIDTH - 40, height=330
    )


def strip(verdicts: dict[str, Verdict]) -> str:
    """Return the verdicts as MyST for one line of the page, each a link to its chapter."""
    links = [
        f'<a class="verdict verdict-{found.verdict.replace(" ", "-")}" '
        f'href="chapters/{WHERE[claim][0]}.html">{claim} {found.verdict}</a>'
        for claim, found in verdicts.items()
    ]
    return "\n".join([":::{container} no-print verdicts", *links, ":::", ""])


def title_mirror(result: Result) -> str:
    """Return the finding of the front figure."""
    first = by_side(
        result.lead,
        0,
        above="First elites and professionals",
        below="First the grassroots",
        unsure="First neither clearly ahead",
    )
    then = by_side(
        result.change,
        0,
        above="then the grassroots catch up",
        below="then fewer from the grassroots",
        unsure="then no clear change",
    )
    return f"{first}, {then}"


def n_mirror(starts: pd.DataFrame) -> int:
    """Return how many starts the front figure shows: all but the mixed ones."""
    return int(starts["level"].isin([ELITE, GRASSROOTS]).sum())


def alt_mirror(starts: pd.DataFrame, frame: Frame) -> str:
    """Return the alternative text of the front figure."""
    counts = starts.groupby(["level", "period"], observed=False).size()
    parts = [
        f"{level} {counts[level, PERIODS[0]]} then {counts[level, PERIODS[1]]}"
        for level in (ELITE, GRASSROOTS)
    ]
    return (
        f"Bars of starts per year, {frame.first_year} to {frame.last_year}: elite/professional "
        f"above the axis, grassroots below. In {' and '.join(frame.periods.values())} they are "
        f"{enumerate_words(parts)}."
    )
