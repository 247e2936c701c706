"""GraphML and GEXF: networkx's own writers, with what they get wrong put right.

Each correction says what it is for. Both files are checked in the tests with networkx, GraphML
also with igraph; igraph reads no GEXF.
"""

from __future__ import annotations

import io
import json
import warnings
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from netquality.errors import ExportError
from netquality.tables import EDGES, NODES

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["WANTED", "gexf_bytes", "graphml_bytes", "labelled", "parse_gexf", "parse_graphml"]

WANTED: Final = "Give a file that nq.write_graph wrote."
_SCOPES: Final = {scope: place for place, scope in enumerate(("graph", "node", "edge"))}
_COLUMNS: Final = {name: at for at, name in enumerate((*NODES.dtypes, *EDGES.dtypes))}


def labelled(graph: nx.Graph[str]) -> nx.Graph[str]:
    """Return a copy whose nodes have a `label`, which Gephi shows and igraph draws.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph()
    >>> graph.add_nodes_from([("a", {"name": "Ana Ficticia"}), ("b", {})])
    >>> dict(labelled(graph).nodes(data="label"))
    {'a': 'Ana Ficticia', 'b': 'b'}
    """
    made = graph.copy()
    for key, said in made.nodes(data=True):
        said["label"] = said.get("name") or key
    return made


def graphml_bytes(graph: nx.Graph[str]) -> bytes:
    """Return a graph as GraphML.

    Parameters
    ----------
    graph : networkx.Graph
        Of plain values, without what XML forbids.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph(as_of="2026-11-20")
    >>> print(graphml_bytes(graph).decode().splitlines()[2])
      <key id="graph_as_of" for="graph" attr.name="as_of" attr.type="string" />
    """
    from networkx.readwrite.graphml import GraphMLWriter  # noqa: PLC0415 - loads when used

    # this writer, for write_graphml takes another one, with other bytes, where lxml is installed
    writer = GraphMLWriter()
    writer.add_graph_element(labelled(graph))
    root = writer.xml
    keys = sorted(root.findall("key"), key=_place_of_key)
    # networkx numbers the keys, and Gephi takes d3 for the label of a node, d7 for that of an edge
    ids = {key.get("id"): f"{key.get('for')}_{key.get('attr.name')}" for key in keys}
    yes_no = {key.get("id") for key in keys if key.get("attr.type") == "boolean"}
    for data in root.iter("data"):
        if data.get("key") in yes_no:
            data.text = str(data.text).lower()  # the only words of an XML boolean
        data.set("key", ids[data.get("key")])
    for key in keys:
        key.set("id", ids[key.get("id")])
    root[:] = [*keys, *root.findall("graph")]
    file = io.BytesIO()
    writer.dump(file)
    # a carriage return as such comes back as a line feed
    return file.getvalue().replace(b"\r", b"&#13;") + b"\n"


def gexf_bytes(graph: nx.Graph[str]) -> bytes:
    """Return a graph as GEXF 1.2; its own attributes stand in the description, as JSON.

    Parameters
    ----------
    graph : networkx.Graph
        Of plain values, without what XML forbids.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph(as_of="2026-11-20")
    >>> print(gexf_bytes(graph).decode().splitlines()[4].strip())
    <description>{"as_of": "2026-11-20"}</description>
    """
    from networkx.readwrite.gexf import GEXFWriter  # noqa: PLC0415 - loads when used

    named = labelled(graph)
    about = dict(named.graph)
    named.graph.clear()  # a GEXF file has no place for them, and some names change what is written
    writer = GEXFWriter(version="1.2draft")
    writer.add_graph(named)
    root = writer.xml
    meta = root.find("meta")
    meta.clear()  # today's date and networkx's version: other bytes tomorrow
    ET.SubElement(meta, "creator").text = "netquality"
    ET.SubElement(meta, "description").text = json.dumps(about, ensure_ascii=False)
    root.find("graph").attrib.pop("name", None)  # always empty
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue() + b"\n"


def parse_graphml(text: str, name: str) -> nx.Graph[str]:
    """Return the graph of a GraphML file.

    Raises
    ------
    ExportError
        When the text defines entities. Other faults raise whatever networkx raises.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph(as_of="2026-11-20")
    >>> parse_graphml(graphml_bytes(graph).decode(), "a.graphml").graph["as_of"]
    '2026-11-20'
    """
    import networkx as nx  # noqa: PLC0415 - loads when used

    _refuse_entities(text, name)
    with warnings.catch_warnings():
        warnings.simplefilter(
            "error", UserWarning
        )  # what networkx cannot take, it would only warn of
        return nx.parse_graphml(text)


def parse_gexf(text: str, name: str) -> nx.Graph[str]:
    """Return the graph of a GEXF file, with the attributes that stand in its description.

    Raises
    ------
    ExportError
        When the text defines entities. Other faults raise whatever networkx raises.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph(as_of="2026-11-20")
    >>> parse_gexf(gexf_bytes(graph).decode(), "a.gexf").graph
    {'as_of': '2026-11-20'}
    """
    import networkx as nx  # noqa: PLC0415 - loads when used

    _refuse_entities(text, name)
    said = ET.fromstring(text).findtext("{*}meta/{*}description")  # noqa: S314 - no entities
    graph = nx.read_gexf(io.BytesIO(text.encode()))
    about = json.loads(said or "{}")
    graph.graph.clear()
    graph.graph |= about
    return graph


def _place_of_key(key: Any) -> tuple[int, int, str]:
    """Return where a key stands: by what it is for, then as in the tables."""
    name = key.get("attr.name")
    return _SCOPES[key.get("for")], _COLUMNS.get(name, -1), name


def _refuse_entities(text: str, name: str) -> None:
    """Refuse what no file of ours has: a few lines of it can fill the memory or ask for a file."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ExportError(f"{name}: defines a document type or entities. {WANTED}")
