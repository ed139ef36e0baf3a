"""How many digits a number keeps: one rounding for all that is published or compared.

Processors, threads and builds of a library give the same logarithm, matrix product or fit but for
its last bits. Rounded, such numbers are the same, and so is every order, tie and border that
rests on them. Estimates are rounded when they are made, and whatever goes into a figure, a table,
the text or a file is rounded when it leaves; between the two, sums of rounded numbers are the same
everywhere.
"""

from math import isfinite
from typing import TypeVar

import numpy as np
import pandas as pd

SIGNIFICANT = 7
"""Significant digits of every number that leaves a computation.

More than a reader needs (a year with its thousandths has seven), and few enough that the noise of
some 1e-15 all but never straddles the border between two roundings.
"""

FORMAT = f"{{:.{SIGNIFICANT}g}}".format

POWERS = np.array([float(f"1e{power}") for power in range(23)])
"""Those powers of ten that are floats without a rounding."""

NOUGHT = 1e-12
"""Below this a number is what is left when equals are subtracted: it is zero."""

Kept = TypeVar("Kept")


def rounded(value: Kept) -> Kept:
    """Return `value` with every fraction in it rounded to `SIGNIFICANT` digits.

    Parameters
    ----------
    value
        A number, an array, a series, a table, or lists and dictionaries of such. Whole numbers,
        text, and what is not finite stay as they are.
    """
    if isinstance(value, float):
        return _rounded(value)
    if isinstance(value, dict):
        return {key: rounded(inside) for key, inside in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(rounded(inside) for inside in value)
    if isinstance(value, pd.DataFrame):
        return value.apply(rounded) if len(value.columns) else value
    if isinstance(value, pd.Series):
        kept = value.dtype == object or pd.api.types.is_float_dtype(value.dtype)
        return value.map(rounded) if kept else value
    if isinstance(value, np.ndarray) and np.issubdtype(value.dtype, np.floating):
        return _all_rounded(value.ravel().astype(float)).reshape(value.shape)
    return value


def _all_rounded(numbers: np.ndarray) -> np.ndarray:
    """Return `_rounded` of each of many numbers, shape (n,).

    A number is scaled to a whole one of `SIGNIFICANT` digits. That and a power of ten are exact,
    so their quotient is the float nearest to the rounded number, as it is when read from text.
    Only where scaling might have moved a number across the border between two is text asked.
    """
    found = np.where(np.abs(numbers) < NOUGHT, 0.0, numbers)
    at = np.flatnonzero(np.isfinite(found) & (found != 0))
    some = found[at]
    places = SIGNIFICANT - 1 - np.floor(np.log10(np.abs(some))).astype(int)
    down, up = (POWERS[np.clip(p, 0, len(POWERS) - 1)] for p in (-places, places))
    scaled = some / down * up
    whole = np.rint(scaled)
    size = np.abs(scaled)
    sure = (np.abs(size % 1 - 0.5) > 1e-6) & (np.abs(places) < len(POWERS))
    sure &= (size >= 10 ** (SIGNIFICANT - 1)) & (size < 10**SIGNIFICANT)
    found[at] = whole / up * down
    for place in at[~sure]:
        found[place] = _rounded(float(numbers[place]))
    return found


def _rounded(number: float) -> float:
    if abs(number) < NOUGHT:
        return 0.0
    return float(FORMAT(number)) if isfinite(number) else number
