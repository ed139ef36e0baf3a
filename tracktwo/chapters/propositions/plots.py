"""Chapter `propositions`: its chart, a dot for each speaker with a proposition, and its tables."""

from math import ceil

import altair as alt
import pandas as pd

from tracktwo.analysis.estimates import share
from tracktwo.chapters.propositions.results import (
    GROUPS,
    MEASURE,
    OTHERWISE,
    SYSTEMATIC,
    UNCODED,
    Heard,
    known_pairs,
    readings,
    single_choices,
    standings,
    systematic,
)
from tracktwo.data.study import Study
from tracktwo.drawing.figures import annotation, named
from tracktwo.drawing.groups import side_colours
from tracktwo.drawing.theme import ACCENT, PAPER, SOFT, WIDTH
from tracktwo.drawing.theme import colour_scale as colours_of
from tracktwo.ground.wording import first_up
from tracktwo.telling.links import statement_link
from tracktwo.telling.myst import plain
from tracktwo.words.numbers import share_text

GUTTER = 164  # for the names of the propositions and of their groups
ROOM = WIDTH - GUTTER - 6
TINT = 0.1  # opacity of the rows of shared propositions
FEWEST_SLOTS, SLOTS_A_LETTER = 4, 0.62
"""Room for the name of a side above its dots."""
KINDS = {True: "on evidence", False: "without"}
CHECKED = ("confirmed", "corrected")
MOST_SHOWN = 3  # statements a proposition, in the table of those that contradict each other
DOUBTING = ("negative", "mixed")


def place_voicings(heard: Heard) -> tuple[pd.DataFrame, dict[str, int], int]:
    """Return where each dot of the grid stands.

    Returns
    -------
    voicings : pd.DataFrame
        Columns ``proposition``, ``side``, ``support`` (`KINDS`), ``slot`` (place in the row).
    starts : dict
        The first slot of each side.
    slots : int
        How many slots a row has.
    """
    starts, end = {}, 0
    first, *others = heard.sides  # joint voices stand between the first side and the others
    order = [first, *sorted(others, key=lambda side: side != heard.conflict.joint)]
    for side in order:
        letters = len(heard.sides[side]) if side in heard.conflict.sides else 0
        least = max(FEWEST_SLOTS, ceil(SLOTS_A_LETTER * letters))
        starts[side] = end
        end += max(int(heard.counts[side].max()), least) + 1
    rows = heard.voicings.assign(firm=heard.voicings["support"] == SYSTEMATIC)
    rows = rows.sort_values(["proposition", "side", "firm", "voice"], ascending=[1, 1, 0, 1])
    within = rows.groupby(["proposition", "side"]).cumcount()
    table = pd.DataFrame(
        {
            "proposition": rows["proposition"].map(heard.labels),
            "side": rows["side"].map(heard.sides),
            "support": rows["firm"].map(KINDS),
            "slot": rows["side"].map(starts).astype(int) + within,
        }
    )
    return table, starts, end


