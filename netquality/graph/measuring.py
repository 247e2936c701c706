"""What can be read from the graph: communities, who stands between them, which have gone quiet."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from netquality.errors import SettingError
from netquality.graph.communities import OCCASIONS, find_communities
from netquality.graph.contents import contents_of, looked_for, ties_of
from netquality.graph.evidence import GROUPS
from netquality.graph.findings import GraphMeasures, caveat_of
from netquality.graph.naming import name_communities
from netquality.graph.roles import between, burt
from netquality.graph.standing import how_communities_stand
from netquality.rules import some_of
from netquality.tables import EDGE_SOURCES, MEMBERS, PARTITIONS, typed

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import networkx as nx

    from netquality.graph.communities import Partition
    from netquality.graph.contents import Contents, Evidence, Ties

__all__ = ["graph_measures", "measures_of"]

FEWEST_COVERED: Final = 0.5
"""A choice: Burt's measures count the ties that are not there, and where less than half of the
people you talked with were ever in a group conversation, most of what is not there is not known."""
_MOST: Final = 2**31
_TALK: Final = ("active", "dormant", "brief")


def graph_measures(
    graph: nx.Graph[str],
    *,
    kinds: Collection[str] = OCCASIONS,
    seed: int = 0,
    runs: int = 10,
) -> GraphMeasures:
    """Read from a graph which circles there are, who stands between them, and which went quiet.

    Parameters
    ----------
    graph : networkx.Graph
        As `netquality.to_graph` returned it.
    kinds : collection of str
        The evidence that ties two people: of ``group_thread``, ``colleagues``, ``same_event``
        (the default) and ``same_company``, which says where people are today and not where the
        owner met them; those that the graph was not asked for are not used.
    seed : int
        Of Louvain's method; the same graph and seed give the same communities.
    runs : int
        Louvain's method is run so often, with other seeds; the partition of the highest
        modularity is kept, and `stability` says how much of it comes out each time.

    Returns
    -------
    GraphMeasures

    Raises
    ------
    TableError
        When it is no such graph.
    SettingError
        When a kind is none of those, or `seed` or `runs` is no such number.

    Notes
    -----
    Communities are looked for on the graph without the owner. An employer or event of more than
    50 people, of which `to_graph` makes no pairs, counts as one node that each of them is tied to
    with weight 1: as much as the pairs would have added up to, so that a company of 3,000 is 3,000
    ties.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> found = nq.graph_measures(nq.to_graph(network, nq.assess(network)))
    >>> found.communities.loc[found.communities["is_quiet"], "name"].tolist()[:1]
    ['Around Larkfield Instruments']
    """
    return measures_of(contents_of(graph), kinds=kinds, seed=seed, runs=runs)


def measures_of(
    contents: Contents,
    *,
    kinds: Collection[str] = OCCASIONS,
    seed: int = 0,
    runs: int = 10,
) -> GraphMeasures:
    """Return what `graph_measures` does, of a graph that was read already."""
    for name, given, least in (("seed", seed, 0), ("runs", runs, 1)):
        if isinstance(given, bool) or not isinstance(given, int) or not least <= given < _MOST:
            raise SettingError(f"{name}: is {given!r}. Give a whole number, {least} or more.")
    asked = looked_for(contents.about)
    used = tuple(kind for kind in some_of("kinds", kinds, tuple(GROUPS)) if kind in asked)
    people, evidence = contents.people, contents.evidence
    ties = ties_of(evidence, used)
    found = find_communities(ties, seed=seed, runs=runs)
    group_ties = ties_of(evidence, ("group_thread",))
    talked = people["status"].isin(_TALK).to_numpy(bool)
    covered = _share(_tied(group_ties)[talked]) if "group_thread" in asked else None
    members = _members(people, ties, found, group_ties, is_enough=_is_enough(covered))
    names = name_communities(people, members)
    communities = how_communities_stand(people, members, names, found.stability, group_ties)
    constraint, effective = _own_burt(group_ties, talked) if _is_enough(covered) else (None, None)
    order = pd.Index(people["node_id"]).get_indexer(pd.Index(contents.keys))
    caveat = caveat_of(used)
    members = members.iloc[order].reset_index(drop=True)
    coverage = _coverage(contents.about, evidence, used, asked)
    for table in (members, communities, coverage):
        table.attrs["caveat"] = caveat  # it goes wherever a table goes
    return GraphMeasures(
        members=members,
        communities=communities,
        coverage=coverage,
        constraint=constraint,
        effective_size=effective,
        group_coverage=covered,
        modularity=None if np.isnan(found.modularity) else round(found.modularity, 9) + 0.0,
        caveat=caveat,
        evidence=evidence,
        _compare=partial(_partitions, evidence, used, asked, found, seed),
    )


def _members(
    people: pd.DataFrame, ties: Ties, found: Partition, group_ties: Ties, *, is_enough: bool
) -> pd.DataFrame:
    own = between(ties, found.label)
    constraint, effective = (np.full(len(people), np.nan) for _ in range(2))
    if is_enough:
        constraint, effective = burt(len(people), group_ties.one, group_ties.other)
    label = pd.Series(found.label[: len(people)], dtype="Int64")
    other = pd.Series(own["other_community_id"], dtype="Int64")
    has_other = other > 0
    ends = np.concatenate([group_ties.one, group_ties.other])
    columns: dict[str, Any] = {
        "node_id": people["node_id"],
        "community_id": label.mask(label == 0),
        **own,
        "participation": own["participation"],
        "other_community_id": other.mask(~has_other),
        "other_share": pd.Series(own["other_share"]).mask(~has_other),
        "other_tie_count": pd.Series(own["other_tie_count"], dtype="Int64").mask(~has_other),
        "group_thread_tie_count": np.bincount(ends, minlength=len(people)),
        "constraint": constraint,
        "effective_size": effective,
    }
    return typed(MEMBERS, pd.DataFrame(columns))


def _known(value: float) -> float | None:
    return None if np.isnan(value) else value


def _share(flags: np.ndarray) -> float | None:
    return float(flags.mean()) if len(flags) else None


def _is_enough(covered: float | None) -> bool:
    return covered is not None and covered >= FEWEST_COVERED


def _tied(ties: Ties) -> np.ndarray:
    """Return who has a tie at all, or is in a large group."""
    ends = np.concatenate([ties.one, ties.other])
    return np.bincount(ends, minlength=len(ties.ids))[: len(ties.ids)] > 0


def _own_burt(ties: Ties, talked: np.ndarray) -> tuple[float | None, float | None]:
    """Return Burt's measures of the owner among the people talked with who were in some group."""
    alters = np.flatnonzero(talked & _tied(ties))
    number = np.full(len(talked) + len(ties.members), -1, np.intp)
    number[alters] = np.arange(len(alters))
    inside = (number[ties.one] >= 0) & (number[ties.other] >= 0)
    owner = np.full(len(alters), len(alters), np.intp)
    one = np.concatenate([number[ties.one[inside]], np.arange(len(alters))])
    other = np.concatenate([number[ties.other[inside]], owner])
    constraint, effective = burt(len(alters) + 1, one, other)
    return _known(float(constraint[-1])), _known(float(effective[-1]))


