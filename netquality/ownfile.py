"""A small CSV file of the user's own: its bytes, its form, its rows, and what a spreadsheet does.

What is shared by the files in which people keep their own word (`decisions`, `journal`). Such a
file may be edited in a spreadsheet, which changes separators, encoding and line ends, takes text
for formulas, numbers and dates, and writes its own words for yes and no.
"""

from __future__ import annotations

import codecs
import csv
import io
import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from netquality.cells import guarded, unguarded
from netquality.errors import ExportError, NetQualityError
from netquality.files import at_home, replace_file, sweep

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = [
    "OwnFile",
    "alone_with",
    "answer_of",
    "guarded",
    "open_own",
    "own_file",
    "put",
    "unguarded",
    "where_is",
]

MOST_BYTES: Final = 50_000_000
YES: Final = frozenset(
    ("yes", "y", "true", "1", "1.0", "ja", "j", "wahr", "oui", "vrai", "si", "sí", "verdadero",
     "vero", "waar", "sim", "verdadeiro")
)  # fmt: skip
NO: Final = frozenset(
    ("no", "n", "false", "0", "0.0", "nein", "falsch", "non", "faux", "falso", "nee", "onwaar",
     "não")
)  # fmt: skip
"""What people and spreadsheets write for an answer, in lower case."""
UNANSWERED: Final = frozenset(("", "nan", "none", "<na>"))
_UTF_16: Final = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_WAIT: Final = 10.0
"""Seconds for which another writer is waited for; each is done in far less than one."""
_PROBE: Final = "\0the end"
"""A last line of ours: where it does not come out alone, a quotation mark is still open."""


@dataclass(frozen=True)
class OwnFile:
    """What such a file holds, and in which form.

    Attributes
    ----------
    name : str
        Its name, without its path: what errors and warnings call it.
    data : bytes
        What it held, to the byte.
    header : tuple of str
        The names of its columns, in lower case; empty where the file has no text.
    rows : tuple of (int, tuple of str)
        The line on which each row begins, counted from 1, and its cells. Blank rows are left out.
    encoding, delimiter, line_end : str
        Its form, so that what is added looks like what is there.
    """

    name: str
    data: bytes = field(default=b"", repr=False)
    header: tuple[str, ...] = ()
    rows: tuple[tuple[int, tuple[str, ...]], ...] = field(default=(), repr=False)
    encoding: str = "utf-8"
    delimiter: str = ","
    line_end: str = "\r\n"

    def need_columns(self, needed: Iterable[str], *, what: str, writer: str) -> None:
        """Raise `ExportError` unless there is no text at all or every column that is needed."""
        lacking = [column for column in needed if column not in self.header]
        if self.header and lacking:
            raise ExportError(
                f"{self.name}: is no {what}, for it has no column {', '.join(lacking)}. Give the "
                f"file that {writer} wrote, or the name of a file that is not there yet."
            )

    def cells(self, row: Sequence[str]) -> dict[str, str] | None:
        """Return the cells of a row by their column; None where it has more than the header.

        Examples
        --------
        >>> file = own_file(b"a,b", "x.csv")
        >>> file.cells(("1",)), file.cells(("1", "2", "")), file.cells(("1", "2", "3"))
        ({'a': '1', 'b': ''}, {'a': '1', 'b': '2'}, None)
        """
        width = len(self.header)
        if any(cell.strip() for cell in row[width:]):
            return None
        filled = (*row, *([""] * (width - len(row))))
        return dict(zip(self.header, filled, strict=False))

    def with_rows(self, rows: Iterable[dict[str, str]], columns: Sequence[str]) -> bytes:
        r"""Return the file with rows added, in its own form; what was there stays to the byte.

        Parameters
        ----------
        rows : iterable of dict
            Cells by column, as they shall stand. A column that the file has not is left out.
        columns : sequence of str
            The header to write where the file has no text yet.

        Examples
        --------
        >>> own_file(b"b;x;a\n1;2;3", "x.csv").with_rows([{"a": "4", "b": "5;6"}], ["a", "b"])
        b'b;x;a\n1;2;3\n"5;6";;4\n'
        """
        header = self.header or tuple(columns)
        lines = [] if self.header else [header]
        lines += [tuple(row.get(column, "") for column in header) for row in rows]
        text = "".join(self._line(cells) + self.line_end for cells in lines)
        ends = tuple(mark.encode(self.encoding) for mark in "\r\n")
        mended = self.line_end if self.header and not self.data.endswith(ends) else ""
        return self.data + (mended + text).encode(self.encoding)

    def _line(self, cells: Sequence[str]) -> str:
        buffer = io.StringIO(newline="")
        # this line end, so that it quotes either half of it in a cell, whatever ours is
        csv.writer(buffer, delimiter=self.delimiter, lineterminator="\r\n").writerow(cells)
        return buffer.getvalue().removesuffix("\r\n")


def where_is(path: str | os.PathLike[str], *, what: str, example: str) -> Path:
    """Return where such a file is or will be; `ExportError` where that is no name of a file."""
    if not isinstance(path, (str, os.PathLike)) or "\0" in os.fsdecode(path):
        raise ExportError(f"{what}: is no name of a file. Give one like '{example}'.")
    return at_home(os.fsdecode(path))


