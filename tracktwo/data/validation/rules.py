"""The rules of a data set that a schema cannot say, except those of codes (`coding`).

Each rule takes the typed tables it names, indexed by spreadsheet row, and yields what breaks
it: table, row, column, what was found, what is allowed. A rule whose tables are not all
there is passed over; what is wrong with those tables has been said already.
"""

import inspect
import re
from collections.abc import Callable, Iterator

import pandas as pd

from tracktwo.data.validation.status import known_until

PREDICTION = re.compile(r"(>=|<=|>|<) (-?\d+(?:\.\d+)?)")
"""A side on which a claim predicts a statistic: a relation and a border."""

Breach = tuple[str, int | None, str | None, str, str]


def broken_rules(tables: dict[str, pd.DataFrame]) -> Iterator[Breach]:
    """Yield every breach of a rule in typed `tables`, which may be fewer than all."""
    for rule in RULES:
        needed = list(inspect.signature(rule).parameters)
        if all(name in tables for name in needed):
            yield from rule(*(tables[name] for name in needed))


# The inventory


def years_are_in_order(initiatives: pd.DataFrame) -> Iterator[Breach]:
    """Refuse an initiative that ends before it starts."""
    late = initiatives[(initiatives["start_year"] > initiatives["end_year"]).fillna(False)]
    for row, item in late.iterrows():
        found = f"{item.end_year}, with start_year {item.start_year}"
        yield "initiatives", row, "end_year", found, "a year not before start_year"


def initiatives_meet_the_years(initiatives: pd.DataFrame, facts: pd.DataFrame) -> Iterator[Breach]:
    """Refuse an initiative that was over before the data set's years.

    The first year is the data set's own, in its table of facts: another conflict has another.
    What began after the last is kept: it shows what came after the article's window.
    """
    numbers = facts.set_index("key")["value"]
    if "first_year" in numbers:
        first = int(numbers["first_year"])
        early = initiatives[(initiatives["end_year"] < first).fillna(False)]
        for row, item in early.iterrows():
            yield "initiatives", row, "end_year", str(item.end_year), f"at least {first}"


def end_status_fits(initiatives: pd.DataFrame) -> Iterator[Breach]:
    """Demand a last year of what ended, and none of what went on."""
    status, ends = initiatives["end_status"], initiatives["end_year"].notna()
    went_on = status.isin([s for s in status.cat.categories if known_until(s)])
    for row, item in initiatives[((status == "ended") & ~ends) | (went_on & ends)].iterrows():
        if item.end_status == "ended":
            yield "initiatives", row, "end_year", "an empty cell", "a year, as end_status is ended"
        else:
            allowed = f"an empty cell, as end_status is {item.end_status}"
            yield "initiatives", row, "end_year", str(item.end_year), allowed


def parts_have_no_cycle(initiatives: pd.DataFrame) -> Iterator[Breach]:
    """Refuse parts that, followed upwards, come back to themselves; each circle once."""
    parts = initiatives.dropna(subset=["id", "part_of"])
    whole_of = dict(zip(parts["id"], parts["part_of"], strict=True))
    row_of = dict(zip(parts["id"], parts.index, strict=True))
    checked: set[str] = set()
    for name in whole_of:
        chain: dict[str, None] = {}
        while name in whole_of and name not in checked and name not in chain:
            chain[name] = None
            name = whole_of[name]
        checked.update(chain)
        if name in chain:
            circle = [*chain][[*chain].index(name) :]
            found = " → ".join([*circle, name])
            yield "initiatives", row_of[name], "part_of", found, "parts that lead to no circle"


def initiatives_have_sources(initiatives: pd.DataFrame, sources: pd.DataFrame) -> Iterator[Breach]:
    """Demand a source of every initiative."""
    bare = initiatives[~initiatives["id"].isin(sources["initiative_id"])]
    for row, name in bare["id"].items():
        yield "initiatives", row, "id", f"no source of {name}", "a row in inventory/sources.csv"


def doubts_name_columns(initiatives: pd.DataFrame, codebook: pd.DataFrame) -> Iterator[Breach]:
    """Demand that what is uncertain be a column or a variable."""
    yield from _names_columns("initiatives", "uncertain", initiatives, initiatives, codebook)


def sources_name_columns(
    sources: pd.DataFrame, initiatives: pd.DataFrame, codebook: pd.DataFrame
) -> Iterator[Breach]:
    """Demand that what a source supports be a column or a variable."""
    yield from _names_columns("sources", "supports", sources, initiatives, codebook)


def _names_columns(
    name: str, column: str, table: pd.DataFrame, initiatives: pd.DataFrame, codebook: pd.DataFrame
) -> Iterator[Breach]:
    variables = codebook.loc[codebook["part"] == "inventory", "variable"].unique()
    known = [*initiatives.columns, *variables]
    strange = any(not set(names or ()) <= {*known} for names in set(table[column]))
    for row, names in table[column].items() if strange else ():
        for unknown in [item for item in names or () if item not in known]:
            yield name, row, column, unknown, ", ".join(known)


# The codebook


def variables_are_told_once(codebook: pd.DataFrame) -> Iterator[Breach]:
    """Demand that a variable say the same of itself in each of its rows."""
    for _, rows in codebook.groupby(["part", "variable"], observed=True):
        for column in ("multiple", "description"):
            other = rows.index[rows[column] != rows[column].iloc[0]]
            for row in other:
                allowed = f"the same as in row {rows.index[0]}, for one variable"
                yield "codebook", row, column, "another value", allowed


# The claims


def claims_predict_each_statistic(claims: pd.DataFrame) -> Iterator[Breach]:
    """Demand a side, such as ``> 0.5``, for each statistic of a claim."""
    for row, claim in claims.dropna(subset=["statistic", "predicted"]).iterrows():
        sides = claim.predicted.split("; ")
        if not all(PREDICTION.fullmatch(side) for side in sides):
            allowed = "a relation (>, >=, <, <=) and a number, several joined by '; '"
            yield "claims", row, "predicted", claim.predicted, allowed
        elif len(sides) != (wanted := len(claim.statistic.split("; "))):
            yield "claims", row, "predicted", claim.predicted, f"{wanted} sides, one a statistic"


RULES: tuple[Callable[..., Iterator[Breach]], ...] = (
    years_are_in_order,
    initiatives_meet_the_years,
    end_status_fits,
    parts_have_no_cycle,
    initiatives_have_sources,
    doubts_name_columns,
    sources_name_columns,
    variables_are_told_once,
    claims_predict_each_statistic,
)
