"""The tables as a networkx graph, and back: every edge with the evidence for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from netquality.errors import SettingError, TableError
from netquality.graph.evidence import PAIRS, companies_of
from netquality.network import instant, need_network
from netquality.origins import employers, own_employers
from netquality.tables import EDGES, MEASURES, NODES, PEOPLE, STATUS_COLUMNS, build, check
from netquality.words import day_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    import networkx as nx

    from netquality.network import Network
    from netquality.tables import Table

__all__ = ["AFFILIATIONS", "KINDS", "OWNER", "from_graph", "graph_of", "to_graph"]

OWNER: Final = "owner"
"""The key of the owner's node."""
KINDS: Final = ("owner", *PAIRS)
"""The kinds of ties: the owner's, and those between two others."""
AFFILIATIONS: Final = ("company", "event")
"""The kinds of nodes that are no people."""
_OF_TIE: Final = (
    "status", "depth", "contact_days", "mutual_contact_days", "first_talk_at", "last_talk_at",
)  # fmt: skip


def to_graph(
    network: Network,
    people: pd.DataFrame,
    *,
    as_of: str | date | pd.Timestamp | None = None,
    kinds: Collection[str] = KINDS,
    affiliations: Collection[str] = (),
) -> nx.Graph[str]:
    """Return the network as a graph of the owner and every person.

    An export is a star: what lies between others is inferred, and each edge says from what.

    Parameters
    ----------
    network : Network
    people : pandas.DataFrame
        As `netquality.assess` returns it.
    as_of : str, date or Timestamp, optional
        The date at which `people` were judged; `network.as_of` by default. Group conversations
        that began later are left out.
    kinds : collection of str
        Which ties: ``owner``, and between two people ``group_thread``, ``same_company``,
        ``same_event``; all by default.
    affiliations : collection of str
        What else is a node: ``company``, ``event``. Belonging to one is no tie, so the default is
        neither.

    Returns
    -------
    networkx.Graph
        A node per row of `people`, keyed by `person_id`, and ``"owner"``; one edge per pair.
        Attributes are plain values under the names of `netquality.tables.NODES` and
        `netquality.tables.EDGES`, instants as ISO text; what is missing is absent. An edge's
        `kinds` says why it is there:

        - ``owner``: between the owner and a connection, or anybody there was talk with;
          ``colleague`` and ``school`` where they were together on the day they connected;
        - ``group_thread``: two people were in the same group conversations;
        - ``same_company``: their profiles name the same employer today;
        - ``same_event``: they were connected within the same burst;
        - ``works_at``, ``met_at``: a person's company or event, where asked for.

        The graph's own attributes say as of when (`as_of`), and how many groups were too large to
        say anything of each two of their people (``<kind>_too_large_count``).

    Raises
    ------
    TableError
        When `people` is no such table.
    SettingError
        When a kind or an affiliation is none of those.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> people = nq.assess(network)
    >>> graph = nq.to_graph(network, people)
    >>> graph.number_of_nodes() == len(people) + 1
    True
    >>> sorted(nq.to_graph(network, people, kinds=["owner"]).nodes) == sorted(graph.nodes)
    True
    """
    for table in (PEOPLE, MEASURES, STATUS_COLUMNS):
        check(people, table)
    need_network(network)
    for name, asked, known in (
        ("kinds", kinds, KINDS), ("affiliations", affiliations, AFFILIATIONS)
    ):  # fmt: skip
        if isinstance(asked, str) or not set(asked) <= set(known):
            raise SettingError(f"{name}: give some of {', '.join(known)}, like {[known[0]]}.")
    moment = network.as_of if as_of is None else instant(as_of)
    people = people.reset_index(drop=True)
    nodes, belongs = _nodes(network, people, moment, affiliations)
    edges, too_large = _edges(network, people, moment, kinds)
    edges = pd.concat([edges, belongs], ignore_index=True)
    return graph_of(nodes, edges, {"as_of": moment.isoformat(), **too_large})


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
    graph.add_nodes_from((row.pop("node_id"), row) for row in _plain(nodes, NODES))
    rows = _plain(edges, EDGES)
    graph.add_edges_from((row.pop("one_id"), row.pop("other_id"), row) for row in rows)
    return graph


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
    if not (hasattr(graph, "nodes") and hasattr(graph, "edges")):
        raise TableError(f"graph: is {type(graph).__name__}. Give what nq.to_graph returned.")
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


# -- nodes ----------------------------------------------------------------------------------------


