"""What a graph holds of people and their ties, read once, in arrays.

It is the same whether it is read from a networkx graph or from the two tables that one is made of:
who needs figures or a picture, and no graph, is spared the making of one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd

from netquality.graph.converting import need_graph, plain_rows
from netquality.graph.evidence import GROUPS, LARGEST
from netquality.tables import EDGES, NODES, typed

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    import networkx as nx
    from numpy.typing import NDArray

__all__ = [
    "Contents",
    "Evidence",
    "Ties",
    "contents_of",
    "contents_of_tables",
    "looked_for",
    "people_of",
    "ties_of",
]

_ENDS: Final = ("one_id", "other_id")

Said = dict[str, Any]
"""What an edge says, as `netquality.tables.EDGES` names it; without what is missing."""


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


class Contents(NamedTuple):
    """What a graph holds, its owner and places apart.

    Attributes
    ----------
    people : pandas.DataFrame
        As `people_of` returns it.
    keys : list of str
        The people's keys in the order of the graph.
    evidence : Evidence
    about : mapping
        The graph's own attributes.
    said : callable
        Returns what some edges say, by their position in `evidence`.
    """

    people: pd.DataFrame
    keys: list[str]
    evidence: Evidence
    about: Mapping[str, Any]
    said: Callable[[Sequence[int]], list[Said]]


# -- of a graph -----------------------------------------------------------------------------------


def contents_of(graph: nx.Graph[str]) -> Contents:
    """Read a graph once.

    Parameters
    ----------
    graph : networkx.Graph
        As `netquality.to_graph` returned it.

    Raises
    ------
    TableError
        When it is no such graph.
    """
    need_graph(graph)
    people = people_of(graph)
    keys = [key for key, about in graph.nodes(data=True) if about.get("kind") == "person"]
    one, other, said = _edges(graph, {key: at for at, key in enumerate(people["node_id"])})
    weights = {kind: _weight(said, f"{kind}_weight") for kind in GROUPS}
    evidence = _evidence(people, one, other, weights, graph.graph)
    return Contents(people, keys, evidence, graph.graph, lambda rows: [said[at] for at in rows])


def people_of(graph: nx.Graph[str]) -> pd.DataFrame:
    """Return what a graph says of its people, and whether they were at a school with the owner.

    A row per person by key, as `netquality.tables.NODES`, and `is_school_then`.
    """
    said = {key: about for key, about in graph.nodes(data=True) if about.get("kind") == "person"}
    owners = [key for key, about in graph.nodes(data=True) if about.get("kind") == "owner"]
    keys = sorted(said)
    table = typed(NODES, pd.DataFrame([{"node_id": key, **said[key]} for key in keys]))
    at_school = {
        key
        for owner in owners
        for key, tie in graph[owner].items()
        if _SCHOOL in str(tie.get("kinds", "")).split(",")
    }
    return table.assign(is_school_then=table["node_id"].isin(at_school))


_SCHOOL: Final = "school"
"""The kind of the owner's tie to whom they were at a school with."""


def _edges(
    graph: nx.Graph[str], number: Mapping[str, int]
) -> tuple[NDArray[np.intp], NDArray[np.intp], list[Said]]:
    """Return the edges between numbered nodes, in order: the lower end, the higher, what it says.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph()
    >>> graph.add_edge("b", "a", weight=2.0)
    >>> _edges(graph, {"a": 0, "b": 1})
    (array([0]), array([1]), [{'weight': 2.0}])
    """
    ones: list[int] = []
    others: list[int] = []
    found: list[Said] = []
    # every edge stands with both of its ends; this takes a part of the time of `graph.edges`
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


def _weight(said: list[Said], name: str) -> NDArray[np.float64]:
    """Return a weight of each edge, 0 where it has none."""
    return np.fromiter((edge.get(name, 0.0) for edge in said), np.float64, len(said))


# -- of tables ------------------------------------------------------------------------------------


def contents_of_tables(
    nodes: pd.DataFrame, edges: pd.DataFrame, about: Mapping[str, Any]
) -> Contents:
    """Read the tables of a graph: what `contents_of` gives of the graph that they make.

    Parameters
    ----------
    nodes, edges : pandas.DataFrame
        As `netquality.tables.NODES` and `netquality.tables.EDGES`.
    about : mapping
        The graph's own attributes.

    Examples
    --------
    >>> import netquality as nq
    >>> from netquality.graph import graph_of, tables_of
    >>> network = nq.load_sample()
    >>> tables = tables_of(network, nq.assess(network))
    >>> mine, theirs = contents_of_tables(*tables), contents_of(graph_of(*tables))
    >>> mine.keys == theirs.keys, mine.people.equals(theirs.people)
    (True, True)
    """
    own = nodes[(nodes["kind"] == "person").to_numpy(bool)]
    people = own.sort_values("node_id", kind="stable", ignore_index=True)
    ids = pd.Index(people["node_id"])
    ends = [ids.get_indexer(pd.Index(edges[name])) for name in _ENDS]
    is_school = edges["kinds"].str.split(",").map(lambda kinds: _SCHOOL in kinds).to_numpy(bool)
    at_school = np.unique(np.maximum(*ends)[is_school & (np.minimum(*ends) < 0)])
    people = people.assign(is_school_then=np.isin(np.arange(len(people)), at_school))
    among = np.flatnonzero((ends[0] >= 0) & (ends[1] >= 0))
    one, other = (np.asarray(end)[among] for end in (np.minimum(*ends), np.maximum(*ends)))
    order = np.lexsort((other, one))
    row = among[order]
    weights = {
        kind: edges[f"{kind}_weight"].to_numpy(np.float64, na_value=0.0)[row] for kind in GROUPS
    }

    def said(rows: Sequence[int]) -> list[Said]:
        chosen = edges.iloc[row[list(rows)]].reset_index(drop=True)
        plain = plain_rows(chosen, EDGES)
        return [{key: value for key, value in said.items() if key not in _ENDS} for said in plain]

    evidence = _evidence(people, one[order], other[order], weights, about)
    return Contents(people, own["node_id"].tolist(), evidence, about, said)


# -- what ties people -----------------------------------------------------------------------------


def _evidence(
    people: pd.DataFrame,
    one: NDArray[np.intp],
    other: NDArray[np.intp],
    weights: dict[str, NDArray[np.float64]],
    about: Mapping[str, Any],
) -> Evidence:
    large = {kind: list(_large(people, kind, about)) for kind in GROUPS}
    return Evidence(people["node_id"].tolist(), one, other, weights, large)


def looked_for(about: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the kinds of ties that a graph was asked for; all where it does not say."""
    said = about.get("kinds")
    asked = GROUPS if said is None else str(said).split(",")
    return tuple(kind for kind in GROUPS if kind in asked)


def _large(people: pd.DataFrame, kind: str, about: Mapping[str, Any]) -> Iterator[NDArray[np.intp]]:
    """Return the people of each group that is too large for pairs."""
    if kind == "group_thread" or kind not in looked_for(about):
        return  # the graph does not say who was in which conversation
    if kind == "same_event":
        group = people["event_on"]
    else:
        group = people["employer"]
        if kind == "colleagues":
            group = group.where(people["is_colleague_then"].fillna(value=False).astype(bool))
    code, names = pd.factorize(group, sort=True)  # without a group: -1
    sizes = np.bincount(code[code >= 0], minlength=len(names))
    for number in np.flatnonzero(sizes > LARGEST).tolist():
        yield np.flatnonzero(code == number)


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
