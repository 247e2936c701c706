"""Writing: CSV cells, files that appear whole or not at all, a ZIP whose bytes last."""

from __future__ import annotations

import os
import shutil
import zipfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

_UNIX = 3
_MODE = 0o100644 << 16
_NEEDS_QUOTES = (",", '"', "\n", "\r")
_CHUNK = 1 << 20


def cell(text: str) -> str:
    """Quote a cell where it must be.

    >>> cell('Orvin, MBA'), cell("Orvin")
    ('"Orvin, MBA"', 'Orvin')
    """
    if any(mark in text for mark in _NEEDS_QUOTES):
        return '"' + text.replace('"', '""') + '"'
    return text


def line(cells: Iterable[str]) -> str:
    """Return one row with minimal quoting."""
    return ",".join(cell(text) for text in cells) + "\n"


def quoted_line(cells: Iterable[str]) -> str:
    """Return one row with every cell quoted."""
    return '"' + '","'.join([text.replace('"', '""') for text in cells]) + '"\n'


def table(header: str, rows: Iterable[Sequence[str]]) -> str:
    """Return a CSV file of LinkedIn's usual kind."""
    return header + "\n" + "".join(line(row) for row in rows)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file for bytes that takes its name only when all is written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            yield file
        os.replace(part, path)  # noqa: PTH105 - the same; Path.replace hides which call is atomic
    finally:
        part.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 with the newlines that the text has, on every system."""
    with whole_file(path) as file:
        file.write(text.encode("utf-8"))


def write_zip(path: Path, folder: Path, members: Sequence[str], day: tuple[int, int, int]) -> None:
    """Store the members of the folder, uncompressed: no zlib, whose output differs by version."""
    with whole_file(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name in members:
            info = zipfile.ZipInfo(name, (*day, 12, 0, 0))
            info.create_system, info.external_attr = _UNIX, _MODE
            info.compress_type = zipfile.ZIP_STORED
            info.file_size = (folder / name).stat().st_size
            with (folder / name).open("rb") as source, archive.open(info, "w") as target:
                shutil.copyfileobj(source, target, _CHUNK)
