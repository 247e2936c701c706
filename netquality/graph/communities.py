"""Communities: who belongs together, as far as shared occasions show it.

They are looked for without the owner, who is tied to everybody, by Louvain's method (Blondel et al.
2008) as scikit-network has it. People are numbered by their key, so that neither the order of rows
nor the hash seed moves anybody.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from netquality.graph.evidence import GROUPS, LARGEST

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    import networkx as nx
    from numpy.typing import NDArray

__all__ = [
    "OCCASIONS",
    "SMALLEST",
    "Evidence",
    "Partition",
    "Ties",
    "edges_among",
    "evidence_of",
    "find_communities",
    "looked_for",
    "ties_of",
]

OCCASIONS: Final = ("group_thread", "colleagues", "same_event")
"""What two people have in common that is an occasion on which they may have met. An employer that
both have today is none: on the sample it moves people out of the circles they came from."""
SMALLEST: Final = 3
"""A choice: two people are a pair, and no community."""
_TO_THE_END: Final = {"tol_optimization": 1e-9, "tol_aggregation": 1e-9}
"""The method stops when nothing is gained any more, and not when little is."""


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


class Evidence(NamedTuple):
    """All that ties people in a graph, read once.

    Attributes
    ----------
    ids : list of str
        The people's keys in their order.
    one, other : numpy.ndarray of int
        Ends of each edge between two people, by number, ``one < other``, in order.
    weights : dict of str to numpy.ndarray of float
        By kind, 0 where an edge does not rest on it.
    large : dict of str to list of numpy.ndarray of int
        By kind, the people of each group that is too large for pairs.
    """

    ids: list[str]
    one: NDArray[np.intp]
    other: NDArray[np.intp]
    weights: dict[str, NDArray[np.float64]]
    large: dict[str, list[NDArray[np.intp]]]


def evidence_of(graph: nx.Graph[str]) -> Evidence:
    """Return what ties people, by kind, and who is in a group that is too large for pairs."""
    ids = sorted(key for key, said in graph.nodes(data=True) if said.get("kind") == "person")
    number = {key: at for at, key in enumerate(ids)}
    one, other, said = edges_among(graph, number)
    weights = {kind: _given(said, f"{kind}_weight") for kind in GROUPS}
    large = {kind: list(_large(graph, kind, number)) for kind in GROUPS}
    return Evidence(ids, one, other, weights, large)


def edges_among(
    graph: nx.Graph[str], number: Mapping[str, int]
) -> tuple[NDArray[np.intp], NDArray[np.intp], list[Mapping[str, Any]]]:
    """Return the edges between numbered nodes: both ends, and what each edge says.

    In the order of the ends' numbers, the lower first.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph()
    >>> graph.add_edge("b", "a", weight=2.0)
    >>> edges_among(graph, {"a": 0, "b": 1})
    (array([0]), array([1]), [{'weight': 2.0}])
    """
    ones: list[int] = []
    others: list[int] = []
    found: list[Mapping[str, Any]] = []
    # every edge stands with both of its ends; this way takes a quarter of the time of `edges`
    for key, near in graph.adjacency():
        one = number.get(key, len(number))
        for neighbour, said in near.items():
            other = number.get(neighbour, -1)
            if other > one:
                ones.append(one)
                others.append(other)
                found.append(said)
    first, second = np.array(ones, np.intp), np.array(others, np.intp)
    order = np.lexsort((second, first))
    return first[order], second[order], [found[at] for at in order.tolist()]


def _given(said: list[Mapping[str, Any]], name: str) -> NDArray[np.float64]:
    """Return a weight of each edge, 0 where it has none."""
    return np.fromiter((edge.get(name, 0.0) for edge in said), np.float64, len(said))


def looked_for(graph: nx.Graph[str]) -> tuple[str, ...]:
    """Return the kinds of ties that a graph was asked for; all where it does not say."""
    said = graph.graph.get("kinds")
    asked = GROUPS if said is None else str(said).split(",")
    return tuple(kind for kind in GROUPS if kind in asked)


def ties_of(evidence: Evidence, kinds: Collection[str]) -> Ties:
    """Return what ties people by evidence of these kinds, each kind by its weight.

    Everybody of a group that is too large for pairs is tied to the group with weight 1, as much as
    their pairs' weights would add up to.
    """
    used = [kind for kind in GROUPS if kind in kinds]
    weight = sum((evidence.weights[kind] for kind in used), np.zeros(len(evidence.one)))
    there = weight > 0
    members = [group for kind in used for group in evidence.large[kind]]
    size = len(evidence.ids)
    numbers = [np.full(len(group), size + at, np.intp) for at, group in enumerate(members)]
    return Ties(
        evidence.ids,
        np.concatenate([evidence.one[there], *members]),
        np.concatenate([evidence.other[there], *numbers]),
        np.concatenate([weight[there], np.ones(sum(map(len, members)))]),
        members,
    )


def _large(graph: nx.Graph[str], kind: str, number: dict[str, int]) -> Iterator[NDArray[np.intp]]:
    """Return the people of each group that is too large for pairs."""
    if kind == "group_thread" or kind not in looked_for(graph):
        return  # the graph does not say who was in which conversation
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
