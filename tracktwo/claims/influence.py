"""Which choices move the estimates of a claim, and how far."""

import numpy as np
import pandas as pd

from tracktwo.analysis.frame import Frame, in_words
from tracktwo.claims.curves import choices, options_of
from tracktwo.claims.specifications import UNCERTAIN, row_choices
from tracktwo.claims.statement_curves import JOINTLY, UNITS
from tracktwo.claims.verdicts import Verdict
from tracktwo.data.study import Study
from tracktwo.ground.digits import rounded


def part_curve(verdict: Verdict, place: int) -> pd.DataFrame:
    """Return the specifications of one part that have a value, from the lowest to the highest."""
    table = verdict.curve
    table = table[(table["part"] == place) & table["value"].notna()]
    order = np.argsort(table["value"].to_numpy(), kind="stable")
    return table.iloc[order].reset_index(drop=True)


def varied(ordered: pd.DataFrame) -> list[str]:
    """Return the choices that the specifications make in more than one way."""
    return [choice for choice in choices(ordered) if ordered[choice].nunique() > 1]


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
    for choice in varied(ordered):
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


def most_moving(verdict: Verdict) -> str:
    """Return the choice that moves the part of a claim that fewest specifications agree with.

    Empty where no choice moves it.
    """
    ordered = part_curve(verdict, verdict.agree.index(verdict.agree_share))
    table = influence(ordered)
    return str(table["choice"].iloc[0]) if len(table) and table["explained"].iloc[0] > 0 else ""


def usual(study: Study, frame: Frame, claim: str) -> dict[str, str]:
    """Return the option of each choice that the edition itself takes, in words."""
    waves = row_choices(study.package)["waves"]
    umbrellas = set(frame.units) - set(study.package.frame["units"])
    chosen = {
        "scope": in_words(frame.scope),
        "grades": in_words(frame.grades),
        "nested": "in" if frame.nested else "out",
        "borderline": "in" if frame.borderline else "out",
        "umbrellas": "in" if umbrellas else "out",
        "unit": UNITS.get(claim, [""])[0],
        "statements": "all",
        "voices": "all",
        "waves": next((name for name, kept in waves.items() if kept == frame.waves), ""),
        "waves of statements": "all",
        "joint statements": JOINTLY[claim][0] if claim in JOINTLY else "",
    }
    options = options_of(frame, study.rounds["inventory"])
    return chosen | {choice: str(option) for choice, option in options.items()}


def without_doubt(verdict: Verdict, usual: dict[str, str]) -> pd.DataFrame:
    """Return a claim's estimates without the starting years that are in doubt, one row a part.

    Parameters
    ----------
    usual
        `usual` of the claim: every other choice is the edition's own. Empty for a claim that
        does not rest on starting years.
    """
    curve = verdict.curve
    if "uncertain years" not in curve:
        return curve.iloc[:0]
    wanted = {c: usual[c] for c in choices(curve)} | {"uncertain years": UNCERTAIN[1]}
    same = [curve[choice].astype(str) == option for choice, option in wanted.items()]
    return curve[np.logical_and.reduce(same)].sort_values("part", kind="stable")
