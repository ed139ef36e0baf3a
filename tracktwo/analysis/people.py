"""A person's codes beside the machine's: how far they agree, and what changes if they count.

A person may have coded a sample, and may have left questions open. What is compared is what the
person answered: an initiative or statement on a variable, with at least one code. On a row that
the person finished, an optional question left open is an answer too: none.
"""

from dataclasses import replace

import pandas as pd

from tracktwo.analysis.agreement import alpha, code_sets
from tracktwo.analysis.estimates import Estimate, lead, share
from tracktwo.analysis.frame import Frame
from tracktwo.analysis.rounds import spoken
from tracktwo.data.study import Study

AGREEMENT = ["variable", "round", "alpha", "low", "high", "n", "same"]
CODES = ["variable", "code", "n", "both", "person", "other", "alpha"]
ROWS = ["key", "variable", "person", "other"]
SHARES = ["variable", "code", "machine", "corrected", "n"]


def beside(study: Study, part: str, person: str, counted: str) -> list[str]:
    """Return whom a person is held against: whose codes count, and the latest round's two.

    Parameters
    ----------
    counted
        The coder whose codes the book uses.
    """
    latest = next(reversed(study.rounds.get(part, {}).values()), ())
    return [coder for coder in dict.fromkeys([counted, *latest]) if coder != person]


def agreement_with(study: Study, part: str, person: str, counted: str) -> pd.DataFrame:
    """Return how far a person agrees with each of `beside` on each variable.

    Returns
    -------
    pd.DataFrame
        Columns ``variable`` (in words), ``round`` (with whom), ``alpha``, ``low``, ``high``
        (alpha's bootstrap interval), ``n`` (rows they answered) and ``same``, an `Estimate` of
        how often both gave exactly the same codes.
    """
    table = []
    for variable in _variables(study, part):
        for other in beside(study, part, person, counted):
            one, two = _both(study, part, variable, person, other)
            found = alpha(one, two)
            same = share(sum(a == b for a, b in zip(one, two, strict=True)), len(one))
            label = f"with {study.coder_label(other, part)}"
            numbers = (found.value, found.low, found.high, found.n, same)
            table += [(spoken(variable), label, *numbers)] if len(one) else []
    return pd.DataFrame(table, columns=AGREEMENT)


def differing_codes(study: Study, part: str, person: str, other: str) -> pd.DataFrame:
    """Return the codes that the two did not always give to the same rows, the most often first.

    Columns ``variable``, ``code`` (its label), ``n`` (rows compared), ``both``, ``person``,
    ``other`` (rows to which both or one alone gave it) and ``alpha`` (given or not given).
    """
    table = []
    for variable in _variables(study, part):
        one, two = _both(study, part, variable, person, other)
        for value, label in study.labels(variable, part).items():
            given = [(value in a, value in b) for a, b in zip(one, two, strict=True)]
            counts = [given.count(kind) for kind in ((True, True), (True, False), (False, True))]
            if counts[1] + counts[2]:
                each = ([frozenset({g[i]}) for g in given] for i in (0, 1))
                table.append((spoken(variable), label, len(given), *counts, alpha(*each)))
    found = pd.DataFrame(table, columns=CODES)
    often = (found["person"] + found["other"]).sort_values(ascending=False, kind="stable")
    return found.loc[often.index].reset_index(drop=True)


def differing_rows(study: Study, part: str, person: str, other: str) -> pd.DataFrame:
    """Return where the two gave different codes: ``key``, ``variable``, and the codes of each.

    Those on which a person differs most come first; codes are labels joined by commas.
    """
    table = []
    for variable in _variables(study, part):
        labels = study.labels(variable, part)
        one, two = _both(study, part, variable, person, other)
        for key, a, b in zip(one.index, one, two, strict=True):
            said = [", ".join(x for v, x in labels.items() if v in codes) for codes in (a, b)]
            table += [(key, spoken(variable), *said)] if a != b else []
    found = pd.DataFrame(table, columns=ROWS)
    often = found.groupby("key")["key"].transform("size")
    order = found.assign(often=-often).sort_values(["often", "key"], kind="stable")
    return order.drop(columns="often").reset_index(drop=True)


