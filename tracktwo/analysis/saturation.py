"""Saturation: what one more document still adds."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tracktwo.analysis.estimates import SEED
from tracktwo.data.study import Study
from tracktwo.ground.digits import rounded

ORDERS = 1000
DOZEN = 12  # interviews after which Guest, Bunce and Johnson (2006) had most of their codes
NEARLY_ALL = 0.9


@dataclass(frozen=True, eq=False)
class Saturation:
    """How codes turn up as documents are read in many random orders.

    ``curve`` has the columns ``documents``, ``found`` (mean number of different codes), ``low``,
    ``high`` (95 % of the orders), ``new`` (mean number of new codes in this document),
    ``new_low``, ``new_high``. ``codes`` is how many the codebook has, ``used`` how many occur at
    all, ``single`` how many hang on one document. ``nearly`` is the median number of documents
    until `NEARLY_ALL` of those used are found, with ``nearly_low`` and ``nearly_high``.
    """

    curve: pd.DataFrame
    codes: int
    used: int
    single: int
    nearly: int
    nearly_low: int
    nearly_high: int


def code_documents(study: Study, rows: pd.DataFrame, variable: str) -> pd.DataFrame:
    """Return which document holds which code of a variable: ``bool``, a row a document."""
    names = [f"{variable}_{value}" for value in study.labels(variable, "practitioners")]
    return rows.groupby("document_id")[names].any()


def saturate(table: pd.DataFrame, near: int = DOZEN) -> Saturation:
    """Read the documents of `table` in random orders and count the codes found.

    New codes are averaged over the document and the `near` − 1 before it, within each order, so
    that the band is not one of noughts and ones.

    Parameters
    ----------
    table
        A row a document, a ``bool`` column a code; at least one row.
    """
    given = table.to_numpy()
    n = len(given)
    # When each document is read, in each order.
    read = np.random.default_rng(SEED).permuted(np.tile(np.arange(n), (ORDERS, 1)), axis=1)
    used = given[:, given.any(axis=0)]
    first = np.array([read[:, has].min(axis=1) for has in used.T]).reshape(-1, ORDERS).T
    found = (first[:, :, None] <= np.arange(n)).sum(axis=1)
    before = np.concatenate([np.zeros((ORDERS, near), int), found[:, :-near]], axis=1)[:, :n]
    new = (found - before) / np.fmin(np.arange(1, n + 1), near)
    enough = (found >= rounded(NEARLY_ALL * used.shape[1])).argmax(axis=1) + 1
    low, middle, high = (int(x) for x in np.percentile(enough, [2.5, 50, 97.5]))
    return Saturation(
        _curve(found, new),
        codes=given.shape[1],
        used=used.shape[1],
        single=int((given.sum(axis=0) == 1).sum()),
        nearly=middle,
        nearly_low=low,
        nearly_high=high,
    )


def _curve(found: np.ndarray, new: np.ndarray) -> pd.DataFrame:
    low, high = np.percentile(found, [2.5, 97.5], axis=0)
    new_low, new_high = np.percentile(new, [2.5, 97.5], axis=0)
    return pd.DataFrame(
        {
            "documents": np.arange(1, found.shape[1] + 1),
            "found": found.mean(axis=0),
            "low": low,
            "high": high,
            "new": new.mean(axis=0),
            "new_low": new_low,
            "new_high": new_high,
        }
    )


def after(result: Saturation, documents: int) -> pd.Series:
    """Return the curve after so many documents, or after all when there are fewer."""
    return result.curve.iloc[min(documents, len(result.curve)) - 1]
