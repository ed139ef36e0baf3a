"""Chapters `transfer` and `transfer_record`: their tables, ready to print."""

import pandas as pd

from tracktwo.analysis.estimates import Estimate
from tracktwo.analysis.voices import with_known_side
from tracktwo.chapters.transfer.results import LEVELS, PLANNED, routes
from tracktwo.data.study import Study
from tracktwo.telling.examples import examples, linked
from tracktwo.telling.links import initiative_link
from tracktwo.telling.myst import plain
from tracktwo.words.numbers import share_text


def examples_table(study: Study, rows: pd.DataFrame, most: int = 2) -> pd.DataFrame:
    """Return examples of documented plans at each level: routes, and what was done."""
    written = routes(study)
    table = []
    for level in LEVELS:
        chosen = rows[(rows["who"] == level) & (rows["transfer_planned"] == PLANNED)]
        for key, row in examples(study, chosen, most).iterrows():
            by = [label.lower() for code, label in written.items() if row[f"transfer_{code}"]]
            way = f" ({level}; by {plain(', '.join(by) or 'no route')})"
            cells = {"Initiative": initiative_link(key, row["name"]) + way}
            table.append(cells | {"What it did": plain(row["summary"])})
    return pd.DataFrame(table or [{"Initiative": "No plan for transfer is documented."}])


def planned_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return every initiative with a documented plan, by level."""
    planned = rows[rows["transfer_planned"] == PLANNED].sort_values("name", kind="stable")
    table = []
    for level in LEVELS:
        chosen = planned[planned["who"] == level]
        cells = {"Level": level.capitalize(), "n": len(chosen), "Initiatives": linked(chosen)}
        table.append(cells)
    return pd.DataFrame(table)


def statements_table(study: Study, statements: pd.DataFrame) -> pd.DataFrame:
    """Return what statements say of planning: statements, speakers and documents, then sides."""
    sides = [str(side) for side in study.speakers["side"].cat.categories]
    table = []
    for code, label in study.labels("strategy_planned", "practitioners").items():
        rows = statements[statements["strategy_planned"] == code]
        cells = {"Says": plain(label), "Statements": len(rows)}
        cells |= {"Speakers": rows["voice"].nunique(), "Documents": rows["document_id"].nunique()}
        by_side = with_known_side(rows).drop_duplicates(["voice", "side"])["side"].value_counts()
        heads = {side: plain(side.replace("_", " ").capitalize()) for side in sides}
        table.append(cells | {head: int(by_side.get(side, 0)) for side, head in heads.items()})
    return pd.DataFrame(table)


def coders_table(study: Study, found: dict[str, Estimate]) -> pd.DataFrame:
    """Return the share with a documented plan by coder."""
    names = {"consensus": "Consensus"} | {
        coder: f"{place} coder, {name} round".capitalize()
        for name, pair in study.rounds["inventory"].items()
        for place, coder in zip(("first", "second"), pair, strict=True)
    }
    return pd.DataFrame(
        {
            "Codes of": [plain(names.get(coder, coder)) for coder in found],
            "Share planned (95% interval)": [share_text(e).text for e in found.values()],
            "Initiatives": [e.n for e in found.values()],
        }
    )
