"""Shares with what chance alone could make of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["wilson"]

_Z: Final = 1.959963984540054
"""Of the normal distribution: 95 % lie this many standard deviations around the middle."""


def wilson(count: ArrayLike, total: ArrayLike) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the 95 % interval of shares, after Wilson (1927), which holds for few cases too.

    Parameters
    ----------
    count, total : array-like
        How many of how many; they need be no whole numbers.

    Returns
    -------
    low, high : numpy.ndarray of float
        Between 0 and 1; ``NaN`` where there is nothing to divide.

    Examples
    --------
    >>> low, high = wilson([0, 5], [10, 10])
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.0, 0.237], [0.278, 0.763])
    """
    part, whole = np.asarray(count, np.float64), np.asarray(total, np.float64)
    whole = np.where(whole > 0, whole, np.nan)
    share = part / whole
    middle = share + _Z**2 / (2 * whole)
    spread = _Z * np.sqrt(share * (1 - share) / whole + _Z**2 / (4 * whole**2))
    low, high = ((middle + side * spread) / (1 + _Z**2 / whole) for side in (-1, 1))
    # none is exactly 0 and all exactly 1, whatever the last digit of the sum says
    low, high = np.where(part == 0, 0.0, low), np.where(part == whole, 1.0, high)
    return np.where(whole > 0, low, np.nan), high
