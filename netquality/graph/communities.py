"""Communities: who belongs together, as far as shared occasions show it.

They are looked for without the owner, who is tied to everybody, by Louvain's method (Blondel et al.
2008) as scikit-network has it. People are numbered by their key, so that neither the order of rows
nor the hash seed moves anybody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from netquality.graph.contents import Ties

__all__ = ["OCCASIONS", "SMALLEST", "Partition", "find_communities", "modularity"]

OCCASIONS: Final = ("group_thread", "colleagues", "same_event")
"""What two people have in common that is an occasion on which they may have met. An employer that
both have today is none: on the sample it moves people out of the circles they came from."""
SMALLEST: Final = 3
"""A choice: two people are a pair, and no community."""
_TO_THE_END: Final = {"tol_optimization": 1e-9, "tol_aggregation": 1e-9}
"""The method stops when nothing is gained any more, and not when little is."""


class Partition(NamedTuple):
    """Which community each person, and each large group, is in.

    Attributes
    ----------
    label : numpy.ndarray of int
        By number: 1 for the largest; 0 for none.
    modularity : float
        ``NaN`` without ties.
    stability : numpy.ndarray of float
        Of each community, from 1: mean Jaccard overlap with the most alike one of each other run.
    """

    label: NDArray[np.intp]
    modularity: float
    stability: NDArray[np.float64]


def find_communities(ties: Ties, *, seed: int, runs: int) -> Partition:
    """Return the partition of the highest modularity among so many runs.

    Parameters
    ----------
    ties : Ties
    seed : int
        Of the first run; the others have the numbers after it.
    runs : int
    """
    from scipy import sparse  # noqa: PLC0415 - loads when used
    from sknetwork.clustering import Louvain  # noqa: PLC0415 - loads when used

    size, people = len(ties.ids) + len(ties.members), len(ties.ids)
    if not len(ties.weight):
        return Partition(np.zeros(size, np.intp), float("nan"), np.zeros(0))
    ends = np.concatenate([ties.one, ties.other]), np.concatenate([ties.other, ties.one])
    weights = np.concatenate([ties.weight, ties.weight])
    tied = sparse.csr_matrix((weights, ends), shape=(size, size))
    found = []
    for number in range(runs):
        method = Louvain(shuffle_nodes=True, random_state=seed + number, **_TO_THE_END)
        raw = np.asarray(method.fit_predict(tied), np.intp)
        found.append((modularity(ties, raw), _ordered(raw, people)))
    best = max(range(runs), key=lambda at: found[at][0])
    label = found[best][1]
    others = [one[:people] for at, (_, one) in enumerate(found) if at != best]
    return Partition(label, found[best][0], _stability(label[:people], others))


def modularity(ties: Ties, label: NDArray[np.intp]) -> float:
    """Return Newman and Girvan's modularity (2004) of a partition without gaps."""
    whole = ties.weight.sum()
    within = ties.weight[label[ties.one] == label[ties.other]].sum()
    ends = np.concatenate([label[ties.one], label[ties.other]])
    strength = np.bincount(ends, np.concatenate([ties.weight, ties.weight]))
    return float(within / whole - ((strength / (2 * whole)) ** 2).sum())


def _ordered(raw: NDArray[np.intp], people: int) -> NDArray[np.intp]:
    """Return labels from 1 by how many people there are, then by who comes first; 0 for none."""
    own = raw[:people]
    labels, first, counts = np.unique(own, return_index=True, return_counts=True)
    kept = [
        (-count, at, label)
        for label, at, count in zip(labels, first, counts, strict=True)
        if count >= SMALLEST
    ]
    new = np.zeros(raw.max() + 1, np.intp)
    for number, (_, _, label) in enumerate(sorted(kept), 1):
        new[label] = number
    return new[raw]


def _stability(label: NDArray[np.intp], others: list[NDArray[np.intp]]) -> NDArray[np.float64]:
    """Return the mean Jaccard overlap of each community with the most alike of each other run."""
    count = int(label.max(initial=0))
    if not others or not count:
        return np.full(count, np.nan)
    best = np.zeros((len(others), count))
    for at, other in enumerate(others):
        wide = int(other.max(initial=0)) + 1
        shared = np.bincount(label * wide + other, minlength=(count + 1) * wide)
        shared = shared.reshape(count + 1, wide)
        sizes, theirs = np.bincount(label, minlength=count + 1), np.bincount(other, minlength=wide)
        union = sizes[:, None] + theirs[None, :] - shared
        jaccard = (shared / np.maximum(union, 1))[1:, 1:]
        best[at] = jaccard.max(axis=1, initial=0.0)
    return np.asarray(best.mean(axis=0))
