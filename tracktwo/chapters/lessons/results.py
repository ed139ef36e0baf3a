"""What the last chapter looks back on: every claim's estimates, and a few counts beside them."""

from dataclasses import dataclass

import pandas as pd
import yaml

from tracktwo.analysis.estimates import NOTHING, Estimate, lead, share
from tracktwo.analysis.frame import Frame
from tracktwo.analysis.measures import ELITE, GRASSROOTS, PERIODS, level_counts
from tracktwo.analysis.themes import theme_labels, theme_shares
from tracktwo.analysis.voices import select_statements
from tracktwo.claims.claims import ClaimResult, test_claim, tested
from tracktwo.data.study import Study
from tracktwo.ground import paths


@dataclass(frozen=True)
class Stock:
    """The claims' results and the counts that the discussion needs.

    ``after`` has the starts after the break by level, ``lead_after`` the share of
    elite/professional minus that of grassroots ones; ``professionals`` the share of
    elite/professional starts up to the break without elite participants. Of ``n_voicing``
    statements that voice a proposition, ``n_evidence`` rest it on systematic evidence; of
    ``n_plans`` that speak of planning, ``n_planned`` describe a plan.
    """

    results: dict[str, ClaimResult]
    facts: dict[str, int]
    after: dict[str, int]
    lead_after: Estimate
    professionals: Estimate
    n_rows: int
    n_documents: int
    n_voicing: int
    n_evidence: int
    n_plans: int
    n_planned: int

    def part(self, claim: str, place: int = 0) -> Estimate:
        """Return the estimate of one part of a claim; one without numbers where it is missing."""
        found = self.results.get(claim)
        return found.parts[place].estimate if found else NOTHING


def take_stock(study: Study, frame: Frame) -> Stock:
    """Return the results of every claim and the counts beside them."""
    rows = frame.select(study)
    statements = select_statements(study, frame)
    voicing = statements[statements["transfer_proposition"].notna()]
    plans = statements["strategy_planned"].dropna()
    after = level_counts(rows, PERIODS[1])
    return Stock(
        results={claim: test_claim(claim, study, frame) for claim in tested(study)},
        facts=dict(zip(study.facts["key"], study.facts["value"].astype(int), strict=True)),
        after={"senior": int(after[ELITE]), "grassroots": int(after[GRASSROOTS])},
        lead_after=lead(int(after[ELITE]), int(after[GRASSROOTS]), int(after.sum())),
        professionals=_professionals(rows),
        n_rows=len(rows),
        n_documents=len(study.documents),
        n_voicing=len(voicing),
        n_evidence=int((voicing["proposition_support"] == "evidence").sum()),
        n_plans=len(plans),
        n_planned=int((plans == "yes").sum()),
    )


def raised(study: Study, frame: Frame, theme: str) -> Estimate:
    """Return the share of voices that raise a theme; without numbers where none could."""
    if not study.has_variable("theme", "practitioners"):
        return NOTHING
    rows = select_statements(study, frame, unprompted=True)
    shares = theme_shares(rows, theme_labels(study)).set_index("theme")["estimate"]
    return shares.get(theme, NOTHING)


def _professionals(rows: pd.DataFrame) -> Estimate:
    side = rows[(rows["period"] == PERIODS[0]) & (rows["level"] == ELITE)]
    return share(int((~side["has_elite"]).sum()), len(side))


def repository() -> str:
    """Return the address of the source, as ``_config.yml`` gives it; empty where it is not set."""
    settings = yaml.safe_load(paths.CONFIG.read_text(encoding="utf-8"))
    return str((settings.get("repository") or {}).get("url") or "")
