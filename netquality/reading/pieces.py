"""Some rows of `messages.csv` to numbers: all that can be said of them by themselves.

Several pieces are made at the same time, so nothing here knows of other pieces: conversations and
combinations of sender and recipients are counted within each.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from netquality.identity import name_key, split_recipients
from netquality.reading.parts import REPEATED_ROW
from netquality.reading.stamps import stamps
from netquality.reading.texts import measure_texts, squeezed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

__all__ = ["BAD_DATE", "ENDS", "REASONS", "Piece", "Taken", "digests", "repeated", "take"]

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
_FINE, _SPONSORED, _SPAM, _DRAFT, _SYSTEM = range(5)

ENDS: Final = ("from", "sender profile url", "to", "recipient profile urls", "direction")
_LARGEST: Final = np.iinfo(np.int64).max
_MIXERS: Final = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)


class Piece(NamedTuple):
    """What is kept of each row.

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
    """

    reason: NDArray[np.uint8]
    when: NDArray[np.datetime64]
    thread: NDArray[np.int32]
    end: NDArray[np.int32]
    character_count: NDArray[np.int32]
    question_count: NDArray[np.int32]
    is_canned: NDArray[np.bool_]
    invitation: NDArray[np.int32]


class Taken(NamedTuple):
    """What is kept of some rows.

    Attributes
    ----------
    piece : Piece
        `thread` and `end` are positions in `threads` and `ends`; `when` is ``NaT`` for what `late`
        holds.
    threads : list of str
    ends : list of tuple of str
        In the order of `ENDS`.
    late : numpy.ndarray of int
        Rows whose date has another form than LinkedIn's.
    late_texts : pyarrow.Array
        Those dates.
    prints : dict of int to bytes
        Digests of the rows that may be there twice within the piece.
    texts : pyarrow.Array or None
        Kept only on request.
    """

    piece: Piece
    threads: list[str]
    ends: list[tuple[str, ...]]
    late: NDArray[np.intp]
    late_texts: pa.Array
    prints: dict[int, bytes]
    texts: pa.Array | None


def take(
    batch: pa.RecordBatch,
    invited: Callable[[], Mapping[str, int]],
    judged: dict[str, bool],
    *,
    keep_text: bool = False,
) -> Taken:
    """Return what is kept of some rows.

    Parameters
    ----------
    batch : pyarrow.RecordBatch
        Text columns named in lower case, dictionary-encoded or not.
    invited : callable
        Gives what `netquality.reading.talk.numbered` does; asked once the rows are measured.
    judged : dict of str to bool
        As `netquality.reading.texts.measure_texts` takes it.
    keep_text : bool

    Examples
    --------
    >>> rows = {"from": ["Ana"], "to": ["Ben"], "date": ["2026-11-20 10:00:00 UTC"],
    ...         "content": ["Hi"]}
    >>> taken = take(pa.RecordBatch.from_pydict(rows), dict, {})
    >>> taken.ends, taken.piece.character_count.tolist()
    ([('Ana', '', 'Ben', '', '')], [2])
    """
    content = _plain(batch.column("content"))
    measured = measure_texts(content, judged)
    date = _plain(batch.column("date"))
    when = stamps(date)
    end, ends = _end_codes(batch)
    thread, threads = _thread_codes(batch, end, ends)
    piece = Piece(
        _reasons(batch, measured.is_advertisement), when, thread, end, measured.character_count,
        measured.question_count, measured.is_canned, np.full(len(when), -1, np.int32),
    )  # fmt: skip
    _match_invitations(piece, content, invited())
    late = np.flatnonzero(np.isnat(when))
    alike = repeated(piece)
    return Taken(
        piece, threads, ends, late, date.take(pa.array(late)),
        digests(batch, alike) if len(alike) else {},
        content.cast(pa.large_string()) if keep_text else None,
    )  # fmt: skip


# -- who and where --------------------------------------------------------------------------------


def _end_codes(batch: pa.RecordBatch) -> tuple[NDArray[np.int32], list[tuple[str, ...]]]:
    columns = [_coded(batch, name) for name in ENDS]
    code, size = np.zeros(batch.num_rows, np.int64), 1
    for codes, values in columns:
        if size * len(values) > _LARGEST:  # no number could tell all combinations apart
            code, kinds = pd.factorize(code)
            code, size = code.astype(np.int64), len(kinds)
        code, size = code * len(values) + codes, size * len(values)
    code, kinds = pd.factorize(code)
    first = np.zeros(len(kinds), np.intp)
    first[code[::-1]] = np.arange(len(code))[::-1]  # where several rows have one, the first is last
    said = (map(values.__getitem__, codes[first].tolist()) for codes, values in columns)
    return code.astype(np.int32), list(zip(*said, strict=True))


def _thread_codes(
    batch: pa.RecordBatch, end: NDArray[np.int32], ends: list[tuple[str, ...]]
) -> tuple[NDArray[np.int32], list[str]]:
    """Return the conversation of each message; before 2020 it is who takes part in it."""
    if "conversation id" in batch.schema.names:
        codes, values = _coded(batch, "conversation id")
        return codes.astype(np.int32), values
    return end, [_thread_of(sender, recipients) for sender, _, recipients, *_ in ends]


def _thread_of(sender: str, recipients: str) -> str:
    names = sorted({name_key(name) for name in (sender, *split_recipients(recipients))})
    return "names:" + blake2b("\n".join(names).encode(), digest_size=8).hexdigest()


# -- what -----------------------------------------------------------------------------------------


def _reasons(batch: pa.RecordBatch, is_advertisement: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Return why each row is no message between people, dates and repetitions apart."""

    def each(name: str, holds: Callable[[str], bool]) -> NDArray[np.bool_]:
        codes, values = _coded(batch, name)
        said = np.array([holds(value.strip()) for value in values], bool)
        return said[codes] if said.any() else np.zeros(len(codes), bool)

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


