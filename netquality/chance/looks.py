"""What one owner's log says of everybody, as of a date and as of whole horizons before it.

Time runs backwards here: an age is the time from a message to the date, and bins of a ninetieth of
a horizon are counted from the date back. So the same bins serve at the date itself and at one, two
or more horizons before it, and the log is walked through once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from netquality.grouped import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

__all__ = ["BACK", "BINS", "Look", "Messages", "looks"]

BINS: Final = 90
"""Bins in a horizon; a *contact day* is a bin with contact: two days where the horizon is 180."""
QUARTER: Final = 22
"""Bins of the latest quarter of a horizon, whole ones."""
BACK: Final = 4
"""Horizons before the date whose outcome is held against what would have been said then. More
would be too far back to say anything of today, fewer too few people to say anything at all."""


_NEVER: Final = np.iinfo(np.int64).max


class Messages(NamedTuple):
    """Real one-to-one messages of one owner up to a date; arrays of one length, in any order.

    Attributes
    ----------
    person : numpy.ndarray of int
        Small numbers, one for each person.
    age : numpy.ndarray of int64
        Microseconds from the message to the date, 0 or more.
    is_sent : numpy.ndarray of bool
        Whether the owner wrote it.
    """

    person: NDArray[np.intp]
    age: NDArray[np.int64]
    is_sent: NDArray[np.bool_]


class Look(NamedTuple):
    """What was known at one date of everybody and of the owner.

    Attributes
    ----------
    is_seen : numpy.ndarray of bool
        Who had any message by then.
    silence : numpy.ndarray of float
        Horizons since the last message, ``NaN`` for who had none.
    days, mutual_days : numpy.ndarray of int
        Contact days, and the lesser of those with a message sent and those with one received.
    is_both : numpy.ndarray of bool
        Whether both wrote within the last horizon.
    has_written : bool
        Whether the owner wrote to anybody within the last horizon.
    lately, latest : int
        Contact days of all people together in the last horizon, and in its latest quarter.
    """

    is_seen: NDArray[np.bool_]
    silence: NDArray[np.float64]
    days: NDArray[np.int64]
    mutual_days: NDArray[np.int64]
    is_both: NDArray[np.bool_]
    has_written: bool
    lately: int
    latest: int


class _Runs(NamedTuple):
    """Bins with messages, each once for a person, by person."""

    person: NDArray[np.intp]
    bin: NDArray[np.int64]


def looks(messages: Messages, size: int, horizon: int) -> Iterator[Look]:
    """Yield what was known at the date, then at one horizon before it, then at two ...

    Parameters
    ----------
    messages : Messages
    size : int
        How many people there are; `messages.person` is below it.
    horizon : int
        Microseconds.

    Yields
    ------
    Look
        At most 1 + `BACK`; none that is older than the first message.

    Examples
    --------
    Somebody wrote 5 horizons before and 2.9 before, the owner 2 before.

    >>> ages = np.array([500, 290, 200])
    >>> log = Messages(np.zeros(3, np.intp), ages, np.array([False, False, True]))
    >>> [(look.days.tolist(), look.is_both.tolist()) for look in looks(log, 1, 100)]
    [([3], [False]), ([3], [False]), ([3], [True]), ([1], [False]), ([1], [False])]
    """
    bins = messages.age * BINS // horizon
    sent, received, either = _runs(messages, bins)
    for back in range(BACK + 1):
        begin = back * BINS  # what is in bins before it was still to come
        old = bins >= begin
        if not old.any():
            return
        age = np.full(size, _NEVER)
        np.minimum.at(age, messages.person[old], messages.age[old])
        wrote, heard = (_between(runs, begin, BINS, size) > 0 for runs in (sent, received))
        yield Look(
            is_seen=age < _NEVER,
            silence=np.where(age < _NEVER, age / horizon - back, np.nan),
            days=_between(either, begin, None, size),
            mutual_days=np.minimum(
                _between(sent, begin, None, size), _between(received, begin, None, size)
            ),
            is_both=wrote & heard,
            has_written=bool(wrote.any()),
            lately=int(_between(either, begin, BINS, size).sum()),
            latest=int(_between(either, begin, QUARTER, size).sum()),
        )


def _runs(messages: Messages, bins: NDArray[np.int64]) -> tuple[_Runs, _Runs, _Runs]:
    """Return the bins with a message sent, those with one received, and those with either."""
    width = int(bins.max(initial=0)) + 1
    # sorting one number for all three takes a fifth of the time of sorting rows
    keys = _once((messages.person * width + bins) * 2 + messages.is_sent)
    is_sent = (keys & 1).astype(bool)
    sides = (keys[is_sent] >> 1, keys[~is_sent] >> 1, _once(keys >> 1))
    sent, received, either = (_Runs(*np.divmod(side, width)) for side in sides)
    return sent, received, either


def _once(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return each number once, in order."""
    keys = np.sort(keys)
    new = np.ones(len(keys), bool)
    new[1:] = keys[1:] != keys[:-1]
    return keys[new]


def _between(runs: _Runs, begin: int, length: int | None, size: int) -> NDArray[np.int64]:
    """Return how many bins each person has from one on: so many, or all that are older."""
    inside = runs.bin >= begin
    if length is not None:
        inside &= runs.bin < begin + length
    return count(runs.person[inside], size)
