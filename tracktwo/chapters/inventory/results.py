"""Chapter `inventory`: what the initiatives were, by level and period."""

import pandas as pd

from tracktwo.analysis.estimates import difference_of_shares, share
from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import GROUPS, LEVELS, PERIODS, count_by, in_doubt
from tracktwo.data.study import Study
from tracktwo.drawing.timeline import timeline_rows
from tracktwo.telling.myst import plain
from tracktwo.words.numbers import percent, points_text


def count_third_parties(study: Study, rows: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return initiatives per kind of third party, in the form of `measures.count_codes`."""
    labels = study.category_labels("initiatives", "third_party_type") | {"none": "No third party"}
    kind = pd.Categorical(rows["third_party_type"].astype(str), list(labels))
    counts = count_by(rows.assign(code=kind), "code", by)
    of = counts.groupby(by, observed=False)["initiatives"].transform("sum")
    return counts.assign(label=counts["code"].map(labels).astype(str), of=of)


def n_dated(rows: pd.DataFrame) -> int:
    """Return how many initiatives began inside the frame's years, in a known year."""
    return int(rows["period"].notna().sum())


def total_of(counts: pd.DataFrame) -> pd.DataFrame:
    """Return initiatives per label over all groups: ``label``, ``initiatives``."""
    return counts.groupby("label", sort=False)["initiatives"].sum().reset_index()


def commonest(counts: pd.DataFrame, n: int = 1) -> pd.DataFrame:
    """Return the `n` labels with most initiatives, the first first; fewer if fewer occur."""
    totals = total_of(counts[counts["initiatives"] > 0])
    return totals.sort_values(["initiatives", "label"], ascending=[False, True]).head(n)


def level_table(rows: pd.DataFrame, frame: Frame) -> pd.DataFrame:
    """Return initiatives per level: in all, as a share, by period and without a period."""
    counts = pd.crosstab(rows["level"], rows["period"], dropna=False)
    counts = counts.reindex(index=LEVELS, columns=PERIODS, fill_value=0)
    of_level = rows["level"].value_counts().reindex(LEVELS)
    table = pd.DataFrame({"Level": [level.capitalize() for level in LEVELS]}, index=LEVELS)
    table["All"] = of_level
    table["Share"] = [percent(n / len(rows)).text for n in of_level]
    for name, years in frame.periods.items():
        table[f"Began {years}"] = counts[name]
    table["Began earlier or unknown"] = of_level - counts.sum(axis=1)
    return table.reset_index(drop=True)


def wave_table(study: Study, rows: pd.DataFrame) -> pd.DataFrame:
    """Return what each search found: initiatives, who took part, and how many years are firm.

    Parameters
    ----------
    rows
        Initiatives with their ``group``.
    """
    labels = study.category_labels("initiatives", "wave")
    firm = rows["start_year"].notna() & ~in_doubt(rows, "start_year")
    table = []
    for wave, label in labels.items():
        found = rows[rows["wave"] == wave]
        groups = found["group"].value_counts().reindex(GROUPS)
        cells = {"Found by": plain(label), "Initiatives": len(found)}
        cells |= {name.capitalize(): int(groups[name]) for name in GROUPS}
        table.append(cells | {"Firm starting year": int(firm[found.index].sum())})
    return pd.DataFrame(table)


def went_on(rows: pd.DataFrame, frame: Frame) -> int:
    """Return how many initiatives are known to have gone on after the frame's last year."""
    return int((timeline_rows(rows, frame)["ended"] == "later").sum())


def changes(by_period: pd.DataFrame) -> pd.DataFrame:
    """Return how the share of each code moved from the first period to the second.

    Parameters
    ----------
    by_period
        `measures.count_codes` by ``period``.

    Returns
    -------
    pd.DataFrame
        Index ``label``; columns ``before`` and ``after`` (initiatives), ``of_before``,
        ``of_after`` and ``change`` (an `Estimate`), the largest change first.
    """
    counts = by_period.pivot(index="label", columns="period", values=["initiatives", "of"])
    table = pd.DataFrame(
        {
            "before": counts["initiatives", PERIODS[0]],
            "after": counts["initiatives", PERIODS[1]],
            "of_before": counts["of", PERIODS[0]],
            "of_after": counts["of", PERIODS[1]],
        }
    )
    table["change"] = [
        difference_of_shares(row.after, row.of_after, row.before, row.of_before)
        for row in table.itertuples()
    ]
    size = table["change"].map(lambda estimate: abs(estimate.value))
    return table.loc[size.sort_values(ascending=False, kind="stable").index]


def period_table(by_period: pd.DataFrame, frame: Frame, what: str) -> pd.DataFrame:
    """Return, for each code, its share among the starts of each period and how it moved."""
    rows = []
    for label, row in changes(by_period).iterrows():
        cells = {what: plain(label)}
        cells["Change in points"] = points_text(row["change"], unit="").text
        for years, part in zip(frame.periods.values(), ("before", "after"), strict=True):
            estimate = share(row[part], row[f"of_{part}"])
            cells[f"Began {years}"] = f"{row[part]} ({percent(estimate.value).text})"
        rows.append(cells)
    return pd.DataFrame(rows)


def clear_changes(by_period: pd.DataFrame) -> list[str]:
    """Return the labels of codes whose share moved with an interval that leaves out zero."""
    moved = changes(by_period)["change"]
    return [label for label, estimate in moved.items() if estimate.side_of(0) != "open"]
