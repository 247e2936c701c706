"""`messages.csv` to numbers: what each row is, when, between whom, and what its text amounts to.

Rows come in pieces and their text is let go with each; a row leaves a few dozen bytes. Senders
and recipients become the position of their combination in one table, for there are far fewer
combinations than messages.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from netquality.identity import name_key, split_recipients
from netquality.reading.dates import FOUNDED, LATEST, parse_instants
from netquality.reading.parts import REPEATED_ROW
from netquality.reading.stream import ahead
from netquality.reading.texts import Measured, measure_texts, squeezed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from numpy.typing import NDArray

__all__ = ["BAD_DATE", "LONG", "NEEDED", "REASONS", "Gatherer", "Messages"]

NEEDED: Final = frozenset(("from", "to", "date", "content"))
"""What every era has; profile URLs, conversation ids and direction come and go."""

LONG: Final = frozenset(("content", "date", "subject"))
"""Columns whose cells are hardly ever alike."""

BAD_DATE: Final = "DATE is in no known form, or could be read two ways"
REASONS: Final = (
    "",
    "advertisement",
    "in the spam folder",
    "draft that was never sent",
    "notice by LinkedIn, written by nobody",
    REPEATED_ROW,
    BAD_DATE,
)
"""Why a row is no message between people; where several hold, the last of them is given."""
_FINE, _SPONSORED, _SPAM, _DRAFT, _SYSTEM, _REPEATED, _BAD_DATE = range(len(REASONS))

_ENDS: Final = ("from", "sender profile url", "to", "recipient profile urls", "direction")
_STAMP: Final = len("2026-11-20 10:00:00")
_SUFFIX: Final = " UTC"
_MIXERS: Final = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)


@dataclass(frozen=True)
class Messages:
    """What `messages.csv` says, one entry per source row.

    Attributes
    ----------
    reason : numpy.ndarray of uint8
        Position in `REASONS`; 0 for a message between people.
    when : numpy.ndarray of datetime64[us]
        UTC; ``NaT`` where the date cannot be read.
    thread, end : numpy.ndarray of int32
        Position in `threads` and in `ends`.
    character_count, question_count : numpy.ndarray of int32
    is_canned : numpy.ndarray of bool
    invitation : numpy.ndarray of int32
        Number of the invitation text that may be meant by the first messages of a conversation;
        -1 where there is none.
    threads : tuple of str
        Conversation ids; before 2020 a digest of who takes part.
    ends : pandas.DataFrame
        Distinct combinations of sender and recipients, as they stand in the file.
    texts : pyarrow.ChunkedArray or None
        Kept only on request.
    notes : tuple of str
        What is to be said of the dates.
    """

    reason: NDArray[np.uint8]
    when: NDArray[np.datetime64]
    thread: NDArray[np.int32]
    end: NDArray[np.int32]
    character_count: NDArray[np.int32]
    question_count: NDArray[np.int32]
    is_canned: NDArray[np.bool_]
    invitation: NDArray[np.int32]
    threads: tuple[str, ...] = field(repr=False)
    ends: pd.DataFrame = field(repr=False)
    texts: pa.ChunkedArray | None = field(repr=False)
    notes: tuple[str, ...]


class _Piece(NamedTuple):
    """What is kept of one batch."""

    reason: NDArray[np.uint8]
    when: NDArray[np.datetime64]
    thread: NDArray[np.int32]
    end: NDArray[np.int32]
    character_count: NDArray[np.int32]
    question_count: NDArray[np.int32]
    is_canned: NDArray[np.bool_]
    invitation: NDArray[np.int32]


class Gatherer:
    """Takes the rows of a messages file batch by batch.

    Parameters
    ----------
    invitations : mapping of str to int
        The texts of the invitations on file, white space squeezed, and a number for each.
    keep_text : bool
        Keep the texts, for a caller who asked for them.

    Examples
    --------
    >>> rows = {"from": ["Ana"], "to": ["Ben"], "date": ["2026-11-20 10:00:00 UTC"],
    ...         "content": ["Hi"]}
    >>> gatherer = Gatherer({})
    >>> gatherer.add(pa.RecordBatch.from_pydict(rows))
    >>> gatherer.messages().when
    array(['2026-11-20T10:00:00.000000'], dtype='datetime64[us]')
    """

    def __init__(self, invitations: Mapping[str, int], *, keep_text: bool = False) -> None:
        self._invited = invitations
        self._threads: dict[str, int] = {}
        self._ends: dict[tuple[str, ...], int] = {}
        self._pieces: list[_Piece] = []
        self._late: list[tuple[NDArray[np.intp], pa.Array]] = []
        self._texts: list[pa.Array] = []
        self._keep_text = keep_text
        self._prints: dict[int, bytes] = {}
        self._judged: dict[str, bool] = {}
        self.row_count = 0

    def gather(self, batches: Iterator[pa.RecordBatch], after: Callable[[], object] = bool) -> None:
        """Take all rows, or none of them where reading fails on the way.

        While one batch is taken, the next are being read and measured. `after` is called after
        each.
        """
        start, pieces, late = self.row_count, len(self._pieces), len(self._late)
        try:
            for batch, measured in ahead(batches, self._measure):
                self.add(batch, measured)
                after()
        except BaseException:
            self.row_count = start
            del self._pieces[pieces:], self._late[late:], self._texts[pieces:]
            self._prints = {row: said for row, said in self._prints.items() if row < start}
            raise

    def _measure(self, batch: pa.RecordBatch) -> Measured:
        return measure_texts(_plain(batch.column("content")), self._judged)

    def add(self, batch: pa.RecordBatch, measured: Measured | None = None) -> None:
        """Take some rows: text columns named in lower case, dictionary-encoded or not."""
        content = _plain(batch.column("content"))
        measured = measured or self._measure(batch)
        at = self._dates(_plain(batch.column("date")))
        end = self._end_codes(batch)
        thread = self._thread_codes(batch, end)
        reason = _reasons(batch, measured.is_advertisement)
        piece = _Piece(
            reason, at, thread, end, measured.character_count, measured.question_count,
            measured.is_canned, np.full(len(at), -1, np.int32),
        )  # fmt: skip
        self._match_invitations(piece, content)
        self._print(batch, _repeated(_keys(piece)))
        self._pieces.append(piece)
        if self._keep_text:
            self._texts.append(content.cast(pa.large_string()))
        self.row_count += len(at)

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
        repeated = self._repetitions(_keys(whole), again)
        whole.reason[repeated[whole.reason[repeated] != _BAD_DATE]] = _REPEATED
        table = pd.DataFrame(list(self._ends), columns=list(_ENDS), dtype="str")
        texts = pa.chunked_array(self._texts, pa.large_string()) if self._keep_text else None
        return Messages(*whole, tuple(self._threads), table, texts, notes)

    # -- who and where ----------------------------------------------------------------------------

    def _end_codes(self, batch: pa.RecordBatch) -> NDArray[np.int32]:
        columns = [_coded(batch, name) for name in _ENDS]
        code = np.zeros(batch.num_rows, np.int64)
        for codes, values in columns:
            code = pd.factorize(code * len(values) + codes)[0].astype(np.int64)
        first = np.unique(code, return_index=True)[1]
        found = [tuple(values[codes[row]] for codes, values in columns) for row in first]
        known = [self._ends.setdefault(end, len(self._ends)) for end in found]
        return np.array(known, np.int32)[code]

    def _thread_codes(self, batch: pa.RecordBatch, end: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return the conversation of each message; before 2020 it is who takes part in it."""
        threads = self._threads
        if "conversation id" in batch.schema.names:
            codes, values = _coded(batch, "conversation id")
        else:
            used, codes = np.unique(end, return_inverse=True)
            ends = list(self._ends)
            values = [_thread_of(ends[code][0], ends[code][2]) for code in used]
        return np.array([threads.setdefault(v, len(threads)) for v in values], np.int32)[codes]

    # -- when -------------------------------------------------------------------------------------

    def _dates(self, texts: pa.Array) -> NDArray[np.datetime64]:
        """Parse ``YYYY-MM-DD HH:MM:SS UTC``; leave any other form for the end."""
        own = np.array(_is_stamp(texts))
        at = np.full(len(texts), np.datetime64("NaT", "us"))
        stamps = pc.utf8_slice_codeunits(texts.filter(pa.array(own)), 0, _STAMP)
        try:
            at[own] = _array(stamps.cast(pa.timestamp("us")))
        except pa.ArrowInvalid:  # a 31 April among them
            own[:] = False
        year = at.astype("datetime64[Y]").astype(np.int64) + 1970
        own &= (year >= FOUNDED) & (year <= LATEST)
        at[~own] = np.datetime64("NaT")
        if not own.all():
            late = np.flatnonzero(~own)
            self._late.append((late + self.row_count, texts.take(pa.array(late))))
        return at

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

    # -- what -------------------------------------------------------------------------------------

    def _match_invitations(self, piece: _Piece, content: pa.Array) -> None:
        """Look up the first messages of each conversation and direction among the invitations."""
        if not self._invited:
            return
        order = np.lexsort((piece.when, piece.end, piece.thread))
        order = order[piece.reason[order] == _FINE]
        thread, end, at = (column[order] for column in (piece.thread, piece.end, piece.when))
        begins = np.ones(len(order), bool)
        begins[1:] = (thread[1:] != thread[:-1]) | (end[1:] != end[:-1])
        earliest = at[np.maximum.accumulate(np.where(begins, np.arange(len(order)), 0))]
        rows = order[at == earliest]
        texts = content.take(pa.array(rows)).to_pylist()
        piece.invitation[rows] = [self._invited.get(squeezed(text), -1) for text in texts]

    # -- what is there twice ----------------------------------------------------------------------

    def _print(self, batch: pa.RecordBatch, rows: NDArray[np.intp]) -> None:
        """Keep a digest of whole rows, to tell exact repetitions by."""
        if len(rows):
            self._prints |= _digests(batch, rows, self.row_count)

    def _repetitions(
        self, keys: NDArray[np.uint64], again: Callable[[], Iterable[pa.RecordBatch]]
    ) -> NDArray[np.intp]:
        """Return the rows that an earlier row says exactly."""
        alike = _repeated(keys)
        unknown = np.array([row for row in alike.tolist() if row not in self._prints], np.intp)
        if len(unknown):
            start = 0
            for batch in again():
                here = unknown[(unknown >= start) & (unknown < start + batch.num_rows)] - start
                self._prints |= _digests(batch, here, start)
                start += batch.num_rows
        seen: set[bytes] = set()
        twice = []
        for row in alike.tolist():
            said = self._prints[row]
            if said in seen:
                twice.append(row)
            seen.add(said)
        return np.array(twice, np.intp)


