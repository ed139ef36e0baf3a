"""Chapter `typology`: its charts."""

import altair as alt
import pandas as pd

from tracktwo.analysis.estimates import with_interval
from tracktwo.chapters.typology.told import ALL, WITHOUT_FOCUS
from tracktwo.drawing.figures import annotation, named
from tracktwo.drawing.theme import APPROACH_COLOURS, GREY, INK, RULE, SOFT, WIDTH

LEFT, MATRIX, ROW, BARS = 110, 290, 30, 150  # the parts of the UpSet plot, in pixels
ENDS = "datum.value == 1 ? '100%' : format(100 * datum.value, 'd')"
NAMES = 125  # room for the names beside a chart


def approach_scale(labels: dict[str, str]) -> alt.Scale:
    """Return a scale from the label of each approach to its colour."""
    colours = [APPROACH_COLOURS.get(code, GREY) for code in labels]
    return alt.Scale(domain=list(labels.values()), range=colours)


def plot_combinations(
    found: pd.DataFrame, members: pd.DataFrame, shares: pd.DataFrame, labels: dict[str, str]
) -> alt.ConcatChart:
    """Draw the combinations of approaches as an UpSet plot (Lex et al. 2014).

    Parameters
    ----------
    found
        Columns ``combination``, ``codes``, ``initiatives``, ``expected``.
    members
        Columns ``combination``, ``id``, ``name``: kept in the spec as the data set ``members``,
        for a reader who asks which initiatives a column holds.
    shares
        The prevalence of each approach.
    """
    x = alt.X("combination:N", sort=found["combination"].tolist(), title=None, axis=None)
    bars, dots = _combination_bars(found, labels, x), _combination_dots(found, labels, x)
    words = pd.DataFrame({"y": [0, 1], "text": ["bar: found", "tick: by chance"]})
    key = (
        alt.Chart(annotation(words))
        .mark_text(align="left", fontSize=11.5, color=SOFT)
        .encode(x=alt.value(0), y=alt.Y("y:O", axis=None), text="text:N")
        .properties(width=LEFT, height=34)
    )
    chart = alt.concat(key, bars, _prevalence(shares, labels), dots, columns=2, spacing=12)
    kept = {"members": members.to_dict("records")}
    return chart.resolve_scale(color="independent").properties(datasets=kept)


def _combination_bars(found: pd.DataFrame, labels: dict[str, str], x: alt.X) -> alt.LayerChart:
    colour = {
        row.combination: APPROACH_COLOURS.get(row.codes[0], GREY) if len(row.codes) == 1 else GREY
        for row in found.itertuples()
    }
    scale = alt.Scale(domain=list(colour), range=list(colour.values()))
    base = alt.Chart(named("combinations", found.drop(columns="codes"))).encode(x=x)
    top = float(found[["initiatives", "expected"]].max().max())
    y = alt.Y("initiatives:Q", title=None, axis=None, scale=alt.Scale(domain=[0, top * 1.08]))
    size = alt.RelativeBandSize(0.66)
    return alt.layer(
        base.mark_bar(width=size).encode(
            y=y, color=alt.Color("combination:N", scale=scale, legend=None)
        ),
        base.mark_tick(thickness=2, color=INK, width=size).encode(y="expected:Q"),
        base.mark_text(dy=11, color=INK, fontWeight=600).encode(
            y=alt.value(BARS), text="initiatives:Q"
        ),
    ).properties(width=MATRIX, height=BARS)


def _combination_dots(found: pd.DataFrame, labels: dict[str, str], x: alt.X) -> alt.LayerChart:
    cells = pd.DataFrame(
        [
            {"combination": row.combination, "approach": label, "given": code in row.codes}
            for row in found.itertuples()
            for code, label in labels.items()
        ]
    )
    y = alt.Y("approach:N", sort=list(labels.values()), title=None, axis=None)
    base = alt.Chart(annotation(cells)).encode(x=x, y=y)
    given = base.transform_filter("datum.given")
    return alt.layer(
        base.mark_point(filled=True, size=90, color=RULE, opacity=1),
        given.mark_line(strokeWidth=2.5, color=INK).encode(detail="combination:N"),
        given.mark_point(filled=True, size=110, opacity=1).encode(
            color=alt.Color("approach:N", scale=approach_scale(labels), legend=None)
        ),
    ).properties(width=MATRIX, height=ROW * len(labels))


def _prevalence(shares: pd.DataFrame, labels: dict[str, str]) -> alt.LayerChart:
    base = alt.Chart(named("prevalence", shares.drop(columns="code"))).encode(
        y=alt.Y(
            "label:N",
            sort=list(labels.values()),
            title=None,
            axis=alt.Axis(ticks=False, domain=False, labelFontSize=13),
        ),
        color=alt.Color("label:N", scale=approach_scale(labels), legend=None),
    )
    top = float(shares["high"].max()) * 1.5
    x = alt.X(
        "share:Q",
        title="share of initiatives",
        scale=alt.Scale(domain=[0, top]),
        axis=alt.Axis(format="%", values=[0, 0.5], grid=True),
    )
    words = base.mark_text(align="left", dx=6, fontWeight=600)
    return alt.layer(
        base.mark_rule(strokeWidth=2).encode(x=alt.X("low:Q"), x2="high:Q"),
        base.mark_point(filled=True, size=80, opacity=1).encode(x=x),
        words.encode(x="high:Q", text=alt.Text("share:Q", format=".0%")),
    ).properties(width=LEFT, height=ROW * len(labels))


