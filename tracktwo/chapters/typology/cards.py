"""Chapter `typology`: a type card for each approach, with real examples."""

import re
from textwrap import shorten

import numpy as np
import pandas as pd

from tracktwo.analysis.measures import GROUPS, group, labels_if_any
from tracktwo.data.study import Study
from tracktwo.ground.digits import rounded
from tracktwo.ground.wording import first_up
from tracktwo.telling.links import initiative_link
from tracktwo.telling.myst import plain
from tracktwo.words.numbers import percent

TYPICAL = 3  # codes named on a line of a card
EXAMPLES = 2
FEW = 3  # a code carried by fewer initiatives is not called typical
MARGIN = 0.05  # nor one whose share is not at least that much above the others'
HARD = "\N{NO-BREAK SPACE}"  # keeps the narrow first column to one line a row
SENTENCE = re.compile(r"(?<=[a-z0-9)]{2}[.!?])\s+(?=\S)")


def type_card(study: Study, rows: pd.DataFrame, marks: pd.DataFrame, code: str) -> pd.DataFrame:
    """Return the type card of one approach, ready to print.

    Returns
    -------
    pd.DataFrame
        Two columns: what is told (headed by the approach's label), and the telling (headed by
        how many initiatives carry it).
    """
    label = study.labels("approach")[code]
    has = marks[code].astype(bool)
    lines = [("Way of change", _definition(study, code))]
    if has.any():
        lines += [
            ("Who takes part", _parts(group(rows[has]))),
            *(
                (what, _typical(study, rows, has, variable))
                for what, variable in (("What they do", "format"), ("Issues", "issue"))
                if study.has_variable(variable)
            ),
            ("Together with", _partners(study, marks, code)),
        ]
    found = examples(study, rows, marks, code)
    lines += [("For example" if i == 0 else "", text) for i, text in enumerate(found)]
    head = f"{int(has.sum())} of {len(has)} initiatives"
    lines = [(what.replace(" ", HARD), telling) for what, telling in lines]
    return pd.DataFrame(lines, columns=[plain(label).replace(" ", HARD), head])


def examples(study: Study, rows: pd.DataFrame, marks: pd.DataFrame, code: str) -> list[str]:
    """Return up to `EXAMPLES` initiatives with this approach alone, as links with what they are.

    One for each level while there is one, the level that is commonest with the approach first;
    of a level's initiatives those of the best grade, then the one that began farthest in time
    from those chosen before, then the one with most sources.
    """
    alone = rows[marks[code].astype(bool) & (marks.sum(axis=1) == 1)]
    if alone.empty:
        return ["No initiative inside the frame has this approach alone."]
    chosen: list[str] = []
    for level in [*alone["level"].value_counts().index, None, None]:
        left = alone[~alone.index.isin(chosen)]
        left = left if level is None else left[left["level"] == level]
        if len(left) and len(chosen) < EXAMPLES:
            chosen.append(_next(study, left, alone.loc[chosen, "start_year"]))
    groups = group(rows.loc[chosen])
    return [_example(key, alone.loc[key], groups[key]) for key in chosen]


def _next(study: Study, left: pd.DataFrame, years: pd.Series) -> str:
    sources = study.sources["initiative_id"].value_counts()
    start = left["start_year"].astype("Float64")
    apart = [(start - year).abs() for year in years.dropna().astype(float)]
    far = pd.concat(apart, axis=1).min(axis=1) if apart else start.notna().astype("Float64")
    order = pd.DataFrame(
        {
            "grade": left["evidence_grade"].cat.codes,
            "far": -far.fillna(-1).astype(float),
            "sources": -sources.reindex(left.index, fill_value=0),
        }
    )
    return order.sort_index().sort_values(["grade", "far", "sources"], kind="stable").index[0]


def _example(key: str, row: pd.Series, who: str) -> str:
    year = f"began {int(row['start_year'])}" if pd.notna(row["start_year"]) else "year not known"
    first = SENTENCE.split(" ".join(str(row["summary"]).split()))[0]
    text = plain(shorten(first, 230, placeholder=" …"))
    return f"{initiative_link(key, row['name'])} ({who}, {year}). {text}"


def _definition(study: Study, code: str) -> str:
    book = study.codebook
    here = (book["part"] == "inventory") & (book["variable"] == "approach")
    return plain(book.loc[here & (book["value"] == code), "definition"].fillna("").iloc[0])


def _parts(groups: pd.Series) -> str:
    shares = groups.value_counts(normalize=True, sort=False)
    parts = [f"{name} {percent(shares[name]).text}" for name in GROUPS if shares[name] > 0]
    return first_up("; ".join(parts))


def _typical(study: Study, rows: pd.DataFrame, has: pd.Series, variable: str) -> str:
    """Return the codes that set these initiatives apart from the others, with both shares."""
    found = []
    for code, label in labels_if_any(study, variable).items():
        given = rows[f"{variable}_{code}"].astype(bool)
        here = given[has].mean()
        others = given[~has].mean() if (~has).any() else np.nan
        common = given[has].sum() >= FEW and code != "none_documented"
        if common and not rounded(here - others) < MARGIN:
            found.append((rounded(here - np.nan_to_num(others)), label, here, others))
    found.sort(key=lambda row: (-row[0], row[1]))
    words = []
    for _, label, here, others in found[:TYPICAL]:
        against = "" if np.isnan(others) else f" (others {percent(others).text})"
        words.append(f"{plain(label)} {percent(here).text}{against}")
    return "; ".join(words) or "Nothing in particular"


def _partners(study: Study, marks: pd.DataFrame, code: str) -> str:
    mine = marks[marks[code].astype(bool)]
    labels = study.labels("approach")
    with_others = [
        f"{plain(labels[other])} {percent(mine[other].mean()).text}"
        for other in labels
        if other != code and mine[other].any()
    ]
    alone = percent((mine.sum(axis=1) == 1).mean()).text
    return "; ".join([f"Alone {alone}", *with_others])
