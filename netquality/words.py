"""Dates and counts in words, in no locale but ours."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

__all__ = ["day_text", "month_text", "plural", "printable", "share_text", "visible"]

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip

JOINERS: Final = "\u200c\u200d"
"""Characters that are not seen themselves, but make others what they are."""
_LINE_END: Final = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


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


def span_text(first: date, last: date) -> str:
    """Return the days between two in words, nothing said twice.

    Examples
    --------
    >>> from datetime import date
    >>> span_text(date(2019, 5, 4), date(2019, 5, 6)), span_text(date(2019, 5, 4), date(2019, 5, 4))
    ('4 to 6 May 2019', '4 May 2019')
    >>> span_text(date(2019, 5, 4), date(2019, 6, 1))
    '4 May to 1 June 2019'
    >>> span_text(date(2019, 12, 30), date(2020, 1, 2))
    '30 December 2019 to 2 January 2020'
    """
    if first == last:
        return day_text(first)
    if first.year != last.year:
        return f"{day_text(first)} to {day_text(last)}"
    month = "" if first.month == last.month else f" {MONTHS[first.month - 1]}"
    return f"{first.day}{month} to {day_text(last)}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """Return a count with its noun.

    Examples
    --------
    >>> plural(1, "day"), plural(1200, "day"), plural(2, "reply", "replies")
    ('1 day', '1,200 days', '2 replies')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def share_text(part: float) -> str:
    """Return a share as a percentage; what is there but rounds to 0 is said to be under 1 %.

    Examples
    --------
    >>> share_text(0.181), share_text(0.002), share_text(0)
    ('18 %', 'under 1 %', '0 %')
    """
    return "under 1 %" if 0 < part < 0.005 else f"{part * 100:.0f} %"  # noqa: PLR2004 - half a per cent


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


def visible(text: str) -> str:
    r"""Return a text in one line in which nothing is hidden, and nothing turns its neighbours.

    Line ends become an arrow, other characters that are not seen (control characters, marks that
    turn the direction of writing) their number. Joiners stay: Persian, and many an emoji, need
    them.

    Examples
    --------
    >>> visible("a\r\nb\u202ec")
    'a ↵ b⟨U+202E⟩c'
    """
    lines = " ↵ ".join(_LINE_END.split(text))
    return " ".join("".join(map(_seen, lines)).split())


def _seen(letter: str) -> str:
    if letter == "\t":
        return " "
    hidden = unicodedata.category(letter) in {"Cc", "Cf", "Cs"} and letter not in JOINERS
    return f"⟨U+{ord(letter):04X}⟩" if hidden else letter