def plot_grid(heard: Heard) -> alt.LayerChart:
    """Draw a dot for each speaker with a proposition, by side, full where there is evidence."""
    table, starts, slots = place_voicings(heard)
    standing, order = standings(heard), []
    for group, rows in standing.groupby("group", sort=False):
        order += [group, *(heard.labels[key] for key in rows.index)]
    x = alt.X("slot:Q", scale=alt.Scale(domain=[-0.6, slots], nice=False), axis=None)
    head = f"indexof({GROUPS}, datum.value) >= 0"
    axis = alt.Axis(
        grid=True,
        zindex=0,  # below the dots, although a tint covers rows
        labelAlign="left",
        labelPadding=GUTTER,
        minExtent=GUTTER,
        domain=False,
        ticks=False,
        labelFontWeight=alt.condition(head, alt.value("bold"), alt.value("normal")),
        gridOpacity=alt.condition(head, alt.value(0), alt.value(1)),
    )
    rows = alt.Scale(type="band", domain=order, padding=0)
    y = alt.Y("proposition:N", sort=order, scale=rows, title=None, axis=axis)
    colours = {heard.sides[x]: colour for x, colour in side_colours(heard.conflict).items()}
    side = {"scale": colours_of(colours), "legend": None}
    size = min(120, (0.75 * ROOM / slots) ** 2)
    base = alt.Chart(named("voicings", table)).encode(x=x, y=y)
    dots = base.mark_point(filled=True, size=size, opacity=1, color=PAPER)
    full = alt.FillOpacity(
        "support:N", scale=alt.Scale(domain=list(KINDS.values()), range=[1, 0]), legend=None
    )
    marks = base.mark_point(strokeWidth=1.8, size=size, opacity=1).encode(
        stroke=alt.Stroke("side:N", **side), fill=alt.Fill("side:N", **side), fillOpacity=full
    )
    key = pd.DataFrame({"support": list(KINDS.values()), "slot": [0, 0.45 * slots]})
    keys = alt.Chart(annotation(key)).encode(x=x, y=alt.YValue(-46))
    heads = pd.DataFrame({"slot": starts, "side": heard.sides})
    heads["name"] = heads["side"].map(first_up)
    third = {heard.sides[x]: SOFT for x in [heard.conflict.third_party] if x}
    in_words = colours_of(colours | third)
    names = alt.Chart(annotation(heads)).mark_text(align="left", dx=-6, fontWeight=600)
    shared = standing.index[standing["group"].isin(GROUPS[:2])]
    shared = [heard.labels[key] for key in shared]
    tint = alt.Chart(annotation(pd.DataFrame({"proposition": shared})))
    tint = tint.mark_rect(color=ACCENT, opacity=TINT)
    layers = [
        tint.encode(x=alt.XValue(0), x2=alt.X2Value(ROOM), y=y),
        dots,
        marks,
        keys.mark_point(strokeWidth=1.8, size=110, opacity=1, stroke=SOFT, fill=SOFT).encode(
            fillOpacity=full
        ),
        keys.mark_text(align="left", dx=12).encode(text=alt.Text("support:N")),
        names.encode(
            x=x,
            y=alt.YValue(-8),
            text=alt.Text("name:N"),
            color=alt.Color("side:N", scale=in_words, legend=None),
        ),
    ]
    if silent := [name for name in order if name not in {*table["proposition"], *GROUPS}]:
        nobody = alt.Chart(annotation(pd.DataFrame({"proposition": silent, "slot": 0})))
        text = {"x": x, "y": y, "text": alt.value("nobody")}
        ground = nobody.mark_text(align="left", dx=-6, stroke=PAPER, strokeWidth=6)
        layers += [ground.encode(**text)]
        layers += [nobody.mark_text(align="left", dx=-6, color=SOFT).encode(**text)]
    return alt.layer(*layers).properties(width=ROOM, height=alt.Step(25))


def propositions_table(study: Study, heard: Heard) -> pd.DataFrame:
    """Return every proposition with how near it is to shared, in the order of `standings`."""
    book = study.codebook[
        (study.codebook["part"] == "practitioners")
        & (study.codebook["variable"] == "transfer_proposition")
    ]
    says = dict(zip(book["value"], book["definition"], strict=True))
    firm = heard.voicings[heard.voicings["support"] == SYSTEMATIC]["proposition"].value_counts()
    standing = standings(heard)
    return pd.DataFrame(
        {
            "Proposition": [f"**{plain(heard.labels[key])}**" for key in standing.index],
            "Shared?": [first_up(words) for words in standing["words"]],
            "What it says": [plain(says[key]) for key in standing.index],
            "Voices": heard.counts.sum(axis=1)[standing.index].to_numpy(),
            "On evidence": [int(firm.get(key, 0)) for key in standing.index],
        }
    )


def voiced_table(heard: Heard) -> pd.DataFrame:
    """Return a link to every statement that voices a proposition, by side.

    Those of one speaker are joined by an ampersand, speakers by semicolons.
    """
    table = []
    for key in standings(heard).index:
        rows = heard.statements[heard.statements["transfer_proposition"] == key]
        line = {"Proposition": f"**{plain(heard.labels[key])}**"}
        for side, words in heard.sides.items():
            said = rows[rows["side"] == side].groupby("voice", sort=False)
            links = [
                " & ".join(_short_link(heard, k, row) for k, row in group.iterrows())
                for _, group in said
            ]
            line[first_up(words)] = "; ".join(links) or "nobody"
        table.append(line)
    return pd.DataFrame(table)


