"""Names inside an export: where they may lead, what they say, and which are nobody's files."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Final

from netquality.reading.archive import limits
from netquality.reading.archive.refusals import AGAIN, refuse, shown
from netquality.reading.known import SUBFOLDERS

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["common_folder", "date_in_name", "is_table", "tidy"]

_NAME_DATE: Final = re.compile(
    r"LinkedInDataExport[ _-]+(\d\d)-(\d\d)-(\d{4})(?!\d)", re.IGNORECASE
)
_DRIVE: Final = re.compile(r"[A-Za-z]:")
_NOISE: Final = frozenset(("__macosx", "thumbs.db", "desktop.ini", "icon\r"))


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


def is_table(path: str) -> bool:
    """Tell whether a member is a table, by the end of its name.

    Examples
    --------
    >>> is_table("Connections.CSV"), is_table("Articles/Articles/one.html")
    (True, False)
    """
    return path.casefold().endswith(".csv")


def tidy(raw: str, name: str) -> str:
    r"""Return a member's path with ``/``; '' for what only a system puts there.

    Accents are one letter each (NFC), however the system that packed them writes them.

    Parameters
    ----------
    raw : str
        The path as the archive has it.
    name : str
        Of the archive, for the error.

    Raises
    ------
    ExportError
        When the path leads outside of the archive, or is no name for a file.

    Examples
    --------
    >>> tidy("Jobs\\Saved Jobs.csv", "export.zip"), tidy("__MACOSX/._x", "export.zip")
    ('Jobs/Saved Jobs.csv', '')
    >>> tidy("../x.csv", "export.zip")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    netquality.errors.ExportError: export.zip: ../x.csv leads outside of it, as LinkedIn never ...
    """
    slashed = raw.replace("\\", "/")  # some tools for Windows write it into a ZIP
    parts = [part for part in slashed.split("/") if part not in ("", ".")]
    outside = slashed.startswith("/") or _DRIVE.match(slashed) is not None or ".." in parts
    if parts and outside:
        refuse(name, f"{shown(raw)} leads outside of it, as LinkedIn never writes", AGAIN)
    if any(_is_noise(part) for part in parts):
        return ""
    strange = any(unicodedata.category(letter) == "Cc" for letter in raw)
    if strange or len(raw) > limits.MAX_NAME_LENGTH or len(parts) > limits.MAX_DEPTH:
        refuse(name, f"{shown(raw)} is no name that LinkedIn gives to a file", AGAIN)
    joined = unicodedata.normalize("NFC", "/".join(parts))
    return joined.encode("utf-8", "backslashreplace").decode()


def _is_noise(part: str) -> bool:
    folded = part.casefold()
    return folded in _NOISE or folded.startswith((".", "~$")) or folded.endswith(":zone.identifier")


def common_folder(paths: Iterable[str]) -> str:
    """Return the folders that hold everything (as when a folder was zipped again), or ''.

    Parameters
    ----------
    paths : iterable of str
        At least one.

    Examples
    --------
    >>> common_folder(["my export/messages.csv", "my export/Jobs/Saved Jobs.csv"])
    'my export/'
    >>> common_folder(["Jobs/Saved Jobs.csv"])
    ''
    """
    known, prefix = list(paths), ""
    while True:
        heads = {path[len(prefix) :].partition("/")[:2] for path in known}
        folder, slash = heads.pop()
        if heads or not slash or folder.casefold() in SUBFOLDERS:
            return prefix
        prefix += folder + "/"
