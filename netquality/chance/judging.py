"""How well chances said beforehand agree with what came: ranking, and rates.

Arrays only: what was said of each case, whether it came true, and how often a case counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from netquality.rates import wilson

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Flags = NDArray[np.bool_]

__all__ = ["RELIABILITY", "Ranking", "reliability_of"]

RELIABILITY: Final = ("predicted", "observed", "low", "high", "case_count", "came_true_count")
"""Columns of a table of reliability."""


class Ranking:
    """Cases in the order of a score, to be judged again and again with other weights.

    Parameters
    ----------
    score : numpy.ndarray of float
        The higher, the likelier.
    came : numpy.ndarray of bool
        What came true.

    Examples
    --------
    >>> ranking = Ranking(np.array([0.9, 0.5, 0.5, 0.1]), np.array([True, True, False, False]))
    >>> ranking.auc()
    0.875
    >>> round(ranking.average_precision(), 3)
    0.833
    """

    def __init__(self, score: Numbers, came: Flags) -> None:
        self._order = np.argsort(-score, kind="stable")
        sorted_score = score[self._order]
        self._came = came[self._order]
        new = np.ones(len(score), bool)
        new[1:] = sorted_score[1:] != sorted_score[:-1]
        self._begins = np.flatnonzero(new)

    def _sums(self, weight: Numbers | None) -> tuple[Numbers, Numbers]:
        """Return the weight of cases that came true and of the others, by level of the score."""
        weight = np.ones(len(self._order)) if weight is None else weight[self._order]
        true = np.add.reduceat(np.where(self._came, weight, 0.0), self._begins)
        return true, np.add.reduceat(np.where(self._came, 0.0, weight), self._begins)

    def auc(self, weight: Numbers | None = None) -> float:
        """Return the area under the ROC curve; ``nan`` without cases on both sides.

        It is the share of pairs, one of each side, in which the one that came true was said to be
        likelier; a tie is half (Mann and Whitney 1947).
        """
        if not len(self._order):
            return float("nan")
        true, false = self._sums(weight)
        pairs = true.sum() * false.sum()
        if not pairs:
            return float("nan")
        below = false.sum() - np.cumsum(false) + false / 2
        return float((true * below).sum() / pairs)

    def average_precision(self, weight: Numbers | None = None) -> float:
        """Return the mean precision over the cases that came true; ``nan`` without any."""
        if not len(self._order):
            return float("nan")
        true, false = self._sums(weight)
        if not true.sum():
            return float("nan")
        found, all_said = np.cumsum(true), np.cumsum(true + false)
        precision = np.divide(found, all_said, out=np.zeros_like(found), where=all_said > 0)
        return float((true * precision).sum() / true.sum())


def reliability_of(
    chance: Numbers, came: Flags, *, bins: int = 10, person: NDArray[np.intp] | None = None
) -> pd.DataFrame:
    """Hold chances against what came, in bins of equally many cases.

    Parameters
    ----------
    chance : numpy.ndarray of float
        What was said of each case.
    came : numpy.ndarray of bool
        What came true.
    bins : int
        How many bins at most. Cases with the same chance stay together.
    person : numpy.ndarray of int, optional
        Whose case it is. The interval is that of so many *people* as stand in the bin: cases of
        one person are no independent witnesses.

    Returns
    -------
    pandas.DataFrame
        `predicted`, the mean chance of the bin; `observed`, the share that came true; `low` and
        `high`, its 95 % interval (Wilson); `case_count` and `came_true_count`, which add up to all.

    Examples
    --------
    >>> said = np.array([0.1, 0.1, 0.8, 0.8])
    >>> table = reliability_of(said, np.array([False, False, True, False]), bins=2)
    >>> table[["predicted", "observed", "case_count"]].values.tolist()
    [[0.1, 0.0, 2.0], [0.8, 0.5, 2.0]]
    """
    order = np.argsort(chance, kind="stable")
    chance, came = chance[order], came[order]
    place = np.arange(len(chance)) * bins // max(len(chance), 1)
    # a bin begins where a new place falls on a new chance
    new = np.zeros(len(chance), bool)
    starts = np.searchsorted(chance, chance[np.flatnonzero(np.diff(place, prepend=-1))])
    new[starts] = True
    which = np.cumsum(new) - 1
    number = np.bincount(which)
    hits = np.bincount(which, came).astype(np.int64)
    people = number
    if person is not None:
        whose = pd.DataFrame({"bin": which, "person": person[order]}).drop_duplicates()
        people = np.bincount(whose["bin"], minlength=len(number))
    predicted = np.bincount(which, chance) / number
    observed = hits / number
    low, high = wilson(observed * people, people)
    columns = (predicted, observed, low, high, number, hits)
    return pd.DataFrame(dict(zip(RELIABILITY, columns, strict=True)))
