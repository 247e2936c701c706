"""Who stands between communities, and Burt's measures, from ties by number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from netquality.graph.contents import Ties

__all__ = ["BROKER_SHARE", "BROKER_TIES", "between", "burt"]

BROKER_SHARE: Final = 0.2
"""A choice, with which the sample's brokers are found: a fifth of the weight of somebody's ties
leads to one other community."""
BROKER_TIES: Final = 2
"""A choice: a tie to one person may be a tie to another broker alone. A group too large to tie
each two of its people is more than enough."""
_ROUNDING: Final = 1e-9
_AT_ONCE: Final = 2_000


def between(ties: Ties, label: NDArray[np.intp]) -> dict[str, NDArray[Any]]:
    """Say of each person where their ties lead.

    Parameters
    ----------
    ties : Ties
    label : numpy.ndarray of int
        The community of each number, 0 for none.

    Returns
    -------
    dict of str to numpy.ndarray
        `tie_count`; `participation` (1 minus the sum of squared shares, Guimera and Amaral 2005),
        `other_community_id` (0 for none), `other_share`, `other_tie_count` and `is_broker`, as
        `netquality.tables.MEMBERS` has them.
    """
    people = len(ties.ids)
    wide = int(label.max(initial=0)) + 1
    who = np.concatenate([ties.one, ties.other])
    whom = np.concatenate([ties.other, ties.one])
    weight = np.concatenate([ties.weight, ties.weight])
    mine = who < people
    who, whom, weight = who[mine], whom[mine], weight[mine]
    is_group = whom >= people
    cell, inverse = np.unique(who * wide + label[whom], return_inverse=True)
    weights = np.bincount(inverse, weight, minlength=len(cell))
    counts = np.bincount(inverse, ~is_group, minlength=len(cell)).astype(np.intp)
    in_group = np.bincount(inverse, is_group, minlength=len(cell)) > 0
    owner, where = cell // wide, cell % wide
    total = np.bincount(owner, weights, minlength=people)
    share = weights / np.where(total > 0, total, 1)[owner]
    squares = np.bincount(owner, share**2, minlength=people)
    home = label[:people]
    other = np.flatnonzero((where > 0) & (where != home[owner]) & (home[owner] > 0))
    best = other[np.lexsort((where[other], -share[other].round(9), owner[other]))]
    found, first = np.unique(owner[best], return_index=True)
    best = best[first]
    other_id, other_count = np.zeros(people, np.intp), np.zeros(people, np.intp)
    other_share, is_broker = np.zeros(people), np.zeros(people, bool)
    other_id[found], other_share[found], other_count[found] = where[best], share[best], counts[best]
    enough = (counts[best] >= BROKER_TIES) | in_group[best]
    is_broker[found] = enough & (share[best] >= BROKER_SHARE - _ROUNDING)
    return {
        "tie_count": np.bincount(who[~is_group], minlength=people),
        "participation": np.where(total > 0, 1 - squares, np.nan),
        "other_community_id": other_id,
        "other_share": other_share,
        "other_tie_count": other_count,
        "is_broker": is_broker & _stands_out(home, other_id, is_broker),
    }


def _stands_out(
    home: NDArray[np.intp], other: NDArray[np.intp], is_broker: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return whether at most half of somebody's community stand between it and the same other.

    Where more do, as after one greeting to both, the two communities meet, and nobody stands out.
    """
    sizes = np.bincount(home)
    pair = home * (int(max(home.max(initial=0), other.max(initial=0))) + 1) + other
    flagged = np.bincount(pair[is_broker], minlength=int(pair.max(initial=0)) + 1)
    return np.asarray(2 * flagged[pair] <= sizes[home])


def burt(
    size: int, one: NDArray[np.intp], other: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return Burt's constraint (1992) and effective size of each, every tie counting alike.

    Effective size as Borgatti (1997) reckons it: the number of alters less twice their ties among
    each other per alter. Both as `networkx.constraint` and `networkx.effective_size` give them,
    without a loop over people. ``NaN`` for who has no tie.

    Examples
    --------
    >>> constraint, effective = burt(4, np.array([0, 0, 0, 1]), np.array([1, 2, 3, 2]))
    >>> float(effective[0].round(3))  # three alters, one tie between two of them: 3 - 2 / 3
    2.333
    """
    from scipy import sparse  # noqa: PLC0415 - loads when used

    ends = np.concatenate([one, other]), np.concatenate([other, one])
    tied = sparse.csr_array((np.ones(2 * len(one)), ends), shape=(size, size))
    degree = np.asarray(tied.sum(axis=1)).ravel()
    share = sparse.csr_array(tied.multiply((1 / np.maximum(degree, 1))[:, None]))
    constraint, among = np.zeros(size), np.zeros(size)
    for begin in range(0, size, _AT_ONCE):  # two steps from many at once fill the memory
        rows = slice(begin, begin + _AT_ONCE)
        through = share[rows] + (share[rows] @ share)
        constraint[rows] = through.multiply(tied[rows]).power(2).sum(axis=1)
        among[rows] = (tied[rows] @ tied).multiply(tied[rows]).sum(axis=1) / 2
    missing = degree == 0
    constraint[missing] = np.nan
    effective = degree - 2 * among / np.where(missing, np.nan, degree)
    return constraint, effective
