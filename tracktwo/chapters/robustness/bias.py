"""Chapter `robustness`: what was never documented, and what rests on a single publisher."""

from dataclasses import replace

import numpy as np
import pandas as pd

from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import ELITE, GRASSROOTS, LEVELS, PERIODS, level_counts, starts_of
from tracktwo.analysis.vectors import differences, leads, trends
from tracktwo.analysis.voices import select_statements
from tracktwo.claims.claims import Part
from tracktwo.claims.curves import leave_out
from tracktwo.claims.inventory_curves import COMPUTED
from tracktwo.claims.specifications import Inventory
from tracktwo.claims.verdicts import Verdict
from tracktwo.data.study import Study
from tracktwo.ground.digits import rounded
from tracktwo.telling.myst import plain
from tracktwo.words.numbers import percent, value_text

LEFT_OUT = ["claim", "part", "publisher", "dropped", "value"]
MOST = 60  # undocumented initiatives that the tipping figure goes up to


def tipping(rows: pd.DataFrame, frame: Frame, most_elite: int = MOST) -> pd.DataFrame:
    """Return how many undocumented grassroots starts it takes to undo C1 and C2.

    Undocumented initiatives are spread evenly over the years of their period.

    Returns
    -------
    pd.DataFrame
        Columns ``claim``, ``elite`` (undocumented elite/professional starts after the break, 0
        to `most_elite`), ``blurred`` and ``undone``: the fewest undocumented grassroots starts
        up to the break at which an interval of the claim holds the border, and at which an
        estimate is no longer on the predicted side; `MOST` + 1 where even `MOST` are not enough.
    """
    grid = np.arange(MOST + 1)
    table = []
    for elite in range(most_elite + 1):
        for claim, (low, value) in _with_added(rows, frame, grid, elite).items():
            blurred, undone = (_first(rounded(x) <= 0) for x in (low, value))
            table.append({"claim": claim, "elite": elite, "blurred": blurred, "undone": undone})
    return pd.DataFrame(table)


def _first(gone: np.ndarray) -> int:
    return int(np.argmax(gone)) if gone.any() else MOST + 1


