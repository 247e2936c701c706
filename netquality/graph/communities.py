"""Communities: who belongs together, as far as shared occasions show it.

They are looked for without the owner, who is tied to everybody, by Louvain's method (Blondel et al.
2008) as networkx has it. People are numbered by their key, so that neither the order of rows nor
the hash seed moves anybody.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from netquality.graph.evidence import GROUPS, LARGEST

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    import networkx as nx
    from numpy.typing import NDArray

__all__ = ["OCCASIONS", "SMALLEST", "Partition", "Ties", "find_communities", "ties_of"]

OCCASIONS: Final = ("group_thread", "colleagues", "same_event")
"""What two people have in common that is an occasion on which they may have met. An employer that
both have today is none: on the sample it moves people out of the circles they came from."""
SMALLEST: Final = 3
"""A choice: two people are a pair, and no community."""


class Ties(NamedTuple):
    """The ties between people by number; a group too large for pairs is one more number.

    Attributes
    ----------
    ids : list of str
        The people's keys in their order.
    one, other : numpy.ndarray of int
        Ends of each tie.
    weight : numpy.ndarray of float
    members : list of numpy.ndarray of int
        The people of each large group; group `k` has the number ``len(ids) + k``.
    """

    ids: list[str]
    one: NDArray[np.intp]
    other: NDArray[np.intp]
    weight: NDArray[np.float64]
    members: list[NDArray[np.intp]]


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


def ties_of(graph: nx.Graph[str], kinds: Collection[str]) -> Ties:
    """Return what ties people by evidence of these kinds, each kind by its weight.

    Everybody of a group that is too large for pairs is tied to the group with weight 1, as much as
    their pairs' weights would add up to.
    """
    ids = sorted(key for key, said in graph.nodes(data=True) if said.get("kind") == "person")
    number = {key: at for at, key in enumerate(ids)}
    names = [f"{kind}_weight" for kind in GROUPS if kind in kinds]
    ends, weights = [], []
    for one, other, said in graph.edges(data=True):
        weight = sum(said.get(name, 0.0) for name in names)
        if weight > 0:
            ends.append(sorted((number[one], number[other])))
            weights.append(weight)
    members = [group for kind in GROUPS if kind in kinds for group in _large(graph, kind, number)]
    for at, group in enumerate(members):
        ends += [[who, len(ids) + at] for who in group.tolist()]
        weights += [1.0] * len(group)
    pairs = np.array(ends, np.intp).reshape(-1, 2)
    order = np.lexsort(pairs.T[::-1])
    pairs = pairs[order]
    return Ties(ids, pairs[:, 0], pairs[:, 1], np.array(weights, np.float64)[order], members)


def _large(graph: nx.Graph[str], kind: str, number: dict[str, int]) -> Iterator[NDArray[np.intp]]:
    """Return the people of each group that is too large for pairs, by the graph's own account."""
    if not graph.graph.get(f"{kind}_too_large_count"):
        return
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for key, at in number.items():
        said = graph.nodes[key]
        if kind == "same_event":
            name = said.get("event_on")
        else:
            is_in = kind == "same_company" or said.get("is_colleague_then")
            name = said.get("employer") if is_in else None
        if name is not None:
            groups[name].append(at)
    for name in sorted(groups):
        if len(groups[name]) > LARGEST:
            yield np.array(sorted(groups[name]), np.intp)


def find_communities(ties: Ties, *, seed: int, runs: int) -> Partition:
    """Return the partition of the highest modularity among so many runs.

    Parameters
    ----------
    ties : Ties
    seed : int
        Of the first run; the others have the numbers after it.
    runs : int
    """
    import networkx as nx  # noqa: PLC0415 - loads when used

    size = len(ties.ids) + len(ties.members)
    if not len(ties.weight):
        return Partition(np.zeros(size, np.intp), float("nan"), np.zeros(0))
    graph: nx.Graph[int] = nx.Graph()
    graph.add_weighted_edges_from(
        zip(ties.one.tolist(), ties.other.tolist(), ties.weight.tolist(), strict=True)
    )
    found = []
    for number in range(runs):
        parts = nx.community.louvain_communities(graph, weight="weight", seed=seed + number)
        raw = np.full(size, -1, np.intp)
        for at, part in enumerate(parts):
            raw[list(part)] = at
        found.append((modularity(ties, raw), _ordered(raw, len(ties.ids))))
    best = max(range(runs), key=lambda at: found[at][0])
    label = found[best][1]
    people = len(ties.ids)
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
        if label >= 0 and count >= SMALLEST
    ]
    new = np.zeros(raw.max() + 2, np.intp)  # the last is that of no label
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
