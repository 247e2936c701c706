"""LinkedIn's dates, and what spreadsheets made of them, to instants and calendar dates.

Nothing here asks the locale, the clock or the machine's time zone, and nothing is guessed: whether
``9/5/17`` is in May or in September is said by the other rows written in the same form, or it
stays ``NaT`` and is counted.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from netquality.reading.months import month_number
from netquality.words import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = [
    "FOUNDED",
    "LATEST",
    "MENDED",
    "PACIFIC",
    "Dates",
    "parse_days",
    "parse_instants",
    "parse_periods",
]

# Measured on real exports: the offset between Invitations and their messages is that of US Pacific.
PACIFIC: Final = ZoneInfo("America/Los_Angeles")
MENDED: Final = "in another program's form"
FOUNDED: Final = 2003
"""Nothing on LinkedIn is older than LinkedIn."""
LATEST: Final = 2099
_CENTURY: Final = 100
_SHORT_YEAR: Final = 2  # digits
_MONTHS: Final = 12
_WINDOW: Final = 30  # a spreadsheet shows 1930 to 2029 in two digits
_OWN: Final = "/212"  # LinkedIn's `M/D/YY, h:mm AM`: month first, unless a row shows otherwise

_CLOCK: Final = (
    r"(?:,? (?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?: ?(?P<half>[AP])\.?M\.?)?"
    r"(?P<utc> UTC)?)?"
)
_NAMED: Final = re.compile(
    r"(?P<day>\d{1,2})(?:\. ?|-| de | )(?P<name>[^\W\d_]{3,}\.?)(?: de |[- ])(?P<year>\d{4}|\d{2})"
    + _CLOCK,
    re.IGNORECASE,
)
_YEAR_FIRST: Final = re.compile(
    r"(?P<year>\d{4})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})" + _CLOCK,
    re.IGNORECASE,
)
_NUMBERS: Final = re.compile(
    r"(?P<one>\d{1,2})(?P<sign>[-/.])(?P<two>\d{1,2})(?P=sign)(?P<year>\d{4}|\d{2})" + _CLOCK,
    re.IGNORECASE,
)
_PERIOD: Final = re.compile(r"(?:(?P<name>[^\W\d_]{3,}\.?)(?:[- /]| de ))?(?P<year>\d{4}|\d{2})")
_LINKEDIN: Final = re.compile(
    r"\d{1,2} [A-Z][a-z]{2} \d{4}"
    r"|\d{1,2}/\d{1,2}/\d{2}, \d{1,2}:\d{2} [AP]M"
    r"|\d{4}([-/])\d{2}\1\d{2} \d{2}:\d{2}:\d{2} UTC"
)
# Messages have hyphens, endorsements and follows slashes. (A second 60 pandas takes for the next
# minute; with slashes it never was one.)
_YEAR_FIRST_UTC: Final = (
    r"(?:\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}|\d{4}/\d{2}/\d{2} \d{2}:\d{2}:[0-5]\d) UTC"
)


@dataclass(frozen=True)
class Dates:
    """A column of dates.

    Attributes
    ----------
    found : pandas.Series
        The dates, ``NaT`` where there is none.
    ambiguous : pandas.Series
        Where a text could be read two ways and no other row decides.
    unreadable : pandas.Series
        Where a text is in no known form, or denotes no day there can be.
    notes : tuple of str
        What was mended or left, in sentences that quote nothing.
    """

    found: pd.Series = field(repr=False)
    ambiguous: pd.Series = field(repr=False)
    unreadable: pd.Series = field(repr=False)
    notes: tuple[str, ...]


def parse_days(texts: pd.Series) -> Dates:
    """Parse calendar dates, as `Connected On` has them, in any form known here.

    Parameters
    ----------
    texts : pandas.Series
        ``str``: ``DD Mon YYYY``, ``M/D/YY, h:mm AM``, or saved again as ``DD-Mon-YY``,
        ``D.M.YYYY``, ``YYYY-MM-DD``, ``D/M/YYYY``, ``M/D/YYYY``, months in seven languages.

    Returns
    -------
    Dates
        `found` is ``datetime64[us]``; a time of day is left off.

    Examples
    --------
    >>> parse_days(pd.Series(["1-feb-20", "03/04/2020", "25/04/2020"])).found.dt.day.tolist()
    [1, 3, 25]
    >>> parse_days(pd.Series(["03/04/2020", "05/04/2020"])).notes
    ('2 dates could have day or month first, and no row says which: left missing.',)
    """
    dates = _parse(texts, UTC)
    values = dates.found.dt.tz_localize(None).dt.normalize()
    return Dates(values, dates.ambiguous, dates.unreadable, dates.notes)


def parse_instants(texts: pd.Series, zone: tzinfo = UTC) -> Dates:
    """Parse instants, as all other files have them, in any form known here.

    Parameters
    ----------
    texts : pandas.Series
        ``str``: ``YYYY-MM-DD HH:MM:SS UTC``, with slashes too (a million in about a second),
        ``M/D/YY, h:mm AM``, or saved again as ``DD/MM/YYYY HH:MM`` and the forms of `parse_days`.
    zone : tzinfo, default UTC
        Where the clock hung, unless the text says UTC. In the hour that autumn has twice, the
        first is meant.

    Returns
    -------
    Dates
        `found` is ``datetime64[us, UTC]``.

    Examples
    --------
    >>> parse_instants(pd.Series(["7/4/26, 5:33 PM"]), PACIFIC).found.item()
    Timestamp('2026-07-05 00:33:00+0000', tz='UTC')
    """
    values = _year_first_utc(texts)
    values = values.where(values.dt.year >= FOUNDED)
    rest = values.isna()
    if not rest.any():
        none = pd.Series(data=False, index=texts.index)
        return Dates(values, none, none.copy(), ())
    other = _parse(texts[rest], zone)
    values = values.where(values.notna(), other.found.reindex(texts.index))
    return Dates(
        values,
        other.ambiguous.reindex(texts.index, fill_value=False),
        other.unreadable.reindex(texts.index, fill_value=False),
        other.notes,
    )


def parse_periods(texts: pd.Series, *, is_end: bool = False) -> Dates:
    """Parse ``Mon YYYY`` or ``YYYY`` to its first day, or its last.

    Examples
    --------
    >>> both = pd.Series(["Feb 2024", "2024"])
    >>> parse_periods(both, is_end=True).found.dt.strftime("%m-%d").tolist()
    ['02-29', '12-31']
    """
    known = {text: _period(text, is_end=is_end) for text in texts.unique().tolist()}
    found = pd.Series([known[text] for text in texts.tolist()], index=texts.index, dtype="object")
    values = pd.to_datetime(found, utc=True).dt.tz_localize(None).dt.as_unit("us")
    unreadable = values.isna() & (texts.str.strip() != "")
    never = pd.Series(data=False, index=texts.index)
    return Dates(values, never, unreadable, _notes(0, 0, int(unreadable.sum())))


@dataclass(frozen=True)
class _Read:
    """A text taken apart: month and day, or day and month, and the form that may tell which."""

    year: int
    one: int
    two: int
    clock: tuple[int, ...]
    is_utc: bool
    form: str  # "" where it is known that `one` is the month

    def instant(self, zone: tzinfo, *, is_day_first: bool = False) -> datetime | None:
        """Return the instant in UTC, or None where there is no such day on LinkedIn."""
        day, month = (self.one, self.two) if is_day_first else (self.two, self.one)
        try:
            naive = datetime(self.year, month, day, *self.clock)  # type: ignore[arg-type] # noqa: DTZ001
            local = naive.replace(tzinfo=UTC if self.is_utc else zone)
        except ValueError:
            return None
        return local.astimezone(UTC) if self.year >= FOUNDED else None


def _parse(texts: pd.Series, zone: tzinfo) -> Dates:
    """Parse each distinct text once, day and month in the order that its form shows."""
    codes, distinct = pd.factorize(texts)
    plain = [_plain(text) for text in distinct.tolist()]
    read = [_take_apart(text) for text in plain]
    first = _day_first(each for each in read if each is not None)
    day_first = [False if each is None else first(each) for each in read]
    known = [
        None if each is None or turn is None else each.instant(zone, is_day_first=turn)
        for each, turn in zip(read, day_first, strict=True)
    ]
    instants = pd.to_datetime(pd.Series(known, dtype="object"), utc=True).dt.as_unit("us")
    values = instants.take(codes).set_axis(texts.index)
    unclear = np.array([turn is None for turn in day_first], bool)
    foreign = np.array([not _LINKEDIN.fullmatch(text) for text in plain], bool)
    ambiguous = pd.Series(unclear[codes], index=texts.index)
    unreadable = values.isna() & ~ambiguous & (texts.str.strip() != "")
    again = values.notna() & foreign[codes]
    notes = _notes(*(int(mask.sum()) for mask in (again, ambiguous, unreadable)))
    return Dates(values, ambiguous, unreadable, notes)


def _day_first(texts: Iterable[_Read]) -> Callable[[_Read], bool | None]:
    """Return what tells whether the day comes first; None where nothing does.

    Each form speaks for itself: a spreadsheet rewrites the dates it takes for its own, and leaves
    the others as they were.
    """
    shown: dict[str, set[bool]] = {}
    for each in texts:
        if (each.one > _MONTHS) != (each.two > _MONTHS):
            shown.setdefault(each.form, set()).add(each.one > _MONTHS)

    def is_day_first(each: _Read) -> bool | None:
        if not each.form or each.one == each.two:
            return False
        if max(each.one, each.two) > _MONTHS:
            return each.one > _MONTHS
        orders = shown.get(each.form, {False} if each.form == _OWN else set())
        return next(iter(orders)) if len(orders) == 1 else None

    return is_day_first


def _take_apart(text: str) -> _Read | None:
    """Find the parts of a date, or None where it is in no known form."""
    match = _NAMED.fullmatch(text) or _YEAR_FIRST.fullmatch(text) or _NUMBERS.fullmatch(text)
    if match is None:
        return None
    parts = match.groupdict()
    clock = _clock(parts)
    month = month_number(parts["name"]) if "name" in parts else 0
    if clock is None or month is None:
        return None
    year, is_utc = _full_year(parts["year"]), bool(parts["utc"])
    if "one" not in parts:
        return _Read(year, month or int(parts["month"]), int(parts["day"]), clock, is_utc, "")
    one, two = int(parts["one"]), int(parts["two"])
    if parts["sign"] == ".":  # written so only where the day comes first
        return _Read(year, two, one, clock, is_utc, "")
    hands = "" if parts["hour"] is None else "12" if parts["half"] else "24"
    return _Read(year, one, two, clock, is_utc, f"{parts['sign']}{len(parts['year'])}{hands}")


def _clock(parts: dict[str, str]) -> tuple[int, ...] | None:
    """Return hour, minute and second; None where no clock shows them."""
    if not parts["hour"]:
        return 0, 0, 0
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    if not parts["half"]:
        return hour, minute, second
    if not 1 <= hour <= 12:  # noqa: PLR2004 - hours of a clock's face
        return None
    return hour % 12 + 12 * (parts["half"].upper() == "P"), minute, second


def _full_year(text: str) -> int:
    """Return a year of four digits; LinkedIn has none before 2000."""
    return int(text) if len(text) > _SHORT_YEAR else 2000 + int(text)


def _period(text: str, *, is_end: bool) -> datetime | None:
    match = _PERIOD.fullmatch(_plain(text))
    month = month_number(match["name"]) if match and match["name"] else None
    if match is None or (match["name"] and month is None):
        return None
    is_short = len(match["year"]) == _SHORT_YEAR
    if is_short and month is None:  # two digits are no year alone
        return None
    year = _full_year(match["year"])
    year -= _CENTURY if is_short and year >= 2000 + _WINDOW else 0
    if year < pd.Timestamp.min.year + 1:
        return None
    month = month or (_MONTHS if is_end else 1)
    return datetime(year, month, monthrange(year, month)[1] if is_end else 1, tzinfo=UTC)


def _plain(text: str) -> str:
    """Return a text without the narrow and hard spaces that newer programs put before AM."""
    return text.strip().replace("\u202f", " ").replace("\xa0", " ")


def _notes(again: int, ambiguous: int, unreadable: int) -> tuple[str, ...]:
    said = (
        (again, f"{MENDED}; read as such."),
        (unreadable, "in no form known here: left missing."),
    )
    notes = [f"{plural(count, 'date is', 'dates are')} {what}" for count, what in said if count]
    if ambiguous:
        dates = plural(ambiguous, "date")
        notes.append(f"{dates} could have day or month first, and no row says which: left missing.")
    return tuple(notes)


def _year_first_utc(texts: pd.Series) -> pd.Series:
    """Parse ``YYYY-MM-DD HH:MM:SS UTC``, with slashes too, and nothing else, all at once."""
    stamps = texts.where(texts.str.fullmatch(_YEAR_FIRST_UTC)).str.slice(0, 19)
    stamps = stamps.str.replace("/", "-", regex=False)
    found = pd.to_datetime(stamps, format="%Y-%m-%d %H:%M:%S", errors="coerce", utc=True)
    return found.astype("datetime64[us, UTC]")
