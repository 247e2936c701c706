"""`YYYY-MM-DD hh:mm:ss UTC`, LinkedIn's own form of an instant, for many texts at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from netquality.reading.dates import FOUNDED, LATEST

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["stamps"]

_FORM: Final = "0000-00-00 00:00:00 UTC"
_DIGITS: Final = np.array([place for place, sign in enumerate(_FORM) if sign == "0"])
_SIGNS: Final = np.array([place for place, sign in enumerate(_FORM) if sign != "0"])
_WANTED: Final = np.frombuffer(_FORM.encode(), np.uint8)[_SIGNS]
_ZERO: Final = np.uint8(ord("0"))
_STARTS: Final = np.arange(
    f"{FOUNDED}-01", f"{LATEST + 1}-02", dtype="datetime64[M]"
).astype("datetime64[D]").astype(np.int64)  # fmt: skip
_LENGTHS: Final = np.diff(_STARTS)
_DAY, _HOUR, _MINUTE, _SECOND = 86_400_000_000, 3_600_000_000, 60_000_000, 1_000_000


def stamps(texts: pa.Array) -> NDArray[np.datetime64]:
    """Return the instants that texts in LinkedIn's own form mean.

    Parameters
    ----------
    texts : pyarrow.Array of string
        Without nulls.

    Returns
    -------
    numpy.ndarray of datetime64[us]
        UTC; ``NaT`` for any other form, for a day that does not exist, and for a year in which
        there can be no message.

    Examples
    --------
    >>> texts = ["2026-11-20 10:00:00 UTC", "2026-02-30 10:00:00 UTC", "11/20/26"]
    >>> stamps(pa.array(texts)).tolist()
    [datetime.datetime(2026, 11, 20, 10, 0), None, None]
    """
    long = pc.equal(pc.binary_length(texts), len(_FORM)).to_numpy(zero_copy_only=False)
    found = np.full(len(texts), np.datetime64("NaT", "us"))
    if not long.any():
        return found
    texts = (texts if long.all() else texts.filter(pa.array(long))).cast(pa.string())
    offsets = np.frombuffer(texts.buffers()[1], np.int32)
    first = int(offsets[texts.offset])
    cells = np.frombuffer(texts.buffers()[2], np.uint8)[first : first + len(_FORM) * len(texts)]
    found[long] = _read(cells.reshape(-1, len(_FORM)))
    return found


def _read(cells: NDArray[np.uint8]) -> NDArray[np.datetime64]:
    """Return the instants of rows of 23 bytes."""
    # each place of all rows lies together: a million rows take a moment
    digits = cells[:, _DIGITS].T.copy() - _ZERO
    good = (cells[:, _SIGNS] == _WANTED).all(axis=1) & (digits.max(axis=0) <= 9)  # noqa: PLR2004
    digits[:, ~good] = 0
    pairs = digits[0::2] * np.uint8(10) + digits[1::2]
    century, year, month, day, hour, minute, second = pairs.astype(np.int64)
    months = (century * 100 + year - FOUNDED) * 12 + month - 1
    good &= (month >= 1) & (month <= 12) & (months >= 0) & (months < len(_LENGTHS))  # noqa: PLR2004
    months[~good] = 0
    good &= (day >= 1) & (day <= _LENGTHS[months])
    good &= (hour < 24) & (minute < 60) & (second < 60)  # noqa: PLR2004
    at = (_STARTS[months] + day - 1) * _DAY + hour * _HOUR + minute * _MINUTE + second * _SECOND
    found: NDArray[np.datetime64] = at.view("datetime64[us]")
    found[~good] = np.datetime64("NaT")
    return found
