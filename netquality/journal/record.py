"""A journal as it stands: what is read of the file, and how lines are added to it."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from netquality.errors import TableError
from netquality.journal.binding import need_same_owner, owner_text
from netquality.journal.lines import COLUMNS, SCHEMA_VERSION, Heard, cells_of, parse_lines
from netquality.journal.standing import (
    Standing,
    entries_table,
    events_table,
    hear_all,
    words_table,
)
from netquality.ownfile import alone_with, open_own, own_file, put, where_is
from netquality.tables import ENTRIES, EVENTS, JOURNAL, check, empty
from netquality.words import plural

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd

    from netquality.journal.line import Line
    from netquality.network import Network
    from netquality.ownfile import OwnFile

__all__ = ["FILE_NAME", "Journal", "add_lines", "journal_of"]

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
    events : pandas.DataFrame
        What happened with people of this network, by day: who was proposed, written to, answered,
        was met; see `netquality.tables.EVENTS`.
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
    events: pd.DataFrame = field(default_factory=lambda: empty(EVENTS), repr=False)
    warnings: tuple[str, ...] = field(default=(), repr=False)
    source: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        """Check the tables at the door."""
        check(self.words, JOURNAL)
        check(self.entries, ENTRIES)
        check(self.events, EVENTS)
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


def journal_of(path: str | os.PathLike[str], network: Network) -> Journal:
    """Return what a file says of the people of a network."""
    file = open_own(_place(path), what="journal")
    return _standing(_heard(file, network), network, file.name)


def add_lines(lines: Sequence[Line], path: str | os.PathLike[str], network: Network) -> Journal:
    """Add to a file the lines that say something new, and return all that it says then.

    While this happens no other process writes the file. One that was written in an earlier form is
    kept as it was, beside it, before the first line in ours.
    """
    where = _place(path)
    owner = owner_text(network.owner)
    with alone_with(where):
        file = open_own(where, what="journal")  # at this moment, whatever was read earlier
        heard = _heard(file, network)
        standing = hear_all(heard.lines)
        news = [
            line
            for line in lines
            if standing.setdefault(line.person_id, Standing()).hear(line.word, line.value)
        ]
        if not news:
            return _standing(heard, network, file.name)
        names = network.people.set_index("person_id")["name"].fillna("")
        rows = [cells_of(line, name=names[line.person_id], owner=owner) for line in news]
        try:
            data = file.with_rows(rows, COLUMNS)
        except UnicodeEncodeError:
            raise TableError("journal: a text holds characters that no file can hold.") from None
        after = _heard(own_file(data, file.name), network)  # only what can be read is put there
        kept = _keep_earlier_form(where, file, heard)
        put(where, data)
    journal = _standing(after, network, file.name)
    return replace(journal, warnings=(*journal.warnings, *kept))


def _keep_earlier_form(where: Path, file: OwnFile, heard: Heard) -> tuple[str, ...]:
    """Copy a file of an earlier version, once; say where it is."""
    if not 0 < heard.version < SCHEMA_VERSION:
        return ()
    stem = f"{where.stem}-as-version-{heard.version}"
    for number in range(1, 1000):
        copy = where.with_name(f"{stem}{'' if number == 1 else f'-{number}'}{where.suffix}")
        if not os.path.lexists(copy):
            break
        with suppress(OSError):  # what is there may be anything
            if copy.is_file() and copy.read_bytes() == file.data:
                return ()
    put(copy, file.data)
    said = f"{file.name}: had a form of version {heard.version}, and is kept so in {copy.name}."
    return (said,)


def _place(path: str | os.PathLike[str]) -> Path:
    return where_is(path, what="journal", example=FILE_NAME)


def _heard(file: OwnFile, network: Network) -> Heard:
    """Return what a file says, if it is this owner's."""
    heard = parse_lines(file)
    if heard.owners:
        need_same_owner(heard.owners, network.owner, source=file.name)
    return heard


def _standing(heard: Heard, network: Network, source: str) -> Journal:
    people = set(network.people["person_id"])
    elsewhere = [line.person_id for line in heard.lines if line.person_id not in people]
    warnings = heard.warnings
    if elsewhere:
        lines = plural(len(elsewhere), "line is", "lines are")
        count = plural(len(set(elsewhere)), "person", "people")
        missed = f"{source}: {lines} about {count} not in this network; the address of a profile"
        warnings += (f"{missed} can change. Kept in the file, and not used.",)
    standing = hear_all(heard.lines)
    return Journal(
        words_table(standing, people),
        entries_table(heard.lines),
        events_table(standing, people),
        warnings,
        source,
    )
