"""Chapter `typology`: claims C8 and C9, the four approaches, who takes them and who voices them."""

import numpy as np
import pandas as pd

from tracktwo.analysis.approaches import approach_marks
from tracktwo.analysis.estimates import (
    Estimate,
    clustered_share,
    difference_of_shares,
    share,
    with_interval,
)
from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import ELITE, GRASSROOTS, GROUPS, PERIODS, group, labels_if_any
from tracktwo.data.study import Study

DEED, WORD = "initiatives that carry it", "speakers who voice it"


def count_combinations(marks: pd.DataFrame, labels: dict[str, str]) -> pd.DataFrame:
    """Return every combination of approaches found, the commonest first.

    Columns ``combination`` (the labels), ``codes`` (a tuple) and ``initiatives``.
    """
    table = []
    for given, rows in marks.groupby(list(marks.columns)):
        codes = tuple(marks.columns[list(given)])
        table.append(
            {"combination": name_of(codes, labels), "codes": codes, "initiatives": len(rows)}
        )
    return pd.DataFrame(table).sort_values(
        ["initiatives", "combination"], ascending=[False, True], ignore_index=True
    )


def name_of(codes: tuple[str, ...], labels: dict[str, str]) -> str:
    """Return a combination of approaches in words."""
    return " + ".join(labels[code] for code in codes) or "none"


def members(rows: pd.DataFrame, marks: pd.DataFrame, labels: dict[str, str]) -> pd.DataFrame:
    """Return the initiatives of each combination: ``combination``, ``id``, ``name``."""
    names = [name_of(tuple(marks.columns[has]), labels) for has in marks.to_numpy(dtype=bool)]
    return pd.DataFrame({"combination": names, "id": rows.index, "name": rows["name"].to_numpy()})


def group_shares(
    study: Study, rows: pd.DataFrame, marks: pd.DataFrame, frame: Frame
) -> pd.DataFrame:
    """Return the share of each approach by who takes part, focus and period.

    Columns ``label`` (the approach), ``variable`` (``group``, ``focus`` or ``period``),
    ``group``, ``share``, ``low``, ``high`` (Wilson), ``n`` (initiatives of the group).
    """
    rows = rows.assign(group=group(rows))
    names = {
        "group": {name: name for name in GROUPS},
        "focus": {code: label.lower() for code, label in labels_if_any(study, "focus").items()},
        "period": frame.periods,
    }
    table = []
    for code, label in study.labels("approach").items():
        for variable, groups in names.items():
            for value, words in groups.items():
                yes = marks.loc[(rows[variable] == value).to_numpy(dtype=bool), code]
                known = {"label": label, "variable": variable, "group": words}
                table.append(with_interval(known, share(int(yes.sum()), len(yes))))
    return pd.DataFrame(table)


def voices_with_approach(statements: pd.DataFrame, labels: dict[str, str]) -> pd.DataFrame:
    """Return the voices who voice at least one approach, one row each.

    Returns
    -------
    pd.DataFrame
        Index ``voice``; a ``bool`` column for each code, ``side``, and ``document_id``: the
        document in which the voice says most of it (of several, the first).
    """
    marks = approach_marks(statements, labels)
    speaking = statements[marks.any(axis=1)]
    by_voice = speaking.groupby("voice", observed=True)
    voices = marks[marks.any(axis=1)].groupby(speaking["voice"]).any()
    return voices.assign(
        side=by_voice["side"].first().astype(str),
        document_id=by_voice["document_id"].agg(lambda ids: ids.astype(str).mode().iloc[0]),
    )


def practice_and_talk(inventory: pd.DataFrame, voices: pd.DataFrame) -> pd.DataFrame:
    """Return each approach's share among initiatives and among voices.

    Shares of voices have intervals that resample documents.

    Parameters
    ----------
    inventory
        The `prevalence` of the approaches.
    voices
        From `voices_with_approach`.

    Returns
    -------
    pd.DataFrame
        Columns ``label``, ``group`` (`DEED`, `WORD`), ``share``, ``low``, ``high``, ``n``.
    """
    table = []
    for row in inventory.to_dict("records"):
        known = {name: row[name] for name in ("share", "low", "high", "n")}
        table.append({"label": row["label"], "group": DEED} | known)
        spoken = clustered_share(voices[row["code"]], voices["document_id"])
        table.append(with_interval({"label": row["label"], "group": WORD}, spoken))
    return pd.DataFrame(table)


def contrasts(
    study: Study, rows: pd.DataFrame, marks: pd.DataFrame
) -> dict[str, dict[str, Estimate]]:
    """Return how far each approach's share differs between two ends of level, focus and period.

    Grassroots minus elite/professional, relationship minus outcome, after the break minus before
    (Newcombe's interval), by variable and the approach's code.
    """
    ends = {
        "level": (GRASSROOTS, ELITE),
        "focus": tuple(study.package.value("focus", x) for x in ("relationship", "outcome")),
        "period": (PERIODS[1], PERIODS[0]),
    }
    found: dict[str, dict[str, Estimate]] = {}
    for variable, pair in ends.items():
        if variable not in rows:
            continue
        parts = [marks[(rows[variable] == value).to_numpy(dtype=bool)] for value in pair]
        found[variable] = {
            code: difference_of_shares(*(x for p in parts for x in (int(p[code].sum()), len(p))))
            for code in study.labels("approach")
        }
    return found


def several_by_coder(study: Study, units: pd.Index) -> pd.Series:
    """Return the share of `units` with two or more approaches, by coder (the index)."""
    labels = study.labels("approach")
    shares = {
        coder: (approach_marks(study.wide(coder).loc[units], labels).sum(axis=1) > 1).mean()
        for coder in study.coders()
    }
    return pd.Series(shares)


def gap(talk: pd.DataFrame, label: str) -> Estimate:
    """Return the share of speakers who voice an approach minus that of initiatives with it.

    The interval recovers the variance of the difference from the two intervals, taken as
    independent (MOVER, Zou and Donner 2008).
    """
    rows = talk[talk["label"] == label].set_index("group")
    a, b = rows.loc[WORD], rows.loc[DEED]
    value = a["share"] - b["share"]
    below = np.hypot(a["share"] - a["low"], b["high"] - b["share"])
    above = np.hypot(a["high"] - a["share"], b["share"] - b["low"])
    return Estimate(value, value - below, value + above, int(a["n"] + b["n"]))


def alone(marks: pd.DataFrame) -> pd.Series:
    """Return of each approach (its code) the share of its initiatives that have no other."""
    single = marks.sum(axis=1) == 1
    return pd.Series({code: single[marks[code].astype(bool)].mean() for code in marks})


def workshops(rows: pd.DataFrame, marks: pd.DataFrame) -> pd.DataFrame:
    """Return the approaches of the initiatives that hold problem-solving workshops."""
    column = "format_problem_solving_workshop"
    return marks[rows.reindex(columns=[column], fill_value=False)[column].to_numpy(dtype=bool)]
