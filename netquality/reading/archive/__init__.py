"""An export as a list of named members, whether it is a ZIP, a folder or a single CSV file.

Nothing is ever extracted to disk: members are read into memory, whole or piece by piece, and only
those that somebody asks for. What LinkedIn never writes is refused: links, names that lead
outside, files that overlap, and files that unpack to far more than a table can.
"""

from __future__ import annotations

import io
import os
import stat
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from netquality.errors import ExportError, NoExportError, SettingError
from netquality.reading.archive import limits
from netquality.reading.archive.container import Archive, collect
from netquality.reading.archive.folder import found_file, list_folder
from netquality.reading.archive.members import open_plain
from netquality.reading.archive.paths import date_in_name, is_table
from netquality.reading.archive.refusals import AGAIN, UNPACK, refuse, refuse_unreadable, shown
from netquality.reading.archive.zipped import MAGIC, PART_MAGIC, list_zip
from netquality.reading.known import kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence


__all__ = [
    "MAX_ENTRIES",
    "MAX_MEMBER_BYTES",
    "Archive",
    "date_in_name",
    "open_archive",
    "open_archives",
]

_TELLING: Final = frozenset(("connections", "messages"))
"""The kinds of files by which an export is told."""

MAX_ENTRIES: Final = limits.MAX_ENTRIES
MAX_MEMBER_BYTES: Final = limits.MAX_MEMBER_BYTES


def open_archives(paths: Sequence[str | os.PathLike[str]]) -> list[Archive]:
    """Open several exports, or the parts of one.

    Parameters
    ----------
    paths : sequence of str or path-like
        Where they are, each as for `open_archive`.

    Returns
    -------
    list of Archive
        In the order given; each to be closed. When one is refused, none is left open.

    Raises
    ------
    SettingError
        When there is no path, or two lead to the same file or folder.
    ExportError
        When one of them is refused by `open_archive`.

    Examples
    --------
    >>> open_archives([])
    Traceback (most recent call last):
    netquality.errors.SettingError: path: the list is empty. Give at least one export.
    """
    if isinstance(paths, str | os.PathLike):
        raise SettingError("path: one path where a list of paths is meant. Put it in [ ].")
    if not paths:
        raise SettingError("path: the list is empty. Give at least one export.")
    seen: set[tuple[int, int] | str] = set()
    with ExitStack() as opened:
        archives = []
        for path in paths:
            archives.append(opened.enter_context(open_archive(path)))
            same = _identity(Path(path).expanduser())
            if same in seen:
                raise SettingError(f"path: {archives[-1].name} is given twice. Give each once.")
            seen.add(same)
        opened.pop_all()
    return archives


def _identity(path: Path) -> tuple[int, int] | str:
    """Return what a file or folder has in common with itself, however its path is written."""
    try:
        status = path.stat()
    except OSError:  # gone since it was opened
        return os.path.realpath(path)
    return (status.st_dev, status.st_ino) if status.st_ino else os.path.realpath(path)


def open_archive(path: str | os.PathLike[str]) -> Archive:
    """Open an export: a ZIP, an unpacked folder, or one of its CSV files.

    Parameters
    ----------
    path : str or path-like
        Where it is. A ZIP or folder that holds nothing but a ZIP is opened through to that one, and
        so is a folder in which one lies as LinkedIn named it, beside what was unpacked from it.

    Returns
    -------
    Archive
        To be used in a ``with`` block.

    Raises
    ------
    ExportError
        When there is nothing there, it is empty, it is no export, or it is not safe to read.

    Examples
    --------
    >>> open_archive("no-such-export.zip")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    netquality.errors.ExportError: no-such-export.zip: there is no such file or folder. Check ...
    """
    if not isinstance(path, str | os.PathLike) or not os.fspath(path):
        what = "is empty" if isinstance(path, str | os.PathLike) else f"is {type(path).__name__}"
        raise SettingError(f"path: {what}. Give the .zip as LinkedIn sent it, as text.")
    archive = _open_outer(Path(path))
    sent = _sent_in(archive)
    if not sent and not _holds_archives(archive):
        return archive
    with archive:
        inner = _open_inner(archive, sent)
    try:
        _need_same(archive, inner, sent)
    except ExportError:
        inner.__exit__()
        raise
    if _holds_archives(inner):
        with inner:
            refuse(archive.name, "is a ZIP in a ZIP in a ZIP", "Unpack it and give what is inside.")
    day = inner.exported_on or archive.exported_on
    return replace(inner, name=archive.name, exported_on=day)


