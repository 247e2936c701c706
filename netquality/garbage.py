"""Python's search for garbage, made seldom while much is read."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["seldom_looked_for"]

_SELDOM: Final = (100_000, 20, 20)
"""How many objects are made before Python looks for garbage, and how often in older ones."""


@contextmanager
def seldom_looked_for() -> Iterator[None]:
    """Let Python look for garbage seldom, and as often as before in the end.

    What is read is kept, and there is hardly any garbage among it; to look for it again and again
    took an eighth of the time of reading a large export, and of a report, when it was measured.

    Examples
    --------
    >>> before = gc.get_threshold()
    >>> with seldom_looked_for():
    ...     gc.get_threshold()[0]
    100000
    >>> gc.get_threshold() == before
    True
    """
    often = gc.get_threshold()
    if often[0]:  # else whoever called has switched it off
        gc.set_threshold(*map(max, often, _SELDOM))
    try:
        yield
    finally:
        gc.set_threshold(*often)
