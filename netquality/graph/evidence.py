"""What speaks for a tie between two people: who was in which group, and each two of them once.

Nothing here is known; it is hinted at. Two people in one group conversation, at one employer or at
one event may never have spoken. So each pair weighs the less the more people there were (Newman
2001, "Scientific collaboration networks II": 1 / (n - 1) each, so that everybody's ties of one
group add up to 1), and a group of more than `LARGEST` says nothing of any two of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from netquality.origins import colleagues_on, names_it

if TYPE_CHECKING:
    from collections.abc import Callable

    from netquality.network import Network
    from netquality.places import Places

__all__ = [
    "GROUPS",
    "LARGEST",
    "LARGEST_THREAD",
    "Groups",
    "Source",
    "colleagues_then",
    "companies_of",
    "pairs_of",
    "schools_of",
]

LARGEST: Final = 50
"""A choice: of an employer or event of more people nothing is said of each two. One of 3,000 would
be a clique of 4.5 million edges, each of which says nearly nothing. As a node of its own
(`affiliations`) it stays in the graph, and `graph_measures` counts it as one."""
LARGEST_THREAD: Final = 250
"""A choice: LinkedIn lets 50 people into a group conversation at a time; over the years more may
have come and gone. One of more people than this is no group, and left out."""


class Source(NamedTuple):
    """What the evidence is read from."""

    network: Network
    people: pd.DataFrame
    moment: pd.Timestamp
    places: Places


class Groups(NamedTuple):
    """Who was in which groups of one kind.

    Attributes
    ----------
    table : pandas.DataFrame
        `group` and `place`, a position in `people`; each pair once.
    column : str or None
        The column of `netquality.tables.EDGES` that names the group; where there is none, two
        people may share several, and they are counted.
    """

    table: pd.DataFrame
    column: str | None


def pairs_of(kind: str, groups: Groups) -> tuple[pd.DataFrame, int, int]:
    """Return every two people of each group, and how many groups and people were left out.

    Parameters
    ----------
    kind : str
        Of `GROUPS`.
    groups : Groups

    Returns
    -------
    pandas.DataFrame
        `one` and `other`, positions in `people` with `one` below `other`, each pair once; and the
        columns of `netquality.tables.EDGES` that the kind fills.
    int, int
        Groups too large to say anything of each two, and the people in them.
    """
    rows = groups.table
    most = LARGEST_THREAD if groups.column is None else LARGEST
    size = rows.groupby("group")["place"].transform("size")
    large = rows[size > most]
    rows = rows.assign(weight=1 / (size - 1).clip(lower=1))[(size > 1) & (size <= most)]
    both = rows.merge(rows[["group", "place"]], on="group", suffixes=("", "_other"))
    both = both[both["place"] < both["place_other"]]
    both = both.rename(columns={"place": "one", "place_other": "other"})
    weight = f"{kind}_weight"
    if groups.column is None:
        each = both.groupby(["one", "other"])["weight"].agg(["size", "sum"]).reset_index()
        table = each.rename(columns={"size": f"{kind}_count", "sum": weight})
    else:
        table = both.rename(columns={"group": groups.column, "weight": weight})
    return table, int(large["group"].nunique()), int(large["place"].nunique())


def _group_threads(source: Source) -> Groups:
    """Return who was in the same group conversations, of those with a message by the date.

    Whose own first message there, or the first to them, is later was not there yet.
    """
    network = source.network
    dated = network.interactions[["thread_id", "person_id", "at"]]
    dated = dated[dated["thread_id"].isin(network.participants["thread_id"])]
    begun = dated.loc[dated["at"] <= source.moment, "thread_id"].unique()
    rows = network.participants[network.participants["thread_id"].isin(begun)]
    first = dated.groupby(["thread_id", "person_id"])["at"].min().rename("first").reset_index()
    came = rows.merge(first, how="left", on=["thread_id", "person_id"])["first"]
    rows = rows[~(came > source.moment).to_numpy(bool)]
    place = pd.Index(source.people["person_id"]).get_indexer(pd.Index(rows["person_id"]))
    return _groups(rows["thread_id"].to_numpy()[place >= 0], place[place >= 0], None)


def _same_companies(source: Source) -> Groups:
    """Return whose profiles name the same employer today; there are no others."""
    rows = companies_of(source.people, source.places)
    return _groups(rows["employer"], rows["place"], "company")


def _colleagues(source: Source) -> Groups:
    """Return who was at one employer of the owner's when the owner was.

    Both name it as employer today, and both were connected while the owner worked there.
    """
    rows = companies_of(source.people, source.places)
    were = colleagues_then(source).fillna(value=False).to_numpy(bool)
    rows = rows[were[rows["place"]]]
    return _groups(rows["employer"], rows["place"], "colleagues_company")


def _same_events(source: Source) -> Groups:
    """Return who were connected within the same burst (`netquality.bursts`)."""
    event = source.people["event_on"].reset_index(drop=True).dropna()
    return _groups(event, event.index, "event_on")


def _groups(group: object, place: object, column: str | None) -> Groups:
    table = pd.DataFrame({"group": np.asarray(group), "place": np.asarray(place, np.intp)})
    return Groups(table.drop_duplicates(ignore_index=True), column)


GROUPS: Final[dict[str, Callable[[Source], Groups]]] = {
    "group_thread": _group_threads,
    "colleagues": _colleagues,
    "same_company": _same_companies,
    "same_event": _same_events,
}
"""The kinds of ties between two people, in the order in which they are put on an edge."""


def colleagues_then(source: Source) -> pd.Series:
    """Return who was connected while the owner worked for the employer they have now.

    As `is_colleague_then` of the measures, but by the places that spellings mean.
    """
    jobs = source.network.positions
    jobs = jobs.assign(company_key=source.places.of(jobs["company"])["key"])
    jobs = jobs[jobs["company_key"].notna()]
    keys = source.places.of(source.people["company"])["key"]
    return colleagues_on(jobs, keys, source.people["connected_on"].where(
        ~(source.people["connected_on"] > source.moment.tz_localize(None)))
    ).mask(source.people["company"].isna())  # fmt: skip


# -- where people are -----------------------------------------------------------------------------


def companies_of(people: pd.DataFrame, places: Places) -> pd.DataFrame:
    """Return `place` of each person who names an employer, its `key`, and `employer`, its name."""
    named = places.of(people["company"])
    rows = pd.DataFrame({
        "place": np.arange(len(people)),
        "key": named["key"].to_numpy(),
        "employer": named["place"].to_numpy(),
    })  # fmt: skip
    return rows.dropna(subset="key").reset_index(drop=True)


def schools_of(network: Network, people: pd.DataFrame, places: Places) -> pd.DataFrame:
    """Return `place` of each person whose profile names a school of the owner's; `key`, `school`.

    Students and teachers name it as employer, or in the position.
    """
    own = network.education["school"].dropna().drop_duplicates()
    known = places.of(own).assign(said=own).dropna(subset="key")
    employer = places.of(people["company"])["key"].to_numpy()
    found = []
    for key, school, said in known[["key", "place", "said"]].itertuples(index=False):
        there = (employer == key) | names_it(people["position"], said)
        found += [(place, key, school) for place in np.flatnonzero(there).tolist()]
    rows = pd.DataFrame(found, columns=["place", "key", "school"])
    rows = rows.astype({"place": "int64", "key": "str", "school": "str"})
    return rows.drop_duplicates(["place", "key"], ignore_index=True)