def _join(pieces: list[_Piece]) -> _Piece:
    """Put the pieces together, the largest part of the memory being let go as it goes."""
    if not pieces:
        types = (np.uint8, "datetime64[us]", *[np.int32] * 4, bool, np.int32)
        return _Piece(*(np.zeros(0, dtype) for dtype in types))
    return _Piece(*(np.concatenate(column) for column in zip(*pieces, strict=True)))


def _keys(piece: _Piece) -> NDArray[np.uint64]:
    """Return a number that is the same for rows that may be the same."""
    key = piece.when.view(np.int64).astype(np.uint64)
    thread_end = piece.thread.astype(np.uint64) << np.uint64(32) | piece.end.astype(np.uint64)
    counts = piece.character_count.astype(np.uint64) << np.uint64(32)
    counts |= piece.question_count.astype(np.uint64)
    return key * _MIXERS[0] ^ thread_end * _MIXERS[1] ^ counts * _MIXERS[2]


def _repeated(keys: NDArray[np.uint64]) -> NDArray[np.intp]:
    """Return, in order, the rows whose key is there more than once."""
    order = np.argsort(keys, kind="stable")
    same = keys[order[1:]] == keys[order[:-1]]
    mask = np.zeros(len(keys), bool)
    mask[order[1:][same]] = True
    mask[order[:-1][same]] = True
    return np.flatnonzero(mask)


