"""`messages.csv` to numbers: what each row is, when, between whom, and what its text amounts to.

Rows come in pieces and their text is let go with each; a row leaves a few dozen bytes. Senders
and recipients become the position of their combination in one table, for there are far fewer
combinations than messages.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa

from netquality.reading.addressed import EndReader
from netquality.reading.dates import LATEST, parse_instants
from netquality.reading.parts import REPEATED_ROW
from netquality.reading.pieces import BAD_DATE, REASONS, Piece, digests, repeated, take
from netquality.reading.stream import ahead

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from numpy.typing import NDArray

    from netquality.reading.pieces import Taken

__all__ = ["BAD_DATE", "LONG", "NEEDED", "REASONS", "Gatherer", "Messages"]

NEEDED: Final = frozenset(("from", "to", "date", "content"))
"""What every era has; profile URLs, conversation ids and direction come and go."""

LONG: Final = frozenset(("content", "date", "subject"))
"""Columns whose cells are hardly ever alike."""

_BAD_DATE, _REPEATED = REASONS.index(BAD_DATE), REASONS.index(REPEATED_ROW)

_Item = TypeVar("_Item")
_Key = TypeVar("_Key")


@dataclass(frozen=True)
class Messages:
    """What `messages.csv` says.

    Attributes
    ----------
    rows : Piece
        One entry per source row; `thread` and `end` are positions in `threads` and in `ends`.
    threads : tuple of str
        Conversation ids; before 2020 a digest of who takes part.
    ends : tuple of tuples of str
        Distinct combinations of sender and recipients, as they stand in the file, in the order of
        `netquality.reading.pieces.ENDS`.
    texts : pyarrow.ChunkedArray or None
        Kept only on request.
    notes : tuple of str
        What is to be said of the dates.
    end_reader : EndReader
        What has read their `ends` already.
    """

    rows: Piece
    threads: tuple[str, ...] = field(repr=False)
    ends: tuple[tuple[str, ...], ...] = field(repr=False)
    texts: pa.ChunkedArray | None = field(repr=False)
    notes: tuple[str, ...]
    end_reader: EndReader = field(repr=False)


def _as_it_is(item: Any) -> pa.RecordBatch:
    return item


class Gatherer:
    """Takes the rows of a messages file batch by batch.

    Parameters
    ----------
    invitations : callable
        Gives the texts of the invitations on file, white space squeezed, and a number for each.
    keep_text : bool
        Keep the texts, for a caller who asked for them.

    Examples
    --------
    >>> rows = {"from": ["Ana"], "to": ["Ben"], "date": ["2026-11-20 10:00:00 UTC"],
    ...         "content": ["Hi"]}
    >>> gatherer = Gatherer()
    >>> gatherer.add(pa.RecordBatch.from_pydict(rows))
    >>> gatherer.messages().rows.when
    array(['2026-11-20T10:00:00.000000'], dtype='datetime64[us]')
    """

    def __init__(
        self, invitations: Callable[[], Mapping[str, int]] = dict, *, keep_text: bool = False
    ) -> None:
        self._invited = invitations
        self._keep_text = keep_text
        self._judged: dict[str, bool] = {}
        self._threads: dict[str, int] = {}
        self._ends: dict[tuple[str, ...], int] = {}
        self._end_reader = EndReader()
        self._pieces: list[Piece] = []
        self._late: list[tuple[NDArray[np.intp], pa.Array]] = []
        self._texts: list[pa.Array] = []
        self._prints: dict[int, bytes] = {}
        self.row_count = 0

    def gather(
        self, items: Iterable[_Item], parse: Callable[[_Item], pa.RecordBatch] = _as_it_is
    ) -> None:
        """Take all rows, or none of them where reading fails on the way.

        Parameters
        ----------
        items : iterable
            Batches, or what becomes batches. While one is taken, the next are being made.
        parse : callable
            Makes a batch; it is called in another thread.
        """
        start, pieces, late = self.row_count, len(self._pieces), len(self._late)
        known = dict(self._threads), dict(self._ends)
        try:
            for taken in ahead(items, lambda item: self._take(parse(item))):
                self._add(taken)
        except BaseException:
            self.row_count = start
            del self._pieces[pieces:], self._late[late:], self._texts[pieces:]
            self._prints = {row: said for row, said in self._prints.items() if row < start}
            self._threads, self._ends = known
            raise

    def add(self, batch: pa.RecordBatch) -> None:
        """Take some rows: text columns named in lower case, dictionary-encoded or not."""
        self._add(self._take(batch))

    def _take(self, batch: pa.RecordBatch) -> Taken:
        return take(batch, self._invited, self._judged, keep_text=self._keep_text)

    def _add(self, taken: Taken) -> None:
        piece, start = taken.piece, self.row_count
        for end in taken.ends:
            if end not in self._ends:
                self._end_reader.read(end)  # while other threads make the next rows
        self._pieces.append(
            piece._replace(
                thread=_numbers(self._threads, taken.threads)[piece.thread],
                end=_numbers(self._ends, taken.ends)[piece.end],
            )
        )
        if len(taken.late):
            self._late.append((taken.late + start, taken.late_texts))
        self._prints |= {row + start: said for row, said in taken.prints.items()}
        if taken.texts is not None:
            self._texts.append(taken.texts)
        self.row_count += len(piece.when)

    def messages(self, again: Callable[[], Iterable[pa.RecordBatch]] = tuple) -> Messages:
        """Return what was gathered.

        Parameters
        ----------
        again : callable
            Gives all batches once more. It is called only where rows far apart may be the same.
        """
        whole = _join(self._pieces)
        notes = self._read_late_dates(whole.when)
        whole.reason[np.isnat(whole.when)] = _BAD_DATE
        repeated = self._repetitions(whole, again)
        whole.reason[repeated[whole.reason[repeated] != _BAD_DATE]] = _REPEATED
        texts = pa.chunked_array(self._texts, pa.large_string()) if self._keep_text else None
        return Messages(
            whole, tuple(self._threads), tuple(self._ends), texts, notes, self._end_reader
        )

    # -- when -------------------------------------------------------------------------------------

    def _read_late_dates(self, at: NDArray[np.datetime64]) -> tuple[str, ...]:
        """Read the dates in other forms, in place: all of them together tell day from month."""
        if not self._late:
            return ()
        rows = np.concatenate([where for where, _ in self._late])
        texts = pa.concat_arrays([texts for _, texts in self._late])
        dates = parse_instants(pd.Series(texts.to_pandas(), dtype="str"))
        found = dates.found.where(dates.found.dt.year <= LATEST)
        at[rows] = found.dt.tz_localize(None).to_numpy("datetime64[us]")
        return dates.notes

    # -- what is there twice ----------------------------------------------------------------------

    def _repetitions(
        self, whole: Piece, again: Callable[[], Iterable[pa.RecordBatch]]
    ) -> NDArray[np.intp]:
        """Return the rows that an earlier row says exactly."""
        alike = repeated(whole)
        unknown = np.array([row for row in alike.tolist() if row not in self._prints], np.intp)
        if len(unknown):
            start = 0
            for batch in again():
                here = unknown[(unknown >= start) & (unknown < start + batch.num_rows)] - start
                self._prints |= digests(batch, here, start)
                start += batch.num_rows
        seen: set[bytes] = set()
        twice = []
        for row in alike.tolist():
            said = self._prints[row]
            if said in seen:
                twice.append(row)
            seen.add(said)
        return np.array(twice, np.intp)


def _join(pieces: list[Piece]) -> Piece:
    """Put the pieces together, the largest part of the memory being let go as it goes."""
    if not pieces:
        types = (np.uint8, "datetime64[us]", *[np.int32] * 4, bool, np.int32)
        return Piece(*(np.zeros(0, dtype) for dtype in types))
    return Piece(*(np.concatenate(column) for column in zip(*pieces, strict=True)))


def _numbers(known: dict[_Key, int], values: Iterable[_Key]) -> NDArray[np.int32]:
    """Return the number of each value; a new one gets the next."""
    return np.array([known.setdefault(value, len(known)) for value in values], np.int32)
