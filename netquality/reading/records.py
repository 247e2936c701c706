"""The smaller LinkedIn files: text rows in, one typed row per record out.

Each function takes the rows of one file as strings (columns in lower case) and returns a table
with the same index, so that every source row can be accounted for.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import pandas as pd

from netquality.identity import profile_keys
from netquality.reading.dates import PACIFIC, parse_days, parse_instants, parse_periods
from netquality.tables import POSITIONS, build

__all__ = [
    "NEEDED",
    "parse_connections",
    "parse_endorsements",
    "parse_invitations",
    "parse_positions",
    "parse_profile_name",
    "parse_recommendations",
    "possible",
]

POSSIBLE_YEARS: Final = (2003, 2099)

NEEDED: Final = {
    "connections": frozenset(("first name", "last name", "company")),
    "invitations": frozenset(("from", "to", "sent at", "direction")),
    "recommendation": frozenset(("first name", "last name", "creation date")),
    "endorsement": frozenset(("endorsement date", "skill name", "endorsement status")),
    "positions": frozenset(("company name", "started on", "finished on")),
    "profile": frozenset(("first name", "last name")),
}
"""The columns, in lower case, without which a file cannot be understood."""


class Parsed(NamedTuple):
    """The records of a file, and what is to be said of its dates."""

    rows: pd.DataFrame
    notes: tuple[str, ...]


def parse_connections(rows: pd.DataFrame) -> Parsed:
    """Parse `Connections.csv`: names, key, company, position, e-mail, date, and who is hidden.

    Returns
    -------
    Parsed
        Of `given_name`, `family_name`, `name`, `profile_key`, `company`, `position`, `email`
        (``str``, missing where empty), `connected_on` (``datetime64[us]``), `is_hidden` (``bool``).

    Examples
    --------
    >>> row = {"first name": "Ana", "last name": "Ficticia", "url": "", "company": "",
    ...        "position": "", "email address": "", "connected on": "20 Nov 2026"}
    >>> parse_connections(pd.DataFrame([row], dtype="str")).rows["connected_on"].item()
    Timestamp('2026-11-20 00:00:00')
    """
    given, family = rows["first name"].str.strip(), rows["last name"].str.strip()
    name = (given + " " + family).str.strip()
    key = profile_keys(_column(rows, "url"))
    days = parse_days(_column(rows, "connected on"))
    table = pd.DataFrame(
        {
            "given_name": _present(given),
            "family_name": _present(family),
            "maiden_name": pd.Series(None, index=rows.index, dtype="str"),
            "credentials": pd.Series(None, index=rows.index, dtype="str"),
            "name": _present(name),
            "profile_key": key,
            "company": _present(rows["company"]),
            "position": _present(_column(rows, "position", "job title")),
            "email": _present(_column(rows, "email address", "e-mail address")),
            "connected_on": possible(days.found),
            "is_hidden": (name == "") & key.isna(),
        }
    )
    return Parsed(table, days.notes)


def parse_invitations(rows: pd.DataFrame) -> Parsed:
    """Parse `Invitations.csv`: `at`, `direction`, both sides' keys, the other's name, `text`.

    `direction` is missing where it is neither OUTGOING nor INCOMING.
    """
    outgoing = rows["direction"].str.strip().str.upper() == "OUTGOING"
    incoming = rows["direction"].str.strip().str.upper() == "INCOMING"
    inviter, invitee = (
        profile_keys(_column(rows, name)) for name in ("inviterprofileurl", "inviteeprofileurl")
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
            "text": _column(rows, "message"),
        }
    )
    return Parsed(table, sent.notes)


def parse_recommendations(rows: pd.DataFrame) -> Parsed:
    """Parse a recommendations file: `at` (its zone is unknown: up to a day off), `other_name`."""
    made = parse_instants(rows["creation date"])
    table = pd.DataFrame(
        {
            "at": possible(made.found),
            "other_name": (
                rows["first name"].str.strip() + " " + rows["last name"].str.strip()
            ).str.strip(),
            "other_key": pd.Series(None, index=rows.index, dtype="str"),
        }
    )
    return Parsed(table, made.notes)


def parse_endorsements(rows: pd.DataFrame) -> Parsed:
    """Parse an endorsements file: `at`, `other_name`, `other_key`, `is_rejected`."""
    side = "endorser" if "endorser first name" in rows else "endorsee"
    given, family = (_column(rows, f"{side} {part} name").str.strip() for part in ("first", "last"))
    made = parse_instants(rows["endorsement date"])
    table = pd.DataFrame(
        {
            "at": possible(made.found),
            "other_name": (given + " " + family).str.strip(),
            "other_key": profile_keys(_column(rows, f"{side} public url")),
            "is_rejected": rows["endorsement status"].str.strip().str.upper() == "REJECTED",
        }
    )
    return Parsed(table, made.notes)


def parse_positions(rows: pd.DataFrame) -> Parsed:
    """Parse `Positions.csv` to `netquality.tables.POSITIONS`, the owner's own jobs."""
    ends = rows["finished on"].str.strip()
    started, finished = parse_periods(rows["started on"]), parse_periods(ends, is_end=True)
    table = build(
        POSITIONS,
        {
            "company": _present(rows["company name"]),
            "started_on": started.found,
            "finished_on": finished.found,
            "is_current": ends == "",
        },
    )
    return Parsed(table, tuple(dict.fromkeys((*started.notes, *finished.notes))))


def parse_profile_name(rows: pd.DataFrame) -> str | None:
    """Return the owner's name from `Profile.csv`, or None where the file has no row."""
    if rows.empty:
        return None
    parts = (rows["first name"].iloc[0].strip(), rows["last name"].iloc[0].strip())
    return " ".join(part for part in parts if part) or None


def possible(dates: pd.Series) -> pd.Series:
    """Return the dates that LinkedIn can have written; it opened in May 2003.

    Examples
    --------
    >>> possible(pd.Series(pd.to_datetime(["1000-01-01", "2020-01-01"]))).isna().tolist()
    [True, False]
    """
    return dates.where(dates.dt.year.between(*POSSIBLE_YEARS))


def _column(rows: pd.DataFrame, *names: str) -> pd.Series:
    """Return the first of these columns that the era of the file has, else empty texts."""
    for name in names:
        if name in rows:
            return rows[name]
    return pd.Series("", index=rows.index, dtype="str")


def _present(texts: pd.Series) -> pd.Series:
    """Return trimmed texts, missing where nothing is left."""
    trimmed = texts.str.strip()
    return trimmed.where(trimmed != "")
