"""Which file of an export is what, by its name alone.

`READ` files are used. Files in `NOT_USED` are known and never opened, for no person can be read
from them or nothing needs them yet. The coach's files have the header of `messages.csv` and are
not your messages. Any other name is shown as unknown.

One file of an export can have several members: shards (`Connections_1.csv`) that continue one
another, and members that may say the same once more, such as a copy (`messages (1).csv`) or a twin
under an older name (`Endorsement Received Info.csv`). `sort_members` tells them apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "DECOY",
    "ESSENTIAL",
    "MEANING_OF_ABSENCE",
    "NOT_OPENED",
    "READ",
    "SUBFOLDERS",
    "UNKNOWN",
    "Members",
    "kind_of",
    "shown_name",
    "sort_members",
    "why_not_opened",
]

READ: Final = {
    "connections.csv": "connections",
    "messages.csv": "messages",
    "invitations.csv": "invitations",
    "recommendations_received.csv": "recommendation received",
    "recommendations_given.csv": "recommendation sent",
    "endorsement_received_info.csv": "endorsement received",
    "endorsement_given_info.csv": "endorsement sent",
    "positions.csv": "positions",
    "profile.csv": "profile",
    "education.csv": "education",
    "member_follows.csv": "follows",
    "notes.csv": "notes",
    "contacts.csv": "contacts",
    "importedcontacts.csv": "contacts",
    "imported contacts.csv": "contacts",
}
"""What is read, by the name that LinkedIn gives it."""

MEANING_OF_ABSENCE: Final[dict[str, str]] = {
    "connections": "Without connections nobody can be counted as one: only people with whom you "
    "wrote back and forth have a status.",
    "messages": "Without messages silence tells nothing about anybody: it cannot be told with whom "
    "you talk.",
    "invitations": "Without invitations the note of an accepted one looks like a message: a lone "
    "first message on the connect day is set aside as a possible note.",
    "recommendation received": "Without the recommendations that others wrote for you, somebody "
    "who wrote one may read as No conversation on record.",
    "recommendation sent": "Without the recommendations that you wrote, somebody for whom you "
    "wrote one may read as No conversation on record.",
    "endorsement received": "Without the endorsements that you got, none is counted; no status "
    "depends on them.",
    "endorsement sent": "Without the endorsements that you gave, none is counted; no status "
    "depends on them.",
    "positions": "Without your positions nobody is known to work where you do: colleagues with "
    "whom you talk elsewhere may read as No conversation on record.",
    "education": "Without your schools nobody is known as a fellow student; no status depends on "
    "it.",
    "follows": "Without the people you follow, none is known as followed; no status depends on it.",
    "notes": "Without your notes on people, nobody is known as somebody you keep notes on; no "
    "status depends on it.",
    "contacts": "Without an address book, people whom you write to or call elsewhere may read as "
    "No conversation on record.",
    "profile": "Without your profile, only invitations and conversations can say whose export "
    "this is; where they do not, give me=.",
}
"""What it means for the answers that a kind of file is not there, in one sentence."""

ESSENTIAL: Final = frozenset(("connections", "messages", "invitations"))
"""If one of these is there but cannot be understood, an answer would be false: reading stops."""

NOT_OPENED: Final = "known file, not used"
DECOY: Final = "not your messages: LinkedIn's coach"
UNKNOWN: Final = "unknown file, not opened"

_DECOYS: Final = frozenset(
    (
        "coach_messages",
        "guide_messages",
        "learning_coach_messages",
        "learning_role_play_messages",
        "learningcoachmessages",
    )
)
_NOT_USED: Final = frozenset(
    (
        "account status history", "ad_targeting", "ads clicked", "articles", "causes",
        "causes you care about", "certifications", "comments", "company follows",
        "courses", "email addresses", "events", "group comments", "group likes",
        "group posts", "hashtag_follows", "honors",
        "inferences_about_you", "instantreposts", "job applicant saved answers",
        "job applicant saved screening question responses", "job applications",
        "job seeker preferences", "lan ads engagement", "languages", "learning", "logins",
        "named_searches", "online job postings", "organizations",
        "patents", "phone numbers", "phonenumbers", "posts", "private_identity_asset",
        "profile summary", "projects", "providers", "publications", "reactions", "receipts",
        "receipts_v2", "registration", "reviews", "rich_media", "saved job alerts", "saved jobs",
        "saved_items", "savedjobalerts", "search queries", "searchqueries",
        "security challenges", "shares", "skills", "test scores", "verifications", "volunteer",
        "volunteering", "votes", "whatsapp phone numbers",
    )
)  # fmt: skip
SUBFOLDERS: Final = frozenset(("jobs", "verifications", "services marketplace", "articles"))
"""Folders of an export, in lower case. A file in one of them is not the file of its name."""

# ` (1)` by a browser, ` - Copy (2)` by Windows, ` copy 2` by macOS
_COPY: Final = re.compile(r"(?: ?\(\d{1,3}\)|(?: -)? copy(?: \d{1,3})?){1,4}$")
# `_<memberid>` has five digits or more, a shard's number fewer: nobody's archive has 10,000 parts
_NUMBERS: Final = re.compile(r"(?:_\d{5,})?(?:_(?P<shard>\d{1,4}))?$")
_SEPARATORS: Final = re.compile(r"[ _]")


class _Name(NamedTuple):
    """What a member's name says: which file it is, which shard, and whether a copy of one."""

    stem: str
    shard: int
    is_copy: bool
    is_table: bool
    in_subfolder: bool


