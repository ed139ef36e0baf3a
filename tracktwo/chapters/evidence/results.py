"""Chapters `evidence`, `coders` and `codebook`: searches, checks, doubt and codes, counted."""

import pandas as pd

from tracktwo.analysis.agreement import alpha, code_sets
from tracktwo.analysis.estimates import Estimate, difference_of_shares
from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import GRASSROOTS, PERIODS, in_doubt, level
from tracktwo.analysis.rounds import pairs_given, spoken
from tracktwo.analysis.voices import select_statements
from tracktwo.claims.claim_tests import shared_propositions, voicings
from tracktwo.data.study import Study
from tracktwo.ground.wording import first_up
from tracktwo.telling.myst import plain
from tracktwo.words.numbers import decimal, percent, ratio_text

TESTED = ("participants", "focus", "approach", "transfer_planned")
"""The variables of the inventory that the claims rest on."""

KINDS = {"initiatives": "Initiatives", "statements": "Statements"}
GAP = "gap"  # the wave of the searches for what the others had missed
NO_ROUND = pd.DataFrame([{"Variable": "No two coders of one round are in the data."}])


# Searches, checks and doubt


def gap_found(study: Study, frame: Frame) -> dict[str, int]:
    """Return how many initiatives the searches for what was missing found.

    ``n`` in all, ``grassroots`` among them, ``early`` begun up to the break.
    """
    rows = study.wide(frame.coder)
    rows = rows[rows["wave"] == GAP]
    early = rows["start_year"].between(frame.first_year, frame.break_year).fillna(False)
    return {
        "n": len(rows),
        "grassroots": int((level(rows) == GRASSROOTS).sum()),
        "early": int(early.sum()),
    }


def best_documented(rows: pd.DataFrame) -> dict[str, Estimate | float]:
    """Return the share of the best grade among earlier and later starts, and the difference."""
    best = rows["evidence_grade"] == rows["evidence_grade"].cat.categories[0]
    counts = {
        p: (int(best[rows["period"] == p].sum()), int((rows["period"] == p).sum())) for p in PERIODS
    }
    before, after = (counts[p] for p in PERIODS)
    return {
        "before": before[0] / before[1] if before[1] else float("nan"),
        "after": after[0] / after[1] if after[1] else float("nan"),
        "difference": difference_of_shares(*after, *before),
    }


def years_in_doubt(rows: pd.DataFrame) -> dict[str, float | int]:
    """Return how many starting years are in doubt, their share, and how many are graded best."""
    doubt = in_doubt(rows, "start_year")
    best = rows["evidence_grade"].cat.categories[0]
    graded = (rows.loc[doubt, "evidence_grade"] == best).sum()
    return {"n": int(doubt.sum()), "share": float(doubt.mean()), "best": int(graded)}


def outcomes(check: pd.Series) -> dict[str, int]:
    """Return how many rows had each outcome of the check against their sources."""
    counts = check.astype(str).value_counts()
    return {str(outcome): int(counts.get(outcome, 0)) for outcome in check.cat.categories}


def voiced(study: Study, frame: Frame) -> dict[str, int]:
    """Return how many propositions are shared, of how many, and statements that voice one.

    Joint statements count as a voice of each side, as C5 words it.
    """
    rows = select_statements(study, frame)
    told = rows[rows["transfer_proposition"].notna()]
    part, conflict = "practitioners", study.package.conflict
    known = study.has_variable("transfer_proposition", part)
    propositions = list(study.labels("transfer_proposition", part)) if known else []
    return {
        "shared": len(shared_propositions(voicings(rows, conflict), propositions, conflict)),
        "propositions": len(propositions),
        "statements": len(told),
        "joint": int((told["side"].astype(str) == conflict.joint).sum()),
    }


def check_table(study: Study) -> pd.DataFrame:
    """Return how the rows of each search fared when they were held against their sources again.

    Columns ``Found by``, ``Rows``, one for each outcome of the schema, ``Borderline`` (of
    initiatives); searches that found nothing are left out.
    """
    words = study.category_labels("statements", "source_check")
    table = []
    for name, kind in KINDS.items():
        rows = getattr(study, name)
        for wave, label in study.category_labels(name, "wave").items():
            found = rows[rows["wave"] == wave]
            counts = found["source_check"].astype(str).value_counts()
            cells = {"Found by": f"{kind}: {plain(label[:1].lower() + label[1:])}"}
            cells |= {"Rows": len(found)}
            cells |= {plain(label): int(counts.get(key, 0)) for key, label in words.items()}
            marked = f"{int(found['borderline'].sum())}" if "borderline" in rows else "–"
            table += [cells | {"Borderline": marked}] if len(found) else []
    return pd.DataFrame(table)


