"""The notebooks that come with netquality, copied to where somebody works."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from netquality.errors import NetQualityError
from netquality.files import place_of, replace_file

if TYPE_CHECKING:
    import os
    from importlib.resources.abc import Traversable

__all__ = ["copy_notebooks"]


def copy_notebooks(to: str | os.PathLike[str] = ".", *, force: bool = False) -> tuple[Path, ...]:
    """Copy the notebooks into a folder, as a rule the one in which your export lies.

    Parameters
    ----------
    to : str or path-like
        A folder; made if it is not there, within one that is.
    force : bool
        Whether a notebook of that name which you have changed, or run on your own data, may be
        replaced. Otherwise none is written.

    Returns
    -------
    tuple of pathlib.Path
        All of them in the order in which they are read, also those that were there already.

    Raises
    ------
    NetQualityError
        When another file has the name of one of them, or nothing can be written there.

    Examples
    --------
    >>> import tempfile
    >>> import netquality as nq
    >>> with tempfile.TemporaryDirectory() as home:
    ...     nq.copy_notebooks(home)[0].name
    '01_first_look.ipynb'
    """
    folder = place_of(to)
    if not folder.name and not folder.is_dir():
        raise NetQualityError(f"{str(to)!r}: is no folder. Give the name of one.")
    try:
        folder.mkdir(exist_ok=True)
        wanted = {folder / one.name: one.read_bytes() for one in _notebooks()}
        news = {path: data for path, data in wanted.items() if not _holds(path, data)}
        taken = [path.name for path in news if path.exists()]
    except OSError as error:
        why = error.strerror or "read error"
        raise NetQualityError(
            f"{folder.name}: notebooks cannot be put there ({why}). Give another folder."
        ) from None
    if taken and not force:
        raise NetQualityError(
            f"{taken[0]}: is there already, and was changed. "
            "Give another folder, or replace it with --force (in Python force=True)."
        )
    for path, data in news.items():
        replace_file(path, data)
    return tuple(wanted)


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


def _notebooks() -> list[Traversable]:
    """Return those in the wheel; in a checkout, those beside the package."""
    package = files("netquality")
    inside = package.joinpath("_notebooks")
    home = inside if inside.is_dir() else Path(str(package)).parent / "notebooks"
    found = [one for one in home.iterdir() if one.name.endswith(".ipynb")]
    return sorted(found, key=lambda one: one.name)
