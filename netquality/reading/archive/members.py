"""Members of an export as streams that notice, while they are read, what is wrong with them.

A stream holds some hundred kilobytes, however large its member is. Once it has found a fault it
gives nothing more: each further call says the same again.
"""

from __future__ import annotations

import io
import os
import stat
from abc import abstractmethod
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

from netquality.errors import ExportError
from netquality.reading.archive import limits
from netquality.reading.archive.refusals import refuse, refuse_too_large, refuse_unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from _typeshed import WriteableBuffer

__all__ = ["BUFFER_BYTES", "Checked", "Found", "open_plain", "stream_file"]

BUFFER_BYTES: Final = 1 << 18
"""What a stream may hold of its member."""


class Found(NamedTuple):
    """A file of an export.

    Attributes
    ----------
    path : str
        Inside the export.
    size : int
        Bytes, as the list of files says.
    open : callable
        Returns a new stream of its bytes.
    file : Path or None
        Where it lies on disk by itself, if it does.
    """

    path: str
    size: int
    open: Callable[[], io.BufferedIOBase]
    file: Path | None = None


def open_plain(path: Path, where: str) -> BinaryIO:
    """Open a file to read; what has become a link or a pipe since it was listed is refused.

    Parameters
    ----------
    path : Path
        Without links, if links are to be followed.
    where : str
        For the error.

    Raises
    ------
    ExportError
        When it cannot be opened, or is no file.

    Examples
    --------
    >>> from pathlib import Path
    >>> open_plain(Path("no-such-file.csv"), "messages.csv")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    netquality.errors.ExportError: messages.csv: cannot be read (No such file or directory). Che...
    """
    try:
        file = open(path, "rb", opener=_not_through_links)  # noqa: SIM115
    except OSError as error:
        refuse_unreadable(where, error)
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        refuse(where, "is a link or a device, not a file", "Put the file itself there.")
    return file


def _not_through_links(path: str, flags: int) -> int:
    # without waiting: a pipe would wait for ever
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def stream_file(path: Path, where: str) -> io.BufferedIOBase:
    """Return a stream of a file on disk.

    Parameters
    ----------
    path : Path
    where : str
        For errors.

    Raises
    ------
    ExportError
        From here when it cannot be opened or is too large; from any call that reads when the disk
        gives no more, or when the file changes under the reader's hand.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "messages.csv"
    ...     path.write_bytes(b"FROM,TO")
    ...     with stream_file(path, "messages.csv") as stream:
    ...         stream.read(4), stream.read()
    7
    (b'FROM', b',TO')
    """
    file = open_plain(path, where)
    size = os.fstat(file.fileno()).st_size
    if size > limits.MAX_MEMBER_BYTES:
        file.close()
        refuse_too_large(where)
    return io.BufferedReader(_Plain(file, where, size), BUFFER_BYTES)


class Checked(io.RawIOBase):
    """A stream that remembers its fault: who reads on after an error must not find a clean end.

    Examples
    --------
    >>> class Broken(Checked):
    ...     def _rest(self):
    ...         raise ExportError("messages.csv: is damaged.")
    >>> broken = Broken()
    >>> for attempt in range(2):
    ...     try:
    ...         broken.read()
    ...     except ExportError as error:
    ...         print(error)
    messages.csv: is damaged.
    messages.csv: is damaged.
    """

    def __init__(self) -> None:
        self._fault = ""

    def readable(self) -> bool:
        """Return True: it can be read, and neither written nor sought in."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Put the next bytes into a buffer; return how many, 0 at the end."""
        view = memoryview(buffer).cast("B")
        with self._remembered():
            return self._fill(view) if len(view) else 0

    def readall(self) -> bytes:
        """Return all bytes that are left."""
        with self._remembered():
            return self._rest()

    @contextmanager
    def _remembered(self) -> Iterator[None]:
        if self._fault:
            raise ExportError(self._fault)
        try:
            yield
        except ExportError as error:
            self._fault = str(error)
            raise

    @abstractmethod
    def _fill(self, view: memoryview) -> int:
        """Put the next bytes into a place that has room for at least one; return how many."""

    @abstractmethod
    def _rest(self) -> bytes:
        """Return all bytes that are left."""


class _Plain(Checked):
    """A file on disk, read as it is."""

    def __init__(self, file: BinaryIO, where: str, size: int) -> None:
        super().__init__()
        self._file, self._where, self._left = file, where, size

    def close(self) -> None:
        self._file.close()
        super().close()

    def _fill(self, view: memoryview) -> int:
        try:
            count = self._file.readinto(view)  # type: ignore[attr-defined]
        except OSError as error:
            refuse_unreadable(self._where, error)
        self._count(count, is_end=count == 0)
        return int(count)

    def _rest(self) -> bytes:
        try:
            data = self._file.read(self._left + 1)  # the one more would show that it grew
        except OSError as error:
            refuse_unreadable(self._where, error)
        self._count(len(data), is_end=True)
        return data

    def _count(self, count: int, *, is_end: bool) -> None:
        self._left -= count
        if self._left < 0 or (is_end and self._left):
            refuse(self._where, "changed while it was read", "Try again when nothing writes to it.")
