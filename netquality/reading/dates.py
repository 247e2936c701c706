"""LinkedIn's dates to instants and calendar dates, with our own month names.

Nothing here asks the locale or the machine's time zone. What cannot be read becomes ``NaT``; the
reader that called counts it and says so.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import pandas as pd

from netquality.tables import DATE

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "calendar_date",
    "message_instants",
    "pacific_instant",
    "parse_each",
    "period_end",
    "period_start",
    "slashed_instant",
    "us_instant",
]

MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
# Measured on real exports: the offset between Invitations and their messages is that of US Pacific.
_PACIFIC: Final = ZoneInfo("America/Los_Angeles")
_DAY_MONTH_YEAR: Final = re.compile(r"(\d{1,2}) ([A-Za-z]{3}) (\d{4})")
_US: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2}), (\d{1,2}):(\d{2}) ([AP])M")
_SLASHED: Final = re.compile(r"(\d{4})/(\d{2})/(\d{2}) (\d{2}):(\d{2}):(\d{2}) UTC")
_PERIOD: Final = re.compile(r"(?:([A-Za-z]{3}) )?(\d{4})")


def parse_each(texts: pd.Series, parse: Callable[[str], datetime | None], dtype: str) -> pd.Series:
    """Parse each distinct text once; what gives None becomes ``NaT``.

    Examples
    --------
    >>> parse_each(pd.Series(["11 Nov 2019", "soon"]), calendar_date, "datetime64[us]").tolist()
    [Timestamp('2019-11-11 00:00:00'), NaT]
    """
    known = {text: parse(text) for text in texts.unique()}
    values = [known[text] for text in texts]
    instants = pd.to_datetime(pd.Series(values, index=texts.index, dtype="object"), utc=True)
    if dtype == DATE:
        instants = instants.dt.tz_localize(None)
    return instants.dt.as_unit("us")


def message_instants(texts: pd.Series) -> pd.Series:
    """Parse ``YYYY-MM-DD HH:MM:SS UTC``, all at once (a million in about a second)."""
    fits = texts.str.fullmatch(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} UTC")
    stamps = texts.where(fits).str.slice(0, 19)
    parsed = pd.to_datetime(stamps, format="%Y-%m-%d %H:%M:%S", errors="coerce", utc=True)
    return parsed.astype("datetime64[us, UTC]")


def calendar_date(text: str) -> datetime | None:
    """Parse ``DD Mon YYYY``, as `Connections.csv` has it: a UTC calendar date."""
    match = _DAY_MONTH_YEAR.fullmatch(text.strip())
    if match is None or match[2].lower() not in MONTHS:
        return None
    return _instant(int(match[3]), MONTHS[match[2].lower()], int(match[1]))


def pacific_instant(text: str) -> datetime | None:
    """Parse ``M/D/YY, h:mm AM`` in US Pacific time, as `Invitations.csv` has it.

    In the one hour of autumn that happens twice, the first is meant.

    Examples
    --------
    >>> pacific_instant("7/4/26, 5:33 PM").isoformat()
    '2026-07-05T00:33:00+00:00'
    >>> pacific_instant("12/1/26, 12:05 AM").isoformat()
    '2026-12-01T08:05:00+00:00'
    """
    instant = us_instant(text)
    return None if instant is None else instant.replace(tzinfo=_PACIFIC).astimezone(UTC)


def us_instant(text: str) -> datetime | None:
    """Parse ``M/D/YY, h:mm AM``, read as UTC where nobody knows the zone (Recommendations)."""
    match = _US.fullmatch(text.strip().replace("\u202f", " "))
    if match is None:
        return None
    month, day, year, hour, minute = (int(part) for part in match.groups()[:5])
    if not 1 <= hour <= 12:  # noqa: PLR2004 - hours of a clock's face
        return None
    return _instant(2000 + year, month, day, hour % 12 + 12 * (match[6] == "P"), minute)


def slashed_instant(text: str) -> datetime | None:
    """Parse ``YYYY/MM/DD HH:MM:SS UTC``, as the endorsements have it."""
    match = _SLASHED.fullmatch(text.strip())
    return None if match is None else _instant(*(int(part) for part in match.groups()))


def period_start(text: str) -> datetime | None:
    """Return the first day of ``Mon YYYY`` or ``YYYY``, as `Positions.csv` has it."""
    match = _PERIOD.fullmatch(text.strip())
    if match is None or (match[1] and match[1].lower() not in MONTHS):
        return None
    return _instant(int(match[2]), MONTHS[match[1].lower()] if match[1] else 1, 1)


def period_end(text: str) -> datetime | None:
    """Return the last day of ``Mon YYYY`` or ``YYYY``.

    Examples
    --------
    >>> period_end("Feb 2024").date().isoformat(), period_end("2024").date().isoformat()
    ('2024-02-29', '2024-12-31')
    """
    start = period_start(text)
    if start is None:
        return None
    month = start.month if " " in text.strip() else 12
    return start.replace(month=month, day=monthrange(start.year, month)[1])


def _instant(year: int, month: int, day: int, *clock: int) -> datetime | None:
    try:
        return datetime(year, month, day, *clock, tzinfo=UTC)  # type: ignore[misc, arg-type]
    except ValueError:
        return None
