"""Specification curves: each claim under every specification (Simonsohn et al. 2020)."""

from collections.abc import Iterable
from itertools import islice

import numpy as np
import pandas as pd

from tracktwo.analysis.frame import Frame
from tracktwo.claims import statement_curves
from tracktwo.claims.claims import ClaimResult, Part
from tracktwo.claims.inventory_curves import COMPUTED, Computed
from tracktwo.claims.kept import Kept
from tracktwo.claims.specifications import BOTH, COUNTED, UNCERTAIN, Inventory, take_inventory
from tracktwo.data.study import Study
from tracktwo.ground.digits import rounded

NUMBERS = ["part", "value", "low", "high", "n"]
RESULT = [*NUMBERS, "cases", "agrees"]


def curve(
    study: Study,
    frame: Frame,
    result: ClaimResult,
    inventory: Inventory | None = None,
    known: dict[str, pd.DataFrame] | None = None,
) -> pd.DataFrame:
    """Return a claim's estimate under every specification.

    Parameters
    ----------
    result
        `claims.test_claim` of the claim.
    inventory
        `take_inventory` of the same study and frame, if it is at hand already.
    known
        The estimates of claims, by claim, as earlier calls left them here: specifications vary
        every choice of the frame but its years, so frames of the same study and the same years
        share them. What is computed is added.

    Returns
    -------
    pd.DataFrame
        One row a specification and part of the claim: a column for each choice (words or whole
        numbers), then ``part`` (its place among the claim's), ``value``, ``low``, ``high``,
        ``n``, ``cases`` (what the rule of verdicts looks at, as in `claims.Part`) and ``agrees``
        (whether the value is on the predicted side; missing where there is no value). No rows
        where the claim cannot be tested.
    """
    if result.reason:
        return pd.DataFrame(columns=RESULT)
    if known and result.id in known:
        table = known[result.id]
    elif result.id in statement_curves.UNITS:
        table = statement_curves.curve(study, result.id)
    else:
        inventory = inventory or take_inventory(study, frame)
        computed = COMPUTED[result.id](inventory, inventory.kept, frame)
        table = _table(inventory.options, computed)
        table["cases"] = table["n"]
    if known is not None:
        known[result.id] = table
    return table.assign(agrees=_agrees(table, result.parts))


def choices(table: pd.DataFrame) -> list[str]:
    """Return the columns of a curve that hold choices."""
    return [column for column in table.columns if column not in RESULT]


def leave_out(inventory: Inventory, frame: Frame, claim: str, keep: np.ndarray) -> pd.DataFrame:
    """Return a claim's estimates by the frame's first choices when some initiatives are left out.

    Parameters
    ----------
    keep
        Shape (cases, N): the initiatives that each case keeps.

    Returns
    -------
    pd.DataFrame
        Columns ``case``, ``part``, ``value``, ``low``, ``high``, ``n``.
    """
    inside = Kept.of(keep * inventory.kept.of_group[0][inventory.kept.group])
    options = options_of(frame, inventory.rounds)
    wanted = (
        (chosen, parts)
        for chosen, parts in COMPUTED[claim](inventory, inside, frame)
        if all(chosen[k] == v for k, v in options.items() if k in chosen)
    )
    cases = pd.DataFrame({"case": range(len(keep))})
    return _table(cases, islice(wanted, 1))[["case", *NUMBERS]]


def options_of(frame: Frame, rounds: Iterable[str]) -> dict[str, object]:
    """Return the options beyond those of rows that the frame itself takes.

    Parameters
    ----------
    rounds
        The rounds of coding, the latest last.
    """
    return {
        "coder": frame.coder,
        "break year": frame.break_year,
        "mixed": "apart",
        "counted": COUNTED[0],
        "uncertain years": UNCERTAIN[0],
        "focus both": BOTH[0],
        "round": next(reversed([*rounds]), None),
    }


def _table(options: pd.DataFrame, computed: Computed) -> pd.DataFrame:
    """Return one row for each row of `options`, further choice and part of the claim.

    The numbers are rounded: weighted counts leave a last digit where two shares are the same.
    """
    chosen, numbers = [], []
    for further, parts in computed:
        for place, ((value, low, high), n) in enumerate(parts):
            chosen.append({**further, "part": place})
            numbers.append(np.stack(np.broadcast_arrays(value, low, high, n), axis=1))
    if not chosen:  # nothing to compute: a data set without a round of coding has no C8
        return pd.DataFrame(columns=[*options.columns, *NUMBERS])
    every = pd.DataFrame(chosen)
    rows, further = len(options), len(every)
    table = options.iloc[np.tile(np.arange(rows), further)].reset_index(drop=True)
    table = table.join(every.iloc[np.repeat(np.arange(further), rows)].reset_index(drop=True))
    found = rounded(np.concatenate(numbers))
    return table.join(pd.DataFrame(found, columns=["value", "low", "high", "n"]))


def _agrees(table: pd.DataFrame, parts: tuple[Part, ...]) -> pd.Series:
    agrees = pd.Series(pd.NA, index=table.index, dtype="boolean")
    for place, part in enumerate(parts):
        here = (table["part"] == place) & table["value"].notna()
        agrees[here] = part.holds(table.loc[here, "value"].to_numpy())
    return agrees
