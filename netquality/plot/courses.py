"""Relationships in time: contact days, talk, rests and returns; days as matplotlib counts them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from matplotlib.dates import date2num

from netquality.grouped import naive
from netquality.interactions import judge, tell
from netquality.status import StatusRule

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from netquality.network import Network

__all__ = ["Course", "courses_of", "day_number"]

_AWAKE: Final = np.timedelta64(StatusRule().active_within_days + 1, "D")
"""From so long without talk on a relationship rests: the whole days are more than the rule's."""


class Course(NamedTuple):
    """One relationship in time."""

    days: NDArray[np.float64]
    """Of contact."""
    awake: list[tuple[float, float]]
    resting: list[tuple[float, float]]
    returns: list[float]


def day_number(when: pd.Timestamp) -> float:
    """Return a moment as matplotlib counts it.

    Examples
    --------
    >>> import pandas as pd
    >>> day_number(pd.Timestamp("1970-01-02 12:00", tz="UTC"))
    1.5
    """
    return _number(naive(when))


def courses_of(network: Network, chosen: pd.DataFrame, when: pd.Timestamp) -> list[Course]:
    """Return when there was contact with each, when talk, when none for long.

    Parameters
    ----------
    network : Network
    chosen : pandas.DataFrame
        People with `person_id` and `status`.
    when : pandas.Timestamp
        Up to when.
    """
    rows = network.interactions
    story = tell(rows[rows["person_id"].isin(chosen["person_id"])], chosen, when)
    talk = judge(story)
    bounds = np.searchsorted(story.person, np.arange(len(chosen) + 1))
    lines = []
    for begin, end, status in zip(bounds[:-1], bounds[1:], chosen["status"], strict=True):
        mine = slice(int(begin), int(end))
        days = np.unique(story.day[mine][talk.is_real[mine]])
        talked = np.sort(story.when[mine][~np.isnat(talk.talk_at[mine])])
        rests = bool(status == "dormant")
        lines.append(_course(_numbers(days), talked, naive(when), rests=rests))
    return lines


def _course(
    days: NDArray[np.float64],
    talked: NDArray[np.datetime64],
    now: np.datetime64,
    *,
    rests: bool,
) -> Course:
    """Part the time from the first talk to now into that with talk and that without.

    ``S R | R S``, with 400 days for the bar, is awake, rests, returns and is awake.
    """
    awake, resting, returns = [], [], []
    begin = talked[0] if len(talked) else now
    for at in np.flatnonzero(np.diff(talked) >= _AWAKE).tolist():
        one, other = talked[at], talked[at + 1]
        awake.append((begin, one))
        resting.append((one, other))
        returns.append(other)
        begin = other
    if len(talked) and rests:
        awake.append((begin, talked[-1]))
        resting.append((talked[-1], now))
    elif len(talked):
        awake.append((begin, now))
    return Course(
        days,
        [(_number(one), _number(other)) for one, other in awake],
        [(_number(one), _number(other)) for one, other in resting],
        [_number(one) for one in returns],
    )


def _numbers(days: NDArray[np.datetime64]) -> NDArray[np.float64]:
    """Return days as matplotlib counts them."""
    found: NDArray[np.float64] = date2num(days)
    return found


def _number(at: np.datetime64) -> float:
    return float(_numbers(np.array([at]))[0])