# -- where the ties come from ---------------------------------------------------------------------


def _coverage(
    about: Mapping[str, Any], evidence: Evidence, used: Collection[str], asked: Collection[str]
) -> pd.DataFrame:
    """Return how many pairs and people each kind of evidence accounts for."""
    kinds_of = sum((weight > 0).astype(np.intp) for weight in evidence.weights.values())
    size = len(evidence.ids)
    rows = [
        {
            "kind": kind,
            "is_used": kind in used,
            "edge_count": int((weight > 0).sum()),
            "only_here_count": int(((weight > 0) & (kinds_of == 1)).sum()),
            "person_count": (count := int(_tied(ties_of(evidence, (kind,))).sum())),
            "person_share": count / size if size else pd.NA,
            "too_large_count": about.get(f"{kind}_too_large_count", pd.NA)
            if kind == "group_thread" else len(evidence.large[kind]),
            "too_large_person_count": about.get(f"{kind}_too_large_person_count", pd.NA)
            if kind == "group_thread" else sum(map(len, evidence.large[kind])),
        }
        for kind, weight in evidence.weights.items()
    ]  # fmt: skip
    table = typed(EDGE_SOURCES, pd.DataFrame(rows))
    unknown = ~table["kind"].isin(asked)
    figures = [name for name in EDGE_SOURCES.dtypes if name not in {"kind", "is_used"}]
    table[figures] = table[figures].mask(unknown)
    return table


def _partitions(
    evidence: Evidence,
    used: tuple[str, ...],
    asked: tuple[str, ...],
    found: Partition,
    seed: int,
) -> pd.DataFrame:
    """Return how the communities change when evidence is left out, alone, or added."""
    from sklearn.metrics import adjusted_rand_score  # noqa: PLC0415 - loads when used

    without = [tuple(kind for kind in used if kind != left) for left in used] if used[1:] else []
    alone = [(kind,) for kind in asked]
    sets = dict.fromkeys([used, *without, *alone, asked])
    rows = []
    for kinds in sets:
        ties = ties_of(evidence, kinds)
        part = found if kinds == used else find_communities(ties, seed=seed, runs=1)
        mine, theirs = part.label[: len(ties.ids)], found.label[: len(ties.ids)]
        both = (mine > 0) & (theirs > 0)
        rows.append(
            {
                "kinds": ",".join(kinds),
                "community_count": int(mine.max(initial=0)),
                "person_count": int((mine > 0).sum()),
                "modularity": pd.NA if np.isnan(part.modularity) else part.modularity,
                "both_count": int(both.sum()),
                "adjusted_rand": adjusted_rand_score(theirs[both], mine[both])
                if both.any()
                else pd.NA,
            }
        )
    return typed(PARTITIONS, pd.DataFrame(rows))
