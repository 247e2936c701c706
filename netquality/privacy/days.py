"""Dates moved by one number of days, and times of day by which nobody knows a message again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from netquality.network import end_of_day
from netquality.pseudonyms import keyed

if TYPE_CHECKING:
    from netquality.network import Network

__all__ = ["Calendar", "Moved"]

_WEEKS: Final = (26, 260)
"""A choice: back by half a year to five, so that no network speaks of days to come."""
_DAY: Final = 86_400_000_000
"""Microseconds."""
_SECOND: Final = 1_000_000


class Calendar:
    """Dates and instants as they are."""

    def days(self, dates: pd.Series) -> pd.Series:
        """Return dates."""
        return dates

    def instants(self, at: pd.Series) -> pd.Series:
        """Return instants."""
        return at

    def moment(self, as_of: pd.Timestamp) -> pd.Timestamp:
        """Return one instant."""
        return as_of


class Moved(Calendar):
    """All dates earlier by the same weeks, and the times of day spread evenly in their order.

    Two times of day compare as before, whatever their days are, so that "at most 180 days later"
    has the same answer; equal ones stay equal.
    """

    def __init__(self, network: Network, secret: bytes) -> None:
        first, last = _WEEKS
        number = int.from_bytes(keyed(secret, "weeks"), "big") % (last - first + 1)
        self._back = pd.Timedelta(days=7 * (first + number))
        as_of = network.as_of
        self._is_whole = as_of == end_of_day(as_of.date())
        times = _numbers(network.interactions["at"]) % _DAY
        also = [] if self._is_whole else [as_of.as_unit("us").value % _DAY]
        self._known = np.unique(np.append(times, np.array(also, np.int64)))
        step = _DAY // max(len(self._known), 1)
        self._step = step - step % _SECOND if step > _SECOND else step

    def days(self, dates: pd.Series) -> pd.Series:
        """Return dates, earlier by the same weeks."""
        return dates - self._back

    def instants(self, at: pd.Series) -> pd.Series:
        """Return instants, earlier by the same weeks, each at another time of day."""
        numbers = _numbers(at)
        place = np.searchsorted(self._known, numbers % _DAY)
        moved = numbers - numbers % _DAY + place * self._step
        stamps = pd.Series(moved.astype("datetime64[us]"), index=at.index)
        return stamps.dt.tz_localize("UTC") - self._back

    def moment(self, as_of: pd.Timestamp) -> pd.Timestamp:
        """Return the instant up to which a network speaks; the end of a day stays one."""
        if self._is_whole:
            return as_of - self._back
        moved: pd.Timestamp = self.instants(pd.Series([as_of.as_unit("us")])).iloc[0]
        return moved


def _numbers(at: pd.Series) -> np.ndarray:
    return at.to_numpy("datetime64[us]").astype(np.int64)
