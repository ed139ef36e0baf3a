"""Chapter `typology`: claims C8 and C9, the four approaches, who takes them and who voices them."""

import pandas as pd

from tracktwo.analysis.agreement import alpha, code_sets
from tracktwo.analysis.estimates import (
    Estimate,
    clustered_share,
    difference_of_shares,
    share,
    with_interval,
)
from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import ELITE, GRASSROOTS, LEVELS, PERIODS
from tracktwo.data.study import Study

SIDES = {
    "israeli": "Israeli speakers",
    "palestinian": "Palestinian speakers",
    "joint": "joint speakers",
    "third_party": "third-party speakers",
}
AGREEMENT = ["code", "variable", "round", "alpha", "low", "high", "n"]


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


def group_shares(
    study: Study, rows: pd.DataFrame, marks: pd.DataFrame, frame: Frame
) -> pd.DataFrame:
    """Return the share of each approach by level, focus and period, with Wilson intervals.

    Columns ``label`` (the approach), ``variable``, ``group``, ``share``, ``low``, ``high``,
    ``n`` (initiatives of the group); groups without an initiative are left out.
    """
    names = {
        "level": {level: level for level in LEVELS},
        "focus": {code: f"focus: {label.lower()}" for code, label in study.labels("focus").items()},
        "period": {period: f"began {years}" for period, years in frame.periods.items()},
    }
    table = []
    for code, label in study.labels("approach").items():
        for variable, groups in names.items():
            for value, words in groups.items():
                yes = marks.loc[(rows[variable] == value).to_numpy(dtype=bool), code]
                known = {"label": label, "variable": variable, "group": words}
                table.append(with_interval(known, share(int(yes.sum()), len(yes))))
    return pd.DataFrame(table).query("n > 0").reset_index(drop=True)


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
    """Return each approach's share among initiatives and among voices, in all and by side.

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
        Columns ``label``, ``variable`` (``initiatives`` or ``voices``), ``group``, ``share``,
        ``low``, ``high``, ``n``; sides without a voice are left out.
    """
    sides = {words: voices[voices["side"] == side] for side, words in SIDES.items()}
    table = []
    for row in inventory.to_dict("records"):
        known = {name: row[name] for name in ("share", "low", "high", "n")}
        label = {"label": row["label"]}
        table.append(label | {"variable": "initiatives", "group": "initiatives"} | known)
        for group, chosen in {"all speakers": voices, **sides}.items():
            estimate = clustered_share(chosen[row["code"]], chosen["document_id"])
            known = {"variable": "voices", "group": group}
            table.append(with_interval(label | known, estimate))
    return pd.DataFrame(table).query("n > 0").reset_index(drop=True)


def agreement(study: Study, part: str, units: pd.Index) -> pd.DataFrame:
    """Return the agreement of each round's coders on whether `units` carry each approach.

    Columns ``code``, ``variable`` (the approach's label), ``round``, ``alpha``, ``low``,
    ``high``, ``n``; only the rounds that the part holds.
    """
    codes = study.codes if part == "inventory" else study.statement_codes
    rows = []
    for code, label in study.labels("approach", part).items():
        for name, coders in study.rounds[part].items():
            sets = [code_sets(codes, units, coder, "approach") for coder in coders]
            found = alpha(*([frozenset({code} & given) for given in one] for one in sets))
            values = (found.value, found.low, found.high, found.n)
            rows.append((code, label, f"{name} round", *values))
    return pd.DataFrame(rows, columns=AGREEMENT)


def contrasts(
    study: Study, rows: pd.DataFrame, marks: pd.DataFrame
) -> list[tuple[str, str, Estimate]]:
    """Return how far each approach's share differs between two ends of level, focus and period.

    Grassroots minus elite/professional, relationship minus outcome, after the break minus before
    (Newcombe's interval): the variable, the approach's label and the difference.
    """
    ends = {
        "level": (GRASSROOTS, ELITE),
        "focus": ("relationship", "outcome"),
        "period": (PERIODS[1], PERIODS[0]),
    }
    found = []
    for variable, pair in ends.items():
        groups = [marks[(rows[variable] == value).to_numpy(dtype=bool)] for value in pair]
        for code, label in study.labels("approach").items():
            counts = [value for g in groups for value in (int(g[code].sum()), len(g))]
            found.append((variable, label, difference_of_shares(*counts)))
    return found


def several_by_coder(study: Study, units: pd.Index) -> pd.Series:
    """Return the share of `units` with two or more approaches, by coder (the index)."""
    labels = study.labels("approach")
    shares = {
        coder: (approach_marks(study.wide(coder).loc[units], labels).sum(axis=1) > 1).mean()
        for coder in study.coders()
    }
    return pd.Series(shares)
