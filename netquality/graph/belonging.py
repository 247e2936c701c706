"""Companies, schools and events as nodes of a second kind, and who belongs to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from netquality.graph.evidence import companies_of, schools_of
from netquality.origins import held_at
from netquality.words import day_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from netquality.graph.evidence import Source

__all__ = ["AFFILIATIONS", "belonging", "free_key"]

AFFILIATIONS = ("company", "school", "event")
"""The kinds of nodes that are no people."""


class _Kind(NamedTuple):
    """One kind of such nodes: its table of nodes, and pairs of a person and a node."""

    nodes: pd.DataFrame
    people: pd.DataFrame  # place, node_id
    own: Iterable[str]
    said: str


def belonging(
    source: Source, owner: str, affiliations: Collection[str]
) -> tuple[list[pd.DataFrame], list[pd.DataFrame]]:
    """Return tables of such nodes, and of the edges of people and the owner to them.

    Parameters
    ----------
    source : Source
    owner : str
        The key of the owner's node.
    affiliations : collection of str
        Of `AFFILIATIONS`. A school at which people work is no company as well.
    """
    schools = _schools(source)
    made = {"school": schools, "company": _companies(source), "event": _events(source)}
    if "school" in affiliations:
        known = schools.nodes["node_id"].str.removeprefix("school:")
        made["company"] = _without(made["company"], "company:" + known)
    ids = source.people["person_id"].to_numpy(object)
    taken = source.people["person_id"]
    taken = taken[taken.str.contains(":")]
    nodes, edges = [], []
    for kind in AFFILIATIONS:
        if kind in affiliations:
            one = made[kind]
            keys = {key: free_key(key, taken) for key in one.nodes["node_id"]}
            nodes.append(one.nodes.assign(kind=kind, node_id=one.nodes["node_id"].map(keys)))
            own = sorted(keys[key] for key in {*one.own} & {*keys})
            edges.append(pd.DataFrame({"one_id": owner, "other_id": own, "kinds": one.said}))
            ends = {"one_id": ids[one.people["place"]], "other_id": one.people["node_id"].map(keys)}
            edges.append(pd.DataFrame({**ends, "kinds": one.said}))
    return nodes, edges


def free_key(key: str, taken: pd.Series) -> str:
    """Return a key that nobody has, with colons behind it where it needs them.

    Examples
    --------
    >>> free_key("owner", pd.Series(["ana", "owner"], dtype="str"))
    'owner:'
    """
    while (taken == key).any():
        key += ":"
    return key


def _companies(source: Source) -> _Kind:
    """Return the employers of today; the owner's own where somebody else is there too."""
    rows = companies_of(source.people, source.places)
    rows = rows.assign(node_id="company:" + rows["key"], name=rows["employer"])
    jobs = source.network.positions
    held = jobs["company"][held_at(jobs, [source.moment])[0]]
    own = "company:" + source.places.of(held)["key"].dropna()
    return _Kind(_counted(rows, source), rows, own, "works_at")


def _schools(source: Source) -> _Kind:
    """Return the schools that the owner lists, and whose profile names one."""
    rows = schools_of(source.network, source.people, source.places)
    rows = rows.assign(node_id="school:" + rows["key"], name=rows["school"])
    listed = source.places.of(source.network.education["school"]).dropna().drop_duplicates()
    listed = listed.assign(node_id="school:" + listed["key"], name=listed["place"])
    nodes = _counted(pd.concat([rows, listed.drop(columns="place")]), source)
    return _Kind(nodes, rows, listed["node_id"], "at_school")


def _events(source: Source) -> _Kind:
    """Return the bursts of connections, and who was connected in one."""
    day = source.people["event_on"].reset_index(drop=True).dropna()
    ids = ("event:" + day.dt.strftime("%Y-%m-%d")).astype("str")
    rows = pd.DataFrame({"place": day.index, "node_id": ids.to_numpy(), "day": day.to_numpy()})
    nodes = rows.groupby("node_id").agg(person_count=("place", "count"), day=("day", "first"))
    name = [f"Burst of connections from {day_text(one)}" for one in nodes["day"]]
    return _Kind(nodes.assign(name=name).reset_index(), rows, (), "met_at")


def _counted(rows: pd.DataFrame, source: Source) -> pd.DataFrame:
    """Return a row per place, with how many people are there and how it is spelt."""
    spelt = source.places.table.sort_values("said").groupby("key")["said"].agg(" | ".join)
    nodes = rows.groupby("node_id").agg(
        key=("key", "first"), name=("name", "first"), person_count=("place", "count")
    )
    return nodes.assign(spellings=nodes["key"].map(spelt)).drop(columns="key").reset_index()


def _without(kind: _Kind, node_ids: pd.Series) -> _Kind:
    nodes, people = (table[~table["node_id"].isin(node_ids)] for table in (kind.nodes, kind.people))
    return kind._replace(nodes=nodes, people=people)
