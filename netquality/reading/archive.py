"""An export as a list of named members, whether it is a ZIP, a folder or a single CSV file.

Nothing is ever extracted to disk: members are read into memory one at a time, and only those
that somebody asks for. What LinkedIn never writes is refused: links, names that lead outside,
files that overlap, and files that unpack to far more than a table can.
"""

from __future__ import annotations

import copy
import io
import os
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, NoReturn, Self

from netquality.errors import ExportError
from netquality.reading.known import SUBFOLDERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["MAX_ENTRIES", "MAX_MEMBER_BYTES", "Archive", "date_in_name", "open_archive"]

# A complete export has some 60 files, and one more for each article.
MAX_ENTRIES: Final = 20_000
# What ZipFile reads of the list of files before anybody can count it: 200 bytes for each entry,
# where LinkedIn's take 150. However long the list says it is, no more is held in memory.
MAX_DIRECTORY_BYTES: Final = 4 * 1024**2
# The largest messages.csv measured holds about 100 MB; a million messages make 350 MB.
MAX_MEMBER_BYTES: Final = 1024**3
# All tables together, for shards are joined in memory.
MAX_TABLE_BYTES: Final = 2 * 1024**3
# Messages shrink 3 to 20 times; nothing but the same long advertisement, under a thread and a date
# of its own each time, 120 times; a bomb 1,000 times. A small file does no harm.
MAX_RATIO: Final = 200
SMALL_BYTES: Final = 16 * 1024**2
# LinkedIn's deepest is `Articles/Articles/`; people add a folder or two around it.
MAX_DEPTH: Final = 8
MAX_NAME_LENGTH: Final = 1_000

_NAME_DATE: Final = re.compile(
    r"LinkedInDataExport[ _-]+(\d\d)-(\d\d)-(\d{4})(?!\d)", re.IGNORECASE
)
_DRIVE: Final = re.compile(r"[A-Za-z]:")
_NOISE: Final = frozenset(("__macosx", "thumbs.db", "desktop.ini", "icon\r"))
_MAGIC: Final = (b"PK\x03\x04", b"PK\x05\x06")
_LOCAL_HEADER_BYTES: Final = 30
_ENCRYPTED: Final = 0x1 | 0x40
_CHUNK_BYTES: Final = 1 << 20
_SHOWN_LENGTH: Final = 80
_FAULTS: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, OverflowError, RuntimeError,
    ValueError,
)  # fmt: skip
_AGAIN: Final = "Download the export again."


