"""The files of an export, some in several parts: shards, and copies not to be counted twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from netquality.errors import ExportError
from netquality.reading.csvtext import Text, parse_csv
from netquality.reading.known import ESSENTIAL, kind_of, sort_members

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from numpy.typing import NDArray

    from netquality.reading.archive import Archive
    from netquality.reading.ledger import Ledger

__all__ = ["REPEATED_ROW", "File", "Opened", "Part", "open_files", "read_parts"]

REPEATED_ROW: Final = "exact duplicate of another row"


@dataclass(frozen=True)
class Part:
    """A member of the archive and those of its rows that no earlier part has.

    Attributes
    ----------
    member : str
        Path inside the export.
    text : Text
        All its rows.
    kept : numpy.ndarray of int
        Positions in `text.rows` of the rows that count.
    """

    member: str
    text: Text = field(repr=False)
    kept: NDArray[np.intp] = field(repr=False)


@dataclass(frozen=True)
class File:
    """The parts of one file, in order."""

    parts: tuple[Part, ...]

    @property
    def name(self) -> str:
        """The path of the first part."""
        return self.parts[0].member

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The rows that count, of all parts; columns that one of them lacks are empty there."""
        if len(self.parts) == 1:
            return self.parts[0].text.rows
        rows = pd.concat([part.text.rows.iloc[part.kept] for part in self.parts], ignore_index=True)
        return rows.fillna("").astype("str")

    def by_part(
        self, reasons: pd.Series, dates: pd.Series | None
    ) -> Iterator[tuple[Part, pd.Series, pd.Series | None]]:
        """Yield each part with the reason and the date of all its rows, repetitions included."""
        start = 0
        for part in self.parts:
            stop = start + len(part.kept)
            every = pd.RangeIndex(len(part.text.rows))
            said = reasons.iloc[start:stop].set_axis(pd.Index(part.kept)).reindex(every)
            when = None
            if dates is not None:
                when = dates.iloc[start:stop].set_axis(pd.Index(part.kept)).reindex(every)
            start = stop
            yield part, said.fillna(REPEATED_ROW), when


@dataclass(frozen=True)
class Opened:
    """The files of an export that are used, and what is to be said of the rest.

    Attributes
    ----------
    files : dict of str to File
        By kind, as in `netquality.reading.known.READ`.
    warnings : list of str
        What was left out or mended.
    home : str
        Name of the folder that holds the export, inside the archive; ``""`` for its top.
    """

    files: dict[str, File]
    warnings: list[str]
    home: str


def open_files(archive: Archive, needed: Mapping[str, frozenset[str]], ledger: Ledger) -> Opened:
    """Open the files that are used, of the one export that an archive holds.

    Parameters
    ----------
    archive : Archive
    needed : mapping of str to frozenset of str
        For the first word of each kind the columns without which it cannot be understood.
    ledger : Ledger
        Where files that are not opened, or cannot be read, are noted.

    Raises
    ------
    ExportError
        When there is no export, more than one, or an essential file cannot be understood.
    """
    home = _home(archive)
    found = sort_members(member for member in archive.members if member.startswith(home))
    opened = Opened({}, [], home.rstrip("/").rpartition("/")[2])
    for member, why in found.unopened.items():
        ledger.file(member, why)
    for kind, shards in found.kinds.items():
        parts: list[Part] = []
        for shard in shards:
            parts += _open_shard(archive, kind, shard, needed[kind.split()[0]], opened, ledger)
        if parts:
            opened.files[kind] = File(tuple(parts))
    return opened


def _open_shard(
    archive: Archive,
    kind: str,
    members: tuple[str, ...],
    needed: frozenset[str],
    opened: Opened,
    ledger: Ledger,
) -> list[Part]:
    """Read a shard and its copies; files of the same name deeper down are left out."""
    depth = members[0].count("/")
    for member in members:
        if member.count("/") != depth:
            ledger.file(member, "second file of this name, not opened")
            opened.warnings.append(f"{member}: a second file of this name was left out.")
    beside = [member for member in members if member.count("/") == depth]
    read, faults = read_parts(archive, beside, needed)
    if kind in ESSENTIAL and not read:
        raise faults[0][1]
    for member, error in faults:
        ledger.file(member, "cannot be read", "rejected")
        opened.warnings.append(str(error))
    for part in read:
        opened.warnings.extend(part.text.notes)
    return read


def _home(archive: Archive) -> str:
    """Return the one folder of an archive that holds the export, with a final ``/``, or ``""``."""
    homes = {
        member[: member.rfind("/") + 1]
        for member in archive.members
        if kind_of(member) in {"connections", "messages"}
    }
    if not homes:
        raise ExportError(
            f"{archive.name}: has neither Connections.csv nor messages.csv. LinkedIn sends its "
            "archive in parts: wait for the second mail, or give the larger archive."
        )
    home = min(homes, key=lambda path: (path.count("/"), path))
    beside = [other for other in homes if not other.startswith(home)]
    if beside:
        raise ExportError(
            f"{archive.name}: holds {len(beside) + 1} exports, each in a folder of its own. "
            "Give one."
        )
    return home  # an export inside of this one is left out, file by file, with a warning


def read_parts(
    archive: Archive, members: Collection[str], needed: frozenset[str]
) -> tuple[list[Part], list[tuple[str, ExportError]]]:
    """Read a file and what may be copies of it.

    Parameters
    ----------
    archive : Archive
    members : collection of str
        The member to read, then those that may say the same once more.
    needed : frozenset of str
        The columns by which the header is found.

    Returns
    -------
    list of Part
        Of those that can be read; of the later ones only rows that the first has not count.
    list of (str, ExportError)
        Those that cannot, and why.
    """
    parts: list[Part] = []
    faults = []
    for member in members:
        try:
            text = parse_csv(archive.read(member), source=member, needed=needed)
        except ExportError as error:
            faults.append((member, error))
        else:
            kept = _new_rows(parts[0].text.rows, text.rows) if parts else np.arange(len(text.rows))
            parts.append(Part(member, text, kept))
    return parts, faults


def _new_rows(first: pd.DataFrame, later: pd.DataFrame) -> NDArray[np.intp]:
    """Return the positions of the rows that the first table has not, however often it has them."""
    columns = sorted(set(first.columns) | set(later.columns))
    known = Counter(map(tuple, _cells(first, columns)))
    new = []
    for position, row in enumerate(map(tuple, _cells(later, columns))):
        if known[row] > 0:
            known[row] -= 1
        else:
            new.append(position)
    return np.array(new, dtype=np.intp)


def _cells(rows: pd.DataFrame, columns: list[str]) -> NDArray[np.object_]:
    return rows.reindex(columns=columns).fillna("").to_numpy(dtype=object)
