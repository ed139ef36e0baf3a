"""The frame: the one place that defines what is analysed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pandas as pd

from tracktwo.analysis.measures import LEVELS, PERIODS, level, period
from tracktwo.data.asked import demand
from tracktwo.data.package import Package, published
from tracktwo.data.study import Study
from tracktwo.data.validation.own_schema import NOT_STATED
from tracktwo.data.validation.self_said import FIRST, LAST
from tracktwo.ground.wording import NO_BREAK, enumerate_words

YEARS = range(FIRST, LAST + 1)
"""The years that data may be about."""

KINDS = {
    str: "a name",
    tuple: "a list of names, none of them twice",
    bool: "true or false",
    int: f"a year from {YEARS[0]} to {YEARS[-1]}",
}


_USUAL = published()["frame"]


@dataclass(frozen=True)
class Frame:
    """What is analysed. Every field is a parameter of every chapter.

    ``Frame()`` is the published book's; `Frame.of` is the one of any study.

    Attributes
    ----------
    coder
        Whose codes are used.
    scope
        Scopes that are in: between whom an initiative works.
    units
        Units that are in. An umbrella (a funding line, an institution) is out: it is counted by
        those of its parts that have rows, and where none has, it is not counted at all.
    grades
        Evidence grades that are in.
    nested
        Whether rows that are part of another row are in.
    borderline
        Whether rows that a strict reader might leave out are in.
    waves
        Waves of the search that are in: how a row was found.
    first_year
        The first of the years that are compared; by default the first of the article's list.
    last_year
        The last of them.
    break_year
        The last year up to the break: an initiative that started in it or before belongs to the
        first of the two periods.
    """

    coder: str = _USUAL["coder"]
    scope: tuple[str, ...] = tuple(_USUAL["scope"])
    units: tuple[str, ...] = tuple(_USUAL["units"])
    grades: tuple[str, ...] = tuple(_USUAL["grades"])
    nested: bool = _USUAL["nested"]
    borderline: bool = _USUAL["borderline"]
    waves: tuple[str, ...] = tuple(_USUAL["waves"])
    first_year: int = _USUAL["first_year"]
    last_year: int = _USUAL["last_year"]
    break_year: int = _USUAL["break_year"]

    def __post_init__(self) -> None:
        """Take lists, as a parameters cell holds them; refuse other kinds and unordered years."""
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, list):
                value = tuple(value)
                object.__setattr__(self, field.name, value)
            if wanted := wanted_instead(field.name, value):
                raise ValueError(f"{field.name} is {value!r}: it must be {wanted}")
        if not self.first_year <= self.break_year < self.last_year:
            raise ValueError(
                f"break_year is {self.break_year}: it must be at least first_year "
                f"({self.first_year}) and before last_year ({self.last_year})"
            )

    @classmethod
    def of(cls, study: Study, **given: Any) -> "Frame":
        """Return the frame that a study's package asks for, but for the parameters given."""
        demand("study", study, Study, 'a Study, such as open_study("data")')
        return cls(**parameters_of(study.package, given))

    @property
    def years(self) -> range:
        """Every year of the frame."""
        return range(self.first_year, self.last_year + 1)

    @property
    def periods(self) -> dict[str, str]:
        """How each period is written, e.g. ``1992–2000``."""
        spans = [(self.first_year, self.break_year), (self.break_year + 1, self.last_year)]
        return {
            name: f"{a}–{b}" if a < b else f"{a}"
            for name, (a, b) in zip(PERIODS, spans, strict=True)
        }

    def select(self, study: Study) -> pd.DataFrame:
        """Return the initiatives inside the frame, one wide row each.

        Adds two categorical columns to `Study.wide`: ``level`` (who took part) and ``period``
        (when it started; missing when the year is unknown or before the first year).

        Raises
        ------
        ValueError
            When a parameter names something the data do not have, or nothing is left.
        """
        demand("study", study, Study, 'a Study, such as open_study("data")')
        return study.once(self, lambda: self._select(study))

    def _select(self, study: Study) -> pd.DataFrame:
        rows = self._wide(study)
        cuts = [keep for _, keep in self._cuts(rows)]
        rows = rows[np.logical_and.reduce(cuts)]
        if rows.empty:
            raise ValueError("no initiative is left inside the frame")
        first, last = self.first_year, self.last_year
        return rows.assign(
            level=pd.Categorical(level(rows), LEVELS),
            period=pd.Categorical(
                period(rows["start_year"], first, self.break_year, last), PERIODS
            ),
        )

    def steps(self, study: Study) -> pd.DataFrame:
        """Return how the rows of the data become the rows of the frame.

        Columns ``step``, ``left_out`` and ``kept``; the first row is all the data.
        """
        rows = self._wide(study)
        table = [{"step": "All rows of the inventory", "left_out": 0, "kept": len(rows)}]
        for step, keep in self._cuts(rows):
            kept = rows[keep.reindex(rows.index)]
            table.append({"step": step, "left_out": len(rows) - len(kept), "kept": len(kept)})
            rows = kept
        return pd.DataFrame(table)

    def left_out(self, study: Study) -> pd.Series:
        """Return the first cut that each row does not pass, in words; missing for those inside.

        The index is that of `Study.wide`.
        """
        rows = self._wide(study)
        reasons = pd.Series(pd.NA, index=rows.index, dtype="object", name="left_out")
        for step, keep in reversed(self._cuts(rows)):
            reasons[~keep] = f"{step[0].lower()}{step[1:]}"
        return reasons

    def describe(self) -> str:
        """Return the frame as a short note for captions."""
        scope = "" if NOT_STATED in self.scope else f"{in_words(self.scope)} "
        units = in_words(["initiative" if u == NOT_STATED else u for u in self.units], "s")
        notes = [f"{scope}{units}"]
        if NOT_STATED not in self.grades:
            notes.append(f"grades {in_words(self.grades)}")
        notes.append(f"codes: {self.coder}")
        if not self.nested:
            notes.append("nested rows left out")
        if not self.borderline:
            notes.append("borderline rows left out")
        usual = Frame()
        if self.waves not in (usual.waves, (NOT_STATED,)):
            notes.append(f"waves {in_words(self.waves)}")
        if (self.first_year, self.last_year) != (usual.first_year, usual.last_year):
            notes.append(f"years {self.first_year}–{self.last_year}")
        if self.break_year != usual.break_year:
            notes.append(f"break after {self.break_year}")
        return "; ".join(notes)

    def note(self, n: int, what: str = "initiatives") -> str:
        """Return n and the frame, for the end of a caption."""
        return f"n{NO_BREAK}={NO_BREAK}{n:,} {what}. Frame: {self.describe()}."

    def _wide(self, study: Study) -> pd.DataFrame:
        """Return all rows, with the codes of the frame's coder."""
        demand("study", study, Study, 'a Study, such as open_study("data")')
        return study.wide(self.coder)

    def _cuts(self, rows: pd.DataFrame) -> list[tuple[str, pd.Series]]:
        """Return each cut the frame makes, in words, and which of `rows` pass it."""
        cuts = []
        for column, allowed in [
            ("scope", self.scope),
            ("unit", self.units),
            ("evidence_grade", self.grades),
            ("wave", self.waves),
        ]:
            known = list(rows[column].cat.categories)
            if unknown := [str(value) for value in allowed if value not in known]:
                raise ValueError(f"no {column} {', '.join(unknown)}; there are: {', '.join(known)}")
            if known == [NOT_STATED]:  # the data have no such column
                continue
            words = f"{column.replace('_', ' ')} {in_words(allowed)}"
            cuts.append((f"With {words}", rows[column].isin(allowed)))
        if not self.nested:
            cuts.append(("Not part of another row", rows["part_of"].isna()))
        if not self.borderline:
            cuts.append(("Not borderline", ~rows["borderline"]))
        too_early, too_late = (
            rows["end_year"] < self.first_year,
            rows["start_year"] > self.last_year,
        )
        outside = (too_early.fillna(False) | too_late.fillna(False)).astype(bool)
        cuts.append((f"Active at some time in {self.first_year}–{self.last_year}", ~outside))
        return cuts


def in_words(values: Iterable[str], ending: str = "") -> str:
    """Return values of closed lists in a row, as words: ``binational and regional``."""
    return enumerate_words([value.replace("_", " ") + ending for value in values])


def parameters_of(package: Package, given: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return every parameter of the frame: the package's own, but for those given.

    Lists are lists, as a notebook's cell of parameters holds them.
    """
    usual = {k: list(v) if isinstance(v, tuple) else v for k, v in package.frame.items()}
    return usual | dict(given or {})


def wanted_instead(name: str, value: object) -> str | None:
    """Return what the parameter `name` must be, in words, when `value` is no such thing."""
    kind = type(next(field.default for field in fields(Frame) if field.name == name))
    if isinstance(value, list):
        value = tuple(value)
    # Exactly the default's type: a quoted "no" would count as true, a word as letters.
    fits = type(value) is kind
    if fits and kind is tuple:
        fits = bool(value) and all(isinstance(v, str) for v in value)
        fits = fits and len(set(value)) == len(value)
    if fits and kind is int:
        fits = value in YEARS
    return None if fits else KINDS[kind]
