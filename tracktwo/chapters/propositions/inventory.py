"""Chapter `propositions`: which propositions the inventory can speak to, and what it says.

The inventory records how work was meant to travel, not whether it arrived. So the most it can
say is whether a condition that a proposition names goes together with a documented route. A
route cannot test itself: routes that say the same as the condition are set aside. That leaves the
initiatives whose only documented route is one set aside. Counted as without a route they pull the
comparison down where the condition brings that route with it; left out, they pull it up. So each
comparison is made both ways, and only what both say is taken as clear.
"""

import pandas as pd

from tracktwo.analysis.estimates import Estimate, difference_of_shares, with_interval
from tracktwo.analysis.measures import ELITE, PERIODS, comparable_transfer
from tracktwo.chapters.propositions.probes import PROBES, Probe
from tracktwo.data.study import Study

NO_ROUTE = "none_documented"
OUTCOMES = {
    "strict": "counted as without a route",
    "generous": "left out",
    "plan": "counted as without a route; planned routes only",
}
BOUNDS = ["strict", "generous"]
COLUMNS = ["proposition", "label", "outcome", "having", "n_having", "lacking", "n_lacking"]


def prepare(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the initiatives that compare, with the columns that probes name besides codes.

    Routes are what is compared, so initiatives whose codes of transfer do not compare are out.
    """
    rows = comparable_transfer(rows)
    return rows.assign(
        elite_level=rows["level"] == ELITE,
        dated=rows["period"].notna(),
        early=rows["period"] == PERIODS[0],
        government=rows["third_party_type"] == "government",
    )


def any_of(rows: pd.DataFrame, columns: list[str]) -> pd.Series:
    """Return which rows say yes in any of `columns`; a column the data lack says no."""
    return rows.reindex(columns=columns, fill_value=False).astype(bool).any(axis=1)


def run(study: Study, rows: pd.DataFrame) -> pd.DataFrame:
    """Return every comparison that the inventory allows.

    Returns
    -------
    pd.DataFrame
        One row a proposition and outcome, in the codebook's order: ``proposition``, ``label``,
        ``outcome`` (`OUTCOMES`: what becomes of those with a route set aside alone), ``having``,
        ``n_having``, ``lacking``, ``n_lacking`` (counts), ``share`` (the difference of the two
        shares), ``low``, ``high`` (Newcombe 1998) and ``n``.
    """
    rows = prepare(rows)
    routes = [route for route in study.labels("transfer") if route != NO_ROUTE]
    labels = study.labels("transfer_proposition", "practitioners")
    table = []
    for key, label in labels.items():
        if probe := PROBES.get(key):
            names = {"proposition": key, "label": label}
            table += [names | row for row in _compare(rows, probe, routes)]
    return pd.DataFrame(table, columns=[*COLUMNS, "share", "low", "high", "n"])


def _compare(rows: pd.DataFrame, probe: Probe, routes: list[str]) -> list[dict[str, object]]:
    """Return one row an outcome for a probe."""
    rows = rows[any_of(rows, [probe.within])] if probe.within else rows
    other = any_of(rows, [f"transfer_{route}" for route in routes if route not in probe.aside])
    aside = any_of(rows, [f"transfer_{route}" for route in routes if route in probe.aside])
    exposed = any_of(rows, list(probe.exposed))
    everyone = pd.Series(True, index=rows.index)
    cases = {
        "strict": (other, everyone),
        "generous": (other, other | ~aside),
        "plan": (other & rows["transfer_planned_yes"], everyone),
    }
    table = []
    for outcome, (yes, kept) in cases.items():
        one, two = yes[exposed & kept], yes[~exposed & kept]
        counts = dict(
            zip(COLUMNS[3:], (int(one.sum()), len(one), int(two.sum()), len(two)), strict=True)
        )
        found = difference_of_shares(*counts.values())
        table.append(with_interval({"outcome": outcome} | counts, found))
    return table


def estimate_of(row: pd.Series) -> Estimate:
    """Return the difference in a row of `run` as an estimate."""
    return Estimate(row["share"], row["low"], row["high"], row["n"])


def clear_side(found: pd.DataFrame, proposition: str) -> str:
    """Return where both bounds lie wholly: ``above`` or ``below`` zero; or ``open``."""
    rows = found[(found["proposition"] == proposition) & found["outcome"].isin(BOUNDS)]
    if len(rows) and (rows["low"] > 0).all():
        return "above"
    return "below" if len(rows) and (rows["high"] < 0).all() else "open"


def best_documented(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the initiatives with the best grade, so that both groups are documented alike."""
    rows = comparable_transfer(rows)
    return rows[rows["evidence_grade"] == rows["evidence_grade"].cat.categories[0]]
