"""Chapter `verdicts`: every test in full, and the verdicts for ``verdicts.json``."""

import json
from dataclasses import dataclass

import pandas as pd
from myst_nb import glue

from tracktwo.claims.claims import Part
from tracktwo.claims.verdicts import Verdict, as_records
from tracktwo.data.study import Study
from tracktwo.ground.wording import first_up
from tracktwo.telling.myst import plain
from tracktwo.telling.passage import told_cell
from tracktwo.words.claim_words import cases_words, say_estimate, say_side
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


def record(verdicts: dict[str, Verdict], standings: dict[str, str]) -> None:
    """Store the verdicts in the notebook's outputs, from where the build publishes them."""
    glue("verdicts-records", Records(as_records(verdicts, standings)), display=False)


def measures_table(study: Study) -> pd.DataFrame:
    """Return what is measured for each claim, by which statistic, and the side predicted."""
    claims = study.claims
    paired = [
        "; ".join(f"{what} {side}" for what, side in zip(*parts, strict=True))
        for parts in zip(
            claims["statistic"].str.split("; "), claims["predicted"].str.split("; "), strict=True
        )
    ]
    return pd.DataFrame(
        {
            "Claim": claims["id"],
            "Measure": claims["measure"].map(plain),
            "Predicted": [plain(said) for said in paired],
        }
    )


def parts_table(verdicts: dict[str, Verdict]) -> pd.DataFrame:
    """Return every statistic behind the verdicts, ready to print."""
    rows = [
        {
            "Claim": claim,
            "Statistic": first_up(part.name),
            "Estimate": told_cell(f"{claim}.{place}", say_estimate(part), part.estimate),
            "Predicted": say_side(part),
            "Cases": _cases(claim, part),
            "Specifications that agree": most_percent(agree),
            "By the rule": f"**{verdict}**",
        }
        for claim, found in verdicts.items()
        for place, (part, agree, verdict) in enumerate(
            zip(found.result.parts, found.agree, found.parts, strict=True), start=1
        )
    ]
    return pd.DataFrame(rows or [{"Claim": "No claim is tested."}])


def _cases(claim: str, part: Part) -> int | str:
    before, one, many = cases_words(claim, part)
    return f"{before}{part.cases} {one if part.cases == 1 else many}" if before else part.cases


def standing_table(
    verdicts: dict[str, Verdict],
    standings: dict[str, str],
    could_fail: dict[str, bool],
    replacement: str,
) -> pd.DataFrame:
    """Return how each claim's verdict becomes its standing, ready to print.

    Parameters
    ----------
    replacement
        `standing.replacement`: what is said of the replacement in C2, in a row of its own.
    """
    rows = []
    for claim, found in verdicts.items():
        rule, could = f"**{found.verdict}**", "yes" if could_fail[claim] else "hardly"
        rows.append((claim, f"**{standings[claim]}**", rule, could))
        if claim == "C2":
            elsewhere = "judged in {doc}`change`, not by the rule"
            rows.append(("C2, the replacement", f"**{replacement}**", elsewhere, could))
    columns = ["Claim", "Standing", "By the rule", "Could it have failed?"]
    return pd.DataFrame(rows or [("No claim is tested.", "", "", "")], columns=columns)
