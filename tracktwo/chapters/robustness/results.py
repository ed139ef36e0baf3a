"""Chapter `robustness`: every specification, how rows are documented, one publisher less."""

from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pandas as pd

from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import LEVELS, starts_of
from tracktwo.analysis.voices import select_statements
from tracktwo.claims.claims import Part
from tracktwo.claims.curves import leave_out
from tracktwo.claims.influence import influence, part_curve, varied
from tracktwo.claims.inventory_curves import COMPUTED
from tracktwo.claims.specifications import Inventory
from tracktwo.claims.verdicts import Verdict
from tracktwo.data.study import Study
from tracktwo.ground.wording import first_up
from tracktwo.telling.myst import plain
from tracktwo.words.claim_words import CHOICES
from tracktwo.words.numbers import most_percent, percent, value_text

LEFT_OUT = ["claim", "part", "publisher", "dropped", "value"]
COLUMNS = 48  # of a drawn curve; more specifications than that share a column


def columns(ordered: pd.DataFrame) -> pd.Series:
    """Return the column of the drawn curve that each of the ordered specifications falls in."""
    n = len(ordered)
    return pd.Series(np.arange(n) * min(n, COLUMNS) // max(n, 1), name="column")


def drawn_curve(ordered: pd.DataFrame) -> pd.DataFrame:
    """Return the medians of each column: ``column``, ``value``, ``low``, ``high``, ``agrees``.

    ``agrees`` is whether most specifications of the column are on the predicted side.
    """
    groups = ordered.groupby(columns(ordered).to_numpy())
    table = groups[["value", "low", "high"]].median()
    table["agrees"] = groups["agrees"].mean().astype(float) >= 0.5
    return table.rename_axis("column").reset_index()


def drawn_choices(ordered: pd.DataFrame) -> pd.DataFrame:
    """Return how much of each column makes each choice.

    Columns ``choice``, ``option`` (words), ``column`` and ``share``; an option that no
    specification of a column takes has the share zero there.
    """
    column = columns(ordered).to_numpy()
    every, sizes = np.unique(column, return_counts=True)
    tables = []
    for choice in varied(ordered):
        taken, options = pd.factorize(ordered[choice], sort=True)
        cases = np.bincount(column * len(options) + taken, minlength=len(every) * len(options))
        shares = cases.reshape(len(every), -1) / sizes[:, None]
        for option, share in zip(options, shares.T, strict=True):
            table = pd.DataFrame({"column": every, "share": share})
            tables.append(table.assign(choice=choice, option=str(option)))
    return pd.concat(tables, ignore_index=True)[["choice", "option", "column", "share"]]


@dataclass(frozen=True)
class Curve:
    """One curve in a few numbers: its ends and middle, and the choice that moves it most."""

    n: int
    agree: str
    lowest: str
    middle: str
    highest: str
    choice: str
    explained: str
    low_option: str
    low: str
    high_option: str
    high: str


def describe(found: Verdict, place: int) -> Curve:
    """Return one curve in numbers, as they are written; no choice where none moves it."""
    part, ordered = found.result.parts[place], part_curve(found, place)
    values = ordered["value"]
    table = influence(ordered)
    top = table.iloc[0] if len(table) and table["explained"].iloc[0] > 0 else None
    written = partial(value_text, part.kind)
    ends = [written(value) for value in (values.min(), values.median(), values.max())]
    moved = [""] * 6
    if top is not None:
        moved = [CHOICES[top.choice], most_percent(top.explained)]
        moved += [top.low, written(top.at_low), top.high, written(top.at_high)]
    agree = most_percent(found.agree[place]) if len(ordered) else "–"
    return Curve(len(ordered), agree, *ends, *moved)


def curves_table(verdicts: dict[str, Verdict]) -> pd.DataFrame:
    """Return every curve in one row, ready to print."""
    rows = []
    for claim, found in verdicts.items():
        for place, part in enumerate(found.result.parts):
            curve = describe(found, place)
            moves = f"{curve.choice} ({curve.explained})" if curve.choice else "none"
            rows.append(
                {
                    "Claim": claim,
                    "Statistic": first_up(part.name),
                    "Agree": curve.agree,
                    "Lowest, middle, highest": f"{curve.lowest}; {curve.middle}; {curve.highest}",
                    "What moves it most": moves,
                    "Specifications": curve.n,
                }
            )
    return pd.DataFrame(rows or [{"Claim": "No claim is tested."}])


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
    if publishers.empty:
        return pd.DataFrame(columns=LEFT_OUT)
    keep = np.array([~inventory.ids.isin(ids) for ids in publishers])
    inside = inventory.kept.masks()[0]
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
