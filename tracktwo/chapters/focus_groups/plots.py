"""Chapter `focus_groups`: its charts of themes by group, and of differences between groups."""

import altair as alt
import pandas as pd

from tracktwo.chapters.focus_groups.chapter import CLEAR, LEANING, OPEN, PRACTICE, SIDES
from tracktwo.drawing.figures import annotation, named
from tracktwo.drawing.theme import (
    ACCENT,
    GREY,
    INK,
    LEVEL_COLOURS,
    PAPER,
    SIDE_COLOURS,
    SOFT,
    WIDTH,
)

ROW = 21  # height of a theme
NAMES = 184  # room for the names of themes
PANEL = (WIDTH - NAMES - 24) / 2  # width of one of two panels beside the names
FOUND_FILL = {CLEAR: ACCENT, LEANING: PAPER, OPEN: PAPER}
FOUND_STROKE = {CLEAR: ACCENT, LEANING: ACCENT, OPEN: GREY}
FOUND_WORDS = {CLEAR: "clear", LEANING: "leaning", OPEN: "not clear"}
SHAPES = ["circle", "square", "diamond", "triangle-up", "cross"]
SIDE_LOOK = {words: SIDE_COLOURS[side] for side, words in SIDES.items()}
PRACTICE_LOOK = {
    PRACTICE["elite"]: LEVEL_COLOURS["elite/professional"],
    PRACTICE["professional"]: INK,
    PRACTICE["grassroots"]: LEVEL_COLOURS["grassroots"],
    PRACTICE["researcher"]: GREY,
    PRACTICE["donor"]: SOFT,
}
QUESTION_LOOK = {"what worked": ACCENT, "what failed": INK, "how to improve": GREY}
STAND_IN_LOOK = {"meetings": ACCENT, "documents": GREY}


def theme_rows(order: list[str], names: bool) -> alt.Y:
    """Return the axis of themes, in `order`, with or without their names."""
    axis = alt.Axis(
        domain=False, ticks=False, grid=True, labels=names, labelLimit=NAMES, labelFontSize=13
    )
    return alt.Y("label:N", title=None, scale=alt.Scale(domain=order), axis=axis)


def panel_of_differences(
    result: pd.DataFrame, order: list[str], ends: tuple[str, str], *, names: bool, reach: float
) -> alt.LayerChart:
    """Draw the difference of two groups on each theme, with both intervals.

    Parameters
    ----------
    ends
        Who raises a theme oftener to the left of zero, and to the right.
    reach
        The largest difference either way that the axis shows.
    """
    name = f"difference-{ends[1].lower()}"
    y = theme_rows(order, names)
    base = alt.Chart(named(name, result)).encode(y=y)
    scale, axis = alt.Scale(domain=[-reach, reach], clamp=True), _signed_axis(reach)
    x = alt.X("difference:Q", title=None, scale=scale, axis=axis)
    stroke, fill = _found(alt.Color, FOUND_STROKE), _found(alt.Fill, FOUND_FILL)
    zero = alt.Chart(annotation(pd.DataFrame({"difference": [0]}))).mark_rule(color=INK)
    layers = [
        zero.encode(x=x),
        base.mark_rule(strokeWidth=1).encode(
            x=alt.X("wide_low:Q", scale=scale, axis=axis), x2="wide_high:Q", color=stroke
        ),
        base.mark_rule(strokeWidth=3.2).encode(
            x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q", color=stroke
        ),
        base.mark_point(size=62, opacity=1, fillOpacity=1, strokeWidth=1.6).encode(
            x=x, fill=fill, stroke=stroke
        ),
        *end_words(ends),
    ]
    return alt.layer(*layers).properties(width=PANEL, height=ROW * len(order))


def _signed_axis(reach: float) -> alt.Axis:
    far = 0.4 if reach > 0.4 else 0.2
    return alt.Axis(
        values=[-far, 0, far],
        labelExpr="datum.value == 0 ? '0' : format(100 * datum.value, '+.0f')",
        labelFlush=False,
    )


def _found(channel: type[alt.Color] | type[alt.Fill], look: dict[str, str]) -> alt.Color | alt.Fill:
    scale = alt.Scale(domain=list(look), range=list(look.values()))
    return channel("found:N", scale=scale, legend=None)


def end_words(ends: tuple[str, str]) -> list[alt.Chart]:
    """Return the words over the left and the right half of a panel of differences."""
    words = []
    for text, align, x in ((f"← {ends[0]}", "left", 0), (f"{ends[1]} →", "right", PANEL)):
        base = alt.Chart(annotation(pd.DataFrame({"text": [text]})))
        words.append(
            base.mark_text(align=align, fontSize=12, fontWeight=600, dy=-10).encode(
                x=alt.value(x), y=alt.value(0), text="text:N"
            )
        )
    return words


