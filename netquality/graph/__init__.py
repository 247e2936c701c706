"""The tables as a networkx graph: every edge with the evidence for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from netquality.errors import TableError
from netquality.graph.belonging import AFFILIATIONS, belonging, free_key
from netquality.graph.converting import from_graph, graph_of
from netquality.graph.evidence import GROUPS, Source, colleagues_then, pairs_of
from netquality.network import instant, need_network
from netquality.places import places_among
from netquality.rules import some_of
from netquality.tables import EDGES, MEASURES, NODES, PEOPLE, STATUS_COLUMNS, check, typed

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    import networkx as nx

    from netquality.network import Network

__all__ = ["AFFILIATIONS", "KINDS", "OWNER", "from_graph", "graph_of", "tables_of", "to_graph"]

OWNER: Final = "owner"
"""The key of the owner's node; with a colon where somebody's `person_id` is this."""
KINDS: Final = ("owner", *GROUPS)
"""The kinds of ties: the owner's, and those between two others."""
_OF_TIE: Final = (
    "status", "status_shown", "depth", "contact_days", "mutual_contact_days", "first_talk_at",
    "last_talk_at",
)  # fmt: skip


def to_graph(
    network: Network,
    people: pd.DataFrame,
    *,
    as_of: str | date | pd.Timestamp | None = None,
    kinds: Collection[str] = KINDS,
    affiliations: Collection[str] = (),
    called: Mapping[str, str] | None = None,
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
        Which ties: ``owner``, and between two people ``group_thread``, ``colleagues``,
        ``same_company``, ``same_event``; all by default.
    affiliations : collection of str
        What else is a node: ``company``, ``school``, ``event``. Belonging to one is no tie, so the
        default is none.
    called : mapping of str to str, optional
        Your own word on a company's or school's name, as `netquality.place_names` takes it.

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
        - ``colleagues``: both were connected while the owner worked for the employer that both
          have now, in whatever spelling;
        - ``same_company``: their profiles name the same employer today;
        - ``same_event``: they were connected within the same burst;
        - ``works_at``, ``at_school``, ``met_at``: a person's company, school or event, where asked
          for.

        The graph's own attributes say as of when (`as_of`), which ties were looked for (`kinds`),
        and how many groups, of how many people, were too large to say anything of each two of them
        (``<kind>_too_large_count``, ``<kind>_too_large_person_count``).

    Raises
    ------
    TableError
        When `people` is no such table.
    SettingError
        When a kind or an affiliation is none of those, or `called` is no mapping of names.

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
    return graph_of(
        *tables_of(
            network, people, as_of=as_of, kinds=kinds, affiliations=affiliations, called=called
        )
    )


def tables_of(
    network: Network,
    people: pd.DataFrame,
    *,
    as_of: str | date | pd.Timestamp | None = None,
    kinds: Collection[str] = KINDS,
    affiliations: Collection[str] = (),
    called: Mapping[str, str] | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, Any]]:
    """Return what `to_graph` makes its graph of: nodes, edges, and the graph's own attributes."""
    for table in (PEOPLE, MEASURES, STATUS_COLUMNS):
        check(people, table)
    need_network(network)
    kinds = some_of("kinds", kinds, KINDS)
    affiliations = some_of("affiliations", affiliations, AFFILIATIONS)
    moment = network.as_of if as_of is None else instant(as_of)
    people = people.reset_index(drop=True)
    if people["person_id"].duplicated().any():
        raise TableError("people: a 'person_id' is there twice. Give what nq.assess returned.")
    source = Source(network, people, moment, places_among(network, people, called))
    people = people.assign(is_colleague_then=colleagues_then(source))
    source = source._replace(people=people)
    owner = free_key(OWNER, people["person_id"])
    more_nodes, belongs = belonging(source, owner, affiliations)
    employer = source.places.of(people["company"])["place"]
    person = people.assign(
        node_id=people["person_id"], kind="person", employer=employer,
        depth=people["depth"].astype("str"),
    )  # fmt: skip
    own = pd.DataFrame({"node_id": [owner], "kind": ["owner"]})
    nodes = typed(NODES, pd.concat([own, person, *more_nodes], ignore_index=True))
    ties, too_large = _ties(source, owner, kinds)
    edges = typed(EDGES, pd.concat([pd.DataFrame(), *ties, *belongs], ignore_index=True))
    if not network.has_messages:  # who was in a conversation is not known
        kinds = [kind for kind in kinds if kind != "group_thread"]
    asked = ",".join(kind for kind in KINDS if kind in kinds)
    return nodes, edges, {"as_of": moment.isoformat(), "kinds": asked, **too_large}


# -- edges ----------------------------------------------------------------------------------------


def _ties(
    source: Source, owner: str, kinds: Collection[str]
) -> tuple[list[pd.DataFrame], dict[str, int]]:
    """Return tables of ties, one row per pair, and what was left out as too large."""
    parts = [_own(source.people).assign(one_id=owner)] if "owner" in kinds else []
    found, too_large = {}, {}
    for kind, groups_of in GROUPS.items():
        if kind in kinds:
            found[kind], count, person_count = pairs_of(kind, groups_of(source))
            too_large[f"{kind}_too_large_count"] = count
            too_large[f"{kind}_too_large_person_count"] = person_count
    if found:
        parts.append(_between(source.people, found))
    return parts, too_large


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
        other_id=tied["person_id"], kinds=kinds,
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
