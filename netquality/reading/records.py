"""Connections and invitations: text rows in, one typed row per record out.

Each function takes the rows of one file as strings (columns in lower case) and returns a table
with the same index, so that every source row can be accounted for. The parsers of the other small
files are in `esteem` and `own` and can be had from here too.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from netquality.identity import profile_keys
from netquality.names import split_names
from netquality.reading.dates import PACIFIC, parse_days, parse_instants
from netquality.reading.esteem import (
    parse_endorsements,
    parse_follows,
    parse_notes,
    parse_recommendations,
)
from netquality.reading.fields import Parsed, column, full_name, possible, present
from netquality.reading.own import parse_education, parse_positions, parse_profile_name

__all__ = [
    "NEEDED",
    "Parsed",
    "parse_connections",
    "parse_education",
    "parse_endorsements",
    "parse_follows",
    "parse_invitations",
    "parse_notes",
    "parse_positions",
    "parse_profile_name",
    "parse_recommendations",
    "possible",
]

NEEDED: Final = {
    "connections": frozenset(("first name", "last name", "company")),
    "invitations": frozenset(("from", "to", "sent at", "direction")),
    "recommendation": frozenset(("first name", "last name", "creation date")),
    "endorsement": frozenset(("endorsement date", "skill name", "endorsement status")),
    "positions": frozenset(("company name", "started on", "finished on")),
    "education": frozenset(("school name", "start date", "end date")),
    "follows": frozenset(("date", "status")),
    "notes": frozenset(("connection first name", "connection last name", "created on")),
    "profile": frozenset(("first name", "last name")),
}
"""The columns, in lower case, without which a file cannot be understood."""

_EMAILS: Final = ("email address", "e-mail address", "e-mail 2 address", "e-mail 3 address")


def parse_connections(rows: pd.DataFrame) -> Parsed:
    """Parse `Connections.csv`: names, key, company, position, e-mail, date, and who is hidden.

    The file of 2012, in Outlook's columns, has no URL and no date, but room for a title, a middle
    name, a suffix and several e-mail addresses, of which the first is kept.

    Returns
    -------
    Parsed
        Of `given_name`, `family_name`, `maiden_name`, `credentials`, `name`, `profile_key`,
        `company`, `position`, `email` (``str``, missing where empty), `connected_on`
        (``datetime64[us]``), and three ``bool`` of which at most one holds: `is_hidden` (nothing
        but a date: a hidden member), `is_empty` (nothing at all), `is_nameless` (neither name nor
        profile URL, but something else, such as a company).

    Examples
    --------
    >>> row = {"first name": "Ana", "last name": "Ficticia, PhD", "url": "", "company": "",
    ...        "position": "", "email address": "", "connected on": "20 Nov 2026"}
    >>> found = parse_connections(pd.DataFrame([row], dtype="str")).rows
    >>> found["connected_on"].item(), found["family_name"].item(), found["name"].item()
    (Timestamp('2026-11-20 00:00:00'), 'Ficticia', 'Ana Ficticia, PhD')
    """
    given = full_name(rows, "title", "first name", "middle name")
    family = rows["last name"].str.strip()
    suffix = column(rows, "suffix").str.strip()
    family = family.where(suffix == "", (family + ", " + suffix).str.removeprefix(", "))
    name = (given + " " + family).str.strip()
    key = profile_keys(column(rows, "url"))
    days = parse_days(column(rows, "connected on"))
    dated, said = _filled(rows)
    unknown = (name == "") & key.isna()
    table = split_names(given, family).assign(
        name=present(name),
        profile_key=key,
        company=present(rows["company"]),
        position=present(column(rows, "position", "job title")),
        email=_first_email(rows),
        connected_on=possible(days.found),
        is_hidden=dated & ~said,
        is_empty=~dated & ~said,
        is_nameless=unknown & said,
    )
    return Parsed(table, days.notes)


def _filled(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return whether each row has a date, and whether it has anything else."""
    said = pd.Series(data=False, index=rows.index)
    for name in rows.columns.difference(["connected on"]):
        said |= rows[name].str.strip() != ""
    return column(rows, "connected on").str.strip() != "", said


def _first_email(rows: pd.DataFrame) -> pd.Series:
    email = pd.Series(None, index=rows.index, dtype="str")
    for name in _EMAILS:
        email = email.where(email.notna(), present(column(rows, name)))
    return email


def parse_invitations(rows: pd.DataFrame) -> Parsed:
    """Parse `Invitations.csv`: `at`, `direction`, both sides' keys, the other's name, `text`.

    `direction` is missing where it is neither OUTGOING nor INCOMING. `has_text` is False where the
    file has no column for notes: nobody can know then whether there was one.
    """
    outgoing = rows["direction"].str.strip().str.upper() == "OUTGOING"
    incoming = rows["direction"].str.strip().str.upper() == "INCOMING"
    inviter, invitee = (
        profile_keys(column(rows, name)) for name in ("inviterprofileurl", "inviteeprofileurl")
    )
    sent = parse_instants(rows["sent at"], PACIFIC)
    table = pd.DataFrame(
        {
            "at": possible(sent.found),
            "direction": pd.Series("sent", index=rows.index, dtype="str")
            .where(outgoing, "received")
            .where(outgoing | incoming),
            "own_key": inviter.where(outgoing, invitee),
            "other_key": invitee.where(outgoing, inviter),
            "other_name": rows["to"].where(outgoing, rows["from"]).str.strip(),
            "own_name": rows["from"].where(outgoing, rows["to"]).str.strip(),
            "text": column(rows, "message"),
            "has_text": "message" in rows,
        }
    )
    return Parsed(table, sent.notes)
