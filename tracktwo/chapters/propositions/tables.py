"""Chapter `propositions`: its tables, ready to print."""

import pandas as pd

from tracktwo.analysis.estimates import share
from tracktwo.chapters.propositions.border import single_choices, standings
from tracktwo.chapters.propositions.border_words import say_choice
from tracktwo.chapters.propositions.inventory import estimate_of
from tracktwo.chapters.propositions.probes import PROBES, SILENT, UNWRITTEN
from tracktwo.chapters.propositions.results import (
    SIDES,
    SYSTEMATIC,
    THIRD,
    UNCODED,
    Heard,
    known_pairs,
    readings,
    say_both,
    systematic,
)
from tracktwo.data.study import Study
from tracktwo.ground.wording import enumerate_words, first_up
from tracktwo.telling.links import statement_link
from tracktwo.telling.myst import plain
from tracktwo.words.numbers import points_text, share_text

CHECKED = ("confirmed", "corrected")
MOST_SHOWN = 3  # statements a proposition, in the table of those that contradict each other
DOUBTING = ("negative", "mixed")
NO_STATEMENT = "no statement"


def count_words(counts: pd.Series) -> str:
    """Return how many speakers of each side, in words: ``2 Israeli, 4 third parties``."""
    one = SIDES | {THIRD: "third party"}
    words = [f"{n} {(one if n == 1 else SIDES)[side]}" for side, n in counts.items() if n]
    return ", ".join(words) or "nobody"


def propositions_table(study: Study, heard: Heard) -> pd.DataFrame:
    """Return every proposition with what it says, who voices it, and how near it is to shared.

    In the order of `standings`, as in the figure.
    """
    book = study.codebook[
        (study.codebook["part"] == "practitioners")
        & (study.codebook["variable"] == "transfer_proposition")
    ]
    says = dict(zip(book["value"], book["definition"], strict=True))
    firm = heard.voicings[heard.voicings["support"] == SYSTEMATIC]["proposition"].value_counts()
    standing = standings(heard)
    names = [f"**{plain(heard.labels[key])}.** {plain(says[key])}" for key in standing.index]
    table = pd.DataFrame({"Proposition": names})
    for side, words in SIDES.items():
        table[first_up(words)] = heard.counts.loc[standing.index, side].to_numpy()
    table["On evidence"] = [int(firm.get(key, 0)) for key in standing.index]
    table["By the measure"] = standing["words"].to_numpy()
    return table


def voiced_table(heard: Heard) -> pd.DataFrame:
    """Return a link to every statement that voices a proposition, by side.

    Those of one speaker are joined by an ampersand, speakers by semicolons.
    """
    table = []
    for key in standings(heard).index:
        rows = heard.statements[heard.statements["transfer_proposition"] == key]
        line = {"Proposition": f"**{plain(heard.labels[key])}**"}
        for side, words in SIDES.items():
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
    return statement_link(str(key), plain(", ".join([support, *judged, *year])))


def readings_table(heard: Heard, curve: pd.DataFrame, coder: str) -> pd.DataFrame:
    """Return how many propositions are shared when one choice is another, and by looser readings.

    Parameters
    ----------
    curve
        `curves.curve` of C5, made with the statement codes of `coder` and of all others.
    """
    n = len(heard.labels)
    (measure, own), *looser = [(name, int(yes.sum())) for name, yes in readings(heard).items()]
    single = single_choices(curve, coder)
    changed = [
        (f"the measure, but {say_choice(row.choice, row.option)}", row.shared)
        for row in single.itertuples()
    ]
    return pd.DataFrame(
        [
            {
                "Voiced by": plain(first_up(name)),
                "Propositions": k,
                "Share (95% interval)": share_text(share(k, n)).text,
            }
            for name, k in [(measure, own), *changed, *looser]
        ]
    )


