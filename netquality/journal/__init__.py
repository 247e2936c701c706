"""The owner's word about the people in a network: a small file, theirs, that is only added to.

One line per word said: `person_id`, `name` (for the eye only), `word`, `value`, `said_on`, `owner`
and `schema_version`. It may be read and edited in a spreadsheet. A later line wins over an earlier
about the same; notes add up. No line is ever changed or removed here.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pandas as pd

from netquality.errors import SettingError, TableError
from netquality.files import at_home
from netquality.journal.binding import need_same_owner, owner_text
from netquality.journal.lines import COLUMNS, Heard, cells_of, parse_lines
from netquality.journal.said import lines_said, person_meant
from netquality.journal.standing import Standing, entries_table, hear_all, words_table
from netquality.network import need_network
from netquality.ownfile import open_own, own_file, put, where_is
from netquality.tables import ENTRIES, JOURNAL, check, empty
from netquality.words import plural

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from netquality.network import Network
    from netquality.ownfile import OwnFile

__all__ = ["Journal", "journal_path", "keep_journal", "keep_word", "read_journal"]

FILE_NAME: Final = "netquality-journal.csv"


@dataclass(frozen=True, eq=False)
class Journal:
    """What the owner said of people, as it stands.

    Attributes
    ----------
    words : pandas.DataFrame
        One row per person of this network of whom something stands; see
        `netquality.tables.JOURNAL`.
    entries : pandas.DataFrame
        All lines that were understood, in their order; see `netquality.tables.ENTRIES`.
    warnings : tuple of str
        What was set aside, by line; never a name and never a note.
    source : str
        Name of the file, without its path.

    Examples
    --------
    >>> from netquality.tables import JOURNAL, empty
    >>> Journal(empty(JOURNAL))
    Journal(0 labels, 0 off-platform, 0 hidden, 0 people with notes)
    """

    words: pd.DataFrame = field(repr=False)
    entries: pd.DataFrame = field(default_factory=lambda: empty(ENTRIES), repr=False)
    warnings: tuple[str, ...] = field(default=(), repr=False)
    source: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        """Check the tables at the door."""
        check(self.words, JOURNAL)
        check(self.entries, ENTRIES)
        if self.words["person_id"].duplicated().any():
            raise TableError("journal: a person has several rows. Give one row per person.")

    def __repr__(self) -> str:
        """Say how much there is, and about nobody."""
        words = self.words
        labels, notes = (int(words[name].notna().sum()) for name in ("owner_label", "owner_note"))
        return (
            f"Journal({plural(labels, 'label')}, {int(words['is_off_platform'].sum()):,} "
            f"off-platform, {int(words['is_hidden'].sum()):,} hidden, "
            f"{plural(notes, 'person', 'people')} with notes)"
        )


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
    file = open_own(_place(path), what="journal")
    return _journal(_heard(file, network), network, file.name)


def keep_journal(table: pd.DataFrame, path: str | os.PathLike[str], network: Network) -> Journal:
    """Add to the journal what a table says; what the file held before stays, to the byte.

    Parameters
    ----------
    table : pandas.DataFrame
        `person_id` and any of `label` (`close`, `know`, `stranger`, `not interested`; an empty
        text takes it back), `off_platform` (how you talk elsewhere, or `no`), `hidden` (yes or
        no), `note`, and `said_on` (a date; that of the export by default). Missing cells say
        nothing, and other columns are not looked at.
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
    where = _place(path)
    said = lines_said(table, network)
    owner = owner_text(network.owner)
    file = open_own(where, what="journal")  # at this moment, whatever was read earlier
    heard = _heard(file, network)
    standing = hear_all(heard.lines)
    news = [
        line
        for line in said
        if standing.setdefault(line.person_id, Standing()).hear(line.word, line.value)
    ]
    if not news:
        return _journal(heard, network, file.name)
    names = network.people.set_index("person_id")["name"].fillna("")
    rows = [cells_of(line, name=names[line.person_id], owner=owner) for line in news]
    try:
        data = file.with_rows(rows, COLUMNS)
    except UnicodeEncodeError:
        raise TableError("journal: a text holds characters that no file can hold.") from None
    heard = _heard(own_file(data, file.name), network)  # only what can be read is put there
    put(where, data)
    return _journal(heard, network, file.name)


def keep_word(
    person: str,
    path: str | os.PathLike[str],
    network: Network,
    *,
    label: str | None = None,
    off_platform: str | bool | None = None,
    hidden: bool | None = None,
    note: str | None = None,
    said_on: str | date | None = None,
) -> Journal:
    """Add to the journal what the owner says of one person.

    Parameters
    ----------
    person : str
        A `person_id`, or a name that exactly one person in the network has.
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
    said_on : str or date, optional
        When; the date of the export by default.

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
    said = {"label": label, "off_platform": off_platform, "hidden": hidden, "note": note}
    if all(value is None for value in said.values()):
        raise SettingError("Nothing is said: give label=, off_platform=, hidden= or note=.")
    row = {"person_id": person_meant(person, network), **said, "said_on": said_on}
    return keep_journal(pd.DataFrame([row], dtype="object"), path, network)


def _place(path: str | os.PathLike[str]) -> Path:
    return where_is(path, what="journal", example=FILE_NAME)


def _heard(file: OwnFile, network: Network) -> Heard:
    """Return what a file says, if it is this owner's."""
    heard = parse_lines(file)
    if heard.owners:
        need_same_owner(heard.owners, network.owner, source=file.name)
    return heard


def _journal(heard: Heard, network: Network, source: str) -> Journal:
    people = set(network.people["person_id"])
    elsewhere = [line.person_id for line in heard.lines if line.person_id not in people]
    warnings = heard.warnings
    if elsewhere:
        lines = plural(len(elsewhere), "line is", "lines are")
        count = plural(len(set(elsewhere)), "person", "people")
        missed = f"{source}: {lines} about {count} not in this network; the address of a profile"
        warnings += (f"{missed} can change. Kept in the file, and not used.",)
    words = words_table(hear_all(heard.lines), people)
    return Journal(words, entries_table(heard.lines), warnings, source)
