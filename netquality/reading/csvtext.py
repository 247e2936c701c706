"""CSV text to a table of strings: header found by search, columns by name, bad rows set aside.

The fast way is Arrow's parser over all rows at once. Where a row does not fit the header, the
standard library reads the text again, row by row: what can be mended without a guess is mended
and counted, the rest is rejected with its line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from netquality.reading.encodings import as_utf8
from netquality.reading.layout import (
    LONGEST_FIELD,
    Layout,
    cells_of,
    find_layout,
    lines_above,
    names_of,
    records,
)
from netquality.words import plural

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from netquality.reading.layout import Record

__all__ = ["Rejected", "Text", "gathered", "parse_csv"]

_SAVED_AGAIN: Final = re.compile(r"(.+?): (saved again by another program \(.*\); read as such\.)")
_BLANK_WITHIN: Final = 1 << 16
_ROWS_AT_ONCE: Final = 1 << 14
_WRONG_WIDTH: Final = "wrong number of cells"
_OTHER_WIDTH: Final = ", the header has "
_ABOVE: Final = "stands above the header; put the header back on the first line"


@dataclass(frozen=True)
class Rejected:
    """A row that cannot be used: where it begins and why, never what it says.

    Examples
    --------
    >>> Rejected(5, "has 1 cell, the header has 2").counted_as
    'wrong number of cells'
    """

    line: int
    reason: str

    @property
    def counted_as(self) -> str:
        """The reason without numbers, under which rows are counted."""
        return _WRONG_WIDTH if _OTHER_WIDTH in self.reason else self.reason


@dataclass(frozen=True)
class Text:
    """The rows of a CSV file.

    Attributes
    ----------
    rows : pandas.DataFrame
        One ``str`` column per column of the header, named as there but in lower case; empty
        cells are empty strings.
    rejected : tuple of Rejected
        Rows that do not fit the header.
    notes : tuple of str
        What was mended, in sentences that name the file and nothing in it.
    """

    rows: pd.DataFrame = field(repr=False)
    rejected: tuple[Rejected, ...]
    notes: tuple[str, ...]
    _layout: Layout = field(repr=False)
    _needed: frozenset[str] = field(repr=False)

    @property
    def row_count(self) -> int:
        """How many rows fit the header."""
        return len(self.rows)

    def lines(self) -> list[int]:
        """Return the line on which each of `rows` begins, counted from 1."""
        sieve = _Sieve(self._layout, self._needed)
        return [line for line, _ in sieve.fitting(records(self._layout))]


def parse_csv(data: bytes, *, source: str, needed: Collection[str]) -> Text:
    r"""Parse the bytes of a CSV file.

    Parameters
    ----------
    data : bytes
        The file, as LinkedIn wrote it or as another program saved it again: any usual code page
        and line end; commas, semicolons, tabs or bars; whole rows in one cell.
    source : str
        The file's name, for errors and notes.
    needed : collection of str
        Column names, in lower case, by which the header is found; all must be there.

    Returns
    -------
    Text

    Raises
    ------
    ExportError
        When the file is empty, not text, or has no such header.

    Examples
    --------
    >>> text = parse_csv(b"Notes:\n\nB,A\n1,NA\n2\n", source="x.csv", needed={"a", "b"})
    >>> text.rows.to_dict("list")
    {'b': ['1'], 'a': ['NA']}
    >>> text.rejected
    (Rejected(line=5, reason='has 1 cell, the header has 2'),)
    >>> parse_csv(b"A;B\n1;2\n", source="x.csv", needed={"a"}).notes
    ('x.csv: saved again by another program (semicolons); read as such.',)
    """
    view, traits = as_utf8(data, source)
    layout = find_layout(view, source, needed)
    sieve = _Sieve(layout, frozenset(needed))
    sieve.rejected += [Rejected(line, _ABOVE) for line in lines_above(layout)]
    table = _parse_at_once(layout)
    if table is None:
        table = _table(sieve.fitting(records(layout)), len(layout.names))
    rows, repeated = _frame(table, layout.names)
    notes = [*_said(layout.traits + traits), *repeated, *sieve.notes()]
    return Text(
        rows,
        tuple(sieve.rejected),
        tuple(f"{source}: {note}" for note in notes),
        layout,
        sieve.needed,
    )


def _said(traits: tuple[str, ...]) -> Iterator[str]:
    if traits:
        yield f"saved again by another program ({', '.join(traits)}); read as such."


def gathered(warnings: Iterable[str]) -> Iterator[str]:
    """Yield sentences about files; those saved again in the same way are named in one.

    Examples
    --------
    >>> same = "saved again by another program (semicolons); read as such."
    >>> warnings = [f"a.csv: {same}", "b.csv: is empty.", f"c.csv: {same}"]
    >>> list(gathered(warnings))  # doctest: +NORMALIZE_WHITESPACE
    ['a.csv and c.csv: saved again by another program (semicolons); read as such.',
     'b.csv: is empty.']
    """
    files: dict[str, list[str]] = {}
    for warning in warnings:
        match = _SAVED_AGAIN.fullmatch(warning)
        said, names = (match[2], [match[1]]) if match else (warning, [])
        files.setdefault(said, []).extend(names)
    for said, names in files.items():
        listed = " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
        yield f"{listed}: {said}" if names else said


def _parse_at_once(layout: Layout) -> pa.Table | None:
    """Parse all rows at once; None where one of them is not as the header says."""
    if layout.is_wrapped:
        return None
    if not bytes(layout.data[:_BLANK_WITHIN]).strip() and not bytes(layout.data).strip():
        return _table(iter(()), len(layout.names))
    misfits = 0

    def count(_: pacsv.InvalidRow) -> str:
        nonlocal misfits
        misfits += 1
        return "skip"

    width = len(layout.names)
    columns = [str(number) for number in range(width + layout.padding)]
    try:
        table = pacsv.read_csv(
            pa.BufferReader(layout.data),
            read_options=pacsv.ReadOptions(column_names=columns, block_size=1 << 24),
            parse_options=pacsv.ParseOptions(
                delimiter=layout.separator, newlines_in_values=True, invalid_row_handler=count
            ),
            convert_options=pacsv.ConvertOptions(
                column_types=dict.fromkeys(columns, pa.large_string()),
                strings_can_be_null=False,
                check_utf8=False,  # done for the whole file
            ),
        )
    except pa.ArrowInvalid:
        return None  # a quote that never ends, or a field of many megabytes
    return None if misfits or _is_doubtful(table, layout) else table.select(range(width))


def _is_doubtful(table: pa.Table, layout: Layout) -> bool:
    """Tell whether Arrow let something pass that has to be looked at row by row."""
    beyond = table.columns[len(layout.names) :]
    longest = (pc.max(pc.binary_length(column)).as_py() or 0 for column in table.columns)
    return (
        _ends_in_a_quote(table, layout)
        or _has_header(table, layout)
        or any(pc.any(pc.not_equal(column, "")).as_py() for column in beyond)
        or max(longest) > LONGEST_FIELD
    )


def _has_header(table: pa.Table, layout: Layout) -> bool:
    """Tell whether a header may stand among the rows, as where files were pasted together."""
    return any(pc.any(pc.equal(column, layout.mark)).as_py() for column in table.columns)


def _ends_in_a_quote(table: pa.Table, layout: Layout) -> bool:
    """Tell whether the last cell was opened by a quote and not closed, which Arrow lets pass."""
    if not table.num_rows:
        return False
    last = table.column(table.num_columns - 1)[-1].as_py().replace('"', '""')
    tails = [f'{before}"{last}'.encode() for before in (layout.separator, "\n", "\r")]
    return any(layout.data[-len(tail) :] == tail for tail in tails)


def _table(rows: Iterator[tuple[int, list[str]]], width: int) -> pa.Table:
    """Gather rows a few thousand at a time: Python's own strings are many times as large."""
    schema = pa.schema([(str(number), pa.large_string()) for number in range(width)])
    batches = []
    while chunk := [cells for _, cells in islice(rows, _ROWS_AT_ONCE)]:
        arrays = [pa.array(column, pa.large_string()) for column in zip(*chunk, strict=True)]
        batches.append(pa.record_batch(arrays, schema=schema))
    return pa.Table.from_batches(batches, schema)


