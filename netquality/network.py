"""`Network`: the tables of one owner's export, and what is known about them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from netquality.account import five_lines
from netquality.errors import SettingError, TableError
from netquality.identity import profile_key
from netquality.names.finding import begun_so, named_so
from netquality.tables import (
    ADDRESSES,
    CONTACTS,
    COVERAGE,
    DOUBTS,
    EDUCATION,
    INTERACTIONS,
    MATCHES,
    PARTICIPANTS,
    PEOPLE,
    POSITIONS,
    REJECTS,
    Table,
    check,
    empty,
)

if TYPE_CHECKING:
    from netquality.decisions import Decisions
    from netquality.identity import Owner

__all__ = ["Contacts", "Network", "end_of_day", "instant", "need_network", "people_meant"]

_TABLES: Final[tuple[Table, ...]] = (
    PEOPLE, INTERACTIONS, PARTICIPANTS, POSITIONS, COVERAGE, REJECTS, EDUCATION, CONTACTS,
    ADDRESSES, MATCHES, DOUBTS,
)  # fmt: skip
_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}.*)?")


@dataclass(frozen=True, eq=False)  # tables have no single answer to "is equal"
class Network:
    """What one export says: people, interactions, and how complete it is.

    Attributes
    ----------
    people : pandas.DataFrame
        One row per human but the owner; see `netquality.tables.PEOPLE`.
    interactions : pandas.DataFrame
        One row per message and counterpart, without text; see `netquality.tables.INTERACTIONS`.
    participants : pandas.DataFrame
        Who was in which group conversation; see `netquality.tables.PARTICIPANTS`.
    positions : pandas.DataFrame
        The owner's own jobs; see `netquality.tables.POSITIONS`.
    coverage : pandas.DataFrame
        One row per file and reason, adding up to the rows of each file.
    rejects : pandas.DataFrame
        Rows that could not be used: file, line, reason.
    owner : Owner
        Whose export it is.
    as_of : pandas.Timestamp
        The instant up to which the export speaks, UTC.
    as_of_source : str
        What `as_of` comes from.
    kinds : frozenset of str
        Which files were read, under whatever name: `connections`, `messages`, `invitations` ...
    source : str
        Name of the archive or folder, without its path.
    warnings : tuple of str
        What a reader should know before believing a figure; never a private text.
    education : pandas.DataFrame
        The owner's own schools; see `netquality.tables.EDUCATION`.
    contacts, addresses : pandas.DataFrame
        The owner's address books, row by row beside the people they are about, and the e-mail
        addresses, phone numbers and profiles in them; see `netquality.tables.CONTACTS` and
        `netquality.tables.ADDRESSES`.
    matches : pandas.DataFrame
        What was joined to whom without a profile URL, and why; see `netquality.tables.MATCHES`.
    doubts : pandas.DataFrame
        What may be the same human and was not joined; see `netquality.tables.DOUBTS`.
    decisions : Decisions or None
        What the owner said about who is who, as it was applied.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> network.as_of
    Timestamp('2026-11-20 23:59:59.999999+0000', tz='UTC')
    >>> network.has_messages
    True
    """

    people: pd.DataFrame = field(repr=False)
    interactions: pd.DataFrame = field(repr=False)
    participants: pd.DataFrame = field(repr=False)
    positions: pd.DataFrame = field(repr=False)
    coverage: pd.DataFrame = field(repr=False)
    rejects: pd.DataFrame = field(repr=False)
    owner: Owner = field(repr=False)
    as_of: pd.Timestamp
    as_of_source: str
    kinds: frozenset[str] = frozenset()
    source: str = ""
    warnings: tuple[str, ...] = field(default=(), repr=False)
    education: pd.DataFrame = field(default_factory=lambda: empty(EDUCATION), repr=False)
    contacts: pd.DataFrame = field(default_factory=lambda: empty(CONTACTS), repr=False)
    addresses: pd.DataFrame = field(default_factory=lambda: empty(ADDRESSES), repr=False)
    matches: pd.DataFrame = field(default_factory=lambda: empty(MATCHES), repr=False)
    doubts: pd.DataFrame = field(default_factory=lambda: empty(DOUBTS), repr=False)
    decisions: Decisions | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Check every table at the door."""
        for table in _TABLES:
            check(getattr(self, table.name), table)
        if not self.people["person_id"].is_unique:
            raise TableError("people: a person_id stands in several rows. Give one row per human.")

    def __repr__(self) -> str:
        """Say how much there is, and of nobody what."""
        return (
            f"Network({self.connection_count:,} connections, "
            f"{len(self.interactions):,} interactions, "
            f"as of {self.as_of:%Y-%m-%d} from the {self.as_of_source})"
        )

    def summary(self) -> str:
        """Say in five lines what this export can and cannot tell.

        Returns
        -------
        str
            Five lines: what it is, what became of its rows, how people are told apart, what is
            not there and what that means, and what no export knows. No name is in it.

        Examples
        --------
        >>> import netquality as nq
        >>> print(nq.load_sample().summary().splitlines()[0])  # doctest: +ELLIPSIS
        As of 20 November 2026 (date in the archive's name): 878 connections, ...
        """
        return "\n".join(
            five_lines(
                people=self.people,
                interactions=self.interactions,
                coverage=self.coverage,
                kinds=self.kinds,
                as_of=self.as_of,
                as_of_source=self.as_of_source,
            )
        )

    @property
    def connection_count(self) -> int:
        """How many people `Connections.csv` names."""
        return int(self.people["is_connection"].sum())

    @property
    def has_messages(self) -> bool:
        """Whether a messages file was read; without one silence tells nothing about anybody."""
        return "messages" in self.kinds

    @property
    def has_connections(self) -> bool:
        """Whether `Connections.csv` was read."""
        return "connections" in self.kinds