def _nodes(
    network: Network, people: pd.DataFrame, moment: pd.Timestamp, affiliations: Collection[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the table of nodes, and the edges of people to what they belong to."""
    person = people.assign(node_id=people["person_id"], kind="person")
    owner = pd.DataFrame({"node_id": [OWNER], "kind": ["owner"]})
    parts, belongs = [owner, person], []
    if "company" in affiliations:
        rows = companies_of(people).assign(node_id=lambda table: "company:" + table["key"])
        named = rows.groupby("node_id").agg(
            name=("company", "first"), spellings=("spellings", "first"),
            person_count=("place", "size"),
        )  # fmt: skip
        parts.append(named.reset_index().assign(kind="company"))
        held = employers(own_employers(network.positions), moment)
        own = sorted({f"company:{key}" for key in held} & set(named.index))
        belongs.append(pd.DataFrame({"one_id": OWNER, "other_id": own, "kinds": "works_at"}))
        belongs.append(_belonging(people, rows["place"], rows["node_id"], "works_at"))
    if "event" in affiliations:
        days = people["event_on"].dropna()
        ids = "event:" + days.dt.strftime("%Y-%m-%d")
        sizes = pd.DataFrame({"node_id": ids, "event": days}).groupby("node_id")["event"]
        events = sizes.agg(person_count="size", day="first").reset_index()
        name = [f"Burst of connections from {day_text(day)}" for day in events["day"]]
        parts.append(events.assign(kind="event", name=name))
        belongs.append(_belonging(people, pd.Series(days.index), ids, "met_at"))
    nodes = pd.concat(parts, ignore_index=True)
    joined = pd.concat(belongs, ignore_index=True) if belongs else pd.DataFrame()
    return _typed(NODES, nodes), _typed(EDGES, joined)


def _belonging(people: pd.DataFrame, place: pd.Series, node: pd.Series, kind: str) -> pd.DataFrame:
    one = people["person_id"].to_numpy(object)[place.to_numpy(np.intp)]
    return pd.DataFrame({"one_id": one, "other_id": node.to_numpy(object), "kinds": kind})


# -- edges ----------------------------------------------------------------------------------------


def _edges(
    network: Network, people: pd.DataFrame, moment: pd.Timestamp, kinds: Collection[str]
) -> tuple[pd.DataFrame, dict[str, int]]:
    """Return the table of ties, one row per pair, and what was left out as too large."""
    parts = [_own(people)] if "owner" in kinds else []
    found = {kind: PAIRS[kind](network, people, moment) for kind in PAIRS if kind in kinds}
    if found:
        parts.append(_between(people, {kind: pairs.table for kind, pairs in found.items()}))
    too_large = {f"{kind}_too_large_count": pairs.too_large for kind, pairs in found.items()}
    joined = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
    return _typed(EDGES, joined), too_large


def _own(people: pd.DataFrame) -> pd.DataFrame:
    """Return the owner's ties: to connections, and to whoever there was talk with."""
    tied = people[people["is_connection"] | people["status"].notna()]
    kinds = np.full(len(tied), "owner", object)
    colleague, school = (
        tied[name].fillna(value=False).to_numpy(bool)
        for name in ("is_colleague_then", "is_school_then")
    )
    kinds[colleague] = "colleague," + kinds[colleague]
    kinds[school] = kinds[school] + ",school"
    return tied[list(_OF_TIE)].assign(
        one_id=OWNER, other_id=tied["person_id"], kinds=kinds,
        depth=tied["depth"].astype("str"), weight=tied["mutual_contact_days"],
    )  # fmt: skip


def _between(people: pd.DataFrame, found: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return one row per pair of people, with the evidence of all kinds side by side."""
    size = len(people)
    keyed = [table.set_index(table["one"] * size + table["other"]) for table in found.values()]
    keys = np.unique(np.concatenate([table.index.to_numpy(np.int64) for table in keyed]))
    table, held = pd.DataFrame(index=keys), np.zeros(len(keys), np.intp)
    for bit, evidence in enumerate(keyed):
        held |= np.isin(keys, evidence.index) << bit
        for name in EDGES.dtypes:
            if name in evidence:
                table[name] = evidence[name].reindex(keys)
    names = [
        ",".join(sorted(kind for bit, kind in enumerate(found) if number >> bit & 1))
        for number in range(1 << len(found))
    ]
    ids = people["person_id"].to_numpy(object)
    weights = [name for name in table if str(name).endswith("_weight")]
    return table.assign(
        one_id=ids[keys // max(size, 1)],
        other_id=ids[keys % max(size, 1)],
        kinds=np.array(names, object)[held],
        weight=table[weights].sum(axis=1),
    ).reset_index(drop=True)


# -- plain values ---------------------------------------------------------------------------------


def _typed(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame with all columns of a table, those it lacks missing."""
    nothing = pd.Series(pd.NA, index=frame.index)
    return build(
        table,
        {name: _cast(frame.get(name, nothing), dtype) for name, dtype in table.dtypes.items()},
    )


def _cast(column: pd.Series, dtype: Any) -> pd.Series:
    if dtype.startswith("datetime64"):
        column = pd.to_datetime(column, utc=dtype.endswith("UTC]"), format="ISO8601")
    return column.astype(dtype)


def _plain(frame: pd.DataFrame, table: Table) -> list[dict[str, Any]]:
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
        return _typed(table, frame)
    except (TypeError, ValueError, OverflowError):
        raise TableError(
            f"{table.name}: an attribute is of another kind than nq.to_graph writes."
        ) from None
