"""The tables as a networkx graph, every edge with the evidence for it."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from netquality.network import instant, need_network
from netquality.tables import MEASURES, PEOPLE, STATUS_COLUMNS, check

if TYPE_CHECKING:
    from datetime import date

    import networkx as nx

    from netquality.network import Network

__all__ = ["OWNER", "to_graph"]

OWNER: Final = "owner"
"""The key of the owner's node."""

_OF_EDGE: Final = (
    "status", "contact_days", "mutual_contact_days", "first_talk_at", "last_talk_at",
)  # fmt: skip
_NOT_OF_NODE: Final = (*MEASURES.dtypes, *STATUS_COLUMNS.dtypes, "email")


def to_graph(
    network: Network,
    people: pd.DataFrame,
    *,
    as_of: str | date | pd.Timestamp | None = None,
) -> nx.Graph[str]:
    """Return the network as a graph of the owner and every person.

    Parameters
    ----------
    network : Network
    people : pandas.DataFrame
        As `netquality.assess` returns it.
    as_of : str, date or Timestamp, optional
        The date at which `people` were judged; `network.as_of` by default. Group conversations
        that began later are left out.

    Returns
    -------
    networkx.Graph
        A node per row of `people`, keyed by `person_id`, and ``"owner"``. Each edge has `kinds`,
        its sources in alphabetical order joined by ``,``:

        - ``owner``: between the owner and a connection, or anybody there was talk with; with
          `status`, `contact_days`, `mutual_contact_days`, `first_talk_at`, `last_talk_at`;
        - ``group_thread``: between two people who were in the same group conversations; with
          `group_thread_count`. What lies between others is hinted at, never known.

        Attributes are plain values under the columns' names, instants as ISO text; what is
        missing is absent.

    Raises
    ------
    TableError
        When `people` is no such table.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> people = nq.assess(network)
    >>> graph = nq.to_graph(network, people)
    >>> graph.number_of_nodes() == len(people) + 1
    True
    """
    import networkx as nx  # noqa: PLC0415 - loads when used

    for table in (PEOPLE, MEASURES, STATUS_COLUMNS):
        check(people, table)
    need_network(network)
    moment = network.as_of if as_of is None else instant(as_of)
    graph: nx.Graph[str] = nx.Graph(as_of=moment.isoformat())
    graph.add_node(OWNER, kind="owner")
    of_node = [name for name in people.columns if name not in (*_NOT_OF_NODE, "person_id")]
    for key, attributes in zip(people["person_id"], _plain(people[of_node]), strict=True):
        graph.add_node(key, kind="person", **attributes)
    tied = people[people["is_connection"] | people["status"].notna()]
    for key, attributes in zip(tied["person_id"], _plain(tied[list(_OF_EDGE)]), strict=True):
        graph.add_edge(OWNER, key, kinds="owner", **attributes)
    begun = network.interactions.loc[network.interactions["at"] <= moment, "thread_id"].unique()
    present = network.participants[network.participants["person_id"].isin(people["person_id"])]
    present = present[present["thread_id"].isin(begun)]
    for _, members in present.groupby("thread_id", sort=True)["person_id"]:
        for one, other in combinations(sorted(members), 2):
            shared = graph.get_edge_data(one, other, {}).get("group_thread_count", 0)
            graph.add_edge(one, other, kinds="group_thread", group_thread_count=shared + 1)
    return graph


def _plain(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return each row as plain Python values, without what is missing."""
    columns = {str(name): [_value(value) for value in table[name]] for name in table}
    return [
        {name: value for name, value in zip(columns, row, strict=True) if value is not None}
        for row in zip(*columns.values(), strict=True)
    ]


def _value(value: Any) -> Any:
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat() if value.tzinfo is None else value.isoformat()
    return value.item() if hasattr(value, "item") else value
