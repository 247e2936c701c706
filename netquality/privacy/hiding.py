"""Counts in which nobody stands alone: small cells are merged until no sum gives one back.

The rule is one of statistics offices: a threshold of five per cell, tables restructured by
combining categories where it is not met (Glossary of Statistical Disclosure Control, Joint
UNECE/Eurostat work session 2005, "threshold rule"). What is hidden must not follow from what is
shown, of the same question or of another one about the same people.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from netquality.privacy.sums import small_sum, tells

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

__all__ = ["FEWEST", "Question", "hide"]

FEWEST: Final = 5
"""A count is shown if it is at least so many, or 0."""


@dataclass
class Question:
    """One question, its answers, and which of them are shown as one.

    Attributes
    ----------
    name : str
    cells : list of (str, numpy.ndarray of bool)
        Each answer, and whose it is.
    is_ordered : bool
        Only neighbours are merged.
    is_partition : bool
        Whether everybody has exactly one of the answers. Where not, nothing is merged: what may
        not be shown is hidden.
    groups : list of list of int
        Which answers are shown as one; what stands in none is hidden.
    """

    name: str
    cells: list[tuple[str, Mask]]
    is_ordered: bool = False
    is_partition: bool = True
    groups: list[list[int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with every answer by itself."""
        self.groups = [[place] for place in range(len(self.cells))]

    def mask(self, group: Sequence[int]) -> Mask:
        """Return who has one of these answers."""
        return np.asarray(np.logical_or.reduce([self.cells[place][1] for place in group]))

    def count(self, group: Sequence[int]) -> int:
        """Return how many have one of these answers."""
        return int(self.mask(group).sum())

    def widened(self, at: int) -> list[list[int]] | None:
        """Return the groups with one of them merged with another, or hidden; None if alone."""
        groups = [list(group) for group in self.groups]
        if not self.is_partition:
            return groups[:at] + groups[at + 1 :]
        filled = [other for other, group in enumerate(groups) if other != at and self.count(group)]
        near = [one for one in (at - 1, at + 1) if 0 <= one < len(groups)]
        others = near if self.is_ordered else filled
        if not filled:
            return None
        other = min(others, key=lambda one: (self.count(groups[one]), one))
        first, second = sorted((at, other))
        groups[first] = sorted(groups[first] + groups.pop(second))
        return groups


def hide(questions: Sequence[Question], size: int) -> None:
    """Merge and hide answers, in place, until nothing that is shown gives a small count.

    Parameters
    ----------
    questions : sequence of Question
        About the same people.
    size : int
        How many they are, which is shown too: `FEWEST` at least.

    Notes
    -----
    Small is every group of one to four people that answers to these questions tell from the others,
    of one question or of several. It is given away if its count is a sum or difference of counts
    that are shown: a linear combination of them.

    Examples
    --------
    >>> who = np.arange(20)
    >>> asked = Question("how", [("a", who < 12), ("b", who >= 17), ("c", (who > 11) & (who < 17))])
    >>> hide([asked], 20)
    >>> asked.groups  # the three of b would follow from a, c and 20
    [[0], [1, 2]]
    """
    for asked in questions:
        while (few := _too_few(asked)) is not None:
            asked.groups = asked.widened(few) or []
    every = np.array([mask for asked in questions for _, mask in asked.cells], bool)
    _, first, counts = np.unique(
        every.reshape(-1, size), axis=1, return_index=True, return_counts=True
    )
    while (found := small_sum(_shown(questions, first), counts, FEWEST - 1)) is not None:
        _keep_back(questions, first, found)


def _too_few(asked: Question) -> int | None:
    """Return the smallest group that must not be shown."""
    few = [at for at, group in enumerate(asked.groups) if 0 < asked.count(group) < FEWEST]
    return min(few, key=lambda at: asked.count(asked.groups[at])) if few else None


def _shown(questions: Sequence[Question], first: NDArray[np.intp]) -> NDArray[np.int64]:
    """Return what is shown: a row per count, a column for all people of the same answers."""
    masks = [asked.mask(group)[first] for asked in questions for group in asked.groups]
    return np.array([np.ones(len(first), bool), *masks], np.int64)


def _keep_back(
    questions: Sequence[Question], first: NDArray[np.intp], found: NDArray[np.int64]
) -> None:
    """Merge or hide the fewest people so that a group no longer follows from what is shown."""
    options = [
        (asked.count(asked.groups[at]), number, at, groups)
        for number, asked in enumerate(questions)
        for at in range(len(asked.groups))
        if asked.count(asked.groups[at]) and (groups := asked.widened(at)) is not None
    ]
    options.sort(key=lambda option: option[:3])
    for _, number, _, groups in options:
        asked = questions[number]
        before, asked.groups = asked.groups, groups
        if not tells(_shown(questions, first), found):
            return
        asked.groups = before
    _, number, _, groups = options[0]  # no single step is enough: the smallest, and look again
    questions[number].groups = groups