def _parse_name(member: str) -> _Name:
    """Take a member's name apart.

    Examples
    --------
    >>> _parse_name("Endorsement Received Info_2 (1).csv")[:3]
    ('endorsementreceivedinfo', 2, True)
    """
    *folders, base = member.casefold().split("/")
    stem, _, suffix = base.rpartition(".")
    copied = _COPY.search(stem)
    stem = stem[: copied.start()] if copied else stem
    numbers = _NUMBERS.search(stem)
    shard = 0
    if numbers:  # it always matches, if only the empty end
        stem, shard = stem[: numbers.start()], int(numbers["shard"] or 0)
    return _Name(
        _canonical(stem),
        shard,
        copied is not None,
        suffix == "csv",
        not SUBFOLDERS.isdisjoint(folders),
    )


def _canonical(stem: str) -> str:
    """Return a stem without its separators, which LinkedIn changes from year to year."""
    return _SEPARATORS.sub("", stem)


_KINDS: Final = {_canonical(name.removesuffix(".csv")): kind for name, kind in READ.items()}
_DECOY_STEMS: Final = frozenset(map(_canonical, _DECOYS))
_NOT_USED_STEMS: Final = frozenset(map(_canonical, _NOT_USED))


def kind_of(member: str) -> str | None:
    """Return what is read from a member of an export, or None.

    Examples
    --------
    >>> kind_of("messages.csv"), kind_of("coach_messages.csv"), kind_of("Jobs/Connections.csv")
    ('messages', None, None)
    >>> kind_of("Connections_1.csv"), kind_of("Recommendations Given.csv")
    ('connections', 'recommendation sent')
    """
    name = _parse_name(member)
    return _KINDS.get(name.stem) if name.is_table and not name.in_subfolder else None


def shown_name(kind: str) -> str:
    """Return what LinkedIn calls the file of a kind today.

    Examples
    --------
    >>> shown_name("invitations"), shown_name("recommendation sent")
    ('Invitations.csv', 'Recommendations_Given.csv')
    """
    name = next(name for name, known in READ.items() if known == kind)
    if kind == "contacts":
        return "ImportedContacts.csv"
    return name if kind == "messages" else "_".join(map(str.capitalize, name.split("_")))


def why_not_opened(member: str) -> str:
    """Return why a member is not opened.

    Examples
    --------
    >>> why_not_opened("Comments_123456.csv"), why_not_opened("holiday.csv")
    ('known file, not used', 'unknown file, not opened')
    """
    name = _parse_name(member)
    if name.stem in _DECOY_STEMS:
        return DECOY
    return NOT_OPENED if name.stem in _NOT_USED_STEMS or name.in_subfolder else UNKNOWN


@dataclass(frozen=True)
class Members:
    """The members of an export, by what they are.

    Attributes
    ----------
    kinds : dict of str to tuple of tuple of str
        For each kind in `READ` that is there its shards, in order, to be read one after the other.
        Each shard is the member to read, then those that may say the same once more: copies,
        twins under another form of the name, files of the same name deeper down. Their contents
        decide: the rows that the first has too must not be counted again.
    unopened : dict of str to str
        The other members, and why each is not opened.
    """

    kinds: dict[str, tuple[tuple[str, ...], ...]]
    unopened: dict[str, str]


def sort_members(members: Iterable[str]) -> Members:
    """Sort the members of an export by what they are.

    The order in which they are given changes nothing.

    Examples
    --------
    >>> found = sort_members(["messages (1).csv", "messages_1.csv", "messages.csv", "Shares.csv"])
    >>> found.kinds
    {'messages': (('messages.csv', 'messages (1).csv'), ('messages_1.csv',))}
    >>> found.unopened
    {'Shares.csv': 'known file, not used'}
    """
    shards: dict[str, dict[int, list[str]]] = {}
    unopened = {}
    for member in sorted(members, key=_precedence):
        kind = kind_of(member)
        if kind is None:
            unopened[member] = why_not_opened(member)
        else:
            shards.setdefault(kind, {}).setdefault(_parse_name(member).shard, []).append(member)
    return Members(
        {
            kind: tuple(tuple(numbered[number]) for number in sorted(numbered))
            for kind, numbered in shards.items()
        },
        unopened,
    )


def _precedence(member: str) -> tuple[int, bool, bool, str]:
    """Order members so that the one LinkedIn most likely wrote last comes first."""
    base = member.casefold().rpartition("/")[2]
    return member.count("/"), _parse_name(member).is_copy, " " in base, member
