"""How far the coders of each round agree on every variable."""

import pandas as pd

from tracktwo.analysis.agreement import alpha, code_sets, percent_agreement
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
    codes, units = coded(study, part)
    variables = study.codebook.loc[study.codebook["part"] == part, "variable"].unique()
    rows = []
    for variable in variables:
        for name, coders in rounds_of(study, part).items():
            one, two = (code_sets(codes, units, coder, variable) for coder in coders)
            rows.append(
                _row(spoken(variable), name, alpha(one, two))
                | {"percent": percent_agreement(one, two)}
            )
    return pd.DataFrame(rows, columns=[*COLUMNS, "percent"])


def agreement_by_code(study: Study, part: str, variable: str) -> pd.DataFrame:
    """Return the agreement of each round on every code of a variable: given or not given.

    Columns ``variable`` (the code's label), ``round``, ``alpha``, ``low``, ``high``, ``n``.
    """
    codes, units = coded(study, part)
    rows = []
    for value, label in study.labels(variable, part).items():
        for name, coders in rounds_of(study, part).items():
            given = [
                [frozenset({value in found}) for found in code_sets(codes, units, coder, variable)]
                for coder in coders
            ]
            rows.append(_row(label, name, alpha(*given)))
    return pd.DataFrame(rows, columns=COLUMNS)


def weakest(table: pd.DataFrame, round_name: str) -> pd.Series | None:
    """Return the row with the lowest alpha of a round, None when it has no alpha."""
    rows = table[(table["round"] == round_name) & table["alpha"].notna()]
    return None if rows.empty else rows.loc[rows["alpha"].idxmin()]


def rounds_of(study: Study, part: str) -> dict[str, tuple[str, str]]:
    """Return the two coders of each round of a part, by how the round is written."""
    return {f"{name} round": pair for name, pair in study.rounds[part].items()}


def coded(study: Study, part: str) -> tuple[pd.DataFrame, pd.Index]:
    """Return the codes of a part, and the units that were coded."""
    if part == "inventory":
        return study.codes, pd.Index(study.initiatives["id"])
    return study.statement_codes, pd.Index(study.statements["id"])


def _row(label: str, round_name: str, estimate: Estimate) -> dict[str, object]:
    values = (label, round_name, estimate.value, estimate.low, estimate.high, estimate.n)
    return dict(zip(COLUMNS, values, strict=True))
