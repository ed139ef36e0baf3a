"""Chapter `propositions`: how the inventory can be asked about each proposition, or why not."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Probe:
    """How the inventory can be asked about a proposition.

    Attributes
    ----------
    having, lacking
        The two groups compared, in words.
    exposed
        The columns of `prepare` any of which puts an initiative into the first group.
    among, within
        The initiatives compared, in words; and the column that marks them (None: all).
    aside
        Routes set aside because they say the same as the condition.
    gap
        What the codes used are not.
    """

    having: str
    lacking: str
    exposed: tuple[str, ...]
    among: str
    within: str | None
    aside: tuple[str, ...]
    gap: str


PROBES = {
    "insiders_close_to_decision_makers": Probe(
        "elite participants",
        "professionals alone",
        ("participants_elite",),
        "elite/professional initiatives",
        "elite_level",
        ("insiders",),
        "An elite participant need not have the ear of anyone who decides.",
    ),
    "timing_ripeness": Probe(
        "begun up to the break",
        "begun after it",
        ("early",),
        "initiatives with a dated start",
        "dated",
        (),
        "A period is a crude measure of ripeness.",
    ),
    "multiplier_roles": Probe(
        "work on education or the media",
        "other subjects",
        ("issue_education", "issue_media"),
        "initiatives with professionals",
        "participants_professional",
        ("multipliers", "mass_media", "publication"),
        "The subject only stands for the participants' roles, such as teacher or journalist.",
    ),
    "concrete_product": Probe(
        "a draft agreement or joint study",
        "neither",
        ("format_draft_agreement", "format_joint_research_policy"),
        "elite/professional initiatives",
        "elite_level",
        ("publication",),
        "No code says that a product was handed over to anybody.",
    ),
    "confidentiality": Probe(
        "closed workshops",
        "none",
        ("format_problem_solving_workshop",),
        "elite/professional initiatives",
        "elite_level",
        ("insiders",),
        "Confidentiality has no code; closed workshops are one of its forms.",
    ),
    "media_exposure": Probe(
        "media production",
        "none",
        ("format_media_production",),
        "all initiatives",
        None,
        ("mass_media",),
        "To make media is not to be carried by them.",
    ),
    "government_buy_in": Probe(
        "a government as third party",
        "another third party, or none",
        ("government",),
        "all initiatives",
        None,
        ("briefings", "insiders"),
        "The third party's government need not be one of those that would have to act.",
    ),
}

SILENT = {
    "critical_mass": "How many took part is not recorded.",
    "public_opinion_pressure": "Public campaigns and public mobilisation are recorded, but they "
    "are the route itself; whether opinion moved, or moved leaders, is not.",
    "institutionalised_link_to_track_one": "Briefings, insiders and standing institutions are "
    "recorded, but as routes: to ask whether those who have a route have a route is circular.",
    "grassroots_trickle_up": "Who took part is recorded, not what came of it at the top, nor when.",
    "balanced_participants": "The codes of participants do not tell the two sides apart.",
}
UNWRITTEN = "No comparison has been written for it."
