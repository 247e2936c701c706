"""Birthdays of address books: any year, or none.

Unlike LinkedIn's dates these may be older than LinkedIn and may lack a year. Whether ``5/4/1980``
is in May or in April is said by the file's other rows in the same form, or it stays missing.
"""

from __future__ import annotations

import re
from calendar import monthrange
from typing import TYPE_CHECKING, Final, NamedTuple

from netquality.reading.months import month_number
from netquality.words import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Birthdays", "parse_birthdays"]

_MONTHS: Final = 12
_SOME_LEAP_YEAR: Final = 2000
_YEARS: Final = range(1850, 2200)
_NO_YEAR: Final = frozenset((0, 1604))  # 1604 is what Apple writes for "no year"
_NO_DATE: Final = 4501  # the year of Outlook's empty date, where it is not 0/0/00

_CLOCK: Final = re.compile(
    r"(?:T\d{2}(?::?\d{2}){0,2}|,? +\d{1,2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?(?: ?[AP]\.?M\.?)?"
    r"(?: ?(?:Z|UTC|[+-]\d{2}(?::?\d{2})?))?$",
    re.IGNORECASE,
)
_EMPTY: Final = re.compile(r"0+(?:[-/.]0+){2}")
_YEAR_FIRST: Final = re.compile(
    r"(?P<year>\d{4})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})"
)
_COMPACT: Final = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_YEARLESS: Final = re.compile(r"--(?P<month>\d{2})-?(?P<day>\d{2})")
_DAY_NAMED: Final = re.compile(
    r"(?P<day>\d{1,2})(?:\. ?|-| de | )(?P<name>[^\W\d_]{3,}\.?)(?:(?: de |[- ])(?P<year>\d{4}))?"
)
_NAME_FIRST: Final = re.compile(
    r"(?P<name>[^\W\d_]{3,}\.?) (?P<day>\d{1,2})(?:,? (?P<year>\d{4}))?"
)
_NUMBERS: Final = re.compile(
    r"(?P<one>\d{1,2})(?P<sign>[-/.])(?P<two>\d{1,2})(?:(?P=sign)(?P<year>\d{4}|\d{2})?)?"
)


class Birthdays(NamedTuple):
    """Birthdays as ``YYYY-MM-DD`` or ``--MM-DD``, ``""`` where there is none, and what to say."""

    found: list[str]
    notes: tuple[str, ...]


class _Read(NamedTuple):
    """A text taken apart: month and day, or day and month, and the form that may tell which."""

    year: int
    one: int
    two: int
    form: str = ""  # "" where it is known that `one` is the month
    is_short: bool = False  # two digits of a year


def parse_birthdays(texts: Sequence[str]) -> Birthdays:
    """Parse the birthdays of one file.

    Parameters
    ----------
    texts : sequence of str
        As the address book has them; ``""`` for none.

    Returns
    -------
    Birthdays
        As many as texts. A year of two digits says no century, so day and month are kept alone.

    Examples
    --------
    >>> parse_birthdays(["19800504", "--0504", "5/4/1980", "5/14/1981", "0/0/00"]).found
    ['1980-05-04', '--05-04', '1980-05-04', '1981-05-14', '']
    >>> parse_birthdays(["5/4/1980"]).notes
    ('1 birthday could have day or month first, and no row says which: left missing.',)
    """
    read = {text: _take_apart(text) for text in dict.fromkeys(texts)}
    orders = _orders(each for each in read.values() if each is not None)
    known = {text: _said(text, each, orders) for text, each in read.items()}
    found = [known[text][0] for text in texts]
    faults = [known[text][1] for text in texts]
    return Birthdays(found, tuple(_notes(faults)))


_UNCLEAR: Final = "could have day or month first, and no row says which: left missing."
_UNREADABLE: Final = "in no form known here: left missing."
_SHORT: Final = "written with two digits of the year: kept without the year."


def _said(text: str, read: _Read | None, orders: dict[str, set[bool]]) -> tuple[str, str]:
    """Return a birthday, and what is to be said of it."""
    if read is None:
        return "", "" if _is_empty(text) else _UNREADABLE
    is_day_first = _is_day_first(read, orders)
    if is_day_first is None:
        return "", _UNCLEAR
    day, month = (read.one, read.two) if is_day_first else (read.two, read.one)
    has_year = read.year not in _NO_YEAR and not read.is_short
    if read.year == _NO_DATE:
        return "", ""
    if not 1 <= month <= _MONTHS or (has_year and read.year not in _YEARS):
        return "", _UNREADABLE
    if not 1 <= day <= monthrange(read.year if has_year else _SOME_LEAP_YEAR, month)[1]:
        return "", _UNREADABLE
    year = f"{read.year:04d}" if has_year else "-"
    return f"{year}-{month:02d}-{day:02d}", _SHORT if read.is_short else ""


def _is_empty(text: str) -> bool:
    return not text.strip() or _EMPTY.fullmatch(_plain(text)) is not None


def _plain(text: str) -> str:
    return _CLOCK.sub("", " ".join(text.split()))


def _take_apart(text: str) -> _Read | None:
    """Find the parts of a birthday, or None where there is none in a known form."""
    plain = _plain(text)
    if _EMPTY.fullmatch(plain):
        return None
    for form in (_YEAR_FIRST, _COMPACT, _YEARLESS, _DAY_NAMED, _NAME_FIRST):
        match = form.fullmatch(plain)
        if match is not None:
            parts = match.groupdict()
            month = month_number(parts["name"]) if "name" in parts else int(parts["month"])
            return _Read(int(parts.get("year") or 0), month or 0, int(parts["day"]))
    match = _NUMBERS.fullmatch(plain)
    if match is None:
        return None
    year, sign = match["year"] or "", match["sign"]
    one, two = int(match["one"]), int(match["two"])
    is_short = len(year) == 2  # noqa: PLR2004 - two digits
    if sign == ".":  # written so only where the day comes first
        return _Read(int(year or 0), two, one, is_short=is_short)
    return _Read(int(year or 0), one, two, f"{sign}{len(year)}", is_short)


def _orders(read: Iterable[_Read]) -> dict[str, set[bool]]:
    """Return for each form whether its clear cases have the day first."""
    shown: dict[str, set[bool]] = {}
    for each in read:
        if each.form and (each.one > _MONTHS) != (each.two > _MONTHS):
            shown.setdefault(each.form, set()).add(each.one > _MONTHS)
    return shown


def _is_day_first(read: _Read, orders: dict[str, set[bool]]) -> bool | None:
    """Tell whether the day comes first; None where nothing says so."""
    if not read.form or read.one == read.two:
        return False
    if max(read.one, read.two) > _MONTHS:
        return read.one > _MONTHS
    shown = orders.get(read.form, set())
    return next(iter(shown)) if len(shown) == 1 else None


def _notes(faults: Sequence[str]) -> Iterable[str]:
    for fault in (_SHORT, _UNREADABLE, _UNCLEAR):
        if count := faults.count(fault):
            verb = "" if fault == _UNCLEAR else " is" if count == 1 else " are"
            yield f"{plural(count, 'birthday')}{verb} {fault}"
