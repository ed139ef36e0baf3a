"""Themes: which of them practitioners raise, and who raises them oftener.

A voice that raises a theme counts once, however often it does so. Intervals resample families of
documents (`families`).
"""

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.stats import norm

from tracktwo.analysis.estimates import FEWEST, clustered_share, resample
from tracktwo.analysis.voices import STAND_INS, with_known_side
from tracktwo.data.study import Study
from tracktwo.ground.digits import rounded

CLEAR, LEANING, OPEN = "clear", "leaning", "open"
COMPARISON = ["theme", "label", "one", "other", "difference"]
LIMITS = ["low", "high", "wide_low", "wide_high", "found"]


def compared(study: Study) -> dict[str, tuple[str, str | None, str | None]]:
    """Return what is compared: by which column, which group with which; None: with all others.

    Of the sides the first two; of those who do the work the first level and the last.
    """
    sides = [*study.package.conflict.sides]
    levels = study.package.values("practice_level", "practitioner") or ("",)
    return {
        "sides": ("side", sides[0], sides[1]),
        "levels": ("practice_level", levels[0], levels[-1]),
        "outcomes": ("question", "what_worked", "what_failed"),
        "advice": ("question", "how_to_improve", None),
        "meetings": ("stands_for", *STAND_INS),
    }


def theme_labels(study: Study) -> dict[str, str]:
    """Return the themes of the codebook and how they are written."""
    return study.labels("theme", "practitioners")


def families(rows: pd.DataFrame) -> pd.Series:
    """Return the family of documents each statement belongs to.

    Two documents are of one family when a voice speaks in both, or a chain of voices joins them.
    So whole families can be resampled, and neither two speakers at one table nor one speaker at
    two tables are taken for independent.
    """
    if rows.empty:
        return pd.Series(dtype=int, index=rows.index, name="family")
    voice, voices = pd.factorize(rows["voice"])
    document, documents = pd.factorize(rows["document_id"])
    size = len(voices) + len(documents)
    links = coo_array((np.ones(len(rows)), (voice, len(voices) + document)), shape=(size, size))
    _, family = connected_components(links, directed=False)
    return pd.Series(family[voice], index=rows.index, name="family")


def raised(rows: pd.DataFrame, themes: dict[str, str], *by: str) -> pd.DataFrame:
    """Return which themes each voice raised: one row a voice, or a voice in each group of `by`.

    Returns
    -------
    pd.DataFrame
        Columns ``voice``, ``family``, those of `by`, and a ``bool`` column a theme.
    """
    names = {f"theme_{theme}": theme for theme in themes}
    groups = rows.assign(family=families(rows)).groupby(["voice", "family", *by], observed=True)
    return groups[list(names)].any().rename(columns=names).reset_index()


def by_statement(rows: pd.DataFrame, themes: dict[str, str]) -> pd.DataFrame:
    """Return `rows` with the themes as columns of their own and the family of each statement."""
    names = {f"theme_{theme}": theme for theme in themes}
    return rows.assign(family=families(rows)).rename(columns=names)


def count_raised(table: pd.DataFrame, themes: dict[str, str], by: str) -> pd.DataFrame:
    """Return how many rows of a group raise each theme.

    Columns ``theme``, ``label``, ``group``, ``voices``, ``n`` (rows of the group), ``share``.
    """
    groups = table.assign(group=table[by].astype(str)).groupby("group", sort=False)
    counts = groups[list(themes)].sum().astype(int)
    long = counts.melt(var_name="theme", value_name="voices", ignore_index=False).reset_index()
    long["n"] = long["group"].map(groups.size())
    long["share"] = long["voices"] / long["n"]
    return long.assign(label=long["theme"].map(themes))


