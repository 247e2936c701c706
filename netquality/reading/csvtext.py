"""CSV text to a table of strings: header found by search, columns by name, bad rows set aside.

The fast way is Arrow's parser over all rows at once. Where a row does not fit the header, or a
line number is wanted, the standard library reads the text again: it knows where each row begins.
"""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pacsv

from netquality.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

__all__ = ["Rejected", "Text", "parse_csv"]

_HEADER_WITHIN_LINES: Final = 50
_HEADER_WITHIN_BYTES: Final = 1 << 16
_LONGEST_FIELD: Final = 16 * 1024 * 1024


@dataclass(frozen=True)
class Rejected:
    """A row that cannot be used: where it begins and why, never what it says."""

    line: int
    reason: str


@dataclass(frozen=True)
class _Body:
    """What follows the header, as UTF-8, and how many lines stand before it."""

    data: memoryview = field(repr=False)
    lines_before: int
    header: list[str]
    source: str

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield each row that is not blank with the line on which it begins."""
        longest = csv.field_size_limit(_LONGEST_FIELD)
        reader = csv.reader(io.StringIO(_text(bytes(self.data), self.source), newline=""))
        line = self.lines_before + 1
        try:
            for cells in reader:
                if cells:
                    yield line, cells
                line = self.lines_before + reader.line_num + 1
        except csv.Error:
            raise ExportError(
                f"{self.source}, line {line}: cannot be read as CSV. "
                "Give the file as LinkedIn wrote it."
            ) from None
        finally:
            csv.field_size_limit(longest)


@dataclass(frozen=True)
class Text:
    """The rows of a CSV file.

    Attributes
    ----------
    rows : pandas.DataFrame
        One ``str`` column per column of the header, named as there but in lower case; empty
        cells are empty strings.
    rejected : tuple of Rejected
        Rows whose number of cells is not that of the header.
    """

    rows: pd.DataFrame = field(repr=False)
    rejected: tuple[Rejected, ...]
    _body: _Body = field(repr=False)

    def lines(self) -> list[int]:
        """Return the line on which each of `rows` begins, counted from 1."""
        width = len(self._body.header)
        return [line for line, cells in self._body.rows() if len(cells) == width]


def parse_csv(data: bytes, *, source: str, needed: Collection[str]) -> Text:
    r"""Parse the bytes of a CSV file.

    Parameters
    ----------
    data : bytes
        The file. UTF-8 with or without a byte order mark, or UTF-16 with one.
    source : str
        The file's name, for errors.
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
    """
    body = _after_header(_utf8(data, source), source, needed)
    frame = _parse_fast(body)
    if frame is None:
        return _parse_slowly(body)
    return Text(frame, (), body)


def _utf8(data: bytes, source: str) -> memoryview:
    """Return the file as UTF-8 without a byte order mark; the large ones are not copied."""
    if not data.strip():
        raise ExportError(f"{source}: the file is empty. Download the export again.")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return memoryview(_text(data, source, "utf-16").encode())
    return memoryview(data)[len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0 :]


def _text(data: bytes, source: str, encoding: str = "utf-8") -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise ExportError(
            f"{source}: is not UTF-8 text, as LinkedIn writes it; "
            "another program may have saved it again. Give the archive as LinkedIn sent it."
        ) from None


def _after_header(data: memoryview, source: str, needed: Collection[str]) -> _Body:
    """Find the line with all the needed columns, whatever stands before it."""
    nearest = set(needed)
    offset = 0
    lines = bytes(data[:_HEADER_WITHIN_BYTES]).splitlines(keepends=True)
    for number, line in enumerate(lines[:_HEADER_WITHIN_LINES], 1):
        offset += len(line)
        cells = next(csv.reader([_text(line, source).rstrip("\r\n")]), [])
        header = [cell.strip().casefold() for cell in cells]
        absent = set(needed) - set(header)
        if not absent:
            return _Body(data[offset:], number, header, source)
        nearest = min(nearest, absent, key=len)
    missing = ", ".join(sorted(name.upper() for name in nearest))
    raise ExportError(
        f"{source}: no header with the columns it needs (without {missing}). "
        "Give the file as LinkedIn wrote it."
    )


def _parse_fast(body: _Body) -> pd.DataFrame | None:
    """Parse all rows at once; None where one of them does not fit the header."""
    if not bytes(body.data[:_HEADER_WITHIN_BYTES]).strip() and not bytes(body.data).strip():
        return pd.DataFrame(columns=pd.Index(body.header), dtype="str")
    misfits = 0

    def count(_: pacsv.InvalidRow) -> str:
        nonlocal misfits
        misfits += 1
        return "skip"

    numbers = [str(number) for number in range(len(body.header))]
    try:
        table = pacsv.read_csv(
            pa.BufferReader(body.data),
            read_options=pacsv.ReadOptions(column_names=numbers, block_size=1 << 24),
            parse_options=pacsv.ParseOptions(newlines_in_values=True, invalid_row_handler=count),
            convert_options=pacsv.ConvertOptions(
                column_types=dict.fromkeys(numbers, pa.large_string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None  # not UTF-8, or a quote that never ends: the slow way says where
    return None if misfits else _named(table.to_pandas(), body.header)


def _parse_slowly(body: _Body) -> Text:
    good, rejected = [], []
    width = len(body.header)
    for line, cells in body.rows():
        if len(cells) == width:
            good.append(cells)
        else:
            noun = "cell" if len(cells) == 1 else "cells"
            rejected.append(Rejected(line, f"has {len(cells)} {noun}, the header has {width}"))
    frame = pd.DataFrame(good, columns=pd.RangeIndex(width), dtype="str")
    return Text(_named(frame, body.header), tuple(rejected), body)


def _named(frame: pd.DataFrame, header: list[str]) -> pd.DataFrame:
    frame.columns = pd.Index(header)
    return frame.loc[:, ~frame.columns.duplicated()].astype("str")
