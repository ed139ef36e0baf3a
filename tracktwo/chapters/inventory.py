"""Chapter `inventory`: what the initiatives were, by level and period."""

import pandas as pd

from tracktwo.estimates import difference_of_shares, share
from tracktwo.frame import Frame
from tracktwo.measures import LEVELS, PERIODS, count_by
from tracktwo.numbers import percent, points_text
from tracktwo.tables import plain

THIRD_PARTIES = {
    "none": "None named",
    "ngo": "Non-governmental organisation",
    "academic": "University or academy",
    "government": "Government",
    "foundation": "Foundation",
    "international_org": "International organisation",
    "religious": "Religious body",
}


def count_third_parties(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return initiatives per kind of third party, in the form of `measures.count_codes`."""
    kinds = list(dict.fromkeys([*THIRD_PARTIES, *rows["third_party_type"].astype(str)]))
    kind = pd.Categorical(rows["third_party_type"].astype(str), kinds)
    counts = count_by(rows.assign(code=kind), "code", by)
    counts["label"] = [
        THIRD_PARTIES.get(code, code.replace("_", " ").capitalize()) for code in counts["code"]
    ]
    return counts.assign(of=counts.groupby(by, observed=False)["initiatives"].transform("sum"))


def total_of(counts: pd.DataFrame) -> pd.DataFrame:
    """Return initiatives per label over all groups: ``label``, ``initiatives``."""
    return counts.groupby("label", sort=False)["initiatives"].sum().reset_index()


def commonest(counts: pd.DataFrame, n: int = 1) -> pd.DataFrame:
    """Return the `n` labels with most initiatives, the first first."""
    return total_of(counts).sort_values(["initiatives", "label"], ascending=[False, True]).head(n)


def level_table(rows: pd.DataFrame, frame: Frame) -> pd.DataFrame:
    """Return initiatives per level: in each period, without a period, in all, and as a share."""
    counts = pd.crosstab(rows["level"], rows["period"], dropna=False)
    counts = counts.reindex(index=LEVELS, columns=PERIODS, fill_value=0)
    table = pd.DataFrame({"Level": [level.capitalize() for level in LEVELS]}, index=LEVELS)
    for name, years in frame.periods.items():
        table[f"Began {years}"] = counts[name]
    table["Began earlier or unknown"] = rows.groupby("level", observed=False).size() - counts.sum(
        axis=1
    )
    table["All"] = table.drop(columns="Level").sum(axis=1)
    table["Share"] = [percent(n / len(rows)).text for n in table["All"]]
    return table.reset_index(drop=True)


def period_table(by_period: pd.DataFrame, frame: Frame) -> pd.DataFrame:
    """Return, for each code, its share among the starts of each period and how it moved.

    Parameters
    ----------
    by_period
        `measures.count_codes` by ``period``.
    """
    by_code = by_period.set_index(["label", "period"])
    rows = []
    for label in dict.fromkeys(by_period["label"]):
        before, after = (by_code.loc[(label, name)] for name in PERIODS)
        change = difference_of_shares(
            after["initiatives"], after["of"], before["initiatives"], before["of"]
        )
        cells = {"": plain(label)}
        for name, row in zip(frame.periods.values(), (before, after), strict=True):
            part = share(row["initiatives"], row["of"])
            cells[f"Began {name}"] = f"{row['initiatives']} ({percent(part.value).text})"
        rows.append(cells | {"Change": points_text(change).text, "size": abs(change.value)})
    table = pd.DataFrame(rows).sort_values("size", ascending=False, kind="stable")
    return table.drop(columns="size")


def clear_changes(by_period: pd.DataFrame) -> list[str]:
    """Return the labels of codes whose share moved with an interval that leaves out zero."""
    by_code = by_period.set_index(["label", "period"])
    moved = []
    for label in dict.fromkeys(by_period["label"]):
        before, after = (by_code.loc[(label, name)] for name in PERIODS)
        change = difference_of_shares(
            after["initiatives"], after["of"], before["initiatives"], before["of"]
        )
        if change.side_of(0) != "open":
            moved.append(label)
    return moved
