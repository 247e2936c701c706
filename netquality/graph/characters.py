"""Characters that a file cannot hold: replaced, counted, and keys that become alike kept apart."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from netquality.errors import TableError
from netquality.graph import AFFILIATIONS, OWNER
from netquality.graph.sheets import ABOUT

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx

__all__ = ["FORBIDDEN", "LONE", "REPLACED_BY", "Mended", "mended"]

LONE: Final = re.compile("[\ud800-\udfff]")
"""Halves of a character. No file in UTF-8 can hold one."""
FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 forbids (section 2.2): control characters but tab and line ends, and the above."""
REPLACED_BY: Final = "\ufffd"
_ORDER: Final = {kind: place for place, kind in enumerate((OWNER, "person", *AFFILIATIONS))}


@dataclass(frozen=True)
class Mended:
    """A graph that a file can hold, its nodes in the order of a file.

    Attributes
    ----------
    graph : networkx.Graph
    replaced : int
        Characters that were replaced; one of a node's key counts once, and an empty key as one.
    renamed : int
        Keys that got a number because they would have become that of another node.
    """

    graph: nx.Graph[str]
    replaced: int
    renamed: int


def mended(graph: nx.Graph[str], forbidden: re.Pattern[str]) -> Mended:
    r"""Return a copy without forbidden characters, its nodes by kind and key.

    Of the graph's own attributes it has those that a file keeps.

    Parameters
    ----------
    graph : networkx.Graph
        As `netquality.to_graph` returned it.
    forbidden : re.Pattern
        `FORBIDDEN`, or `LONE`.

    Raises
    ------
    TableError
        When a key is no text.

    Examples
    --------
    >>> import networkx as nx
    >>> found = mended(nx.Graph([("a\0", "a\1")]), FORBIDDEN)
    >>> [ascii(key) for key in found.graph], found.replaced, found.renamed
    (["'a\\ufffd'", "'a\\ufffd (2)'"], 2, 1)
    """
    import networkx as nx  # noqa: PLC0415 - loads when used

    if not all(isinstance(key, str) for key in graph):
        raise TableError("graph: the key of a node is no text. Give what nq.to_graph returned.")
    count: Counter[str] = Counter()

    def clean(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        text, found = forbidden.subn(REPLACED_BY, value)
        count["replaced"] += found
        return text

    in_key = re.compile(rf"{forbidden.pattern}|\A\Z")  # an empty key, too: igraph cannot read one
    keys, renamed = _apart(graph, in_key)
    count["replaced"] += sum(len(in_key.findall(key)) for key in graph)
    nodes = {
        keys[key]: {name: clean(value) for name, value in said.items()}
        for key, said in graph.nodes(data=True)
    }
    order = sorted(nodes, key=lambda key: (_ORDER.get(str(nodes[key].get("kind")), 9), key))
    made: nx.Graph[str] = nx.Graph()
    made.graph |= {name: clean(value) for name, value in graph.graph.items() if name in ABOUT}
    made.add_nodes_from((key, nodes[key]) for key in order)
    made.add_edges_from(
        (keys[one], keys[other], {name: clean(value) for name, value in said.items()})
        for one, other, said in graph.edges(data=True)
    )
    return Mended(made, count["replaced"], renamed)


def _apart(keys: Iterable[str], forbidden: re.Pattern[str]) -> tuple[dict[str, str], int]:
    """Return what each key becomes, no two alike; those that stay as they are come first."""
    odd = sorted(key for key in keys if forbidden.search(key))
    found = {key: key for key in keys}
    taken, renamed = set(keys) - set(odd), 0
    for key in odd:
        wanted = name = forbidden.sub(REPLACED_BY, key)
        number = 1
        while name in taken:
            number += 1
            name = f"{wanted} ({number})"
        renamed += number > 1
        taken.add(name)
        found[key] = name
    return found, renamed
