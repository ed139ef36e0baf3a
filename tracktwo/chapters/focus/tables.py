"""Chapter `focus`: its tables, ready to print."""

import pandas as pd

from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import LEVELS
from tracktwo.chapters.focus.results import BOTH, Result, change
from tracktwo.data.study import Study
from tracktwo.telling.examples import examples, linked
from tracktwo.telling.links import initiative_link
from tracktwo.telling.myst import plain
from tracktwo.words.numbers import percent, points_text, share_text


def examples_table(study: Study, rows: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Return named examples of each focus at each level, ready to print."""
    table = []
    for level in LEVELS:
        for key, name in names.items():
            chosen = rows[(rows["level"] == level) & (rows["focus"] == key)]
            cells = {"Level and focus": f"{level.capitalize()}, {plain(name)}", "n": len(chosen)}
            table.append(cells | {"Examples": linked(examples(study, chosen))})
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
            cells = {"Level and focus": f"{level.capitalize()}, {plain(name)}"}
            for period, years in frame.periods.items():
                chosen = rows.loc[(rows["level"] == level) & (rows["period"] == period), "focus"]
                count, n = int((chosen == key).sum()), len(chosen)
                cells[f"Began {years}"] = (
                    f"{count} of {n} ({percent(count / n).text})" if n else "–"
                )
            moved = points_text(change(rows, level, key), unit="").text
            table.append(cells | {"Change in points": moved})
    return pd.DataFrame(table)


def tests_table(result: Result, odds: str) -> pd.DataFrame:
    """Return the tests of C3 and C4, ready to print; `odds` is the odds ratio in words."""
    rows = [
        ("C3", "Grassroots initiatives: share with a relationship focus", result.relationship),
        ("C4", "Elite/professional initiatives: share with an outcome focus", result.outcome),
    ]
    table = [
        {"Claim": claim, "Statistic": what, "Estimate (95% interval)": share_text(found).text}
        | {"n": found.n, "Predicted": "above 50%"}
        for claim, what, found in rows
    ]
    last = {"Claim": "C4", "Statistic": "Odds of an outcome focus, against grassroots ones"}
    last |= {"Estimate (95% interval)": odds, "n": result.odds.n, "Predicted": "above 1"}
    return pd.DataFrame([*table, last])
