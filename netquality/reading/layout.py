"""Where the header of a CSV file is, what parts its cells, and its rows one by one."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from netquality.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

__all__ = [
    "LONGEST_FIELD",
    "Layout",
    "Record",
    "cells_of",
    "find_layout",
    "lines_above",
    "names_of",
    "records",
]

LONGEST_FIELD: Final = 16 * 1024 * 1024
_HEADER_WITHIN_LINES: Final = 50
_HEADER_WITHIN_BYTES: Final = 1 << 16
_SEPARATORS: Final = {",": "", ";": "semicolons", "\t": "tabs", "|": "bars"}
_TOO_LONG: Final = "has a field longer than 16 MiB"
_OPEN_QUOTE: Final = "has a quote that never ends; nothing after it can be read"


@dataclass(frozen=True)
class _Header:
    """One way to read a line as the header."""

    cells: list[str]
    separator: str
    inner: str
    is_wrapped: bool = False
    is_doubled: bool = False

    @property
    def names(self) -> list[str]:
        return names_of(self.cells)


@dataclass(frozen=True)
class Layout:
    """What a file looks like, and what follows its header.

    Attributes
    ----------
    data : memoryview
        All that follows the header, as UTF-8.
    above : bytes
        All that stands above the header, as UTF-8.
    lines_before : int
        How many lines stand before `data`.
    names : list of str
        The header's names in lower case, without empty ones at the end.
    padding : int
        How many empty names stood at the end.
    mark : str
        A needed column's name as it stands: a row without it is no second header.
    separator, inner : str
        What parts the cells, and what parts those of a row that stands whole in one cell.
    is_wrapped : bool
        Whether the header stands whole in one cell.
    preamble : frozenset of str
        First cells of the lines before the header; files pasted together have them again.
    traits : tuple of str
        What another program made of the file, in a few words each.
    """

    data: memoryview = field(repr=False)
    above: bytes = field(repr=False)
    lines_before: int
    names: list[str]
    padding: int
    mark: str
    separator: str
    inner: str
    is_wrapped: bool
    preamble: frozenset[str] = field(repr=False)
    traits: tuple[str, ...]


@dataclass(frozen=True)
class Record:
    """A row as it stands: the line on which it begins, and its cells or why it has none."""

    line: int
    cells: list[str] = field(repr=False)
    fault: str = ""


def names_of(cells: Iterable[str]) -> list[str]:
    r"""Return column names as they are compared.

    Examples
    --------
    >>> names_of(["\ufeffFirst Name", " URL "])
    ['first name', 'url']
    """
    return [cell.strip("\ufeff \t\r\n\xa0").casefold() for cell in cells]


def cells_of(text: str, separator: str) -> list[str] | None:
    """Parse one row; None where the text is not exactly one.

    Examples
    --------
    >>> cells_of('a,"b, c"', ",")
    ['a', 'b, c']
    """
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None


def find_layout(data: memoryview, source: str, needed: Collection[str]) -> Layout:
    """Find the line with all the needed columns, whatever stands before it.

    Parameters
    ----------
    data : memoryview
        The file as UTF-8.
    source : str
        The file's name, for errors.
    needed : collection of str
        Column names in lower case.

    Raises
    ------
    ExportError
        When no line among the first has them all.
    """
    offset = 0
    nearest = set(needed)
    preamble: set[str] = set()
    lines = bytes(data[:_HEADER_WITHIN_BYTES]).splitlines(keepends=True)
    for number, line in enumerate(lines[:_HEADER_WITHIN_LINES], 1):
        offset += len(line)
        text = line.decode(errors="replace").rstrip("\r\n")
        for header in _readings(text):
            absent = set(needed).difference(header.names)
            if not absent:
                mark = header.names.index(max(sorted(needed), key=len))
                parts = data[: offset - len(line)], data[offset:]
                return _layout(header, header.cells[mark], *parts, number, preamble)
            nearest = min(nearest, absent, key=len)
        first, *others = cells_of(text.strip("\ufeff"), ",") or [""]
        preamble.update({first} if first and not any(others) else ())
    missing = ", ".join(sorted(name.upper() for name in nearest))
    raise ExportError(
        f"{source}: no header with the columns it needs (without {missing}). "
        "Give the file as LinkedIn wrote it."
    )


def _readings(line: str) -> Iterator[_Header]:
    """Yield what a line says under each separator, then as one cell, then with quotes halved."""
    for is_doubled in (False, True) if '""' in line else (False,):
        text = line.replace('""', '"') if is_doubled else line
        alone = None
        for outer in _SEPARATORS:
            cells = cells_of(text, outer) or [""]
            if len(cells) > 1:
                yield _Header(cells, outer, outer, is_doubled=is_doubled)
            if not any(cells[1:]) and (alone is None or len(cells) > 1):
                alone = outer, cells[0]
        if alone is not None:
            for inner in _SEPARATORS:
                cells = cells_of(alone[1], inner) or [""]
                yield _Header(cells, alone[0], inner, is_wrapped=True, is_doubled=is_doubled)


def _layout(
    header: _Header,
    mark: str,
    above: memoryview,
    body: memoryview,
    line: int,
    preamble: set[str],
) -> Layout:
    names = header.names
    width = 1 + max((at for at, name in enumerate(names) if name), default=0)
    traits = (
        _SEPARATORS[header.inner],
        "whole rows in one cell" if header.is_wrapped else "",
        "every quote doubled" if header.is_doubled else "",
        "padded with empty cells" if width < len(names) else "",
    )
    before = bytes(above)
    return Layout(
        data=memoryview(bytes(body).replace(b'""', b'"')) if header.is_doubled else body,
        above=before.replace(b'""', b'"') if header.is_doubled else before,
        lines_before=line,
        names=names[:width],
        padding=len(names) - width,
        mark=mark,
        separator=header.separator,
        inner=header.inner,
        is_wrapped=header.is_wrapped,
        preamble=frozenset(preamble),
        traits=tuple(filter(None, traits)),
    )


class _Lines:
    """Hands lines to the CSV reader and remembers what it took for the row at hand."""

    def __init__(self, data: memoryview) -> None:
        self._lines = io.TextIOWrapper(io.BytesIO(data), "utf-8", newline="")
        self.begin()

    def begin(self) -> None:
        self.taken = self._quotes = 0
        self.is_over = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            line = next(self._lines)
        except StopIteration:
            self.is_over = True
            raise
        self.taken += 1
        self._quotes += line.count('"')
        return line

    def skip_row(self) -> None:
        """Go on to where the row ends: where its quotes are even in number."""
        while self._quotes % 2 and next(self, None) is not None:
            pass


def records(layout: Layout) -> Iterator[Record]:
    """Yield each row that is not blank; memory does not grow with the file or a runaway quote."""
    longest = csv.field_size_limit(LONGEST_FIELD)
    lines = _Lines(layout.data)
    reader = csv.reader(lines, delimiter=layout.separator)
    line = layout.lines_before + 1
    try:
        while True:
            lines.begin()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                lines.skip_row()
                yield Record(line, [], _OPEN_QUOTE if lines.is_over else _TOO_LONG)
            else:
                if lines.is_over:  # the reader asked for one more line: it was inside a quote
                    yield Record(line, [], _OPEN_QUOTE)
                elif cells:
                    yield Record(line, cells)
            line += lines.taken
    finally:
        csv.field_size_limit(longest)


def lines_above(layout: Layout) -> Iterator[int]:
    """Yield the line of each row above the header that is as wide as it, as a sort leaves them.

    What LinkedIn writes there is one cell, whatever a spreadsheet padded it with.
    """
    width = len(layout.names)
    for row in records(replace(layout, data=memoryview(layout.above), lines_before=0)):
        cells = row.cells
        if layout.is_wrapped and cells:
            cells = cells_of(cells[0], layout.inner) or cells
        if row.fault or (len(cells) >= width and any(cells[1:width]) and not any(cells[width:])):
            yield row.line
