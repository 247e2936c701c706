"""Where everybody stands in a picture: a disc per community, and a quiet ring around all of them.

A layout by springs takes over a minute for 5,000 people and says little that communities do not.
Here each community is a disc that is packed as near as there is room to those it is tied to; in it
the people with most contact stand in the middle, those without a conversation around them, and who
stands between two communities at the rim that faces the other. Whoever is in no community and was
never talked with stands in the ring, by the day of connecting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd

from netquality.errors import TableError
from netquality.graph.contents import ties_of
from netquality.graph.packing import pack

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from netquality.graph.findings import GraphMeasures

__all__ = ["NO_COMMUNITY", "Layout", "lay_out"]

NO_COMMUNITY: Final = 0
"""The disc of those who were talked with and are in no community."""
TALK: Final = ("active", "dormant", "brief")
DOT: Final = 3.0
"""The radius of somebody without a mutual contact day; the area grows by as much with each."""
_AIR: Final = 1.2
_FULL: Final = 0.57
"""How much of a disc is dots: more would overlap."""
_GOLDEN: Final = np.pi * (3 - np.sqrt(5))
_RELAXED: Final = 600
"""People up to which the dots of a disc are pushed apart, two by two."""
_ROUND: Final = 1.8 * np.pi
"""How much of a rim may be taken."""
_SPOTS: Final = 1_500
"""Places of a disc that a dot which is wedged in is offered."""


class Layout(NamedTuple):
    """Places in units of which the smallest dot is 3 in radius; the middle is (0, 0).

    Attributes
    ----------
    people : pandas.DataFrame
        `node_id`, `x`, `y`, `radius`, `community_id` (0 for `NO_COMMUNITY`) and `is_in_ring`; who
        is no connection, was not talked with and is in no community is left out.
    discs : pandas.DataFrame
        `community_id`, `x`, `y`, `radius`.
    ties : pandas.DataFrame
        `one` and `other`, communities, `one` below `other`, and `weight`, the sum of the ties
        between their people.
    radius : float
        Of the whole.
    """

    people: pd.DataFrame
    discs: pd.DataFrame
    ties: pd.DataFrame
    radius: float


def lay_out(
    people: pd.DataFrame, measures: GraphMeasures, *, margin: float = 20.0, dots: bool = True
) -> Layout:
    """Return where everybody stands.

    Parameters
    ----------
    people : pandas.DataFrame
        As `netquality.graph.contents.people_of` returns it.
    measures : GraphMeasures
        What `netquality.graph_measures` read from the same graph.
    margin : float
        Room around each disc, for its name.
    dots : bool
        Whether the people of a disc get places of their own, with which it is as large as they
        need; otherwise its area follows their number, and each of them stands in its middle.

    Examples
    --------
    >>> import netquality as nq
    >>> from netquality.graph.contents import people_of
    >>> network = nq.load_sample()
    >>> graph = nq.to_graph(network, nq.assess(network))
    >>> layout = lay_out(people_of(graph), nq.graph_measures(graph))
    >>> len(layout.discs), bool(layout.people["is_in_ring"].any())
    (16, True)
    """
    if set(measures.members["node_id"]) != set(people["node_id"]):
        raise TableError(
            "measures: are of another graph. Give what nq.graph_measures read from it."
        )
    members = measures.members.set_index("node_id").loc[people["node_id"]].reset_index(drop=True)
    label = members["community_id"].fillna(-1).to_numpy(np.intp)
    talked = people["status"].isin(TALK).to_numpy(bool)
    label[(label < 0) & talked] = NO_COMMUNITY
    days = people["mutual_contact_days"].fillna(0).to_numpy(np.float64)
    radius = DOT * np.sqrt(1 + days) if dots else np.full(len(people), DOT)
    ties = _between(measures, label)
    rank = np.lexsort((people["node_id"], ~talked, -days))
    inside = {
        number: rank[label[rank] == number] for number in np.unique(label[label >= 0]).tolist()
    }
    sizes = {number: _disc_radius(radius[who]) for number, who in inside.items()}
    discs = pack(sizes, ties, margin)
    other = members["other_community_id"].fillna(-1).to_numpy(np.intp)
    other[~members["is_broker"].to_numpy(bool)] = -1
    x, y = np.zeros(len(people)), np.zeros(len(people))
    at = discs.set_index("community_id")
    for number, who in inside.items():
        x[who], y[who] = at.loc[number, ["x", "y"]].to_numpy(np.float64)
        if dots:
            x[who], y[who] = _spots(number, who, other, at, sizes[number], radius)
    edge = float((np.hypot(discs["x"], discs["y"]) + discs["radius"]).max()) if len(discs) else 0.0
    ring = np.flatnonzero((label < 0) & people["is_connection"].fillna(value=False).to_numpy(bool))
    ring = ring[np.lexsort((people["node_id"].iloc[ring], people["connected_on"].iloc[ring]))]
    x[ring], y[ring], whole = _ring(len(ring), edge + margin)
    shown = np.concatenate([*inside.values(), ring]) if inside else ring
    placed = pd.DataFrame(
        {
            "node_id": people["node_id"],
            "x": x,
            "y": y,
            "radius": np.where(label < 0, DOT, radius),
            "community_id": label,
            "is_in_ring": label < 0,
        }
    ).iloc[np.sort(shown)]
    return Layout(placed.reset_index(drop=True), discs, ties, max(whole, edge))


def _spots(
    number: int,
    who: NDArray[np.intp],
    other: NDArray[np.intp],
    discs: pd.DataFrame,
    size: float,
    radius: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return where the people of a disc stand: in a spiral, brokers at the rim to the other one."""
    centre = discs.loc[number, ["x", "y"]].to_numpy(np.float64)
    rim = _fitting(np.flatnonzero(other[who] > 0), radius[who], size)
    local = _spiral(radius[who], size)
    local[rim] = _rim(who[rim], other, discs, centre, size, radius)
    spots: NDArray[np.float64] = (_apart(local, radius[who], size, fixed=rim) + centre).T
    return spots