@contextmanager
def alone_with(where: Path) -> Iterator[None]:
    """Keep all other writers from such a file: what is read within is what is added to.

    The lock is an empty hidden file beside it, named after it and ending in ``.lock``, that stays;
    what is locked is let go of when its process ends, however it ends.

    Raises
    ------
    ExportError
        When another keeps it for long, or nothing can be written there.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as home, alone_with(Path(home) / "a.csv"):
    ...     [one.name for one in Path(home).iterdir()]
    ['.a.csv.lock']
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - only who writes waits for it

    # by whatever link two of them came here; Path.resolve fails on links in a circle
    real = Path(os.path.realpath(where))
    if not os.access(real.parent, os.W_OK):
        raise _unwritable(where)
    lock = FileLock(real.with_name(f".{real.name}.lock"), timeout=_WAIT, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        raise ExportError(
            f"{where.name}: another program is writing it. Try again when that is done."
        ) from None
    except (OSError, NotImplementedError):
        raise _unwritable(where) from None
    try:
        sweep(real)
        yield
    finally:
        lock.release()


def open_own(where: Path, *, what: str) -> OwnFile:
    """Read such a file; one that is not there holds nothing.

    Raises
    ------
    ExportError
        When it is no file, cannot be read, is too large, or is no CSV.

    Examples
    --------
    >>> from pathlib import Path
    >>> open_own(Path("not-there-yet.csv"), what="file of answers").header
    ()
    """
    name = where.name or str(where)
    try:
        if not where.exists():
            return OwnFile(name)
        if not where.is_file():
            raise ExportError(f"{name}: is no file. Give the name of a file.")
        with where.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        why = error.strerror or "read error"
        raise ExportError(f"{name}: cannot be read ({why}). Give a file you may read.") from None
    if len(data) > MOST_BYTES:
        raise ExportError(f"{name}: is too large to be a {what}. Give another.")
    return own_file(data, name)


def own_file(data: bytes, name: str) -> OwnFile:
    r"""Take the bytes of such a file apart: UTF-8 or 16; comma, semicolon or tab.

    Raises
    ------
    ExportError
        When they are in another encoding, or a line is no line of a CSV file.

    Examples
    --------
    >>> own_file(b"sep=;\nA;B\n\n1;2", "x.csv").rows
    ((4, ('1', '2')),)
    """
    encoding = _UTF_16.get(data[:2], "utf-8")
    try:
        text = data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise ExportError(
            f"{name}: is not in UTF-8. Save it in the spreadsheet as 'CSV UTF-8'."
        ) from None
    lines = io.StringIO(text, newline="").readlines()
    first = 1 if text[:4].casefold() == "sep=" else 0  # what a spreadsheet puts on top
    while first < len(lines) and not lines[first].strip():
        first += 1
    if first == len(lines):
        if text.strip():
            raise ExportError(f"{name}: has no header. Delete it, or give another file.")
        return OwnFile(name, data, encoding=encoding)
    lead = lines[first]
    mark = max(",;\t", key=lead.count)
    end = lead[len(lead.rstrip("\r\n")) :] or "\r\n"
    (_, header), *rows = _records(lines, first, mark, name)
    names = tuple(cell.strip().casefold() for cell in header)
    return OwnFile(name, data, names, tuple(rows), encoding, mark, end)


def put(where: Path, data: bytes) -> None:
    """Put such a file in place in one step, readable by the user alone."""
    try:
        replace_file(where, data)
    except (NetQualityError, OSError):
        raise _unwritable(where) from None


def _unwritable(where: Path) -> ExportError:
    return ExportError(
        f"{where.name or where}: cannot be written. Close it where it is open, or give a file in a "
        "folder you may write to."
    )


def answer_of(said: str) -> bool | str | None:
    """Return yes or no; ``""`` for no answer yet, None for what is no answer.

    Examples
    --------
    >>> answer_of("Yes"), answer_of("FALSCH"), answer_of(""), answer_of("perhaps")
    (True, False, '', None)
    """
    word = said.strip().casefold()
    if word in YES or word in NO:
        return word in YES
    return "" if word in UNANSWERED else None


def _records(
    lines: list[str], first: int, mark: str, name: str
) -> list[tuple[int, tuple[str, ...]]]:
    """Return header and rows from a line on, each with the line on which it begins."""
    last = lines[-1] if lines[-1].endswith(("\r", "\n")) else f"{lines[-1]}\n"
    reader = csv.reader([*lines[first:-1], last, _PROBE], delimiter=mark)
    found: list[tuple[int, tuple[str, ...]]] = []
    begins = first + 1
    try:
        for cells in reader:
            found.append((begins, tuple(cells)))
            begins = first + reader.line_num + 1
    except csv.Error:
        line = first + reader.line_num
        raise ExportError(
            f"{name}, line {line}: is no line of a CSV file. Correct or delete it."
        ) from None
    line, end = found.pop()
    if end != (_PROBE,):
        raise ExportError(
            f"{name}, line {line}: a quotation mark is opened and never closed. Close or delete it."
        )
    return [row for number, row in enumerate(found) if not number or any(map(str.strip, row[1]))]
