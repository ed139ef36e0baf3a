"""Chapter `focus_groups`: which themes travel together, and oftener than chance would have it."""

import numpy as np
import pandas as pd
from scipy.cluster.hierarchy import leaves_list, linkage
from scipy.spatial.distance import squareform

from tracktwo.analysis.estimates import SEED
from tracktwo.ground.digits import rounded

SHUFFLES = 1000
ROUNDS = 5  # trades of every unit between two shuffles
FEWEST_EXPECTED = 1.0  # units in which chance alone must bring a pair together to judge it
MORE, MAYBE_MORE, CHANCE, MAYBE_LESS, LESS = (
    "clearly more often",
    "perhaps more often",
    "as chance has it",
    "perhaps less often",
    "clearly less often",
)
PAIRS = ["one", "other", "together", "expected", "jaccard", "found"]


def incidence(rows: pd.DataFrame, themes: dict[str, str], unit: str) -> pd.DataFrame:
    """Return which unit (a document, a statement) raises which theme; unraised themes left out.

    Parameters
    ----------
    unit
        A column of `rows`, or ``id`` for single statements.
    """
    names = {f"theme_{theme}": theme for theme in themes}
    key = rows.index if unit == "id" else rows[unit]
    table = rows[list(names)].rename(columns=names).groupby(key).any()
    return table.loc[:, table.any()]


def shuffled(table: pd.DataFrame) -> np.ndarray:
    """Return how often each two themes meet when chance deals them out.

    Every unit keeps its number of themes and every theme its number of units. Themes are dealt
    out by the curveball algorithm (Strona et al. 2014): two units pool what only one of them has,
    and share it out anew. All units trade at once, in pairs drawn anew for each of the `ROUNDS`
    between one shuffle and the next.

    Returns
    -------
    numpy.ndarray
        Shape (`SHUFFLES`, themes, themes).
    """
    rng = np.random.default_rng(SEED)
    dealt = table.to_numpy().copy()
    met = np.empty((SHUFFLES, dealt.shape[1], dealt.shape[1]))
    for i in range(SHUFFLES):
        for _ in range(ROUNDS):
            trade(dealt, rng)
        counts = dealt.astype(float)
        met[i] = counts.T @ counts
    return met


def trade(dealt: np.ndarray, rng: np.random.Generator) -> None:
    """Let each two units, paired at random, share out anew what only one of them has."""
    half = len(dealt) // 2
    order = rng.permutation(len(dealt))
    a, b = order[:half], order[half : 2 * half]
    apart, both = dealt[a] ^ dealt[b], dealt[a] & dealt[b]
    own = (dealt[a] & apart).sum(axis=1)
    lots = np.where(apart, rng.random(apart.shape), 2)  # what both or neither has comes last
    rank = lots.argsort(axis=1, kind="stable").argsort(axis=1, kind="stable")
    first = apart & (rank < own[:, None])
    dealt[a], dealt[b] = both | first, both | (apart & ~first)


def order_themes(table: pd.DataFrame) -> list[str]:
    """Return the themes so ordered that those raised in the same units stand side by side.

    Average linkage on 1 − phi (the correlation of two yes/no values), its leaves in the order
    that brings neighbours closest (Bar-Joseph, Gifford and Jaakkola 2001), by scipy.
    """
    themes = list(table.columns)
    if len(themes) < 3:
        return themes
    phi = table.astype(float).corr().fillna(0).to_numpy()  # a theme of every unit has no phi
    distance = rounded(1 - (phi + phi.T) / 2)  # or last bits would choose between equal pairs
    np.fill_diagonal(distance, 0)
    tree = linkage(squareform(distance), method="average", optimal_ordering=True)
    return [themes[i] for i in leaves_list(tree)]


def pair_themes(rows: pd.DataFrame, themes: dict[str, str], unit: str) -> pd.DataFrame:
    """Return how often each two themes are raised in the same unit, against chance.

    ``found`` is a clear difference where it is beyond what the most extreme of all pairs shows in
    95 % of the shuffles, a possible one where it is beyond what this pair alone does. Pairs that
    chance would bring together less than once are not judged.

    Returns
    -------
    pd.DataFrame
        Columns `PAIRS` (themes in the order of `order_themes`, ``one`` the later), and
        ``excess``: how many standard deviations above chance.
    """
    table = incidence(rows, themes, unit)
    order = order_themes(table)
    table = table[order]
    counts = table.to_numpy(float)
    met, by_chance = counts.T @ counts, shuffled(table)
    expected, spread = by_chance.mean(axis=0), rounded(by_chance.std(axis=0))
    i, j = np.tril_indices(len(order), -1)
    judged = (expected[i, j] >= FEWEST_EXPECTED) & (spread[i, j] > 0)
    scale = np.where(judged, spread[i, j], 1)
    excess = np.where(judged, (met[i, j] - expected[i, j]) / scale, 0)
    each = np.where(judged, (by_chance[:, i, j] - expected[i, j]) / scale, 0)
    either = table.sum().to_numpy()[i] + table.sum().to_numpy()[j] - met[i, j]
    names = np.array(order, dtype=object)
    return pd.DataFrame(
        {
            "one": names[i],
            "other": names[j],
            "together": met[i, j].astype(int),
            "expected": expected[i, j],
            "jaccard": met[i, j] / np.fmax(either, 1),
            "found": _judge(excess, each, judged),
            "excess": excess,
        }
    )


def _judge(excess: np.ndarray, each: np.ndarray, judged: np.ndarray) -> np.ndarray:
    """Return what each pair shows, by its `excess` and that of `each` shuffle."""
    if not judged.any():
        return np.full(len(excess), CHANCE)
    farthest = np.quantile(np.abs(each).max(axis=1), 0.95)
    low, high = np.quantile(each, [0.025, 0.975], axis=0)
    alone = judged & ((excess < low) | (excess > high))
    return np.select(
        [judged & (excess > farthest), judged & (excess < -farthest), alone & (excess > 0), alone],
        [MORE, LESS, MAYBE_MORE, MAYBE_LESS],
        CHANCE,
    )


def strongest(pairs: pd.DataFrame, kind: str) -> list[tuple[str, str]]:
    """Return the pairs of one kind of finding, the farthest from chance first."""
    kept = pairs[pairs["found"] == kind]
    far = kept["excess"].abs().sort_values(ascending=False, kind="stable").index
    return [(pairs.at[i, "other"], pairs.at[i, "one"]) for i in far]


def n_judged(pairs: pd.DataFrame) -> int:
    """Return how many pairs chance would bring together at least once."""
    return int((pairs["expected"] >= FEWEST_EXPECTED).sum())
