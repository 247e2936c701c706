"""A graph of two tables, and the two tables of a graph: nothing is lost either way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from netquality.errors import TableError
from netquality.tables import EDGES, NODES, typed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import networkx as nx

    from netquality.tables import Table

__all__ = ["from_graph", "graph_of", "need_graph", "plain_rows"]

NODE_KINDS = frozenset(("owner", "person", "company", "school", "event"))


def graph_of(
    nodes: pd.DataFrame, edges: pd.DataFrame, about: Mapping[str, Any] | None = None
) -> nx.Graph[str]:
    """Return the graph of two tables, as `from_graph` gives them.

    Parameters
    ----------
    nodes, edges : pandas.DataFrame
        As `netquality.tables.NODES` and `netquality.tables.EDGES`.
    about : mapping, optional
        The graph's own attributes.

    Examples
    --------
    >>> from netquality.tables.shape import empty
    >>> graph_of(empty(NODES), empty(EDGES), {"as_of": "2026-11-20"}).graph
    {'as_of': '2026-11-20'}
    """
    import networkx as nx  # noqa: PLC0415 - loads when used

    graph: nx.Graph[str] = nx.Graph()
    graph.graph |= about or {}
    graph.add_nodes_from((row.pop("node_id"), row) for row in plain_rows(nodes, NODES))
    rows = plain_rows(edges, EDGES)
    graph.add_edges_from((row.pop("one_id"), row.pop("other_id"), row) for row in rows)
    return graph


def need_graph(graph: object) -> None:
    """Refuse what is no undirected graph whose nodes say what they are.

    Raises
    ------
    TableError

    Examples
    --------
    >>> import networkx as nx
    >>> need_graph(nx.Graph())
    """
    said = f"graph: is {type(graph).__name__}. Give what nq.to_graph returned."
    if not (hasattr(graph, "nodes") and hasattr(graph, "edges")):
        raise TableError(said)
    if graph.is_directed() or graph.is_multigraph():  # type: ignore[attr-defined]
        raise TableError("graph: has directed or parallel edges. Give what nq.to_graph returned.")
    kinds = {about.get("kind") for _, about in graph.nodes(data=True)}
    if not kinds <= NODE_KINDS:
        raise TableError("nodes: one has no kind that we know. Give what nq.to_graph returned.")


def from_graph(graph: nx.Graph[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the tables of a graph's nodes and edges; nothing of it is lost.

    Parameters
    ----------
    graph : networkx.Graph
        As `to_graph` returned it, or as networkx reads it from GraphML, GEXF or JSON: the
        `label` of a node and the `id` of an edge, which such files add, are passed over.

    Returns
    -------
    nodes, edges : pandas.DataFrame
        As `netquality.tables.NODES`, in their order, and `netquality.tables.EDGES`, in the order
        of their nodes; a graph of the same nodes and edges gives the same tables.

    Raises
    ------
    TableError
        When it is no such graph.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> graph = nq.to_graph(network, nq.assess(network))
    >>> nodes, edges = nq.from_graph(graph)
    >>> len(nodes) == graph.number_of_nodes(), len(edges) == graph.number_of_edges()
    (True, True)
    """
    need_graph(graph)
    nodes = _table(
        NODES,
        ({"node_id": key, **_without(said, "label")} for key, said in graph.nodes(data=True)),
    )
    place = {key: number for number, key in enumerate(graph)}
    pairs = [
        {"one_id": min(one, other, key=place.__getitem__),
         "other_id": max(one, other, key=place.__getitem__), **_without(said, "id")}
        for one, other, said in graph.edges(data=True)
    ]  # fmt: skip
    pairs.sort(key=lambda row: (place[row["one_id"]], place[row["other_id"]]))
    return nodes, _table(EDGES, pairs)


# -- plain values ---------------------------------------------------------------------------------


def plain_rows(frame: pd.DataFrame, table: Table) -> list[dict[str, Any]]:
    """Return each row as plain Python values, without what is missing."""
    rows: list[dict[str, Any]] = [{} for _ in range(len(frame))]
    for name in table.dtypes:
        place = np.flatnonzero(frame[name].notna())
        values = _values(frame[name].iloc[place])
        for at, value in zip(place.tolist(), values, strict=True):
            rows[at][name] = value
    return rows


def _values(column: pd.Series) -> list[Any]:
    """Return plain values, instants and dates as ISO text; nothing is missing among them."""
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        return [one.isoformat() for one in column]
    if pd.api.types.is_datetime64_dtype(column.dtype):
        return [one.date().isoformat() for one in column]
    values: list[Any] = column.astype(object).tolist()
    return values


def _without(said: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in said.items() if key != name}


def _table(table: Table, rows: Iterable[dict[str, Any]]) -> pd.DataFrame:
    """Return rows of plain values as a table."""
    kept = list(rows)
    named = dict.fromkeys(name for row in kept for name in row)
    # as objects: a gap would make floats of whole numbers, which are not exact beyond 2**53
    frame = pd.DataFrame(
        {name: pd.Series([row.get(name) for row in kept], dtype=object) for name in named},
        index=range(len(kept)),
    )
    unknown = sorted(map(str, set(frame.columns) - set(table.dtypes)))
    if unknown or (len(frame) and "kinds" not in frame and "kind" not in frame):
        raise TableError(
            f"{table.name}: has {', '.join(unknown) or 'no kind'}. Give what nq.to_graph returned."
        )
    try:
        return typed(table, frame)
    except (TypeError, ValueError, OverflowError):
        raise TableError(
            f"{table.name}: an attribute is of another kind than nq.to_graph writes."
        ) from None
