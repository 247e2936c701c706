"""Whose an error about a path is: the library calls every file `path`, a terminal does not."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from netquality.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["typed_as"]

_PATH: Final = "path: "


@contextmanager
def typed_as(name: str) -> Iterator[None]:
    """Let an error about a `path` be about the option that the user gave it with.

    Examples
    --------
    >>> with typed_as("contacts"):
    ...     raise SettingError("path: is no name of a file.")
    Traceback (most recent call last):
    netquality.errors.SettingError: contacts: is no name of a file.
    """
    try:
        yield
    except SettingError as error:
        sentence = str(error)
        if not sentence.startswith(_PATH):
            raise
        raise SettingError(f"{name}: {sentence.removeprefix(_PATH)}") from None
