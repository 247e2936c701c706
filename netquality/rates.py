"""Shares with what chance alone could make of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["Z", "mantel_haenszel", "ratio_of_means", "wilson"]

Z: Final = 1.959963984540054
"""Of the normal distribution: 95 % lie this many standard deviations around the middle."""
_NOTHING: Final = 1e-18


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
    middle = share + Z**2 / (2 * whole)
    spread = Z * np.sqrt(share * (1 - share) / whole + Z**2 / (4 * whole**2))
    low, high = ((middle + side * spread) / (1 + Z**2 / whole) for side in (-1, 1))
    # none is exactly 0 and all exactly 1, whatever the last digit of the sum says
    low, high = np.where(part == 0, 0.0, low), np.where(part == whole, 1.0, high)
    return np.where(whole > 0, low, np.nan), high


def ratio_of_means(
    whole: NDArray[np.float64],
    base: NDArray[np.float64],
    other_whole: NDArray[np.float64],
    other_base: NDArray[np.float64],
) -> tuple[float, float, float, float, float]:
    """Return two means over the same people, their ratio, and its 95 % interval.

    Parameters
    ----------
    whole, base : numpy.ndarray of float
        Of each person, the sum of what is measured, and over how many; the mean is that of all.
    other_whole, other_base : numpy.ndarray of float
        The same of what it is held against, in the same order.

    Returns
    -------
    tuple of float
        Mean, other mean, ratio, low, high; ``NaN`` where there is nothing to divide, and no
        interval where on one side all people are alike: then nothing says how they differ.

    Notes
    -----
    The people are the independent unit: the logarithm of the ratio is linearised (Taylor), and its
    variance is that of the people's contributions, with Student's t of one degree less than they
    are many on the side that has fewer (Woodruff 1971; as usual for ratios over clusters).

    Examples
    --------
    >>> one, base = np.array([3.0, 1.0, 2.0]), np.array([4.0, 4.0, 4.0])
    >>> mean, other, ratio, low, high = ratio_of_means(one, base, one[::-1], base)
    >>> mean, other, ratio, bool(low < 1 < high)
    (0.5, 0.5, 1.0, True)
    """
    from scipy.special import stdtrit  # noqa: PLC0415 - loads when used

    means, parts = [], []
    for top, per in ((whole, base), (other_whole, other_base)):
        mean = top.sum() / per.sum() if per.sum() else np.nan
        means.append(float(mean))
        parts.append((top - mean * per) / (top.sum() or np.nan))
    ratio = means[0] / means[1] if means[1] else np.nan
    spread = parts[0] - parts[1]
    count = int(min((base > 0).sum(), (other_base > 0).sum()))
    told = np.isfinite(spread).all() and all((part**2).sum() > _NOTHING for part in parts)
    if count < 2 or not told or not (spread**2).sum() > _NOTHING:  # noqa: PLR2004
        return means[0], means[1], ratio, np.nan, np.nan
    error = np.sqrt(count / (count - 1) * (spread**2).sum()) * stdtrit(count - 1, 0.975)
    return means[0], means[1], ratio, float(ratio * np.exp(-error)), float(ratio * np.exp(error))


def mantel_haenszel(
    hits: NDArray[Any], total: NDArray[Any], other_hits: NDArray[Any], other_total: NDArray[Any]
) -> tuple[float, float, float]:
    """Return the ratio of two chances over several strata, and its 95 % interval.

    Parameters
    ----------
    hits, total : numpy.ndarray
        Of each stratum, how many of how many.
    other_hits, other_total : numpy.ndarray
        The same of those they are held against.

    Returns
    -------
    tuple of float
        Ratio, low, high; ``NaN`` where one side has no hit.

    Notes
    -----
    Mantel and Haenszel (1959) for ratios of risks; the variance of its logarithm after Greenland
    and Robins, Biometrics 41 (1985), equation 4.

    Examples
    --------
    Two strata with a ratio of 2 in each:

    >>> ratio, low, high = mantel_haenszel(
    ...     np.array([20, 8]), np.array([100, 20]), np.array([10, 20]), np.array([100, 100])
    ... )
    >>> round(ratio, 9), round(low, 3), round(high, 3)
    (2.0, 1.212, 3.299)
    """
    whole = total + other_total
    used = (total > 0) & (other_total > 0)
    a, n, c, m, both = (one[used] for one in (hits, total, other_hits, other_total, whole))
    above, below = (a * m / both).sum(), (c * n / both).sum()
    if not above or not below:
        return np.nan, np.nan, np.nan
    variance = ((n * m * (a + c) - a * c * both) / both**2).sum() / (above * below)
    spread = np.exp(Z * np.sqrt(variance))
    ratio = above / below
    return float(ratio), float(ratio / spread), float(ratio * spread)
