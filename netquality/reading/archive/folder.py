"""The files of an unpacked export: a folder and what is below it, never through a link."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from netquality.reading.archive.members import Found, stream_file
from netquality.reading.archive.paths import tidy
from netquality.reading.archive.refusals import (
    refuse_special,
    refuse_too_many,
    refuse_unreadable,
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["found_file", "list_folder"]


def found_file(path: Path, inside: str, size: int) -> Found:
    """Return a file on disk as a member of an export.

    Examples
    --------
    >>> found_file(Path("downloads/messages.csv"), "messages.csv", 7).path
    'messages.csv'
    """
    return Found(inside, size, partial(stream_file, path, shown(inside)), path)


def list_folder(where: Path, name: str) -> Iterator[Found]:
    """Yield the files of a folder and of those below it.

    Parameters
    ----------
    where : Path
    name : str
        Of the folder, for errors.

    Raises
    ------
    ExportError
        When there are too many, one is a link or a device, or a folder cannot be read.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     (Path(folder) / "messages.csv").write_bytes(b"FROM,TO")
    ...     [(found.path, found.size) for found in list_folder(Path(folder), "export")]
    7
    [('messages.csv', 7)]
    """
    pending, count = [(where, "")], 0
    while pending:
        folder, above = pending.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    count += 1
                    refuse_too_many(name, count)
                    path = tidy(above + entry.name, name)
                    if not path:
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        pending.append((Path(entry.path), f"{path}/"))
                    elif entry.is_file(follow_symlinks=False):
                        size = entry.stat(follow_symlinks=False).st_size
                        yield found_file(Path(entry.path), path, size)
                    else:
                        refuse_special(name, path)
        except OSError as error:
            refuse_unreadable(f"{name}/{shown(above)}" if above else name, error)
