"""Codes as columns: one row an initiative or a statement, a column a value of the codebook."""

import numpy as np
import pandas as pd

from tracktwo.data.validation.coding import places


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
    variable, value, unit = (places(codes[name]) for name in ("variable", "value", key))
    column = [names.get_indexer([f"{v}_{each}" for each in value[1]]) for v in variable[1]]
    shape = (len(variable[1]), len(value[1]))
    of_code = np.array(column, dtype=int).reshape(shape)[variable[0], value[0]]
    of_row = rows.index.get_indexer(unit[1])[unit[0]]
    known = (of_row >= 0) & (of_code >= 0)
    given = np.zeros((len(rows), len(names)), dtype=bool)
    given[of_row[known], of_code[known]] = True
    columns = pd.DataFrame(given, index=rows.index, columns=names)
    single = {}
    for variable, at in book.reset_index().groupby("variable", sort=False).indices.items():
        if not book["multiple"].iloc[at].any():
            marks = given[:, at]
            first = np.where(marks.any(axis=1), marks.argmax(axis=1), -1)
            single[variable] = pd.Categorical.from_codes(first, book["value"].iloc[at])
    return rows.join(columns.assign(**single))
