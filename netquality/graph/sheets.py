"""Two CSV files, nodes and edges, that Gephi and a spreadsheet open, and that read back exactly.

The columns are those of `netquality.tables.NODES` and `EDGES`, four of them under the names that
Gephi asks for. A cell is empty where something is missing. A text that a spreadsheet would run as a
formula gets an apostrophe in front, and so do a text that has one there itself and an empty text.
What could run where another program cuts a text gets one too: whoever takes one apostrophe off each
text, and one after each semicolon, tab and line end in it, gets back what was written.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, Final

from netquality.cells import YES_NO, defused_throughout, records, undefused, undefused_throughout
from netquality.errors import ExportError
from netquality.graph.evidence import GROUPS
from netquality.tables import EDGES, NODES
from netquality.tables.shape import COUNT, MAYBE, NUMBER, TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import networkx as nx

    from netquality.tables import Table

__all__ = ["ABOUT", "SCHEMA", "csv_bytes", "parse_csv"]

SCHEMA: Final = "netquality_schema_version"
"""The graph's own attribute that says which columns its file has."""
ABOUT: Final = {"as_of": TEXT, "kinds": TEXT} | {
    f"{kind}_too_large_{what}count": COUNT for kind in GROUPS for what in ("", "person_")
}
"""The graph's other own attributes that a file keeps."""
_HEADS: Final = {
    "node_id": "Id", "one_id": "Source", "other_id": "Target", "weight": "Weight",
}  # fmt: skip
_ADDED: Final = ("Label", "Type")
_FIRST: Final = {"nodes": ("Id", "Label"), "edges": ("Source", "Target", "Type", "Weight")}
_KINDS: Final = {COUNT: "whole number", NUMBER: "number", MAYBE: "true or false"}


def csv_bytes(graph: nx.Graph[str]) -> tuple[bytes, bytes]:
    """Return a graph's nodes and its edges as CSV, in UTF-8.

    Parameters
    ----------
    graph : networkx.Graph
        Of plain values, with `SCHEMA` among its own.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph(netquality_schema_version=1)
    >>> graph.add_node("a", kind="person", name="=1+1", person_count=-1)
    >>> [cell for cell in csv_bytes(graph)[0].decode().splitlines()[1].split(",") if cell]
    ['a', "'=1+1", 'person', "'=1+1", '-1', '1']
    """
    about = {SCHEMA: graph.graph[SCHEMA], **graph.graph}
    nodes = (
        {"Id": key, "Label": said.get("name") or key, **said, **about}
        for key, said in graph.nodes(data=True)
    )
    edges = (
        {"Source": one, "Target": other, "Type": "Undirected", "Weight": said.get("weight"),
         **said, SCHEMA: about[SCHEMA]}
        for one, other, said in graph.edges(data=True)
    )  # fmt: skip
    return (
        _sheet([*_header(NODES), *about], nodes),
        _sheet([*_header(EDGES), SCHEMA], edges),
    )


def parse_csv(texts: tuple[str, str], names: tuple[str, str]) -> nx.Graph[str]:
    """Return the graph of the two files.

    Parameters
    ----------
    texts : tuple of str
        What the file of nodes, and that of edges, holds.
    names : tuple of str
        What they are called in errors.

    Raises
    ------
    ExportError
        When they are no such files, by line.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph(netquality_schema_version=1)
    >>> graph.add_node("=a", kind="person")
    >>> texts = [data.decode() for data in csv_bytes(graph)]
    >>> dict(parse_csv(texts, ("a.nodes.csv", "a.edges.csv")).nodes)
    {'=a': {'kind': 'person'}}
    """
    import networkx as nx  # noqa: PLC0415 - loads when used

    graph: nx.Graph[str] = nx.Graph()
    for where, said in _rows(texts[0], names[0], NODES):
        key = said.pop("node_id", None)
        if key is None or key in graph:
            raise ExportError(f"{where}: has no Id, or one that is there already. Correct it.")
        about = {name: said.pop(name) for name in (SCHEMA, *ABOUT) if name in said}
        if len(graph) and about != graph.graph:
            raise ExportError(f"{where}: says otherwise of the graph than the first. Correct it.")
        graph.graph.update(about)
        graph.add_node(key, **said)
    for where, said in _rows(texts[1], names[1], EDGES):
        one, other = said.pop("one_id", None), said.pop("other_id", None)
        if one not in graph or other not in graph or graph.has_edge(one, other):
            raise ExportError(
                f"{where}: has an end that is no Id of {names[0]}, or is there twice. Correct it."
            )
        if said.pop(SCHEMA, None) != graph.graph.get(SCHEMA):
            raise ExportError(f"{where}: is of another version than {names[0]}. Write both again.")
        graph.add_edge(one, other, **said)
    if not len(graph):
        graph.graph[SCHEMA] = 1  # no row could say so, but the header is ours
    return graph


def _header(table: Table) -> list[str]:
    heads = [_HEADS.get(name, name) for name in table.dtypes]
    first = _FIRST[table.name]
    return [*first, *(name for name in heads if name not in first)]


def _sheet(header: list[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")  # quotes a cell with either half of it
    writer.writerow(header)
    writer.writerows([_cell(row.get(name)) for name in header] for row in rows)
    return file.getvalue().encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return defused_throughout(value) if isinstance(value, str) else str(value)


def _rows(text: str, name: str, table: Table) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield where each row stands, and what it says under the names of the table."""
    dtypes = {**table.dtypes, SCHEMA: COUNT, **(ABOUT if table is NODES else {})}
    known = {_HEADS.get(column, column): column for column in dtypes}
    lines = iter(records(text, name))
    header = next(lines, (1, []))[1]
    missing = [head for head in (*_header(table), SCHEMA) if head not in header]
    if missing or len(set(header)) < len(header):
        lacks = f"lacks {', '.join(missing)}" if missing else "has a column twice"
        raise ExportError(f"{name}: {lacks}. Give files that nq.write_graph wrote.")
    if not set(header) <= {*known, *_ADDED}:
        raise ExportError(f"{name}: has a column that no graph of ours has. Take it out.")
    for line, cells in lines:
        where = f"{name}, line {line}"
        if len(cells) != len(header):
            raise ExportError(f"{where}: has {len(cells)} cells, not {len(header)}. Correct it.")
        said = {known[head]: cell for head, cell in zip(header, cells, strict=True)
                if cell and head in known}  # fmt: skip
        # version 1 knew no apostrophes within a text
        text_of = undefused if said.get(SCHEMA) == "1" else undefused_throughout
        yield (
            where,
            {
                column: _value(cell, dtypes[column], text_of, f"{where}: '{column}'")
                for column, cell in said.items()
            },
        )


def _value(cell: str, dtype: str, text_of: Callable[[str], str], where: str) -> object:
    try:
        if dtype == COUNT:
            return int(cell)
        if dtype == NUMBER:
            return float(cell)
        return YES_NO[cell.lower()] if dtype == MAYBE else text_of(cell)
    except (KeyError, ValueError):
        raise ExportError(f"{where} is no {_KINDS[dtype]}. Correct it.") from None
