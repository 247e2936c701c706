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
from netquality.reading.known import ESSENTIAL, READ

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from netquality.reading.export import Export
    from netquality.reading.ledger import Ledger
    from netquality.reading.stream import Streamed

__all__ = ["REPEATED_ROW", "File", "Part", "one_file", "open_files", "read_shard", "say_empty"]

REPEATED_ROW: Final = "exact duplicate of another row"


@dataclass(frozen=True)
class Part:
    """A member of the archive and those of its rows that no earlier part has.

    Attributes
    ----------
    member : str
        Path inside the export.
    text : Text or Streamed
        All its rows.
    kept : numpy.ndarray of int
        Positions of the rows that count.
    """

    member: str
    text: Text | Streamed = field(repr=False)
    kept: NDArray[np.intp] = field(repr=False)

    @property
    def rows(self) -> pd.DataFrame:
        """The rows that count, of a member that is in memory."""
        if not isinstance(self.text, Text):
            raise TypeError(f"{self.member}: is not held in memory")
        rows = self.text.rows
        return rows if len(self.kept) == len(rows) else rows.iloc[self.kept]


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
            return self.parts[0].rows.reset_index(drop=True)
        rows = pd.concat([part.rows for part in self.parts], ignore_index=True)
        return rows.fillna("").astype("str")

    def by_part(
        self, reasons: pd.Series, dates: pd.Series | None
    ) -> Iterator[tuple[Part, pd.Series, pd.Series | None]]:
        """Yield each part with the reason and the date of all its rows, repetitions included."""
        start = 0
        for part in self.parts:
            stop = start + len(part.kept)
            said = reasons.iloc[start:stop].set_axis(pd.Index(part.kept))
            when = None if dates is None else dates.iloc[start:stop].set_axis(said.index)
            start = stop
            if len(part.kept) < part.text.row_count:
                every = pd.RangeIndex(part.text.row_count)
                said = said.astype("str").reindex(every).fillna(REPEATED_ROW)
                when = None if when is None else when.reindex(every)
            yield part, said, when


def open_files(
    export: Export, needed: Mapping[str, frozenset[str]], ledger: Ledger
) -> tuple[dict[str, File], list[str]]:
    """Read the files of an export that are used, apart from those named in no `needed`.

    Parameters
    ----------
    export : Export
    needed : mapping of str to frozenset of str
        For the first word of each kind the columns without which it cannot be understood.
    ledger : Ledger
        Where files that are not opened, or cannot be read, are noted.

    Returns
    -------
    dict of str to File
        By kind, as in `netquality.reading.known.READ`.
    list of str
        What was left out or mended.

    Raises
    ------
    ExportError
        When an essential file cannot be understood.
    """
    for member, why in export.found.unopened.items():
        ledger.file(member, why)
    files: dict[str, File] = {}
    warnings: list[str] = []
    for kind in dict.fromkeys(READ.values()):
        columns = needed.get(kind.split()[0])
        parts: list[Part] = []
        for shard in export.found.kinds.get(kind, ()) if columns else ():
            parts += read_shard(export, kind, shard, columns or frozenset(), ledger, warnings)
        if parts:
            files[kind] = File(tuple(parts))
    return files, warnings


def one_file(
    export: Export, members: tuple[str, ...], ledger: Ledger, warnings: list[str]
) -> list[str]:
    """Return a member and its copies; files of the same name deeper down are left out."""
    depth = min(export.depth(member) for member in members)
    for member in members:
        if export.depth(member) != depth:
            ledger.file(member, "second file of this name, not opened")
            warnings.append(f"{member}: a second file of this name was left out.")
    return [member for member in members if export.depth(member) == depth]


def read_shard(
    export: Export,
    kind: str,
    members: tuple[str, ...],
    needed: frozenset[str],
    ledger: Ledger,
    warnings: list[str],
) -> list[Part]:
    """Read a shard and its copies."""
    read, faults = read_parts(export, one_file(export, members, ledger, warnings), needed)
    if kind in ESSENTIAL and not read:
        raise faults[0][1]
    for member, error in faults:
        ledger.file(member, "cannot be read", "rejected")
        warnings.append(str(error))
    for part in read:
        warnings.extend(part.text.notes)
    return read


def say_empty(parts: Sequence[Part], warnings: list[str], meaning: str) -> None:
    """Refuse an essential file of which no row can be read; warn of one that has none."""
    for part in parts:
        if part.text.rejected:
            first = part.text.rejected[0]
            raise ExportError(
                f"{part.member}: no row can be read; that on line {first.line} {first.reason}. "
                "Give the file as LinkedIn wrote it."
            )
    warnings.append(f"{parts[0].member}: {meaning}")


def read_parts(
    export: Export, members: Collection[str], needed: frozenset[str]
) -> tuple[list[Part], list[tuple[str, ExportError]]]:
    """Read a file and what may be copies of it.

    Parameters
    ----------
    export : Export
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
            text = parse_csv(export.read(member), source=member, needed=needed)
        except ExportError as error:
            faults.append((member, error))
        else:
            kept = _new_rows([part.rows for part in parts], text.rows)
            parts.append(Part(member, text, kept))
    return parts, faults


def _new_rows(earlier: list[pd.DataFrame], later: pd.DataFrame) -> NDArray[np.intp]:
    """Return the positions of the rows that no earlier table has, however often it has them.

    Rows are compared by the columns that all have, for a twin may be of another year, and line
    ends inside of a cell count alike, for a copy may have been saved again.
    """
    if not earlier:
        return np.arange(len(later))
    columns = sorted(set(later.columns).intersection(*(rows.columns for rows in earlier)))
    known = Counter(row for rows in earlier for row in map(tuple, _cells(rows, columns)))
    new = []
    for position, row in enumerate(map(tuple, _cells(later, columns))):
        if known[row] > 0:
            known[row] -= 1
        else:
            new.append(position)
    return np.array(new, dtype=np.intp)


def _cells(rows: pd.DataFrame, columns: list[str]) -> NDArray[np.object_]:
    return rows[columns].replace(r"\r\n?", "\n", regex=True).to_numpy(dtype=object)
