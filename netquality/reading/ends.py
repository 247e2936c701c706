"""Who is at both ends of messages: combinations of sender and recipients, each read once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from netquality.identity import ENOUGH_THREADS, HIDDEN_MEMBER, name_key
from netquality.names import name_keys

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from numpy.typing import NDArray

    from netquality.identity import Owner
    from netquality.reading.addressed import Recipients
    from netquality.reading.messages import Messages

__all__ = [
    "NOBODY_SEEN", "Ends", "Seen", "ends_of", "outgoing_name", "presence", "written_by_owner",
]  # fmt: skip

_DIRECTIONS: Final = ("OUTGOING", "INCOMING")


@dataclass(frozen=True)
class Ends:
    """Who wrote to whom, of the messages between people only.

    Attributes
    ----------
    row : numpy.ndarray of int
        Position of each message in the file.
    code : numpy.ndarray of int
        For each message the position of its combination in the lists below.
    thread : numpy.ndarray of int
        For each message its conversation.
    sender_key : list of str or None
        Of each combination the profile key of who wrote.
    sender_name, direction : list of str
    to : numpy.ndarray of int
        Of each combination the position in `addressed`.
    addressed : list of Recipients
        Each once: most messages received go to the owner alone.
    """

    row: NDArray[np.intp]
    code: NDArray[np.intp]
    thread: NDArray[np.int32]
    sender_key: list[str | None] = field(repr=False)
    sender_name: list[str] = field(repr=False)
    direction: list[str] = field(repr=False)
    to: NDArray[np.intp]
    addressed: list[Recipients] = field(repr=False)


class Seen(NamedTuple):
    """Who wrote in a conversation or was written to, each once.

    Attributes
    ----------
    thread, who : numpy.ndarray of int
        The conversation, and the position in `people`.
    people : list of (str, str)
        Profile key and name. The key is empty where there is none, the name where the file does
        not say which goes with it.
    """

    thread: NDArray[np.int64]
    who: NDArray[np.int64]
    people: list[tuple[str, str]]

    def triples(self) -> Iterator[tuple[int, str, str]]:
        """Yield conversation, profile key and name of each."""
        for thread, who in zip(self.thread.tolist(), self.who.tolist(), strict=True):
            yield thread, *self.people[who]


NOBODY_SEEN: Final = Seen(np.zeros(0, np.int64), np.zeros(0, np.int64), [])


def ends_of(messages: Messages) -> Ends:
    """Read the two ends of all messages between people."""
    row = np.flatnonzero(messages.rows.reason == 0)
    used = np.flatnonzero(np.bincount(messages.rows.end[row], minlength=len(messages.ends)))
    place = np.zeros(len(messages.ends), np.intp)
    place[used] = np.arange(len(used))
    ends = [messages.ends[at] for at in used.tolist()]
    number: dict[tuple[str, str], int] = {}
    to = [number.setdefault((names, urls), len(number)) for _, _, names, urls, _ in ends]
    read = messages.end_reader
    return Ends(
        row=row,
        code=place[messages.rows.end[row]],
        thread=messages.rows.thread[row],
        sender_key=[read.key_of(url) for _, url, *_ in ends],
        sender_name=[name.strip() for name, *_ in ends],
        direction=[direction.strip().upper() for *_, direction in ends],
        to=np.array(to, np.intp),
        addressed=[read.recipients(*pair) for pair in number],
    )


def presence(ends: Ends) -> Seen:
    """Return who wrote in which conversation or was written to."""
    number: dict[tuple[str, str], int] = {}
    addressed = [
        [number.setdefault(pair, len(number)) for pair in _shown(to)] for to in ends.addressed
    ]
    people = [
        [number.setdefault((key or "", name), len(number)), *addressed[to]]
        for key, name, to in zip(ends.sender_key, ends.sender_name, ends.to.tolist(), strict=True)
    ]
    count = np.array([len(some) for some in people], np.intp)
    begin = np.cumsum(count) - count
    threads, codes = _apart(ends.thread, ends.code, len(people))
    each = count[codes]
    within = np.arange(each.sum()) - np.repeat(np.cumsum(each) - each, each)
    everybody = np.fromiter(chain.from_iterable(people), np.int64, count.sum())
    who = everybody[np.repeat(begin[codes], each) + within]
    return Seen(*_apart(np.repeat(threads, each), who, len(number)), list(number))


def _apart(
    thread: NDArray[np.integer], other: NDArray[np.integer], size: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return each pair of a conversation and another number once, in the order they come."""
    pairs = pd.unique(thread.astype(np.int64) * size + other)
    first, second = np.divmod(pairs, max(size, 1))
    return first, second


