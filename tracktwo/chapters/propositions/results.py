"""Chapter `propositions`: claims C5 and C6, who voices which proposition, on what support."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from tracktwo.analysis.estimates import Estimate, clustered_share, with_interval
from tracktwo.claims.claim_tests import SIDES as TWO_SIDES
from tracktwo.claims.claim_tests import VOICES as ENOUGH
from tracktwo.claims.claim_tests import voicings as voices_of
from tracktwo.data.study import Study

ISRAELI, PALESTINIAN, JOINT, THIRD = "israeli", "palestinian", "joint", "third_party"
SIDES = {
    ISRAELI: "Israeli",
    PALESTINIAN: "Palestinian",
    JOINT: "jointly",
    THIRD: "third parties",
}
SYSTEMATIC = "evidence"
UNCODED = "not coded"
MEASURE = "two voices of each side, joint ones counted for both (the measure)"
CONTRADICTIONS = [
    ("confidentiality", "media_exposure"),
    ("insiders_close_to_decision_makers", "grassroots_trickle_up"),
]


@dataclass(frozen=True, eq=False)
class Heard:
    """Who voices what: everything C5 and C6 rest on.

    Attributes
    ----------
    statements
        The statements that voice a proposition, one wide row each.
    voicings
        One row a voicing, a speaker with a proposition: ``proposition``, ``side``, ``voice``,
        ``support`` (the strongest the speaker gives, as its code; `UNCODED` where none is).
    counts
        Voicings by proposition (every one of the codebook, in its order) and side (`SIDES`).
    both
        The same for the two sides of C5 alone, those who speak jointly counted for either.
    labels, supports
        How the codebook writes the propositions and the kinds of support, weakest first.
    """

    statements: pd.DataFrame
    voicings: pd.DataFrame
    counts: pd.DataFrame
    both: pd.DataFrame
    labels: dict[str, str]
    supports: dict[str, str]

    @property
    def totals(self) -> pd.Series:
        """Voicings by side."""
        return self.counts.sum()

    @property
    def less_heard(self) -> str:
        """The one of the two sides that voices less, those who speak jointly counted."""
        return str(self.both.sum().idxmin())


def hear(study: Study, statements: pd.DataFrame) -> Heard:
    """Return who voices what among `statements` (`voices.select_statements`)."""
    labels = study.labels("transfer_proposition", "practitioners")
    supports = study.labels("proposition_support", "practitioners")
    voiced = statements[statements["transfer_proposition"].notna()]
    keys = {
        "proposition": voiced["transfer_proposition"].astype(str),
        "side": voiced["side"].astype(str),
        "voice": voiced["voice"],
    }
    strength = pd.DataFrame(keys).assign(rank=voiced["proposition_support"].cat.codes)
    voicings = strength.groupby(list(keys), as_index=False)["rank"].max()
    names = dict(enumerate(supports)) | {-1: UNCODED}
    voicings["support"] = voicings.pop("rank").map(names).astype(object)
    counts = _count(voicings["proposition"], voicings["side"], labels, SIDES)
    return Heard(voiced, voicings, counts, count_both(voiced, labels), labels, supports)


def count_both(statements: pd.DataFrame, propositions: Iterable[str]) -> pd.DataFrame:
    """Return the voices of C5 (`claim_tests.voicings`) by proposition and side."""
    told = voices_of(statements)
    return _count(told["transfer_proposition"].astype(str), told["side"], propositions, TWO_SIDES)


def _count(
    rows: pd.Series, columns: pd.Series, propositions: Iterable[str], sides: Iterable[str]
) -> pd.DataFrame:
    counts = pd.crosstab(rows, columns)
    counts = counts.reindex(index=list(propositions), columns=list(sides), fill_value=0)
    return counts.fillna(0).astype(int)


def readings(heard: Heard) -> dict[str, pd.Series]:
    """Return, for each way to read that a proposition is shared, which ones are."""
    own = heard.counts
    return {
        MEASURE: (heard.both >= ENOUGH).all(axis=1),
        "one voice of each side": (heard.both >= 1).all(axis=1),
        "two Israeli voices, whatever Palestinians say": heard.both[ISRAELI] >= ENOUGH,
        "two Palestinian voices, whatever Israelis say": heard.both[PALESTINIAN] >= ENOUGH,
        "two voices of any kind, third parties included": own.sum(axis=1) >= ENOUGH,
        "anybody at all": own.sum(axis=1) >= 1,
    }


def unvoiced(heard: Heard) -> list[str]:
    """Return the labels of the propositions that nobody voices."""
    silent = heard.counts.sum(axis=1) == 0
    return [heard.labels[key] for key in silent.index[silent]]


def systematic(rows: pd.DataFrame) -> Estimate:
    """Return the share of `rows` resting on systematic evidence, documents resampled."""
    return clustered_share(rows["proposition_support"] == SYSTEMATIC, rows["document_id"])


def support_shares(heard: Heard) -> pd.DataFrame:
    """Return the share of statements with each kind of support, documents resampled.

    Columns ``support`` (its label), ``statements``, ``share``, ``low``, ``high``, ``n``.
    """
    rows = heard.statements
    table = []
    for code, label in heard.supports.items():
        yes = rows["proposition_support"] == code
        labels = {"support": label, "statements": int(yes.sum())}
        table.append(with_interval(labels, clustered_share(yes, rows["document_id"])))
    return pd.DataFrame(table)


def say_both(heard: Heard, pair: tuple[str, str]) -> list[str]:
    """Return the voices that voice both propositions of a pair."""
    first, second = (
        set(heard.voicings.loc[heard.voicings["proposition"] == one, "voice"]) for one in pair
    )
    return sorted(first & second)


def known_pairs(heard: Heard) -> list[tuple[str, str]]:
    """Return the contradictions both sides of which the codebook knows."""
    return [pair for pair in CONTRADICTIONS if set(pair) <= set(heard.labels)]
