"""The graph of a large network, timed against networkx building the same bare graph.

    python benchmarks/graphs.py [DIRECTORY] [--rounds 3]

The export is that of reading.py: 30,000 connections and 1,000,000 messages. The reference adds the
same nodes and edges to a `networkx.Graph` from a list of pairs, without any attribute. Each is
called several times in a row, the first call is left out, and the median of the others counts; the
reference is timed at the end again.
"""

from __future__ import annotations

import argparse
import tempfile
from functools import partial
from pathlib import Path

import networkx as nx
from reading import Line, exports, median, table

import netquality as nq
from netquality.graph.contents import people_of
from netquality.graph.layout import lay_out


def bare(nodes: list[str], edges: list[tuple[str, str]]) -> nx.Graph[str]:
    """Return the graph of a list of edges."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(edges)
    return graph


def compare(network: nq.Network, rounds: int) -> list[Line]:
    """Time the graph, what is read from it and the pictures."""
    people = nq.assess(network)
    graph = nq.to_graph(network, people)
    measures = nq.graph_measures(graph)
    made = partial(bare, list(graph), list(graph.edges))
    base = median(made, rounds)
    what = f"networkx: {len(graph):,} nodes and {graph.number_of_edges():,} edges, bare"
    lines = [Line(what, f"{base:.2f} s", 1.0, None)]

    def both() -> None:
        nq.graph_measures(nq.to_graph(network, people))

    for name, call, most in (
        ("`to_graph` and `graph_measures`", both, 15.0),
        ("`to_graph` alone", partial(nq.to_graph, network, people), None),
        ("`graph_measures` alone, ten runs of Louvain", partial(nq.graph_measures, graph), None),
        ("the layout by circle", partial(lay_out, people_of(graph), measures, dots=False), None),
        ("`graph_view`", partial(nq.graph_view, graph, measures), None),
    ):
        took = median(call, rounds)
        lines.append(Line(name, f"{took:.2f} s", took / base, most))
    again = median(made, rounds)
    lines.append(Line("networkx again at the end", f"{again:.2f} s", again / base, None))
    return lines


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("directory", nargs="?", help="where the exports are, or are to be written")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is timed (3)")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        network = nq.read_linkedin(exports(Path(chosen.directory or folder)).folder)
    print(table(compare(network, chosen.rounds)))


if __name__ == "__main__":
    main()