def panel_of_groups(
    counts: pd.DataFrame, order: list[str], look: dict[str, str], *, names: bool, top: float
) -> alt.LayerChart:
    """Draw the share of each group that raises each theme, as dots on one line a theme.

    Parameters
    ----------
    counts
        As `focus_groups.count_raised` returns it, ``group`` in words.
    look
        The colour of each group; its place gives the shape.
    top
        Where the axis ends.
    """
    shown = [group for group in look if group in set(counts["group"])]
    rows = counts[counts["group"].isin(shown)][["label", "group", "voices", "n", "share"]]
    shapes = dict(zip(look, SHAPES, strict=False))
    key = alt.Legend(orient="top", columns=2, symbolOpacity=1, labelLimit=PANEL)
    x = alt.X(
        "share:Q",
        title=None,
        scale=alt.Scale(domain=[0, top]),
        axis=alt.Axis(format="%", values=[x for x in (0, 0.2, 0.4, 0.6, 0.8) if x < top]),
    )
    dots = (
        alt.Chart(named(f"by-{shown[0] if shown else 'group'}".replace(" ", "-"), rows))
        .mark_point(filled=True, size=62, opacity=0.9)
        .encode(
            x=x,
            y=theme_rows(order, names),
            color=alt.Color(
                "group:N",
                scale=alt.Scale(domain=shown, range=[look[g] for g in shown]),
                legend=key,
            ),
            shape=alt.Shape(
                "group:N",
                scale=alt.Scale(domain=shown, range=[shapes[g] for g in shown]),
                legend=key,
            ),
        )
    )
    return alt.layer(dots).properties(width=PANEL, height=ROW * len(order))


def beside(*panels: alt.LayerChart) -> alt.HConcatChart:
    """Set panels side by side, each with its own colours and shapes."""
    return alt.hconcat(*panels, spacing=22).resolve_scale(
        color="independent", shape="independent", fill="independent", x="independent"
    )


def plot_differences(
    sides: pd.DataFrame, levels: pd.DataFrame, order: list[str]
) -> alt.HConcatChart | alt.LayerChart:
    """Draw the differences between the two sides, and between elite and grassroots voices."""
    both = [
        (sides, ("Palestinian", "Israeli")),
        (levels, ("grassroots", "elite")),
    ]
    shown = [(result, ends) for result, ends in both if len(result)]
    if not shown:
        return plot_nothing("Too few voices on either side of each comparison")
    reach = reach_of(*(result for result, _ in shown))
    return beside(
        *(
            panel_of_differences(result, order, ends, names=i == 0, reach=reach)
            for i, (result, ends) in enumerate(shown)
        )
    )


def plot_groups(
    by_side: pd.DataFrame, by_level: pd.DataFrame, order: list[str]
) -> alt.HConcatChart | alt.LayerChart:
    """Draw the themes of each side beside those of each level of practice."""
    shown = [(c, look) for c, look in ((by_side, SIDE_LOOK), (by_level, PRACTICE_LOOK)) if len(c)]
    if not shown:
        return plot_nothing("No group of voices is large enough to show its themes")
    top = top_of(by_side, by_level)
    return beside(
        *(
            panel_of_groups(counts, order, look, names=i == 0, top=top)
            for i, (counts, look) in enumerate(shown)
        )
    )


def plot_comparison(
    counts: pd.DataFrame,
    result: pd.DataFrame,
    order: list[str],
    look: dict[str, str],
    ends: tuple[str, str],
) -> alt.HConcatChart | alt.LayerChart:
    """Draw the themes of some groups, and beside them the difference of two of these."""
    if counts.empty:
        return plot_nothing("No group is large enough to show its themes")
    groups = panel_of_groups(counts, order, look, names=True, top=top_of(counts))
    if result.empty:
        return groups
    differences = panel_of_differences(result, order, ends, names=False, reach=reach_of(result))
    return beside(groups, differences)


def reach_of(*results: pd.DataFrame) -> float:
    """Return how far from zero the widest interval goes, rounded up to a tenth."""
    limits = pd.concat([result[["wide_low", "wide_high"]] for result in results])
    farthest = float(limits.astype(float).abs().max().max())
    return min(1.0, max(0.3, int(farthest * 10 + 0.999) / 10))


def top_of(*counts: pd.DataFrame) -> float:
    """Return the largest share, rounded up to a tenth: where the axes of shares end."""
    largest = float(pd.concat([table["share"] for table in counts]).max())
    return min(1.0, max(0.3, int(largest * 10 + 0.999) / 10))


def plot_nothing(words: str) -> alt.LayerChart:
    """Return a chart that only says why there is nothing to draw."""
    text = alt.Chart(annotation(pd.DataFrame({"words": [words]}))).mark_text(color=SOFT)
    return alt.layer(text.encode(text="words:N")).properties(width=WIDTH - 40, height=60)
