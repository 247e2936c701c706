"""A bar for what takes more than a second, in a terminal and in a notebook; elsewhere nothing."""

from __future__ import annotations

import sys
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["progress"]

_LARGE_BYTES: Final = 1 << 24
_DELAY_SECONDS: Final = 1.0


@contextmanager
def progress(total: int) -> Iterator[Callable[[int], object]]:
    """Give a function that is told how many bytes were read so far.

    Parameters
    ----------
    total : int
        Bytes in all. What is small shows no bar, and does not load what draws one.

    Examples
    --------
    >>> with progress(100) as tell:
    ...     _ = tell(100)
    """
    if total < _LARGE_BYTES:
        yield lambda _: None
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on a notebook without widgets, which shows text instead
        from tqdm.auto import tqdm  # noqa: PLC0415 - only large files need it

    in_notebook = any("notebook" in base.__module__ for base in tqdm.__mro__)
    with tqdm(
        total=total, desc="Reading messages", unit="B", unit_scale=True, leave=False,
        delay=_DELAY_SECONDS, disable=not (in_notebook or sys.stderr.isatty()),
    ) as bar:  # fmt: skip
        yield lambda read: bar.update(read - bar.n)