def _short_link(heard: Heard, key: str, row: pd.Series) -> str:
    support = heard.supports.get(row["proposition_support"], UNCODED).lower()
    judged = [str(row["valence"])] if row["valence"] in DOUBTING else []
    year = [] if pd.isna(row["year"]) else [str(row["year"])]
    return statement_link(str(key), ", ".join([support, *judged, *year]))


def readings_table(heard: Heard, curve: pd.DataFrame, coder: str) -> pd.DataFrame:
    """Return how many propositions are shared when one choice is another, and by looser readings.

    Parameters
    ----------
    curve
        `curves.curve` of C5, made with the statement codes of `coder` and of all others.
    """
    n = len(heard.labels)
    found = {name: int(yes.sum()) for name, yes in readings(heard).items()}
    rows = [(MEASURE, found.pop(MEASURE))]
    coders = 0
    for row in single_choices(curve, coder).itertuples():
        coders += row.choice == "coder"
        words = f"the measure, with the codes of coder {coders}"
        rows.append((OTHERWISE.get(row.option, words), row.shared))
    return pd.DataFrame(
        [
            {
                "Voiced by": first_up(words),
                "Shared": k,
                "Share of all": share_text(share(k, n)).text,
            }
            for words, k in [*rows, *found.items()]
        ]
    )


def support_table(heard: Heard) -> pd.DataFrame:
    """Return the statements of each side by support, and the share on systematic evidence."""
    groups = [(words, heard.statements["side"] == side) for side, words in heard.sides.items()]
    table = []
    for words, chosen in [*groups, ("all", heard.statements["side"].notna())]:
        rows = heard.statements[chosen]
        support = rows["proposition_support"].value_counts()
        counts = {plain(label): int(support[code]) for code, label in heard.supports.items()}
        found = {"On systematic evidence": share_text(systematic(rows)).text}
        table.append({"Side": first_up(words), **found, "Statements": len(rows), **counts})
    return pd.DataFrame(table)


def statements_table(heard: Heard, rows: pd.DataFrame) -> pd.DataFrame:
    """Return statements: proposition and side; the paraphrase with a link.

    The support stands beside the side where the statements differ in it.
    """
    table, differ = [], rows["proposition_support"].nunique(dropna=False) > 1
    for key, row in rows.iterrows():
        support = heard.supports.get(row["proposition_support"], UNCODED).lower()
        label = plain(heard.labels[row["transfer_proposition"]])
        link = statement_link(str(key), f"{row['title']}, {row['year']}")
        said = f"{plain(row['paraphrase'])} ({link})"
        who = plain(_speaker(heard, row["side"]))
        who = f"{who}; {plain(support)}" if differ else who
        table.append({"Proposition": f"**{label}** ({who})", "What is said": said})
    return pd.DataFrame(table or [{"Proposition": "none", "What is said": "no statement"}])


def _speaker(heard: Heard, side: str) -> str:
    """Return one who speaks for a side, in words."""
    if side == heard.conflict.joint:
        return "a joint statement"
    if side == heard.conflict.third_party:
        return "a third party"
    adjective = heard.conflict.sides[side].adjective
    return f"{'an' if adjective[0] in 'AEIOU' else 'a'} {adjective}"


def pair_statements(heard: Heard) -> pd.DataFrame:
    """Return some statements for each contradicting proposition: a speaker has one at most.

    Those checked against their source come first.
    """
    rows = heard.statements.assign(
        unchecked=~heard.statements["source_check"].isin(CHECKED),
    ).sort_values("unchecked", kind="stable")
    rows = rows.drop_duplicates(["transfer_proposition", "voice"])
    chosen = [
        rows[rows["transfer_proposition"] == proposition].head(MOST_SHOWN)
        for pair in known_pairs(heard)
        for proposition in pair
    ]
    return pd.concat(chosen) if chosen else rows.head(0)
