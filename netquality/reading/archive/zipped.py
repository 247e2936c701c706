"""The files in a ZIP, unpacked in memory only, and what is refused about them.

`zipfile` reads the list of files; the files themselves are read by
`netquality.reading.archive.unpacking`, which neither trusts the list nor needs the whole of a file
at once.
"""

from __future__ import annotations

import errno
import io
import stat
import struct
import zipfile
from functools import partial
from itertools import pairwise
from typing import BinaryIO, Final, NamedTuple, cast

from netquality.reading.archive import limits
from netquality.reading.archive.members import Found
from netquality.reading.archive.paths import is_table, tidy
from netquality.reading.archive.refusals import (
    AGAIN,
    UNPACK,
    refuse,
    refuse_damaged,
    refuse_special,
    refuse_too_large,
    refuse_too_many,
    refuse_unreadable,
    shown,
)
from netquality.reading.archive.unpacking import Packed, SharedFile, stream_packed

__all__ = ["MAGIC", "PART_MAGIC", "list_zip"]

MAGIC: Final = (b"PK\x03\x04", b"PK\x05\x06")
"""With what a ZIP begins: a file, or, when it is empty, its end."""
PART_MAGIC: Final = b"PK\x07\x08"
"""With what the first part of a ZIP in several parts begins."""

_ENTRY_MAGIC: Final = b"PK\x01\x02"
_LOCAL: Final = struct.Struct("<4s2xHH16xHH")  # magic, flags, method; lengths of name and extra
_ENCRYPTED: Final = 0x1 | 0x40
_UTF8: Final = 0x800
_ZIP64_VOLUME: Final = 0xFFFF
_FAULTS: Final = (
    zipfile.BadZipFile, struct.error, EOFError, OverflowError, RuntimeError, ValueError,
)  # fmt: skip


def list_zip(file: BinaryIO, name: str) -> list[Found]:
    """Return the files in a ZIP, once its list of files has proved harmless.

    Parameters
    ----------
    file : binary file
        Must stay open for as long as members are read.
    name : str
        Of the archive, for errors.

    Raises
    ------
    ExportError
        When it is damaged, holds too many files, links, names that lead outside, or a bomb.

    Examples
    --------
    >>> file = io.BytesIO()
    >>> with zipfile.ZipFile(file, "w") as written:
    ...     written.writestr("messages.csv", "FROM,TO")
    >>> [(found.path, found.size) for found in list_zip(file, "export.zip")]
    [('messages.csv', 7)]
    """
    infos, end = _read_list(file, name)
    refuse_too_many(name, len(infos))
    if any(info.volume not in (0, _ZIP64_VOLUME) for info in infos):
        _refuse_part(name)
    entries = _with_ends(infos, end, name)
    shared, found = SharedFile(file, name), []
    tables = [info for info in infos if is_table(info.orig_filename)]
    if _is_bomb(sum(i.file_size for i in tables), sum(i.compress_size for i in tables)):
        refuse(name, f"its tables unpack to over {limits.MAX_RATIO} times their size, "
               "as in a ZIP bomb", AGAIN)  # fmt: skip
    for entry in entries:
        raw = _name_of(entry.info)
        path = tidy(raw, name)
        if path and not raw.endswith(("/", "\\")):
            if stat.S_IFMT(entry.info.external_attr >> 16) not in (0, stat.S_IFREG):
                refuse_special(name, path)
            where = f"{name}: {shown(path)}"
            found.append(Found(path, entry.info.file_size, partial(_open, shared, entry, where)))
    return found


class _Entry(NamedTuple):
    info: zipfile.ZipInfo
    end: int  # where the next one begins


