"""A large CSV file piece by piece, as long as it is just as LinkedIn writes it.

Nothing here holds the whole file. Anything unusual (another code page, a row that does not fit,
a header between the rows) raises `NotPlainError`: then `csvtext.parse_csv` reads the file as a
whole, with all its patience. Both give the same rows.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from netquality.errors import ExportError
from netquality.reading.layout import LONGEST_FIELD, Layout, find_layout, lines_above

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from io import BufferedIOBase

    from netquality.reading.csvtext import Rejected, Text

__all__ = ["Block", "NotPlainError", "Streamed", "ahead", "blocks"]

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

_HEAD_BYTES: Final = 1 << 16
_BLOCK_BYTES: Final = 3 << 22  # Arrow prepares the pattern of set phrases anew for each
_PARSED_BYTES: Final = 1 << 20  # Arrow is fastest with what fits the processor's cache
_AT_ONCE: Final = 1 << 20  # so for numpy; with less, threads wait for their turns
_LONGEST_REST: Final = 1 << 22
_THREADS: Final = 2
_QUOTE: Final = ord('"')
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


@dataclass(frozen=True)
class Block:
    """Some megabytes of a CSV file: whole rows.

    Attributes
    ----------
    data : memoryview
    layout : Layout
        That of the file.
    long : collection of str
        Columns whose cells are hardly ever alike.
    done : callable
        Is called with nothing once the bytes are not needed any more.
    """

    data: memoryview = field(repr=False)
    layout: Layout = field(repr=False)
    long: Collection[str]
    done: Callable[[], object] = field(default=bool, repr=False)

    def parse(self) -> pa.RecordBatch:
        """Return the rows, in whatever thread; `NotPlainError` where that is not all they are.

        Once only: the bytes make room for those of another block.
        """
        names = self.layout.names
        dictionary = pa.dictionary(pa.int32(), pa.string())
        types = {name: pa.string() if name in self.long else dictionary for name in names}
        try:
            table = pacsv.read_csv(
                pa.BufferReader(self.data),
                read_options=pacsv.ReadOptions(
                    column_names=names, block_size=_PARSED_BYTES, use_threads=False
                ),
                parse_options=pacsv.ParseOptions(newlines_in_values=True),
                convert_options=pacsv.ConvertOptions(
                    column_types=types, strings_can_be_null=False, check_utf8=False
                ),
            )
            _check_utf8(self.data)  # in one go: cell by cell takes several times as long
        except pa.ArrowInvalid:
            raise NotPlainError from None
        batch = _as_one(table)
        _refuse_doubtful(batch, self.layout)
        if _ends_in_a_quote(batch, self.data):
            raise NotPlainError
        self.done()  # what Arrow read it has copied
        return batch


def blocks(
    stream: BufferedIOBase,
    *,
    source: str,
    needed: Collection[str],
    long: Collection[str],
    tell: Callable[[int], object] = lambda _: None,
) -> Iterator[Block]:
    r"""Yield the rows of a CSV file, some ten thousand at a time, to be parsed in any thread.

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
        Is told how many bytes were read so far, each time.

    Yields
    ------
    Block

    Raises
    ------
    NotPlainError
        Here or when a block is parsed, also after others were given: all are to be forgotten.

    Examples
    --------
    >>> from io import BytesIO
    >>> file = BytesIO(b"A,B\n1,x\n2,x\n")
    >>> some = blocks(file, source="x.csv", needed={"a"}, long={"a"})
    >>> [block.parse().to_pydict() for block in some]
    [{'a': ['1', '2'], 'b': ['x', 'x']}]
    """
    head = stream.read(_HEAD_BYTES)
    if b"\0" in head:
        raise NotPlainError
    layout = _plain_layout(head, source, needed)
    try:
        head[: len(head) - len(layout.data)].decode()  # Arrow looks at what follows it
    except UnicodeDecodeError:
        raise NotPlainError from None
    done, rest = len(head), bytes(layout.data)
    rooms: deque[bytearray] = deque()  # new memory is costly: rooms are used again
    while len(rest) <= _LONGEST_REST:
        # read to where it is parsed from: a copy of each block takes a tenth of the time
        room = rooms.pop() if rooms else bytearray(_LONGEST_REST + _BLOCK_BYTES)
        room[: len(rest)] = rest
        count: int = stream.readinto(memoryview(room)[len(rest) : len(rest) + _BLOCK_BYTES])
        if not count:
            break
        done += count
        tell(done)
        size = len(rest) + count
        if not np.frombuffer(room, np.uint8, count, len(rest)).min():  # a NUL
            raise NotPlainError
        end = _end_of_rows(room, size)
        rest = bytes(memoryview(room)[end:size])
        if end:
            yield Block(memoryview(room)[:end], layout, long, partial(rooms.append, room))
        else:
            rooms.append(room)
    else:
        raise NotPlainError
    if rest:
        yield Block(memoryview(rest), layout, long)


def _end_of_rows(data: bytearray, size: int) -> int:
    """Return where the last row ends that ends within the first bytes, 0 if none does.

    A line that ends outside of quotes ends a row. Quotes within an unquoted cell, which nothing
    that writes CSV makes, mislead this; then the block does not parse, or ends in a quote.
    """
    cells = np.frombuffer(data, np.uint8, size)
    parts = (cells[start : start + _AT_ONCE] for start in range(0, size, _AT_ONCE))
    quotes = sum(int(np.count_nonzero(part == _QUOTE)) for part in parts)
    end, is_open = size, quotes % 2 == 1
    while (line := data.rfind(b"\n", 0, end)) >= 0:
        is_open ^= data.count(b'"', line, end) % 2 == 1
        if not is_open:
            return line + 1
        end = line
    return 0


def _check_utf8(data: memoryview) -> None:
    """Raise `pyarrow.ArrowInvalid` unless this is UTF-8; then each cell of it is, too."""
    ends = pa.array([0, len(data)], pa.int32())
    whole = pa.Array.from_buffers(pa.binary(), 1, [None, ends.buffers()[1], pa.py_buffer(data)])
    whole.cast(pa.string())


def _as_one(table: pa.Table) -> pa.RecordBatch:
    """Return the rows in one piece; a column's pieces may have dictionaries of their own."""
    (batch,) = table.unify_dictionaries().combine_chunks().to_batches() or [None]
    if batch is None:
        raise NotPlainError
    return batch


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
    if not bytes(layout.data).strip() or any(lines_above(layout)):
        raise NotPlainError
    return layout