def _sent_in(archive: Archive) -> list[str]:
    """Return the ZIPs that lie in a folder as LinkedIn named them; none in an unpacked export."""
    near = [member for member in archive.members if "/" not in member]
    if any(kind_of(member) in _TELLING for member in near):
        return []
    zips = [member for member in near if member.casefold().endswith(".zip")]
    return [one for one in zips if date_in_name(one) and archive.file_of(one) is not None]


def _need_same(folder: Archive, inner: Archive, sent: Sequence[str]) -> None:
    """Refuse a folder that holds an export beside the ZIP, and not the same one."""
    if not sent:
        return
    there = {(_called(member), inner.size(member)) for member in inner.members}
    homes: dict[str, list[str]] = {}
    for member in folder.members:
        if "/" in member and kind_of(member) is not None:
            homes.setdefault(member.rpartition("/")[0], []).append(member)
    for home, members in homes.items():
        kinds = {kind_of(member) for member in members}
        is_export = "connections" in kinds or ("messages" in kinds and len(members) > 1)
        is_same = home.partition("/")[0] == sent[0][: -len(".zip")]
        is_same |= {(_called(one), folder.size(one)) for one in members} <= there
        if is_export and not is_same:
            refuse(
                folder.name,
                "holds an archive of LinkedIn's and another export, unpacked",
                "Give one of them.",
            )


def _called(member: str) -> str:
    return member.rpartition("/")[2]


def _holds_archives(archive: Archive) -> bool:
    return all(member.casefold().endswith(".zip") for member in archive.members)


def _open_inner(archive: Archive, sent: Sequence[str]) -> Archive:
    """Open the one archive in another, or in a folder; first of those that LinkedIn named."""
    members = sent or archive.members
    member = members[0]
    if len(members) > 1:
        what = f"holds {len(members):,} archives"
        if archive.file_of(member) is None:
            refuse(archive.name, what, "Unpack it and give one of them.")
        refuse(
            archive.name, what, "Give one of them; or both, if they are two parts of one export."
        )
    file, called = archive.file_of(member), member.rpartition("/")[2]
    if file is not None:
        return _open_zip(open_plain(file, shown(called)), called)
    if archive.size(member) > limits.MAX_MEMBER_BYTES:
        refuse(archive.name, "holds an archive that is too large to be read inside it", UNPACK)
    return _open_zip(io.BytesIO(archive.read(member)), called)


def _open_outer(path: Path) -> Archive:
    name = shown(path.name or str(path))
    try:
        where = path.expanduser().resolve(strict=True)  # a link that the user gives is followed
        mode = where.stat().st_mode
    except PermissionError as error:
        refuse_unreadable(name, error)
    except (OSError, ValueError, RuntimeError):
        refuse(
            name,
            "there is no such file or folder",
            "Check the path; LinkedIn's archive is a .zip in your downloads.",
        )
    if stat.S_ISDIR(mode):
        called = where.name or str(where)
        return collect(called, list(list_folder(where, shown(called))))
    if not stat.S_ISREG(mode):
        refuse(name, "is neither a file nor a folder", "Give the .zip as LinkedIn sent it.")
    archive = _open_file(where, path.name)
    # what the user calls it, unless only the file behind a link has a date
    day = archive.exported_on or date_in_name(where.name)
    return replace(archive, exported_on=day)


def _open_file(where: Path, called: str) -> Archive:
    name = shown(called)
    file = open_plain(where, name)
    with ExitStack() as opened:
        opened.enter_context(file)
        try:
            head = file.read(len(PART_MAGIC))
        except OSError as error:
            refuse_unreadable(name, error)
        if head in MAGIC:
            opened.pop_all()
            return _open_zip(file, called)
        size = os.fstat(file.fileno()).st_size
    if head == PART_MAGIC:
        refuse(name, "is one part of an archive in several", "Put its parts together first.")
    _refuse_unless_table(head, name)
    near = date_in_name(where.parent.name)
    return replace(collect(name, [found_file(where, name, size)]), exported_on=near)


def _refuse_unless_table(head: bytes, name: str) -> None:
    if not head:
        refuse(name, "the file is empty", AGAIN)
    if not is_table(name):
        is_zip = name.casefold().endswith(".zip")
        refuse(
            name,
            "is damaged or no LinkedIn export" if is_zip else "is no LinkedIn export",
            "Give the .zip as LinkedIn sent it, the folder unpacked from it, "
            "or its Connections.csv.",
            kind=ExportError if is_zip else NoExportError,
        )


def _open_zip(file: BinaryIO, called: str) -> Archive:
    with ExitStack() as opened:
        opened.enter_context(file)
        archive = collect(called, list_zip(file, shown(called)))
        return replace(archive, _open=opened.pop_all())
