"""`Network`: the tables of one owner's export, and what is known about them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from netquality.errors import SettingError, TableError
from netquality.tables import (
    COVERAGE,
    INTERACTIONS,
    PARTICIPANTS,
    PEOPLE,
    POSITIONS,
    REJECTS,
    check,
)

if TYPE_CHECKING:
    from netquality.identity import Owner

__all__ = ["Network", "end_of_day", "instant", "need_network"]

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

    def __post_init__(self) -> None:
        """Check every table at the door."""
        for frame, table in (
            (self.people, PEOPLE),
            (self.interactions, INTERACTIONS),
            (self.participants, PARTICIPANTS),
            (self.positions, POSITIONS),
            (self.coverage, COVERAGE),
            (self.rejects, REJECTS),
        ):
            check(frame, table)

    def __repr__(self) -> str:
        """Say how much there is, and of nobody what."""
        return (
            f"Network({self.connection_count:,} connections, "
            f"{len(self.interactions):,} interactions, "
            f"as of {self.as_of:%Y-%m-%d} from the {self.as_of_source})"
        )

    @property
    def connection_count(self) -> int:
        """How many people `Connections.csv` names."""
        return int(self.people["is_connection"].sum())

    @property
    def has_messages(self) -> bool:
        """Whether a messages file was read; without one nobody's silence means anything."""
        return "messages" in self.kinds

    @property
    def has_connections(self) -> bool:
        """Whether `Connections.csv` was read."""
        return "connections" in self.kinds


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
    except (ValueError, OverflowError):
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
