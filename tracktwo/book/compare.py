"""What differs between two books, and by how much; each kind with the largest first.

How a size is measured says `sizes`. What has no size, such as words, or what only one book has,
stands after what has one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf, isnan, nan
from typing import Any

from tracktwo.book.books import Book, Figure, LeftOut, Table, Value
from tracktwo.book.sizes import figure_size, part_size, table_size, value_size

ENDS = ("estimate", "low", "high")


@dataclass(frozen=True)
class Difference:
    """One thing that two books tell differently; ``before`` or ``after`` is None where missing.

    Both are as the book prints them: a value's text, a figure's or table's title.
    """

    key: str
    chapter: str
    before: str | None
    after: str | None
    size: float


@dataclass(frozen=True)
class PartMoved:
    """One statistic of a claim in both books, each as in ``verdicts.json``, or None."""

    name: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    size: float

    @property
    def moved(self) -> bool:
        """Whether the estimate or its interval differs."""
        one, two = ([(book or {}).get(k) for k in ENDS] for book in (self.before, self.after))
        return one != two


@dataclass(frozen=True)
class ClaimMoved:
    """A claim in both books: verdict and standing, before and after, and each statistic.

    A verdict is None in a book that does not test the claim; a standing too where none is told.
    """

    claim: str
    verdicts: tuple[str | None, str | None]
    standings: tuple[str | None, str | None]
    parts: list[PartMoved]

    @property
    def other_verdict(self) -> bool:
        """Whether the verdict by the rule differs."""
        return self.verdicts[0] != self.verdicts[1]

    @property
    def other_standing(self) -> bool:
        """Whether both books tell a standing, and not the same."""
        return None not in self.standings and self.standings[0] != self.standings[1]

    @property
    def moved(self) -> bool:
        """Whether anything about the claim differs."""
        changed = self.other_verdict or self.other_standing
        return changed or any(part.moved for part in self.parts)

    @property
    def size(self) -> float:
        """The largest size of any of its statistics; 0 when none has one."""
        return max((part.size for part in self.parts if not isnan(part.size)), default=0.0)


@dataclass(frozen=True)
class Comparison:
    """Two books side by side.

    Attributes
    ----------
    claims
        Every claim that either tests: first those with another verdict, then with another
        standing, each with the largest first.
    values, figures, tables
        What differs, the largest first.
    fallen
        What is left out in the second book and not in the first, in the order of the pages.
    counts
        By ``claims``, ``values``, ``figures`` and ``tables``, how many there are in either book.
    """

    claims: list[ClaimMoved]
    values: list[Difference]
    figures: list[Difference]
    tables: list[Difference]
    fallen: list[LeftOut]
    counts: dict[str, int]

    @property
    def same(self) -> bool:
        """Whether the two books tell the same throughout."""
        moved = self.values or self.figures or self.tables or self.fallen
        return not moved and not any(claim.moved for claim in self.claims)


def compare(before: Book, after: Book) -> Comparison:
    """Return what `after` tells differently from `before`."""
    claims = [
        _claim(name, before.verdicts.get(name), after.verdicts.get(name))
        for name in {**before.verdicts, **after.verdicts}
    ]
    known = set(before.left_out)
    return Comparison(
        claims=sorted(claims, key=_by_weight),
        values=_largest_first(before.values, after.values, _value_text, value_size),
        figures=_largest_first(before.figures, after.figures, _title, figure_size),
        tables=_largest_first(before.tables, after.tables, _title, table_size),
        fallen=[passage for passage in after.left_out if passage not in known],
        counts={
            "claims": len(claims),
            "values": len({**before.values, **after.values}),
            "figures": len({**before.figures, **after.figures}),
            "tables": len({**before.tables, **after.tables}),
        },
    )


def _largest_first(before: Mapping, after: Mapping, say: Any, size: Any) -> list[Difference]:
    """Return what differs between two mappings of the same kind of thing."""
    found = []
    for key in {**before, **after}:
        one, two = before.get(key), after.get(key)
        if one is None or two is None or _content(one) != _content(two):
            both = one is not None and two is not None
            texts = [None if thing is None else say(thing) for thing in (one, two)]
            far = size(one, two) if both else nan
            found.append(Difference(key, (two or one).chapter, *texts, far))
    return sorted(found, key=lambda d: (_rank(d.size), None in (d.before, d.after), d.key))


def _content(thing: Value | Figure | Table) -> tuple:
    """Return what counts as the thing's content; a number is one however it is written."""
    if isinstance(thing, Value):
        return (thing.text if thing.value is None else thing.value,)
    if isinstance(thing, Figure):
        return thing.title, thing.alt, thing.numbers, thing.image.read_bytes()
    return (thing.text,)


def _value_text(value: Value) -> str:
    return value.text


def _title(thing: Figure | Table) -> str:
    return thing.title


def _rank(size: float) -> float:
    """Return what puts the largest first, and what has no size last."""
    return inf if isnan(size) else -size


def _by_weight(claim: ClaimMoved) -> tuple:
    changed = (not claim.other_verdict, not claim.other_standing, not claim.moved)
    return *changed, -claim.size, claim.claim


def _claim(name: str, before: dict | None, after: dict | None) -> ClaimMoved:
    both = (before or {}, after or {})
    one, two = ({part["name"]: part for part in book.get("parts", [])} for book in both)
    parts = [
        PartMoved(n, one.get(n), two.get(n), part_size(one.get(n), two.get(n)))
        for n in {**one, **two}
    ]
    verdicts, standings = (tuple(b.get(k) for b in both) for k in ("verdict", "standing"))
    return ClaimMoved(name, verdicts, standings, parts)