def steps_table(frame: Frame, study: Study) -> pd.DataFrame:
    """Return the way from the data to the frame, ready to print."""
    steps = frame.steps(study)
    return steps.rename(columns={"step": "Step", "left_out": "Left out", "kept": "Kept"})


def doubt_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return how many initiatives have each column in doubt, the commonest first."""
    counts = rows["uncertain"].explode().dropna().value_counts()
    counts = counts.sort_index().sort_values(ascending=False, kind="stable")
    if counts.empty:
        counts = pd.Series({"nothing": 0})
    return pd.DataFrame(
        {
            "In doubt": [spoken(c).capitalize() for c in counts.index],
            "Initiatives": counts.to_numpy(),
            "Share": [percent(n / len(rows)).text for n in counts],
        }
    )


# Years


def count_grades(rows: pd.DataFrame, frame: Frame) -> pd.DataFrame:
    """Return starts per year and evidence grade: ``year``, ``grade``, ``initiatives``."""
    starts = rows[rows["period"].notna()]
    year = pd.Categorical(starts["start_year"].astype(int), list(frame.years))
    counts = starts.assign(year=year).groupby(["year", "evidence_grade"], observed=False).size()
    counts = counts.rename("initiatives").reset_index()
    return counts.rename(columns={"evidence_grade": "grade"}).astype({"year": int, "grade": str})


def count_source_years(study: Study, rows: pd.DataFrame) -> pd.DataFrame:
    """Return sources of the frame's initiatives per year of publication: ``year``, ``sources``."""
    sources = study.sources[study.sources["initiative_id"].isin(rows.index)]
    years = sources["year"].dropna().astype(int)
    every = range(years.min(), years.max() + 1) if len(years) else []
    counts = years.value_counts().reindex(every, fill_value=0)
    return counts.rename_axis("year").rename("sources").reset_index()


def sources_per_initiative(study: Study, rows: pd.DataFrame) -> dict[str, float]:
    """Return the mean number of sources an initiative has, by the period it began in."""
    counts = study.sources["initiative_id"].value_counts().reindex(rows.index, fill_value=0)
    return counts.groupby(rows["period"], observed=False).mean().to_dict()


# Coders


def agreement_table(by_variable: pd.DataFrame) -> pd.DataFrame:
    """Return the agreement ready to print: a row per variable, a column per round.

    A cell holds alpha with its interval, and how often both coders gave exactly the same codes.
    """
    rows = []
    for variable, group in by_variable.groupby("variable", sort=False):
        cells = {"Variable": variable.capitalize()}
        for row in group.itertuples():
            found = ratio_text(Estimate(row.alpha, row.low, row.high, row.n)).text
            cells[plain(first_up(row.round))] = f"{found}; {percent(row.percent).text}"
        rows.append(cells)
    return pd.DataFrame(rows) if rows else NO_ROUND


def pairs_table(study: Study, variable: str, round_name: str | None) -> pd.DataFrame:
    """Return how often the two coders of a round gave each pair of values, ready to print."""
    if round_name is None:
        return NO_ROUND
    table = pairs_given(study, variable, round_name)
    table = table.rename(index=plain, columns=plain)
    return table.rename_axis("One coder ↓ the other →").reset_index()


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
    """Return `wave_agreement` ready to print: a row per variable, a column per round and search."""
    rows = []
    for variable, group in agreed.groupby("variable", sort=False):
        cells = {"Variable": first_up(variable)}
        for row in group.itertuples():
            head = f"{plain(first_up(row.round))}, {row.search} (n = {row.n})"
            cells[head] = f"{decimal(row.alpha).text} ({decimal(row.least).text})"
        rows.append(cells)
    return pd.DataFrame(rows) if rows else NO_ROUND


# Codebook


def codebook_table(study: Study, part: str) -> pd.DataFrame:
    """Return a part of the codebook ready to print: variable, code, definition."""
    book = study.codebook[study.codebook["part"] == part]
    name = book["variable"].astype(str)
    first = ~name.duplicated()
    return pd.DataFrame(
        {
            "Variable": [
                spoken(v).capitalize() if new else "" for v, new in zip(name, first, strict=True)
            ],
            "Code": [plain(label) for label in book["label"]],
            "Definition": [plain(d) for d in book["definition"].fillna("")],
        }
    )
