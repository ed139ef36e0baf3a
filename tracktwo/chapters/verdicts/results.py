"""Chapter `verdicts`: every test in full, and the verdicts for ``verdicts.json``."""

import json
from dataclasses import dataclass

import pandas as pd
from myst_nb import glue

from tracktwo.claims.verdicts import Verdict, as_records
from tracktwo.ground.wording import first_up
from tracktwo.words.claim_words import say_estimate, say_side
from tracktwo.words.numbers import most_percent

MIME = "application/x-tracktwo-verdicts"


@dataclass(frozen=True)
class Records:
    """The verdicts as a notebook stores them, for ``verdicts.json``."""

    records: list[dict[str, object]]

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        # As a string: a notebook may hold no other value under a type that is not JSON.
        text = json.dumps(self.records, ensure_ascii=False)
        return {"text/plain": f"{len(self.records)} verdicts", MIME: text}


def record(verdicts: dict[str, Verdict]) -> None:
    """Store the verdicts in the notebook's outputs, from where the build publishes them."""
    glue("verdicts-records", Records(as_records(verdicts)), display=False)


def parts_table(verdicts: dict[str, Verdict]) -> pd.DataFrame:
    """Return every statistic behind the verdicts, ready to print."""
    rows = [
        {
            "Claim": claim,
            "Statistic": first_up(part.name),
            "Estimate": say_estimate(part),
            "Predicted": say_side(part),
            "Cases": part.cases,
            "Specifications that agree": most_percent(agree),
            "By the rule": f"**{verdict}**",
        }
        for claim, found in verdicts.items()
        for part, agree, verdict in zip(found.result.parts, found.agree, found.parts, strict=True)
    ]
    return pd.DataFrame(rows or [{"Claim": "No claim is tested."}])


def standing_table(
    verdicts: dict[str, Verdict], standings: dict[str, str], could_fail: dict[str, bool]
) -> pd.DataFrame:
    """Return how each claim's verdict becomes its standing, ready to print."""
    rows = [
        {
            "Claim": claim,
            "Standing": f"**{standings[claim]}**",
            "By the rule": f"**{found.verdict}**",
            "Could it have failed?": "yes" if could_fail[claim] else "hardly",
        }
        for claim, found in verdicts.items()
    ]
    return pd.DataFrame(rows or [{"Claim": "No claim is tested."}])
