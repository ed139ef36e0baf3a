"""Chapter `focus`: its tables, ready to print."""

import pandas as pd

from tracktwo.analysis.estimates import Estimate
from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import GRASSROOTS, LEVELS, PROFESSIONAL, STRICT
from tracktwo.chapters.focus.results import BOTH, Result, change, odds_number
from tracktwo.data.study import Study
from tracktwo.telling.examples import examples, linked
from tracktwo.telling.links import initiative_link
from tracktwo.telling.myst import plain
from tracktwo.words.numbers import percent, points_text, share_text


def tests_table(result: Result, halves: dict[str, Estimate]) -> pd.DataFrame:
    """Return the tests of C3 and C4, with both halves of the elite side, ready to print."""
    shares = {
        "C3: grassroots, relationship": result.relationship,
        "C4: elite and professional, outcome": result.outcome,
        **{f"of these, {name}": found for name, found in halves.items()},
    }
    table = [
        {"Who, and what for": name, "Share (interval)": share_text(found).text, "n": found.n}
        for name, found in shares.items()
    ]
    odds = {"Who, and what for": "C4: odds of an outcome, against grassroots"}
    odds |= {"Share (interval)": f"{odds_number(result.odds).text} times", "n": result.odds.n}
    predicted = ["above 50%", "above 50%", "–", "–", "above 1"]
    return pd.DataFrame([*table, odds]).assign(Predicted=predicted)


def examples_table(study: Study, rows: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Return named examples of each focus, for elites, professionals and grassroots.

    Parameters
    ----------
    rows
        Initiatives with their ``group``.
    """
    table = []
    for who in (STRICT, PROFESSIONAL, GRASSROOTS):
        for key, name in names.items():
            chosen = rows[(rows["group"] == who) & (rows["focus"] == key)]
            cells = {"Who, and what for": f"{who.capitalize()}, {plain(name)}"}
            cells |= {"Examples": linked(examples(study, chosen, 2)), "n": len(chosen)}
            table.append(cells)
    return pd.DataFrame(table)


def both_table(study: Study, rows: pd.DataFrame, most: int = 2) -> pd.DataFrame:
    """Return examples of initiatives with two aims at each level, with what they did."""
    table = []
    for level in LEVELS:
        chosen = rows[(rows["level"] == level) & (rows["focus"] == BOTH)]
        for key, row in examples(study, chosen, most).iterrows():
            cells = {"Initiative": f"{initiative_link(key, row['name'])} ({level})"}
            table.append(cells | {"What it did": plain(row["summary"])})
    return pd.DataFrame(table or [{"Initiative": "No initiative has two aims."}])


def periods_table(rows: pd.DataFrame, frame: Frame, names: dict[str, str]) -> pd.DataFrame:
    """Return the share of each focus at each level in each period and its change."""
    table = []
    for level in LEVELS:
        for key, name in names.items():
            moved = points_text(change(rows, level, key), unit="").text
            cells = {"Level and focus": f"{level.capitalize()}, {plain(name)}"}
            cells |= {"Change in points": moved}
            for period, years in frame.periods.items():
                chosen = rows.loc[(rows["level"] == level) & (rows["period"] == period), "focus"]
                count, n = int((chosen == key).sum()), len(chosen)
                part = f"{count} of {n} ({percent(count / n).text})" if n else "–"
                cells[f"Began {years}"] = part
            table.append(cells)
    return pd.DataFrame(table)
