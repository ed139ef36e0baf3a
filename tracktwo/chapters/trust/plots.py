"""Chapter `trust`: its chart."""

import altair as alt
import pandas as pd

from tracktwo.claims.verdicts import MANY, MOST
from tracktwo.drawing.figures import annotation, named
from tracktwo.drawing.theme import ACCENT, INK, RULE, SOFT, WIDTH
from tracktwo.words.numbers import most_percent

NAMES = 190  # pixels for the names of the claims


def plot_choices(table: pd.DataFrame) -> alt.LayerChart:
    """Draw how many specifications agree with each claim, and the two borders of the rule.

    Parameters
    ----------
    table
        `results.choices_table`.
    """
    table = table.assign(percent=[most_percent(share) for share in table["agree"]])
    names = alt.Axis(domain=False, ticks=False, minExtent=NAMES - 10, labelLimit=NAMES)
    y = alt.Y("claim:N", sort=None, title=None, axis=names)
    axis = alt.Axis(format="%", tickCount=5, gridColor=RULE)
    x = alt.X("agree:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=axis)
    base = alt.Chart(named("agreeing specifications", table)).encode(y=y)
    bars = base.mark_bar(height=12, color=ACCENT).encode(x=x)
    ends = base.mark_text(align="left", dx=8, color=INK).encode(
        x=alt.XValue(WIDTH - NAMES - 70), text=alt.Text("percent:N")
    )
    borders = alt.Chart(annotation(pd.DataFrame({"agree": [MANY, MOST]})))
    rules = borders.mark_rule(strokeDash=[4, 3], color=SOFT).encode(x=alt.X("agree:Q"))
    return alt.layer(bars, rules, ends).properties(width=WIDTH - NAMES - 70, height=alt.Step(26))
