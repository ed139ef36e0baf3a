"""Chapter `propositions`: claims C5 and C6, who voices which proposition, on what support."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor

import pandas as pd

from tracktwo.analysis.estimates import Estimate, clustered_share, with_interval
from tracktwo.claims.claim_tests import VOICES as ENOUGH
from tracktwo.claims.claim_tests import voicings as voices_of
from tracktwo.claims.claims import Part
from tracktwo.claims.curves import choices
from tracktwo.data.package import Conflict
from tracktwo.data.study import Study
from tracktwo.drawing.groups import side_names
from tracktwo.ground.wording import enumerate_words

SYSTEMATIC = "evidence"
UNCODED = "not coded"
CONTRADICTIONS = [
    ("confidentiality", "media_exposure"),
    ("insiders_close_to_decision_makers", "grassroots_trickle_up"),
]
UNITS = {"speaker": "voice", "document": "document_id", "organisation": "organisation"}
GROUPS = ["Shared", "Shared, no voice to spare", "One voice short", "Further off"]
NUMBERS = {1: "one", 2: "two"}
MEASURE = "the measure: two voices of each side, joint ones counted for both"
OTHERWISE = {
    "documents": "the measure, but a document counts as one voice",
    "organisations": "the measure, but an organisation counts as one voice",
    "checked only": "the measure, with only the statements seen again in their source",
    "practitioners only": "the measure, with only those who do the work",
    "first alone": "the measure, without the statements looked for on purpose",
    "left out": "the measure, without joint statements",
}
"""How each choice of C5 other than its own is written (`statement_curves`)."""


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
        Voicings by proposition (every one of the codebook, in its order) and side (`sides`).
    both
        The same for the sides of the conflict alone, those who speak jointly counted for each.
    conflict
        What the data are about.
    labels, supports
        How the codebook writes the propositions and the kinds of support, weakest first.
    """

    statements: pd.DataFrame
    voicings: pd.DataFrame
    counts: pd.DataFrame
    both: pd.DataFrame
    conflict: Conflict
    labels: dict[str, str]
    supports: dict[str, str]

    @property
    def sides(self) -> dict[str, str]:
        """How each side is written, and those who speak jointly or for none."""
        return side_names(self.conflict, "jointly", "third parties")

    @property
    def totals(self) -> pd.Series:
        """Voicings by side."""
        return self.counts.sum()

    @property
    def shared(self) -> pd.Series:
        """Whether each proposition is shared by the measure of C5."""
        return (self.both >= ENOUGH).all(axis=1)

    @property
    def alone(self) -> int:
        """How many speakers voice a single proposition."""
        return int((self.voicings["voice"].value_counts() == 1).sum())


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
    conflict = study.package.conflict
    counts = _count(voicings["proposition"], voicings["side"], labels, side_names(conflict))
    both = count_both(voiced, labels, conflict)
    return Heard(voiced, voicings, counts, both, conflict, labels, supports)


def count_both(
    statements: pd.DataFrame, propositions: Iterable[str], conflict: Conflict
) -> pd.DataFrame:
    """Return the voices of C5 (`claim_tests.voicings`) by proposition and side."""
    told = voices_of(statements, conflict)
    told = told.astype({"transfer_proposition": str})
    return _count(told["transfer_proposition"], told["side"], propositions, conflict.sides)


def _count(
    rows: pd.Series, columns: pd.Series, propositions: Iterable[str], sides: Iterable[str]
) -> pd.DataFrame:
    counts = pd.crosstab(rows, columns)
    counts = counts.reindex(index=list(propositions), columns=list(sides), fill_value=0)
    return counts.fillna(0).astype(int)


def standings(heard: Heard) -> pd.DataFrame:
    """Return how far each proposition is from the measure of C5, the firmest shared one first.

    Columns: the voices of either side, ``lacking`` (voices it is short of, in all), ``spare``
    (the fewest voices a side has beyond those needed; negative where some lack), ``words``, and
    ``group`` (one of `GROUPS`).
    """
    table = heard.both.copy()
    table["lacking"] = (ENOUGH - heard.both).clip(lower=0).sum(axis=1)
    table["spare"] = heard.both.min(axis=1) - ENOUGH
    table["words"] = [_words(row, heard) for _, row in table.iterrows()]
    group = table["lacking"].clip(upper=2) + 1
    group[table["spare"] > 0] = 0
    table["group"] = [GROUPS[i] for i in group]
    total = heard.counts.sum(axis=1)
    order = table.assign(total=total).sort_values(
        ["lacking", "spare", "total"], ascending=[True, False, False], kind="stable"
    )
    return table.loc[order.index]


