"""Members of a ZIP as streams that unpack piece by piece and check what they give.

Each reads from the disk, unpacks and adds up without holding Python's lock, so that another thread
can work meanwhile on what was read before. The last piece is given only once everything is sound.
"""

from __future__ import annotations

import io
import threading
import zlib
from typing import BinaryIO, Final, NamedTuple, NoReturn

from netquality.reading.archive.members import BUFFER_BYTES, Checked
from netquality.reading.archive.refusals import AGAIN, refuse, refuse_damaged, refuse_unreadable

__all__ = ["Packed", "SharedFile", "stream_packed"]

# Measured on 390 MB of messages: what is unpacked at once should stay in the processor's cache
# until its checksum is taken, and be enough to be worth a change of threads.
_PACKED_PIECE: Final = 1 << 16
_PIECE: Final = 1 << 18
_RAW_DEFLATE: Final = -zlib.MAX_WBITS


class Packed(NamedTuple):
    """A member of a ZIP, as the list of files describes it.

    Attributes
    ----------
    where : str
        For errors: the archive and the member.
    start, packed_size : int
        Where its bytes lie in the archive.
    size, crc : int
        How many bytes are in it, and their checksum.
    is_deflated : bool
        Otherwise it is stored as it is.
    """

    where: str
    start: int
    packed_size: int
    size: int
    crc: int
    is_deflated: bool


class SharedFile:
    """A file from which several streams, also in several threads, read each at its own place.

    Examples
    --------
    >>> shared = SharedFile(io.BytesIO(b"one two"), "export.zip")
    >>> shared.fetch(4, 3), shared.fetch(0, 3)
    (b'two', b'one')
    """

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file, self._name = file, name
        self._lock = threading.Lock()

    def fetch(self, start: int, count: int) -> bytes:
        """Return the bytes from a place on; fewer only where the file ends.

        Raises
        ------
        ExportError
            When the file cannot be read any more, or was closed.
        """
        try:
            with self._lock:
                self._file.seek(start)
                return self._file.read(count)
        except OSError as error:
            refuse_unreadable(self._name, error)
        except ValueError:
            refuse(self._name, "was closed before it was read", "Read it while it is open.")


def stream_packed(file: SharedFile, packed: Packed) -> io.BufferedIOBase:
    """Return a stream of a member of a ZIP.

    Parameters
    ----------
    file : SharedFile
        The ZIP.
    packed : Packed
        The member. The last of its bytes are given only once all of it has proved sound.

    Raises
    ------
    ExportError
        From the call that reads when it is damaged or not of the size it should be.

    Examples
    --------
    >>> file = SharedFile(io.BytesIO(zlib.compress(b"FROM,TO", wbits=-15)), "export.zip")
    >>> packed = Packed("export.zip: messages.csv", 0, 9, 7, zlib.crc32(b"FROM,TO"), True)
    >>> with stream_packed(file, packed) as stream:
    ...     stream.read(4), stream.read()
    (b'FROM', b',TO')
    """
    return io.BufferedReader(_Unpacking(file, packed), BUFFER_BYTES)


class _Unpacking(Checked):
    """A member of a ZIP, unpacked piece by piece."""

    def __init__(self, file: SharedFile, packed: Packed) -> None:
        super().__init__()
        self._file, self._packed = file, packed
        self._unpacker = zlib.decompressobj(_RAW_DEFLATE) if packed.is_deflated else None
        self._pending = b""  # fetched, not yet unpacked
        self._fetched = self._made = self._crc = 0
        self._is_whole = False

    def _fill(self, view: memoryview) -> int:
        piece = self._next(min(len(view), _PIECE))
        view[: len(piece)] = piece
        return len(piece)

    def _rest(self) -> bytes:
        rest = io.BytesIO()  # grows with what there is, whatever the archive says
        while piece := self._next(_PIECE):
            rest.write(piece)
        return rest.getvalue()

    def _next(self, most: int) -> bytes:
        """Return the next piece; the last only when everything has been checked."""
        if self._is_whole:
            return b""
        piece = self._unpack(most)
        self._made += len(piece)
        self._crc = zlib.crc32(piece, self._crc)
        if self._made > self._packed.size:
            self._refuse_size()
        if not piece or self._made == self._packed.size:
            self._check_end()
        return piece

    def _unpack(self, most: int) -> bytes:
        """Return the next bytes, at most so many; b'' when there are no more."""
        if self._unpacker is None:
            return self._fetch(most)
        while not self._unpacker.eof:
            data = self._pending or self._fetch(_PACKED_PIECE)
            try:
                piece = self._unpacker.decompress(data, most)
            except zlib.error:
                refuse_damaged(self._packed.where)
            self._pending = self._unpacker.unconsumed_tail
            if piece:
                return piece
            if not data:  # the packed bytes end before they say that they do
                refuse_damaged(self._packed.where)
        return b""

    def _fetch(self, most: int) -> bytes:
        count = min(most, self._packed.packed_size - self._fetched)
        data = self._file.fetch(self._packed.start + self._fetched, count) if count else b""
        if len(data) < count:  # the ZIP was cut since its list of files was read
            refuse_damaged(self._packed.where)
        self._fetched += count
        return data

    def _check_end(self) -> None:
        if self._made < self._packed.size or self._unpack(1):
            self._refuse_size()
        is_all = self._fetched == self._packed.packed_size and not self._pending
        is_used = self._unpacker is None or not self._unpacker.unused_data
        if self._crc != self._packed.crc or not (is_all and is_used):
            refuse_damaged(self._packed.where)
        self._is_whole = True

    def _refuse_size(self) -> NoReturn:
        refuse(self._packed.where, "is not of the size the archive says", AGAIN)
