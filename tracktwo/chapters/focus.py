"""Chapter `focus`: claims C3 and C4, relationship or outcome, by level and period."""

from dataclasses import dataclass, replace

import pandas as pd

from tracktwo.charts import with_interval
from tracktwo.claims import test_claim
from tracktwo.estimates import Estimate, difference_of_shares, logistic_trend, odds_ratio, share
from tracktwo.examples import examples, linked
from tracktwo.frame import Frame
from tracktwo.links import initiative_link
from tracktwo.measures import ELITE, GRASSROOTS, LEVELS, PERIODS
from tracktwo.numbers import percent, points_text, share_text
from tracktwo.study import Study
from tracktwo.tables import plain

RELATIONSHIP, BOTH, OUTCOME = "relationship", "both", "outcome"
FOCI = [RELATIONSHIP, BOTH, OUTCOME]  # in the order they are drawn
TESTED = "for neither (as tested)"
READINGS = {
    TESTED: (None, None),
    "left out": ("left out", "left out"),
    "as relationship": (RELATIONSHIP, RELATIONSHIP),
    "as outcome": (OUTCOME, OUTCOME),
}
"""How rows with two aims may be counted: among elite/professional, among grassroots ones."""

BOUNDS = {
    "most against contrast": (RELATIONSHIP, OUTCOME),
    "most for contrast": (OUTCOME, RELATIONSHIP),
}
"""Readings that differ by level: the odds ratio lies between them, whatever the truth."""


@dataclass(frozen=True, eq=False)
class Result:
    """C3 (``relationship``) and the two parts of C4 (``outcome``, ``odds``)."""

    relationship: Estimate
    outcome: Estimate
    odds: Estimate


def test_claims(study: Study, frame: Frame) -> Result:
    """Return the tests of C3 and C4 as ``claims.csv`` words them."""
    parts = [*test_claim("C3", study, frame).parts, *test_claim("C4", study, frame).parts]
    return Result(*(part.estimate for part in parts))


def labels(study: Study) -> dict[str, str]:
    """Return how each focus is written, in the order it is drawn."""
    given = study.labels("focus")
    return {key: given.get(key, key).lower() for key in FOCI}


def focus_shares(rows: pd.DataFrame, by: str, names: dict[str, str]) -> pd.DataFrame:
    """Return the share of each focus in each group of the categorical column `by`.

    Returns
    -------
    pd.DataFrame
        Columns ``label`` (the group), ``focus`` (as `names` writes it), ``initiatives``,
        ``share``, ``low``, ``high``, ``n``; groups without rows are left out.
    """
    table = []
    for group, chosen in rows.groupby(by, observed=True):
        for key, name in names.items():
            count = int((chosen["focus"] == key).sum())
            given = {"label": str(group), "focus": name, "initiatives": count}
            table.append(with_interval(given, share(count, len(chosen))))
    columns = ["label", "focus", "initiatives", "share", "low", "high", "n"]
    return pd.DataFrame(table, columns=columns)


def period_shares(
    rows: pd.DataFrame, frame: Frame, names: dict[str, str]
) -> dict[str, pd.DataFrame]:
    """Return `focus_shares` by period for each level that has dated starts."""
    dated = rows[rows["period"].notna()]
    spelled = dated.assign(period=dated["period"].cat.rename_categories(frame.periods))
    tables = {x: focus_shares(spelled[spelled["level"] == x], "period", names) for x in LEVELS}
    return {level: table for level, table in tables.items() if len(table)}


def change(rows: pd.DataFrame, level: str, focus: str) -> Estimate:
    """Return the share of a focus among a level's starts after the break minus before."""
    of_level = rows[rows["level"] == level]
    before, after = (of_level.loc[of_level["period"] == p, "focus"] for p in PERIODS)
    counts = (int((after == focus).sum()), len(after), int((before == focus).sum()), len(before))
    return difference_of_shares(*counts)


def trend(rows: pd.DataFrame, level: str, focus: str, years: range) -> Estimate | None:
    """Return how the odds of a focus move with each later starting year, None if too few."""
    starts = rows[rows["period"].notna() & (rows["level"] == level)]
    fitted = logistic_trend(starts["start_year"], starts["focus"] == focus, years)
    return fitted.odds_ratio if fitted else None


def recount(rows: pd.DataFrame, elite: str | None, grassroots: str | None) -> Result:
    """Return the tests with the rows of two aims counted otherwise.

    Parameters
    ----------
    elite, grassroots
        What two aims count as at that level: a focus, ``left out``, or None for neither focus.
    """
    found = {}
    for level, reading in {ELITE: elite, GRASSROOTS: grassroots}.items():
        focus = rows.loc[rows["level"] == level, "focus"].astype(str)
        focus = focus[focus != BOTH] if reading == "left out" else focus
        found[level] = focus.replace(BOTH, reading) if reading in (RELATIONSHIP, OUTCOME) else focus
    high, low = found[ELITE], found[GRASSROOTS]
    outcome = (int((high == OUTCOME).sum()), len(high))
    return Result(
        relationship=share(int((low == RELATIONSHIP).sum()), len(low)),
        outcome=share(*outcome),
        odds=odds_ratio(*outcome, int((low == OUTCOME).sum()), len(low)),
    )


