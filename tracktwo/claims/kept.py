"""Which initiatives each of many choices keeps, so that counting takes one pass over them.

Initiatives that the same choices keep are of one group; there are few groups, however many
initiatives. What is asked of each choice is counted by group, and groups are added up.
"""

from dataclasses import dataclass

import numpy as np

from tracktwo.analysis.estimates import kinds_of


@dataclass(frozen=True, eq=False)
class Kept:
    """Choices, and which of N initiatives each keeps.

    Attributes
    ----------
    group
        The group of each initiative, shape (N,).
    of_group
        Whether a choice keeps a group, shape (choices, groups): 1 or 0. The last group is of those
        that no choice keeps.
    """

    group: np.ndarray
    of_group: np.ndarray

    @classmethod
    def of(cls, masks: np.ndarray) -> "Kept":
        """Return the same as a table of yes and no, shape (choices, N)."""
        each, group = kinds_of(masks.T)
        none = np.zeros((len(masks), 1))
        return cls(group, np.hstack([each.T.reshape(len(masks), -1), none]).astype(float))

    @property
    def n(self) -> np.ndarray:
        """How many initiatives each choice keeps, shape (choices,)."""
        return self.of_group @ np.bincount(self.group, minlength=self.of_group.shape[1])

    def masks(self) -> np.ndarray:
        """Return the table of yes and no, shape (choices, N)."""
        return self.of_group[:, self.group] > 0

    def units(self, choice: int) -> np.ndarray:
        """Return the places of the initiatives that a choice keeps."""
        return np.flatnonzero(self.of_group[choice][self.group])

    def but(self, keep: np.ndarray) -> "Kept":
        """Return the same choices, which keep these initiatives alone, shape (N,)."""
        nobody = self.of_group.shape[1] - 1
        return Kept(np.where(keep, self.group, nobody), self.of_group)

    def count(self, yes: np.ndarray) -> np.ndarray:
        """Return how many of the initiatives that say yes each choice keeps, shape (choices,).

        Parameters
        ----------
        yes
            What each initiative counts for, shape (N,).
        """
        return self.of_group @ np.bincount(self.group, yes, self.of_group.shape[1])

    def count_kinds(
        self, kind: np.ndarray, kinds: int, yes: np.ndarray | None = None
    ) -> np.ndarray:
        """Return how many initiatives of each kind each choice keeps, shape (choices, kinds).

        Parameters
        ----------
        kind
            The kind of each initiative, shape (N,).
        yes
            As `count` takes it; all, if it is not given.
        """
        groups = self.of_group.shape[1]
        counts = np.bincount(self.group * kinds + kind, yes, groups * kinds)
        return self.of_group @ counts.reshape(groups, kinds)
