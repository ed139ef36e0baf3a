"""Chapter `typology`: how the approaches meet, against what chance alone would give."""

from itertools import combinations

import numpy as np
import pandas as pd

from tracktwo.analysis.estimates import Estimate, resample, share
from tracktwo.ground.digits import rounded


def coverage(shares: np.ndarray) -> np.ndarray:
    """Return how often independent approaches leave an initiative with at least one.

    The codebook wants an approach for every initiative, so two approaches must meet less often
    than a plain product of their shares p says. If approaches were given independently with
    chances q, and initiatives left without any were not seen, then p = q / Z with
    Z = 1 - prod(1 - q): independence cut off at zero. Newton's method solves that for Z; two
    approaches then meet in a share p * p' * Z. Where no initiative has two, Z is 0.

    Parameters
    ----------
    shares
        Shape (..., approaches): the share of each approach.

    Returns
    -------
    numpy.ndarray
        Shape (...).
    """
    z = np.ones(shares.shape[:-1])
    for _ in range(60):
        left = 1 - shares * z[..., None]
        others = [np.delete(left, i, axis=-1).prod(axis=-1) for i in range(shares.shape[-1])]
        slope = (shares * np.stack(others, axis=-1)).sum(axis=-1) - 1
        z = z - (1 - left.prod(axis=-1) - z) / np.where(slope < 0, slope, -1.0)
    return np.where(shares.sum(axis=-1) > 1 + 1e-9, z, 0.0)


def count_combinations(marks: pd.DataFrame, labels: dict[str, str]) -> pd.DataFrame:
    """Return every combination of approaches found, the commonest first.

    Columns ``combination`` (the labels), ``codes`` (a tuple), ``initiatives`` and ``expected``:
    how many there would be if approaches met by chance (see `coverage`).
    """
    shares = marks.mean().to_numpy(dtype=float)
    z = rounded(float(coverage(shares)))
    table = []
    for given, group in marks.groupby(list(marks.columns)):
        has = np.array(given, dtype=bool)
        chance = shares[has].prod() * (1 - shares[~has] * z).prod() * z ** max(has.sum() - 1, 0)
        codes = tuple(marks.columns[has])
        row = {"combination": name_of(codes, labels), "codes": codes, "initiatives": len(group)}
        table.append(row | {"expected": rounded(chance * len(marks))})
    found = pd.DataFrame(table)
    return found.sort_values(
        ["initiatives", "combination"], ascending=[False, True], ignore_index=True
    )


def name_of(codes: tuple[str, ...], labels: dict[str, str]) -> str:
    """Return a combination of approaches in words."""
    return " + ".join(labels[code] for code in codes) or "none"


def members(rows: pd.DataFrame, marks: pd.DataFrame, labels: dict[str, str]) -> pd.DataFrame:
    """Return the initiatives of each combination: ``combination``, ``id``, ``name``."""
    names = [name_of(tuple(marks.columns[has]), labels) for has in marks.to_numpy(dtype=bool)]
    return pd.DataFrame({"combination": names, "id": rows.index, "name": rows["name"].to_numpy()})


def pair_table(marks: pd.DataFrame, labels: dict[str, str]) -> pd.DataFrame:
    """Return how the approaches meet, two by two.

    Returns
    -------
    pd.DataFrame
        Columns ``pair``, ``one``, ``other`` (labels), ``both``, ``expected`` (initiatives with
        both, by chance), ``chance`` (the same as a Jaccard overlap), and three columns of
        `Estimate`: ``jaccard`` (the share with both among the initiatives with either, Jaccard
        1912; Wilson interval), ``lift`` (both, as a multiple of what chance gives) and ``phi``
        (the correlation of the two codes), with percentile intervals over resampled initiatives.
    """
    n = len(marks)
    given = marks.to_numpy(dtype=float)
    weights = resample(pd.Series(marks.index))
    shares, drawn = given.mean(axis=0), weights @ given / n
    z, z_drawn = rounded(float(coverage(shares))), coverage(drawn)
    table = []
    for i, j in combinations(range(len(marks.columns)), 2):
        meets = given[:, i] * given[:, j]
        here = (meets.mean(), shares[i], shares[j])
        there = (weights @ meets / n, drawn[:, i], drawn[:, j])
        both, either = int(meets.sum()), int((given[:, i] + given[:, j] > 0).sum())
        expected = shares[i] * shares[j] * z * n
        one, other = (labels[marks.columns[k]] for k in (i, j))
        row = {"pair": f"{one} + {other}", "one": one, "other": other, "both": both}
        union = (shares[i] + shares[j]) * n - expected
        row |= {"expected": expected, "chance": expected / union if union > 0 else np.nan}
        row["jaccard"] = share(both, either)
        row["lift"] = _estimate(_lift(*here, z), _lift(*there, z_drawn), n)
        if both == 0 and expected > 0:  # nothing to resample: as many as none could hide (Wilson)
            row["lift"] = Estimate(0.0, 0.0, share(0, n).high * n / expected, n)
        row["phi"] = _estimate(_phi(*here), _phi(*there), n)
        table.append(row)
    return pd.DataFrame(table)


def _lift(both: np.ndarray, p: np.ndarray, q: np.ndarray, z: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.divide(both, p * q * z)


def _phi(both: np.ndarray, p: np.ndarray, q: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.divide(both - p * q, np.sqrt(p * (1 - p) * q * (1 - q)))


def _estimate(value: float, drawn: np.ndarray, n: int) -> Estimate:
    drawn = drawn[np.isfinite(drawn)]
    if not np.isfinite(value) or not len(drawn):
        return Estimate(np.nan, np.nan, np.nan, n)
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Estimate(float(value), float(low), float(high), n)