def _between(measures: GraphMeasures, label: NDArray[np.intp]) -> pd.DataFrame:
    """Return the weight of all ties between the people of every two communities."""
    used = measures.coverage.loc[measures.coverage["is_used"], "kind"].tolist()
    ties = ties_of(measures.evidence, used)
    pairs = ties.other < len(ties.ids)
    ends = np.sort(np.stack([label[ties.one[pairs]], label[ties.other[pairs]]]), axis=0)
    table = pd.DataFrame({"one": ends[0], "other": ends[1], "weight": ties.weight[pairs]})
    table = table[(table["one"] != table["other"]) & (table["one"] >= 0)]
    return table.groupby(["one", "other"])["weight"].sum().reset_index()


def _disc_radius(radii: NDArray[np.float64]) -> float:
    area = ((radii + _AIR) ** 2).sum() / _FULL
    rim = 2 * (DOT + _AIR) if len(radii) > 1 else _AIR
    return float(max(np.sqrt(area), radii.max() + rim))


def _spiral(radii: NDArray[np.float64], size: float) -> NDArray[np.float64]:
    """Return places on a sunflower's spiral, the first in the middle, each with its own room."""
    own = (radii + _AIR) ** 2
    before = np.cumsum(own) - own
    far = np.sqrt(np.where(before > 0, before + own / 2, 0) / own.sum())
    far = np.minimum(far * size, size - radii - _AIR).clip(min=0)
    turn = np.arange(len(radii)) * _GOLDEN
    return np.stack([far * np.cos(turn), far * np.sin(turn)], axis=1)


def _fitting(rim: NDArray[np.intp], radii: NDArray[np.float64], size: float) -> NDArray[np.intp]:
    """Return those who have room side by side at the rim, the first before the others."""
    wide = 2 * np.arcsin(np.minimum((radii[rim] + _AIR) / np.maximum(size - radii[rim], 1e-9), 1))
    return rim[np.cumsum(wide) <= _ROUND]


