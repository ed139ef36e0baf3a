"""Chapter `explorer`: what can be searched and filtered, as a table for page and paper."""

import pandas as pd

from tracktwo.telling.myst import plain


def filters_table(view: dict) -> pd.DataFrame:
    """Return each filter of `explorer_data`'s view with its values and how many records have them.

    One row a filter; a record with two values counts under both.
    """
    rows = []
    for facet in view["facets"]:
        if facet.get("hidden"):
            continue
        counts = {value: 0 for value, _ in facet["values"]}
        for record in view["records"]:
            for value in record["has"][facet["name"]]:
                counts[value] += 1
        values = ", ".join(f"{plain(label)} {counts[value]}" for value, label in facet["values"])
        rows.append({"Filter": plain(facet["label"]), "Values": values})
    return pd.DataFrame(rows)
