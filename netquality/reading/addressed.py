"""Who messages are from and to: profile URLs and lists of names, each read once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from netquality.identity import HIDDEN_MEMBER, profile_key, split_recipients

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["EndReader", "Recipients", "recipients"]


class Recipients(NamedTuple):
    """Who a message is addressed to."""

    size: int
    named: tuple[tuple[str | None, str], ...]
    has_hidden: bool


class EndReader:
    """Reads profile URLs and lists of recipients, each once: many messages have the same.

    Examples
    --------
    >>> EndReader().recipients("Ana Ficticia", "/in/ana").named
    (('ana', 'Ana Ficticia'),)
    """

    def __init__(self) -> None:
        self.key_of: Callable[[str], str | None] = cache(profile_key)
        self.recipients: Callable[[str, str], Recipients] = cache(
            lambda names, urls: recipients(names, urls, self.key_of)
        )

    def read(self, end: tuple[str, ...]) -> None:
        """Read the ends of a combination ahead, as `netquality.reading.pieces.ENDS` has them."""
        _, url, names, urls, _ = end
        self.key_of(url)
        self.recipients(names, urls)


def recipients(
    names: str, urls: str, key_of: Callable[[str], str | None] = profile_key
) -> Recipients:
    """Return how many people a message goes to, and the key and name of those that can be told.

    With a ``LinkedIn Member`` among them the list of URLs is shorter than that of names: then the
    two are never laid side by side. `key_of` may remember keys, for many see the same people.

    Examples
    --------
    >>> recipients("Ana Ficticia, PhD,Ben Erfunden", "/in/ana,/in/ben").named
    (('ana', 'Ana Ficticia, PhD'), ('ben', 'Ben Erfunden'))
    >>> recipients("LinkedIn Member,Ben Erfunden", "https://www.linkedin.com/in/ben")
    Recipients(size=2, named=(('ben', ''),), has_hidden=True)
    """
    called = split_recipients(names)
    keys = [key for key in map(key_of, urls.split(",")) if key]
    named: tuple[tuple[str | None, str], ...]
    if len(keys) == len(called):
        named = tuple(zip(keys, called, strict=True))
    elif keys:
        named = tuple((key, "") for key in keys)
    else:
        named = tuple((None, name) for name in called if name != HIDDEN_MEMBER)
    hidden = HIDDEN_MEMBER in called
    # a comma without a space may stand in a name ("Ana Ficticia,MBA"); URLs are never in doubt
    size = len(keys) if keys and not hidden else max(len(called), len(keys))
    return Recipients(size, named, hidden)
