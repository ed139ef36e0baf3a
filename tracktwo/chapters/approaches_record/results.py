"""Data-volume page `approaches_record`: how the approaches meet by chance, and its tables."""

from itertools import combinations

import numpy as np
import pandas as pd

from tracktwo.analysis.approaches import approach_marks
from tracktwo.analysis.estimates import Estimate, clustered_share, resample, share
from tracktwo.analysis.frame import Frame
from tracktwo.data.study import Study
from tracktwo.ground.digits import rounded
from tracktwo.ground.wording import first_up
from tracktwo.telling.myst import plain
from tracktwo.words.numbers import decimal, ratio_text, share_text


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


def sides(pairs: pd.DataFrame) -> tuple[list[str], list[str], list[str]]:
    """Return the pairs that meet more often than by chance, less often, and not clearly either."""
    found: dict[str, list[str]] = {"above": [], "below": [], "open": []}
    for row in pairs.itertuples():
        found[row.lift.side_of(1)].append(f"{row.one.lower()} with {row.other.lower()}")
    return found["above"], found["below"], found["open"]


def printed_pairs(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return how the approaches meet, ready to print."""
    return pd.DataFrame(
        {
            "Approaches": [plain(pair) for pair in pairs["pair"]],
            "Times chance": [ratio_text(found).text for found in pairs["lift"]],
            "Overlap (Jaccard)": [ratio_text(found).text for found in pairs["jaccard"]],
            "Correlation (phi)": [ratio_text(found).text for found in pairs["phi"]],
            "Both (by chance)": [
                f"{row.both} ({decimal(row.expected, 0).text})" for row in pairs.itertuples()
            ],
        }
    )


def printed_groups(
    study: Study, rows: pd.DataFrame, marks: pd.DataFrame, frame: Frame
) -> pd.DataFrame:
    """Return the share of each approach by focus and period, with Wilson intervals."""
    groups = {
        f"{study.labels('focus')[code]}": rows["focus"] == code for code in study.labels("focus")
    } | {f"Began {words}": rows["period"] == name for name, words in frame.periods.items()}
    labels = study.labels("approach")
    cells = {
        name: [
            _share(marks.loc[chosen.fillna(False).to_numpy(dtype=bool), code]) for code in labels
        ]
        for name, chosen in groups.items()
    }
    return pd.DataFrame({"Approach": [plain(label) for label in labels.values()]} | cells)


def _share(given: pd.Series) -> str:
    return share_text(share(int(given.sum()), len(given))).text


def printed_sides(
    speaking: pd.DataFrame, labels: dict[str, str], sides: dict[str, str]
) -> pd.DataFrame:
    """Return the share of each side's speakers who voice each approach, documents resampled.

    Parameters
    ----------
    speaking
        The statements that voice an approach.
    sides
        How each side is written.
    """
    marks = approach_marks(speaking, labels).assign(
        voice=speaking["voice"], side=speaking["side"].astype(str), document=speaking["document_id"]
    )
    voices = marks.groupby("voice").agg(
        {code: "any" for code in labels}
        | {"side": "first", "document": lambda ids: ids.astype(str).mode().iloc[0]}
    )
    table = {"Approach": [plain(label) for label in labels.values()]}
    for side, words in sides.items():
        own = voices[voices["side"] == side]
        table[f"{plain(first_up(words))} ({len(own)})"] = [
            share_text(clustered_share(own[code], own["document"])).text for code in labels
        ]
    return pd.DataFrame(table)


def printed_agreement(inventory: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    """Return the agreement on each approach by round, of initiatives and of statements."""
    table: dict[str, dict[str, str]] = {}
    for what, found in (("initiatives", inventory), ("statements", statements)):
        for row in found.itertuples():
            estimate = Estimate(row.alpha, row.low, row.high, row.n)
            line = table.setdefault(row.variable, {"Approach": plain(row.variable)})
            line[f"{first_up(what)}, {row.round}"] = ratio_text(estimate).text
    return pd.DataFrame(table.values() or [{"Approach": "No two coders of one round"}])


def printed_told(told: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Return how often the right one of two initiatives is named: a line a choice of codes.

    Parameters
    ----------
    told, others
        From `told_apart` and `told_by_others`.
    """
    number = {coder: i for i, coder in enumerate(dict.fromkeys(others["coder"]), start=1)}
    source = [f"from all, the approach as coder {number[c]} gave it" for c in others["coder"]]
    every = pd.concat([told, others.assign(source=source)], ignore_index=True)
    rows = []
    for name, group in every.groupby("source", sort=False):
        words = name if name.startswith("from") else f"from {name} alone"
        cells = {plain(row.label): _auc(row.auc) for row in group.itertuples()}
        rows.append({"Told": words} | cells)
    return pd.DataFrame(rows)


def _auc(found: Estimate) -> str:
    return "too few" if np.isnan(found.value) else share_text(found).text
