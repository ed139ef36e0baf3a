"""What is counted: levels, periods, starts, active years, codes."""

import numpy as np
import pandas as pd

from tracktwo.data.study import Study
from tracktwo.data.validation.status import known_years

ELITE, MIXED, GRASSROOTS = "elite/professional", "mixed", "grassroots"
LEVELS = [ELITE, MIXED, GRASSROOTS]
STRICT, PROFESSIONAL = "elite", "professional"
GROUPS = [STRICT, PROFESSIONAL, MIXED, GRASSROOTS]
"""The levels, the side of elites and professionals told apart."""
PERIODS = ["peace process", "after the break"]
"""Levels and periods are roles; `Package.level_labels` and `Package.periods` say how the data at
hand call them."""


def level(rows: pd.DataFrame) -> pd.Series:
    """Return the level of each initiative, from who its participants are (`Study.wide`).

    *elite/professional* has no grassroots participants, *grassroots* has no others, *mixed* has
    both. An initiative of none of these, as data may have that tell no levels, has no level.
    """
    grassroots = rows["has_grassroots"]
    others = rows["has_elite"] | rows["has_professional"]
    cases = [grassroots & others, grassroots, others]
    named = np.select(cases, [MIXED, GRASSROOTS, ELITE], None)
    return pd.Series(named, index=rows.index, name="level", dtype="object")


def group(rows: pd.DataFrame) -> pd.Series:
    """Return which of `GROUPS` each initiative belongs to.

    *elite* has participants from the elite and none from the grassroots, *professional* has
    professionals alone.
    """
    side = np.where(rows["has_elite"], STRICT, PROFESSIONAL)
    named = np.where(rows["level"] == ELITE, side, rows["level"].astype(str))
    return pd.Series(pd.Categorical(named, GROUPS), index=rows.index, name="group")


def period(start: pd.Series, first_year: int, break_year: int, last_year: int) -> pd.Series:
    """Return the period of each starting year; missing when unknown or outside the years."""
    named = pd.Series(pd.NA, index=start.index, dtype="object", name="period")
    named[start.between(first_year, break_year).fillna(False)] = PERIODS[0]
    named[start.between(break_year + 1, last_year).fillna(False)] = PERIODS[1]
    return named


def comparable_transfer(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the initiatives whose codes of transfer can be compared with one another.

    Those of a wave whose summaries were written with outward routes in view cannot, since more
    routes are documented there: in the published data the wave ``extension``.
    """
    return rows[~rows["routes_in_view"]]


def in_doubt(rows: pd.DataFrame, column: str) -> pd.Series:
    """Return whether each row names `column` among those that are in doubt."""
    return rows["uncertain"].map(lambda columns: column in columns).astype(bool)


def starts_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the initiatives that started inside the frame's years."""
    return rows[rows["period"].notna()]


def level_counts(rows: pd.DataFrame, period: str) -> pd.Series:
    """Return how many initiatives of a period each level has."""
    return rows.loc[rows["period"] == period, "level"].value_counts().reindex(LEVELS)


def count_by(rows: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Return how many rows each combination of categorical `columns` has, zeros included."""
    counts = rows.groupby(list(columns), observed=False).size()
    return counts.rename("initiatives").reset_index()


def count_starts(rows: pd.DataFrame, years: range, by: str = "level") -> pd.DataFrame:
    """Return starts per year and level (or `by`): year, level, initiatives; zeros included."""
    within = rows[rows["start_year"].isin(list(years))]
    year = pd.Categorical(within["start_year"].astype(int), list(years))
    return count_by(within.assign(year=year), "year", by).astype({"year": int})


def active(rows: pd.DataFrame, year: int, *, unknown_ends: str, last_year: int) -> pd.Series:
    """Tell which initiatives were active in `year`.

    An initiative without a starting year counts as active in its last year alone, if known. An
    unknown end is read in two ways that bound the truth. What was still at work after some year
    is known to have been at work up to that year; beyond it, its end is unknown too.

    Parameters
    ----------
    unknown_ends
        ``"short"``: active as long as is known, the starting year at least; ``"long"``: active
        through `last_year`.
    """
    start = rows["start_year"].fillna(rows["end_year"])
    named = known_years(rows["end_status"])
    known = start.mask((named > start).fillna(False), named)
    unknown = known if unknown_ends == "short" else last_year
    end = rows["end_year"].fillna(unknown)
    return (start.le(year) & end.ge(year)).fillna(False).astype(bool)


def count_active(rows: pd.DataFrame, years: range, unknown_ends: str) -> pd.DataFrame:
    """Return active initiatives per year and level: year, level, initiatives."""
    tables = [
        count_by(
            rows[active(rows, year, unknown_ends=unknown_ends, last_year=years[-1])], "level"
        ).assign(year=year)
        for year in years
    ]
    return pd.concat(tables, ignore_index=True)[["year", "level", "initiatives"]]


def count_codes(rows: pd.DataFrame, variable: str, labels: dict[str, str], by: str) -> pd.DataFrame:
    """Return how many initiatives carry each code of a variable, by another column.

    Parameters
    ----------
    labels
        The variable's codes and how they are written.
    by
        A categorical column, such as ``level`` or ``period``.

    Returns
    -------
    pd.DataFrame
        Columns ``code``, ``label``, `by`, ``initiatives``, ``of`` (all initiatives of that
        group). An initiative with two codes counts under both.
    """
    groups = rows.groupby(by, observed=False)
    tables = [
        pd.DataFrame(
            {
                "code": code,
                "label": label,
                "initiatives": groups[f"{variable}_{code}"].sum().astype(int),
                "of": groups.size(),
            }
        ).reset_index()
        for code, label in labels.items()
    ]
    return pd.concat(tables, ignore_index=True)


def labels_if_any(study: Study, variable: str) -> dict[str, str]:
    """Return the labels of a variable of the inventory; none where the data do not have it."""
    return study.labels(variable) if study.has_variable(variable) else {}


def in_roles(study: Study, rows: pd.DataFrame, variable: str) -> pd.Series:
    """Return a variable with one value by what its values mean to the analysis (their roles).

    Categorical, the roles in the package's order; missing where a value has none.
    """
    roles = study.package.roles[variable]
    role_of = {value: role for role, values in roles.items() for value in values}
    given = rows[variable].astype(object).map(role_of)
    return pd.Series(pd.Categorical(given, list(roles)), index=rows.index, name=variable)


def role_labels(study: Study, variable: str, *order: str) -> dict[str, str]:
    """Return how roles of a variable are written in a line: as the codebook does their values.

    A role that no value of the data has is written by its name.
    """
    given = study.labels(variable)
    values = {role: study.package.values(variable, role) for role in order}
    return {role: "/".join(given[v] for v in of).lower() or role for role, of in values.items()}