def _words(row: pd.Series, heard: Heard) -> str:
    if not row["lacking"]:
        return "shared" if row["spare"] else "shared, just"
    short = {heard.sides[x]: NUMBERS[ENOUGH - row[x]] for x in heard.both if row[x] < ENOUGH}
    if len(short) == len(heard.both.columns) and len(set(short.values())) == 1:
        return f"short of {next(iter(short.values()))} on each side"
    return f"short of {enumerate_words([f'{n} {side}' for side, n in short.items()])}"


def in_group(heard: Heard, group: int) -> list[str]:
    """Return the labels of the propositions in one of `GROUPS`, as inside a sentence."""
    table = standings(heard)
    return [heard.labels[key].lower() for key in table.index[table["group"] == GROUPS[group]]]


def readings(heard: Heard) -> dict[str, pd.Series]:
    """Return, for each way to read that a proposition is shared, which ones are."""
    own = heard.counts
    return {
        MEASURE: heard.shared,
        "one voice of each side": (heard.both >= 1).all(axis=1),
        **{
            f"two {side.adjective} voices, whatever {_others(heard, value)} say": heard.both[value]
            >= ENOUGH
            for value, side in heard.conflict.sides.items()
        },
        "two voices of any kind, third parties included": own.sum(axis=1) >= ENOUGH,
        "anybody at all": own.sum(axis=1) >= 1,
    }


def _others(heard: Heard, one: str) -> str:
    return enumerate_words([s.people for x, s in heard.conflict.sides.items() if x != one])


def wanted(part: Part) -> int:
    """Return the fewest propositions whose share lies beyond the border of C5."""
    return floor(part.border * part.estimate.n) + 1


def organisations(statements: pd.DataFrame) -> pd.Series:
    """Return the number of documents in which each organisation has a say, the most first.

    A speaker may have several, separated by semicolons. A name that stands within another's,
    as that of a partner or a branch, counts there too.
    """
    given = statements["organisation"].fillna("").astype(str)
    names = sorted({name.strip() for text in given for name in text.split(";")} - {""})
    sizes = {
        name: statements.loc[given.str.contains(name, regex=False), "document_id"].nunique()
        for name in names
    }
    return pd.Series(sizes, dtype=int).sort_values(ascending=False, kind="stable")


def leave_one_out(heard: Heard) -> pd.DataFrame:
    """Return the shared propositions without each unit of `UNITS`: ``unit``, ``name``, ``shared``.

    An organisation takes those with it whose own name holds its name.
    """
    rows = []
    for unit, column in UNITS.items():
        given = heard.statements[column].fillna("").astype(str)
        whole = unit != "organisation"
        names = given.unique() if whole else organisations(heard.statements).index
        for name in names:
            out = given == name if whole else given.str.contains(name, regex=False)
            both = count_both(heard.statements[~out], heard.labels, heard.conflict)
            rows.append((unit, name, int((both >= ENOUGH).all(axis=1).sum())))
    return pd.DataFrame(rows, columns=["unit", "name", "shared"])


def single_choices(curve: pd.DataFrame, coder: str) -> pd.DataFrame:
    """Return the specifications of C5 that differ from its own in one choice.

    Columns ``choice``, ``option`` and ``shared`` (the number of propositions); no row where C5
    could not be tested.
    """
    if curve.empty:
        return pd.DataFrame(columns=["choice", "option", "shared"])
    names = choices(curve)
    own = {name: curve[name].iloc[0] for name in names} | {"coder": coder}
    differ = pd.DataFrame({name: curve[name] != option for name, option in own.items()})
    rows = []
    for name in names:
        chosen = curve[differ[name] & (differ.sum(axis=1) == 1)]
        rows += [(name, row[name], round(row["value"] * row["n"])) for _, row in chosen.iterrows()]
    return pd.DataFrame(rows, columns=["choice", "option", "shared"])


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
