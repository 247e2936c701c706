"""One file of an export in several parts: shards, and copies that must not be counted twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from netquality.errors import ExportError
from netquality.reading.csvtext import Text, parse_csv

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from numpy.typing import NDArray

    from netquality.reading.archive import Archive

__all__ = ["REPEATED_ROW", "File", "Part", "read_parts"]

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
