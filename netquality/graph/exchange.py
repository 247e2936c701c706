"""The graph as a file for Gephi, igraph and networkx, and back: GraphML, GEXF, JSON and CSV."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

import numpy as np

from netquality.errors import ExportError, SettingError, TableError
from netquality.files import place_of, replace_file, text_of, writable
from netquality.graph.characters import FORBIDDEN, LONE, REPLACED_BY, mended
from netquality.graph.converting import from_graph, graph_of, need_graph
from netquality.graph.markup import WANTED, gexf_bytes, graphml_bytes, parse_gexf, parse_graphml
from netquality.graph.nodelink import json_bytes, parse_json
from netquality.graph.sheets import ABOUT, SCHEMA, csv_bytes, parse_csv
from netquality.tables import EDGES
from netquality.tables.shape import COUNT, NUMBER
from netquality.words import plural

if TYPE_CHECKING:
    import os
    from pathlib import Path

    import networkx as nx

__all__ = ["SCHEMA_VERSION", "GraphFile", "read_graph", "write_graph"]

SCHEMA_VERSION: Final = 2
"""Of the files; a column that goes or comes to mean something else makes it one more. In the CSV of
1 no apostrophe was put within a text; it is read as it was meant."""
_BYTES: Final = {".graphml": graphml_bytes, ".gexf": gexf_bytes, ".json": json_bytes}
_PARSE: Final = {".graphml": parse_graphml, ".gexf": parse_gexf, ".json": parse_json}
_SHEETS: Final = (".nodes.csv", ".edges.csv")
_FAULTS: Final = (
    ArithmeticError, AttributeError, ET.ParseError, LookupError, RuntimeError, TypeError,
    UserWarning, ValueError,
)  # fmt: skip
"""What a damaged file makes networkx and the parsers raise."""


@dataclass(frozen=True)
class GraphFile:
    """What was written, and what a file could not hold as it was.

    Attributes
    ----------
    paths : tuple of pathlib.Path
        The file; of CSV the one of nodes and the one of edges.
    node_count, edge_count : int
        How many it holds.
    replaced_count : int
        Characters that such a file cannot hold, each now U+FFFD.
    renamed_count : int
        Nodes whose keys would have become alike, and got a number.
    zero_weight_count : int
        Edges that weigh 0. The file has them; Gephi leaves them out, and says so.

    Examples
    --------
    >>> import tempfile
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> graph = nq.to_graph(network, nq.assess(network), kinds=["owner"])
    >>> with tempfile.TemporaryDirectory() as home:
    ...     written = nq.write_graph(graph, f"{home}/mine.json")
    >>> written.node_count == graph.number_of_nodes(), written.replaced_count
    (True, 0)
    """

    paths: tuple[Path, ...]
    node_count: int
    edge_count: int
    replaced_count: int = 0
    renamed_count: int = 0
    zero_weight_count: int = 0

    def __str__(self) -> str:
        """Say it in a sentence, by the names of the files alone."""
        names = " and ".join(path.name for path in self.paths)
        verb = "hold" if len(self.paths) > 1 else "holds"
        counts = f"{plural(self.node_count, 'node')} and {plural(self.edge_count, 'edge')}"
        odd = []
        if self.replaced_count:
            odd.append(f"{plural(self.replaced_count, 'character')} replaced by {REPLACED_BY}")
        if self.renamed_count:
            odd.append(f"{plural(self.renamed_count, 'key')} numbered to stay apart")
        if self.zero_weight_count and self.paths[0].suffix != ".json":
            edges = plural(self.zero_weight_count, "edge")
            odd.append(f"{edges} of weight 0, which Gephi leaves out")
        return f"{names} {verb} {'; '.join([counts, *odd])}."


def write_graph(
    graph: nx.Graph[str], path: str | os.PathLike[str], *, force: bool = False
) -> GraphFile:
    """Write a graph to a file that Gephi, igraph or networkx reads; its name says in which format.

    The file holds names of people: keep it as you keep the export. It is readable by you alone.

    Parameters
    ----------
    graph : networkx.Graph
        As `netquality.to_graph` returned it.
    path : str or path-like
        ``.graphml``, ``.gexf``, ``.json`` (node-link), or ``.csv``: ``mine.csv`` stands for two
        files, ``mine.nodes.csv`` and ``mine.edges.csv``.
    force : bool
        Whether a file of that name that holds no graph of ours may be replaced.

    Returns
    -------
    GraphFile
        Where it is, how much it holds, and how many characters it could not hold. XML forbids
        control characters, and no file can hold half a character (a lone surrogate): each becomes
        U+FFFD, in JSON the latter only. Printed, it is a sentence.

    Raises
    ------
    TableError
        When it is no such graph, or a number in it is infinite.
    SettingError
        When the name ends in something else.
    NetQualityError
        When the file cannot be written, or another file of that name is there.

    Notes
    -----
    The same graph gives the same bytes, whatever the order of its nodes: they stand by kind and
    key, and the edges in that order. Of the graph's own attributes those of `to_graph` are kept.

    Examples
    --------
    >>> import tempfile
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> graph = nq.to_graph(network, nq.assess(network), kinds=["group_thread"])
    >>> with tempfile.TemporaryDirectory() as home:
    ...     written = nq.write_graph(graph, f"{home}/mine.graphml")
    ...     again = nq.read_graph(f"{home}/mine.graphml")
    >>> again.nodes == graph.nodes, again.graph["netquality_schema_version"]
    (True, 2)
    """
    places, suffix = _places(path)
    need_graph(graph)
    found = mended(graph, LONE if suffix == ".json" else FORBIDDEN)
    made = _of_tables(found.graph)
    targets = tuple(
        writable(place, mark=SCHEMA, what="graph of netquality", force=force) for place in places
    )
    texts = csv_bytes(made) if suffix == ".csv" else (_BYTES[suffix](made),)
    for target, data in zip(targets, texts, strict=True):
        replace_file(target, data)
    weights = [said.get("weight") for *_, said in made.edges(data=True)]
    return GraphFile(
        targets, made.number_of_nodes(), made.number_of_edges(),
        found.replaced, found.renamed, weights.count(0),
    )  # fmt: skip


def read_graph(path: str | os.PathLike[str]) -> nx.Graph[str]:
    """Read a graph back from a file that `write_graph` wrote.

    Parameters
    ----------
    path : str or path-like
        The name that `write_graph` was given; of the two CSV files either will do.

    Returns
    -------
    networkx.Graph
        As `netquality.to_graph` returns it, but for the order of its nodes and the characters that
        were replaced, with `netquality_schema_version` among its own attributes.

    Raises
    ------
    ExportError
        When the file cannot be read, is damaged, or is none of ours.
    SettingError
        When the name ends in something else.

    Examples
    --------
    >>> import tempfile
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> graph = nq.to_graph(network, nq.assess(network), kinds=["owner"])
    >>> with tempfile.TemporaryDirectory() as home:
    ...     _ = nq.write_graph(graph, f"{home}/mine.csv")
    ...     again = nq.read_graph(f"{home}/mine.csv")
    >>> dict(again.nodes(data=True)) == dict(graph.nodes(data=True))
    True
    """
    import networkx as nx  # noqa: PLC0415 - loads when used

    places, suffix = _places(path)
    texts = [text_of(place, wanted=WANTED) for place in places]
    name = places[0].name
    try:
        if suffix == ".csv":
            graph = parse_csv((texts[0], texts[1]), (name, places[1].name))
        else:
            graph = _PARSE[suffix](texts[0], name)
        need_graph(graph)
        _need_version(graph, name)
        return _of_tables(graph)
    except ExportError:
        raise
    except (nx.NetworkXException, *_FAULTS):
        raise ExportError(f"{name}: is damaged, or no graph of ours. {WANTED}") from None


# -- the file -------------------------------------------------------------------------------------


def _places(path: str | os.PathLike[str]) -> tuple[tuple[Path, ...], str]:
    """Return where the file is or will be, both files of CSV, and the suffix that says what."""
    place = place_of(path)
    suffix = place.suffix.lower()
    if suffix in _BYTES:
        return (place,), suffix
    if suffix != ".csv":
        raise SettingError(
            "path: give the name of a file that ends in .graphml, .gexf, .json or .csv."
        )
    lower = place.name.lower()
    cut = next((len(end) for end in _SHEETS if lower.endswith(end)), len(suffix))
    return tuple(place.with_name(place.name[:-cut] + end) for end in _SHEETS), suffix


# -- what is in it --------------------------------------------------------------------------------


def _need_version(graph: nx.Graph[str], name: str) -> None:
    version = graph.graph.get(SCHEMA)
    if type(version) is not int or version < 1:
        raise ExportError(f"{name}: does not say that it is a graph of netquality. {WANTED}")
    if version > SCHEMA_VERSION:
        raise ExportError(f"{name}: was written by a newer netquality. Read it with that.")


def _of_tables(graph: nx.Graph[str]) -> nx.Graph[str]:
    """Return the graph that the tables of a graph make: plain values, each of its one type."""
    nodes, edges = from_graph(graph)
    numbers = [name for name, dtype in EDGES.dtypes.items() if dtype == NUMBER]
    if np.isinf(edges[numbers].to_numpy(float, na_value=np.nan)).any():
        raise TableError("edges: a number is infinite. Give what nq.to_graph returned.")
    return graph_of(nodes, edges, {SCHEMA: SCHEMA_VERSION, **_about(graph)})


def _about(graph: nx.Graph[str]) -> dict[str, Any]:
    """Return the graph's own attributes that a file keeps."""
    about = {name: graph.graph[name] for name in ABOUT if name in graph.graph}
    wrong = [
        name for name, value in about.items()
        if type(value) is not (int if ABOUT[name] == COUNT else str)
    ]  # fmt: skip
    if wrong:
        raise TableError(f"graph: '{wrong[0]}' is of another kind than nq.to_graph writes.")
    return about
