"""Who comes first: parts between 0 and 1 that anybody can see, and a list that is not all alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from netquality.reconnecting.elsewhere import employers_of
from netquality.reconnecting.wanted import common_grounds, is_debt

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from netquality.reconnecting.rule import ReconnectRule

__all__ = ["in_order", "parts_of"]

PARTS: Final = ("depth_part", "esteem_part", "now_part", "elsewhere_part")
_FIRST: Final = 1e9
"""More than all weights together are meant to be."""
_YEAR: Final = 0.5
"""To share the year of the last talk is half as much alike as to share an employer or a circle."""


def parts_of(some: pd.DataFrame, *, aim: str, kind: str) -> pd.DataFrame:
    """Return the parts of each person, with the index of `some`.

    Parameters
    ----------
    some : pandas.DataFrame
        Those who may be proposed, with `moments` (their reasons to write now) and `elsewhere` (a
        sentence, or missing).
    aim, kind : str
        As in `netquality.reconnect`.
    """
    days = some["mutual_contact_days"].fillna(0).astype("float64")
    if kind == "promising":  # nothing was written yet: how much there is in common
        grounds = np.array([ground.to_numpy(np.float64) for ground in common_grounds(some)])
        days = pd.Series(grounds.sum(axis=0), some.index)
    depth = (days.rank(method="average") - 1) / max(len(some) - 1, 1)
    given, received = (
        some[f"recommendation_{way}_count"].fillna(0) > 0 for way in ("given", "received")
    )
    endorsed = some["endorsement_received_count"].fillna(0) > 0
    esteem = 0.5 * received + 0.25 * given + 0.25 * endorsed
    count = some["moments"].map(len).clip(upper=2)
    parts = {
        "depth_part": 1 - depth if aim == "fresh" else depth,
        "esteem_part": esteem.astype("float64"),
        "now_part": np.maximum(count / 2, is_debt(some)).astype("float64"),
        "elsewhere_part": some["elsewhere"].notna().astype("float64"),
    }
    return pd.DataFrame(parts, index=some.index)


def in_order(
    some: pd.DataFrame,
    parts: pd.DataFrame,
    circles: pd.Series,
    rule: ReconnectRule,
    n: int,
    *,
    kind: str,
) -> pd.Index:
    """Return the index of the first `n`, the first first; who is like those before comes later.

    Of the unanswered, those to whom an answer is owed come before all others. Two of one employer
    cost the second half of the weight of variety, a third three quarters.
    """
    value = sum(
        getattr(rule, name.removesuffix("_part")) * parts[name].to_numpy() for name in PARTS
    )
    alike = [
        (pd.factorize(employers_of(some))[0], 1.0),
        (pd.factorize(some["last_talk_at"].dt.year)[0], _YEAR),
        (pd.factorize(some["person_id"].map(circles))[0], 1.0),
    ]
    left = np.array(value, np.float64)
    if kind == "unanswered":
        left += _FIRST * is_debt(some).to_numpy(bool)
    seen = [np.zeros(codes.max(initial=-1) + 2) for codes, _ in alike]  # the last: not known
    order = []
    for _ in range(min(n, len(some))):
        place = int(np.argmax(left - rule.variety * _likeness(alike, seen)))
        order.append(place)
        left[place] = -np.inf
        for (codes, _), times in zip(alike, seen, strict=True):
            if codes[place] >= 0:
                times[codes[place]] += 1
    return some.index[order]


def _likeness(
    alike: list[tuple[NDArray[np.intp], float]], seen: list[NDArray[np.float64]]
) -> NDArray[np.float64]:
    likeness = np.zeros(len(alike[0][0]))
    for (codes, weight), times in zip(alike, seen, strict=True):
        likeness += weight * (1 - 0.5 ** times[codes])
    return likeness
