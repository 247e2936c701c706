"""The sentences with which an export, or a file in it, is refused: where, what, and what to do."""

from __future__ import annotations

from typing import Final, NoReturn

from netquality.errors import ExportError
from netquality.reading.archive import limits

__all__ = [
    "AGAIN",
    "UNPACK",
    "refuse",
    "refuse_damaged",
    "refuse_special",
    "refuse_too_large",
    "refuse_too_many",
    "refuse_unreadable",
    "shown",
]

AGAIN: Final = "Download the export again."
UNPACK: Final = "Unpack the archive yourself and give the folder."
_SHOWN_LENGTH: Final = 80


def shown(name: str) -> str:
    """Return a name as an error may show it: on one line, and not for ever.

    Examples
    --------
    >>> shown("messages.csv"), shown("two" + chr(10) + "lines.csv")
    ('messages.csv', 'two?lines.csv')
    """
    clean = "".join(letter if letter.isprintable() else "?" for letter in name)
    return clean if len(clean) <= _SHOWN_LENGTH else clean[: _SHOWN_LENGTH - 1] + "…"


def refuse(
    where: str, what: str, remedy: str, *, kind: type[ExportError] = ExportError
) -> NoReturn:
    """Raise the error that says where, what, and what to do next.

    Examples
    --------
    >>> refuse("export.zip", "is empty", "Download it again.")
    Traceback (most recent call last):
    netquality.errors.ExportError: export.zip: is empty. Download it again.
    """
    raise kind(f"{where}: {what}. {remedy}") from None


def refuse_damaged(where: str) -> NoReturn:
    """Refuse a member of a ZIP whose bytes are not what they were.

    Examples
    --------
    >>> refuse_damaged("export.zip: messages.csv")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    netquality.errors.ExportError: export.zip: messages.csv: is damaged inside the archive. Down...
    """
    refuse(where, "is damaged inside the archive", AGAIN)


def refuse_too_many(name: str, count: int) -> None:
    """Refuse more files than an export has.

    Examples
    --------
    >>> refuse_too_many("export.zip", 60)
    >>> refuse_too_many("export.zip", 100_000)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    netquality.errors.ExportError: export.zip: has more than 20,000 files, so it is no LinkedIn ...
    """
    if count > limits.MAX_ENTRIES:
        refuse(
            name,
            f"has more than {limits.MAX_ENTRIES:,} files, so it is no LinkedIn export",
            "Give the .zip as LinkedIn sent it.",
        )


def refuse_too_large(where: str) -> NoReturn:
    """Refuse a file that is larger than any table of an export.

    Examples
    --------
    >>> refuse_too_large("messages.csv")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    netquality.errors.ExportError: messages.csv: is too large to be from LinkedIn. Download the ...
    """
    refuse(where, "is too large to be from LinkedIn", AGAIN)


def refuse_special(name: str, path: str) -> NoReturn:
    """Refuse a link, a pipe or a device, which could lead anywhere or never end.

    Examples
    --------
    >>> refuse_special("export", "messages.csv")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    netquality.errors.ExportError: export: messages.csv is a link or a device, not a file. Put t...
    """
    refuse(name, f"{shown(path)} is a link or a device, not a file", "Put the file itself there.")


def refuse_unreadable(where: str, error: OSError) -> NoReturn:
    """Refuse what the system does not let us read, with the system's reason but not its path.

    Examples
    --------
    >>> refused = PermissionError(13, "Permission denied")
    >>> refuse_unreadable("messages.csv", refused)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    netquality.errors.ExportError: messages.csv: cannot be read (Permission denied). Check its p...
    """
    refuse(
        where,
        f"cannot be read ({error.strerror or 'read error'})",
        "Check its permissions, or download the export again.",
    )
