"""The owner's word about the people in a network: a small file, theirs, that is only added to.

One line per word said: `person_id`, `name` (for the eye only), `word`, `value`, `said_on`, `owner`
and `schema_version`. It may be read and edited in a spreadsheet. A later line wins over an earlier
about the same; notes and days add up. No line is ever changed or removed here.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from netquality.errors import SettingError
from netquality.files import at_home
from netquality.journal.record import FILE_NAME, Journal, add_lines, journal_of
from netquality.journal.said import lines_proposed, lines_said, person_meant
from netquality.network import need_network

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from netquality.network import Network

__all__ = [
    "FILE_NAME",
    "Journal",
    "journal_path",
    "keep_journal",
    "keep_list",
    "keep_word",
    "person_meant",
    "read_journal",
]


def journal_path(export: str | os.PathLike[str] | Sequence[str | os.PathLike[str]]) -> Path:
    """Return where the journal of an export lies: beside it.

    Parameters
    ----------
    export : str, path-like, or a sequence of them
        What was given to `netquality.read_linkedin`: ZIP, folder, `Connections.csv`, or the parts
        of an export, of which the first counts.

    Returns
    -------
    pathlib.Path
        ``netquality-journal.csv`` in the same folder as the export; it need not be there yet.

    Raises
    ------
    SettingError
        When it is no path, or there are no parts.

    Examples
    --------
    >>> journal_path("Downloads/Basic_LinkedInDataExport_11-20-2026.zip").as_posix()
    'Downloads/netquality-journal.csv'
    """
    first: object = export
    if isinstance(export, Sequence) and not isinstance(export, str):
        first = export[0] if export else None
    if not isinstance(first, (str, os.PathLike)):
        raise SettingError("export: is no path. Give what you gave to nq.read_linkedin.")
    where = at_home(os.fsdecode(first))
    if where.name in {"", ".."}:  # a folder that does not say its own name
        where = where.resolve()
    return where.parent / FILE_NAME


def read_journal(path: str | os.PathLike[str], network: Network) -> Journal:
    """Read what the owner of a network said; a file that is not there yet says nothing.

    Parameters
    ----------
    path : str or path-like
        As `keep_journal` wrote it, or edited in a spreadsheet since.
    network : Network
        The owner's; about whom words stand in `words`.

    Returns
    -------
    Journal

    Raises
    ------
    ExportError
        When it is another person's journal, of a later version, or cannot be understood.
    OwnerError
        When it cannot be told whose the export is, or whether the journal is theirs.

    Examples
    --------
    >>> import netquality as nq
    >>> nq.read_journal("not-there-yet.csv", nq.load_sample())
    Journal(0 labels, 0 off-platform, 0 hidden, 0 people with notes)
    """
    need_network(network)
    return journal_of(path, network)


def keep_journal(table: pd.DataFrame, path: str | os.PathLike[str], network: Network) -> Journal:
    """Add to the journal what a table says; what the file held before stays, to the byte.

    Parameters
    ----------
    table : pandas.DataFrame
        `person_id` and any of `label` (`close`, `know`, `stranger`, `not interested`; an empty
        text takes it back), `off_platform` (how you talk elsewhere, or `no`), `hidden` (yes or
        no), `note`, `snooze_until`, `wrote_on`, `answered_on`, `met_on` (a date each, or `no` to
        take the last one back), and `said_on` (a date; by default that of the export, or of what
        happened after it). Missing cells say nothing, and other columns are not looked at.
    path : str or path-like
        The file, as a rule `journal_path(export)`; made where there is none, readable by you alone.
    network : Network
        The owner's.

    Returns
    -------
    Journal
        All that the file holds now. A word that stands already is not written again.

    Raises
    ------
    TableError
        Naming every column that cannot be used: a label or answer that is none, a person who is
        not in the network, two things said of one person.
    ExportError, OwnerError
        As `read_journal`, or when the file cannot be written; it is left as it is.

    Examples
    --------
    >>> import tempfile
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> table = network.people[["person_id"]].head(3).assign(label=["close", "know", None])
    >>> with tempfile.TemporaryDirectory() as home:
    ...     nq.keep_journal(table, home + "/netquality-journal.csv", network)
    Journal(2 labels, 0 off-platform, 0 hidden, 0 people with notes)
    """
    need_network(network)
    return add_lines(lines_said(table, network), path, network)


def keep_word(
    person: str,
    path: str | os.PathLike[str],
    network: Network,
    *,
    label: str | None = None,
    off_platform: str | bool | None = None,
    hidden: bool | None = None,
    note: str | None = None,
    snooze_until: str | date | bool | None = None,
    wrote_on: str | date | bool | None = None,
    answered_on: str | date | bool | None = None,
    met_on: str | date | bool | None = None,
    said_on: str | date | None = None,
) -> Journal:
    """Add to the journal what the owner says of one person.

    Parameters
    ----------
    person : str
        A `person_id`, or a name, or a part of one, that fits exactly one person in the network;
        case, titles, credentials, emoji and the form of apostrophes do not matter.
    path : str or path-like
        The file, as a rule `journal_path(export)`.
    network : Network
        The owner's.
    label : str, optional
        `close`, `know`, `stranger` or `not interested`; an empty text takes it back.
    off_platform : str or bool, optional
        How you talk elsewhere, like ``"by phone"``; False or ``"no"`` takes it back.
    hidden : bool, optional
        Whether to keep this person out of every list.
    note : str, optional
        A note; it joins the earlier ones.
    snooze_until : str, date or bool, optional
        Keep this person out of every list until that day; False takes it back.
    wrote_on, answered_on, met_on : str, date or bool, optional
        The day on which you wrote to them, they answered, you met, on whatever way. Days add up;
        ``"not 2026-11-20"`` takes back one, False the one kept last.
    said_on : str or date, optional
        When this is said; by default the date of the export, or of what happened after it.

    Returns
    -------
    Journal
        All that the file holds now.

    Raises
    ------
    SettingError
        When the person is nobody in the network, or several, or nothing is said.
    TableError, ExportError, OwnerError
        As `keep_journal`.

    Examples
    --------
    >>> import tempfile
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> person = network.people["person_id"].iloc[0]
    >>> with tempfile.TemporaryDirectory() as home:
    ...     path = home + "/netquality-journal.csv"
    ...     _ = nq.keep_word(person, path, network, label="close", off_platform="by phone")
    ...     nq.keep_word(person, path, network, note="We sang in the same choir.")
    Journal(1 label, 1 off-platform, 0 hidden, 1 person with notes)
    """
    need_network(network)
    said = {
        "label": label,
        "off_platform": off_platform,
        "hidden": hidden,
        "note": note,
        "snooze_until": snooze_until,
        "wrote_on": wrote_on,
        "answered_on": answered_on,
        "met_on": met_on,
    }
    if all(value is None for value in said.values()):
        raise SettingError(f"Nothing is said: give {'=, '.join([*said][:-1])}= or met_on=.")
    row = {"person_id": person_meant(person, network), **said, "said_on": said_on}
    return keep_journal(pd.DataFrame([row], dtype="object"), path, network)


def keep_list(
    proposals: pd.DataFrame,
    path: str | os.PathLike[str],
    network: Network,
    *,
    begin: str | date,
) -> Journal:
    """Add to the journal whom a list proposes, so that it can be told what came of it.

    Parameters
    ----------
    proposals : pandas.DataFrame
        As `netquality.reconnect` returns it.
    path : str or path-like
        The file, as a rule `journal_path(export)`.
    network : Network
        The owner's.
    begin : str or date
        The first day of the list's first week. Each person is proposed from the first day of their
        own week on.

    Returns
    -------
    Journal
        All that the file holds now.

    Raises
    ------
    SettingError
        When `begin` is no date.
    TableError
        When `proposals` is no such table, or names people who are not in the network.
    ExportError, OwnerError
        As `keep_journal`.

    Examples
    --------
    >>> import tempfile
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> proposals = nq.reconnect(nq.assess(network), n=4)
    >>> with tempfile.TemporaryDirectory() as home:
    ...     path = home + "/netquality-journal.csv"
    ...     journal = nq.keep_list(proposals, path, network, begin="2026-11-23")
    >>> journal.events["on"].dt.date.astype(str).tolist()
    ['2026-11-23', '2026-11-23', '2026-11-23', '2026-11-30']
    """
    need_network(network)
    return add_lines(lines_proposed(proposals, begin, network), path, network)
