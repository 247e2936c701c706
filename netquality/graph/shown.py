"""The ties that an interactive picture shows, each with why it is there."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from netquality.graph.evidence import GROUPS
from netquality.words import day_text, plural

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from netquality.graph.contents import Contents

__all__ = ["shown_ties"]


def shown_ties(
    contents: Contents, shown: pd.Series, most: int
) -> tuple[dict[str, list[Any]], list[str], int]:
    """Return the ties between the people shown, why each is there, and how many are left out.

    Parameters
    ----------
    contents : Contents
    shown : pandas.Series
        The people's keys, in the order by which ties number them.
    most : int
        So many ties there is room for; of more, each person's weakest are left out.

    Returns
    -------
    dict of str to list
        `one` and `other`, places in `shown`; `weight`; `why`, a place in the sentences.
    list of str
        Each why once.
    int
    """
    evidence = contents.evidence
    place = np.full(len(evidence.ids), -1, np.intp)
    place[pd.Index(evidence.ids).get_indexer(pd.Index(shown))] = np.arange(len(shown))
    among = np.flatnonzero((place[evidence.one] >= 0) & (place[evidence.other] >= 0))
    one, other = place[evidence.one[among]], place[evidence.other[among]]
    weight = sum(evidence.weights.values(), np.zeros(len(evidence.one)))[among]
    kept = np.flatnonzero(_strongest(one, other, weight, most))
    whys: dict[str, int] = {}
    why = [whys.setdefault(_why(said), len(whys)) for said in contents.said(among[kept].tolist())]
    ties = {
        "one": one[kept].tolist(),
        "other": other[kept].tolist(),
        "weight": weight[kept].round(3).tolist(),
        "why": why,
    }
    return ties, list(whys), len(among) - len(kept)


def _strongest(
    one: NDArray[np.intp], other: NDArray[np.intp], weight: NDArray[np.float64], most: int
) -> NDArray[np.bool_]:
    """Return which ties to show: the strongest of each person, as many as there is room for."""
    if len(weight) <= most:
        return np.ones(len(weight), bool)
    ends = pd.Series(np.concatenate([weight, weight])).groupby(np.concatenate([one, other]))
    ranks = ends.rank(method="first", ascending=False).to_numpy()
    rank = np.minimum(ranks[: len(weight)], ranks[len(weight) :])
    counts = np.cumsum(np.bincount(rank.astype(np.intp)))
    return np.asarray(rank <= np.flatnonzero(counts <= most).max())


def _why(said: Mapping[str, Any]) -> str:
    """Say what two people share, as the end of a sentence about both."""
    parts = []
    for kind in GROUPS:
        if f"{kind}_weight" not in said:
            continue
        if kind == "group_thread":
            count = plural(said["group_thread_count"], "group conversation")
            parts.append(f"were in {count} with you")
        elif kind == "colleagues":
            where = said["colleagues_company"]
            parts.append(f"came to you while you worked for {where}, their employer today")
        elif kind == "same_company" and "colleagues_company" not in said:
            parts.append(f"both name {said['company']} as employer today")
        elif kind == "same_event":
            day = _day(said["event_on"])
            parts.append(f"came within one burst of connections, from {day} on")
    return "; ".join(parts)


@cache
def _day(text: str) -> str:
    """Return a day in words; thousands of ties may bear the same."""
    return day_text(pd.Timestamp(text))
