"""Messages to interactions: one row per message and counterpart, and which of them are notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from netquality.identity import HIDDEN_MEMBER, name_key
from netquality.reading.ends import written_by_owner
from netquality.reading.texts import squeezed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from netquality.identity import Owner
    from netquality.reading.ends import Ends, Seen
    from netquality.reading.messages import Messages
    from netquality.reading.registry import Registry

__all__ = [
    "HIDDEN",
    "IN_GROUP",
    "ONE_TO_ONE",
    "SHARED_NAME",
    "WHAT",
    "Links",
    "as_table",
    "group_participants",
    "link",
    "mark_notes",
    "numbered",
]

ONE_TO_ONE: Final = "message between two people"
IN_GROUP: Final = "message in a group"
HIDDEN: Final = "the other side is a hidden or deleted member"
SHARED_NAME: Final = "no profile URL, and several people have this name"
TO_ONESELF: Final = "from you to yourself"
WHAT: Final = (HIDDEN, TO_ONESELF, SHARED_NAME, ONE_TO_ONE, IN_GROUP)
"""What a message between people is, or why it is set aside."""
SIDES: Final = ("received", "sent")
_ALWAYS: Final = np.datetime64("1900-01-01", "us")
_ROOM: Final = np.timedelta64(1, "D")
"""Invitations bear Pacific time, to the minute: a day of room."""


class Links(NamedTuple):
    """One entry per message and counterpart.

    Attributes
    ----------
    row : numpy.ndarray of int
        Position of the message in the file.
    person : numpy.ndarray of int
        Position in `people`.
    is_sent : numpy.ndarray of bool
    recipient_count : numpy.ndarray of int
    people : list of str
        Every `person_id`, sorted.
    what : numpy.ndarray of int
        For each message in `Ends` the position in `WHAT`.
    """

    row: NDArray[np.intp]
    person: NDArray[np.intp]
    is_sent: NDArray[np.bool_]
    recipient_count: NDArray[np.int64]
    people: list[str]
    what: NDArray[np.intp]


def link(ends: Ends, owner: Owner, registry: Registry, source: str) -> Links:
    """Find the counterparts of each message.

    Parameters
    ----------
    ends : Ends
    owner : Owner
    registry : Registry
        Where people are looked up, and entered if they are new.
    source : str
        The file's name.
    """
    sent = written_by_owner(ends, owner, registry.connected())
    others: list[tuple[int, str | None, str]] = []
    columns = zip(sent.tolist(), ends.sender_key, ends.sender_name, ends.to.tolist(), strict=True)
    own = owner.profile_key
    for code, (mine, key, name, to) in enumerate(columns):
        if mine:
            named = ends.addressed[to].named
            others += [(code, k, n) for k, n in named if k is None or k != own]
        else:
            others.append((code, key, name))
    keys, names = [key for _, key, _ in others], [name for *_, name in others]
    found = pd.DataFrame({"code": np.array([code for code, *_ in others], np.intp), "name": names})
    found["person_id"] = registry.resolve(keys, names, source)
    what = _what(ends, owner, sent, found)
    found = found[found["person_id"] != ""].drop_duplicates(["code", "person_id"])
    place, ids = pd.factorize(found["person_id"], sort=True)
    people, person = ids.tolist(), place.astype(np.intp)
    size = np.array([to.size for to in ends.addressed], np.int64).clip(min=1)[ends.to]
    # each message takes the counterparts of its combination, which stand together in `found`
    count = np.bincount(found["code"].to_numpy(np.intp), minlength=len(sent))
    begin = np.cumsum(count) - count
    each = count[ends.code]
    within = np.arange(each.sum()) - np.repeat(np.cumsum(each) - each, each)
    codes = np.repeat(ends.code, each)
    return Links(
        row=np.repeat(ends.row, each),
        person=person[begin[codes] + within],
        is_sent=sent[codes],
        recipient_count=size[codes],
        people=people,
        what=what[ends.code],
    )


def _what(
    ends: Ends, owner: Owner, sent: NDArray[np.bool_], found: pd.DataFrame
) -> NDArray[np.intp]:
    """Say of each combination what its messages are, or why they are set aside."""
    codes = np.arange(len(sent))
    nameless = found["name"].isin([HIDDEN_MEMBER, ""])
    unclear = np.isin(codes, found.loc[(found["person_id"] == "") & ~nameless, "code"])
    placed = np.isin(codes, found.loc[found["person_id"] != "", "code"])
    own = owner.profile_key
    alone = np.array(
        [bool(to.named) and all(key == own for key, _ in to.named) for to in ends.addressed], bool
    )
    group = np.array([to.size > 1 for to in ends.addressed], bool)[ends.to]
    what = np.full(len(codes), WHAT.index(HIDDEN))
    what[sent & alone[ends.to]] = WHAT.index(TO_ONESELF)
    what[unclear] = WHAT.index(SHARED_NAME)
    what[placed] = WHAT.index(ONE_TO_ONE)
    what[placed & group] = WHAT.index(IN_GROUP)
    return what


def numbered(texts: pd.Series) -> dict[str, int]:
    """Give each invitation's text a number, the same for texts that differ in white space only.

    Examples
    --------
    >>> numbered(pd.Series(["Hello  Ana", "", "Hello Ana"]))
    {'Hello Ana': 0}
    """
    known = dict.fromkeys(map(squeezed, texts))
    known.pop("", None)
    return {text: number for number, text in enumerate(known)}


def mark_notes(
    messages: Messages, links: Links, invitations: pd.DataFrame, numbers: Mapping[str, int]
) -> NDArray[np.bool_]:
    """Tell which messages are the text of an invitation, come back when it was accepted.

    Parameters
    ----------
    messages : Messages
    links : Links
    invitations : pandas.DataFrame
        `person_id`, `direction`, `text`, `at`.
    numbers : mapping of str to int
        As `numbered` gives them for all invitations on file.

    Returns
    -------
    numpy.ndarray of bool
        For each link, True for the first one-to-one message of its conversation, set phrases
        apart, if an invitation of the same person in the same direction, sent before it, has the
        same text, white space apart.
    """
    place = {person: code for code, person in enumerate(links.people)}
    wanted = _wanted(place, invitations, numbers)
    is_note = np.zeros(len(links.row), bool)
    invited = np.zeros(len(links.people) + 1, bool)
    invited[[person for person, *_ in wanted]] = True
    direct = (links.recipient_count == 1) & invited[links.person]
    # "thanks for connecting" before it does not keep a note from being the first word
    direct = np.flatnonzero(direct & ~messages.rows.is_canned[links.row])
    at, thread = messages.rows.when[links.row[direct]], messages.rows.thread[links.row[direct]]
    first = pd.Series(at).groupby(thread).transform("min").to_numpy() == at
    rows = direct[first]
    triples = zip(
        links.person[rows].tolist(),
        links.is_sent[rows].tolist(),
        messages.rows.invitation[links.row[rows]].tolist(),
        strict=True,
    )
    never = np.datetime64("NaT", "us")
    sent = np.array([wanted.get(triple, never) for triple in triples], "datetime64[us]")
    is_note[rows] = sent <= messages.rows.when[links.row[rows]] + _ROOM
    return is_note


def _wanted(
    place: Mapping[str, int], invitations: pd.DataFrame, numbers: Mapping[str, int]
) -> dict[tuple[int, bool, int], np.datetime64]:
    """Return person, whether it was sent, and the text's number, of each invitation with a text.

    With the instant of the first of them: what was written before is no return of it. An
    invitation whose date cannot be read may be of any time.
    """
    sent = invitations["at"].dt.tz_localize(None).to_numpy("datetime64[us]")
    columns = zip(
        invitations["person_id"], invitations["direction"], invitations["text"],
        np.where(np.isnat(sent), _ALWAYS, sent), strict=True,
    )  # fmt: skip
    found: dict[tuple[int, bool, int], np.datetime64] = {}
    for person, direction, text, at in columns:
        if person in place and (said := squeezed(text)):
            key = (place[person], direction == SIDES[1], numbers[said])
            found[key] = min(at, found.get(key, at))
    return found


def as_table(messages: Messages, links: Links, is_note: NDArray[np.bool_]) -> pa.Table:
    """Return messages as interactions, text columns dictionary-encoded; not judged yet.

    Returns
    -------
    pyarrow.Table
        The columns of `netquality.tables.INTERACTIONS`, and `text` where it was kept.
    """
    row = links.row
    never = pa.array(np.zeros(len(row), bool))
    columns = {
        "person_id": _coded(links.person, links.people),
        "at": pa.array(messages.rows.when[row]).cast(pa.timestamp("us", "UTC")),
        "direction": _coded(links.is_sent, SIDES),
        "kind": _coded(np.zeros(len(row), np.int32), ("message",)),
        "thread_id": _coded(messages.rows.thread[row], messages.threads),
        "recipient_count": pa.array(links.recipient_count),
        "character_count": pa.array(messages.rows.character_count[row].astype(np.int64)),
        "question_count": pa.array(messages.rows.question_count[row].astype(np.int64)),
        "is_group": pa.array(links.recipient_count > 1),
        "is_canned": pa.array(messages.rows.is_canned[row]),
        "is_note": pa.array(is_note),
        "is_possible_note": never,
        "is_real": never,
    }
    if messages.texts is not None:
        columns["text"] = messages.texts.take(pa.array(row)).combine_chunks()
    return pa.table(columns)


def _coded(codes: NDArray[np.generic], values: list[str] | tuple[str, ...]) -> pa.Array:
    dictionary = pa.array(values, pa.large_string())
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32)), dictionary)


def group_participants(
    messages: Messages,
    seen: Seen,
    with_group: NDArray[np.integer],
    owner: Owner,
    registry: Registry,
    source: str,
) -> pd.DataFrame:
    """Return `thread_id` and `person_id` of everybody in a conversation with a group message."""
    rows = np.isin(seen.thread, with_group)
    places, who = np.unique(seen.who[rows], return_inverse=True)
    people = [seen.people[place] for place in places.tolist()]
    mine = name_key(owner.name or "")
    is_other = np.array(
        [key != owner.profile_key if key else name_key(name) != mine for key, name in people], bool
    )
    others = [person for person, other in zip(people, is_other.tolist(), strict=True) if other]
    found = np.full(len(people), "", object)
    found[is_other] = registry.resolve(
        [key or None for key, _ in others], [name for _, name in others], source
    )
    members = {
        (messages.threads[thread], person)
        for thread, person in zip(seen.thread[rows].tolist(), found[who].tolist(), strict=True)
        if person
    }
    ordered = sorted(members)
    columns = {
        "thread_id": [thread for thread, _ in ordered],
        "person_id": [person for _, person in ordered],
    }
    return pd.DataFrame(columns, dtype="str")
