"""Which file of an export is what, by its name alone.

`READ` files are used. Files in `NOT_USED` are known and never opened, for no person can be read
from them or nothing needs them yet. The coach's files have the header of `messages.csv` and are
not your messages. Any other name is shown as unknown.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["DECOY", "ESSENTIAL", "NOT_OPENED", "READ", "UNKNOWN", "kind_of", "why_not_opened"]

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
}

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
        "causes you care about", "certifications", "comments", "company follows", "contacts",
        "courses", "education", "email addresses", "events", "honors", "imported contacts",
        "importedcontacts", "inferences_about_you", "instantreposts", "job applications",
        "job seeker preferences", "languages", "lan ads engagement", "learning", "logins",
        "member_follows", "named_searches", "notes", "online job postings", "organizations",
        "patents", "phonenumbers", "phone numbers", "posts", "private_identity_asset",
        "profile summary", "projects", "publications", "reactions", "receipts", "receipts_v2",
        "registration", "rich_media", "saved jobs", "saved job alerts", "savedjobalerts",
        "saved_items", "searchqueries", "search queries", "security challenges", "shares",
        "skills", "test scores", "verifications", "volunteering", "votes",
        "whatsapp phone numbers",
    )
)  # fmt: skip
_FOLDERS: Final = frozenset(("jobs", "verifications", "services marketplace", "articles"))
_SHARD: Final = re.compile(r"_\d+$")


def kind_of(member: str) -> str | None:
    """Return what is read from a member of an export, or None.

    Examples
    --------
    >>> kind_of("messages.csv"), kind_of("coach_messages.csv"), kind_of("Jobs/Connections.csv")
    ('messages', None, None)
    """
    folder, _, base = member.casefold().rpartition("/")
    return None if folder.split("/")[0] in _FOLDERS else READ.get(base)


def why_not_opened(member: str) -> str:
    """Return why a member is not opened.

    Examples
    --------
    >>> why_not_opened("Comments_123.csv"), why_not_opened("holiday.csv")
    ('known file, not used', 'unknown file, not opened')
    """
    folder, _, base = member.casefold().rpartition("/")
    stem = _SHARD.sub("", base.rpartition(".")[0])
    if stem in _DECOYS:
        return DECOY
    return NOT_OPENED if stem in _NOT_USED or folder.split("/")[0] in _FOLDERS else UNKNOWN
