"""Texts of others in the report: no longer than a page can bear, and with what a page can show."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["LONGEST", "about", "joined", "short", "showable"]

LONGEST: Final = 160
"""Characters shown of a name, an employer or a file name."""

_UNSHOWABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def short(text: str, longest: int = LONGEST) -> str:
    """Return a text of others no longer than there is room for.

    Examples
    --------
    >>> short("Ana"), short("Ana Maria", 4)
    ('Ana', 'Ana …')
    """
    return text if len(text) <= longest else text[:longest].rstrip() + " …"


def showable(value: object) -> object:
    """Replace what no page can show, in plain values; what is marked as safe is ours already."""
    return _UNSHOWABLE.sub("\N{REPLACEMENT CHARACTER}", value) if type(value) is str else value


def about(count: float) -> str:
    """Return an expected number of people, which is never a whole one.

    Examples
    --------
    >>> about(0.04), about(0.6), about(11.7)
    ('hardly any', 'about 1', 'about 12')
    """
    return f"about {count:,.0f}" if count >= 0.5 else "hardly any"  # noqa: PLR2004 - rounds to 1


def joined(text: str) -> str:
    r"""Return a text in which no line ends between a number and its sign of per cent.

    Examples
    --------
    >>> joined("18 % (15 to 20 %)")
    '18\xa0% (15 to 20\xa0%)'
    """
    return text.replace(" %", "\xa0%")
