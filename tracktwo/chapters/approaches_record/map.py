"""Data-volume page `approaches_record`: a map of practice, by multiple correspondence analysis."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import prince

from tracktwo.analysis.estimates import FEWEST, resample
from tracktwo.analysis.measures import labels_if_any
from tracktwo.data.study import Study
from tracktwo.ground.digits import rounded

COMMON = 0.05  # a rarer format would pull an axis to itself
BOUNDS = ["x_low", "x_high", "y_low", "y_high"]


@dataclass(frozen=True, eq=False)
class Space:
    """A plane of practice.

    Attributes
    ----------
    points
        One row a code: ``kind`` (``level``, ``focus``, ``format`` or ``approach``), ``code``,
        ``label``, ``x``, ``y`` (rounded), ``n`` (initiatives); for approaches also the
        95 % bounds ``x_low``, ``x_high``, ``y_low``, ``y_high``.
    shown
        The share of the adjusted inertia that each axis shows.
    n
        The initiatives.
    """

    points: pd.DataFrame
    shown: tuple[float, float]
    n: int


def practice(study: Study, rows: pd.DataFrame) -> pd.DataFrame:
    """Return what spans the map, as categories: level, focus and each common format (yes, no).

    What does not vary is left out, and formats of fewer than one in twenty initiatives.
    """
    own = [name for name in ("level", "focus") if name in rows]
    table = rows[own].astype(str)
    for code in labels_if_any(study, "format"):
        given = rows[f"format_{code}"]
        if COMMON <= given.mean() <= 1 - COMMON:
            table[f"format {code}"] = np.where(given, "yes", "no")
    return table.loc[:, table.nunique() > 1]


def map_practice(study: Study, rows: pd.DataFrame, marks: pd.DataFrame) -> Space | None:
    """Return the plane of practice and where the approaches lie in it.

    Multiple correspondence analysis of level, focus and formats with adjusted inertias
    (Greenacre 2017, chapters 18 and 19), by prince. The approaches have no part in making the
    plane: as supplementary points each stands, on the scale of the codes, where the initiatives
    that carry it stand on average. Their bounds resample initiatives, the plane held fixed.

    Returns
    -------
    Space or None
        None when fewer than ten initiatives, or fewer than three codes that vary, are there.
    """
    active = practice(study, rows)
    if len(active) < FEWEST or len(active.columns) < 3:
        return None
    fitted = prince.MCA(n_components=2, engine="scipy", correction="greenacre").fit(active)
    if fitted.svd_.s[-1] < 1e-6:
        return None  # all initiatives lie on one line
    places = fitted.row_coordinates(active).to_numpy() / fitted.svd_.s
    codes = _active_codes(study, active)
    places = places * _signs(codes, places)
    points = [_point(*code, places) for code in codes]
    weights = resample(pd.Series(rows.index))
    for code, label in study.labels("approach").items():
        if marks[code].any():
            given = marks[code].to_numpy(dtype=float)
            point = _point("approach", code, label, given, places)
            points.append(point | _bounds(given, places, weights))
    shown = tuple(rounded(float(share) / 100) for share in fitted.percentage_of_variance_)
    return Space(pd.DataFrame(points).reindex(columns=[*points[0], *BOUNDS]), shown, len(rows))


def _active_codes(study: Study, active: pd.DataFrame) -> list[tuple]:
    """Return kind, code, label and the initiatives (1 or 0) of each code that is drawn."""
    codes = []
    for kind, labels in {"level": {}, "focus": labels_if_any(study, "focus")}.items():
        if kind in active:
            for value in sorted(active[kind].unique(), key=[*labels].index if labels else None):
                given = (active[kind] == value).to_numpy(dtype=float)
                label = f"Focus: {labels[value].lower()}" if labels else value.capitalize()
                codes.append((kind, value, label, given))
    for code, label in labels_if_any(study, "format").items():
        if f"format {code}" in active:
            given = (active[f"format {code}"] == "yes").to_numpy(dtype=float)
            codes.append(("format", code, label, given))
    return codes


def _mean(given: np.ndarray, places: np.ndarray) -> np.ndarray:
    return rounded(given @ places / given.sum())


def _signs(codes: list[tuple], places: np.ndarray) -> np.ndarray:
    """Return the signs that put, on each axis, the code farthest out on the positive side.

    The analysis leaves the signs open. Of codes equally far out the first counts.
    """
    means = np.array([_mean(given, places) for *_, given in codes])
    far = means[np.abs(means).argmax(axis=0), range(means.shape[1])]
    return np.where(far < 0, -1.0, 1.0)


def _point(kind: str, code: str, label: str, given: np.ndarray, places: np.ndarray) -> dict:
    x, y = (float(value) for value in _mean(given, places))
    return {"kind": kind, "code": code, "label": label, "x": x, "y": y, "n": int(given.sum())}


def _bounds(given: np.ndarray, places: np.ndarray, weights: np.ndarray) -> dict[str, float]:
    """Return the 95 % bounds of a mean place over resampled initiatives."""
    drawn = weights * given
    drawn = drawn[drawn.sum(axis=1) > 0]
    means = drawn @ places / drawn.sum(axis=1, keepdims=True)
    ends = rounded(np.percentile(means, [2.5, 97.5], axis=0))
    return dict(zip(BOUNDS, ends.T.ravel().tolist(), strict=True))


def farthest(space: Space | None) -> tuple[str, ...]:
    """Return the labels of the two approaches that lie farthest apart; none without a map."""
    if space is None:
        return ()
    own = list(space.points[space.points["kind"] == "approach"].itertuples())
    pairs = [(rounded((a.x - b.x) ** 2 + (a.y - b.y) ** 2), a, b) for a in own for b in own]
    _, one, other = max(pairs, key=lambda pair: pair[0], default=(0, None, None))
    return () if one is None else (one.label, other.label)


def neighbours(space: Space | None) -> list[tuple[str, list[str]]]:
    """Return of each approach its label and the two codes that lie nearest to it."""
    if space is None:
        return []
    codes = space.points[space.points["kind"] != "approach"]
    near = []
    for row in space.points[space.points["kind"] == "approach"].itertuples():
        far = rounded((codes["x"] - row.x) ** 2 + (codes["y"] - row.y) ** 2)
        near.append(
            (row.label, codes.loc[far.sort_values(kind="stable").index[:2], "label"].tolist())
        )
    return near
