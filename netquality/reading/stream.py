"""A large CSV file piece by piece, as long as it is just as LinkedIn writes it.

Nothing here holds the whole file. Anything unusual (another code page, a row that does not fit,
a header between the rows) raises `NotPlainError`: then `csvtext.parse_csv` reads the file as a
whole, with all its patience. Both give the same rows.
"""

from __future__ import annotations

import io
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, ClassVar, Final, TypeVar

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from netquality.errors import ExportError
from netquality.reading.layout import LONGEST_FIELD, Layout, find_layout

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from netquality.reading.csvtext import Rejected, Text

__all__ = ["NotPlainError", "Streamed", "ahead", "batches"]

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

_HEAD_BYTES: Final = 1 << 16
_BLOCK_BYTES: Final = 1 << 22
_TAIL_BYTES: Final = 1 << 16
_THREADS: Final = 2
_BOM: Final = b"\xef\xbb\xbf"


class NotPlainError(Exception):
    """The file is not just as LinkedIn writes it; it has to be read as a whole."""


@dataclass(frozen=True)
class Streamed:
    """The rows of a file that was read piece by piece: all of them fit the header.

    Attributes
    ----------
    row_count : int
    whole : callable
        Reads the file as a whole, for the line on which each row begins.
    """

    row_count: int
    whole: Callable[[], Text]
    rejected: ClassVar[tuple[Rejected, ...]] = ()
    notes: ClassVar[tuple[str, ...]] = ()

    def lines(self) -> list[int]:
        """Return the line on which each row begins, counted from 1."""
        return self.whole().lines()


def batches(
    stream: BinaryIO,
    *,
    source: str,
    needed: Collection[str],
    long: Collection[str],
    tell: Callable[[int], object] = lambda _: None,
) -> Iterator[pa.RecordBatch]:
    r"""Yield the rows of a CSV file, some ten thousand at a time.

    Parameters
    ----------
    stream : binary file
        At its beginning.
    source : str
        The file's name, for errors.
    needed : collection of str
        Column names, in lower case, by which the header is found.
    long : collection of str
        Columns whose cells are hardly ever alike; all others come dictionary-encoded.
    tell : callable
        Is told how many bytes were read, each time.

    Yields
    ------
    pyarrow.RecordBatch
        One text column per column of the header, named as there but in lower case; empty cells
        are empty strings.

    Raises
    ------
    NotPlainError
        At any row, also after others were given: all of them are to be forgotten.

    Examples
    --------
    >>> rows = batches(io.BytesIO(b"A,B\n1,x\n2,x\n"), source="x.csv", needed={"a"}, long={"a"})
    >>> [batch.to_pydict() for batch in rows]
    [{'a': ['1', '2'], 'b': ['x', 'x']}]
    """
    head = stream.read(_HEAD_BYTES)
    layout = _plain_layout(head, source, needed)
    rest = _Rest(stream, bytes(layout.data), tell)
    names = layout.names
    dictionary = pa.dictionary(pa.int32(), pa.string())
    types = {name: pa.string() if name in long else dictionary for name in names}
    misfits: list[pacsv.InvalidRow] = []

    def refuse(row: pacsv.InvalidRow) -> str:
        misfits.append(row)
        return "error"

    last = None
    try:
        reader = pacsv.open_csv(
            pa.PythonFile(rest, mode="r"),
            read_options=pacsv.ReadOptions(column_names=names, block_size=_BLOCK_BYTES),
            parse_options=pacsv.ParseOptions(newlines_in_values=True, invalid_row_handler=refuse),
            convert_options=pacsv.ConvertOptions(
                column_types=types, strings_can_be_null=False, check_utf8=True
            ),
        )
        for batch in reader:
            if batch.num_rows:
                _refuse_doubtful(batch, layout)
                last = batch
                yield batch
    except pa.ArrowInvalid:
        raise NotPlainError from None
    if last is None or _ends_in_a_quote(last, rest.tail):
        raise NotPlainError


def _plain_layout(head: bytes, source: str, needed: Collection[str]) -> Layout:
    """Find the header within the first bytes."""
    view = memoryview(head)[len(_BOM) if head.startswith(_BOM) else 0 :]
    try:
        layout = find_layout(view, source, needed)
    except ExportError:
        raise NotPlainError from None
    plain = not (layout.traits or layout.is_wrapped or layout.padding)
    if not plain or layout.separator != "," or len(set(layout.names)) < len(layout.names):
        raise NotPlainError
    if not bytes(layout.data).strip():
        raise NotPlainError
    return layout


class _Rest(io.RawIOBase):
    """What follows the header: first what was read with it, then the rest of the file."""

    def __init__(self, stream: BinaryIO, first: bytes, tell: Callable[[int], object]) -> None:
        super().__init__()
        self._stream, self._first, self._tell = stream, first, tell
        self.tail = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        if self._first:
            piece, self._first = self._first[:size], self._first[size:]
        else:
            piece = self._stream.read(size)
        if b"\0" in piece:
            raise NotPlainError
        self._tell(len(piece))
        self.tail = (self.tail + piece[-_TAIL_BYTES:])[-_TAIL_BYTES:]
        return piece


def _refuse_doubtful(batch: pa.RecordBatch, layout: Layout) -> None:
    """Refuse what Arrow lets pass and what has to be looked at row by row."""
    for column in batch.columns:
        texts = column.dictionary if pa.types.is_dictionary(column.type) else column
        longest = pc.max(pc.binary_length(texts)).as_py() or 0
        if longest > LONGEST_FIELD or pc.any(pc.equal(texts, layout.mark)).as_py():
            raise NotPlainError


def _ends_in_a_quote(batch: pa.RecordBatch, tail: bytes) -> bool:
    """Tell whether the last cell was opened by a quote and not closed, which Arrow lets pass."""
    last: Any = batch.column(batch.num_columns - 1)[-1].as_py().replace('"', '""')
    ends = [f'{before}"{last}'.encode() for before in (",", "\n", "\r")]
    return any(len(end) > len(tail) or tail.endswith(end) for end in ends)


def ahead(
    items: Iterator[_Item], work: Callable[[_Item], _Result]
) -> Iterator[tuple[_Item, _Result]]:
    """Yield each item with what the work makes of it, while the next is being made.

    For work that lets other threads run, as Arrow's does. Order stays, and at most three items are
    in memory.

    Examples
    --------
    >>> list(ahead(iter("ab"), str.upper))
    [('a', 'A'), ('b', 'B')]
    """
    nothing = object()
    with ThreadPoolExecutor(_THREADS) as pool:
        waiting: deque[tuple[_Item, Future[_Result]]] = deque()
        coming = pool.submit(next, items, nothing)
        try:
            while (item := coming.result()) is not nothing:
                coming = pool.submit(next, items, nothing)
                waiting.append((item, pool.submit(work, item)))
                if len(waiting) > _THREADS - 1:
                    first, made = waiting.popleft()
                    yield first, made.result()
            for first, made in waiting:
                yield first, made.result()
        finally:
            coming.cancel()
