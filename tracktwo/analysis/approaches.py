"""The approaches: who carries which, and whether each can be told from the other codes."""

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from tracktwo.analysis.estimates import SEED, Estimate, resample, share, with_interval
from tracktwo.data.study import Study
from tracktwo.ground.digits import rounded

FOLDS = 10
ALL = "from all other codes"
WITHOUT_FOCUS = "from all but focus"


def approach_marks(rows: pd.DataFrame, labels: dict[str, str]) -> pd.DataFrame:
    """Return which of `rows` (initiatives or statements) carry each approach.

    Parameters
    ----------
    labels
        The codes of ``approach`` and how they are written.

    Returns
    -------
    pd.DataFrame
        The index of `rows`; a ``bool`` column for each code.
    """
    columns = [f"approach_{code}" for code in labels]
    return rows.reindex(columns=columns, fill_value=False).set_axis(list(labels), axis=1)


def prevalence(marks: pd.DataFrame, labels: dict[str, str]) -> pd.DataFrame:
    """Return how many initiatives carry each approach, with Wilson intervals.

    Columns ``code``, ``label``, ``initiatives``, ``share``, ``low``, ``high``, ``n``.
    """
    table = []
    for code, label in labels.items():
        count = int(marks[code].sum())
        known = {"code": code, "label": label, "initiatives": count}
        table.append(with_interval(known, share(count, len(marks))))
    return pd.DataFrame(table)


def features(study: Study, rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the other codes of each initiative as indicators, by group of codes.

    Transfer is left out: its codes and those of the approaches are worded alike (a source that
    tells of multipliers tells of building capacity), so that it would give the answer away.
    """
    groups = {"level": pd.get_dummies(rows["level"].astype(str))}
    if study.has_variable("focus"):
        groups["focus"] = pd.get_dummies(rows["focus"].astype(str))
    for variable in ("issue", "format"):
        if study.has_variable(variable):
            groups[variable] = rows[[f"{variable}_{code}" for code in study.labels(variable)]]
    return groups | {"third party": pd.get_dummies(rows["third_party_type"].astype(str))}


def choices(groups: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the codes to predict from: all groups, all but focus, and each group alone."""
    others = {name: group for name, group in groups.items() if name != "focus"}
    return {ALL: pd.concat(groups, axis=1), WITHOUT_FOCUS: pd.concat(others, axis=1), **groups}


def predict(given: pd.DataFrame, yes: np.ndarray) -> np.ndarray | None:
    """Return the probability of `yes` out of fold.

    Logistic regression with a ridge penalty (scikit-learn's own strength), in ten stratified
    folds of a fixed draw. Newton steps reach the one optimum, and the probabilities are rounded,
    so that equal ones are equal on every machine. None when fewer than ten initiatives say yes,
    or fewer than ten say no.
    """
    if min(yes.sum(), len(yes) - yes.sum()) < FOLDS:
        return None
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    model = LogisticRegression(solver="newton-cholesky", tol=1e-10)
    x = given.to_numpy(dtype=float)
    return rounded(cross_val_predict(model, x, yes, cv=folds, method="predict_proba")[:, 1])


def score(predicted: np.ndarray | None, yes: np.ndarray, weights: np.ndarray) -> Estimate:
    """Return how often, of one that says yes and one that says no, the first is predicted higher.

    The area under the ROC curve (Hanley and McNeil 1982): 0.5 is guessing. The interval resamples
    initiatives with their predictions (percentile bootstrap); the model is not fitted again, so
    it is somewhat too narrow.

    Parameters
    ----------
    predicted
        From `predict`.
    weights
        Shape (resamples, initiatives), from `resample`.
    """
    if predicted is None:
        return Estimate(np.nan, np.nan, np.nan, len(yes))
    weights = weights[(weights @ yes > 0) & (weights @ ~yes > 0)]
    low, high = np.percentile(_auc(weights, predicted, yes), [2.5, 97.5])
    value = _auc(np.ones((1, len(yes))), predicted, yes)[0]
    return Estimate(float(value), float(low), float(high), len(yes))


def _auc(weights: np.ndarray, p: np.ndarray, yes: np.ndarray) -> np.ndarray:
    above = np.sign(p[yes][:, None] - p[~yes][None, :]) / 2 + 0.5
    with_it, without = weights[:, yes], weights[:, ~yes]
    pairs = with_it.sum(axis=1) * without.sum(axis=1)
    return ((with_it @ above) * without).sum(axis=1) / pairs


def told_apart(study: Study, rows: pd.DataFrame, marks: pd.DataFrame) -> pd.DataFrame:
    """Return how well each approach is told from each choice of codes.

    Columns ``code``, ``label``, ``source`` (`choices`), ``auc`` (`score`).
    """
    table, given_by = [], choices(features(study, rows))
    weights = resample(pd.Series(rows.index)).astype(float)
    for code, label in study.labels("approach").items():
        yes = marks[code].to_numpy(dtype=bool)
        for source, given in given_by.items():
            row = {"code": code, "label": label, "source": source}
            table.append(row | {"auc": score(predict(given, yes), yes, weights)})
    return pd.DataFrame(table)


def told_by_others(study: Study, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the same from all codes, the approach as each coder of the earliest round gave it.

    Columns ``round``, ``code``, ``label``, ``coder``, ``auc``; no rows when the data hold no
    round but the latest, whose coders the consensus decides between.
    """
    labels, table = study.labels("approach"), []
    given = choices(features(study, rows))[ALL]
    weights = resample(pd.Series(rows.index)).astype(float)
    earlier = list(study.rounds["inventory"].items())[:-1]
    name, coders = earlier[0] if earlier else ("", ())
    for coder in coders:
        theirs = approach_marks(study.wide(coder).loc[rows.index], labels)
        for code, label in labels.items():
            yes = theirs[code].to_numpy(dtype=bool)
            row = {"round": f"{name} round", "code": code, "label": label, "coder": coder}
            table.append(row | {"auc": score(predict(given, yes), yes, weights)})
    return pd.DataFrame(table, columns=["round", "code", "label", "coder", "auc"])
