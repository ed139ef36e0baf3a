"""The rules of codes: what the codebook allows, and that coders leave nothing out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from tracktwo.data.validation.descriptor import DESCRIPTOR

Breach = tuple[int | None, str, str, str]
"""Row, column, what was found, what is allowed."""

STANDS_ALONE = "(stands alone)"
"""Marks, in a definition of the codebook, a value that excludes every other."""

CONSENSUS = "consensus"

DENSE = 1_000_000
"""Numbers that may be counted by without asking how many of them there are."""


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

    def answers(self, *columns: str) -> pd.DataFrame:
        """Return the codes that have all of `columns`, and these alone."""
        return self.codes[list(columns)].dropna()

    def rows(self, answers: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
        """Yield row number and cells of some of the `answers`."""
        cells = (column.tolist() for _, column in answers.items())
        return zip(answers.index, *cells, strict=True)

    def breaches(self) -> Iterator[Breach]:
        """Yield every breach of a rule of codes."""
        yield from codes_are_in_codebook(self)
        yield from codes_go_together(self)
        yield from variables_are_coded(self)
        yield from coders_code_everything(self)


def places(column: pd.Series) -> tuple[np.ndarray, Sequence[str]]:
    """Return of a column of text which of its different cells each row has, and these cells."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy(), column.cat.categories.tolist()
    at, each = pd.factorize(column)
    return at, [*each]


def numbered(*columns: tuple[np.ndarray, Sequence[Any]]) -> np.ndarray:
    """Return a number for each combination of cells: small ones, to be counted by.

    Parameters
    ----------
    columns
        `places` of each.
    """
    (number, each), *others = columns
    number, size = number.astype(np.int64), len(each)
    for at, cells in others:
        number, size = number * len(cells) + at, size * len(cells)
        if size > max(4 * len(number), DENSE):  # many combinations that are not there
            number, there = pd.factorize(number)
            size = len(there)
    return number


def codes_are_in_codebook(coding: Coding) -> Iterator[Breach]:
    """Demand values and variables of the right part of the codebook."""
    allowed = coding.book.groupby("variable", sort=False)["value"].agg(list).to_dict()
    pairs = coding.codes[["variable", "value"]].dropna()
    strange = [
        (variable, value)
        for variable, value in pairs.drop_duplicates().itertuples(index=False)
        if value not in allowed.get(variable, ())
    ]
    for variable, value in strange:
        alike = (pairs["variable"] == variable) & (pairs["value"] == value)
        for row in pairs.index[alike]:
            if variable not in allowed:
                yield row, "variable", variable, ", ".join(allowed)
            else:
                yield row, "value", value, ", ".join(allowed[variable])


def codes_go_together(coding: Coding) -> Iterator[Breach]:
    """Demand one value, or a value alone, where the codebook says so."""
    book = coding.book
    single = set(book.loc[~book["multiple"], "variable"])
    alone = book[book["definition"].str.contains(STANDS_ALONE, regex=False, na=False)]
    alone = set(zip(alone["variable"], alone["value"], strict=True))
    given: dict[tuple[str, ...], dict[str, int]] = {}
    answers = coding.answers(coding.column, "coder", "variable", "value")
    for row, *key, value in coding.rows(answers[_many(answers, single, alone)]):
        given.setdefault(tuple(key), {})[value] = row
    for (unit, coder, variable), rows in given.items():
        lone = [value for value in rows if (variable, value) in alone]
        if len(rows) > 1 and (variable in single or lone):
            found = f"{', '.join(rows)} ({unit}, {coder})"
            allowed = f"one value of {variable}" if variable in single else f"{lone[0]} alone"
            yield rows[lone[0]] if lone else max(rows.values()), "value", found, allowed


def _many(answers: pd.DataFrame, single: set[str], alone: set[tuple[str, str]]) -> np.ndarray:
    """Return which codes are of an answer of several, where one value is wanted or stands alone."""
    *key, value = (places(answers[column]) for column in answers)
    _, variables = key[-1]
    answer = numbered(*key)
    several = np.bincount(answer, minlength=1) > 1
    stands = np.zeros((len(variables), len(value[1])), bool)
    stands[[v in single for v in variables]] = True
    for v, variable in enumerate(variables):
        stands[v] |= [(variable, each) in alone for each in value[1]]
    wanted = np.zeros(len(several), bool)
    wanted[answer[stands[key[-1][0], value[0]]]] = True
    return (several & wanted)[answer]


def variables_are_coded(coding: Coding) -> Iterator[Breach]:
    """Demand a code for every variable that is not optional, of whatever a coder codes.

    A variable that a coder never uses is one complaint.
    """
    wanted = [v for v in coding.book["variable"].unique() if v not in coding.optional]
    answers = coding.answers(coding.column, "coder", "variable")
    units, coders, variables = (places(answers[column]) for column in answers)
    used = np.zeros((len(coders[1]), len(variables[1])), bool)
    used[coders[0], variables[0]] = True
    used_by = {c: {*np.array(variables[1])[used[i]]} for i, c in enumerate(coders[1])}
    allowed = "a code for each variable by each coder"
    for coder in answers["coder"].unique():
        missing = [v for v in wanted if v not in used_by[coder]]
        if missing and coder not in coding.partial:
            yield None, "variable", f"no {', '.join(missing)} ({coder})", allowed
    # Of each unit and coder, how many of the variables are there that should be.
    asked = used & np.array([v in wanted for v in variables[1]], dtype=bool)
    pair = numbered(units, coders)
    new = ~pd.Series(numbered((pair, range(pair.max(initial=-1) + 1)), variables)).duplicated()
    counted = (new & asked[coders[0], variables[0]]).to_numpy()
    answered = np.bincount(pair[counted], minlength=pair.max(initial=-1) + 1)
    few = answered[pair] < asked.sum(axis=1)[coders[0]]
    given: dict[tuple[str, ...], dict[str, int]] = {}
    for row, unit, coder, variable in coding.rows(answers[few]):
        given.setdefault((unit, coder), {})[variable] = row
    known = set(coding.units) if given else ()
    for (unit, coder), rows in given.items():
        missing = [v for v in wanted if v not in rows and v in used_by[coder]]
        if missing and unit in known and coder not in coding.partial:
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
