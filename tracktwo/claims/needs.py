"""What the data must have for a claim to be tested, and why it cannot be where they have not."""

from tracktwo.claims.claim_tests import latest_round
from tracktwo.data.study import Study

PART = "practitioners"

REASONS = {
    "levels": "The codes do not tell elite or professional participants from grassroots ones.",
    "relationship": "No code says that an initiative's focus is on relationships.",
    "outcome": "No code says that an initiative's focus is on outcomes.",
    "planned": "No code says that transfer was planned.",
    "approaches": "The initiatives have no codes of approaches.",
    "two coders": "Agreement takes two coders, and these data do not name two.",
    "statements": "The data have no statements by practitioners.",
    "propositions": "The statements have no codes of propositions about transfer.",
    "systematic": "No code says that a proposition rests on systematic evidence.",
}
"""What may be missing, and what is said then."""

NEEDS = {
    "C1": ("levels",),
    "C2": ("levels",),
    "C3": ("levels", "relationship"),
    "C4": ("levels", "outcome"),
    "C5": ("statements", "propositions"),
    "C6": ("statements", "propositions", "systematic"),
    "C7": ("planned",),
    "C8": ("approaches", "two coders"),
    "C9": ("approaches",),
}


def missing(claim: str, study: Study) -> str:
    """Return why a claim cannot be tested on these data, empty where it can."""
    return next((REASONS[need] for need in NEEDS[claim] if not _there(need, study)), "")


def _there(need: str, study: Study) -> bool:
    package = study.package
    levels = package.roles["participants"]
    if need == "levels":
        return bool(levels["grassroots"] and (levels["elite"] or levels["professional"]))
    if need in ("relationship", "outcome"):
        return bool(package.values("focus", need)) and study.has_variable("focus")
    if need == "planned":
        return bool(package.values("transfer_planned", "planned"))
    if need == "approaches":
        return study.has_variable("approach")
    if need == "two coders":
        return latest_round(study) is not None
    if need == "statements":
        return study.has("statements")
    if need == "propositions":
        return study.has_variable("transfer_proposition", PART)
    return bool(package.values("proposition_support", "systematic"))
