"""Signs of esteem: recommendations, endorsements, whom the owner follows or keeps notes on."""

from __future__ import annotations

from typing import Final

import pandas as pd

from netquality.identity import profile_keys
from netquality.reading.dates import parse_instants
from netquality.reading.fields import Parsed, column, full_name, notes_of, possible

__all__ = ["parse_endorsements", "parse_follows", "parse_notes", "parse_recommendations"]

_FOLLOWED: Final = ("ACTIVE", "FOLLOW", "FOLLOWED", "FOLLOWING")
_LEFT: Final = ("INACTIVE", "UNFOLLOW", "UNFOLLOWED")


def parse_recommendations(rows: pd.DataFrame) -> Parsed:
    """Parse a recommendations file: `at` (its zone is unknown: up to a day off), `other_name`.

    `Status` (VISIBLE, HIDDEN and others) says what a profile shows, not whether somebody wrote:
    every row counts.

    Examples
    --------
    >>> row = {"first name": "Ana", "last name": "Ficticia", "creation date": "05/01/21, 09:00 AM"}
    >>> parse_recommendations(pd.DataFrame([row], dtype="str")).rows["other_name"].item()
    'Ana Ficticia'
    """
    made = parse_instants(rows["creation date"])
    table = pd.DataFrame(
        {
            "at": possible(made.found),
            "other_name": full_name(rows, "first name", "last name"),
            "other_key": _no_key(rows),
        }
    )
    return Parsed(table, made.notes)


def parse_endorsements(rows: pd.DataFrame) -> Parsed:
    """Parse an endorsements file: `at`, `other_name`, `other_key`, `is_rejected`.

    A pending endorsement was made all the same; only REJECTED was turned down. Older files have no
    profile URL.

    Examples
    --------
    >>> row = {"endorsement date": "2026/01/02 03:04:05 UTC", "endorsement status": "rejected",
    ...        "endorsee first name": "Ana", "endorsee last name": "Ficticia",
    ...        "endorsee public url": "www.linkedin.com/in/ana-1"}
    >>> parse_endorsements(pd.DataFrame([row], dtype="str")).rows["is_rejected"].tolist()
    [True]
    """
    side = "endorser" if "endorser first name" in rows else "endorsee"
    made = parse_instants(rows["endorsement date"])
    table = pd.DataFrame(
        {
            "at": possible(made.found),
            "other_name": full_name(rows, f"{side} first name", f"{side} last name"),
            "other_key": profile_keys(column(rows, f"{side} public url")),
            "is_rejected": rows["endorsement status"].str.strip().str.upper() == "REJECTED",
        }
    )
    return Parsed(table, made.notes)


def parse_follows(rows: pd.DataFrame) -> Parsed:
    """Parse `Member_Follows.csv`: `at`, `other_name`, `other_key` (never known), `is_active`.

    `is_active` is ``boolean``: False for somebody no longer followed, missing for a status that is
    not known here. How LinkedIn writes `Date` is not known for sure: every form of an instant is
    tried, in UTC.

    Examples
    --------
    >>> row = {"date": "2026-01-02 03:04:05", "status": "Unfollow", "fullname": "Ana Ficticia"}
    >>> parse_follows(pd.DataFrame([row], dtype="str")).rows["is_active"].tolist()
    [False]
    """
    made = parse_instants(column(rows, "date"))
    status = column(rows, "status").str.strip().str.upper()
    followed = status.isin(_FOLLOWED).astype("boolean")
    table = pd.DataFrame(
        {
            "at": possible(made.found),
            "other_name": column(rows, "fullname", "full name").str.strip(),
            "other_key": _no_key(rows),
            "is_active": followed.where(status.isin(_FOLLOWED + _LEFT)),
        }
    )
    return Parsed(table, made.notes)


def parse_notes(rows: pd.DataFrame) -> Parsed:
    """Parse `Notes.csv`, the owner's own notes on people: `at`, `other_name`, `other_key`.

    `at` is when a note was last edited, else when it was created. The note itself is not kept.

    Examples
    --------
    >>> row = {"connection first name": "Ana", "connection last name": "Ficticia",
    ...        "connection profile url": "https://www.linkedin.com/in/ana-1",
    ...        "note": "Tea", "created on": "2026-01-02", "edited on": ""}
    >>> parse_notes(pd.DataFrame([row], dtype="str")).rows.iloc[0, 1:].tolist()
    ['Ana Ficticia', 'ana-1']
    """
    created, edited = (parse_instants(column(rows, f"{what} on")) for what in ("created", "edited"))
    last = possible(edited.found)
    table = pd.DataFrame(
        {
            "at": last.where(last.notna(), possible(created.found)),
            "other_name": full_name(rows, "connection first name", "connection last name"),
            "other_key": profile_keys(column(rows, "connection profile url")),
        }
    )
    return Parsed(table, notes_of(created.notes, edited.notes))


def _no_key(rows: pd.DataFrame) -> pd.Series:
    return pd.Series(None, index=rows.index, dtype="str")
