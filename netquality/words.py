"""Dates and counts in words, in no locale but ours."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

__all__ = ["day_text", "month_text", "plural", "printable"]

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


def month_text(stamp: date) -> str:
    """Return month and year in words.

    Examples
    --------
    >>> from datetime import date
    >>> month_text(date(2019, 5, 4))
    'May 2019'
    """
    return f"{MONTHS[stamp.month - 1]} {stamp.year}"


def day_text(stamp: date) -> str:
    """Return a day in words.

    Examples
    --------
    >>> from datetime import date
    >>> day_text(date(2019, 5, 4))
    '4 May 2019'
    """
    return f"{stamp.day} {month_text(stamp)}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """Return a count with its noun.

    Examples
    --------
    >>> plural(1, "day"), plural(1200, "day"), plural(2, "reply", "replies")
    ('1 day', '1,200 days', '2 replies')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def printable(text: str) -> str:
    r"""Return a text in one line that steers no terminal, whatever a file or person may be called.

    Examples
    --------
    >>> printable("a\x1b[2Jb")
    'a?[2Jb'
    """
    return "".join(
        "?" if unicodedata.category(letter) in {"Cc", "Cf", "Cs"} else letter for letter in text
    )