def plot_pairs(pairs: pd.DataFrame, limit: float) -> alt.LayerChart:
    """Draw the overlap of each two approaches with its interval, and what chance gives.

    Parameters
    ----------
    limit
        The overlap from which two approaches count as one (claim C9).
    """
    table = pd.DataFrame(
        [
            with_interval({"pair": row.pair, "both": row.both, "chance": row.chance}, row.jaccard)
            for row in pairs.sort_values(["both", "pair"], ascending=[False, True]).itertuples()
        ]
    )
    base = alt.Chart(named("pairs", table)).encode(
        y=alt.Y(
            "pair:N",
            sort=table["pair"].tolist(),
            title=None,
            axis=alt.Axis(ticks=False, domain=False, labelLimit=300),
        )
    )
    x = alt.X(
        "share:Q",
        title="of the initiatives with either approach, the share with both",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%", tickCount=5),
    )
    border = alt.Chart(annotation(pd.DataFrame({"x": [limit]})))
    return alt.layer(
        border.mark_rule(strokeDash=[4, 3]).encode(x="x:Q"),
        base.mark_rule(strokeWidth=2, color=INK).encode(x=alt.X("low:Q"), x2="high:Q"),
        base.mark_tick(thickness=2.5, color=SOFT, height=18).encode(x="chance:Q"),
        base.mark_point(filled=True, size=90, opacity=1, color=INK).encode(x=x),
        *_pair_words(table, limit),
    ).properties(width=WIDTH - 240, height=alt.Step(32))


def _pair_words(table: pd.DataFrame, limit: float) -> list[alt.Chart]:
    """Return the words for the tick and for the border, above the first line."""
    words = pd.DataFrame(
        {"x": [table["chance"].iloc[0], limit], "text": ["by chance", "as good as one"]}
    )
    base = alt.Chart(annotation(words.dropna())).mark_text(fontSize=11.5, color=SOFT)
    return [base.encode(x="x:Q", y=alt.value(-8), text="text:N")]


def plot_shares(table: pd.DataFrame, labels: dict[str, str]) -> alt.FacetChart:
    """Draw the share of each approach in several groups: a column an approach, a line a group.

    Parameters
    ----------
    table
        Columns ``label`` (the approach), ``variable``, ``group``, ``share``, ``low``, ``high``,
        ``n``. Groups of another ``variable`` stand apart from those above.
    """
    order = []
    for i, (_, part) in enumerate(table.groupby("variable", sort=False)):
        order += [" " * i] * (i > 0) + part["group"].unique().tolist()
    base = alt.Chart(named("shares", table)).encode(
        y=alt.Y(
            "group:N",
            title=None,
            scale=alt.Scale(domain=order),
            axis=alt.Axis(ticks=False, domain=False),
        ),
        color=alt.Color("label:N", scale=approach_scale(labels), legend=None),
    )
    x = alt.X(
        "share:Q",
        title=None,
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(values=[0, 0.5, 1], labelExpr=ENDS, labelOverlap=False, gridColor=RULE),
    )
    layers = alt.layer(
        base.mark_rule(strokeWidth=2).encode(x=alt.X("low:Q"), x2="high:Q"),
        base.mark_point(filled=True, size=75, opacity=1).encode(x=x),
    )
    width = (WIDTH - NAMES - 14 * (len(labels) - 1)) / max(len(labels), 1)
    head = alt.Header(
        labelExpr="split(datum.value, ' ')", labelBaseline="bottom", labelLineHeight=15
    )
    column = alt.Column("label:N", title=None, sort=list(labels.values()), header=head)
    return layers.properties(width=width, height=25 * len(order)).facet(column=column, spacing=14)


def plot_told(told: pd.DataFrame, labels: dict[str, str]) -> alt.LayerChart:
    """Draw how well each approach is told from all other codes, and from all but focus."""
    table = pd.DataFrame(
        [
            with_interval({"label": row.label, "codes": row.source}, row.told.auc)
            for row in told.itertuples()
            if row.source in (ALL, WITHOUT_FOCUS)
        ]
    )
    table = table.rename(columns={"share": "auc"})
    low = min(0.4, float(table["low"].min())) if table["low"].notna().any() else 0.4
    shapes = alt.Scale(domain=[ALL, WITHOUT_FOCUS], range=["circle", "diamond"])
    base = alt.Chart(named("told", table)).encode(
        y=alt.Y(
            "label:N",
            sort=list(labels.values()),
            title=None,
            axis=alt.Axis(ticks=False, domain=False, labelFontSize=13),
        ),
        yOffset=alt.YOffset("codes:N", sort=[ALL, WITHOUT_FOCUS]),
        color=alt.Color("label:N", scale=approach_scale(labels), legend=None),
    )
    x = alt.X(
        "auc:Q",
        title="how often the right one of two initiatives is named (50% is guessing)",
        scale=alt.Scale(domain=[low, 1], zero=False, nice=False),
        axis=alt.Axis(format="%", tickCount=6),
    )
    guess = alt.Chart(annotation(pd.DataFrame({"x": [0.5]})))
    legend = alt.Legend(orient="top", symbolFillColor=INK, symbolStrokeColor=INK)
    return alt.layer(
        guess.mark_rule(strokeDash=[4, 3]).encode(x="x:Q"),
        base.mark_rule(strokeWidth=2).encode(x=alt.X("low:Q"), x2="high:Q"),
        base.mark_point(filled=True, size=85, opacity=1).encode(
            x=x, shape=alt.Shape("codes:N", scale=shapes, legend=legend)
        ),
    ).properties(width=WIDTH - 150, height=40 * len(labels))
