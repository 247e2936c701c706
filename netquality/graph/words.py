"""One edge in words: what it rests on, and what that cannot say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from netquality.errors import SettingError
from netquality.graph.converting import need_graph
from netquality.status import LABELS
from netquality.words import day_text, plural, printable

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["explain_edge"]

INFERRED: Final = "Whether the two know each other is inferred from this, and not known."


def explain_edge(graph: nx.Graph[str], one: str, other: str) -> str:
    """Say why two people, or a person and the owner, are joined by an edge.

    Parameters
    ----------
    graph : networkx.Graph
        As `netquality.to_graph` returned it.
    one, other : str
        Two nodes, by their key or a name that exactly one of them bears; ``"owner"`` is the owner.

    Returns
    -------
    str
        A sentence for each kind of the edge; between two others also that it is inferred.

    Raises
    ------
    SettingError
        When nobody, or more than one, is meant, or there is no such edge; no name is repeated.
    TableError
        When it is no such graph.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> graph = nq.to_graph(network, nq.assess(network))
    >>> pairs = (pair for *pair, said in graph.edges(data=True) if said["kinds"] == "same_event")
    >>> nq.explain_edge(graph, *next(pairs)).split(": ")[1][:35]
    'You were connected with both within'
    """
    need_graph(graph)
    ends = [_whom(graph, each) for each in (one, other)]
    said = graph.get_edge_data(*ends)
    if said is None:
        raise SettingError("There is no edge between these two: nothing on file joins them.")
    names = [_name(graph, key) for key in ends]
    sentences = [_sentence(kind, said) for kind in str(said.get("kinds", "")).split(",")]
    is_pair = all(graph.nodes[key].get("kind") == "person" for key in ends)
    parts = [f"{' and '.join(names)}:", *filter(None, sentences), *([INFERRED] if is_pair else [])]
    return printable(" ".join(parts))


def _whom(graph: nx.Graph[str], said: object) -> str:
    if isinstance(said, str):
        if said == "owner":
            owners = [key for key, about in graph.nodes(data=True) if about.get("kind") == "owner"]
            if len(owners) == 1:
                return owners[0]
        if said in graph:
            return said
        named = [key for key, about in graph.nodes(data=True) if about.get("name") == said]
        if len(named) == 1:
            return named[0]
        if named:
            raise SettingError(f"{len(named)} nodes have this name. Give the key of one of them.")
    raise SettingError("No node has this key or name. Give the key of a node of the graph.")


def _name(graph: nx.Graph[str], key: str) -> str:
    about: dict[str, Any] = graph.nodes[key]
    return "You" if about.get("kind") == "owner" else str(about.get("name", key))


def _sentence(kind: str, said: dict[str, Any]) -> str:
    """Return what one kind of the edge rests on."""
    if kind == "owner":
        return _own(said)
    if kind == "group_thread":
        count = plural(said["group_thread_count"], "group conversation")
        return f"They were in {count} with you."
    if kind == "colleagues":
        where = said["colleagues_company"]
        return f"You were connected with both while you worked for {where}, their employer today."
    if kind == "same_company":
        return f"Both profiles name {said['company']} as employer today."
    if kind == "same_event":
        since = day_text(pd.Timestamp(said["event_on"]))
        return f"You were connected with both within one burst of connections, from {since} on."
    return {
        "colleague": "On the day you connected you worked for the employer they have now.",
        "school": "On the day you connected you were at the school their profile names.",
        "works_at": "The profile, or your list of positions, names it as employer today.",
        "at_school": "The profile, or your list of schools, names it.",
        "met_at": "The connection was made within that burst.",
    }.get(kind, "")


def _own(said: dict[str, Any]) -> str:
    shown = said.get("status_shown") or LABELS.get(said.get("status", ""), "No status")
    if "last_talk_at" not in said:
        return f"{shown}." if shown == LABELS["feather"] else f"{shown}: no talk on record."
    first, last = (day_text(pd.Timestamp(said[f"{which}_talk_at"])) for which in ("first", "last"))
    days = plural(said["mutual_contact_days"], "day")
    when = f"on {first}" if first == last else f"from {first} to {last}"
    return f"{shown}: you talked {when}, and the one who wrote on fewer days wrote on {days}."
