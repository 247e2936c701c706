"""What was read from a graph, and what it comes to in a few sentences."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from netquality.tables import PARTITIONS, empty
from netquality.words import plural, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pandas as pd

    from netquality.graph.contents import Evidence

__all__ = ["SHARED", "GraphMeasures", "caveat_of"]

SHARED: Final = {
    "group_thread": "a group conversation",
    "colleagues": "an employer of yours",
    "same_event": "a burst of connecting",
    "same_company": "an employer today",
}
"""What the people of a pair have in common, by the kind of tie."""


def caveat_of(kinds: Iterable[str]) -> str:
    """Return what no figure can know that rests on ties of these kinds.

    Examples
    --------
    >>> caveat_of(["group_thread"]).split(";")[0]
    'Ties between others are inferred from what they share (a group conversation)'
    """
    shared = ", ".join(words for kind, words in SHARED.items() if kind in kinds) or "nothing here"
    return (
        f"Ties between others are inferred from what they share ({shared}); whether they know each "
        "other, the export cannot say. Who shares nothing of the kind is in no circle here, and "
        "may be in many."
    )


_PROVEN: Final = 0.05
_NEARLY_ALL: Final = 2 / 3
LONGEST: Final = 80
"""Letters of a name in a sentence."""


@dataclass(frozen=True)
class GraphMeasures:
    """What was read from a graph. Every figure rests on inferred ties: `caveat` says so.

    Each table bears it too, in ``attrs["caveat"]``.

    Attributes
    ----------
    members : pandas.DataFrame
        A row per person, as `netquality.tables.MEMBERS`, in the order of the graph.
    communities : pandas.DataFrame
        A row per community, the largest first, as `netquality.tables.COMMUNITIES`.
    coverage : pandas.DataFrame
        A row per kind of evidence, as `netquality.tables.EDGE_SOURCES`.
    constraint, effective_size : float or None
        Burt's measures of the owner's own network: the people the owner talked with, tied to each
        other by group conversations alone. None where these cover too few.
    group_coverage : float or None
        Of the people the owner talked with, the share who were ever in a group conversation with
        the owner; below one half, Burt's measures are missing. None without any talk.
    modularity : float or None
        Of the communities; None without ties.
    caveat : str
        What no figure here can know.
    evidence : Evidence
        What ties people, as it was read from the graph: for the pictures of it.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> found = nq.graph_measures(nq.to_graph(network, nq.assess(network)))
    >>> found.members["community_id"].nunique() == len(found.communities)
    True
    """

    members: pd.DataFrame = field(repr=False)
    communities: pd.DataFrame = field(repr=False)
    coverage: pd.DataFrame = field(repr=False)
    constraint: float | None
    effective_size: float | None
    group_coverage: float | None
    modularity: float | None
    caveat: str = field(repr=False)
    evidence: Evidence = field(repr=False, compare=False)
    _compare: Callable[[], pd.DataFrame] | None = field(default=None, repr=False, compare=False)

    @cached_property
    def partitions(self) -> pd.DataFrame:
        """How the communities change with the evidence, as `netquality.tables.PARTITIONS`.

        The first row is the one given; then the evidence is left out kind by kind, taken alone, and
        all together. It is worked out when it is first asked for.
        """
        return empty(PARTITIONS) if self._compare is None else self._compare()

    def sentences(self) -> list[str]:
        """Return the findings in a few sentences, the caveat last.

        Examples
        --------
        >>> import netquality as nq
        >>> network = nq.load_sample()
        >>> found = nq.graph_measures(nq.to_graph(network, nq.assess(network)))
        >>> found.sentences()[-1] == found.caveat
        True
        """
        return [*_found(self), *_quiet(self), *_between(self), *_openness(self), self.caveat]


def _found(measures: GraphMeasures) -> list[str]:
    total = len(measures.members)
    if not len(measures.communities):
        return [f"No circle was found among {plural(total, 'person', 'people')}."]
    count = int(measures.members["community_id"].notna().sum())
    sizes = measures.communities["person_count"]
    among = f"{count:,} of {plural(total, 'person', 'people')}"
    if len(sizes) == 1:
        told = f"{among} are in one circle"
    else:
        span = f"{sizes.min():,} to {sizes.max():,}" if sizes.min() < sizes.max() else sizes.max()
        told = f"{among} are in {len(sizes):,} circles of {span}"
    return [
        f"{told}; of the others too little is on file to tell." if count < total else f"{told}."
    ]


def _quiet(measures: GraphMeasures) -> list[str]:
    table = measures.communities
    rows: Any = table[table["is_quiet"]].itertuples(index=False)
    return [
        f"A world gone quiet: {_cut(row.name)}. The {row.resting_count} relationships there have "
        f"come to rest{_by_chance(row.quiet_chance)}{_but(row)}."
        for row in rows
    ]


def _cut(name: str) -> str:
    shown = printable(name)
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"


def _by_chance(chance: float) -> str:
    if chance < _PROVEN:
        return ""
    if chance > _NEARLY_ALL:
        return ", as nearly all of yours have"
    return f", which chance alone would bring about one time in {round(1 / chance)}"


def _but(row: Any) -> str:
    """Say who is in touch all the same, as they stand between this circle and another."""
    awake = row.in_touch_count - row.inner_in_touch_count
    if not awake:
        return ""
    who, verb = ("one person", "stands") if awake == 1 else (f"{awake} people", "stand")
    return f"; {who} you are in touch with {verb} between it and another circle"


def _between(measures: GraphMeasures) -> list[str]:
    count = int(measures.members["is_broker"].sum())
    verb = "stands" if count == 1 else "stand"
    return [f"{plural(count, 'person', 'people')} {verb} between two circles."] if count else []


def _openness(measures: GraphMeasures) -> list[str]:
    if measures.effective_size is None or measures.group_coverage is None:
        return []
    covered = (
        f"Going by group conversations alone, which {measures.group_coverage * 100:.0f} % of those "
        f"you talked with were in, "
    )
    count = round(measures.effective_size)
    alone = " none of whom know each other" if count > 1 else ""
    like = f"they count like {plural(count, 'person', 'people')}{alone}"
    return [f"{covered}{like} (Burt's effective size; constraint {measures.constraint:.2f})."]