def _frame(table: pa.Table, names: list[str]) -> tuple[pd.DataFrame, list[str]]:
    """Return rows under their names, each name once, and what is to be said of that.

    Of columns of one name the first cell that is filled counts, row by row.
    """
    columns: dict[str, pd.Series] = {}
    merged = set()
    for name, (_, cells) in zip(names, table.to_pandas().items(), strict=True):
        earlier = columns.setdefault(name, cells)
        if earlier is not cells and name and (cells != "").any():
            columns[name] = earlier.where(earlier.str.strip() != "", cells)
            merged.add(name)
    frame = pd.DataFrame(columns).astype("str")
    frame.columns = frame.columns.astype("str")
    if not merged:
        return frame, []
    stand = plural(len(merged), "column stands", "columns stand")
    return frame, [f"{stand} more than once; of each row the first filled cell is taken."]


class _Sieve:
    """Tells rows that fit the header from those that do not, and counts what it mends."""

    def __init__(self, layout: Layout, needed: frozenset[str]) -> None:
        self.layout = layout
        self.needed = needed
        self.rejected: list[Rejected] = []
        self._trimmed = self._unwrapped = self._headers = 0
        self._is_ours = True

    def fitting(self, rows: Iterator[Record]) -> Iterator[tuple[int, list[str]]]:
        """Yield line and cells of each row that fits as it is or can be mended."""
        for row in rows:
            cells = self._mended(row.cells)
            if self._is_header(cells):
                continue
            fault = row.fault or self._fault(cells)
            if fault:
                self.rejected.append(Rejected(row.line, fault))
            else:
                yield row.line, cells

    def notes(self) -> Iterator[str]:
        """Yield what was mended, in sentences."""
        if self._trimmed:
            yield f"{plural(self._trimmed, 'row')} had empty cells too many at the end; left out."
        if self._unwrapped and not self.layout.is_wrapped:
            rows = plural(self._unwrapped, "row stood", "rows stood")
            yield f"{rows} whole in one cell; taken apart again."
        if self._headers:
            times = plural(self._headers, "more time", "more times")
            yield f"the header stands {times} between the rows; left out."

    def _mended(self, cells: list[str]) -> list[str]:
        """Return a row without what another program put around it; nothing is guessed."""
        width = len(self.layout.names)
        if len(cells) == width or not cells:
            return cells
        if width > 1 and not any(cells[1:]):
            inner = cells_of(cells[0], self.layout.inner) or []
            if len(inner) >= width and not any(inner[width:]):
                self._unwrapped += 1
                return inner[:width]
        if len(cells) > width and not any(cells[width:]):
            self._trimmed += len(cells) != width + self.layout.padding
            return cells[:width]
        return cells if any(cells) else [""] * width  # an empty row, however many cells it has

    def _is_header(self, cells: list[str]) -> bool:
        """Tell a header between the rows, and the lines LinkedIn puts above one."""
        if cells and not any(cells[1:]) and cells[0].strip("\ufeff") in self.layout.preamble:
            return True
        if self.layout.mark not in cells:
            return False
        names = names_of(cells)
        if not self.needed.issubset(names):
            return False
        self._is_ours = names == self.layout.names
        self._headers += 1
        return True

    def _fault(self, cells: list[str]) -> str:
        if not self._is_ours:
            return "stands under another header, further down in the file"
        width = len(self.layout.names)
        if len(cells) == width:
            return ""
        return f"has {plural(len(cells), 'cell')}{_OTHER_WIDTH}{width}"