def date_in_name(name: str) -> date | None:
    """Return the date that LinkedIn writes into an archive's name, ``MM-DD-YYYY``.

    Examples
    --------
    >>> date_in_name("Complete_LinkedInDataExport_11-20-2026.zip")
    datetime.date(2026, 11, 20)
    >>> date_in_name("export.zip") is None
    True
    """
    match = _NAME_DATE.search(name)
    if match is None:
        return None
    month, day, year = (int(part) for part in match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


@dataclass(frozen=True)
class Archive:
    """The members of an export and a way to read each.

    Attributes
    ----------
    name : str
        File or folder name, without its path.
    members : tuple of str
        Paths inside the export, with ``/``, sorted; folders around all of them are left out.
    exported_on : date or None
        The date in the name of the folder or archive that is nearest to the files: people rename
        what is around it. Of a loose file, that of the folder it lies in.
    """

    name: str
    members: tuple[str, ...]
    exported_on: date | None
    _readers: dict[str, Callable[[], bytes]] = field(repr=False)
    _open: ExitStack = field(repr=False, default_factory=ExitStack)

    def __enter__(self) -> Self:
        """Return the archive itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the ZIP, if it is one."""
        self._open.close()

    def read(self, member: str) -> bytes:
        """Return the bytes of a member.

        Raises
        ------
        ExportError
            When the member is encrypted, damaged, unreadable, or larger than it may be.
        """
        return self._readers[member]()


class _Member(NamedTuple):
    path: str
    size: int
    read: Callable[[], bytes]


class _Frugal(io.BufferedReader):
    """A file that gives no more at a time than a list of files may take."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > MAX_DIRECTORY_BYTES:
            raise _TooManyError
        return super().read(size)


class _TooManyError(Exception):
    """The list of files is longer than `MAX_DIRECTORY_BYTES`."""


def open_archive(path: str | os.PathLike[str]) -> Archive:
    """Open an export: a ZIP, an unpacked folder, or one of its CSV files.

    Parameters
    ----------
    path : str or path-like
        Where it is. A ZIP or folder that holds nothing but a ZIP is opened through to that one.

    Returns
    -------
    Archive
        To be used in a ``with`` block.

    Raises
    ------
    ExportError
        When there is nothing there, it is empty, it is no export, or it is not safe to read.
    """
    archive = _open_outer(Path(path))
    if not _holds_archives(archive):
        return archive
    with archive:
        member = archive.members[0]
        if len(archive.members) > 1:
            _refuse(archive.name, "holds several archives", "Unpack it and give one of them.")
        inner = _open_zip(io.BytesIO(archive.read(member)), member.rpartition("/")[2])
    if _holds_archives(inner):
        inner._open.close()  # noqa: SLF001
        _refuse(archive.name, "is a ZIP in a ZIP in a ZIP", "Unpack it and give what is inside.")
    day = inner.exported_on or archive.exported_on
    return replace(inner, name=archive.name, exported_on=day)


def _open_outer(path: Path) -> Archive:
    name = _shown(path.name or str(path))
    try:
        where = path.expanduser()
        mode = where.stat().st_mode
    except PermissionError as error:
        _refuse_unreadable(name, error)
    except (OSError, ValueError, RuntimeError):
        _refuse(
            name,
            "there is no such file or folder",
            "Check the path; LinkedIn's archive is a .zip in your downloads.",
        )
    if stat.S_ISDIR(mode):
        called = where.resolve().name or str(where)
        return _archive(called, list(_walk(where, _shown(called))))
    if not stat.S_ISREG(mode):
        _refuse(name, "is neither a file nor a folder", "Give the .zip as LinkedIn sent it.")
    return _open_file(where, name)


def _open_file(where: Path, name: str) -> Archive:
    try:
        with where.open("rb") as file:
            head = file.read(len(_MAGIC[0]))
        if head in _MAGIC:
            return _open_zip(where.open("rb", buffering=0), where.name)
    except OSError as error:
        _refuse_unreadable(name, error)
    suffix = where.suffix.casefold()
    if not head:
        _refuse(name, "the file is empty", _AGAIN)
    if suffix != ".csv":
        _refuse(
            name,
            "is damaged or no LinkedIn export" if suffix == ".zip" else "is no LinkedIn export",
            "Give the .zip as LinkedIn sent it, the folder unpacked from it, "
            "or its Connections.csv.",
        )
    member = _Member(name, where.stat().st_size, partial(_read_file, where, name))
    near = date_in_name(where.absolute().parent.name)
    return replace(_archive(name, [member]), exported_on=near)


def _holds_archives(archive: Archive) -> bool:
    return all(member.casefold().endswith(".zip") for member in archive.members)


def _archive(called: str, found: list[_Member]) -> Archive:
    """Return the archive of what was found, without the folders around all of it."""
    name = _shown(called)
    if not found:
        _refuse(name, "is empty", "Give the .zip as LinkedIn sent it.")
    if sum(member.size for member in found if _is_table(member.path)) > MAX_TABLE_BYTES:
        _refuse(name, f"holds more than {MAX_TABLE_BYTES // 1024**3} GB of tables", _AGAIN)
    prefix = _common_folder([member.path for member in found])
    readers = {member.path.removeprefix(prefix): member.read for member in found}
    if len(readers) < len(found):
        _refuse(name, "holds two files of the same name, so it is unclear which counts", _AGAIN)
    day = date_in_name(prefix) or date_in_name(called)
    return Archive(name, tuple(sorted(readers)), day, readers)


def _is_table(path: str) -> bool:
    return path.casefold().endswith(".csv")


def _common_folder(paths: list[str]) -> str:
    """Return the folders that hold everything (as when a folder was zipped again), or ''."""
    prefix = ""
    while True:
        heads = {path[len(prefix) :].partition("/")[:2] for path in paths}
        folder, slash = heads.pop()
        if heads or not slash or folder.casefold() in SUBFOLDERS:
            return prefix
        prefix += folder + "/"


# Folders -----------------------------------------------------------------------------------------


def _walk(where: Path, name: str) -> Iterator[_Member]:
    """Yield the files of a folder and of those below it, never through a link."""
    pending, count = [(where, "")], 0
    while pending:
        folder, above = pending.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    count += 1
                    _refuse_too_many(name, count)
                    path = _tidy(above + entry.name, name)
                    if not path:
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        pending.append((Path(entry.path), f"{path}/"))
                    elif entry.is_file(follow_symlinks=False):
                        size = entry.stat(follow_symlinks=False).st_size
                        yield _Member(path, size, partial(_read_file, Path(entry.path), path))
                    else:
                        _refuse_special(name, path)
        except OSError as error:
            _refuse_unreadable(f"{name}/{_shown(above)}" if above else name, error)


def _read_file(path: Path, member: str) -> bytes:
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size > MAX_MEMBER_BYTES:
                _refuse_too_large(_shown(member))
            return file.read()
    except OSError as error:
        _refuse_unreadable(_shown(member), error)


# ZIP ---------------------------------------------------------------------------------------------


def _open_zip(raw: io.RawIOBase | io.BytesIO, called: str) -> Archive:
    name = _shown(called)
    with ExitStack() as opened:
        file = opened.enter_context(_Frugal(raw))
        try:
            listed = opened.enter_context(zipfile.ZipFile(file))
            size = file.seek(0, os.SEEK_END)
        except _TooManyError:
            _refuse_too_many(name, MAX_ENTRIES + 1)
        except _FAULTS:
            _refuse(name, "the archive is damaged or cut short", _AGAIN)
        archive = _archive(called, list(_list_zip(listed, size, name)))
        return replace(archive, _open=opened.pop_all())


def _list_zip(opened: zipfile.ZipFile, size: int, name: str) -> Iterator[_Member]:
    infos = opened.infolist()
    _refuse_too_many(name, len(infos))
    _refuse_overlap(infos, size, name)
    for info in infos:
        path = _tidy(info.orig_filename, name)
        if path and not info.orig_filename.endswith(("/", "\\")):
            if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
                _refuse_special(name, path)
            yield _Member(path, info.file_size, partial(_read_zipped, opened, info, name, path))


def _refuse_overlap(infos: list[zipfile.ZipInfo], size: int, name: str) -> None:
    """Refuse members that share bytes, by which a small ZIP says the same thing many times."""
    end, ordered = 0, sorted(infos, key=lambda info: info.header_offset)
    for info in ordered:
        if 0 <= info.header_offset < end:
            _refuse(name, "its files lie over one another, as in a ZIP bomb", _AGAIN)
        end = info.header_offset + _LOCAL_HEADER_BYTES + info.compress_size
    if end > size or (ordered and ordered[0].header_offset < 0):
        _refuse(name, "the archive is damaged or cut short", _AGAIN)


def _read_zipped(opened: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, path: str) -> bytes:
    where, by_hand = f"{name}: {_shown(path)}", "Unpack the archive yourself and give the folder."
    if info.flag_bits & _ENCRYPTED:
        _refuse(where, "is protected by a password", by_hand)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        # bzip2 and LZMA cannot be unpacked piece by piece: a small file could fill the memory
        _refuse(where, "is packed in a way LinkedIn does not use", by_hand)
    if info.file_size > MAX_MEMBER_BYTES:
        _refuse_too_large(where)
    if info.file_size > max(SMALL_BYTES, MAX_RATIO * info.compress_size):
        _refuse(where, f"unpacks to over {MAX_RATIO} times its size, as a ZIP bomb does", _AGAIN)
    try:
        data = _unpack(opened, info)
    except _FAULTS:
        _refuse(where, "is damaged inside the archive", _AGAIN)
    if len(data) != info.file_size:
        _refuse(where, "is not of the size the archive says", _AGAIN)
    return data


def _unpack(opened: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Unpack piece by piece, at most one byte more than the archive says there is."""
    told = copy.copy(info)
    told.file_size += 1  # where zipfile stops, so that a size that is too small is noticed
    unpacked = io.BytesIO()
    with opened.open(told) as stream:
        while piece := stream.read(_CHUNK_BYTES):
            unpacked.write(piece)
    return unpacked.getvalue()


# Names and refusals ------------------------------------------------------------------------------


def _tidy(raw: str, name: str) -> str:
    """Return a member's path with ``/``; '' for what only a system puts there."""
    slashed = raw.replace("\\", "/")  # some tools for Windows write it into a ZIP
    parts = [part for part in slashed.split("/") if part not in ("", ".")]
    outside = slashed.startswith("/") or _DRIVE.match(slashed) is not None or ".." in parts
    if parts and outside:
        _refuse(name, f"{_shown(raw)} leads outside of it, as LinkedIn never writes", _AGAIN)
    if any(_is_noise(part) for part in parts):
        return ""
    strange = any(unicodedata.category(letter) == "Cc" for letter in raw)
    if strange or len(raw) > MAX_NAME_LENGTH or len(parts) > MAX_DEPTH:
        _refuse(name, f"{_shown(raw)} is no name that LinkedIn gives to a file", _AGAIN)
    return "/".join(parts).encode("utf-8", "backslashreplace").decode()


def _is_noise(part: str) -> bool:
    folded = part.casefold()
    return folded in _NOISE or folded.startswith((".", "~$")) or folded.endswith(":zone.identifier")


def _shown(name: str) -> str:
    """Return a name as an error may show it: on one line, and not for ever."""
    clean = "".join(letter if letter.isprintable() else "?" for letter in name)
    return clean if len(clean) <= _SHOWN_LENGTH else clean[: _SHOWN_LENGTH - 1] + "…"


def _refuse(where: str, what: str, remedy: str) -> NoReturn:
    raise ExportError(f"{where}: {what}. {remedy}") from None


def _refuse_too_many(name: str, count: int) -> None:
    if count > MAX_ENTRIES:
        _refuse(
            name,
            f"has more than {MAX_ENTRIES:,} files, so it is no LinkedIn export",
            "Give the .zip as LinkedIn sent it.",
        )


def _refuse_too_large(where: str) -> NoReturn:
    _refuse(where, "is too large to be from LinkedIn", _AGAIN)


def _refuse_special(name: str, path: str) -> NoReturn:
    _refuse(name, f"{_shown(path)} is a link or a device, not a file", "Put the file itself there.")


def _refuse_unreadable(where: str, error: OSError) -> NoReturn:
    _refuse(
        where,
        f"cannot be read ({error.strerror or 'read error'})",
        "Check its permissions, or download the export again.",
    )