def _shown(to: Recipients) -> list[tuple[str, str]]:
    return [(key or "", name) for key, name in to.named] + [("", HIDDEN_MEMBER)] * to.has_hidden


def written_by_owner(
    ends: Ends, owner: Owner, connections: Collection[str] = frozenset()
) -> NDArray[np.bool_]:
    """Tell of which combinations the owner is the sender.

    `connections` are profile keys that cannot be the owner's, whatever the name.

    By the direction that the exports of 2018 state; else by profile key; where the export shows
    none for the owner, by the name in `Profile.csv`. The owner may be a ``LinkedIn Member`` (3 of
    44 exports measured): then what such a member wrote to others alone is the owner's, for one end
    of every conversation is; or all of it, where neither key nor name ever appears and a
    ``LinkedIn Member`` is in nearly all conversations.
    """
    key = owner.profile_key
    if ends.direction and all(each in _DIRECTIONS for each in ends.direction):
        return np.array([each == _DIRECTIONS[0] for each in ends.direction], bool)
    by_key = np.array([key is not None and sender == key for sender in ends.sender_key], bool)
    hidden = np.array(
        [
            name == HIDDEN_MEMBER and sender is None
            for name, sender in zip(ends.sender_name, ends.sender_key, strict=True)
        ],
        bool,
    )
    unsigned = hidden.copy()
    unsigned[hidden] = [_is_to_others(ends.addressed[to], owner) for to in ends.to[hidden].tolist()]
    if by_key.any() or any(key is not None and key in dict(to.named) for to in ends.addressed):
        by_key |= unsigned
        return by_key
    called = None if owner.name is None else name_key(owner.name)
    by_name = np.array(
        [
            name_key(name) == called and key not in connections
            for name, key in zip(ends.sender_name, ends.sender_key, strict=True)
        ],
        bool,
    )
    if by_name.any() or called in _names_of_recipients(ends, connections):
        by_name |= unsigned
        return by_name
    with_hidden = np.array([to.has_hidden for to in ends.addressed], bool)
    present = hidden | with_hidden[ends.to]
    in_thread = pd.Series(present[ends.code]).groupby(ends.thread).any()
    often = len(in_thread) > 0 and in_thread.mean() >= ENOUGH_THREADS
    return hidden if often else unsigned


def _names_of_recipients(ends: Ends, connections: Collection[str]) -> set[str]:
    """Return the keys of the names that messages go to, those of connections left out."""
    named = {pair for to in ends.addressed for pair in to.named}
    return set(name_keys(name for key, name in named if name and key not in connections).values())


def _is_to_others(to: Recipients, owner: Owner) -> bool:
    """Tell whether the owner is surely not among the recipients."""
    if to.has_hidden or not to.named:
        return False
    called = None if owner.name is None else name_key(owner.name)
    for key, name in to.named:
        if key is not None and owner.profile_key is not None:
            is_other = key != owner.profile_key
        else:
            is_other = bool(called and name) and name_key(name) != called
        if not is_other:
            return False
    return True


def outgoing_name(ends: Ends) -> str | None:
    """Return who sent the outgoing messages, where the export of 2018 says which those are."""
    sent = zip(ends.sender_name, ends.direction, strict=True)
    names = Counter(name for name, direction in sent if direction == _DIRECTIONS[0])
    return min(names, key=lambda name: (-names[name], name), default=None)
