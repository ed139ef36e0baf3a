"""Chapter `propositions`: which propositions the inventory can speak to, and what it says.

The inventory records how work was meant to travel, not whether it arrived. So the most it can
say is whether a condition that a proposition names goes together with a documented route. A
route cannot test itself: routes that say the same as the condition are set aside. That leaves the
initiatives whose only documented route is one set aside. Counted as without a route they pull the
comparison down where the condition brings that route with it; left out, they pull it up. So each
comparison is made both ways, and only what both say is taken as clear. What each comparison is
and what it is not stands in words in ``chapters/propositions_record.ipynb``.
"""

from dataclasses import dataclass

import pandas as pd

from tracktwo.analysis.estimates import Estimate, difference_of_shares, with_interval
from tracktwo.analysis.measures import ELITE, LEVELS, PERIODS, comparable_transfer
from tracktwo.data.study import Study
from tracktwo.telling.myst import plain
from tracktwo.words.numbers import points_text


@dataclass(frozen=True)
class Probe:
    """How the inventory can be asked about a proposition.

    Attributes
    ----------
    exposed
        The columns of `prepare` any of which puts an initiative into the first group.
    within
        The column that marks the initiatives compared (None: all).
    aside
        Routes set aside because they say the same as the condition.
    """

    exposed: tuple[str, ...]
    within: str | None
    aside: tuple[str, ...]


PROBES = {
    "insiders_close_to_decision_makers": Probe(
        ("participants_elite",), "elite_level", ("insiders",)
    ),
    "timing_ripeness": Probe(("early",), "dated", ()),
    "multiplier_roles": Probe(
        ("issue_education", "issue_media"),
        "participants_professional",
        ("multipliers", "mass_media", "publication"),
    ),
    "concrete_product": Probe(
        ("format_draft_agreement", "format_joint_research_policy"), "elite_level", ("publication",)
    ),
    "confidentiality": Probe(("format_problem_solving_workshop",), "elite_level", ("insiders",)),
    "media_exposure": Probe(("format_media_production",), None, ("mass_media",)),
    "government_buy_in": Probe(("government",), None, ("briefings", "insiders")),
}
"""The comparisons that can be made; for the other propositions there is none."""

NO_ROUTE = "none_documented"
OUTCOMES = {
    "strict": "counted as without a route",
    "generous": "left out",
    "plan": "counted as without a route; planned routes only",
}
BOUNDS = ["strict", "generous"]
TOUCHES = 0.0005  # an end nearer to zero than this is printed as zero, and so touches it
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
    if len(rows) and (rows["low"] >= TOUCHES).all():
        return "above"
    return "below" if len(rows) and (rows["high"] <= -TOUCHES).all() else "open"


def clear(found: pd.DataFrame) -> dict[str, str]:
    """Return the labels of the propositions with a clear difference, and on which side it lies."""
    labels = dict(zip(found["proposition"], found["label"], strict=True))
    sides = {labels[key]: clear_side(found, key) for key in labels}
    return {label: side for label, side in sides.items() if side != "open"}


def tests_table(found: pd.DataFrame) -> pd.DataFrame:
    """Return the comparisons: the difference in each reading, and the shares compared."""
    table = []
    for _, rows in found.groupby("proposition", sort=False):
        rows = rows.set_index("outcome")
        one = rows.loc["strict"]
        table.append(
            {
                "Proposition": plain(one["label"]),
                "Counted": _points(rows.loc["strict"]),
                "Left out": _points(rows.loc["generous"]),
                "Planned": _points(rows.loc["plan"]),
                "With": _of(one["having"], one["n_having"]),
                "Without": _of(one["lacking"], one["n_lacking"]),
            }
        )
    return pd.DataFrame(table)


def within_table(study: Study, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the difference of each comparison inside each level, and among the best documented."""
    best = rows["evidence_grade"] == rows["evidence_grade"].cat.categories[0]
    groups = {level.capitalize(): rows["level"] == level for level in LEVELS}
    found = {}
    for name, chosen in (groups | {"Best documented": best}).items():
        table = run(study, rows[chosen])
        table = table[table["outcome"] == BOUNDS[0]]
        found["Proposition"] = [plain(label) for label in table["label"]]
        found[name] = [_points(row) for _, row in table.iterrows()]
    return pd.DataFrame(found)


def _points(row: pd.Series) -> str:
    return points_text(estimate_of(row), "").text if row["n"] else "no cases"


def _of(count: int, n: int) -> str:
    """Return a count of cases that stays on one line."""
    return f"{count}\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}{n}"
