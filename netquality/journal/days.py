"""The dates of a journal, and what a spreadsheet made of them."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["TAKEN_BACK", "day_of", "parse_said_on"]

TAKEN_BACK: Final = "no"
"""What is said instead of a day to take the last one back; ``not on 2026-11-20`` takes that one."""

_MONTHS: Final = 12
_SHORT_YEAR: Final = 2  # digits
_MIDNIGHT: Final = r"(?:[T ]0?0:00(?::00(?:\.0+)?)?)?"
_YEAR_FIRST: Final = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})" + _MIDNIGHT)
_YEAR_LAST: Final = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})" + _MIDNIGHT)


def parse_said_on(texts: Iterable[str]) -> tuple[dict[str, date], set[str]]:
    """Return the dates that texts denote, and the texts that could be two and no other tells which.

    Parameters
    ----------
    texts : iterable of str
        ``YYYY-MM-DD`` as it was written, or ``D.M.YYYY``, ``D/M/YYYY``, ``M/D/YYYY`` as a
        spreadsheet wrote it again. A spreadsheet writes all dates of a file in one way, so the
        others say whether the day or the month comes first.

    Returns
    -------
    found : dict of str to datetime.date
        Without the texts that denote no day.
    unclear : set of str

    Examples
    --------
    >>> parse_said_on(["11/20/2026", "3/4/2026"])[0]["3/4/2026"]
    datetime.date(2026, 3, 4)
    >>> parse_said_on(["3/4/2026", "soon"])
    ({}, {'3/4/2026'})
    """
    found: dict[str, date | None] = {}
    two_ways: dict[str, tuple[int, int, int]] = {}
    orders: set[bool] = set()
    for text in set(texts):
        if match := _YEAR_FIRST.fullmatch(text.strip()):
            found[text] = _date(int(match[1]), int(match[3]), int(match[4]))
        elif match := _YEAR_LAST.fullmatch(text.strip()):
            one, two, year = int(match[1]), int(match[3]), _full(match[4])
            if match[2] == "." or one > _MONTHS or one == two:  # a dot only where the day is first
                found[text] = _date(year, two, one)
            elif two > _MONTHS:
                found[text] = _date(year, one, two)
            else:
                two_ways[text] = (year, one, two)
            if match[2] != "." and (one > _MONTHS) != (two > _MONTHS):
                orders.add(one > _MONTHS)
    if len(orders) == 1:
        day_first = orders.pop()
        for text, (year, one, two) in two_ways.items():
            found[text] = _date(year, two, one) if day_first else _date(year, one, two)
        two_ways = {}
    return {text: day for text, day in found.items() if day}, set(two_ways)


def day_of(value: str) -> date | None:
    """Return the day that a kept value ends with; None where it takes one back.

    Examples
    --------
    >>> day_of("until 2027-03-01"), day_of("no")
    (datetime.date(2027, 3, 1), None)
    """
    taken_back = value == TAKEN_BACK or value.startswith("not ")
    return None if taken_back else date.fromisoformat(value.rpartition(" ")[2])


def _full(year: str) -> int:
    return int(year) + (2000 if len(year) == _SHORT_YEAR else 0)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