def support_table(heard: Heard) -> pd.DataFrame:
    """Return the statements of each side by support, and the share on systematic evidence."""
    groups = [(words, heard.statements["side"] == side) for side, words in SIDES.items()]
    table = []
    for words, chosen in [*groups, ("all", heard.statements["side"].notna())]:
        rows = heard.statements[chosen]
        support = rows["proposition_support"].value_counts()
        counts = {plain(label): int(support[code]) for code, label in heard.supports.items()}
        found = share_text(systematic(rows)).text
        table.append(
            {
                "Side": first_up(words),
                "Statements": len(rows),
                **counts,
                "Systematic (95% interval)": found,
            }
        )
    return pd.DataFrame(table)


def pair_table(heard: Heard) -> pd.DataFrame:
    """Return the pairs of propositions that contradict each other and who voices them."""
    table = []
    for pair in known_pairs(heard):
        names = [plain(heard.labels[key]) for key in pair]
        voiced = [
            f"{name}: {count_words(heard.counts.loc[key])}"
            for name, key in zip(names, pair, strict=True)
        ]
        table.append(
            {
                "Pair": " against ".join([names[0], names[1].lower()]),
                "Voiced by": f"{'; '.join(voiced)}.",
                "Speakers of both": len(say_both(heard, pair)),
            }
        )
    return pd.DataFrame(table)


def statements_table(heard: Heard, rows: pd.DataFrame) -> pd.DataFrame:
    """Return statements: proposition, side and support; the paraphrase with a link."""
    if rows.empty:
        return pd.DataFrame([{"Proposition": "none", "What is said": NO_STATEMENT}])
    table = []
    for key, row in rows.iterrows():
        support = heard.supports.get(row["proposition_support"], UNCODED)
        link = statement_link(str(key), f"{row['title']}, {row['year']}")
        label = plain(heard.labels[row["transfer_proposition"]])
        table.append(
            {
                "Proposition": f"**{label}**, {SIDES[row['side']]}, {plain(support.lower())}",
                "What is said": f"{plain(row['paraphrase'])} ({link})",
            }
        )
    return pd.DataFrame(table)


def firm_statements(heard: Heard) -> pd.DataFrame:
    """Return the statements that rest on systematic evidence."""
    return heard.statements[heard.statements["proposition_support"] == SYSTEMATIC]


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


def probes_table(study: Study, heard: Heard) -> pd.DataFrame:
    """Return for each proposition whether the inventory can speak to it, and by which codes."""
    routes = study.labels("transfer")
    return pd.DataFrame(
        [
            {"Proposition": plain(label)} | _probe_words(key, routes)
            for key, label in heard.labels.items()
        ]
    )


def _probe_words(key: str, routes: dict[str, str]) -> dict[str, str]:
    columns = ("Can it speak?", "By what codes, or why not")
    if key not in PROBES:
        return dict(zip(columns, ("no", SILENT.get(key, UNWRITTEN)), strict=True))
    probe = PROBES[key]
    aside = [plain(routes[route].lower()) for route in probe.aside if route in routes]
    words = (
        f"Among {probe.among}: {probe.having} against {probe.lacking}. "
        f"Routes set aside: {enumerate_words(aside)}. {probe.gap}"
    )
    return dict(zip(columns, ("in part", words), strict=True))


def tests_table(found: pd.DataFrame) -> pd.DataFrame:
    """Return the comparisons: the shares compared, and the difference in each reading."""
    table = []
    for _, rows in found.groupby("proposition", sort=False):
        rows = rows.set_index("outcome")
        one = rows.loc["strict"]
        differences = [points_text(estimate_of(rows.loc[x]), "").text for x in rows.index]
        table.append(
            {
                "Proposition": plain(one["label"]),
                "With": _of(one["having"], one["n_having"]),
                "Without": _of(one["lacking"], one["n_lacking"]),
                "Counted": differences[0],
                "Left out": differences[1],
                "Planned": differences[2],
            }
        )
    return pd.DataFrame(table)


def _of(count: int, n: int) -> str:
    """Return a count of cases that stays on one line."""
    return f"{count}\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}{n}"
