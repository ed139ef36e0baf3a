"""Chapter `propositions`: claims C5 and C6, who voices which proposition, on what support."""

from dataclasses import dataclass

import pandas as pd
from scipy.stats import binom

from tracktwo.charts import with_interval
from tracktwo.claim_tests import SIDES as TWO_SIDES
from tracktwo.claim_tests import VOICES as ENOUGH
from tracktwo.digits import rounded
from tracktwo.estimates import Estimate, clustered_share, difference_of_shares
from tracktwo.study import Study

ISRAELI, PALESTINIAN, JOINT, THIRD = "israeli", "palestinian", "joint", "third_party"
SIDES = {
    ISRAELI: "Israeli",
    PALESTINIAN: "Palestinian",
    JOINT: "jointly",
    THIRD: "third parties",
}
SYSTEMATIC = "evidence"
UNCODED = "not coded"
MOST_VOICINGS = 60  # how far the figure of what it would take goes
CONTRADICTIONS = [
    ("confidentiality", "media_exposure"),
    ("insiders_close_to_decision_makers", "grassroots_trickle_up"),
]
SPREADS = {
    "best": "best case",
    "even": "spread evenly",
    "others": "spread like others'",
}


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
    labels, supports
        How the codebook writes the propositions and the kinds of support, weakest first.
    """

    statements: pd.DataFrame
    voicings: pd.DataFrame
    counts: pd.DataFrame
    labels: dict[str, str]
    supports: dict[str, str]

    @property
    def totals(self) -> pd.Series:
        """Voicings by side."""
        return self.counts.sum()

    @property
    def less_heard(self) -> str:
        """The one of the two sides that voices less."""
        return str(self.totals[list(TWO_SIDES)].idxmin())


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
    counts = pd.crosstab(voicings["proposition"], voicings["side"])
    counts = counts.reindex(index=list(labels), columns=list(SIDES), fill_value=0)
    return Heard(voiced, voicings, counts.fillna(0).astype(int), labels, supports)


def readings(heard: Heard) -> dict[str, pd.Series]:
    """Return, for each way to read that a proposition is shared, which ones are."""
    own = heard.counts
    both = own[list(TWO_SIDES)]
    together = both.add(own[JOINT], axis=0)
    return {
        "two Israeli and two Palestinian speakers (the measure)": (both >= ENOUGH).all(axis=1),
        "one Israeli and one Palestinian speaker": (both >= 1).all(axis=1),
        "one of each, those who speak together counted for both": (together >= 1).all(axis=1),
        "two Israeli speakers, whatever Palestinians say": own[ISRAELI] >= ENOUGH,
        "two Palestinian speakers, whatever Israelis say": own[PALESTINIAN] >= ENOUGH,
        "two speakers of any kind, third parties included": own.sum(axis=1) >= ENOUGH,
        "anybody at all": own.sum(axis=1) >= 1,
    }


def unvoiced(heard: Heard) -> list[str]:
    """Return the labels of the propositions that nobody voices."""
    silent = heard.counts.sum(axis=1) == 0
    return [heard.labels[key] for key in silent.index[silent]]


def majority(heard: Heard) -> int:
    """Return how many propositions are more than half of them."""
    return len(heard.counts) // 2 + 1


def fewest_more(heard: Heard) -> pd.Series:
    """Return the fewest further voicings, by side, that make more than half shared.

    They would have to fall exactly where they are wanted: on the propositions that lack least.
    """
    lacking = (ENOUGH - heard.counts[list(TWO_SIDES)]).clip(lower=0)
    cheapest = lacking.sum(axis=1).sort_values(kind="stable").index[: majority(heard)]
    return lacking.loc[cheapest].sum()


def reach(heard: Heard, most: int = MOST_VOICINGS) -> pd.DataFrame:
    """Return the share of propositions that some number of voicings gives two speakers.

    For the side heard less, as if the other had done its part. With voicings that fall
    independently on the propositions, each gets a binomial number of them; the share is the
    mean chance of `ENOUGH` or more.

    Returns
    -------
    pd.DataFrame
        Columns ``voicings`` (0 to `most`), ``spread`` (`SPREADS`), ``share``.
    """
    others = heard.counts.drop(columns=heard.less_heard).sum(axis=1)
    number = len(heard.counts)
    even = pd.Series(1 / number, index=heard.counts.index)
    chances = {"even": even, "others": others / others.sum() if others.sum() else even}
    rows = []
    for n in range(most + 1):
        rows.append((n, "best", min(n // ENOUGH, number) / number))
        rows += [
            (n, name, rounded(float(binom.sf(ENOUGH - 1, n, p).mean())))
            for name, p in chances.items()
        ]
    return pd.DataFrame(rows, columns=["voicings", "spread", "share"])


def needed(curve: pd.DataFrame, spread: str) -> int | None:
    """Return the fewest voicings with which more than half are reached; None beyond the curve."""
    enough = curve[(curve["spread"] == spread) & (curve["share"] > 0.5)]
    return None if enough.empty else int(enough["voicings"].min())


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


def silence(statements: pd.DataFrame) -> tuple[list[tuple[int, int]], Estimate]:
    """Return how many speakers voice any proposition, Israeli then Palestinian, of how many.

    And the Palestinian share of speakers minus the Israeli one (Newcombe 1998).
    """
    counts = []
    for side in TWO_SIDES:
        rows = statements[statements["side"] == side]
        voicing = rows[rows["transfer_proposition"].notna()]
        counts.append((voicing["voice"].nunique(), rows["voice"].nunique()))
    return counts, difference_of_shares(*counts[1], *counts[0])
