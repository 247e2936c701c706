"""Which small groups of people follow from counts by adding and subtracting, exactly.

Counts are rows of zeros and ones, a column for all people whose answers are the same. A group
follows from them if its row is a linear combination of theirs. So it is at right angles to every
vector that they are at right angles to; for a vector drawn at random, nothing else is. Numbers are
whole and taken modulo a prime, so that no rounding decides.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["small_sum", "tells"]

_PRIME: Final = 2**31 - 1
_MOST: Final = 3_000
"""A choice, for the time it takes: among more kinds of few people only groups of one kind or two
are looked for. Whoever changes it changes what `netquality.aggregate` and docs/privacy.md say."""


def tells(shown: NDArray[np.int64], wanted: NDArray[np.int64]) -> bool:
    """Return whether a row is a linear combination of others.

    Examples
    --------
    >>> tells(np.array([[1, 1, 1], [1, 1, 0]]), np.array([0, 0, 1]))
    True
    >>> tells(np.array([[1, 1, 1], [1, 1, 0]]), np.array([1, 0, 0]))
    False
    """
    rank = len(_reduced(shown)[1])
    return len(_reduced(np.vstack([shown, wanted]))[1]) == rank


def small_sum(
    shown: NDArray[np.int64], sizes: NDArray[np.int64], most: int
) -> NDArray[np.int64] | None:
    """Return a group of few people that is a linear combination of what is shown, or None.

    Parameters
    ----------
    shown : numpy.ndarray of int
        A row of zeros and ones per count, a column per kind of people.
    sizes : numpy.ndarray of int
        How many people are of each kind.
    most : int
        How many people are few: up to four.

    Examples
    --------
    >>> small_sum(np.array([[1, 1, 1], [1, 1, 0]]), np.array([9, 9, 3]), 4)
    array([0, 0, 1])
    >>> small_sum(np.array([[1, 1, 1], [1, 1, 0]]), np.array([9, 3, 9]), 4) is None
    True
    """
    one, other = _at_right_angles(shown)
    few = np.flatnonzero(sizes <= most)
    groups: list[tuple[int, ...]] = [(at,) for at in few.tolist()]
    groups += [
        pair for pair in combinations(few.tolist(), 2) if sizes[pair[0]] + sizes[pair[1]] <= most
    ]
    members = np.array([(group[0], group[-1]) for group in groups], np.intp).reshape(-1, 2)
    is_pair = members[:, 0] != members[:, 1]
    first, second = (
        (values[members[:, 0]] + np.where(is_pair, values[members[:, 1]], 0)) % _PRIME
        for values in (one, other)
    )
    zero = np.flatnonzero((first == 0) & (second == 0))
    if len(zero):
        return _row(groups[zero[0]], shown.shape[1])
    if len(few) > _MOST:
        return None
    key = first << 31 | second
    against = (-first % _PRIME) << 31 | (-second % _PRIME)
    order = np.argsort(key, kind="stable")
    place = np.searchsorted(key[order], against)
    for at in np.flatnonzero(key[order][np.minimum(place, len(key) - 1)] == against).tolist():
        for number in order[place[at] : np.searchsorted(key[order], against[at], side="right")]:
            joined = {*groups[at], *groups[number]}
            apart = len(joined) == len(groups[at]) + len(groups[number])
            if apart and sizes[list(joined)].sum() <= most:
                return _row(tuple(joined), shown.shape[1])
    return None


def _row(group: tuple[int, ...], width: int) -> NDArray[np.int64]:
    row = np.zeros(width, np.int64)
    row[list(group)] = 1
    return row


def _at_right_angles(shown: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Return two random vectors at right angles to every row."""
    reduced, pivots = _reduced(shown)
    random = np.random.default_rng(0)
    free = np.setdiff1d(np.arange(shown.shape[1]), pivots)
    found = []
    for _ in range(2):
        vector = np.zeros(shown.shape[1], np.int64)
        vector[free] = random.integers(1, _PRIME, len(free))
        vector[pivots] = -(reduced[:, free] * vector[free] % _PRIME).sum(axis=1) % _PRIME
        found.append(vector)
    return found


def _reduced(rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], list[int]]:
    """Return the reduced row echelon form and the columns of its leading ones (Gauss, Jordan)."""
    rows = rows % _PRIME
    pivots: list[int] = []
    for column in range(rows.shape[1]):
        at = len(pivots)
        there = np.flatnonzero(rows[at:, column])
        if not len(there):
            continue
        rows[[at, at + there[0]]] = rows[[at + there[0], at]]
        rows[at] = rows[at] * pow(int(rows[at, column]), -1, _PRIME) % _PRIME
        others = np.arange(len(rows)) != at
        rows[others] = (rows[others] - rows[others, column, None] * rows[at]) % _PRIME
        pivots.append(column)
        if len(pivots) == len(rows):
            break
    return rows[: len(pivots)], pivots
