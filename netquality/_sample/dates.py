"""Dates as LinkedIn writes them. Days are ordinals, instants are seconds on the same count."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

DAY = 86_400
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_HOUR = 3_600
_MARCH, _NOVEMBER = 3, 11
_NOON = 12


@lru_cache(maxsize=16_384)
def iso_day(day: int) -> str:
    """Write ``2026-11-20``."""
    return date.fromordinal(day).isoformat()


def clock(at: int) -> str:
    """Write ``09:05:00``."""
    minutes, seconds = divmod(at % DAY, 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"


def message_stamp(at: int) -> str:
    """Write ``2026-11-20 09:05:00 UTC``, as in messages.csv.

    >>> message_stamp(date(2026, 11, 20).toordinal() * DAY + 60)
    '2026-11-20 00:01:00 UTC'
    """
    return f"{iso_day(at // DAY)} {clock(at)} UTC"


def iso_stamp(at: int) -> str:
    """Write ``2026-11-20T09:05:00Z``."""
    return f"{iso_day(at // DAY)}T{clock(at)}Z"


def slashed_stamp(at: int) -> str:
    """Write ``2026/11/20 09:05:00 UTC``, as in the endorsements."""
    return message_stamp(at).replace("-", "/")


def connected_on(day: int) -> str:
    """Write ``20 Nov 2026``, as in Connections.csv."""
    when = date.fromordinal(day)
    return f"{when.day:02d} {MONTHS[when.month - 1]} {when.year}"


def month_year(day: int) -> str:
    """Write ``Nov 2026``, as in Positions.csv."""
    when = date.fromordinal(day)
    return f"{MONTHS[when.month - 1]} {when.year}"


def month_start(day: int) -> int:
    """Return the first day of the day's month."""
    return date.fromordinal(day).replace(day=1).toordinal()


def year_start(day: int) -> int:
    """Return New Year's Day of the day's year."""
    return date.fromordinal(day).replace(month=1, day=1).toordinal()


def _first_sunday(year: int, month: int) -> int:
    first = date(year, month, 1)
    return first.toordinal() + (6 - first.weekday())


@lru_cache(maxsize=64)
def _pacific_summer(year: int) -> tuple[int, int]:
    """Return when (UTC) US daylight saving time begins and ends, by the rule of 2007."""
    begins = (_first_sunday(year, _MARCH) + 7) * DAY + 10 * _HOUR
    ends = _first_sunday(year, _NOVEMBER) * DAY + 9 * _HOUR
    return begins, ends


def pacific(at: int) -> int:
    """Return the US Pacific wall clock of a UTC instant.

    >>> noon = date(2026, 7, 1).toordinal() * DAY + 12 * 3600
    >>> message_stamp(pacific(noon))
    '2026-07-01 05:00:00 UTC'
    """
    begins, ends = _pacific_summer(date.fromordinal(at // DAY).year)
    return at - (7 if begins <= at < ends else 8) * _HOUR


def _twelve_hours(at: int) -> tuple[int, int, str]:
    hour, minute = at % DAY // _HOUR, at % _HOUR // 60
    return hour % _NOON or _NOON, minute, "PM" if hour >= _NOON else "AM"


def invitation_stamp(at: int) -> str:
    """Write ``7/1/26, 5:00 AM``, Pacific time, as in Invitations.csv."""
    local = pacific(at)
    when = date.fromordinal(local // DAY)
    hour, minute, half = _twelve_hours(local)
    return f"{when.month}/{when.day}/{when.year % 100:02d}, {hour}:{minute:02d} {half}"


def recommendation_stamp(at: int) -> str:
    """Write ``07/01/26, 05:00 AM``, as in the recommendations."""
    when = date.fromordinal(at // DAY)
    hour, minute, half = _twelve_hours(at)
    return f"{when.month:02d}/{when.day:02d}/{when.year % 100:02d}, {hour:02d}:{minute:02d} {half}"
