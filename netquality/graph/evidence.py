"""What speaks for a tie between two people: a table per kind of edge, each pair once.

Nothing here is known; it is hinted at. Two people in one group conversation, at one employer or at
one event may never have spoken. So each pair weighs the less the more people there were (Newman
2001, "Scientific collaboration networks II": 1 / (n - 1) each, so that everybody's ties of one
group add up to 1), and a group of more than `LARGEST` says nothing of any two of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from netquality.identity import company_keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from netquality.network import Network

__all__ = ["LARGEST", "PAIRS", "Pairs", "companies_of", "groups_in"]

LARGEST: Final = 50
"""A choice: of a group of more people nothing is said of each two. LinkedIn's group conversations
have 49 others at most, so what it keeps out are large employers and events: one of 3,000 would be a
clique of 4.5 million edges, each of which says nearly nothing. As a node of its own
(`affiliations`) it stays in the graph."""


class Pairs(NamedTuple):
    """Pairs of people with the evidence of one kind, and what was too large to say anything.

    Attributes
    ----------
    table : pandas.DataFrame
        `one` and `other`, positions in `people` with `one` below `other`, each pair once; and the
        columns of `netquality.tables.EDGES` that the kind fills.
    too_large : int
        Groups left out.
    """

    table: pd.DataFrame
    too_large: int


def _pairs(group: pd.Series, place: pd.Series) -> tuple[pd.DataFrame, int]:
    """Return every two of each group, with `group` and `weight`; and how many were too large.

    Parameters
    ----------
    group : pandas.Series
        Which group a row is of.
    place : pandas.Series of int
        Whose row it is.
    """
    rows = pd.DataFrame({"group": group, "place": place}).drop_duplicates()
    size = rows.groupby("group")["place"].transform("size")
    too_large = int(rows.loc[size > LARGEST, "group"].nunique())
    rows = rows.assign(weight=1 / (size - 1).clip(lower=1))[(size > 1) & (size <= LARGEST)]
    both = rows.merge(rows[["group", "place"]], on="group", suffixes=("", "_other"))
    both = both[both["place"] < both["place_other"]]
    return both.rename(columns={"place": "one", "place_other": "other"}), too_large


def group_threads(network: Network, people: pd.DataFrame, moment: pd.Timestamp) -> Pairs:
    """Return who was in the same group conversations, of those with a message by a date."""
    rows = groups_in(network, people, moment)
    both, too_large = _pairs(rows["thread_id"], rows["place"])
    table = both.groupby(["one", "other"])["weight"].agg(["size", "sum"]).reset_index()
    named = {"size": "group_thread_count", "sum": "group_thread_weight"}
    return Pairs(table.rename(columns=named), too_large)


def groups_in(network: Network, people: pd.DataFrame, moment: pd.Timestamp) -> pd.DataFrame:
    """Return `thread_id` and `place` of people in group conversations that had begun by a date."""
    begun = network.interactions.loc[network.interactions["at"] <= moment, "thread_id"].unique()
    rows = network.participants[network.participants["thread_id"].isin(begun)]
    place = pd.Index(people["person_id"]).get_indexer(pd.Index(rows["person_id"]))
    there = np.flatnonzero(place >= 0)
    return rows.iloc[there].assign(place=place[there])


def companies_of(people: pd.DataFrame) -> pd.DataFrame:
    """Return `place`, `key`, `company` (its most frequent spelling) and all its `spellings`."""
    rows = pd.DataFrame({"place": np.arange(len(people)), "said": people["company"].to_numpy()})
    rows = rows.dropna(subset="said").assign(key=lambda table: company_keys(table["said"]))
    rows = rows[rows["key"] != ""]
    counts = rows.groupby(["key", "said"]).size().rename("count").reset_index()
    order = counts.sort_values(["key", "count", "said"], ascending=[True, False, True])
    shown = order.drop_duplicates("key").set_index("key")["said"]
    spellings = counts.sort_values(["key", "said"]).groupby("key")["said"].agg(" | ".join)
    return rows.assign(company=rows["key"].map(shown), spellings=rows["key"].map(spellings))


def same_companies(network: Network, people: pd.DataFrame, moment: pd.Timestamp) -> Pairs:
    """Return whose profiles name the same employer today; there are no others."""
    del network, moment
    rows = companies_of(people)
    both, too_large = _pairs(rows["company"], rows["place"])
    named = {"group": "company", "weight": "same_company_weight"}
    return Pairs(both.rename(columns=named), too_large)


def same_events(network: Network, people: pd.DataFrame, moment: pd.Timestamp) -> Pairs:
    """Return who were connected within the same burst (`netquality.bursts`)."""
    del network, moment
    there = people["event_on"].notna().to_numpy(bool)
    place = pd.Series(np.arange(len(people)))[there].reset_index(drop=True)
    both, too_large = _pairs(people["event_on"][there].reset_index(drop=True), place)
    named = {"group": "event_on", "weight": "same_event_weight"}
    return Pairs(both.rename(columns=named), too_large)


PAIRS: Final[dict[str, Callable[[Network, pd.DataFrame, pd.Timestamp], Pairs]]] = {
    "group_thread": group_threads,
    "same_company": same_companies,
    "same_event": same_events,
}
"""The kinds of edges between two people, in the order in which they are put on an edge."""
