"""Which themes travel together, and oftener than chance would have it."""

import numpy as np
import pandas as pd

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


def pair_themes(rows: pd.DataFrame, themes: dict[str, str], unit: str) -> pd.DataFrame:
    """Return how often each two themes are raised in the same unit, against chance.

    ``found`` is a clear difference where it is beyond what the most extreme of all pairs shows in
    95 % of the shuffles, a possible one where it is beyond what this pair alone does. Pairs that
    chance would bring together less than once are not judged.

    Returns
    -------
    pd.DataFrame
        Columns ``one``, ``other``, ``pair`` (both in words), ``together``, ``expected``,
        ``found``, ``excess`` (how many standard deviations above chance) and ``judged``.
    """
    table = incidence(rows, themes, unit)
    order = list(table.columns)
    counts = table.to_numpy(float)
    met, by_chance = counts.T @ counts, shuffled(table)
    expected, spread = by_chance.mean(axis=0), rounded(by_chance.std(axis=0))
    i, j = np.tril_indices(len(order), -1)
    judged = (expected[i, j] >= FEWEST_EXPECTED) & (spread[i, j] > 0)
    scale = np.where(judged, spread[i, j], 1)
    excess = np.where(judged, (met[i, j] - expected[i, j]) / scale, 0)
    each = np.where(judged, (by_chance[:, i, j] - expected[i, j]) / scale, 0)
    names = np.array(order, dtype=object)
    words = [
        f"{themes[a].lower()} with {themes[b].lower()}"
        for a, b in zip(names[j], names[i], strict=True)
    ]
    return pd.DataFrame(
        {
            "one": names[i],
            "other": names[j],
            "pair": words,
            "together": met[i, j].astype(int),
            "expected": expected[i, j],
            "found": _judge(excess, each, judged),
            "excess": excess,
            "judged": judged,
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


def strongest(pairs: pd.DataFrame, *kinds: str) -> list[str]:
    """Return the pairs of some kinds of finding in words, the farthest from chance first."""
    kept = pairs[pairs["found"].isin(kinds)]
    far = kept["excess"].abs().sort_values(ascending=False, kind="stable").index
    return list(kept.loc[far, "pair"])
