"""The data package: what a data set says of itself, and what its words mean to the analysis."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tracktwo.data.validation.descriptor import read_own
from tracktwo.data.validation.own_schema import Column
from tracktwo.ground import paths


@dataclass(frozen=True)
class Side:
    """A side of the conflict: the adjective (``Israeli``), and its people (``Israelis``)."""

    adjective: str
    people: str


@dataclass(frozen=True)
class Conflict:
    """What the data are about.

    Attributes
    ----------
    name, adjective
        ``Israeli–Palestinian conflict``; ``Israeli–Palestinian``.
    sides
        The sides by their value in ``speakers.side``, in the package's order.
    joint, third_party
        The values of those who speak for all sides at once, and of those who are of none; None
        where the data have no such value.
    words
        How words begin by which a text is known to be about this conflict.
    """

    name: str
    adjective: str
    sides: Mapping[str, Side]
    joint: str | None
    third_party: str | None
    words: tuple[str, ...]

    def found_in(self, text: str) -> list[str]:
        """Return those of `words` with which a word of a text begins.

        A word in small letters may begin with a capital there.
        """
        return [
            word
            for word in self.words
            if re.search(rf"(?<!\w){re.escape(word)}", text)
            or (word.islower() and re.search(rf"(?<!\w){re.escape(word.capitalize())}", text))
        ]


@dataclass(frozen=True)
class Coder:
    """A coder as the package tells of it: a label, and ``model``, ``person`` or ``deciding pass``.

    Either is empty where it says nothing.
    """

    label: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Periods:
    """What the years up to the break, those after it and the break itself are called."""

    before: str
    after: str
    broke: str


@dataclass(frozen=True)
class Package:
    """What a data set says of itself. Texts are plain, never Markdown; empty: nothing is said.

    Attributes
    ----------
    name, title, version, description, licence
        As in any data package.
    contributors, sources
        Their titles.
    method, collected, review
        How the data were made, when, and whether anyone has reviewed them.
    reviewed
        Whether a person has reviewed them; None where nothing is said.
    coders
        By name, those of whom the package tells.
    conflict, periods
        What the data are about; what the years before and after the break are called.
    frame
        The frame's defaults, by the name of the parameter.
    roles
        For a variable or closed list (`self_said.ROLES`) the values that play a role; none where
        the data have no such value.
    level_labels
        How readers know the roles of ``participants``.
    lists
        The closed lists by ``table.column``: their values with labels.
    columns
        By table the columns of the data set's own.
    said
        All that the data set's own descriptor says, but for its tables.
    resources
        The schema of the files that are there, by table: the repository's, in the data set's
        words, with the columns that the files have.
    """

    name: str
    title: str
    version: str
    description: str
    contributors: tuple[str, ...]
    licence: str
    sources: tuple[str, ...]
    method: str
    collected: str
    review: str
    reviewed: bool | None
    coders: Mapping[str, Coder]
    conflict: Conflict
    periods: Periods
    frame: Mapping[str, Any]
    roles: Mapping[str, Mapping[str, tuple[str, ...]]]
    level_labels: Mapping[str, str]
    lists: Mapping[str, Mapping[str, str]]
    columns: Mapping[str, tuple[Column, ...]]
    said: Mapping[str, Any]
    resources: Mapping[str, dict[str, Any]]

    def values(self, variable: str, role: str) -> tuple[str, ...]:
        """Return the values of a variable that play a role, such as ``focus``, ``outcome``."""
        return self.roles[variable][role]

    def value(self, variable: str, role: str) -> str | None:
        """Return the one value that plays a role, the first of several; None without any."""
        return next(iter(self.values(variable, role)), None)

    @property
    def is_published(self) -> bool:
        """Whether these data call themselves the published ones."""
        return self.name == published()["name"]

    @property
    def is_of_published_conflict(self) -> bool:
        """Whether the data are about the conflict that the book is written about."""
        return self.conflict.name == published()["conflict"]["name"]


@cache
def published() -> dict[str, Any]:
    """Return the descriptor of the repository's own data."""
    own, problems = read_own(paths.DATA)
    if problems:
        raise ValueError(str(problems[0]))
    return own
