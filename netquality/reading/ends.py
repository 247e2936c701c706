"""Who is at both ends of messages: combinations of sender and recipients, each read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from netquality.identity import (
    ENOUGH_THREADS,
    HIDDEN_MEMBER,
    name_key,
    profile_key,
    split_recipients,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from netquality.identity import Owner
    from netquality.reading.messages import Messages

__all__ = ["Ends", "Recipients", "ends_of", "outgoing_name", "presence", "written_by_owner"]

_DIRECTIONS: Final = ("OUTGOING", "INCOMING")


class Recipients(NamedTuple):
    """Who a message is addressed to."""

    size: int
    named: tuple[tuple[str | None, str], ...]
    has_hidden: bool


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


@dataclass(frozen=True)
class Ends:
    """Who wrote to whom, of the messages between people only.

    Attributes
    ----------
    row : numpy.ndarray of int
        Position of each message in the file.
    code : numpy.ndarray of int
        For each message the position of its combination in `table`.
    thread : numpy.ndarray of int
        For each message its conversation.
    table : pandas.DataFrame
        One row per combination: `from_key`, `from_name`, `direction`, `to` (position in
        `addressed`).
    addressed : list of Recipients
        Each once: most messages received go to the owner alone.
    """

    row: NDArray[np.intp]
    code: NDArray[np.intp]
    thread: NDArray[np.int32]
    table: pd.DataFrame
    addressed: list[Recipients]


def ends_of(messages: Messages) -> Ends:
    """Read the two ends of all messages between people."""
    row = np.flatnonzero(messages.rows.reason == 0)
    used = np.flatnonzero(np.bincount(messages.rows.end[row], minlength=len(messages.ends)))
    place = np.zeros(len(messages.ends), np.intp)
    place[used] = np.arange(len(used))
    code = place[messages.rows.end[row]]
    raw = messages.ends.iloc[used].reset_index(drop=True)
    pairs = list(zip(raw["to"].tolist(), raw["recipient profile urls"].tolist(), strict=True))
    number = {pair: at for at, pair in enumerate(dict.fromkeys(pairs))}
    key_of = cache(profile_key)  # who is in groups is in many combinations
    senders = [key_of(url) for url in raw["sender profile url"].tolist()]
    table = pd.DataFrame(
        {
            "from_key": pd.Series(senders, dtype="str"),
            "from_name": raw["from"].str.strip(),
            "direction": raw["direction"].str.strip().str.upper(),
            "to": np.array([number[pair] for pair in pairs], np.intp),
        }
    )
    addressed = [recipients(*pair, key_of) for pair in number]
    return Ends(row, code, messages.rows.thread[row], table, addressed)


def presence(ends: Ends) -> set[tuple[int, str, str]]:
    """Return the conversation, profile key and name of everybody who wrote or was written to.

    The key is empty where there is none, the name where the file does not say which goes with it.
    """
    pairs = ends.thread.astype(np.int64) * len(ends.table) + ends.code
    distinct = pd.unique(pairs)
    threads, codes = np.divmod(distinct, max(len(ends.table), 1))
    addressed = [_shown(to) for to in ends.addressed]
    sender = ends.table["from_key"].fillna("").tolist(), ends.table["from_name"].tolist()
    people = [
        [(key, name), *addressed[to]]
        for key, name, to in zip(*sender, ends.table["to"].tolist(), strict=True)
    ]
    return {
        (thread, key, name)
        for thread, code in zip(threads.tolist(), codes.tolist(), strict=True)
        for key, name in people[code]
    }


def _shown(to: Recipients) -> list[tuple[str, str]]:
    return [(key or "", name) for key, name in to.named] + [("", HIDDEN_MEMBER)] * to.has_hidden


def written_by_owner(ends: Ends, owner: Owner) -> NDArray[np.bool_]:
    """Tell of which combinations the owner is the sender.

    By the direction that the exports of 2018 state; else by profile key; where the export shows
    none for the owner, by the name in `Profile.csv`. The owner may be a ``LinkedIn Member`` (3 of
    44 exports measured): then what such a member wrote to others alone is the owner's, for one end
    of every conversation is; or all of it, where neither key nor name ever appears and a
    ``LinkedIn Member`` is in nearly all conversations.
    """
    table, key = ends.table, owner.profile_key
    if len(table) and table["direction"].isin(_DIRECTIONS).all():
        return (table["direction"] == _DIRECTIONS[0]).to_numpy(bool)
    by_key = np.array(
        [key is not None and sender == key for sender in table["from_key"].tolist()], bool
    )
    addressed = any(key is not None and key in dict(to.named) for to in ends.addressed)
    hidden = ((table["from_name"] == HIDDEN_MEMBER) & table["from_key"].isna()).to_numpy(bool)
    unsigned = hidden.copy()
    unsigned[hidden] = [
        _is_to_others(ends.addressed[to], owner) for to in table.loc[hidden, "to"].tolist()
    ]
    if by_key.any() or addressed:
        by_key |= unsigned
        return by_key
    called = None if owner.name is None else name_key(owner.name)
    by_name = np.array([name_key(sender) == called for sender in table["from_name"].tolist()], bool)
    if by_name.any():
        by_name |= unsigned
        return by_name
    with_hidden = np.array([to.has_hidden for to in ends.addressed], bool)
    present = hidden | with_hidden[table["to"]]
    in_thread = pd.Series(present[ends.code]).groupby(ends.thread).any()
    often = len(in_thread) > 0 and in_thread.mean() >= ENOUGH_THREADS
    return hidden if often else unsigned


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
    senders = ends.table.loc[ends.table["direction"] == _DIRECTIONS[0], "from_name"]
    return None if senders.empty else str(senders.mode().iloc[0])
