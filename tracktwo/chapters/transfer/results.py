"""Chapters `transfer` and `transfer_record`: how work was to travel, and was it planned (C7)."""

from collections import defaultdict
from dataclasses import replace
from math import isfinite

import numpy as np
import pandas as pd

from tracktwo.analysis.estimates import (
    NOTHING,
    Estimate,
    clustered_share,
    difference_of_shares,
    logistic_trend,
    share,
    with_interval,
)
from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import GROUPS as LEVELS
from tracktwo.analysis.measures import comparable_transfer, group, in_roles, role_labels
from tracktwo.analysis.voices import select_statements
from tracktwo.claims.claims import test_claim
from tracktwo.data.study import Study
from tracktwo.drawing.shares import NUMBERS, code_shares, groups_of
from tracktwo.telling.examples import sources_read

PLANNED, ACTIVITY, SILENT = "planned", "activity", "silent"
STATES = [PLANNED, ACTIVITY, SILENT]  # in the order they are drawn
WELL_READ = 0.75  # quantile of sources read from which on an initiative is called well read
MOST_READ = 5  # sources read from which on the figure makes no difference


def select(study: Study, frame: Frame) -> pd.DataFrame:
    """Return the initiatives inside the frame whose codes of transfer can be compared.

    ``who`` is the level with the elite apart from professionals (`measures.group`), and
    ``transfer_planned`` one of `STATES`.
    """
    rows = comparable_transfer(frame.select(study))
    return rows.assign(who=group(rows), transfer_planned=in_roles(study, rows, "transfer_planned"))


def labels(study: Study) -> dict[str, str]:
    """Return how each state of the record is written, in the order it is drawn."""
    return role_labels(study, "transfer_planned", *STATES)


def states(rows: pd.DataFrame) -> dict[str, int]:
    """Return how many initiatives are in each state of the record."""
    counts = rows["transfer_planned"].value_counts()
    names = ("planned", "activity", "silent")
    return {name: int(counts[state]) for name, state in zip(names, STATES, strict=True)}


def planned_share(rows: pd.DataFrame) -> Estimate:
    """Return the share of `rows` with a documented plan for transfer (Wilson)."""
    return share(int((rows["transfer_planned"] == PLANNED).sum()), len(rows))


def test_planned(study: Study, frame: Frame) -> Estimate:
    """Return the test of C7 as ``claims.csv`` words it."""
    return test_claim("C7", study, frame).parts[0].estimate


def groups(study: Study, rows: pd.DataFrame) -> dict[str, dict[str, pd.DataFrame]]:
    """Return the initiatives of each group, by what the groups are made from."""
    return {
        "level": {level: rows[rows["who"] == level] for level in LEVELS},
        **{v: groups_of(rows, v, study) for v in ("focus", "approach") if study.has_variable(v)},
    }


def planned_by(study: Study, rows: pd.DataFrame, frame: Frame) -> dict[str, dict[str, Estimate]]:
    """Return the share with a documented plan in each group, by what the groups are made from."""
    spans = {years: rows[rows["period"] == name] for name, years in frame.periods.items()}
    return {
        what: {name: planned_share(chosen) for name, chosen in found.items()}
        for what, found in (groups(study, rows) | {"start": spans}).items()
    }


def planned_lead(one: Estimate, other: Estimate) -> Estimate:
    """Return how much oftener a plan is documented in one group than in another."""
    counts = [(round(e.value * e.n) if e.n else 0, e.n) for e in (one, other)]
    return difference_of_shares(*counts[0], *counts[1])


# Routes


def routes(study: Study) -> dict[str, str]:
    """Return the codes of routes and their labels, without the one for none."""
    none = study.package.values("transfer", "none_documented")
    return {code: label for code, label in study.labels("transfer").items() if code not in none}


def route_shares(study: Study, rows: pd.DataFrame, *by: str) -> pd.DataFrame:
    """Return the share of initiatives with each route, by some of `groups`.

    Returns
    -------
    pd.DataFrame
        Columns ``by`` (such as level), ``group``, ``code``, ``label`` (the route), ``share``,
        ``low``, ``high``, ``n``. An initiative with several routes counts under each.
    """
    table = []
    for what, found in groups(study, rows).items():
        for name, chosen in found.items() if what in by else ():
            for code, label in study.labels("transfer").items():
                given = {"by": what, "group": name, "code": code, "label": label}
                count = int(chosen[f"transfer_{code}"].sum())
                table.append(with_interval(given, share(count, len(chosen))))
    return pd.DataFrame(table, columns=["by", "group", "code", "label", *NUMBERS])


def level_routes(study: Study, rows: pd.DataFrame) -> dict[str, dict[str, Estimate]]:
    """Return the share with each route, and with none on record, by level and code."""
    return {
        level: defaultdict(
            lambda: NOTHING,
            {
                code: share(int(chosen[f"transfer_{code}"].sum()), len(chosen))
                for code in study.labels("transfer")
            },
        )
        for level, chosen in groups(study, rows)["level"].items()
    }


