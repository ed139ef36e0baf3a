"""Codes as columns: one row an initiative or a statement, a column a value of the codebook."""

import numpy as np
import pandas as pd


def with_codes(
    rows: pd.DataFrame, book: pd.DataFrame, codes: pd.DataFrame, key: str
) -> pd.DataFrame:
    """Return `rows` with the codes of one coder beside them; their ``id`` becomes the index.

    Parameters
    ----------
    book
        The codebook's rows on these codes.
    codes
        One row a code, by one coder.
    key
        The column of `codes` that holds the id of a row.

    Returns
    -------
    pandas.DataFrame
        A ``bool`` column ``{variable}_{value}`` for every value; and for each variable with one
        value a categorical column of its name, in the codebook's order.
    """
    rows = rows.set_index("id")
    names = pd.Index(book["variable"].astype(str) + "_" + book["value"].astype(str))
    given = np.zeros((len(rows), len(names)), dtype=bool)
    of_code = names.get_indexer(codes["variable"].astype(str) + "_" + codes["value"].astype(str))
    of_row = rows.index.get_indexer(codes[key])
    known = (of_row >= 0) & (of_code >= 0)
    given[of_row[known], of_code[known]] = True
    columns = pd.DataFrame(given, index=rows.index, columns=names)
    for variable, lines in book.groupby("variable", sort=False):
        if not lines["multiple"].any():
            values = codes[codes["variable"] == variable].set_index(key)["value"]
            single = pd.Categorical(values.reindex(rows.index), categories=lines["value"])
            columns[variable] = single
    return rows.join(columns)
