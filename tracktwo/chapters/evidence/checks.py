"""Chapter `evidence`: what each search found, how it was checked, how far its codes agree."""

import pandas as pd

from tracktwo.analysis.agreement import alpha, code_sets
from tracktwo.chapters.evidence.results import NO_ROUND, spoken
from tracktwo.data.study import Study
from tracktwo.ground.wording import first_up
from tracktwo.telling.myst import plain
from tracktwo.words.numbers import decimal

TESTED = ("participants", "focus", "approach", "transfer_planned")
"""The variables of the inventory that the claims rest on."""

KINDS = {"initiatives": "Initiatives", "statements": "Statements"}


def check_table(study: Study) -> pd.DataFrame:
    """Return how the rows of each search fared when they were held against their sources again.

    Columns ``Found by``, ``Rows``, one for each outcome of the schema, ``Borderline`` (of
    initiatives); searches that found nothing are left out.
    """
    outcomes = study.category_labels("statements", "source_check")
    table = []
    for name, kind in KINDS.items():
        rows = getattr(study, name)
        for wave, label in study.category_labels(name, "wave").items():
            found = rows[rows["wave"] == wave]
            counts = found["source_check"].astype(str).value_counts()
            cells = {"Found by": f"{kind}: {plain(label[:1].lower() + label[1:])}"}
            cells |= {"Rows": len(found)}
            cells |= {plain(words): int(counts.get(key, 0)) for key, words in outcomes.items()}
            marked = f"{int(found['borderline'].sum())}" if "borderline" in rows else "–"
            table += [cells | {"Borderline": marked}] if len(found) else []
    return pd.DataFrame(table)


def searches(study: Study) -> dict[str, pd.Index]:
    """Return the initiatives of the first search, and of the later ones together, where any."""
    first, *_ = study.category_labels("initiatives", "wave")
    rows = study.initiatives
    early = rows["wave"] == first
    found = {"first search": rows.loc[early, "id"], "later searches": rows.loc[~early, "id"]}
    return {name: pd.Index(ids) for name, ids in found.items() if len(ids)}


def wave_agreement(study: Study) -> pd.DataFrame:
    """Return how far each round agrees on what the claims rest on, by search.

    Returns
    -------
    pd.DataFrame
        Columns ``variable`` (in words), ``round``, ``search``, ``alpha`` (of the whole variable),
        ``least`` (of its least agreed code, given or not given) and ``n``.
    """
    table = []
    for variable in TESTED:
        for name, coders in study.rounds["inventory"].items():
            for search, ids in searches(study).items():
                one, two = (code_sets(study.codes, ids, coder, variable) for coder in coders)
                each = [_given(one, two, code) for code in study.labels(variable)]
                row = {"variable": spoken(variable), "round": f"{name} round", "search": search}
                row |= {"alpha": alpha(one, two).value, "least": pd.Series(each).min()}
                table.append(row | {"n": len(ids)})
    columns = ["variable", "round", "search", "alpha", "least", "n"]
    return pd.DataFrame(table, columns=columns)


def _given(one: pd.Series, two: pd.Series, code: str) -> float:
    """Return the alpha of two coders on whether one code is given."""
    return alpha(*([frozenset({code in found}) for found in sets] for sets in (one, two))).value


def wave_table(agreed: pd.DataFrame) -> pd.DataFrame:
    """Return `wave_agreement` ready to print: a row a variable, a column a round and search."""
    rows = []
    for variable, group in agreed.groupby("variable", sort=False):
        cells = {"Variable": first_up(variable)}
        for row in group.itertuples():
            head = f"{plain(first_up(row.round))}, {row.search} (n = {row.n})"
            cells[head] = f"{decimal(row.alpha).text} ({decimal(row.least).text})"
        rows.append(cells)
    return pd.DataFrame(rows or [{"Variable": NO_ROUND}])
