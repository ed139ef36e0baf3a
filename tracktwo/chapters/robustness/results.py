"""Chapter `robustness`: what happens to every claim when choices are made differently."""

import numpy as np
import pandas as pd

from tracktwo.claims.claims import Part
from tracktwo.claims.influence import influence, part_curve, varied
from tracktwo.claims.verdicts import Verdict
from tracktwo.words.numbers import most_percent, percent, value_text

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
    column, tables = columns(ordered), []
    for choice in varied(ordered):
        shares = pd.crosstab(column, ordered[choice], normalize="index")
        for option in shares:
            table = shares[option].rename("share").rename_axis("column").reset_index()
            tables.append(table.assign(choice=choice, option=str(option)))
    return pd.concat(tables, ignore_index=True)[["choice", "option", "column", "share"]]


def agreement_rows(verdicts: dict[str, Verdict]) -> pd.DataFrame:
    """Return how many specifications agree: ``claim``, ``part``, ``agree`` and ``n``, by part.

    A part that no specification gives a value has no row: there is nothing that could agree.
    """
    rows = [
        {
            "claim": claim,
            "part": f"{claim}: {part.name}",
            "agree": agree,
            "n": found.specifications,
        }
        for claim, found in verdicts.items()
        for place, (part, agree) in enumerate(zip(found.result.parts, found.agree, strict=True))
        if len(part_curve(found, place))
    ]
    return pd.DataFrame(rows, columns=["claim", "part", "agree", "n"])


def curves_table(verdicts: dict[str, Verdict]) -> pd.DataFrame:
    """Return every curve in one row, ready to print."""
    rows = []
    for claim, found in verdicts.items():
        for place, part in enumerate(found.result.parts):
            ordered = part_curve(found, place)
            table = influence(ordered) if len(ordered) else pd.DataFrame()
            moves = len(table) and table["explained"].iloc[0] > 0
            rows.append(
                {
                    "Claim": claim,
                    "Statistic": part.name.capitalize(),
                    "Specifications": len(ordered),
                    "Agree": most_percent(found.agree[place]) if len(ordered) else "–",
                    "Lowest, middle, highest": _range(part, ordered["value"]),
                    "Choice that matters most": f"{table['choice'].iloc[0]} "
                    f"({percent(table['explained'].iloc[0]).text})"
                    if moves
                    else "none",
                }
            )
    return pd.DataFrame(rows)


def _range(part: Part, values: pd.Series) -> str:
    if values.empty:
        return "not defined"
    return "; ".join(
        value_text(part.kind, v) for v in (values.min(), values.median(), values.max())
    )
