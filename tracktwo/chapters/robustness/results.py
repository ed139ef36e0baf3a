"""Chapter `robustness`: what happens to every claim when choices are made differently."""

import numpy as np
import pandas as pd

from tracktwo.analysis.frame import Frame
from tracktwo.claims.claims import Part
from tracktwo.claims.curves import choices, options_of
from tracktwo.claims.specifications import ROWS
from tracktwo.claims.statement_curves import JOINTLY, UNITS
from tracktwo.claims.verdicts import Verdict
from tracktwo.data.study import Study
from tracktwo.ground.digits import rounded
from tracktwo.ground.wording import enumerate_words
from tracktwo.words.numbers import most_percent, percent, value_text

COLUMNS = 48  # of a drawn curve; more specifications than that share a column


def part_curve(verdict: Verdict, place: int) -> pd.DataFrame:
    """Return the specifications of one part that have a value, from the lowest to the highest."""
    table = verdict.curve
    table = table[(table["part"] == place) & table["value"].notna()]
    order = np.argsort(table["value"].to_numpy(), kind="stable")
    return table.iloc[order].reset_index(drop=True)


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
    for choice in _varied(ordered):
        shares = pd.crosstab(column, ordered[choice], normalize="index")
        for option in shares:
            table = shares[option].rename("share").rename_axis("column").reset_index()
            tables.append(table.assign(choice=choice, option=str(option)))
    return pd.concat(tables, ignore_index=True)[["choice", "option", "column", "share"]]


def _varied(ordered: pd.DataFrame) -> list[str]:
    return [choice for choice in choices(ordered) if ordered[choice].nunique() > 1]


def usual(study: Study, frame: Frame, claim: str) -> dict[str, str]:
    """Return the option of each choice that the edition itself takes, in words."""
    chosen = {
        "scope": " and ".join(frame.scope),
        "grades": enumerate_words([*frame.grades]),
        "nested": "in" if frame.nested else "out",
        "borderline": "in" if frame.borderline else "out",
        "umbrellas": "in" if "umbrella" in frame.units else "out",
        "unit": UNITS.get(claim, [""])[0],
        "statements": "all",
        "voices": "all",
        "waves": next((name for name, kept in ROWS["waves"].items() if kept == frame.waves), ""),
        "waves of statements": "all",
        "joint statements": JOINTLY[claim][0] if claim in JOINTLY else "",
    }
    options = options_of(frame, study.rounds["inventory"])
    return chosen | {choice: str(option) for choice, option in options.items()}


def influence(ordered: pd.DataFrame) -> pd.DataFrame:
    """Return how much of the variation between specifications each choice accounts for.

    The share of the variance of the estimates that lies between the means of the choice's
    options (eta squared). Ratios are taken as logarithms. Choices are combined in full, so
    the shares of single choices do not overlap.

    Returns
    -------
    pd.DataFrame
        Columns ``choice``, ``explained``, ``low`` and ``high`` (the options with the lowest and
        highest median) and ``at_low``, ``at_high`` (those medians); the most influential first.
    """
    values = ordered["value"]
    total = rounded(values.var(ddof=0))
    rows = []
    for choice in _varied(ordered):
        groups = values.groupby(ordered[choice])
        between = ((groups.mean() - values.mean()) ** 2 * groups.size()).sum() / len(values)
        medians = groups.median()
        low, high = medians.idxmin(), medians.idxmax()
        rows.append(
            {
                "choice": choice,
                "explained": rounded(between / total) if total > 0 else 0.0,
                "low": str(low),
                "at_low": medians[low],
                "high": str(high),
                "at_high": medians[high],
            }
        )
    table = pd.DataFrame(rows, columns=["choice", "explained", "low", "at_low", "high", "at_high"])
    return table.sort_values("explained", ascending=False, kind="stable", ignore_index=True)


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
