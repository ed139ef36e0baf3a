"""How far the two coders of each round agree."""

import pandas as pd

from tracktwo.analysis.agreement import alpha, code_sets, confusion, percent_agreement
from tracktwo.analysis.estimates import Estimate
from tracktwo.data.study import Study

FIRM, TENTATIVE = 0.8, 0.667  # customary lower limits of alpha (Krippendorff 2019)
COLUMNS = ["variable", "round", "alpha", "low", "high", "n"]


def spoken(variable: str) -> str:
    """Return a variable's name as words."""
    return variable.replace("_", " ")


def agreement_by_variable(study: Study, part: str) -> pd.DataFrame:
    """Return the agreement of each round's two coders on each variable of a part.

    Returns
    -------
    pd.DataFrame
        Columns ``variable`` (in words), ``round``, ``alpha``, ``low``, ``high``, ``percent``,
        ``n``; only the rounds that the part holds.
    """
    codes, units = _coded(study, part)
    variables = study.codebook.loc[study.codebook["part"] == part, "variable"].unique()
    rows = []
    for variable in variables:
        for name, coders in rounds(study, part).items():
            one, two = (code_sets(codes, units, coder, variable) for coder in coders)
            rows.append(
                _row(spoken(variable), name, alpha(one, two))
                | {"percent": percent_agreement(one, two)}
            )
    return pd.DataFrame(rows, columns=[*COLUMNS, "percent"])


def agreement_by_code(study: Study, part: str, variable: str) -> pd.DataFrame:
    """Return the agreement of each round on every code of a variable: given or not given.

    Columns ``variable`` (the code's label), ``round``, ``alpha``, ``low``, ``high``, ``n``; none
    where the data do not have the variable.
    """
    codes, units = _coded(study, part)
    rows = []
    known = study.has_variable(variable, part)
    for value, label in (study.labels(variable, part) if known else {}).items():
        for name, coders in rounds(study, part).items():
            given = [
                [frozenset({value in found}) for found in code_sets(codes, units, coder, variable)]
                for coder in coders
            ]
            rows.append(_row(label, name, alpha(*given)))
    return pd.DataFrame(rows, columns=COLUMNS)


def rounds(study: Study, part: str = "inventory") -> dict[str, tuple[str, str]]:
    """Return the two coders of each round of a part, by how the round is written."""
    return {f"{name} round": pair for name, pair in study.rounds[part].items()}


def earliest(study: Study, part: str = "inventory") -> str | None:
    """Return how the part's first round of coding is written, None when it has no round."""
    return next(iter(rounds(study, part)), None)


def pairs_given(study: Study, variable: str, round_name: str) -> pd.DataFrame:
    """Return how often the two coders of a round gave each pair of values of the inventory."""
    one, two = _both(study, variable, round_name)
    return confusion(one, two, study.labels(variable))


def disagreements(study: Study, variable: str, round_name: str, code: str) -> dict[str, int]:
    """Return how often a round's coders gave different values, and how often one gave `code`."""
    apart = [(a, b) for a, b in zip(*_both(study, variable, round_name), strict=True) if a != b]
    return {"n": len(apart), "with_code": sum(code in a | b for a, b in apart)}


def weakest(table: pd.DataFrame, round_name: str | None) -> pd.Series | None:
    """Return the row with the lowest alpha of a round, None when it has no alpha."""
    rows = table[(table["round"] == round_name) & table["alpha"].notna()]
    return None if rows.empty else rows.loc[rows["alpha"].idxmin()]


def _both(study: Study, variable: str, round_name: str) -> tuple[pd.Series, pd.Series]:
    codes, units = _coded(study, "inventory")
    coders = rounds(study)[round_name]
    one, two = (code_sets(codes, units, coder, variable) for coder in coders)
    return one, two


def _coded(study: Study, part: str) -> tuple[pd.DataFrame, pd.Index]:
    if part == "inventory":
        return study.codes, pd.Index(study.initiatives["id"])
    return study.statement_codes, pd.Index(study.statements["id"])


def _row(label: str, round_name: str, estimate: Estimate) -> dict[str, object]:
    values = (label, round_name, estimate.value, estimate.low, estimate.high, estimate.n)
    return dict(zip(COLUMNS, values, strict=True))
