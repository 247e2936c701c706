"""What an opened export is: its members by name, and the ways to read each."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from netquality.reading.archive import limits
from netquality.reading.archive.paths import common_folder, date_in_name, is_table
from netquality.reading.archive.refusals import AGAIN, refuse, shown

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from io import BufferedIOBase
    from pathlib import Path

    from netquality.reading.archive.members import Found

__all__ = ["Archive", "collect"]


@dataclass(frozen=True)
class Archive:
    """The members of an export and two ways to read each.

    Attributes
    ----------
    name : str
        File or folder name, without its path.
    members : tuple of str
        Paths inside the export, with ``/``, sorted; folders around all of them are left out.
    exported_on : date or None
        The date in the name of the folder or archive that is nearest to the files: people rename
        what is around it. Of a loose file, that of the folder it lies in.

    Examples
    --------
    >>> import io
    >>> from netquality.reading.archive.members import Found
    >>> found = Found("export/messages.csv", 7, lambda: io.BytesIO(b"FROM,TO"))
    >>> with collect("export.zip", [found]) as archive:
    ...     archive.members, archive.size("messages.csv"), archive.read("messages.csv")
    (('messages.csv',), 7, b'FROM,TO')
    """

    name: str
    members: tuple[str, ...]
    exported_on: date | None
    _found: dict[str, Found] = field(repr=False)
    _open: ExitStack = field(repr=False, default_factory=ExitStack)

    def __enter__(self) -> Self:
        """Return the archive itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the ZIP, if it is one."""
        self._open.close()

    def size(self, member: str) -> int:
        """Return how many bytes a member has, as the list of files says.

        Raises
        ------
        ExportError
            When there is no such member.
        """
        return self._member(member).size

    def open(self, member: str) -> BufferedIOBase:
        """Return a new stream of a member, from its beginning.

        Several streams can be open at a time, also of the same member and in different threads.

        Parameters
        ----------
        member : str

        Returns
        -------
        binary file
            To be used in a ``with`` block, while the archive is open. Large reads are the fast
            ones. It cannot seek.

        Raises
        ------
        ExportError
            From here or from any call that reads, when the member is encrypted, damaged,
            unreadable, or larger than it may be.
        """
        return self._member(member).open()

    def read(self, member: str) -> bytes:
        """Return the bytes of a member.

        Raises
        ------
        ExportError
            When the member is encrypted, damaged, unreadable, or larger than it may be.
        """
        with self.open(member) as stream:
            return stream.read()  # not by its size: a lie about that would fill the memory

    def file_of(self, member: str) -> Path | None:
        """Return where a member lies on disk; None for one in a ZIP."""
        return self._member(member).file

    def _member(self, member: str) -> Found:
        if member not in self._found:
            refuse(self.name, f"has no file {shown(member)}", "`members` says what it has.")
        return self._found[member]


def collect(called: str, found: Collection[Found]) -> Archive:
    """Return the archive of what was found, without the folders around all of it.

    Parameters
    ----------
    called : str
        The name of the ZIP or folder.
    found : collection of Found

    Raises
    ------
    ExportError
        When nothing was found, more than can be held, or two files of one name.

    Examples
    --------
    >>> from netquality.reading.archive.members import Found
    >>> collect(
    ...     "LinkedInDataExport_11-20-2026.zip", [Found("again/Profile.csv", 0, open)]
    ... )  # doctest: +NORMALIZE_WHITESPACE
    Archive(name='LinkedInDataExport_11-20-2026.zip', members=('Profile.csv',),
        exported_on=datetime.date(2026, 11, 20))
    """
    name = shown(called)
    if not found:
        refuse(name, "is empty", "Give the .zip as LinkedIn sent it.")
    if sum(file.size for file in found if is_table(file.path)) > limits.MAX_TABLE_BYTES:
        refuse(name, f"holds more than {limits.MAX_TABLE_BYTES // 1024**3} GB of tables", AGAIN)
    [(path, count)] = Counter(file.path for file in found).most_common(1)
    if count > 1:
        refuse(
            name,
            f"holds two files of the same name, {shown(path)}, so it is unclear which counts",
            AGAIN,
        )
    prefix = common_folder(file.path for file in found)
    members = {file.path.removeprefix(prefix): file for file in found}
    day = date_in_name(prefix) or date_in_name(called)
    return Archive(name, tuple(sorted(members)), day, members)