def _with_added(
    rows: pd.DataFrame, frame: Frame, grassroots: np.ndarray, elite: int
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return for C1 and C2 the low end and the value, above the border by their sign.

    Of the two parts of C2 the nearer to its border counts; ratios are taken as logarithms.
    """
    before, after = (level_counts(rows, p) for p in PERIODS)
    g, n = before[GRASSROOTS] + grassroots, before.sum() + grassroots
    c1, c1_low, _ = leads(np.full(len(g), before[ELITE]), g, n)
    change, change_low, _ = differences(
        np.full(len(g), after[GRASSROOTS]), np.full(len(g), after.sum() + elite), g, n
    )
    yes, both = _by_year(rows, frame, grassroots, elite)
    ratio, ratio_low, _ = (np.log(x) for x in trends(yes, both))
    # What cannot be computed does not stand.
    low, value = (
        np.nan_to_num(np.minimum(a, b), nan=-1.0)
        for a, b in ((change_low, ratio_low), (change, ratio))
    )
    return {"C1": tuple(np.nan_to_num(x, nan=-1.0) for x in (c1_low, c1)), "C2": (low, value)}


def _by_year(
    rows: pd.DataFrame, frame: Frame, grassroots: np.ndarray, elite: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return grassroots, and grassroots plus elite/professional, starts: shape (cases, years)."""
    starts = starts_of(rows)
    years = pd.Categorical(starts["start_year"].astype(int), list(frame.years))
    counts = pd.crosstab(years, starts["level"], dropna=False)
    counts = counts.reindex(index=list(frame.years), columns=LEVELS, fill_value=0)
    early = np.array([year <= frame.break_year for year in frame.years])
    yes = counts[GRASSROOTS].to_numpy() + np.outer(grassroots, early / early.sum())
    return yes, yes + counts[ELITE].to_numpy() + elite * ~early / (~early).sum()


def documentation(study: Study, rows: pd.DataFrame, frame: Frame) -> pd.DataFrame:
    """Return how well initiatives of each level and period are documented, ready to print."""
    starts = starts_of(rows)
    sources = study.sources[study.sources["initiative_id"].isin(starts.index)]
    per_row = sources.groupby("initiative_id", observed=True)
    many = per_row.size().reindex(starts.index, fill_value=0)
    own = sources[(sources["copy"] == "original") & (sources["access"] == "read")]
    table = []
    for period, span in frame.periods.items():
        for level in LEVELS:
            ids = starts.index[(starts["period"] == period) & (starts["level"] == level)]
            if len(ids):
                graded = starts.loc[ids, "evidence_grade"] == "A"
                table.append(
                    {
                        "Began": span,
                        "Level": level,
                        "Initiatives": len(ids),
                        "Sources each": f"{many[ids].mean():.1f}",
                        "Grade A": percent(graded.mean()).text,
                        "Read at the publisher’s": percent(
                            ids.isin(own["initiative_id"]).mean()
                        ).text,
                    }
                )
    return pd.DataFrame(table)


# One publisher left out


def publisher_table(study: Study, inventory: Inventory, frame: Frame) -> pd.DataFrame:
    """Return each claim when one publisher is left out, in one row a part and publisher.

    Every initiative that has any source by the publisher is dropped, even if others speak of it
    too: harsher than the publisher's silence would be. For C6 the publisher's documents go.

    Returns
    -------
    pd.DataFrame
        Columns ``claim``, ``part``, ``publisher``, ``dropped``, ``value``.
    """
    sources = study.sources[study.sources["initiative_id"].isin(inventory.ids)]
    publishers = sources.groupby("author_or_publisher", observed=True)["initiative_id"].unique()
    keep = np.array([~inventory.ids.isin(ids) for ids in publishers])
    inside = inventory.masks[0].astype(bool)
    dropped = (~keep & inside).sum(axis=1)
    quick, tables = replace(inventory, draws=0), []
    for claim in [c for c in study.claims["id"] if c in COMPUTED]:
        table = leave_out(quick, frame, claim, keep)
        table = table.assign(
            claim=claim,
            publisher=publishers.index.to_numpy()[table["case"]],
            dropped=dropped[table["case"]],
        )
        tables.append(table[table["dropped"] > 0])
    tables.append(_statements_left_out(study, frame))
    return pd.concat(tables)[LEFT_OUT]


def _statements_left_out(study: Study, frame: Frame) -> pd.DataFrame:
    """Return C6 without the statements of each publisher that voice a proposition."""
    statements = select_statements(study, frame)
    told = statements[statements["transfer_proposition"].notna()]
    systematic = told["proposition_support"] == "evidence"
    publishers = told["venue_or_publisher"].astype(str)
    rows = [
        {
            "claim": "C6",
            "part": 0,
            "publisher": name,
            "dropped": int((publishers == name).sum()),
            "value": systematic[publishers != name].mean(),
        }
        for name in sorted(set(publishers))
    ]
    kept = "C6" in set(study.claims["id"])
    return pd.DataFrame(rows if kept else [], columns=LEFT_OUT).dropna(subset=["value"])


def left_out_table(left: pd.DataFrame, verdicts: dict[str, Verdict]) -> pd.DataFrame:
    """Return for each part the publisher whose absence takes it nearest to its border.

    A part that no publisher moves has no row; when none is moved, the one row says so.
    """
    rows = []
    for (claim, place), cases in left.groupby(["claim", "part"], sort=False):
        part = verdicts[claim].result.parts[place]
        cases = cases.dropna(subset=["value"])
        values = cases["value"]
        if values.nunique() < 2:
            continue
        nearest = values.idxmin() if part.relation.startswith(">") else values.idxmax()
        worst = cases.loc[nearest]
        rows.append(
            {
                "Claim": claim,
                "Statistic": part.name.capitalize(),
                "With all": value_text(part.kind, part.estimate.value),
                "Nearest to the border": value_text(part.kind, worst["value"]),
                "Without": f"{plain(worst['publisher'])} ({worst['dropped']})",
                "Still as predicted": _stays(part, values),
            }
        )
    return pd.DataFrame(rows or [{"Claim": "none", "Statistic": "No publisher moves an estimate"}])


def _stays(part: Part, values: pd.Series) -> str:
    if not part.holds(part.estimate.value):
        return "never was"
    return "yes" if part.holds(values.to_numpy()).all() else "no"
