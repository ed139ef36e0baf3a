"""The rules of codes: what the codebook allows, and that coders leave nothing out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from tracktwo.data.validation.descriptor import DESCRIPTOR

Breach = tuple[int | None, str, str, str]
"""Row, column, what was found, what is allowed."""

STANDS_ALONE = "(stands alone)"
"""Marks, in a definition of the codebook, a value that excludes every other."""

CONSENSUS = "consensus"


@dataclass(frozen=True)
class Coding:
    """A table of codes, what they are codes of, and the codebook's part for them.

    Attributes
    ----------
    codes, book : pandas.DataFrame
        The codes, indexed by spreadsheet row; the rows of the codebook that apply to them.
    units : pandas.Series
        Ids of what is coded.
    column : str
        The column of `codes` that holds such an id.
    optional : frozenset of str
        Variables of which something coded may have no code.
    partial : frozenset of str
        Coders of a sample, who may leave out what they like.
    deciding : str
        The coder whose codes count unless another is asked for.
    """

    codes: pd.DataFrame
    book: pd.DataFrame
    units: pd.Series
    column: str
    optional: frozenset[str]
    partial: frozenset[str] = frozenset()
    deciding: str = CONSENSUS

    def rows(self, *columns: str) -> Iterator[tuple[Any, ...]]:
        """Yield row number and cells of the codes that have all of `columns`."""
        codes = self.codes[list(columns)].dropna()
        return zip(codes.index, *(codes[column].tolist() for column in columns), strict=True)

    def breaches(self) -> Iterator[Breach]:
        """Yield every breach of a rule of codes."""
        yield from codes_are_in_codebook(self)
        yield from codes_go_together(self)
        yield from variables_are_coded(self)
        yield from coders_code_everything(self)


def codes_are_in_codebook(coding: Coding) -> Iterator[Breach]:
    """Demand values and variables of the right part of the codebook."""
    allowed = coding.book.groupby("variable", sort=False)["value"].agg(list).to_dict()
    for row, variable, value in coding.rows("variable", "value"):
        if variable not in allowed:
            yield row, "variable", variable, ", ".join(allowed)
        elif value not in allowed[variable]:
            yield row, "value", value, ", ".join(allowed[variable])


def codes_go_together(coding: Coding) -> Iterator[Breach]:
    """Demand one value, or a value alone, where the codebook says so."""
    book = coding.book
    single = set(book.loc[~book["multiple"], "variable"])
    alone = book[book["definition"].str.contains(STANDS_ALONE, regex=False, na=False)]
    alone = set(zip(alone["variable"], alone["value"], strict=True))
    given: dict[tuple[str, ...], dict[str, int]] = {}
    for row, *key, value in coding.rows(coding.column, "coder", "variable", "value"):
        given.setdefault(tuple(key), {})[value] = row
    for (unit, coder, variable), rows in given.items():
        lone = [value for value in rows if (variable, value) in alone]
        if len(rows) > 1 and (variable in single or lone):
            found = f"{', '.join(rows)} ({unit}, {coder})"
            allowed = f"one value of {variable}" if variable in single else f"{lone[0]} alone"
            yield rows[lone[0]] if lone else max(rows.values()), "value", found, allowed


def variables_are_coded(coding: Coding) -> Iterator[Breach]:
    """Demand a code for every variable that is not optional, of whatever a coder codes.

    A variable that a coder never uses is one complaint.
    """
    wanted = [v for v in coding.book["variable"].unique() if v not in coding.optional]
    given: dict[tuple[str, ...], dict[str, int]] = {}
    used: dict[str, dict[str, int]] = {}
    for row, unit, coder, variable in coding.rows(coding.column, "coder", "variable"):
        given.setdefault((unit, coder), {})[variable] = row
        used.setdefault(coder, {})[variable] = row
    allowed = "a code for each variable by each coder"
    for coder, rows in used.items():
        if coder in coding.partial:
            continue
        if missing := [v for v in wanted if v not in rows]:
            yield None, "variable", f"no {', '.join(missing)} ({coder})", allowed
    units = set(coding.units)
    for (unit, coder), rows in given.items():
        missing = [v for v in wanted if v not in rows and v in used[coder]]
        if missing and unit in units and coder not in coding.partial:
            found = f"no {', '.join(missing)} ({unit}, {coder})"
            yield min(rows.values()), "variable", found, allowed


def coders_code_everything(coding: Coding) -> Iterator[Breach]:
    """Demand that each coder leave nothing out and that one of several be the consensus.

    One complaint a coder, not one for each thing left out: the name may be misspelt. Coders of a
    sample are declared as such in the data set's descriptor.
    """
    coders = coding.codes["coder"].dropna().unique()
    if len(coders) > 1 and not {CONSENSUS, coding.deciding} & set(coders):
        allowed = f"{CONSENSUS} among the coders, or one of them as frame: coder in {DESCRIPTOR}"
        yield None, "coder", ", ".join(coders), allowed
    for coder, coded in coding.codes.groupby("coder", sort=False)[coding.column]:
        left = coding.units[~coding.units.isin(coded)]
        if len(left) and coder not in coding.partial:
            done = f"{len(coding.units) - len(left)} of {len(coding.units)}"
            found = f"{coder} codes {done}, not {left.iloc[0]}"
            yield coded.index[0], "coder", found, "codes of everything by each coder"