@dataclass(frozen=True, eq=False)
class Contacts:
    """What one address book says, row by row; nothing is joined yet.

    Attributes
    ----------
    contacts : pandas.DataFrame
        One row per row or card that names somebody; see `netquality.tables.CONTACTS`.
    addresses : pandas.DataFrame
        Their e-mail addresses, phone numbers and profiles; see `netquality.tables.ADDRESSES`.
    coverage, rejects : pandas.DataFrame
        What became of every row, as in `Network`.
    form : str
        What wrote the file, as `netquality.read_contacts` told: `google`, `vcard` ...
    source : str
        Name of the file, without its path.
    warnings : tuple of str
        What a reader should know; never a private text.
    """

    contacts: pd.DataFrame = field(repr=False)
    addresses: pd.DataFrame = field(repr=False)
    coverage: pd.DataFrame = field(repr=False)
    rejects: pd.DataFrame = field(repr=False)
    form: str
    source: str = ""
    warnings: tuple[str, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        """Check every table at the door."""
        for table in (CONTACTS, ADDRESSES, COVERAGE, REJECTS):
            check(getattr(self, table.name), table)

    def __repr__(self) -> str:
        """Say how much there is, and of nobody what."""
        return f"Contacts({len(self.contacts):,} from a file of the form {self.form!r})"


def end_of_day(day: date) -> pd.Timestamp:
    """Return the last microsecond of a UTC day.

    Examples
    --------
    >>> from datetime import date
    >>> end_of_day(date(2026, 11, 20))
    Timestamp('2026-11-20 23:59:59.999999+0000', tz='UTC')
    """
    midnight = pd.Timestamp(day.isoformat(), tz="UTC").as_unit("us")
    return midnight + pd.Timedelta(days=1) - pd.Timedelta(1, "us")


def instant(moment: str | date | pd.Timestamp) -> pd.Timestamp:
    """Return a date or time that a caller gave as a UTC instant.

    Parameters
    ----------
    moment : str, datetime.date, datetime.datetime, pandas.Timestamp or numpy.datetime64
        Text like ``2026-11-20`` or ``2026-11-20 08:00``. A date, or midnight without a zone (which
        is how pandas writes a date), means the end of that UTC day; a time without a zone is UTC.

    Returns
    -------
    pandas.Timestamp
        UTC, in microseconds.

    Raises
    ------
    SettingError
        When it is no date, or one that could be read two ways.

    Examples
    --------
    >>> instant("2026-11-20")
    Timestamp('2026-11-20 23:59:59.999999+0000', tz='UTC')
    >>> instant("2026-11-20 08:00")
    Timestamp('2026-11-20 08:00:00+0000', tz='UTC')
    """
    datelike = isinstance(moment, (date, np.datetime64))
    if not (datelike or (isinstance(moment, str) and _ISO.fullmatch(moment.strip()))):
        raise SettingError("as_of: is no date. Give it like '2026-11-20'.")
    try:
        stamp = pd.Timestamp(moment).as_unit("us")
    except (ValueError, OverflowError, NotImplementedError):
        stamp = None
    if stamp is None or pd.isna(stamp):
        raise SettingError("as_of: is no date. Give it like '2026-11-20'.")
    if stamp.tzinfo is not None:
        return stamp.tz_convert("UTC")
    return end_of_day(stamp.date()) if stamp == stamp.normalize() else stamp.tz_localize("UTC")


def need_network(thing: object) -> None:
    """Raise `TableError` unless this is a `Network`: mixed up arguments get a sentence."""
    if not isinstance(thing, Network):
        raise TableError(
            f"network: is {type(thing).__name__}. Give what nq.read_linkedin or nq.load_sample "
            "returned."
        )


def people_meant(people: pd.DataFrame, person: object) -> list[str]:
    """Return the `person_id` of each whom somebody may mean by one, by a profile's URL or a name.

    Examples
    --------
    >>> people = pd.DataFrame({"person_id": ["pat-1", "zoe-2"], "name": ["Pat O’Brien", "Zoë"]})
    >>> [people_meant(people, typed) for typed in ("pat o'brien", "PAT-1", "zo", "somebody")]
    [['pat-1'], ['pat-1'], ['zoe-2'], []]
    """
    if not isinstance(person, str):
        return []
    ids = people["person_id"]
    for key in (person, profile_key(person)):
        if key is not None and (ids == key).any():
            return [key]
    found: list[str] = ids.iloc[named_so(people["name"], person)].tolist()
    # an address in other letters comes after, for "Ana" is a name before it is somebody's address
    found = found or ids[ids == profile_key(f"/in/{person.strip()}")].tolist()
    return found or ids.iloc[begun_so(people["name"], person)].tolist()
