"""Chapter `article`: what the article claims and what open evidence can say to it."""

import altair as alt
import pandas as pd

from tracktwo.claims.statement_curves import UNITS
from tracktwo.data.study import Study
from tracktwo.drawing.figures import named
from tracktwo.drawing.theme import ACCENT, INK, RULE, WIDTH
from tracktwo.telling.myst import plain

# What stands here for each kind of evidence the article used, and the table that holds it.
STAND_INS = {
    "inventory": ("initiatives", "an open inventory, every row with its sources"),
    "interviews": ("statements", "what practitioners say in published interviews and essays"),
    "focus groups": ("statements", "what practitioners say at recorded public meetings"),
}


def fact(study: Study, key: str) -> int:
    """Return a number the article states of itself.

    Raises
    ------
    ValueError
        When the data hold no such fact; names those they hold.
    """
    facts = study.facts.set_index("key")["value"]
    if key not in facts:
        raise ValueError(f"article/facts.csv has no {key!r}; there are: {', '.join(facts.index)}")
    return int(facts[key])


def claims_evidence(study: Study) -> pd.DataFrame:
    """Return one row a claim and kind of evidence: ``id``, ``claim``, ``evidence``, ``used``."""
    rows = [
        {"id": claim.id, "claim": claim.claim, "evidence": kind, "used": kind in _kinds(claim)}
        for claim in study.claims.itertuples()
        for kind in STAND_INS
    ]
    return pd.DataFrame(rows)


def _kinds(claim: object) -> tuple[str, ...]:
    return tuple(str(claim.evidence_in_article).split("; "))


def plot_claims(table: pd.DataFrame) -> alt.LayerChart:
    """Draw which kind of evidence the article rests each claim on."""
    kinds = list(STAND_INS)
    claims = table.drop_duplicates("id")
    order = claims["id"].tolist()
    y = alt.Y(
        "id:N",
        sort=order,
        title=None,
        axis=alt.Axis(ticks=False, domain=False, grid=True, labelFontWeight=600, gridColor=RULE),
    )
    base = alt.Chart(named("claims", table)).encode(y=y)
    dots = base.mark_point(size=150, strokeWidth=1.8, opacity=1).encode(
        x=alt.X(
            "evidence:N",
            sort=kinds,
            title=None,
            axis=alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False),
        ),
        stroke=alt.value(ACCENT),
        fill=alt.condition("datum.used", alt.value(ACCENT), alt.value("transparent")),
        strokeOpacity=alt.condition("datum.used", alt.value(1), alt.value(0.35)),
        color=alt.value(INK),
    )
    return dots.properties(width=WIDTH - 140, height=30 * len(order))


def claims_table(study: Study) -> pd.DataFrame:
    """Return the claims ready to print: what is claimed, and the test written down for it."""
    claims = study.claims
    return pd.DataFrame(
        {
            "Claim": claims["id"],
            "The article’s claim, in our words": claims["claim"].map(plain),
            "Test on open evidence": claims["measure"].map(plain),
            "Predicted": [
                plain(_paired(statistic, side))
                for statistic, side in zip(claims["statistic"], claims["predicted"], strict=True)
            ],
        }
    )


def _paired(statistics: str, sides: str) -> str:
    """Set each statistic of a claim beside the side predicted for it."""
    pairs = zip(statistics.split("; "), sides.split("; "), strict=True)
    return "; ".join(f"{statistic} {side}" for statistic, side in pairs)


def evidence_table(study: Study, in_frame: int) -> pd.DataFrame:
    """Return what the article used beside what stands for it here, with sizes."""
    kinds = study.documents["event_kind"].astype(str)
    meetings = kinds.isin(["public_event", "roundtable"])
    return pd.DataFrame(
        [
            {
                "The article’s evidence": f"An inventory of {fact(study, 'n_projects')} projects",
                "Public?": "no",
                "What stands for it here": f"An open inventory: {len(study.initiatives)} rows, "
                f"{in_frame} of them inside the frame, {len(study.sources)} sources",
            },
            {
                "The article’s evidence": "Interviews with organisers",
                "Public?": "no",
                "What stands for it here": f"{int((~meetings).sum())} published interviews, "
                "essays, reports and other documents in which practitioners speak",
            },
            {
                "The article’s evidence": f"{fact(study, 'n_focus_groups')} focus groups with "
                f"{fact(study, 'n_practitioners')} practitioners",
                "Public?": "no",
                "What stands for it here": f"{int(meetings.sum())} recorded public events and "
                "roundtables",
            },
        ]
    )


def count_resting_on(table: pd.DataFrame, kinds: list[str], *, alone: bool = False) -> int:
    """Return how many claims rest on any of `kinds` of evidence, or on nothing else."""
    used = table[table["used"]].groupby("id")["evidence"].agg(set)
    return int(sum(found <= set(kinds) if alone else bool(found & set(kinds)) for found in used))


def count_on_statements(study: Study) -> int:
    """Return how many of the claims are tested on statements, not on the inventory."""
    return int(study.claims["id"].isin(list(UNITS)).sum())


def count_propositions(study: Study, coder: str) -> int:
    """Return how many statements voice a proposition about when transfer works."""
    known = coder if coder in study.coders("practitioners") else "consensus"
    return int(study.wide_statements(known)["transfer_proposition"].notna().sum())


def title_claims(table: pd.DataFrame) -> str:
    """Return the finding of the claims figure."""
    inventory = count_resting_on(table, ["inventory"])
    practice = count_resting_on(table, ["interviews", "focus groups"])
    return (
        f"Of {table['id'].nunique()} claims, {inventory} rest on the inventory and {practice} on "
        "what practitioners said"
    )


def alt_claims(table: pd.DataFrame) -> str:
    """Return the alternative text of the claims figure."""
    used = table[table["used"]].groupby("evidence", sort=False)["id"].agg(", ".join)
    parts = [f"{kind}: {used[kind]}" for kind in STAND_INS if kind in used]
    return f"Grid of claims against kinds of evidence. {'; '.join(parts)}."