def _match_invitations(piece: Piece, content: pa.Array, invited: Mapping[str, int]) -> None:
    """Look up the first messages of each conversation and sender among the invitations, in place.

    Set phrases do not count. First within the piece, that is; which are the first of all is seen
    when all are there. So it is with dates that are read later.
    """
    if not invited:
        return
    fine = np.flatnonzero((piece.reason == _FINE) & ~piece.is_canned)
    codes, known = pd.factorize(piece.thread[fine].astype(np.int64) << 32 | piece.end[fine])
    is_late = np.isnat(piece.when[fine])
    when = piece.when[fine].view(np.int64)
    earliest = np.full(len(known), np.iinfo(np.int64).max)
    np.minimum.at(earliest, codes[~is_late], when[~is_late])
    rows = fine[is_late | (when == earliest[codes])]
    texts = content.take(pa.array(rows)).to_pylist()
    begins = {text.split(maxsplit=1)[0] for text in invited}
    piece.invitation[rows] = [
        invited.get(squeezed(text), -1) if _may_begin(text, begins) else -1 for text in texts
    ]


def _may_begin(text: str, words: set[str]) -> bool:
    """Tell whether a reader may see one of these words first: few texts have to be squeezed."""
    first = "".join(text.split(maxsplit=1)[:1])
    return first in words or not first.isascii() or "&" in text or "<" in text


# -- what is there twice --------------------------------------------------------------------------


def repeated(piece: Piece) -> NDArray[np.intp]:
    """Return, in order, the rows that may be the same as another; few others are among them."""
    key = piece.when.view(np.int64).astype(np.uint64)
    thread_end = piece.thread.astype(np.uint64) << np.uint64(32) | piece.end.astype(np.uint64)
    counts = piece.character_count.astype(np.uint64) << np.uint64(32)
    counts |= piece.question_count.astype(np.uint64)
    keys = key * _MIXERS[0] ^ thread_end * _MIXERS[1] ^ counts * _MIXERS[2]
    in_turn = np.sort(keys)  # of few that are alike a sort tells sooner than a table of all
    alike = in_turn[1:][in_turn[1:] == in_turn[:-1]]
    return np.flatnonzero(pd.Series(keys).isin(alike))


def digests(batch: pa.RecordBatch, rows: NDArray[np.intp], start: int = 0) -> dict[int, bytes]:
    """Return a digest of all that some rows say, by their number, which `start` is added to."""
    names = sorted(batch.schema.names)
    cells = [batch.column(name).take(pa.array(rows)).to_pylist() for name in names]
    texts = ("\x1f".join(f"{len(cell)}:{cell}" for cell in row) for row in zip(*cells, strict=True))
    made = (blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16) for text in texts)
    return dict(zip((rows + start).tolist(), (each.digest() for each in made), strict=True))


# -- Arrow ----------------------------------------------------------------------------------------


def _plain(column: pa.Array) -> pa.Array:
    return column.dictionary_decode() if pa.types.is_dictionary(column.type) else column


def _coded(batch: pa.RecordBatch, name: str) -> tuple[NDArray[np.int64], list[str]]:
    """Return a column as positions in a list of its values; a column that is not there is empty."""
    if name not in batch.schema.names:
        return np.zeros(batch.num_rows, np.int64), [""]
    column = batch.column(name)
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    codes: NDArray[Any] = column.indices.to_numpy(zero_copy_only=False)
    return codes.astype(np.int64), column.dictionary.to_pylist()
