"""Chapter `coders`: tables that hold a person's codes against the machine's."""

import pandas as pd

from tracktwo.analysis.estimates import FEWEST, Estimate
from tracktwo.analysis.frame import Frame
from tracktwo.analysis.people import (
    agreement_with,
    corrected_shares,
    differing_codes,
    differing_rows,
    with_person,
)
from tracktwo.analysis.voices import statement_coder
from tracktwo.claims import verdicts
from tracktwo.data.study import Study
from tracktwo.ground.wording import first_up
from tracktwo.telling.links import initiative_link, statement_link
from tracktwo.telling.myst import plain
from tracktwo.words.numbers import WRITTEN, decimal, percent, ratio_text, share_text

PARTS = {"inventory": "initiatives", "practitioners": "statements"}
TESTED = ("participants", "focus", "approach", "transfer_planned")
"""The variables that the claims rest on."""

MOST = 40
"""Rows of a table that are shown; the tables say how many there are."""


def counted(study: Study, frame: Frame, part: str) -> str:
    """Return whose codes the book uses for a part."""
    return frame.coder if part == "inventory" else statement_coder(study, frame)


def named(study: Study, part: str, *coders: str) -> list[str]:
    """Return coders as the head of a column knows them."""
    return [plain(first_up(study.coder_label(coder, part))) for coder in coders]


def coded(study: Study, part: str, person: str) -> int:
    """Return how many initiatives or statements a person coded."""
    codes = study.codes if part == "inventory" else study.statement_codes
    return int(codes.loc[codes["coder"] == person, codes.columns[0]].nunique())


def who_coded(study: Study) -> list[dict[str, object]]:
    """Return who coded how many of what: ``name``, ``n``, ``all`` and ``what``."""
    sizes = {"inventory": len(study.initiatives), "practitioners": len(study.statements)}
    return [
        {"name": study.coder_label(person, part), "n": coded(study, part, person)}
        | {"all": sizes[part], "what": what}
        for part, what in PARTS.items()
        for person in study.people(part)
    ]


def differences(study: Study, part: str, person: str, other: str) -> int:
    """Return on how many rows and questions the two gave different codes."""
    return len(differing_rows(study, part, person, other))


def agreement_table(agreed: pd.DataFrame) -> pd.DataFrame:
    """Return `agreement_with` ready to print: a row per variable, a column per coder."""
    rows = []
    for variable, group in agreed.groupby("variable", sort=False):
        cells = {"Variable": plain(first_up(variable)), "Rows": int(group["n"].iloc[0])}
        for row in group.itertuples():
            found = ratio_text(Estimate(row.alpha, row.low, row.high, row.n)).text
            cells[plain(first_up(row.round))] = f"{found}; {share_text(row.same).text}"
        rows.append(cells)
    return pd.DataFrame(rows)


def codes_table(study: Study, part: str, person: str, other: str) -> pd.DataFrame:
    """Return the codes that differ most, ready to print."""
    found = differing_codes(study, part, person, other).head(MOST)
    one, two = named(study, part, person, other)
    return pd.DataFrame(
        {
            "Code": [
                plain(f"{first_up(v)}: {c}")
                for v, c in zip(found["variable"], found["code"], strict=True)
            ],
            "Both": found["both"],
            f"{one} alone": found["person"],
            f"{two} alone": found["other"],
            "Alpha": [decimal(each.value).text for each in found["alpha"]],
        }
    )


def rows_table(study: Study, part: str, person: str, other: str) -> pd.DataFrame:
    """Return the rows on which the two differ, linked, ready to print."""
    found = differing_rows(study, part, person, other)
    one, two = named(study, part, person, other)
    return pd.DataFrame(
        {
            "Row": [_link(study, part, key) for key in found["key"].head(MOST)],
            "Question": [plain(first_up(v)) for v in found["variable"].head(MOST)],
            one: [plain(x or "none") for x in found["person"].head(MOST)],
            two: [plain(x or "none") for x in found["other"].head(MOST)],
        }
    )


def verdicts_table(study: Study, frame: Frame, person: str) -> pd.DataFrame:
    """Return each claim's verdict and estimates as they are, and where the person's codes count."""
    changed = study
    for part in PARTS:
        if person in study.people(part):
            changed = with_person(changed, part, person, counted(study, frame, part))
    now, then = verdicts.reach(study, frame), verdicts.reach(changed, frame)
    return pd.DataFrame(
        [
            {
                "Claim": claim,
                "Verdict": now[claim].verdict,
                "With the person’s codes": _moved(now[claim].verdict, then[claim].verdict),
                "Estimate": _estimates(now[claim]),
                "With them": _estimates(then[claim]),
            }
            for claim in now
        ]
    )


def shares_table(study: Study, frame: Frame, person: str) -> pd.DataFrame:
    """Return `corrected_shares` of a coder of a sample ready to print.

    No row where the sample is too small.
    """
    if person not in study.partial.get("inventory", ()):
        return pd.DataFrame()
    known = set(study.codebook.loc[study.codebook["part"] == "inventory", "variable"])
    found = corrected_shares(study, frame, person, tuple(v for v in TESTED if v in known))
    found = found[found["n"] >= FEWEST]
    return pd.DataFrame(
        {
            "Code": [
                plain(f"{first_up(v)}: {c}")
                for v, c in zip(found["variable"], found["code"], strict=True)
            ],
            "As counted": [percent(x).text for x in found["machine"]],
            "Corrected": [share_text(x).text for x in found["corrected"]],
            "Rows": found["n"],
        }
    )


def together(study: Study, frame: Frame, part: str) -> pd.DataFrame:
    """Return the agreement of every person who coded a part, each named in ``round``."""
    tables = []
    for person in study.people(part):
        table = agreement_with(study, part, person, counted(study, frame, part))
        name = study.coder_label(person, part)
        tables.append(table.assign(round=[f"{name} {x}" for x in table["round"]]))
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()


def _moved(before: str, after: str) -> str:
    return after if before == after else f"**{after}**"


def _estimates(verdict: verdicts.Verdict) -> str:
    return "; ".join(WRITTEN[part.kind](part.estimate).text for part in verdict.result.parts)


def _link(study: Study, part: str, key: str) -> str:
    if part == "inventory":
        names = study.initiatives.set_index("id")["name"]
        return initiative_link(key, names[key])
    return statement_link(key, key)
