"""Messages to interactions: who is at the other end, what the text amounts to, which are notes.

Here the text of a message is looked at for the last time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd

from netquality.identity import (
    ENOUGH_THREADS,
    HIDDEN_MEMBER,
    name_key,
    profile_key,
    split_recipients,
)
from netquality.phrases import LONGEST, QUESTION_MARKS, is_canned, question_count, readable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from netquality.identity import Owner
    from netquality.reading.registry import Registry

__all__ = [
    "HIDDEN",
    "IN_GROUP",
    "ONE_TO_ONE",
    "Ends",
    "between",
    "ends_of",
    "group_participants",
    "mark_notes",
    "measure_text",
    "outgoing_name",
    "presence",
    "written_by_owner",
]

ONE_TO_ONE: Final = "message between two people"
IN_GROUP: Final = "message in a group"
HIDDEN: Final = "the other side is a hidden or deleted member"
SHARED_NAME: Final = "no profile URL, and several people have this name"
TO_ONESELF: Final = "from you to yourself"


class _Recipients(NamedTuple):
    """Who a message is addressed to."""

    size: int
    named: tuple[tuple[str | None, str], ...]
    has_hidden: bool


def recipients(names: str, urls: str) -> _Recipients:
    """Return how many people a message goes to, and the key and name of those that can be told.

    With a ``LinkedIn Member`` among them the list of URLs is shorter than that of names: then the
    two are never laid side by side.

    Examples
    --------
    >>> recipients("Ana Ficticia, PhD,Ben Erfunden", "/in/ana,/in/ben").named
    (('ana', 'Ana Ficticia, PhD'), ('ben', 'Ben Erfunden'))
    >>> recipients("LinkedIn Member,Ben Erfunden", "https://www.linkedin.com/in/ben")
    _Recipients(size=2, named=(('ben', ''),), has_hidden=True)
    """
    called = split_recipients(names)
    keys = [key for key in map(profile_key, urls.split(",")) if key]
    named: list[tuple[str | None, str]]
    if len(keys) == len(called):
        named = list(zip(keys, called, strict=True))
    elif keys:
        named = [(key, "") for key in keys]
    else:
        named = [(None, name) for name in called if name != HIDDEN_MEMBER]
    hidden = HIDDEN_MEMBER in called
    # a comma without a space may stand in a name ("Ana Ficticia,MBA"); URLs are never in doubt
    size = len(keys) if keys and not hidden else max(len(called), len(keys))
    return _Recipients(size, tuple(named), hidden)


@dataclass(frozen=True)
class Ends:
    """Who wrote to whom: the distinct combinations, far fewer than messages, and whose each is.

    Attributes
    ----------
    code : numpy.ndarray of int
        For each message the position of its combination.
    thread_id : pandas.Series
        The conversation of each message.
    table : pandas.DataFrame
        One row per combination: `from_key`, `from_name`, `direction`, `to` (recipients).
    """

    code: NDArray[np.int64]
    thread_id: pd.Series
    table: pd.DataFrame

    def of_threads(self, only: pd.Series | None = None) -> Iterator[tuple[str, Any]]:
        """Yield each conversation with each combination in it, of all messages or of some."""
        pairs = pd.DataFrame({"thread": self.thread_id, "code": self.code})
        pairs = (pairs if only is None else pairs[only]).drop_duplicates()
        ends = list(self.table.itertuples(index=False))
        for thread, code in zip(pairs["thread"].array.tolist(), pairs["code"], strict=True):
            yield thread, ends[code]


def ends_of(rows: pd.DataFrame) -> Ends:
    """Find the distinct combinations of sender and recipients.

    Parameters
    ----------
    rows : pandas.DataFrame
        As in `Messages.rows`.
    """
    columns = ["from_key", "from_name", "direction", "to_names", "to_urls"]
    code = np.zeros(len(rows), np.int64)
    for name in columns:
        codes, known = pd.factorize(rows[name], use_na_sentinel=False)
        code = pd.factorize(code * max(len(known), 1) + codes)[0].astype(np.int64)
    first = np.unique(code, return_index=True)[1]
    table = rows[columns].iloc[first].reset_index(drop=True)
    to = [recipients(*pair) for pair in zip(table["to_names"], table["to_urls"], strict=True)]
    table = table[["from_key", "from_name", "direction"]].assign(to=pd.Series(to, dtype="object"))
    return Ends(code, rows["thread_id"], table)


def presence(ends: Ends, only: pd.Series | None = None) -> set[tuple[str, str, str]]:
    """Return the conversation, profile key and name of everybody who wrote or was written to.

    The key is empty where there is none, the name where the file does not say which goes with it.
    """
    seen: set[tuple[str, str, str]] = set()
    for thread, end in ends.of_threads(only):
        people = [(end.from_key, end.from_name), *end.to.named]
        if end.to.has_hidden:
            people.append(("", HIDDEN_MEMBER))
        seen |= {(thread, key if isinstance(key, str) else "", some) for key, some in people}
    return seen


def written_by_owner(ends: Ends, owner: Owner) -> NDArray[np.bool_]:
    """Tell of which combinations the owner is the sender.

    By the direction that the exports of 2018 state; else by profile key; where the export shows
    none for the owner, by the name in `Profile.csv`. Where
    neither the key nor the name ever appears but ``LinkedIn Member`` is in nearly all
    conversations, that is the owner (3 of 44 exports measured).
    """
    table, key = ends.table, owner.profile_key
    if len(table) and table["direction"].isin(["OUTGOING", "INCOMING"]).all():
        return (table["direction"] == "OUTGOING").to_numpy(bool)
    by_key = np.array([key is not None and sender == key for sender in table["from_key"]], bool)
    addressed = any(key is not None and key in dict(to.named) for to in table["to"])
    if by_key.any() or addressed:
        return by_key
    called = None if owner.name is None else name_key(owner.name)
    by_name = np.array([name_key(sender) == called for sender in table["from_name"]], bool)
    if by_name.any():
        return by_name
    hidden = np.array(
        [
            sender == HIDDEN_MEMBER and not isinstance(own, str)
            for sender, own in zip(table["from_name"], table["from_key"], strict=True)
        ],
        bool,
    )
    present = hidden | np.array([to.has_hidden for to in table["to"]], bool)
    in_thread = pd.Series(present[ends.code]).groupby(ends.thread_id.to_numpy()).any()
    often = len(in_thread) > 0 and in_thread.mean() >= ENOUGH_THREADS
    return hidden if often else np.zeros(len(table), bool)


def outgoing_name(ends: Ends) -> str | None:
    """Return who sent the outgoing messages, where the export of 2018 says which those are."""
    senders = ends.table.loc[ends.table["direction"] == "OUTGOING", "from_name"]
    return None if senders.empty else str(senders.mode().iloc[0])


def between(
    ends: Ends, owner: Owner, registry: Registry, source: str
) -> tuple[pd.DataFrame, pd.Series]:
    """Return one row per message and counterpart, and what each message is.

    Parameters
    ----------
    ends : Ends
        As `ends_of` returns it.
    owner : Owner
    registry : Registry
        Where people are looked up, and entered if they are new.
    source : str
        The file's name.

    Returns
    -------
    pandas.DataFrame
        `row` (index of the message), `person_id`, `direction`, `recipient_count`.
    pandas.Series
        `ONE_TO_ONE`, `IN_GROUP`, or why the message is set aside; index as in the file.
    """
    sent = written_by_owner(ends, owner)
    links: list[tuple[int, str | None, str, str]] = []
    table = ends.table
    columns = zip(sent, table["from_key"], table["from_name"], table["to"], strict=True)
    for code, (mine, key, name, to) in enumerate(columns):
        if mine:
            own = owner.profile_key
            links += [(code, k, n, "sent") for k, n in to.named if k is None or k != own]
        else:
            links.append((code, key if isinstance(key, str) else None, name, "received"))
    found = pd.DataFrame(links, columns=["code", "key", "name", "direction"])
    found["person_id"] = registry.resolve(found["key"], found["name"], source)
    reason = _what(ends, owner, sent, found)
    size = np.array([to.size for to in ends.table["to"]], np.int64).clip(min=1)
    found = found[found["person_id"] != ""].drop_duplicates(["code", "person_id"])
    found["recipient_count"] = size[found["code"].to_numpy(int)]
    rows = pd.DataFrame({"row": ends.thread_id.index, "code": ends.code})
    linked = rows.merge(found, on="code", how="inner")
    reasons = pd.Series(reason[ends.code], index=ends.thread_id.index, dtype="str")
    return linked[["row", "person_id", "direction", "recipient_count"]], reasons


def _what(
    ends: Ends, owner: Owner, sent: NDArray[np.bool_], found: pd.DataFrame
) -> NDArray[np.object_]:
    """Say of each combination what its messages are, or why they are set aside."""
    codes = np.arange(len(ends.table))
    nameless = found["name"].isin([HIDDEN_MEMBER, ""])
    unclear = np.isin(codes, found.loc[(found["person_id"] == "") & ~nameless, "code"])
    placed = np.isin(codes, found.loc[found["person_id"] != "", "code"])
    alone = [dict(to.named).keys() == {owner.profile_key} for to in ends.table["to"]]
    group = np.array([to.size > 1 for to in ends.table["to"]], bool)
    what = np.full(len(codes), HIDDEN, dtype=object)
    what[sent & np.array(alone, bool)] = TO_ONESELF
    what[unclear] = SHARED_NAME
    what[placed] = ONE_TO_ONE
    what[placed & group] = IN_GROUP
    return what


def measure_text(texts: pd.Series) -> pd.DataFrame:
    """Return `character_count`, `question_count` and `is_canned` of each text."""
    shown = texts.str.strip()
    marked = shown.str.contains("[<&]", regex=True)
    shown = shown.mask(marked, shown[marked].map(readable))
    length = shown.str.len()
    asking = shown.str.contains(f"[{QUESTION_MARKS}]", regex=True)
    questions = shown[asking].map(question_count).astype("int64")
    short = shown[(length > 0) & (length <= LONGEST)]
    flags = {text: is_canned(readable(text)) for text in short.unique()}
    canned = short.map(flags).astype("bool")
    return pd.DataFrame(
        {
            "character_count": length.astype("Int64"),
            "question_count": questions.reindex(shown.index, fill_value=0).astype("Int64"),
            "is_canned": canned.reindex(shown.index, fill_value=False),
        }
    )


def mark_notes(messages: pd.DataFrame, invitations: pd.DataFrame) -> pd.Series:
    """Tell which messages are the text of an invitation, come back when it was accepted.

    Parameters
    ----------
    messages : pandas.DataFrame
        One row per message and counterpart: `person_id`, `direction`, `at`, `thread_id`,
        `is_group`, `text`.
    invitations : pandas.DataFrame
        `person_id`, `direction`, `text`.

    Returns
    -------
    pandas.Series
        True for the first one-to-one message of its conversation if an invitation of the same
        person in the same direction has the same text, white space apart.
    """
    invited = invitations[invitations["text"].str.strip() != ""]
    wanted = set(
        zip(
            invited["person_id"], invited["direction"], map(_squeezed, invited["text"]), strict=True
        )
    )
    direct = messages[~messages["is_group"] & messages["person_id"].isin(invited["person_id"])]
    first = direct.groupby("thread_id")["at"].transform("min") == direct["at"]
    direct = direct[first]
    same = [
        (person, direction, _squeezed(text)) in wanted
        for person, direction, text in zip(
            direct["person_id"], direct["direction"], direct["text"], strict=True
        )
    ]
    return pd.Series(same, index=direct.index, dtype=bool).reindex(messages.index, fill_value=False)


def _squeezed(text: str) -> str:
    return " ".join(readable(text).split())


def group_participants(
    ends: Ends, reasons: pd.Series, owner: Owner, registry: Registry, source: str
) -> pd.DataFrame:
    """Return `thread_id` and `person_id` of everybody in a conversation with a group message."""
    in_group = ends.thread_id.isin(ends.thread_id[reasons == IN_GROUP].unique())
    mine = name_key(owner.name or "")
    seen = [
        (thread, key or None, name)
        for thread, key, name in sorted(presence(ends, in_group))
        if (key != owner.profile_key if key else name_key(name) != mine)
    ]
    people = registry.resolve([key for _, key, _ in seen], [name for *_, name in seen], source)
    members = sorted({(seen[i][0], person) for i, person in enumerate(people) if person})
    return pd.DataFrame(members, columns=["thread_id", "person_id"], dtype="str")