def with_person(study: Study, part: str, person: str, counted: str) -> Study:
    """Return the study in which a person's answers count where there are any.

    On a row and variable that the person answered, they take the place of the codes of `counted`;
    an answer of none takes those codes away.
    """
    codes = study.codes if part == "inventory" else study.statement_codes
    key = codes.columns[0]
    theirs = codes[codes["coder"] == person]
    coded = pd.MultiIndex.from_frame(theirs[[key, "variable"]])
    at = pd.MultiIndex.from_frame(codes[[key, "variable"]])
    optional = codes["variable"].isin(study.optional_variables(part))
    none = codes[key].isin(finished(study, part, person)) & optional
    replaced = (codes["coder"] == counted) & (at.isin(coded) | none)
    new = pd.concat([codes[~replaced], theirs.assign(coder=counted)], ignore_index=True)
    return replace(study, **{"codes" if part == "inventory" else "statement_codes": new})


def finished(study: Study, part: str, person: str) -> pd.Index:
    """Return the ids of the rows on which a person answered all that must be answered.

    A table of codes cannot hold an answer of none; that all else is answered shows that the row
    was read to its end. Where a codebook has optional questions alone, one code finishes a row.
    """
    codes = study.codes if part == "inventory" else study.statement_codes
    key = codes.columns[0]
    wanted = set(_variables(study, part)) - study.optional_variables(part)
    given = codes[codes["coder"] == person].groupby(key, observed=True)["variable"].agg(set)
    return pd.Index([row for row, variables in given.items() if wanted <= variables])


def corrected_shares(
    study: Study, frame: Frame, person: str, variables: tuple[str, ...]
) -> pd.DataFrame:
    """Return what share of the frame's initiatives would have each code if the person coded all.

    The difference estimator of survey sampling (Särndal, Swensson and Wretman 1992): the
    machine's share among all rows, plus how much more often the person gave the code in the
    sample. The interval is that of the difference, between two shares of the same cases
    (`estimates.lead`); it holds when the sample was drawn at random.

    Returns
    -------
    pd.DataFrame
        Columns ``variable``, ``code``, ``machine`` (a share), ``corrected`` (an `Estimate`) and
        ``n`` (rows of the sample).
    """
    rows, table = frame.select(study), []
    for variable in variables:
        one, two = _both(study, "inventory", variable, person, frame.coder)
        inside = one.index.isin(rows.index)
        pairs = list(zip(one[inside], two[inside], strict=True))
        for value, label in study.labels(variable).items():
            more = sum(value in a and value not in b for a, b in pairs)
            less = sum(value in b and value not in a for a, b in pairs)
            machine = float(rows[f"{variable}_{value}"].mean())
            moved = lead(more, less, len(pairs))
            ends = [min(max(machine + x, 0.0), 1.0) for x in (moved.value, moved.low, moved.high)]
            table.append(
                (spoken(variable), label, machine, Estimate(*ends, len(pairs)), len(pairs))
            )
    return pd.DataFrame(table, columns=SHARES)


def _variables(study: Study, part: str) -> list[str]:
    book = study.codebook
    return list(book.loc[book["part"] == part, "variable"].unique())


def _both(
    study: Study, part: str, variable: str, person: str, other: str
) -> tuple[pd.Series, pd.Series]:
    """Return the codes that both gave on a variable, on the rows where the person answered."""
    codes = study.codes if part == "inventory" else study.statement_codes
    units = study.initiatives if part == "inventory" else study.statements
    one, two = (code_sets(codes, pd.Index(units["id"]), c, variable) for c in (person, other))
    answered = one.map(bool)
    if variable in study.optional_variables(part):
        answered |= one.index.isin(finished(study, part, person))
    return one[answered], two[answered]