def _rim(
    who: NDArray[np.intp],
    other: NDArray[np.intp],
    at: pd.DataFrame,
    centre: NDArray[np.float64],
    size: float,
    radius: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return places at the rim, each facing the other community, and side by side."""
    toward = at.loc[other[who], ["x", "y"]].to_numpy(np.float64) - centre
    turn = np.arctan2(toward[:, 1], toward[:, 0])
    far = (size - radius[who] - _AIR).clip(min=0)
    half = np.arcsin(np.minimum((radius[who] + _AIR) / np.maximum(far, 1e-9), 1))
    order = np.argsort(turn, kind="stable")
    turn, apart = turn[order], half[order] + np.roll(half[order], -1)
    for _ in range(200 if len(who) > 1 else 0):
        gap = np.append(np.diff(turn), turn[0] + 2 * np.pi - turn[-1])  # all the way round
        short = np.clip(apart - gap, 0, None) / 2
        if short.max() < 1e-3:  # noqa: PLR2004 - radians
            break
        turn = turn - short + np.roll(short, 1)
    turn = turn[np.argsort(order)]
    return np.stack([far * np.cos(turn), far * np.sin(turn)], axis=1)


def _apart(
    places: NDArray[np.float64],
    radii: NDArray[np.float64],
    size: float,
    *,
    fixed: NDArray[np.intp],
) -> NDArray[np.float64]:
    """Push dots apart that overlap, within their disc; those at the rim stay."""
    if not 1 < len(radii) <= _RELAXED:
        return places
    need = radii[:, None] + radii[None, :] + _AIR
    np.fill_diagonal(need, 0)
    room = (size - radii).clip(min=0)
    still = np.zeros(len(radii), bool)
    still[fixed] = True
    for _ in range(120):
        gap = places[:, None, :] - places[None, :, :]
        far = np.hypot(gap[..., 0], gap[..., 1])
        push = np.clip(need - far, 0, None)
        if push.max() < 0.05:  # noqa: PLR2004 - units
            break
        push *= 0.5 + 0.5 * still  # who cannot move must be moved away from
        step = (gap / np.maximum(far, 1e-9)[..., None] * push[..., None]).sum(axis=1)
        step[still] = 0
        places = places + np.clip(step, -4, 4)
        out = np.hypot(*places.T)
        places *= np.minimum(1, room / np.maximum(out, 1e-9))[:, None]
    return _settled(places, radii, room, need, still)


def _settled(
    places: NDArray[np.float64],
    radii: NDArray[np.float64],
    room: NDArray[np.float64],
    need: NDArray[np.float64],
    still: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """Move each dot that is still wedged in to the nearest free place of its disc, if there is one.

    The smallest go first.
    """
    places = places.copy()
    turn = np.arange(_SPOTS) * _GOLDEN
    spots = np.sqrt(np.arange(_SPOTS) / _SPOTS)[:, None] * np.stack([np.cos(turn), np.sin(turn)], 1)
    for at in np.lexsort((np.arange(len(radii)), radii)).tolist():
        far = np.hypot(*(places - places[at]).T)
        if still[at] or (need[at] - far).max() < _AIR:
            continue
        offered = spots * room[at]
        free = (np.hypot(*(offered[:, None] - places[None]).transpose(2, 0, 1)) >= need[at]).copy()
        free[:, at] = True
        good = offered[free.all(axis=1)]
        if len(good):
            places[at] = good[np.hypot(*(good - places[at]).T).argmin()]
    return places


def _ring(count: int, inner: float) -> tuple[NDArray[Any], NDArray[Any], float]:
    """Return places in a ring, clockwise from the top, and its outer radius."""
    if not count:
        return np.zeros(0), np.zeros(0), inner
    step = 2 * DOT + _AIR
    inner = max(inner, np.sqrt(count) * step * 0.6)  # no rows longer than the ring is wide
    rows = 1
    while -(-count // rows) > int(2 * np.pi * (inner + step / 2) / step):
        rows += 1
    # one row after the other would part the years: each angle takes a whole column
    per_row = -(-count // rows)
    number = np.arange(count)
    turn = np.pi / 2 - 2 * np.pi * (number // rows + (number % rows % 2) / 2) / per_row
    far = inner + (number % rows + 0.5) * step
    return far * np.cos(turn), far * np.sin(turn), float(inner + rows * step)


# -- packing --------------------------------------------------------------------------------------
