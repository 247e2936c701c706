"""How the owner stands with each community: reach, what is in touch, what has gone quiet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from netquality.rates import wilson
from netquality.status import LABELS
from netquality.tables import COMMUNITIES, typed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from netquality.graph.contents import Ties

__all__ = ["how_communities_stand"]

FEWEST: Final = 3
"""A choice: so many relationships make a world that can go quiet."""


def how_communities_stand(
    people: pd.DataFrame,
    members: pd.DataFrame,
    names: pd.DataFrame,
    stability: NDArray[np.float64],
    group_ties: Ties,
) -> pd.DataFrame:
    """Return the table of communities, as `netquality.tables.COMMUNITIES`.

    Parameters
    ----------
    people : pandas.DataFrame
        As `netquality.graph.contents.people_of` returns it.
    members : pandas.DataFrame
        As `netquality.tables.MEMBERS`, in the same order.
    names : pandas.DataFrame
        As `netquality.graph.naming.name_communities` returns it.
    stability : numpy.ndarray of float
        Of each community, from 1.
    group_ties : Ties
        From group conversations alone: who can make two others known to each other.
    """
    in_touch, rests = (
        (people["status"] == status).fillna(value=False).to_numpy(bool)
        for status in ("active", "dormant")
    )
    by_word = people["status_shown"].str.startswith(LABELS["active"]).fillna(value=False)
    label = members["community_id"].fillna(0).to_numpy(np.intp)
    count = len(names)

    def counted(flags: NDArray[np.bool_]) -> NDArray[np.intp]:
        return np.bincount(label[flags], minlength=count + 1)[1:]

    everybody = np.ones(len(people), bool)
    sizes, awake, resting = counted(everybody), counted(in_touch), counted(rests)
    low, high = wilson(awake, sizes)
    inner = ~members["is_broker"].to_numpy(bool)  # others may be in touch from another circle
    at_hand = counted(in_touch & inner)
    is_quiet = (resting >= FEWEST) & (counted((in_touch | by_word.to_numpy(bool)) & inner) == 0)
    whole = int(rests.sum()), int((in_touch & inner).sum())
    quiet = [
        _all_rest(*whole, number) if flag else None
        for flag, number in zip(is_quiet.tolist(), resting.tolist(), strict=True)
    ]
    connected = people["connected_on"].groupby(label)
    first, last = connected.quantile(0.1), connected.quantile(0.9)
    within = range(1, count + 1)
    columns: dict[str, Any] = {
        **{str(name): column.array for name, column in names.items()},
        "person_count": sizes,
        "connection_count": counted(people["is_connection"].fillna(value=False).to_numpy(bool)),
        "first_connected_on": first.reindex(within).dt.normalize().array,
        "last_connected_on": last.reindex(within).dt.normalize().array,
        "in_touch_count": awake,
        "in_touch_share": awake / np.maximum(sizes, 1),
        "in_touch_low": low,
        "in_touch_high": high,
        "resting_count": resting,
        "inner_in_touch_count": at_hand,
        "one_step_count": counted(_one_step(label, in_touch, group_ties)),
        "last_talk_at": people["last_talk_at"].groupby(label).max().reindex(within).array,
        "is_quiet": is_quiet,
        "quiet_chance": quiet,
        "broker_count": counted(members["is_broker"].to_numpy(bool)),
        "stability": stability,
    }
    return typed(COMMUNITIES, pd.DataFrame(columns))


def _all_rest(resting: int, awake: int, count: int) -> float:
    """Return how likely so many of the relationships, drawn without putting back, all rest."""
    left = np.arange(count)
    return float(np.prod((resting - left) / (resting + awake - left)))


def _one_step(
    label: NDArray[np.intp], in_touch: NDArray[np.bool_], ties: Ties
) -> NDArray[np.bool_]:
    """Return who is not in touch, but was in a group with somebody of the community who is."""
    reached = np.zeros(len(label), bool)
    people = ties.other < len(label)
    one, other = ties.one[people], ties.other[people]
    same = label[one] == label[other]
    reached[other[same & in_touch[one]]] = True
    reached[one[same & in_touch[other]]] = True
    return reached & ~in_touch
