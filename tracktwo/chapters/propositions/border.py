"""Chapter `propositions`: how near each proposition is to being shared, and what C5 hangs on."""

from math import floor

import pandas as pd

from tracktwo.chapters.propositions.results import ENOUGH, TWO_SIDES, Heard, count_both
from tracktwo.claims.claims import Part
from tracktwo.claims.curves import choices

UNITS = {"speaker": "voice", "document": "document_id", "organisation": "organisation"}
JUST = "shared, just"
GROUPS = ["Shared", "Shared, no voice to spare", "One voice short", "Further off"]


def standings(heard: Heard) -> pd.DataFrame:
    """Return how far each proposition is from the measure of C5, the firmest shared one first.

    Columns: the voices of either side, ``lacking`` (voices it is short of, in all), ``spare``
    (the fewest voices a side has beyond those needed; negative where some lack), ``words``, and
    ``group`` (one of `GROUPS`).
    """
    table = heard.both.copy()
    table["lacking"] = (ENOUGH - heard.both).clip(lower=0).sum(axis=1)
    table["spare"] = heard.both.min(axis=1) - ENOUGH
    table["words"] = [_words(row) for _, row in table.iterrows()]
    table["group"] = [_group(row) for _, row in table.iterrows()]
    total = heard.counts.sum(axis=1)
    order = table.assign(total=total).sort_values(
        ["lacking", "spare", "total"], ascending=[True, False, False], kind="stable"
    )
    return table.loc[order.index]


def _words(row: pd.Series) -> str:
    if not row["lacking"]:
        return "shared" if row["spare"] else JUST
    short = {side: ENOUGH - row[side] for side in TWO_SIDES if row[side] < ENOUGH}
    if len(short) == 1:
        (side, n), number = next(iter(short.items())), {1: "one", 2: "two"}
        return f"{number[n]} {side.capitalize()} short"
    return "one of each short" if set(short.values()) == {1} else f"{sum(short.values())} short"


def _group(row: pd.Series) -> str:
    if not row["lacking"]:
        return GROUPS[0] if row["spare"] else GROUPS[1]
    return GROUPS[2] if row["lacking"] == 1 else GROUPS[3]


def wanted(part: Part) -> int:
    """Return the fewest propositions whose share lies beyond the border of C5."""
    return floor(part.border * part.estimate.n) + 1


def organisations(statements: pd.DataFrame) -> pd.Series:
    """Return the number of documents in which each organisation has a say, the most first.

    A speaker may have several, separated by semicolons. A name that stands within another's,
    as that of a partner or a branch, counts there too.
    """
    given = statements["organisation"].fillna("").astype(str)
    names = sorted({name.strip() for text in given for name in text.split(";")} - {""})
    sizes = {
        name: statements.loc[given.str.contains(name, regex=False), "document_id"].nunique()
        for name in names
    }
    return pd.Series(sizes, dtype=int).sort_values(ascending=False, kind="stable")


def of_one_organisation(heard: Heard) -> list[str]:
    """Return the shared propositions all whose voices belong to one organisation."""
    found = []
    for key, row in standings(heard).iterrows():
        said = heard.statements[heard.statements["transfer_proposition"] == key]
        makers = organisations(said)
        if not row["lacking"] and len(makers) and makers.iloc[0] == said["document_id"].nunique():
            found.append(key)
    return found


def without(heard: Heard, unit: str, name: str) -> int:
    """Return how many propositions are shared without one speaker, document or organisation."""
    given = heard.statements[UNITS[unit]].fillna("").astype(str)
    out = given.str.contains(name, regex=False) if unit == "organisation" else given == name
    both = count_both(heard.statements[~out], heard.labels)
    return int((both >= ENOUGH).all(axis=1).sum())


def leave_one_out(heard: Heard) -> pd.DataFrame:
    """Return the shared propositions without each unit: ``unit``, ``name``, ``shared``."""
    rows = []
    for unit, column in UNITS.items():
        names = (
            organisations(heard.statements).index
            if unit == "organisation"
            else heard.statements[column].astype(str).unique()
        )
        rows += [(unit, name, without(heard, unit, name)) for name in names]
    return pd.DataFrame(rows, columns=["unit", "name", "shared"])


def single_choices(curve: pd.DataFrame, coder: str) -> pd.DataFrame:
    """Return the specifications of C5 that differ from its own in one choice.

    Columns ``choice``, ``option`` and ``shared`` (the number of propositions).
    """
    names = choices(curve)
    own = {name: curve[name].iloc[0] for name in names} | {"coder": coder}
    differ = pd.DataFrame({name: curve[name] != option for name, option in own.items()})
    rows = []
    for name in names:
        chosen = curve[differ[name] & (differ.sum(axis=1) == 1)]
        rows += [(name, row[name], round(row["value"] * row["n"])) for _, row in chosen.iterrows()]
    return pd.DataFrame(rows, columns=["choice", "option", "shared"])