class _ListOnly(io.BufferedReader):
    """A file that gives `zipfile` no more at a time than a list of files may take."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > limits.MAX_DIRECTORY_BYTES:
            raise _TooLongError
        data = super().read(size)
        if data.count(_ENTRY_MAGIC) > limits.MAX_ENTRIES:  # before an object is made of each
            raise _TooManyError
        return data


class _TooLongError(Exception):
    """The list of files is longer than `MAX_DIRECTORY_BYTES`."""


class _TooManyError(Exception):
    """The list of files has more than `MAX_ENTRIES` entries."""


def _read_list(file: BinaryIO, name: str) -> tuple[list[zipfile.ZipInfo], int]:
    """Return the list of files, and where in the archive it begins."""
    reader = _ListOnly(cast("io.RawIOBase", file))
    try:
        with zipfile.ZipFile(reader) as listed:
            found = listed.infolist(), listed.start_dir
    except _TooManyError:
        refuse_too_many(name, limits.MAX_ENTRIES + 1)
        raise
    except _TooLongError:
        refuse(name, "its list of files is longer than any of LinkedIn's", AGAIN)
    except OSError as error:
        if error.errno in (None, errno.EINVAL):  # a place that no file can have
            _refuse_cut(name)
        refuse_unreadable(name, error)
    except _FAULTS:
        _refuse_cut(name)
    finally:
        reader.detach()
    return found


def _with_ends(infos: list[zipfile.ZipInfo], end: int, name: str) -> list[_Entry]:
    """Return the entries in the order in which they lie in the archive, if none lies over another.

    A small ZIP can say the same thing many times by members that share bytes.
    """
    ordered = sorted(infos, key=lambda info: info.header_offset)
    if not ordered:
        return []
    first, ends = ordered[0].header_offset, [*(info.header_offset for info in ordered[1:]), end]
    if first < 0 or _least_end(ordered[-1]) > end:
        _refuse_cut(name)
    if first > 0:
        refuse(name, "has something before its first file, as two archives in one file do", AGAIN)
    if any(_least_end(info) > after.header_offset for info, after in pairwise(ordered)):
        _refuse_overlap(name)
    return [_Entry(info, until) for info, until in zip(ordered, ends, strict=True)]


def _least_end(info: zipfile.ZipInfo) -> int:
    return info.header_offset + _LOCAL.size + info.compress_size


def _name_of(info: zipfile.ZipInfo) -> str:
    """Return the name; macOS writes UTF-8 and does not say so."""
    if info.flag_bits & _UTF8:
        return info.orig_filename
    try:
        return info.orig_filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.orig_filename


def _is_bomb(size: int, packed_size: int) -> bool:
    return size > max(limits.SMALL_BYTES, limits.MAX_RATIO * packed_size)


def _open(file: SharedFile, entry: _Entry, where: str) -> io.BufferedIOBase:
    info = entry.info
    if info.file_size > limits.MAX_MEMBER_BYTES:
        refuse_too_large(where)
    if _is_bomb(info.file_size, info.compress_size):
        refuse(where, f"unpacks to over {limits.MAX_RATIO} times its size, as a ZIP bomb does",
               AGAIN)  # fmt: skip
    header = file.fetch(info.header_offset, _LOCAL.size)
    if len(header) < _LOCAL.size or not header.startswith(MAGIC[0]):
        refuse_damaged(where)
    _, flags, _, name_length, extra_length = _LOCAL.unpack(header)
    if (flags | info.flag_bits) & _ENCRYPTED:
        refuse(where, "is protected by a password", UNPACK)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        # bzip2 and LZMA cannot be unpacked piece by piece: a small file could fill the memory
        refuse(where, "is packed in a way LinkedIn does not use", UNPACK)
    encoding = "utf-8" if info.flag_bits & _UTF8 else "cp437"
    called = file.fetch(info.header_offset + _LOCAL.size, name_length)
    if called != info.orig_filename.encode(encoding):
        refuse_damaged(where)
    start = info.header_offset + _LOCAL.size + name_length + extra_length
    if start + info.compress_size > entry.end:
        _refuse_overlap(where)
    deflated = info.compress_type == zipfile.ZIP_DEFLATED
    return stream_packed(
        file, Packed(where, start, info.compress_size, info.file_size, info.CRC, deflated)
    )


def _refuse_cut(name: str) -> None:
    refuse(name, "the archive is damaged or cut short", AGAIN)


def _refuse_overlap(name: str) -> None:
    refuse(name, "its files lie over one another, as in a ZIP bomb", AGAIN)


def _refuse_part(name: str) -> None:
    refuse(name, "is one part of an archive in several", "Put its parts together first.")
