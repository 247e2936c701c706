"""An export as a list of named members, whether it is a ZIP, a folder or a single CSV file.

Nothing is ever extracted to disk: members are read into memory one at a time, and only those
that somebody asks for.
"""

from __future__ import annotations

import os
import re
import stat
import zipfile
import zlib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Final, Self

from netquality.errors import ExportError

__all__ = ["MAX_ENTRIES", "MAX_MEMBER_BYTES", "Archive", "date_in_name", "open_archive"]

# A complete export has some 60 files; the largest messages.csv measured holds about 100 MB.
MAX_ENTRIES: Final = 20_000
MAX_MEMBER_BYTES: Final = 4 * 1024**3

_NAME_DATE: Final = re.compile(r"_(\d{2})-(\d{2})-(\d{4})(?:\D|$)")
_NOISE: Final = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")


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
        Paths inside the export, with ``/``, sorted; a single folder around all of them is left out.
    """

    name: str
    members: tuple[str, ...]
    _path: Path = field(repr=False)
    _prefix: str = field(default="", repr=False)
    _zip: zipfile.ZipFile | None = field(default=None, repr=False)

    def __enter__(self) -> Self:
        """Return the archive itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the ZIP, if it is one."""
        if self._zip is not None:
            self._zip.close()

    def read(self, member: str) -> bytes:
        """Return the bytes of a member.

        Raises
        ------
        ExportError
            When the member is encrypted, damaged, unreadable, or larger than it may be.
        """
        try:
            if self._zip is not None:
                return self._read_zipped(self._zip, member)
            path = self._path if self._path.is_file() else self._path / (self._prefix + member)
            return path.read_bytes()
        except OSError as error:
            raise ExportError(
                f"{member}: cannot be read ({error.strerror or 'read error'}). "
                "Check its permissions, or download the export again."
            ) from None

    def _read_zipped(self, opened: zipfile.ZipFile, member: str) -> bytes:
        info = opened.getinfo(self._prefix + member)
        if info.flag_bits & 0x1:
            raise ExportError(
                f"{self.name}: {member} is protected by a password. "
                "Unpack the archive yourself and give the folder."
            )
        if info.file_size > MAX_MEMBER_BYTES:
            raise ExportError(f"{self.name}: {member} is too large to be from LinkedIn.")
        try:
            with opened.open(info) as stream:
                data = stream.read(info.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
            raise ExportError(
                f"{self.name}: {member} is damaged inside the archive. Download the export again."
            ) from None
        return data


def open_archive(path: str | os.PathLike[str]) -> Archive:
    """Open an export: a ZIP, an unpacked folder, or one of its CSV files.

    Parameters
    ----------
    path : str or path-like
        Where it is.

    Returns
    -------
    Archive
        To be used in a ``with`` block.

    Raises
    ------
    ExportError
        When there is nothing there, it is empty, or it is no export.
    """
    where = Path(path).expanduser()
    name = where.name or str(where)
    try:
        mode = where.stat().st_mode
    except (OSError, ValueError):
        raise ExportError(
            f"{name}: there is no such file or folder. "
            "Check the path; LinkedIn's archive is a .zip in your downloads."
        ) from None
    if stat.S_ISDIR(mode):
        return _open_folder(where)
    if not stat.S_ISREG(mode):
        raise ExportError(f"{name}: is neither a file nor a folder.")
    if where.stat().st_size == 0:
        raise ExportError(f"{name}: the file is empty. Download the export again.")
    if zipfile.is_zipfile(where):
        return _open_zip(where)
    if where.suffix.casefold() == ".csv":
        return Archive(name, (name,), where)
    raise ExportError(
        f"{name}: is no LinkedIn export. "
        "Give the .zip as LinkedIn sent it, the folder unpacked from it, or its Connections.csv."
    )


def _open_folder(where: Path) -> Archive:
    name, found = where.resolve().name, []
    for folder, folders, files in os.walk(where, followlinks=False):
        folders.sort()
        inside = PurePosixPath(Path(folder).relative_to(where).as_posix())
        found += [str(inside / file) for file in files if not (Path(folder) / file).is_symlink()]
        _refuse_too_many(name, len(found))
    return _archive(name, where, found, None)


def _open_zip(where: Path) -> Archive:
    try:
        opened = zipfile.ZipFile(where)
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        raise ExportError(
            f"{where.name}: the archive is damaged or cut short. Download the export again."
        ) from None
    found = [info.filename for info in opened.infolist() if not info.is_dir()]
    _refuse_too_many(where.name, len(found))
    return _archive(where.name, where, found, opened)


def _refuse_too_many(name: str, count: int) -> None:
    if count > MAX_ENTRIES:
        raise ExportError(
            f"{name}: has more than {MAX_ENTRIES:,} files, so it is no LinkedIn export."
        )


def _archive(name: str, where: Path, found: list[str], opened: zipfile.ZipFile | None) -> Archive:
    kept = [path for path in found if not any(part in _NOISE for part in path.split("/"))]
    if not kept:
        raise ExportError(f"{name}: is empty. Give the .zip as LinkedIn sent it.")
    prefix = _common_folder(kept)
    members = sorted({path.removeprefix(prefix) for path in kept})
    return Archive(name, tuple(members), where, prefix, opened)


def _common_folder(paths: list[str]) -> str:
    """Return the one folder that holds everything (as when a folder was zipped again), or ''."""
    first = {path.split("/", 1)[0] for path in paths}
    if len(first) == 1 and all("/" in path for path in paths):
        return first.pop() + "/"
    return ""
