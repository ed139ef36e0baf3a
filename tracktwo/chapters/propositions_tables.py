"""Chapter `propositions`: its tables, ready to print."""

import pandas as pd

from tracktwo.chapters.propositions import (
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
from tracktwo.chapters.propositions_inventory import estimate_of
from tracktwo.chapters.propositions_probes import PROBES, SILENT, UNWRITTEN
from tracktwo.estimates import share
from tracktwo.links import statement_link
from tracktwo.numbers import points_text, share_text
from tracktwo.study import Study
from tracktwo.tables import plain
from tracktwo.wording import enumerate_words, first_up

CHECKED = ("confirmed", "corrected")
MOST_SHOWN = 3  # statements a proposition, in the table of those that contradict each other
NO_STATEMENT = "no statement"


def count_words(counts: pd.Series) -> str:
    """Return how many speakers of each side, in words: ``2 Israeli, 4 third parties``."""
    one = SIDES | {THIRD: "third party"}
    words = [f"{n} {(one if n == 1 else SIDES)[side]}" for side, n in counts.items() if n]
    return ", ".join(words) or "nobody"


def propositions_table(study: Study, heard: Heard) -> pd.DataFrame:
    """Return every proposition with what it says and how many speakers of each side voice it."""
    book = study.codebook[
        (study.codebook["part"] == "practitioners")
        & (study.codebook["variable"] == "transfer_proposition")
    ]
    says = dict(zip(book["value"], book["definition"], strict=True))
    firm = heard.voicings[heard.voicings["support"] == SYSTEMATIC]["proposition"].value_counts()
    table = pd.DataFrame(
        {
            "Proposition": [
                f"**{plain(label)}.** {plain(says[key])}" for key, label in heard.labels.items()
            ]
        }
    )
    for side, words in SIDES.items():
        table[first_up(words)] = heard.counts[side].to_numpy()
    table["On evidence"] = [int(firm.get(key, 0)) for key in heard.labels]
    return table


def readings_table(heard: Heard) -> pd.DataFrame:
    """Return how many propositions are shared under each reading of shared."""
    return pd.DataFrame(
        [
            {
                "Voiced by": first_up(name),
                "Propositions": int(yes.sum()),
                "Share (95% interval)": share_text(share(int(yes.sum()), len(yes))).text,
            }
            for name, yes in readings(heard).items()
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