def compare(
    table: pd.DataFrame, themes: dict[str, str], first: pd.Series, second: pd.Series
) -> pd.DataFrame:
    """Return how much oftener one group raises each theme than another.

    Many differences are looked at together. Each has its own 95 % interval (``low``, ``high``)
    and a wider one (``wide_low``, ``wide_high``), made so that all of them at once are right 95 %
    of the time: the sup-t band of Montiel Olea and Plagborg-Møller (2019) over resampled families.
    A standard error is at least that of the two shares with a yes and a no added to each (Agresti
    and Caffo 2000), since nothing varies where nobody raises a theme.

    Parameters
    ----------
    table
        As `raised` returns it.
    first, second
        Which rows are of the one group and of the other.

    Returns
    -------
    pd.DataFrame
        Columns `COMPARISON` (the groups' shares in ``one`` and ``other``) and `LIMITS`;
        ``found`` is clear, leaning (only its own interval leaves out zero) or open. Empty when a
        group has fewer than ten rows.
    """
    if min(first.sum(), second.sum()) < FEWEST:
        return pd.DataFrame(columns=[*COMPARISON, *LIMITS])
    given, weights = table[list(themes)].to_numpy(float), resample(table["family"])
    a, b = first.to_numpy(bool), second.to_numpy(bool)
    result = pd.DataFrame({"theme": list(themes), "label": list(themes.values())})
    result["one"], result["other"] = given[a].mean(axis=0), given[b].mean(axis=0)
    result["difference"] = rounded(result["one"] - result["other"])
    drawn = _drawn(weights, given, a) - _drawn(weights, given, b)
    spread = rounded(np.fmax(np.nanstd(drawn, axis=0), _least_spread(given, a, b)))
    return _with_limits(result, drawn, spread)


def _drawn(weights: np.ndarray, given: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Return the shares of a group in each resample; missing where nobody of it is drawn."""
    with np.errstate(invalid="ignore"):
        return (weights[:, group] @ given[group]) / weights[:, group].sum(axis=1)[:, None]


def _least_spread(given: np.ndarray, *groups: np.ndarray) -> np.ndarray:
    n = [group.sum() + 2 for group in groups]
    p = [(given[group].sum(axis=0) + 1) / m for group, m in zip(groups, n, strict=True)]
    return np.sqrt(sum(q * (1 - q) / m for q, m in zip(p, n, strict=True)))


def _with_limits(result: pd.DataFrame, drawn: np.ndarray, spread: np.ndarray) -> pd.DataFrame:
    middle = result["difference"].to_numpy()
    own = rounded(norm.ppf(0.975))
    farthest = (np.abs(drawn - middle) / spread).max(axis=1)
    wide = rounded(np.fmax(own, np.nanquantile(farthest, 0.95)))
    for prefix, factor in (("", own), ("wide_", wide)):
        result[f"{prefix}low"] = np.clip(middle - factor * spread, -1, 1)
        result[f"{prefix}high"] = np.clip(middle + factor * spread, -1, 1)
    apart, alone = np.abs(middle) > wide * spread, np.abs(middle) > own * spread
    return result.assign(found=np.select([apart, alone], [CLEAR, LEANING], OPEN))


def compare_groups(
    study: Study,
    rows: pd.DataFrame,
    themes: dict[str, str],
    what: str,
    *,
    by_statements: bool = False,
) -> pd.DataFrame:
    """Return how much oftener one group raises each theme than another (`compared`).

    Parameters
    ----------
    by_statements
        Whether statements are counted, not voices (an answer is all that one voice says to one
        question). Meetings always are: a voice in a meeting is recorded with fewer statements,
        and so has fewer chances to raise a theme.
    """
    by, one, other = compared(study)[what]
    rows = with_known_side(rows) if by == "side" else rows
    statements = by_statements or by == "stands_for"
    table = by_statement(rows, themes) if statements else raised(rows, themes, by)
    first = table[by] == one
    return compare(table, themes, first, table[by] == other if other else ~first)


def found(result: pd.DataFrame, what: str = CLEAR, sign: int = 0) -> list[str]:
    """Return the labels of the themes whose difference is `what`, the largest first.

    `sign` 1 or −1 keeps those that the first or the second group raises oftener.
    """
    kept = result[(result["found"] == what) & (result["difference"] * sign >= 0)]
    largest = kept["difference"].astype(float).abs().sort_values(ascending=False, kind="stable")
    return list(kept.loc[largest.index, "label"])


def theme_shares(rows: pd.DataFrame, themes: dict[str, str]) -> pd.DataFrame:
    """Return how often each theme is raised, the commonest first.

    Columns ``theme``, ``label``, ``statements``, ``documents``, ``voices``, and the share of all
    voices with its interval as ``estimate``.
    """
    table = raised(rows, themes)
    lines = []
    for theme, label in themes.items():
        said = rows[rows[f"theme_{theme}"]]
        line = {"theme": theme, "label": label, "statements": len(said)}
        line |= {"documents": said["document_id"].nunique(), "voices": said["voice"].nunique()}
        lines.append(line | {"estimate": clustered_share(table[theme], table["family"])})
    ordered = pd.DataFrame(lines).sort_values(["voices", "label"], ascending=[False, True])
    return ordered.reset_index(drop=True)