def readings(rows: pd.DataFrame) -> dict[str, Result]:
    """Return the tests under every reading of the rows with two aims, bounds included."""
    return {name: recount(rows, *how) for name, how in (READINGS | BOUNDS).items()}


def stand_out(rows: pd.DataFrame, study: Study, variable: str) -> list[str]:
    """Return the labels of codes that rows with two aims have clearly more often than the rest."""
    both, rest = rows[rows["focus"] == BOTH], rows[rows["focus"] != BOTH]
    found = {}
    for code, label in study.labels(variable).items():
        column = f"{variable}_{code}"
        counts = (int(both[column].sum()), len(both), int(rest[column].sum()), len(rest))
        estimate = difference_of_shares(*counts)
        if estimate.side_of(0) == "above":
            found[label.lower()] = estimate.value
    return sorted(found, key=found.get, reverse=True)


def coder_results(study: Study, frame: Frame) -> dict[str, Result]:
    """Return the tests on the codes of each coder: their focus codes and their levels."""
    return {name: test_claims(study, replace(frame, coder=name)) for name in study.coders()}


def profile(
    rows: pd.DataFrame, study: Study, variable: str, names: dict[str, str], most: int
) -> pd.DataFrame:
    """Return how often each focus comes with the commonest codes of another variable.

    Parameters
    ----------
    most
        How many codes: those that most initiatives carry, the commonest first.

    Returns
    -------
    pd.DataFrame
        Columns ``label`` (the code), ``focus``, ``share``, ``low``, ``high``, ``n``.
    """
    written = study.labels(variable)
    totals = pd.Series({code: int(rows[f"{variable}_{code}"].sum()) for code in written})
    ranked = totals[totals > 0].sort_values(ascending=False, kind="stable").index[:most]
    table = []
    for code in ranked:
        for key, name in names.items():
            having = rows.loc[rows["focus"] == key, f"{variable}_{code}"]
            given = {"label": written[code], "focus": name}
            table.append(with_interval(given, share(int(having.sum()), len(having))))
    return pd.DataFrame(table, columns=["label", "focus", "share", "low", "high", "n"])


def examples_table(study: Study, rows: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Return named examples of each focus at each level, ready to print."""
    table = []
    for level in LEVELS:
        for key, name in names.items():
            chosen = rows[(rows["level"] == level) & (rows["focus"] == key)]
            cells = {"Level": level.capitalize(), "Focus": plain(name), "n": len(chosen)}
            table.append(cells | {"Examples": linked(examples(study, chosen))})
    return pd.DataFrame(table)


def both_table(study: Study, rows: pd.DataFrame, most: int = 2) -> pd.DataFrame:
    """Return examples of initiatives with two aims at each level, with what they did."""
    table = []
    for level in LEVELS:
        chosen = rows[(rows["level"] == level) & (rows["focus"] == BOTH)]
        for key, row in examples(study, chosen, most).iterrows():
            link = initiative_link(key, row["name"])
            cells = {"Level": level.capitalize(), "Initiative": link}
            table.append(cells | {"What it did": plain(row["summary"])})
    return pd.DataFrame(table or [{"Initiative": "No initiative has two aims."}])


def periods_table(rows: pd.DataFrame, frame: Frame, names: dict[str, str]) -> pd.DataFrame:
    """Return the share of each focus at each level in each period and its change."""
    table = []
    for level in LEVELS:
        for key, name in names.items():
            cells = {"Level": level.capitalize(), "Focus": plain(name)}
            for period, years in frame.periods.items():
                chosen = rows.loc[(rows["level"] == level) & (rows["period"] == period), "focus"]
                count, n = int((chosen == key).sum()), len(chosen)
                cells[f"Began {years}"] = (
                    f"{count} of {n} ({percent(count / n).text})" if n else "–"
                )
            moved = points_text(change(rows, level, key), unit="").text
            table.append(cells | {"Change in points": moved})
    return pd.DataFrame(table)


def tests_table(result: Result, odds: str) -> pd.DataFrame:
    """Return the tests of C3 and C4, ready to print; `odds` is the odds ratio in words."""
    rows = [
        ("C3", "Grassroots initiatives: share with a relationship focus", result.relationship),
        ("C4", "Elite/professional initiatives: share with an outcome focus", result.outcome),
    ]
    table = [
        {"Claim": claim, "Statistic": what, "Estimate (95% interval)": share_text(found).text}
        | {"n": found.n, "Predicted": "above 50%"}
        for claim, what, found in rows
    ]
    last = {"Claim": "C4", "Statistic": "Odds of an outcome focus, against grassroots ones"}
    last |= {"Estimate (95% interval)": odds, "n": result.odds.n, "Predicted": "above 1"}
    return pd.DataFrame([*table, last])
