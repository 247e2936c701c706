"""Messages to interactions: who is at the other end, what the text amounts to, which are notes.

Here the text of a message is looked at for the last time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pandas as pd

from netquality.identity import HIDDEN_MEMBER, name_key, profile_key, split_recipients
from netquality.phrases import LONGEST, is_canned, question_count, readable

if TYPE_CHECKING:
    from netquality.identity import Owner
    from netquality.reading.registry import Registry

__all__ = [
    "HIDDEN",
    "IN_GROUP",
    "ONE_TO_ONE",
    "between",
    "group_participants",
    "mark_notes",
    "measure_text",
    "presence",
    "written_by_owner",
]

ONE_TO_ONE: Final = "message between two people"
IN_GROUP: Final = "message in a group"
HIDDEN: Final = "the other side is a hidden or deleted member"
SHARED_NAME: Final = "no profile URL, and several people have this name"
TO_ONESELF: Final = "from you to yourself"
_MOST_THREADS: Final = 0.8


class _Recipients(NamedTuple):
    """Who a message is addressed to."""

    size: int
    named: tuple[tuple[str | None, str], ...]


def recipients(names: str, urls: str) -> _Recipients:
    """Return how many people a message goes to, and the key and name of those that can be told.

    With a ``LinkedIn Member`` among them the list of URLs is shorter than that of names: then the
    two are never laid side by side.

    Examples
    --------
    >>> recipients("Ana Ficticia, PhD,Ben Erfunden", "/in/ana,/in/ben").named
    (('ana', 'Ana Ficticia, PhD'), ('ben', 'Ben Erfunden'))
    >>> recipients("LinkedIn Member,Ben Erfunden", "https://www.linkedin.com/in/ben")
    _Recipients(size=2, named=(('ben', ''),))
    """
    called = split_recipients(names)
    keys = [key for key in map(profile_key, urls.split(",")) if key]
    count = max(len(called), len(keys))
    if len(keys) == len(called):
        return _Recipients(count, tuple(zip(keys, called, strict=True)))
    if keys:
        return _Recipients(count, tuple((key, "") for key in keys))
    return _Recipients(count, tuple((None, name) for name in called if name != HIDDEN_MEMBER))


def written_by_owner(rows: pd.DataFrame, owner: Owner) -> pd.Series:
    """Tell which messages the owner wrote.

    By profile key; where the export shows none for the owner, by the name in `Profile.csv`. Where
    neither the key nor the name ever appears but ``LinkedIn Member`` is in nearly all
    conversations, that is the owner (3 of 44 exports measured).
    """
    key, name = owner.profile_key, owner.name
    mine = pd.Series(False, index=rows.index)  # noqa: FBT003 - a Series of False
    if rows.empty:
        return mine
    if key is not None:
        mine = rows["from_key"].fillna("") == key
        if (
            mine.any()
            or rows["to_urls"].map(lambda urls: key in map(profile_key, urls.split(","))).any()
        ):
            return mine
    if name is not None:
        called = {text: name_key(text) == name_key(name) for text in rows["from_name"].unique()}
        mine = rows["from_name"].map(called).astype(bool)
        if mine.any():
            return mine
    hidden = (rows["from_name"] == HIDDEN_MEMBER) & rows["from_key"].isna()
    present = hidden | rows["to_names"].map(lambda to: HIDDEN_MEMBER in split_recipients(to))
    in_thread = present.groupby(rows["thread_id"]).any()
    return hidden if len(in_thread) and in_thread.mean() >= _MOST_THREADS else mine


def between(
    rows: pd.DataFrame, sent: pd.Series, owner: Owner, registry: Registry, source: str
) -> tuple[pd.DataFrame, pd.Series]:
    """Return one row per message and counterpart, and what each source row is.

    Parameters
    ----------
    rows : pandas.DataFrame
        As in `Messages.rows`.
    sent : pandas.Series
        Which of them the owner wrote.
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
        `ONE_TO_ONE`, `IN_GROUP`, or why the message is set aside; index as `rows`.
    """
    addressed = _addressed(rows)
    counts = [known.size for known in addressed]
    links: list[tuple[object, str | None, str, str]] = []
    for row, mine, key, name, to in zip(
        rows.index, sent, rows["from_key"], rows["from_name"], addressed, strict=True
    ):
        if mine:
            links += [
                (row, k, n, "sent") for k, n in to.named if k is None or k != owner.profile_key
            ]
        else:
            links.append((row, key if isinstance(key, str) else None, name, "received"))
    found = pd.DataFrame(links, columns=["row", "key", "name", "direction"])
    found["person_id"] = _resolve(found, registry, source)
    size = pd.Series(counts, index=rows.index)
    reasons = pd.Series(HIDDEN, index=rows.index, dtype="str")
    only_me = sent & pd.Series(
        [len(to.named) == 1 and to.named[0][0] == owner.profile_key for to in addressed],
        index=rows.index,
    )
    reasons = reasons.mask(only_me, TO_ONESELF)
    unclear = (found["person_id"] == "") & (found["name"] != HIDDEN_MEMBER) & (found["name"] != "")
    reasons = reasons.mask(rows.index.isin(found.loc[unclear, "row"]), SHARED_NAME)
    found = found[found["person_id"] != ""].drop_duplicates(["row", "person_id"])
    placed = rows.index.isin(found["row"])
    reasons = reasons.mask(placed & (size <= 1), ONE_TO_ONE).mask(placed & (size > 1), IN_GROUP)
    found["recipient_count"] = found["row"].map(size).clip(lower=1)
    return found[["row", "person_id", "direction", "recipient_count"]], reasons


def _addressed(rows: pd.DataFrame) -> list[_Recipients]:
    pairs = list(zip(rows["to_names"], rows["to_urls"], strict=True))
    known = {pair: recipients(*pair) for pair in set(pairs)}
    return [known[pair] for pair in pairs]


def _resolve(found: pd.DataFrame, registry: Registry, source: str) -> list[str]:
    """Look up every key, then every name without one, so that their order changes nothing."""
    pairs = list(zip(found["key"], found["name"], strict=True))
    keyed = sorted({(key, name) for key, name in pairs if isinstance(key, str)})
    known: dict[tuple[object, str], str] = {
        (key, name): registry.by_key(key, name, source) for key, name in keyed
    }
    for name in sorted({name for key, name in pairs if not isinstance(key, str)}):
        known[None, name] = registry.by_name(name, source)
    return [known[key if isinstance(key, str) else None, name] for key, name in pairs]


def measure_text(texts: pd.Series) -> pd.DataFrame:
    """Return `character_count`, `question_count` and `is_canned` of each text."""
    shown = texts.str.strip()
    marked = shown.str.contains("[<&]", regex=True)
    shown = shown.mask(marked, shown[marked].map(readable))
    length = shown.str.len()
    asking = shown.str.contains("[?？؟;]", regex=True)
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
    rows: pd.DataFrame, reasons: pd.Series, owner: Owner, registry: Registry, source: str
) -> pd.DataFrame:
    """Return `thread_id` and `person_id` of everybody in a conversation with a group message."""
    groups = rows[rows["thread_id"].isin(rows.loc[reasons == IN_GROUP, "thread_id"])]
    members = sorted(
        {
            (thread, registry.by_key(key, name, source))
            for thread, key, name in sorted(presence(groups))
            if key != owner.profile_key
        }
    )
    return pd.DataFrame(members, columns=["thread_id", "person_id"], dtype="str")


def presence(rows: pd.DataFrame) -> set[tuple[str, str, str]]:
    """Return the conversation, profile key and name of everybody who wrote or was written to.

    The name is empty where the file does not say which name goes with a key.
    """
    seen: set[tuple[str, str, str]] = set()
    columns = (rows["thread_id"], rows["from_key"], rows["from_name"])
    for thread, key, name, to in zip(*columns, _addressed(rows), strict=True):
        people = [(key, name), *to.named]
        seen |= {(thread, some, called) for some, called in people if isinstance(some, str)}
    return seen
