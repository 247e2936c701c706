"""One export, whether LinkedIn sent it in one archive or in two: its files, by what they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from netquality.errors import ExportError, NoExportError
from netquality.reading.archive import date_in_name
from netquality.reading.known import UNKNOWN, Members, kind_of, sort_members
from netquality.words import day_text, plural

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from io import BufferedIOBase

    from netquality.reading.archive import Archive

__all__ = ["Export", "book_refused", "join_archives"]

APART_DAYS: Final = 7
"""LinkedIn sends the second part of an archive within about a day; a link holds for three."""


class _Place(NamedTuple):
    """Where a file lies: in which archive, under which path, how many folders below its home."""

    archive: Archive
    path: str
    depth: int


@dataclass(frozen=True)
class Export:
    """The files of one export.

    Attributes
    ----------
    name : str
        Name of the archive or folder; of several, joined by `` + ``.
    day : date or None
        The date in the name; of several parts, the latest.
    found : Members
        Its files, by what they are. With several archives a path begins with the archive's name.
    part_count : int
        How many archives there are.
    """

    name: str
    day: date | None
    found: Members
    part_count: int
    _where: dict[str, _Place] = field(repr=False)

    def depth(self, member: str) -> int:
        """Return how many folders a file lies below that of the export in its archive."""
        return self._where[member].depth

    def read(self, member: str) -> bytes:
        """Return the bytes of a file; `ExportError` where that cannot be done."""
        place = self._where[member]
        return place.archive.read(place.path)

    def open(self, member: str) -> BufferedIOBase:
        """Return a file as a stream, from its beginning; reading it may raise `ExportError`."""
        place = self._where[member]
        return place.archive.open(place.path)

    def size(self, member: str) -> int:
        """Return how many bytes a file has."""
        place = self._where[member]
        return place.archive.size(place.path)


def join_archives(archives: Sequence[Archive]) -> Export:
    """Return the one export that lies in these archives.

    Parameters
    ----------
    archives : sequence of Archive
        At least one; they stay open as long as the export is used.

    Raises
    ------
    ExportError
        When there is no export in them, or more than one.
    """
    name = " + ".join(archive.name for archive in archives)
    where: dict[str, _Place] = {}
    days = []
    for number, archive in enumerate(archives):
        home = _home(archive)
        near = home.rstrip("/").rpartition("/")[2]
        days.append(date_in_name(near) or archive.exported_on)
        prefix = "" if len(archives) == 1 or archive.members == (archive.name,) else archive.name
        for member in archive.members:
            if member.startswith(home):
                depth = member.count("/", len(home))
                called = _fresh(f"{prefix}/{member}".lstrip("/"), number, where)
                where[called] = _Place(archive, member, depth)
    found = sort_members(where)
    if not {"connections", "messages"} & found.kinds.keys():
        if not found.kinds and set(found.unopened.values()) <= {UNKNOWN}:
            raise NoExportError(
                f"{name}: holds no file of a LinkedIn export. Give the ZIP that LinkedIn sent, or "
                "the folder unpacked from it."
            )
        if len(where) == 1 and "contacts" in found.kinds:
            raise book_refused(name)
        raise ExportError(
            f"{name}: has neither Connections.csv nor messages.csv. LinkedIn sends its "
            "archive in parts: wait for the second mail, or give the larger archive."
        )
    known = sorted(day for day in days if day is not None)
    if known and (known[-1] - known[0]).days > APART_DAYS:
        raise ExportError(
            f"{name}: one is of {day_text(known[0])}, another of {day_text(known[-1])}. "
            "Give the parts of one export, or one export alone."
        )
    return Export(name, known[-1] if known else None, found, len(archives), where)


def book_refused(name: str) -> NoExportError:
    """Return the error about an address book in the place of an export."""
    return NoExportError(
        f"{name}: is an address book, and no export of LinkedIn. Give it beside one: "
        "nq.read_contacts and nq.combine."
    )


def _fresh(path: str, number: int, where: dict[str, _Place]) -> str:
    """Return a path that no other file has: two archives may have the same name."""
    head, slash, rest = path.partition("/")
    return f"{head}#{number + 1}{slash}{rest}" if path in where else path


def _home(archive: Archive) -> str:
    """Return the one folder of an archive that holds the export, with a final ``/``, or ``""``."""
    kinds = {member: kind_of(member) for member in archive.members}
    talked = {m for m, kind in kinds.items() if kind in {"connections", "messages"}}
    others = {m for m, kind in kinds.items() if kind is not None}
    homes = {member[: member.rfind("/") + 1] for member in talked or others}
    home = min(homes, key=lambda path: (path.count("/"), path), default="")
    beside = [other for other in homes if not other.startswith(home)]
    if beside and talked:
        raise ExportError(
            f"{archive.name}: holds {plural(len(beside) + 1, 'export')}, each in a folder of its "
            "own. Give one."
        )
    return home  # an export inside of this one is left out, file by file, with a warning
