"""Chapter `typology`: its chart of combinations, and what it does where scripts run."""

import altair as alt
import pandas as pd

from tracktwo.drawing.figures import annotation, named
from tracktwo.drawing.live import Item, Live
from tracktwo.drawing.live_marks import point_at
from tracktwo.drawing.theme import APPROACH_COLOURS, INK, RULE, WIDTH, colour_scale, in_order
from tracktwo.telling.links import initiative_href
from tracktwo.words.numbers import percent

ACROSS, ROW, BARS = WIDTH - 170, 30, 150  # the parts of the UpSet plot, in pixels


def plot_combinations(
    found: pd.DataFrame, members: pd.DataFrame, shares: pd.DataFrame
) -> alt.VConcatChart:
    """Draw the combinations of approaches as an UpSet plot (Lex et al. 2014).

    Parameters
    ----------
    found
        Columns ``combination``, ``codes``, ``initiatives``.
    members
        Columns ``combination``, ``id``, ``name``: kept in the spec as the data set ``members``,
        for a reader who asks which initiatives a column holds.
    shares
        The prevalence of each approach, in the codebook's order.
    """
    names = {row.code: f"{row.label}, {percent(row.share).text}" for row in shares.itertuples()}
    colours = in_order(names, APPROACH_COLOURS)
    x = alt.X("combination:N", sort=found["combination"].tolist(), title=None, axis=None)
    parts = _combination_bars(found, colours, x), _combination_dots(found, names, colours, x)
    chart = alt.vconcat(*parts, spacing=12)
    kept = {"members": members.to_dict("records")}
    return chart.resolve_scale(color="independent").properties(datasets=kept)


def _combination_bars(found: pd.DataFrame, colours: dict[str, str], x: alt.X) -> alt.LayerChart:
    table = found.assign(
        kind=["combined" if len(codes) > 1 else codes[0] for codes in found["codes"]]
    )
    kinds = {"combined": INK} | {k: colours[k] for k in table["kind"] if k != "combined"}
    base = alt.Chart(named("combinations", table.drop(columns="codes"))).encode(
        x=x, color=alt.Color("kind:N", scale=colour_scale(kinds), legend=None)
    )
    top = float(found["initiatives"].max())
    y = alt.Y("initiatives:Q", title=None, axis=None, scale=alt.Scale(domain=[0, top * 1.12]))
    return alt.layer(
        base.mark_bar(width=alt.RelativeBandSize(0.66)).encode(y=y),
        base.mark_text(dy=-8, fontWeight=600).encode(y=y, text=alt.Text("initiatives:Q")),
    ).properties(width=ACROSS, height=BARS)


def _combination_dots(
    found: pd.DataFrame, names: dict[str, str], colours: dict[str, str], x: alt.X
) -> alt.LayerChart:
    cells = pd.DataFrame(
        [
            {"combination": row.combination, "approach": name, "given": code in row.codes}
            for row in found.itertuples()
            for code, name in names.items()
        ]
    )
    axis = alt.Axis(ticks=False, domain=False, labelFontSize=13)
    y = alt.Y("approach:N", sort=list(names.values()), title=None, axis=axis)
    base = alt.Chart(annotation(cells)).encode(x=x, y=y)
    given = base.transform_filter("datum.given")
    scale = colour_scale({name: colours[code] for code, name in names.items()})
    colour = alt.Color("approach:N", scale=scale, legend=None)
    return alt.layer(
        base.mark_point(filled=True, size=90, color=RULE, opacity=1),
        given.mark_line(strokeWidth=2.5, color=INK).encode(detail=alt.Detail("combination:N")),
        given.mark_point(filled=True, size=110, opacity=1).encode(color=colour),
    ).properties(width=ACROSS, height=ROW * len(names))


def live_combinations(chart: alt.VConcatChart, found: pd.DataFrame, members: pd.DataFrame) -> Live:
    """Return the live version of the UpSet plot.

    Parameters
    ----------
    chart
        `plot_combinations`.
    found
        Columns ``combination``, ``initiatives``.
    members
        Columns ``combination``, ``id``, ``name``.
    """
    held = dict(list(members.groupby("combination", sort=False)))
    items = tuple(
        Item(
            key=row.combination,
            title=row.combination,
            text=f"{row.initiatives} initiatives",
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