def _digests(batch: pa.RecordBatch, rows: NDArray[np.intp], start: int) -> dict[int, bytes]:
    names = sorted(batch.schema.names)
    cells = [_plain(batch.column(name)).take(pa.array(rows)).to_pylist() for name in names]
    texts = ("\x1f".join(f"{len(cell)}:{cell}" for cell in row) for row in zip(*cells, strict=True))
    digests = (blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16) for text in texts)
    return dict(zip((rows + start).tolist(), (each.digest() for each in digests), strict=True))


def _thread_of(sender: str, recipients: str) -> str:
    names = sorted({name_key(name) for name in (sender, *split_recipients(recipients))})
    return "names:" + blake2b("\n".join(names).encode(), digest_size=8).hexdigest()


def _reasons(batch: pa.RecordBatch, is_advertisement: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Return why each row is no message between people, dates and repetitions apart."""

    def each(name: str, holds: Callable[[str], bool]) -> NDArray[np.bool_]:
        codes, values = _coded(batch, name)
        return np.array([holds(value.strip()) for value in values], bool)[codes]

    def is_blank(text: str) -> bool:
        return not text

    def is_yes(text: str) -> bool:
        return text.casefold() == "yes"

    nobody = each("sender profile url", is_blank)
    titled = each("conversation title", lambda text: text == "Sponsored Conversation")
    reason = np.zeros(batch.num_rows, np.uint8)
    reason[(nobody & titled) | is_advertisement] = _SPONSORED
    reason[each("folder", lambda text: text.upper() == "SPAM")] = _SPAM
    reason[each("is message draft", is_yes) | each("is conversation draft", is_yes)] = _DRAFT
    unsigned = nobody & each("from", is_blank)
    reason[unsigned & each("to", is_blank) & each("recipient profile urls", is_blank)] = _SYSTEM
    return reason


# -- Arrow ----------------------------------------------------------------------------------------


def _is_stamp(texts: pa.Array) -> NDArray[np.bool_]:
    long = _array(pc.equal(pc.binary_length(texts), _STAMP + len(_SUFFIX)))
    shaped = pc.match_like(texts, f"____-__-__ __:__:__{_SUFFIX}")
    return long & _array(shaped)  # type: ignore[no-any-return]


def _plain(column: pa.Array) -> pa.Array:
    return column.dictionary_decode() if pa.types.is_dictionary(column.type) else column


def _coded(batch: pa.RecordBatch, name: str) -> tuple[NDArray[np.int64], list[str]]:
    """Return a column as positions in a list of its values; a column that is not there is empty."""
    if name not in batch.schema.names:
        return np.zeros(batch.num_rows, np.int64), [""]
    column = batch.column(name)
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    return _array(column.indices).astype(np.int64), column.dictionary.to_pylist()


def _array(values: pa.Array) -> NDArray[Any]:
    return values.to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]
