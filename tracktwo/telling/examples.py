"""Named examples: which initiatives a chapter names, chosen by a rule, each with its link."""

import pandas as pd

from tracktwo.data.study import Study
from tracktwo.telling.links import initiative_link

EXAMPLES = 3
RULE = "the best documented: by evidence grade, then sources read, then name; no borderline rows"


def sources_read(study: Study, rows: pd.DataFrame) -> pd.Series:
    """Return how many sources of each initiative were read, not only found in a catalogue."""
    read = study.sources.loc[study.sources["access"] == "read", "initiative_id"]
    return read.value_counts().reindex(rows.index, fill_value=0).rename("read")


def examples(study: Study, rows: pd.DataFrame, most: int = EXAMPLES) -> pd.DataFrame:
    """Return the best documented of `rows`: as `RULE` says.

    A rule chooses, not taste, so that nobody can be suspected of picking what fits.
    """
    ranked = rows[~rows["borderline"]]
    ranked = ranked.assign(read=sources_read(study, ranked))
    order = ranked.sort_values(
        ["evidence_grade", "read", "name"], ascending=[True, False, True], kind="stable"
    )
    return order.head(most)


def linked(rows: pd.DataFrame) -> str:
    """Return the names of `rows`, each a link to its entry in the catalogue."""
    return "; ".join(initiative_link(key, name) for key, name in rows["name"].items()) or "none"
