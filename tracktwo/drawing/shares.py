"""Shares of codes in groups, in the form that the charts of `dots` draw."""

from collections.abc import Iterable

import pandas as pd

from tracktwo.analysis.estimates import Estimate, share, with_interval
from tracktwo.data.study import Study
from tracktwo.words.numbers import percent

NUMBERS = ["share", "low", "high", "n"]


def code_shares(rows: pd.DataFrame, by: str, variable: str, names: dict[str, str]) -> pd.DataFrame:
    """Return the share of each code of a single-valued variable in each group of `by`.

    Parameters
    ----------
    by
        A categorical column; its groups without rows are left out.
    names
        The codes and how they are written, in order.

    Returns
    -------
    pd.DataFrame
        Columns ``label`` (the group), `variable` (as `names` writes it), ``initiatives``,
        ``share``, ``low``, ``high`` (Wilson), ``n``.
    """
    table = []
    for group, chosen in rows.groupby(by, observed=True):
        for key, name in names.items():
            count = int((chosen[variable] == key).sum())
            given = {"label": str(group), variable: name, "initiatives": count}
            table.append(with_interval(given, share(count, len(chosen))))
    table = pd.DataFrame(table, columns=["label", variable, "initiatives", *NUMBERS])
    return table.astype(dict.fromkeys(NUMBERS[:3], float))  # also where there is no row


def interval_rows(found: Iterable[tuple[str, Estimate]]) -> pd.DataFrame:
    """Return estimates by name as a table for `dots.plot_intervals`, with words for each."""
    table = [
        with_interval({"label": name}, estimate) | {"words": short_share(estimate)}
        for name, estimate in found
    ]
    return pd.DataFrame(table, columns=["label", *NUMBERS, "words"])


def short_share(estimate: Estimate) -> str:
    """Write a share and its n for the end of a row in a chart."""
    return f"{percent(estimate.value).text} of {estimate.n}" if estimate.n else "no cases"


def groups_of(rows: pd.DataFrame, variable: str, study: Study) -> dict[str, pd.DataFrame]:
    """Return the rows that carry each code of a variable; a row may carry several."""
    labels = study.labels(variable)
    return {label.lower(): rows[rows[f"{variable}_{code}"]] for code, label in labels.items()}
