"""Files: written in one step, never over another's, for the owner alone; and read as text."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netquality.errors import ExportError, NetQualityError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["at_home", "need_folder_of", "place_of", "replace_file", "sweep", "text_of", "writable"]

_MARK_WITHIN = 2048


def writable(
    path: str | os.PathLike[str],
    *,
    mark: str | Callable[[bytes], bool],
    what: str,
    force: bool,
    within: int = _MARK_WITHIN,
) -> Path:
    """Return where to write; refuse what is there already and is none of ours.

    Parameters
    ----------
    path : str or path-like
        Where somebody wants a file.
    mark : str or callable
        What a file of ours has near its beginning; or says of its first bytes whether they are of
        one.
    what : str
        What such a file is called.
    force : bool
        Whether another file may be replaced. A folder or a device never is.
    within : int
        How many bytes are looked at.

    Raises
    ------
    NetQualityError
        When there is another file, or none can be there.
    """
    target = at_home(path)
    try:
        there = target.exists()
        if there and not target.is_file():
            raise NetQualityError(f"{target.name or target}: is no file. Give the name of a file.")
        ours = there and _has_mark(target, mark, within)
    except OSError as error:
        raise _cannot_write(target, error) from None
    need_folder_of(target)
    if there and not ours and not force:
        raise NetQualityError(
            f"{target.name}: is there already and is no {what}. "
            "Give another name, or replace it with --force (in Python force=True)."
        )
    return target


def need_folder_of(target: Path) -> None:
    """Refuse a place in no folder, or in one that may not be written to, before much is worked out.

    Raises
    ------
    NetQualityError
        With what is wrong there.

    Examples
    --------
    >>> need_folder_of(Path("a.csv"))
    """
    folder = Path(os.path.realpath(target)).parent
    try:
        if not stat.S_ISDIR(folder.stat().st_mode):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        if not os.access(folder, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise _cannot_write(target, error) from None


def at_home(path: str | os.PathLike[str]) -> Path:
    """Return a path whose ``~`` is the user's home; that of nobody stays as it is.

    Examples
    --------
    >>> at_home("~nobody-here/a.csv").name
    'a.csv'
    """
    return Path(os.path.expanduser(path))  # noqa: PTH111 - Path.expanduser fails on ~nobody


def place_of(path: Any) -> Path:
    """Return the place that somebody named; one without a name where that is no name of a file.

    Examples
    --------
    >>> place_of("a.csv").suffix, place_of(3).suffix
    ('.csv', '')
    """
    named = isinstance(path, (str, os.PathLike)) and "\0" not in os.fsdecode(path)
    return at_home(os.fsdecode(path) if named else "")


def text_of(place: Path, *, wanted: str) -> str:
    """Return the text of a file in UTF-8, with a byte order mark or without.

    Parameters
    ----------
    place : pathlib.Path
        Where it is.
    wanted : str
        What to do where it is none: the last sentence of the error.

    Raises
    ------
    ExportError
        When it cannot be read, or is in another encoding.
    """
    try:
        return place.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ExportError(f"{place.name}: is not in UTF-8. {wanted}") from None
    except OSError as error:
        why = error.strerror or "read error"
        raise ExportError(f"{place.name}: cannot be read ({why}). {wanted}") from None


def replace_file(target: Path, data: bytes) -> None:
    """Write beside the target, readable by the owner alone, and put it in place in one step.

    A link stays one: what it leads to is replaced. The new file is on the disk before it takes the
    place of the old: whenever the power fails, the one or the other is there whole.

    Raises
    ------
    NetQualityError
        When that is not possible; what was there before is still there.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as home:
    ...     replace_file(Path(home) / "a.txt", b"new")
    ...     (Path(home) / "a.txt").read_text()
    'new'
    """
    real = Path(os.path.realpath(target))  # Path.resolve fails on links in a circle
    try:
        handle, name = tempfile.mkstemp(prefix=_prefix(real), suffix=".tmp", dir=real.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(real)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _cannot_write(target, error) from None
    _keep_entry(real.parent)


def sweep(target: Path) -> None:
    """Remove what writers of this file left beside it when they were killed.

    Only for who keeps all other writers from it meanwhile: theirs would be removed too.
    """
    with suppress(OSError):
        for left in target.parent.glob(f"{_prefix(target)}*.tmp"):
            left.unlink(missing_ok=True)


def _prefix(target: Path) -> str:
    """Return how a file is called before it is in place: no word of the name it will have."""
    key = hashlib.sha256(os.fsencode(target.name)).hexdigest()[:12]
    return f".netquality-{key}-"


def _keep_entry(folder: Path) -> None:
    """Have the folder itself on the disk; a system that knows nothing of the kind does without."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _has_mark(path: Path, mark: str | Callable[[bytes], bool], within: int) -> bool:
    with path.open("rb") as file:
        begins = file.read(within)
    return mark.encode() in begins if isinstance(mark, str) else mark(begins)


def _cannot_write(target: Path, error: OSError) -> NetQualityError:
    folder = Path(os.path.realpath(target)).parent
    if error.errno == errno.ENOENT and folder.name:
        return NetQualityError(
            f"{target.name or target}: cannot be written, for there is no folder {folder.name!r}. "
            "Make it first, or give another place."
        )
    return NetQualityError(
        f"{target.name or target}: cannot be written ({error.strerror or 'write error'}). "
        "Give a place you may write to."
    )