def planned_by_route(study: Study, rows: pd.DataFrame) -> dict[str, Estimate]:
    """Return the share with a plan among the initiatives of each route, the largest first."""
    found = {
        label: planned_share(rows[rows[f"transfer_{code}"]])
        for code, label in routes(study).items()
    }
    known = {label: estimate for label, estimate in found.items() if estimate.n}
    return dict(sorted(known.items(), key=lambda item: item[1].value, reverse=True))


# No plan, or no record of a plan


def denominators(study: Study, rows: pd.DataFrame) -> dict[str, Estimate]:
    """Return the share with a documented plan among all, and among those better known.

    The last one is the only one whose choice depends on the code itself.
    """
    read = sources_read(study, rows)
    many = max(int(read.quantile(WELL_READ)), 1) if len(read) else 1
    best = rows["evidence_grade"].cat.categories[0]
    about = study.sources["supports"].map(lambda s: bool({"transfer", "transfer_planned"} & {*s}))
    chosen = {
        "all (as tested)": rows,
        "a source read": rows[read > 0],
        f"{many} or more sources read": rows[read >= many],
        f"evidence grade {best}": rows[rows["evidence_grade"] == best],
        "a source on transfer": rows[rows.index.isin(study.sources.loc[about, "initiative_id"])],
        "activity documented": rows[rows["transfer_planned"] != SILENT],
    }
    return {name: planned_share(found) for name, found in chosen.items()}


def ceiling(rows: pd.DataFrame) -> Estimate:
    """Return the share planned if every initiative without any record had had a plan.

    With the share as tested it bounds the truth without an assumption on what is not recorded
    (Manski 2003), as long as activity without a described plan is taken at its word.
    """
    return share(int((rows["transfer_planned"] != ACTIVITY).sum()), len(rows))


def any_coder(study: Study, rows: pd.DataFrame) -> Estimate:
    """Return the share planned if a plan that any one coder saw counted."""
    codes = study.codes
    plans = study.package.values("transfer_planned", PLANNED)
    saw = codes[(codes["variable"] == "transfer_planned") & codes["value"].isin(plans)]
    return share(int(rows.index.isin(saw["initiative_id"]).sum()), len(rows))


def seen_first(study: Study, rows: pd.DataFrame, frame: Frame) -> dict[str, int] | None:
    """Return what the first coder of the earliest round saw where no record was found.

    None where the data have no round, or that coder's codes are the frame's.
    """
    coder = next(iter(study.rounds["inventory"].values()), (frame.coder,))[0]
    if coder == frame.coder:
        return None
    silent = rows.index[rows["transfer_planned"] == SILENT]
    theirs = study.wide(coder).loc[silent]
    return states(theirs.assign(transfer_planned=in_roles(study, theirs, "transfer_planned")))


def by_coder(study: Study, frame: Frame) -> dict[str, Estimate]:
    """Return the test of C7 on the codes of each coder."""
    return {name: test_planned(study, replace(frame, coder=name)) for name in study.coders()}


def add_plans(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the share planned if more and more of those without a record had had a plan.

    Columns ``hidden`` (0 to all without a record), ``share``, ``low``, ``high``, ``n``.
    """
    n = states(rows)
    table = [
        with_interval({"hidden": k}, share(n["planned"] + k, len(rows)))
        for k in range(n["silent"] + 1)
    ]
    return pd.DataFrame(table)


def tipping(table: pd.DataFrame, column: str, border: float = 0.5) -> int | None:
    """Return the fewest hidden plans at which `column` is no longer below `border`."""
    gone = table[~(table[column] < border)]
    return None if gone.empty else int(gone["hidden"].min())


def reading_shares(study: Study, rows: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Return the states of the record by how many sources were read, as `code_shares` does."""
    read = sources_read(study, rows).clip(upper=MOST_READ)
    words = {n: f"{n} source{'s' * (n != 1)} read" for n in range(MOST_READ)}
    words |= {0: "none read", MOST_READ: f"{MOST_READ} or more read"}
    grouped = pd.Categorical(read.map(words), list(words.values()))
    return code_shares(rows.assign(read=grouped), "read", "transfer_planned", names)


def reading_trend(study: Study, rows: pd.DataFrame, state: str) -> Estimate:
    """Return how the odds of `state` move with each further source read.

    Without a value where there is no trend to fit: too few initiatives, or all alike.
    """
    read = sources_read(study, rows)
    span = range(int(read.min()), int(read.max()) + 1) if len(read) else range(1)
    trend = logistic_trend(read, rows["transfer_planned"] == state, span)
    if trend and isfinite(trend.odds_ratio.high):
        return trend.odds_ratio
    return Estimate(np.nan, np.nan, np.nan, len(rows))


# What practitioners say


def planning_statements(study: Study, frame: Frame) -> pd.DataFrame:
    """Return the statements that say something of deliberate planning for transfer."""
    rows = select_statements(study, frame)
    return rows[rows["strategy_planned"].notna()]


def told_share(statements: pd.DataFrame) -> Estimate:
    """Return the share of `statements` that describe planning, documents resampled."""
    return clustered_share(statements["strategy_planned"] == "yes", statements["document_id"])