def _refuse_doubtful(batch: pa.RecordBatch, layout: Layout) -> None:
    """Refuse what Arrow lets pass and what has to be looked at row by row."""
    for column in batch.columns:
        texts = column.dictionary if pa.types.is_dictionary(column.type) else column
        longest = pc.max(pc.binary_length(texts)).as_py() or 0
        if longest > LONGEST_FIELD or pc.any(pc.equal(texts, layout.mark)).as_py():
            raise NotPlainError


def _ends_in_a_quote(batch: pa.RecordBatch, data: memoryview) -> bool:
    """Tell whether the last cell was opened by a quote and not closed, which Arrow lets pass."""
    last: Any = batch.column(batch.num_columns - 1)[-1].as_py().replace('"', '""')
    opened = f'"{last}'.encode()
    tail = bytes(data[-len(opened) - 1 :])
    return tail == opened or (tail[1:] == opened and tail[:1] in b",\n\r")


def ahead(items: Iterable[_Item], work: Callable[[_Item], _Result]) -> Iterator[_Result]:
    """Yield what the work makes of each item, in order, while the next are being made.

    For work that lets other threads run, as Arrow's does. Items are fetched in the caller's thread;
    at most five are in memory.

    Examples
    --------
    >>> list(ahead("ab", str.upper))
    ['A', 'B']
    """
    with ThreadPoolExecutor(_THREADS) as pool:
        waiting: deque[Future[_Result]] = deque()
        try:
            for item in items:
                waiting.append(pool.submit(work, item))
                if len(waiting) > _THREADS + 1:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
