"""JSON node-link: every value as it is, and the order of a file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["json_bytes", "parse_json"]


def json_bytes(graph: nx.Graph[str]) -> bytes:
    """Return a graph as JSON node-link, in UTF-8.

    Examples
    --------
    >>> import networkx as nx
    >>> "".join(json_bytes(nx.Graph()).decode().split())
    '{"directed":false,"multigraph":false,"graph":{},"nodes":[],"edges":[]}'
    """
    import networkx as nx  # noqa: PLC0415 - loads when used

    said = nx.node_link_data(graph, edges="edges")
    return json.dumps(said, ensure_ascii=False, allow_nan=False, indent=1).encode() + b"\n"


def parse_json(text: str, name: str) -> nx.Graph[str]:
    """Return the graph of a JSON file; every fault is a `ValueError` or one of networkx.

    Examples
    --------
    >>> import networkx as nx
    >>> parse_json(json_bytes(nx.Graph([("a", "b")])).decode(), "a.json").edges
    EdgeView([('a', 'b')])
    """
    import networkx as nx  # noqa: PLC0415 - loads when used

    del name
    said = json.loads(text)
    graph = nx.node_link_graph(said, directed=False, multigraph=False, edges="edges")
    counts = len(said["nodes"]), len(said["edges"])
    if counts != (graph.number_of_nodes(), graph.number_of_edges()):
        raise ValueError("a node or an edge is there twice, or an edge has no node")
    return graph
